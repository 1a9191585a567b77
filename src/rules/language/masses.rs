//! What language/wrong-declaration says of pages: one by one, and once where many are declared wrongly in the same way.
//! Dozens of pages in one other language are no slips but a habit of the site, and one thing to know.

use std::collections::BTreeMap;

use super::place::place;
use crate::finding::{Edit, Fix, Safety, Severity};
use crate::language::{Language, english_name};
use crate::page::front_matter::Format;
use crate::rules::rule::Reporter;
use crate::site::Site;
use crate::site::facts::{DeclaredBy, Front, PageFacts, Scalar, Value as Written};
use crate::source::Span;

/// So many of one kind are told one by one.
const FEW: usize = 5;
/// So many others are named beside the first; for people, reports show a few of them.
const NAMED: usize = 500;

/// A page that is declared wrongly.
pub struct Single<'s> {
    /// The page.
    pub page: &'s PageFacts,
    /// What it is expected to be in.
    pub expected: Language,
    /// What it is in.
    pub read: Language,
    /// What to do, where that is known.
    pub help: Option<String>,
    /// How severe it is at most.
    pub level: Severity,
}

/// How a page is declared: by whom, as what, and what it is in.
type How<'s> = (u8, &'s str, Language, Severity);

/// Says which pages there are.
pub fn tell(site: &Site, singles: &[Single<'_>], key: Option<&str>, report: &mut Reporter<'_>) {
    let mut alike: BTreeMap<How<'_>, Vec<&Single<'_>>> = BTreeMap::new();
    for single in singles {
        let declared = single.page.language.declared.as_ref();
        let tag = declared.map(|declared| &*declared.tag).unwrap_or_default();
        match declared.map(|declared| declared.by) {
            Some(DeclaredBy::FrontMatter(_)) => {
                alike.entry((3, tag, kin(single.read), single.level)).or_default().push(single)
            }
            Some(DeclaredBy::Path) => alike.entry((0, tag, kin(single.read), single.level)).or_default().push(single),
            Some(DeclaredBy::Site) => alike.entry((1, tag, kin(single.read), single.level)).or_default().push(single),
            None => alike.entry((2, tag, kin(single.read), single.level)).or_default().push(single),
        }
    }
    for (_, all) in alike {
        match all.as_slice() {
            [first, others @ ..] if all.len() > FEW => many(site, first, others, key, report),
            _ => all.iter().for_each(|single| one(site, single, key, report)),
        }
    }
}

/// One of those that are often taken for each other: Croatian, Serbian and Bosnian.
pub(super) fn kin(read: Language) -> Language {
    read.group().first().copied().unwrap_or(read)
}

fn many(site: &Site, first: &Single<'_>, others: &[&Single<'_>], key: Option<&str>, report: &mut Reporter<'_>) {
    let (page, number) = (first.page, others.len() + 1);
    let [expected, found] = [name(first.expected), name(first.read)];
    let declared = page.language.declared.as_ref();
    let tag = declared.map(|declared| declared.tag.as_ref()).unwrap_or_default();
    let by = declared.map(|declared| declared.by);
    let message = match by {
        Some(DeclaredBy::Path) => {
            format!("{number} pages that lie where {expected} belongs (`{tag}`) are written in {found}, this one first")
        }
        Some(DeclaredBy::FrontMatter(_)) => {
            format!("{number} pages are declared `{tag}` and written in {found}, this one first")
        }
        Some(DeclaredBy::Site) => {
            format!(
                "the site is declared `{tag}`, and {number} of its pages are written in {found}, this one first; nothing says so"
            )
        }
        None => {
            format!(
                "the site's posts are in {expected}, and nothing says of {number} pages that they are in {found}, this one first"
            )
        }
    };
    let read = as_written(site, first.read);
    let by_path = matches!(by, Some(DeclaredBy::Path));
    let help = match (key, &first.help) {
        (_, Some(help)) => help.clone(),
        _ if by_path => format!("translate them, or move them to where {found} belongs"),
        (Some(key), None) => match site.generator.data().language_moves_by.as_deref() {
            Some(setting) => {
                format!(
                    "if that is meant, say so in each: `{key}: {read}`; the page is then published where `{setting}` says"
                )
            }
            None => format!("if that is meant, say so in the front matter of each: `{key}: {read}`"),
        },
        (None, None) => "translate them, or move them to where their language belongs".to_owned(),
    };
    let all = std::iter::once(&first).chain(others);
    let fixes = all.map(|single| Some(repair(site, single, key)?.edits)).collect::<Option<Vec<Vec<Edit>>>>();
    let fix = fixes.map(|edits| {
        let title = format!("write `{}: {read}` in each", key.unwrap_or_default());
        Fix::edits(title, Safety::Unsafe, edits.concat())
    });
    let mut draft = report.at(&page.file, place(page), message).note(NOTE).help(help).maybe_fix(fix);
    for other in others.iter().take(NAMED) {
        draft = draft.related(&other.page.file, place(other.page), format!("in {found}, too"));
    }
    let level = if by_path || declared.is_none() { Severity::Warning } else { Severity::Error };
    draft.at_most(level.min(first.level)).done();
}

const NOTE: &str =
    "screen readers pronounce it, browsers hyphenate and translate it, and search engines file it wrongly";

fn name(language: Language) -> String {
    english_name(language).map_or_else(|| format!("`{language}`"), str::to_owned)
}

/// As the site itself writes it: `zh-CN`.
fn as_written(site: &Site, read: Language) -> String {
    let mut own = site.model.settings().languages.iter().filter(|tag| Language::from_tag(tag) == Some(read));
    own.next().map_or(read.as_str(), String::as_str).to_owned()
}

/// The key that declares the page, where that changes nothing else.
fn repair(site: &Site, single: &Single<'_>, key: Option<&str>) -> Option<Fix> {
    let by = single.page.language.declared.as_ref().map(|declared| declared.by);
    let moves = site.generator.data().language_moves_by.is_some();
    let key = key.filter(|_| !matches!(by, Some(DeclaredBy::Path)) && !moves)?;
    declaration(single.page, key, &as_written(site, single.read))
}

fn one(site: &Site, single: &Single<'_>, key: Option<&str>, report: &mut Reporter<'_>) {
    let page = single.page;
    let declared = page.language.declared.as_ref();
    let [expected, found] = [name(single.expected), name(single.read)];
    let tag = declared.map(|declared| declared.tag.as_ref()).unwrap_or_default();
    let message = match declared.map(|declared| declared.by) {
        Some(DeclaredBy::FrontMatter(_)) => format!("this page is declared `{tag}` and written in {found}"),
        Some(DeclaredBy::Path) => {
            format!("this page lies where {expected} belongs (`{tag}`) and is written in {found}")
        }
        Some(DeclaredBy::Site) => {
            format!("the site is declared `{tag}`, this page is written in {found}, and nothing says so")
        }
        None => format!("the site's posts are in {expected}, and nothing says that this one is in {found}"),
    };
    let by_path = matches!(declared.map(|declared| declared.by), Some(DeclaredBy::Path));
    let read = as_written(site, single.read);
    let moves = site.generator.data().language_moves_by.as_deref();
    let otherwise = || match key {
        Some(key) if let Some(setting) = moves => {
            format!("if that is meant, say so: `{key}: {read}`; the page is then published where `{setting}` says")
        }
        _ if by_path => format!("translate it, or move it to where {found} belongs"),
        Some(key) => format!("if that is meant, say so in the front matter: `{key}: {read}`"),
        None => "translate it, or move it to where its language belongs".to_owned(),
    };
    let level = if declared.is_some() { Severity::Error } else { Severity::Warning };
    report
        .at(&page.file, place(page), message)
        .note(NOTE)
        .help(single.help.clone().unwrap_or_else(otherwise))
        .maybe_fix(repair(site, single, key))
        .at_most(level.min(single.level))
        .done();
}

/// Sets the key, or writes it before the first one.
fn declaration(page: &PageFacts, key: &str, read: &str) -> Option<Fix> {
    let front = page.front.as_ref().filter(|front| front.sound)?;
    let title = format!("write `{key}: {read}`");
    let fix = |span, text| Some(Fix::replace(title, Safety::Unsafe, &page.file, span, text));
    if let Some(own) = front.get(key) {
        let scalar: &Scalar = match &own.value {
            Written::Scalar(scalar) => scalar,
            _ => return None,
        };
        // Folder or suffix say the same: it is the text that waits for its translation.
        let tag = scalar.text.trim();
        if page.path.split(['/', '.']).any(|part| part.eq_ignore_ascii_case(tag)) {
            return None;
        }
        return fix(scalar.span, front.rewrite(scalar, read)?);
    }
    let first = front.keys.first()?;
    let at = Span { start: first.span.start, end: first.span.start };
    let text = match front.format {
        Format::Yaml if starts_line(front) => format!("{key}: {read}\n"),
        Format::Toml if starts_line(front) && !matches!(first.value, Written::Map(_) | Written::Other) => {
            format!("{key} = \"{read}\"\n")
        }
        Format::Json => format!("\"{key}\": \"{read}\", "),
        _ => return None,
    };
    fix(at, text)
}

/// True when the first key stands at the start of the line after the opening fence.
fn starts_line(front: &Front) -> bool {
    front.keys.first().is_some_and(|first| first.span.start == front.outer.start + 4)
}
