//! front-matter/missing: a post without front matter, or with a fence that is none.

use serde_json::Value;

use crate::discover::file_name;
use crate::finding::{Edit, Fix, Safety, Severity};
use crate::generators::Heads;
use crate::page::front_matter::{Dialect, Format, LineEnd, NearMiss, NearMissKind, find, near_miss};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::facts::{Kind, Published};
use crate::source::Span;

struct Missing;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(Missing))
}

impl PageRule for Missing {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let kind = page.facts.kind;
        // A head of plain lines has no fence that could be wrong, and a page without one is not published at all.
        let lines = page.model.settings().heads == Heads::Lines;
        if page.front.is_some() || kind == Kind::Loose || lines {
            return;
        }
        if let Some(miss) = near_miss(page.text) {
            // Hugo, which skips blanks, skips comments as well.
            if miss.kind == NearMissKind::CommentBefore && page.generator.data().blanks_before_front_matter {
                return;
            }
            if miss.kind == NearMissKind::NotClosed && is_whole(page) {
                return;
            }
            let (what, help) = words(&miss);
            report
                .at(page.file(), miss.span, what)
                .note("the generator prints the keys as text, and the page has neither title nor layout of its own")
                .help(help)
                .maybe_fix(repair(page, miss))
                .done();
        } else if in_a_comment(page.text) && page.generator.data().blanks_before_front_matter {
            // Hugo read front matter in a comment for years, and scripts take it out of there.
        } else if page.file().ends_with(".mdx") && page.text.trim_start().starts_with("export const frontmatter") {
            // gatsby-mdx reads what a page exports by this name like front matter.
        } else if kind == Kind::Post
            && page.model.place(page.facts).published != Published::Never
            && !is_piece(&page.facts.path)
            && !page.model.may_lack(page.facts, "title")
        {
            let help = match stray_letters(page.text) {
                Some(letters) => format!("take `{letters}` away, which stands before the `---` that opens one"),
                None => "begin the file with `---`, `title: …` and `---`, each on a line of its own".to_owned(),
            };
            report
                .at(page.file(), Span::FILE, "this post has no front matter")
                .note("the generator has to invent its title, and lists, feeds and search engines show what it made up")
                .help(help)
                .at_most(match page.generator.data().posts_need_front_matter {
                    true => Severity::Error,
                    false => Severity::Warning,
                })
                .done();
        }
    }
}

/// `_footer.md`: a piece that a theme puts into pages; `_index.md` is a page.
fn is_piece(path: &str) -> bool {
    let name = file_name(path);
    name.starts_with('_') && !name.starts_with("_index.")
}

/// True for a file that is nothing but keys, where gray-matter reads the head: it ends with the file.
fn is_whole(page: &Page<'_>) -> bool {
    // It brings js-yaml 3, which is how its generators are known here.
    page.model.settings().yaml == Dialect::JsYaml3
        && find(&format!("{}\n---\n", page.text.trim_end()), false)
            .is_some_and(|front| front.errors.is_empty() && !front.root.is_empty())
}

/// What a slip of the fingers left before a front matter that is whole otherwise: the `e` of `e---`.
fn stray_letters(text: &str) -> Option<&str> {
    const FEW: usize = 3;
    let (before, _) = text.split_once("---")?;
    let letters = before.trim_start_matches('\u{feff}').trim();
    let whole =
        || find(text.get(before.len()..)?, false).filter(|front| front.errors.is_empty() && !front.root.is_empty());
    ((1..=FEW).contains(&letters.chars().count()) && whole().is_some()).then_some(letters)
}

/// True for `<!--`, a fence, keys, a fence, `-->`.
fn in_a_comment(text: &str) -> bool {
    let inner = text.trim_start().strip_prefix("<!--").map(str::trim_start);
    inner.is_some_and(|inner| inner.starts_with("---") || inner.starts_with("+++"))
}

/// What is wrong, and what to do.
fn words(miss: &NearMiss) -> (String, String) {
    let fence = fence(miss.format);
    match miss.kind {
        NearMissKind::BlankLinesBefore => (
            "blank lines stand before the front matter, so it is none".to_owned(),
            format!("begin the file with `{fence}`"),
        ),
        NearMissKind::CommentBefore => (
            "a comment stands before the front matter, so it is none".to_owned(),
            format!("begin the file with `{fence}` and move the comment below the front matter"),
        ),
        NearMissKind::Indented => (
            format!("the `{fence}` that opens the front matter is indented, so it is none"),
            format!("write `{fence}` at the very start of the line"),
        ),
        NearMissKind::WrongFence => (
            "this line is meant to open the front matter and does not".to_owned(),
            format!("write `{fence}`, three characters and nothing else"),
        ),
        NearMissKind::TextAfterFence => (
            format!("text stands behind the `{fence}` that opens the front matter, so it is none"),
            format!("leave `{fence}` alone on its line"),
        ),
        NearMissKind::NotClosed => (
            "the front matter is never closed".to_owned(),
            format!("write `{fence}` on a line of its own behind the last key"),
        ),
        NearMissKind::WrongClosing => (
            "this line is meant to close the front matter and does not".to_owned(),
            format!("write `{fence}` at the start of the line and nothing else"),
        ),
        NearMissKind::NotOpened => {
            ("the front matter is closed but never opened".to_owned(), format!("begin the file with a line `{fence}`"))
        }
    }
}

fn fence(format: Format) -> &'static str {
    if format == Format::Toml { "+++" } else { "---" }
}

/// The changes after which the front matter can be read without an error. Opening and closing fence may both be wrong.
/// Certain only if the generator knows a key of what is then its head: text that happens to stand between two lines is
/// left to people.
fn repair(page: &Page<'_>, miss: NearMiss) -> Option<Fix> {
    let (span, text) = edit(page.text, miss)?;
    let mut edits = vec![Edit { file: page.file().clone(), span, text: text.clone() }];
    let mut fixed = applied(page.text, span, &text)?;
    if find(&fixed, false).is_none() {
        let second = near_miss(&fixed)?;
        let (place, other) = edit(&fixed, second)?;
        fixed = applied(&fixed, place, &other)?;
        // Back to the places before the first change, which lies in front of this one.
        let back = |at: u32| (u64::from(at) + u64::from(span.end - span.start)).checked_sub(text.len() as u64);
        let place = Span { start: back(place.start)?.try_into().ok()?, end: back(place.end)?.try_into().ok()? };
        if place.start < span.end {
            return None;
        }
        edits.push(Edit { file: page.file().clone(), span: place, text: other });
    }
    let front = find(&fixed, false)?;
    let keys = &page.generator.data().keys;
    let known = front.root.iter().any(|entry| keys.contains_key(entry.name(&fixed)));
    let safety = if known { Safety::Safe } else { Safety::Manual };
    // What else is wrong with it is told once it is front matter.
    let blank_lines = miss.kind == NearMissKind::BlankLinesBefore && known;
    let readable = (front.errors.is_empty() || blank_lines) && !front.root.is_empty();
    readable.then(|| Fix::edits("make it front matter", safety, edits))
}

fn edit(text: &str, miss: NearMiss) -> Option<(Span, String)> {
    let fence = fence(miss.format);
    let eol = LineEnd::of(text).as_str();
    let start = miss.span.start as usize;
    match miss.kind {
        NearMissKind::BlankLinesBefore => Some((miss.span, String::new())),
        NearMissKind::Indented | NearMissKind::WrongFence | NearMissKind::WrongClosing => {
            Some((miss.span, fence.to_owned()))
        }
        NearMissKind::TextAfterFence => {
            let rest = miss.span.of(text).trim().strip_prefix(fence)?.trim();
            match rest.strip_suffix(fence) {
                Some(inner) => Some((miss.span, format!("{fence}{eol}{}{eol}{fence}", inner.trim()))),
                None => Some((miss.span, format!("{fence}{eol}{rest}"))),
            }
        }
        NearMissKind::NotOpened => Some((Span::new(start, start), format!("{fence}{eol}"))),
        NearMissKind::NotClosed | NearMissKind::CommentBefore => None,
    }
}

fn applied(text: &str, span: Span, new: &str) -> Option<String> {
    Some(format!("{}{new}{}", text.get(..span.start as usize)?, text.get(span.end as usize..)?))
}
