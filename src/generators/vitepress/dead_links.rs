//! `ignoreDeadLinks`: addresses that the writer knows to be no pages of this site. Something else serves them: another
//! application beside it, a redirect of the host.
//!
//! Source: the page "Site config" of VitePress' documentation. `true` only says that the build goes on; the links are as
//! dead for readers, unless the router finds a page for them.

use regex::RegexSet;

use crate::generators::js_config::{At, Value};

/// What `ignoreDeadLinks` lists.
#[derive(Debug, Clone, Default)]
pub struct DeadLinks {
    exact: Vec<String>,
    patterns: RegexSet,
    by_code: bool,
    allowed: bool,
}

impl DeadLinks {
    /// Reads the value of the key.
    #[must_use]
    pub fn read(at: At<'_>) -> DeadLinks {
        let mut found = DeadLinks { allowed: at.flag() == Some(true), ..DeadLinks::default() };
        let mut patterns = Vec::new();
        for item in at.items() {
            match item.value {
                Value::Text(text) => found.exact.push(text.clone()),
                // `\/` is JavaScript's way to write a slash.
                Value::Pattern(pattern) => patterns.push(pattern.replace("\\/", "/")),
                _ => found.by_code = true,
            }
        }
        match RegexSet::new(&patterns) {
            Ok(set) => found.patterns = set,
            Err(_) => found.by_code = true,
        }
        found
    }

    /// True when the build goes on whatever is dead.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.allowed
    }

    /// True for an address (decoded, from the host's root) that the list names, with or without its ending.
    #[must_use]
    pub fn name(&self, path: &str) -> bool {
        let bare = path.strip_suffix(".html").unwrap_or(path);
        let index = format!("{bare}index");
        let forms = [path, bare, bare.trim_end_matches('/'), if bare.ends_with('/') { &index } else { bare }];
        self.by_code
            || forms.iter().any(|form| self.exact.iter().any(|one| one == form) || self.patterns.is_match(form))
    }
}
