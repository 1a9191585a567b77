//! From "the second example" to a line: typed YAML has no places once it is read, and a rule's author needs one.

use super::FormatError;

/// Something wrong in a rule file, before its line is known.
#[derive(Debug)]
pub struct Problem {
    key: &'static str,
    item: Option<Item>,
    message: String,
}

#[derive(Debug)]
enum Item {
    /// The nth entry of the list under the key.
    Nth(usize),
    /// The entry of that name in the table under the key.
    Named(String),
}

impl Problem {
    /// Wrong at a top-level key.
    pub fn at(key: &'static str, message: impl Into<String>) -> Self {
        Problem { key, item: None, message: message.into() }
    }

    /// Wrong in the nth entry (from 0) of a top-level list.
    pub fn nth(key: &'static str, index: usize, message: impl Into<String>) -> Self {
        Problem { key, item: Some(Item::Nth(index)), message: message.into() }
    }

    /// Wrong in the named entry of a top-level table.
    pub fn named(key: &'static str, name: &str, message: impl Into<String>) -> Self {
        Problem { key, item: Some(Item::Named(name.to_owned())), message: message.into() }
    }

    /// The same with the line it stands on in `text`; line 1 when the key is not there.
    pub fn locate(self, text: &str) -> FormatError {
        let line = self.line(text).unwrap_or(0) + 1;
        FormatError { line, message: self.message }
    }

    fn line(&self, text: &str) -> Option<usize> {
        let is_key = |line: &str| line.strip_prefix(self.key).is_some_and(|rest| rest.starts_with(':'));
        let head = text.lines().position(is_key)?;
        let inside = || {
            text.lines()
                .enumerate()
                .skip(head + 1)
                .take_while(|(_, line)| line.is_empty() || line.starts_with([' ', '-', '#']))
        };
        let found = match &self.item {
            None => None,
            Some(Item::Nth(index)) => {
                let dash =
                    |line: &str| line.trim_start().starts_with("- ").then(|| line.len() - line.trim_start().len());
                let indent = inside().find_map(|(_, line)| dash(line));
                inside().filter(|(_, line)| dash(line).is_some() && dash(line) == indent).nth(*index)
            }
            Some(Item::Named(name)) => {
                let is_name =
                    |line: &str| line.trim_start().strip_prefix(name.as_str()).is_some_and(|r| r.starts_with(':'));
                inside().find(|(_, line)| is_name(line))
            }
        };
        Some(found.map_or(head, |(line, _)| line))
    }
}
