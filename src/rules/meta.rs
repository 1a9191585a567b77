//! The catalogue: what the files in `rules/` say, embedded by `build.rs` and decoded once.
//!
//! Every run needs ids and severities, few need the examples; these are in a blob of their own, so that starting costs
//! a fraction of a millisecond.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

pub use super::format::{
    Check, Example, FixKind, FormatError, Level, OptionSpec, OptionType, RuleMeta, Scope, Statement,
};

const RULES: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.json"));
const EXAMPLES: &str = include_str!(concat!(env!("OUT_DIR"), "/examples.json"));

/// All built-in rules, ordered by id.
#[derive(Debug, Default)]
pub struct Catalogue {
    rules: Vec<RuleMeta>,
}

impl Catalogue {
    /// Every rule, ordered by id.
    #[must_use]
    pub fn rules(&self) -> &[RuleMeta] {
        &self.rules
    }

    /// The rule of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&RuleMeta> {
        let at = self.rules.binary_search_by(|rule| rule.id.as_str().cmp(id)).ok()?;
        self.rules.get(at)
    }

    /// The rules of an area (`links`), or the one rule of an id: what `--rule` and `--skip` may name.
    pub fn matching<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a RuleMeta> {
        self.rules.iter().filter(move |rule| rule.id == name || rule.area() == name)
    }
}

/// The built-in rules. Their examples are not in it; ask [`examples`].
pub fn catalogue() -> &'static Catalogue {
    // Decoding cannot fail: build.rs wrote the blob from these very types, and a test decodes it.
    static CATALOGUE: LazyLock<Catalogue> =
        LazyLock::new(|| Catalogue { rules: serde_json::from_str(RULES).unwrap_or_default() });
    &CATALOGUE
}

/// The examples of a built-in rule, for `explain` and the tests.
pub fn examples(id: &str) -> &'static [Example] {
    static ALL: OnceLock<BTreeMap<String, Vec<Example>>> = OnceLock::new();
    ALL.get_or_init(|| serde_json::from_str(EXAMPLES).unwrap_or_default()).get(id).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blobs_hold_what_the_files_say() {
        let rules: Vec<RuleMeta> = serde_json::from_str(RULES).unwrap();
        let examples: BTreeMap<String, Vec<Example>> = serde_json::from_str(EXAMPLES).unwrap();
        assert!(!rules.is_empty());
        assert_eq!(rules.len(), examples.len());
        assert!(rules.is_sorted_by(|a, b| a.id < b.id), "binary search needs the order");
        assert_eq!(catalogue().get("links/retired-service").map(|rule| rule.area()), Some("links"));
        assert!(catalogue().matching("links").count() > 0);
    }
}
