//! front-matter/term-typo: a term with a slip in it, which stands alone in a list of its own.
//!
//! Three ways to know: a word of the term is in the list of misspellings; the term is one letter away from one that the
//! site uses often, and no word; or it is the plural of one. The site's own use decides what is meant, never the order
//! of letters alone: `gmail` is no slip of `email`.

use crate::hash::Map;
use std::cell::{LazyCell, OnceCell};
use std::collections::BTreeMap;

use serde_json::Value;

use super::near::folded;
use super::term_variant::{in_url, language, times, written};
use super::terms::{self, Term};
use super::twins::{Difference, difference, one_letter_away};
use super::unknown_key::is_swap;
use crate::finding::{Fix, Safety, Severity};
use crate::hash::Set;
use crate::language::Language;
use crate::language::spelling::{self, in_case_of, is_name};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::rules::spelling::Languages;
use crate::site::Site;
use crate::site::facts::PageFacts;

/// A term that more pages have is meant so.
const RARE: usize = 2;
/// So often, and so many times as often as the rare one, must the other be used.
const FREQUENT: usize = 3;
/// In words of so many letters, two that changed places are no other word.
const SURE: usize = 7;

struct TermTypo;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(TermTypo))
}

struct Use<'a> {
    page: &'a PageFacts,
    term: Term<'a>,
}

/// The uses of one term in all its forms that differ in capitals, accents, blanks or hyphens only.
type Groups<'a> = BTreeMap<String, Vec<Use<'a>>>;

impl SiteRule for TermTypo {
    fn compares_texts(&self) -> bool {
        true
    }

    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let data = site.generator.data();
        let stems = &Stems { site, folded: OnceCell::new() };
        let mut taxonomies: BTreeMap<(&str, Option<Language>), Groups<'_>> = BTreeMap::new();
        for page in site.pages.iter().filter(|page| page.checked) {
            for term in page.front.iter().flat_map(|front| terms::of(front, data)) {
                let groups = taxonomies.entry((term.kind, language(page))).or_default();
                groups.entry(folded(term.text)).or_default().push(Use { page, term });
            }
        }
        for groups in taxonomies.values() {
            let near = one_letter_away(
                groups.iter().filter(|(_, uses)| uses.len() >= FREQUENT).map(|(key, _)| key.as_str()),
                groups.iter().filter(|(_, uses)| uses.len() <= RARE).map(|(key, _)| key.as_str()),
            );
            for (key, uses) in groups {
                let candidates = near.get(key.as_str()).map(Vec::as_slice).unwrap_or_default();
                if !known_slip(stems, (key, uses), candidates, groups, report) {
                    by_use(stems, (key, uses), candidates, groups, report);
                }
            }
        }
    }
}

/// What the pages' files are called, asked for where a slip is suspected.
struct Stems<'a> {
    site: &'a Site,
    folded: OnceCell<Set<String>>,
}

impl Stems<'_> {
    /// True for a page or a file of the term itself: `tags/bower/_index.md`, `tag/bower.md`.
    fn has(&self, term: &str) -> bool {
        let stem = |page: &PageFacts| {
            let path = page.path.strip_suffix("/_index.md").unwrap_or(&page.path);
            crate::discover::file_name(path).split('.').next().map(folded)
        };
        self.folded.get_or_init(|| self.site.pages.iter().filter_map(stem).collect()).contains(&folded(term))
    }
}

/// A word of the term is in the list of misspellings.
fn known_slip(
    stems: &Stems<'_>,
    (key, uses): (&str, &[Use<'_>]),
    candidates: &[&str],
    groups: &Groups<'_>,
    report: &mut Reporter<'_>,
) -> bool {
    let site = stems.site;
    let mut found = false;
    for one in uses {
        let text = one.term.text;
        let languages = LazyCell::new(|| Languages::of(one.page));
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !is_mixed(word));
        let slip = words.filter_map(|word| Some((word, spelling::typo(word)?))).find(|(word, typo)| {
            languages.agree(*typo) && !is_name(word) && !site.words.contains(&word.to_lowercase())
        });
        let Some((word, typo)) = slip else { continue };
        let right = text.replacen(word, &in_case_of(word, typo.correction), 1);
        let known = groups.get(&folded(&right));
        // A term that the site has is nearer than a word of the list: `androis` is `android` there, not `androids`.
        if known.is_none() && candidates.iter().any(|near| is_frequent(groups, near, uses)) {
            continue;
        }
        // What is used often and nobody writes otherwise is the name of something.
        let meant = uses.len() > RARE && known.is_none_or(|known| known.len() <= uses.len());
        if meant || is_spelt_so_elsewhere(stems, uses, word, known.is_some()) {
            continue;
        }
        let right = known.and_then(|known| dominant(known)).unwrap_or(&right);
        // The others are words, or too short to be anything else.
        let is_plain = |other: &str| spelling::is_word(other, Language::ENGLISH).unwrap_or(true) || is_name(other);
        let mut rest = text.split(|c: char| !c.is_alphanumeric()).filter(|other| *other != word);
        let alone = languages.are_english() && rest.all(is_plain);
        let sure = spelling::is_sure(word, typo.correction) && (known.is_some() || alone);
        let others = known.map(Vec::as_slice).unwrap_or_default();
        let how = if sure { Safety::Safe } else { Safety::Manual };
        tell(one, (key, uses), (right, others), how, Reason::Slip(word), report);
        found = true;
    }
    found
}

/// A rare term beside a frequent one: one letter away and no word, or its plural.
fn by_use(
    stems: &Stems<'_>,
    (key, uses): (&str, &[Use<'_>]),
    candidates: &[&str],
    groups: &Groups<'_>,
    report: &mut Reporter<'_>,
) {
    let site = stems.site;
    let frequent = candidates.iter().filter(|near| is_frequent(groups, near, uses));
    let most = frequent.filter_map(|key| groups.get(*key)).max_by_key(|other| other.len());
    let Some(others) = most else { return };
    // Pages that have both mean two things: `mongo` and `mongos`.
    let has_both = |one: &Use<'_>| others.iter().any(|other| std::ptr::eq(other.page, one.page));
    if uses.len() > 1 && uses.iter().all(has_both) {
        return;
    }
    // `@NamB` is another person than `@NamA`.
    for one in uses.iter().filter(|one| !one.term.text.starts_with('@')) {
        let Some(right) = dominant(others) else { continue };
        let Some(difference) = difference(one.term.text, right) else { continue };
        let (word, twin) = match &difference {
            Difference::Plural { word } => (*word, true),
            Difference::Letter { word } => (*word, false),
        };
        if is_with_a_word(one.term.text, right) || !twin && is_another_of_its_family(one.term.text, right) {
            continue;
        }
        let accepted =
            || site.words.contains(&word.to_lowercase()) || site.words.contains(&one.term.text.to_lowercase());
        let known = || {
            let languages = Languages::of(one.page);
            // In a language without a list the page's own title tells: `jaber` on `my-jabber-status.md`.
            is_name(word)
                || is_language_of_data(word)
                || languages.may_know_term(word)
                    && (languages.know(word) || languages.know_all() || !is_in_its_name(one.page, right))
        };
        let known = || !twin && known();
        if known() || accepted() || is_spelt_so_elsewhere(stems, uses, word, twin) {
            continue;
        }
        let safety = if !twin && is_swapped(word, right, one.page) { Safety::Safe } else { Safety::Manual };
        let reason = if twin { Reason::Number } else { Reason::Slip(word) };
        tell(one, (key, uses), (right, others), safety, reason, report);
    }
}

/// True where the page's title or the name of its file has the term.
fn is_in_its_name(page: &PageFacts, term: &str) -> bool {
    let has = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| folded(word) == folded(term));
    page.key("title").and_then(|key| key.text()).is_some_and(has) || has(crate::discover::file_name(&page.path))
}

/// `r-spatial` beside `spatial`: another one with a word before or behind it. So is the `d` of programs that serve
/// (`containerd`), and a word in another script (`shiny包`).
fn is_with_a_word(term: &str, other: &str) -> bool {
    let (term, other) = (term.to_lowercase(), other.to_lowercase());
    let before = || term.strip_suffix(other.as_str()).is_some_and(|rest| rest.ends_with('-'));
    let foreign = |rest: &str| other.is_ascii() && !rest.is_empty() && !rest.is_ascii();
    before()
        || term.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with('-') || rest == "d" || foreign(rest))
}

/// `JavaME` beside `JavaEE`, `IPv6` beside `IPv4`: they differ within a run of capitals or in a number, and each is a name.
fn is_another_of_its_family(term: &str, other: &str) -> bool {
    let (term, other): (Vec<char>, Vec<char>) = (term.chars().collect(), other.chars().collect());
    let mut apart = term.iter().zip(&other).enumerate().filter(|(_, (a, b))| a != b);
    let (Some((at, (a, b))), None, true) = (apart.next(), apart.next(), term.len() == other.len()) else {
        return false;
    };
    let beside = |at: usize| term.get(at).is_some_and(|c| c.is_uppercase());
    let capitals = a.is_uppercase() && b.is_uppercase() && (beside(at + 1) || at.checked_sub(1).is_some_and(beside));
    capitals || a.is_numeric() && b.is_numeric()
}

/// `mssql`, `tsql`, `nosql`: each is a thing of its own, one letter from the others.
fn is_language_of_data(word: &str) -> bool {
    let small = word.to_lowercase();
    small.strip_suffix("sql").is_some_and(|before| (1..=3).contains(&before.len()))
}

/// True for a term that is used so much more often that the rare one may be a slip for it.
fn is_frequent(groups: &Groups<'_>, term: &str, rare: &[Use<'_>]) -> bool {
    groups.get(term).is_some_and(|uses| uses.len() >= FREQUENT * rare.len())
}

/// True for a long word of which two neighbours changed places and whose right form the page's own word lists have, but
/// not the word itself: `technolgoy`. With a letter too many or too few it may be somebody's name for a thing.
fn is_swapped(word: &str, right: &str, page: &PageFacts) -> bool {
    let small = word.to_lowercase();
    let mut words = right.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let swap = |other: &String| {
        other.len() == small.len() && strsim::osa_distance(other, &small) == 1 && is_swap(other, &small)
    };
    let right = words.find(swap).filter(|other| other.chars().count() >= SURE);
    right.is_some_and(|right| Languages::of(page).know(&right))
}

/// True where the pages themselves, or what they link to, have the word as the name of something: `TestNG` in the title,
/// `testng.org` in a link. With `only_names` a word in small letters is no evidence.
fn is_spelt_so_elsewhere(stems: &Stems<'_>, uses: &[Use<'_>], word: &str, only_names: bool) -> bool {
    let small = word.to_lowercase();
    let in_text = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|other| other.to_lowercase() == small);
        words.any(|other| !only_names || is_mixed(other))
    };
    let in_links = |page: &PageFacts| {
        let has = |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|part| part == small);
        !only_names && page.links.iter().any(|link| has(&link.destination))
    };
    let in_page = |page: &PageFacts| {
        let texts = ["title", "description"].iter().filter_map(|key| page.key(key)?.text());
        let name = || in_text(&page.path);
        texts.into_iter().any(in_text) || !only_names && name() || in_links(page)
    };
    uses.iter().any(|one| in_page(one.page) || stems.has(one.term.text))
}

/// `TestNG`: capitals inside.
fn is_mixed(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// The form that is used most, of equals the first.
fn dominant<'a>(uses: &[Use<'a>]) -> Option<&'a str> {
    let mut counts: Map<&str, usize> = Map::default();
    for one in uses {
        *counts.entry(one.term.text).or_default() += 1;
    }
    let texts = uses.iter().rev().map(|one| one.term.text);
    texts.max_by_key(|text| counts.get(text))
}

/// Why a term is told.
enum Reason<'w> {
    /// This word of it is none.
    Slip(&'w str),
    /// It is one, and the other many, or the reverse.
    Number,
}

fn tell(
    one: &Use<'_>,
    (key, uses): (&str, &[Use<'_>]),
    (right, others): (&str, &[Use<'_>]),
    safety: Safety,
    reason: Reason<'_>,
    report: &mut Reporter<'_>,
) {
    let Term { text, kind, .. } = one.term;
    let (count, other, file) = (times(uses.len()), others.len(), &one.page.file);
    let message = match (&reason, other) {
        (Reason::Number, _) => format!(
            "the {kind} `{text}` ({count}) stands beside `{right}` ({}): one of the two is enough",
            times(other)
        ),
        (_, 0) => format!("the {kind} `{text}` is a misspelling of `{right}`"),
        _ => format!("the {kind} `{text}` ({count}) looks like a slip for `{right}` ({})", times(other)),
    };
    let there = others.iter().any(|other| std::ptr::eq(other.page, one.page));
    let help = match (there, &reason) {
        (true, _) => format!("remove it: `{right}` is there already"),
        (_, Reason::Number) => format!("write `{right}`, as the site mostly does"),
        _ => format!("write `{right}`; if `{text}` is right, add it to `words` in postlint.yaml"),
    };
    let safety = if safety == Safety::Safe && in_url(one.page, key) { Safety::Unsafe } else { safety };
    let text = if there { None } else { written(one.page, &one.term, right) };
    let fix = text.map(|text| Fix::replace(format!("write `{right}`"), safety, file, one.term.span, text));
    let draft = report.at(file, one.term.span, message).help(help).maybe_fix(fix);
    match reason {
        Reason::Number => draft.at_most(Severity::Hint).done(),
        Reason::Slip(word) => draft.doubt(word, true).done(),
    }
}
