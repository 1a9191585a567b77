//! Namesakes that are another kind of page, or of another part of a numbered series: never surely what was meant.

use super::Site;
use super::index::{Entry, folder_of, last_name, url_of};
use super::suggestion::Suggestion;
use crate::discover::parent;

/// Folders of lists that are made of other pages: what lies there has a page's name and is not that page moved.
const LISTS: [&str; 12] = [
    "archive",
    "archives",
    "author",
    "authors",
    "categories",
    "category",
    "keyword",
    "keywords",
    "tag",
    "tags",
    "topic",
    "topics",
];

/// The suggestions for a path with what their places say: of another kind, or of another number, none is sure.
pub(super) fn settle(site: &Site, path: &str, mut found: Vec<Suggestion>) -> Vec<Suggestion> {
    found.retain(|one| !leads_on(site, &one.path));
    let sister = |one: &Suggestion| is_sister(path, &one.path);
    if !found.is_empty() && found.iter().all(sister) {
        // Week 6's exercises are not week 8's; the only page of the folder that is asked for may be.
        found.truncate(3);
        found = only_page(site, path).map_or(found, |page| vec![page]);
    }
    for one in &mut found {
        one.certain &= !is_sister(path, &one.path) && !is_other_kind(path, &one.path);
    }
    found
}

/// True for the address of a page that only leads on to another: `redirect_to`, `layout: refresh`.
fn leads_on(site: &Site, path: &str) -> bool {
    let output = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let Some(Entry::Page(number)) = site.index.get(&output) else { return false };
    let front = site.page(*number).and_then(|page| page.front.as_ref());
    front.is_some_and(|front| {
        front.keys.iter().any(|key| {
            let text = key.text().map(str::trim).unwrap_or_default();
            match &*key.name {
                "redirect_to" | "redirectTo" | "refresh_to" | "refresh_to_post_id" => !text.is_empty(),
                "layout" => matches!(text, "redirect" | "refresh" | "redirected" | "forward"),
                _ => false,
            }
        })
    })
}

/// True for `/tags/boxes/` where `/boxes/` is asked for.
fn is_other_kind(path: &str, found: &str) -> bool {
    let is_list = |path: &str| parent(path.trim_end_matches('/')).split('/').any(|folder| LISTS.contains(&folder));
    is_list(found) != is_list(path)
}

/// True for paths in two folders of a series: `/week-06/tasks/a.md` and `/week-08/tasks/a.md`, `/v1/a/` and `/v2/a/`.
fn is_sister(path: &str, found: &str) -> bool {
    let folders = |path: &'_ str| {
        let folders = parent(path.trim_end_matches('/'));
        folders.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let (asked, own) = (folders(path), folders(found));
    let named = asked.iter().any(|one| own.iter().any(|other| differ_in_number(one, other)) && !own.contains(one));
    // `/1/tasks/` and `/2/tasks/`, but not `/2024/05/` and `/2024/06/`.
    let mut places = asked.iter().zip(&own).skip_while(|(one, other)| one == other);
    let number = |text: &str| text.len() <= 2 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let dated = asked.iter().any(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let counted = !dated
        && places
            .next()
            .is_some_and(|(one, other)| number(one) && number(other) && one.parse::<u8>() != other.parse::<u8>());
    named || counted
}

/// True for two names that are one but for a number, which is no date.
fn differ_in_number(one: &str, other: &str) -> bool {
    fn split(text: &str) -> (String, Vec<u64>) {
        let words: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
        (words, numbers.collect())
    }
    let is_date = |text: &str| text.as_bytes().iter().take_while(|byte| byte.is_ascii_digit()).count() >= 4;
    if one == other || is_date(one) || is_date(other) {
        return false;
    }
    let ((words, numbers), (own_words, own_numbers)) = (split(one), split(other));
    let says = words.chars().any(char::is_alphabetic) || words.contains('.');
    says && words == own_words && numbers != own_numbers && numbers.len() == own_numbers.len()
}

/// The one page in the folder that a path names.
fn only_page(site: &Site, path: &str) -> Option<Suggestion> {
    let folder = parent(path.trim_end_matches('/'));
    let is_page = |output: &&str| match site.index.get(output) {
        Some(Entry::Page(number)) => site.page(*number).is_some_and(|page| page.is_published()),
        _ => false,
    };
    let mut pages = site.index.in_folder(folder).filter(is_page).filter(|output| folder_of(output) == folder);
    let page =
        pages.next().filter(|page| pages.next().is_none() && !folder.is_empty() && !last_name(page).is_empty())?;
    Some(Suggestion {
        path: url_of(page).to_owned(),
        why: "its folder is there, and has one page".to_owned(),
        certain: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sisters_of_a_series_are_not_each_other() {
        for (one, other) in [
            ("/week-08/tasks/tests.md", "/week-06/tasks/tests.md"),
            ("/course/v1/tests/", "/course/v2/tests/"),
            ("/docs/3.10/tests/", "/docs/3.11/tests/"),
            ("/1/tests/", "/2/tests/"),
        ] {
            assert!(is_sister(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("/week-08/tests.md", "/week-08/tasks/tests.md"),
            ("/2024/05/tests/", "/2024/06/tests/"),
            ("/2024-05-01-a/tests/", "/2024-05-02-a/tests/"),
            ("/week-1/tests/", "/week-01/tests/"),
            ("/notes/tests/", "/tests/"),
        ] {
            assert!(!is_sister(one, other), "{one} {other}");
        }
    }

    #[test]
    fn lists_are_no_pages_that_moved() {
        assert!(is_other_kind("/boxes/", "/tags/boxes/") && is_other_kind("/boxes/", "/blog/category/boxes.html"));
        assert!(!is_other_kind("/tag/boxes/", "/tags/boxes/") && !is_other_kind("/tags/", "/blog/tags/"));
    }
}
