//! Front matter defaults: values that `_config.yml` gives to the pages below a path.
//!
//! Source: jekyll 4.3 `lib/jekyll/frontmatter_defaults.rb` and the page "Front Matter Defaults".

use globset::{GlobBuilder, GlobMatcher};
use serde_json::{Map, Value};

use crate::generators::values::text;

/// One entry of `defaults:`.
#[derive(Debug, Clone)]
struct Scope {
    path: String,
    glob: Option<GlobMatcher>,
    kind: Option<String>,
    values: Map<String, Value>,
}

/// All of them, the weakest first.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    scopes: Vec<Scope>,
}

impl Defaults {
    /// Reads `defaults:`; entries of another shape are left out, as Jekyll does with a warning.
    #[must_use]
    pub fn new(value: Option<&Value>) -> Defaults {
        let mut scopes: Vec<Scope> = value.and_then(Value::as_array).into_iter().flatten().filter_map(scope).collect();
        // A longer path beats a shorter one; a scope with a type beats one without; later beats earlier.
        scopes.sort_by_key(|scope| (scope.path.len(), scope.kind.is_some()));
        Defaults { scopes }
    }

    /// The value of `key` for a page (`path` relative to the source) of a kind: `posts`, `drafts`, `pages` or the label
    /// of its collection.
    #[must_use]
    pub fn get(&self, path: &str, kind: &str, key: &str) -> Option<&Value> {
        self.scopes.iter().rev().filter(|scope| scope.covers(path, kind)).find_map(|scope| scope.values.get(key))
    }
}

impl Scope {
    fn covers(&self, path: &str, kind: &str) -> bool {
        let inside = match &self.glob {
            Some(glob) => {
                // A glob that names a folder covers what is below it.
                let mut part = path;
                loop {
                    if glob.is_match(part) {
                        break true;
                    }
                    match crate::discover::parent(part) {
                        "" => break false,
                        folder => part = folder,
                    }
                }
            }
            None => path.starts_with(&self.path),
        };
        inside && self.kind.as_deref().is_none_or(|own| own == kind)
    }
}

fn scope(entry: &Value) -> Option<Scope> {
    let values = entry.get("values")?.as_object()?.clone();
    let scope = entry.get("scope")?;
    let path = text(scope.get("path")).unwrap_or_default().trim_start_matches("./").trim_matches('/').to_owned();
    let glob = path
        .contains('*')
        .then(|| GlobBuilder::new(&path).literal_separator(true).build().ok().map(|g| g.compile_matcher()))
        .flatten();
    let kind = text(scope.get("type")).filter(|kind| !kind.is_empty());
    // `type: page` and `type: post` are the names of Jekyll 2; it still takes them.
    let kind = kind.map(|kind| match kind.as_str() {
        "page" => "pages".to_owned(),
        "post" => "posts".to_owned(),
        "draft" => "drafts".to_owned(),
        _ => kind,
    });
    Some(Scope { path, glob, kind, values })
}
