//! What the README shows is what the program says: its console blocks are run in this repository.
//!
//! A line `…` stands for any number of lines. `.ci/run` runs the commands of the other blocks.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod program;

use std::path::Path;

use program::{postlint, run};

const README: &str = include_str!("../README.md");

/// A command of a console block, and the lines below it.
struct Shown {
    command: String,
    output: Vec<&'static str>,
}

fn shown() -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut inside = false;
    for line in README.lines() {
        match (inside, line) {
            (false, "```console") => inside = true,
            (true, "```") => inside = false,
            (true, line) => match (line.strip_prefix("$ "), found.last_mut()) {
                (Some(command), _) => found.push(Shown { command: command.to_owned(), output: Vec::new() }),
                (None, Some(last)) => last.output.push(line),
                (None, None) => panic!("a console block starts with a command"),
            },
            _ => {}
        }
    }
    found
}

/// True when the lines are the expected ones, with `…` for any number of them.
fn same(expected: &[&str], lines: &[&str]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((&"…", rest)) => (0..=lines.len()).any(|at| same(rest, &lines[at..])),
        Some((first, rest)) => lines.first() == Some(first) && same(rest, &lines[1..]),
    }
}

#[test]
fn console_blocks_are_true() {
    let shown = shown();
    assert!(!shown.is_empty(), "the README shows the program at work");
    for Shown { command, output } in shown {
        let args: Vec<&str> =
            command.strip_prefix("postlint").expect("a console block runs postlint").split_whitespace().collect();
        let ran = run(postlint(Path::new(env!("CARGO_MANIFEST_DIR"))).args(args));
        assert!(ran.code < 2 && ran.err.is_empty(), "{command}: {}", ran.err);
        // Blank lines at the end of a block are nothing to see.
        let lines: Vec<&str> = ran.out.trim_end().lines().collect();
        let mut output = output.as_slice();
        while let [rest @ .., ""] = output {
            output = rest;
        }
        assert!(same(output, &lines), "the README shows something else for `{command}`, which says\n{}", ran.out);
    }
}

#[test]
fn the_two_commands_are_there() {
    for command in ["cargo run -- fixtures/french-jekyll-blog", "cargo test"] {
        assert!(README.lines().any(|line| line == command), "{command}");
        assert!(include_str!("../.ci/run").contains(command), "{command}");
    }
}
