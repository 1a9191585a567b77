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

/// What goes when a term goes: the comma, the blank or the line that it stands in. Nothing where the places of its
/// neighbours do not tell that only such signs are between them.
pub fn removal(front: &Front, term: &Term<'_>) -> Option<Span> {
    if !term.alone {
        let (text, at) = (&*term.scalar.text, term.span.start - term.scalar.span.start);
        let at = at as usize - usize::from(term.scalar.style != Style::Plain);
        let (before, after) = (text.get(..at)?, text.get(at + term.text.len()..)?);
        let (left, right) = (before.len() - before.trim_end().len(), after.len() - after.trim_start().len());
        let (start, end) = (term.span.start as usize, term.span.end as usize);
        return match () {
            () if !term.exact => None,
            () if left > 0 => Some(Span::new(start - left, end)),
            () => Some(Span::new(start, end + right)),
        };
    }
    let (key, items) = front.keys.iter().find_map(|key| list_with(key, term.scalar))?;
    let at = items.iter().position(|item| std::ptr::eq(item, term.scalar))?;
    let (first, last) = (items.first()?.span, items.last()?.span);
    // Brackets close behind the last item.
    let flow = key.value_span.end > last.end && first.start > key.value_span.start;
    let mut gaps = items.iter().zip(items.iter().skip(1)).map(|(one, next)| next.span.start.checked_sub(one.span.end));
    let dash = first.start.checked_sub(key.value_span.start)?;
    // From the colon to the first dash there is as much as between two items before the dash.
    let line = key.value_span.start.checked_sub(key.span.end + 1)? + dash;
    let bare = gaps.all(|gap| gap.is_some_and(|gap| if flow { (1..=2).contains(&gap) } else { gap == line }));
    if !bare || !flow && (dash != 2 || line < 3) {
        return None;
    }
    match at.checked_sub(1).and_then(|at| items.get(at)) {
        Some(before) => Some(Span { start: before.span.end, end: term.span.end }),
        None => Some(Span { start: term.span.start, end: items.get(at + 1)?.span.start }),
    }
}

/// The key, or one in its map, whose list has this item.
fn list_with<'k>(key: &'k Key, item: &Scalar) -> Option<(&'k Key, &'k [Scalar])> {
    match &key.value {
        Value::List(items) => items.iter().any(|one| std::ptr::eq(one, item)).then_some((key, items)),
        Value::Map(keys) => keys.iter().find_map(|key| list_with(key, item)),
        _ => None,
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
