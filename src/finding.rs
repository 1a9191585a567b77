//! What a rule says: a [`Finding`] with its place, its words and the fixes it offers.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::severity::{Confidence, Severity};
use crate::source::Span;

/// Path of a file relative to the repository (to the current folder outside one), with `/`.
pub type FilePath = Arc<str>;

/// Name of a rule, `area/name`.
pub type RuleId = Arc<str>;

/// Who may apply a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Certainly what was meant: `--fix` applies it.
    Safe,
    /// Probably what was meant: `--unsafe-fixes` applies it.
    Unsafe,
    /// One of several possibilities: shown, never applied by itself.
    Manual,
}

/// One replacement of bytes in one file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edit {
    /// The file to change.
    pub file: FilePath,
    /// The bytes to replace; empty to insert before `start`.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A repair, applied whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fix {
    /// What it does, as an order: "write `author`".
    pub title: String,
    /// Who may apply it.
    pub safety: Safety,
    /// The replacements; they do not overlap.
    pub edits: Vec<Edit>,
    /// Files that get another name, after the replacements.
    pub renames: Vec<Rename>,
}

/// Another name for a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rename {
    /// The file.
    pub from: FilePath,
    /// Its new path; there is no such file yet.
    pub to: FilePath,
}

impl Fix {
    /// A fix that replaces one span of one file.
    #[must_use]
    pub fn replace(
        title: impl Into<String>,
        safety: Safety,
        file: &FilePath,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        let edit = Edit { file: Arc::clone(file), span, text: text.into() };
        Fix::edits(title, safety, vec![edit])
    }

    /// A fix of several replacements.
    #[must_use]
    pub fn edits(title: impl Into<String>, safety: Safety, edits: Vec<Edit>) -> Self {
        Fix { title: title.into(), safety, edits, renames: Vec::new() }
    }
}

/// Another place that belongs to a finding: the first of two equal titles, the broken image file …
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Related {
    /// The file of that place.
    pub file: FilePath,
    /// The bytes; [`Span::FILE`] for the file as a whole.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// One problem at one place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The rule that says it.
    pub rule: RuleId,
    /// How bad it is, after the configuration.
    pub severity: Severity,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// The file at fault.
    pub file: FilePath,
    /// The characters at fault; [`Span::FILE`] for the file as a whole.
    pub span: Span,
    /// What is wrong, naming the value in backticks.
    pub message: String,
    /// Why it hurts, where the message does not say.
    pub note: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Further places.
    pub related: Vec<Related>,
    /// Repairs, the best first.
    pub fixes: Vec<Fix>,
    /// What it has in common with others of its rule that a reader wants to hear of once, as it stands behind "13 more":
    /// "from `a.example` to `b.example`". Without it, findings are alike that say the same.
    pub cause: Option<Box<str>>,
    /// What the site's texts have still to be asked about it; nothing once they were.
    pub doubt: Option<Doubt>,
    /// A rule that will have something to say about the same place once it is repaired, as the image without a text that a
    /// broken one turns out to be: where that rule runs, `--fix`, which brings no finding, leaves the place alone.
    pub reveals: Option<&'static str>,
    /// Why `--fix` did not make its repair after all, as a clause: "it would …".
    pub refused: Option<Box<str>>,
}

/// A word that may be the name of something: where the site's other texts write it, it is no slip that is certain.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Doubt {
    /// The word, as the finding's place has it.
    pub word: Box<str>,
    /// True where every run tells all findings of its kind, so that they do not bear each other out.
    pub always_told: bool,
}

impl Finding {
    /// The order of reports: path, place, rule, then words, so that no thread order shows through.
    #[must_use]
    pub fn order(&self, other: &Finding) -> std::cmp::Ordering {
        (&self.file, self.span, &self.rule, &self.message, &self.related).cmp(&(
            &other.file,
            other.span,
            &other.rule,
            &other.message,
            &other.related,
        ))
    }

    /// The fix that `--fix` (or, with `risky`, `--unsafe-fixes`) would apply. One that renames a file is left to people:
    /// git has to be told too.
    #[must_use]
    pub fn applicable(&self, risky: bool) -> Option<&Fix> {
        let enough = |fix: &&Fix| fix.safety == Safety::Safe || (risky && fix.safety == Safety::Unsafe);
        self.fixes.iter().filter(|fix| fix.renames.is_empty()).find(enough)
    }
}
