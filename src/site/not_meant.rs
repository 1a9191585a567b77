//! What has the name of something that is asked for and is certainly not meant: a page of a version that is no longer the
//! newest, a page where a file is asked for, the page that holds the link under another name.

use super::Site;
use super::facts::PageFacts;
use super::index::{Entry, last_name};
use super::suggestion::Suggestion;
use crate::discover::{extension, file_name, without_extension};

/// Endings of files that are fetched, heard or seen, and that no page stands in for.
const FILES: [&str; 40] = [
    "7z", "apk", "avi", "bz2", "csv", "dmg", "doc", "docx", "epub", "exe", "flac", "gif", "gz", "ics", "iso", "jar",
    "jpeg", "jpg", "m4a", "mkv", "mov", "mp3", "mp4", "odp", "ods", "odt", "ogg", "pdf", "png", "ppt", "pptx", "rar",
    "svg", "tgz", "wav", "webm", "webp", "xls", "xlsx", "zip",
];

/// True for the path of such a file.
#[must_use]
pub fn is_file(path: &str) -> bool {
    FILES.binary_search(&&*extension(path).to_ascii_lowercase()).is_ok()
}

/// Takes out what is not meant; what is certain stays.
pub(super) fn drop(site: &Site, from: &PageFacts, path: &str, found: &mut Vec<Suggestion>) {
    found.retain(|one| {
        let Some(page) = page_at(site, &one.path) else { return true };
        let old = version(&page.path).is_some_and(|version| {
            // The newest version is published without its number.
            Some(version) != self::version(&from.path) && names(&one.path, version) && !names(path, version)
        });
        one.certain || !old && !is_file(path)
    });
}

/// True for an address in the folder of a version: `/docs/1.2/a/`, `/docs/v1.2/a/`.
fn names(address: &str, version: &str) -> bool {
    address.split('/').any(|part| part == version || part.strip_prefix('v') == Some(version))
}

/// The newest version that had a page of that name.
#[must_use]
pub fn version_with(site: &Site, from: &PageFacts, path: &str) -> Option<String> {
    let numbers = |version: &str| version.split('.').filter_map(|part| part.parse::<u32>().ok()).collect::<Vec<_>>();
    let versions = site.index.named(last_name(path)).into_iter().filter_map(|output| match site.index.get(output) {
        // The newest version is published without its number.
        Some(Entry::Page(number)) => version(&site.page(*number)?.path).filter(|version| names(output, version)),
        _ => None,
    });
    let newest = versions.max_by_key(|version| numbers(version))?;
    (Some(newest) != version(&from.path)).then(|| newest.to_owned())
}

/// True for the page that holds the link, where its name is not the one that is asked for. Posts that moved from another
/// program often name themselves by their former addresses, whole or exactly.
#[must_use]
pub fn is_itself(site: &Site, from: &PageFacts, path: &str, one: &Suggestion) -> bool {
    let own = |name: &str| name.eq_ignore_ascii_case(last_name(path).trim_end_matches(".md"));
    let stem = file_name(without_extension(&from.path));
    let is_own = from.place.url.as_deref().is_some_and(|url| own(last_name(url)))
        || from.path.split('/').any(own)
        || own(stem)
        || own(crate::generators::undated(stem));
    !one.certain && !is_own && page_at(site, &one.path).is_some_and(|page| page.path == from.path)
}

/// The version of which a page is: `1.2` of `versioned_docs/version-1.2/a.md`.
fn version(source: &str) -> Option<&str> {
    source.split('/').find_map(|folder| folder.strip_prefix("version-"))
}

fn page_at<'s>(site: &'s Site, path: &str) -> Option<&'s PageFacts> {
    let output = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let entry = [output.clone(), format!("{output}/index.html"), format!("{output}.html")];
    let number = entry.iter().find_map(|output| match site.index.get(output) {
        Some(Entry::Page(number)) => Some(*number),
        _ => None,
    });
    site.page(number?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_endings() {
        assert!(FILES.is_sorted());
        assert!(is_file("/a/b.PDF") && !is_file("/a/b.html") && !is_file("/a/v1.2") && !is_file("/a/"));
    }
}
