//! The languages that the site's own layouts write into every page, whatever its configuration says: `<html lang="en">`.
//!
//! Only what stands there as it is counts. A layout that takes the language from a value says what that value says.

use crate::discover::{Tree, extension, file_name};
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
/// The beginning of a layout holds the tag.
const BEGINNING: usize = 16 * 1024;

/// The languages, each once.
#[must_use]
pub fn languages(tree: &Tree, root: &str, public: &[String]) -> Vec<Language> {
    let folder = Folder { tree, root };
    let copied = |path: &str| public.iter().any(|public| !public.is_empty() && path.starts_with(public.as_str()));
    let is_layout = |path: &&str| {
        let known = ENDINGS.binary_search(&&*extension(path)).is_ok();
        known && (NAMES.iter().any(|name| path.to_ascii_lowercase().contains(name)) || file_name(path) == "html.js")
    };
    let files = folder.below("").filter(is_layout).filter(|path| !copied(path)).take(FILES);
    let mut found: Vec<Language> = files.filter_map(|path| language(&folder.read(path)?)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// What a document says of its language, if it says so itself.
fn language(text: &str) -> Option<Language> {
    let start = text.get(..text.floor_char_boundary(BEGINNING)).unwrap_or(text);
    let tag = start.split_once("<html")?.1;
    let tag = tag.split_once("<head").map_or(tag, |(tag, _)| tag);
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
            assert_eq!(language(text), what.and_then(Language::from_tag), "{text}");
        };
        is("<!doctype html>\n<html class='x' lang=\"fr-CA\">\n<head>", Some("fr"));
        is("<html lang=\"{{ site.lang }}\">", None);
        is("<html lang={lang}>", None);
        is("<html>\n<head>\n<meta hreflang=\"de\">", None);
        is("<html data-lang=\"de\">", None);
    }
}
