//! Data that Eleventy gives to the pages of a folder: `posts/posts.json`, `posts/posts.11tydata.js`.
//!
//! Source: the pages "Template and directory data files" and "Data cascade" of Eleventy's documentation.

use crate::hash::Map;

use serde_json::Value as Json;

use super::paths::TEMPLATES;
use super::permalink_code::Function;
use crate::discover::{extension, file_name, parent, without_extension};
use crate::generators::js_config::{self, Module, Value};
use crate::generators::{Folder, config_file, values};
use crate::page::front_matter::ScalarType;
use crate::site::facts::{self, PageFacts};

/// A value that a data file gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    /// A text.
    Text(String),
    /// `false`.
    No,
    /// A function makes it, and is understood.
    Function(Box<Function>),
    /// Code makes it.
    Unknown,
}

/// The keys that are asked for.
pub(super) const KEYS: [&str; 7] = ["permalink", "layout", "lang", "locale", "draft", "slug", "pagination"];

/// All data files of a site, by what they belong to: a folder (`posts/`, `""` at the top), or a template without its
/// extension (`posts/a`).
#[derive(Debug, Default)]
pub struct DataFiles {
    by_owner: Map<String, Vec<(&'static str, Datum)>>,
    /// Owners whose data makes the permalink anew, whatever the page says.
    computed: Map<String, Datum>,
    /// Keys that code reads to decide whether a page is written, by the owner of that code.
    asked: Map<String, Vec<String>>,
    /// Folders whose pages are posts, by their tags.
    posts: Vec<String>,
}

impl DataFiles {
    /// Reads them.
    #[must_use]
    pub fn read(folder: &Folder<'_>, input: &str) -> DataFiles {
        let mut all = DataFiles::default();
        for path in folder.below(input) {
            let Some(owner) = owner(folder, path) else { continue };
            let mut found = Vec::new();
            if extension(path) == "json" {
                let json = config_file::read(folder, path, &mut Vec::new());
                found.extend(KEYS.iter().filter_map(|key| Some((*key, of_json(json.get(key)?)))));
                if let Some(made) = json.get("eleventyComputed").and_then(|map| map.get("permalink")) {
                    all.computed.insert(owner.clone(), of_json(made));
                }
                if values::list(json.get("tags")).iter().any(|tag| is_post_tag(tag)) {
                    all.posts.push(owner.clone());
                }
            } else {
                let text = folder.read(path).unwrap_or_default();
                let module = js_config::load(folder, path);
                let root = module.config();
                if root.get("tags").texts().iter().any(|tag| is_post_tag(tag)) {
                    all.posts.push(owner.clone());
                }
                // Of a file that cannot be read at all, a key that its text does not name is not given.
                let named = KEYS.iter().filter(|key| text.contains(**key));
                found.extend(named.filter_map(|key| Some((*key, of_code(root.get(key).value)?))));
                let made = of_code(root.at(&["eleventyComputed", "permalink"]).value);
                let made = made.filter(|_| text.contains("eleventyComputed") && text.contains("permalink"));
                if let Some(function) =
                    text.contains("permalink").then(|| Function::read(&text).filter(|_| !keeps(&text))).flatten()
                {
                    let understood = Datum::Function(Box::new(function));
                    let own = found.iter_mut().filter(|(key, datum)| *key == "permalink" && *datum == Datum::Unknown);
                    own.for_each(|(_, datum)| *datum = understood.clone());
                    if made == Some(Datum::Unknown) {
                        all.computed.insert(owner.clone(), understood);
                    }
                    all.by_owner.entry(owner).or_default().extend(found);
                    continue;
                }
                if made == Some(Datum::Unknown) && keeps(&text) && text.contains("false") {
                    all.asked.insert(owner.clone(), asked(&text).map(str::to_owned).collect());
                }
                if let Some(made) = made.filter(|made| *made != Datum::Unknown || !keeps(&text)) {
                    all.computed.insert(owner.clone(), made);
                }
                if found.iter().any(|(key, datum)| *key == "permalink" && *datum == Datum::Unknown) && keeps(&text) {
                    found.retain(|(key, _)| *key != "permalink");
                }
            }
            all.by_owner.entry(owner).or_default().extend(found);
        }
        let is_template = |path: &&str| TEMPLATES.contains(&&*extension(path)) && extension(path) != "md";
        for path in folder.below(input).filter(is_template) {
            let found = folder.read(path).map(|text| of_script(&text)).unwrap_or_default();
            all.by_owner.entry(without_extension(path).to_owned()).or_default().extend(found);
        }
        all
    }

    /// The nearest value of a key for a page (its path without extension): its own data file, then its folders'.
    #[must_use]
    pub fn get(&self, stem: &str, key: &str) -> Option<&Datum> {
        owners(stem).find_map(|owner| {
            let data = self.by_owner.get(owner)?;
            data.iter().rev().find(|(known, _)| *known == key).map(|(_, datum)| datum)
        })
    }

    /// The permalink that data makes anew for a page.
    #[must_use]
    pub fn computed(&self, stem: &str) -> Option<&Datum> {
        owners(stem).find_map(|owner| self.computed.get(owner))
    }

    /// True where code decides by a key that the page has whether it is written; the usual values of `draft` and
    /// `published` leave no doubt.
    #[must_use]
    pub fn may_leave_out(&self, page: &PageFacts) -> bool {
        let Some(asked) = owners(without_extension(&page.path)).find_map(|owner| self.asked.get(owner)) else {
            return false;
        };
        page.front.iter().flat_map(|front| &front.keys).any(|key| {
            let usual = ScalarType::Bool(&*key.name == "published");
            let is_usual = matches!(&key.value, facts::Value::Scalar(scalar) if scalar.ty == usual);
            !is_usual && asked.iter().any(|name| **name == *key.name)
        })
    }

    /// True when the folder's data says that its pages are posts.
    #[must_use]
    pub fn are_posts(&self, stem: &str) -> bool {
        owners(stem).any(|owner| self.posts.iter().any(|known| known == owner))
    }
}

/// What front matter says that is a program (`---js`): an object, or declarations.
///
/// Source: the page "Front matter data" of Eleventy's documentation, "JavaScript front matter".
fn of_script(template: &str) -> Vec<(&'static str, Datum)> {
    let code = ["---js\n", "---js\r\n", "---javascript\n"].iter().find_map(|start| template.strip_prefix(start));
    let Some((code, _)) = code.and_then(|code| code.split_once("\n---")) else { return Vec::new() };
    let is_object = code.trim_start().starts_with('{');
    let module = Module::read(&if is_object { format!("export default {code}") } else { code.to_owned() });
    let value = |key: &str| match is_object {
        true => of_code(module.config().get(key).value),
        false => of_code(module.name(key).value),
    };
    let known = |key: &str| match value(key)? {
        Datum::Unknown if key == "permalink" => Some(match Function::read(code) {
            Some(function) => Datum::Function(Box::new(function)),
            None => head_of_literal(code).map_or(Datum::Unknown, |head| Datum::Text(format!("{head}{{{{ code }}}}"))),
        }),
        // Redirects of whatever pages name: they say nothing of where else pages are.
        Datum::Text(text) if key == "permalink" && text.starts_with("{{") && code.contains("pagination") => None,
        datum => Some(datum),
    };
    KEYS.iter().filter(|key| code.contains(**key)).filter_map(|key| Some((*key, known(key)?))).collect()
}

/// What a permalink begins with: `/words/` of `` permalink: data => `/words/${data.word}/` ``.
fn head_of_literal(code: &str) -> Option<&str> {
    let (_, rest) = code.split_once("permalink")?;
    let (before, literal) = rest.split_once('`')?;
    let only = ["=>", ":", "return"].iter().any(|sign| before.trim_end().ends_with(sign));
    let only = only && !before.contains(',') && !literal.contains("return");
    literal.split_once("${").map(|(head, _)| head).filter(|head| only && !head.contains('`'))
}

/// The page itself and the folders above it: `a/b`, `a/`, `""`.
fn owners(stem: &str) -> impl Iterator<Item = &str> {
    let folders = stem.rmatch_indices('/').filter_map(|(at, _)| stem.get(..=at));
    std::iter::once(stem).chain(folders).chain(std::iter::once(""))
}

/// What a data file belongs to: `posts/posts.json` to the folder `posts/`, `posts/a.11tydata.js` to the page `posts/a`.
fn owner(folder: &Folder<'_>, path: &str) -> Option<String> {
    let name = file_name(path);
    let (stem, is_data) = match name.split_once(".11tydata.") {
        Some((stem, _)) => (stem, true),
        None => (name.strip_suffix(".json")?, false),
    };
    let above = parent(path);
    let top = above.is_empty() && is_data && !folder.has(&format!("{stem}.md"));
    if (!above.is_empty() && file_name(above) == stem) || top {
        return Some(if above.is_empty() { String::new() } else { format!("{above}/") });
    }
    let page = crate::discover::join(above, stem);
    let templates = ["md", "njk", "html", "liquid"];
    templates.iter().any(|extension| folder.has(&format!("{page}.{extension}"))).then_some(page)
}

fn is_post_tag(tag: &str) -> bool {
    matches!(tag, "post" | "posts" | "blog" | "article" | "articles")
}

pub(super) fn of_json(value: &Json) -> Datum {
    match value {
        Json::Bool(false) => Datum::No,
        other => values::text(Some(other)).map_or(Datum::Unknown, Datum::Text),
    }
}

fn of_code(value: &Value) -> Option<Datum> {
    Some(match value {
        Value::Absent | Value::Null => return None,
        Value::Text(text) => Datum::Text(text.clone()),
        Value::Flag(false) => Datum::No,
        Value::Flag(true) => Datum::Text("true".to_owned()),
        _ => Datum::Unknown,
    })
}

/// The keys of the data that code reads, but for those that say nothing about whether a page is to be written.
fn asked(text: &str) -> impl Iterator<Item = &str> {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    let names = text.split("data.").skip(1).map(move |rest| rest.split(|c| !word(c)).next().unwrap_or_default());
    names.filter(|name| !matches!(*name, "" | "permalink" | "page" | "title" | "layout" | "tags" | "date"))
}

/// The usual way to hide drafts: a function that returns the page's own permalink, or `false`.
fn keeps(text: &str) -> bool {
    let own = text.contains("data.permalink");
    let made = ["`/", "\"/", "'/"].iter().any(|start| text.contains(start));
    own && !made
}

/// A value of the site's global data, in a file that holds facts about the site.
pub(super) fn global(folder: &Folder<'_>, data: &str, keys: &[&str]) -> Option<String> {
    let stems = ["site", "metadata", "meta", "config", "settings"];
    let ends = ["json", "yaml", "yml", "toml", "js", "cjs", "mjs"];
    let files = stems.iter().flat_map(|stem| ends.iter().map(move |end| format!("{data}/{stem}.{end}")));
    files.filter(|file| folder.has(file)).find_map(|file| {
        if matches!(&*extension(&file), "js" | "cjs" | "mjs") {
            let module = Module::read(&folder.read(&file)?);
            return keys.iter().find_map(|key| module.config().get(key).text().map(str::to_owned));
        }
        let value = config_file::read(folder, &file, &mut Vec::new());
        keys.iter().find_map(|key| values::text(value.get(key)))
    })
}
