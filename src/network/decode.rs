//! Bodies as text, within a cap: a few kilobytes can unpack to gigabytes, and a page can go on for ever.

use std::io::Read;

use ruzstd::decoding::StreamingDecoder;

use super::answer::Body;
use super::headers::Headers;

/// The encodings that are asked for. The rest is not needed (a server that cannot pack sends plain), and what is not
/// asked for is not unpacked.
pub(super) const ACCEPTED: &str = "gzip, br, zstd";
/// The largest window that a server may make us keep (RFC 9659).
const MOST_WINDOW: u64 = 8 << 20;

/// Whether the body is text that somebody could look for an anchor in.
pub(super) fn is_text(headers: &Headers) -> bool {
    let Some(kind) = headers.content_type() else { return false };
    kind.starts_with("text/")
        || kind.ends_with("+xml")
        || kind.ends_with("+json")
        || matches!(kind.as_str(), "application/json" | "application/xml" | "application/javascript")
}

/// Whether the body is packed: then it says nothing about how long it is.
pub(super) fn is_packed(headers: &Headers) -> bool {
    headers.get("content-encoding").is_some_and(|encoding| !matches!(encoding.trim(), "" | "identity"))
}

/// Unpacks and decodes what was read of a body; `cut` if there was more. `None` if nothing can be made of it. A stream
/// that breaks off or is damaged gives what was before.
pub(super) fn body(headers: &Headers, raw: &[u8], cut: bool, most: usize) -> Option<Body> {
    let mut plain = Vec::new();
    let encoding = headers.get("content-encoding").unwrap_or_default().trim().to_ascii_lowercase();
    let whole = match encoding.as_str() {
        "" | "identity" => read(raw, most, &mut plain),
        // A packed nothing has no head either.
        "gzip" | "x-gzip" | "br" | "zstd" if raw.is_empty() => true,
        "gzip" | "x-gzip" => read(flate2::bufread::MultiGzDecoder::new(raw), most, &mut plain),
        "br" => read(brotli_decompressor::Decompressor::new(raw, 4096), most, &mut plain),
        "zstd" => zstd(raw, most, &mut plain),
        _ => return None,
    };
    if plain.is_empty() && !whole && !raw.is_empty() {
        return None;
    }
    Some(Body { text: text(headers, plain), truncated: cut || !whole })
}

/// One frame; what a server puts behind it (nobody does) is as if it had been broken off.
fn zstd(raw: &[u8], most: usize, into: &mut Vec<u8>) -> bool {
    let Ok(mut frame) = StreamingDecoder::new_with_max_window_size(raw, MOST_WINDOW) else { return false };
    read(&mut frame, most, into) && frame.get_ref().is_empty()
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

    /// A frame of zstd that stands for `blocks` times 128 KiB of `x`, with a window of two to the power of `window`.
    fn zstd_of_one_letter(window: u8, blocks: usize) -> Vec<u8> {
        let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0, (window - 10) << 3];
        let block = |last: u32| ((128_u32 << 10) << 3 | 1 << 1 | last).to_le_bytes();
        for number in 1..=blocks {
            frame.extend_from_slice(&block(u32::from(number == blocks))[..3]);
            frame.push(b'x');
        }
        frame
    }

    #[test]
    fn zstd_within_its_caps() {
        let (small, bomb) = (zstd_of_one_letter(17, 1), zstd_of_one_letter(23, 2400));
        let body = unpack("zstd", "text/html", &small, 1 << 20).unwrap();
        assert_eq!((body.text.len(), body.truncated), (128 << 10, false));
        let body = unpack("zstd", "text/html", &bomb, 2 << 20).unwrap();
        assert_eq!((bomb.len(), body.text.len(), body.truncated), (9606, 2 << 20, true));
        assert_eq!(unpack("zstd", "text/html", &zstd_of_one_letter(24, 2400), 2 << 20), None, "too large a window");
        let body = unpack("zstd", "text/html", &bomb[..bomb.len() / 2], 2 << 20).unwrap();
        assert!(body.truncated);
        for cut in 0..small.len() {
            let _ = unpack("zstd", "text/html", &small[..cut], 100);
        }
    }

    #[test]
    fn damaged_streams_give_what_was_before() {
        assert_eq!(unpack("gzip", "text/html", b"not gzip", 100), None);
        assert_eq!(unpack("br", "text/html", &[0xff; 40], 100), None);
        assert_eq!(unpack("zstd", "text/html", b"\x28\xb5\x2f\xfd", 100), None);
        assert_eq!(unpack("compress", "text/html", b"\x1f\x9d", 100), None, "not asked for, not unpacked");
        assert_eq!(unpack("gzip, gzip", "text/html", b"", 100), None);
        assert_eq!(unpack("gzip", "text/html", b"", 100), Some(Body::default()), "HEAD and 304 have no body");
    }
}
