//! Links between pages: MkDocs turns paths of source files into URLs and leaves every other path as it is written.
//!
//! Source: mkdocs 1.6 `structure/pages.py`.

use super::config::Config;
use crate::discover::{file_name, inside, join, parent};
use crate::generators::{Evaluated, Sources, wikilinks};
use crate::site::destination;
use crate::site::facts::PageFacts;

/// The file that a path of a link names, if it is one that MkDocs looks up.
pub fn source(path: &str, page: &PageFacts, sources: &dyn Sources, config: &Config) -> Option<Evaluated> {
    if path.starts_with('/') && !config.absolute_links {
        return None;
    }
    let here = in_docs(&page.path, config)?;
    let folder = if path.starts_with('/') { String::new() } else { parent(here).to_owned() };
    let wanted = destination::join(&format!("/{folder}"), path.trim_start_matches('/'));
    let names_a_page = super::is_page(path);
    // There `folder/` is that folder's own navigation, and `*` stands for the rest.
    if config.nav_file.as_deref() == Some(file_name(here)) && (path.ends_with('/') || path.contains('*')) {
        let folder = join(&config.docs, wanted.as_deref().unwrap_or_default().trim_matches('/'));
        if path.contains('*') || wanted.is_some() && sources.has_folder(&folder) {
            return Some(Evaluated::Unknown);
        }
    }
    // Above the docs folder nothing is published.
    let Some(wanted) = wanted else {
        return names_a_page.then(|| Evaluated::NoSource { wanted: path.to_owned() });
    };
    let wanted = wanted.trim_matches('/');
    let has = |path: &str| sources.has(&join(&config.docs, path));
    let found = match &config.languages {
        _ if wanted.is_empty() => None,
        None => has(wanted).then(|| wanted.to_owned()),
        Some(languages) => {
            let own = languages.of(here).0.unwrap_or(&languages.default);
            languages.candidates(wanted, own).into_iter().find(|path| has(path))
        }
    };
    if config.names_are_looked_up && !path.contains('/') && path.contains('.') {
        let named = sources.named(&wikilinks::key(path)).iter();
        let mut named = named.filter(|file| file_name(file) == path && in_docs(file, config).is_some());
        // Which one of several the plugin takes depends on the order in which it sees them.
        match (named.next(), named.next()) {
            (Some(file), None) => return Some(Evaluated::Source { path: file.to_string(), tail: String::new() }),
            (Some(_), Some(_)) if found.is_none() => return Some(Evaluated::Unknown),
            _ => {}
        }
    }
    let excluded = |path: &String| config.excluded.matched_path_or_any_parents(path, false).is_ignore();
    match found {
        // MkDocs makes no address of what it leaves out.
        Some(path) if excluded(&path) => Some(Evaluated::NoSource { wanted: path }),
        Some(path) => Some(Evaluated::Source { path: join(&config.docs, &path), tail: String::new() }),
        None if of_theme(config, wanted).is_some_and(|file| sources.has(&file)) => {
            of_theme(config, wanted).map(|path| Evaluated::Source { path, tail: String::new() })
        }
        None if config.nav.contains(wanted) || wanted == FAVICON && !config.material => Some(Evaluated::Unknown),
        None if !names_a_page && wikilinks::has_other_case(&join(&config.docs, wanted), sources) => {
            Some(Evaluated::NoSource { wanted: join(&config.docs, wanted) })
        }
        None => names_a_page.then(|| Evaluated::NoSource { wanted: wanted.to_owned() }),
    }
}

/// A file of the theme's own folder: to a link it is one of the docs.
pub fn of_theme(config: &Config, wanted: &str) -> Option<String> {
    let folder = config.theme_folder.as_deref().filter(|folder| !folder.is_empty())?;
    Some(join(folder, wanted))
}

/// What MkDocs' own themes bring.
pub const FAVICON: &str = "img/favicon.ico";

/// The path below the docs folder.
#[must_use]
pub fn in_docs<'p>(path: &'p str, config: &Config) -> Option<&'p str> {
    inside(path, &config.docs)
}

/// What an entry of the menu leads to.
#[must_use]
pub fn of_menu(written: &str, sources: &dyn Sources, config: &Config) -> Evaluated {
    // On Windows, where its writer may build, a backslash parts folders.
    let Some(wanted) = destination::join("/", &written.replace('\\', "/")) else { return Evaluated::Unknown };
    let wanted = wanted.trim_matches('/');
    let candidates = match &config.languages {
        None => vec![wanted.to_owned()],
        Some(languages) => languages.candidates(wanted, &languages.default),
    };
    let found = candidates.iter().map(|path| join(&config.docs, path)).find(|path| sources.has(path));
    let found = found.or_else(|| of_theme(config, wanted).filter(|path| sources.has(path)));
    let of_blog = || config.blogs.iter().any(|blog| destination::is_in_folder(wanted, &blog.folder));
    let unsure = || {
        config.from_another_site
            || config.docs_are_made
            || !config.makers.is_empty()
            || config.names_are_looked_up
            || file_name(wanted) == "tags.md"
            || of_blog()
    };
    match found {
        Some(path) => Evaluated::Source { path, tail: String::new() },
        None if unsure() => Evaluated::Unknown,
        None => Evaluated::NoSource { wanted: join(&config.docs, wanted) },
    }
}
