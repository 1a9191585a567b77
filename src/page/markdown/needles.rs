//! Places that are worth a look once they turn out to stand in plain text.
//!
//! The body is searched once for a few byte patterns; the events then tell which hits are text. A hit costs a
//! comparison, and text without hits costs nothing.

use crate::page::dialect::Dialect;

/// Offsets of hits, in order, and how far they are used up.
#[derive(Debug, Default)]
pub(super) struct Needles {
    at: Vec<u32>,
    next: usize,
}

impl Needles {
    pub(super) fn new(text: &str, dialect: &Dialect) -> Self {
        let bytes = text.as_bytes();
        let mut at: Vec<u32> = Vec::new();
        let mut add = |place: usize| at.extend(u32::try_from(place));
        for place in memchr::memchr2_iter(b'[', b']', bytes) {
            let next = bytes.get(place + 1);
            let wanted = if bytes.get(place) == Some(&b']') {
                match next {
                    Some(b'(') => true,
                    Some(b' ') => bytes.get(place + 2) == Some(&b'('),
                    _ => false,
                }
            } else {
                next == Some(&b'/')
                    || place.checked_sub(1).is_some_and(|before| bytes.get(before) == Some(&b')'))
                    || shortcode(bytes, place).is_some()
            };
            if wanted {
                add(place);
            }
        }
        for place in memchr::memmem::find_iter(bytes, b"://") {
            add(place);
        }
        for place in memchr::memmem::find_iter(bytes, b"www.") {
            add(place);
        }
        if dialect.attribute_lists {
            for place in memchr::memmem::find_iter(bytes, b"{:") {
                add(place);
            }
        }
        at.sort_unstable();
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
    let fits = match after {
        [b']', b'\r' | b'\n', ..] | [b']'] => {
            matches!(open.checked_sub(1).map(|at| bytes.get(at)), None | Some(Some(b'\n')))
        }
        [b' ', rest @ ..] => {
            let key =
                rest.iter().take(24).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
            key > 0 && matches!(rest.get(key..), Some([b'=', ..]))
        }
        _ => false,
    };
    fits.then_some(open + 1 + length)
}
