//! Links with Eleventy's own filter: `{{ "/about/" | url }}`.
//!
//! Source: the pages "url" and "InputPath to URL" of Eleventy's documentation.

use crate::discover::{join, parent};
use crate::generators::{Evaluated, Sources};
use crate::page::dialect::Templates;
use crate::page::templates::{self, Syntax};
use crate::site::destination;
use crate::site::facts::PageFacts;

/// Evaluates a destination that is one output of a literal, perhaps with text around it.
#[must_use]
pub fn evaluate(raw: &str, page: &PageFacts, prefix: &str) -> Evaluated {
    let calls = templates::calls(raw, Templates::Liquid);
    let [call] = calls.as_slice() else { return Evaluated::Unknown };
    let [one] = &*call.arguments else { return Evaluated::Unknown };
    let span = call.span.range();
    if call.syntax != Syntax::Output {
        return Evaluated::Unknown;
    }
    let text = one.value.of(raw);
    let own = (text == "page.url").then_some(page.place.url.as_deref()).flatten();
    let known = own.or_else(|| one.quote.map(|_| text));
    let (Some(mut text), before, after) =
        (known.map(str::to_owned), raw.get(..span.start).unwrap_or_default(), raw.get(span.end..).unwrap_or_default())
    else {
        return Evaluated::Unknown;
    };
    for filter in &*call.filters {
        match filter.name.of(raw) {
            "url" if text.starts_with('/') && !text.starts_with("//") => text = format!("{prefix}{text}"),
            "url" | "safe" | "trim" => {}
            _ => return Evaluated::Unknown,
        }
    }
    Evaluated::Destination(unescaped(&format!("{before}{text}{after}")))
}

/// Markdown reads what the template wrote: `\#here` is `#here`.
fn unescaped(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut all = written.chars().peekable();
    while let Some(one) = all.next() {
        let escapes = one == '\\' && all.peek().is_some_and(char::is_ascii_punctuation);
        text.extend(if escapes { all.next() } else { Some(one) });
    }
    text
}

/// A path of a source file: from the page's folder, or from the folder of sources.
#[must_use]
pub fn source(path: &str, page: &PageFacts, sources: &dyn Sources, input: &str) -> Option<Evaluated> {
    let own = (!path.starts_with('/')).then(|| parent(&page.path));
    let found = own.into_iter().chain([input, ""]).find_map(|folder| {
        let joined = destination::join(&format!("/{folder}"), path.trim_start_matches('/'))?;
        Some(joined.trim_start_matches('/').to_owned()).filter(|file| sources.has(file))
    })?;
    Some(Evaluated::Source { path: found, tail: String::new() })
}

/// The file of an image that a plugin looks up: beside the page, then from the folder of sources, then from the root.
#[must_use]
pub fn image(path: &str, page: &PageFacts, sources: &dyn Sources, input: &str) -> Option<Evaluated> {
    if destination::scheme(path).is_some() || path.starts_with("//") {
        return None;
    }
    let decoded = destination::decode(path);
    let rooted = decoded.trim_start_matches('/');
    let beside = destination::join(&format!("/{}", parent(&page.path)), rooted).unwrap_or_default();
    let candidates = [beside.trim_start_matches('/').to_owned(), join(input, rooted), rooted.to_owned()];
    let found = candidates.into_iter().find(|file| sources.has(file))?;
    Some(Evaluated::Source { path: found, tail: String::new() })
}
