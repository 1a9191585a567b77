//! Parameters of template tags that are links whatever the theme: those of Hugo's own `figure`.
//!
//! What other tags' parameters mean is knowledge of the generator or theme, so they are only listed.

use std::borrow::Cow;

use super::{Collector, Found};
use crate::page::links::{Form, Label, LinkKind, Origin, Quote};
use crate::page::templates::{Argument, Syntax};

/// Adds the links of the page's `figure` shortcodes.
pub(super) fn links(out: &mut Collector<'_>) {
    let file = out.file;
    let mut found = Vec::new();
    for (index, call) in out.body.calls.iter().enumerate() {
        let shortcode = matches!(call.syntax, Syntax::Shortcode | Syntax::MarkdownShortcode);
        if !shortcode || call.closing || call.name.of(file) != "figure" {
            continue;
        }
        let label = match call.named(file, "alt").or_else(|| call.named(file, "caption")) {
            None => Label::Absent,
            Some(alt) if alt.value.is_empty() => Label::Empty,
            Some(alt) => Label::Text(alt.value),
        };
        let origin = Origin::Template { call: u32::try_from(index).unwrap_or(u32::MAX) };
        for (name, kind) in [("src", LinkKind::Image), ("link", LinkKind::Link)] {
            let Some(argument) = call.named(file, name) else { continue };
            let local = |at: u32| (at as usize).saturating_sub(out.start);
            found.push(Found {
                kind,
                origin: origin.clone(),
                at: local(argument.value.start)..local(argument.value.end),
                whole: local(call.span.start)..local(call.span.end),
                destination: Cow::Borrowed(argument.value.of(file)),
                label: if kind == LinkKind::Image { label } else { Label::Absent },
                form: form(argument),
                in_table: false,
            });
        }
    }
    for link in found {
        out.plain_link(link);
    }
}

fn form(argument: &Argument) -> Form {
    match argument.quote {
        Some('"') => Form::Parameter(Some(Quote::Double)),
        Some('\'') => Form::Parameter(Some(Quote::Single)),
        Some(_) => Form::NotEditable,
        None => Form::Parameter(None),
    }
}
