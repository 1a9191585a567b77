//! Why a line `[label]: …` of the page defines nothing, for links/undefined-reference.

use crate::hash::Map;

/// Lines that begin like definitions, by their labels in small letters.
pub struct Lines<'t>(Map<String, Why<'t>>);

enum Why<'t> {
    /// It does define its label: kramdown takes any address.
    None,
    /// The address has a parenthesis that nothing opens.
    Parenthesis(&'t str),
    /// The line goes on with the paragraph above it.
    Paragraph,
}

impl<'t> Lines<'t> {
    /// Of a page; some readers of Markdown take `any_address` for one, whatever stands in it.
    #[must_use]
    pub fn of(text: &'t str, any_address: bool) -> Lines<'t> {
        let mut lines = Map::default();
        // Below a line of a paragraph nothing is defined, and a definition that is none is such a line, too.
        let mut in_paragraph = false;
        for line in text.lines() {
            let Some((label, address)) = definition(line) else {
                in_paragraph = is_text(line);
                continue;
            };
            let why = match address {
                _ if in_paragraph => Why::Paragraph,
                _ if is_unbalanced(address) && !any_address => Why::Parenthesis(address),
                _ => Why::None,
            };
            in_paragraph = !matches!(why, Why::None);
            lines.entry(label.to_lowercase()).or_insert(why);
        }
        Lines(lines)
    }

    /// True when the label is defined after all.
    #[must_use]
    pub fn define(&self, label: &str) -> bool {
        matches!(self.0.get(&label.to_lowercase()), Some(Why::None))
    }

    /// What to do that the line becomes a definition; nothing where there is no such line, or nothing is wrong with it.
    #[must_use]
    pub fn help(&self, label: &str) -> Option<String> {
        Some(match self.0.get(&label.to_lowercase())? {
            Why::None => return None,
            Why::Parenthesis(address) => format!(
                "the line `[{label}]: …` defines nothing: take the `)` out of `{address}` that nothing opens, or put the address in `<…>`"
            ),
            Why::Paragraph => format!(
                "put an empty line before `[{label}]: …`: as it stands, that line belongs to the paragraph above it"
            ),
        })
    }
}

/// `[label]: address` at the beginning of a line.
fn definition(line: &str) -> Option<(&str, &str)> {
    let bare = line.trim_start_matches(' ');
    let (label, address) = bare.strip_prefix('[')?.split_once("]:").filter(|_| line.len() - bare.len() < 4)?;
    let address = address.split_whitespace().next()?;
    (!label.contains(['[', ']']) && !label.is_empty() && !label.starts_with('^')).then_some((label, address))
}

fn is_unbalanced(address: &str) -> bool {
    let mut open = 0_u32;
    !address.starts_with('<')
        && address.bytes().any(|byte| match byte {
            b'(' => {
                open += 1;
                false
            }
            b')' if open == 0 => true,
            b')' => {
                open -= 1;
                false
            }
            _ => false,
        })
}

fn is_text(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with(['#', '`', '~', '-', '<', '|', '=', '*'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_that_is_none_takes_the_next_along() {
        let text = "[1]: https://a.example/\n[2]: https://a.example/x)\n[3]: https://a.example/y_(z)\n";
        let lines = Lines::of(text, false);
        assert!(Lines::of(text, true).define("2") && !lines.define("2"));
        assert!(lines.help("1").is_none());
        assert!(lines.help("2").is_some_and(|help| help.contains("take the `)`")));
        assert!(lines.help("3").is_some_and(|help| help.contains("empty line")));
    }
}
