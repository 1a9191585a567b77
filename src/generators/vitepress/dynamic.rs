//! Dynamic routes: `packages/[name].md` is a page for each item that `packages/[name].paths.js` returns.
//!
//! Source: the section "Dynamic Routes" of VitePress' documentation.

use crate::discover::extension;
use crate::generators::Folder;

/// The files with parameters in their names, below the folder of sources and without `.md`.
#[derive(Debug, Clone, Default)]
pub struct Dynamic {
    files: Vec<String>,
}

impl Dynamic {
    /// Looks for them.
    #[must_use]
    pub fn below(folder: &Folder<'_>, source: &str) -> Dynamic {
        let inside = |path: &str| {
            let path = if source.is_empty() { path } else { path.strip_prefix(source)?.strip_prefix('/')? };
            path.strip_suffix(".md").filter(|stem| is_dynamic(stem)).map(str::to_owned)
        };
        Dynamic { files: folder.below(source).filter_map(inside).collect() }
    }

    /// True when one of them may be published at this address.
    #[must_use]
    pub fn may_make(&self, path: &str) -> bool {
        let path = path.trim_matches('/');
        let path = path.strip_suffix(".html").unwrap_or(path);
        // `1.2` may be a page, `a.conf` is a file.
        let is_file = extension(path).starts_with(|c: char| c.is_ascii_alphabetic());
        !is_file && self.files.iter().any(|file| fits(file, path))
    }
}

/// True for the name of such a file: a parameter is a word (`/\[(\w+?)\]/` in VitePress' own code), `[.d.ts]` is none.
#[must_use]
pub fn is_dynamic(path: &str) -> bool {
    let is_word =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    path.split('[').skip(1).any(|rest| rest.split_once(']').is_some_and(|(name, _)| is_word(name)))
}

/// A parameter may hold slashes; at the top of the site that would be any page, so there it is taken to hold none.
fn fits(file: &str, path: &str) -> bool {
    let start = file.split('[').next().unwrap_or_default();
    let end = file.rsplit(']').next().unwrap_or_default();
    let middle = path.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    let deep = start.contains('/') || file.matches('/').count() == path.matches('/').count();
    middle.is_some_and(|middle| !middle.is_empty()) && deep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stand_for_some_text() {
        assert!(fits("docs/[name]", "docs/a") && fits("docs/[name]", "docs/a/b"));
        assert!(!fits("docs/[name]", "docs") && !fits("docs/[name]", "other/a"));
        assert!(fits("docs/[a]-[b]/end", "docs/x-y/end") && !fits("docs/[a]/end", "docs/x"));
        assert!(fits("[page]", "a") && !fits("[page]", "a/b"));
        assert!(is_dynamic("a/[b]") && !is_dynamic("a/b["));
        assert!(!is_dynamic("a-[.d.ts]") && !is_dynamic("[]") && is_dynamic("[.a]/[b]"));
    }
}
