//! Content collections: which files are entries of which, and what their ids are.
//!
//! Source: `astro/dist/content/{utils,loaders/glob}.js`, `starlight/loaders.ts`.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::config::Config;
use crate::discover::{extension, file_name, join};
use crate::generators::Folder;
use crate::generators::heading_ids::github_slug;
use crate::generators::js_config::{self, At, Module};

/// One collection.
#[derive(Debug)]
pub struct Collection {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: String,
    /// Which files of it, where it says so.
    pattern: Option<GlobSet>,
    /// Which of these it leaves out after all (`!**/_*`).
    left_out: Option<GlobSet>,
    /// Ids are made by code.
    pub ids_unknown: bool,
    /// The configuration defines others and not this one: nothing publishes its files.
    pub undefined: bool,
    /// It has a loader, so that an entry's `id` is its slug.
    pub loader: bool,
    /// Keys of the front matter that hold pictures beside the entry.
    pub images: Vec<String>,
    /// Keys that are texts to Astro, whatever they are called.
    pub texts: Vec<String>,
    /// Keys whose dates YAML must have read: a text is refused.
    pub dates: Vec<String>,
    /// Keys that an entry may do without, as the schema says.
    pub optional: Vec<String>,
    /// Keys that reach the site's code as they are written; all where there is no schema.
    plain: Option<Vec<String>>,
    /// All keys, where the schema says them: zod takes the others away, so that nothing reads them.
    pub keys: Option<Vec<String>>,
}

/// The loaders whose files and ids are known.
const KNOWN: [&str; 2] = ["docsLoader", "glob"];

/// The folders that loaders of packages name, and fill with pages of their plugin: `base` of `changelogsLoader([{ … }])`.
#[must_use]
pub fn filled(folder: &Folder<'_>, config: &Config) -> Vec<String> {
    let module = module(folder, config);
    let loaders = module.name("collections").entries().into_iter().map(|(_, at)| at.argument(0).get("loader"));
    let made = loaders.filter(|at| !at.steps().first().is_none_or(|step| KNOWN.contains(&step.name.as_str())));
    let mut bases = Vec::new();
    for options in made.map(|loader| loader.argument(0)) {
        bases.extend(options.items().chain([options]).filter_map(|one| one.get("base").text()));
    }
    bases
        .into_iter()
        .map(|base| base.trim_matches(['/', '.']))
        .filter(|base| !base.is_empty())
        .map(|base| format!("{base}/"))
        .collect()
}

/// The configuration of the collections.
fn module(folder: &Folder<'_>, config: &Config) -> Module {
    let places = ["content.config", "content/config"];
    let names = places.iter().flat_map(|place| ["ts", "mts", "mjs", "js"].map(|ext| format!("{place}.{ext}")));
    let file = names.map(|name| join(&config.source, &name)).find(|name| folder.has(name));
    file.map(|name| js_config::load(folder, &name)).unwrap_or_default()
}

/// All collections of a site that have files of their own.
#[must_use]
pub fn read(folder: &Folder<'_>, config: &Config) -> Vec<Collection> {
    let content = join(&config.source, "content");
    let module = module(folder, config);
    let mut all: Vec<Collection> = Vec::new();
    let mut by_code: Vec<&str> = Vec::new();
    for (name, at) in module.name("collections").entries() {
        if let Some(made) = by_helper(name, at, &module, &content) {
            all.push(made);
            continue;
        }
        all.extend(collection(name, at, &content));
        let loader = at.argument(0).get("loader");
        if !loader.is_absent() && !loader.steps().first().is_some_and(|step| KNOWN.contains(&step.name.as_str())) {
            by_code.push(name);
        }
    }
    let defined: Vec<&str> = module.name("collections").entries().into_iter().map(|(name, _)| name).collect();
    let sets_aside = !defined.is_empty()
        && module.name("collections").is_whole()
        && (config.starlight || config.major.is_some_and(|major| major >= 5));
    // Before there was a configuration, each folder was a collection.
    let mut folders: Vec<&str> = folder
        .below(&content)
        .filter_map(|path| path.get(content.len() + 1..)?.split_once('/').map(|(name, _)| name))
        .collect();
    folders.dedup();
    for name in folders.into_iter().filter(|name| !name.starts_with(['_', '.'])) {
        let place = join(&content, name);
        let inside =
            |one: &Collection| one.name == name || place.starts_with(&one.folder) || one.folder.starts_with(&place);
        if !all.iter().any(inside) {
            all.push(Collection {
                undefined: sets_aside && !defined.contains(&name),
                ids_unknown: by_code.contains(&name),
                loader: name == "docs" && config.starlight,
                plain: defined.contains(&name).then(Vec::new),
                ..Collection::folder(name, &content)
            });
        }
    }
    all
}

/// A collection that a function of the file's own makes: `blog("posts")`, where the function reads `src/content/${name}`.
fn by_helper(name: &str, at: At<'_>, module: &Module, content: &str) -> Option<Collection> {
    let called = at.steps().first().filter(|step| step.name != "defineCollection")?;
    let given = at.argument(0).text()?;
    let made = module.name(&called.name).returned();
    made.steps().first().filter(|step| step.name == "defineCollection")?;
    let loader = made.argument(0).get("loader");
    loader.steps().first().filter(|step| step.name == "glob")?;
    let own = loader.argument(0);
    Some(Collection {
        folder: join(content, given),
        pattern: set(&own.get("pattern").texts(), false),
        left_out: set(&own.get("pattern").texts(), true),
        ids_unknown: !own.get("generateId").is_absent(),
        loader: true,
        plain: Some(Vec::new()),
        ..Collection::folder(name, content)
    })
}

fn collection(name: &str, at: At<'_>, content: &str) -> Option<Collection> {
    let options = at.argument(0);
    let loader = options.get("loader");
    let called = loader.steps().first().map(|step| step.name.as_str());
    let own = loader.argument(0);
    let (folder, globs) = match called {
        None if loader.is_absent() => (join(content, name), Vec::new()),
        Some("docsLoader") => (join(content, "docs"), Vec::new()),
        Some("glob") => {
            let base = own.get("base");
            let base = if base.is_absent() { Some("") } else { base.text() }?;
            (base.trim_start_matches("./").trim_matches('/').to_owned(), own.get("pattern").texts())
        }
        _ => return None,
    };
    Some(Collection {
        name: name.to_owned(),
        folder,
        pattern: set(&globs, false),
        left_out: set(&globs, true),
        undefined: false,
        ids_unknown: !own.get("generateId").is_absent(),
        loader: called.is_some(),
        images: keys(options.get("schema"), is_image),
        texts: keys(options.get("schema"), is_text),
        dates: keys(options.get("schema"), is_date),
        optional: keys(options.get("schema"), is_optional),
        plain: (!options.get("schema").is_absent()).then(|| plain_keys(options.get("schema"))),
        keys: all_keys(options.get("schema")),
    })
}

/// The keys of a schema that is one plain `z.object({…})`.
fn all_keys(schema: At<'_>) -> Option<Vec<String>> {
    let object = schema.returned();
    let (_, steps) = object.steps().split_first()?;
    let (first, rest) = steps.split_first()?;
    let plain = rest.iter().all(|step| matches!(step.name.as_str(), "refine" | "strict" | "superRefine" | "transform"));
    let entries = object.argument_of(first, 0);
    let known = first.name == "object" && plain && !entries.is_absent() && entries.is_whole();
    known.then(|| entries.entries().into_iter().map(|(key, _)| key.to_owned()).collect())
}

/// The patterns of a list, or those that it takes back (`!a`).
fn set(globs: &[String], back: bool) -> Option<GlobSet> {
    let mut builder = GlobSetBuilder::new();
    let is_back = |glob: &&String| glob.starts_with('!') && !glob.starts_with("!(");
    let globs: Vec<&String> = globs.iter().filter(|glob| is_back(glob) == back).collect();
    for glob in &globs {
        let glob = if back { glob.trim_start_matches('!') } else { glob.as_str() };
        for plain in plain_globs(glob.trim_start_matches("./"))? {
            builder.add(GlobBuilder::new(&plain).literal_separator(true).build().ok()?);
        }
    }
    if globs.is_empty() { None } else { builder.build().ok() }
}

/// A pattern without the groups of shells: `*.md?(x)` is `*.md` and `*.mdx`, `@(a|b)` is `{a,b}`. Nothing where it has
/// others, which mean too much.
fn plain_globs(glob: &str) -> Option<Vec<String>> {
    const MOST: usize = 8;
    let Some(open) = glob.find('(') else { return Some(vec![glob.to_owned()]) };
    let (inside, rest) = glob.get(open + 1..)?.split_once(')')?;
    if inside.contains('(') {
        return None;
    }
    let before = glob.get(..open)?;
    let group = format!("{{{}}}", inside.replace('|', ","));
    let starts = match before.chars().next_back() {
        Some('?') => vec![before.trim_end_matches('?').to_owned(), format!("{}{group}", before.trim_end_matches('?'))],
        Some('@') => vec![format!("{}{group}", before.trim_end_matches('@'))],
        Some('!' | '*' | '+') => return None,
        _ => vec![format!("{before}{group}")],
    };
    let ends = plain_globs(rest)?;
    (ends.len() <= MOST)
        .then(|| starts.iter().flat_map(|start| ends.iter().map(move |end| format!("{start}{end}"))).collect())
}

/// The keys of a schema's object that are declared so.
fn keys(schema: At<'_>, is_so: fn(At<'_>) -> bool) -> Vec<String> {
    let object = schema.returned();
    let entries = object.steps().iter().find(|step| step.name == "object").map(|step| object.argument_of(step, 0));
    let entries = entries.map(At::entries).unwrap_or_default();
    entries.into_iter().filter(|(_, at)| is_so(*at)).map(|(key, _)| key.to_owned()).collect()
}

/// `image()`, perhaps with more behind it.
fn is_image(at: At<'_>) -> bool {
    at.steps().first().is_some_and(|step| step.name == "image" && step.arguments.is_some())
}

/// `z.date()`, which reads no text.
fn is_date(at: At<'_>) -> bool {
    let mut steps = at.steps().iter();
    steps.next().is_some_and(|step| step.arguments.is_none())
        && steps.next().is_some_and(|step| step.name == "date" && step.arguments.is_some())
        && !steps.any(|step| matches!(step.name.as_str(), "or" | "catch"))
}

/// `z.string().optional()`, `image().default(…)`, `z.optional(…)`.
fn is_optional(at: At<'_>) -> bool {
    let without = ["optional", "nullish", "default", "prefault", "catch"];
    at.steps().iter().any(|step| without.contains(&step.name.as_str()) && step.arguments.is_some())
}

/// `z.string()`, if nothing behind it makes a date of the text.
fn is_text(at: At<'_>) -> bool {
    let reads = ["transform", "pipe", "date", "datetime", "refine", "superRefine"];
    let mut called = at.steps().iter().filter(|step| step.arguments.is_some());
    called.next().is_some_and(|step| step.name == "string") && !called.any(|step| reads.contains(&step.name.as_str()))
}

/// The keys whose texts a schema leaves as they are.
fn plain_keys(schema: At<'_>) -> Vec<String> {
    let changes = schema.returned().steps().iter().any(|step| matches!(step.name.as_str(), "transform" | "pipe"));
    if changes { Vec::new() } else { keys(schema, is_plain) }
}

/// `z.string()` and what only checks it.
fn is_plain(at: At<'_>) -> bool {
    const CHECKS: [&str; 8] = ["optional", "nullish", "nullable", "min", "max", "describe", "regex", "refine"];
    let mut called = at.steps().iter().filter(|step| step.arguments.is_some());
    called.next().is_some_and(|step| step.name == "string") && called.all(|step| CHECKS.contains(&step.name.as_str()))
}

impl Collection {
    /// A folder of the content, as long as nothing else is known of it.
    fn folder(name: &str, content: &str) -> Collection {
        Collection {
            name: name.to_owned(),
            folder: join(content, name),
            pattern: None,
            left_out: None,
            undefined: false,
            ids_unknown: false,
            loader: false,
            images: Vec::new(),
            texts: Vec::new(),
            dates: Vec::new(),
            optional: Vec::new(),
            plain: None,
            keys: None,
        }
    }

    /// True for a key of the front matter whose text reaches the site's code as it is written.
    #[must_use]
    pub fn hands_on(&self, key: &str) -> bool {
        self.plain.as_ref().is_none_or(|plain| plain.iter().any(|one| one == key))
    }

    /// The path of an entry below the folder; nothing for files that are none.
    #[must_use]
    pub fn entry<'p>(&self, path: &'p str) -> Option<&'p str> {
        let inside =
            if self.folder.is_empty() { path } else { path.strip_prefix(self.folder.as_str())?.strip_prefix('/')? };
        let markdown = matches!(&*extension(inside), "md" | "mdx" | "markdown" | "mdown" | "mkdn" | "mkd" | "mdoc");
        // The loaders' patterns mean no hidden files; nobody has seen one that names them.
        let hidden = inside.split('/').any(|part| part.starts_with('.'));
        let taken = !hidden
            && !self.left_out.as_ref().is_some_and(|left_out| left_out.is_match(inside))
            && match &self.pattern {
                Some(pattern) => pattern.is_match(inside),
                None if self.loader => !file_name(inside).starts_with('_'),
                None => !inside.split('/').any(|part| part.starts_with('_')),
            };
        (markdown && taken).then_some(inside)
    }
}

/// The id that an entry has by its path.
#[must_use]
pub fn id(inside: &str) -> String {
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let id: Vec<String> = stem.split('/').map(github_slug).collect();
    let id = id.join("/");
    id.strip_suffix("/index").map(str::to_owned).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_shells() {
        let is = |glob: &str, all: &[&str]| assert_eq!(plain_globs(glob).as_deref().unwrap_or_default(), all, "{glob}");
        is("**/*.{md,mdx}", &["**/*.{md,mdx}"]);
        is("**/*.md?(x)", &["**/*.md", "**/*.md{x}"]);
        is("@(a|b)/*.(md|mdx)", &["{a,b}/*.{md,mdx}"]);
        is("!(draft)*.md", &[]);
    }
}
