//! Words of titles, descriptions and alternative texts that a list of misspellings or of names knows: found while the
//! text is in memory, so that each has its place however the value is quoted or folded.

use crate::language::Language;
use crate::language::spelling::{self, words};
use crate::page::links::{Label, Link, LinkKind, Origin};
use crate::site::facts::{Front, Key, Value};
use crate::site::slip::{Company, Slip, SlipKind, SlipPlace};
use crate::source::Span;

/// Keys whose values readers read, without `-`, `_` and capitals.
const TEXTS: [&str; 27] = [
    "abstract",
    "alt",
    "alttext",
    "caption",
    "description",
    "excerpt",
    "headline",
    "imagealt",
    "imagecaption",
    "intro",
    "introduction",
    "lead",
    "lede",
    "linktitle",
    "metadescription",
    "metatitle",
    "ogdescription",
    "ogtitle",
    "pagetitle",
    "seodescription",
    "seotitle",
    "shorttitle",
    "subtitle",
    "summary",
    "tagline",
    "teaser",
    "title",
];

/// All of a page, in the order of the file.
pub fn of(text: &str, front: Option<&Front>, links: &[Link]) -> Vec<Slip> {
    let mut slips = Vec::new();
    if let Some(front) = front.filter(|front| front.sound && !is_clipping(front)) {
        front.keys.iter().for_each(|key| of_key(text, key, &mut slips));
    }
    let mut before = Span::FILE;
    for link in links.iter().filter(|link| link.kind == LinkKind::Image) {
        // An image with a `srcset` is several links with one label.
        let Label::Text(span) = link.label else { continue };
        // `![[picture.png]]` has no words of its own, only the file's name.
        let is_name = link.origin == Origin::WikiLink && span.of(text).trim() == link.destination.trim();
        if span != before && !is_name {
            typos(text, span, &SlipPlace::Alt, &mut slips);
        }
        before = span;
    }
    slips
}

fn of_key(text: &str, key: &Key, slips: &mut Vec<Slip>) {
    match &key.value {
        // What has an address of its own somewhere else is called as it calls itself.
        Value::Map(keys) if keys.iter().any(leads_elsewhere) => {}
        Value::Map(keys) => keys.iter().for_each(|key| of_key(text, key, slips)),
        Value::Scalar(scalar) if is_text(&key.name) => {
            let place = SlipPlace::Front(key.name.clone(), scalar.style);
            typos(text, scalar.span, &place, slips);
            names(text, scalar.span, &place, slips);
        }
        _ => {}
    }
}

/// True for somebody else's article that a program has put into a vault: its words are quoted.
fn is_clipping(front: &Front) -> bool {
    let is_web = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    let from = front.get("source").and_then(Key::text).is_some_and(is_web);
    let named = |key: &str| {
        let scalars = front.get(key).into_iter().flat_map(Key::scalars);
        scalars.flat_map(|scalar| scalar.text.split([',', ' '])).any(|word| {
            let word = word.trim_start_matches('#').to_ascii_lowercase();
            word == "clipping" || word == "clippings"
        })
    };
    from && ["tags", "tag", "type", "category", "categories"].iter().any(|key| named(key))
}

/// True for `url: https://…`.
fn leads_elsewhere(key: &Key) -> bool {
    matches!(&key.value, Value::Scalar(scalar) if scalar.text.starts_with("https://") || scalar.text.starts_with("http://"))
}

/// True for keys whose values readers read.
fn is_text(key: &str) -> bool {
    let letters = || key.bytes().filter(|b| !matches!(b, b'-' | b'_')).map(|b| b.to_ascii_lowercase());
    TEXTS.binary_search_by(|known| known.bytes().cmp(letters())).is_ok()
}

fn typos(text: &str, span: Span, place: &SlipPlace, slips: &mut Vec<Slip>) {
    let source = span.of(text);
    if !spelling::may_hold_typo(source) {
        return;
    }
    for (at, word) in words::words(source) {
        if let Some(typo) = spelling::typo(word)
            && !words::is_made(source)
            && !is_filler(source)
            && !(*place == SlipPlace::Alt && is_name(source, at, word))
            && (is_title(place) || !is_capital_in_a_sentence(source, at, word))
            && !is_cut(source, at, word, typo.correction)
            && !is_part_of_a_word(source, at, word)
            && !is_identifier(text, word)
        {
            let joined = has_hyphen_beside(source, at, word);
            let coined = joined || is_capital_in_a_sentence(source, at, word) || is_in_body(text, span, place, word);
            slips.push(Slip {
                company: company(source, word),
                coined,
                ..slip(span, at, word, place, SlipKind::Typo(typo))
            });
        }
    }
}

/// True for the Latin that fills a layout until the real text comes: two of its words that no other text has.
fn is_filler(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "adipiscing",
        "aenean",
        "aliquam",
        "aliquet",
        "consectetur",
        "curabitur",
        "dolor",
        "eget",
        "elit",
        "faucibus",
        "fringilla",
        "ipsum",
        "lorem",
        "maecenas",
        "malesuada",
        "metus",
        "nulla",
        "phasellus",
        "praesent",
        "pulvinar",
        "suspendisse",
        "tellus",
        "ullamcorper",
        "vestibulum",
    ];
    let small = text.to_ascii_lowercase();
    let words = small.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| WORDS.binary_search(word).is_ok());
    words.take(2).count() == 2
}

/// What the other words of the text are.
fn company(source: &str, word: &str) -> Company {
    let long = |other: &&str| *other != word && other.chars().count() >= 4;
    let (mut all, mut english) = (0, 0);
    for other in words::words(source).map(|(_, other)| other).filter(long) {
        all += 1;
        english += usize::from(spelling::is_word(other, Language::ENGLISH) == Some(true));
    }
    // `Vad är Persistens?`: too short to be counted, and no English.
    let strange = |other: &str| other != word && other.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    match all {
        0 if source.split(|c: char| !c.is_alphanumeric()).any(strange) => Company::Strangers,
        _ if english * 2 >= all => Company::English,
        1 => Company::Stranger,
        _ => Company::Strangers,
    }
}

/// `Pro-Choicers`, `treee-wait`: a word put together, or broken off, that no list has.
fn has_hyphen_beside(source: &str, at: usize, word: &str) -> bool {
    let before = source.get(..at).is_some_and(|before| before.ends_with('-'));
    before || source.get(at + word.len()..).is_some_and(|after| after.starts_with('-'))
}

/// A capital, and after it another or nothing: what the picture shows is called so (`Shure Beta 57A on a desk`, `Wes Holliday #7`).
fn is_name(source: &str, at: usize, word: &str) -> bool {
    let next = source.get(at + word.len()..).and_then(|rest| rest.split_whitespace().next());
    word.starts_with(char::is_uppercase) && next.is_none_or(|next| !next.starts_with(char::is_lowercase))
}

/// True for the beginning of a word: a text that was cut at a length (`an outdated descriptio...`), or a blank that got into
/// a word (`increas ed`).
fn is_cut(source: &str, at: usize, word: &str, correction: &str) -> bool {
    const ENDINGS: [&str; 10] = ["d", "ed", "er", "es", "ing", "ion", "ly", "ment", "s", "tion"];
    let rest = source.get(at + word.len()..).unwrap_or_default();
    let ends = rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let begins = correction.starts_with(&word.to_lowercase());
    let next = rest.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    rest.starts_with("...")
        || rest.starts_with('…')
        || begins && ends && !rest.contains('.')
        || next.is_some_and(|next| ENDINGS.contains(&next))
}

/// True for a part of a word that somebody took apart: `Ignor-ance is bliss`.
fn is_part_of_a_word(source: &str, at: usize, word: &str) -> bool {
    let outside = |c: char| !(c.is_alphanumeric() || c == '-');
    let begun = source.get(..at).and_then(|before| before.rsplit(outside).next()).unwrap_or_default();
    let whole = source.get(at - begun.len()..).and_then(|rest| rest.split(outside).next()).unwrap_or_default();
    let whole = whole.trim_matches('-');
    whole.len() > word.len() && spelling::is_word(&whole.replace('-', ""), Language::ENGLISH) == Some(true)
}

/// True for a text in which any word may have a capital.
fn is_title(place: &SlipPlace) -> bool {
    matches!(place, SlipPlace::Front(name, _) if name.to_ascii_lowercase().contains("title") || &**name == "headline")
}

/// A capital within a sentence, where not all words have one, begins a name: `a post with Wesley Holliday`.
fn is_capital_in_a_sentence(source: &str, at: usize, word: &str) -> bool {
    const LONG: usize = 5;
    let before = source.get(..at).unwrap_or_default().trim_end();
    let begins = before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric() && c != ',');
    let small = |other: &str| other.len() >= LONG && other.starts_with(char::is_lowercase);
    word.starts_with(char::is_uppercase)
        && word.chars().skip(1).all(char::is_lowercase)
        && !begins
        && words::words(source).any(|(_, other)| small(other))
}

/// True for a word of the front matter that the body uses, too: whoever writes it twice may well mean it (`counterfact`).
fn is_in_body(text: &str, span: Span, place: &SlipPlace, word: &str) -> bool {
    if *place == SlipPlace::Alt {
        return false;
    }
    let rest = text.get(span.end as usize..).unwrap_or_default();
    let body = ["\n---", "\n+++"].iter().find_map(|end| rest.split_once(end)).map_or(rest, |(_, body)| body);
    words::words(body).any(|(_, other)| other.eq_ignore_ascii_case(word))
}

/// True when the page has the word in code, an address or a file's name somewhere, too: it is what a thing is called,
/// like the package `vegtable`.
fn is_identifier(text: &str, word: &str) -> bool {
    let inside = |c: char| matches!(c, '`' | '_' | '/' | '@');
    let small = text.to_ascii_lowercase();
    small.match_indices(&word.to_ascii_lowercase()).any(|(at, found)| {
        let before = small.get(..at).and_then(|before| before.chars().next_back());
        let mut after = small.get(at + found.len()..).unwrap_or_default().chars();
        let (next, then) = (after.next(), after.next());
        let whole = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        let host = next == Some('.') && then.is_some_and(char::is_alphanumeric);
        whole(before) && whole(next) && (before.is_some_and(inside) || next.is_some_and(inside) || host)
    })
}

fn names(text: &str, span: Span, place: &SlipPlace, slips: &mut Vec<Slip>) {
    let source = span.of(text);
    if !spelling::may_hold_name(source) {
        return;
    }
    for (at, word) in words::possible_names(source) {
        if let Some(name) = spelling::name(word)
            && !words::is_made(source)
            && has_capitals_of_its_own(source, at, word)
            && !(is_small(word) && source.contains(&*name.name))
            && !is_another_thing(word)
            && !is_before_x(source, at, word)
            && !is_command(source, at, word)
            && !is_of_code(text, word, &name.name)
        {
            slips.push(slip(span, at, word, place, SlipKind::Name(name)));
        }
    }
}

/// False for a word in small letters in a text that has no capital: all of it is so on purpose. A word whose first letter is
/// large lacks its others in any style.
fn has_capitals_of_its_own(source: &str, at: usize, word: &str) -> bool {
    if word.starts_with(char::is_uppercase) {
        return true;
    }
    let rest = [source.get(..at), source.get(at + word.len()..)];
    rest.into_iter().flatten().any(|part| part.contains(char::is_uppercase))
}

/// True for what is called so itself: `ReAct` is a way to build agents, `React` a library.
fn is_another_thing(word: &str) -> bool {
    matches!(word, "ReAct")
}

/// `MacOS X`, `MacOS 9`, `MacOS 10.4`: until 10.12 that system was called Mac OS or OS X, and never macOS.
fn is_before_x(source: &str, at: usize, word: &str) -> bool {
    const FIRST: (u32, u32) = (10, 12);
    let rest = || source.get(at + word.len()..).unwrap_or_default().trim_start();
    let is_x = |rest: &str| rest.strip_prefix('X').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let version = |rest: &str| {
        let mut numbers = rest.split(|c: char| !(c.is_ascii_digit() || c == '.')).next()?.split('.');
        let major = numbers.next()?.parse::<u32>().ok()?;
        Some((major, numbers.next().and_then(|minor| minor.parse().ok()).unwrap_or(FIRST.1)))
    };
    let is_classic = |rest: &str| rest.starts_with("Classic");
    word.eq_ignore_ascii_case("macos")
        && (is_x(rest()) || is_classic(rest()) || version(rest()).is_some_and(|version| version < FIRST))
}

/// `mysql -X`, `the mysql command`, `youtube-dl`: the name of a program, which is typed in small letters.
fn is_command(source: &str, at: usize, word: &str) -> bool {
    let rest = source.get(at + word.len()..).unwrap_or_default();
    let option = rest.trim_start_matches(' ').trim_start_matches('-');
    let has_option = rest.starts_with(" -") && option.starts_with(|c: char| c.is_ascii_alphanumeric());
    let is_called = [" command", " client", " CLI"].iter().any(|called| rest.starts_with(called));
    // Joined to what is no word: the whole is the name.
    let second =
        rest.strip_prefix('-').map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
    let joined = second.is_some_and(|second| {
        let small = !second.is_empty() && second.chars().all(|c| c.is_lowercase());
        small && spelling::is_word(second, Language::ENGLISH) != Some(true)
    });
    is_small(word) && (has_option || is_called || joined)
}

/// True where the page's own code has the word as a class or a part of one: `Http` of `import { Http } from …` or
/// `HttpKernel` is no slip for `HTTP`. A name that is no acronym must stand there alone.
fn is_of_code(text: &str, word: &str, name: &str) -> bool {
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase()) && word.contains(|c: char| c.is_ascii_lowercase());
    let acronym = !name.contains(|c: char| c.is_lowercase());
    capital
        && memchr::memmem::find_iter(text.as_bytes(), word.as_bytes()).any(|at| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + word.len()..).unwrap_or_default();
            let last = before.chars().next_back();
            let next = after.chars().next();
            let begins = !last.is_some_and(|c| c.is_alphanumeric() || c == '_');
            let begun = last.is_some_and(|c| c.is_ascii_lowercase());
            let joined = acronym && (begins || begun) && next.is_some_and(|c| c.is_ascii_uppercase());
            let alone = begins && !next.is_some_and(|c| c.is_alphanumeric());
            let in_code = before.ends_with('`') && after.starts_with('`')
                || before.trim_end_matches(' ').ends_with('{') && after.trim_start_matches(' ').starts_with(['}', ','])
                || after.starts_with("::")
                || before.ends_with("new ") && after.starts_with('(');
            joined || alone && in_code
        })
}

/// A name in small letters beside the same name as it should be is that of a command or a file.
fn is_small(word: &str) -> bool {
    !word.contains(char::is_uppercase)
}

fn slip(span: Span, at: usize, word: &str, place: &SlipPlace, kind: SlipKind) -> Slip {
    let start = span.start as usize + at;
    Slip {
        span: Span::new(start, start + word.len()),
        word: word.into(),
        company: Company::English,
        coined: false,
        place: place.clone(),
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_however_they_are_written() {
        assert!(TEXTS.is_sorted());
        assert!(is_filler("Nullam quis risus eget urna mollis ornare vel eu elit.") && !is_filler("Nulla osta"));
        assert!(is_part_of_a_word("Ignor-ance is bliss", 0, "Ignor"));
        assert!(!is_part_of_a_word("The goverment-led plan", 4, "goverment"));
        for key in ["title", "linkTitle", "meta_description", "meta-description"] {
            assert!(is_text(key), "{key}");
        }
        assert!(!is_text("titles") && !is_text("slug"));
    }
}
