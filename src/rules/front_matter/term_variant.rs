//! front-matter/term-variant: one term in several spellings, which splits its posts over several lists.

use std::collections::BTreeMap;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::near::folded;
use super::terms::{self, Term};
use crate::finding::{Fix, Safety, Severity};
use crate::language::{Language, spelling};
use crate::page::front_matter::is_plain_safe;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::destination::decode;
use crate::site::facts::{DeclaredBy, PageFacts};
use crate::site::needs::Needs;

/// So many times as often must one form be used for the other to be a slip.
const CLEARLY: usize = 3;

/// So many times as often, a form without its accents is what the site has decided for.
const ALWAYS: usize = 50;

struct TermVariant;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(TermVariant))
}

/// A taxonomy in one language (what is one term in French may be two in two languages), of one collection where each has
/// its own.
type Taxonomy<'a> = (&'a str, Option<Language>, &'a str);

struct Use<'a> {
    page: &'a PageFacts,
    term: Term<'a>,
}

impl SiteRule for TermVariant {
    fn needs(&self) -> Needs {
        Needs::PROSE
    }

    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let data = site.generator.data();
        let mut taxonomies: BTreeMap<Taxonomy<'_>, (Habits, BTreeMap<String, Vec<Use<'_>>>)> = BTreeMap::new();
        for page in site.pages.iter().filter(|page| page.checked) {
            for term in page.front.iter().flat_map(|front| terms::of(front, data)) {
                let collection = if data.terms_by_collection { &*page.collection } else { "" };
                let (habits, groups) = taxonomies.entry((term.kind, language(page), collection)).or_default();
                habits.learn(term.text);
                groups.entry(folded(term.text)).or_default().push(Use { page, term });
            }
        }
        for (habits, groups) in taxonomies.values() {
            // A vault's tags are the same in small and in capital letters.
            let one_in_vault = |uses: &[Use<'_>]| site.model.settings().headings_by_words && differ_in_case(uses);
            let split = |uses: &[Use<'_>]| several(uses) && !one_in_vault(uses);
            for (key, uses) in groups.iter().filter(|(key, uses)| !key.is_empty() && split(uses)) {
                one(key, uses, habits, site, report);
            }
        }
    }
}

fn several(uses: &[Use<'_>]) -> bool {
    uses.iter().any(|other| other.term.text != uses.first().map_or("", |first| first.term.text))
}

/// True when the forms differ in nothing but capitals.
fn differ_in_case(uses: &[Use<'_>]) -> bool {
    let first = uses.first().map(|first| first.term.text.to_lowercase());
    uses.iter().all(|other| Some(other.term.text.to_lowercase()) == first)
}

/// The language that the page itself or its path declares.
pub(super) fn language(page: &PageFacts) -> Option<Language> {
    page.language.declared.as_ref().filter(|declared| declared.by != DeclaredBy::Site)?.language
}

/// How a site writes its terms.
#[derive(Default)]
struct Habits(BTreeMap<Habit, usize>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Habit {
    Capitals(bool),
    Separator(char),
}

impl Habits {
    fn of(term: &str) -> impl Iterator<Item = Habit> {
        let separator = term.chars().find(|c| matches!(c, ' ' | '-' | '_')).map(Habit::Separator);
        separator.into_iter().chain([Habit::Capitals(term.chars().any(char::is_uppercase))])
    }

    fn learn(&mut self, term: &str) {
        for habit in Habits::of(term) {
            *self.0.entry(habit).or_default() += 1;
        }
    }

    fn score(&self, term: &str) -> usize {
        Habits::of(term).filter_map(|habit| self.0.get(&habit)).sum()
    }
}

fn one(key: &str, uses: &[Use<'_>], habits: &Habits, site: &Site, report: &mut Reporter<'_>) {
    let settings = site.model.settings();
    let is_slugged = |kind: &str| settings.slugged_terms.is_none_or(|only| only == kind);
    let slug = settings.term_slug.filter(|_| uses.iter().all(|one| is_slugged(one.term.kind)));
    let mut forms: Vec<(&str, usize)> = Vec::new();
    for one in uses {
        match forms.iter_mut().find(|(text, _)| *text == one.term.text) {
            Some((_, count)) => *count += 1,
            None => forms.push((one.term.text, 1)),
        }
    }
    // At a tie the site's own habit decides, then the form that came first.
    let best = forms.iter().enumerate().max_by_key(|(at, (text, count))| {
        let own = spelling::has_inner_capital(text);
        (*count, own, habits.score(text), std::cmp::Reverse(*at))
    });
    let Some((_, &(dominant, most))) = best else { return };
    // What its owners call it is not put to the vote, unless the site writes its terms in small letters: language/term-casing
    // would ask for the other.
    let (dominant, most) =
        forms.iter().copied().find(|(form, _)| is_right_form(form, dominant)).unwrap_or((dominant, most));
    if are_two_things(&forms) {
        return;
    }
    // All of them together: where many write it otherwise in one way or another, nobody has decided.
    let others = uses.len() - most;
    for one in uses.iter().filter(|one| one.term.text != dominant) {
        let Term { text, kind, .. } = one.term;
        let count = forms.iter().find(|(form, _)| *form == text).map_or(0, |(_, count)| *count);
        let there = uses.iter().any(|other| std::ptr::eq(other.page, one.page) && other.term.text == dominant);
        let message = format!(
            "the {kind} `{text}` ({}) is also written `{dominant}` ({}): one {kind}, two spellings",
            times(count),
            times(most)
        );
        // `tags:` and `-js` below it: a list whose item has lost its blank.
        let torn = one.term.alone && text.strip_prefix('-').is_some_and(|rest| rest == dominant);
        let right = spelling::name(dominant).filter(|_| dominant.contains(char::is_uppercase));
        let own = is_a_name_of_its_own(text, dominant);
        // Its capitals are in the site's own sentences, too.
        let in_prose = !dominant.contains(char::is_uppercase) && site.in_prose.contains(text);
        let help = match (there, most > count) {
            _ if right.is_some() => format!("write `{}`: that is the name", right.map_or(dominant, |name| &name.name)),
            (false, true) if own && spelling::has_inner_capital(text) => {
                format!(
                    "choose one spelling: `{text}` has the capitals of a name, `{dominant}` is what the site mostly writes"
                )
            }
            (false, true) if in_prose => {
                format!("choose one spelling: the site's sentences write `{text}`, its {kind} is mostly `{dominant}`")
            }
            _ if torn => format!("write `- {dominant}`: without the blank YAML sees no list"),
            (true, _) => format!("remove it: `{dominant}` is there already"),
            (_, true) => format!("write `{dominant}`, as the site mostly does"),
            _ => format!("choose one spelling, for example `{dominant}`"),
        };
        let many = if there { most > others } else { most >= CLEARLY * others };
        let safety = match () {
            () if !many || own || right.is_some() => Safety::Manual,
            () if in_prose || torn || is_odd(text, dominant) || is_another(text, dominant) => Safety::Manual,
            // A habit that all follow is no slip.
            () if accents(text) > accents(dominant) && most < ALWAYS * others => Safety::Manual,
            () if may_be_another_word(text, dominant) => Safety::Manual,
            () if is_abbreviation(text) && !is_abbreviation(dominant) && dominant.contains(char::is_uppercase) => {
                Safety::Manual
            }
            () if is_glued(text, dominant) => Safety::Unsafe,
            () if in_url(one.page, key) => Safety::Unsafe,
            () => Safety::Safe,
        };
        let meant = right.map_or(dominant, |name| &name.name);
        let fix = if there {
            let span = one.page.front.as_ref().and_then(|front| terms::removal(front, &one.term));
            let span = span.filter(|_| right.is_none());
            span.map(|span| Fix::replace(format!("remove `{text}`"), safety, &one.page.file, span, ""))
        } else {
            let new = written(one.page, &one.term, meant);
            new.map(|text| Fix::replace(format!("write `{meant}`"), safety, &one.page.file, one.term.span, text))
        };
        let draft = report.at(&one.page.file, one.term.span, message).help(help).maybe_fix(fix);
        // One list all the same, under one of the two names.
        if slug.is_some_and(|slug| slug(text) == slug(dominant)) {
            let note = "both have one list; only the name that is shown differs";
            draft.at_most(Severity::Hint).note(note).cause(format!("`{text}` for `{dominant}`")).done()
        } else {
            draft.done()
        }
    }
}

/// True for two short words of different accents (`marche`, `marché`), for two that both have some (`avô`, `avó`), and for a
/// word that the other takes apart (`recreation`, `re-creation`): each may mean what it says.
fn may_be_another_word(term: &str, other: &str) -> bool {
    const SHORT: usize = 7;
    let marks = |text: &str| text.to_lowercase().chars().filter(|c| !c.is_ascii()).collect::<String>();
    let joins = |text: &str| text.contains([' ', '-', '_']);
    let differ = marks(term) != marks(other);
    let short = !joins(term) && term.chars().count() <= SHORT;
    let both = accents(term) > 0 && accents(other) > 0;
    let is_word = || spelling::is_word(term, Language::ENGLISH) == Some(true);
    differ && (short || both) || !joins(term) && joins(other) && is_word()
}

/// True for the form that a well-known name has, where the other is that name in other capitals, or without its point.
fn is_right_form(form: &str, other: &str) -> bool {
    let is_meant = || spelling::name(other).is_some_and(|name| &*name.name == form);
    let lacks_its_point = || {
        let is_written_right = spelling::is_name(form) && spelling::name(form).is_none();
        is_written_right && form.contains(char::is_lowercase) && form.replace('.', "").eq_ignore_ascii_case(other)
    };
    let has_point = form.contains('.') && !other.contains('.');
    other.contains(char::is_uppercase)
        && if has_point { lacks_its_point() } else { form.eq_ignore_ascii_case(other) && is_meant() }
}

/// True for two things whose names differ in nothing but capitals: `ReAct` is a way to build agents, `React` a library.
fn are_two_things(forms: &[(&str, usize)]) -> bool {
    const OTHERS: [&str; 9] = ["ReAct", "GO", "RUST", "SWIFT", "BISON", "IT", "US", "WHO", "AIDS"];
    forms.iter().any(|(form, _)| OTHERS.contains(form))
        && forms.iter().any(|(form, _)| {
            form.contains(char::is_lowercase) && form.starts_with(char::is_uppercase) && !OTHERS.contains(form)
        })
}

/// True where the other form only takes capitals from a word that its writer gave them inside: `ReAct` is not `react`,
/// `VirtualMachine` no `virtual machine`. Of a well-known name the form in small letters is that name, but no other capitals are.
fn is_a_name_of_its_own(term: &str, other: &str) -> bool {
    let is_right = |word: &str| spelling::is_name(word) && spelling::name(word).is_none();
    fn words(text: &str) -> impl Iterator<Item = &str> {
        text.split(|c: char| !c.is_alphanumeric() && c != '.')
    }
    let divided = words(term).count() == 1 && words(other).count() > 1 && !other.contains(char::is_uppercase);
    divided && spelling::has_inner_capital(term) && !is_right(term)
        || term.to_lowercase() == other.to_lowercase()
            && words(term).zip(words(other)).any(|(own, other)| match spelling::name(other) {
                // Neither is right, or the better one would go.
                Some(_) if other.contains(char::is_uppercase) => true,
                _ => spelling::has_inner_capital(own) && !spelling::has_inner_capital(other) && !is_right(own),
            })
}

/// True for a few capitals: `GTD` is the right one, however often the site writes `Gtd`.
fn is_abbreviation(term: &str) -> bool {
    (2..=5).contains(&term.len()) && term.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// How many letters have an accent.
fn accents(text: &str) -> usize {
    text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic() && c.nfd().nth(1).is_some()).count()
}

/// True for names of code (`__package__`), and for texts of several terms.
fn is_another(term: &str, other: &str) -> bool {
    let code = |text: &str| text.starts_with('_') || text.ends_with('_');
    code(term) != code(other) || term.contains(',') || other.contains(',')
}

/// `css tricks` for `csstricks`: the one with blanks is easier to read.
fn is_glued(term: &str, other: &str) -> bool {
    let words = |text: &str| text.split([' ', '-', '_']).filter(|word| !word.is_empty()).count();
    term.is_ascii() && words(term) > words(other)
}

/// True for a form that is a slip itself, often as it may stand there: `Wi-FI` for `WiFi`, wide letters among narrow ones.
fn is_odd(term: &str, other: &str) -> bool {
    let capitals =
        |word: &str| word.len() > 1 && !word.contains(char::is_lowercase) && word.contains(char::is_uppercase);
    let mixed = other.contains(char::is_lowercase);
    // Of such capitals the term has but the first, and some before it.
    let is_slip = |word: &str| {
        let rest: String = word.chars().skip(1).flat_map(char::to_lowercase).collect();
        let written = word.chars().take(1).chain(rest.chars()).collect::<String>();
        capitals(word) && !term.contains(word) && term.find(&written).is_some_and(|at| at > 0)
    };
    let wide = |text: &str| text.contains(|c: char| matches!(c, '\u{ff10}'..='\u{ff5a}'));
    mixed && other.split(|c: char| !c.is_alphanumeric()).any(is_slip) || wide(other) && !wide(term)
}

/// `once`, `3 times`.
pub(super) fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

/// The new text for the place of a term.
pub(super) fn written(page: &PageFacts, term: &Term<'_>, new: &str) -> Option<String> {
    if term.alone {
        return page.front.as_ref()?.rewrite(term.scalar, new);
    }
    let word = term.exact && is_plain_safe(new, true) && !new.contains([' ', '"', '\'', '\\']);
    word.then(|| new.to_owned())
}

/// True where the term is a part of the page's address, so that another spelling would move the page.
pub(super) fn in_url(page: &PageFacts, key: &str) -> bool {
    page.place.url.as_deref().is_some_and(|url| decode(url).split('/').any(|part| folded(part) == key))
}
