//! What Quartz's configuration says of the notes.

use serde_json::Value;

use crate::generators::js_config::Module;
use crate::generators::values;

/// What is read of the configuration.
#[derive(Default)]
pub(super) struct Config {
    pub(super) base: String,
    pub(super) ignored: Vec<String>,
    pub(super) locale: Option<String>,
    pub(super) math: bool,
    pub(super) explicit: bool,
    pub(super) by_path: bool,
    /// A name that only one note has is enough.
    pub(super) shortest: bool,
    /// A path begins in the folder of its page, whatever lies elsewhere under its name.
    pub(super) relative: bool,
    /// Addresses are in small letters.
    pub(super) small: bool,
    /// Two hyphens in a text become a dash before ids are made of headings.
    pub(super) typography: bool,
    /// Links of Hugo are read: `[a]({{< relref "b" >}})`.
    pub(super) reads_relref: bool,
}

impl Config {
    /// `quartz.config.ts`, up to Quartz 4.
    pub(super) fn of_script(text: &str) -> Config {
        let module = Module::read(text);
        let configuration = module.config().get("configuration");
        let on = |plugin: &str| {
            text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("{plugin}(")))
        };
        let resolves =
            |way: &str| ['"', '\''].iter().any(|quote| text.contains(&format!("markdownLinkResolution: {quote}{way}")));
        Config {
            base: without_scheme(configuration.get("baseUrl").text().unwrap_or_default()).to_owned(),
            ignored: configuration.get("ignorePatterns").texts(),
            locale: configuration.get("locale").text().map(str::to_owned),
            math: on("Latex"),
            explicit: on("ExplicitPublish"),
            by_path: resolves("shortest") || resolves("absolute"),
            shortest: resolves("shortest"),
            relative: resolves("relative"),
            small: false,
            typography: on("GitHubFlavoredMarkdown") && !text.contains("enableSmartyPants: false"),
            reads_relref: on("OxHugoFlavouredMarkdown"),
        }
    }

    /// `quartz.config.yaml`, since Quartz 5.
    pub(super) fn of_yaml(value: &Value) -> Config {
        let at = |key: &str| value.pointer(&format!("/configuration/{key}"));
        let plugins = value.get("plugins").and_then(Value::as_array).into_iter().flatten();
        let on: Vec<String> = plugins
            .filter(|plugin| values::flag(plugin.get("enabled")) != Some(false))
            .filter_map(|plugin| values::text(plugin.get("source")))
            .collect();
        let on = |name: &str| on.iter().any(|source| source.ends_with(name));
        Config {
            base: without_scheme(&values::text(at("baseUrl")).unwrap_or_default()).to_owned(),
            ignored: values::list(at("ignorePatterns")),
            locale: values::text(at("locale")),
            math: on("latex"),
            explicit: on("explicit-publish"),
            by_path: false,
            shortest: false,
            relative: false,
            small: true,
            typography: false,
            reads_relref: on("ox-hugo") || on("oxhugo-flavored-markdown"),
        }
    }
}

/// The address as it is meant to be written, "without the protocol".
fn without_scheme(base: &str) -> &str {
    base.split_once("://").map_or(base, |(_, rest)| rest)
}
