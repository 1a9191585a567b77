//! `rewrites`: pages that are published elsewhere than they lie, `packages/:name/docs/:page*` → `:name/:page*`.
//!
//! Source: the page "Routing" of VitePress' documentation, and path-to-regexp 6, whose patterns these are.

use regex::Regex;

/// One rewrite.
#[derive(Debug, Clone)]
pub struct Rewrite {
    from: Regex,
    names: Vec<String>,
    to: String,
}

impl Rewrite {
    /// Reads a pattern and what it becomes. Nothing when the pattern has more in it than is known here.
    #[must_use]
    pub fn new(from: &str, to: &str) -> Option<Rewrite> {
        let mut names = Vec::new();
        let mut pattern = "^".to_owned();
        let mut rest = from;
        while let Some((before, tail)) = rest.split_once([':', '(']) {
            pattern.push_str(&regex::escape(before));
            let group = rest.as_bytes().get(before.len()) == Some(&b'(');
            let end =
                if group { 0 } else { tail.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(tail.len()) };
            let (name, tail) = tail.split_at(end);
            let own = if group { Some(tail) } else { tail.strip_prefix('(') };
            let (inner, tail) = match own {
                Some(own) => {
                    let (inner, tail) = own.split_once(')')?;
                    (Some(inner), tail)
                }
                None => (None, tail),
            };
            names.push(if group { names.len().to_string() } else { name.to_owned() });
            let (several, tail) = match tail.strip_prefix(['*', '+']) {
                Some(tail) => (true, tail),
                None => (false, tail),
            };
            if inner.is_some_and(|inner| inner.contains(['(', ')'])) {
                return None;
            }
            let one = inner.unwrap_or(if several { ".*?" } else { "[^/]+?" });
            pattern.push_str(&format!("({one})"));
            rest = tail;
        }
        pattern.push_str(&regex::escape(rest));
        pattern.push('$');
        Some(Rewrite { from: Regex::new(&pattern).ok()?, names, to: to.to_owned() })
    }

    /// The path that this one becomes, if the rewrite is about it.
    #[must_use]
    pub fn apply(&self, path: &str) -> Option<String> {
        let found = self.from.captures(path)?;
        let mut out = self.to.clone();
        for (at, name) in self.names.iter().enumerate() {
            let value = found.get(at + 1).map_or("", |part| part.as_str());
            for form in [format!(":{name}(.*)"), format!(":{name}*"), format!(":{name}+"), format!(":{name}")] {
                if out.contains(&form) {
                    out = out.replacen(&form, value, 1);
                    break;
                }
            }
        }
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::Rewrite;

    #[test]
    fn patterns_move_pages() {
        let apply = |from, to, path| Rewrite::new(from, to).unwrap().apply(path);
        assert_eq!(apply("a/b.md", "c.md", "a/b.md").as_deref(), Some("c.md"));
        assert_eq!(apply("pkg/:name/src/:page*", ":name/:page*", "pkg/x/src/y/z.md").as_deref(), Some("x/y/z.md"));
        assert_eq!(apply("en/:rest*", ":rest*", "fr/a.md"), None);
        assert_eq!(apply(":pkg/docs/:slug(.*)", ":pkg/:slug", "q/docs/a/b.md").as_deref(), Some("q/a/b.md"));
    }
}
