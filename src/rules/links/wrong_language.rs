//! links/wrong-language: a link to another language's page, where the page's own language has it too.

use serde_json::Value;

use crate::finding::Safety;
use crate::page::links::LinkKind;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::index::url_of;
use crate::site::target::Target;
use crate::site::translation::{counterpart, tag};
use crate::site::written::leading_to;

struct WrongLanguage;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(WrongLanguage))
}

impl SiteRule for WrongLanguage {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let languages = &site.model.settings().languages;
        if languages.len() < 2 {
            return;
        }
        for (page, link, target) in
            site.links().filter(|(_, link, _)| link.kind == LinkKind::Link && !link.is_dynamic())
        {
            let Target::Page { page: number, .. } = target else { continue };
            let (Some(own), Some(other)) = (tag(page), site.page(*number)) else { continue };
            let Some(theirs) = tag(other).filter(|theirs| !theirs.eq_ignore_ascii_case(own)) else { continue };
            // What is written as a source file's path is resolved by the generator, which knows its languages.
            if !matches!(shape(&link.destination), Shape::Path { path, .. } if path.starts_with('/')) {
                continue;
            }
            let Some(right) = counterpart(site, other, own) else { continue };
            // From a page to its own translation: a reader who wants the other language.
            if right.file == page.file || right.file == other.file {
                continue;
            }
            let Some(output) = right.place.output.as_deref() else { continue };
            let right = leading_to(site, page, link, "", url_of(output));
            let help = right.as_ref().map(|right| format!("write `{}`", right.destination));
            let fix = right.map(|right| right.fix(page, Safety::Safe));
            report
                .at(
                    &page.file,
                    link.place(),
                    format!(
                        "this page is in `{own}` and the link leads to a page in `{theirs}`, which `{own}` has too"
                    ),
                )
                .help(help.unwrap_or_else(|| format!("link to `{}`", url_of(output))))
                .maybe_fix(fix)
                .done();
        }
    }
}
