//! Small valid images of any size: headers that every reader understands, one colour, a few dozen bytes.

use postlint::rules::format::ImageKind;

/// The bytes of an image.
pub fn bytes(kind: ImageKind, width: u32, height: u32) -> Vec<u8> {
    match kind {
        ImageKind::Png => png(width, height),
        ImageKind::Jpg => jpg(width, height),
        ImageKind::Gif => gif(width, height),
        ImageKind::Webp => webp(width, height),
    }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 0, 0, 0, 0]); // 8 bits, grey
    chunk(&mut out, b"IHDR", &header);
    // An empty deflate stream: enough for everything that reads headers.
    chunk(&mut out, b"IDAT", &[0x78, 0x01, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]);
    chunk(&mut out, b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend(u32::try_from(data.len()).expect("a small chunk").to_be_bytes());
    out.extend(name);
    out.extend(data);
    let sum = crc(name.iter().chain(data));
    out.extend(sum.to_be_bytes());
}

fn crc<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    };
    !bytes.fold(u32::MAX, step)
}

fn jpg(width: u32, height: u32) -> Vec<u8> {
    let side = |n: u32| u16::try_from(n).expect("a JPEG has at most 65,535 pixels a side").to_be_bytes();
    let mut out = vec![0xff, 0xd8, 0xff, 0xe0, 0, 16];
    out.extend(b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    out.extend([0xff, 0xc0, 0, 11, 8]);
    out.extend(side(height));
    out.extend(side(width));
    out.extend([1, 1, 0x11, 0, 0xff, 0xd9]);
    out
}

fn gif(width: u32, height: u32) -> Vec<u8> {
    let side = |n: u32| u16::try_from(n).expect("a GIF has at most 65,535 pixels a side").to_le_bytes();
    let mut out = b"GIF89a".to_vec();
    out.extend(side(width));
    out.extend(side(height));
    out.extend([0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, b';']);
    out
}

fn webp(width: u32, height: u32) -> Vec<u8> {
    let side = |n: u32| (n - 1).to_le_bytes()[..3].to_vec();
    let mut chunk = b"VP8X".to_vec();
    chunk.extend(10u32.to_le_bytes());
    chunk.extend([0, 0, 0, 0]);
    chunk.extend(side(width));
    chunk.extend(side(height));
    let mut out = b"RIFF".to_vec();
    out.extend(u32::try_from(chunk.len() + 4).expect("small").to_le_bytes());
    out.extend(b"WEBP");
    out.extend(chunk);
    out
}
