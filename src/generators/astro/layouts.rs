//! What the site's own layouts say in `<html lang="…">`: Astro's `i18n` decides addresses only, and a layout that writes
//! another language into every page is what browsers and screen readers believe.

use crate::discover::{extension, join};
use crate::generators::Folder;

/// So many files are looked into.
const FILES: usize = 64;

/// What the layouts write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Nothing that is known to be another language than the page's by its address.
    Locale,
    /// This tag.
    Tag(String),
    /// A value of the site's own settings, or several.
    Settings,
}

/// Reads the layouts and pages below the folder of sources.
#[must_use]
pub fn read(folder: &Folder<'_>, source: &str) -> Said {
    let pages = join(source, "pages/");
    let is_layout = |path: &&str| &*extension(path) == "astro" && (path.contains("ayout") || path.starts_with(&pages));
    let mut all = folder.below(source).filter(is_layout).take(FILES).filter_map(|path| said(&folder.read(path)?));
    let Some(first) = all.next() else { return Said::Locale };
    if all.all(|other| other == first) { first } else { Said::Settings }
}

/// What one file writes; nothing where it begins no document.
fn said(text: &str) -> Option<Said> {
    let tag = text.split_once("<html")?.1;
    let tag = tag.split_once("<head").map_or(tag, |(tag, _)| tag);
    let (before, value) = tag.split_once("lang=")?;
    if !before.ends_with(|c: char| c.is_ascii_whitespace()) {
        return None;
    }
    let quoted = |text: &str| {
        let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        text.get(1..)?.split_once(quote).map(|(tag, rest)| (tag.to_owned(), rest.trim().to_owned()))
    };
    if let Some((tag, _)) = quoted(value) {
        return Some(Said::Tag(tag));
    }
    let code = value.strip_prefix('{')?.split_once('}')?.0.trim();
    if let Some((tag, rest)) = quoted(code) {
        return Some(if rest.is_empty() { Said::Tag(tag) } else { Said::Settings });
    }
    // `SITE.lang`, `config.site.lang ?? 'en'`; a plain name is what the page hands over.
    let path: &str = code.split(|c: char| c.is_whitespace() || matches!(c, '|' | '?')).next().unwrap_or_default();
    let member = path.contains('.') && !path.starts_with("Astro.") && !path.contains('(');
    Some(if member { Said::Settings } else { Said::Locale })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_layout_says() {
        let is = |text: &str, what: Option<Said>| assert_eq!(said(text), what, "{text}");
        is("<!doctype html>\n<html lang=\"ja\" class={a > b}>\n<head>", Some(Said::Tag("ja".to_owned())));
        is("<html\n  dir={d}\n  lang={Astro.currentLocale ?? site.lang}\n>", Some(Said::Locale));
        is("<html lang={lang}>", Some(Said::Locale));
        is("<html lang={'fr'}>", Some(Said::Tag("fr".to_owned())));
        is("<html lang={SITE.lang ?? 'en'} data-x>", Some(Said::Settings));
        is("<html class=\"x\">\n<head>\n<meta hreflang=\"de\">", None);
        is("<div lang=\"ja\">", None);
    }
}
