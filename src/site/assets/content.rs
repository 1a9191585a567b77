//! What a file is, told by its first bytes and never by its name.

/// What a file holds, whatever its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing: zero bytes.
    Empty,
    /// An image of this format, with its width and height in pixels where the header tells.
    Image(Format, Option<(u32, u32)>),
    /// The first bytes are an image's, but the header ends too early.
    Truncated(Format),
    /// An HTML page: what a server sends with "not found" or "please log in".
    Html,
    /// The pointer that Git LFS leaves when the file itself was not fetched.
    LfsPointer,
    /// The same where the repository says so: nobody fetched the file for this checkout.
    NotFetched,
    /// Something else; for formats that postlint does not know.
    Other,
}

/// An image format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Format {
    Png,
    Jpeg,
    Gif,
    WebP,
    Avif,
    Heic,
    Svg,
    Bmp,
    Ico,
    Tiff,
    Psd,
}

/// Tells what bytes are. `len` is the whole file's length, `extension` its name's (only to tell SVG from other XML).
#[must_use]
pub fn sniff(head: &[u8], len: u64, extension: &str) -> Content {
    if len == 0 {
        return Content::Empty;
    }
    if let Some(format) = magic(head) {
        let whole = head.len() as u64 == len;
        return match imagesize::blob_size(head) {
            Ok(size) => {
                let side = |pixels: usize| u32::try_from(pixels).ok();
                // The height of a bitmap has a sign: it is negative where the rows go down.
                let height = side(size.height).map(|height| match format {
                    Format::Bmp => height.cast_signed().unsigned_abs(),
                    _ => height,
                });
                Content::Image(format, side(size.width).zip(height))
            }
            // The size may simply lie beyond what was read (a large EXIF block), or in a format imagesize reads otherwise.
            Err(_) if whole && cannot_hold_an_image(format, head) => Content::Truncated(format),
            Err(_) => Content::Image(format, None),
        };
    }
    if head.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Content::LfsPointer;
    }
    let start = String::from_utf8_lossy(head.get(..1024).unwrap_or(head));
    let start = start.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).to_ascii_lowercase();
    if start.starts_with("<svg") || (start.contains("<svg") && (start.starts_with("<?xml") || start.starts_with("<!")))
    {
        return Content::Image(Format::Svg, None);
    }
    if start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || (start.starts_with("<!--") && start.contains("<html"))
    {
        return Content::Html;
    }
    if extension != "svg" && start.starts_with("<") && (start.contains("<html") || start.contains("<body")) {
        return Content::Html;
    }
    Content::Other
}

fn magic(head: &[u8]) -> Option<Format> {
    let brand = |names: &[&[u8]]| {
        head.get(4..8) == Some(b"ftyp") && head.get(8..12).is_some_and(|brand| names.contains(&brand))
    };
    // `mif1` is any picture in this container: the brands after it say which.
    let any = brand(&[b"mif1", b"msf1"]);
    let among = |name: &[u8]| head.get(16..48).is_some_and(|brands| brands.chunks(4).any(|brand| brand == name));
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Format::Png)
    } else if head.starts_with(&[0xff, 0xd8, 0xff]) {
        Some(Format::Jpeg)
    } else if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
        Some(Format::Gif)
    } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        Some(Format::WebP)
    } else if brand(&[b"avif", b"avis"]) || (any && among(b"avif")) {
        Some(Format::Avif)
    } else if any || brand(&[b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis"]) {
        Some(Format::Heic)
    } else if head.starts_with(b"BM") && head.get(6..10) == Some(&[0, 0, 0, 0]) {
        Some(Format::Bmp)
    } else if head.starts_with(&[0, 0, 1, 0]) {
        Some(Format::Ico)
    } else if head.starts_with(b"II*\0") || head.starts_with(b"MM\0*") {
        Some(Format::Tiff)
    } else if head.starts_with(b"8BPS") {
        Some(Format::Psd)
    } else {
        None
    }
}

/// A whole file without the part of its format that holds the size cannot be shown.
fn cannot_hold_an_image(format: Format, whole: &[u8]) -> bool {
    match format {
        Format::Png => whole.len() < 33,
        Format::Gif => whole.len() < 13,
        Format::Jpeg => {
            !whole.windows(2).any(|pair| matches!(pair, [0xff, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf]))
        }
        Format::WebP => whole.len() < 30,
        _ => false,
    }
}

impl Format {
    /// The extensions that promise it, the usual one first.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Format::Png => &["png", "apng"],
            Format::Jpeg => &["jpg", "jpeg", "jpe", "jfif", "pjpeg"],
            Format::Gif => &["gif"],
            Format::WebP => &["webp"],
            Format::Avif => &["avif"],
            Format::Heic => &["heic", "heif"],
            Format::Svg => &["svg"],
            Format::Bmp => &["bmp"],
            Format::Ico => &["ico"],
            Format::Tiff => &["tif", "tiff"],
            Format::Psd => &["psd"],
        }
    }

    /// The format that an extension (in lower case) promises.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Format> {
        use Format::{Avif, Bmp, Gif, Heic, Ico, Jpeg, Png, Psd, Svg, Tiff, WebP};
        let all = [Png, Jpeg, Gif, WebP, Avif, Heic, Svg, Bmp, Ico, Tiff, Psd];
        all.into_iter().find(|format| format.extensions().contains(&extension))
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Png => "PNG",
            Format::Jpeg => "JPEG",
            Format::Gif => "GIF",
            Format::WebP => "WebP",
            Format::Avif => "AVIF",
            Format::Heic => "HEIC",
            Format::Svg => "SVG",
            Format::Bmp => "BMP",
            Format::Ico => "ICO",
            Format::Tiff => "TIFF",
            Format::Psd => "Photoshop",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_told_by_their_bytes() {
        let whole = |bytes: &[u8], ext: &str| sniff(bytes, bytes.len() as u64, ext);
        assert_eq!(whole(b"", "png"), Content::Empty);
        assert_eq!(whole(b"\x89PNG\r\n\x1a\n\0\0", "png"), Content::Truncated(Format::Png));
        assert_eq!(whole(b"GIF89a\x02\0\x03\0\0\0\0", "gif"), Content::Image(Format::Gif, Some((2, 3))));
        assert_eq!(whole(b"\n<!DOCTYPE html><html>", "jpg"), Content::Html);
        assert_eq!(whole(b"<?xml version=\"1.0\"?>\n<svg/>", "svg"), Content::Image(Format::Svg, None));
        assert_eq!(whole(b"version https://git-lfs.github.com/spec/v1\noid", "png"), Content::LfsPointer);
        assert_eq!(whole(b"%PDF-1.4", "png"), Content::Other);
    }
}
