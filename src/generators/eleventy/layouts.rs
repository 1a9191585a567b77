//! What layouts give to the pages that they wrap: Eleventy takes the front matter of a layout, and of the one around it,
//! for data that neither the page nor its folders have. Many themes keep the permalink there.
//!
//! Source: the pages "Data cascade" and "Layouts" of Eleventy's documentation.

use crate::hash::Map;

use super::code::Code;
use super::data_files::{Datum, KEYS, of_json};
use crate::discover::without_extension;
use crate::generators::js_config::Value;
use crate::generators::{Folder, Registry, config_file};
use crate::page::front_matter;
use crate::site::facts::PageFacts;

/// Layouts within layouts are not deeper than this.
const DEEPEST: usize = 8;

/// The data of a site's layouts.
#[derive(Debug, Default)]
pub struct Layouts {
    /// By path below the folder of layouts.
    data: Map<String, Vec<(&'static str, Datum)>>,
    /// Other names of theirs.
    aliases: Map<String, String>,
    /// The names of all files, with and without their endings.
    names: Vec<String>,
    /// Where they lie.
    from: String,
}

impl Layouts {
    /// Reads the layouts in these folders.
    #[must_use]
    pub fn read<'f>(folder: &Folder<'_>, folders: impl Iterator<Item = &'f str>, code: &Code) -> Layouts {
        let mut all = Layouts::default();
        for layouts in folders {
            if !all.from.is_empty() {
                all.from.push_str(" and ");
            }
            all.from.push_str(&format!("`{layouts}/`"));
            for path in folder.below(layouts) {
                let name = path.get(layouts.len()..).unwrap_or_default().trim_start_matches('/');
                all.names.push(name.to_owned());
                all.names.push(without_extension(name).to_owned());
                all.names.extend(name.split_once(".11ty.").map(|(stem, _)| stem.to_owned()));
                let Some(text) = folder.read(path).filter(|text| text.trim_start().starts_with("---")) else {
                    continue;
                };
                let Some(front) = front_matter::find(&text, true) else { continue };
                let json = config_file::object(&front, &text);
                let found = KEYS.iter().filter_map(|key| Some((*key, of_json(json.get(*key)?)))).collect();
                all.data.insert(name.to_owned(), found);
            }
        }
        for call in code.calls("addLayoutAlias") {
            if let [Value::Text(alias), Value::Text(name), ..] = call.as_slice() {
                all.aliases.insert(alias.clone(), name.clone());
            }
        }
        all
    }

    /// The value of a key that the layout, or the nearest one around it, gives.
    #[must_use]
    pub fn get(&self, layout: &str, key: &str) -> Option<&Datum> {
        let mut next = Some(layout);
        for _ in 0..DEEPEST {
            let data = self.of(next?)?;
            let value = |wanted: &str| data.iter().find(|(known, _)| *known == wanted).map(|(_, datum)| datum);
            if let Some(found) = value(key) {
                return Some(found);
            }
            next = match value("layout") {
                Some(Datum::Text(outer)) => Some(outer),
                _ => None,
            };
        }
        None
    }

    /// The list of them, where nothing else may bring one and a page shows that layouts are looked for there.
    #[must_use]
    pub fn registry(&self, code: &Code, pages: &[PageFacts]) -> Option<Registry> {
        // A template or an alias that code or a plugin makes has a name that is not read here.
        if ["addTemplate(", "addLayoutAlias", "addPlugin("].iter().any(|call| code.says(call)) {
            return None;
        }
        let mut names = self.names.clone();
        names.sort_unstable();
        names.dedup();
        let mut used = pages.iter().filter_map(|page| page.key("layout")?.text());
        let seen = used.any(|name| names.binary_search_by(|known| known.as_str().cmp(name.trim())).is_ok());
        // A slash before it makes no difference.
        let mut also: Vec<String> = names.iter().map(|name| format!("/{name}")).collect();
        also.sort_unstable();
        seen.then(|| Registry { stops: true, also, ..Registry::new(self.from.clone(), names) })
    }

    fn of(&self, name: &str) -> Option<&Vec<(&'static str, Datum)>> {
        let name = self.aliases.get(name).map_or(name, String::as_str).trim_start_matches('/');
        let named = || self.data.iter().filter(|(path, _)| without_extension(path) == name);
        self.data.get(name).or_else(|| named().min_by_key(|(path, _)| *path).map(|(_, data)| data))
    }
}
