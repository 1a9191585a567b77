//! What git knows of the files: asked once, and only when a rule has a question.
//!
//! A picture that lies on the writer's disk and was never added to git is there for every check on that machine and
//! gone on the server. In a hook the index is the commit that is being made, so what is staged exists. git itself is
//! asked, because only it knows where its index is (worktrees, `GIT_INDEX_FILE`); nothing that a repository can
//! configure is run.

mod renames;

use crate::hash::Set;
use std::io::{Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use unicode_normalization::UnicodeNormalization;

pub use renames::Renames;

/// The repository around a run, asked when the first question comes.
#[derive(Debug)]
pub struct Git {
    base: PathBuf,
    index: OnceLock<Option<Arc<Index>>>,
    renames: OnceLock<Option<Renames>>,
}

impl Git {
    /// For the folder that all paths are relative to. Nothing is asked yet.
    #[must_use]
    pub fn at(base: &Path) -> Git {
        Git { base: base.to_path_buf(), index: OnceLock::new(), renames: OnceLock::new() }
    }

    /// True in a repository, or where the environment names one: only there a file can be forgotten.
    #[must_use]
    pub fn is_repository(&self) -> bool {
        std::env::var_os("GIT_DIR").is_some() || self.base.ancestors().any(|folder| folder.join(".git").exists())
    }

    /// The index; nothing outside a repository, without git, or where git refuses to answer.
    #[must_use]
    pub fn index(&self) -> Option<&Arc<Index>> {
        let read =
            || run(&self.base, &["ls-files", "-z", "--stage"], Vec::new()).map(|list| Arc::new(Index::parse(list)));
        self.index.get_or_init(|| if self.is_repository() { read() } else { None }).as_ref()
    }

    /// Where files of the history went; nothing where the history is not here, or does not answer in time.
    #[must_use]
    pub fn renames(&self) -> Option<&Renames> {
        let ask = || if self.is_repository() { Renames::ask(&self.base) } else { None };
        self.renames.get_or_init(ask).as_ref()
    }

    /// Files that are in the index although an ignore file names them: they are published like all others. `is_known`
    /// tells which ones need no question.
    #[must_use]
    pub fn forced(&self, is_known: impl Fn(&str) -> bool) -> Vec<String> {
        let Some(index) = self.index() else { return Vec::new() };
        let names = index.names.iter().filter_map(|range| std::str::from_utf8(index.name(range)).ok());
        let is_file = |name: &&str| self.base.join(name).symlink_metadata().is_ok_and(|data| data.is_file());
        let left: Vec<&str> = names.filter(|name| !is_known(name)).filter(is_file).collect();
        let ignored = self.asked(&["check-ignore", "-z", "--no-index", "--stdin"], &left);
        ignored.into_iter().map(str::to_owned).collect()
    }

    /// Which of these files (relative to the base) git is told to ignore.
    #[must_use]
    pub fn ignored<'p>(&self, paths: &[&'p str]) -> Vec<&'p str> {
        self.asked(&["check-ignore", "-z", "--stdin"], paths)
    }

    /// Those of the paths that git names in its answer.
    fn asked<'p>(&self, arguments: &[&str], paths: &[&'p str]) -> Vec<&'p str> {
        let mut list: Vec<u8> = Vec::new();
        for path in paths {
            list.extend_from_slice(path.as_bytes());
            list.push(0);
        }
        let answer = if list.is_empty() { None } else { run(&self.base, arguments, list) };
        let answer = answer.unwrap_or_default();
        let named: Set<&[u8]> = answer.split(|byte| *byte == 0).collect();
        paths.iter().copied().filter(|path| named.contains(path.as_bytes())).collect()
    }
}

/// Whether a file will be there where the repository is checked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tracked {
    /// It is in the index: committed or staged.
    Yes,
    /// It is on this disk only.
    No,
    /// It lies in a repository of its own (a submodule), whose index was not asked.
    Elsewhere,
}

/// The names in git's index. They are kept as git wrote them, with a list of where each stands.
#[derive(Debug, Default)]
pub struct Index {
    text: Vec<u8>,
    /// Where the names stand, in the order of their bytes.
    names: Vec<Range<u32>>,
    /// Folders that are repositories of their own.
    modules: Vec<Range<u32>>,
}

impl Index {
    /// Reads what `git ls-files -z --stage` prints: mode, hash, stage, a tab, the name.
    fn parse(text: Vec<u8>) -> Index {
        let mut index = Index::default();
        let mut start = 0;
        for end in memchr::memchr_iter(0, &text) {
            let line = text.get(start..end).unwrap_or_default();
            let name = memchr::memchr(b'\t', line).map(|tab| start + tab + 1);
            if let Some((from, to)) = name.and_then(|name| Some((u32::try_from(name).ok()?, u32::try_from(end).ok()?)))
            {
                if line.starts_with(b"160000 ") {
                    index.modules.push(from..to);
                } else {
                    index.names.push(from..to);
                }
            }
            start = end + 1;
        }
        index.text = text;
        // git sorts them already; what is sorted costs one look at each.
        let Index { text, names, .. } = &mut index;
        let name = |range: &Range<u32>| text.get(range.start as usize..range.end as usize).unwrap_or_default();
        names.sort_by(|a, b| name(a).cmp(name(b)));
        index
    }

    /// Whether a file (relative to the base, with `/`) is in the index.
    #[must_use]
    pub fn tracked(&self, path: &str) -> Tracked {
        let in_module = |module: &Range<u32>| {
            let rest = path.as_bytes().strip_prefix(self.name(module));
            rest.is_some_and(|rest| rest.starts_with(b"/"))
        };
        if self.has(path) {
            Tracked::Yes
        } else if self.modules.iter().any(in_module) {
            Tracked::Elsewhere
        } else {
            Tracked::No
        }
    }

    /// macOS may keep a name in another Unicode form on disk than git does in its index.
    fn has(&self, path: &str) -> bool {
        let here = |name: &str| self.names.binary_search_by(|range| self.name(range).cmp(name.as_bytes())).is_ok();
        here(path)
            || (!path.is_ascii() && (here(&path.nfc().collect::<String>()) || here(&path.nfd().collect::<String>())))
    }

    fn name(&self, range: &Range<u32>) -> &[u8] {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

/// Runs git in the folder and gives back what it prints, or nothing when it cannot or will not answer. `check-ignore`
/// ends with 1 when nothing is ignored: then it has printed nothing either.
fn run(base: &Path, arguments: &[&str], input: Vec<u8>) -> Option<Vec<u8>> {
    let mut git = command(base, arguments);
    if input.is_empty() {
        let output = git.stdin(Stdio::null()).output().ok()?;
        return output.status.success().then_some(output.stdout);
    }
    let mut child = git.stdin(Stdio::piped()).spawn().ok()?;
    let mut pipe = child.stdin.take()?;
    // Both ends may be full at once: one thread writes while this one reads.
    let writer = std::thread::spawn(move || pipe.write_all(&input));
    let output = child.wait_with_output().ok()?;
    let written = writer.join().is_ok_and(|result| result.is_ok());
    (written && matches!(output.status.code(), Some(0 | 1))).then_some(output.stdout)
}

/// The same without input, for at most so long.
fn run_for(base: &Path, arguments: &[&str], patience: Duration) -> Option<Vec<u8>> {
    let end = Instant::now() + patience;
    let mut child = command(base, arguments).stdin(Stdio::null()).spawn().ok()?;
    let mut pipe = child.stdout.take()?;
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut text = Vec::new();
        let read = pipe.read_to_end(&mut text).map(|_| text);
        let _ = sender.send(read);
    });
    let text = receiver.recv_timeout(end.saturating_duration_since(Instant::now()));
    if text.is_err() {
        let _ = child.kill();
    }
    let status = child.wait().ok()?;
    text.ok()?.ok().filter(|_| status.success())
}

fn command(base: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    // A repository's configuration may name programs that git would start; and nothing is to be written, not even a lock,
    // and nothing to be fetched.
    git.args(["--no-optional-locks", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false"]);
    git.args(arguments).env("GIT_NO_LAZY_FETCH", "1").current_dir(base);
    git.stdout(Stdio::piped()).stderr(Stdio::null());
    git
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whatever_they_hold() {
        let entry = |mode: &str, name: &str| format!("{mode} 0123 0\t{name}\0");
        let names = ["a b.png", "a.png", "a/caf\u{e9}.png", "new\nline.png", "tab\there.png"];
        let mut text: String = names.iter().map(|name| entry("100644", name)).collect();
        text.push_str(&entry("160000", "themes/x"));
        let index = Index::parse(text.into_bytes());
        for name in names {
            assert_eq!(index.tracked(name), Tracked::Yes, "{name:?}");
        }
        assert_eq!(index.tracked("a/cafe\u{301}.png"), Tracked::Yes);
        assert_eq!(index.tracked("themes/x/a.png"), Tracked::Elsewhere);
        assert_eq!(index.tracked("themes/xy/a.png"), Tracked::No);
        assert_eq!(index.tracked("a"), Tracked::No);
    }

    #[test]
    fn outside_a_repository_nothing_is_known() {
        let folder = tempfile::tempdir().unwrap();
        if std::env::var_os("GIT_DIR").is_none() {
            assert!(Git::at(folder.path()).index().is_none());
        }
    }
}
