//! links/own-domain: an absolute URL to the site's own or former address that the site does not have, or that is stale.

use serde_json::Value;

use super::missing_page::report_missing;
use crate::finding::{Fix, Safety};
use crate::page::links::{Link, LinkKind};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::facts::PageFacts;
use crate::site::hosts::Owner;
use crate::site::target::Target;

struct OwnDomain;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(OwnDomain))
}

impl SiteRule for OwnDomain {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, link, target) in site.links().filter(|(_, link, _)| link.kind == LinkKind::Link) {
            // Most links lead elsewhere, and need no second look.
            if matches!(target, Target::External | Target::Scheme | Target::Unchecked(_)) {
                continue;
            }
            let Shape::Web { host, rest } = shape(&link.destination) else { continue };
            let Some(owner) = site.hosts.of(&host) else { continue };
            match target {
                Target::Missing { path } => report_missing(site, page, link, path, "page", report),
                Target::Page { .. } | Target::Asset(_) | Target::Generated if owner == Owner::Former => {
                    stale(site, page, link, &host, rest, report);
                }
                _ => {}
            }
        }
    }
}

/// The page is still there; the link goes through the address that the site has left.
fn stale(site: &Site, page: &PageFacts, link: &Link, host: &str, rest: &str, report: &mut Reporter<'_>) {
    let path = if rest.is_empty() { "/" } else { rest };
    let new = format!("{}{path}", site.model.settings().base_path);
    let fix = link
        .rewrite(&new)
        .map(|text| Fix::replace(format!("write `{new}`"), Safety::Safe, &page.file, link.span, text));
    report
        .at(&page.file, link.place(), format!("`{host}` is a former address of this site, and the page is here"))
        .help(format!("write `{new}`"))
        .maybe_fix(fix)
        .done();
}
