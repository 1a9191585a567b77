//! Places that are worth a look once they turn out to stand in plain text.
//!
//! The body is searched once for a few byte patterns; the events then tell which hits are text. A hit costs a
//! comparison, and text without hits costs nothing.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::definitions::Uncovered;
use crate::page::dialect::{AttributeLists, Dialect};

static WWW: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("www."));

/// Searches the body: for what may be a link in plain text, and for what may be a definition.
pub(super) fn search(text: &str, dialect: &Dialect) -> (Needles, Uncovered) {
    let bytes = text.as_bytes();
    let mut needles: Vec<u32> = Vec::with_capacity(text.len() / 128);
    let mut definitions: Vec<usize> = Vec::new();
    // The first bracket of a line, when only markers of containers stand before it.
    let mut label: Option<usize> = None;
    for place in memchr::memchr3_iter(b'[', b']', b':', bytes) {
        let after = bytes.get(place + 1..).unwrap_or_default();
        let before = bytes.get(..place).unwrap_or_default();
        let wanted = match bytes.get(place) {
            Some(b']') => {
                if after.first() == Some(&b':')
                    && let Some(open) = label.take()
                    && memchr::memchr(b'\n', bytes.get(open..place).unwrap_or_default()).is_none()
                    && !(dialect.footnotes && bytes.get(open + 1) == Some(&b'^'))
                {
                    definitions.push(open);
                }
                let near = after.strip_prefix(b" ").unwrap_or(after);
                near.starts_with(b"(") || near.starts_with("（".as_bytes())
            }
            Some(b'[') => {
                let marker =
                    |b: &&u8| matches!(b, b' ' | b'\t' | b'>' | b'*' | b'+' | b'-' | b'.' | b')' | b'0'..=b'9');
                let markers = before.iter().rev().take_while(marker).count();
                if matches!(before.get(..before.len() - markers), Some([] | [.., b'\n'])) {
                    label = Some(place);
                }
                let footnote = dialect.footnotes && after.starts_with(b"^");
                footnote || after.starts_with(b"/") || before.ends_with(b")") || shortcode(bytes, place).is_some()
            }
            _ => {
                let list = dialect.attribute_lists == AttributeLists::Colon && before.ends_with(b"{");
                if list {
                    needles.extend(u32::try_from(place - 1));
                }
                !list && after.starts_with(b"//")
            }
        };
        if wanted {
            needles.extend(u32::try_from(place));
        }
    }
    if dialect.attribute_lists == AttributeLists::Braces {
        needles.extend(memchr::memchr_iter(b'{', bytes).filter_map(|place| u32::try_from(place).ok()));
    }
    needles.extend(WWW.find_iter(bytes).filter_map(|place| u32::try_from(place).ok()));
    (Needles::new(needles), Uncovered::new(definitions))
}

/// Offsets of hits, in order, and how far they are used up.
#[derive(Debug, Default)]
pub(super) struct Needles {
    at: Vec<u32>,
    next: usize,
}

impl Needles {
    pub(super) fn new(mut at: Vec<u32>) -> Self {
        at.sort();
        Needles { at, next: 0 }
    }

    /// The next hit before `end`; those before `start` stand in no text.
    pub(super) fn take(&mut self, start: usize, end: usize) -> Option<usize> {
        while let Some(&place) = self.at.get(self.next) {
            let place = place as usize;
            if place >= end {
                return None;
            }
            self.next += 1;
            if place >= start {
                return Some(place);
            }
        }
        None
    }
}

/// The end of `[name key=…` or `[name]` up to its name, where no link can be meant: WordPress and forums write so.
pub(super) fn shortcode(bytes: &[u8], open: usize) -> Option<usize> {
    let name = bytes.get(open + 1..)?;
    let length = name.iter().take(24).take_while(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-')).count();
    if length < 3 {
        return None;
    }
    let after = name.get(length..)?;
    let before = bytes.get(..open).unwrap_or_default();
    let fits = match after {
        // `\[name\]` is how converters from WordPress keep it as text.
        [b'\\', b']', rest @ ..] => {
            let line = matches!(before, [b'\\'] | [.., b'\n', b'\\']) && matches!(rest, [] | [b'\r' | b'\n', ..]);
            let code = rest.starts_with(b" <") || rest.starts_with(b"<");
            before.ends_with(b"\\") && (line || code || rest.first().is_some_and(u8::is_ascii_alphanumeric))
        }
        [b']', b'\r' | b'\n', ..] | [b']'] => matches!(before, [] | [.., b'\n']),
        [b' ', rest @ ..] => {
            let key =
                rest.iter().take(24).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
            key > 0 && matches!(rest.get(key..), Some([b'=', ..]))
        }
        _ => false,
    };
    fits.then_some(open + 1 + length)
}
