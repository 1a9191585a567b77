//! Names of the same words in another order: `intro-to-closures` for `closures-intro`.

use super::Site;
use super::index::{Entry, folder_of, last_name, url_of};
use super::suggestion::Suggestion;
use crate::discover::parent;

/// Words that titles have and names leave out.
const SMALL: [&str; 10] = ["a", "an", "and", "for", "in", "of", "on", "the", "to", "with"];

/// The only page in the folder that a path names whose name has the same words, two at least.
pub(super) fn in_that_folder(site: &Site, path: &str) -> Option<Suggestion> {
    let wanted = words(last_name(path));
    // `2024-11-10` and `2024-10-11` are two days.
    if wanted.len() < 2 || wanted.iter().any(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let folder = parent(path.trim_end_matches('/'));
    let is_page = |output: &&str| matches!(site.index.get(output), Some(Entry::Page(number)) if site.page(*number).is_some_and(|page| page.is_published()));
    let is_it = |output: &&str| folder_of(output) == folder && words(last_name(output)) == wanted;
    let mut found = site.index.in_folder(folder).filter(is_it).filter(is_page);
    let output = found.next().filter(|_| found.next().is_none())?;
    Some(Suggestion {
        path: url_of(output).to_owned(),
        why: "a page whose name has the same words is published there".to_owned(),
        certain: false,
    })
}

/// The words of a name in the order of the alphabet, without its ending.
fn words(name: &str) -> Vec<String> {
    let stem = [".html", ".md", ".mdx"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    let parts = stem.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let mut words: Vec<String> = parts.filter(|word| !word.is_empty() && !SMALL.contains(&word.as_str())).collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_and_order_do_not_count() {
        assert_eq!(words("intro-to-closures.md"), words("closures-intro"));
        assert_ne!(words("intro-to-closures"), words("intro-to-scopes"));
    }
}
