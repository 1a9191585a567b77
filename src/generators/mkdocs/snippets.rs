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
