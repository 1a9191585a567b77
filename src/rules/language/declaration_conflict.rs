//! language/declaration-conflict: a page says another language than the folder it lies in.
//!
//! Headers are copied from the page that is translated, with its `lang: en`. What decides is the folder, if its pages say
//! so and the text of this one agrees: a page in English among the Japanese ones may wait for its translation.

use crate::hash::Map;

use serde_json::Value;

use crate::finding::{Fix, Safety};
use crate::language::tags;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::{DeclaredBy, Kind, PageFacts, Scalar, Value as Written};
use crate::source::Span;

/// So many pages of a folder make a habit.
const PAGES: usize = 5;

struct DeclarationConflict;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(DeclarationConflict))
}

impl SiteRule for DeclarationConflict {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let folders = Folders::of(site);
        for page in site.pages.iter().filter(|page| page.checked && page.kind != Kind::Loose) {
            let Some(conflict) = folders.conflict(page) else { continue };
            let Conflict { span, tag, folder, scalar } = conflict;
            let message =
                format!("this page says `{}` and lies in `{folder}`, whose pages say `{tag}`", scalar.text.trim());
            let text = page.front.as_ref().and_then(|front| front.rewrite(scalar, tag));
            let fix = text.map(|text| Fix::replace(format!("write `{tag}`"), Safety::Safe, &page.file, span, text));
            report
                .at(&page.file, span, message)
                .note("its text is in the folder's language: the header was copied from another page")
                .help(format!("write `{tag}`"))
                .maybe_fix(fix)
                .done();
        }
    }
}

/// A page against its folder.
pub struct Conflict<'a> {
    span: Span,
    scalar: &'a Scalar,
    tag: &'a str,
    folder: &'a str,
}

/// What the pages of each folder that is named after a language say.
pub struct Folders<'a> {
    tags: Map<&'a str, &'a str>,
}

impl<'a> Folders<'a> {
    /// Of a site.
    pub fn of(site: &'a Site) -> Folders<'a> {
        let mut said: Map<&str, Map<&str, usize>> = Map::default();
        for (page, scalar) in site.pages.iter().filter_map(|page| Some((page, declared(page)?))) {
            if let Some(folder) = folder(page) {
                *said.entry(folder).or_default().entry(scalar.text.trim()).or_default() += 1;
            }
        }
        let habit = |(folder, tags): (&'a str, Map<&'a str, usize>)| {
            let all: usize = tags.values().sum();
            let (tag, count) = tags.into_iter().max_by_key(|(tag, count)| (*count, std::cmp::Reverse(*tag)))?;
            let same = tags::check(folder).language == tags::check(tag).language;
            (same && count >= PAGES && count * 3 >= all * 2).then_some((folder, tag))
        };
        Folders { tags: said.into_iter().filter_map(habit).collect() }
    }

    /// The page's conflict with its folder, if its text sides with the folder.
    pub fn conflict(&self, page: &'a PageFacts) -> Option<Conflict<'a>> {
        let scalar = declared(page)?;
        let folder = folder(page)?;
        let tag = self.tags.get(folder)?;
        let [own, others] = [scalar.text.trim(), tag].map(|tag| tags::check(tag).language);
        let text = page.language.verdict.foreign().or(page.language.recognised);
        (own.is_some() && own != others && text == others).then_some(Conflict {
            span: scalar.span,
            scalar,
            tag,
            folder,
        })
    }
}

/// The value by which a page declares its language.
fn declared(page: &PageFacts) -> Option<&Scalar> {
    let DeclaredBy::FrontMatter(span) = page.language.declared.as_ref()?.by else { return None };
    page.front.as_ref()?.keys.iter().find_map(|key| match &key.value {
        Written::Scalar(scalar) if scalar.span == span => Some(scalar),
        _ => None,
    })
}

/// The outermost folder of the path that is named after a language.
fn folder(page: &PageFacts) -> Option<&str> {
    let (folders, _) = page.path.rsplit_once('/')?;
    folders.split('/').find(|part| {
        let code = part.split(['-', '_']).next().unwrap_or_default();
        matches!(code.len(), 2 | 3) && part.len() <= 7 && tags::check(part).language.is_some()
    })
}
