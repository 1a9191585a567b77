//! `postlint.yaml` as it is written: the names are a contract, everything is optional, unknown keys are refused.
//!
//! What the rules' tables may hold depends on the rules themselves, so they are read as plain values here and checked
//! against the catalogue in [`super::settings`].

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

/// The whole file.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ConfigFile {
    /// What postlint would otherwise detect.
    pub site: SiteFile,
    /// Files that are not checked, as globs. Several files' lists add up.
    pub exclude: Vec<String>,
    /// Words that are never misspelt and never a typo.
    pub words: Vec<String>,
    /// Severity and options by rule: off, hint, warning, error, or a table.
    #[schemars(schema_with = "super::schema::rules")]
    pub rules: BTreeMap<String, Value>,
    /// Other severities for some files; the last that matches wins.
    pub overrides: Vec<OverrideFile>,
    /// How external URLs are probed with `--online`.
    pub network: NetworkFile,
    /// A configuration to start from, relative to this file.
    pub extends: Option<String>,
    /// Folders with rules of your own, relative to this file.
    pub user_rules: Vec<String>,
}

/// `site:`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct SiteFile {
    /// The folder of the site, relative to this file.
    pub root: Option<String>,
    /// The static site generator.
    pub generator: Option<String>,
    /// The address that the site is published at.
    pub url: Option<String>,
    /// Addresses that the site had before.
    pub legacy_urls: Option<Vec<String>>,
    /// URL pattern by section, where code makes the generator's own.
    pub permalinks: Option<BTreeMap<String, String>>,
    /// Folders that are copied as they are.
    pub assets: Option<Vec<String>>,
    /// Languages of the site.
    pub languages: LanguagesFile,
}

/// `site.languages:`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct LanguagesFile {
    /// The language of pages that declare none.
    pub default: Option<String>,
    /// Every language that the site has.
    pub allowed: Option<Vec<String>>,
}

/// One entry of `overrides:`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OverrideFile {
    /// The files, as globs.
    pub paths: Vec<String>,
    /// off, hint, warning, error, or a table with severity and fix.
    #[schemars(schema_with = "super::schema::override_rules")]
    pub rules: BTreeMap<String, Value>,
}

/// `network:`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct NetworkFile {
    /// How long one answer may take: 20s.
    #[schemars(schema_with = "super::schema::duration")]
    pub timeout: Option<Value>,
    /// Requests to one host at the same time.
    pub per_host: Option<u32>,
    /// After how long a good answer is asked for again: 7d.
    #[schemars(schema_with = "super::schema::duration")]
    pub recheck: Option<Value>,
    /// Ask each server's robots.txt first and keep to it, as `--robots` does.
    pub robots: Option<bool>,
    /// On how many distinct days a URL must fail before it is dead.
    pub strikes: StrikesFile,
    /// URLs that are not probed.
    pub ignore: Vec<IgnoreFile>,
    /// A file, relative to this one, that keeps what was found instead of the user's cache: sorted, to be committed.
    pub ledger: Option<String>,
    /// Servers that want a secret. Only a configuration that `--config` names may have them.
    pub credentials: Vec<CredentialFile>,
}

/// `network.strikes:`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct StrikesFile {
    /// When the server says that it is gone.
    pub gone: Option<u32>,
    /// When nobody answers.
    pub unreachable: Option<u32>,
}

/// One entry of `network.ignore:`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IgnoreFile {
    /// The URLs, as a glob.
    pub url: String,
    /// Until that day: 2027-01-01.
    #[serde(default)]
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub until: Option<String>,
    /// Why; for whoever reads the file next.
    #[serde(default)]
    pub reason: Option<String>,
}

/// One entry of `network.credentials:`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CredentialFile {
    /// The only server that it is sent to: https://git.example.org
    pub origin: String,
    /// The environment variable that holds it; never the secret itself.
    pub variable: String,
    /// The header that it is sent as; without one `Authorization: Bearer …`.
    #[serde(default)]
    pub header: Option<String>,
    /// What stands before it in the header, such as `token`.
    #[serde(default)]
    pub scheme: Option<String>,
}
