//! Where a HEIC or AVIF file keeps its EXIF data: an item of its container, found through two tables in its header.

use std::io::{Read, Seek, SeekFrom};

/// The most that is read of one piece of metadata.
pub const PIECE: u64 = 64 * 1024;
/// Boxes of one level that are looked at.
const MOST_BOXES: usize = 256;
/// Items of a table that are looked at; a large picture has one for each tile.
const MOST_ITEMS: u32 = 4096;
/// Pieces that an item may be in; where they take no bytes in the table, any number could be claimed.
const MOST_EXTENTS: u64 = 64;

/// Reads numbers from the front of a piece of bytes.
#[derive(Clone, Copy)]
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(front)
    }

    /// A number of 0 to 8 bytes.
    fn number(&mut self, bytes: usize) -> Option<u64> {
        Some(self.take(bytes)?.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
    }

    /// The version of a box that has one.
    fn version(&mut self) -> Option<u64> {
        let version = self.number(1);
        self.take(3)?;
        version
    }

    /// The next box: its name and what is in it, as far as it was read.
    fn next_box(&mut self) -> Option<(&'a [u8], Reader<'a>)> {
        let mut front = *self;
        let (size, name) = (front.number(4)?, front.take(4)?);
        let size = match size {
            0 => self.0.len() as u64,
            1 => front.number(8)?,
            size => size,
        };
        let used = self.0.len() - front.0.len();
        let size = usize::try_from(size).ok()?;
        let inside = self.0.get(used..size.min(self.0.len()))?;
        self.0 = self.0.get(size..).unwrap_or_default();
        Some((name, Reader(inside)))
    }

    fn find(mut self, wanted: &[u8]) -> Option<Reader<'a>> {
        (0..MOST_BOXES).map_while(|_| self.next_box()).find(|(name, _)| *name == wanted).map(|(_, inside)| inside)
    }
}

/// The TIFF structure of the file's EXIF data, if there is one and the header, as far as it was read, says where.
pub fn exif(head: &[u8], file: &mut (impl Read + Seek)) -> Option<Vec<u8>> {
    let mut meta = Reader(head).find(b"meta")?;
    meta.version()?;
    let (offset, length) = place(meta.find(b"iloc")?, exif_item(meta.find(b"iinf")?)?)?;
    file.seek(SeekFrom::Start(offset)).ok()?;
    let mut data = Vec::new();
    file.take(length.min(PIECE)).read_to_end(&mut data).ok()?;
    // It begins with how far away the TIFF structure is.
    let skip = usize::try_from(Reader(&data).number(4)?).ok()?.checked_add(4)?;
    data.get(skip..).map(<[u8]>::to_vec)
}

/// The number of the item that holds EXIF data.
fn exif_item(mut table: Reader<'_>) -> Option<u64> {
    let version = table.version()?;
    let count = table.number(if version == 0 { 2 } else { 4 })?.min(u64::from(MOST_ITEMS));
    for _ in 0..count {
        let (name, mut entry) = table.next_box()?;
        let version = entry.version()?;
        if name != b"infe" || version < 2 {
            continue;
        }
        let item = entry.number(if version == 2 { 2 } else { 4 })?;
        entry.take(2)?;
        if entry.take(4)? == b"Exif" {
            return Some(item);
        }
    }
    None
}

/// Where an item begins in the file, and its length.
fn place(mut table: Reader<'_>, wanted: u64) -> Option<(u64, u64)> {
    let version = table.version()?;
    let sizes = usize::try_from(table.number(2)?).ok()?;
    let size = |shift: usize| (sizes >> shift) & 15;
    let (offsets, lengths, bases, indices) = (size(12), size(8), size(4), if version == 0 { 0 } else { size(0) });
    let wide = if version < 2 { 2 } else { 4 };
    let count = table.number(wide)?.min(u64::from(MOST_ITEMS));
    for _ in 0..count {
        let item = table.number(wide)?;
        let method = if version == 0 { 0 } else { table.number(2)? & 15 };
        table.take(2)?;
        let base = table.number(bases)?;
        let extents = table.number(2).filter(|extents| *extents <= MOST_EXTENTS)?;
        for extent in 0..extents {
            table.take(indices)?;
            let (offset, length) = (table.number(offsets)?, table.number(lengths)?);
            if item == wanted && extent == 0 {
                return (method == 0).then_some((base.checked_add(offset)?, length));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn boxed(name: &[u8], inside: &[u8]) -> Vec<u8> {
        let mut out = u32::try_from(inside.len() + 8).unwrap().to_be_bytes().to_vec();
        out.extend(name);
        out.extend(inside);
        out
    }

    fn file(data: &[u8]) -> Vec<u8> {
        let entry = boxed(b"infe", &[&[2, 0, 0, 0, 0, 7, 0, 0][..], b"Exif\0"].concat());
        let items = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 1][..], &entry].concat());
        let build = |offset: u32| {
            let mut places = vec![1, 0, 0, 0, 0x44, 0x00, 0, 1, 0, 7, 0, 0, 0, 0, 0, 1];
            places.extend(offset.to_be_bytes());
            places.extend(u32::try_from(data.len() + 4).unwrap().to_be_bytes());
            let meta = boxed(b"meta", &[&[0, 0, 0, 0][..], &items, &boxed(b"iloc", &places)].concat());
            [boxed(b"ftyp", b"heic\0\0\0\0"), meta].concat()
        };
        let mut out = build(u32::try_from(build(0).len()).unwrap());
        out.extend([0, 0, 0, 0]);
        out.extend(data);
        out
    }

    #[test]
    fn the_exif_item_is_found_through_the_tables() {
        let whole = file(b"II*\0rest");
        assert_eq!(exif(&whole, &mut Cursor::new(&whole)).as_deref(), Some(&b"II*\0rest"[..]));
        for end in 0..whole.len() - 12 {
            assert_eq!(exif(&whole[..end], &mut Cursor::new(&whole[..end])), None, "{end}");
        }
    }
}
