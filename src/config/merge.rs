//! From the layers to one configuration: later files win value by value, lists of files, words and overrides add up.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path};
use std::time::Duration;

use serde_json::Value;

use super::globs::Globs;
use super::known::Known;
use super::layers::Layer;
use super::origin::{Origin, Sourced};
use super::problem::{ConfigError, Problem};
use super::resolved::{Config, Credential, IgnoredUrl, Override};
use super::settings::{self, Setting};
use super::user_rules;
use crate::did_you_mean::did_you_mean;
use crate::generators;
use crate::rules::format::parse_duration;
use crate::rules::meta::catalogue;

/// Merges the layers (most general first). `repository` is what paths in reports are relative to.
///
/// # Errors
/// Every mistake in the first file that has one.
pub fn merge(layers: &[Layer], repository: &Path) -> Result<Config, ConfigError> {
    let mut config =
        Config { files: layers.iter().map(|layer| layer.file.to_path_buf()).collect(), ..Config::default() };
    let base = layers.last().map(|layer| relative(&layer.folder, repository)).unwrap_or_default();
    for layer in layers {
        config.own_rules.extend(user_rules::read(layer, catalogue(), &config.own_rules)?);
    }
    config.own_rules.sort_by(|a, b| a.id.cmp(&b.id));
    for layer in layers {
        let mut problems = Vec::new();
        site(&mut config, layer, &base, &mut problems);
        network(&mut config, layer, &base, &mut problems);
        lists(&mut config, layer, &base, &mut problems);
        let own = std::mem::take(&mut config.own_rules);
        let known = Known::new(catalogue(), &own);
        let mut context = Context { layer, known, problems: &mut problems };
        context.rules(&["rules"], &layer.written.rules, true, &mut config.rules);
        for (index, written) in layer.written.overrides.iter().enumerate() {
            let mut rules = BTreeMap::new();
            let number = index.to_string();
            context.rules(&["overrides", &number, "rules"], &written.rules, false, &mut rules);
            let globs = context.globs(&["overrides", &number, "paths"], &written.paths, &base);
            config.overrides.push(Override { paths: written.paths.clone(), globs, rules });
        }
        config.own_rules = own;
        if !problems.is_empty() {
            problems.sort_by_key(|problem| problem.place);
            return Err(ConfigError(problems));
        }
    }
    // Each list was checked alone, so the whole compiles.
    config.excluded = Globs::new(&base, config.exclude.iter().map(|glob| glob.value.as_str())).unwrap_or_default();
    Ok(config)
}

struct Context<'a> {
    layer: &'a Layer,
    known: Known<'a>,
    problems: &'a mut Vec<Problem>,
}

impl Context<'_> {
    /// Reads a table of rules; an area's entry counts before those of its rules.
    fn rules(
        &mut self,
        at: &[&str],
        table: &BTreeMap<String, Value>,
        whole: bool,
        into: &mut BTreeMap<String, Setting>,
    ) {
        let (ids, areas): (Vec<_>, Vec<_>) = table.iter().partition(|(name, _)| name.contains('/'));
        for (name, value) in areas.into_iter().chain(ids) {
            let layer = self.layer;
            let path = |key: &str| -> Vec<String> {
                let mut path: Vec<String> = at.iter().map(|&key| key.to_owned()).collect();
                path.push(name.clone());
                path.extend((!key.is_empty()).then(|| key.to_owned()));
                path
            };
            let origin = |key: &str| Origin::File(layer.file.clone(), layer.positions.key(&path(key)).line);
            let problems = &mut *self.problems;
            let mut complain = |key: &str, message: String| {
                problems.push(Problem::new(&layer.file, layer.positions.key(&path(key)), message));
            };
            let setting = settings::read(name, value, whole, &self.known, &origin, &mut complain);
            for id in self.known.ids(name) {
                into.entry(id.to_owned()).or_default().lay_over(&setting);
            }
        }
    }

    fn globs(&mut self, at: &[&str], globs: &[String], base: &str) -> Globs {
        globs_of(self.layer, at, globs, base, self.problems)
    }
}

fn globs_of(layer: &Layer, at: &[&str], globs: &[String], base: &str, problems: &mut Vec<Problem>) -> Globs {
    Globs::new(base, globs.iter().map(String::as_str)).unwrap_or_else(|(index, why)| {
        let number = index.to_string();
        let path: Vec<&str> = at.iter().copied().chain([number.as_str()]).collect();
        let glob = globs.get(index).map_or("", String::as_str);
        problems.push(layer.problem(&path, false, format!("`{glob}` is no glob: {why}")));
        Globs::default()
    })
}

fn site(config: &mut Config, layer: &Layer, base: &str, problems: &mut Vec<Problem>) {
    let written = &layer.written.site;
    if let Some(name) = written.generator.as_ref().filter(|name| generators::by_name(name).is_none()) {
        let known = || generators::ALL.iter().map(|generator| generator.name());
        let near = match did_you_mean(name, known()) {
            near if near.is_empty() => format!(": write one of {}", known().collect::<Vec<_>>().join(", ")),
            near => near,
        };
        let message = format!("there is no generator `{name}`{near}");
        problems.push(layer.problem(&["site", "generator"], false, message));
    }
    let own = &mut config.site;
    if let Some(root) = &written.root {
        let root = join(base, root);
        own.root = Some(Sourced::new(root, layer.origin(&["site", "root"])));
    }
    take(&mut own.generator, &written.generator, layer, &["site", "generator"]);
    take(&mut own.url, &written.url, layer, &["site", "url"]);
    take(&mut own.legacy_urls, &written.legacy_urls, layer, &["site", "legacy-urls"]);
    take(&mut own.assets, &written.assets, layer, &["site", "assets"]);
    take(&mut own.language, &written.languages.default, layer, &["site", "languages", "default"]);
    take(&mut own.languages, &written.languages.allowed, layer, &["site", "languages", "allowed"]);
    for (section, pattern) in written.permalinks.iter().flatten() {
        let origin = layer.origin(&["site", "permalinks", section]);
        own.permalinks.insert(section.clone(), Sourced::new(pattern.clone(), origin));
    }
}

fn take<T: Clone>(into: &mut Option<Sourced<T>>, from: &Option<T>, layer: &Layer, path: &[&str]) {
    if let Some(value) = from {
        *into = Some(Sourced::new(value.clone(), layer.origin(path)));
    }
}

fn network(config: &mut Config, layer: &Layer, base: &str, problems: &mut Vec<Problem>) {
    let written = &layer.written.network;
    let own = &mut config.network;
    let mut time = |into: &mut Sourced<Duration>, from: &Option<Value>, name: &str| {
        let Some(value) = from else { return };
        let read = value.as_u64().map(Duration::from_secs).or_else(|| value.as_str().and_then(parse_duration));
        match read {
            Some(time) => *into = Sourced::new(time, layer.origin(&["network", name])),
            None => {
                let message = format!("`{}` is no duration: write `20s`, `5m` or `7d`", settings::plain(value));
                problems.push(layer.problem(&["network", name], false, message));
            }
        }
    };
    time(&mut own.timeout, &written.timeout, "timeout");
    time(&mut own.recheck, &written.recheck, "recheck");
    let mut count = |into: &mut Sourced<u32>, from: Option<u32>, path: &[&str]| match from {
        Some(0) => problems.push(layer.problem(path, false, "must be at least 1")),
        Some(number) => *into = Sourced::new(number, layer.origin(path)),
        None => {}
    };
    count(&mut own.per_host, written.per_host, &["network", "per-host"]);
    count(&mut own.strikes_gone, written.strikes.gone, &["network", "strikes", "gone"]);
    count(&mut own.strikes_unreachable, written.strikes.unreachable, &["network", "strikes", "unreachable"]);
    if let Some(robots) = written.robots {
        own.robots = Sourced::new(robots, layer.origin(&["network", "robots"]));
    }
    if let Some(path) = &written.ledger {
        own.ledger = Some(Sourced::new(join(base, path), layer.origin(&["network", "ledger"])));
    }
    for (index, entry) in written.ignore.iter().enumerate() {
        let number = index.to_string();
        let until = entry.until.as_deref();
        if until.is_some_and(|day| day.parse::<jiff::civil::Date>().is_err()) {
            let message = format!("`{}` is no date: write `2027-01-31`", until.unwrap_or_default());
            problems.push(layer.problem(&["network", "ignore", &number, "until"], false, message));
        }
        if let Err(error) = globset::Glob::new(&entry.url) {
            let message = format!("`{}` is no glob: {}", entry.url, error.kind());
            problems.push(layer.problem(&["network", "ignore", &number, "url"], false, message));
        }
        let ignored = IgnoredUrl { url: entry.url.clone(), until: entry.until.clone(), reason: entry.reason.clone() };
        own.ignore.push(Sourced::new(ignored, layer.origin(&["network", "ignore", &number])));
    }
    for (index, entry) in written.credentials.iter().enumerate() {
        let bearer = if entry.header.is_none() { "Bearer" } else { "" };
        let scheme = entry.scheme.as_deref().unwrap_or(bearer).trim();
        let credential = Credential {
            origin: entry.origin.clone(),
            variable: entry.variable.clone(),
            header: entry.header.clone().unwrap_or_else(|| "Authorization".to_owned()),
            prefix: if scheme.is_empty() { String::new() } else { format!("{scheme} ") },
        };
        own.credentials.push(Sourced::new(credential, layer.origin(&["network", "credentials", &index.to_string()])));
    }
}

fn lists(config: &mut Config, layer: &Layer, base: &str, problems: &mut Vec<Problem>) {
    globs_of(layer, &["exclude"], &layer.written.exclude, base, problems);
    for (from, into, name) in
        [(&layer.written.exclude, &mut config.exclude, "exclude"), (&layer.written.words, &mut config.words, "words")]
    {
        for (index, value) in from.iter().enumerate() {
            into.push(Sourced::new(value.clone(), layer.origin(&[name, &index.to_string()])));
        }
    }
}

/// A folder relative to the repository, with `/`; empty for the repository itself and for what lies outside.
fn relative(folder: &Path, repository: &Path) -> String {
    let real = |path: &Path| fs::canonicalize(if path.as_os_str().is_empty() { Path::new(".") } else { path });
    let (Ok(folder), Ok(repository)) = (real(folder), real(repository)) else { return String::new() };
    let names = folder.strip_prefix(&repository).map(|rest| {
        let names = rest.components().filter_map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        });
        names.collect::<Vec<_>>().join("/")
    });
    names.unwrap_or_default()
}

/// `docs` below `base`, with `.` and `..` resolved; never above the repository.
fn join(base: &str, path: &str) -> String {
    let mut names: Vec<&str> = base.split('/').filter(|name| !name.is_empty()).collect();
    for name in path.split(['/', '\\']) {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}
