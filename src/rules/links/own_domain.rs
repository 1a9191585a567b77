//! links/own-domain: an absolute URL to the site's own or former address that the site does not have, or that is stale.

use serde_json::Value;

use super::missing_target::report_missing;
use crate::finding::{Fix, Safety};
use crate::page::links::{Link, LinkKind, Origin};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::destination::{Shape, shape};
use crate::site::domain;
use crate::site::facts::{Kind, PageFacts};
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
                Target::Page { .. } | Target::Generated if asks_by_number(rest) => {
                    by_number(site, page, link, rest, report);
                }
                Target::Missing { path } => report_missing(site, page, link, path, "page", report),
                // What else a service has for a blog lives on there: `/subscribe`, `/about`.
                Target::Page { page: other, .. } if domain::is_of_service(&host) && !is_post(site, *other, rest) => {}
                Target::Page { .. } | Target::Asset(_) | Target::Generated if owner == Owner::Former => {
                    stale(site, page, link, &host, rest, report);
                }
                _ => {}
            }
        }
    }
}

/// True for a post, and for the front page.
fn is_post(site: &Site, number: u32, rest: &str) -> bool {
    matches!(rest, "" | "/") || site.page(number).is_some_and(|page| page.kind == Kind::Post)
}

/// `/?p=12`: how WordPress names an article before it has an address; any other site answers with its front page.
fn asks_by_number(rest: &str) -> bool {
    number(rest).is_some()
}

fn number(rest: &str) -> Option<&str> {
    let query = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('?')?;
    let query = query.split(['#', '&']).next()?;
    let (key, number) = query.split_once('=')?;
    let known = matches!(key, "p" | "page_id" | "attachment_id");
    (known && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

/// Says that the link ends at the front page, and which page has that number, where one says so.
fn by_number(site: &Site, page: &PageFacts, link: &Link, rest: &str, report: &mut Reporter<'_>) {
    const KEYS: [&str; 5] = ["wordpress_id", "wp_id", "wpid", "post_id", "id"];
    let number = number(rest).unwrap_or_default();
    let has = |page: &&PageFacts| KEYS.iter().any(|key| page.key(key).and_then(|key| key.text()) == Some(number));
    let mut found = site.pages.iter().filter(|_| rest.contains("p=") || rest.contains("page_id=")).filter(has);
    let meant = found.next().filter(|_| found.next().is_none());
    let url = meant.and_then(|page| page.place.url.as_deref());
    // What the author wrote of the place in the page is not lost: without such a heading there they have to look.
    let fragment = rest.split_once('#').map_or("", |(_, fragment)| fragment);
    let lacks = |page: &PageFacts| site.number_of(&page.path).is_none_or(|number| site.lacks(number, fragment));
    let is_kept = fragment.is_empty() || meant.is_some_and(|page| !lacks(page));
    let fix = url.filter(|_| is_kept).and_then(|url| {
        let url = if fragment.is_empty() { url.to_owned() } else { format!("{url}#{fragment}") };
        let url = whole(site, link, &url);
        let text = link.rewrite(&url)?;
        Some(Fix::replace(format!("write `{url}`"), Safety::Safe, &page.file, link.span, text))
    });
    let message =
        format!("`{}` asks WordPress for an article by its number; here it ends at the front page", link.destination);
    let help = match url {
        Some(url) => format!("write `{url}`, the page with this number"),
        None => "write the address of the page that was meant".to_owned(),
    };
    report.at(&page.file, link.place(), message).help(help).maybe_fix(fix).done();
}

/// The page is still there; the link goes through the address that the site has left.
fn stale(site: &Site, page: &PageFacts, link: &Link, host: &str, rest: &str, report: &mut Reporter<'_>) {
    let path = if rest.is_empty() { "/" } else { rest };
    let new = whole(site, link, &format!("{}{path}", site.model.settings().base_path));
    let fix = link
        .rewrite(&new)
        .map(|text| Fix::replace(format!("write `{new}`"), Safety::Safe, &page.file, link.span, text));
    report
        .at(&page.file, link.place(), format!("`{host}` is a former address of this site, and the page is here"))
        .help(format!("write `{new}`"))
        .maybe_fix(fix)
        .done();
}

/// The address with its host where only a whole one is a link: between `<` and `>`, or alone in the text.
fn whole(site: &Site, link: &Link, path: &str) -> String {
    match &site.model.settings().url {
        Some(url) if matches!(link.origin, Origin::Autolink | Origin::Bare) => format!("{url}{path}"),
        _ => path.to_owned(),
    }
}
