//! `rewrites`: pages that are published elsewhere than they lie, `packages/:name/docs/:page*` → `:name/:page*`.
//!
//! Source: the page "Routing" of VitePress' documentation, its `rewritesPlugin`, and path-to-regexp 6: both sides are its
//! patterns, and a group without a name (`(.*)`) is the one of the same number on the other side.

use regex::{Regex, RegexBuilder};

/// One rewrite.
#[derive(Debug, Clone)]
pub struct Rewrite {
    from: Regex,
    groups: Groups,
    to: Vec<Token>,
}

/// The names of the groups of a pattern with what stands between their repetitions, in order.
type Groups = Vec<(String, Option<char>)>;

/// A part of a pattern.
#[derive(Debug, Clone)]
enum Token {
    Text(String),
    Group {
        /// Its name, or its number among those without one.
        name: String,
        /// The slash or dot before it, which belongs to it.
        prefix: Option<char>,
        /// What it matches; nothing for what a name alone does.
        inner: Option<String>,
        /// It may be left out (`?`, `*`).
        optional: bool,
        /// It may stand several times (`*`, `+`).
        several: bool,
    },
}

impl Rewrite {
    /// Reads a pattern and what it becomes. Nothing when there is more in them than is known here.
    #[must_use]
    pub fn new(from: &str, to: &str) -> Option<Rewrite> {
        let (pattern, groups) = if from.starts_with('^') { of_regex(from)? } else { of_tokens(&tokens(from)?) };
        let from = RegexBuilder::new(&pattern).case_insensitive(true).build().ok()?;
        let to = tokens(&format!("/{to}"))?;
        let known = |token: &Token| match token {
            Token::Text(_) => true,
            Token::Group { name, optional, .. } => *optional || groups.iter().any(|(known, _)| known == name),
        };
        to.iter().all(known).then_some(Rewrite { from, groups, to })
    }

    /// The path that this one becomes, if the rewrite is about it.
    #[must_use]
    pub fn apply(&self, path: &str) -> Option<String> {
        let found = self.from.captures(path)?;
        let mut out = String::new();
        for token in &self.to {
            match token {
                Token::Text(text) => out.push_str(text),
                Token::Group { name, prefix, .. } => {
                    let at = self.groups.iter().position(|(known, _)| known == name);
                    let value = at.and_then(|at| Some((at, found.get(at + 1)?.as_str())));
                    let Some((at, value)) = value.filter(|(_, value)| !value.is_empty()) else { continue };
                    let between = self.groups.get(at).and_then(|(_, between)| *between);
                    let parts = between.map_or_else(|| vec![value], |between| value.split(between).collect());
                    for part in parts {
                        out.extend(*prefix);
                        out.push_str(part);
                    }
                }
            }
        }
        // What it becomes is read as a path from the root.
        Some(out.trim_start_matches('/').to_owned())
    }
}

/// Takes a pattern apart; nothing where it has braces, escapes or groups inside groups.
fn tokens(pattern: &str) -> Option<Vec<Token>> {
    let mut all = Vec::new();
    let mut numbers = 0;
    let mut rest = pattern;
    while let Some(at) = rest.find([':', '(', '{', '}', '\\', ')', '*', '+', '?']) {
        let (before, tail) = rest.split_at(at);
        let prefix = before.chars().next_back().filter(|c| matches!(c, '/' | '.'));
        let text = prefix.map_or(before, |prefix| before.strip_suffix(prefix).unwrap_or(before));
        if !text.is_empty() {
            all.push(Token::Text(text.to_owned()));
        }
        let named = tail.strip_prefix(':');
        let (name, tail) = match named {
            Some(tail) => {
                let end = tail.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(tail.len());
                tail.split_at(end)
            }
            None => ("", tail),
        };
        let (inner, tail) = match tail.strip_prefix('(') {
            Some(own) => {
                let (inner, tail) = own.split_once(')')?;
                (Some(inner), tail)
            }
            None => (None, tail),
        };
        if inner.is_some_and(|inner| inner.contains(['(', '\\']) || inner.is_empty())
            || named.is_some() == name.is_empty()
            || inner.is_none() && name.is_empty()
        {
            return None;
        }
        let name = if name.is_empty() {
            numbers += 1;
            (numbers - 1).to_string()
        } else {
            name.to_owned()
        };
        let modifier = tail.chars().next().filter(|c| matches!(c, '*' | '+' | '?'));
        all.push(Token::Group {
            name,
            prefix,
            inner: inner.map(str::to_owned),
            optional: matches!(modifier, Some('*' | '?')),
            several: matches!(modifier, Some('*' | '+')),
        });
        rest = modifier.and_then(|modifier| tail.strip_prefix(modifier)).unwrap_or(tail);
    }
    if !rest.is_empty() {
        all.push(Token::Text(rest.to_owned()));
    }
    Some(all)
}

/// The regular expression of a pattern, and its groups.
fn of_tokens(tokens: &[Token]) -> (String, Groups) {
    let mut pattern = "^".to_owned();
    let mut groups = Vec::new();
    for token in tokens {
        match token {
            Token::Text(text) => pattern.push_str(&regex::escape(text)),
            Token::Group { name, prefix, inner, optional, several } => {
                let before = prefix.map_or_else(String::new, |prefix| regex::escape(prefix.encode_utf8(&mut [0; 4])));
                let one = inner.as_deref().unwrap_or("[^/#?]+?");
                let all = match (several, prefix) {
                    (true, Some(_)) => format!("(?:{one})(?:{before}(?:{one}))*"),
                    (true, None) => format!("(?:{one})+"),
                    (false, _) => one.to_owned(),
                };
                let end = if *optional { "?" } else { "" };
                pattern.push_str(&format!("(?:{before}({all})){end}"));
                groups.push((name.clone(), prefix.filter(|_| *several)));
            }
        }
    }
    pattern.push('$');
    (pattern, groups)
}

/// A pattern that is a regular expression already: its groups by their names or numbers.
fn of_regex(pattern: &str) -> Option<(String, Groups)> {
    let regex = Regex::new(pattern).ok()?;
    let mut numbers = 0;
    let mut name = |name: Option<&str>| match name {
        Some(name) => name.to_owned(),
        None => {
            numbers += 1;
            (numbers - 1).to_string()
        }
    };
    Some((pattern.to_owned(), regex.capture_names().skip(1).map(|group| (name(group), None)).collect()))
}

#[cfg(test)]
mod tests {
    use super::Rewrite;

    #[test]
    fn patterns_move_pages() {
        let apply = |from, to, path| Rewrite::new(from, to).unwrap().apply(path);
        assert_eq!(apply("a/b.md", "c.md", "a/b.md").as_deref(), Some("c.md"));
        assert_eq!(apply("pkg/:name/src/:page*", ":name/:page*", "pkg/x/src/y/z.md").as_deref(), Some("x/y/z.md"));
        assert_eq!(apply("pkg/:name/src/:page*", "pages-:name/:page*", "pkg/x/src").as_deref(), Some("pages-x"));
        assert_eq!(apply("en/:rest*", ":rest*", "fr/a.md"), None);
        assert_eq!(apply("en/:rest*", ":rest*", "en/a/b.md").as_deref(), Some("a/b.md"));
        assert_eq!(apply(":pkg/docs/:slug(.*)", ":pkg/:slug", "q/docs/a/b.md").as_deref(), Some("q/a/b.md"));
    }

    #[test]
    fn groups_without_names_are_known_by_their_numbers() {
        let apply = |from, to, path| Rewrite::new(from, to).unwrap().apply(path);
        let moved = apply("translated/:locale/(.*)", ":locale/(.*)", "translated/de_de/b/c.md");
        assert_eq!(moved.as_deref(), Some("de_de/b/c.md"));
        assert_eq!(apply("pages/(.*).md", "(.*).md", "pages/a/b.md").as_deref(), Some("a/b.md"));
        assert_eq!(apply("(a|b)/(.*)", "(.*)/x/(.*)", "b/c.md").as_deref(), Some("b/x/c.md"));
        assert_eq!(apply("^old/(?<rest>.+)", "new/:rest", "old/a.md").as_deref(), Some("new/a.md"));
    }

    #[test]
    fn what_is_not_known_is_not_read() {
        assert!(Rewrite::new("a/(.*)", ":name/(.*)").is_none());
        assert!(Rewrite::new("a/:x((?!b).*)", ":x").is_none());
        assert!(Rewrite::new("a{/:x}?", ":x").is_none());
        assert!(Rewrite::new("a/:", "b").is_none() && Rewrite::new("a/(", "b").is_none());
    }
}
