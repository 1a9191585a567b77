//! What raw text says once escapes and entities are resolved, asked of the parsers themselves.
//!
//! Needed for one destination in a thousand, so a small parse is cheaper than a second table of 2,125 entities.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as Place, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::page::links::Form;

/// An HTML attribute's value.
pub(super) fn entities(raw: &str) -> String {
    let mut decoded = String::new();
    let html = format!("<a b=\"{}\">", raw.replace('"', "&quot;"));
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Place<()>| -> Option<Infallible> {
        if let CallbackEvent::AttributeValue { value } = event {
            decoded = String::from_utf8_lossy(value).into_owned();
        }
        None
    });
    let _: Result<(), _> = Tokenizer::new_with_emitter(html.as_str(), emitter).finish();
    decoded
}

/// A Markdown destination. `None` when the text is none in that form.
pub(super) fn destination(raw: &str, form: Form, in_table: bool) -> Option<String> {
    if !raw.contains(['\\', '&', '\r', '\0']) {
        return Some(raw.to_owned());
    }
    let raw = if in_table { raw.replace("\\|", "|") } else { raw.to_owned() };
    let link = if form == Form::Angle { format!("[](<{raw}>)") } else { format!("[]({raw})") };
    Parser::new_ext(&link, Options::empty()).into_offset_iter().find_map(|(event, range)| match event {
        Event::Start(Tag::Link { dest_url, .. }) if range == (0..link.len()) => Some(dest_url.into_string()),
        _ => None,
    })
}
