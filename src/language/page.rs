//! The verdict on a page is the sum of the verdicts on its paragraphs: a native introduction before an English body
//! would fool any look at the first lines.

use super::Language;
use super::judge::{Expected, Scratch, Verdict, Why, first_characters, judge_paragraph};
use super::scripts;

/// So much of a page without long paragraphs is looked at.
const SAMPLE: usize = 400;

/// Collects the verdicts on the paragraphs of one page.
#[derive(Debug, Clone, Default)]
pub struct PageVerdict {
    judged: usize,
    unjudged: usize,
    foreign: Vec<(Language, usize)>,
    paragraphs: usize,
    /// Signs of the expected language's own script, where that writes without blanks.
    native: usize,
    /// The first paragraph that could be judged is in the expected language.
    begins_as_expected: bool,
}

/// So many signs of a script without blanks are sentences, not a name.
const NATIVE: usize = 16;
/// A sign of such a script says as much as so many letters.
const DENSE: usize = 3;

impl PageVerdict {
    /// Says how many signs of its own script, one without blanks, the page has in prose and headings.
    pub fn set_native(&mut self, native: usize) {
        self.native = native;
    }

    /// True where the page speaks in its own script between what it quotes in another: a log, a manual, a table of options.
    fn speaks_natively(&self, language: Language) -> bool {
        let foreign_has_blanks = !scripts(language).iter().any(|script| script.has_no_blanks());
        foreign_has_blanks && self.native >= NATIVE && self.native * DENSE * 16 >= self.flagged()
    }

    /// Takes in the verdict on a paragraph of so many characters; short paragraphs too.
    pub fn add(&mut self, verdict: Verdict, characters: usize) {
        match verdict {
            Verdict::NotJudged(Why::Short | Why::NotProse | Why::UnknownLanguage) => {
                self.unjudged += characters;
                return;
            }
            Verdict::NotJudged(Why::Undecided) => {}
            Verdict::Expected => self.begins_as_expected |= self.paragraphs == 0,
            Verdict::Foreign { language, .. } => match self.foreign.iter_mut().find(|(known, _)| *known == language) {
                Some((_, flagged)) => *flagged += characters,
                None => self.foreign.push((language, characters)),
            },
        }
        self.judged += characters;
        self.paragraphs += 1;
    }

    /// For a page without any paragraph of [`super::MIN_CHARACTERS`]: judges the beginning of its prose, all paragraphs
    /// joined (with a blank between them).
    pub fn add_joined<'a>(
        &mut self,
        expected: &Expected,
        prose: impl Iterator<Item = &'a str> + Clone,
        scratch: &mut Scratch,
    ) {
        if self.paragraphs == 0 {
            let verdict = judge_paragraph(expected, first_characters(prose, SAMPLE), scratch);
            self.add(verdict, self.unjudged.max(1));
        }
    }

    /// Characters of paragraphs that could be judged.
    #[must_use]
    pub fn judged(&self) -> usize {
        self.judged
    }

    /// True where all that could be judged is one paragraph of so few characters: a slogan, a name with what it says of itself.
    #[must_use]
    pub fn is_one_sentence(&self) -> bool {
        const SENTENCE: usize = 240;
        self.paragraphs < 2 && self.judged < SENTENCE
    }

    /// True where the page begins in the expected language, and not only with a word of excuse: the rest is quoted, or still
    /// to be translated.
    #[must_use]
    pub fn begins_as_expected(&self) -> bool {
        const SHARE: usize = 4;
        self.begins_as_expected && (self.judged - self.flagged()) * SHARE >= self.judged
    }

    /// Characters of paragraphs in other languages.
    #[must_use]
    pub fn flagged(&self) -> usize {
        self.foreign.iter().map(|(_, flagged)| flagged).sum()
    }

    /// The language of the page, if at least half of what could be judged, and a third of all its prose, is in others
    /// than the expected one: the one with the most text. (One long error message between short native lines does not
    /// make a foreign page.)
    #[must_use]
    pub fn foreign(&self) -> Option<Language> {
        let flagged = self.flagged();
        if flagged == 0 || 2 * flagged < self.judged || 3 * flagged < self.judged + self.unjudged {
            return None;
        }
        // At equal shares the one that came first.
        let most = self.foreign.iter().rev().max_by_key(|(_, flagged)| *flagged);
        most.map(|(language, _)| *language).filter(|language| !self.speaks_natively(*language))
    }

    /// True when nothing that follows can change that the page is foreign, and clearly so; `characters` is the length of
    /// all its prose. The rest of the page need not be judged then.
    #[must_use]
    pub fn is_known_foreign(&self, characters: usize) -> bool {
        5 * self.flagged() > 3 * characters
    }

    /// True when nothing that follows can make the page foreign any more; `left` is the length of the prose that was not
    /// looked at, in bytes (no character weighs more than its bytes). Most pages need no more than half a reading.
    #[must_use]
    pub fn is_known_native(&self, left: usize) -> bool {
        2 * self.flagged() + left < self.judged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTHS: [usize; 5] = [60, 90, 150, 400, 1200];

    /// The verdicts on one of the 243 pages of five paragraphs that are native, foreign or no prose.
    fn verdicts(number: usize) -> impl Iterator<Item = (Verdict, usize)> {
        let english = Language::from_tag("en").expect("a language");
        (0..5).map(move |place| {
            let verdict = match number / 3_usize.pow(place as u32) % 3 {
                0 => Verdict::Expected,
                1 => Verdict::Foreign { language: english, probability: 0.9 },
                _ => Verdict::NotJudged(Why::NotProse),
            };
            (verdict, LENGTHS[(place + number) % 5])
        })
    }

    #[test]
    fn a_page_known_to_be_native_stays_so_to_its_end() {
        let mut stopped = 0;
        for number in 0..3_usize.pow(5) {
            let mut page = PageVerdict::default();
            let mut left: usize = verdicts(number).map(|(_, length)| length).sum();
            let mut known = false;
            for (verdict, length) in verdicts(number) {
                left -= length;
                page.add(verdict, length);
                known |= page.is_known_native(left);
            }
            stopped += usize::from(known);
            assert!(!known || page.foreign().is_none(), "{number}");
            assert_eq!(known, page.judged() > 2 * page.flagged(), "{number}");
        }
        assert!(stopped > 50, "{stopped}");
    }
}
