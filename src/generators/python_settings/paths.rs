//! Paths that settings put together, `os.path.join(os.path.dirname(__file__), 'theme')`: which folder a site is in depends
//! on them, and nothing in them needs running.

use serde_json::Value;

use super::Parser;

impl Parser<'_> {
    /// `os.path.join('a', 'b')` and the other functions that make paths of paths; `first` is the first name.
    pub(super) fn path_call(&mut self, first: &str, depth: usize) -> Option<Value> {
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(rest.len());
        let name = format!("{first}{}", rest.get(..length)?);
        self.at += length;
        if name == "os.curdir" {
            return Some(Value::String(".".to_owned()));
        }
        let name = name.strip_prefix("os.path.").or_else(|| name.strip_prefix("path.")).unwrap_or(&name);
        if !matches!(name, "join" | "dirname" | "abspath" | "realpath" | "normpath" | "basename")
            || !self.rest().starts_with('(')
        {
            return None;
        }
        let arguments = match self.list(')', depth)? {
            Value::Array(all) => all,
            one => vec![one],
        };
        let parts: Vec<&str> = arguments.iter().map(Value::as_str).collect::<Option<_>>()?;
        let last = *parts.last()?;
        Some(Value::String(match name {
            "join" => parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/"),
            "dirname" => last.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
            "basename" => last.rsplit('/').next().unwrap_or_default().to_owned(),
            _ => last.to_owned(),
        }))
    }
}
