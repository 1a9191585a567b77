//! Extensions of Python-Markdown that are made where they are listed: `TocExtension(permalink=True)`, `own.Boxes()`.

use serde_json::{Value, json};

use super::Parser;

impl Parser<'_> {
    /// The list at `start` with a name for each call in it; nothing where it is no list.
    pub(super) fn extensions(&mut self, start: usize) -> Option<Value> {
        self.at = start;
        self.blanks(true);
        if !self.eat('[') {
            return None;
        }
        let mut items = Vec::new();
        loop {
            self.blanks(true);
            if self.eat(']') {
                return Some(Value::Array(items));
            }
            let from = self.at;
            let item = self.sum(1).filter(|_| {
                self.blanks(true);
                self.rest().starts_with([',', ']'])
            });
            if let Some(item) = item {
                items.push(item);
            } else {
                self.passed_over(from)?;
                items.push(called(self.text.get(from..self.at)?));
            }
            self.eat(',');
        }
    }
}

/// The extension that a call makes, by the name of its class: `AttrListExtension` is `attr_list`.
fn called(call: &str) -> Value {
    let (class, options) = call.split_once('(').unwrap_or((call, ""));
    let class = class.trim().rsplit('.').next().unwrap_or_default();
    let class = class.strip_suffix("Extension").unwrap_or(class);
    let mut name = String::with_capacity(class.len() + 2);
    for (at, c) in class.char_indices() {
        if at > 0 && c.is_uppercase() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    match name.as_str() {
        // A function makes the ids, and which one is not read.
        "toc" if options.contains("slugify") => json!({ "toc": { "slugify": "own.function" } }),
        "code_hilite" => Value::from("codehilite"),
        "footnote" => Value::from("footnotes"),
        _ => Value::from(name),
    }
}
