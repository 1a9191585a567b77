//! links/outside-site: a relative path that climbs above the site's root.

use serde_json::Value;

use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::target::Target;

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
                let help = "start the path at the site's root: `/…`";
                report.at(&page.file, link.place(), message).help(help).done();
            }
        }
    }
}
