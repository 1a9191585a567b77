//! What a route's `getStaticPaths` gives to its parameters.

use crate::hash::Map;

use super::code::{Code, after_types};
use super::entry::Text;
use super::expression::{Scope, Value, is_number};
use super::helpers::{Files, assign, bind, find, script};
use crate::generators::js_config::tokens::{Token, tokens};

/// The values of the parameters of one kind of address.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The collection whose entries decide; none where no entry does.
    pub entries: Option<String>,
    /// The parameters by their names.
    pub values: Vec<(String, Value)>,
}

/// A function of more words and signs is not read.
const MOST: usize = 4_000;

/// All kinds of addresses that a route makes; nothing where that cannot be told.
#[must_use]
pub fn read(files: &Files<'_>, file: &str, text: &str) -> Option<Vec<Given>> {
    let spots = tokens(script(file, text));
    let code = Code { spots: &spots };
    let function = find(code, "getStaticPaths")?;
    let body = code.part(function.body.0, function.body.1);
    if body.spots.len() > MOST {
        return None;
    }
    let mut scope = Scope { files, file, names: Map::default(), depth: 0 };
    let mut all: Vec<Given> = Vec::new();
    let mut source: Option<String> = None;
    // The lists whose functions are called for each entry, by the places of these calls.
    let mut lists: Map<usize, Value> = Map::default();
    for at in 0..body.spots.len() {
        let Some(token) = body.token(at) else { break };
        let begins = at == 0 || !(body.is(at - 1, ".") || body.is(at - 1, "?."));
        match token {
            Token::Word("const" | "let" | "var") => {
                let end = body.statement_end(at + 1);
                assign(&mut scope, body.part(at + 1, end));
            }
            // `for (const post of posts)`
            Token::Word("of") => {
                let close = (at..body.spots.len()).find(|at| body.is(*at, ")")).unwrap_or(at);
                let list = scope.value(body.part(at + 1, close));
                let open = (0..at).rev().find(|at| body.is(*at, "(")).unwrap_or(at);
                entered(&mut scope, body.part(open + 2, at), list, &mut source);
            }
            Token::Word("params") if body.is(at + 1, ":") && body.is(at + 2, "{") => {
                let object = body.part(at + 3, body.close(at + 2));
                all.push(given(&scope, object, source.as_ref())?);
            }
            Token::Word("params") if begins && !body.is(at + 1, ":") => return None,
            Token::Sign("...") if body.is_word(at + 1, "await") || body.is(at + 2, "(") => {
                let called = if body.is_word(at + 1, "await") { body.word(at + 2) } else { body.word(at + 1) };
                if !matches!(called, Some("getCollection" | "paginate")) {
                    return None;
                }
            }
            Token::Word("map" | "flatMap" | "forEach") if !begins && body.is(at + 1, "(") => {
                let list = lists.remove(&at).unwrap_or(Value::Unknown);
                if let Some(pattern) = parameter(body.part(at + 2, body.close(at + 1))) {
                    entered(&mut scope, pattern, list, &mut source);
                }
            }
            // A name that gets another value, under a condition or not.
            Token::Word(name) if begins && is_assigned(body, at) => {
                scope.names.insert((*name).to_owned(), Value::Unknown);
            }
            Token::Word(_) | Token::Sign("(" | "[") if begins => {
                if let Some(call) = called_for_each(body, at) {
                    // The first to come is the whole of what stands before the call.
                    lists.entry(call).or_insert_with(|| scope.value(body.part(at, call - 1)));
                }
            }
            _ => {}
        }
    }
    let paginates = (0..body.spots.len()).any(|at| body.is_word(at, "paginate") && body.is(at + 1, "("));
    if paginates {
        if all.is_empty() {
            all.push(Given::default());
        }
        for given in &mut all {
            if !given.values.iter().any(|(name, _)| name == "page") {
                given.values.push(("page".to_owned(), Value::Number));
            }
        }
    }
    (!all.is_empty()).then_some(all)
}

/// True for `slug = …` and `slug += …`, and not behind a word that declares the name.
fn is_assigned(body: Code<'_>, at: usize) -> bool {
    let declared = at > 0 && matches!(body.word(at - 1), Some("const" | "let" | "var"));
    let added = matches!(body.token(at + 1), Some(Token::Sign("+" | "||" | "??" | "&&"))) && body.is(at + 2, "=");
    !declared && (added || body.is(at + 1, "="))
}

/// The first `.map(` and the like of the expression that begins at a place: a name or brackets, then members and calls.
fn called_for_each(body: Code<'_>, start: usize) -> Option<usize> {
    let mut at = match body.token(start)? {
        Token::Word("await" | "return") => return None,
        Token::Word(_) => after_types(body, start + 1),
        _ => body.close(start) + 1,
    };
    loop {
        match body.token(at)? {
            Token::Sign("(" | "[") => at = body.close(at) + 1,
            Token::Sign("!") => at += 1,
            Token::Sign("." | "?.") => {
                at += 1;
                match body.word(at)? {
                    "map" | "flatMap" | "forEach" if body.is(at + 1, "(") => return Some(at),
                    _ => at += 1,
                }
            }
            // Another word belongs to another statement.
            _ => return None,
        }
    }
}

/// The first parameter of a function that is written as an argument.
fn parameter(argument: Code<'_>) -> Option<Code<'_>> {
    let first = usize::from(argument.is_word(0, "async"));
    if argument.is(first, "(") {
        return argument.part(first + 1, argument.close(first)).pieces().first().copied();
    }
    argument.is(first + 1, "=>").then(|| argument.part(first, first + 1))
}

/// Gives a name to one of a list.
fn entered(scope: &mut Scope<'_>, pattern: Code<'_>, list: Value, source: &mut Option<String>) {
    match list {
        Value::Entries(name) if !name.is_empty() => {
            bind(scope, pattern, Value::Entry);
            *source = Some(name);
        }
        // `pages.map((pageNum) => …)`
        _ => match pattern.word(0).filter(|name| is_number(name)) {
            Some(_) => bind(scope, pattern, Value::Number),
            None => bind(scope, pattern, Value::Unknown),
        },
    }
}

fn given(scope: &Scope<'_>, object: Code<'_>, source: Option<&String>) -> Option<Given> {
    let mut values = Vec::new();
    for entry in object.pieces() {
        // A spread may be anything.
        let name = entry.word(0)?;
        let value = if entry.is(1, ":") { scope.value(entry.part(2, entry.spots.len())) } else { scope.value(entry) };
        values.push((name.to_owned(), value));
    }
    let decides = values.iter().any(|(_, value)| matches!(value, Value::Is(text) if depends(text)));
    Some(Given { entries: source.filter(|_| decides).cloned(), values })
}

/// True for a text that is an entry's own; its year and its day many have.
fn depends(text: &Text) -> bool {
    match text {
        Text::Fixed(_) | Text::Moment(..) => false,
        Text::Joined(parts) => parts.iter().any(depends),
        Text::Padded(inner, ..) | Text::Parts(inner, ..) | Text::From(inner, _) | Text::Replaced(inner, ..) => {
            depends(inner)
        }
        _ => true,
    }
}
