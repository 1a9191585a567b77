//! Which of the site's pictures any text of the site names: pages, layouts, styles, scripts, data, configuration.
//!
//! Templates are not run. A picture counts as named where its file name stands, whatever stands around it; where a text
//! names a folder and goes on with code (`/icons/{{ name }}.svg`), any file of that folder may be meant.

use crate::hash::Set;

use rayon::prelude::*;

use super::Site;
use super::destination::{decode, is_image};
use super::index::Entry;
use super::target::Target;
use crate::discover::{Tree, extension, file_name, parent};
use crate::finding::FilePath;
use crate::generators::Folder;

/// Files that may name a picture.
pub(super) const TEXTS: [&str; 42] = [
    "md", "markdown", "mdx", "mdown", "mkd", "qmd", "rmd", "ipynb", "rst", "adoc", "org", "txt", "html", "htm", "xml",
    "css", "scss", "sass", "less", "styl", "js", "mjs", "cjs", "ts", "mts", "jsx", "tsx", "vue", "svelte", "astro",
    "njk", "liquid", "webc", "hbs", "ejs", "pug", "swig", "tera", "yml", "yaml", "toml", "json",
];

/// Longer files are no sources.
pub(super) const MOST: usize = 2 << 20;

/// The pictures that the site publishes and nothing names, sorted.
#[must_use]
pub fn unnamed(site: &Site, tree: &Tree) -> Vec<FilePath> {
    let shown: Set<&FilePath> = site
        .targets
        .iter()
        .flatten()
        .filter_map(|target| if let Target::Asset(file) = target { Some(file) } else { None })
        .collect();
    let published =
        site.index.iter().filter_map(|(_, entry)| if let Entry::Asset(file) = entry { Some(file) } else { None });
    let mut left: Vec<&FilePath> = published
        .filter(|file| is_image(file) && !shown.contains(file) && !is_asked_for(file_name(file)) && !is_theme(file))
        .collect();
    left.sort_unstable();
    left.dedup();
    if left.is_empty() {
        return Vec::new();
    }
    let wanted: Set<String> = left.iter().map(|file| original(file_name(file))).collect();
    let folder = Folder { tree, root: &site.root };
    let found: Vec<Named> = folder
        .below("")
        .collect::<Vec<_>>()
        .into_par_iter()
        .filter(|path| TEXTS.contains(&&*extension(path)))
        .filter_map(|path| folder.read(path).filter(|text| text.len() <= MOST))
        .map(|text| names(&text, &wanted))
        .collect();
    let is_named = |file: &FilePath| {
        let (name, above) = (original(file_name(file)), file_name(parent(file)));
        found.iter().any(|one| one.files.contains(&name) || one.folders.contains(above))
    };
    left.into_iter().filter(|file| !is_named(file)).cloned().collect()
}

/// What one text names.
#[derive(Default)]
struct Named {
    /// Files that are looked for.
    files: Set<String>,
    /// Folders after which code goes on.
    folders: Set<String>,
}

fn names(text: &str, wanted: &Set<String>) -> Named {
    let mut named = Named::default();
    let in_path = |c: char| c.is_alphanumeric() || "/._-@%+~".contains(c);
    let mut rest = text;
    while let Some(start) = rest.find(in_path) {
        let word = rest.get(start..).unwrap_or_default();
        let end = word.find(|c| !in_path(c)).unwrap_or(word.len());
        let (path, after) = word.split_at(end);
        rest = after;
        let name = file_name(path);
        if name.is_empty() {
            let folder = file_name(path.trim_end_matches('/'));
            if !folder.is_empty() && after.starts_with(['{', '$', '"', '\'', '`', '<', '#', '*', '[', '(']) {
                named.folders.insert(folder.to_owned());
            }
        } else if name.contains('.') {
            let name = original(&decode(name));
            if wanted.contains(&name) {
                named.files.insert(name);
            }
        }
    }
    // A name with blanks or other signs in it is no single word.
    for name in wanted.iter().filter(|name| !name.chars().all(in_path)) {
        if text.contains(name.as_str()) || text.contains(&name.replace(' ', "%20")) {
            named.files.insert(name.clone());
        }
    }
    named
}

/// The name without what tools add for another size: `a@2x.png`, `a-300x200.png`, in small letters.
fn original(name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = stem.rsplit_once('@').filter(|(_, size)| size.ends_with('x')).map_or(stem, |(stem, _)| stem);
    let is_size = |size: &str| size.split('x').count() == 2 && size.bytes().all(|b| b.is_ascii_digit() || b == b'x');
    let stem = stem.rsplit_once('-').filter(|(_, size)| is_size(size)).map_or(stem, |(stem, _)| stem);
    format!("{stem}.{extension}").to_lowercase()
}

/// What browsers and phones ask for by its name alone.
fn is_asked_for(name: &str) -> bool {
    ["favicon", "apple-touch-icon", "android-chrome", "mstile", "browserconfig"]
        .iter()
        .any(|start| name.starts_with(start))
}

/// Somebody else's files.
fn is_theme(file: &str) -> bool {
    file.split('/').any(|folder| matches!(folder, "themes" | "node_modules" | "vendor" | "_vendor"))
}
