//! Which languages Astro and Starlight publish a site in, and under which name each has its folder.
//!
//! Source: `starlight/utils/{user-config,i18n,slugs}.ts` (0.36). Starlight writes `lang` into every page, `en` where nothing
//! says otherwise: a site that is wholly in another language is declared wrongly as long as it does not say so.

use crate::hash::Set;

use crate::generators::js_config::{At, Value};
use crate::language::tags as language_tags;

/// What Starlight takes where no language is configured (`BuiltInDefaultLocale`).
const BUILT_IN: &str = "en";

/// A language that has a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale {
    /// The folder among the pages, and the first part of their addresses.
    pub folder: String,
    /// Its tag: `ja` of the folder `jp`.
    pub tag: String,
}

/// The language of pages outside the languages' folders: `locales.root`, else the default one, else English. Nothing where
/// code makes the configuration.
#[must_use]
pub fn of_starlight(options: At<'_>, i18n: At<'_>) -> Option<String> {
    let locales = options.get("locales");
    match locales.value {
        Value::Absent | Value::Null => of_astro(i18n),
        Value::Map(entries) if entries.is_empty() => of_astro(i18n),
        Value::Map(_) => {
            let root = locales.get("root");
            if !root.is_absent() {
                return tag(BUILT_IN, root);
            }
            let default = options.get("defaultLocale").text()?;
            let own = locales.get(default);
            if own.is_absent() { None } else { tag(default, own) }
        }
        _ => None,
    }
}

/// The folder of the default language among several, `""` where its pages lie in none.
#[must_use]
pub fn default_folder(options: At<'_>) -> Option<String> {
    let locales = options.get("locales");
    let default = options.get("defaultLocale").text();
    match default {
        None | Some("root") => (!locales.get("root").is_absent()).then(String::new),
        Some(name) => (!locales.get(name).is_absent()).then(|| name.to_owned()),
    }
}

/// Without locales of its own, Starlight takes Astro's.
fn of_astro(i18n: At<'_>) -> Option<String> {
    if i18n.is_absent() {
        return Some(BUILT_IN.to_owned());
    }
    let default = i18n.get("defaultLocale").text()?;
    let of_default = |one: &At<'_>| one.get("path").text() == Some(default);
    let codes = i18n.get("locales").items().find(of_default).map(|one| one.get("codes").texts());
    Some(codes.and_then(|codes| codes.into_iter().next()).unwrap_or_else(|| default.to_owned()))
}

/// The tag of a locale: `lang`, else its name.
fn tag(name: &str, locale: At<'_>) -> Option<String> {
    let lang = locale.get("lang");
    match lang.text() {
        Some(lang) => Some(lang.to_owned()),
        None if lang.is_absent() => Some(name.to_owned()),
        None => None,
    }
}

/// The languages that have folders, in the order of writing; one whose tag is made by code counts by its folder's name.
#[must_use]
pub fn folders(starlight: Option<At<'_>>, i18n: At<'_>) -> Vec<Locale> {
    let named = |folder: &str, tag: Option<String>| Locale {
        folder: folder.to_owned(),
        tag: tag.unwrap_or_else(|| folder.to_owned()),
    };
    let mut all: Vec<Locale> = Vec::new();
    for one in i18n.get("locales").items() {
        match (one.text(), one.get("path").text()) {
            (Some(name), _) => all.push(named(name, None)),
            (None, Some(path)) => all.push(named(path, one.get("codes").texts().into_iter().next())),
            (None, None) => {}
        }
    }
    let own = starlight.map(|options| options.get("locales").entries()).unwrap_or_default();
    all.extend(own.into_iter().filter(|(name, _)| *name != "root").map(|(name, one)| named(name, tag(name, one))));
    all
}

/// Folders at the top that are named like languages, where there are several.
#[must_use]
pub fn folders_of(ids: &Set<String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for id in ids {
        let first = id.split('/').next().unwrap_or_default();
        let short = first.split('-').next().is_some_and(|primary| primary.len() == 2);
        if short
            && first.len() <= 7
            && language_tags::check(first).language.is_some()
            && !found.iter().any(|one| one == first)
        {
            found.push(first.to_owned());
        }
    }
    found.sort_unstable();
    if found.len() < 2 { Vec::new() } else { found }
}

/// The languages that a site with these folders of languages is published in, by their tags; `root`: the one without a folder.
pub(super) fn tags(locales: &[Locale], root: Option<&String>, folders: &[String]) -> Vec<String> {
    let tag = |folder: &String| {
        let locale = locales.iter().find(|locale| locale.folder == *folder);
        locale.map_or_else(|| folder.clone(), |locale| locale.tag.clone())
    };
    let root = root.filter(|_| !folders.is_empty());
    root.cloned().into_iter().chain(folders.iter().map(tag)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generators::js_config::Module;

    fn language(text: &str) -> Option<String> {
        let module = Module::read(&format!("export default {{{text}}}\n"));
        let config = module.config();
        of_starlight(config.get("starlight"), config.get("i18n"))
    }

    #[test]
    fn what_starlight_writes_into_pages() {
        let is = |text, tag: Option<&str>| assert_eq!(language(text).as_deref(), tag, "{text}");
        is("starlight: { title: 'A' }", Some("en"));
        is("starlight: { locales: { root: { label: 'D', lang: 'de' } } }", Some("de"));
        is("starlight: { locales: { root: { lang: 'de' }, en: {} }, defaultLocale: 'en' }", Some("de"));
        is("starlight: { locales: { jp: { lang: 'ja' }, en: {} }, defaultLocale: 'jp' }", Some("ja"));
        is("starlight: { locales: { fr: { label: 'F' }, en: {} }, defaultLocale: 'fr' }", Some("fr"));
        is("starlight: { locales: all }", None);
        is("starlight: {}, i18n: { defaultLocale: 'es', locales: ['es'] }", Some("es"));
        is("starlight: {}, i18n: { defaultLocale: 'br', locales: [{ path: 'br', codes: ['pt-BR'] }] }", Some("pt-BR"));
    }

    #[test]
    fn what_stands_in_for_translations() {
        let folder = |text: &str| default_folder(Module::read(&format!("export default {{{text}}}\n")).config());
        assert_eq!(folder("locales: { root: {}, fr: {} }").as_deref(), Some(""));
        assert_eq!(folder("defaultLocale: 'en', locales: { en: {}, fr: {} }").as_deref(), Some("en"));
        assert_eq!(folder("defaultLocale: code, locales: { en: {}, fr: {} }"), None);
        assert_eq!(folder("title: 'A'"), None);
    }

    #[test]
    fn what_folders_are_called() {
        let module =
            Module::read("export default { starlight: { locales: { root: {}, cn: { lang: 'zh-CN' }, fr: {} } } }");
        let found = folders(Some(module.config().get("starlight")), module.config().get("i18n"));
        let found: Vec<(&str, &str)> = found.iter().map(|one| (one.folder.as_str(), one.tag.as_str())).collect();
        assert_eq!(found, [("cn", "zh-CN"), ("fr", "fr")]);
    }
}
