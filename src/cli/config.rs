//! `postlint config`: each value that holds, and who said so.

use std::fmt::Write as _;
use std::time::Duration;

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::common::{Common, Error, print};
use crate::config::{Config, Network, Origin, Setting, Site, Sourced};
use crate::exit::Exit;
use crate::secrets;

/// Arguments of `config`.
#[derive(Debug, Clone, ClapArgs)]
pub struct Args {
    /// Also the rules that nothing is configured for, with their options
    #[arg(long)]
    pub all: bool,
}

/// Prints the configuration as YAML that could be used as it stands, with the origin of each value beside it.
///
/// # Errors
/// A wrong configuration; output that cannot be written.
pub fn run(args: &Args, common: &Common) -> Result<Exit, Error> {
    print(&shown(&common.configuration()?, args.all))?;
    Ok(Exit::Clean)
}

fn shown(config: &Config, all: bool) -> String {
    let mut out = Lines::default();
    match config.files.as_slice() {
        [] => out.text("# no postlint.yaml: these are the defaults"),
        files => files.iter().for_each(|file| out.text(&format!("# from {}", file.display()))),
    }
    site(&mut out, &config.site);
    list(&mut out, "exclude", &config.exclude);
    list(&mut out, "words", &config.words);
    network(&mut out, &config.network);
    rules(&mut out, config, all);
    overrides(&mut out, config);
    out.0
}

fn site(out: &mut Lines, site: &Site) {
    out.text("site:");
    out.maybe("  root", site.root.as_ref());
    out.maybe("  generator", site.generator.as_ref());
    out.maybe("  url", site.url.as_ref());
    out.maybe("  legacy-urls", site.legacy_urls.as_ref());
    out.maybe("  assets", site.assets.as_ref());
    if !site.permalinks.is_empty() {
        out.text("  permalinks:");
        site.permalinks.iter().for_each(|(section, pattern)| out.value(&format!("    {section}"), pattern));
    }
    out.text("  languages:");
    out.maybe("    default", site.language.as_ref());
    out.maybe("    allowed", site.languages.as_ref());
}

fn network(out: &mut Lines, network: &Network) {
    let time = |time: &Sourced<Duration>| Sourced::new(duration(time.value), time.origin.clone());
    out.text("network:");
    out.value("  timeout", &time(&network.timeout));
    out.value("  per-host", &network.per_host);
    out.value("  recheck", &time(&network.recheck));
    out.value("  robots", &network.robots);
    out.text("  strikes:");
    out.value("    gone", &network.strikes_gone);
    out.value("    unreachable", &network.strikes_unreachable);
    out.maybe("  ledger", network.ledger.as_ref());
    if !network.ignore.is_empty() {
        out.text("  ignore:");
    }
    for ignored in &network.ignore {
        let mut entry = json!({ "url": ignored.value.url });
        if let (Some(day), Some(entry)) = (&ignored.value.until, entry.as_object_mut()) {
            entry.insert("until".to_owned(), json!(day));
        }
        if let (Some(reason), Some(entry)) = (&ignored.value.reason, entry.as_object_mut()) {
            entry.insert("reason".to_owned(), json!(reason));
        }
        out.line(&format!("    - {entry}"), &ignored.origin);
    }
    if !network.credentials.is_empty() {
        out.text("  credentials:");
    }
    for credential in &network.credentials {
        let own = &credential.value;
        let entry = json!({
            "origin": secrets::hidden(&own.origin), "variable": own.variable, "header": own.header, "scheme": own.prefix.trim()
        });
        out.line(&format!("    - {entry}"), &credential.origin);
    }
}

/// In the largest unit that leaves nothing over: `7d`, `90s`, `250ms`.
fn duration(time: Duration) -> String {
    const UNITS: [(&str, u128); 4] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000)];
    let milliseconds = time.as_millis();
    let unit = UNITS.iter().find(|(_, length)| milliseconds > 0 && milliseconds.is_multiple_of(*length));
    unit.map_or(format!("{milliseconds}ms"), |(unit, length)| format!("{}{unit}", milliseconds / length))
}

fn list(out: &mut Lines, name: &str, values: &[Sourced<String>]) {
    out.text(&if values.is_empty() { format!("{name}: []  # default") } else { format!("{name}:") });
    values.iter().for_each(|value| out.line(&format!("  - {}", json!(value.value)), &value.origin));
}

fn rules(out: &mut Lines, config: &Config, all: bool) {
    out.text("rules:");
    for rule in config.known().rules() {
        let setting = config.setting(&rule.id);
        if setting.is_none() && !all {
            continue;
        }
        out.text(&format!("  {}:", rule.id));
        match setting.and_then(|setting| setting.switch.as_ref()) {
            Some(switch) => out.line(&format!("    severity: {}", switch.value.word()), &switch.origin),
            None if config.is_active(rule) => out.value("    severity", &config.base_severity(rule).map(|s| s.word())),
            None => out.text(&format!("    severity: off  # default: its level is {}", rule.level.word())),
        }
        fix(out, setting);
        for (name, spec) in &rule.options {
            match setting.and_then(|setting| setting.options.get(name)) {
                Some(value) => out.value(&format!("    {name}"), value),
                None => out.value(&format!("    {name}"), &Sourced::default_of(spec.default.clone())),
            }
        }
    }
    if !all {
        out.text("  # all others as they come: `postlint rules`, `postlint config --all`");
    }
}

fn fix(out: &mut Lines, setting: Option<&Setting>) {
    if let Some(fix) = setting.and_then(|setting| setting.fix.as_ref()) {
        out.line(&format!("    fix: {}", fix.value.word()), &fix.origin);
    }
}

fn overrides(out: &mut Lines, config: &Config) {
    if !config.overrides().is_empty() {
        out.text("overrides:");
    }
    for entry in config.overrides() {
        out.text(&format!("  - paths: {}", json!(entry.paths)));
        out.text("    rules:");
        for (rule, setting) in &entry.rules {
            out.text(&format!("      {rule}:"));
            if let Some(switch) = &setting.switch {
                out.line(&format!("        severity: {}", switch.value.word()), &switch.origin);
            }
            if let Some(fix) = &setting.fix {
                out.line(&format!("        fix: {}", fix.value.word()), &fix.origin);
            }
        }
    }
}

/// The lines so far.
#[derive(Default)]
struct Lines(String);

/// Where the comments stand.
const COLUMN: usize = 48;

impl Lines {
    fn text(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn line(&mut self, line: &str, origin: &Origin) {
        let _ = writeln!(self.0, "{line:<COLUMN$}  # {origin}");
    }

    fn value<T: serde::Serialize>(&mut self, key: &str, value: &Sourced<T>) {
        let written = match serde_json::to_value(&value.value).unwrap_or_default() {
            Value::String(word) if is_plain(&word) => word,
            other => other.to_string(),
        };
        self.line(&format!("{key}: {written}"), &value.origin);
    }

    fn maybe<T: serde::Serialize>(&mut self, key: &str, value: Option<&Sourced<T>>) {
        match value {
            Some(value) => self.value(key, value),
            None => self.text(&format!("{:<COLUMN$}  # detected", format!("{key}:"))),
        }
    }
}

/// True for words that YAML reads as themselves without quotes.
fn is_plain(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word.chars().all(|c| c.is_alphanumeric() || "._/-".contains(c))
        && !matches!(word, "true" | "false" | "null" | "yes" | "no" | "on")
        && word.parse::<f64>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::from_text;

    #[test]
    fn what_is_shown_is_a_configuration_that_means_the_same() {
        let text = "site: { url: 'https://example.org/', languages: { allowed: [fr, 'no'] } }\nwords: [a, 'b: c']\n\
                    network: { timeout: 5m, ignore: [{ url: 'https://x/**', until: 2027-01-01 }] }\n\
                    rules: { links: hint, links/retired-service: { severity: off, fix: never } }\n\
                    overrides: [{ paths: ['a/**'], rules: { links/retired-service: error } }]\n";
        let first = shown(&from_text("postlint.yaml".as_ref(), text).unwrap(), true);
        assert!(first.contains("# postlint.yaml:4") && first.contains("# default"), "{first}");
        let again = from_text("postlint.yaml".as_ref(), &first).unwrap_or_else(|error| panic!("{error}\n{first}"));
        let values = |text: &str| -> Vec<String> {
            let lines = text.lines().filter_map(|line| line.split("  #").next());
            lines.map(|line| line.trim_end().to_owned()).filter(|line| !line.starts_with("# from")).collect()
        };
        assert_eq!(values(&shown(&again, true)), values(&first));
    }
}
