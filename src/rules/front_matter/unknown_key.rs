//! front-matter/unknown-key: a key that nobody knows, one slip away from one that everybody uses.

use crate::hash::Set;
use std::borrow::Cow;

use serde_json::Value;

use super::readable;
use super::shape::Shape;
use super::siblings::{Group, MEANT, Siblings, canonical};
use crate::finding::{Confidence, Fix, Safety};
use crate::generators::data::Data;
use crate::language::{Language, spelling};
use crate::page::front_matter::{Format, key_text};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::{Front, Key, PageFacts};
use crate::source::Span;

/// A front matter of more keys is a program's data: nobody's fingers slip there.
const MOST: usize = 500;

/// A key of so few pages, a part of which is no word, may be a slip for one that only some of the pages beside it have.
const RARE: usize = 2;
/// So many times as often must they have it.
const FREQUENT: usize = 25;

struct UnknownKey;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(UnknownKey))
}

impl SiteRule for UnknownKey {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let siblings = Siblings::count(site);
        let slips = settled_slips(site, &siblings);
        for (page, front) in readable(site).filter(|(_, front)| front.keys.len() <= MOST) {
            let Some(group) = siblings.of(page) else { continue };
            for key in &front.keys {
                if let Some(plugin) = site.model.unread_key(&key.name) {
                    without_plugin(page, key, plugin, site.generator.data(), report);
                    continue;
                }
                if let Some(table) = table_of(site, &key.name) {
                    if site.model.takes_in_table(&key.name) {
                        misplaced(page, front, key, table, site.generator.data(), report);
                    }
                    continue;
                }
                if is_asked_for(site, &key.name) && !is_known(site, &key.name) {
                    continue;
                }
                if siblings.everywhere(&key.name) >= MEANT && !slips.contains(&*key.name) {
                    continue;
                }
                if is_known(site, &key.name) {
                    other_number(site, page, front, key, group, report);
                    continue;
                }
                let pages = siblings.everywhere(&key.name);
                let often = (pages <= RARE && has_no_word(&key.name)).then_some(pages * FREQUENT);
                let mut candidates = candidates(site, group, front, key, &slips, often);
                // What the site's schema takes away nothing reads, in any spelling.
                candidates.retain(|(name, _)| !site.model.drops_key(page, name));
                if candidates.is_empty() && address(site, page, front, key, group, report) {
                    continue;
                }
                if let Some((best, slip)) = candidates.first() {
                    let alone = candidates.get(1).is_none_or(|(_, other)| other > slip);
                    let used = group.usage(&canonical(site, best)).pages;
                    let beside =
                        front.keys.iter().find(|other| *canonical(site, &other.name) == *canonical(site, best));
                    one(page, key, Meant { name: best, slip: *slip, alone, used, beside }, group, report);
                }
            }
        }
    }
}

/// Keys that are copied from page to page with a slip in them: the letters of a longer key that the generator reads and
/// that stands on more than twice as many pages, in another order.
fn settled_slips<'s>(site: &'s Site, siblings: &'s Siblings<'_>) -> Set<&'s str> {
    const LETTERS: usize = 8;
    let documented = || site.generator.data().keys.keys().filter(|known| known.len() >= LETTERS);
    let is_slip = |name: &str, pages: usize| {
        let mut meant = documented().filter(|known| is_swap(&name.to_lowercase(), &known.to_lowercase()));
        meant.any(|known| siblings.everywhere(known) > pages * 2)
    };
    let often = siblings.names().filter(|(name, pages)| *pages >= MEANT && name.len() >= LETTERS);
    often
        .filter(|(name, _)| !is_known(site, name))
        .filter(|(name, n)| is_slip(name, *n))
        .map(|(name, _)| name)
        .collect()
}

/// The table that the generator reads this key in, where it is not the root.
fn table_of<'s>(site: &'s Site, name: &str) -> Option<&'s str> {
    site.generator.data().keys.get(name)?.belongs_in.as_deref()
}

fn misplaced(page: &PageFacts, front: &Front, key: &Key, table: &str, data: &Data, report: &mut Reporter<'_>) {
    let help = match front.format {
        Format::Toml => format!("move it below a line `[{table}]`"),
        _ => format!("move it into `{table}:`"),
    };
    let message = format!("{} ignores `{}` here: it reads it only in `{table}`", data.title, key.name);
    report.at(&page.file, key.span, message).note("the page is in none of these lists").help(help).done();
}

fn without_plugin(page: &PageFacts, key: &Key, plugin: &str, data: &Data, report: &mut Reporter<'_>) {
    let message =
        format!("{} ignores `{}` here: the plugin that reads it, `{plugin}`, is not installed", data.title, key.name);
    let help = format!("install `{plugin}`, or remove the key: the addresses that it names lead nowhere");
    report.at(&page.file, key.span, message).help(help).done();
}

/// How far apart two keys are; the smaller, the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// They differ in case or separators only.
    Spelling,
    /// One letter, or two neighbours changed places.
    One,
    /// Two letters.
    Two,
}

/// The slip that makes one key of the other, if it is one that fingers make. Short words are each other's neighbours by
/// nature (`data`, `date`), so they must be nearer.
#[must_use]
pub fn is_slip(name: &str, meant: &str) -> Option<Slip> {
    if name == meant {
        return None;
    }
    let bare = |text: &str| -> String {
        text.chars().filter(|c| !matches!(c, '-' | '_' | ' ' | '.')).flat_map(char::to_lowercase).collect()
    };
    // A key with a sign before it has been switched off.
    let signed = |text: &str| text.starts_with(|c: char| !c.is_alphanumeric());
    if signed(name) && !signed(meant) {
        return None;
    }
    let (a, b) = (bare(name), bare(meant));
    if a == b && !a.is_empty() {
        return Some(Slip::Spelling);
    }
    // `banner_x` beside `banner`: a key with a part of its own is one more setting.
    if name.strip_prefix(meant).is_some_and(|part| part.starts_with(['-', '_', '.', ' '])) {
        return None;
    }
    let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    // The first letter is hardly ever wrong; `image1` and `image2` are two keys.
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if short < 4 || long > 40 || a.chars().next() != b.chars().next() || digits(&a) != digits(&b) {
        return None;
    }
    match strsim::damerau_levenshtein(&a, &b) {
        // `tips` and `tags`, `data` and `date`: another letter makes another word.
        1 if short > 5 || long != short || is_swap(&a, &b) => Some(Slip::One),
        2 if short >= 8 => Some(Slip::Two),
        _ => None,
    }
}

/// True when the two have the same letters.
#[must_use]
pub fn is_swap(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

fn is_known(site: &Site, name: &str) -> bool {
    let data = site.generator.data();
    let same = |known: &str| known == name || (data.keys_ignore_case && known.eq_ignore_ascii_case(name));
    known_names(data).any(same) || name.is_empty() || name == "<<"
}

/// True for a key that layouts, the configuration or the site's own code name.
fn is_asked_for(site: &Site, name: &str) -> bool {
    let keys = &site.registries.keys;
    keys.contains(name) || site.generator.data().keys_ignore_case && keys.contains(&name.to_lowercase())
}

fn known_names(data: &Data) -> impl Iterator<Item = &str> {
    let lists = [&data.terms, &data.authors, &data.languages, &data.dates, &data.layouts];
    data.keys.keys().chain(lists.into_iter().flatten()).map(String::as_str)
}

/// True for a key with a part that is no word of English: `pacakge_version`.
fn has_no_word(name: &str) -> bool {
    let mut parts = name.split(|c: char| !c.is_alphanumeric());
    let is_plain = |part: &str| part.chars().skip(1).all(|c| c.is_ascii_lowercase());
    parts.any(|part| is_plain(part) && spelling::is_word(part, Language::ENGLISH) == Some(false))
}

/// What may have been meant, the nearest first: a key that the generator knows or that many pages beside this one have,
/// that this page lacks, and that takes such values.
fn candidates<'a>(
    site: &'a Site,
    group: &'a Group<'_>,
    front: &Front,
    key: &Key,
    slips: &Set<&str>,
    often: Option<usize>,
) -> Vec<(Cow<'a, str>, Slip)> {
    let data = site.generator.data();
    let shape = Shape::of(&key.value);
    let common = group
        .meant
        .iter()
        .map(|name| (name, group.usage(name)))
        .filter(|(name, usage)| {
            let near = || is_slip(&key.name, name) == Some(Slip::One);
            let common = usage.pages * 5 >= group.pages || often.is_some_and(|often| usage.pages >= often && near());
            common && !slips.contains(&***name)
        })
        .filter(|(name, usage)| {
            // Of one key in two spellings, any value that it ever takes.
            let same = || is_slip(&key.name, name) == Some(Slip::Spelling) && usage.with(shape) > 0;
            usage.majority().is_some_and(|(most, _)| shape.fits(most)) || same()
        })
        .map(|(name, _)| Cow::Borrowed(&**name));
    let known = known_names(data)
        .filter(|name| data.keys.get(*name).is_some_and(|known| shape.is_allowed(&known.types)))
        .map(Cow::Borrowed);
    // Beside the key that is meant, only another order of its letters is a slip: `publisher` beside `published` is meant.
    let fits = |name: &str, slip: Slip| {
        let same = |other: &str| *canonical(site, other) == *canonical(site, name) || other.eq_ignore_ascii_case(name);
        let absent = !front.keys.iter().any(|other| same(&other.name));
        absent || slip == Slip::Spelling || is_swap(&key.name.to_lowercase(), &name.to_lowercase())
    };
    let mut found: Vec<(Cow<'a, str>, Slip)> = common
        .chain(known)
        .filter_map(|name| Some((is_slip(&key.name, &name)?, name)))
        .filter(|(slip, name)| fits(name, *slip))
        .map(|(slip, name)| (name, slip))
        .collect();
    found.sort_by(|(a, near), (b, far)| (near, a).cmp(&(far, b)));
    found.dedup_by(|(a, _), (b, _)| canonical(site, a) == canonical(site, b));
    found
}

/// `author` where (nearly) all pages beside it have `authors`, or the reverse. Two keys that the generator itself reads are
/// both right.
fn other_number(site: &Site, page: &PageFacts, front: &Front, key: &Key, group: &Group<'_>, report: &mut Reporter<'_>) {
    let other = key.name.strip_suffix('s').map_or_else(|| format!("{}s", key.name), str::to_owned);
    let usage = group.usage(&canonical(site, &other));
    let settled = usage.pages >= 20 && usage.pages * 100 >= group.pages * 90;
    let fits = usage.majority().is_some_and(|(most, _)| Shape::of(&key.value).fits(most));
    let data = site.generator.data();
    // What the generator itself acts on means what it says; authors and terms are a matter of the templates.
    let own = data.keys.contains_key(&*key.name)
        && ![&data.authors, &data.terms].iter().any(|list| list.iter().any(|name| **name == *key.name));
    let both = data.keys.contains_key(&*key.name) && data.keys.contains_key(other.as_str());
    if !settled || !fits || both || own || front.get(&other).is_some() {
        return;
    }
    let fix = Fix::replace(format!("write `{other}`"), Safety::Safe, &page.file, key.span, rewritten(key, &other));
    report
        .at(&page.file, key.span, format!("the pages beside it say `{other}`, not `{}`", key.name))
        .note(format!("{} of {} pages have `{other}`, and templates ask for that", usage.pages, group.pages))
        .help(format!("did you mean `{other}`?"))
        .confidence(Confidence::Medium)
        .fix(fix)
        .done();
}

/// The address of the page under the key that another generator reads, where the pages beside it say it as `slug`.
fn address(
    site: &Site,
    page: &PageFacts,
    front: &Front,
    key: &Key,
    group: &Group<'_>,
    report: &mut Reporter<'_>,
) -> bool {
    const OTHERS: [&str; 3] = ["permalink", "url", "path"];
    let data = site.generator.data();
    let usage = group.usage("slug").pages;
    let settled = usage >= MEANT && usage * 100 >= group.pages * 80 && data.keys.contains_key("slug");
    let name = key.text().map(|text| text.trim_matches('/')).filter(|name| !name.is_empty() && !name.contains("://"));
    let Some(name) = name.filter(|_| settled && OTHERS.contains(&&*key.name) && front.get("slug").is_none()) else {
        return false;
    };
    let span = Span { start: key.span.start, end: key.value_span.end };
    let right = format!("slug: {name}");
    let fix = Fix::replace(format!("write `{right}`"), Safety::Unsafe, &page.file, span, &*right);
    report
        .at(&page.file, key.span, format!("nothing reads the key `{}`", key.name))
        .note(format!("{usage} of {} pages beside it have `slug`", group.pages))
        .help(format!("write `{right}`, or the page stays at its file's address"))
        .maybe_fix(Some(fix).filter(|_| front.format == Format::Yaml && key_text(name, Format::Yaml) == name))
        .done();
    true
}

struct Meant<'a> {
    name: &'a str,
    slip: Slip,
    /// Nothing else is as near.
    alone: bool,
    /// Pages of the group that have it.
    used: usize,
    /// The key itself, where this page has both.
    beside: Option<&'a Key>,
}

fn one(page: &PageFacts, key: &Key, meant: Meant<'_>, group: &Group<'_>, report: &mut Reporter<'_>) {
    let Meant { name, slip, alone, used, beside } = meant;
    let safety = if alone { Safety::Safe } else { Safety::Manual };
    let fix = Fix::replace(format!("write `{name}`"), safety, &page.file, key.span, rewritten(key, name));
    let draft = report
        .at(&page.file, key.span, format!("nothing reads the key `{}`", key.name))
        .maybe_fix(Some(fix).filter(|_| beside.is_none()));
    let draft = match beside {
        Some(other) => draft.help(format!("remove it, or keep its value as `{name}`")).related(
            &page.file,
            other.span,
            format!("`{name}` stands here"),
        ),
        None => draft.help(format!("did you mean `{name}`?")),
    };
    let draft = match used {
        0 => draft,
        used => draft.note(format!("{used} of {} pages beside it have `{name}`", group.pages)),
    };
    if slip == Slip::Two || !alone { draft.confidence(Confidence::Medium).done() } else { draft.done() }
}

/// The other name in the place of the key, in quotes where the key has them.
fn rewritten(key: &Key, name: &str) -> String {
    let quoted = (key.span.end - key.span.start) as usize > key.name.len();
    if quoted { format!("\"{name}\"") } else { key_text(name, Format::Yaml) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_keys_that_are_no_words() {
        assert!(has_no_word("pacakge_version") && has_no_word("titile"));
        assert!(!has_no_word("package_version") && !has_no_word("updateDate") && !has_no_word("image-alt"));
    }

    #[test]
    fn slips_and_other_words() {
        for (name, meant, slip) in [
            ("Title", "title", Slip::Spelling),
            ("agency-logo", "agency_logo", Slip::Spelling),
            ("firstname", "first_name", Slip::Spelling),
            ("exerpt", "excerpt", Slip::One),
            ("auhtor", "author", Slip::One),
            ("tilte", "title", Slip::One),
            ("tgas", "tags", Slip::One),
            ("translate", "translator", Slip::Two),
        ] {
            assert_eq!(is_slip(name, meant), Some(slip), "{name}");
        }
        for (name, meant) in [
            ("title", "title"),
            ("tips", "tags"),
            ("data", "date"),
            ("over", "cover"),
            ("-menu", "menu"),
            ("image1", "image"),
            ("to", "TOC"),
            ("banner_x", "banner"),
        ] {
            assert_eq!(is_slip(name, meant), None, "{name}");
        }
    }
}
