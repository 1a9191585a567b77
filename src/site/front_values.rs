//! The values of a front matter that name images.

use super::destination::{self, Shape, is_image};
use super::facts::{Key, Scalar, Value};
use crate::page::links::{Form, Label, Link, LinkKind, Marks, Origin, Quote};

/// The images of a front matter: values that end like an image's name and hold no blank at either end.
#[must_use]
pub fn links(keys: &[Key]) -> Vec<Link> {
    let mut links = Vec::new();
    each(keys, "", &mut |path, scalar| {
        if names_an_image(&scalar.text) {
            links.push(link(path, scalar));
        }
    });
    links
}

/// A path or URL of an image, and not a sentence about one.
#[must_use]
pub fn names_an_image(text: &str) -> bool {
    // Asked of every value of every front matter: most have no dot.
    if memchr::memchr(b'.', text.as_bytes()).is_none() {
        return false;
    }
    let path = match destination::shape(text) {
        Shape::Path { path, .. } => path,
        Shape::Web { rest, .. } => rest.split(['?', '#']).next().unwrap_or_default(),
        _ => return false,
    };
    is_image(path) && text.len() < 2000 && !text.contains('\n') && text.split_whitespace().count() < 8
}

fn link(key: &str, scalar: &Scalar) -> Link {
    // The text stands between quotes where the span is two bytes longer than it.
    let quoted = scalar.span.len() == scalar.text.len() + 2;
    let plain = scalar.span.len() == scalar.text.len();
    let span = if quoted {
        crate::source::Span { start: scalar.span.start + 1, end: scalar.span.end - 1 }
    } else {
        scalar.span
    };
    Link {
        kind: LinkKind::Image,
        origin: Origin::FrontMatter { key: key.into() },
        span,
        whole: scalar.span,
        destination: scalar.text.clone(),
        label: Label::Absent,
        form: if quoted {
            Form::Parameter(Some(Quote::Double))
        } else if plain {
            Form::Verbatim
        } else {
            Form::NotEditable
        },
        marks: Marks::default(),
    }
}

/// Calls with every scalar and the path of its key.
pub(super) fn each<'k>(keys: &'k [Key], above: &str, call: &mut impl FnMut(&str, &'k Scalar)) {
    for key in keys {
        let joined;
        let path = if above.is_empty() {
            &*key.name
        } else {
            joined = format!("{above}.{}", key.name);
            &joined
        };
        if let Value::Map(inner) = &key.value {
            each(inner, path, call);
        }
        key.scalars().for_each(|scalar| call(path, scalar));
    }
}
