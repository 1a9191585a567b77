//! `--fix --review`: one finding at a time, with the change that would be made.

use crate::hash::{Map, Set};
use std::fmt::Write as _;
use std::io::{BufRead, Write};

use super::choose::Choose;
use super::patch::Patch;
use super::plan::Repair;
use super::unified;
use crate::engine::Checked;
use crate::finding::{Edit, FilePath, Finding, Fix, RuleId, Safety};
use crate::report::Texts;
use crate::report::inert;
use crate::source::Span;

/// A finding: its file, rule, words and place.
type Key = (FilePath, RuleId, String, u32);

/// Asks for each repair.
#[derive(Debug)]
pub struct Review<R, W> {
    risky: bool,
    input: R,
    output: W,
    answers: Map<Key, Answer>,
    /// How many findings with these words were silenced.
    silenced: Map<(FilePath, RuleId, String), usize>,
    rules: Set<RuleId>,
    quit: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Make,
    Leave,
    Silence,
}

const HELP: &str = "  y make this repair · n leave it · a make all of this rule · i ignore it here (writes a comment) · q stop asking\n";

impl<R: BufRead, W: Write> Review<R, W> {
    /// Asks on `output` and reads the answers, a line each, from `input`. `risky`: `--unsafe-fixes`.
    pub fn new(risky: bool, input: R, output: W) -> Self {
        Review {
            risky,
            input,
            output,
            answers: Map::default(),
            silenced: Map::default(),
            rules: Set::default(),
            quit: false,
        }
    }

    fn answer(&mut self, finding: &Finding, fix: &Fix, text: &str) -> Answer {
        // The place tells two findings with the same words apart.
        let key = (finding.file.clone(), finding.rule.clone(), finding.message.clone(), finding.span.start);
        if let Some(known) = self.answers.get(&key) {
            return *known;
        }
        if self.rules.contains(&finding.rule) {
            return Answer::Make;
        }
        if self.quit {
            return Answer::Leave;
        }
        let answer = self.ask(finding, fix, text).unwrap_or_else(|| {
            self.quit = true;
            Answer::Leave
        });
        if answer == Answer::Silence {
            let (file, rule, message, _) = key.clone();
            *self.silenced.entry((file, rule, message)).or_default() += 1;
        }
        self.answers.insert(key, answer);
        answer
    }

    /// One question; nothing when nobody answers any more.
    fn ask(&mut self, finding: &Finding, fix: &Fix, text: &str) -> Option<Answer> {
        let mut question = format!("\n{}: {}\n", inert::name(&finding.rule), inert::message(&finding.message));
        if fix.safety == Safety::Unsafe {
            question.push_str("  a risky repair: it is probably what was meant, not certainly\n");
        }
        let edits = fix.edits.iter().filter(|edit| edit.file == finding.file);
        if let Some(patch) = Patch::new(edits.map(|edit| (edit.span, edit.text.clone())).collect()) {
            question.push_str(&inert::lines(&unified(&finding.file, text, &patch)));
        }
        for other in fix.edits.iter().filter(|edit| edit.file != finding.file) {
            let _ = writeln!(question, "  and in {}", inert::path(&other.file));
        }
        self.output.write_all(question.as_bytes()).ok()?;
        loop {
            let _ = write!(self.output, "{} [y/n/a/i/q/?] ", inert::message(&fix.title));
            self.output.flush().ok()?;
            let mut line = String::new();
            if self.input.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.trim() {
                "y" => return Some(Answer::Make),
                "n" => return Some(Answer::Leave),
                "i" => return Some(Answer::Silence),
                "q" => return None,
                "a" => {
                    self.rules.insert(finding.rule.clone());
                    return Some(Answer::Make);
                }
                _ => self.output.write_all(HELP.as_bytes()).ok()?,
            }
        }
    }
}

impl<R: BufRead, W: Write> Choose for Review<R, W> {
    fn choose(&mut self, checked: &Checked, _: &Map<FilePath, String>) -> Vec<Repair> {
        let texts = Texts::checked(&checked.outcome);
        let mut repairs = Vec::new();
        for (number, finding) in checked.outcome.findings.iter().enumerate() {
            let Some(fix) = finding.applicable(self.risky) else { continue };
            let Some(text) = texts.get(&finding.file) else { continue };
            let fix = match self.answer(finding, fix, text.as_str()) {
                Answer::Leave => continue,
                Answer::Make => fix.clone(),
                Answer::Silence => match silence(finding, text.as_str()) {
                    Some(fix) => fix,
                    None => continue,
                },
            };
            repairs.push(Repair { fix, findings: vec![number] });
        }
        repairs
    }

    fn repairs(&self, _: &Finding) -> bool {
        false
    }

    fn silenced(&mut self, finding: &Finding) -> bool {
        let words = (finding.file.clone(), finding.rule.clone(), finding.message.clone());
        let left = self.silenced.get_mut(&words).and_then(|left| Some((left.checked_sub(1)?, left)));
        left.map(|(fewer, left)| *left = fewer).is_some()
    }

    fn moved(&mut self, patches: &Map<FilePath, Patch>) {
        let moved = |((file, rule, message, at), answer)| {
            let at = patches.get(&file).map_or(at, |patch: &Patch| patch.place(at).least);
            ((file, rule, message, at), answer)
        };
        self.answers = std::mem::take(&mut self.answers).into_iter().map(moved).collect();
    }
}

/// The comment that silences a finding, on a line of its own above it.
fn silence(finding: &Finding, text: &str) -> Option<Fix> {
    let rule = &finding.rule;
    let at = finding.span.start as usize;
    let before = text.get(..at)?;
    let head = crate::page::front_matter::split(text, true);
    let line_end = if before.ends_with("\r\n") || text.contains("\r\n") { "\r\n" } else { "\n" };
    let (at, comment) = match head {
        Some(head) if at < head.body_start as usize => {
            use crate::page::front_matter::Format;
            if !matches!(head.format, Format::Yaml | Format::Toml) || finding.span.start < head.inner.start {
                return None;
            }
            let start = before.rfind('\n').map_or(0, |line| line + 1);
            let indent = text.get(start..)?.chars().take_while(|c| *c == ' ').count();
            (start, format!("{}# postlint-ignore {rule}{line_end}", " ".repeat(indent)))
        }
        head => {
            // Above the block that the finding begins in.
            let body = head.map_or(0, |head| head.body_start as usize);
            let blank = ["\n\n", "\n\r\n"].iter().filter_map(|gap| Some(before.rfind(gap)? + gap.len())).max();
            let start = blank.unwrap_or(body).max(body);
            let mdx = finding.file.ends_with(".mdx");
            let comment = if mdx {
                format!("{{/* postlint-ignore {rule} */}}{line_end}{line_end}")
            } else {
                format!("<!-- postlint-ignore {rule} -->{line_end}")
            };
            (start, comment)
        }
    };
    let edit = Edit { file: finding.file.clone(), span: Span::new(at, at), text: comment };
    let title = "ignore it here".to_owned();
    Some(Fix { title, safety: Safety::Safe, edits: vec![edit], renames: Vec::new() })
}
