//! What a configuration takes from other files of the project: `import redirects from './redirects.js'`,
//! `require('./folders')`. Big lists stand in files of their own, and what is not read would count as absent.

use crate::hash::Map;
use std::rc::Rc;

use super::{At, FUEL, Module, Step, Value};
use crate::discover::{extension, parent};
use crate::generators::Folder;
use crate::site::destination;

/// So deep are files followed that load further files.
const DEEP: u32 = 3;
/// So many files are read for one configuration.
const MOST: u32 = 24;
/// So many values are taken over; more is no configuration, and a name in a name in a name can make any number.
const VALUES: u32 = 200_000;

/// `import name from './file'`.
#[derive(Debug, Clone)]
pub(super) struct Import {
    /// The name in the file that imports.
    pub local: String,
    /// The name in the file that is imported; nothing for what that exports as its default.
    pub name: Option<String>,
    /// The file as it is written.
    pub from: String,
}

/// Reads a file of the site and what it takes from others beside it.
#[must_use]
pub fn load(folder: &Folder<'_>, path: &str) -> Module {
    let mut left = Left { files: MOST, values: VALUES, known: Map::default() };
    read(folder, path, DEEP, &mut left)
}

struct Left {
    files: u32,
    values: u32,
    /// Files that were read, by how deep they were followed: each language's part of a configuration imports the same.
    known: Map<(String, u32), Rc<Module>>,
}

fn read_once(folder: &Folder<'_>, file: String, deep: u32, left: &mut Left) -> Option<Rc<Module>> {
    let key = (file, deep);
    if let Some(known) = left.known.get(&key) {
        return Some(Rc::clone(known));
    }
    left.files = left.files.checked_sub(1)?;
    let module = Rc::new(read(folder, &key.0, deep, left));
    left.known.insert(key, Rc::clone(&module));
    Some(module)
}

fn read(folder: &Folder<'_>, path: &str, deep: u32, left: &mut Left) -> Module {
    let text = folder.read(path).unwrap_or_default();
    let mut module =
        if extension(path) == "json" { Module::read(&format!("export default {text}")) } else { Module::read(&text) };
    let mut wanted = std::mem::take(&mut module.imports);
    for (local, value) in &module.names {
        if let Value::Path(steps) = value
            && let Some(from) = required(steps)
        {
            let name = steps.get(1).map(|step| step.name.clone()).filter(|name| name != "default");
            wanted.push(Import { local: local.clone(), name, from });
        }
    }
    // A map has no order of its own, and the number of files is limited.
    wanted.sort_by(|a, b| (&a.from, &a.local).cmp(&(&b.from, &b.local)));
    let (wanted, packages) = wanted.into_iter().partition::<Vec<_>, _>(|import| import.from.starts_with('.'));
    module.imports = packages;
    for Import { local, name, from } in wanted {
        let Some(file) = (deep > 0).then(|| find(folder, path, &from)).flatten() else { continue };
        let Some(other) = read_once(folder, file, deep - 1, left) else { break };
        let at = name.as_deref().map_or_else(|| other.exported(), |name| other.name(name));
        // Of CommonJS a name may also be a member of what is exported.
        let at = match (&name, at.is_absent()) {
            (Some(name), true) => other.exported().get(name),
            _ => at,
        };
        let value = closed(at, FUEL, left);
        module.names.insert(local, value);
    }
    module
}

/// The file of `require('./x')`, at most with one member behind it.
fn required(steps: &[Step]) -> Option<String> {
    let (first, rest) = steps.split_first()?;
    let plain = rest.len() <= 1 && rest.iter().all(|step| step.arguments.is_none());
    match first.arguments.as_deref()? {
        [Value::Text(from)] if plain && first.name == "require" => Some(from.clone()),
        _ => None,
    }
}

fn find(folder: &Folder<'_>, importer: &str, from: &str) -> Option<String> {
    if !from.starts_with('.') {
        return None;
    }
    let joined = destination::join(&format!("/{}", parent(importer)), from)?;
    let joined = joined.trim_matches('/');
    // TypeScript's files are imported by the name that they will have.
    let bare = joined.strip_suffix(".js").unwrap_or(joined);
    let ends = [".ts", ".mts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];
    let mut names = std::iter::once(joined.to_owned()).chain(ends.iter().map(|end| format!("{bare}{end}")));
    names.find(|name| {
        matches!(&*extension(name), "ts" | "mts" | "cts" | "js" | "mjs" | "cjs" | "json") && folder.has(name)
    })
}

/// The same of one value that was read by itself.
pub(super) fn on_its_own(at: At<'_>) -> Value {
    closed(at, FUEL, &mut Left { files: 0, values: VALUES, known: Map::default() })
}

/// The value with all names of its own file followed, so that it means the same in another file.
fn closed(at: At<'_>, deep: u32, left: &mut Left) -> Value {
    if deep == 0 || left.values == 0 {
        return Value::Unknown;
    }
    left.values -= 1;
    let inner = |value: &Value, left: &mut Left| closed(At { value, ..at }.followed(), deep - 1, left);
    match at.value {
        Value::List(items) => Value::List(items.iter().map(|value| inner(value, left)).collect()),
        Value::Map(entries) => {
            Value::Map(entries.iter().map(|(key, value)| (key.clone(), inner(value, left))).collect())
        }
        Value::Function(returned) => Value::Function(Box::new(inner(returned, left))),
        Value::Path(steps) if steps.iter().any(|step| step.arguments.is_some()) => {
            let step = |step: &Step, left: &mut Left| Step {
                name: step.name.clone(),
                arguments: step.arguments.as_ref().map(|all| all.iter().map(|value| inner(value, left)).collect()),
            };
            Value::Path(steps.iter().map(|one| step(one, left)).collect())
        }
        Value::Path(_) => Value::Unknown,
        other => other.clone(),
    }
}
