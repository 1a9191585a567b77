//! `astro.config.mjs` as far as it decides what is published where.

use crate::hash::Set;

use super::DATA;
use super::languages::{self, Locale};
use super::layouts::{self, Said};
use super::markdown_plugins::{draw_formulas, may_move_links};
use super::navigation;
use super::plugins::{self, Plugins};
use crate::generators::Folder;
use crate::generators::heading_ids::Algorithm;
use crate::generators::js_config::{self, At, Module, Value};
use crate::generators::navigation::NavEntry;
use crate::generators::own_code::Changes;

/// The configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// `site`.
    pub url: Option<String>,
    /// `base` without a slash at its end.
    pub base_path: String,
    /// `trailingSlash`: `ignore`, `always` or `never`.
    pub trailing_slash: String,
    /// `build.format`: pages are files, not folders.
    pub file_format: bool,
    /// The folder of sources.
    pub source: String,
    /// The folder that is copied.
    pub public: String,
    /// Addresses that lead elsewhere, without slashes around them.
    pub redirects: Set<String>,
    /// The folders of redirects for any path below.
    pub redirect_folders: Vec<String>,
    /// Code adds redirects that are not known.
    pub redirects_more: bool,
    /// The default language.
    pub language: Option<String>,
    /// The languages' folders, where the configuration lists them.
    pub locales: Vec<Locale>,
    /// Pages outside these folders are in a further language.
    pub has_root_locale: bool,
    /// The folder of Starlight's default language, `""` where that has none: its pages stand in for those that are not
    /// translated.
    pub default_folder: Option<String>,
    /// Starlight publishes `src/content/docs`.
    pub starlight: bool,
    /// The entries of Starlight's sidebar, with their addresses.
    pub menu: Vec<(NavEntry, String)>,
    /// What plugins of Starlight add.
    pub starlight_plugins: Plugins,
    /// Code changes Markdown before it is published.
    pub plugins: bool,
    /// It may make other addresses of links.
    pub link_plugins: bool,
    /// It draws formulas.
    pub draws_formulas: bool,
    /// Something that the configuration names may put `base` before links; Astro itself does not.
    pub may_add_base: bool,
    /// Two hyphens become a dash.
    pub typography: bool,
    /// The major version of Astro that package.json asks for.
    pub major: Option<u32>,
    /// What code of the site's own changes in pages.
    pub changes: Changes,
    /// A plugin writes the site as texts for machines.
    pub makes_llms: bool,
    /// `experimental.headingIdCompat`: ids of headings as Astro 6 makes them.
    pub keeps_hyphens: bool,
}

impl Config {
    /// Reads the configuration of a folder.
    #[must_use]
    pub fn read(folder: &Folder<'_>) -> Config {
        let name = DATA.markers.iter().find(|name| folder.has(name));
        let module = name.map(|name| js_config::load(folder, name)).unwrap_or_default();
        let config = module.config();
        let text = |keys: &[&str]| config.at(keys).text().map(str::to_owned);
        let folder_of = |key: &str, default: &str| {
            text(&[key]).unwrap_or_else(|| default.to_owned()).trim_start_matches("./").trim_matches('/').to_owned()
        };
        let source = folder_of("srcDir", "src");
        let redirects = config.get("redirects").entries();
        let options = config.get("integrations").items().find_map(starlight);
        let i18n = config.get("i18n");
        let list = |keys: &[&str]| {
            matches!(config.at(keys).value, Value::List(all) if !all.is_empty()) || config.at(keys).is_unknown()
        };
        let mdx = config.get("integrations").items().find(|one| calls(*one, "mdx")).map(|one| one.argument(0));
        let lists =
            |options: At<'_>, key: &str| options.get(key).items().next().is_some() || options.get(key).is_unknown();
        let mdx_plugins =
            mdx.is_some_and(|options| ["remarkPlugins", "rehypePlugins"].iter().any(|key| lists(options, key)));
        let moves = |options: At<'_>| {
            let may_move =
                |key: &str| may_move_links(folder, name.map_or("", String::as_str), options.get(key), &module);
            may_move("remarkPlugins") || may_move("rehypePlugins")
        };
        let processed = !config.at(&["markdown", "processor"]).is_absent();
        let changes = name.map(|name| Changes::read(folder, name)).unwrap_or_default();
        let own = changes.addresses || changes.text;
        let link_plugins = own || processed || moves(config.get("markdown")) || mdx.is_some_and(moves);
        let base = text(&["base"]).unwrap_or_default();
        let base = base.trim_matches(['/', '.']);
        let mut read = Config {
            menu: Vec::new(),
            url: text(&["site"]).map(|url| origin(&url, !base.is_empty()).to_owned()),
            base_path: match base {
                "" => String::new(),
                base => format!("/{base}"),
            },
            trailing_slash: text(&["trailingSlash"]).unwrap_or_else(|| "ignore".to_owned()),
            file_format: text(&["build", "format"]).as_deref() == Some("file"),
            source: source.clone(),
            public: folder_of("publicDir", "public"),
            redirects_more: !config.get("redirects").is_whole(),
            redirects: redirects.iter().map(|(from, _)| from.trim_matches('/').to_owned()).collect(),
            redirect_folders: redirects
                .iter()
                .filter_map(|(from, _)| Some(from.split_once('[')?.0.to_owned()))
                .collect(),
            language: match options {
                Some(options) => languages::of_starlight(options, i18n),
                None => i18n.get("defaultLocale").text().and_then(|default| match layouts::read(folder, &source) {
                    Said::Locale => Some(default.to_owned()),
                    Said::Tag(tag) => Some(tag),
                    Said::Settings => None,
                }),
            },
            locales: languages::folders(options, i18n),
            has_root_locale: options.is_some_and(|options| !options.at(&["locales", "root"]).is_absent()),
            default_folder: options.and_then(languages::default_folder),
            starlight: options.is_some(),
            starlight_plugins: options.map(|own| plugins::read(own.get("plugins"), &module)).unwrap_or_default(),
            plugins: mdx_plugins
                || list(&["markdown", "remarkPlugins"])
                || list(&["markdown", "rehypePlugins"])
                || processed,
            draws_formulas: [Some(config.get("markdown")), mdx]
                .into_iter()
                .flatten()
                .any(|options| draw_formulas(options.get("rehypePlugins"), &module)),
            link_plugins,
            may_add_base: link_plugins || base_by_others(config.get("integrations"), &module),
            typography: config.at(&["markdown", "smartypants"]).flag() != Some(false),
            major: major(&folder.read("package.json").unwrap_or_default()),
            changes,
            makes_llms: name.and_then(|name| folder.read(name)).is_some_and(|text| text.contains("llms")),
            keeps_hyphens: config.at(&["experimental", "headingIdCompat"]).flag() == Some(true),
        };
        if let (Some(options), Some(name)) = (options, name) {
            let language = if read.locales.is_empty() { Some("") } else { read.default_folder.as_deref() };
            if let Some(language) = language {
                read.menu = navigation::read(folder, name, options.get("sidebar"), language, &read.base_path);
            }
        }
        read
    }

    /// How headings get ids: before Astro 6 a hyphen at the end was taken off, unless that was asked for.
    #[must_use]
    pub fn heading_ids(&self) -> Algorithm {
        use Algorithm::{Astro, AstroOfAnyVersion, AstroTrimmed, GithubSlugger, GithubSluggerTrimmed};
        if self.changes.heading_ids {
            return Algorithm::Unknown;
        }
        let keeps = self.keeps_hyphens || self.major.is_some_and(|major| major >= 6);
        match (self.typography, self.major) {
            (true, _) if keeps => Astro,
            (true, Some(_)) => AstroTrimmed,
            (true, None) => AstroOfAnyVersion,
            (false, Some(_)) if !keeps => GithubSluggerTrimmed,
            (false, _) => GithubSlugger,
        }
    }
}

/// `site` as addresses begin with it: Astro joins the base to its host, whatever path `site` has.
fn origin(site: &str, has_base: bool) -> &str {
    let host = site.find("://").map_or(0, |at| at + 3);
    let path = site.get(host..).and_then(|rest| rest.find('/')).map_or(site.len(), |at| host + at);
    if has_base { site.get(..path).unwrap_or(site) } else { site.trim_end_matches('/') }
}

/// The options of Starlight: `starlight({…})`, or what a package that wraps it hands on (`icons({ starlight: {…} })`).
fn starlight(integration: At<'_>) -> Option<At<'_>> {
    let own = integration.argument(0);
    if calls(integration, "starlight") {
        return Some(own);
    }
    Some(own.get("starlight")).filter(|options| matches!(options.value, Value::Map(_)))
}

/// True where one of the integrations is by its name one for links, or nobody knows what it is.
fn base_by_others(integrations: At<'_>, module: &Module) -> bool {
    let is_one = |at: At<'_>| {
        let Some(step) = at.steps().first() else { return true };
        let package = module.package_of(&step.name).unwrap_or_default();
        let says = |word: &&str| step.name.to_lowercase().contains(*word) || package.contains(*word);
        package.is_empty() || package.starts_with('.') || ["link", "base", "relative", "url"].iter().any(says)
    };
    integrations.is_unknown() || integrations.items().any(is_one)
}

/// True for `name(…)`, also inside a condition's literal part.
fn calls(at: At<'_>, name: &str) -> bool {
    at.steps().first().is_some_and(|step| step.name == name)
}

/// `"astro": "^5.1.0"` → 5.
fn major(package: &str) -> Option<u32> {
    let value: serde_json::Value = serde_json::from_str(package).ok()?;
    let wanted = ["dependencies", "devDependencies"].iter().find_map(|list| value.get(list)?.get("astro")?.as_str())?;
    wanted.trim_start_matches(|c: char| !c.is_ascii_digit()).split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn a_base_takes_the_place_of_the_path() {
        assert_eq!(origin("https://example.org/docs/", true), "https://example.org");
        assert_eq!(origin("https://example.org", true), "https://example.org");
        assert_eq!(origin("https://example.org/docs/", false), "https://example.org/docs");
    }
}
