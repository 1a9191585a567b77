//! From a link to its target, by what kind of link it is.

use super::destination::{self, Shape};
use super::facts::PageFacts;
use super::follow::{evaluated, or_malformed, resolve_text, resolve_written};
use super::target::{Target, Unknown};
use super::{Site, backslashes, front_images};
use crate::discover::parent;
use crate::generators::{Evaluated, Sources};
use crate::page::links::{HtmlPlace, Link, LinkKind, Origin};

/// Resolves one link of a page.
#[must_use]
pub fn resolve(site: &Site, page: &PageFacts, link: &Link) -> Target {
    let target = resolve_as_configured(site, page, link);
    match target {
        Target::Missing { .. } | Target::NoSource { .. } | Target::Outside
            if let Some(found) = backslashes::as_browsers_read(site, page, link) =>
        {
            found
        }
        // The configuration may move every page and every file.
        Target::Missing { .. }
        | Target::NoSource { .. }
        | Target::WrongCase(_)
        | Target::Outside
        | Target::Unpublished(_)
        | Target::Page { fragment: Some(_), .. }
            if site.model.settings().unreadable =>
        {
            Target::Unchecked(Unknown::Configuration)
        }
        Target::Missing { .. } | Target::NoSource { .. } | Target::WrongCase(_) | Target::Outside
            if site.model.settings().changes.may_move(link) && !leads_to_no_source(site, page, link) =>
        {
            Target::Unchecked(Unknown::Rewritten)
        }
        // Wherever the page is published, such code looks for the file beside its source.
        Target::Unchecked(Unknown::PageAddress) if leads_to_no_source(site, page, link) => {
            let path = destination::join_as_browsers(
                &format!("/{}", parent(&page.path)),
                &destination::decode(&link.destination),
            );
            Target::Missing { path: path.into() }
        }
        // The link may lead to another page of that name, or that page have other headings.
        Target::Page { page, fragment: Some(_) } if is_moved(site, link) => Target::Page { page, fragment: None },
        Target::Missing { .. } | Target::NoSource { .. } | Target::Malformed | Target::Outside
            if !link.is_dynamic()
                && (destination::is_to_be_filled_in(&link.destination)
                    || destination::is_video_id(&link.destination)) =>
        {
            Target::Unchecked(Unknown::Template)
        }
        target => target,
    }
}

/// True for a relative link that code of the site's own takes for the path of a source file, and that names none.
fn leads_to_no_source(site: &Site, page: &PageFacts, link: &Link) -> bool {
    let changes = &site.model.settings().changes;
    let Shape::Path { path, .. } = destination::shape(&link.destination) else { return false };
    if !changes.from_sources || changes.text || link.kind == LinkKind::Image || !path.starts_with('.') {
        return false;
    }
    let folder = format!("/{}", parent(&page.path));
    let Some(joined) = destination::join(&folder, &destination::decode(path)) else { return true };
    let file = joined.trim_matches('/');
    let ends = ["", ".md", ".mdx", "/index.md", "/index.mdx"];
    !ends.iter().any(|end| site.has(&format!("{file}{end}"))) && !site.has_folder(file)
}

/// True where code of the site's own may lead a fragment to another heading than the source says.
fn is_moved(site: &Site, link: &Link) -> bool {
    let changes = &site.model.settings().changes;
    changes.may_move(link) && (changes.text || !link.destination.starts_with('#'))
}

fn resolve_as_configured(site: &Site, page: &PageFacts, link: &Link) -> Target {
    if let Some(said) = site.model.link(link, page, site) {
        return or_malformed(evaluated(site, page, said), &destination::decode(&link.destination));
    }
    match &link.origin {
        // What a module is called is no address.
        Origin::Import { .. } => return Target::Scheme,
        Origin::FrontMatter { .. } if link.kind == LinkKind::Link => {
            return resolve_written(site, page, &link.destination, false);
        }
        Origin::FrontMatter { key } => return front_images::resolve(site, page, key, &link.destination),
        Origin::Tag { name } => {
            return evaluated(site, page, site.model.tag_link(name, &link.destination, page, site));
        }
        Origin::Parameter { key } => return front_images::resolve_parameter(site, page, key, &link.destination),
        _ => {}
    }
    if link.origin == Origin::WikiLink {
        let target = evaluated(site, page, site.model.wiki_link(&link.destination, page, site));
        return if site.model.settings().unknown_generator { Target::Unchecked(Unknown::Generator) } else { target };
    }
    if link.origin == Origin::Email {
        return Target::Scheme;
    }
    if link.origin == Origin::Bare {
        // The generator adds the scheme of `www.example.org` itself.
        return Target::External;
    }
    if link.is_dynamic() {
        return match site.model.evaluate(&link.destination, page, site) {
            Evaluated::Destination(destination) => resolve_text(site, page, &destination),
            other => evaluated(site, page, other),
        };
    }
    // Code hosts and editors of notes show no `<script>` and no `<link>`.
    let dropped = |place: &HtmlPlace| matches!(place.tag, "script" | "link");
    if matches!(&link.origin, Origin::Html(place) if dropped(place)) && site.model.settings().folders {
        return Target::Scheme;
    }
    let html = matches!(link.origin, Origin::Html(_));
    if link.kind == LinkKind::Image
        && (html || matches!(link.origin, Origin::Inline | Origin::Reference { .. }))
        && let Some(image) = site.model.image_link(&link.destination, html, page, site)
    {
        return evaluated(site, page, image);
    }
    let raw_html = matches!(link.origin, Origin::Html { .. }) && site.model.settings().html_is_written_as_it_is;
    resolve_written(site, page, &link.destination, !raw_html)
}
