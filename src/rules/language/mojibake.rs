//! language/mojibake: text that was decoded twice, or lost.

use serde_json::Value;

use super::damage::{self, Damage};
use crate::finding::{Fix, Safety};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::source::{Span, whole_lines};

struct Mojibake;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(Mojibake))
}

impl PageRule for Mojibake {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        if !damage::may_hold(page.text) {
            return;
        }
        let front = page.front.map_or(Span::FILE, |front| front.inner);
        let mut blocks = vec![damage::find(page.text, front)];
        for (block, runs) in page.body.prose.iter() {
            let around = page.body.prose.span(block);
            let mut found: Vec<Damage> = runs.iter().flat_map(|run| damage::find(page.text, *run)).collect();
            // Who writes about damage shows it beside the right word.
            found.retain(|damage| {
                !damage::is_shown(page.text, damage, with_lines(page.text, damage.span, around))
                    && !damage::is_a_letter_alone(page.text, damage)
            });
            blocks.push(found);
        }
        // What makes no sense when it is read again was damaged in another way, and so was the rest of the page.
        let other_way = blocks.iter().flatten().any(|damage| !damage::is_plausible(page.text, damage));
        let mut lost = Vec::new();
        for found in blocks {
            // Of two marks that belong together, one alone is not repaired.
            let is_mark =
                |damage: &Damage| is_control(page.text, damage) && damage::is_quotation_mark(page.text, damage);
            let in_part = found.iter().any(|damage| damage.repaired.is_none() && is_mark(damage));
            for damage in found {
                let by_hand = other_way || in_part && is_mark(&damage);
                match damage.repaired {
                    None => lost.push(damage.span),
                    Some(_) => one(page, &damage, if by_hand { Safety::Manual } else { Safety::Safe }, report),
                }
            }
        }
        say_lost(page, &lost, report);
    }
}

/// True for a control that stands where Windows-1252 has a sign.
fn is_control(text: &str, damage: &Damage) -> bool {
    damage.span.of(text).chars().all(char::is_control)
}

/// The block and the lines of a place: a table's row is several blocks.
fn with_lines(text: &str, place: Span, block: Span) -> Span {
    let lines = whole_lines(text, place);
    Span { start: block.start.min(lines.start), end: block.end.max(lines.end) }
}

/// Reports what cannot be brought back; so much of it on a page has one cause, and is one defect.
fn say_lost(page: &Page<'_>, places: &[Span], report: &mut Reporter<'_>) {
    const MANY: usize = 10;
    let shown = if places.len() > MANY { 1 } else { places.len() };
    for place in places.iter().take(shown) {
        let written = place.of(page.text);
        let control = written.chars().next().filter(|c| c.is_control());
        let (mut message, help) = match control {
            Some(c) => (
                format!(
                    "a hidden control (U+{:04X}) stands here, which is left of another encoding or font",
                    u32::from(c)
                ),
                "remove it, or write the sign that it was",
            ),
            None => (
                "a character was lost here: `\u{fffd}` stands where it was".to_owned(),
                "restore it from an older version, or type it anew",
            ),
        };
        if shown < places.len() {
            message.push_str(&format!(", and at {} more places of the file", places.len() - 1));
        }
        report.at(page.file(), *place, message).help(help).done();
    }
}

fn one(page: &Page<'_>, damage: &Damage, safety: Safety, report: &mut Reporter<'_>) {
    let Some(said) = &damage.repaired else { return };
    let written = damage.span.of(page.text);
    let control = is_control(page.text, damage);
    let message = match said.as_str() {
        "\u{a0}" => format!("`{}` is a damaged no-break space", written.trim()),
        _ if control => format!("a hidden control stands where `{said}` was meant"),
        _ => format!("`{written}` is a damaged `{said}`"),
    };
    // Somebody has written the right one beside it already.
    let before = page.text.get(..damage.span.start as usize).unwrap_or_default();
    let after = page.text.get(damage.span.end as usize..).unwrap_or_default();
    let mark =
        !said.contains(char::is_alphanumeric) && (before.ends_with(said.as_str()) || after.starts_with(said.as_str()));
    let (title, new) = if mark { ("remove it".to_owned(), "") } else { (format!("write `{said}`"), said.as_str()) };
    report
        .at(page.file(), damage.span, message)
        .note(match control {
            true => "the text was Windows-1252, was read as Latin-1 and saved again",
            false => "the text was UTF-8, was read as Windows-1252 and saved again",
        })
        .help("save it as UTF-8 with the right characters")
        .fix(Fix::replace(title, safety, page.file(), damage.span, new))
        .done();
}
