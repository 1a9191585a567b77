//! Addresses as programs of former days made them, and the pages that took over from them.

use super::Site;
use super::facts::PageFacts;
use super::index::{Entry, last_name, url_of};
use super::suggestion::Suggestion;
use crate::discover::parent;

/// The page that such an address was once the address of.
pub(super) fn page(site: &Site, path: &str) -> Option<Suggestion> {
    let name = last_name(path.trim_end_matches('/'));
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        of_the_day(site, path, name)
    } else {
        decoded(site, path, name)
    }
}

/// `/2006/10/18/A-tour-_3A00_-Boxes/`: Community Server wrote signs as numbers; and WordPress 3 a quotation mark as `quot`.
fn decoded(site: &Site, path: &str, name: &str) -> Option<Suggestion> {
    let lower = name.to_ascii_lowercase();
    let quoted = lower.starts_with("quot-") || lower.ends_with("-quot") || lower.contains("-quot-");
    let plain = if name.contains("00_") { community_server(name)? } else { quoted.then_some(lower)? };
    let words =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !(word.is_empty() || quoted && *word == "quot"));
    let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    let found = site.index.named(&slug);
    let [output] = found.as_slice() else { return None };
    let is_page = is_page(site, output);
    let year = |path: &str| path.trim_start_matches('/').split('/').next().map(str::to_owned);
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let same_year = year(path).filter(|year| is_year(year)).is_some_and(|own| year(output) == Some(own));
    is_page.then(|| Suggestion {
        path: url_of(output).to_owned(),
        why: "the page of these words is published there".to_owned(),
        certain: same_year,
    })
}

/// The name with its signs: between two `_`, four digits are the two bytes of a character, the lower one first.
fn community_server(name: &str) -> Option<String> {
    let mut plain = String::with_capacity(name.len());
    let mut any = false;
    let mut rest = name;
    while let Some((before, behind)) = rest.split_once('_') {
        plain.push_str(before);
        let signs = behind.split_once('_').and_then(|(code, after)| Some((signs(code)?, after)));
        match signs {
            Some((signs, after)) => {
                plain.push_str(&signs);
                (any, rest) = (true, after);
            }
            None => {
                plain.push('_');
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    any.then_some(plain)
}

fn signs(code: &str) -> Option<String> {
    if code.is_empty() || !code.is_ascii() || !code.len().is_multiple_of(4) {
        return None;
    }
    let unit = |at: usize| {
        let byte = |at: usize| u16::from_str_radix(code.get(at..at + 2)?, 16).ok();
        Some(byte(at)? | byte(at + 2)? << 8)
    };
    let units: Vec<u16> = (0..code.len()).step_by(4).map(unit).collect::<Option<_>>()?;
    String::from_utf16(&units).ok()
}

/// `/2006/03/20/11748`: a post by its number, where the site has one page of that day.
fn of_the_day(site: &Site, path: &str, number: &str) -> Option<Suggestion> {
    const LEAST: usize = 3;
    let folder = parent(path.trim_end_matches('/'));
    let parts: Vec<&str> = folder.trim_start_matches('/').split('/').collect();
    let [.., year, month, day] = parts.as_slice() else { return None };
    let is_number = |part: &&&str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let is_day = is_number(&year, 4) && is_number(&month, 2) && is_number(&day, 2);
    if !is_day || number.len() < LEAST {
        return None;
    }
    let mut pages = site.index.in_folder(folder).filter(|output| is_page(site, output));
    let (one, None) = (pages.next()?, pages.next()) else { return None };
    let why = "one page of that day is here".to_owned();
    Some(Suggestion { path: url_of(one).to_owned(), why, certain: false })
}

fn is_page(site: &Site, output: &str) -> bool {
    match site.index.get(output) {
        Some(Entry::Page(number)) => site.page(*number).is_some_and(PageFacts::is_published),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_were_written_as_numbers() {
        let plain = |name| community_server(name);
        assert_eq!(plain("Part-0-_3A00_-Boxes").as_deref(), Some("Part-0-:-Boxes"));
        assert_eq!(plain("Which-one_3F00_").as_deref(), Some("Which-one?"));
        assert_eq!(plain("And-so_2E002E00_").as_deref(), Some("And-so.."));
        assert_eq!(plain("in_2000_boxes"), Some("in\u{20}boxes".to_owned()));
        assert_eq!(plain("a_b_c"), None);
    }
}
