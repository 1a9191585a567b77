//! language/wrong-declaration: the prose is in another language than the page or the site declares.

use crate::hash::Map;
use std::collections::BTreeMap;

use serde_json::Value;

use super::copies;
use super::declaration_conflict::Folders;
use super::masses::{self, Single, kin};
use super::own_folders::OwnFolders;
use crate::finding::Severity;
use crate::generators::Sources;
use crate::language::{Language, Letters, Scratch, Script, english_name, identify, scripts};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::{DeclaredBy, Kind, PageFacts, Published};
use crate::site::language::Census;
use crate::site::needs::Needs;
use crate::site::translation::counterpart;
use crate::source::Span;

/// So many characters are a note or a stub, of which little can be said.
const SHORT: usize = 110;

/// So many are some forty words: "This content has moved", and where to.
const STUB: usize = 240;

struct WrongDeclaration;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(WrongDeclaration))
}

impl SiteRule for WrongDeclaration {
    fn needs(&self) -> Needs {
        Needs::LAYOUTS
    }

    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let inferred = !site.language.declared && Census::of(&site.pages).shows_a_main_language();
        let key = language_key(site);
        let folders = Folders::of(site);
        let main = main_language(site);
        if let Some((language, pages, all)) = main {
            whole_site(site, language, pages, all, report);
        }
        if inferred {
            layouts_are_wrong(site, report);
        }
        let own = OwnFolders::of(site);
        let (mut copies, mut singles) = (Vec::new(), Vec::new());
        let whole = !site.pages.iter().any(reads_as_the_site_says);
        // What is never published (a note without `publish: true`) nobody hears, and a draft may still be translated.
        let unread = |page: &PageFacts| matches!(page.place.published, Published::Never | Published::Draft);
        let is_read = |page: &&PageFacts| page.checked && !unread(page);
        for page in site.pages.iter().filter(is_read).filter(|page| page.kind != Kind::Loose) {
            let Some(read) = page.language.verdict.foreign() else { continue };
            let Some(expected) = page.language.expected else { continue };
            let declared = page.language.declared.is_some();
            // Told once, where the site declares it.
            if main.is_some_and(|(language, ..)| kin(language) == kin(read)) && is_by_site(page) {
                continue;
            }
            // Where its folder is in the language of the text, the declaration is language/declaration-conflict's.
            if declared && folders.conflict(page).is_some() {
                continue;
            }
            if by_site(page) && (says_path(site, page, read) || own.hold(page, read)) {
                continue;
            }
            if is_said_by_head(page, expected) || by_site(page) && is_said_by_headings(page, expected) {
                continue;
            }
            if is_clear(page)
                && let Some(original) = original(site, page, read)
            {
                copies.push((page, original, read));
                continue;
            }
            let Some(mut level) = layouts_say(site, page, expected, read) else { continue };
            // One sentence below a heading is often what somebody else says of his work.
            if by_site(page) && page.language.verdict.is_one_sentence() && speaks_of_others(page) {
                continue;
            }
            let short = page.language.verdict.judged() < SHORT;
            match is_titled(page, expected, read) {
                // Commands and names below a title in the page's own language.
                true if short => continue,
                titled if titled || short || is_said_by_headings(page, expected) => level = Severity::Hint,
                _ if by_site(page) && page.language.verdict.begins_as_expected() => level = Severity::Hint,
                _ => {}
            }
            if declared && is_clear(page) || !declared && inferred {
                let help = if whole && is_by_site(page) { Some(declare(site, read)) } else { None };
                singles.push(Single { page, expected, read, help, level });
            }
        }
        // A small site whose pages are all, or nearly all, in one other language.
        if main.is_none()
            && let Some((language, pages, all)) = nearly_all(site, &singles)
        {
            whole_site(site, language, pages, all, report);
            singles.retain(|single| !(kin(single.read) == kin(language) && is_by_site(single.page)));
        }
        let is_stub = |page: &PageFacts| is_by_site(page) && page.language.verdict.judged() < STUB;
        for single in singles.iter_mut().filter(|single| is_stub(single.page)) {
            single.level = single.level.min(Severity::Warning);
        }
        copies::tell(site, &copies, report);
        masses::tell(site, &singles, key, report);
    }
}

fn is_by_site(page: &PageFacts) -> bool {
    page.language.declared.as_ref().is_some_and(|declared| declared.by == DeclaredBy::Site)
}

/// True for a page of which only the site's configuration says the language, rightly.
fn reads_as_the_site_says(page: &PageFacts) -> bool {
    page.checked && is_by_site(page) && page.language.read_as().is_some_and(|read| Some(read) == page.language.expected)
}

/// How sure it is that readers are told the wrong language: layouts that write the page's own into it are right, whatever
/// the configuration says; and where nobody declares anything, only a layout or the generator's default tells them one.
fn layouts_say(site: &Site, page: &PageFacts, expected: Language, read: Language) -> Option<Severity> {
    if !by_site(page) {
        return Some(Severity::Error);
    }
    let declared = page.language.declared.is_some();
    let said = &site.layouts.languages;
    let default = site.generator.data().writes_language.as_deref().filter(|_| !declared && said.is_empty());
    let default = default.and_then(Language::from_tag);
    let says = |language: Language| said.contains(&language) || default == Some(language);
    match (says(read), says(expected)) {
        (true, false) => None,
        (true, true) if !declared => Some(Severity::Hint),
        (false, false) if !declared => Some(Severity::Hint),
        _ => Some(Severity::Error),
    }
}

/// True for a page whose title is in the language that is expected, as far as so few words tell: half of it is still to be
/// translated, or is quoted.
fn is_titled(page: &PageFacts, expected: Language, read: Language) -> bool {
    if !by_site(page) && !matches!(page.language.declared.as_ref().map(|said| said.by), Some(DeclaredBy::Path)) {
        return false;
    }
    let own = scripts(expected);
    if own.iter().any(|script| scripts(read).contains(script)) {
        let described = page.key("description").and_then(|key| key.text()).unwrap_or_default();
        return identify([title(page), ". ", described].into_iter(), &mut Scratch::default())
            .is_some_and(|(said, _)| said == expected);
    }
    let mut letters = Letters::default();
    title(page).chars().filter_map(Script::of).for_each(|script| letters.add(script));
    own.iter().map(|script| letters.of(*script)).sum::<u32>() >= 2 && !own.contains(&Script::Latin)
}

/// What to do where the site is in another language than its configuration says.
fn declare(site: &Site, language: Language) -> String {
    let name = english_name(language).unwrap_or(language.as_str());
    match site.model.settings().language_is_set_by {
        Some(way) => {
            let way = way.replace("TAG", language.as_str()).replace("NAME", name);
            format!("declare the site as `{language}`: `{way}` in its configuration")
        }
        None => format!("declare the site as `{language}`"),
    }
}

/// The language of most pages of which only the site's configuration says the language, where it says another: it is the
/// configuration that is wrong. With how many pages are in it, of how many that can be read.
fn main_language(site: &Site) -> Option<(Language, usize, usize)> {
    const PAGES: usize = 10;
    let read = || site.pages.iter().filter(|page| page.checked && page.kind != Kind::Loose && is_by_site(page));
    let mut foreign: BTreeMap<Language, usize> = BTreeMap::new();
    let mut all = 0;
    for page in read() {
        all += usize::from(page.language.read_as().is_some());
        if let Some(language) = page.language.verdict.foreign().filter(|_| is_clear(page)) {
            *foreign.entry(language).or_default() += 1;
        }
    }
    let (language, _) = foreign.iter().max_by_key(|(_, pages)| **pages)?;
    let language = *language;
    // Pages of one language pass for those of its nearest kin.
    let mut pages = foreign.iter().filter(|(other, _)| kin(**other) == kin(language)).map(|(_, pages)| pages).sum();
    if pages < PAGES {
        return None;
    }
    // A page of code and short lines passes for one in the expected language; its title and headings tell.
    if pages * 2 <= all && pages * 8 > all {
        // What is read as Chinese is Chinese, whatever its title says.
        let shows =
            |said: Language| !scripts(said).iter().any(|one| *one == Script::Latin || scripts(language).contains(one));
        let as_said = |page: &&PageFacts| page.language.read_as() == page.language.expected;
        let unclear = read().filter(as_said).filter(|page| !page.language.expected.is_some_and(shows));
        pages += unclear.filter(|page| heads_are_in(page, language)).count();
    }
    (pages * 2 > all).then_some((language, pages, all))
}

/// The language of most pages, two at least, of which only the site's configuration says another.
fn nearly_all(site: &Site, singles: &[Single<'_>]) -> Option<(Language, usize, usize)> {
    let wrong = || singles.iter().filter(|single| is_by_site(single.page) && single.level == Severity::Error);
    let language = wrong().next()?.read;
    let pages = wrong().filter(|single| kin(single.read) == kin(language)).count();
    let read = |page: &&PageFacts| {
        page.checked && page.kind != Kind::Loose && is_by_site(page) && page.language.read_as().is_some()
    };
    let all = site.pages.iter().filter(read).count();
    (pages >= 2 && pages * 3 >= all * 2).then_some((language, pages, all))
}

/// Says once that all layouts write another language into pages than nearly all of these are in.
fn layouts_are_wrong(site: &Site, report: &mut Reporter<'_>) {
    let (Some(main), Some(file), [said]) =
        (site.language.expected, &site.layouts.file, site.layouts.languages.as_slice())
    else {
        return;
    };
    if site.layouts.open || main.agrees_with(*said) {
        return;
    }
    let undeclared = || site.pages.iter().filter(|page| page.checked && page.language.declared.is_none());
    let all = undeclared().filter(|page| page.language.read_as().is_some()).count();
    let pages = undeclared().filter(|page| page.language.read_as() == Some(main)).count();
    let name = english_name(main).map_or_else(|| format!("`{main}`"), str::to_owned);
    let message =
        format!("`<html lang=\"{said}\">` stands in the layouts, and {pages} of {all} pages are written in {name}");
    report
        .at(file, Span::FILE, message)
        .note("screen readers pronounce them, browsers hyphenate and translate them, and search engines file them wrongly")
        .help(format!("write `<html lang=\"{main}\">`, or the language that the page says"))
        .done();
}

/// Says once that the site's configuration declares another language than it is written in.
fn whole_site(site: &Site, language: Language, pages: usize, all: usize, report: &mut Reporter<'_>) {
    let config = || site.generator.data().markers.iter().find(|name| site.has(name));
    let place = site.model.settings().language_at.clone().or_else(|| site.language.said_at.clone());
    let Some((file, span)) = place.or_else(|| Some((site.file(config()?), Span::FILE))) else { return };
    let tag = site.language.tag.as_deref().unwrap_or_default();
    let name = english_name(language).map_or_else(|| format!("`{language}`"), str::to_owned);
    let message = format!("the site is declared `{tag}`, and {pages} of its {all} pages are written in {name}");
    report
        .at(&file, span, message)
        .note("screen readers pronounce them, browsers hyphenate and translate them, and search engines file them wrongly")
        .help(declare(site, language))
        .done();
}

/// True for a page with headings that links to other sites.
fn speaks_of_others(page: &PageFacts) -> bool {
    !page.anchors.known.is_empty() && page.links.iter().any(|link| link.destination.starts_with("http"))
}

/// Nothing that is nearer to the page than the site says its language.
fn by_site(page: &PageFacts) -> bool {
    page.language.declared.is_none() || is_by_site(page)
}

/// `blog/zh/a.md`, `a.zh.md`, and `a-zh.md` beside `a.md`: the writer said it, where the generator does not look.
fn says_path(site: &Site, page: &PageFacts, read: Language) -> bool {
    // `zh-hans-cn` as well as `zh`, and no word that begins so.
    let is_tag = |part: &str| {
        let mut subtags = part.split(['-', '_']);
        part.len() >= 2
            && (part.len() <= 6 || subtags.all(|subtag| (2..=4).contains(&subtag.len())) && part.len() <= 11)
            && Language::from_tag(part) == Some(read)
    };
    let (stem, extension) = page.path.rsplit_once('.').unwrap_or((&page.path, ""));
    let translated = stem.rsplit_once(['-', '_']).filter(|(_, tag)| is_tag(tag));
    page.path.split(['/', '.']).any(is_tag)
        || translated.is_some_and(|(original, _)| site.has(&format!("{original}.{extension}")))
}

/// True for a page that is hardly more than its head (the page of a folder, of which templates show title and description),
/// and its head is in the language that is expected.
fn is_said_by_head(page: &PageFacts, expected: Language) -> bool {
    let scalar = |key: &str| page.key(key).and_then(|key| key.text()).unwrap_or_default();
    let head = ["title", "subtitle", "description", "summary", "excerpt"].map(scalar);
    let length: usize = head.iter().map(|text| text.chars().count()).sum();
    let pieces = head.iter().flat_map(|text| [*text, " "]);
    length > 0
        && page.language.verdict.judged() <= length * 2
        && identify(pieces, &mut Scratch::default()).is_some_and(|(language, _)| language == expected)
}

/// True for a page whose title and headings are in the language that is expected: what stands below them is a passage that
/// was pasted in, or still to be translated, and the page is no page of its language.
fn is_said_by_headings(page: &PageFacts, expected: Language) -> bool {
    head_language(page) == Some(expected)
}

/// The language of a page's title and headings, where it has two.
fn head_language(page: &PageFacts) -> Option<Language> {
    const FEWEST: usize = 2;
    // Ids keep the words of their headings.
    let headings =
        page.anchors.known.iter().filter(|anchor| anchor.id.contains('-')).map(|anchor| anchor.id.replace('-', " "));
    let mut pieces: Vec<String> = headings.flat_map(|heading| [heading, ". ".to_owned()]).collect();
    if pieces.len() < FEWEST * 2 {
        return None;
    }
    pieces.push(title(page).to_owned());
    identify(pieces.iter().map(String::as_str), &mut Scratch::default()).map(|(language, _)| language)
}

fn title(page: &PageFacts) -> &str {
    page.title().map(|title| &*title.text).unwrap_or_default()
}

/// True for a page whose title and headings are in this language: they read so, or are written in a script that the
/// expected language does not have, names of programs between them.
fn heads_are_in(page: &PageFacts, language: Language) -> bool {
    const FEWEST: u32 = 8;
    // A sign of a script without blanks says as much as three letters.
    const DENSE: u32 = 3;
    let own = scripts(language);
    if page.language.expected.is_some_and(|expected| scripts(expected).iter().any(|script| own.contains(script))) {
        return head_language(page) == Some(language);
    }
    let mut letters = Letters::default();
    let headings = page.anchors.known.iter().flat_map(|anchor| anchor.id.chars());
    headings.chain(title(page).chars()).filter_map(Script::of).for_each(|script| letters.add(script));
    let weight = if own.iter().any(|script| script.has_no_blanks()) { DENSE } else { 1 };
    let found: u32 = own.iter().map(|script| letters.of(*script)).sum();
    found >= FEWEST && found * weight >= letters.all() - found
}

/// A page that says everything in two languages is not declared wrongly.
fn is_clear(page: &PageFacts) -> bool {
    let verdict = &page.language.verdict;
    verdict.flagged() * 5 >= verdict.judged() * 3
}

/// The page of which this one, by its place a translation, is a copy: the same address where the text's language belongs.
fn original<'s>(site: &'s Site, page: &PageFacts, read: Language) -> Option<&'s PageFacts> {
    let declared = page.language.declared.as_ref()?;
    if declared.by != DeclaredBy::Path && !is_by_site(page) {
        return None;
    }
    let languages = site.model.settings().languages.iter();
    let mut tags = languages.filter(|tag| Language::from_tag(tag) == Some(read));
    tags.find_map(|tag| counterpart(site, page, tag)).filter(|other| other.language.read_as() == Some(read))
}

/// The key that declares a page's language here: the one that the site's pages use, else the generator's own. Nothing
/// where a key would have no effect (Hugo takes the language from the path).
fn language_key(site: &Site) -> Option<&str> {
    let data = site.generator.data();
    let mut uses: Map<&str, usize> = Map::default();
    for key in site.pages.iter().flat_map(|page| data.languages.iter().filter(|key| page.key(key).is_some())) {
        *uses.entry(key).or_default() += 1;
    }
    let used = uses.into_iter().max_by_key(|(key, count)| (*count, std::cmp::Reverse(*key))).map(|(key, _)| key);
    used.or_else(|| data.languages.iter().find(|key| data.keys.contains_key(*key)).map(String::as_str))
}
