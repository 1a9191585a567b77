//! A page or file of the name that is asked for, in another place: moved there, or only called alike.

use super::Site;
use super::destination;
use super::facts::PageFacts;
use super::index::{Entry, folder_of, last_name, url_of};
use super::server::look_up;
use super::suggestion::{Suggestion, as_read};
use super::target::Target;
use crate::discover::{file_name, first_part, parent};

/// The page whose source file lies at the path that is asked for, and which is published elsewhere: a `slug`, a `permalink`.
pub(super) fn source_at(site: &Site, from: &PageFacts, path: &str) -> Option<Suggestion> {
    let bare = path.trim_matches('/');
    let bare = bare.strip_suffix(".html").unwrap_or(bare);
    // In a folder that nothing builds the files themselves are asked for.
    if !bare.contains('/') || site.model.settings().folders {
        return None;
    }
    if destination::is_image(bare) {
        return None;
    }
    let endings = &site.generator.data().markdown;
    let mut file = String::new();
    let mut source = |folder: &str| {
        for name in ["", "/index", "/_index"] {
            for ending in endings {
                file.clear();
                for part in [folder, if folder.is_empty() { "" } else { "/" }, bare, name, ".", ending.as_str()] {
                    file.push_str(part);
                }
                if let Some(number) = site.number_of(&file) {
                    return site.page(number);
                }
            }
        }
        None
    };
    // Addresses begin at the root of what is published, which is the root of the sources or one folder of it.
    let first = from.path.split_once('/').map(|(first, _)| first);
    let page = source("").or_else(|| source(first?)).filter(|page| page.is_published())?;
    let output = page.place.output.as_deref()?;
    let url = url_of(output);
    Some(Suggestion {
        path: url.to_owned(),
        why: format!("the source file lies there, and the site publishes it at `{}`", as_read(site, url)),
        certain: true,
    })
}

/// The pages in a folder that has none of its own.
fn inside<'s>(site: &'s Site, folder: &'s str) -> impl Iterator<Item = &'s str> {
    let is_page = |output: &&str| match site.index.get(output) {
        Some(Entry::Page(number)) => site.page(*number).is_some_and(PageFacts::is_published),
        _ => false,
    };
    let folder = Some(folder).filter(|folder| !folder.is_empty() && site.has_output_folder(folder));
    folder.into_iter().flat_map(|folder| site.index.in_folder(folder)).filter(is_page)
}

/// What a folder without a page of its own holds: the page that is called as it is, or the only one.
pub(super) fn in_that_folder(site: &Site, path: &str) -> Option<Suggestion> {
    let folder = path.trim_end_matches('/');
    let pages: Vec<&str> = inside(site, folder).collect();
    let name = without_number(file_name(folder));
    let named = pages.iter().find(|output| without_number(last_name(output)) == name);
    let output = named.or_else(|| pages.first().filter(|_| pages.len() == 1))?;
    Some(Suggestion {
        path: url_of(output).to_owned(),
        why: "the folder has no page of its own, and this one lies in it".to_owned(),
        certain: false,
    })
}

/// True where none of what is called so lies in a folder that has the name of one that is asked for.
pub(super) fn is_alone_in_its_name(path: &str, found: &[&str]) -> bool {
    let asked = || parent(path.trim_end_matches('/')).split('/').filter(|folder| !folder.is_empty());
    let is_asked = |folder: &str| asked().any(|one| one.eq_ignore_ascii_case(folder));
    asked().next().is_some() && !found.iter().any(|output| folder_of(output).split('/').any(is_asked))
}

/// `3-insights` is `insights`.
fn without_number(name: &str) -> &str {
    name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', '.', ' '])
}

/// True where the only page or file of a name may be another than the one that is asked for: a page in another part of
/// the site than the section that is named and has pages, a file of another page's folder.
pub(super) fn may_be_another(site: &Site, from: &PageFacts, path: &str, output: &str) -> bool {
    let url = url_of(output);
    match site.index.get(output) {
        Some(Entry::Page(_)) => {
            let asked = path.trim_end_matches('/');
            inside(site, asked).next().is_some()
                || first_part(path) != first_part(url) && names_a_section(site, from, parent(asked))
        }
        _ => !shares_a_folder(path, url) && !is_of(from, output),
    }
}

/// True for a folder of several pages which is neither a date nor where the page itself is, of which a relative link says nothing.
fn names_a_section(site: &Site, from: &PageFacts, folder: &str) -> bool {
    let own = from.place.output.as_deref().unwrap_or_default();
    let is_date = file_name(folder).bytes().all(|byte| byte.is_ascii_digit());
    folder != parent(own) && folder != folder_of(own) && !is_date && inside(site, folder).nth(1).is_some()
}

/// True for two paths of one file below folders of one name, or of which one is the other without its first folders.
fn shares_a_folder(path: &str, url: &str) -> bool {
    let (asked, own) = (parent(path), parent(url));
    asked.ends_with(own) || own.ends_with(asked) || file_name(asked) == file_name(own)
}

/// True for a file that is published beside the page, or below the folder that is the page's alone.
fn is_of(page: &PageFacts, output: &str) -> bool {
    page.place.output.as_deref().is_some_and(|own| {
        let folder = parent(own);
        let below = |rest: &str| rest.starts_with('/');
        folder == parent(output)
            || folder_of(own) == parent(output)
            || own.ends_with("/index.html") && !folder.is_empty() && output.strip_prefix(folder).is_some_and(below)
    })
}

/// `/index.md`, `/_index.md`: the page at the root, by the name that its source file has.
pub(super) fn home(site: &Site, path: &str) -> Option<Suggestion> {
    let named = matches!(path, "/index.md" | "/_index.md" | "/index.mdx" | "/index.markdown");
    (named && matches!(look_up(site, "/", None), Target::Page { .. } | Target::Generated)).then(|| Suggestion {
        path: "/".to_owned(),
        why: "that is the name of a source file, and its page is the site's first".to_owned(),
        certain: true,
    })
}

/// The page of the folder that the path names, where the name in it may be any: `/posts/boxes/` for `/posts/boxes/post.html`.
pub(super) fn page_of_folder(site: &Site, path: &str) -> Option<Suggestion> {
    const ANY: [&str; 9] = ["default", "home", "main", "overview", "page", "post", "presentation", "readme", "slides"];
    let folder = parent(path.trim_end_matches('/'));
    let name = last_name(path).to_lowercase();
    let output = format!("{folder}/index.html");
    let page = match site.index.get(&output) {
        Some(Entry::Page(number)) => site.page(*number),
        _ => None,
    };
    let is_any = ANY.contains(&name.as_str()) && folder.matches('/').count() >= 2;
    page.filter(|page| is_any && page.is_published()).map(|_| Suggestion {
        path: format!("{folder}/"),
        why: "that folder has a page of its own".to_owned(),
        certain: false,
    })
}
