//! Finds names that are a slip or two away among many, without comparing each with each.

use std::borrow::Cow;

use crate::alike::fold;

/// The numbers of all outputs by the length of their folded name.
#[derive(Debug)]
pub struct Names {
    by_length: Vec<Vec<Named>>,
}

#[derive(Debug)]
struct Named {
    number: u32,
    length: usize,
    letters: [u8; 32],
    /// Which of them occur at all: most names are told apart by this alone.
    which: u32,
    ascii: bool,
}

impl Names {
    /// Of these, numbered as they come.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Names {
        let mut by_length: Vec<Vec<Named>> = Vec::new();
        for (name, number) in names.zip(0..) {
            // Capitals and small letters count as one below, so that names in ASCII need no copy.
            let name = if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(fold(name)) };
            if by_length.len() <= name.len() {
                by_length.resize_with(name.len() + 1, Vec::new);
            }
            let letters = tally(&name);
            if let Some(bucket) = by_length.get_mut(name.len()) {
                bucket.push(Named {
                    number,
                    length: name.len(),
                    letters,
                    which: which(&letters),
                    ascii: name.is_ascii(),
                });
            }
        }
        Names { by_length }
    }

    /// The numbers of those that may be at most `distance` slips (of letters of up to two bytes) from `name`, folded.
    pub fn resembling(&self, name: &str, distance: usize) -> impl Iterator<Item = usize> + '_ {
        let letters = tally(name);
        let which = which(&letters);
        let least = name.len().saturating_sub(2 * distance);
        let most = (name.len() + 2 * distance + 1).min(self.by_length.len());
        let near = self.by_length.get(least.min(most)..most).unwrap_or_default();
        let (length, ascii) = (name.len(), name.is_ascii());
        let may_be = move |other: &&Named| {
            let bytes = bytes_of(distance, ascii && other.ascii);
            length.abs_diff(other.length) <= bytes
                && (which ^ other.which).count_ones() as usize <= 2 * bytes
                && apart(&letters, &other.letters) <= 2 * bytes
        };
        near.iter().flatten().filter(may_be).map(|other| other.number as usize)
    }
}

/// False where the letters of two names say that they are more slips apart.
pub fn may_be_near(a: &str, b: &str, distance: usize) -> bool {
    let bytes = bytes_of(distance, a.is_ascii() && b.is_ascii());
    a.len().abs_diff(b.len()) <= bytes && apart(&tally(a), &tally(b)) <= 2 * bytes
}

/// A slip adds, drops or changes one letter, which is one byte in most names, and up to two in nearly all others.
fn bytes_of(slips: usize, ascii: bool) -> usize {
    if ascii { slips } else { 2 * slips }
}

/// How often each letter occurs.
fn tally(name: &str) -> [u8; 32] {
    let mut counts = [0u8; 32];
    for byte in name.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte & 31)) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

fn which(letters: &[u8; 32]) -> u32 {
    letters.iter().fold(0, |which, count| which << 1 | u32::from(*count > 0))
}

fn apart(a: &[u8; 32], b: &[u8; 32]) -> usize {
    // In small numbers, of which the compiler takes many at once: the sum is at most 32 × 255.
    usize::from(a.iter().zip(b).map(|(a, b)| u16::from(a.abs_diff(*b))).sum::<u16>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_near_name_is_missed() {
        let names = Names::of(["conference", "confrence", "conferences", "other"].into_iter());
        let found: Vec<usize> = names.resembling("conference", 1).collect();
        assert_eq!(found, [1, 0, 2]);
    }
}
