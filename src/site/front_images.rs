//! Images that front matter names: which values are such, and what they lead to.

use super::Site;
use super::destination::{self, Shape};
use super::facts::PageFacts;
use super::follow::resolve_text;
use super::server::look_up;
use super::target::{Target, Unknown};
use crate::discover::parent;

/// Resolves an image that front matter names.
#[must_use]
pub fn resolve(site: &Site, page: &PageFacts, key: &str, text: &str) -> Target {
    if let Some(file) = taken_up(site, text) {
        return Target::Asset(site.file(&file));
    }
    if !site.model.shows_image(key) {
        return Target::Unchecked(Unknown::ImageFolder);
    }
    match destination::shape(text) {
        Shape::Path { path, .. } if !path.starts_with('/') => {
            if text.contains("{{") || text.contains("{%") {
                return Target::Unchecked(Unknown::Template);
            }
            let value = destination::decode(path);
            // Beside the source file, as bundles have it.
            let beside = destination::join(parent(&page.path), &value);
            if let Some(file) = beside.as_deref().map(|p| p.trim_start_matches('/'))
                && crate::generators::Sources::has(site, file)
            {
                return Target::Asset(site.file(file));
            }
            let relative = destination::join("/", &value).map(|path| look_up(site, &path, None));
            if let Some(found @ (Target::Asset(_) | Target::Generated)) = relative {
                return found;
            }
            match site.image_folders.of(key, page) {
                Some(folder) => match destination::join(&folder, &value) {
                    Some(path) => look_up(site, &path, None),
                    None => Target::Outside,
                },
                None => Target::Unchecked(Unknown::ImageFolder),
            }
        }
        Shape::Path { path, .. } => match (resolve_text(site, page, text), site.image_folders.before(key)) {
            (Target::Missing { .. }, Some(folder)) => {
                look_up(site, &format!("{folder}{}", destination::decode(path)), None)
            }
            (found, _) => found,
        },
        _ => resolve_text(site, page, text),
    }
}

/// The source file that a template takes up for a value: one in the folder that is there for that, or one that the value
/// names from the folder of the content (`../static/a.png`), however deep the page lies.
fn taken_up(site: &Site, text: &str) -> Option<String> {
    let Shape::Path { path, .. } = destination::shape(text) else { return None };
    let path = destination::decode(path);
    let has = |file: &String| crate::generators::Sources::has(site, file);
    let folder = site.model.settings().resources.as_deref();
    let resource = folder.map(|folder| crate::discover::join(folder, path.trim_start_matches('/')));
    let above = path.starts_with("../").then(|| path.trim_start_matches("../").to_owned());
    resource.filter(has).or_else(|| above.filter(|file| file.contains('/')).filter(has))
}

/// Resolves an image that a parameter of the site's own template names; unknown where its folder is.
#[must_use]
pub fn resolve_parameter(site: &Site, page: &PageFacts, key: &str, text: &str) -> Target {
    if let Shape::Path { path, .. } = destination::shape(text) {
        // A template may take the path of a source file, which it reads from the site's root or from one of its folders.
        let path = destination::decode(path);
        let source =
            |folder: &&str| crate::generators::Sources::has(site, &format!("{folder}{}", path.trim_start_matches('/')));
        if let Some(folder) = ["", "content/", "static/", "assets/"].iter().find(|folder| source(folder)) {
            return Target::Asset(site.file(&format!("{folder}{}", path.trim_start_matches('/'))));
        }
    }
    // What the theme of a gem includes may put a folder before.
    let include = key.split(' ').next().unwrap_or_default();
    let of_theme = include.contains('.') && !crate::generators::Sources::has(site, &format!("_includes/{include}"));
    match resolve(site, page, key, text) {
        Target::Missing { .. } | Target::WrongCase(_)
            if of_theme || text.starts_with('/') && !site.image_folders.is_rooted(key) =>
        {
            Target::Unchecked(Unknown::ImageFolder)
        }
        target => target,
    }
}
