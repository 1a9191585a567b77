//! Whether `pathPrefix` stands before the links of what is published.

use crate::discover::{extension, file_name};
use crate::generators::Folder;

/// True where the site is built, and nobody tells Gatsby to put `pathPrefix` before its links: it does so only when asked.
pub(super) fn is_left_away(folder: &Folder<'_>, package: &str) -> bool {
    let asks = |text: &str| ["prefix-paths", "PREFIX_PATHS", "prefixPaths"].iter().any(|word| text.contains(word));
    let is_step = |path: &&str| {
        matches!(&*extension(path), "yml" | "yaml" | "sh" | "toml")
            || matches!(file_name(path), "Makefile" | "Dockerfile" | "package.json")
    };
    let vendored = |path: &str| path.contains("node_modules/");
    package.contains("gatsby build")
        && !asks(package)
        && !folder
            .below("")
            .filter(is_step)
            .filter(|path| !vendored(path))
            .any(|path| folder.read(path).is_some_and(|text| asks(&text)))
}
