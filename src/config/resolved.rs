//! The configuration of a run: every value decided, each with its origin.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Map, Value};

use super::globs::Globs;
use super::known::Known;
use super::origin::{Origin, Sourced};
use super::settings::{FixPolicy, Setting, Switch};
use crate::did_you_mean::did_you_mean;
use crate::rules::meta::{Level, RuleMeta, catalogue};
use crate::severity::Severity;

/// Everything that was decided. [`Config::default`] is a run without any configuration.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// What is said about the site instead of detected.
    pub site: Site,
    /// Globs of files that are not checked.
    pub exclude: Vec<Sourced<String>>,
    /// Words that are never misspelt.
    pub words: Vec<Sourced<String>>,
    /// How external URLs are probed.
    pub network: Network,
    /// The users' own rules, ordered by id.
    pub own_rules: Vec<RuleMeta>,
    /// The files that were read, the most general first.
    pub files: Vec<PathBuf>,
    /// What the command line chose.
    pub selection: Selection,
    pub(super) rules: BTreeMap<String, Setting>,
    pub(super) overrides: Vec<Override>,
    pub(super) excluded: Globs,
    pub(super) roots: OnceLock<Vec<String>>,
}

/// `site:`; nothing means: detected.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The folder, relative to the repository.
    pub root: Option<Sourced<String>>,
    /// The generator's name.
    pub generator: Option<Sourced<String>>,
    /// The published address.
    pub url: Option<Sourced<String>>,
    /// Earlier addresses.
    pub legacy_urls: Option<Sourced<Vec<String>>>,
    /// URL pattern by section.
    pub permalinks: BTreeMap<String, Sourced<String>>,
    /// Folders that are copied.
    pub assets: Option<Sourced<Vec<String>>>,
    /// The language of pages that declare none.
    pub language: Option<Sourced<String>>,
    /// All languages.
    pub languages: Option<Sourced<Vec<String>>>,
}

impl Site {
    /// The URL patterns alone.
    #[must_use]
    pub fn patterns(&self) -> BTreeMap<String, String> {
        self.permalinks.iter().map(|(section, pattern)| (section.clone(), pattern.value.clone())).collect()
    }
}

/// `network:`
#[derive(Debug, Clone)]
pub struct Network {
    /// How long one answer may take.
    pub timeout: Sourced<Duration>,
    /// Requests to one host at a time.
    pub per_host: Sourced<u32>,
    /// After how long a good answer is asked for again.
    pub recheck: Sourced<Duration>,
    /// Each server's robots.txt is kept to.
    pub robots: Sourced<bool>,
    /// Distinct days that a URL must be said to be gone.
    pub strikes_gone: Sourced<u32>,
    /// Distinct days that a URL must be unreachable.
    pub strikes_unreachable: Sourced<u32>,
    /// URLs that are not probed.
    pub ignore: Vec<Sourced<IgnoredUrl>>,
    /// The file that keeps what was found, relative to the repository; else it is in the user's cache.
    pub ledger: Option<Sourced<String>>,
    /// Which server wants which secret.
    pub credentials: Vec<Sourced<Credential>>,
}

impl Default for Network {
    fn default() -> Self {
        Network {
            timeout: Sourced::default_of(Duration::from_secs(20)),
            per_host: Sourced::default_of(2),
            recheck: Sourced::default_of(Duration::from_secs(7 * 24 * 3600)),
            robots: Sourced::default_of(false),
            strikes_gone: Sourced::default_of(1),
            strikes_unreachable: Sourced::default_of(3),
            ignore: Vec::new(),
            ledger: None,
            credentials: Vec::new(),
        }
    }
}

/// One entry of `network.ignore`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredUrl {
    /// A glob over the whole URL.
    pub url: String,
    /// The last day that it counts.
    pub until: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// One entry of `network.credentials`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Scheme, host and perhaps port.
    pub origin: String,
    /// The environment variable that holds the secret.
    pub variable: String,
    /// The header.
    pub header: String,
    /// What stands before the secret, with the space between.
    pub prefix: String,
}

/// One entry of `overrides`.
#[derive(Debug, Clone)]
pub struct Override {
    /// The globs as written.
    pub paths: Vec<String>,
    /// The same, compiled.
    pub globs: Globs,
    /// Settings by rule.
    pub rules: BTreeMap<String, Setting>,
}

/// What `--rule`, `--skip` and `--level` chose, as ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these, whatever their level; empty for all.
    pub only: BTreeSet<String>,
    /// Not these.
    pub skip: BTreeSet<String>,
    /// Strict rules as well.
    pub strict: bool,
}

impl Config {
    /// All rules that there are: built in, then the users' own.
    #[must_use]
    pub fn known(&self) -> Known<'_> {
        Known::new(catalogue(), &self.own_rules)
    }

    /// What is configured for a rule, if anything.
    #[must_use]
    pub fn setting(&self, rule: &str) -> Option<&Setting> {
        self.rules.get(rule)
    }

    /// The entries of `overrides`, in their order.
    #[must_use]
    pub fn overrides(&self) -> &[Override] {
        &self.overrides
    }

    /// True when the rule runs: chosen on the command line, configured, or of a level that runs.
    #[must_use]
    pub fn is_active(&self, rule: &RuleMeta) -> bool {
        if self.selection.skip.contains(&rule.id) {
            return false;
        }
        if !self.selection.only.is_empty() {
            return self.selection.only.contains(&rule.id);
        }
        let switched_on = |setting: &Setting| matches!(&setting.switch, Some(s) if s.value != Switch::Off);
        self.is_on(rule) || self.overrides.iter().filter_map(|o| o.rules.get(&rule.id)).any(switched_on)
    }

    /// True when the rule is on where no override speaks.
    fn is_on(&self, rule: &RuleMeta) -> bool {
        let setting = self.setting(&rule.id);
        match setting.and_then(|setting| setting.switch.as_ref()).map(|switch| switch.value) {
            Some(Switch::Off) => false,
            Some(Switch::At(_)) => true,
            None if setting.is_some_and(|setting| !setting.options.is_empty()) => true,
            None => match rule.level {
                Level::Standard => true,
                Level::Strict => self.selection.strict,
                Level::OptIn => false,
            },
        }
    }

    /// The severity of a rule where no override speaks, with its origin.
    #[must_use]
    pub fn base_severity(&self, rule: &RuleMeta) -> Sourced<Severity> {
        match self.setting(&rule.id).and_then(|setting| setting.switch.as_ref()) {
            Some(Sourced { value: Switch::At(severity), origin }) => Sourced::new(*severity, origin.clone()),
            _ => Sourced::default_of(rule.severity),
        }
    }

    /// The severity of a finding of a rule in a file, given what the rule reported; nothing when it is off there.
    ///
    /// `own` counts for at most [`Config::base_severity`]; an override moves a finding that the rule itself toned down no
    /// higher than the rule says.
    #[must_use]
    pub fn severity(&self, rule: &RuleMeta, file: &str, own: Severity) -> Option<Severity> {
        let named = self.selection.only.contains(&rule.id);
        let base = self.base_severity(rule).value;
        let own = own.min(base);
        let mut now = (named || self.is_on(rule)).then_some(own);
        let settings = self.overrides.iter().filter(|o| o.rules.contains_key(&rule.id) && self.matches(&o.globs, file));
        for switch in settings.filter_map(|o| o.rules.get(&rule.id)?.switch.as_ref()) {
            now = match switch.value {
                Switch::Off => None,
                Switch::At(severity) if own < base => Some(severity.min(own)),
                Switch::At(severity) => Some(severity),
            };
        }
        now
    }

    /// What may be done with a rule's fixes in a file, where the configuration says something.
    #[must_use]
    pub fn fix_policy(&self, rule: &str, file: &str) -> Option<FixPolicy> {
        let over = self.overrides.iter().rev().filter(|o| o.rules.get(rule).is_some_and(|s| s.fix.is_some()));
        let over = over.filter(|o| self.matches(&o.globs, file)).find_map(|o| o.rules.get(rule)?.fix.as_ref());
        over.or_else(|| self.setting(rule)?.fix.as_ref()).map(|fix| fix.value)
    }

    /// The options of a rule: its defaults with the configuration's values on top.
    #[must_use]
    pub fn options(&self, rule: &RuleMeta) -> Value {
        let mut options: Map<String, Value> =
            rule.options.iter().map(|(name, spec)| (name.clone(), spec.default.clone())).collect();
        let set = self.setting(&rule.id).into_iter().flat_map(|setting| &setting.options);
        options.extend(set.map(|(name, value)| (name.clone(), value.value.clone())));
        Value::Object(options)
    }

    /// True for files that are not checked; the path from the repository, with `/`.
    #[must_use]
    pub fn excludes(&self, file: &str) -> bool {
        self.matches(&self.excluded, file)
    }

    /// Tells where the sites' roots are (relative to the repository), because globs may count from them, too. They are
    /// known only after the configuration was read; the first to tell is right.
    pub fn learn_site_roots(&self, roots: impl IntoIterator<Item = String>) {
        self.roots.get_or_init(|| roots.into_iter().collect());
    }

    fn matches(&self, globs: &Globs, file: &str) -> bool {
        let configured = self.site.root.as_ref().map(|root| root.value.as_str());
        let roots = configured.into_iter().chain(self.roots.get().into_iter().flatten().map(String::as_str));
        let below = |root: &str| file.strip_prefix(root.trim_end_matches('/'))?.strip_prefix('/').map(str::to_owned);
        globs.contains(file, "") || roots.filter_map(below).any(|in_site| globs.contains("", &in_site))
    }

    /// Chooses rules as the command line says; each name is an id or an area.
    ///
    /// # Errors
    /// Every name that is unknown, with the flag that it was given to.
    pub fn select(&mut self, only: &[String], skip: &[String], level: Level) -> Result<(), super::ConfigError> {
        let mut problems = Vec::new();
        let mut ids = |flag: &str, names: &[String]| -> BTreeSet<String> {
            let known = self.known();
            for name in names.iter().filter(|name| known.rule_or_area(name).is_none()) {
                let near = did_you_mean(name, known.names());
                let message = format!("unknown rule `{name}`{near} `postlint rules` lists them all");
                problems.push(super::Problem::whole(flag.as_ref(), message.replace("` `post", "`: `post")));
            }
            names.iter().flat_map(|name| known.ids(name)).map(str::to_owned).collect()
        };
        let (only, skip) = (ids("--rule", only), ids("--skip", skip));
        if !problems.is_empty() {
            return Err(super::ConfigError(problems));
        }
        self.selection = Selection { only, skip, strict: level != Level::Standard };
        Ok(())
    }

    /// Sets options of a rule, as an example does; they must fit the rule's declarations.
    pub fn set_options<'a>(&mut self, rule: &str, options: impl IntoIterator<Item = (&'a String, &'a Value)>) {
        for (name, value) in options {
            let value = Sourced::new(value.clone(), Origin::Flag("example"));
            self.rules.entry(rule.to_owned()).or_default().options.insert(name.clone(), value);
        }
    }

    /// Sets the site's root from `--root`.
    pub fn set_root(&mut self, root: &str) {
        self.site.root = Some(Sourced::new(root.to_owned(), Origin::Flag("--root")));
    }
}
