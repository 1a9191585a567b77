//! The id of a page that was probably meant by one that it does not have.

use crate::hash::Map;

use crate::alike::fold;
use crate::language::{Language, Script, spelling};
use crate::rules::effort::Effort;
use crate::site::anchors::Anchors;

/// The ids of the pages that were asked for, ready to be compared.
pub struct NearIds<'s> {
    pages: Map<u32, Vec<Id<'s>>>,
    effort: Effort,
}

struct Id<'s> {
    id: &'s str,
    key: String,
    folded: String,
}

impl<'s> NearIds<'s> {
    /// None yet.
    pub fn new() -> NearIds<'s> {
        NearIds { pages: Map::default(), effort: Effort::new() }
    }

    /// The id that was probably meant on this page, and whether nothing else can be.
    pub fn nearest(&mut self, page: u32, anchors: &'s Anchors, wanted: &str) -> Option<(String, bool)> {
        if !self.effort.allows(anchors.known.len()) {
            return None;
        }
        let known = self.pages.entry(page).or_insert_with(|| {
            let ids = anchors.known.iter().map(|anchor| &*anchor.id);
            ids.map(|id| Id { id, key: key(id), folded: fold(id) }).collect()
        });
        let whole = || known.iter().filter(|known| !is_itself_a_slip(known.id));
        // `part.md`, `part#part`: what does not belong there stands behind the id.
        let bare = wanted.split('#').next().unwrap_or_default();
        let bare = bare.strip_suffix(".md").or_else(|| bare.strip_suffix(".html")).unwrap_or(bare);
        if bare != wanted
            && let Some(one) = whole().find(|known| known.id == bare)
        {
            return Some((one.id.to_owned(), true));
        }
        let wanted = if bare.is_empty() { wanted } else { bare };
        // GitBook spells signs of a heading out, of which other programs keep nothing.
        if wanted.contains("less-than") || wanted.contains("greater-than") {
            let signs = key(&wanted.replace("less-than", "").replace("greater-than", ""));
            let mut fitting = whole().filter(|known| !signs.is_empty() && known.key == signs);
            if let (Some(one), None) = (fitting.next(), fitting.next()) {
                return Some((one.id.to_owned(), true));
            }
        }
        let wanted_key = key(wanted);
        let same: Vec<&Id<'_>> = whole().filter(|known| known.key == wanted_key).collect();
        if let [one] = same.as_slice() {
            return Some((one.id.to_owned(), !wanted_key.is_empty()));
        }
        // GitBook writes `id-` before an id that would begin with a digit, readme.com `section-` before all.
        let numbered = || wanted.strip_prefix("id-").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(rest) = wanted.strip_prefix("section-").or_else(numbered).map(key).filter(|_| same.is_empty()) {
            let mut fitting = whole().filter(|known| !rest.is_empty() && known.key == rest);
            if let (Some(one), None) = (fitting.next(), fitting.next()) {
                return Some((one.id.to_owned(), true));
            }
        }
        let letters = wanted.chars().count();
        // Of a short word one letter makes another; the heading that begins with it is nearer.
        if letters < 6
            && let Some(id) = within(known, &fold(wanted))
        {
            return Some((id.to_owned(), false));
        }
        let allowed = if letters < 6 { 1 } else { 2 };
        let folded = fold(wanted);
        let mut best: Vec<(usize, &Id<'_>)> = whole()
            .filter(|known| known.id.len().abs_diff(wanted.len()) <= allowed * 3)
            .filter(|known| digits(known.id).eq(digits(wanted)))
            .map(|known| (strsim::damerau_levenshtein(&known.folded, &folded), known))
            .filter(|(distance, _)| *distance <= allowed)
            .collect();
        best.sort_unstable_by_key(|(distance, known)| (*distance, known.id));
        match best.as_slice() {
            [(_, one)] => Some((one.id.to_owned(), letters >= 8 && is_misspelt(&folded, &one.folded))),
            [(first, one), (second, _), ..] if first < second => Some((one.id.to_owned(), false)),
            _ => {
                let id = within(known, &folded)
                    .or_else(|| behind_number(known, &folded))
                    .or_else(|| begun(known, &folded))
                    .or_else(|| of_number(known, &folded))
                    .or_else(|| beginning(known, &folded));
                id.map(|id| (id.to_owned(), false))
            }
        }
    }
}

/// True when the two differ in signs only, as the ids that two programs give to one heading.
pub fn is_other_form(wanted: &str, id: &str) -> bool {
    key(wanted) == key(id) && fold(wanted) != fold(id)
}

/// True when the wanted id is the other one without the variation selectors of its emoji, which nobody sees and no keyboard
/// writes.
pub fn lacks_selectors(wanted: &str, id: &str) -> bool {
    const SELECTOR: char = '\u{fe0f}';
    id.contains(SELECTOR) && id.chars().filter(|c| *c != SELECTOR).eq(wanted.chars().filter(|c| *c != SELECTOR))
}

/// True for two ids that differ in signs at most.
pub fn is_same_id(one: &str, other: &str) -> bool {
    one == other || !key(other).is_empty() && key(one) == key(other)
}

/// What is left of an id when all is gone that programs treat differently.
fn key(id: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let bare = id.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    bare.filter(|c| Script::of(*c).is_some() || c.is_numeric()).flat_map(char::to_lowercase).collect()
}

/// `id=“note”`: a browser takes such marks for a part of the id, its writer did not.
fn is_itself_a_slip(id: &str) -> bool {
    id.starts_with(['“', '”', '‘', '’', '«', '"']) && id.ends_with(['“', '”', '‘', '’', '»', '"'])
}

/// True where the two differ in one word, and only that of the heading is one: an id may be misspelt itself, and `enable`
/// is as near to `disable` as a slip is.
fn is_misspelt(wanted: &str, id: &str) -> bool {
    fn words(text: &str) -> Vec<&str> {
        text.split(|c: char| !c.is_alphanumeric()).collect()
    }
    let (wanted, id) = (words(wanted), words(id));
    let mut pairs = wanted.iter().zip(&id).filter(|(wanted, id)| wanted != id);
    let (Some((wrong, right)), None, true) = (pairs.next(), pairs.next(), wanted.len() == id.len()) else {
        return false;
    };
    let is_word = |word: &str| spelling::is_word(word, Language::ENGLISH) == Some(true);
    is_word(right) && !is_word(wrong) && spelling::is_sure(wrong, right)
}

/// The one id that has the wanted words among its own: `les-outils` for `outils`.
fn within<'s>(known: &[Id<'s>], wanted: &str) -> Option<&'s str> {
    let has = |known: &&Id<'_>| {
        let id = known.folded.as_str();
        let end = |rest: &str| rest.is_empty() || rest.starts_with(['-', '_']);
        id.match_indices(wanted).any(|(at, _)| {
            let (before, after) = (id.get(..at).unwrap_or_default(), id.get(at + wanted.len()..).unwrap_or_default());
            (before.is_empty() || before.ends_with(['-', '_'])) && end(after)
        })
    };
    let found: Vec<&Id<'_>> = known.iter().filter(|known| wanted.len() >= 4 && has(known)).collect();
    let mut first = found.iter().filter(|known| known.folded.starts_with(wanted));
    match found.as_slice() {
        [one] => Some(one.id),
        // Of several the one that begins so.
        _ => first.next().filter(|_| first.next().is_none()).map(|known| known.id),
    }
}

/// The one id that is the wanted one but for the number of its heading: `七编码实现` for `编码实现`, `31-design` for `34-design`.
fn behind_number<'s>(known: &[Id<'s>], wanted: &str) -> Option<&'s str> {
    fn bare(id: &str) -> &str {
        const WORDS: [&str; 6] = ["step", "part", "chapter", "附件", "附录", "第"];
        let word = WORDS.iter().find_map(|word| id.strip_prefix(word)).unwrap_or(id);
        let number = |c: char| c.is_numeric() || "一二三四五六七八九十章节步".contains(c) || "-_.、：".contains(c);
        let rest = word.trim_start_matches(number);
        if rest.len() < word.len() { rest } else { id }
    }
    let name = bare(wanted);
    let fits = |known: &&Id<'_>| bare(&known.folded) == name;
    let mut found = known.iter().filter(|known| name.chars().count() >= 4 && fits(known));
    found.next().filter(|_| found.next().is_none()).map(|known| known.id)
}

/// The one id that begins as the wanted one does, for most of its length.
fn begun<'s>(known: &[Id<'s>], wanted: &str) -> Option<&'s str> {
    const LONG: usize = 20;
    let shared = |id: &str| id.bytes().zip(wanted.bytes()).take_while(|(own, asked)| own == asked).count();
    let fits = |known: &&Id<'_>| {
        let shared = shared(&known.folded);
        shared >= LONG && shared * 3 >= wanted.len().max(known.folded.len()) * 2
    };
    let mut found = known.iter().filter(|known| digits(known.id).eq(digits(wanted)) && fits(known));
    found.next().filter(|_| found.next().is_none()).map(|known| known.id)
}

/// The one id with that number before its words: `_4-misuse` for `4-wrong-use`.
fn of_number<'s>(known: &[Id<'s>], wanted: &str) -> Option<&'s str> {
    fn number(id: &str) -> Option<&str> {
        let id = id.trim_start_matches('_');
        let (number, words) = id.split_once('-')?;
        let fits = !number.is_empty() && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
        (fits && words.starts_with(char::is_alphabetic)).then_some(number)
    }
    let asked = number(wanted)?;
    let mut found = known.iter().filter(|known| number(&known.folded) == Some(asked));
    found.next().filter(|_| found.next().is_none()).map(|known| known.id)
}

/// The longest id that the wanted one begins with: `designing-icons` for `designing-icons---styling-guide`.
fn beginning<'s>(known: &[Id<'s>], wanted: &str) -> Option<&'s str> {
    const LONG: usize = 12;
    let fits = |known: &&Id<'_>| {
        let rest = wanted.strip_prefix(known.folded.as_str());
        known.folded.len() >= LONG && rest.is_some_and(|rest| rest.starts_with(['-', '_']))
    };
    known.iter().filter(fits).max_by_key(|known| known.folded.len()).map(|known| known.id)
}

/// What is left of a fragment without what does not belong there: a second `#` with the same behind it, the ending of a file,
/// the address of a link in the heading, as Docusaurus 1 had it in its ids.
pub fn without_slips<'w>(anchors: &Anchors, wanted: &'w str) -> Option<&'w str> {
    let has = |id: &str| anchors.known.iter().any(|anchor| &*anchor.id == id);
    if let Some((first, second)) = wanted.split_once('#') {
        return match (has(first), has(second)) {
            _ if first == second => Some(first),
            (true, false) => Some(first),
            // Whoever puts a second place behind the first means that one.
            (_, true) => Some(second),
            _ => None,
        };
    }
    let ending = [".md", ".mdx", ".html", ".htm"].iter().find_map(|ending| wanted.strip_suffix(ending));
    let before_address =
        ["-https-", "-http-"].iter().find_map(|scheme| wanted.split_once(scheme)).map(|(before, _)| before);
    ending.or(before_address.filter(|id| has(id))).filter(|rest| !rest.is_empty())
}

fn digits(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.bytes().filter(u8::is_ascii_digit)
}
