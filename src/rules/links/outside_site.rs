//! links/outside-site: a relative path that climbs above the site's root.

use serde_json::Value;

use crate::discover::parent;
use crate::page::links::Link;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::destination::{Shape, decode, join_as_browsers, shape};
use crate::site::facts::PageFacts;
use crate::site::suggest::suggest;
use crate::site::suggestion::Suggestion;
use crate::site::target::Target;
use crate::site::written::leading_to;

struct OutsideSite;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(OutsideSite))
}

impl SiteRule for OutsideSite {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, link, target) in site.links() {
            if *target == Target::Outside {
                let message =
                    format!("`{}` climbs above the site's root, where nothing is published", link.destination);
                let help =
                    meant(site, page, link).unwrap_or_else(|| "start the path at the site's root: `/…`".to_owned());
                report.at(&page.file, link.place(), message).help(help).done();
            }
        }
    }
}

/// What lies under that name in the site: the folders before it are those of another place.
fn meant(site: &Site, page: &PageFacts, link: &Link) -> Option<String> {
    let Shape::Path { path, .. } = shape(&link.destination) else { return None };
    let folder = page.place.output.as_deref().map_or("/", parent);
    let path = join_as_browsers(folder, &decode(path));
    let written = |one: &Suggestion| leading_to(site, page, link, &path, &one.path).map(|right| right.destination);
    match suggest(site, page, &path, link.kind).as_slice() {
        [] => None,
        [one] => Some(format!("write `{}`", written(one)?)),
        more => {
            let all: Vec<String> = more.iter().filter_map(written).map(|one| format!("`{one}`")).collect();
            (!all.is_empty()).then(|| format!("one of these? {}", all.join(", ")))
        }
    }
}
