//! What an expression of MDX means as a destination: `{require('./a.png').default}`, `{useBaseUrl('/a')}`, the name of
//! something that the page imports. Docusaurus, Astro and Gatsby share it.

use super::js_config::{At, Module, Value};
use super::{Evaluated, Folder, Sources};
use crate::discover::{extension, parent};
use crate::page::links::Origin;
use crate::site::destination;
use crate::site::facts::PageFacts;

/// What an expression says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// A destination as it stands.
    Address(String),
    /// A file, as it is written in an import.
    File(String),
    /// Something that only running it could tell.
    Unknown,
}

/// Reads `{…}` in the place of a destination.
#[must_use]
pub fn meant(raw: &str, page: &PageFacts) -> Meant {
    let Some(inside) = raw.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        return Meant::Unknown;
    };
    let module = Module::read(&format!("module.exports = {inside}"));
    let at = module.exported();
    match at.value {
        Value::Text(text) => Meant::Address(text.clone()),
        Value::Path(steps) => of_path(at, steps.first().map(|step| step.name.as_str()), page),
        _ => Meant::Unknown,
    }
}

fn of_path(at: At<'_>, first: Option<&str>, page: &PageFacts) -> Meant {
    let argument = at.argument(0).text().map(str::to_owned);
    match (first, argument) {
        (Some("require"), Some(file)) => Meant::File(file),
        // Both begin at the site's base, with a slash or without one.
        (Some("useBaseUrl" | "withBase"), Some(path)) => Meant::Address(from_base(path)),
        (Some(name), None) => {
            let import =
                page.links.iter().find(|link| matches!(&link.origin, Origin::Import { name: own } if **own == *name));
            import.map_or(Meant::Unknown, |import| Meant::File(import.destination.to_string()))
        }
        _ => Meant::Unknown,
    }
}

fn from_base(path: String) -> String {
    let whole = path.starts_with(['/', '#']) || destination::scheme(&path).is_some();
    if whole || path.is_empty() { path } else { format!("/{path}") }
}

/// A file that is written as a path from the page that names it. What the path does not end in `.x` for may be code in
/// any of several languages and is not looked for.
#[must_use]
pub fn beside(path: &str, page: &PageFacts) -> Option<String> {
    let joined = destination::join(&format!("/{}", parent(&page.path)), path)?;
    Some(joined.trim_start_matches('/').to_owned())
}

/// True for files that a page shows or takes its text from: pictures, Markdown, films, documents. Code may be made by
/// a build, so that a missing file of it proves nothing.
#[must_use]
pub fn is_content(path: &str) -> bool {
    destination::is_image(path) || matches!(&*extension(path), "md" | "mdx" | "mp4" | "webm" | "pdf")
}

/// The source file of an import, or that there is none; nothing where it cannot be known.
#[must_use]
pub fn file(path: String, exists: bool, tail: String) -> Evaluated {
    match exists {
        true => Evaluated::Source { path, tail },
        false if is_content(&path) => Evaluated::NoSource { wanted: path },
        false => Evaluated::Unknown,
    }
}

/// A module of code that an import names without its ending.
#[must_use]
pub fn is_code(path: &str, sources: &dyn Sources) -> bool {
    let ends = [".ts", ".tsx", ".js", ".jsx", ".mjs", ".json", "/index.ts", "/index.tsx", "/index.js", "/index.jsx"];
    ends.iter().any(|end| sources.has(&format!("{path}{end}")))
}

/// Names that stand for folders in imports: `paths` of `tsconfig.json` or `jsconfig.json`.
#[derive(Debug, Default)]
pub struct Aliases {
    /// Beginning and folder, the longest first: (`@/`, `src/`).
    known: Vec<(String, String)>,
}

impl Aliases {
    /// Reads them.
    #[must_use]
    pub fn read(folder: &Folder<'_>) -> Aliases {
        let name = ["tsconfig.json", "jsconfig.json"].into_iter().find(|name| folder.has(name));
        let text = name.and_then(|name| folder.read(name)).unwrap_or_default();
        let module = Module::read(&format!("module.exports = {text}"));
        let options = module.exported().get("compilerOptions");
        let base = options.get("baseUrl").text().unwrap_or(".");
        let known = options.get("paths").entries().into_iter().filter_map(|(from, to)| {
            let from = from.strip_suffix('*')?;
            let to = to.items().next()?.text()?.strip_suffix('*')?.to_owned();
            let folder = destination::join(&format!("/{}", base.trim_matches(['.', '/'])), &to)?;
            Some((from.to_owned(), folder.trim_start_matches('/').to_owned()))
        });
        let mut known: Vec<(String, String)> = known.collect();
        known.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        Aliases { known }
    }

    /// The file that a path with such a name at its start stands for.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<String> {
        let named = self.known.iter().find_map(|(from, to)| Some(format!("{to}{}", path.strip_prefix(from.as_str())?)));
        named.filter(|_| !path.starts_with('.'))
    }
}
