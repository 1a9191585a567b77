//! Hugo's configuration as far as it decides what is published where.
//!
//! Source: the page "All settings" of Hugo's manual.

use crate::hash::Set;

use regex::RegexSet;
use serde_json::Value;

use super::languages::{Language, disabled_languages, languages};
use super::mounts::{self, Mount};
use super::outputs::Outputs;
use super::paths::Spelling;
use super::permalinks::{self, Kind};
use crate::generators::heading_ids::Algorithm;
use crate::generators::values::{flag, list, text};
use crate::page::dialect::{Dialect, ExplicitIds, Linkify, RawHtml};

/// `uglyURLs`.
#[derive(Debug, Clone)]
pub enum Ugly {
    /// The same for all.
    All(bool),
    /// In these sections.
    Sections(Vec<String>),
}

/// The configuration of a Hugo site.
#[derive(Debug, Clone)]
pub struct Config {
    /// Scheme and host of `baseURL`.
    pub url: Option<String>,
    /// Path of `baseURL` without a slash at its end.
    pub base_path: String,
    /// The languages; at least one.
    pub languages: Vec<Language>,
    /// Keys of languages that the site has and does not publish.
    pub disabled_languages: Vec<String>,
    /// Which of them is the default.
    pub default: usize,
    /// `defaultContentLanguageInSubdir`.
    pub default_in_folder: bool,
    /// Where content comes from.
    pub content: Vec<Mount>,
    /// Folders that are copied to the site's root.
    pub statics: Vec<String>,
    /// `uglyURLs`.
    pub ugly: Ugly,
    /// How paths are spelt.
    pub spelling: Spelling,
    /// Names of taxonomies in the plural, as they stand in paths.
    pub taxonomies: Vec<String>,
    /// `buildDrafts`, `buildFuture`, `buildExpired`.
    pub build: [bool; 3],
    /// `frontmatter.date`.
    pub dates: Vec<String>,
    /// `ignoreFiles`.
    pub ignored: RegexSet,
    /// Paths of the content tree whose pages `cascade` keeps from being rendered.
    pub never_rendered: Vec<String>,
    /// `disableKinds`.
    pub disabled_kinds: Vec<String>,
    /// The output format that writes the redirects of the host, in lower case.
    pub redirects_format: Option<String>,
    /// Aliases lead to their page: Hugo writes pages for them, or the site a file of redirects for its host.
    pub aliases: bool,
    /// `markup.goldmark.parser.autoDefinitionTermID`.
    pub definition_term_ids: bool,
    /// Names of themes.
    pub themes: Vec<String>,
    /// Modules are imported, which may bring content and layouts from elsewhere.
    pub modules: bool,
    /// Files that are written beside pages.
    pub outputs: Outputs,
    /// How Markdown is read.
    pub dialect: Dialect,
    /// How headings get ids.
    pub heading_ids: Algorithm,
    /// `params.mainSections`.
    pub main_sections: Vec<String>,
    /// Names (without extensions) of the further files that `outputs` asks for: `index` of `index.json`.
    pub lists_as: Vec<String>,
    /// Links in Markdown are looked up as content.
    pub embedded_link_hook: bool,
    /// The number behind `0.` of the Hugo that builds the site, where something says so.
    pub minor: Option<u32>,
    /// `contentTypes` names HTML, or nothing.
    pub html_is_content: bool,
    /// HTML files of the content that are copied as they lie.
    pub copied: Set<String>,
}

impl Config {
    /// True for an address (without slashes around it) that a pattern of `permalinks` gives to the list of a taxonomy or to
    /// one of its terms.
    #[must_use]
    pub fn may_list(&self, bare: &str) -> bool {
        let mut patterns = self.languages.iter().flat_map(|language| {
            let of = |kind, name: &String| language.permalinks.get(kind, name);
            self.taxonomies.iter().flat_map(move |name| [of(Kind::Taxonomy, name), of(Kind::Term, name)])
        });
        patterns.any(|pattern| pattern.is_some_and(|pattern| permalinks::may_make(pattern, bare)))
    }

    /// Reads the merged configuration, whose keys are lower case.
    #[must_use]
    pub fn new(value: &Value) -> Config {
        let at = |path: &str| path.split('.').try_fold(value, |value, key| value.get(key));
        let on = |path: &str| flag(at(path)).unwrap_or(false);
        let base = text(at("baseurl")).unwrap_or_default();
        let (url, base_path) = split_url(&base);
        let default_key = text(at("defaultcontentlanguage")).unwrap_or_else(|| "en".to_owned()).to_lowercase();
        let languages = languages(value, &default_key);
        let default = languages.iter().position(|language| language.key == default_key).unwrap_or(0);
        let taxonomies = match at("taxonomies") {
            Some(Value::Object(map)) => map.values().filter_map(|plural| text(Some(plural))).collect(),
            _ => vec!["tags".to_owned(), "categories".to_owned()],
        };
        let linkify = flag(at("markup.goldmark.extensions.linkify")).unwrap_or(true);
        let attributes = flag(at("markup.goldmark.parser.attribute.title")).unwrap_or(true);
        let dialect = Dialect {
            linkify: if linkify { Linkify::Goldmark } else { Linkify::None },
            raw_html: if on("markup.goldmark.renderer.unsafe") { RawHtml::Keep } else { RawHtml::Drop },
            explicit_ids: if attributes { ExplicitIds::Goldmark } else { ExplicitIds::None },
            footnotes: flag(at("markup.goldmark.extensions.footnote")).unwrap_or(true),
            ..Dialect::GOLDMARK
        };
        let hook = "markup.goldmark.renderhooks.link";
        let several = languages.len() > 1;
        Config {
            url,
            base_path,
            content: mounts::mounts(value, &languages, default),
            outputs: Outputs::new(value),
            statics: mounts::statics(value),
            languages,
            disabled_languages: disabled_languages(value),
            default,
            default_in_folder: on("defaultcontentlanguageinsubdir"),
            ugly: match at("uglyurls") {
                Some(Value::Object(sections)) => {
                    let on = sections.iter().filter(|(_, ugly)| flag(Some(ugly)) == Some(true));
                    Ugly::Sections(on.map(|(section, _)| section.clone()).collect())
                }
                other => Ugly::All(flag(other).unwrap_or(false)),
            },
            spelling: Spelling {
                keep_case: on("disablepathtolower"),
                remove_accents: on("removepathaccents"),
                ..Spelling::default()
            },
            taxonomies,
            minor: None,
            html_is_content: at("contenttypes")
                .and_then(Value::as_object)
                .is_none_or(|types| types.is_empty() || types.contains_key("text/html")),
            copied: Set::default(),
            build: [on("builddrafts"), on("buildfuture"), on("buildexpired")],
            dates: list(at("frontmatter.date")),
            ignored: RegexSet::new(list(at("ignorefiles"))).unwrap_or_default(),
            never_rendered: never_rendered(at("cascade")),
            disabled_kinds: list(at("disablekinds")).iter().map(|kind| kind.to_lowercase()).collect(),
            aliases: !on("disablealiases") || redirects_format(value).is_some(),
            redirects_format: redirects_format(value),
            definition_term_ids: on("markup.goldmark.parser.autodefinitiontermid"),
            themes: list(at("theme")),
            modules: at("module.imports").is_some_and(|imports| !imports.is_null()),
            dialect,
            heading_ids: heading_ids(value),
            main_sections: list(at("params.mainsections")),
            lists_as: further_outputs(value),
            embedded_link_hook: match text(at(&format!("{hook}.useembedded"))).as_deref() {
                Some("always" | "fallback") => true,
                Some("never") => false,
                _ => flag(at(&format!("{hook}.enabledefault"))).unwrap_or(several),
            },
        }
    }

    /// True when pages of this section end in `.html`.
    #[must_use]
    pub fn is_ugly(&self, section: &str) -> bool {
        match &self.ugly {
            Ugly::All(ugly) => *ugly,
            Ugly::Sections(sections) => sections.iter().any(|name| name.eq_ignore_ascii_case(section)),
        }
    }

    /// What stands before the paths of a language: `/fr` or nothing.
    #[must_use]
    pub fn prefix(&self, language: usize) -> String {
        match self.languages.get(language) {
            Some(found) if language != self.default || self.default_in_folder => format!("/{}", found.key),
            _ => String::new(),
        }
    }
}

/// The base names of the formats besides HTML in which lists are published.
fn further_outputs(value: &Value) -> Vec<String> {
    let kinds = value.get("outputs").and_then(Value::as_object).into_iter().flatten();
    let formats = kinds.flat_map(|(_, formats)| list(Some(formats)));
    let further = formats.map(|name| name.to_lowercase()).filter(|name| name != "html");
    let base = |name: String| {
        let format = value.get("outputformats").and_then(|all| all.get(&name));
        text(format.and_then(|format| format.get("basename"))).unwrap_or_else(|| "index".to_owned())
    };
    let mut names: Vec<String> = further.map(base).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The output format in which the site makes the redirects of its host itself, mostly from aliases.
fn redirects_format(value: &Value) -> Option<String> {
    let mut formats = value.get("outputformats").and_then(Value::as_object).into_iter().flatten();
    formats
        .find(|(_, format)| text(format.get("basename")).as_deref() == Some("_redirects"))
        .map(|(name, _)| name.clone())
}

fn heading_ids(value: &Value) -> Algorithm {
    let parser = value.pointer("/markup/goldmark/parser");
    let at = |key: &str| parser.and_then(|parser| parser.get(key));
    match (flag(at("autoheadingid")).unwrap_or(true), text(at("autoheadingidtype")).as_deref()) {
        (false, _) => Algorithm::None,
        (true, Some("github-ascii")) => Algorithm::GoldmarkGithubAscii,
        (true, Some("blackfriday")) => Algorithm::GoldmarkBlackfriday,
        (true, _) => Algorithm::GoldmarkGithub,
    }
}

/// `https://a.example/docs/` → (`https://a.example`, `/docs`).
fn split_url(base: &str) -> (Option<String>, String) {
    let (scheme, rest) = match base.split_once("://") {
        Some((scheme, rest)) => (scheme, rest),
        None => match base.strip_prefix("//") {
            Some(rest) => ("https", rest),
            None => return (None, format!("/{}", base.trim_matches('/')).trim_end_matches('/').to_owned()),
        },
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.trim_matches('/');
    let path = if path.is_empty() { String::new() } else { format!("/{path}") };
    (Some(format!("{scheme}://{host}")).filter(|_| !host.is_empty()), path)
}

/// The paths of a configuration's `cascade` whose pages are never rendered.
fn never_rendered(cascade: Option<&Value>) -> Vec<String> {
    let one = |item: &Value| {
        let build = item.get("build").or_else(|| item.get("_build"))?;
        let never = matches!(text(build.get("render")).as_deref(), Some("never" | "link" | "false"));
        let target = item.get("target").or_else(|| item.get("_target"))?;
        let only_paths = target.as_object()?.len() == 1;
        text(target.get("path")).filter(|_| never && only_paths)
    };
    match cascade {
        Some(Value::Array(items)) => items.iter().filter_map(one).collect(),
        Some(item) => one(item).into_iter().collect(),
        None => Vec::new(),
    }
}
