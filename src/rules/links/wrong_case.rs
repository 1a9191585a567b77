//! links/wrong-case: the path exists in another letter case or Unicode form.

use serde_json::Value;
use unicode_normalization::is_nfc;

use crate::finding::{Fix, Safety};
use crate::page::links::{Link, LinkKind};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::PageFacts;
use crate::site::index::url_of;
use crate::site::suggest;
use crate::site::target::Target;

struct WrongCase(LinkKind);

/// Makes the rule for links.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(WrongCase(LinkKind::Link)))
}

/// Makes the rule for images.
pub fn make_for_images(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(WrongCase(LinkKind::Image)))
}

impl SiteRule for WrongCase {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, link, target) in site.links().filter(|(_, link, _)| link.kind == self.0) {
            if let Target::WrongCase(names) = target {
                one(page, link, &names.path, &names.found, report);
            }
        }
    }
}

fn one(page: &PageFacts, link: &Link, path: &str, found: &str, report: &mut Reporter<'_>) {
    let message = if path.to_lowercase() == found.to_lowercase() || path.to_lowercase() == url_of(found).to_lowercase()
    {
        format!(
            "`{}` is named `{}` on disk: other upper and lower case",
            link.destination,
            suggest::short(url_of(found))
        )
    } else {
        let form = |text: &str| if is_nfc(text) { "composed (NFC)" } else { "decomposed (NFD)" };
        format!("the file on disk is named in another Unicode form: {} here, {} on disk", form(path), form(found))
    };
    let new = suggest::respell(&link.destination, found);
    let fix = new
        .as_deref()
        .and_then(|new| link.rewrite(new))
        .map(|text| Fix::replace("write the name as it is on disk", Safety::Safe, &page.file, link.span, text));
    report
        .at(&page.file, link.place(), message)
        .note("it works on a Mac or Windows machine, and is a 404 on the server")
        .help("write the name exactly as it is on disk")
        .maybe_fix(fix)
        .done();
}
