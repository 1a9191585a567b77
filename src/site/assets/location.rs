//! Whether an image's metadata say where it was taken.
//!
//! The place stands in EXIF data (or XMP), which JPEG and PNG have near their beginning, within what is read anyway.
//! WebP and HEIC say in their header that there is some and may have it at the end: only then a second piece is read.

use std::io::{Read, Seek, SeekFrom};

use super::Format;
use super::exif::has_place;
use super::heif::{self, PIECE};

/// Pieces of a WebP file that are stepped over; one with an animation may have thousands.
const MOST_CHUNKS: usize = 64;

/// True when the image tells where it was taken. `head` is the file's beginning.
pub fn tells(format: Format, head: &[u8], file: &mut (impl Read + Seek)) -> bool {
    match format {
        Format::Jpeg => jpeg(head),
        Format::Png => png(head),
        Format::WebP => webp(head, file).unwrap_or(false),
        Format::Heic | Format::Avif => heif::exif(head, file).is_some_and(|exif| has_place(&exif)),
        _ => false,
    }
}

/// True when an XMP packet names a latitude.
fn xmp(packet: &[u8]) -> bool {
    memchr::memmem::find(packet, b"exif:GPSLatitude").is_some()
}

/// Steps from segment to segment up to the picture itself.
fn jpeg(head: &[u8]) -> bool {
    let mut rest = head.get(2..).unwrap_or_default();
    while let [0xff, marker, high, low, ..] = *rest {
        // The picture begins, or a marker that has no length.
        if matches!(marker, 0xda | 0xd9 | 0xff) {
            return false;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let data = rest.get(4..(2 + length).min(rest.len())).unwrap_or_default();
        if marker == 0xe1 {
            let exif = data.strip_prefix(b"Exif\0\0").is_some_and(has_place);
            if exif || (data.starts_with(b"http://ns.adobe.com/xap/1.0/\0") && xmp(data)) {
                return true;
            }
        }
        rest = rest.get(2 + length..).unwrap_or_default();
    }
    false
}

fn png(head: &[u8]) -> bool {
    let mut rest = head.get(8..).unwrap_or_default();
    while let [a, b, c, d, ..] = *rest {
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let data = rest.get(8..length.saturating_add(8).min(rest.len())).unwrap_or_default();
        match rest.get(4..8) {
            Some(b"eXIf") if has_place(data) => return true,
            Some(b"iTXt") if data.starts_with(b"XML:com.adobe.xmp\0") && xmp(data) => return true,
            Some(b"IEND") | None => return false,
            _ => {}
        }
        rest = rest.get(length.saturating_add(12)..).unwrap_or_default();
    }
    false
}

/// Steps from chunk to chunk in the file, where the header says that there are metadata.
fn webp(head: &[u8], file: &mut (impl Read + Seek)) -> Option<bool> {
    let flags = *head.get(20)?;
    let (has_exif, has_xmp) = (flags & 0x08 != 0, flags & 0x04 != 0);
    if head.get(12..16) != Some(b"VP8X") || !(has_exif || has_xmp) {
        return None;
    }
    let mut at: u64 = 12;
    for _ in 0..MOST_CHUNKS {
        file.seek(SeekFrom::Start(at)).ok()?;
        let mut header = [0; 8];
        file.read_exact(&mut header).ok()?;
        let [a, b, c, d, size @ ..] = header;
        let length = u64::from(u32::from_le_bytes(size));
        if matches!(&[a, b, c, d], b"EXIF" | b"XMP ") {
            let mut data = Vec::new();
            file.by_ref().take(length.min(PIECE)).read_to_end(&mut data).ok()?;
            // Some writers put JPEG's introduction before it.
            if xmp(&data) || has_place(data.strip_prefix(b"Exif\0\0").unwrap_or(&data)) {
                return Some(true);
            }
        }
        at = at.checked_add(8 + length + (length & 1))?;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::exif::tests::exif;
    use super::*;

    fn found(format: Format, bytes: &[u8]) -> bool {
        tells(format, bytes, &mut Cursor::new(bytes))
    }

    fn jpeg_with(exif: &[u8]) -> Vec<u8> {
        let mut out = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xe1];
        out.extend(u16::try_from(exif.len() + 8).unwrap().to_be_bytes());
        out.extend(b"Exif\0\0");
        out.extend(exif);
        out.extend([0xff, 0xda, 0, 2]);
        out
    }

    #[test]
    fn jpeg_files_tell_in_a_segment() {
        assert!(found(Format::Jpeg, &jpeg_with(&exif(false, 48, 2))));
        assert!(!found(Format::Jpeg, &jpeg_with(&exif(false, 0, 0))));
        assert!(!found(Format::Jpeg, &[0xff, 0xd8, 0xff, 0xe1, 0xff]));
    }

    #[test]
    fn png_files_tell_in_a_chunk() {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let data = exif(true, 48, 2);
        png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        png.extend(b"eXIf");
        png.extend(&data);
        assert!(found(Format::Png, &png));
        assert!(!found(Format::Png, &png[..60]));
    }

    #[test]
    fn webp_files_tell_at_the_end() {
        let data = exif(true, 48, 2);
        let file = |flags: u8| {
            let mut webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0".to_vec();
            webp.extend([flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]);
            webp.extend(b"VP8 \x03\0\0\0abc\0EXIF");
            webp.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
            webp.extend(&data);
            webp
        };
        assert!(found(Format::WebP, &file(0x08)));
        assert!(!found(Format::WebP, &file(0)));
    }
}
