//! front-matter/invalid-language: a language tag that is not BCP 47, or that the site does not have.

use crate::hash::Map;

use serde_json::Value;

use crate::finding::{Fix, Safety};
use crate::language::tags::{self, Check, Problem};
use crate::language::{Language, english_name};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::{PageFacts, Scalar, Value as Front};

/// So many pages make a spelling the site's own.
const CONVENTION: usize = 3;

struct InvalidLanguage;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(InvalidLanguage))
}

impl SiteRule for InvalidLanguage {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        of_site(site, report);
        for key in &site.generator.data().languages {
            let mut values: Vec<(&PageFacts, &Scalar, Check)> = site
                .pages
                .iter()
                .filter(|page| page.checked)
                .filter_map(|page| match &page.key(key)?.value {
                    Front::Scalar(scalar) => Some((page, scalar, tags::check(&scalar.text))),
                    _ => None,
                })
                .filter(|(_, _, check)| check.problem != Some(Problem::Empty))
                .collect();
            // A key such as `language` may well mean a programming language.
            let tags = values.iter().filter(|(_, _, check)| is_a_tag(check)).count();
            // A catalogue of books names their languages in words, which its layout prints.
            let names = values.iter().filter(|(_, _, check)| check.problem == Some(Problem::Name)).count();
            if tags * 2 < values.len() && (key != "lang" || names >= CONVENTION) {
                continue;
            }
            let mut uses: Map<&str, usize> = Map::default();
            // The same, where such a catalogue is one collection of several: its names, and its tags.
            let mut collections: Map<&str, (usize, usize)> = Map::default();
            for (page, scalar, check) in &values {
                *uses.entry(scalar.text.trim()).or_default() += 1;
                let (names, tags) = collections.entry(&page.collection).or_default();
                *names += usize::from(check.problem == Some(Problem::Name));
                *tags += usize::from(is_a_tag(check));
            }
            let in_words = |page: &PageFacts| {
                collections.get(&*page.collection).is_some_and(|(names, tags)| *names >= CONVENTION && names > tags)
            };
            values.retain(|(page, _, check)| check.problem != Some(Problem::Name) || !in_words(page));
            for (page, scalar, check) in &mut values {
                // The spelling that the site has chosen stands before the one of the standard.
                if let Some(tag) = check.proposal.as_deref().and_then(|tag| chosen(tag, &uses)) {
                    check.proposal = Some(tag.to_owned());
                }
                let own = is_own(site, page, scalar.text.trim(), &uses);
                one(site, page, scalar, check, own || key == "locale", report);
            }
        }
    }
}

/// Says of a configuration that names the language in words: templates print what stands there.
fn of_site(site: &Site, report: &mut Reporter<'_>) {
    let settings = site.model.settings();
    let place = settings.language_at.as_ref().or(site.language.said_at.as_ref());
    let (Some(tag), Some((file, span))) = (&settings.language, place) else { return };
    let check = tags::check(tag);
    if check.problem != Some(Problem::Name) {
        return;
    }
    let help =
        check.proposal.map_or_else(|| "write a tag such as `fr` or `pt-BR`".to_owned(), |tag| format!("write `{tag}`"));
    report
        .at(file, *span, format!("`{tag}` is the name of a language, not its tag"))
        .note("browsers, screen readers and search engines choose voice, hyphenation and readers by it")
        .help(help)
        .done();
}

fn is_a_tag(check: &Check) -> bool {
    matches!(check.problem, None | Some(Problem::Case | Problem::Underscore))
}

/// How the site mostly writes this tag, where that differs in capitals and separators only.
fn chosen<'u>(tag: &str, uses: &Map<&'u str, usize>) -> Option<&'u str> {
    let bare = |tag: &str| tag.replace('_', "-").to_ascii_lowercase();
    let same = uses.iter().filter(|(other, _)| bare(other) == bare(tag));
    let (most, count) = same.clone().max_by_key(|(other, count)| (**count, std::cmp::Reverse(**other)))?;
    let all: usize = same.map(|(_, count)| count).sum();
    (*count >= CONVENTION && count * 3 >= all * 2).then_some(*most)
}

/// True for a spelling that the site has chosen: it names its folders or languages so, or writes it throughout.
fn is_own(site: &Site, page: &PageFacts, tag: &str, uses: &Map<&str, usize>) -> bool {
    let settings = site.model.settings();
    let named = settings.languages.iter().any(|own| own == tag) || settings.language.as_deref() == Some(tag);
    let other = uses.get(tag.replace('_', "-").as_str()).copied().unwrap_or_default();
    named
        || page.path.split(['/', '.']).any(|part| part == tag)
        || other == 0 && uses.get(tag).is_some_and(|count| *count >= CONVENTION)
}

fn one(site: &Site, page: &PageFacts, scalar: &Scalar, check: &Check, own: bool, report: &mut Reporter<'_>) {
    let tag = scalar.text.trim();
    let message = match check.problem {
        None | Some(Problem::Case | Problem::Empty) => match unavailable(site, check.language) {
            Some(languages) => format!("`{tag}` is none of the site's languages ({languages})"),
            None => return,
        },
        Some(Problem::Underscore) if own => return,
        Some(Problem::Underscore) if check.proposal.as_ref().is_some_and(|chosen| chosen.contains('_')) => {
            format!("`{tag}` is written in another way by the pages beside it")
        }
        Some(Problem::Underscore) => format!("`{tag}` is no language tag: these are written with a hyphen"),
        Some(Problem::Name) => format!("`{tag}` is the name of a language, not its tag"),
        Some(Problem::Country) => format!("`{tag}` is the code of a country, not of a language"),
        Some(Problem::LongCode) => {
            format!("`{tag}` is a code that browsers do not know: this language has one of two letters")
        }
        Some(Problem::UnknownLanguage) => format!("no language has the tag `{tag}`"),
        Some(Problem::Malformed) => format!("`{tag}` has not the form of a language tag"),
    };
    let help = match &check.proposal {
        Some(tag) => format!("write `{tag}`"),
        None => "write a tag such as `fr` or `pt-BR`".to_owned(),
    };
    // A spelling that templates and folders of the site rely on is not ours to change.
    let safety = if own || check.problem == Some(Problem::Country) { Safety::Manual } else { Safety::Safe };
    let fix = check.problem.and(check.proposal.as_ref()).and_then(|tag| {
        let text = page.front.as_ref()?.rewrite(scalar, tag)?;
        Some(Fix::replace(format!("write `{tag}`"), safety, &page.file, scalar.span, text))
    });
    report
        .at(&page.file, scalar.span, message)
        .note("browsers, screen readers and search engines choose voice, hyphenation and readers by it")
        .help(help)
        .maybe_fix(fix)
        .done();
}

/// The site's languages, where it says which and this is none of them.
fn unavailable(site: &Site, language: Option<Language>) -> Option<String> {
    let known = &site.model.settings().languages;
    let language = language?;
    let agrees = |tag: &String| Language::from_tag(tag).is_some_and(|own| own.agrees_with(language));
    let judged =
        known.len() > 1 && known.iter().all(|tag| Language::from_tag(tag).is_some_and(|l| english_name(l).is_some()));
    (judged && !known.iter().any(agrees)).then(|| known.join(", "))
}
