//! `pymdownx.snippets`: the folders that it takes parts of pages from, and the files that it puts below every page.
//!
//! Source: the page "Snippets" of PyMdown Extensions' documentation.

use serde_json::Value;

use crate::discover::join;
use crate::generators::Folder;
use crate::generators::values::list;
use crate::site::destination;

fn options(extensions: Option<&Value>) -> impl Iterator<Item = &Value> {
    let items = extensions.and_then(Value::as_array).into_iter().flatten();
    items
        .filter_map(|item| item.get("pymdownx.snippets"))
        .chain(extensions.and_then(|map| map.as_object()?.get("pymdownx.snippets")))
}

/// `base_path`, where it is a folder inside the docs folder.
pub fn folders(extensions: Option<&Value>, folder: &Folder<'_>, docs: &str) -> Vec<String> {
    let paths = options(extensions).flat_map(|options| list(options.get("base_path")));
    let inside = |path: String| {
        let path = destination::join(&format!("/{}", folder.root), &path)?;
        let below = path.trim_matches('/').strip_prefix(docs)?.trim_matches('/');
        (!below.is_empty()).then(|| below.to_owned())
    };
    paths.filter_map(inside).collect()
}

/// What a page includes, where that is known: the parts that have headings, and the ids of the others.
pub fn parts(folder: &Folder<'_>, bases: &[String], page: &str) -> Option<(Vec<String>, Vec<String>)> {
    let text = folder.read(page)?;
    // The other ways to include something are not read here.
    let other = |line: &str| ["{!", "{*", "::: ", "-8<-"].iter().any(|sign| line.trim_start().starts_with(sign));
    let (mut parts, mut ids) = (Vec::new(), Vec::new());
    for line in text.lines().filter(|line| line.contains("8<-") || other(line)) {
        let (dashes, file) = line.trim().split_once("8<")?;
        let is_cut = dashes.bytes().all(|byte| byte == b'-' || byte == b';');
        let file = file.trim_start_matches('-').trim().strip_prefix('"')?.strip_suffix('"')?;
        if !is_cut || file.is_empty() {
            return None;
        }
        // `file.md:2:5` and `file.md:section` are parts of it.
        let file = file.split(':').next().unwrap_or_default();
        let place = |base: &String| {
            let path = destination::join("/", &join(base.trim_start_matches("./"), file))?;
            Some(path.trim_start_matches('/').to_owned()).filter(|path| folder.has(path))
        };
        let path = bases.iter().find_map(place)?;
        match ids_of(&folder.read(&path)?) {
            Some(own) => ids.extend(own),
            None => parts.push(path),
        }
    }
    Some((parts, ids))
}

/// The folders in which snippets are looked for, as they are written.
pub fn bases(extensions: Option<&Value>) -> Vec<String> {
    let found: Vec<String> = options(extensions).flat_map(|options| list(options.get("base_path"))).collect();
    if found.is_empty() { vec![".".to_owned()] } else { found }
}

/// The ids that a text gives itself; nothing where it has headings, or includes others.
fn ids_of(text: &str) -> Option<Vec<String>> {
    let mut above = "";
    for line in text.lines().map(str::trim) {
        let underlined = !above.is_empty() && !line.is_empty() && line.bytes().all(|byte| matches!(byte, b'=' | b'-'));
        if line.starts_with('#') || underlined || ["8<-", "{!", "::: "].iter().any(|sign| line.contains(sign)) {
            return None;
        }
        above = line;
    }
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>' | '}');
    let signs = ["id=\"", "id='", "id=", "name=\"", "name='", "name=", "{#", "{: #", "{ #"];
    let found = signs.iter().flat_map(|sign| text.split(sign).skip(1).filter_map(|rest| rest.split(is_edge).next()));
    Some(found.filter(|id| !id.is_empty()).map(str::to_owned).collect())
}

/// The labels, in small letters, that the files of `auto_append` define for every page; nothing where there are no such
/// files, or one of them cannot be read here.
pub fn labels(extensions: Option<&Value>, folder: &Folder<'_>) -> Option<Vec<String>> {
    let mut labels = Vec::new();
    let mut appended = false;
    for options in options(extensions) {
        let mut bases = list(options.get("base_path"));
        if bases.is_empty() {
            bases.push(".".to_owned());
        }
        for file in list(options.get("auto_append")) {
            appended = true;
            let place = |base: &String| {
                let path = destination::join("/", &join(base.trim_start_matches("./"), &file))?;
                folder.read(path.trim_start_matches('/'))
            };
            let text = bases.iter().find_map(place)?;
            // One that takes in others may define anything.
            if text.contains("--8<--") || text.contains("{%") {
                return None;
            }
            labels.extend(text.lines().filter_map(label));
        }
    }
    appended.then_some(labels)
}

/// `[label]: address`.
fn label(line: &str) -> Option<String> {
    let (label, _) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
    Some(label.to_lowercase())
}
