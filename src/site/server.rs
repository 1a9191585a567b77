//! What a server answers with at a path of the site.

use super::Site;
use super::destination;
use super::facts::Published;
use super::index::{Entry, last_name};
use super::target::{Respelt, Target, Unknown};

/// Asks for an output file as a server does: the file, the file with `.html`, the folder's index.
#[must_use]
pub fn look_up(site: &Site, path: &str, fragment: Option<&str>) -> Target {
    let settings = site.model.settings();
    let asked: &[&str] = match path.ends_with('/') {
        true => &["index.html"],
        false if settings.extensionless || site.redirects.extensionless => &["", ".html", "/index.html"],
        false => &["", "/index.html"],
    };
    // One buffer for all: nearly every link of a site comes through here.
    let mut output = String::with_capacity(path.len() + "/index.html".len());
    output.push_str(path);
    for ending in asked {
        output.truncate(path.len());
        output.push_str(ending);
        if let Some(entry) = site.index.get(&output) {
            let found = of_entry(site, entry, fragment);
            let redirected = || matches!(found, Target::Unpublished(_)) && site.redirects.cover(path);
            return if redirected() { Target::Generated } else { found };
        }
    }
    // Hosts answer the address of a former page without its ending, too.
    if !path.ends_with('/') && matches!(site.index.get(&[path, ".html"].concat()), Some(Entry::Alias(..))) {
        return Target::Generated;
    }
    if site.redirects.slashes
        && let Some(bare) = path.strip_suffix('/').filter(|bare| !bare.is_empty())
        && let Some(entry) = site.index.get(&[bare, ".html"].concat())
    {
        return of_entry(site, entry, fragment);
    }
    if site.model.generates(path) || destination::is_of_search(path) || site.redirects.cover(path) {
        return Target::Generated;
    }
    // A redirect is written for the hosts that the site has: nearly all find `/old.html` for `/old`, too.
    output.truncate(path.len());
    output.push_str(".html");
    if matches!(site.index.get(&output), Some(Entry::Alias(..))) {
        return Target::Generated;
    }
    if settings.folders {
        let bare = path.trim_end_matches('/');
        if site.has_output_folder(bare) {
            return Target::Generated;
        }
        // A code host takes the slash off.
        if let Some(entry) = site.index.get(bare) {
            return of_entry(site, entry, fragment);
        }
    }
    if let Some(other) = site.model.stands_in(path)
        && let found @ (Target::Page { .. } | Target::Asset(_) | Target::Generated) = look_up(site, &other, fragment)
    {
        return found;
    }
    match asked.iter().find_map(|ending| site.index.alike(&[path, ending].concat())) {
        Some(found) => Target::WrongCase(Box::new(Respelt { path: path.to_owned(), found: found.to_owned() })),
        None if !destination::is_image(path)
            && (site.redirects.may_cover(path, || site.index.named(last_name(path))) || site.may_be_made(path)) =>
        {
            Target::Unchecked(Unknown::MadePages)
        }
        None => Target::Missing { path: path.into() },
    }
}

fn of_entry(site: &Site, entry: &Entry, fragment: Option<&str>) -> Target {
    match entry {
        Entry::Page(page) => of_page(site, *page, fragment),
        Entry::Asset(file) => Target::Asset(file.clone()),
        Entry::Alias(..) => Target::Generated,
    }
}

pub(super) fn of_page(site: &Site, number: u32, fragment: Option<&str>) -> Target {
    match site.page(number).map(|page| page.place.published) {
        Some(Published::Yes) | None => Target::Page { page: number, fragment: fragment.map(Into::into) },
        Some(Published::Elsewhere) => Target::Generated,
        Some(_) => Target::Unpublished(number),
    }
}
