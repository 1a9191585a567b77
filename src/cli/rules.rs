//! `postlint rules`: every rule, for people, for programs, and for the table in the README.

use std::fmt::Write as _;

use clap::{Args as ClapArgs, ValueEnum};
use serde_json::{Value, json};

use super::common::{Common, Error, print};
use crate::config::Config;
use crate::exit::Exit;
use crate::report::{Ink, Style};
use crate::rules::meta::{FixKind, Level, RuleMeta, catalogue};

/// Arguments of `rules`.
#[derive(Debug, Clone, ClapArgs)]
pub struct Args {
    /// How to print them
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
}

/// Formats of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One document with everything but the examples
    Json,
    /// The table of the README
    Markdown,
}

/// Lists the rules.
///
/// # Errors
/// A wrong configuration; output that cannot be written.
pub fn run(args: &Args, common: &Common) -> Result<Exit, Error> {
    match args.format {
        Some(Format::Markdown) => print(&markdown())?,
        Some(Format::Json) => {
            let config = common.configuration()?;
            let list: Vec<Value> = config.known().rules().map(|rule| entry(rule, &config)).collect();
            print(&format!("{:#}\n", Value::Array(list)))?;
        }
        None => print(&list(&common.configuration()?, &common.style()))?,
    }
    Ok(Exit::Clean)
}

fn entry(rule: &RuleMeta, config: &Config) -> Value {
    json!({
        "id": rule.id,
        "summary": rule.summary,
        "severity": rule.severity.word(),
        "confidence": rule.confidence.word(),
        "level": rule.level.word(),
        "scope": rule.scope.word(),
        "fix": rule.fix.word(),
        "rationale": rule.rationale.trim(),
        "options": rule.options,
        "see": rule.see,
        "active": config.is_active(rule),
    })
}

fn list(config: &Config, style: &Style) -> String {
    let mut out = String::new();
    let width = config.known().rules().map(|rule| rule.id.len()).max().unwrap_or_default();
    let mut area = "";
    for rule in config.known().rules() {
        if rule.area() != area {
            let gap = if area.is_empty() { "" } else { "\n" };
            area = rule.area();
            let _ = writeln!(out, "{gap}{}", style.paint(Ink::Strong, area));
        }
        let severity = config.base_severity(rule).value;
        let word = if config.is_active(rule) { severity.word() } else { "off" };
        let ink = if config.is_active(rule) { severity.into() } else { Ink::Dim };
        let word = format!("{word:<7}");
        let _ =
            writeln!(out, "  {:<width$}  {}  {:<4} {}", rule.id, style.paint(ink, &word), mark(rule.fix), rule.summary);
    }
    let _ = writeln!(out, "\n`postlint explain RULE` tells more; `fix` is repaired by --fix, `fix?` by --unsafe-fixes");
    out
}

fn mark(fix: FixKind) -> &'static str {
    match fix {
        FixKind::None => "",
        FixKind::Safe => "fix",
        FixKind::Unsafe => "fix?",
    }
}

/// The built-in rules as the README's table, ending in a line feed.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::from("| rule | finds | severity | runs | `--fix` |\n|---|---|---|---|---|\n");
    for rule in catalogue().rules() {
        let runs = match (rule.scope, rule.level) {
            (crate::rules::meta::Scope::Network, _) => "`--online`",
            (_, Level::Standard) => "always",
            (_, Level::Strict) => "`--level strict`",
            (_, Level::OptIn) => "when named",
        };
        let summary = rule.summary.replace('|', "\\|");
        let path = format!("rules/{}.yaml", rule.id);
        let _ = writeln!(
            out,
            "| [`{}`]({path}) | {summary} | {} | {runs} | {} |",
            rule.id,
            rule.severity.word(),
            match rule.fix {
                FixKind::None => "",
                FixKind::Safe => "yes",
                FixKind::Unsafe => "`--unsafe-fixes`",
            }
        );
    }
    out
}
