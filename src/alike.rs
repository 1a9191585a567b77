//! Finds names that differ only in letter case or Unicode form, without a copy of any of them.
//!
//! Of each name only a mark is kept. Who asks compares, since others may have the same mark; what has another mark is
//! certainly another name.

use unicode_normalization::UnicodeNormalization;

use crate::hash;

/// Names by the mark of their folded form.
#[derive(Debug, Default)]
pub struct Alike {
    /// Mark and number of each name, sorted.
    marks: Vec<(u64, u32)>,
}

impl Alike {
    /// Of these names, numbered as they come.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Alike {
        Alike::of_marks(names.zip(0..).map(|(name, number)| (mark(name), number)).collect())
    }

    /// Of names by marks of the caller's own making (see [`hash::mark`]), each with its number.
    #[must_use]
    pub fn of_marks(mut marks: Vec<(u64, u32)>) -> Alike {
        marks.sort_unstable();
        Alike { marks }
    }

    /// The numbers of all names that may be alike to this one, rising.
    pub fn candidates(&self, name: &str) -> impl Iterator<Item = usize> + '_ {
        self.marked(mark(name))
    }

    /// The numbers of all names of this mark, rising.
    pub fn marked(&self, wanted: u64) -> impl Iterator<Item = usize> + '_ {
        let first = self.marks.partition_point(|(mark, _)| *mark < wanted);
        let rest = self.marks.get(first..).unwrap_or_default();
        rest.iter().take_while(move |(mark, _)| *mark == wanted).map(|(_, number)| *number as usize)
    }
}

/// The key under which names compare equal that differ only in letter case or Unicode form.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfc().flat_map(char::to_lowercase).nfc().collect() }
}

/// True for names that differ at most in letter case or Unicode form.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(other),
        false => fold(one) == fold(other),
    }
}

/// Letters and digits, without accents, signs and the end of a plural.
#[must_use]
pub fn letters(name: &str) -> String {
    let mut letters = Vec::with_capacity(name.len());
    letters_into(name, &mut letters);
    String::from_utf8(letters).unwrap_or_default()
}

/// Writes the [`letters`] of a name behind what is in `out`, for who asks for many.
pub fn letters_into(name: &str, out: &mut Vec<u8>) {
    let start = out.len();
    if name.is_ascii() {
        out.extend(name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()));
    } else {
        for letter in name.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
            out.extend(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    let added = out.get(start..).unwrap_or_default();
    if added.ends_with(b"s") && added.is_ascii() {
        out.pop();
    }
}

/// The hash of the folded form.
fn mark(name: &str) -> u64 {
    // Most names fit here and are made small without a copy on the heap.
    let mut room = [0u8; 128];
    match room.get_mut(..name.len()).filter(|_| name.is_ascii()) {
        Some(small) => {
            small.copy_from_slice(name.as_bytes());
            small.make_ascii_lowercase();
            hash::mark(small)
        }
        None => hash::mark(fold(name).as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_unicode_form_do_not_count() {
        let names = ["a/b.png", "A/B.PNG", "Caf\u{e9}", "\u{212a}elvin", "other"];
        let alike = Alike::of(names.into_iter());
        let found = |name: &str| {
            let candidates = alike.candidates(name).filter_map(|at| names.get(at).copied());
            candidates.filter(|other| same(name, other)).collect::<Vec<_>>()
        };
        assert_eq!(found("a/B.png"), ["a/b.png", "A/B.PNG"]);
        assert_eq!(found("CAFE\u{301}"), ["Caf\u{e9}"]);
        assert_eq!(found("kelvin"), ["\u{212a}elvin"]);
        assert!(found("b.png").is_empty());
    }
}
