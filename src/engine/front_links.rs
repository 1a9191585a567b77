//! Links that the program itself makes of values in the front matter: the buttons of a start page.

use crate::generators::Model;
use crate::page::front_matter::{FrontMatter, Node, NodeKind};
use crate::page::links::{Form, Label, Link, LinkKind, Marks, Origin, Quote};
use crate::source::Span;

/// Those that stand at the keys which the settings name; what stands in a list stands at the list's key. Only paths from the
/// root: what else is written there has a meaning of the program's own.
pub fn of(front: &FrontMatter, text: &str, model: &dyn Model) -> Vec<Link> {
    let mut links = Vec::new();
    for path in model.settings().link_keys {
        let mut keys = path.split('.');
        let first = keys.next().and_then(|key| front.root.iter().find(|entry| entry.name(text) == key));
        let rest: Vec<&str> = keys.collect();
        if let Some(entry) = first {
            below(&entry.value, &rest, text, &mut |node, written, content| {
                if written.starts_with('/') && !written.starts_with("//") && written.len() == content.len() {
                    links.push(link(path, node.span, content, written, text));
                }
            });
        }
    }
    links
}

fn below(node: &Node, keys: &[&str], text: &str, call: &mut impl FnMut(&Node, &str, Span)) {
    match (&node.kind, keys) {
        (NodeKind::Seq(items), _) => items.iter().for_each(|item| {
            // A list of lists is none of menus.
            if item.seq().is_none() {
                below(item, keys, text, call);
            }
        }),
        (NodeKind::Map(entries), [key, rest @ ..]) => {
            entries
                .iter()
                .filter(|entry| entry.name(text) == *key)
                .for_each(|entry| below(&entry.value, rest, text, call));
        }
        (NodeKind::Scalar(scalar), []) => call(node, scalar.text(text), scalar.content),
        _ => {}
    }
}

fn link(key: &str, whole: Span, span: Span, written: &str, text: &str) -> Link {
    let quote = match whole.of(text).as_bytes().first() {
        Some(b'"') => Some(Quote::Double),
        Some(b'\'') => Some(Quote::Single),
        _ => None,
    };
    Link {
        kind: LinkKind::Link,
        origin: Origin::FrontMatter { key: key.into() },
        span,
        whole,
        destination: written.into(),
        label: Label::Absent,
        form: if quote.is_some() { Form::Parameter(quote) } else { Form::Verbatim },
        marks: Marks::default(),
    }
}
