//! Components of the site's own that fill the pages which import them: with another file's text, with headings, with
//! elements that have ids. What they make is not known here, only that they make something.

use crate::hash::Set;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::jsx;
use crate::discover::{extension, file_name, parent};
use crate::generators::Folder;
use crate::page::links::Origin;
use crate::site::destination;
use crate::site::facts::PageFacts;

/// What a component says that shows text of other files, or gives ids.
const SIGNS: [&str; 14] = [
    "<Content",
    "set:html",
    "dangerouslySetInnerHTML",
    "v-html",
    ".md'",
    ".md\"",
    ".mdx'",
    ".mdx\"",
    "<Heading",
    "<h2",
    "<h3",
    "<h4",
    " id={",
    " id=\"",
];

/// The components of a site that may bring ids.
#[derive(Debug, Default)]
pub struct Components {
    files: Set<String>,
    /// Pages whose text they show in others, as parts of these.
    parts: GlobSet,
}

impl Components {
    /// Reads the components below some folders.
    #[must_use]
    pub fn read(folder: &Folder<'_>, sources: &[String]) -> Components {
        let code = |path: &&str| {
            matches!(&*extension(path), "astro" | "jsx" | "tsx" | "js" | "ts" | "svelte" | "vue")
                && !file_name(path).contains(".config.")
        };
        let mut parts = GlobSetBuilder::new();
        let mut brings = |path: &&str| {
            let text = folder.read(path).unwrap_or_default();
            if !path.split('/').any(|part| part == "pages") {
                shown(path, &text).into_iter().for_each(|glob| {
                    parts.add(glob);
                });
            }
            SIGNS.iter().any(|sign| text.contains(sign))
        };
        let all = sources.iter().flat_map(|source| folder.below(source));
        let files = all.filter(code).filter(|path| brings(path)).map(str::to_owned).collect();
        Components { files, parts: parts.build().unwrap_or_default() }
    }

    /// True for a page that one of them shows inside others: its readers see the headings of these as well.
    #[must_use]
    pub fn show(&self, path: &str) -> bool {
        self.parts.is_match(path)
    }

    /// True when a page imports one of them; `named` is the file that a path with an alias stands for.
    #[must_use]
    pub fn fill(&self, page: &PageFacts, named: impl Fn(&str) -> Option<String>) -> bool {
        let mut imported = page.links.iter().filter(|link| matches!(link.origin, Origin::Import { .. }));
        imported.any(|link| {
            let path = &*link.destination;
            let Some(file) = named(path).or_else(|| jsx::beside(path, page)) else { return false };
            self.files.contains(&file) || ENDS.iter().any(|end| self.files.contains(&format!("{file}{end}")))
        })
    }
}

/// The files that a component collects by a pattern to show their text: `import.meta.glob('../content/parts/*.mdx')`.
fn shown(path: &str, text: &str) -> Option<globset::Glob> {
    let (_, rest) = text.split_once("import.meta.glob")?;
    let (_, arguments) = rest.split_once('(')?;
    let quote = arguments.trim_start().chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let pattern = arguments.trim_start().get(1..)?.split(quote).next()?;
    let joined = destination::join(&format!("/{}", parent(path)), pattern)?;
    let shows = text.contains(".Content") || text.contains("<Content");
    let markdown = shows && matches!(&*extension(pattern), "md" | "mdx");
    let glob = GlobBuilder::new(joined.trim_start_matches('/')).literal_separator(true).build();
    glob.ok().filter(|_| markdown)
}

/// What a name without an extension may stand for.
const ENDS: [&str; 8] = [".astro", ".jsx", ".tsx", ".js", "/index.jsx", "/index.tsx", "/index.js", "/index.astro"];
