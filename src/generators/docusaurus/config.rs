//! `docusaurus.config.js` as far as it decides what is published where.
//!
//! Source: `docusaurus/lib/server/configValidation`, `i18n`, and the options of the three content plugins.

use crate::discover::{extension, join};
use crate::generators::around::from_root;
use crate::generators::config_file;
use crate::generators::js_config::{At, Module, Value};
use crate::generators::navigation::NavEntry;
use crate::generators::own_code::Changes;
use crate::generators::values::list;
use crate::generators::{Folder, js_config};

use super::content::Content;
use super::{DATA, navigation, wrapped};

/// One content plugin of the site.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Its kind.
    pub content: Content,
    /// Its id: `default` unless there are several.
    pub id: String,
    /// Its folder, relative to the root of the site's files.
    pub path: String,
    /// What its addresses begin with, without slashes.
    pub route: String,
    /// Its versions; one without a name where it has none.
    pub versions: Vec<Version>,
    /// Whether `01-` in front of names is left out of addresses.
    pub strips_numbers: bool,
    /// The blog's file of authors, in its folder.
    pub authors: String,
    /// Its own `include` and `exclude`, where it sets them.
    pub include: Option<Vec<String>>,
    /// See [`Instance::include`].
    pub exclude: Option<Vec<String>>,
}

/// A version of documents.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its folder, relative to the root.
    pub folder: String,
    /// Its part of the address.
    pub path: String,
    /// The name of its folder among translations.
    pub translated: String,
}

/// A language.
#[derive(Debug, Clone)]
pub struct Locale {
    /// As in `locales`.
    pub name: String,
    /// Its folder below `i18n`.
    pub folder: String,
}

/// The configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// Only posts of a blog may be drafts.
    pub drafts_are_posts: bool,
    /// The folder of the configuration, relative to the root.
    pub site: String,
    /// `url`.
    pub url: Option<String>,
    /// `baseUrl` without a slash at its end.
    pub base_path: String,
    /// `trailingSlash`.
    pub trailing_slash: Option<bool>,
    /// The default language first.
    pub locales: Vec<Locale>,
    /// The folder of translations, relative to the root.
    pub i18n: String,
    /// Folders that are copied, relative to the root.
    pub statics: Vec<String>,
    /// The content plugins.
    pub instances: Vec<Instance>,
    /// Addresses that lead elsewhere, or that plugins of the site's own add.
    pub redirects: Vec<String>,
    /// Plugins that may publish further pages.
    pub others: Vec<String>,
    /// `.md` files are CommonMark, not MDX.
    pub detects_format: bool,
    /// A path of a source file that there is none of stops the build.
    pub stops_at_dead_links: bool,
    /// Plugins see the links of Markdown before Docusaurus.
    pub has_plugins: bool,
    /// What code of the site's own changes in pages.
    pub changes: Changes,
    /// The configuration, or its presets, are made by code that is not followed.
    pub unread: bool,
    /// The entries of the menus, with their addresses.
    pub menu: Vec<(NavEntry, String)>,
    /// So are its plugins, so that there may be further folders of content.
    pub unread_plugins: bool,
}

/// Plugins that publish no pages.
const QUIET: [&str; 13] = [
    "sitemap",
    "gtag",
    "analytics",
    "tag-manager",
    "ideal-image",
    "pwa",
    "debug",
    "client-redirects",
    "svgr",
    "sass",
    "css-cascade-layers",
    "rsdoctor",
    "zoom",
];

impl Config {
    /// Reads the configuration in a folder below the root; nothing when there is none.
    #[must_use]
    pub fn read(folder: &Folder<'_>, site: &str) -> Option<Config> {
        let name = DATA.markers.iter().map(|name| join(site, name)).find(|name| folder.has(name))?;
        let module = js_config::load(folder, &name);
        let mut config = Config::new(folder, &module, site);
        config.has_plugins = folder.read(&name).is_some_and(|text| text.contains("emarkPlugins"));
        config.changes = Changes::read(folder, &name);
        config.menu = navigation::read(folder, &name, &module, &config.base_path);
        let version = version(folder, site);
        let keeps_numbers = is_before(version.as_deref(), 73, 0);
        config.drafts_are_posts = is_before(version.as_deref(), u32::MAX, 21);
        for instance in config.instances.iter_mut().filter(|instance| instance.content == Content::Docs) {
            instance.versions = versions(folder, site, instance, &module);
            instance.strips_numbers &= !keeps_numbers;
        }
        Some(config)
    }

    /// Reads the values of a module; the versions of documents are not looked up.
    #[must_use]
    pub fn new(folder: &Folder<'_>, module: &Module, site: &str) -> Config {
        let config = module.config();
        let text = |key: &str| config.get(key).text().map(str::to_owned);
        let mut found = Config {
            drafts_are_posts: false,
            site: site.to_owned(),
            url: text("url").map(|url| url.trim_end_matches('/').to_owned()).filter(|url| !url.is_empty()),
            base_path: match text("baseUrl").as_deref().map(|base| base.trim_matches('/')) {
                None | Some("") => String::new(),
                Some(base) => format!("/{base}"),
            },
            trailing_slash: config.get("trailingSlash").flag(),
            locales: locales(config.get("i18n")),
            i18n: from_root(site, config.at(&["i18n", "path"]).text().unwrap_or("i18n")),
            statics: vec![from_root(site, "static")],
            instances: Vec::new(),
            redirects: Vec::new(),
            others: Vec::new(),
            stops_at_dead_links: [&["onBrokenMarkdownLinks"][..], &["markdown", "hooks", "onBrokenMarkdownLinks"]]
                .iter()
                .any(|keys| config.at(keys).text() == Some("throw")),
            has_plugins: false,
            changes: Changes::default(),
            unread: false,
            menu: Vec::new(),
            unread_plugins: !matches!(config.get("plugins").value, Value::Absent | Value::Null | Value::List(_)),
            detects_format: config.at(&["markdown", "format"]).text() == Some("detect"),
        };
        if config.get("staticDirectories").items().next().is_some() {
            found.statics = config.get("staticDirectories").texts().iter().map(|path| from_root(site, path)).collect();
        }
        for preset in config.get("presets").items() {
            let (name, options) = named(preset);
            if name.is_none_or(|name| name.contains("classic")) {
                for (key, content) in [("docs", Content::Docs), ("blog", Content::Blog), ("pages", Content::Pages)] {
                    let options = options.get(key);
                    if options.flag() != Some(false) {
                        found.instances.push(Instance::new(content, options, site));
                    }
                }
            } else {
                found.others.extend(name.map(str::to_owned));
            }
        }
        for plugin in config.get("plugins").items() {
            let (name, options) = named(plugin);
            let content = match name {
                Some(name) if name.ends_with("content-docs") => Some(Content::Docs),
                Some(name) if name.ends_with("content-blog") => Some(Content::Blog),
                Some(name) if name.ends_with("content-pages") => Some(Content::Pages),
                _ => None,
            };
            let wrapped = name.and_then(|name| wrapped::read(folder, site, name));
            if let Some(wrapped) = &wrapped {
                found.redirects.extend(wrapped.routes.iter().cloned());
                found.others.extend(name.filter(|_| wrapped.unknown).map(str::to_owned));
            }
            match (content.or(wrapped.map(|wrapped| wrapped.content)), name) {
                (Some(content), _) => found.instances.push(Instance::new(content, options, site)),
                (None, Some(name)) if name.contains("client-redirects") => {
                    let listed = options.get("redirects").items().flat_map(|one| one.get("from").texts());
                    found.redirects.extend(listed);
                    if !options.get("createRedirects").is_absent() || options.get("redirects").is_unknown() {
                        found.others.push(name.to_owned());
                    }
                }
                (None, Some(name)) if QUIET.iter().any(|quiet| name.contains(quiet)) => {}
                (None, name) => found.others.push(name.unwrap_or("a plugin of the site's own").to_owned()),
            }
        }
        if found.unread_plugins {
            found.others.push("a list of plugins that code makes".to_owned());
        }
        // Made by code that is not followed: the classic preset, as `create-docusaurus` writes it, is the best guess.
        found.unread = config.is_unknown() || config.is_absent() || config.get("presets").is_unknown();
        if found.unread && found.instances.is_empty() {
            let none = config.get("");
            let classic = [Content::Docs, Content::Blog, Content::Pages];
            found.instances.extend(classic.map(|content| Instance::new(content, none, site)));
        }
        found
    }
}

/// `['name', {options}]` or `'name'`; the name may stand in `require.resolve(…)`.
fn named(at: At<'_>) -> (Option<&str>, At<'_>) {
    let mut items = at.items();
    match items.next() {
        Some(first) => {
            let options = items.next();
            (first.text().or_else(|| first.argument(0).text()), options.unwrap_or_else(|| first.get("")))
        }
        None => (at.text().or_else(|| at.argument(0).text()), at.get("")),
    }
}

fn locales(i18n: At<'_>) -> Vec<Locale> {
    let default = i18n.get("defaultLocale").text().unwrap_or("en");
    let mut names = vec![default.to_owned()];
    names.extend(i18n.get("locales").texts().into_iter().filter(|name| name != default));
    let folder = |name: &str| i18n.at(&["localeConfigs", name, "path"]).text().unwrap_or(name).to_owned();
    names.into_iter().map(|name| Locale { folder: folder(&name), name }).collect()
}

impl Instance {
    fn new(content: Content, options: At<'_>, site: &str) -> Instance {
        let (path, route) = match content {
            Content::Docs => ("docs", "docs"),
            Content::Blog => ("blog", "blog"),
            Content::Pages => ("src/pages", ""),
        };
        let text = |key: &str| options.get(key).text();
        let globs = |key: &str| Some(options.get(key).texts()).filter(|globs| !globs.is_empty());
        let path = from_root(site, written_path(options.get("path")).as_deref().unwrap_or(path));
        Instance {
            content,
            id: text("id").unwrap_or("default").to_owned(),
            route: text("routeBasePath").unwrap_or(route).trim_matches('/').to_owned(),
            versions: vec![Version { folder: path.clone(), path: String::new(), translated: "current".to_owned() }],
            strips_numbers: options.get("numberPrefixParser").flag() != Some(false),
            authors: text("authorsMapPath").unwrap_or("authors.yml").to_owned(),
            include: globs("include"),
            exclude: globs("exclude"),
            path,
        }
    }

    /// The name of its folder of translations: `docusaurus-plugin-content-docs-community`.
    #[must_use]
    pub fn translations(&self) -> String {
        let kind = match self.content {
            Content::Docs => "docs",
            Content::Blog => "blog",
            Content::Pages => "pages",
        };
        let id = if self.id == "default" { String::new() } else { format!("-{}", self.id) };
        format!("docusaurus-plugin-content-{kind}{id}")
    }
}

/// A path: a text, or the literal parts of `path.resolve(__dirname, 'docs')`.
fn written_path(at: At<'_>) -> Option<String> {
    if let Some(text) = at.text() {
        return Some(text.to_owned());
    }
    let call = at.steps().last().filter(|step| matches!(step.name.as_str(), "join" | "resolve"))?;
    let all = (0..call.arguments.as_ref()?.len()).map(|number| at.argument(number));
    let is_here = |part: &At<'_>| part.steps().first().is_some_and(|step| step.name == "__dirname");
    let parts: Option<Vec<&str>> = all.skip_while(is_here).map(At::text).collect();
    parts.map(|parts| parts.join("/"))
}

/// The version that the lock file names, or package.json.
fn version(folder: &Folder<'_>, site: &str) -> Option<String> {
    let locks = ["package-lock.json", "yarn.lock"].iter().map(|name| join(site, name));
    let lock = locks.filter(|name| folder.has(name)).find_map(|name| folder.read(&name));
    let locked = lock.as_deref().and_then(|lock| {
        let (_, own) = lock.split_once("@docusaurus/core\": {").or_else(|| lock.split_once("\n\"@docusaurus/core@"))?;
        let (_, version) = own.split_once("version")?;
        version.trim_start_matches(['"', ':', ' ']).split('"').next().map(str::to_owned)
    });
    locked.or_else(|| {
        let package = folder.read(&join(site, "package.json"))?;
        let (_, version) = package.split_once("\"@docusaurus/core\"")?;
        version.trim_start_matches([':', ' ', '"']).split('"').next().map(str::to_owned)
    })
}

/// True for an alpha or beta version of 2.0.0 below these: `01-intro` has been `intro` since alpha.73, and a document may be
/// a draft since beta.21.
///
/// Source: Docusaurus' changelog.
fn is_before(version: Option<&str>, alpha: u32, beta: u32) -> bool {
    let below = |stage: &str, first: u32| {
        let number = version?.strip_prefix("2.0.0-")?.strip_prefix(stage)?;
        Some(number.parse::<u32>().ok()? < first)
    };
    below("alpha.", alpha).or_else(|| below("beta.", beta)).unwrap_or_default()
}

/// The versions of documents: those in `versions.json`, the first of which needs no name in addresses.
///
/// Source: `plugin-content-docs/lib/versions`.
fn versions(folder: &Folder<'_>, site: &str, instance: &Instance, module: &Module) -> Vec<Version> {
    let prefix = if instance.id == "default" { String::new() } else { format!("{}_", instance.id) };
    let file = join(site, &format!("{prefix}versions.json"));
    let text = folder.read(&file).unwrap_or_default();
    let names = serde_json::from_str::<serde_json::Value>(&text).map(|value| list(Some(&value))).unwrap_or_default();
    let options = options_of(module, instance);
    let option = |key: &str| options.map(|options| options.get(key));
    let disabled = option("disableVersioning").and_then(At::flag) == Some(true);
    let mut all: Vec<&str> = Vec::new();
    if names.is_empty() || disabled || option("includeCurrentVersion").and_then(At::flag) != Some(false) {
        all.push("current");
    }
    if !disabled {
        all.extend(names.iter().map(String::as_str));
    }
    let only = option("onlyIncludeVersions").map(At::texts).unwrap_or_default();
    all.retain(|name| only.is_empty() || only.iter().any(|one| one == name));
    let last = option("lastVersion").and_then(At::text);
    let last = last.or_else(|| all.iter().copied().find(|name| *name != "current")).unwrap_or("current");
    let of = |name: &str| {
        let own = option("versions").and_then(|versions| versions.at(&[name, "path"]).text());
        let path = own.unwrap_or(match name {
            name if name == last => "",
            "current" => "next",
            name => name,
        });
        let current = name == "current";
        let translated = if current { name.to_owned() } else { format!("version-{name}") };
        let folder =
            if current { instance.path.clone() } else { join(site, &format!("{prefix}versioned_docs/{translated}")) };
        Version { folder, path: path.trim_matches('/').to_owned(), translated }
    };
    all.into_iter().map(of).collect()
}

/// The options of a documents plugin, found again by its id.
fn options_of<'m>(module: &'m Module, instance: &Instance) -> Option<At<'m>> {
    let config = module.config();
    let of_presets = config.get("presets").items().map(|preset| named(preset).1.get("docs"));
    let of_plugins = config.get("plugins").items().filter_map(|plugin| match named(plugin) {
        (Some(name), options) if name.ends_with("content-docs") => Some(options),
        _ => None,
    });
    let id = |options: &At<'_>| options.get("id").text().unwrap_or("default") == instance.id;
    of_presets.chain(of_plugins).find(|options| matches!(options.value, js_config::Value::Map(_)) && id(options))
}

/// The list of authors: its file and their keys.
pub fn authors(folder: &Folder<'_>, instance: &Instance) -> Option<(String, Vec<String>)> {
    let file = join(&instance.path, &instance.authors);
    let known = matches!(&*extension(&file), "yml" | "yaml" | "json");
    if instance.content != Content::Blog || !known || !folder.has(&file) {
        return None;
    }
    let value = config_file::read(folder, &file, &mut Vec::new());
    let mut names: Vec<String> = value.as_object()?.keys().cloned().collect();
    names.sort_unstable();
    Some((file, names))
}
