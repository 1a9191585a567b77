//! The functions of a site's own that its routes call.

use crate::hash::Map;
use std::cell::Cell;

use super::code::Code;
use super::entry::Text;
use super::expression::{Functions, Scope, Value, either_list, item};
use crate::discover::{extension, file_name, parent};
use crate::generators::Folder;
use crate::generators::around::from_root;
use crate::generators::js_config::tokens::{Token, tokens};
use crate::generators::own_code::code_file;

/// The files of a site, in which functions are looked for.
pub struct Files<'f> {
    folder: &'f Folder<'f>,
    /// A function that was called speaks of drafts.
    drafts: Cell<bool>,
}

impl<'f> Files<'f> {
    /// Of a folder.
    #[must_use]
    pub fn of(folder: &'f Folder<'f>) -> Files<'f> {
        Files { folder, drafts: Cell::new(false) }
    }

    /// True where a function that was called since the last question speaks of drafts.
    #[must_use]
    pub fn leave_drafts(&self) -> bool {
        self.drafts.take()
    }

    /// The file that a module means.
    fn file(&self, from: &str, module: &str) -> Option<String> {
        if module.starts_with('.') {
            return code_file(self.folder, &from_root(parent(from), module));
        }
        let last = file_name(module);
        if !module.contains('/') {
            return None;
        }
        let found = self.folder.below("").find(|file| {
            let stem = file.rsplit_once('.').map_or(*file, |(stem, _)| stem);
            let stem = stem.strip_suffix("/index").filter(|stem| file_name(stem) == last).unwrap_or(stem);
            matches!(&*extension(file), "ts" | "js" | "mjs") && file_name(stem) == last && same_end(stem, module)
        });
        found.map(str::to_owned)
    }

    fn returned(&self, file: &str, code: Code<'_>, function: &Function, given: &[Value], depth: usize) -> Value {
        let mut scope = Scope { files: self, file, names: Map::default(), depth };
        let parameters = code.part(function.parameters.0, function.parameters.1).pieces();
        for (number, parameter) in parameters.into_iter().enumerate() {
            let value = given.get(number).cloned().or_else(|| {
                let at = (0..parameter.spots.len()).find(|at| parameter.is(*at, "="))?;
                Some(scope.value(parameter.part(at + 1, parameter.spots.len())))
            });
            bind(&mut scope, parameter, value.unwrap_or(Value::Unknown));
        }
        let body = code.part(function.body.0, function.body.1);
        let word = |at: usize| body.word(at).unwrap_or_default();
        let all = 0..body.spots.len();
        if all.clone().any(|at| word(at).to_ascii_lowercase().contains("draft")) {
            self.drafts.set(true);
        }
        // `post.id = short(post.id)`
        if all
            .clone()
            .any(|at| matches!(word(at), "id" | "slug") && body.is(at + 1, "=") && body.is(at.max(1) - 1, "."))
        {
            return Value::Unknown;
        }
        if body.is(0, "{") { block(&mut scope, body.part(1, body.close(0))) } else { scope.value(body) }
    }
}

impl Functions for Files<'_> {
    fn call(&self, file: &str, name: &str, given: &[Value], depth: usize) -> Value {
        let text = self.folder.read(file).unwrap_or_default();
        let text = script(file, &text);
        let spots = tokens(text);
        let code = Code { spots: &spots };
        if let Some(function) = find(code, name) {
            return self.returned(file, code, &function, given, depth);
        }
        let Some((module, original)) = imported(code, name) else { return Value::Unknown };
        if module == "github-slugger" && original == "slug" {
            let Some(Value::Is(text)) = given.first() else { return Value::Unknown };
            return Value::Is(Text::Slugged(Box::new(text.clone())));
        }
        let Some(found) = self.file(file, &module) else { return Value::Unknown };
        let text = self.folder.read(&found).unwrap_or_default();
        let spots = tokens(&text);
        let code = Code { spots: &spots };
        let name = if original == "default" { exported(code).unwrap_or(original) } else { original };
        // AstroPaper's: the folders of the file, and the last part of the id.
        if matches!(given, [Value::Is(Text::Id), Value::Is(Text::File), ..]) && text.contains("pathSegments") {
            let bare = matches!(given.get(2), Some(Value::Flag(false))) || !text.contains("includeBase");
            return if bare { Value::Is(Text::Folders) } else { Value::Unknown };
        }
        match find(code, &name) {
            Some(function) => self.returned(&found, code, &function, given, depth),
            // It hands on what another module has.
            None if depth < 4 => match imported(code, &name) {
                Some(_) => self.call(&found, &name, given, depth + 1),
                None => Value::Unknown,
            },
            None => Value::Unknown,
        }
    }
}

/// The part of a file that is code: what stands between the fences of an Astro component.
#[must_use]
pub fn script<'t>(file: &str, text: &'t str) -> &'t str {
    if !file.ends_with(".astro") {
        return text;
    }
    let Some((_, rest)) = text.split_once("---") else { return "" };
    rest.split_once("\n---").map_or(rest, |(script, _)| script)
}

/// A function's parameters and body, as places of tokens.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    parameters: (usize, usize),
    /// The body, with its braces where it has some.
    pub body: (usize, usize),
}

/// The function of a name, at the top of a file.
#[must_use]
pub fn find(code: Code<'_>, name: &str) -> Option<Function> {
    let all = code.spots.len();
    let declared = (1..all).find(|at| {
        code.is_word(*at, name) && ["function", "const", "let", "var"].iter().any(|word| code.is_word(at - 1, word))
    })?;
    if code.is_word(declared - 1, "function") {
        let open = (declared..all).find(|at| code.is(*at, "("))?;
        let close = code.close(open);
        let body = (close..all).find(|at| code.is(*at, "{"))?;
        return Some(Function { parameters: (open + 1, close), body: (body, code.close(body) + 1) });
    }
    // Its type may be a function, too: the value stands behind the `=`.
    let value = (declared..all).find(|at| code.is(*at, "="))? + 1;
    let arrow = (value..code.statement_end(value).min(all)).find(|at| code.is(*at, "=>"))?;
    let open = (value..arrow).find(|at| code.is(*at, "(") && code.close(*at) < arrow);
    let parameters = match open {
        Some(open) => (open + 1, code.close(open)),
        None => (arrow - 1, arrow),
    };
    let body = arrow + 1;
    let end = if code.is(body, "{") { code.close(body) + 1 } else { code.statement_end(body) };
    Some(Function { parameters, body: (body, end) })
}

/// The name that a file exports as its own.
fn exported(code: Code<'_>) -> Option<String> {
    let at = (1..code.spots.len()).find(|at| code.is_word(*at, "default") && code.is_word(at - 1, "export"))?;
    let names = (at + 1..at + 4).filter_map(|at| code.word(at));
    names.into_iter().find(|word| !matches!(*word, "async" | "function")).map(str::to_owned)
}

/// The module that a name is imported from, and what it is called there.
fn imported(code: Code<'_>, name: &str) -> Option<(String, String)> {
    for at in 0..code.spots.len() {
        if !(code.is_word(at, "import") || code.is_word(at, "export")) {
            continue;
        }
        let end = code.statement_end(at);
        let Some(from) = (at..end).find(|at| code.is_word(*at, "from")) else { continue };
        let Some(Token::Text(module)) = code.token(from + 1) else { continue };
        let module = module.to_string();
        let Some(found) = (at + 1..from).find(|at| code.is_word(*at, name) && !code.is_word(at + 1, "as")) else {
            continue;
        };
        let open = (at..from).find(|at| code.is(*at, "{"));
        let original = match open {
            Some(open) if found > open && code.is_word(found - 1, "as") => code.word(found - 2)?,
            Some(open) if found > open => name,
            _ if code.is_word(found - 1, "as") => return None,
            _ => "default",
        };
        return Some((module, original.to_owned()));
    }
    None
}

/// Gives names to a value: `post`, `{ id, data: front }`, with types and defaults behind them.
pub fn bind(scope: &mut Scope<'_>, pattern: Code<'_>, value: Value) {
    if let Some(name) = pattern.word(0) {
        scope.names.insert(name.to_owned(), value);
        return;
    }
    if pattern.is(0, "[") {
        // `[, year, month]`
        let mut number = 0;
        for at in 1..pattern.close(0) {
            match pattern.token(at) {
                Some(Token::Sign(",")) => number += 1,
                Some(Token::Word(name)) => {
                    scope.names.insert((*name).to_owned(), item(&value, number));
                }
                _ => {}
            }
        }
        return;
    }
    if !pattern.is(0, "{") {
        return;
    }
    for entry in pattern.part(1, pattern.close(0)).pieces() {
        let Some(key) = entry.word(0) else { continue };
        let found = match (&value, key) {
            (Value::Entry, "id") => Value::Is(Text::Id),
            (Value::Entry, "slug") => Value::Is(Text::Slug),
            (Value::Entry, "filePath") => Value::Is(Text::File),
            (Value::Entry, "data") => Value::Data,
            (Value::Data, key) => Value::Is(Text::Key(key.to_owned())),
            _ => Value::Unknown,
        };
        if entry.is(1, ":") {
            bind(scope, entry.part(2, entry.spots.len()), found);
        } else {
            // A default stands in where the key is not there.
            let plain = !entry.is(1, "=");
            scope.names.insert(key.to_owned(), if plain { found } else { Value::Unknown });
        }
    }
}

/// What a block gives back.
fn block(scope: &mut Scope<'_>, code: Code<'_>) -> Value {
    if !code.is_short() {
        return Value::Unknown;
    }
    let mut at = 0;
    while at < code.spots.len() {
        match code.word(at) {
            Some("return") => {
                let end = code.returned_end(at + 1);
                return scope.value(code.part(at + 1, end));
            }
            Some("const" | "let" | "var") => {
                let end = code.statement_end(at + 1);
                assign(scope, code.part(at + 1, end));
                // What ends it without a semicolon begins the next one.
                at = end;
                continue;
            }
            Some("if") if code.is(at + 1, "(") => {
                let close = code.close(at + 1);
                let asked = scope.value(code.part(at + 2, close));
                let inside =
                    if code.is(close + 1, "{") { code.close(close + 1) + 1 } else { code.statement_end(close + 1) };
                let then = code.part(close + 1, inside);
                let then = if then.is(0, "{") { then.part(1, then.close(0)) } else { then };
                let then = block(scope, then);
                let rest = code.part(inside, code.spots.len());
                let rest = if rest.is_word(0, "else") { rest.part(1, rest.spots.len()) } else { rest };
                let rest = if rest.is(0, "{") { rest.part(1, rest.close(0)) } else { rest };
                let other = block(scope, rest);
                return match (asked, then, other) {
                    (Value::Is(asked), Value::Is(then), Value::Is(other)) => {
                        Value::Is(Text::Choice(Box::new(asked), Box::new(then), Box::new(other)))
                    }
                    (Value::Flag(yes), then, other) => {
                        if yes {
                            then
                        } else {
                            other
                        }
                    }
                    (_, Value::Entries(then), Value::Entries(other)) => either_list(then, other),
                    _ => Value::Unknown,
                };
            }
            _ => match code.token(at) {
                Some(Token::Sign("(" | "[" | "{")) => at = code.close(at),
                // A name that gets another value.
                Some(Token::Word(name)) if code.is(at + 1, "=") => {
                    scope.names.insert((*name).to_owned(), Value::Unknown);
                }
                _ => {}
            },
        }
        at += 1;
    }
    Value::Unknown
}

/// `name = value`, as it stands behind `const`.
pub fn assign(scope: &mut Scope<'_>, code: Code<'_>) {
    let Some(equals) = (0..code.spots.len()).find(|at| code.is(*at, "=")) else { return };
    let value = scope.value(code.part(equals + 1, code.spots.len()));
    bind(scope, code.part(0, equals), value);
}

/// The last two parts agree, leaving an alias' sign away: `@utils/content-utils` and `src/utils/content-utils`.
fn same_end(stem: &str, module: &str) -> bool {
    let folder = |path: &str| file_name(parent(path)).trim_start_matches(['@', '~']).to_owned();
    let wanted = folder(module);
    wanted.is_empty() || folder(stem) == wanted
}
