//! Paths of files as the tree writes them: relative to its base, with `/` between their parts.

use std::borrow::Cow;

/// The folder of a path, `""` at the top.
#[must_use]
pub fn parent(path: &str) -> &str {
    memchr::memrchr(b'/', path.as_bytes()).map_or("", |at| path.get(..at).unwrap_or_default())
}

/// The first part of a path, whether it begins with a slash or not.
#[must_use]
pub fn first_part(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}

/// The last part of a path.
#[must_use]
pub fn file_name(path: &str) -> &str {
    memchr::memrchr(b'/', path.as_bytes()).map_or(path, |at| path.get(at + 1..).unwrap_or_default())
}

/// A path without its extension; a name that begins with its only dot has none.
#[must_use]
pub fn without_extension(path: &str) -> &str {
    let name = file_name(path);
    let bare = name.rfind('.').filter(|at| *at > 0).unwrap_or(name.len());
    path.get(..path.len() - name.len() + bare).unwrap_or(path)
}

/// The extension without the dot, lower-cased; empty when there is none.
#[must_use]
pub fn extension(path: &str) -> Cow<'_, str> {
    // From behind, byte by byte: it is asked some twenty times of each file, and is short.
    let end = path.bytes().rposition(|b| matches!(b, b'.' | b'/'));
    let ext = match end {
        Some(dot) if path.as_bytes().get(dot) == Some(&b'.') => path.get(dot + 1..).unwrap_or_default(),
        _ => "",
    };
    match ext.bytes().any(|b| b.is_ascii_uppercase()) {
        true => Cow::Owned(ext.to_ascii_lowercase()),
        false => Cow::Borrowed(ext),
    }
}

/// Joins a folder and a path below it.
#[must_use]
pub fn join(folder: &str, path: &str) -> String {
    match (folder.is_empty(), path.is_empty()) {
        (true, _) => path.to_owned(),
        (_, true) => folder.to_owned(),
        _ => [folder, "/", path].concat(),
    }
}

/// True for a path that ends like an image that browsers or cameras know.
#[must_use]
pub fn is_image(path: &str) -> bool {
    const IMAGES: [&str; 16] = [
        "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "tif", "tiff", "heic", "heif", "apng",
        "jfif", "jxl",
    ];
    IMAGES.contains(&&*extension(path))
}

/// What follows a folder in a path.
#[must_use]
pub fn inside<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}
