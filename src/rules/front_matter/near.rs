//! What was probably meant by a name that a list does not have.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::finding::{Fix, Safety};
use crate::generators::Registry;
use crate::rules::rule::Reporter;
use crate::site::Site;
use crate::site::facts::{PageFacts, Scalar};

/// A name without what is no part of its meaning: case, accents, blanks, hyphens, underscores and dots between letters
/// (`fec.gov` and `fec-gov`, not `2.0` and `20`). Never plurals.
pub fn folded(name: &str) -> String {
    if name.is_ascii() && !name.contains('.') {
        let kept = name.bytes().filter(|b| !(b.is_ascii_whitespace() || matches!(b, 0x0b | b'-' | b'_')));
        let mut folded = String::with_capacity(name.len());
        folded.extend(kept.map(|b| char::from(b.to_ascii_lowercase())));
        return folded;
    }
    // `й` is no `и` with an accent, and `バ` no `ハ`: each is a letter.
    if name.contains(['й', 'Й']) {
        return name.to_lowercase().split('й').map(folded).collect::<Vec<_>>().join("й");
    }
    let is_mark = |c: char| is_combining_mark(c) && !matches!(c, '\u{3099}' | '\u{309a}');
    let bare = name.nfkd().filter(|c| !is_mark(*c) && !c.is_whitespace() && !matches!(c, '-' | '_'));
    let lower: String = bare.flat_map(char::to_lowercase).collect();
    if !lower.contains('.') {
        return lower;
    }
    let mut before = ' ';
    let mut rest = lower.chars().peekable();
    let mut out = String::with_capacity(lower.len());
    while let Some(c) = rest.next() {
        let inside = c == '.' && before.is_alphabetic() && rest.peek().is_some_and(|next| next.is_alphabetic());
        if !inside {
            out.push(c);
        }
        before = c;
    }
    out
}

/// The names of a list that a writer may have meant.
pub fn candidates<'a>(registry: &'a Registry, written: &str) -> Vec<&'a str> {
    let wanted = folded(written);
    let known = || registry.names.iter().map(String::as_str);
    let same: Vec<&str> = known().filter(|name| folded(name) == wanted).collect();
    // In short names one letter makes another name.
    if !same.is_empty() || wanted.chars().count() < 5 {
        return same;
    }
    known().filter(|name| strsim::damerau_levenshtein(&folded(name), &wanted) == 1).collect()
}

/// A value that the list does not have.
pub struct Unknown<'a> {
    /// The page that names it.
    pub page: &'a PageFacts,
    /// The value.
    pub scalar: &'a Scalar,
    /// What may have been meant.
    pub candidates: Vec<&'a str>,
}

/// The values that a list does not have. Where the list holds ids, a full name (`Ada Lovelace`) is a guest who has none.
/// Where many values have no likeness to anything in the list, it is not the one that the site asks, and only slips are
/// reported.
pub fn unknown<'a>(
    site: &'a Site,
    registry: &'a Registry,
    values: impl Fn(&'a PageFacts) -> Vec<&'a Scalar>,
) -> Vec<Unknown<'a>> {
    let mut uses = 0;
    let of_ids = registry.names.iter().all(|name| is_id(name));
    let mut unknown: Vec<Unknown<'_>> = Vec::new();
    for page in site.pages.iter().filter(|page| page.checked && page.front.as_ref().is_some_and(|front| front.sound)) {
        for scalar in values(page) {
            let guest = of_ids && !is_id(scalar.text.trim());
            uses += usize::from(!guest);
            let lacks =
                |names: &[String]| names.binary_search_by(|name| name.as_str().cmp(scalar.text.trim())).is_err();
            if lacks(&registry.names) && lacks(&registry.also) {
                let one = Unknown { page, scalar, candidates: candidates(registry, &scalar.text) };
                if !guest || !one.candidates.is_empty() {
                    unknown.push(one);
                }
            }
        }
    }
    let mut strange: Vec<&str> =
        unknown.iter().filter(|one| one.candidates.is_empty()).map(|one| &*one.scalar.text).collect();
    let places = strange.len();
    strange.sort_unstable();
    strange.dedup();
    if strange.len() > 1 && places * 10 > uses {
        unknown.retain(|one| !one.candidates.is_empty());
    }
    unknown
}

/// True for a slip that is certain. Short names are often one letter apart, and `andre` is not `andrew` cut short, nor
/// `alanb` one letter too much, nor `events` the layout `event`: those may be two.
pub fn is_slip(written: &str, name: &str) -> bool {
    let (written, name) = (folded(written), folded(name));
    let one_begins_the_other = written.starts_with(&name) || name.starts_with(&written);
    written == name || written.chars().count() >= 6 && !one_begins_the_other
}

/// True for what is written as an id: one word without capitals.
fn is_id(name: &str) -> bool {
    !name.contains(|c: char| c.is_whitespace() || c.is_uppercase())
}

/// The finding about one of them; `sure`: whether the value is certainly a slip for the one name that is like it.
pub fn report(
    one: &Unknown<'_>,
    registry: &Registry,
    message: String,
    sure: impl Fn(&str, &str) -> bool,
    report: &mut Reporter<'_>,
) {
    let help = match one.candidates.as_slice() {
        [] => format!("name one that is in {}, or add it there", registry.from),
        [name] => format!("did you mean `{name}`?"),
        several => format!("did you mean one of these: `{}`?", several.join("`, `")),
    };
    let sure = |name: &&str| sure(one.scalar.text.trim(), name);
    let certain = one.candidates.len() == 1 && one.candidates.first().is_some_and(sure);
    let safety = if certain { Safety::Safe } else { Safety::Manual };
    let mut draft = report.at(&one.page.file, one.scalar.span, message).help(help);
    for name in &one.candidates {
        let text = one.page.front.as_ref().and_then(|front| front.rewrite(one.scalar, name));
        draft = draft.maybe_fix(
            text.map(|text| Fix::replace(format!("write `{name}`"), safety, &one.page.file, one.scalar.span, text)),
        );
    }
    draft.done();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_slug_or_one_letter() {
        let names = ["amelia-wong", "amina", "lauren-frohlich", "rene"].map(str::to_owned).to_vec();
        let registry = Registry::new("", names);
        assert_eq!(candidates(&registry, "Amelia Wong"), ["amelia-wong"]);
        assert_eq!(candidates(&registry, "René"), ["rene"]);
        assert_eq!(candidates(&registry, "lauren-frohlch"), ["lauren-frohlich"]);
        assert!(candidates(&registry, "anna").is_empty());
        assert_eq!(folded("FEC.gov"), folded("fec-gov"));
        assert_ne!(folded("v2.0"), folded("v20"));
    }
}
