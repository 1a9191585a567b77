//! How bad, and how sure: the two words that rules, findings, configuration and reports share.
//!
//! They live apart from [`crate::finding`] because `build.rs` reads the rules in `rules/` with these very types.

use serde::{Deserialize, Serialize};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Hint,
    /// Should be looked at.
    Warning,
    /// A reader, a search engine or the build will trip over it.
    Error,
}

/// How sure the rule is that this is a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// May well be meant; hidden by default.
    Low,
    /// Probably a defect.
    Medium,
    /// Proven from the site's own files.
    High,
}

impl Severity {
    /// The word for it, as reports and configurations write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl Confidence {
    /// The word for it, as reports and configurations write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}
