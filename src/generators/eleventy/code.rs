//! The program that configures an Eleventy site, read without running it: the configuration and the files of the project
//! that it loads.

use std::sync::OnceLock;

use crate::discover::{extension, parent};
use crate::generators::js_config::{Module, Value};
use crate::generators::own_code::Changes;
use crate::generators::{Folder, replacing_code};
use crate::site::destination;

/// More files than this are no configuration.
const MOST: usize = 200;

/// The configuration's files, the configuration itself first.
#[derive(Debug, Default)]
pub struct Code {
    files: Vec<File>,
}

/// One of them.
#[derive(Debug)]
struct File {
    path: String,
    text: String,
    /// What its names stand for, read when a call is given a name.
    names: OnceLock<Module>,
}

impl File {
    /// The values that names in a call's arguments stand for.
    fn followed(&self, arguments: Vec<Value>) -> Vec<Value> {
        let is_name = |value: &Value| matches!(value, Value::Path(_));
        let has_name = |value: &Value| match value {
            Value::Map(entries) => entries.iter().any(|(_, value)| is_name(value)),
            value => is_name(value),
        };
        if !arguments.iter().any(has_name) {
            return arguments;
        }
        let names = self.names.get_or_init(|| Module::read(&self.text));
        arguments.iter().map(|value| names.value_of(value)).collect()
    }
}

impl Code {
    /// Reads the configuration and follows what it loads by relative paths.
    #[must_use]
    pub fn read(folder: &Folder<'_>, config: &str) -> Code {
        let mut code = Code::default();
        let mut waiting = vec![config.to_owned()];
        while let Some(path) = waiting.pop() {
            if code.files.len() >= MOST || code.files.iter().any(|known| known.path == path) {
                continue;
            }
            let Some(text) = folder.read(&path) else { continue };
            for wanted in loaded(&text) {
                let Some(joined) = destination::join(&format!("/{}", parent(&path)), wanted) else { continue };
                let joined = joined.trim_matches('/').to_owned();
                let ends = ["", ".js", ".cjs", ".mjs", ".ts", "/index.js", "/index.cjs", "/index.mjs"];
                let found = ends.iter().map(|end| format!("{joined}{end}")).find(|path| folder.has(path));
                waiting.extend(found.filter(|path| matches!(&*extension(path), "js" | "cjs" | "mjs" | "ts")));
            }
            code.files.push(File { path, text, names: OnceLock::new() });
        }
        code
    }

    /// The packages that it loads.
    pub fn packages(&self) -> impl Iterator<Item = String> + '_ {
        self.files.iter().flat_map(|file| named(&file.text)).filter(|name| !name.starts_with('.')).map(str::to_owned)
    }

    /// True when the word stands anywhere in it, but in lines that are comments.
    #[must_use]
    pub fn says(&self, word: &str) -> bool {
        self.places(word).next().is_some()
    }

    /// True when it names the path, from its beginning or from a slash on.
    #[must_use]
    pub fn names_path(&self, path: &str) -> bool {
        let begins = |before: &str| before.ends_with(['"', '\'', '`', '/']);
        self.places(path).any(|(text, at)| text.get(..at).is_some_and(begins))
    }

    /// The places of a word, each in the text of its file, but those in lines that are comments.
    fn places<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (&'a str, usize)> {
        let find = memchr::memmem::Finder::new(word);
        self.files.iter().flat_map(move |File { text, .. }| {
            let found: Vec<usize> = find.find_iter(text.as_bytes()).collect();
            found.into_iter().filter(|at| !is_comment(text, *at)).map(|at| (text.as_str(), at))
        })
    }

    /// True when a plugin for Markdown in it makes HTML of pictures that it reads.
    #[must_use]
    pub fn embeds_pictures(&self) -> bool {
        let any = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
        self.files.iter().any(|file| {
            any(&file.text, &["readFileSync("])
                && any(&file.text, &["=== 'image'", "=== \"image\""])
                && any(&file.text, &["'html_inline'", "\"html_inline\"", "'html_block'", "\"html_block\""])
        })
    }

    /// What the program does to finished pages, where it changes any.
    #[must_use]
    pub fn changes(&self) -> Changes {
        let any = ["addTransform(", "renderer.rules", "core.ruler"].iter().any(|way| self.says(way));
        let files = self.files.iter().filter(|_| any);
        replacing_code::changes(files.map(|file| (file.path.clone(), file.text.clone())))
    }

    /// The arguments of each call of this function, as far as they are literal or names of literals in the same file.
    #[must_use]
    pub fn calls(&self, name: &str) -> Vec<Vec<Value>> {
        let opening = format!("{name}(");
        let calls = |file: &File| {
            let places = file.text.match_indices(opening.as_str()).filter(|(at, _)| !is_comment(&file.text, *at));
            let read = |at: usize| arguments(file.text.get(at + opening.len()..).unwrap_or_default());
            places.map(|(at, _)| file.followed(read(at))).collect::<Vec<_>>()
        };
        self.files.iter().flat_map(calls).collect()
    }

    /// The templates with code (`` `app/*.${end}` ``) that calls of this function begin with; `*` stands for the code.
    #[must_use]
    pub fn templates(&self, name: &str) -> Vec<String> {
        let opening = format!("{name}(`");
        let read = |file: &File, at: usize| {
            let inside = file.text.get(at + opening.len()..)?.split('`').next()?;
            let mut parts = inside.split("${");
            let first = parts.next()?.to_owned();
            let rest: Vec<&str> = parts.map(|part| part.split_once('}').map_or("", |(_, rest)| rest)).collect();
            (!rest.is_empty() && !is_comment(&file.text, at)).then(|| format!("{first}*{}", rest.join("*")))
        };
        let of =
            |file: &File| file.text.match_indices(&opening).filter_map(|(at, _)| read(file, at)).collect::<Vec<_>>();
        self.files.iter().flat_map(of).collect()
    }

    /// The text that defines a filter: a file of that name, or what follows where it is added.
    #[must_use]
    pub fn filter(&self, name: &str) -> Option<&str> {
        let is_called_so = |file: &&File| crate::discover::file_name(&file.path).split('.').next() == Some(name);
        if let Some(file) = self.files.iter().find(is_called_so) {
            return Some(&file.text);
        }
        let quoted = [format!("ilter(\"{name}\""), format!("ilter('{name}'"), format!("function {name}(")];
        self.files.iter().find_map(|File { text, .. }| {
            let at = quoted.iter().find_map(|start| text.find(start.as_str()))?;
            let mut end = text.len().min(at + 500);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.get(at..end)
        })
    }
}

/// Relative paths that a file loads, with `require`, `import` or `from`.
fn loaded(text: &str) -> impl Iterator<Item = &str> {
    behind_loaders(text, &["'./", "\"./", "'../", "\"../"])
}

/// The names of what `require`, `import` and `from` name, packages and files.
fn named(text: &str) -> impl Iterator<Item = &str> {
    behind_loaders(text, &["'", "\""])
}

fn behind_loaders<'t>(text: &'t str, starts: &'static [&'static str]) -> impl Iterator<Item = &'t str> {
    starts.iter().flat_map(move |start| {
        text.match_indices(*start).filter_map(move |(at, _)| {
            let quote = text.get(at..=at)?;
            let before = text.get(..at)?.trim_end().trim_end_matches('(').trim_end();
            let loads = ["require", "import", "from"].iter().any(|word| before.ends_with(word));
            text.get(at + 1..)?.split(quote).next().filter(|_| loads)
        })
    })
}

/// True when the line begins as a comment.
fn is_comment(text: &str, at: usize) -> bool {
    let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default().trim_start();
    line.starts_with("//") || line.starts_with('*') || line.starts_with("/*")
}

/// The arguments up to the parenthesis that closes them.
fn arguments(text: &str) -> Vec<Value> {
    const LONGEST: usize = 4_000;
    let mut depth = 0_i32;
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'(' | b'[' | b'{') => depth += 1,
            (None, b')') if depth == 0 => {
                let inside = text.get(..at).unwrap_or_default();
                let module = Module::read(&format!("export default [{inside}]"));
                let Value::List(all) = module.config().value else { return vec![Value::Unknown] };
                return all.clone();
            }
            (None, b')' | b']' | b'}') => depth -= 1,
            _ => {}
        }
    }
    vec![Value::Unknown]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_arguments_are_read() {
        let read = arguments("\"img\", { \"a/b\": '/c' }) // more");
        assert!(matches!(read.as_slice(), [Value::Text(img), Value::Map(_)] if img == "img"));
        let loads: Vec<&str> = loaded("const a = require('./a'); import b from \"../b.js\"; copy('./c')").collect();
        assert_eq!(loads, ["./a", "../b.js"]);
    }
}
