//! `outputs` and `outputFormats`: a page may be written in several forms, `/index.json` beside `/index.html`.
//!
//! Source: the pages "Outputs" and "Output formats" of Hugo's manual.

use serde_json::Value;

use crate::generators::values::{list, text};

/// The formats that come with Hugo and whose file is no `index.html`, with the name of that file.
const BUILT_IN: [(&str, &str); 9] = [
    ("calendar", "index.ics"),
    ("css", "styles.css"),
    ("csv", "index.csv"),
    ("gotmpl", "index.gotmpl"),
    ("json", "index.json"),
    ("markdown", "index.md"),
    ("robots", "robots.txt"),
    ("rss", "index.xml"),
    ("webappmanifest", "manifest.webmanifest"),
];

/// A file that is written beside a page.
#[derive(Debug, Clone)]
struct Form {
    stem: String,
    /// Its extension, where that is known.
    extension: Option<String>,
    /// Only the home page has it.
    home: bool,
}

/// The forms in which a site's pages are written besides HTML.
#[derive(Debug, Clone, Default)]
pub struct Outputs(Vec<Form>);

impl Outputs {
    /// Reads the merged configuration, whose keys are lower case; a language may say more.
    #[must_use]
    pub fn new(value: &Value) -> Outputs {
        let languages = value.get("languages").and_then(Value::as_object).into_iter().flatten();
        let places = std::iter::once(value).chain(languages.map(|(_, language)| language));
        let kinds = places.filter_map(|place| place.get("outputs")?.as_object()).flatten();
        let mut forms = Vec::new();
        for (kind, formats) in kinds {
            for name in list(Some(formats)) {
                forms.extend(form(value, &name.to_lowercase(), kind == "home"));
            }
        }
        Outputs(forms)
    }

    /// True when a file of this name is written into the folder of a page; `at_home` in that of the home page.
    #[must_use]
    pub fn makes(&self, name: &str, at_home: bool) -> bool {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        self.0.iter().any(|form| {
            let named = match &form.extension {
                Some(own) => form.stem == stem && own == extension,
                None => form.stem == stem || form.stem == name,
            };
            named && (at_home || !form.home)
        })
    }
}

/// The file of a format; nothing for HTML.
fn form(value: &Value, name: &str, home: bool) -> Option<Form> {
    let own = value.get("outputformats").and_then(|formats| formats.get(name));
    let built_in = BUILT_IN.iter().find(|(known, _)| *known == name).and_then(|(_, file)| file.rsplit_once('.'));
    let stem = own.and_then(|own| text(own.get("basename")));
    let (stem, extension) = match (stem, built_in, own) {
        (stem, Some((usual, extension)), None | Some(_)) => {
            (stem.unwrap_or_else(|| usual.to_owned()), Some(extension.to_owned()))
        }
        // Which extension a media type has, the site may say itself.
        (stem, None, Some(_)) => (stem.unwrap_or_else(|| "index".to_owned()), None),
        (_, None, None) => return None,
    };
    // `index.html` is asked for as a page.
    (extension.is_some() || stem != "index" || own.is_some_and(is_no_html)).then_some(Form { stem, extension, home })
}

fn is_no_html(format: &Value) -> bool {
    text(format.get("mediatype")).is_some_and(|media| media != "text/html")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Outputs;

    #[test]
    fn files_beside_pages() {
        let outputs = Outputs::new(&json!({
            "outputs": {"home": ["HTML", "RSS", "JSON", "search"], "section": ["html", "ics"]},
            "outputformats": {"search": {"mediatype": "application/json", "basename": "search"}, "ics": {"basename": "dates"}}
        }));
        assert!(outputs.makes("index.json", true) && outputs.makes("search.json", true));
        assert!(!outputs.makes("index.json", false) && !outputs.makes("other.json", true));
        assert!(outputs.makes("dates.ics", false) && !outputs.makes("index.html", true));
    }
}
