//! A language as two or three letters. Pages, rules and the recogniser compare languages all the time, so the name
//! of one is a small value and not a string.

use std::fmt;

/// The primary language of a BCP 47 tag (`pt-BR` is `pt`): two or three ASCII letters, lower case. That it has the
/// form of a language does not mean that it exists; see [`super::tags`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language([u8; 3]);

impl Language {
    /// English, the language that untranslated passages are nearly always in.
    pub const ENGLISH: Language = Language(*b"en\0");

    /// The primary language of a tag such as `fr`, `pt-BR`, `zh_Hant` or `EN`; withdrawn codes become the present ones.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.trim().split(['-', '_']).next()?.as_bytes();
        let mut letters = [0; 3];
        if !(2..=3).contains(&primary.len()) || !primary.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        for (to, from) in letters.iter_mut().zip(primary) {
            *to = from.to_ascii_lowercase();
        }
        Some(Language(present(letters)))
    }

    /// The code, such as `fr`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let length = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(self.0.get(..length).unwrap_or_default()).unwrap_or_default()
    }

    /// What the recogniser cannot tell apart or often mixes up: a declared language and a recognised one of the same
    /// group never contradict each other.
    #[must_use]
    pub fn group(self) -> &'static [Language] {
        GROUPS.iter().find(|group| group.contains(&self)).copied().unwrap_or_default()
    }

    /// True when the two are the same language or belong to one group.
    #[must_use]
    pub fn agrees_with(self, other: Language) -> bool {
        self == other || self.group().contains(&other)
    }

    /// Neighbours that the recogniser tells apart well on a page and badly on a line: to say that text is in the one
    /// and not in the other asks for near certainty.
    #[must_use]
    pub fn is_close_to(self, other: Language) -> bool {
        CLOSE.iter().any(|pair| pair.contains(&self) && pair.contains(&other))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Codes that were withdrawn, and codes of single languages that the world writes with the code of the whole.
fn present(letters: [u8; 3]) -> [u8; 3] {
    match &letters {
        b"iw\0" => *b"he\0",
        b"in\0" => *b"id\0",
        b"ji\0" => *b"yi\0",
        b"jw\0" => *b"jv\0",
        b"mo\0" => *b"ro\0",
        b"nb\0" => *b"no\0",
        b"fil" => *b"tl\0",
        b"cmn" => *b"zh\0",
        _ => letters,
    }
}

const fn two(code: &[u8; 2]) -> Language {
    Language([code[0], code[1], 0])
}

const fn three(code: &[u8; 3]) -> Language {
    Language(*code)
}

/// Norms of one language, and languages with their dialects as far as the model has labels for them.
static GROUPS: &[&[Language]] = &[
    &[two(b"id"), two(b"ms"), two(b"jv"), two(b"su"), three(b"min")],
    &[two(b"no"), two(b"nn"), two(b"da")],
    &[two(b"hr"), two(b"sr"), two(b"bs"), two(b"sh")],
    &[two(b"es"), two(b"gl"), two(b"an"), three(b"ast")],
    &[two(b"cs"), two(b"sk")],
    &[two(b"zh"), three(b"yue"), three(b"wuu")],
    &[two(b"ar"), three(b"arz")],
    &[two(b"fa"), three(b"mzn"), three(b"glk")],
    &[two(b"de"), three(b"als"), three(b"bar"), three(b"gsw"), three(b"nds"), three(b"pfl")],
    &[two(b"it"), three(b"lmo"), three(b"pms"), three(b"vec"), three(b"nap"), three(b"scn"), three(b"eml")],
    &[two(b"nl"), two(b"af"), two(b"li"), three(b"vls")],
    &[two(b"en"), three(b"sco")],
    &[two(b"az"), three(b"azb")],
    &[two(b"pa"), three(b"pnb")],
    &[two(b"uk"), three(b"rue")],
    &[two(b"tl"), three(b"ceb"), three(b"war"), three(b"bcl"), three(b"pam")],
];

static CLOSE: &[[Language; 2]] = &[
    [two(b"zh"), two(b"ja")],
    [two(b"pt"), two(b"es")],
    [two(b"pt"), two(b"gl")],
    [two(b"es"), two(b"ca")],
    [two(b"ru"), two(b"uk")],
    [two(b"ru"), two(b"be")],
    [two(b"uk"), two(b"be")],
    [two(b"bg"), two(b"mk")],
    [two(b"ru"), two(b"bg")],
    [two(b"hi"), two(b"mr")],
    [two(b"hi"), two(b"ne")],
    [two(b"sv"), two(b"no")],
    [two(b"sv"), two(b"da")],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_gives_its_primary_language() {
        let code = |tag| Language::from_tag(tag).map(|language| language.to_string());
        assert_eq!(code("pt-BR").as_deref(), Some("pt"));
        assert_eq!(code("zh_Hant_TW").as_deref(), Some("zh"));
        assert_eq!(code(" EN ").as_deref(), Some("en"));
        assert_eq!(code("nb-NO").as_deref(), Some("no"));
        assert_eq!(code("fil").as_deref(), Some("tl"));
        assert_eq!(code("français"), None);
        assert_eq!(code("e"), None);
        assert_eq!(code(""), None);
    }

    #[test]
    fn a_group_is_one_language_for_our_purposes() {
        let [no, da, sv] = ["no", "da", "sv"].map(|tag| Language::from_tag(tag).unwrap());
        assert!(no.agrees_with(da) && da.agrees_with(no) && sv.agrees_with(sv));
        assert!(!sv.agrees_with(no));
        assert!(sv.is_close_to(da));
    }
}
