//! `%% … %%`: what a writer of notes keeps to himself. Obsidian and Quartz show none of it, whatever it holds, so the
//! parser must not see it: a tag in it would open an HTML block.
//!
//! Source: the page "Basic formatting syntax" of Obsidian's help; `commentRegex` of Quartz.

use crate::source::Span;

const MARK: &str = "%%";

/// The comments of `file[start..]`, marks included. Code keeps its signs; a mark without a second one is text.
pub(super) fn comments(file: &str, start: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let body = file.get(start..).unwrap_or_default();
    if memchr::memmem::find(body.as_bytes(), MARK.as_bytes()).is_none() {
        return found;
    }
    let (mut at, mut fence, mut open): (usize, Option<&str>, Option<usize>) = (start, None, None);
    for line in body.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '>', '\t']);
        let marker = ["```", "~~~"].into_iter().find(|marker| bare.starts_with(marker));
        match (fence, marker) {
            (None, Some(marker)) if open.is_none() => fence = Some(marker),
            (Some(own), Some(marker)) if own == marker => fence = None,
            (Some(_), _) => {}
            (None, _) => {
                for (inside, _) in line.match_indices(MARK) {
                    let place = at + inside;
                    match open.take() {
                        // `%%%` closes with its last two signs at the earliest.
                        Some(from) if place < from + MARK.len() => open = Some(from),
                        Some(from) => found.push(Span::new(from, place + MARK.len())),
                        None if line.get(..inside).is_some_and(|before| before.matches('`').count() % 2 == 1) => {}
                        None => open = Some(place),
                    }
                }
            }
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::comments;

    fn of(text: &str) -> Vec<&str> {
        comments(text, 0).iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn comments_over_lines_and_in_them() {
        assert_eq!(of("a %%b%% c\n%%<p>\n  d\n</p>%% e\n"), ["%%b%%", "%%<p>\n  d\n</p>%%"]);
    }

    #[test]
    fn code_and_single_marks_are_text() {
        assert!(of("```\n%% x\n%% y\n```\n`%%` and `%%`\n100 %% sure\n").is_empty());
    }
}
