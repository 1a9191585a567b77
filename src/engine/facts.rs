//! From a parsed page to the facts that are kept of it.

use std::cell::OnceCell;

use super::sites;
use super::{anchors, front_links, parameters, shown_code};
use crate::generators::{Generator, Model};
use crate::hash::Set;
use crate::language::tags;
use crate::page::body::Body;
use crate::page::candidates::{Candidate, CandidateKind};
use crate::page::formula;
use crate::page::front_matter::{Dialect, Entry, Format, FrontMatter, Node, NodeKind, resolve};
use crate::page::links::{Form, Label, Link, LinkKind, Marks, Origin};
use crate::site::facts::{Declared, DeclaredBy, Front, Key, PageFacts, PageLanguage, Place, Scalar, Value};
use crate::site::{front_values, shown};

/// Values deeper than this are not kept; no key that a rule asks for is.
const DEPTH: usize = 4;

/// Puts the facts together; the links move out of the body.
pub fn of(
    candidate: &sites::Candidate,
    text: &str,
    front: Option<&FrontMatter>,
    body: &mut Body,
    generator: &dyn Generator,
    model: &dyn Model,
) -> PageFacts {
    let settings = model.settings();
    let buttons = front.map(|front| front_links::of(front, text, model)).unwrap_or_default();
    let front = front.map(|front| self::front(front, text, settings.yaml, generator.data().keys_ignore_case));
    shown_code::remove(text, body, model);
    let parameters = parameters::links(text, body);
    let mut links: Vec<Link> = std::mem::take(&mut body.links);
    if let Some(front) = &front {
        links.extend(front_values::links(&front.keys));
    }
    links.extend(buttons);
    links.extend(parameters);
    if memchr::memchr2(b'$', b'\\', text.as_bytes()).is_some() {
        links.retain(|link| !is_formula(text, link));
    }
    links.sort_by_key(|link| (link.place(), link.span));
    mark_in_broken_links(body, &mut links);
    let mut anchors = anchors::of(text, body, model, candidate.path.ends_with(".mdx"));
    // Another page that is shown in this one brings its headings.
    anchors.open |= links.iter().any(|link| {
        matches!(link.origin, Origin::Import { .. })
            && [".md", ".mdx"].iter().any(|end| link.destination.ends_with(end))
    });
    // Of a large site they are most of what is kept in memory.
    links.shrink_to_fit();
    let heading = body.headings.iter().find(|heading| heading.level == 1).map(|heading| heading.text.clone());
    let language =
        PageLanguage { declared: declared(front.as_ref(), candidate, generator, model), ..PageLanguage::default() };
    let mut facts = PageFacts {
        file: candidate.file.clone(),
        path: candidate.path.clone(),
        kind: candidate.kind,
        collection: candidate.collection.clone(),
        slips: Vec::new(),
        spaced: spaced(text, body),
        labels: labels(text, body, &links),
        shown: shown::of(text, &links),
        named: shown::of_fragments(text, &links),
        links,
        anchors,
        language,
        heading,
        place: Place::default(),
        checked: true,
        blank: text.trim_ascii().is_empty(),
        front,
    };
    facts.anchors.laid_out = !facts.anchors.open && model.is_laid_out(&facts);
    facts.anchors.open |= facts.anchors.laid_out || model.makes_ids(&facts);
    facts
}

/// Marks the bare addresses that stand in what was meant as a link.
fn mark_in_broken_links(body: &Body, links: &mut [Link]) {
    use CandidateKind::{DoubledBracket, OpenBracket, UnclosedLink, WideParentheses};
    let broken = |one: &&Candidate| matches!(one.kind, DoubledBracket | OpenBracket | UnclosedLink | WideParentheses);
    for candidate in body.candidates.iter().filter(broken) {
        let first = links.partition_point(|link| link.span.start < candidate.span.start);
        let inside = links.iter_mut().skip(first).take_while(|link| link.span.start < candidate.span.end);
        for link in inside.filter(|link| link.origin == Origin::Bare) {
            link.marks = link.marks.in_broken_link();
        }
    }
}

/// The links that blanks keep from being any; what speaks of something (`memory at [0x7c00](where it starts)`) is none.
fn spaced(text: &str, body: &Body) -> Box<[Link]> {
    let spaced = body.candidates.iter().filter(|one| one.kind == CandidateKind::SpacesInDestination);
    let meant = spaced.filter(|one| {
        let destination = one.destination.of(text);
        destination.contains(['/', '.', '#', ':', '\\', '：'])
            && !destination.contains("{{")
            && !destination.contains("{%")
            && !formula::holds(text, one.span)
            && !is_of_a_slide(text, one)
    });
    let link = |one: &Candidate| Link {
        kind: if one.image { LinkKind::Image } else { LinkKind::Link },
        origin: Origin::Inline,
        span: one.destination,
        whole: one.span,
        destination: one.destination.of(text).into(),
        label: match one.text.of(text).trim().is_empty() {
            true if one.image => Label::Absent,
            true => Label::Empty,
            false => Label::Text(one.text),
        },
        form: Form::Plain,
        marks: Marks::default(),
    };
    meant.map(link).collect()
}

/// `@[1-3](what these lines do)`: GitPitch shows them beside the code of a slide.
fn is_of_a_slide(text: &str, one: &Candidate) -> bool {
    let lines = one.text.of(text);
    let is_lines =
        !lines.is_empty() && lines.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b',' | b' '));
    is_lines && text.get(..one.span.start as usize).is_some_and(|before| before.ends_with('@'))
}

/// The labels of definitions that stand where a destination belongs: `[text](label)`.
fn labels(text: &str, body: &Body, links: &[Link]) -> Box<[Box<str>]> {
    if body.definitions.is_empty() {
        return Box::default();
    }
    let known = OnceCell::new();
    let known = || {
        let labels = body.definitions.iter().map(|definition| definition.label.of(text).to_lowercase());
        known.get_or_init(|| labels.collect::<Set<String>>())
    };
    let is_word = |link: &&Link| {
        link.origin == Origin::Inline && memchr::memchr3(b'/', b'#', b':', link.destination.as_bytes()).is_none()
    };
    let words = links.iter().filter(is_word).filter(|link| known().contains(&link.destination.to_lowercase()));
    words.map(|link| link.destination.clone()).collect()
}

/// True for `[a,b](c_d)` in a formula, which is written in brackets and parentheses, too.
fn is_formula(text: &str, link: &Link) -> bool {
    link.origin == Origin::Inline
        && !link.destination.contains(['/', '.', '#', ':', '?'])
        && formula::holds(text, link.whole)
}

/// The facts of a page that could not be read: its path, and that nothing else is known.
pub fn unread(candidate: &sites::Candidate) -> PageFacts {
    PageFacts::unread(candidate.file.clone(), candidate.path.clone(), candidate.kind, candidate.collection.clone())
}

/// The facts of a front matter; `folds` where its generator takes `Title` and `title` for one key.
pub fn front(front: &FrontMatter, text: &str, yaml: Dialect, folds: bool) -> Front {
    let dialect = match front.format {
        Format::Toml => Dialect::Toml,
        Format::Json => Dialect::Json,
        Format::Lines => Dialect::Lines,
        Format::Yaml | Format::Script => yaml,
    };
    Front {
        outer: front.outer,
        keys: front.root.iter().map(|entry| key(entry, text, dialect, 0)).collect(),
        sound: front.errors.is_empty() && !front.recovered,
        format: front.format,
        folds,
    }
}

fn key(entry: &Entry, text: &str, dialect: Dialect, depth: usize) -> Key {
    Key {
        name: entry.name(text).into(),
        span: entry.key.span,
        value_span: entry.value.span,
        value: value(&entry.value, text, dialect, depth),
    }
}

fn value(node: &Node, text: &str, dialect: Dialect, depth: usize) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Scalar(_) => scalar(node, text, dialect).map_or(Value::Null, Value::Scalar),
        NodeKind::Seq(items) if items.iter().any(|item| item.seq().is_some() || item.map().is_some()) => Value::Other,
        NodeKind::Seq(items) => Value::List(items.iter().filter_map(|item| scalar(item, text, dialect)).collect()),
        NodeKind::Map(_) if depth >= DEPTH => Value::Other,
        NodeKind::Map(entries) => {
            Value::Map(entries.iter().map(|entry| key(entry, text, dialect, depth + 1)).collect())
        }
        NodeKind::Alias(_) => Value::Other,
    }
}

fn scalar(node: &Node, text: &str, dialect: Dialect) -> Option<Scalar> {
    let scalar = node.scalar()?;
    let decoded = scalar.text(text);
    let ty = resolve(decoded, scalar.style, dialect);
    Some(Scalar { text: decoded.into(), span: node.span, ty, style: scalar.style })
}

/// What declares the page's language: its front matter, else its path, else the site.
fn declared(
    front: Option<&Front>,
    candidate: &sites::Candidate,
    generator: &dyn Generator,
    model: &dyn Model,
) -> Option<Declared> {
    let keys = &generator.data().languages;
    let own = front.and_then(|front| keys.iter().find_map(|name| front.get(name))).and_then(|key| match &key.value {
        Value::Scalar(scalar) if !scalar.text.trim().is_empty() => Some(scalar),
        _ => None,
    });
    let make = |tag: &str, by| {
        let language = tags::check(tag).language;
        Declared { tag: tag.into(), language, by }
    };
    if let Some(scalar) = own {
        return Some(make(&scalar.text, DeclaredBy::FrontMatter(scalar.span)));
    }
    if let Some(tag) = model.language_of_path(&candidate.path) {
        return Some(make(tag, DeclaredBy::Path));
    }
    if let Some(tag) = model.language_of_data(&candidate.path) {
        return Some(make(&tag, DeclaredBy::Path));
    }
    model.settings().language.as_deref().map(|tag| make(tag, DeclaredBy::Site))
}
