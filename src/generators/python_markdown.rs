//! Python-Markdown's extensions, which MkDocs and Pelican have in their configuration: without one it knows little.

use serde_json::Value;

use crate::generators::heading_ids::{Algorithm, python};
use crate::page::dialect::{AttributeLists, Dialect, ExplicitIds, HtmlBlocks, Linkify};

/// What comes out of all extensions and plugins.
#[derive(Debug, Clone, Copy)]
pub struct Extensions {
    /// The switches.
    pub dialect: Dialect,
    /// How headings get ids.
    pub heading_ids: Algorithm,
    /// Something is put below every page, which may define labels.
    pub appends: bool,
}

impl Extensions {
    /// Without any extension, not even one that gives ids to headings.
    pub const NONE: Extensions =
        Extensions { dialect: Dialect::PYTHON_MARKDOWN, heading_ids: Algorithm::None, appends: false };

    /// Reads a list of names, of maps from names to options, or one such map.
    pub fn read(&mut self, value: Option<&Value>) {
        let mut of_map =
            |map: &serde_json::Map<String, Value>| map.iter().for_each(|(name, options)| self.add(name, options));
        match value {
            Some(Value::Array(items)) => {
                for item in items {
                    match item {
                        Value::String(name) => of_map(&[(name.clone(), Value::Null)].into_iter().collect()),
                        Value::Object(map) => of_map(map),
                        _ => {}
                    }
                }
            }
            Some(Value::Object(map)) => of_map(map),
            _ => {}
        }
    }

    /// Switches on what an extension does.
    pub fn add(&mut self, name: &str, options: &Value) {
        let dialect = &mut self.dialect;
        let name = name.strip_prefix("markdown.extensions.").unwrap_or(name);
        // `codehilite(css_class=a)`: options, as they were written up to version 2.6.
        let name = name.split('(').next().unwrap_or(name);
        match name {
            // Up to version 2.6; it gives the ids that `toc` gives.
            "headerid" => self.heading_ids = Algorithm::PythonToc,
            "toc" => {
                let own = options.get("slugify").map(slugify);
                self.heading_ids = match options.get("separator").and_then(Value::as_str).unwrap_or("-") {
                    "-" => own.unwrap_or(Algorithm::PythonToc),
                    "_" if own.is_none() => Algorithm::PythonTocUnderscored,
                    _ => Algorithm::Unknown,
                };
            }
            "extra" | "pymdownx.extra" => {
                for one in ["attr_list", "def_list", "footnotes", "md_in_html"] {
                    self.add(one, &Value::Null);
                }
            }
            "attr_list" => {
                dialect.attribute_lists = AttributeLists::Braces;
                dialect.explicit_ids = ExplicitIds::SpacedAttributes;
            }
            "footnotes" => dialect.footnotes = true,
            "md_in_html" => dialect.html_blocks = HtmlBlocks::MdInHtml,
            "def_list" => dialect.definition_lists = true,
            "admonition" | "pymdownx.details" | "pymdownx.tabbed" | "callouts" => {
                dialect.admonitions = true;
                dialect.tab_ids |= options.get("slugify").is_some();
            }
            "pymdownx.magiclink" => dialect.linkify = Linkify::Magic,
            "pymdownx.emoji" => dialect.emoji = true,
            "pymdownx.arithmatex" | "mdx_math" => dialect.math = true,
            "pymdownx.snippets" => {
                dialect.includes = true;
                self.appends |= options.get("auto_append").is_some_and(|files| !files.is_null());
            }
            "mdx_include" | "markdown_include.include" | "mkdocs-click" => dialect.includes = true,
            _ => {}
        }
    }
}

/// The function that the configuration names with a tag of Python's YAML.
#[must_use]
pub fn slugify(value: &Value) -> Algorithm {
    let tag = value.as_str().or_else(|| value.get(crate::generators::config_file::TAG)?.as_str()).unwrap_or_default();
    let case = value.pointer("/kwds/case").and_then(Value::as_str).unwrap_or_default();
    match tag.rsplit('.').next().unwrap_or_default() {
        "slugify_unicode" => Algorithm::PythonTocUnicode,
        "uslugify" => Algorithm::PymdownxLower,
        "uslugify_cased" => Algorithm::PymdownxCased,
        "slugify" if tag.contains("pymdownx") => {
            if matches!(case, "lower" | "fold" | "lower-ascii") {
                Algorithm::PymdownxLower
            } else {
                Algorithm::PymdownxCased
            }
        }
        "slugify" => Algorithm::PythonToc,
        // A function of the site's own: no fragment can be judged.
        "" => Algorithm::PythonToc,
        _ => Algorithm::Unknown,
    }
}

/// The slug of a text by that function; nothing for one of the site's own.
#[must_use]
pub fn slug(text: &str, algorithm: Algorithm, separator: &str) -> Option<String> {
    match algorithm {
        Algorithm::PymdownxLower => Some(python::pymdownx(text, true, separator)),
        Algorithm::PymdownxCased => Some(python::pymdownx(text, false, separator)),
        Algorithm::PythonToc => Some(python::toc(text, false, separator)),
        Algorithm::PythonTocUnderscored => Some(python::toc(text, false, "_")),
        Algorithm::PythonTocUnicode => Some(python::toc(text, true, separator)),
        _ => None,
    }
}
