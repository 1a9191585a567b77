//! A generator's data file, `rules/data/generators/<name>.yaml`: what its documentation says, without code.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What a value of the front matter may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyType {
    /// Any scalar that is read as text (numbers and dates are, too).
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole or decimal number.
    Number,
    /// A date, with or without a time.
    Date,
    /// A list of texts.
    List,
    /// A map.
    Map,
    /// Nothing is written, or `null`.
    Nothing,
}

/// A key that the generator knows.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct KeyData {
    /// What it may hold; empty for anything.
    pub types: Vec<KeyType>,
    /// The key that this one is another name of.
    pub same_as: Option<String>,
    /// True where a page of this kind cannot do without: `post`.
    pub required_for: Vec<String>,
    /// The only words that it may be, in any case; empty for any.
    pub one_of: Vec<String>,
    /// What happens to a page with another one.
    pub otherwise: Option<String>,
    /// What it cannot read, it passes over, and nothing breaks.
    pub harmless: bool,
    /// What it does, for messages.
    pub about: Option<String>,
    /// What to do about a value that it cannot read, where another type alone would not help.
    pub help: Option<String>,
    /// Values that mean something elsewhere (in the configuration, in another key) and not here, with what happens.
    pub pitfalls: BTreeMap<String, String>,
    /// The table that it must stand in to be read: at the root it is ignored in silence.
    pub belongs_in: Option<String>,
}

/// The data of one generator.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Data {
    /// Its name as people write it.
    pub title: String,
    /// Where these facts come from.
    pub see: Vec<String>,
    /// File names whose folder may be a site's root.
    pub markers: Vec<String>,
    /// Its folders may lie in another generator's site, which then is the site.
    pub yields: bool,
    /// Extensions of Markdown files.
    pub markdown: Vec<String>,
    /// Keys of the front matter.
    pub keys: BTreeMap<String, KeyData>,
    /// True where `Title` and `title` are one key.
    pub keys_ignore_case: bool,
    /// Texts that stand for a truth value where one is expected: `"true"`.
    pub texts_of_booleans: Vec<String>,
    /// Keys that hold terms, by taxonomy.
    pub terms: Vec<String>,
    /// Keys that name authors.
    pub authors: Vec<String>,
    /// Keys that declare the page's language.
    pub languages: Vec<String>,
    /// The setting that decides where a page is published that says another language than the site's.
    pub language_moves_by: Option<String>,
    /// The language that it, or nearly every theme, writes into pages where nobody says any.
    pub writes_language: Option<String>,
    /// Keys that hold dates.
    pub dates: Vec<String>,
    /// Keys that name the layout.
    pub layouts: Vec<String>,
    /// Of a key that stands twice the last is taken; elsewhere the build fails or the result is not defined.
    pub last_key_wins: bool,
    /// Blanks and blank lines may stand before the front matter.
    pub blanks_before_front_matter: bool,
    /// Fences of the front matter may have more than three hyphens, and the first may be left out.
    pub loose_fences: bool,
    /// The front matter ends where a line begins with three hyphens, whatever follows (gray-matter).
    pub fence_may_go_on: bool,
    /// Hyphens with an empty line below them are a rule across the page, and begin no front matter (Pandoc).
    pub empty_line_makes_a_rule: bool,
    /// The same where what stands between the hyphens cannot be read and begins with no key (MkDocs).
    pub unread_head_is_text: bool,
    /// The front matter begins behind three signs and ends with three, whatever follows them (Hugo).
    pub fences_take_text: bool,
    /// Tabs that indent a line of the front matter count as blanks.
    pub tabs_indent_front_matter: bool,
    /// Tabs before the items of a list are passed over (js-yaml 3, which gray-matter has): the list is one of the key above.
    pub tabs_before_items: bool,
    /// A date may be written in any form that says a day: the generator reads it, or shows it as it is.
    pub dates_in_any_form: bool,
    /// A post without front matter is no page, or stops the build; others make up what is missing.
    pub posts_need_front_matter: bool,
    /// A post whose file name does not begin with a date is never published.
    pub posts_need_a_date_in_their_name: bool,
    /// Dates that are texts go through `new Date` of Node, which does not ask for zeroes.
    pub dates_by_new_date: bool,
    /// Months, weeks and days of the year are dates, too (ISO 8601).
    pub months_are_dates: bool,
    /// Words that may stand for a date: `today`.
    pub date_words: Vec<String>,
    /// A scalar where a list of terms is meant is split at blanks.
    pub terms_split_at_blanks: bool,
    /// Those of the keys that hold terms whose list is a path, each term below the one before it, so that a name may come twice.
    pub term_paths: Vec<String>,
    /// Plugins that publish no page that the sources do not show, and change no link.
    pub quiet_plugins: Vec<String>,
    /// Each collection has terms of its own, which lists of another's do not show.
    pub terms_by_collection: bool,
}

impl Data {
    /// True for a file whose extension is one of Markdown.
    #[must_use]
    pub fn is_markdown(&self, path: &str) -> bool {
        let extension = crate::discover::extension(path);
        self.markdown.iter().any(|known| *known == *extension)
    }

    /// True for a key that holds a list and never one text.
    #[must_use]
    pub fn is_list(&self, key: &str) -> bool {
        self.keys.iter().any(|(name, data)| {
            name.eq_ignore_ascii_case(key)
                && data.types.contains(&KeyType::List)
                && !data.types.contains(&KeyType::Text)
        })
    }

    /// The data of a generator, embedded. A unit test reads them all, so a broken file cannot be released.
    #[must_use]
    pub fn embedded(name: &str) -> Data {
        crate::data::read(&format!("generators/{name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_can_be_read() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/data/generators");
        let mut names = Vec::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            if let Err(error) = serde_yaml::from_str::<Data>(&text) {
                panic!("{}: {error}", path.display());
            }
            names.push(path.file_stem().unwrap().to_string_lossy().into_owned());
        }
        for generator in crate::generators::ALL {
            assert!(names.iter().any(|name| name == generator.name()), "{} has no data file", generator.name());
        }
    }
}
