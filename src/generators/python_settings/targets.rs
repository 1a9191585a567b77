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
        self.type_of_target();
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

    /// Passes over `: str` where a value follows.
    fn type_of_target(&mut self) {
        let rest = self.rest();
        let Some(typed) = rest.strip_prefix(':') else { return };
        let length = typed.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_.[], ".contains(b)).count();
        let follows = typed.get(length..).is_some_and(|rest| rest.starts_with('=') && !rest.starts_with("=="));
        self.at += if follows { 1 + length } else { 0 };
    }
}

/// The settings that a line gives values in a way that is not read: several at once, or where a condition decides.
pub(super) fn otherwise(line: &str) -> Vec<String> {
    let Some((left, right)) = line.split_once('=') else { return Vec::new() };
    let names: Vec<&str> = left.split(',').map(|name| name.split(':').next().unwrap_or(name).trim()).collect();
    let is_setting = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    let assigns = !right.starts_with('=') && names.iter().all(is_setting);
    if assigns { names.into_iter().map(str::to_owned).collect() } else { Vec::new() }
}
