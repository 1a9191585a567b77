//! The program as its users start it: a folder of files, arguments, and what comes back.
#![allow(dead_code, reason = "each test target uses its part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run said.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// The lines of `--format concise` that are findings.
    pub fn findings(&self) -> Vec<&str> {
        let severities = [": error ", ": warning ", ": hint "];
        self.out.lines().filter(|line| severities.iter().any(|severity| line.contains(severity))).collect()
    }

    /// The document of `--format json`.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// The program, in a folder, in an environment that decides nothing.
pub fn postlint(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    for name in ["PATH", "SystemRoot", "TEMP", "TMP"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.env("LANG", "C.UTF-8");
    command
}

/// Runs it to its end.
pub fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).expect("postlint writes UTF-8");
    Run { code: output.status.code().expect("ended by itself"), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder of its own, removed at the end.
pub struct Folder(TempDir);

impl Folder {
    /// A folder with these files.
    pub fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    /// A copy of a site in `fixtures/`, without what is expected of it.
    pub fn fixture(name: &str) -> Folder {
        let folder = Folder::with(&[]);
        copy(&fixtures().join(name), folder.path());
        for expected in ["expected.txt", "expected-full.txt"] {
            let _ = fs::remove_file(folder.path().join(expected));
        }
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// `postlint --format concise` with these arguments.
    pub fn check(&self, args: &[&str]) -> Run {
        run(self.command(&["--format", "concise"]).args(args))
    }

    /// `postlint` with exactly these arguments.
    pub fn run(&self, args: &[&str]) -> Run {
        run(&mut self.command(args))
    }

    /// The same, with something on standard input.
    pub fn pipe(&self, args: &[&str], input: &str) -> Run {
        let mut child =
            self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        match child.stdin.take().unwrap().write_all(input.as_bytes()) {
            // A program that refuses its arguments need not wait for its input.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
            written => written.unwrap(),
        }
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = postlint(self.path());
        command.args(args);
        command
    }

    /// Every file with its content, to see that nothing changed.
    pub fn contents(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files(self.path()).into_iter().map(|path| (path.clone(), fs::read(&path).unwrap_or_default())).collect()
    }
}

/// Where the sites of this repository are.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Every file below a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
