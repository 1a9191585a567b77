//! Template literals of JavaScript, `` `a ${b} c` ``: whatever stands in one — braces, empty lines, fences — is text, so that
//! an expression of MDX goes on behind it.

/// Finds the ends of template literals; each byte is looked at once, however many of them do not end.
#[derive(Debug, Default)]
pub(super) struct Literals {
    /// One has been found that goes on to the end of the file.
    endless: bool,
}

/// What is open inside a literal.
enum Open {
    /// Text, up to its backtick.
    Text,
    /// `${…}`, with so many braces of its own.
    Code(usize),
}

impl Literals {
    /// The place after the literal that opens with the backtick at `at`; nothing where it does not end.
    pub(super) fn end(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        if self.endless {
            return None;
        }
        let found = end(bytes, at);
        self.endless = found.is_none();
        found
    }

    /// The same for a literal that an expression opens with: `at` is the place after its brace.
    pub(super) fn first_in(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let blanks = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if bytes.get(at + blanks) == Some(&b'`') { self.end(bytes, at + blanks) } else { None }
    }
}

fn end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut open = vec![Open::Text];
    let mut at = at + 1;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match (open.last_mut()?, byte) {
            (_, b'\\') => at += 1,
            (Open::Text, b'`') => {
                open.pop();
                if open.is_empty() {
                    return Some(at);
                }
            }
            (Open::Text, b'$') if bytes.get(at) == Some(&b'{') => {
                open.push(Open::Code(0));
                at += 1;
            }
            (Open::Code(_), b'`') => open.push(Open::Text),
            (Open::Code(depth), b'{') => *depth += 1,
            (Open::Code(0), b'}') => drop(open.pop()),
            (Open::Code(depth), b'}') => *depth -= 1,
            (Open::Code(_), b'"' | b'\'') => at = after_string(bytes, at, byte),
            _ => {}
        }
    }
    None
}

/// The place after a string whose opening quote stands before `at`; the end of its line where it does not end there.
fn after_string(bytes: &[u8], at: usize, quote: u8) -> usize {
    let mut at = at;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'\n' => break,
            _ if byte == quote => break,
            _ => {}
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_ends_at_its_own_backtick() {
        let text = |text: &'static str| Literals::default().end(text.as_bytes(), 0).map(|end| &text[end..]);
        assert_eq!(text("`a {\n\n} b` c"), Some(" c"));
        assert_eq!(text("`a \\` b` c"), Some(" c"));
        assert_eq!(text("`${a ? `b ${'}`'} {` : {x: 1}} d` c"), Some(" c"));
        assert_eq!(text("`a"), None);
        assert_eq!(text("`${a `b`"), None);
        let mut one = Literals::default();
        assert_eq!(one.first_in(b"{ \n `x` }", 1), Some(7));
        assert_eq!(one.first_in(b"{x + `y`}", 1), None);
    }
}
