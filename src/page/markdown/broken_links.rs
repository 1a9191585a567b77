//! Brackets in plain text that were meant as a link.

use std::ops::Range;

/// How far back a link's text is looked for.
const REACH: usize = 1024;

/// How many bytes a look at `place` may cost, about.
pub(super) fn cost(place: usize, block: usize) -> usize {
    place.saturating_sub(block).min(REACH) + 128
}

/// A link that is none; ranges are into the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) kind: Kind,
    pub(super) image: bool,
    pub(super) whole: Range<usize>,
    pub(super) label: Range<usize>,
    pub(super) destination: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Spaced,
    Swapped,
    /// `[text]（https://…）`
    Wide,
    Unclosed,
    /// `[text(https://…)`: the bracket is open.
    OpenBracket,
    /// `[text]](https://…)`, `[text]((https://…)`: a bracket or parenthesis too many.
    Doubled,
    Spaces,
}

/// At the `]` of `](`, `] (` or `]（`; `block` is where the block begins.
pub(super) fn at_close(text: &str, close: usize, block: usize) -> Option<Broken> {
    if text.get(close + 1..).is_some_and(|rest| rest.strip_prefix(' ').unwrap_or(rest).starts_with('（')) {
        return at_wide(text, close, block);
    }
    let bytes = text.as_bytes();
    let Some(open) = matching(text, close, block, b'[', b']') else { return doubled(text, close, block) };
    let label = open + 1..close;
    let image = open > block && bytes.get(open - 1) == Some(&b'!');
    let spaced = bytes.get(close + 1) == Some(&b' ');
    let paren = close + if spaced { 2 } else { 1 };
    let begin = if image { open - 1 } else { open };
    let line = line_from(text, paren + 1);
    let end = closing(line);
    let inside = line.get(..end.unwrap_or(line.len()))?;
    let broken = |kind, destination: &str, whole_end: usize| {
        let lead = inside.len() - inside.trim_start().len();
        let start = paren + 1 + lead;
        Some(Broken {
            kind,
            image,
            whole: begin..whole_end,
            label: label.clone(),
            destination: start..start + destination.len(),
        })
    };
    // `[text]((https://…)`: a parenthesis too many.
    if let Some(address) = inside.strip_prefix('(').filter(|_| end.is_none() && !spaced)
        && let Some((address, _)) = address.split_once(')')
        && ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme))
        && !address.contains(char::is_whitespace)
    {
        let start = paren + 2;
        let destination = start..start + address.len();
        return Some(Broken { kind: Kind::Doubled, image, whole: begin..destination.end + 1, label, destination });
    }
    let address = untitled(inside.trim());
    match end {
        Some(end) if spaced => {
            let text_is_mark =
                matches!(text.get(label.clone())?.trim(), "" | "x" | "X") || text.get(label.clone())?.starts_with('^');
            let plain = !address.contains(char::is_whitespace) && is_address(address) && !text_is_mark;
            plain.then(|| broken(Kind::Spaced, address, paren + 1 + end + 1))?
        }
        Some(end) => {
            let spaces = address.contains(' ') && !address.contains(['<', '>', '(']);
            (spaces && (image || !label.is_empty())).then(|| broken(Kind::Spaces, address, paren + 1 + end + 1))?
        }
        None if spaced => None,
        None => {
            let word = before_wide_mark(address.split_whitespace().next()?);
            // What ends a sentence or begins an explanation stands behind the link.
            let word = word.trim_end_matches([',', ';', '.', ':', '!']);
            is_address(word)
                .then(|| broken(Kind::Unclosed, word, paren + 1 + inside.find(word).unwrap_or(0) + word.len()))?
        }
    }
}

/// At the second `]` of `[text]](https://…)`, of which no bracket is open.
fn doubled(text: &str, close: usize, block: usize) -> Option<Broken> {
    let first = close.checked_sub(1).filter(|first| text.as_bytes().get(*first) == Some(&b']'))?;
    let open = matching(text, first, block, b'[', b']')?;
    let line = line_from(text, close + 2);
    let address = line.get(..closing(line)?)?;
    let web = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    let image = open > block && text.as_bytes().get(open - 1) == Some(&b'!');
    let plain = web && !address.contains(char::is_whitespace) && open + 1 < first;
    let start = close + 2;
    plain.then(|| Broken {
        kind: Kind::Doubled,
        image,
        whole: open - usize::from(image)..start + address.len() + 1,
        label: open + 1..first,
        destination: start..start + address.len(),
    })
}

/// At the `]` of `]（` or `] （`: an address in the parentheses of Chinese and Japanese typesetting.
fn at_wide(text: &str, close: usize, block: usize) -> Option<Broken> {
    let open = matching(text, close, block, b'[', b']')?;
    let behind = text.get(close + 1..)?;
    let paren = close + 1 + behind.find('（')? + '（'.len_utf8();
    let within = line_from(text, paren);
    let line = within.trim_start();
    let start = paren + within.len() - line.len();
    let end = line.find(['）', ')'])?;
    let (address, rest) = line.split_at_checked(end)?;
    let address = address.trim_end();
    let web = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    let image = open > block && text.as_bytes().get(open - 1) == Some(&b'!');
    let whole = open - usize::from(image)..start + end + rest.chars().next()?.len_utf8();
    let plain = web && !address.contains(char::is_whitespace) && open + 1 < close;
    plain.then(|| Broken {
        kind: Kind::Wide,
        image,
        whole,
        label: open + 1..close,
        destination: start..start + address.len(),
    })
}

/// At the `[` of `)[`.
pub(super) fn at_swapped(text: &str, open: usize, block: usize) -> Option<Broken> {
    let begin = matching(text, open - 1, block, b'(', b')')?;
    let line = line_from(text, open + 1);
    let end = line.find(']')?;
    let inside = line.get(..end)?;
    let followed = matches!(line.as_bytes().get(end + 1), Some(b'(' | b'[' | b':'));
    let label = begin + 1..open - 1;
    // `[caption] … [/caption]` is a code, no path.
    let is_code =
        inside.strip_prefix('/').is_some_and(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
    let word_before = text.get(block..begin)?.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ']' | '}' | '_'));
    (!followed
        && !is_code
        && !word_before
        && !label.is_empty()
        && is_address(inside)
        && !inside.contains(char::is_whitespace))
    .then(|| Broken {
        kind: Kind::Swapped,
        image: false,
        whole: begin..open + 1 + end + 1,
        label,
        destination: open + 1..open + 1 + end,
    })
}

/// At the `:` of `https://` in plain text: `[text(https://…)` with no `]` before the parenthesis or later in the line.
pub(super) fn at_scheme(text: &str, colon: usize, block: usize) -> Option<Broken> {
    let bytes = text.as_bytes();
    let before = bytes.get(block..colon)?;
    let start = colon - ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme.as_bytes()))?.len();
    let paren = start.checked_sub(1).filter(|at| *at > block && bytes.get(*at) == Some(&b'('))?;
    let words = text.get(block.max(paren.saturating_sub(REACH / 4))..paren).or_else(|| text.get(block..paren))?;
    let open = paren - words.len() + words.rfind(['[', ']', '\n'])?;
    let mut label = open + 1..paren;
    let written = text.get(label.clone())?;
    if written.ends_with(')') && written.matches(')').count() > written.matches('(').count() {
        // `[text)(url)`: that was to be the bracket.
        label.end -= 1;
    }
    let line = line_from(text, start);
    let length = line.find([')', ' '])?;
    let (url, rest) = line.split_at_checked(length)?;
    let meant = bytes.get(open) == Some(&b'[')
        && !is_escaped(bytes, open, block)
        && rest.starts_with(')')
        && !rest.contains(']')
        && text.get(label.clone())?.ends_with(|c: char| !c.is_whitespace());
    let image = open > block && bytes.get(open - 1) == Some(&b'!');
    let whole = open - usize::from(image)..start + length + 1;
    meant.then(|| Broken { kind: Kind::OpenBracket, image, whole, label, destination: start..start + url.len() })
}

/// The opening bracket of the one at `close`, in the same block and not too far.
fn matching(text: &str, close: usize, block: usize, open: u8, shut: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    if is_escaped(bytes, close, block) {
        return None;
    }
    let mut depth = 0_usize;
    for at in (block.max(close.saturating_sub(REACH))..close).rev() {
        let byte = *bytes.get(at)?;
        if byte == shut && !is_escaped(bytes, at, block) {
            depth += 1;
        } else if byte == open && !is_escaped(bytes, at, block) {
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Some(at),
            }
        }
    }
    None
}

/// An odd number of backslashes stands before (looked at a few bytes back at most).
fn is_escaped(bytes: &[u8], at: usize, block: usize) -> bool {
    let from = block.max(at.saturating_sub(8)).min(at);
    bytes.get(from..at).is_some_and(|before| before.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1)
}

/// The rest of the line, at most a few kilobytes of it.
fn line_from(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let mut end = rest.len().min(REACH);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let rest = rest.get(..end).unwrap_or_default();
    rest.get(..memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len())).unwrap_or_default()
}

/// The `)` that closes what stands before it.
fn closing(line: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Without a title at its end.
fn untitled(inside: &str) -> &str {
    let Some(quote) = inside.chars().next_back().filter(|c| matches!(c, '"' | '\'')) else { return inside };
    let body = inside.get(..inside.len() - 1).unwrap_or_default();
    match body.find(quote) {
        Some(open) if body.get(..open).is_some_and(|before| before.ends_with(' ')) => {
            body.get(..open).unwrap_or_default().trim_end()
        }
        _ => inside,
    }
}

/// What stands before the first mark of Chinese or Japanese typesetting: there no blank parts an address from the text, and
/// no address is written with one.
fn before_wide_mark(word: &str) -> &str {
    let is_wide = |c: char| matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '！' | '（' | '）' | '，' | '：' | '；' | '？');
    word.split(is_wide).next().unwrap_or(word)
}

/// Plainly an address: absolute, mail, a path, a fragment, or a file with a page's or picture's ending.
fn is_address(word: &str) -> bool {
    let word = word.trim_start_matches('<');
    let lower = word.to_ascii_lowercase();
    ["http://", "https://", "ftp://", "mailto:", "www.", "/", "./", "../"].iter().any(|start| lower.starts_with(start))
        && word.len() > 1
        || (word.starts_with('#') && word.len() > 2 && !word.bytes().skip(1).all(|b| b.is_ascii_digit()))
        || lower.rsplit_once('.').is_some_and(|(stem, ending)| {
            !stem.is_empty()
                && matches!(
                    ending,
                    "html"
                        | "htm"
                        | "md"
                        | "mdx"
                        | "qmd"
                        | "rmd"
                        | "ipynb"
                        | "png"
                        | "jpg"
                        | "jpeg"
                        | "gif"
                        | "svg"
                        | "webp"
                        | "pdf"
                )
        })
        || lower.starts_with("xx") && lower.len() > 8 && lower.bytes().all(|b| b == b'x')
}
