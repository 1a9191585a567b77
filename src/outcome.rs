//! What a run hands to the reports, the baseline and the exit code: facts only, no wording.
//!
//! It stands between the engine, which fills it, and everything that shows it, so that neither needs to know the other.

use crate::hash::Map;
use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::finding::{FilePath, Finding};
use crate::source::{Position, Span};

/// A finished run.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The folder that every [`FilePath`] is relative to: the repository, or the current folder outside one.
    pub base: PathBuf,
    /// The sites that were looked at, the one with the most pages first.
    pub sites: Vec<SiteSummary>,
    /// What is to be reported, in [`Finding::order`].
    pub findings: Vec<Finding>,
    /// What `--fix` repaired, in [`Finding::order`]; their spans are those of the text in `before`.
    pub fixed_findings: Vec<Finding>,
    /// What each file with findings was when it was checked. A file without a stamp is never shown.
    pub stamps: Map<FilePath, FileStamp>,
    /// Where spans begin and end, as far as that is known without the text.
    pub places: Places,
    /// Texts that are not on disk as they were checked: standard input under its `--stdin-filename`.
    pub memory: Map<FilePath, String>,
    /// The texts as they were checked, where the site is so small that all were kept.
    pub texts: Map<FilePath, Vec<u8>>,
    /// The texts of repaired files as they were before.
    pub before: Map<FilePath, String>,
    /// The counts.
    pub summary: Summary,
}

/// Lines and columns of spans, by file.
pub type Places = Map<FilePath, Map<Span, (Position, Position)>>;

/// Length and content hash of a file, to know later whether it still is what was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileStamp {
    /// Length in bytes.
    pub len: u64,
    /// Hash of the bytes; only comparable within one run.
    pub hash: u64,
}

impl FileStamp {
    /// The stamp of a file's bytes, a byte order mark included.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        // Tells an edited file from the one that was checked; nobody gains by making two texts collide. Eight bytes at a
        // time, because every byte of the site passes here.
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut hash = 0_u64;
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            hash = (hash.rotate_left(5) ^ u64::from_le_bytes(*word)).wrapping_mul(MIX);
        }
        for byte in rest {
            hash = (hash.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(MIX);
        }
        FileStamp { len: bytes.len() as u64, hash }
    }
}

/// One site, as much of it as a reader of the report wants to see confirmed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteSummary {
    /// Its folder, relative like every path; `.` when the base itself is the site.
    pub root: String,
    /// The generator's id: `jekyll`, `hugo`, … `plain`.
    pub generator: String,
    /// Pages, posts among them.
    pub pages: usize,
    /// How many of the pages are posts.
    pub posts: usize,
    /// Links in the pages.
    pub links: usize,
    /// Images in the pages.
    pub images: usize,
    /// Pages by language tag, `und` for unknown.
    pub languages: BTreeMap<String, usize>,
    /// The generator as people write it: `Jekyll`. Empty for a plain folder.
    #[serde(skip)]
    pub generator_name: String,
    /// The languages in words and how they were found out: `French (from what its posts are written in)`.
    #[serde(skip)]
    pub language: Option<String>,
    /// More lines that a person should see before the findings, each a sentence.
    #[serde(skip)]
    pub remarks: Vec<String>,
}

/// The counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity hint.
    pub hints: usize,
    /// Findings with a safe fix.
    pub fixable: usize,
    /// Findings that only an unsafe fix repairs.
    pub fixable_unsafe: usize,
    /// Findings that this run repaired.
    pub fixed: usize,
    /// Findings whose repair this run would have made, had it not been seen to do harm; each says which.
    #[serde(skip_serializing_if = "is_none")]
    pub refused: usize,
    /// Findings that are not shown, by the reason.
    pub hidden: Hidden,
    /// What could not or should not be checked.
    pub unchecked: Unchecked,
    /// What `--online` brought; nothing without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub online: Option<Online>,
    /// Wall time of the run.
    pub milliseconds: u64,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Summary {
    /// Counts the findings; what only the engine knows (files, hidden, unchecked, time) is left at zero.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        use crate::finding::Severity;
        let mut summary = Summary::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Hint => summary.hints += 1,
            }
            summary.refused += usize::from(finding.refused.is_some());
            if finding.applicable(false).is_some() {
                summary.fixable += 1;
            } else if finding.applicable(true).is_some() {
                summary.fixable_unsafe += 1;
            }
        }
        summary
    }

    /// All findings that are shown.
    #[must_use]
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.hints
    }
}

/// What an online run did, as far as several runs need it to become one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Online {
    /// Distinct external URLs in the chosen pages.
    pub external_links: usize,
    /// Those that have a verdict.
    pub checked: usize,
    /// Those whose verdict is none: blocked, throttled, unreachable …; they are among the checked ones.
    pub unjudged: usize,
    /// Why the others have none.
    pub left: Left,
    /// This part of all hosts (from 1) of so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shard: Option<(u32, u32)>,
    /// Findings of the rules that need servers that are not shown.
    pub hidden: Hidden,
}

/// Distinct external URLs that were not asked, by the reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Left {
    /// `network.ignore` names them.
    pub ignored: usize,
    /// The pages silence whatever could be said about them.
    pub silenced: usize,
    /// Their servers ask programs not to (robots.txt).
    pub robots: usize,
    /// The time was up.
    pub budget: usize,
    /// Ctrl-C.
    pub interrupted: usize,
    /// There was no network.
    pub offline: usize,
    /// They are in another part of the hosts.
    pub other_shards: usize,
    /// They are no addresses of the web.
    pub no_address: usize,
}

impl Left {
    /// Each reason with its words, as they stand behind a number.
    #[must_use]
    pub fn reasons(&self) -> [(usize, &'static str); 8] {
        [
            (self.ignored, "ignored by the configuration"),
            (self.silenced, "silenced in the pages"),
            (self.robots, "by robots.txt"),
            (self.budget, "beyond the budget"),
            (self.interrupted, "after the interruption"),
            (self.offline, "without a network"),
            (self.other_shards, "of other shards"),
            (self.no_address, "that are no addresses"),
        ]
    }
}

/// Findings that are not shown, by the reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hidden {
    /// Silenced in the page or by the configuration.
    pub suppressed: usize,
    /// Accepted in the baseline.
    pub baseline: usize,
    /// Below `--min-confidence`.
    pub confidence: usize,
    /// Neither introduced nor touched by the change that `--since` or `--staged` names.
    pub unchanged: usize,
}

/// What was not checked; nothing of it counts as fine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unchecked {
    /// Distinct external URLs that were not probed.
    pub external_links: usize,
    /// Anything else, by a plural noun in `snake_case`: `template_links`, `large_files`. A person reads it with spaces.
    #[serde(flatten)]
    pub other: BTreeMap<String, usize>,
}
