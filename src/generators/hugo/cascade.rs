//! What the page of a folder says for all pages below it (`cascade:`), as far as it decides whether they are published.
//!
//! Only such keys are kept, and only those meant for every page below: a cascade with a target is for some of them. Of the
//! configuration's those count that name paths.

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde_json::Value;

use super::config::Config;
use super::content::{Form, Located, locate};
use crate::discover::{join, parent};
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
pub struct Cascades {
    words: BTreeMap<(String, usize), Word>,
    /// Paths of the content tree whose pages are never rendered.
    never: GlobSet,
}

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
        Cascades { words: all, never: globs(&config.never_rendered) }
    }

    /// True for a page that the configuration keeps from being rendered: a text that other pages show.
    #[must_use]
    pub fn hide(&self, at: &Located<'_>) -> bool {
        !self.never.is_empty() && self.never.is_match(format!("/{}", join(&at.folder, at.stem)))
    }

    /// What is said for a page in this folder; the nearest word counts.
    #[must_use]
    pub fn word(&self, folder: &str, language: usize) -> Word {
        let mut word = Word::default();
        if self.words.is_empty() {
            return word;
        }
        let mut at = folder;
        loop {
            if let Some(found) = self.words.get(&(at.to_owned(), language)) {
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

/// The targets' patterns; what cannot be read means nothing.
fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns.iter().flat_map(|pattern| alternatives(pattern)) {
        if let Ok(glob) = GlobBuilder::new(&pattern).literal_separator(true).build() {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}

/// The patterns' `{a,b}` written out: one of the two may be nothing.
fn alternatives(pattern: &str) -> Vec<String> {
    const MOST: usize = 64;
    let mut open = vec![pattern.to_owned()];
    let mut done = Vec::new();
    while let Some(next) = open.pop().filter(|_| open.len() + done.len() < MOST) {
        let Some((before, (inside, after))) =
            next.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        else {
            done.push(next);
            continue;
        };
        open.extend(inside.split(',').map(|one| format!("{before}{one}{after}")));
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_of_a_target() {
        let set = globs(&["{,/**}/_includes{,/**}".to_owned()]);
        assert!(set.is_match("/_includes/a") && set.is_match("/docs/b/_includes/c/d"));
        assert!(!set.is_match("/docs/includes/a"));
    }
}
