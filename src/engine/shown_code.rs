//! What a page shows as code by a shortcode of the site's own is neither links nor markup that went wrong.

use crate::generators::Model;
use crate::page::body::Body;
use crate::source::Span;

/// Takes them out of the body.
pub fn remove(text: &str, body: &mut Body, model: &dyn Model) {
    let mut shown: Vec<Span> = Vec::new();
    let mut open: Option<(&str, u32)> = None;
    for call in &body.calls {
        let name = call.name.of(text);
        match open {
            Some((own, start)) if call.closing && own == name => {
                shown.push(Span { start, end: call.span.start });
                open = None;
            }
            None if !call.closing && model.shows_code(call, text) => open = Some((name, call.span.end)),
            _ => {}
        }
    }
    if shown.is_empty() {
        return;
    }
    let is_shown = |span: Span| shown.iter().any(|code| code.start <= span.start && span.end <= code.end);
    body.links.retain(|link| !is_shown(link.whole));
    body.definitions.retain(|definition| !is_shown(definition.label));
    body.candidates.retain(|candidate| !is_shown(candidate.span));
}
