//! What stands before the value of an assignment: one name, or several that get the same one (`A = (\n    B\n) = 'x'`, as
//! formatters break such lines).

use super::Parser;

impl Parser<'_> {
    /// The names of an assignment at the margin, up to its value; none where it is something else.
    pub(super) fn targets(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        loop {
            let before = self.at;
            let Some(name) = self.target(!names.is_empty()) else {
                self.at = before;
                return names;
            };
            names.push(name);
        }
    }

    /// The name of `NAME += value`, up to that value.
    pub(super) fn adds_to(&mut self) -> Option<String> {
        let before = self.at;
        let name = self.name();
        self.blanks(false);
        if !name.is_empty() && self.rest().starts_with("+=") {
            self.at += 2;
            return Some(name);
        }
        self.at = before;
        None
    }

    /// `NAME =`, also `(NAME) =` behind another one.
    fn target(&mut self, is_further: bool) -> Option<String> {
        if is_further {
            self.blanks(false);
        }
        let open = is_further && self.eat('(');
        if open {
            self.blanks(true);
        }
        let name = self.name();
        self.blanks(open);
        if open && !self.eat(')') {
            return None;
        }
        self.blanks(false);
        let is_one = !name.is_empty() && self.rest().starts_with('=') && !self.rest().starts_with("==");
        self.at += usize::from(is_one);
        is_one.then_some(name)
    }

    fn name(&mut self) -> String {
        let rest = self.rest();
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        let name = rest.get(..length).unwrap_or_default().to_owned();
        self.at += length;
        name
    }
}
