//! Where files went: what git's history says about names that are no longer there.
//!
//! Asked only when a link leads nowhere, once in a run, and with bounds: a check that reads a whole history is no check
//! before a commit. A clone without its history says nothing, and one whose objects lie elsewhere is not asked, because
//! git would fetch them over the network.

use crate::hash::Map;
use std::path::Path;
use std::time::Duration;

use super::run_for;

/// So many commits are looked at, from the newest.
const COMMITS: &str = "-n2000";
/// What git is to tell of a change, and how.
const ONLY_RENAMES: [&str; 7] =
    ["--relative", "-M", "--diff-filter=R", "--name-status", "--no-ext-diff", "--no-textconv", "-z"];
/// After this time there is no answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The renamed files of a history.
#[derive(Debug, Default)]
pub struct Renames {
    /// From each former path to the newest one, relative to the base.
    to: Map<String, String>,
}

impl Renames {
    /// Asks git in this folder.
    pub(super) fn ask(base: &Path) -> Option<Renames> {
        let whole = run_for(base, &["rev-parse", "--is-shallow-repository"], PATIENCE)?;
        let promised =
            run_for(base, &["config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$"], PATIENCE);
        if promised.is_some() {
            return None;
        }
        let ask = |command: &[&str]| run_for(base, &[command, &ONLY_RENAMES].concat(), PATIENCE);
        // What is renamed and not committed yet is newer than any commit, and known without a history.
        let mut told = ask(&["diff", "--cached"]).unwrap_or_default();
        if whole.trim_ascii() == b"false" {
            let log = &["-c", "log.showSignature=false", "log", "--no-merges", COMMITS, "--format="];
            told.extend(ask(log).unwrap_or_default());
        }
        Some(Renames::parse(&told))
    }

    /// Reads what `git diff` and `git log` print with `-z --name-status`, the newest change first.
    fn parse(log: &[u8]) -> Renames {
        let mut renames = Renames::default();
        let mut parts = log.split(|byte| *byte == 0).map(<[u8]>::trim_ascii_start);
        while let Some(part) = parts.next() {
            let is_rename = part.strip_prefix(b"R").is_some_and(|rest| rest.iter().all(u8::is_ascii_digit));
            if !is_rename {
                continue;
            }
            let (Some(from), Some(to)) = (parts.next(), parts.next()) else { break };
            let (Ok(from), Ok(to)) = (std::str::from_utf8(from), std::str::from_utf8(to)) else { continue };
            // It may have gone on from there, which was told before.
            let to = renames.to.get(to).cloned().unwrap_or_else(|| to.to_owned());
            if from != to {
                renames.to.entry(from.to_owned()).or_insert(to);
            }
        }
        renames
    }

    /// Former and present paths, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.to.iter().map(|(from, to)| (from.as_str(), to.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_moved_twice_is_where_it_is_now() {
        let log = b"R100\0b.md\0c.md\0R087\0x y.png\0img/x y.png\0\nR100\0a.md\0b.md\0";
        let renames = Renames::parse(log);
        let mut all: Vec<_> = renames.iter().collect();
        all.sort_unstable();
        assert_eq!(all, [("a.md", "c.md"), ("b.md", "c.md"), ("x y.png", "img/x y.png")]);
    }

    #[test]
    fn a_name_that_came_back_is_no_riddle() {
        let renames = Renames::parse(b"R100\0b.md\0a.md\0R100\0a.md\0b.md\0");
        assert_eq!(renames.iter().collect::<Vec<_>>(), [("b.md", "a.md")]);
    }
}
