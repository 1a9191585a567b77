//! What a site's redirects do to its addresses: they stand over pages, under pages, or lead in a circle. A part of
//! site/duplicate-url, which see.

use crate::hash::Set;
use std::collections::BTreeMap;

use super::claims::place;
use crate::finding::{Confidence, Severity};
use crate::rules::rule::Reporter;
use crate::site::Site;
use crate::site::index::{Entry, url_of};
use crate::site::redirects::Redirect;
use crate::site::server::look_up;
use crate::site::target::Target;

/// A redirect from an address that the site publishes.
pub fn over_pages(site: &Site, report: &mut Reporter<'_>) {
    let mut told: Set<String> = Set::default();
    for redirect in site.redirects.all.iter().filter(|redirect| redirect.is_plain()) {
        let Some(from) = redirect.from.exact() else { continue };
        let Some((output, entry)) = published_at(site, &from) else { continue };
        let entry_page = if let Entry::Page(page) = entry { Some(*page) } else { None };
        let unseen = entry_page
            .is_some_and(|page| !site.page(page).is_some_and(|page| page.is_published() && !page.place.doubtful));
        // `/about.html` to `/about` is one page by two names.
        let same = redirect.target().is_some_and(|to| {
            let to = if to.is_empty() { "/".to_owned() } else { format!("/{to}") };
            matches!(look_up(site, &to, None), Target::Page { page, .. } if Some(page) == entry_page)
        });
        let unseen = unseen || is_another_address(site, redirect, &from, &output);
        if unseen || same || matches!(entry, Entry::Alias(..)) || redirect.target() == Some(from.as_str()) {
            continue;
        }
        // `/a` and `/a/` are one address.
        if !told.insert(output.clone()) {
            continue;
        }
        let (file, span) = place(site, entry);
        let what = if entry_page.is_some() { "page" } else { "file" };
        let note = match goes_first(site, redirect) {
            true => format!("the redirect wins: nobody sees the {what}"),
            false => format!("the {what} wins: nobody is redirected"),
        };
        let message = format!("this redirect and the {what} `{file}` both claim `{}`", url_of(&output));
        let draft = report
            .at(&redirect.file, redirect.span, message)
            .related(&file, span, "claims the same URL")
            .note(note)
            .confidence(Confidence::Medium);
        // Who writes `301!` means the redirect to win.
        match redirect.forced && redirect.file.ends_with("_redirects") {
            true => draft.at_most(Severity::Hint).help("the page can go, or be kept as a draft").done(),
            false => draft.help("remove one of the two").done(),
        }
    }
}

/// What the site publishes at the address of a redirect.
fn published_at<'s>(site: &'s Site, from: &str) -> Option<(String, &'s Entry)> {
    let outputs = [format!("/{from}"), format!("/{from}/index.html")];
    outputs.into_iter().find_map(|output| site.index.get(&output).map(|entry| (output, entry)))
}

/// True when the host asks for the redirect before it looks for a file.
fn goes_first(site: &Site, redirect: &Redirect) -> bool {
    redirect.forced || is_cloudflare(site, redirect)
}

/// Cloudflare asks `_redirects` first and looks for files then.
fn is_cloudflare(site: &Site, redirect: &Redirect) -> bool {
    redirect.file.ends_with("_redirects") && site.redirects.cloudflare
}

/// True for `/about` where the page is `/about/`, and the other way round, with a host that takes both as they are written.
fn is_another_address(site: &Site, redirect: &Redirect, from: &str, output: &str) -> bool {
    let ends_in_slash = redirect.span.len() > from.len() + 1;
    is_cloudflare(site, redirect) && !from.is_empty() && ends_in_slash != url_of(output).ends_with('/')
}

/// Redirects whose targets lead back to themselves.
pub fn circles(site: &Site, report: &mut Reporter<'_>) {
    let is_page = |redirect: &Redirect, from: &str| {
        !goes_first(site, redirect) && matches!(published_at(site, from), Some((_, Entry::Page(_) | Entry::Asset(_))))
    };
    for circle in site.redirects.circles(is_page) {
        let Some(first) = circle.first() else { continue };
        let name = |redirect: &Redirect| format!("`/{}`", redirect.from.exact().unwrap_or_default());
        let mut way: Vec<String> = circle.iter().map(|redirect| name(redirect)).collect();
        way.push(name(first));
        report
            .at(&first.file, first.span, format!("these redirects lead in a circle: {}", way.join(" to ")))
            .note("browsers give up after a while and show an error")
            .help("let one of them lead to a page")
            .done();
    }
}

/// Two pages whose addresses differ in capitals alone.
pub fn capitals(site: &Site, report: &mut Reporter<'_>) {
    let mut folded: BTreeMap<String, u32> = BTreeMap::new();
    let upper = |output: &str| output.bytes().any(|b| b.is_ascii_uppercase());
    for (number, page) in (0u32..).zip(&site.pages).filter(|(_, page)| page.is_published()) {
        let Some(output) = page.place.output.as_deref().filter(|output| upper(output)) else { continue };
        let lower = output.to_ascii_lowercase();
        let plain = if let Some(Entry::Page(other)) = site.index.get(&lower) { Some(*other) } else { None };
        let other = plain.or_else(|| folded.get(&lower).copied());
        folded.entry(lower).or_insert(number);
        let Some(other) = other.and_then(|other| site.page(other)).filter(|other| other.is_published()) else {
            continue;
        };
        if other.place.output == page.place.output {
            continue;
        }
        let (file, span) = place(site, &Entry::Page(number));
        let theirs = other.place.output.as_deref().map(url_of).unwrap_or_default();
        let message = format!("`{}` and `{theirs}` of `{}` differ in capitals alone", url_of(output), other.path);
        report
            .at(&file, span, message)
            .related(&other.file, crate::source::Span::FILE, "the other page")
            .note("on a disk or host that ignores capitals one overwrites the other")
            .help("give one of them another address")
            .confidence(Confidence::Medium)
            .done();
    }
}
