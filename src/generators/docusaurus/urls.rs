//! The addresses of documents, posts and pages.
//!
//! Source: `plugin-content-docs/lib/{slug,docs,numberPrefix}.js`, `plugin-content-blog/lib/blogUtils.js`,
//! `plugin-content-pages/lib/content.js`, `utils/lib/urlUtils.js`.

use crate::discover::{file_name, parent};
use crate::site::destination;

/// The address of a document below its version, from its path and its front matter.
#[must_use]
pub fn document(inside: &str, id: Option<&str>, slug: Option<&str>, strips_numbers: bool) -> String {
    let strip = |name: &str| if strips_numbers { without_number(name).to_owned() } else { name.to_owned() };
    if let Some(slug) = slug.filter(|slug| slug.starts_with('/')) {
        return slug.to_owned();
    }
    let folders: Vec<String> = parent(inside).split('/').filter(|name| !name.is_empty()).map(strip).collect();
    let folder = if folders.is_empty() { "/".to_owned() } else { format!("/{}/", folders.join("/")) };
    let name = file_name(inside);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let lower = stem.to_lowercase();
    let is_index = lower == "index" || lower == "readme" || lower == file_name(parent(inside)).to_lowercase();
    if slug.is_none() && is_index {
        return folder;
    }
    let stem = strip(stem);
    let last = slug.or(id).unwrap_or(&stem);
    destination::join(&folder, last).unwrap_or(folder)
}

/// `01-intro` → `intro`; dates and versions stay.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == name.len() {
        return name;
    }
    let separated = rest.strip_prefix(['-', '_', '.']);
    if separated.is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit())) {
        return name;
    }
    let unspaced = rest.trim_start();
    let after = unspaced.trim_start_matches(['-', '_', '.']);
    let suffix = after.trim_start();
    if after.len() == unspaced.len() || suffix.is_empty() || suffix.starts_with(['-', '_', '.']) {
        name
    } else {
        suffix
    }
}

/// The address of a post below its blog, and the date that its path says, as written.
#[must_use]
pub fn post(inside: &str) -> (String, Option<&str>) {
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    // The last date of the path counts.
    let found = (0..stem.len()).rev().find_map(|at| Some((at, date_length(stem.get(at..)?)?)));
    match found {
        Some((at, length)) => {
            let date = stem.get(at..at + length).unwrap_or_default();
            let rest = stem.get(at + length..).unwrap_or_default();
            let text = rest.strip_prefix(['-', '/']).unwrap_or(rest);
            let folder = stem.get(..at).unwrap_or_default();
            (format!("/{}/{folder}{text}", date.replace('-', "/")), Some(date))
        }
        None => (format!("/{stem}"), None),
    }
}

/// The length of `2020-1-02` or `2020/01/02` at the start of a text.
fn date_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize, most: usize| {
        bytes.get(from..).unwrap_or_default().iter().take(most).take_while(|b| b.is_ascii_digit()).count()
    };
    let separator = |at: usize| matches!(bytes.get(at), Some(b'-' | b'/'));
    if digits(0, 4) != 4 || !separator(4) {
        return None;
    }
    let month = digits(5, 2);
    if month == 0 || !separator(5 + month) {
        return None;
    }
    let day = digits(6 + month, 2);
    (day > 0).then_some(6 + month + day)
}

/// The address of a page.
#[must_use]
pub fn page(inside: &str) -> String {
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    match stem.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{stem}"),
    }
}

/// One address of parts, with the slash at its end that the site wants, and the file that is written.
#[must_use]
pub fn address(parts: &[&str], trailing_slash: Option<bool>) -> (String, String) {
    let names: Vec<&str> = parts.iter().flat_map(|part| part.split('/')).filter(|name| !name.is_empty()).collect();
    let plain = format!("/{}", names.join("/"));
    if names.is_empty() {
        return ("/".to_owned(), "/index.html".to_owned());
    }
    let slash = trailing_slash
        .unwrap_or_else(|| parts.iter().rev().find(|part| !part.is_empty()).is_some_and(|part| part.ends_with('/')));
    let output = if trailing_slash == Some(false) { format!("{plain}.html") } else { format!("{plain}/index.html") };
    (if slash { format!("{plain}/") } else { plain }, output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents() {
        for (path, url) in [
            ("intro.md", "/intro"),
            ("01-intro.md", "/intro"),
            ("1. Guide/02 - start.mdx", "/Guide/start"),
            ("7.0-foo.md", "/7.0-foo"),
            ("2021-11-foo.md", "/2021-11-foo"),
            ("guides/index.md", "/guides/"),
            ("guides/README.md", "/guides/"),
            ("Guides/guides.md", "/Guides/"),
            ("03-guides/03-guides.md", "/guides/"),
            ("03-guides/guides.md", "/guides/guides"),
            ("index.md", "/"),
            ("9.md", "/9"),
            ("9-.md", "/9-"),
        ] {
            assert_eq!(document(path, None, None, true), url, "{path}");
        }
        assert_eq!(document("a/01-b.md", Some("c"), None, true), "/a/c");
        assert_eq!(document("a/b.md", Some("c"), Some("../d"), true), "/d");
        assert_eq!(document("a/b.md", None, Some("/x/y"), true), "/x/y");
        assert_eq!(document("01-a/02-b.md", None, None, false), "/01-a/02-b");
        assert_eq!(document("a/index.md", Some("c"), None, true), "/a/");
    }

    #[test]
    fn posts() {
        for (path, url, date) in [
            ("2021-02-03-a.md", "/2021/02/03/a", Some("2021-02-03")),
            ("2021-02-03-a/index.mdx", "/2021/02/03/a", Some("2021-02-03")),
            ("2021/02/03/a.md", "/2021/02/03/a", Some("2021/02/03")),
            ("news/2021-2-3/a.md", "/2021/2/3/news/a", Some("2021-2-3")),
            ("a/b.md", "/a/b", None),
            ("a/index.md", "/a", None),
        ] {
            assert_eq!(post(path), (url.to_owned(), date), "{path}");
        }
    }

    #[test]
    fn slashes_at_the_end() {
        assert_eq!(address(&["", "docs", "/a"], None), ("/docs/a".to_owned(), "/docs/a/index.html".to_owned()));
        assert_eq!(address(&["docs", "/a/"], None).0, "/docs/a/");
        assert_eq!(address(&["docs", "/a/"], Some(false)), ("/docs/a".to_owned(), "/docs/a.html".to_owned()));
        assert_eq!(address(&["docs", "/"], Some(true)).0, "/docs/");
    }
}
