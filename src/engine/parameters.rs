//! Images that the site's own shortcodes and includes are given: `{{< img src="/a.png" >}}`, `{% include pic.html file="a.png" %}`.
//!
//! What a template of the site does with its parameters is not read. A parameter that names an image is one all the
//! same, and where such images lie is learnt from those that exist, as for front matter.

use crate::page::body::Body;
use crate::page::links::{Form, Label, Link, LinkKind, Marks, Origin, Quote};
use crate::page::templates::{Argument, TemplateCall};
use crate::site::front_values::names_an_image;
use crate::source::Span;

/// The images of all template tags that are no links already.
pub fn links(text: &str, body: &Body) -> Vec<Link> {
    let mut spans: Vec<Span> = body.links.iter().map(|link| link.span).collect();
    spans.sort_unstable_by_key(|span| span.start);
    let known = |call: &TemplateCall| {
        let first = spans.partition_point(|span| span.start < call.span.start);
        spans.get(first).is_some_and(|span| call.span.contains(*span))
    };
    let calls = body.calls.iter().filter(|call| !call.in_destination && !call.closing && !known(call));
    calls.flat_map(|call| call.arguments.iter().filter_map(move |argument| link(text, call, argument))).collect()
}

fn link(text: &str, call: &TemplateCall, argument: &Argument) -> Option<Link> {
    let value = argument.value.of(text);
    let quote = match argument.quote? {
        '"' => Quote::Double,
        '\'' => Quote::Single,
        _ => return None,
    };
    let parameter = argument.name.map(|name| name.of(text)).unwrap_or_default();
    // `src` from the root is a file whatever it is called.
    let file = names_an_image(value) || (parameter == "src" && value.starts_with('/') && !value.starts_with("//"));
    if !file || value.contains("{{") || value.contains("{%") {
        return None;
    }
    // An include's name is its first word: `{% include pic.html file="a.png" %}`.
    let tag = call.name.of(text);
    let include = call.positional().next().map(|first| first.value.of(text)).filter(|_| tag.starts_with("include"));
    Some(Link {
        kind: LinkKind::Image,
        origin: Origin::Parameter { key: format!("{} {parameter}", include.unwrap_or(tag)).into() },
        span: argument.value,
        whole: call.span,
        destination: value.into(),
        label: Label::Absent,
        form: Form::Parameter(Some(quote)),
        marks: Marks::default(),
    })
}
