//! Addresses of Quartz: what is made of a path.

/// A path as Quartz writes it in URLs.
pub(super) fn slug(path: &str) -> String {
    path.replace(char::is_whitespace, "-").replace('&', "-and-").replace('%', "-percent").replace(['?', '#'], "")
}

/// A name that is written as in an address, where it certainly is.
pub(super) fn unslugged(written: &str) -> Option<String> {
    let signs = written.replace("-and-", "&").replace("-percent", "%");
    (signs != written).then_some(signs)
}

/// The same in Quartz 5, where a link in capitals leads to the page in small letters.
///
/// Source: `slugifyFilePath` of quartz-community/utils; docs/getting-started/migrating.md.
pub(super) fn small_slug(path: &str) -> String {
    slug(path).replace(['<', '>', ':', '"', '|', '*'], "").to_lowercase()
}
