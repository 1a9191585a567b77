//! Every example in `rules/` is a test: `cargo test --test rules links/wrong-case` runs those of one rule.
//!
//! An example becomes files in a temporary folder, the rule runs alone on them, and what it reports must be exactly
//! what the example lists. What it can repair is repaired, compared, and run again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step of a test is a failed test")]

mod answers;
mod expect;
mod images;
mod run;
mod surroundings;
mod tree;

use libtest_mimic::{Arguments, Trial};
use postlint::rules::format::{self, Example, FormatError, RuleMeta};
use postlint::rules::meta::{catalogue, examples};

fn main() {
    let arguments = Arguments::from_args();
    let built_in = catalogue()
        .rules()
        .iter()
        .flat_map(|rule| examples(&rule.id).iter().map(|example| (rule.clone(), example.clone())));
    let mut trials: Vec<Trial> = built_in.map(|(rule, example)| trial(rule, example)).collect();
    for (path, rule) in own_rules() {
        match rule {
            Ok(mut rule) => {
                let examples = std::mem::take(&mut rule.examples);
                trials.extend(examples.into_iter().map(|example| trial(rule.clone(), example)));
            }
            Err(error) => trials.push(Trial::test(path.clone(), move || Err(format!("{path}:{error}").into()))),
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn trial(rule: RuleMeta, example: Example) -> Trial {
    let name = format!("{} :: {}", rule.id, example.name);
    // Shown as ignored, not left out, until the run can be given a base side.
    let later = !example.before.is_empty();
    Trial::test(name, move || expect::check(&rule, &example).map_err(Into::into)).with_ignored_flag(later)
}

/// The rules in `fixtures/user-rules`, one for each kind of check that needs no code.
fn own_rules() -> Vec<(String, Result<RuleMeta, FormatError>)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/user-rules/house");
    let files =
        std::fs::read_dir(folder).expect("fixtures/user-rules/house").map(|entry| entry.expect("a file").path());
    let mut rules: Vec<_> = files
        .map(|path| {
            let id = format!("house/{}", path.file_stem().and_then(|name| name.to_str()).expect("a name"));
            let text = std::fs::read_to_string(&path).expect("a readable rule");
            (format!("fixtures/user-rules/{id}.yaml"), format::parse(&id, &text))
        })
        .collect();
    rules.sort_by(|(a, _), (b, _)| a.cmp(b));
    rules
}
