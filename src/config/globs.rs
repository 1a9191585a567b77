//! Which files a list of globs means.
//!
//! A glob counts from the configuration's folder or from the site's root, whichever fits: `site.root: docs` and
//! `_posts/2010/**` belong together as naturally as `docs/_posts/2010/**` does. A plain folder means what is in it.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Compiled globs.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    set: GlobSet,
    base: String,
}

impl Globs {
    /// Compiles the globs; `base` is the folder they count from, relative to the repository (empty for its root).
    ///
    /// # Errors
    /// The number of the glob that is malformed, and why.
    pub fn new<'a>(base: &str, globs: impl IntoIterator<Item = &'a str>) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (index, glob) in globs.into_iter().enumerate() {
            let glob = glob.trim_start_matches("./").trim_start_matches('/').trim_end_matches('/');
            for pattern in [glob.to_owned(), format!("{glob}/**")] {
                let built = GlobBuilder::new(&pattern).literal_separator(true).build();
                set.add(built.map_err(|error| (index, error.kind().to_string()))?);
            }
        }
        let set = set.build().map_err(|error| (0, error.to_string()))?;
        Ok(Globs { set, base: base.trim_matches('/').to_owned() })
    }

    /// True when the file is meant; both paths with `/`, `file` from the repository, `in_site` from the site's root.
    #[must_use]
    pub fn contains(&self, file: &str, in_site: &str) -> bool {
        if self.set.is_empty() {
            return false;
        }
        let below = match self.base.as_str() {
            "" => Some(file),
            base => file.strip_prefix(base).and_then(|rest| rest.strip_prefix('/')),
        };
        below.is_some_and(|path| self.set.is_match(path)) || self.set.is_match(in_site)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_count_from_the_configuration_or_the_site() {
        let globs = Globs::new("", ["_posts/2010/**", "vendor", "*.tmp.md"]).unwrap();
        assert!(globs.contains("docs/_posts/2010/a.md", "_posts/2010/a.md"));
        assert!(globs.contains("vendor/deep/x.md", "x.md"));
        assert!(globs.contains("a.tmp.md", "a.tmp.md"));
        assert!(!globs.contains("content/vendor/x.md", "vendors/x.md"));
        assert!(!globs.contains("deep/a.tmp.md", "deep/a.tmp.md"), "one star stays in its folder");
        let below = Globs::new("docs", ["drafts/"]).unwrap();
        assert!(below.contains("docs/drafts/x.md", ""));
        assert!(!below.contains("drafts/x.md", ""));
        assert!(Globs::new("", ["ok", "[a"]).is_err_and(|(index, _)| index == 1));
    }
}
