//! Which of several places of one name is meant.

use super::facts::PageFacts;
use super::index::url_of;
use crate::discover::parent;
use crate::language::tags;

/// Of several pages, those whose folders are called as the path's last ones: `/log/parsers/intro/` for `/parsers/intro`.
pub(super) fn with_the_longest_tail<'s>(path: &str, found: Vec<&'s str>) -> Vec<&'s str> {
    let asked = parent(path.trim_end_matches('/'));
    let tail = |output: &str| {
        let folder = parent(url_of(output).trim_end_matches('/'));
        let shared = folder.rsplit('/').zip(asked.rsplit('/')).take_while(|(own, asked)| own == asked);
        shared.take_while(|(own, _)| !own.is_empty()).count()
    };
    let longest = found.iter().map(|output| tail(output)).max().unwrap_or_default();
    if longest == 0 {
        return found;
    }
    // Of several versions the one that is asked for.
    let key = |output: &str| (tail(output), head(path, output));
    let best = found.iter().map(|output| key(output)).max().unwrap_or_default();
    found.into_iter().filter(|output| key(output) == best).collect()
}

/// So many folders at their start have both.
fn head(path: &str, output: &str) -> usize {
    output.split('/').zip(path.split('/')).take_while(|(own, asked)| own == asked).count()
}

/// Of several, those below the folder of the page's own language, if any; the nearest first.
pub(super) fn in_the_same_language<'s>(from: &PageFacts, path: &str, found: Vec<&'s str>) -> Vec<&'s str> {
    fn top(output: &str) -> Option<&str> {
        let (top, _) = output.trim_start_matches('/').split_once('/')?;
        tags::is_folder_of_language(top).then_some(top)
    }
    let own = from.place.output.as_deref().and_then(top);
    let mut near: Vec<&str> = found.iter().copied().filter(|output| top(output) == own).collect();
    if near.is_empty() {
        near = found;
    }
    // What lies nearest to the path that was asked for is meant most likely.
    near.sort_by_key(|output| std::cmp::Reverse(head(path, output)));
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_are_called_alike_are_meant() {
        let all = vec![
            "/docs/rules/intro/index.html",
            "/docs/log/parsers/intro/index.html",
            "/v2/log/parsers/intro/index.html",
            "/docs/intro.html",
        ];
        let meant = |path| with_the_longest_tail(path, all.clone());
        assert_eq!(meant("/docs/parsers/intro"), ["/docs/log/parsers/intro/index.html"]);
        assert_eq!(meant("/notes/intro/"), all);
    }
}
