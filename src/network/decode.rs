//! Bodies as text, within a cap: a few kilobytes can unpack to gigabytes, and a page can go on for ever.

use std::io::Read;

use super::answer::Body;
use super::headers::Headers;

/// The encodings that are asked for. The rest is not needed (a server that cannot pack sends plain), and what is not
/// asked for is not unpacked.
pub(super) const ACCEPTED: &str = "gzip, br";

/// Whether the body is text that somebody could look for an anchor in.
pub(super) fn is_text(headers: &Headers) -> bool {
    let Some(kind) = headers.content_type() else { return false };
    kind.starts_with("text/")
        || kind.ends_with("+xml")
        || kind.ends_with("+json")
        || matches!(kind.as_str(), "application/json" | "application/xml" | "application/javascript")
}

/// Unpacks and decodes what was read of a body; `cut` if there was more. `None` if nothing can be made of it. A stream
/// that breaks off or is damaged gives what was before.
pub(super) fn body(headers: &Headers, raw: &[u8], cut: bool, most: usize) -> Option<Body> {
    let mut plain = Vec::new();
    let encoding = headers.get("content-encoding").unwrap_or_default().trim().to_ascii_lowercase();
    let whole = match encoding.as_str() {
        "" | "identity" => read(raw, most, &mut plain),
        // A packed nothing has no head either.
        "gzip" | "x-gzip" | "br" if raw.is_empty() => true,
        "gzip" | "x-gzip" => read(flate2::bufread::MultiGzDecoder::new(raw), most, &mut plain),
        "br" => read(brotli_decompressor::Decompressor::new(raw, 4096), most, &mut plain),
        _ => return None,
    };
    if plain.is_empty() && !whole && !raw.is_empty() {
        return None;
    }
    Some(Body { text: text(headers, plain), truncated: cut || !whole })
}

/// Reads at most `most` bytes; whether that was all, and sound.
fn read(from: impl Read, most: usize, into: &mut Vec<u8>) -> bool {
    let sound = from.take(most as u64 + 1).read_to_end(into).is_ok();
    let whole = into.len() <= most;
    into.truncate(most);
    sound && whole
}

/// UTF-8 if it is; else what Western pages of old are in, where they say so; else with replacement characters.
fn text(headers: &Headers, bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let bytes = error.into_bytes();
        let kind = headers.get("content-type").unwrap_or_default().to_ascii_lowercase();
        if ["iso-8859-1", "iso-8859-15", "latin1", "windows-1252", "us-ascii"].iter().any(|name| kind.contains(name)) {
            bytes.into_iter().map(char::from).collect()
        } else {
            String::from_utf8_lossy(&bytes).into_owned()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::answer::Response;
    use super::*;

    fn unpack(encoding: &str, kind: &str, raw: &[u8], most: usize) -> Option<Body> {
        body(
            &Response::new(200).with("content-encoding", encoding).with("content-type", kind).headers,
            raw,
            false,
            most,
        )
    }

    #[test]
    fn text_in_its_encodings() {
        let said = |kind, raw: &[u8]| unpack("", kind, raw, 100).unwrap().text;
        assert_eq!(said("text/html", "é".as_bytes()), "é");
        assert_eq!(said("text/html; charset=ISO-8859-1", b"caf\xe9"), "café");
        assert_eq!(said("text/html", b"caf\xe9"), "caf\u{fffd}");
        assert_eq!(unpack("", "text/html", b"12345", 3), Some(Body { text: "123".into(), truncated: true }));
        assert_eq!(unpack("", "text/html", b"123", 3), Some(Body { text: "123".into(), truncated: false }));
    }

    #[test]
    fn damaged_streams_give_what_was_before() {
        assert_eq!(unpack("gzip", "text/html", b"not gzip", 100), None);
        assert_eq!(unpack("br", "text/html", &[0xff; 40], 100), None);
        assert_eq!(unpack("zstd", "text/html", b"\x28\xb5\x2f\xfd", 100), None, "not asked for, not unpacked");
        assert_eq!(unpack("gzip, gzip", "text/html", b"", 100), None);
        assert_eq!(unpack("gzip", "text/html", b"", 100), Some(Body::default()), "HEAD and 304 have no body");
    }
}
