//! Where Hugo writes a page.
//!
//! Source: the page "URL management" of Hugo's manual; `fixtures/oracles/hugo-*.tsv` are what Hugo made of it.

use jiff::civil::DateTime;

use super::config::Config;
use super::content::{Content, Form, Located};
use super::front;
use super::paths::{clean, escape};
use super::permalinks::{self, Kind, Parts};
use crate::discover::{file_name, parent};
use crate::site::facts::{Alias, PageFacts};

/// A page's address.
pub struct Address {
    /// As it stands in a link, below the base path.
    pub url: String,
    /// The file that is written.
    pub output: String,
    /// Other addresses.
    pub aliases: Vec<Alias>,
}

/// What kind of page a content file is.
#[must_use]
pub fn kind(at: &Located<'_>, config: &Config) -> Kind {
    match at.form {
        Form::Branch if at.folder.is_empty() => Kind::Home,
        Form::Branch => {
            let (top, below) = at.folder.split_once('/').unwrap_or((&at.folder, ""));
            match (config.taxonomies.iter().any(|name| name.eq_ignore_ascii_case(top)), below.is_empty()) {
                (true, true) => Kind::Taxonomy,
                (true, false) => Kind::Term,
                _ => Kind::Section,
            }
        }
        _ => Kind::Page,
    }
}

/// The folder that a page's own name stands in, and that name.
fn folder_and_name<'l>(at: &'l Located<'_>) -> (&'l str, &'l str) {
    match at.form {
        Form::Single => (&at.folder, at.stem),
        Form::Leaf | Form::Branch => (parent(&at.folder), file_name(&at.folder)),
    }
}

/// The address of a page, or the start that it is known to have.
pub fn address(
    page: &PageFacts,
    at: &Located<'_>,
    date: Option<DateTime>,
    content: &Content,
    config: &Config,
) -> Result<Address, String> {
    let kind = kind(at, config);
    let (folder, name) = folder_and_name(at);
    let own = front::text(page, "slug");
    let inferred = config.dates.iter().any(|place| place.eq_ignore_ascii_case(":filename"));
    let from_name = front::dated(name).filter(|_| inferred && own.is_none()).map(|(_, slug)| slug);
    let slug = own.or(from_name.filter(|slug| !slug.is_empty()));
    let sections = content.sections(if kind == Kind::Page { folder } else { &at.folder });
    let section = sections.first().copied().unwrap_or_default();
    let parts = Parts {
        date,
        title: front::text(page, "title").unwrap_or_default(),
        slug,
        basename: name,
        sections: sections.clone(),
    };
    // Of a pattern's own signs it leaves this one out, as it does in names.
    let tidy = |made: String| if made.contains('`') { made.replace('`', "") } else { made };
    let expand = |pattern: &str| permalinks::expand(pattern, &parts, config.spelling).map(tidy);
    let prefix = config.prefix(at.language);
    if let Some(url) = front::text(page, "url") {
        let url = if url.contains(':') { expand(url)? } else { url.to_owned() };
        let prefix = if url.starts_with('/') { "" } else { &prefix };
        // A dot anywhere makes it the name of a file.
        let end = if url.ends_with('/') || url.contains('.') { "" } else { "/" };
        let target = clean(&format!("{prefix}/{url}{end}"));
        return Ok(finish(page, target, &config.prefix(at.language), false, config));
    }
    let pattern = config.languages.get(at.language).and_then(|language| language.permalinks.get(kind, section));
    let path = match (kind, pattern) {
        (Kind::Home, _) => String::new(),
        (_, Some(pattern)) => expand(pattern).map_err(|below| clean(&format!("{prefix}/{below}")))?,
        (_, None) => {
            let name = slug.map_or_else(|| config.spelling.file(name), |slug| config.spelling.text(slug));
            format!("{}/{name}", config.spelling.file(folder))
        }
    };
    let folder = clean(&format!("{prefix}/{path}/"));
    if !config.is_ugly(section) {
        return Ok(finish(page, folder, &prefix, false, config));
    }
    let target = match kind {
        Kind::Page | Kind::Term => format!("{}.html", folder.trim_end_matches('/')),
        _ => format!("{folder}index.html"),
    };
    Ok(finish(page, target, &prefix, true, config))
}

fn finish(page: &PageFacts, target: String, prefix: &str, ugly: bool, config: &Config) -> Address {
    let stem = target.strip_suffix("index.html").or_else(|| target.strip_suffix(".html")).unwrap_or(&target);
    let aliases = if config.aliases { aliases(page, stem, prefix, ugly) } else { Vec::new() };
    let output = if target.ends_with('/') { format!("{target}index.html") } else { target.clone() };
    Address { url: escape(&target), output, aliases }
}

/// `aliases`: from the root of the language, or from the folder that the page is written to.
fn aliases(page: &PageFacts, own: &str, prefix: &str, ugly: bool) -> Vec<Alias> {
    let keys = front::key(page, "aliases").into_iter().flat_map(|key| key.scalars());
    keys.map(|scalar| {
        let text = &*scalar.text;
        let from = if text.starts_with('/') { prefix } else { parent(own.trim_end_matches('/')) };
        let joined = clean(&format!("{from}/{text}"));
        let path = match (joined.ends_with(".html"), ugly) {
            (true, _) => joined,
            (false, true) => format!("{}.html", joined.trim_end_matches('/')),
            (false, false) => format!("{}/", joined.trim_end_matches('/')),
        };
        Alias { path, span: scalar.span }
    })
    .collect()
}
