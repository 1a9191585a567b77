//! One rule, alone, over the files of an example.

use std::path::Path;

use postlint::config::{self, Config, Sourced, Sources};
use postlint::engine::{self, Request};
use postlint::finding::Finding;
use postlint::fix;
use postlint::rules::format::{Example, FixKind, Level, RuleMeta};
use postlint::severity::Confidence;

use super::tree::Tree;
use super::{answers, surroundings};

/// The date that a run believes in where the example says nothing.
const NOW: &str = "2024-01-01";

/// What the rule finds.
pub fn findings(rule: &RuleMeta, example: &Example, tree: &Tree) -> Result<Vec<Finding>, String> {
    within(rule, example, tree, |request| Ok(engine::check(&request).map_err(|error| error.to_string())?.findings))
}

/// Repairs the files as `--fix` does, or `--unsafe-fixes` where the rule's repairs are risky.
pub fn repair(rule: &RuleMeta, example: &Example, tree: &mut Tree) -> Result<(), String> {
    let mut all = fix::All { risky: rule.fix == FixKind::Unsafe };
    let changes = within(rule, example, tree, |request| {
        let repaired =
            fix::repair(request, &mut all, &fix::Into::Files(Default::default)).map_err(|e| e.to_string())?;
        match repaired.failures.first() {
            Some(failure) => Err(failure.why.clone()),
            None => Ok(repaired.changes),
        }
    })?;
    for change in changes {
        tree.files.insert(change.file.to_string(), change.after.into_bytes());
    }
    Ok(())
}

/// Writes the files and hands over the request to check them with this rule alone.
fn within<T>(
    rule: &RuleMeta,
    example: &Example,
    tree: &Tree,
    work: impl FnOnce(Request<'_>) -> Result<T, String>,
) -> Result<T, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    tree.write(folder.path())?;
    let config = configuration(rule, example, tree, folder.path())?;
    let now = example.now.as_deref().unwrap_or(NOW);
    let now: jiff::civil::Date = now.parse().map_err(|error| format!("`now: {now}`: {error}"))?;
    let online = match example.answers.is_empty() {
        true => None,
        false => Some(answers::online(&example.answers, &config, now)?),
    };
    let request = Request {
        base: folder.path().to_owned(),
        paths: Vec::new(),
        memory: Default::default(),
        config: &config,
        min_confidence: Confidence::Low,
        now: now.at(0, 0, 0, 0),
        threads: 1,
        online: online.as_ref(),
    };
    work(request)
}

/// The example's own `postlint.yaml`, if it has one, with the example's options on top.
fn configuration(rule: &RuleMeta, example: &Example, tree: &Tree, folder: &Path) -> Result<Config, String> {
    let sources = Sources { start: folder, repository: folder, explicit: None, isolated: false };
    let mut config = config::load(sources).map_err(|error| error.to_string())?;
    if !config.own_rules.iter().any(|own| own.id == rule.id)
        && postlint::rules::meta::catalogue().get(&rule.id).is_none()
    {
        config.own_rules.push(rule.clone());
    }
    config.set_options(&rule.id, &example.options);
    // What an example is about is no test of what makes a folder a site of a generator: that has tests of its own.
    let generator = example.generator.as_deref().unwrap_or("jekyll");
    let marker = surroundings::of(generator)?.configuration;
    if config.site.generator.is_none() && marker.is_some_and(|(file, _)| tree.files.contains_key(file)) {
        config.site.generator = Some(Sourced::default_of(generator.to_owned()));
    }
    // Rules that the example's own configuration sets to a severity run as well: suppressions need something to silence.
    let others = config.known().rules().map(|other| other.id.clone());
    let others = others.filter(|id| config.setting(id).is_some_and(|setting| setting.switch.is_some()));
    let only: Vec<String> = others.chain([rule.id.clone()]).collect();
    config.select(&only, &[], Level::Strict).map_err(|error| error.to_string())?;
    Ok(config)
}
