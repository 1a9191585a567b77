//! The terms of a page: what its front matter says under the keys of taxonomies, with the place of each.

use crate::generators::data::Data;
use crate::page::front_matter::Style;
use crate::site::facts::{Front, Key, Scalar, Value};
use crate::source::Span;

/// One term of a page.
#[derive(Clone, Copy)]
pub struct Term<'a> {
    /// What it is, for people: `tag`.
    pub kind: &'a str,
    /// The term.
    pub text: &'a str,
    /// Its place: the scalar's, or its own in a scalar of several terms.
    pub span: Span,
    /// The scalar that holds it.
    pub scalar: &'a Scalar,
    /// The scalar holds nothing else.
    pub alone: bool,
    /// The place is this term's own (in a scalar of several, escapes may hide it).
    pub exact: bool,
}

/// The taxonomy of a key, as one term of it is called: `tags` and `tag` are one.
pub fn kind(key: &str) -> &str {
    match key.rsplit_once('.').map_or(key, |(_, last)| last) {
        "tags" => "tag",
        "categories" => "category",
        other => other,
    }
}

/// True for a text that is cut at blanks and was meant to be cut at its commas, or at its lines: what comes out are no
/// terms.
pub fn is_cut_wrongly(text: &str) -> bool {
    text.contains(',') || is_list_without_blanks(text)
}

/// `-java` and `-big data` below each other: without a blank behind the hyphen YAML sees no list but one text.
pub fn is_list_without_blanks(text: &str) -> bool {
    let item = |rest: &str| rest.starts_with(char::is_alphanumeric);
    text.trim().strip_prefix('-').is_some_and(item)
        && text.split_whitespace().skip(1).any(|word| word.strip_prefix('-').is_some_and(item))
}

/// True where a scalar under this key is cut at blanks: Jekyll does that with the plural keys.
pub fn is_cut(key: &str, data: &Data) -> bool {
    data.terms_split_at_blanks && key.ends_with('s')
}

/// All terms of a page, in the order of the keys.
pub fn of<'a>(front: &'a Front, data: &'a Data) -> Vec<Term<'a>> {
    let mut all = Vec::new();
    for name in &data.terms {
        let same = |key: &&Key| &*key.name == name || data.keys_ignore_case && key.name.eq_ignore_ascii_case(name);
        let found = if name.contains('.') { front.at(name) } else { front.keys.iter().rev().find(same) };
        let Some(key) = found else { continue };
        match &key.value {
            Value::Scalar(scalar) if is_cut(name, data) && is_cut_wrongly(&scalar.text) => {}
            Value::Scalar(scalar) if is_cut(name, data) => cut(kind(name), scalar, &mut all),
            _ => all.extend(key.scalars().map(|scalar| Term {
                kind: kind(name),
                text: scalar.text.trim(),
                span: scalar.span,
                scalar,
                alone: true,
                exact: true,
            })),
        }
    }
    all.retain(|term| !term.text.is_empty());
    all
}

fn cut<'a>(kind: &'a str, scalar: &'a Scalar, all: &mut Vec<Term<'a>>) {
    let quotes = usize::from(scalar.style != Style::Plain);
    let exact = scalar.span.len() == scalar.text.len() + 2 * quotes;
    let start = scalar.span.start as usize + quotes;
    let several = scalar.text.split_whitespace().nth(1).is_some();
    for word in scalar.text.split_whitespace() {
        // Both are parts of one text.
        let at = start + (word.as_ptr() as usize - scalar.text.as_ptr() as usize);
        let span = if exact && several { Span::new(at, at + word.len()) } else { scalar.span };
        all.push(Term { kind, text: word, span, scalar, alone: !several, exact: exact || !several });
    }
}
