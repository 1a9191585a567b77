//! Whether anything reads the `date` of a page: VitePress itself reads none.

use crate::discover::{extension, file_name};
use crate::generators::Folder;
use crate::generators::package_json::Packages;

/// How code makes a day of a text.
const READERS: [&str; 8] =
    ["new Date(", "Date.parse", "dayjs", "moment", "DateTime", "date-fns", "parseISO", "DateTimeFormat"];

/// True where code beside the configuration (or a loader, `posts.data.ts`) reads dates, or a theme of somebody else's may.
pub fn are_read(folder: &Folder<'_>, place: &str) -> bool {
    Packages::around(folder).iter().flat_map(Packages::names).any(is_theme) || code_reads(folder, place)
}

fn is_theme(name: &str) -> bool {
    ["theme", "blog", "rss", "feed"].iter().any(|word| name.contains(word))
}

fn code_reads(folder: &Folder<'_>, place: &str) -> bool {
    let is_code = |path: &&str| {
        matches!(&*extension(path), "js" | "ts" | "mjs" | "mts" | "cjs" | "vue" | "tsx" | "jsx")
            && (place.is_empty() || path.starts_with(place) || file_name(path).contains(".data."))
    };
    let mut texts = folder.below("").filter(is_code).filter_map(|path| folder.read(path));
    texts.any(|text| text.contains("date") && READERS.iter().any(|reader| text.contains(reader)))
}
