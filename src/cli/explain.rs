//! `postlint explain RULE`: what it finds, why, how to repair it, how to set it and how to silence it.

use std::fmt::Write as _;

use clap::Args as ClapArgs;

use super::common::{Common, Error, note, print};
use crate::config::Config;
use crate::did_you_mean::did_you_mean;
use crate::exit::Exit;
use crate::report::inert;
use crate::report::{Ink, Style};
use crate::rules::format::{Example, FixKind, Fixed};
use crate::rules::meta::{self, Level, RuleMeta};

/// Arguments of `explain`.
#[derive(Debug, Clone, ClapArgs)]
pub struct Args {
    /// A rule (links/missing-page) or an area (links)
    #[arg(value_name = "RULE")]
    pub rule: String,
}

/// Explains a rule, or lists those of an area.
///
/// # Errors
/// When there is no such rule; when the output cannot be written.
pub fn run(args: &Args, common: &Common) -> Result<Exit, Error> {
    // A broken configuration must not keep anybody from reading about the built-in rules.
    let (config, problem) = match common.configuration() {
        Ok(config) => (config, None),
        Err(error) => (Config::default(), Some(error)),
    };
    let style = common.style();
    let wanted = args.rule.trim().to_lowercase();
    if let Some(rule) = find(&config, &wanted) {
        print(&explanation(rule, &config, &style))?;
        if let Some(problem) = problem {
            note(&format!("note: the configuration cannot be read, so this is about the defaults: {problem}\n"))?;
        }
        return Ok(Exit::Clean);
    }
    if config.known().rule_or_area(&wanted).is_some() {
        let ids = config.known().ids(&wanted).filter_map(|id| config.known().rule(id));
        let list: String = ids.map(|rule| format!("{:<34} {}\n", rule.id, rule.summary)).collect();
        print(&list)?;
        return Ok(Exit::Clean);
    }
    let near = did_you_mean(&wanted, config.known().names());
    let dash = if near.is_empty() { ";" } else { "" };
    let name = inert::message(&args.rule);
    let unknown = format!("there is no rule `{name}`{near}{dash} `postlint rules` lists them all");
    Err(Error::Failed(problem.map_or(unknown.clone(), |problem| format!("{unknown}\n{problem}"))))
}

/// The rule of that id, or of that name where only one area has it: `missing-page`.
fn find<'a>(config: &'a Config, wanted: &str) -> Option<&'a RuleMeta> {
    let by_name = || {
        let mut named = config.known().rules().filter(|rule| rule.id.split('/').nth(1) == Some(wanted));
        named.next().filter(|_| named.next().is_none())
    };
    config.known().rule(wanted).or_else(by_name)
}

fn explanation(rule: &RuleMeta, config: &Config, style: &Style) -> String {
    let mut out = String::new();
    let head = |title: &str| format!("\n{}\n", style.paint(Ink::Strong, title));
    let severity = config.base_severity(rule);
    let _ = writeln!(
        out,
        "{}  {}, {} confidence, {}{}",
        style.paint(Ink::Strong, &rule.id),
        style.paint(severity.value.into(), severity.value.word()),
        rule.confidence.word(),
        level(rule.level),
        fix(rule.fix)
    );
    let _ = writeln!(out, "\n{}.", rule.summary);
    for line in rule.rationale.trim().lines() {
        let _ = writeln!(out, "{line}");
    }
    if !rule.options.is_empty() {
        out.push_str(&head("Options"));
        let values = config.options(rule);
        for (name, spec) in &rule.options {
            let value = values.get(name).unwrap_or(&spec.default);
            let words = if spec.values.is_empty() { String::new() } else { format!(": {}", spec.values.join(", ")) };
            let _ = writeln!(out, "  {name}  ({}{words})\n      {} Now: {value}", spec.kind, spec.help.trim());
        }
    }
    out.push_str(&head("Examples"));
    let own = rule.examples.iter();
    for example in meta::examples(&rule.id).iter().chain(own) {
        show(&mut out, example, style);
    }
    out.push_str(&head("To silence it"));
    let _ = writeln!(out, "  here:        <!-- postlint-ignore {}: why -->  before the block", rule.id);
    let _ = writeln!(out, "  in a page:   <!-- postlint-ignore-file {}: why -->", rule.id);
    let _ = writeln!(out, "  everywhere:  rules: {{ {}: off }}  in postlint.yaml", rule.id);
    if !rule.see.is_empty() {
        out.push_str(&head("See"));
        for url in &rule.see {
            let _ = writeln!(out, "  {url}");
        }
    }
    out
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Standard => "in every run",
        Level::Strict => "with --level strict",
        Level::OptIn => "only where it is named: in `rules:` or with --rule",
    }
}

fn fix(fix: FixKind) -> &'static str {
    match fix {
        FixKind::None => "",
        FixKind::Safe => ", repaired by --fix",
        FixKind::Unsafe => ", repaired by --unsafe-fixes",
    }
}

fn show(out: &mut String, example: &Example, style: &Style) {
    let (word, ink) = if example.is_bad() { ("wrong", Ink::Error) } else { ("right", Ink::Good) };
    let _ = writeln!(out, "  {}: {}", style.paint(ink, word), example.name);
    if let Some(page) = example.bad.as_ref().or(example.good.as_ref()) {
        block(out, page, style);
    }
    for (path, file) in &example.files {
        let _ = writeln!(out, "      {}", style.paint(Ink::Dim, path));
        block(out, file.text().unwrap_or_default(), style);
    }
    let arrow = if style.unicode { "→" } else { "->" };
    for report in &example.reports {
        let _ = writeln!(out, "      {arrow} {}", inert::one_line(report));
    }
    match &example.fixed {
        Some(Fixed::Page(page)) => {
            let _ = writeln!(out, "      {}", style.paint(Ink::Dim, "repaired"));
            block(out, page, style);
        }
        Some(Fixed::Files(files)) => {
            for (path, text) in files {
                let _ = writeln!(out, "      {} {path}", style.paint(Ink::Dim, "repaired"));
                block(out, text, style);
            }
        }
        None => {}
    }
}

fn block(out: &mut String, text: &str, style: &Style) {
    let bar = if style.unicode { "│" } else { "|" };
    for line in text.lines() {
        let _ = writeln!(out, "      {bar} {}", inert::one_line(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_says_what_why_how_and_how_to_silence() {
        let config = Config::default();
        let rule = find(&config, "retired-service").unwrap();
        let said = explanation(rule, &config, &Style::default());
        for part in [rule.summary.as_str(), rule.rationale.lines().next().unwrap(), "wrong: ", "right: ", "4:23 "] {
            assert!(said.contains(part), "{part} is missing in:\n{said}");
        }
        assert!(
            said.contains("postlint-ignore links/retired-service") && said.contains("{ links/retired-service: off }")
        );
    }
}
