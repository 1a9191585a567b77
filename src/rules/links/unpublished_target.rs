//! links/unpublished-target: a page that readers see links to one that they do not.

use serde_json::Value;

use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::Published;
use crate::site::target::Target;
use crate::source::Span;

struct UnpublishedTarget;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(UnpublishedTarget))
}

impl SiteRule for UnpublishedTarget {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, link, target) in site.links().filter(|(page, ..)| page.is_published()) {
            let Target::Unpublished(number) = target else { continue };
            let Some(other) = site.page(*number) else { continue };
            let what = match other.place.published {
                Published::Yes | Published::Elsewhere => continue,
                Published::Draft => "is a draft",
                Published::Future => "has a date in the future, so the generator does not publish it yet",
                Published::Expired => "has expired, so the generator no longer publishes it",
                Published::Never => "is not published",
            };
            report
                .at(&page.file, link.place(), format!("`{}` leads to a page that {what}", link.destination))
                .help("publish that page too, or remove the link")
                .related(&other.file, Span::FILE, "the page that is linked to")
                .done();
        }
    }
}
