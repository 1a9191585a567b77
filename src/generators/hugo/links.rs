//! Links that only Hugo understands: `ref` and `relref`, and paths of content files where a render hook looks them up.
//!
//! Source: the pages "ref", "relref", "Page.GetPage" and "Link render hooks" of Hugo's manual.

use super::config::Config;
use super::content::{self, Content, in_tree};
use crate::discover::{file_name, parent};
use crate::generators::{Evaluated, Folder, Sources};
use crate::page::dialect::Templates;
use crate::page::templates::{self, Syntax};
use crate::site::destination;
use crate::site::facts::PageFacts;

/// Evaluates a destination with shortcodes in it.
#[must_use]
pub fn evaluate(raw: &str, page: &PageFacts, sources: &dyn Sources, content: &Content, config: &Config) -> Evaluated {
    let calls = templates::calls(raw, Templates::Hugo);
    let [call] = calls.as_slice() else { return Evaluated::Unknown };
    let is_reference = matches!(call.name.of(raw), "ref" | "relref");
    let shortcode = matches!(call.syntax, Syntax::Shortcode | Syntax::MarkdownShortcode);
    if !is_reference || !shortcode || call.span.range().start != 0 {
        return Evaluated::Unknown;
    }
    let Some(argument) = call.named(raw, "path").or_else(|| call.positional().next()) else {
        return Evaluated::Unknown;
    };
    let wanted = argument.value.of(raw);
    let (path, fragment) = wanted.split_once('#').map_or((wanted, None), |(path, fragment)| (path, Some(fragment)));
    let after = raw.get(call.span.range().end..).unwrap_or_default();
    let tail = fragment.map_or_else(|| after.to_owned(), |fragment| format!("#{fragment}{after}"));
    if path.is_empty() {
        return Evaluated::Destination(tail);
    }
    let language = call.named(raw, "lang").map(|lang| lang.value.of(raw));
    match find(path, page, language, content, config, destination::join)
        .or_else(|| by_name(path, page, sources, content, config))
    {
        Some(path) => Evaluated::Source { path, tail },
        None if names_a_list(path, config) => Evaluated::Made,
        None => Evaluated::NoSource { wanted: path.to_owned() },
    }
}

/// `ref "/tags/hugo"`: taxonomies and their terms are pages, with or without a file.
fn names_a_list(path: &str, config: &Config) -> bool {
    let top = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    config.taxonomies.iter().any(|name| name.eq_ignore_ascii_case(top))
}

/// Resolves a path of a content file, as link render hooks do. Hooks of a site's own often fall back to the default
/// language.
#[must_use]
pub fn source_link(path: &str, page: &PageFacts, content: &Content, config: &Config, hook: &Hook) -> Option<Evaluated> {
    let default = config.languages.get(config.default).map(|language| language.key.as_str());
    let join = if hook.clips() { join_clipped } else { destination::join };
    let found = find(path, page, None, content, config, join);
    let found = found.or_else(|| find(path, page, default.filter(|_| hook.is_own()), content, config, join));
    if let Some(path) = found {
        return Some(Evaluated::Source { path, tail: String::new() });
    }
    if hook.names(path) {
        return Some(Evaluated::Unknown);
    }
    let names_a_file = path.ends_with(".md") || path.ends_with(".markdown");
    names_a_file.then(|| Evaluated::NoSource { wanted: path.to_owned() })
}

/// What happens to links in Markdown.
///
/// Source: the page "Link render hooks" of Hugo's manual.
#[derive(Debug, Default)]
pub enum Hook {
    /// They are written as they are.
    #[default]
    None,
    /// Hugo's own hook looks them up as content; it is on where a site has several languages.
    Embedded,
    /// Code of the site; here its text.
    Own(String),
}

impl Hook {
    /// What happens to the links of this site.
    #[must_use]
    pub fn of(folder: &Folder<'_>, config: &Config) -> Hook {
        let is_hook = |path: &&str| file_name(path).starts_with("render-link.") && path.contains("_markup/");
        let code: Vec<String> = folder.below("").filter(is_hook).filter_map(|path| folder.read(path)).collect();
        match code.is_empty() {
            false => Hook::Own(code.concat()),
            true if config.embedded_link_hook => Hook::Embedded,
            true => Hook::None,
        }
    }

    /// True for code of the site.
    #[must_use]
    pub fn is_own(&self) -> bool {
        matches!(self, Hook::Own(_))
    }

    /// True for code that looks pages up itself, which stops at the content's root where a path climbs above it.
    fn clips(&self) -> bool {
        matches!(self, Hook::Own(code) if code.contains(".GetPage"))
    }

    /// True for code that takes `.md` off the whole destination, what follows `#` included, and looks up what is left: the
    /// hook of Quartz 3, as Hugo runs it.
    #[must_use]
    pub fn drops_fragments(&self) -> bool {
        let cuts = |code: &str| {
            ["TrimSuffix \".md\" (.Destination", "TrimSuffix \".md\" .Destination"].iter().any(|cut| code.contains(cut))
        };
        matches!(self, Hook::Own(code) if code.contains(".GetPage") && cuts(code)
            && !["\"#", "'#", "`#", "urls.Parse", ".Fragment"].iter().any(|parts| code.contains(parts)))
    }

    /// True when the code names this destination: it means something of its own.
    fn names(&self, destination: &str) -> bool {
        matches!(self, Hook::Own(code) if code.contains(&format!("\"{destination}\"")))
    }
}

/// The file of a content path: from the page's place, then from the content tree's root; the page's language first.
fn find(
    path: &str,
    page: &PageFacts,
    language: Option<&str>,
    content: &Content,
    config: &Config,
    join: fn(&str, &str) -> Option<String>,
) -> Option<String> {
    let (inside, _) = in_tree(&page.path, config)?;
    let own = content::locate(&page.path, config).map_or(config.default, |at| at.language);
    let named = language.and_then(|key| config.languages.iter().position(|known| known.key.eq_ignore_ascii_case(key)));
    let language = named.unwrap_or(own);
    let bare = path.trim_end_matches('/');
    let is_file = bare.ends_with(".md") || bare.ends_with(".markdown");
    let bare = bare.strip_suffix(".md").or_else(|| bare.strip_suffix(".markdown")).unwrap_or(bare);
    // A folder may be called so, too, and goes before the file.
    let short = bare.strip_suffix("_index").or_else(|| bare.strip_suffix("index"));
    let short = short.filter(|short| short.is_empty() || short.ends_with('/')).map(|short| short.trim_end_matches('/'));
    let folders = if path.starts_with('/') { vec!["/".to_owned()] } else { folders_of(&inside, path, is_file) };
    let names: Vec<&str> = [Some(bare), short].into_iter().flatten().map(|name| name.trim_start_matches('/')).collect();
    let joined = folders.iter().flat_map(|folder| names.iter().filter_map(|name| join(folder, name)));
    let at = |joined: String| {
        // `relref "about.de"` names a page in a language.
        let (stem, named) = content::language_suffix(&joined, config);
        let of_language = || content.at(stem, named?);
        content.at(&joined, language).or_else(of_language).map(str::to_owned)
    };
    joined.filter_map(at).next()
}

fn join_clipped(folder: &str, path: &str) -> Option<String> {
    Some(destination::join_as_browsers(folder, path))
}

/// The folders of the content tree in which Hugo looks for a relative path. That of a leaf bundle is beside its folder:
/// a bundle names its neighbour as `other` or `other/index.md`. The file's own comes next where the path names a file, and
/// the root unless the path begins with a dot.
///
/// Source: `pageFinder.getContentNodeForRef` of Hugo 0.123 and later, and what 0.168 made of every form.
fn folders_of(inside: &str, path: &str, is_file: bool) -> Vec<String> {
    let own = parent(inside);
    let is_leaf = file_name(inside).starts_with("index.");
    let mut folders = Vec::new();
    if is_leaf && !(is_file && path.starts_with("../")) {
        folders.push(format!("/{}", parent(own)));
    }
    if !is_leaf || is_file {
        folders.push(format!("/{own}"));
    }
    if !path.starts_with('.') {
        folders.push("/".to_owned());
    }
    folders
}

/// `ref "name.md"` finds a page anywhere by its name alone.
///
/// Up to 0.122 also behind one slash (`shouldDoSimpleLookup` of `hugolib/content_map_page.go`).
fn by_name(path: &str, page: &PageFacts, sources: &dyn Sources, content: &Content, config: &Config) -> Option<String> {
    let is_old = config.minor.is_some_and(|minor| minor < 123);
    let path = path.strip_prefix('/').filter(|_| is_old).unwrap_or(path);
    if path.contains('/') {
        return None;
    }
    let bare = path.strip_suffix(".md").unwrap_or(path);
    let own = content::locate(&page.path, config)?.language;
    content.named(bare, own).find(|path| sources.page(path).is_some()).map(str::to_owned)
}
