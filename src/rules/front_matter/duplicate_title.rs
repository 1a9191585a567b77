//! front-matter/duplicate-title: two published pages of one language with the same title.

use crate::hash::Map;

use serde_json::Value;

use crate::discover::{file_name, parent, without_extension};
use crate::finding::Severity;
use crate::language::Language;
use crate::language::tags::is_folder_of_language;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::{DeclaredBy, Kind, PageFacts};

struct DuplicateTitle;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(DuplicateTitle))
}

impl SiteRule for DuplicateTitle {
    fn compares_texts(&self) -> bool {
        true
    }

    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        // A vault lists notes by their files' names.
        if site.model.settings().headings_by_words {
            return;
        }
        let mut by_title: Map<String, Vec<&PageFacts>> = Map::default();
        for page in site.pages.iter().filter(|page| has_a_reader(page) && !site.model.is_part_of_others(page)) {
            let Some(title) = page.title().map(|title| title.text.trim().to_lowercase()) else { continue };
            if !title.is_empty() && !title.contains("{{") {
                by_title.entry(title).or_default().push(page);
            }
        }
        for pages in by_title.values_mut().filter(|pages| pages.len() > 1) {
            pages.sort_by_key(|page| (page.place.date, &page.path));
            let mut neighbours: Map<&str, usize> = Map::default();
            for page in pages.iter().filter(|page| page.kind != Kind::Post) {
                *neighbours.entry(parent(&page.path)).or_default() += 1;
            }
            for (at, page) in pages.iter().enumerate() {
                // One title for a whole row of pages in one folder: one text for several readers, and meant so.
                if page.kind != Kind::Post && neighbours.get(parent(&page.path)).is_some_and(|count| *count > 2) {
                    continue;
                }
                let earlier = pages.iter().take(at).find(|other| are_mixed_up(page, other));
                if let (Some(first), Some(title)) = (earlier, page.title()) {
                    // Of `task_10` and `task_11`, both called "Task 11", the title of the first is wrong.
                    let (page, first) = if is_misnumbered(first, page) { (*first, page) } else { (*page, first) };
                    let title = page.title().unwrap_or(title);
                    let place = first.title().map(|title| title.span).unwrap_or_default();
                    let help = match number(stem(page)).filter(|_| is_misnumbered(page, first)) {
                        Some(own) => format!("the file's name says {own}: say so in the title"),
                        None => "say in the title what is different here".to_owned(),
                    };
                    let level = if are_issues(page, first) { Severity::Hint } else { Severity::Error };
                    report
                        .at(&page.file, title.span, format!("`{}` is also the title of `{}`", title.text, first.path))
                        .related(&first.file, place, "the same title")
                        .note("in lists, feeds and search results readers cannot tell the two apart")
                        .help(help)
                        .at_most(level)
                        .done();
                }
            }
        }
    }
}

/// True where the titles end in a number that is the other's by the names of their files.
fn is_misnumbered(page: &PageFacts, other: &PageFacts) -> bool {
    let told = page.title().and_then(|title| number(title.text.trim()));
    let (own, others) = (number(stem(page)), number(stem(other)));
    let words = |page: &'_ PageFacts| stem(page).trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    told.is_some() && own.is_some() && told != own && told == others && words(page) == words(other)
}

/// The name of a page's file, without its ending.
fn stem(page: &PageFacts) -> &str {
    file_name(without_extension(&page.path))
}

/// The number at the end of a name.
fn number(text: &str) -> Option<u32> {
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    text.get(text.len() - digits..)?.parse().ok()
}

fn has_a_reader(page: &PageFacts) -> bool {
    let redirects = || page.key("redirect_to").is_some() || page.key("redirect").is_some();
    page.checked && page.is_published() && page.place.url.is_some() && page.kind != Kind::Section && !redirects()
}

/// Two posts of one language; of other pages only neighbours, because every section of a handbook may have its overview.
fn are_mixed_up(a: &PageFacts, b: &PageFacts) -> bool {
    let languages = (language(a), language(b));
    // Of two that claim one address only one is published, and site/duplicate-url says so.
    if a.place.output.is_some() && a.place.output == b.place.output {
        return false;
    }
    if are_versions(a, b)
        || is_translation(a, b)
        || is_translation(b, a)
        || is_variant(a, b)
        || is_variant(b, a)
        || are_told_apart(a, b)
    {
        return false;
    }
    if matches!(languages, (Some(a), Some(b)) if !a.agrees_with(b)) || a.collection != b.collection {
        return false;
    }
    let dated = a.place.date.is_some() && b.place.date.is_some();
    let posts = a.kind == Kind::Post && b.kind == Kind::Post && dated;
    let same_name = file_name(&a.path) == file_name(&b.path) && parent(&a.path) != parent(&b.path);
    let bundles = same_name && file_name(&a.path).starts_with("index.");
    // A folder's first page is often called as its most important one.
    let index = |page: &PageFacts| file_name(&page.path).starts_with("index.");
    let neighbours = parent(&a.path) == parent(&b.path) && !index(a) && !index(b);
    posts && (!same_name || bundles) || !same_name && neighbours
}

/// `2022-10-10-september-check-in.md` and `2021-10-06-september-check-in.md`, `letter-2021.md` and `letter-2022.md`: what
/// comes again each year has its name again, and lists show the day.
fn are_issues(a: &PageFacts, b: &PageFacts) -> bool {
    let name = |page: &'_ PageFacts| {
        let name = file_name(&page.path);
        let name = if name.starts_with("index.") { file_name(parent(&page.path)) } else { name };
        name.split('.').next().unwrap_or_default().to_lowercase()
    };
    const ABOUT: u16 = 45;
    let days = a.place.date.zip(b.place.date).map(|(a, b)| a.date().day_of_year().abs_diff(b.date().day_of_year()));
    if days.is_some_and(|days| days.min(365_u16.saturating_sub(days)) > ABOUT) {
        return false;
    }
    let (a, b) = (name(a), name(b));
    let (one, other) = (undated(&a), undated(&b));
    a != b && one.len() < a.split(['-', '_']).count() && !one.is_empty() && one == other
}

/// The words of a name without years, and months and days behind a year.
fn undated(name: &str) -> Vec<&str> {
    let mut dates = false;
    let is_word = |word: &&str| {
        let number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        let year = word.len() == 4 && word.starts_with(['1', '2']);
        dates = number && (year || dates && word.len() <= 2);
        !dates
    };
    name.split(['-', '_']).filter(is_word).collect()
}

/// By a subtitle that stands below the title, or by the day of an event, which is what lists of events show first.
fn are_told_apart(a: &PageFacts, b: &PageFacts) -> bool {
    let text = |page: &PageFacts, keys: &[&str]| {
        keys.iter().find_map(|key| page.key(key)?.text()).map(|text| text.trim().to_lowercase()).unwrap_or_default()
    };
    let subtitle = ["subtitle", "subTitle", "sub_title", "subheading"];
    let differ = |keys: &[&str]| text(a, keys) != text(b, keys);
    let event = |page: &PageFacts| page.path.split('/').any(is_of_events) || is_of_events(&page.collection);
    // `eventDate`, `start_date`: whatever the site calls it.
    let is_day = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["date", "start", "day", "begin"].iter().any(|end| name.ends_with(end)) || name.starts_with("start")
    };
    let days = a.front.iter().flat_map(|front| &front.keys).filter(|key| is_day(&key.name));
    let mut days = days.filter_map(|key| Some((key.text()?.trim(), b.key(&key.name)?.text()?.trim())));
    let mut dated =
        || days.any(|(a, b)| a != b) || a.place.date.map(|date| date.date()) != b.place.date.map(|date| date.date());
    differ(&subtitle) || event(a) && event(b) && dated()
}

/// True for the name of a folder or collection in which each page is something that takes place on a day.
fn is_of_events(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    const NAMES: [&str; 28] = [
        "event",
        "events",
        "meetup",
        "meetups",
        "meetings",
        "activities",
        "talks",
        "minutes",
        "calendar",
        "agenda",
        "workshops",
        "webinars",
        "conferences",
        "concerts",
        "trainings",
        "schedule",
        "eventos",
        "eventi",
        "evenements",
        "evenementen",
        "ateliers",
        "stages",
        "rencontres",
        "veranstaltungen",
        "termine",
        "treffen",
        "talleres",
        "reuniones",
    ];
    NAMES.contains(&name)
}

/// Two versions of one page whose names tell them apart, `index.zh-CN.md` and `index.zh-TW.md`: whoever reads one is
/// not shown the other.
fn are_versions(a: &PageFacts, b: &PageFacts) -> bool {
    let tag = |page: &PageFacts| {
        let declared = page.language.declared.as_ref()?;
        (declared.by == DeclaredBy::Path).then(|| declared.tag.clone())
    };
    let stem = |page: &PageFacts| file_name(&page.path).split('.').next().unwrap_or_default().to_owned();
    tag(a).or(tag(b)).is_some() && tag(a) != tag(b) && stem(a) == stem(b)
}

/// `about.de.md` beside `about.md`, whoever builds the site.
fn is_translation(of: &PageFacts, page: &PageFacts) -> bool {
    let stem = |page: &'_ PageFacts| without_extension(&page.path).to_owned();
    let (one, other) = (stem(of), stem(page));
    let tag = other.strip_prefix(&one).and_then(|rest| rest.strip_prefix('.'));
    tag.is_some_and(is_folder_of_language)
}

/// `part1-slides.qmd` beside `part1.qmd`: one thing in two forms, called so on purpose.
fn is_variant(of: &PageFacts, page: &PageFacts) -> bool {
    let stem = |page: &'_ PageFacts| file_name(&page.path).split('.').next().unwrap_or_default().to_owned();
    let rest = stem(page).strip_prefix(&stem(of)).is_some_and(|rest| rest.starts_with(['-', '_']));
    let form = stem(page).rsplit(['-', '_']).next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_alphabetic()));
    rest && form && parent(&of.path) == parent(&page.path)
}

fn language(page: &PageFacts) -> Option<Language> {
    let declared = page.language.declared.as_ref().and_then(|declared| declared.language);
    declared.or_else(|| page.language.read_as())
}

#[cfg(test)]
mod tests {
    use super::undated;

    #[test]
    fn days_of_names() {
        assert_eq!(undated("2022-10-10-a-b"), ["a", "b"]);
        assert_eq!(undated("letter-2022"), ["letter"]);
        assert_eq!(undated("contest-212"), ["contest", "212"]);
        assert_eq!(undated("2022-10-10-part-2"), ["part", "2"]);
    }
}
