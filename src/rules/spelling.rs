//! What the rules on misspelt words share: the languages that a page is in, the site's own names, and the repair of a word.

use crate::hash::{Map, Set};

use crate::discover::{file_name, parent};
use crate::finding::{Fix, Safety};
use crate::language::Language;
use crate::language::script::{Script, scripts};
use crate::language::spelling::{self, Typo};
use crate::language::tags;
use crate::page::front_matter::{Format, Style};
use crate::site::Site;
use crate::site::facts::{PageFacts, Value};
use crate::site::slip::{Slip, SlipPlace};

/// So many pages with one term: its writer means it.
const MEANT: usize = 3;

/// Every language that a page may be in: what is expected of it and what it reads as. Where the two differ, a word must
/// be wrong in both.
pub struct Languages(Vec<Language>);

impl Languages {
    /// Of a page.
    pub fn of(page: &PageFacts) -> Languages {
        let seen = &page.language;
        let mut all: Vec<Language> =
            [seen.expected, seen.verdict.foreign(), seen.recognised].into_iter().flatten().collect();
        if all.is_empty() {
            all.extend(seen.declared.as_ref().and_then(|declared| declared.language));
        }
        let named = folders(&page.path).chain(suffix(&page.path));
        all.extend(named.filter(|language| !all.contains(language)).collect::<Vec<_>>());
        all.dedup();
        Languages(all)
    }

    /// True where the page is in English and nothing else: the language of the list's corrections.
    pub fn are_english(&self) -> bool {
        self.0.as_slice() == [Language::ENGLISH]
    }

    /// True where this is a slip in whatever the page is written in.
    pub fn agree(&self, typo: Typo) -> bool {
        !self.0.is_empty() && self.0.iter().all(|language| typo.counts_in(*language))
    }

    /// True when the word is certainly one of the page's languages.
    pub fn know(&self, word: &str) -> bool {
        !self.0.is_empty() && self.0.iter().all(|language| spelling::is_word(word, *language) == Some(true))
    }

    /// True where there is a list of words for each of the page's languages.
    pub fn know_all(&self) -> bool {
        self.0.iter().all(|language| spelling::is_word("postlint", *language).is_some())
    }

    /// True when a term's word is one of English or of the page's languages; also where that cannot be known. In Latin letters
    /// on a page in another script it is English, or a name.
    pub fn may_know_term(&self, word: &str) -> bool {
        let written = |language: &&Language| !word.is_ascii() || scripts(**language).contains(&Script::Latin);
        let mut all = self.0.iter().filter(written).chain([&Language::ENGLISH]);
        all.any(|language| spelling::is_word(word, *language).unwrap_or(true))
    }
}

/// Words that are right in this site whatever a list says: configured ones, names of authors, terms that many pages have.
pub struct Accepted<'a> {
    site: &'a Site,
    names: Set<String>,
}

impl<'a> Accepted<'a> {
    /// Of a site.
    pub fn of(site: &'a Site) -> Accepted<'a> {
        let data = site.generator.data();
        let mut names = Set::default();
        let mut uses: Map<String, usize> = Map::default();
        let mut learn = |text: &str| names.extend(split(text));
        site.registries.authors.iter().flat_map(|list| &list.names).for_each(|name| learn(name));
        for page in &site.pages {
            let scalars = |keys: &'a [String]| {
                keys.iter().filter_map(|name| page.key(name)).flat_map(|key| match &key.value {
                    Value::Map(keys) => keys.iter().flat_map(|key| key.scalars()).collect::<Vec<_>>(),
                    _ => key.scalars().collect(),
                })
            };
            scalars(&data.authors).for_each(|author| learn(&author.text));
            for word in scalars(&data.terms).flat_map(|term| split(&term.text)) {
                *uses.entry(word).or_default() += 1;
            }
        }
        names.extend(uses.into_iter().filter(|(_, count)| *count >= MEANT).map(|(word, _)| word));
        Accepted { site, names }
    }

    /// True for a word of the site's own.
    pub fn has(&self, word: &str) -> bool {
        let small = word.to_lowercase();
        self.site.words.contains(&small) || self.names.contains(&small)
    }
}

/// Languages that folders of the page are called after, whether or not the generator makes anything of them.
fn folders(path: &str) -> impl Iterator<Item = Language> {
    let is_tag = |folder: &str| tags::is_folder_of_language(folder).then(|| tags::check(folder).language).flatten();
    parent(path).split('/').filter_map(is_tag)
}

/// Codes of three letters that are no words of English, as `may` and `run` are.
const LONG_CODES: [&str; 14] =
    ["ces", "deu", "eus", "fra", "hun", "ita", "jpn", "nld", "nor", "pol", "por", "rus", "swe", "ukr"];

/// The language that the file's name ends in, before its extension: `a-tour.it-IT.md`, `a-tour-swe.md`.
fn suffix(path: &str) -> Option<Language> {
    let stem = file_name(path).rsplit_once('.')?.0;
    let (_, last) = stem.rsplit_once(['-', '_']).unwrap_or_default();
    if LONG_CODES.contains(&last) {
        return tags::check(last).language;
    }
    let tag = stem.rsplit_once('.')?.1;
    tags::is_folder_of_language(tag).then(|| tags::check(tag).language).flatten()
}

fn split(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= spelling::SHORTEST);
    words.map(str::to_lowercase)
}

/// Another word in the place of a slip; nothing where its quotes or markup would need more than that. A title that is a
/// part of the page's address is not changed lightly.
pub fn repair(site: &Site, page: &PageFacts, slip: &Slip, new: &str, safety: Safety) -> Option<Fix> {
    let apostrophe = new.contains('\'');
    let fits = match &slip.place {
        SlipPlace::Front(_, Style::Single) | SlipPlace::Alt => !apostrophe,
        SlipPlace::Front(..) => !apostrophe || page.front.as_ref().is_some_and(|front| front.format == Format::Yaml),
    };
    let safety = if safety == Safety::Safe && moves(site, page, slip, new) { Safety::Unsafe } else { safety };
    fits.then(|| Fix::replace(format!("write `{new}`"), safety, &page.file, slip.span, new))
}

/// True when the page would get another address by this: asked of the generator itself.
fn moves(site: &Site, page: &PageFacts, slip: &Slip, new: &str) -> bool {
    let SlipPlace::Front(name, _) = &slip.place else { return false };
    let mut changed = page.clone();
    let keys = changed.front.iter_mut().flat_map(|front| &mut front.keys).filter(|key| key.name == *name);
    for key in keys {
        if let Value::Scalar(scalar) = &mut key.value {
            scalar.text = scalar.text.replacen(&*slip.word, new, 1).into();
        }
    }
    let (before, after) = (site.model.place(page), site.model.place(&changed));
    before.url != after.url || before.output != after.output
}
