//! Nothing that a repository holds commands the terminal or the CI runner that shows a report.
//!
//! The runner's two parsers are written again here, from what it does, not from our escaping.

use std::sync::Arc;

use postlint::finding::{Finding, Fix, Related, Safety, Severity};
use postlint::outcome::SiteSummary;
use postlint::report::{Format, Style, inert::is_hidden};
use postlint::source::Span;
use proptest::prelude::*;

use crate::{Site, finding};

/// What the runner knows; a token of `stop-commands` becomes a command too.
const COMMANDS: [&str; 12] = [
    "add-mask",
    "stop-commands",
    "error",
    "warning",
    "notice",
    "debug",
    "group",
    "echo",
    "add-matcher",
    "remove-matcher",
    "save-state",
    "set-output",
];

const HOSTILE: [&str; 24] = [
    "\n::error file=a.md,line=1::forged",
    "::error::forged",
    "  \u{a0}\u{3000}::set-output name=x::y",
    "::stop-commands::x\n::x::",
    "##[error]forged",
    "a ##[add-mask]e",
    "####[warning]x",
    "##vso[task.setvariable variable=x]y",
    "##VSO[task.logissue type=error]x",
    "##teamcity[buildStatus text='x']",
    "%0A::error::x",
    "%250A::error::x",
    "\u{1b}[31mred\u{1b}]8;;https://x.example\u{7}link\u{1b}]8;;\u{7}",
    "\u{9b}31m\u{9d}0;title\u{9c}",
    "\r::error::x\r",
    "a\u{85}::error::x",
    "a\u{2028}::error::x\u{2029}",
    "\u{202e}txt.exe\u{202c} \u{2066}x\u{2069} \u{61c}",
    "zero\u{200b}width\u{feff} \u{ad} tag\u{e0041}\u{e007f} selector\u{fe00}\u{e0100}",
    "file=x,line=2::y",
    "\0\u{1}\u{7f}\t",
    "]8;;x\u{7} \\u{1b}[0m",
    "日本語 ##[group]x",
    "##[",
];

/// The commands that GitHub's runner would obey in this output.
fn commands(output: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut stopped: Option<String> = None;
    for line in output.split(['\n', '\r']) {
        let Some((name, rest)) = second_form(line, stopped.as_deref()).or_else(|| first_form(line)) else { continue };
        match &stopped {
            Some(token) if *token == name => stopped = None,
            Some(_) => continue,
            None if name == "stop-commands" => stopped = Some(rest.clone()),
            None => found.push(name),
        }
    }
    assert_eq!(stopped, None, "commands stay stopped for the rest of the step");
    found
}

fn second_form(line: &str, token: Option<&str>) -> Option<(String, String)> {
    let (head, message) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let name = head.split(' ').next()?;
    (COMMANDS.contains(&name) || token == Some(name)).then(|| (name.to_string(), message.to_string()))
}

fn first_form(line: &str) -> Option<(String, String)> {
    let (head, message) = line.split_once("##[")?.1.split_once(']')?;
    let name = head.split(' ').next()?;
    COMMANDS.contains(&name).then(|| (name.to_string(), message.to_string()))
}

/// A report in which every text that a repository can influence is this one.
fn hostile(text: &str) -> Site {
    let mut site = Site::new();
    let name: Arc<str> = Arc::from(text);
    let page = format!("before {text}\n{text} after {text}\n{text}");
    let spans = [Span::new(7, 7 + text.len()), Span::new(0, page.len()), Span::new(3, 3), Span::FILE];
    let one = |span: Span| Finding {
        note: Some(text.to_string()),
        help: Some(text.to_string()),
        related: vec![Related { file: name.clone(), span, message: text.to_string() }],
        fixes: vec![Fix::replace(text, Safety::Safe, &name, span, text)],
        cause: Some(text.into()),
        ..finding(&format!("users/{text}"), Severity::Error, text, span, text)
    };
    let mut findings: Vec<Finding> = spans.into_iter().map(one).collect();
    findings.push(finding("a/gone", Severity::Warning, &format!("gone{text}"), Span::new(1, 2), text));
    findings.extend((0..6).map(|n| finding(&format!("{text}{n}"), Severity::Hint, text, Span::new(1, 2), "x")));
    findings.sort_by(Finding::order);
    site.outcome.memory.insert(name, page);
    site.report(findings);
    site.outcome.sites = vec![SiteSummary {
        root: text.to_string(),
        generator_name: text.to_string(),
        language: Some(text.to_string()),
        remarks: vec![text.to_string()],
        ..SiteSummary::default()
    }];
    site
}

fn people(format: Format) -> bool {
    matches!(format, Format::Full | Format::Concise | Format::Grouped)
}

fn check(text: &str) {
    let site = hostile(text);
    for &format in Format::ALL {
        let out = site.shown(format, Style::default());
        for c in out.chars().filter(|&c| is_hidden(c) && c != '\n') {
            // Joiners and emoji selectors stay where writing needs them.
            assert!(
                matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}') && people(format)
                    || format == Format::Github,
                "{format:?} shows {c:?} of {text:?} raw"
            );
        }
        assert!(!out.contains("##["), "{format:?} of {text:?}:\n{out}");
        for opening in ["##vso[", "##teamcity["] {
            assert!(!out.to_ascii_lowercase().contains(opening), "{format:?} of {text:?}");
        }
        if people(format) {
            assert_eq!(commands(&out), [""; 0], "{format:?} of {text:?}:\n{out}");
            assert!(out.lines().all(|line| line.chars().count() <= 2_000), "{format:?}");
            let in_actions = site.shown(format, Style { in_actions: true, ..Style::default() });
            assert_eq!(commands(&in_actions), [""; 0], "{format:?} of {text:?}");
            assert!(in_actions.starts_with("::stop-commands::postlint-"));
        }
    }
    let annotations = site.shown(Format::Github, Style::default());
    let found = commands(&annotations);
    assert_eq!(found.len(), site.outcome.findings.len(), "{text:?}: {annotations}");
    assert_eq!(annotations.lines().count(), found.len());
    let json: serde_json::Value = serde_json::from_str(&site.shown(Format::Json, Style::default())).unwrap();
    for (shown, meant) in json["findings"].as_array().unwrap().iter().zip(&site.outcome.findings) {
        assert_eq!(shown["file"], *meant.file, "no byte is lost");
        assert_eq!(shown["message"], *meant.message);
    }
}

#[test]
fn hostile_texts_command_nothing() {
    for text in HOSTILE {
        check(text);
    }
    check(&HOSTILE.join(" "));
}

#[test]
fn the_parsers_of_this_test_see_commands() {
    assert_eq!(commands("x\n \u{a0}::error file=a::b\n1 ##[warning]x\n::unknown::x"), ["error", "warning"]);
    assert_eq!(commands("::stop-commands::t\n::error::x\n::t::\n::notice::y"), ["notice"]);
}

#[test]
fn a_megabyte_on_one_line_is_cut_around_the_span() {
    let line = "word ".repeat(200_000);
    let mut site = Site::new();
    site.file("a.md", &line);
    let at = Span::new(500_000, 500_004);
    let long = "x".repeat(1_000_000);
    site.report(vec![finding("a/b", Severity::Error, "a.md", at, &long)]);
    for format in [Format::Full, Format::Concise, Format::Grouped] {
        let out = site.shown(format, Style::default());
        assert!(out.lines().all(|line| line.chars().count() <= 2_000), "{format:?}");
        assert!(out.len() < 5_000);
    }
    let full = site.shown(Format::Full, Style::default());
    let shown = full.lines().find(|line| line.starts_with(" 1 │")).unwrap();
    let mark = full.lines().find(|line| line.starts_with("   ·")).unwrap();
    let column = mark.chars().position(|c| c == '─').unwrap();
    assert_eq!(shown.chars().skip(column).take(4).collect::<String>(), "word");
    assert!(shown.starts_with(" 1 │ …") && shown.ends_with('…') && shown.chars().count() <= 100, "{shown}");
    check(&"\u{301}".repeat(20_000));
    check(&"##[error]".repeat(5_000));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_commands_anything(
        parts in proptest::collection::vec(prop_oneof![
            proptest::sample::select(HOSTILE.to_vec()).prop_map(str::to_string),
            proptest::sample::select(vec!["::", "##", "[", "error", "]", " ", "\n", "#", ":", "vso", "\t", "é", "👩‍💻", "文"]).prop_map(str::to_string),
            any::<String>(),
        ], 1..8)
    ) {
        check(&parts.concat());
    }
}
