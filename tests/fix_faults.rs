//! The n-th system call of a repair fails, for every n: the page is the old one or the new one, whole, and no other
//! file is left. `strace` injects the faults, so this runs on Linux where strace may trace; elsewhere it says so.
//! (`src/fix/write/tests.rs` does the same without the system.)

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed step of a test is a failed test"
)]

mod program;

use std::process::{Command, Stdio};

use program::{Folder, files};

const PAGE: &str = "---\ntitle: A\ntags: [b, b]\n---\nText.\n";
const REPAIRED: &str = "---\ntitle: A\ntags: [b]\n---\nText.\n";
const POST: &str = "_posts/2024-01-01-a.md";
/// The calls that writing is made of, under the names that Linux gives them on its architectures.
const CALLS: [(&str, &[&str]); 5] = [
    ("openat", &["EACCES", "EMFILE", "EROFS"]),
    ("write", &["ENOSPC", "EIO"]),
    ("fsync", &["EIO"]),
    ("fchmod", &["EPERM"]),
    ("rename,renameat,renameat2", &["EACCES", "ENOSPC"]),
];

/// Runs the repair with the n-th call failing. False when there was no n-th call.
fn fails(folder: &Folder, calls: &str, error: &str, number: u32) -> bool {
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o"]).arg(log.path()).args(["-e", &format!("trace={calls}")]);
    command.args(["-e", &format!("inject={calls}:error={error}:when={number}")]);
    command.arg(env!("CARGO_BIN_EXE_postlint")).args(["--fix", "--threads", "1", "--format", "concise"]);
    let status = command.current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    let log = std::fs::read_to_string(log.path()).unwrap();
    assert!(status.code().is_some() || log.contains("SIG"), "ended by itself");
    log.contains("(INJECTED)")
}

#[test]
fn whatever_call_fails_the_page_is_whole() {
    let usable = Command::new("strace").args(["-e", "inject=fsync:error=EIO", "-o", "/dev/null", "true"]).status();
    if !usable.is_ok_and(|status| status.success()) {
        return eprintln!("skipped: strace is not here, or may not trace");
    }
    let mut writes = 0;
    for (calls, errors) in CALLS {
        for error in errors {
            let mut number = 1;
            loop {
                let folder = Folder::with(&[("_config.yml", "title: A\n"), (POST, PAGE)]);
                let injected = fails(&folder, calls, error, number);
                let text = std::fs::read_to_string(folder.path().join(POST)).unwrap();
                assert!(text == PAGE || text == REPAIRED, "{calls} {number} {error}: {text:?}");
                let left = files(folder.path());
                assert_eq!(left.len(), 2, "{calls} {number} {error}: {left:?}");
                writes += u32::from(text == PAGE);
                if !injected {
                    assert_eq!(text, REPAIRED, "a clean run repairs");
                    break;
                }
                // Starting a process opens files too: past these the steps are few.
                number += 1;
                assert!(number < 400, "{calls}: there is no end");
            }
        }
    }
    assert!(writes > 0, "no fault kept the page from being written");
}
