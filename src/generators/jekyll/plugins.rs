//! Whether a site's plugins publish pages that its sources do not show.
//!
//! Most plugins add tags, filters or metadata. Only generators make pages, and Ruby code shows whether it is one.
//!
//! Source: the page "Plugins" of Jekyll's documentation ("Generators"); the gems' own documentation.

use super::config::Config;
use crate::discover::extension;
use crate::generators::Folder;

/// Parts of the names of gems that publish pages for terms, archives, data or languages.
const MAKERS: [&str; 16] = [
    "archive",
    "autopages",
    "paginate-v2",
    "tagging",
    "tagories",
    "jekyll-tags",
    "tag-page",
    "tag_page",
    "categor",
    "data-page",
    "datapage",
    "page-gen",
    "scholar",
    "polyglot",
    "multiple-languages",
    "crosspost",
];

/// What code that makes pages or files has to name.
///
/// Source: `Jekyll::Generator`, `Jekyll::Page`, `Jekyll::PageWithoutAFile`, `Jekyll::StaticFile`, `Jekyll::Document`.
const CALLS: [&str; 9] = [
    "Generator",
    "Page.new",
    "PageWithoutAFile",
    "StaticFile",
    "Document.new",
    "< Page",
    "site.pages <<",
    "File.write",
    "File.open",
];

/// A folder of plugins in code that makes pages; what only adds tags and filters does not count.
#[must_use]
pub fn code_makes_pages(folder: &Folder<'_>) -> bool {
    let code = folder.below("_plugins").filter(|path| extension(path) == "rb");
    code.map(|path| folder.read(path)).any(|text| text.is_none_or(|text| CALLS.iter().any(|call| text.contains(call))))
}

/// A gem that makes pages is named in the configuration.
#[must_use]
pub fn gems_make_pages(config: &Config) -> bool {
    config.plugins.iter().any(|plugin| MAKERS.iter().any(|maker| plugin.contains(maker)))
}
