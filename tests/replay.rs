//! Repairs that maintainers made themselves, replayed: their site as it was before, `--fix`, and then their text beside ours.
//!
//! The cases lie outside the repository. `POSTLINT_TIMETRAVEL` names a folder with `repairs.jsonl` (one repair a line:
//! `repo`, `commit`, `parent`, `root`, `file`, `line`, `kind`, `before`, `after`), `POSTLINT_MIRROR` the folder that holds
//! the git directories as `OWNER+NAME/repo`. Without them there is nothing to replay. `POSTLINT_PROGRAM` names another
//! build of the program (an optimised one takes a tenth of the time), `POSTLINT_REPLAY_MISSES` shows what was not repaired.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a failed step of a test is a failed test"
)]

mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// Kinds whose repair is mechanical: of these, so many in a hundred must come out as the maintainer wrote them.
const MECHANICAL: [&str; 10] = [
    "colon-space",
    "fm-duplicate-key",
    "fm-syntax",
    "link-malformed",
    "link-syntax",
    "misspelt-key",
    "term-typo",
    "term-variant",
    "unknown-author",
    "wrong-lang",
];
const LEAST: usize = 60;

/// One repair of a maintainer.
#[derive(Debug, Deserialize)]
struct Case {
    repo: String,
    commit: String,
    parent: String,
    #[serde(default)]
    root: String,
    file: String,
    kind: String,
    before: Option<String>,
    after: Option<String>,
}

/// What `--fix` made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Result {
    /// The maintainer's line or value.
    Same,
    /// Something else in the file's lines.
    Other,
    /// Nothing.
    Left,
}

/// A repository's history, and a folder that is put to one commit after the other.
struct History {
    git: PathBuf,
    folder: tempfile::TempDir,
    index: tempfile::TempDir,
}

impl History {
    fn git(&self, arguments: &[&str]) -> Option<Vec<u8>> {
        let mut git = Command::new("git");
        git.args(["-c", "core.symlinks=false", "-c", "core.hooksPath=/dev/null", "--git-dir"]).arg(&self.git);
        git.arg("--work-tree").arg(self.folder.path()).args(arguments);
        git.env("GIT_INDEX_FILE", self.index.path().join("index")).env("GIT_LFS_SKIP_SMUDGE", "1");
        let output = git.output().ok()?;
        output.status.success().then_some(output.stdout)
    }

    fn text(&self, commit: &str, file: &str) -> Option<String> {
        Some(String::from_utf8_lossy(&self.git(&["show", &format!("{commit}:{file}")])?).into_owned())
    }

    /// Makes the folder equal to a commit, but for files that the history does not have; false where it has no such commit.
    fn put_to(&self, commit: &str) -> bool {
        if self.git(&["read-tree", "--reset", commit]).is_none() {
            return false;
        }
        let others = self.git(&["ls-files", "--others", "-z"]).unwrap_or_default();
        for path in String::from_utf8_lossy(&others).split_terminator('\0') {
            let _ = std::fs::remove_file(self.folder.path().join(path));
        }
        let _ = self.git(&["checkout-index", "--all", "--force", "--index", "--quiet"]);
        true
    }
}

#[test]
fn maintainers_repairs_are_made() {
    let (Some(cases), Some(mirror)) = (std::env::var_os("POSTLINT_TIMETRAVEL"), std::env::var_os("POSTLINT_MIRROR"))
    else {
        return eprintln!("skipped: POSTLINT_TIMETRAVEL and POSTLINT_MIRROR name no recorded repairs");
    };
    let text = std::fs::read_to_string(Path::new(&cases).join("repairs.jsonl")).unwrap();
    let mut sites: BTreeMap<String, BTreeMap<(String, String), Vec<Case>>> = BTreeMap::new();
    for line in text.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let place = (case.parent.clone(), case.root.clone());
        sites.entry(case.repo.clone()).or_default().entry(place).or_default().push(case);
    }
    let mut table: BTreeMap<String, BTreeMap<Result, usize>> = BTreeMap::new();
    for (repo, places) in &sites {
        let git = Path::new(&mirror).join(repo.replacen('/', "+", 1)).join("repo");
        if !git.is_dir() {
            eprintln!("skipped: {repo} is not in the mirror");
            continue;
        }
        let history = History { git, folder: tempfile::tempdir().unwrap(), index: tempfile::tempdir().unwrap() };
        for ((parent, root), cases) in places {
            if !history.put_to(parent) {
                eprintln!("skipped: {repo} does not have {parent}");
                continue;
            }
            let repaired = fix(&history.folder.path().join(root));
            for case in cases {
                let result = compare(&history, case, &repaired);
                *table.entry(case.kind.clone()).or_default().entry(result).or_default() += 1;
                if std::env::var_os("POSTLINT_REPLAY_MISSES").is_some() && result != Result::Same {
                    eprintln!(
                        "{result:?} {} {} {}: {:?} -> {:?}",
                        case.kind, case.commit, case.file, case.before, case.after
                    );
                }
            }
        }
    }
    let of = |kind: &str, result: Result| table.get(kind).and_then(|row| row.get(&result)).copied().unwrap_or_default();
    eprintln!("{:18}{:>6}{:>6}{:>6}{:>6}", "kind", "all", "same", "other", "left");
    for (kind, row) in &table {
        let (all, mark) =
            (row.values().sum::<usize>(), if MECHANICAL.contains(&&**kind) { "" } else { "  (not counted)" });
        let [same, other, left] = [Result::Same, Result::Other, Result::Left].map(|result| of(kind, result));
        eprintln!("{kind:18}{all:6}{same:6}{other:6}{left:6}{mark}");
    }
    let rows = || MECHANICAL.iter().filter_map(|kind| table.get(*kind));
    let all: usize = rows().flat_map(|row| row.values()).sum();
    let same: usize = rows().filter_map(|row| row.get(&Result::Same)).sum();
    assert!(all > 0, "no case of a mechanical kind could be replayed");
    assert!(same * 100 >= all * LEAST, "{same} of {all} mechanical repairs are made as the maintainer made them");
    eprintln!("{same} of {all} mechanical repairs are made as the maintainer made them");
}

/// What `--fix` wrote, by file and in the order of the report: the new texts of the repairs that were made.
fn fix(root: &Path) -> BTreeMap<String, Vec<String>> {
    let mut command = program::postlint(root);
    if let Some(other) = std::env::var_os("POSTLINT_PROGRAM") {
        command = Command::new(other);
        command.current_dir(root).env("LANG", "C.UTF-8");
    }
    let run = program::run(command.args(["check", "--isolated", "--fix", "--format", "json"]));
    let Ok(report) = serde_json::from_str::<serde_json::Value>(&run.out) else { return BTreeMap::new() };
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in report["fixed_findings"].as_array().into_iter().flatten() {
        for edit in finding["fixes"][0]["edits"].as_array().into_iter().flatten() {
            let (file, text) = (edit["file"].as_str().unwrap(), edit["text"].as_str().unwrap());
            texts.entry(file.to_owned()).or_default().push(text.to_owned());
        }
    }
    texts
}

fn compare(history: &History, case: &Case, repaired: &BTreeMap<String, Vec<String>>) -> Result {
    let path = history.folder.path().join(&case.file);
    let Some(old) = history.text(&case.parent, &case.file) else { return Result::Left };
    let theirs = history.text(&case.commit, &case.file).unwrap_or_default();
    let ours = String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned();
    let lines = |text: &str| text.lines().map(plain).collect::<Vec<String>>();
    let known: BTreeSet<String> = lines(&old).into_iter().collect();
    let fresh: Vec<String> = lines(&ours).into_iter().filter(|line| !known.contains(line)).collect();
    let after = plain(case.after.as_deref().unwrap_or_default());
    let before = plain(case.before.as_deref().unwrap_or_default());
    let wanted = lines(&theirs);
    let same_line = |line: &String| wanted.contains(line) && !known.contains(line) && line.contains(&after);
    let same_value =
        |line: &String| !after.is_empty() && line.contains(&after) && !line.replace(&after, "").contains(&before);
    // A line that went, of a key that stood there twice.
    let of_key =
        |text: &str| lines(text).into_iter().filter(|line| line.starts_with(&format!("{after}:"))).collect::<Vec<_>>();
    let twice = case.kind == "fm-duplicate-key" && of_key(&old).len() > 1 && of_key(&ours).len() == 1;
    let file = case.file.strip_prefix(&case.root).unwrap_or(&case.file).trim_start_matches('/');
    let written = repaired.get(file).into_iter().flatten().map(|text| plain(text));
    let mut written = written.filter(|text| text.len() > 3);
    let same_edit = written.any(|text| after == text || after.ends_with(&format!(": {text}")));
    match () {
        () if fresh.iter().any(same_line) || fresh.iter().any(same_value) || twice || same_edit => Result::Same,
        () if !fresh.is_empty() => Result::Other,
        () => Result::Left,
    }
}

/// A line without quotation marks and with single blanks: whether a value is quoted is the writer's habit.
fn plain(line: &str) -> String {
    line.replace(['"', '\''], "").split_whitespace().collect::<Vec<_>>().join(" ")
}
