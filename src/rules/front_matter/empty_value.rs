//! front-matter/empty-value: nothing stands behind a key, or what is still to be filled in.

use serde_json::Value;

use super::siblings::{Group, Siblings, canonical, is_empty};
use super::{noun, readable};
use crate::alike::fold;
use crate::discover::{file_name, parent};
use crate::finding::{Confidence, Severity};
use crate::generators::data::KeyType;
use crate::generators::undated;
use crate::page::front_matter::is_placeholder;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::{Key, Kind, PageFacts, Published, Value as Written};

/// Keys that a page cannot have without a value, whatever the others do; beside the generator's dates, authors,
/// layouts and languages.
const NEEDED: [&str; 4] = ["title", "permalink", "slug", "image"];
/// Where a text that is still to be written may stand.
const WRITTEN: [&str; 4] = ["title", "description", "excerpt", "summary"];
/// So many pages must have a key before their custom counts.
const SIBLINGS: usize = 20;

struct EmptyValue;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(EmptyValue))
}

impl SiteRule for EmptyValue {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let siblings = Siblings::count(site);
        for (page, front) in readable(site) {
            // A draft may have gaps.
            if page.kind == Kind::Draft || page.place.published == Published::Draft {
                continue;
            }
            let Some(group) = siblings.of(page) else { continue };
            if is_template(page) {
                continue;
            }
            for key in &front.keys {
                let name = canonical(site, &key.name);
                if is_gap(site, page, key) {
                    gap(site, page, key, group, report);
                } else if let Some(text) = key.text()
                    && is_unwritten(site, &name, text)
                    && !is_name_of_file(page, &name, text)
                {
                    report
                        .at(&page.file, key.value_span, format!("`{text}` is still to be filled in"))
                        .note("it is published as it stands")
                        .help(format!("write the {name}, or remove the line"))
                        .done();
                }
            }
        }
    }
}

/// Nothing stands there. A written `null` is a value, and empty quotes are one on a page that is no post.
fn is_gap(site: &Site, page: &PageFacts, key: &Key) -> bool {
    match &key.value {
        Written::Null => true,
        _ if key.value_span.start == key.value_span.end => true,
        _ => is_empty(key) && key.text() == Some("") && is_needed(site, &key.name) && page.kind == Kind::Post,
    }
}

fn is_needed(site: &Site, name: &str) -> bool {
    let data = site.generator.data();
    let lists = [&data.dates, &data.authors, &data.layouts, &data.languages];
    NEEDED.contains(&name) || lists.iter().any(|list| list.iter().any(|known| known == name))
}

fn gap(site: &Site, page: &PageFacts, key: &Key, group: &Group<'_>, report: &mut Reporter<'_>) {
    let name = &*key.name;
    let data = site.generator.data();
    let usage = group.usage(&canonical(site, name));
    let needed = is_needed(site, name);
    let nothing = data.keys.get(name).is_some_and(|key| key.types.contains(&KeyType::Nothing));
    // What many pages carry empty is the site's template for new pages, not a slip.
    let empty = usage.pages - usage.filled;
    let habit = !matches!(name, "title" | "date") && empty >= 5 && empty * 10 >= usage.pages;
    if habit || (nothing && page.kind != Kind::Post) {
        return;
    }
    let custom = group.pages >= SIBLINGS && usage.filled * 100 >= group.pages * 95;
    let confidence = match (needed, custom) {
        (true, _) => Confidence::High,
        // A post may have no tags and an author no web site: only what the generator itself uses is missed.
        (_, true) if data.keys.contains_key(name) && !data.terms.iter().any(|term| term == name) => Confidence::Medium,
        (_, true) => Confidence::Low,
        _ => return,
    };
    let note = match custom {
        true => format!("{} of {} {}s beside it have a value there", usage.filled, group.pages, noun(page.kind)),
        false => "templates print the gap, or take it for a value".to_owned(),
    };
    // A post may have no picture, and other pages are sorted by no day.
    let minor = name == "image" || page.kind != Kind::Post && data.dates.iter().any(|date| date == name);
    report
        .at(&page.file, key.span, format!("nothing stands behind `{name}`"))
        .note(note)
        .help("write a value, or remove the line")
        .confidence(confidence)
        .at_most(if minor { Severity::Hint } else { Severity::Error })
        .done();
}

/// `EntryTemplate.md`, `@template.md`: what new pages are copied from.
fn is_template(page: &PageFacts) -> bool {
    let name = file_name(&page.path).to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    stem.ends_with("template") || stem.starts_with('@')
}

/// `TODO` in `todo.md`: a list of what is to be done has that title, and a sample text may be called `lorem-ipsum.md`.
fn is_name_of_file(page: &PageFacts, name: &str, text: &str) -> bool {
    let words = |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let (file, folder) = (undated(&page.path), file_name(parent(&page.path)));
    name == "title" && [file, folder].into_iter().any(|own| words(own) == words(text))
}

/// A text that its author meant to replace. Outside dates only what nobody would publish counts.
fn is_unwritten(site: &Site, name: &str, text: &str) -> bool {
    let text = text.trim();
    if site.generator.data().dates.iter().any(|date| date.eq_ignore_ascii_case(name)) {
        // A page that expires in the year 9999 never does, and means it.
        return is_placeholder(text) && !(name.contains("xpir") && text.starts_with("9999"));
    }
    // A `Lorem Ipsum Generator` has a title.
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut next = |wanted: &str| words.next().is_none_or(|word| word.eq_ignore_ascii_case(wanted));
    let filler = text.contains(char::is_alphanumeric) && ["lorem", "ipsum", "dolor"].into_iter().all(&mut next);
    let shouted = matches!(text, "TBD" | "TBA" | "TBC" | "TODO" | "FIXME" | "XXX");
    (WRITTEN.contains(&name) && (shouted || filler))
        || (is_needed(site, name) && matches!(text, "TBD" | "TBC" | "FIXME" | "YYYY-MM-DD"))
}
