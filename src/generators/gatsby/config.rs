//! `gatsby-config` and `gatsby-node` as far as they show where content lies and what its addresses are.

use crate::hash::Set;

use super::ids::{self, AUTOLINK};
use super::made::{self, Address, Made};
use super::queries::{self, Condition};
use super::{field, prefix, written_in};
use crate::discover::{extension, join};
use crate::generators::Folder;
use crate::generators::around::from_root;
use crate::generators::heading_ids::Algorithm;
use crate::generators::js_config::{self, Module};

/// The configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder of the configuration, relative to the root.
    pub site: String,
    /// `siteMetadata.siteUrl`.
    pub url: Option<String>,
    /// `pathPrefix` without a slash at its end.
    pub base_path: String,
    /// Folders of content.
    pub content: Vec<String>,
    /// Where addresses come from.
    pub address: Address,
    /// Parts of the paths of the files that code makes pages of, where it says so.
    pub only: Vec<String>,
    /// Only files called `index` become pages: `gatsby-node` leaves the others.
    pub only_index: bool,
    /// The folder that `createFilePath` cuts off the paths of files: `posts`.
    pub cut: String,
    /// What stands before these addresses: `/posts`.
    pub prefix: String,
    /// What an entry's front matter must say that it gets a page.
    pub asks_for: Vec<Condition>,
    /// Keys that the components do without.
    pub optional: Set<String>,
    /// What code makes besides.
    pub made: Made,
    /// Headings get ids.
    pub heading_ids: bool,
    /// How they are made.
    pub algorithm: Algorithm,
    /// How they may be made, too, as far as is known.
    pub also_ids: &'static [Algorithm],
    /// Pages may be MDX.
    pub mdx: bool,
    /// Images are found by the names of their files.
    pub images_by_name: bool,
    /// A heading may say its own id: `## Text {#id}`.
    pub custom_ids: bool,
    /// `gatsby-transformer-remark` reads Markdown, with remark 12.
    pub old_remark: bool,
    /// `gatsby-remark-emoji` makes pictures of `:name:` before Markdown is read, wherever it stands in the list (`mutateSource`).
    pub emoji: bool,
    /// Themes, or plugins of the site's own, decide which ids there are.
    pub ids_unknown: bool,
    /// Ids keep capitals, or lose accents.
    pub ids_respelt: bool,
    /// Templates hand the dates of pages to JavaScript's `new Date` as they are written.
    pub dates_by_new_date: bool,
    /// Addresses end with a slash.
    pub trailing_slash: bool,
}

/// Folders that hold content where the configuration does not say so.
const USUAL: [&str; 8] = ["content", "src/pages", "src/content", "posts", "blog", "pages", "src/posts", "docs"];

impl Config {
    /// Reads the files of a folder below the root.
    #[must_use]
    pub fn read(folder: &Folder<'_>, site: &str) -> Config {
        let read = |name: &str| folder.read(&join(site, name));
        let name = written_in(folder, site);
        let text = name.as_deref().and_then(|name| folder.read(name)).unwrap_or_default();
        let node = ["js", "ts", "mjs"].iter().find_map(|ext| read(&format!("gatsby-node.{ext}")));
        let node = without_wrapping(&field::without_comments(&node.unwrap_or_default()));
        let package = read("package.json").unwrap_or_default();
        let module = name.as_deref().map_or_else(|| Module::read(""), |name| js_config::load(folder, name));
        let config = module.config();
        let themes = text.contains("gatsby-theme") || !config.get("__experimentalThemes").is_absent();
        let here = |path: &String| folder.has_folder(path);
        let mut content: Vec<String> = folders(&text).map(|path| from_root(site, &path)).filter(here).collect();
        if content.is_empty() {
            content = USUAL.iter().map(|path| join(site, path)).filter(here).collect();
        }
        let options = ids::options(&text);
        let own_ids = options.unknown
            || folder
                .below(&join(site, "plugins"))
                .any(|file| ["head", "anchor", "slug", "toc"].iter().any(|part| file.contains(part)))
            || ["-header", "-heading", "-anchor", "-slug"].iter().any(|part| text.contains(part));
        let (address, prefix, mut made) = pages_of(&node);
        if makes_nothing(&node, &text) && !folder.has_folder(&join(site, "plugins")) {
            made.unknown = false;
        }
        made.unknown |= themes || plugins_make_pages(&text);
        made.below.extend(routes(folder, site));
        made.exact.extend(outputs(&text));
        let address = if themes { Address::Unknown } else { address };
        let base_path = match config.get("pathPrefix").text().map(|path| path.trim_matches('/')) {
            None | Some("") => String::new(),
            Some(_) if prefix::is_left_away(folder, &package) => String::new(),
            Some(path) => format!("/{path}"),
        };
        let lock = ["yarn.lock", "package-lock.json"].iter().find_map(|name| read(name)).unwrap_or_default();
        let (algorithm, also_ids) = ids::algorithm(&text, &package, &lock);
        Config {
            site: site.to_owned(),
            url: ["siteUrl", "url"]
                .iter()
                .find_map(|key| config.at(&["siteMetadata", key]).text().filter(|url| url.contains("://")))
                .map(|url| url.trim_end_matches('/'))
                // Many write it with the prefix.
                .map(|url| url.strip_suffix(&*base_path).unwrap_or(url).to_owned()),
            base_path,
            content,
            address,
            cut: field::base_path(&node),
            prefix,
            asks_for: queries::conditions(&node),
            optional: queries::optional_keys(folder, site),
            made,
            only: only(&node),
            only_index: only_index(&node),
            heading_ids: !options.unknown
                && [AUTOLINK, "rehype-slug", "remark-slug"]
                    .iter()
                    .any(|plugin| text.contains(plugin) || package.contains(plugin)),
            algorithm,
            also_ids,
            mdx: text.contains("gatsby-plugin-mdx") || folder.below(site).any(|path| extension(path) == *"mdx"),
            images_by_name: images_by_name(&package),
            custom_ids: options.custom,
            old_remark: text.contains("gatsby-transformer-remark"),
            emoji: ['\'', '"', '`'].iter().any(|quote| text.contains(&format!("gatsby-remark-emoji{quote}"))),
            ids_unknown: themes || own_ids,
            ids_respelt: options.respelt,
            dates_by_new_date: hands_dates_on(folder, site),
            trailing_slash: config.get("trailingSlash").text() != Some("never"),
        }
    }
}

/// True for gatsby-remark-relative-images before 0.3, which takes any file of an image's name.
fn images_by_name(package: &str) -> bool {
    let asked = package.split("\"gatsby-remark-relative-images\":").nth(1).unwrap_or_default();
    let asked = asked.trim_start_matches([' ', '"', '^', '~']);
    ["0.0.", "0.1.", "0.2."].iter().any(|version| asked.starts_with(version))
}

/// True where `onCreateNode` returns at once for files that are not called `index`: `const isPost = file.base === 'index.md'`
/// and `if (!isPost) return`, or `if (file.base !== 'index.md') return`.
fn only_index(node: &str) -> bool {
    let Some((_, code)) = node.split_once("onCreateNode") else { return false };
    let returns = |rest: &str| {
        let behind = rest.split_once(')').map_or("", |(_, behind)| behind.trim_start());
        behind.trim_start_matches('{').trim_start().starts_with("return")
    };
    ['`', '\'', '"'].iter().any(|quote| {
        [format!(".base === {quote}index.md"), format!(".name === {quote}index{quote}")].iter().any(|same| {
            let other = same.replace("===", "!==");
            let unequal = code.split_once(other.as_str()).is_some_and(|(_, rest)| returns(rest));
            unequal
                || code.split_once(same.as_str()).is_some_and(|(before, rest)| {
                    let line = before.rsplit('\n').next().unwrap_or_default();
                    let name = line.rsplit_once(" = ").and_then(|(names, _)| names.split_whitespace().last());
                    let guard = name.map(|name| format!("(!{name}"));
                    guard.and_then(|guard| rest.split_once(guard.as_str())).is_some_and(|(_, rest)| returns(rest))
                })
        })
    })
}

/// True where neither `gatsby-node` nor a plugin can make a page, so that there are those of `src/pages` and no others.
fn makes_nothing(node: &str, config: &str) -> bool {
    // What begins so works on pictures, styles, heads and reports.
    const QUIET: [&str; 43] = [
        "contrib/",
        "plugin-elasticlunr",
        "plugin-local-search",
        "source-filesystem",
        "transformer-",
        "remark-",
        "config",
        "node",
        "image",
        "plugin-image",
        "plugin-sharp",
        "plugin-manifest",
        "plugin-react-helmet",
        "plugin-feed",
        "plugin-sitemap",
        "plugin-offline",
        "plugin-google",
        "plugin-gtag",
        "plugin-mdx",
        "plugin-sass",
        "plugin-less",
        "plugin-postcss",
        "plugin-typography",
        "plugin-styled-components",
        "plugin-emotion",
        "plugin-typescript",
        "plugin-catch-links",
        "plugin-robots-txt",
        "plugin-svgr",
        "plugin-react-svg",
        "plugin-canonical",
        "plugin-twitter",
        "plugin-nprogress",
        "plugin-layout",
        "plugin-fontawesome",
        "plugin-web-font",
        "plugin-purgecss",
        "plugin-disqus",
        "plugin-dark-mode",
        "plugin-anchor-links",
        "plugin-alias",
        "plugin-gatsby-cloud",
        "plugin-plausible",
    ];
    let none = !["createPage", "createRedirect", "require(", "import ", "exports", "export "]
        .iter()
        .any(|word| node.contains(word));
    let quiet = |rest: &str| QUIET.iter().any(|start| rest.starts_with(start));
    none && !config.is_empty() && !names_file_of_plugin(config) && config.split("gatsby-").skip(1).all(quiet)
}

/// True for `require.resolve('./x')` as a plugin. Under another key it names a layout or a file of a plugin's options.
fn names_file_of_plugin(config: &str) -> bool {
    let is_option = |before: &str| {
        let key = before.trim_end().strip_suffix(':').map(|key| key.trim_end().trim_end_matches(['"', '\'', '`']));
        key.is_some_and(|key| !key.ends_with("resolve"))
    };
    config.match_indices("require.resolve").any(|(at, _)| !config.get(..at).is_some_and(is_option))
}

/// Plugins that make pages of their own, or move all of them.
fn plugins_make_pages(text: &str) -> bool {
    ["i18n", "intl", "page-creator", "redirect", "wordpress", "contentful"].iter().any(|part| text.contains(part))
}

/// The fixed beginnings of routes below `src/pages`: `{Mdx.slug}.jsx`, `app/[...].jsx`.
fn routes(folder: &Folder<'_>, site: &str) -> Vec<String> {
    let pages = join(site, "src/pages");
    let inside = folder.below(&pages).filter_map(|path| path.get(pages.len()..)?.split_once(['{', '[']));
    inside.map(|(fixed, _)| fixed.to_owned()).collect()
}

/// Files that plugins write: `output: "/rss.xml"`.
fn outputs(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split("output:").skip(1).filter_map(|rest| {
        let quote = rest.trim_start().chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let path = rest.trim_start().get(1..)?.split(quote).next()?;
        Some(format!("/{}", path.trim_start_matches('/')))
    })
}

/// True where the code of the pages reads dates itself, and never asks Gatsby for another form of them.
fn hands_dates_on(folder: &Folder<'_>, site: &str) -> bool {
    const FILES: usize = 200;
    let is_code = |path: &&str| matches!(&*extension(path), "js" | "jsx" | "ts" | "tsx");
    let mut reads = false;
    for path in folder.below(&join(site, "src")).filter(is_code).take(FILES) {
        let text = folder.read(path).unwrap_or_default();
        if text.contains("formatString") {
            return false;
        }
        reads |= text.contains("frontmatter") && ["new Date(", "Date.parse("].iter().any(|call| text.contains(call));
    }
    reads
}

/// The folders in a configuration: `${__dirname}/content/blog`, `path.join(__dirname, '..', 'content')`, `path: './content'`.
pub fn folders(text: &str) -> impl Iterator<Item = String> {
    text.match_indices("path:").filter_map(|(at, key)| {
        let rest = text.get(at + key.len()..)?.trim_start();
        let line = rest.split('\n').next()?;
        let called =
            ["join(", "resolve("].iter().any(|name| line.split("__dirname").next().is_some_and(|l| l.ends_with(name)));
        let from = line.find("__dirname").and_then(|at| line.get(at + "__dirname".len()..)).unwrap_or(line);
        let mut parts = from.split(['"', '\'', '`', ',', '}', '+']).map(str::trim).filter(|part| !part.is_empty());
        let path = match called {
            true => parts.take_while(|part| !part.starts_with(')')).collect::<Vec<_>>().join("/"),
            false => parts.next()?.split(['$', ')']).next()?.to_owned(),
        };
        let path = path.trim_start_matches('/').trim_end_matches('/');
        let path = path.strip_prefix("./").unwrap_or(path);
        (!path.is_empty() && !path.contains('$')).then(|| path.to_owned())
    })
}

/// The plain patterns of `fileAbsolutePath: { regex: "/posts/" }`: of other files the query makes no pages.
fn only(node: &str) -> Vec<String> {
    let patterns = node.match_indices("fileAbsolutePath:").filter_map(|(at, key)| {
        let rest = node.get(at + key.len()..)?.split('}').next()?;
        let value = rest.split_once("regex:")?.1.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let pattern = value.get(1..)?.split(quote).next()?.strip_prefix('/')?;
        let (pattern, _) = pattern.rsplit_once('/')?;
        let pattern = pattern.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(pattern);
        let plain = pattern.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '_'));
        (plain && !pattern.is_empty()).then(|| pattern.to_owned())
    });
    patterns.collect()
}

/// What `gatsby-node` makes: the field is the path as it stands only where nothing is put before it.
fn pages_of(node: &str) -> (Address, String, Made) {
    let (address, prefix, mut made) = made::read(node);
    if let Some(field) = field::read(node).filter(|_| address == Address::Path) {
        let prefix = format!("{}/{}", prefix.trim_end_matches('/'), field.folder);
        return match field.kebab {
            Some(key) => (Address::Kebab(key), format!("{prefix}/"), made),
            None => {
                made.below.push(format!("/{}/", prefix.trim_start_matches('/')));
                (Address::Unknown, String::new(), made)
            }
        };
    }
    if address == Address::Path && !field::is_path(node) {
        made.unknown = true;
        return (Address::Unknown, String::new(), made);
    }
    (address, prefix, made)
}

/// The code with `value` for `` `${value}` ``, which says the same.
fn without_wrapping(node: &str) -> String {
    let mut out = String::with_capacity(node.len());
    let mut rest = node;
    while let Some((before, behind)) = rest.split_once("`${") {
        out.push_str(before);
        let name = behind.split_once("}`").map(|(name, after)| (name.trim(), after));
        match name.filter(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))) {
            Some((name, after)) => {
                out.push_str(name);
                rest = after;
            }
            None => {
                out.push_str("`${");
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address_of(node: &str) -> Address {
        pages_of(node).0
    }

    #[test]
    fn only_files_called_index() {
        assert!(only_index(
            "onCreateNode = () => { const isPost = f?.base === `index.md`\nif (!isPost) {\n return } }"
        ));
        assert!(only_index("onCreateNode = () => { if (file.name !== 'index') return; x() }"));
        assert!(!only_index("onCreateNode = () => { const a = f.base === 'index.md' ? b : c; if (!d) return }"));
    }

    #[test]
    fn what_a_page_is_called_after() {
        let starter = "const value = createFilePath({ node, getNode })\ncreateNodeField({ node, name: 'slug', value })\ncreatePage({ path: post.fields.slug, component })";
        assert_eq!(address_of(starter), Address::Path);
        let last = "const slug = createFilePath({ node })\nconst own = slug.split('/')[1]\nvalue: own, createPage({ path: post.fields.slug, })";
        assert_eq!(address_of(last), Address::Unknown);
        assert_eq!(only("filter: { fileAbsolutePath: { regex: \"/content/posts/\" } }"), ["content/posts"]);
        assert_eq!(address_of("createPage({ path: node.frontmatter.path, })"), Address::Key("path".to_owned()));
        assert_eq!(address_of("createPage({ path: `/blog${node.fields.slug}`, })"), Address::Unknown);
        let below = pages_of(
            "const value = createFilePath({ node })\ncreateNodeField({ node, name: 'slug', value })\ncreatePage({ path: `/blog${node.fields.slug}`, })",
        );
        assert_eq!((below.0, below.1.as_str()), (Address::Path, "/blog"));
        assert_eq!(
            address_of("createFilePath(); createPage({ path: a.fields.slug,}); value: `/blog${x}`"),
            Address::Unknown
        );
    }

    #[test]
    fn where_content_lies() {
        let text = "path: `${__dirname}/content/blog`,\npath: path.join(__dirname, 'src/pages'),\npath: './posts/',\n";
        assert_eq!(folders(text).collect::<Vec<_>>(), ["content/blog", "src/pages", "posts"]);
        let text = "path: `${__dirname}/../content`, name: 'a'\npath: path.join(__dirname, '..', 'docs'),\npath: __dirname + '/src/a',\n";
        assert_eq!(folders(text).collect::<Vec<_>>(), ["../content", "../docs", "src/a"]);
    }
}
