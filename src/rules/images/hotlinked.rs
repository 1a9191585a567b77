//! images/hotlinked: an image that another site serves.

use serde::Deserialize;
use serde_json::Value;

use crate::page::links::LinkKind;
use crate::rules::rule::{Code, Reporter, SiteRule, options};
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::target::Target;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hotlinked {
    allow: Vec<String>,
}

/// Makes the rule.
pub fn make(value: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(options::<Hotlinked>(value)?))
}

impl SiteRule for Hotlinked {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, link, target) in site.links() {
            if link.kind != LinkKind::Image || *target != Target::External {
                continue;
            }
            let Shape::Web { host, .. } = shape(&link.destination) else { continue };
            if self.allow.iter().any(|allowed| is_below(&host, allowed)) {
                continue;
            }
            report
                .at(&page.file, link.place(), format!("the image is loaded from `{host}`, which may remove it any day"))
                .note("its owner sees every reader of this page, and decides what they are shown")
                .help("save the image in the site, if its licence allows it; or name the host in `allow`")
                .done();
        }
    }
}

/// True for the host itself and the hosts below it.
fn is_below(host: &str, allowed: &str) -> bool {
    host.strip_suffix(allowed).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
