//! What a rule file must also be beyond being well formed: named as its path, explained, and shown at work.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::locate::Problem;
use super::{Example, FixKind, Fixed, RuleMeta, Scope};

/// Everything at once would be kinder, but a rule's author mends one thing at a time anyway.
pub fn rule(id: &str, rule: &RuleMeta) -> Result<(), Problem> {
    names(id, rule)?;
    options(rule)?;
    let defaults = rule.options.iter().map(|(name, spec)| (name.clone(), spec.default.clone())).collect();
    rule.check.statements(&defaults).map_err(|message| Problem::at("check", message))?;
    examples(rule, &defaults)
}

fn names(id: &str, rule: &RuleMeta) -> Result<(), Problem> {
    if rule.id != id {
        return Err(Problem::at("id", format!("the id is `{}` but the path says `{id}`: make them equal", rule.id)));
    }
    let kebab = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let mut words = id.split('/');
    if !(words.next().is_some_and(kebab) && words.next().is_some_and(kebab) && words.next().is_none()) {
        return Err(Problem::at("id", format!("`{id}` is not `area/name` in small letters, digits and hyphens")));
    }
    if rule.summary.trim().is_empty() || rule.summary.contains('\n') || rule.summary.ends_with('.') {
        return Err(Problem::at("summary", "the summary is one line without a full stop: say what is wrong"));
    }
    if rule.rationale.trim().is_empty() {
        return Err(Problem::at("rationale", "the rationale is empty: say why a reader suffers"));
    }
    match rule.see.iter().position(|url| !url.starts_with("https://")) {
        Some(index) => Err(Problem::nth("see", index, "`see` lists https:// addresses")),
        None => Ok(()),
    }
}

fn options(rule: &RuleMeta) -> Result<(), Problem> {
    for (name, spec) in &rule.options {
        if !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return Err(Problem::named(
                "options",
                name,
                format!("write the option `{name}` in small letters and hyphens"),
            ));
        }
        if matches!(name.as_str(), "severity" | "fix") {
            let message = format!("an option cannot be called `{name}`: every rule has that setting");
            return Err(Problem::named("options", name, message));
        }
        if spec.help.trim().is_empty() {
            return Err(Problem::named("options", name, format!("the option `{name}` needs a help text")));
        }
        // A default of `null` means: off until somebody sets it.
        if !spec.default.is_null() {
            let wrong = |problem| Problem::named("options", name, format!("the default of `{name}`: {problem}"));
            spec.accepts(&spec.default).map_err(wrong)?;
        }
    }
    Ok(())
}

fn examples(rule: &RuleMeta, defaults: &BTreeMap<String, Value>) -> Result<(), Problem> {
    let mut names = BTreeSet::new();
    for (index, example) in rule.examples.iter().enumerate() {
        let wrong = |message: String| Problem::nth("examples", index, message);
        one(rule, example).map_err(wrong)?;
        if !names.insert(example.name.as_str()) {
            return Err(wrong(format!("two examples are named `{}`", example.name)));
        }
        let mut options = defaults.clone();
        for (name, value) in &example.options {
            let Some(spec) = rule.options.get(name) else {
                return Err(wrong(format!("`{name}` is no option of this rule")));
            };
            spec.accepts(value).map_err(|problem| wrong(format!("the option `{name}`: {problem}")))?;
            options.insert(name.clone(), value.clone());
        }
        rule.check.statements(&options).map_err(wrong)?;
    }
    for (bad, kind) in [(true, "bad"), (false, "good")] {
        let excused = bad && rule.no_bad_example.is_some();
        if !excused && !rule.examples.iter().any(|example| example.is_bad() == bad) {
            return Err(Problem::at("examples", format!("there is no {kind} example: write at least one")));
        }
    }
    Ok(())
}

fn one(rule: &RuleMeta, example: &Example) -> Result<(), String> {
    let complain = |message: &str| Err(message.to_owned());
    if example.name.trim().is_empty() {
        return complain("the example needs a `name`: what does it show?");
    }
    match (&example.bad, &example.good, example.files.is_empty()) {
        (Some(_), Some(_), _) => return complain("an example has `bad` or `good`, not both: write two"),
        (None, None, true) => return complain("the example has neither `bad`, `good` nor `files`"),
        _ => {}
    }
    if example.bad.is_some() && example.reports.is_empty() {
        return complain("a bad example needs `reports`: list `line:column message`");
    }
    if example.good.is_some() && !example.reports.is_empty() {
        return complain("a good example has no `reports`");
    }
    if let Some(strange) =
        example.answers.keys().find(|url| !url.starts_with("http://") && !url.starts_with("https://"))
    {
        return Err(format!("`{strange}` in `answers` is no http:// or https:// address"));
    }
    if rule.scope == Scope::Network && example.answers.is_empty() {
        return complain("a network rule needs `answers`: what servers say, by URL");
    }
    if rule.scope == Scope::Page && !example.answers.is_empty() {
        return complain("`answers` in a rule that looks at one page: its scope is `network`");
    }
    if let Some(strange) = example.reports.iter().find(|report| !is_report(report)) {
        return Err(format!("`{strange}` is not `path:line:column message`"));
    }
    match &example.fixed {
        Some(_) if rule.fix == FixKind::None => complain("`fixed` in a rule that says `fix: none`"),
        Some(Fixed::Page(_)) if example.bad.is_none() => complain("`fixed` must name the files: write `{path: text}`"),
        _ => Ok(()),
    }
}

/// `12:3 message` or `some/path.md:12:3 message`; a path may hold spaces and colons.
fn is_report(report: &str) -> bool {
    let number = |text: &str| text.parse::<u32>().is_ok_and(|n| n > 0);
    report.match_indices(' ').any(|(space, _)| {
        let place = report.get(..space).unwrap_or_default();
        let mut parts = place.rsplit(':');
        parts.next().is_some_and(number) && parts.next().is_some_and(number) && space + 1 < report.len()
    })
}
