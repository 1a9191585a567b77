//! The languages that the site's own layouts write into every page, whatever its configuration says: `<html lang="en">`.
//!
//! Only what stands there as it is counts. A layout that takes the language from a value says what that value says.

use crate::discover::{Tree, extension};
use crate::finding::FilePath;
use crate::generators::Folder;
use crate::language::Language;

/// So many files are looked into.
const FILES: usize = 256;
/// What layouts are written in.
const ENDINGS: [&str; 15] = [
    "astro", "ejs", "hbs", "htm", "html", "j2", "jsx", "liquid", "mustache", "njk", "nunjucks", "svelte", "swig",
    "tsx", "vue",
];
/// Parts of the names of their folders, or of their own.
const NAMES: [&str; 8] = ["layout", "include", "template", "partial", "theme", "component", "base", "document"];
/// Folders of programs with templates of their own.
const OTHERS: [&str; 3] = [".obsidian", ".trash", "node_modules"];
/// The beginning of a layout holds the tag.
const BEGINNING: usize = 16 * 1024;

/// What the layouts of a site say.
#[derive(Debug, Default)]
pub struct Layouts {
    /// The languages that stand in them, each once.
    pub languages: Vec<Language>,
    /// The first that says one.
    pub file: Option<FilePath>,
    /// One of them says none, or takes it from a value.
    pub open: bool,
}

/// Reads the layouts below the root of a site.
#[must_use]
pub fn read(tree: &Tree, root: &str, public: &[String]) -> Layouts {
    let folder = Folder { tree, root };
    let copied = |path: &str| public.iter().any(|public| !public.is_empty() && path.starts_with(public.as_str()));
    let is_layout = |path: &&str| {
        let known = ENDINGS.binary_search(&&*extension(path)).is_ok();
        let named = || {
            let small = path.to_ascii_lowercase();
            NAMES.iter().any(|name| small.contains(name))
        };
        known && named() && !path.split('/').any(|part| OTHERS.contains(&part))
    };
    let mut layouts = Layouts::default();
    for path in folder.below("").filter(is_layout).filter(|path| !copied(path)).take(FILES) {
        match folder.read(path).as_deref().and_then(said) {
            Some(Some(language)) => {
                layouts.languages.push(language);
                layouts.file.get_or_insert_with(|| folder.file(path));
            }
            Some(None) => layouts.open = true,
            None => {}
        }
    }
    layouts.languages.sort_unstable();
    layouts.languages.dedup();
    layouts
}

/// What a document says of its language, if it says so itself; nothing where no document begins.
fn said(text: &str) -> Option<Option<Language>> {
    let start = text.get(..text.floor_char_boundary(BEGINNING)).unwrap_or(text);
    let tag = start.split_once("<html")?.1;
    let tag = tag.split_once("<head").map_or(tag, |(tag, _)| tag);
    Some(literal(tag))
}

fn literal(tag: &str) -> Option<Language> {
    let (before, value) = tag.split_once("lang=")?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let own = before.ends_with(|c: char| c.is_ascii_whitespace());
    let (tag, _) = value.get(1..)?.split_once(quote).filter(|_| own)?;
    Language::from_tag(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_layout_says() {
        let is = |text: &str, what: Option<&str>| {
            assert_eq!(said(text), Some(what.and_then(Language::from_tag)), "{text}");
        };
        is("<!doctype html>\n<html class='x' lang=\"fr-CA\">\n<head>", Some("fr"));
        is("<html lang=\"{{ site.lang }}\">", None);
        is("<html lang={lang}>", None);
        is("<html>\n<head>\n<meta hreflang=\"de\">", None);
        is("<html data-lang=\"de\">", None);
    }
}
