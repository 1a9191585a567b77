//! Which names of terms the site's own prose writes with capitals within sentences: there no rule of grammar asks for them, so
//! they are the name's.

use crate::hash::{Map, Set};

use rayon::prelude::*;

use super::Site;
use super::facts::PageFacts;
use crate::discover::Tree;
use crate::generators::Folder;

/// So often within sentences a form is a habit.
const HABIT: usize = 3;
/// Longer files are no prose.
const MOST: usize = 2 << 20;

/// The terms that stand with capitals in some heads of pages and without in others, and with them in the site's sentences.
/// No text is read where there is no such term.
#[must_use]
pub fn names(site: &Site, tree: &Tree) -> Set<String> {
    let data = site.generator.data();
    let terms = |page: &PageFacts, name: &str| -> Vec<String> {
        let key = page.front.as_ref().and_then(|front| front.get(name).or_else(|| front.at(name)));
        let scalars = key.into_iter().flat_map(|key| key.scalars()).map(|one| one.text.trim());
        match data.terms_split_at_blanks {
            true => scalars.flat_map(|text| text.split_whitespace().chain([text])).map(str::to_owned).collect(),
            false => scalars.map(str::to_owned).collect(),
        }
    };
    let checked = || site.pages.iter().filter(|page| page.checked);
    let all: Set<String> =
        checked().flat_map(|page| data.terms.iter().flat_map(move |name| terms(page, name))).collect();
    let doubted: Vec<(&str, String)> = all
        .iter()
        .filter(|term| term.contains(char::is_uppercase))
        .map(|term| (term.as_str(), term.to_lowercase()))
        .filter(|(_, small)| all.contains(small))
        .collect();
    if doubted.is_empty() {
        return Set::default();
    }
    let folder = Folder { tree, root: &site.root };
    let pages: Vec<&PageFacts> = checked().collect();
    let counts = pages
        .par_iter()
        .filter_map(|page| folder.read(&page.path).filter(|text| text.len() <= MOST))
        .map(|text| {
            let body = body(&text);
            doubted.iter().map(|(name, small)| (within(body, name), within(body, small))).collect::<Vec<_>>()
        })
        .reduce(
            || vec![(0, 0); doubted.len()],
            |one, other| one.iter().zip(&other).map(|(a, b)| (a.0 + b.0, a.1 + b.1)).collect(),
        );
    let written: Map<&str, (usize, usize)> = doubted.iter().map(|(name, _)| *name).zip(counts).collect();
    let habit = |(_, (name, small)): &(&str, (usize, usize))| *name >= HABIT && name > small;
    written.into_iter().filter(habit).map(|(name, _)| name.to_owned()).collect()
}

/// What stands behind the front matter.
fn body(text: &str) -> &str {
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence));
    let end = fence.and_then(|fence| text.get(3..)?.find(&format!("\n{fence}")));
    end.and_then(|end| text.get(end + 7..)).unwrap_or(text)
}

/// How often a word stands behind another one in small letters, as it does within sentences.
fn within(text: &str, word: &str) -> usize {
    let inside = |(at, found): &(usize, &str)| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + found.len()..).unwrap_or_default();
        let behind = before.strip_suffix(' ').map(|before| before.strip_suffix(',').unwrap_or(before));
        behind.is_some_and(|before| before.ends_with(char::is_lowercase))
            && !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/'))
    };
    text.match_indices(word).filter(inside).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_sentences() {
        let text = "---\ntags: [the Lathe]\n---\n# Lathe\nLathe is what the Lathe does, with a Lathe, Lathe. The lathe Lathes.\n";
        assert_eq!((within(body(text), "Lathe"), within(body(text), "lathe")), (3, 1));
    }
}
