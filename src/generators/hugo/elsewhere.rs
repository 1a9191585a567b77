//! What decides about addresses beside pages and the configuration: templates that write redirects or pages, folders that
//! come from other places, files that are passed over.

use crate::hash::Set;

use super::config::Config;
use super::content;
use super::mounts::Mount;
use crate::discover::{extension, file_name, parent};
use crate::generators::Folder;

/// Templates of the home page that write `_redirects`: `layouts/index.redirects`, `layouts/_default/home.redir.txt`.
#[must_use]
pub fn redirect_templates(folder: &Folder<'_>, config: &Config) -> Vec<String> {
    let Some(format) = &config.redirects_format else { return Vec::new() };
    let writes = |path: &&str| {
        let mut parts = file_name(path).split('.');
        matches!(parts.next(), Some("index" | "home" | "list" | "all"))
            && parts.any(|part| part.eq_ignore_ascii_case(format) || part.starts_with("redir") || part == "netlify")
    };
    folder.below("layouts").filter(writes).map(str::to_owned).collect()
}

/// True for what Hugo does not look at: a file or folder whose name begins with a dot, and copies that editors keep.
#[must_use]
pub fn is_passed_over(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with(['.', '#']) || part.ends_with('~'))
}

/// The published folders of mounts whose source is not there: a submodule, or what a script fetches. The whole site is
/// left out, it would make everything unknown.
#[must_use]
pub fn absent(folder: &Folder<'_>, config: &Config) -> Vec<String> {
    let missing = config.content.iter().filter(|mount| !folder.has_folder(&mount.source) && !mount.target.is_empty());
    let prefix = |mount: &Mount| config.prefix(mount.language.unwrap_or(config.default));
    missing.map(|mount| format!("{}/{}", prefix(mount), config.spelling.file(&mount.target))).collect()
}

/// The folders with a content adapter (`_content.gotmpl`), in each language: a template that makes pages; and those that a
/// script of the build copies.
#[must_use]
pub fn made(folder: &Folder<'_>, config: &Config) -> Vec<String> {
    let is_adapter = |path: &&str| file_name(path).starts_with("_content.") && path.ends_with(".gotmpl");
    let places = folder.below("").filter(is_adapter).filter_map(|path| Some(content::in_tree(path, config)?.0));
    let languages = || 0..config.languages.len();
    let address =
        |place: &str, language| format!("{}/{}/", config.prefix(language), config.spelling.file(parent(place)));
    let copied = copied(folder).into_iter().flat_map(|path| content::in_tree(&path, config).map(|(at, _)| at));
    let places: Vec<String> = places.chain(copied).collect();
    places
        .iter()
        .flat_map(|place| languages().map(move |language| address(place, language)).collect::<Vec<_>>())
        .collect()
}

/// A path in each folder that a script of the build copies content to: `cp -R content/v2 content/latest`.
fn copied(folder: &Folder<'_>) -> Vec<String> {
    let is_script = |path: &&str| {
        extension(path) == "sh" || matches!(*path, "Makefile" | "netlify.toml" | "package.json" | "vercel.json")
    };
    // Nested folders hold tools; the build begins at the root.
    let scripts = folder.below("").filter(|path| !path.contains('/')).filter(is_script);
    let target = |command: &str| {
        let mut words = command.trim().strip_prefix("cp ")?.split_whitespace();
        let whole = words.next()?.strip_prefix('-')?.contains(['r', 'R', 'a']);
        let target = words.last()?.trim_start_matches("./").trim_end_matches('/');
        (whole && !target.contains(['$', '*'])).then(|| format!("{target}/_"))
    };
    let of = |text: String| text.split(['\n', ';', '&', '"', '\'']).filter_map(target).collect::<Vec<_>>();
    scripts.filter_map(|path| folder.read(path)).flat_map(of).collect()
}

/// The first version that makes a page of an HTML file without front matter; those before copied it as it lies.
const PAGES_OF_HTML: u32 = 123;

/// The HTML files that are no content: all, where `contentTypes` leaves HTML out, else `index.html` files without front matter
/// beside Markdown: where they made a bundle of their folder, these texts were no pages, and somebody would have noticed.
#[must_use]
pub fn copied_html(folder: &Folder<'_>, config: &Config) -> Set<String> {
    let files = config.content.iter().flat_map(|mount| folder.below(&mount.source));
    if !config.html_is_content {
        return files.filter(|path| matches!(&*extension(path), "html" | "htm")).map(str::to_owned).collect();
    }
    if config.minor.is_some_and(|minor| minor >= PAGES_OF_HTML) {
        return Set::default();
    }
    let markdown =
        |path: &str| folder.below(parent(path)).any(|other| extension(other) == "md" && parent(other) == parent(path));
    let is_bare = |path: &&str| {
        let text = folder.read(path).unwrap_or_default();
        !["---", "+++", "{"].iter().any(|mark| text.trim_start_matches('\u{feff}').trim_start().starts_with(mark))
    };
    let indexes = files.filter(|path| matches!(file_name(path), "index.html" | "_index.html"));
    indexes.filter(|path| markdown(path)).filter(is_bare).map(str::to_owned).collect()
}

/// The addresses that HTML files of the content have as they lie.
#[must_use]
pub fn html(folder: &Folder<'_>, config: &Config) -> Set<String> {
    let files = config.content.iter().flat_map(|mount| folder.below(&mount.source));
    let address = |path: &str| {
        let (inside, mount) = content::in_tree(path, config)?;
        Some(format!("{}/{inside}", config.prefix(mount.language.unwrap_or(config.default))))
    };
    files.filter(|path| matches!(&*extension(path), "html" | "htm")).filter_map(address).collect()
}
