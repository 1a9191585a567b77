//! What to do about a path that leads nowhere, where nothing of its name is published: for links/missing-page.

use crate::discover::{extension, file_name, join, parent};
use crate::generators::{Sources, wikilinks};
use crate::language::tags::in_another_folder;
use crate::page::links::Link;
use crate::site::Site;
use crate::site::destination::{self, Shape, shape};
use crate::site::facts::PageFacts;
use crate::site::{index, letters, not_meant, suggest, suggestion};

/// What to do where no page of that name is published: what else is called so is said, where the name says something.
pub(super) fn nothing_named(site: &Site, page: &PageFacts, path: &str) -> String {
    let name = suggestion::short(path);
    let looked_for = suggestion::is_looked_for(name) && !name.contains('\\');
    // Of several files of one name none is told.
    let source = || match site.named(&wikilinks::key(name)) {
        [one] => Some(one),
        _ => None,
    };
    let why = match (suggest::hidden(site, path), site.index.folder_named(name)) {
        _ if !looked_for => String::new(),
        (None, _) if let Some(version) = not_meant::version_with(site, page, path) => {
            format!("; a page of that name is there up to version {version}")
        }
        (Some(page), _) => format!("; `{}` has that name and is not published", page.path),
        (None, Some(folder)) if !in_another_folder(path, folder) => match page_called_after(site, folder) {
            Some(url) => format!("; the folder `{folder}/` has no page of its own; did you mean `{url}` in it?"),
            None => format!("; the folder `{folder}/` is there, and has no page of its own"),
        },
        (None, _) => match source() {
            Some(file) => match site.model.as_source_link(file) {
                Some(form) => format!("; `{form}` is how a link names the source of that name"),
                None => format!("; `{file}` is in the sources, and not published at this address"),
            },
            None => match others_named(site, page, path).as_slice() {
                // A picture or program of that name is no page.
                all if all.iter().any(|one| is_of_another_kind(name, one)) => String::new(),
                [] => match page.place.url.as_deref().filter(|url| index::last_name(url).eq_ignore_ascii_case(name)) {
                    Some(url) => format!("; only this page itself is called so (`{url}`)"),
                    None => format!("; nothing named `{name}` is in the site"),
                },
                [one] => format!("; `{one}` is called so, or nearly so"),
                [one, other] => format!("; `{one}` and `{other}` are called so, or nearly so"),
                several => format!("; {} files are called so, or nearly so", several.len()),
            },
        },
    };
    format!("correct the path, or remove the link{why}")
}

/// True for a picture where a page is asked for, and the other way round; and for a program where no ending is written.
fn is_of_another_kind(name: &str, file: &str) -> bool {
    let is_page = |path: &str| matches!(&*extension(path), "" | "html" | "htm" | "md");
    destination::is_image(name) != destination::is_image(file)
        || is_page(name) && !is_page(file)
        || not_meant::is_file(name) && is_page(file)
}

/// What is called nearly so, but for the page that asks.
fn others_named(site: &Site, page: &PageFacts, path: &str) -> Vec<String> {
    let mut found = letters::named(site, path);
    found.retain(|one| page.place.output.as_deref() != Some(one) && *page.path != **one);
    found
}

/// The page in a folder that is called like the folder, with or without the number before it: `/2-setup/setup/`.
fn page_called_after<'s>(site: &'s Site, folder: &str) -> Option<&'s str> {
    let name = file_name(folder).trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.'));
    let mut called = site.index.in_folder(folder).filter(|output| {
        let child = index::last_name(output);
        child.strip_suffix(".html").unwrap_or(child).trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')
            == name
    });
    called.next().filter(|_| !name.is_empty() && called.next().is_none()).map(index::url_of)
}

/// The file of the repository that the path names, from the page's folder or from the site's root.
pub(super) fn source_of(site: &Site, page: &PageFacts, link: &Link) -> Option<String> {
    let Shape::Path { path, .. } = shape(&link.destination) else { return None };
    // `@./a.md`: the form for sources, gone wrong.
    let path = destination::decode(path.trim_start_matches('@')).replace('\\', "/");
    let folder = format!("/{}", if path.starts_with('/') { "" } else { parent(&page.path) });
    let joined = destination::join(&folder, path.trim_start_matches('/'))?;
    let source = joined.trim_start_matches('/');
    let below = site.model.settings().public.iter().map(|folder| join(folder, source));
    std::iter::once(source.to_owned()).chain(below).find(|file| site.has(file))
}

/// True where a file lies there that is called `C%202021.svg` itself, which a link cannot say so.
pub(super) fn has_percent_in_its_name(site: &Site, page: &PageFacts, link: &Link) -> bool {
    let Shape::Path { path, .. } = shape(&link.destination) else { return false };
    let folder = format!("/{}", if path.starts_with('/') { "" } else { parent(&page.path) });
    let joined = destination::join(&folder, path.trim_start_matches('/')).filter(|_| path.contains('%'));
    joined.is_some_and(|file| {
        let public =
            site.model.settings().public.iter().any(|folder| site.has(&join(folder, file.trim_start_matches('/'))));
        public || site.has(file.trim_start_matches('/')) || site.index.get(&file).is_some()
    })
}

/// What to do where the path is one of a source file.
pub(super) fn unpublished_source(site: &Site, source: &str) -> String {
    let title = &site.generator.data().title;
    let output = site.number_of(source).and_then(|number| site.page(number)?.place.output.as_deref());
    match output {
        Some(_) if let Some(form) = site.model.as_source_link(source) => {
            format!("write `{form}`: so {title} finds the page of that source file")
        }
        Some(output) => {
            let url = index::url_of(output);
            format!("{title} publishes that source file at `{url}`: write the address")
        }
        None => format!(
            "`{source}` is in the repository, but {title} publishes nothing at this path: move it to where files are copied, or write where it is published"
        ),
    }
}
