//! Whether EXIF data say where a picture was taken: the smallest part of TIFF that answers this, and no more.

/// The tag of the directory that holds the place.
const GPS: u16 = 0x8825;
const LATITUDE: u16 = 2;
const LONGITUDE: u16 = 4;
/// Entries of a directory that are looked at; real ones have dozens.
const MOST: u16 = 512;

/// A TIFF structure in either byte order. Offsets count from its start.
#[derive(Clone, Copy)]
struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

/// True when the TIFF structure (what follows `Exif\0\0`) has a latitude and a longitude that are filled in: cameras
/// without a fix write zeros.
pub fn has_place(tiff: &[u8]) -> bool {
    place(tiff).unwrap_or(false)
}

fn place(bytes: &[u8]) -> Option<bool> {
    let little = match bytes.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let tiff = Tiff { bytes, little };
    let (_, gps) = tiff.entry(tiff.u32(4)?, GPS)?;
    let gps = tiff.u32(gps)?;
    let (latitude, longitude) = (tiff.degrees(gps, LATITUDE)?, tiff.degrees(gps, LONGITUDE)?);
    Some(latitude || longitude)
}

impl Tiff<'_> {
    fn u16(self, at: u32) -> Option<u16> {
        let bytes = self.bytes.get(at as usize..)?.first_chunk()?;
        Some(if self.little { u16::from_le_bytes(*bytes) } else { u16::from_be_bytes(*bytes) })
    }

    fn u32(self, at: u32) -> Option<u32> {
        let bytes = self.bytes.get(at as usize..)?.first_chunk()?;
        Some(if self.little { u32::from_le_bytes(*bytes) } else { u32::from_be_bytes(*bytes) })
    }

    /// The type of an entry of the directory, and where its value (or the value's offset) stands.
    fn entry(self, directory: u32, tag: u16) -> Option<(u16, u32)> {
        let count = u32::from(self.u16(directory)?.min(MOST));
        let mut entries = (0..count).map_while(|number| directory.checked_add(2 + 12 * number));
        let at = entries.find(|at| self.u16(*at) == Some(tag))?;
        Some((self.u16(at.checked_add(2)?)?, at.checked_add(8)?))
    }

    /// True for degrees, minutes, seconds that are numbers and not all zero; false for three zeros.
    fn degrees(self, directory: u32, tag: u16) -> Option<bool> {
        let (kind, value) = self.entry(directory, tag)?;
        if !matches!(kind, 5 | 10) {
            return None;
        }
        let at = self.u32(value)?;
        let mut filled = false;
        for part in 0..3 {
            let above = self.u32(at.checked_add(8 * part)?)?;
            let below = self.u32(at.checked_add(8 * part + 4)?)?;
            // Degrees must be a number; absent minutes and seconds are written as 0/0.
            if below == 0 && part == 0 {
                return None;
            }
            filled |= above != 0 && below != 0;
        }
        Some(filled)
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// EXIF data with this latitude and longitude in whole degrees.
    pub fn exif(little: bool, latitude: u32, longitude: u32) -> Vec<u8> {
        let mut out: Vec<u8> = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        let long = |out: &mut Vec<u8>, n: u32| out.extend(if little { n.to_le_bytes() } else { n.to_be_bytes() });
        let short = |out: &mut Vec<u8>, n: u16| out.extend(if little { n.to_le_bytes() } else { n.to_be_bytes() });
        let entry = |out: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: u32| {
            short(out, tag);
            short(out, kind);
            long(out, count);
            long(out, value);
        };
        long(&mut out, 8);
        short(&mut out, 1);
        entry(&mut out, GPS, 4, 1, 26);
        long(&mut out, 0);
        short(&mut out, 2);
        entry(&mut out, LATITUDE, 5, 3, 56);
        entry(&mut out, LONGITUDE, 5, 3, 80);
        long(&mut out, 0);
        for degrees in [latitude, longitude] {
            for number in [degrees, 1, 0, 0, 0, 0] {
                long(&mut out, number);
            }
        }
        out
    }

    #[test]
    fn a_place_is_found_in_both_byte_orders() {
        assert!(has_place(&exif(true, 48, 2)) && has_place(&exif(false, 48, 2)));
        assert!(!has_place(&exif(true, 0, 0)));
    }

    #[test]
    fn whatever_is_cut_off_or_wrong_is_no_place() {
        let whole = exif(true, 48, 2);
        for end in 0..whole.len() - 20 {
            assert!(!has_place(&whole[..end]), "{end}");
        }
        let mut loops = whole.clone();
        loops[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(!has_place(&loops));
    }
}
