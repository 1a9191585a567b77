//! What the page of a folder says for all pages below it (`cascade:`), as far as it decides whether they are published.
//!
//! Only such keys are kept, and only those meant for every page below: a cascade with a target is for some of them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::config::Config;
use super::content::{Form, locate};
use crate::discover::parent;
use crate::generators::values::{flag, text};
use crate::generators::{Folder, config_file};
use crate::page::front_matter;

/// One folder's word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// `draft`.
    pub draft: Option<bool>,
    /// `build.render`.
    pub render: Option<String>,
}

/// By folder and language.
#[derive(Debug, Default)]
pub struct Cascades(BTreeMap<(String, usize), Word>);

impl Cascades {
    /// Reads the folders' pages that cascade.
    #[must_use]
    pub fn read(folder: &Folder<'_>, config: &Config) -> Cascades {
        let mut all = BTreeMap::new();
        for path in folder.below("").filter(|path| path.contains("_index.")) {
            let Some(at) = locate(path, config).filter(|at| at.form == Form::Branch) else { continue };
            let Some(page) = folder.read(path).filter(|page| page.to_ascii_lowercase().contains("cascade")) else {
                continue;
            };
            let Some(front) = front_matter::find(&page, false) else { continue };
            let value = config_file::object(&front, &page);
            let of = |value: &Value, key: &str| {
                let all = value.as_object()?;
                all.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value.clone())
            };
            let cascade = match of(&value, "cascade") {
                Some(Value::Array(items)) => items.into_iter().find(|item| !has_target(item)),
                other => other.filter(|cascade| !has_target(cascade)),
            };
            let Some(cascade) = cascade else { continue };
            let build = of(&cascade, "build").or_else(|| of(&cascade, "_build"));
            let render = build.and_then(|build| text(of(&build, "render").as_ref()));
            all.insert((at.folder, at.language), Word { draft: flag(of(&cascade, "draft").as_ref()), render });
        }
        Cascades(all)
    }

    /// What is said for a page in this folder; the nearest word counts.
    #[must_use]
    pub fn word(&self, folder: &str, language: usize) -> Word {
        let mut word = Word::default();
        if self.0.is_empty() {
            return word;
        }
        let mut at = folder;
        loop {
            if let Some(found) = self.0.get(&(at.to_owned(), language)) {
                word.draft = word.draft.or(found.draft);
                word.render = word.render.or_else(|| found.render.clone());
            }
            if at.is_empty() {
                return word;
            }
            at = parent(at);
        }
    }
}

fn has_target(cascade: &Value) -> bool {
    ["target", "_target"].iter().any(|key| cascade.get(key).is_some())
}
