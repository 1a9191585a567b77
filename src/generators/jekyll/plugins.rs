//! Whether a site's plugins publish pages that its sources do not show.
//!
//! Most plugins add tags, filters or metadata. Only generators make pages, and Ruby code shows whether it is one.
//!
//! Source: the page "Plugins" of Jekyll's documentation ("Generators"); the gems' own documentation.

use serde_json::Value;

use super::config::Config;
use crate::discover::{extension, file_name};
use crate::generators::Folder;
use crate::generators::values::{list, text};

/// Parts of the names of gems that publish pages for terms, archives, data or languages.
const MAKERS: [&str; 15] = [
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

/// What Octopress 2 brings along: the pages of categories lie in a folder of theirs, and the rest makes none.
const OF_OCTOPRESS: [&str; 6] = [
    "category_generator.rb",
    "sitemap_generator.rb",
    "gist_tag.rb",
    "preview_unpublished.rb",
    "pygments_code.rb",
    "pagination.rb",
];

/// The files of code that Jekyll loads.
pub fn code<'f>(folder: &'f Folder<'_>, config: &'f Config) -> impl Iterator<Item = &'f str> {
    let files = config.plugins_dirs.iter().flat_map(|dir| folder.below(dir));
    files.filter(|path| extension(path) == "rb")
}

/// A folder of plugins in code that makes pages; what only adds tags and filters does not count.
#[must_use]
pub fn code_makes_pages(folder: &Folder<'_>, config: &Config) -> bool {
    let is_octopress = code(folder, config).any(|path| path.ends_with("/octopress_filters.rb"));
    let is_its_own = |path: &str| is_octopress && OF_OCTOPRESS.contains(&file_name(path));
    let code = code(folder, config).filter(|path| !is_its_own(path));
    code.map(|path| folder.read(path)).any(|text| text.is_none_or(|text| CALLS.iter().any(|call| text.contains(call))))
}

/// True when code writes attribute lists with ids into the text of pages, before kramdown reads it.
#[must_use]
pub fn code_makes_ids(folder: &Folder<'_>) -> bool {
    let code = folder.below("_plugins").filter(|path| extension(path) == "rb").filter_map(|path| folder.read(path));
    code.into_iter().any(|text| text.contains("{:#") && (text.contains("pre_render") || text.contains("def convert")))
}

/// Folders at the top that code which makes pages names: `"series-#{lang}"`.
#[derive(Debug, Default)]
pub struct MadeIn {
    tops: Vec<String>,
    /// The folder of Octopress's pages of categories: their names are spelt in Latin letters, by tables of their own.
    categories: Option<String>,
}

impl MadeIn {
    /// Reads the code.
    #[must_use]
    pub fn of(folder: &Folder<'_>, config: &Config) -> MadeIn {
        let texts = code(folder, config).filter_map(|path| folder.read(path));
        let mut made = MadeIn::default();
        for text in texts.filter(|text| CALLS.iter().any(|call| text.contains(call))) {
            made.tops.extend(text.lines().flat_map(quoted_tops));
            if text.contains("category_dir") {
                made.categories = Some(format!("/{}/", config.category_dir));
            }
        }
        made
    }

    /// True for an address below such a folder.
    #[must_use]
    pub fn cover(&self, path: &str) -> bool {
        let (top, rest) = path.trim_matches('/').split_once('/').unwrap_or_default();
        let is_one = |made: &String| match made.strip_suffix('#') {
            Some(start) => top.starts_with(start),
            None => top == made,
        };
        let is_category = || {
            let below = self.categories.as_ref().and_then(|dir| path.strip_prefix(dir.as_str()));
            below.is_some_and(|rest| !rest.is_empty())
        };
        !rest.is_empty() && self.tops.iter().any(is_one) || is_category()
    }
}

/// What stands in quotation marks in a line of code that says where a page goes, and may be a folder at the top; with `#`
/// at its end where a value follows.
fn quoted_tops(line: &str) -> impl Iterator<Item = String> + '_ {
    const SHORTEST: usize = 3;
    const PLACES: [&str; 5] = ["@dir", "@url", "permalink", "Page.new", "PageWithoutAFile.new"];
    let quoted = line.split(['"', '\'']).skip(1).step_by(2).filter(|_| PLACES.iter().any(|place| line.contains(place)));
    quoted.filter_map(|text| {
        let top = text.trim_start_matches('/').split('/').next().unwrap_or_default();
        let (name, open) = match top.split_once("#{") {
            Some((name, _)) => (name, "#"),
            None => (top, ""),
        };
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        (is_name && name.len() >= SHORTEST && !name.starts_with('_')).then(|| format!("{name}{open}"))
    })
}

/// The labels that code adds to every page: those of a Markdown file at the root that it names and puts behind what it
/// converts.
///
/// Source: `references.rb` of jekyll-references.
#[must_use]
pub fn labels(folder: &Folder<'_>) -> Vec<String> {
    let code = folder.below("_plugins").filter(|path| extension(path) == "rb");
    let texts: Vec<String> = code.filter_map(|path| folder.read(path)).collect();
    let converts = |text: &&String| text.contains("def convert") || text.contains("Converter");
    let quoted = |text: &str| -> Vec<String> {
        text.split(['"', '\''])
            .filter(|part| part.ends_with(".md") && !part.contains('\n'))
            .map(str::to_owned)
            .collect()
    };
    let files = texts.iter().filter(converts).flat_map(|text| quoted(text)).filter_map(|file| folder.read(&file));
    let label = |line: &str| Some(line.trim_start().strip_prefix('[')?.split_once("]:")?.0.to_lowercase());
    files.flat_map(|text| text.lines().filter_map(label).collect::<Vec<_>>()).collect()
}

/// A gem that makes pages at addresses that cannot be told is named in the configuration.
#[must_use]
pub fn gems_make_pages(config: &Config) -> bool {
    let unknown = |plugin: &&String| *plugin != ARCHIVES && MAKERS.iter().any(|maker| plugin.contains(maker));
    config.plugins.iter().any(|plugin| unknown(&plugin))
}

/// A gem copies what lies beside a post to where the post is published.
///
/// Source: `jekyll-postfiles`, `lib/jekyll-postfiles.rb`. A gem that the Gemfile loads needs no line in the configuration.
#[must_use]
pub fn copies_beside_posts(folder: &Folder<'_>, config: &Config) -> bool {
    const GEM: &str = "jekyll-postfiles";
    config.plugin(GEM) || folder.read("Gemfile").is_some_and(|gems| gems.contains(GEM))
}

/// The gem whose addresses its configuration tells.
const ARCHIVES: &str = "jekyll-archives";

/// The addresses of jekyll-archives.
///
/// Source: the page "Configuration" of jekyll-archives' documentation.
#[derive(Debug, Default)]
pub struct Archives(Vec<String>);

impl Archives {
    /// Reads `jekyll-archives:` of the configuration.
    #[must_use]
    pub fn new(value: &Value, config: &Config) -> Archives {
        if !config.plugin(ARCHIVES) {
            return Archives::default();
        }
        let options = value.get(ARCHIVES);
        let enabled = options.and_then(|options| options.get("enabled"));
        let names = list(enabled);
        let all = enabled.is_some_and(|enabled| enabled == true) || names.iter().any(|name| name == "all");
        let kinds = [
            ("year", "/:year/", "year"),
            ("month", "/:year/:month/", "month"),
            ("day", "/:year/:month/:day/", "day"),
            ("tag", "/tag/:name/", "tags"),
            ("category", "/category/:name/", "categories"),
        ];
        let kinds = kinds.into_iter().filter(|(_, _, name)| all || names.iter().any(|enabled| enabled == name));
        Archives(
            kinds
                .map(|(kind, usual, _)| {
                    let own = options.and_then(|options| options.get("permalinks")).and_then(|own| own.get(kind));
                    text(own).unwrap_or_else(|| usual.to_owned())
                })
                .collect(),
        )
    }

    /// True when an archive has this address, if its term or date is used at all.
    #[must_use]
    pub fn cover(&self, path: &str) -> bool {
        let bare = path.trim_end_matches("index.html").trim_matches('/');
        self.0.iter().any(|pattern| {
            let mut parts = bare.split('/');
            let fits = pattern.trim_matches('/').split('/').all(|wanted| {
                parts.next().is_some_and(|part| match wanted {
                    ":year" | ":month" | ":day" => !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()),
                    _ if wanted.starts_with(':') => !part.is_empty(),
                    _ => wanted == part,
                })
            });
            fits && parts.next().is_none()
        })
    }
}

/// Plugins that write a file of their own and are loaded because they stand in the Gemfile's group `jekyll_plugins`.
///
/// Source: `PluginManager#require_from_bundler` of Jekyll 4.3.
#[must_use]
pub fn of_gemfile(folder: &Folder<'_>) -> Vec<String> {
    let text = folder.read("Gemfile").unwrap_or_default();
    let group = |line: &&str| line.trim_start().starts_with("group :jekyll_plugins") && line.trim_end().ends_with("do");
    let lines = text.lines().skip_while(|line| !group(line)).take_while(|line| line.trim() != "end");
    let gems = lines.filter_map(|line| line.trim_start().strip_prefix("gem ")?.trim_start().get(1..));
    let names = gems.filter_map(|rest| rest.split(['"', '\'']).next());
    names.filter(|name| matches!(*name, "jekyll-feed" | "jekyll-sitemap")).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_names_the_folders_of_its_pages() {
        let tops = |line| quoted_tops(line).collect::<Vec<String>>();
        assert_eq!(tops("@dir = lang == 'en' ? \"series\" : \"series-#{lang}\""), ["series", "series-#"]);
        assert_eq!(tops("self.data['permalink'] = File.join('_layouts', 'a b')"), ["permalink"]);
        assert_eq!(tops("site.collections['events'].docs"), Vec::<String>::new());
        let tops = vec!["series".to_owned(), "year-#".to_owned()];
        let made = MadeIn { tops, categories: Some("/blog/categories/".to_owned()) };
        assert!(made.cover("/blog/categories/jiao-ben/") && !made.cover("/blog/categories/"));
        assert!(made.cover("/series/a/") && made.cover("/year-2019/a/"));
        assert!(!made.cover("/series/") && !made.cover("/series-a/b/") && !made.cover("/years/a/"));
    }

    #[test]
    fn archives_cover_the_addresses_of_their_configuration() {
        let value = serde_json::json!({
            "plugins": ["jekyll-archives"],
            "jekyll-archives": { "enabled": ["tags", "year"], "permalinks": { "tag": "/tags/:name/" } }
        });
        let config = Config::new(&value);
        let archives = Archives::new(&value, &config);
        assert!(
            archives.cover("/tags/a/")
                && archives.cover("/2019/")
                && !archives.cover("/about/")
                && archives.cover("/tags/a/index.html")
        );
        assert!(!archives.cover("/2-agile/x/") && !archives.cover("/category/a/") && !archives.cover("/2019/02/"));
        assert!(!gems_make_pages(&config));
    }
}
