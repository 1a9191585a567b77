//! What is known of an article or page, from wherever Pelican takes it: defaults, paths, the file's name, its head.
//!
//! Source: pelican 4 `readers.py`.

use crate::hash::Map;

use jiff::civil::DateTime;

use super::config::Config;
use super::slugs::SlugOf;
use crate::discover::{file_name, parent};
use crate::generators::calendar;
use crate::generators::values::text;
use crate::page::front_matter::{DateReader, NotADate, read_date, time_apart};
use crate::site::facts::PageFacts;

/// Keys in lower case with their texts.
pub struct Metadata(Map<String, String>);

impl Metadata {
    /// Collects it; `path` is the file below the content folder.
    pub fn of(page: &PageFacts, path: &str, config: &Config) -> Metadata {
        let mut all = Map::default();
        let mut add = |key: &str, value: String| {
            all.insert(key.to_lowercase(), value);
        };
        for (key, value) in &config.defaults {
            text(Some(value)).into_iter().for_each(|value| add(key, value));
        }
        for (prefix, values) in &config.extra {
            let prefix = prefix.trim_matches('/');
            let inside = path == prefix || path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/'));
            for (key, value) in values.as_object().into_iter().flatten().filter(|_| inside) {
                text(Some(value)).into_iter().for_each(|value| add(key, value));
            }
        }
        let mut found: Map<String, String> = Map::default();
        let name = file_name(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        for (pattern, text) in [(&config.filename, stem), (&config.path, path)] {
            let Some(pattern) = pattern else { continue };
            let Some(captures) =
                pattern.captures(text).filter(|found| found.get(0).is_some_and(|all| all.start() == 0))
            else {
                continue;
            };
            for key in pattern.capture_names().flatten() {
                if let Some(value) = captures.name(key) {
                    found.entry(key.to_lowercase()).or_insert_with(|| value.as_str().to_owned());
                }
            }
        }
        let folder = file_name(parent(path));
        if config.folder_category && !folder.is_empty() {
            found.entry("category".to_owned()).or_insert_with(|| folder.to_owned());
        }
        all.extend(found);
        // Of a key that stands twice the first counts.
        for key in page.front.iter().flat_map(|front| front.keys.iter().rev()) {
            let texts: Vec<&str> = key.scalars().map(|scalar| &*scalar.text).collect();
            if !texts.is_empty() {
                all.insert(key.name.to_lowercase(), texts.join(", "));
            }
        }
        Metadata(all)
    }

    /// A value without blanks around it, if it is not empty.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The date as it is written: Pelican does not move it to another zone.
    #[must_use]
    pub fn date(&self) -> Option<DateTime> {
        let written = self.get("date")?.replace('_', " ");
        let american = american(&written);
        match read_date(american.as_deref().unwrap_or(&time_apart(&written)), DateReader::Ruby) {
            Ok(when) | Err(NotADate::OtherSpelling(when)) => Some(when.date.to_datetime(when.time.unwrap_or_default())),
            Err(_) => None,
        }
    }

    /// The slug of the page itself.
    #[must_use]
    pub fn slug(&self, path: &str, config: &Config) -> Option<String> {
        if let Some(slug) = self.get("slug") {
            return Some(slug.to_owned());
        }
        let name = file_name(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let source = if config.slug_of_name { stem } else { self.get("title")? };
        config.slugs.slug(source, SlugOf::Page)
    }

    /// Fills a pattern such as `{date:%Y}/{slug}.html`; nothing when a part of it is not known.
    #[must_use]
    pub fn fill(&self, pattern: &str, path: &str, config: &Config) -> Option<String> {
        let mut out = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(rest.get(..at)?);
            let tail = rest.get(at..)?;
            if let Some(after) = tail.strip_prefix("{{").or_else(|| tail.strip_prefix("}}")) {
                out.push_str(tail.get(..1)?);
                rest = after;
                continue;
            }
            let (field, after) = tail.strip_prefix('{')?.split_once('}')?;
            out.push_str(&self.field(field, path, config)?);
            rest = after;
        }
        out.push_str(rest);
        Some(out)
    }

    fn field(&self, field: &str, path: &str, config: &Config) -> Option<String> {
        let (name, format) = field.split_once(':').map_or((field, None), |(name, format)| (name, Some(format)));
        match name {
            "slug" => self.slug(path, config),
            "date" => calendar::strftime(self.date()?, format?),
            "lang" => Some(self.get("lang").unwrap_or(&config.language).to_owned()),
            "category" => config.slugs.slug(self.get("category")?, SlugOf::Category),
            "author" => {
                let first = self.get("authors").map(|all| all.split([',', ';']).next().unwrap_or(all).trim());
                let author = self.get("author").or(first).or(config.author.as_deref());
                config.slugs.slug(author.unwrap_or_default(), SlugOf::Author)
            }
            "path" => Some(path.to_owned()),
            other => format.is_none().then(|| self.get(other).map(str::to_owned)).flatten(),
        }
    }
}

/// `5/31/2024`: the month stands first, unless it can be none.
fn american(date: &str) -> Option<String> {
    let (day, rest) = date.split_once(' ').unwrap_or((date, ""));
    let parts: Vec<u32> = day.split('/').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, year] = parts.as_slice() else { return None };
    if *first > 31 {
        return None;
    }
    let (month, day) = if *first > 12 { (second, first) } else { (first, second) };
    Some(format!("{year:04}-{month:02}-{day:02} {rest}").trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_dateutil_and_strftime_have_them() {
        assert_eq!(american("5/31/2024 10:20").as_deref(), Some("2024-05-31 10:20"));
        assert_eq!(american("31/5/2024").as_deref(), Some("2024-05-31"));
        assert_eq!(american("2024/05/31"), None);
        let date = jiff::civil::date(2024, 3, 5).at(7, 8, 9, 0);
        assert_eq!(calendar::strftime(date, "%Y/%b/%-d %H%%").as_deref(), Some("2024/Mar/5 07%"));
        assert_eq!(calendar::strftime(date, "%Q"), None);
    }
}
