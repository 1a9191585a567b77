//! Runs the checks that rule files state without code: the closed list of [`Kind`].
//!
//! A rule of `scope: page` sees one page with its text, a rule of `scope: site` the facts of every page. Everything is
//! prepared when the run starts (regular expressions compiled once, with a limit on their size), so that a page costs no
//! more than looking.

mod dates;
mod front_matter;
mod message;
mod pairs;
mod select;
mod urls;
mod values;
mod words;

use std::collections::BTreeMap;

use serde_json::Value;

use self::select::{Item, Place};
pub use self::urls::is_retired;
use super::format::{Kind, RuleMeta, Scope, Selector, Statement};
use super::rule::{Code, PageRule, Reporter, SiteRule};
use crate::finding::Safety;
use crate::rules::format::FixKind;
use crate::rules::page::Page;
use crate::site::Site;

/// A rule's statements, ready to run.
pub struct Declarative {
    statements: Vec<Prepared>,
    safety: Option<Safety>,
}

/// A statement with whatever it needs compiled.
struct Prepared {
    statement: Statement,
    tool: Tool,
}

/// What a kind prepares.
enum Tool {
    Nothing,
    Pattern(regex::Regex),
    Words(words::Words),
    Urls(urls::List),
    Dates(dates::Range),
}

/// Makes a rule from its file and its options.
///
/// # Errors
/// A malformed or too large regular expression, a date that is none, a place that the rule's scope cannot see.
pub fn compile(rule: &RuleMeta, options: &BTreeMap<String, Value>) -> Result<Declarative, String> {
    let statements = rule.check.statements(options)?;
    let statements = statements.into_iter().map(|statement| prepare(rule, statement)).collect::<Result<_, _>>()?;
    let safety = match rule.fix {
        FixKind::None => None,
        FixKind::Safe => Some(Safety::Safe),
        FixKind::Unsafe => Some(Safety::Unsafe),
    };
    Ok(Declarative { statements, safety })
}

/// The same as code that the engine runs.
///
/// # Errors
/// As [`compile`]; when the options are no table.
pub fn code(rule: &RuleMeta, options: &Value) -> Result<Code, String> {
    let options = options.as_object().ok_or("the options are no table")?;
    let options = options.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let declarative = compile(rule, &options)?;
    match rule.scope {
        Scope::Page => Ok(Code::page(declarative)),
        Scope::Site => Ok(Code::site(declarative)),
        Scope::Network => Err("a rule without code cannot ask the network: write `scope: page` or `site`".to_owned()),
    }
}

fn prepare(rule: &RuleMeta, statement: Statement) -> Result<Prepared, String> {
    let places = places(&statement.kind);
    let needs_text = |place: &&Selector| matches!(place, Selector::Text | Selector::Headings);
    if rule.scope == Scope::Site && places.iter().any(needs_text) {
        return Err("`body.text` and `body.headings` need `scope: page`".to_owned());
    }
    let tool = match &statement.kind {
        Kind::Pattern(pattern) => Tool::Pattern(words::regex(&pattern.matches, false)?),
        Kind::Forbidden(forbidden) => match &forbidden.pattern {
            Some(pattern) => Tool::Pattern(words::regex(pattern, forbidden.ignore_case)?),
            None => Tool::Words(words::Words::new(&forbidden.values, forbidden.ignore_case)?),
        },
        Kind::Substitute(_) if rule.scope == Scope::Site => return Err("`substitute` needs `scope: page`".to_owned()),
        Kind::Substitute(substitute) => Tool::Words(words::Words::new(substitute.swap.keys(), substitute.ignore_case)?),
        Kind::UrlList(list) => Tool::Urls(urls::List::new(list)?),
        Kind::Date(date) => Tool::Dates(dates::Range::new(date)?),
        Kind::FileExists(_) if rule.scope == Scope::Page => return Err("`file_exists` needs `scope: site`".to_owned()),
        Kind::Required(required)
            if !required.keys.is_empty() && !matches!(required.place, Selector::FrontMatter(_)) =>
        {
            return Err("`keys` belongs to `in: front-matter`".to_owned());
        }
        Kind::Type(_) if places.iter().any(|place| !matches!(place, Selector::FrontMatter(_))) => {
            return Err("`type` is about front matter: write `in: front-matter.<key>`".to_owned());
        }
        _ => Tool::Nothing,
    };
    Ok(Prepared { statement, tool })
}

fn places(kind: &Kind) -> Vec<&Selector> {
    match kind {
        Kind::Required(k) => vec![&k.place],
        Kind::Unique(k) => vec![&k.place],
        Kind::Match(k) => vec![&k.place, &k.with],
        Kind::Forbidden(k) => k.places.all().iter().collect(),
        Kind::Type(k) => k.places.all().iter().collect(),
        Kind::OneOf(k) => k.places.all().iter().collect(),
        Kind::Pattern(k) => k.places.all().iter().collect(),
        Kind::Length(k) => k.places.all().iter().collect(),
        Kind::Date(k) => k.places.all().iter().collect(),
        Kind::Substitute(k) => k.places.all().iter().collect(),
        Kind::FileExists(k) => k.places.all().iter().collect(),
        Kind::UrlList(k) => k.places.all().iter().collect(),
    }
}

impl Declarative {
    /// Everything that can be said of one page; `site` where it is known.
    fn page(&self, place: &Place<'_>, site: Option<&Site>, report: &mut Reporter<'_>) {
        for Prepared { statement, tool } in &self.statements {
            let mut told = message::Told { statement, file: &place.facts.file, safety: self.safety, report };
            match (&statement.kind, tool) {
                (Kind::Required(kind), _) => front_matter::required(kind, place, &mut told),
                (Kind::Type(kind), _) => front_matter::typed(kind, place, &mut told),
                (Kind::Forbidden(kind), tool) => values::forbidden(kind, tool, place, &mut told),
                (Kind::OneOf(kind), _) => values::one_of(kind, place, &mut told),
                (Kind::Pattern(kind), Tool::Pattern(regex)) => values::pattern(kind, regex, place, &mut told),
                (Kind::Length(kind), _) => values::length(kind, place, &mut told),
                (Kind::Date(kind), Tool::Dates(range)) => dates::check(kind, range, place, &mut told),
                (Kind::Substitute(kind), Tool::Words(words)) => values::substitute(kind, words, place, &mut told),
                (Kind::UrlList(kind), Tool::Urls(list)) => urls::check(kind, list, place, &mut told),
                (Kind::Match(kind), _) => pairs::matching(kind, place, &mut told),
                (Kind::Unique(kind), _) if site.is_none() => {
                    pairs::unique(kind, std::iter::once(place.facts), Some(place), &mut told);
                }
                (Kind::FileExists(kind), _) => {
                    if let Some(site) = site {
                        pairs::file_exists(kind, place, site, &mut told);
                    }
                }
                _ => {}
            }
        }
    }
}

impl PageRule for Declarative {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        self.page(&Place { facts: page.facts, page: Some(page) }, None, report);
    }
}

impl SiteRule for Declarative {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let pages = || site.pages.iter().filter(|page| page.checked);
        for facts in pages() {
            self.page(&Place { facts, page: None }, Some(site), report);
        }
        for Prepared { statement, .. } in &self.statements {
            if let Kind::Unique(kind) = &statement.kind {
                let file = "".into();
                let mut told = message::Told { statement, file: &file, safety: self.safety, report };
                pairs::unique(kind, pages(), None, &mut told);
            }
        }
    }
}

/// Each value at the places, in their order.
fn each<'a>(places: &[Selector], place: &Place<'a>, mut act: impl FnMut(Item<'a>)) {
    places.iter().flat_map(|selector| place.items(selector)).for_each(&mut act);
}
