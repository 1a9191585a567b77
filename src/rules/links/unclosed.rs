//! `[text](address` that nothing closes: where it was meant to end, and how sure that is.

use crate::finding::{Fix, Safety};
use crate::page::candidates::Candidate;
use crate::rules::page::Page;
use crate::site::destination::{Shape, shape};
use crate::site::domain::has_known_ending;
use crate::source::Span;

/// So many bytes around a link are looked at to see where it was meant to end.
const NEAR: usize = 4096;
/// Quotation marks that close, with those that open them.
const QUOTES: [(char, char); 8] =
    [('"', '"'), ('”', '“'), ('”', '”'), ('’', '‘'), ('»', '«'), ('«', '»'), ('」', '「'), ('』', '『')];

/// The repair that closes it, as safe as that is.
pub fn close(page: &Page<'_>, candidate: &Candidate) -> Fix {
    let (text, destination) = (candidate.text.of(page.text), candidate.destination.of(page.text));
    let start = candidate.span.start as usize;
    let before = page.text.get(page.text.floor_char_boundary(start.saturating_sub(NEAR))..start).unwrap_or_default();
    if let Some((_, inner)) = text.rsplit_once("](") {
        // `[[@ada](url)](url`: no link stands in the text of another.
        let same = text.starts_with('[') && inner.strip_suffix(')') == Some(destination);
        let safety = if same { Safety::Safe } else { Safety::Manual };
        return Fix::replace(format!("write `{text}`"), safety, page.file(), candidate.span, text);
    }
    if let Some(fix) = twice(page, candidate, text, destination) {
        return fix;
    }
    if let Some(bare) = destination.strip_suffix([']', '}']).filter(|bare| !bare.contains(['[', ']', '{', '('])) {
        // `[https://a.example](https://a.example].`: another bracket in the place of the parenthesis.
        let mark = if candidate.image { "!" } else { "" };
        let right = format!("{mark}[{text}]({bare})");
        let span = Span::new(start, candidate.destination.end as usize);
        let behind = page.text.get(span.end as usize..).unwrap_or_default();
        let ends = behind.trim_start_matches(['.', ',', ';']).is_empty() || behind.starts_with(['\n', '\r']);
        let web = matches!(shape(bare), Shape::Web { host, .. } if has_known_ending(&host));
        let safety = if text == bare || web && ends { Safety::Safe } else { Safety::Manual };
        return Fix::replace(format!("write `{right}`"), safety, page.file(), span, right);
    }
    let (swallowed, certain) = match wide_parenthesis(before, destination) {
        Some(length) => (length, true),
        None => swallowed(destination),
    };
    let quoted = outer_quote(before, destination);
    let swallowed = swallowed.max(quoted);
    let end = candidate.span.end as usize - swallowed;
    let behind = page.text.get(end..page.text.floor_char_boundary(end + NEAR)).unwrap_or_default();
    let alone = destination.get(..destination.len() - swallowed).unwrap_or(destination);
    if let Some((joined, length)) = torn(alone, behind) {
        // The parenthesis is there, some lines below.
        let span = Span::new(candidate.destination.start as usize, end + length);
        return Fix::replace(format!("write `{joined}`"), Safety::Unsafe, page.file(), span, joined);
    }
    let whole = certain && is_whole(alone, behind) && (quoted > 0 || !is_quote(behind)) && !lacks_number(text, alone);
    let safety = if whole { Safety::Safe } else { Safety::Manual };
    // The whole, because what stands in the brackets is read in another way too.
    let span = Span::new(start, end);
    let closed = format!("{})", span.of(page.text));
    // The closing parenthesis of another keyboard, unless one of its kind is open before the link.
    let line = before.rsplit('\n').next().unwrap_or_default();
    let outer = line.matches('（').count() > line.matches('）').count();
    let wide = if behind.starts_with('）') && !outer { '）'.len_utf8() } else { 0 };
    Fix::replace("close it with `)`", safety, page.file(), Span::new(start, end + wide), closed)
}

/// `[text](url](url)`: the address is there twice.
fn twice(page: &Page<'_>, candidate: &Candidate, text: &str, destination: &str) -> Option<Fix> {
    let (first, second) = destination.split_once("](")?;
    let same = second.trim_end_matches([')', '/']) == first.trim_end_matches('/');
    let span = Span::new(candidate.span.start as usize, candidate.destination.end as usize);
    let behind = page.text.get(span.end as usize..).unwrap_or_default();
    let closed = if second.ends_with(')') { 0 } else { usize::from(behind.starts_with(')')) };
    let span = Span::new(span.start as usize, span.end as usize + closed);
    let whole = format!("[{text}]({first})");
    let fits = same && first.contains("://") && !text.contains('[');
    fits.then(|| Fix::replace(format!("write `{whole}`"), Safety::Safe, page.file(), span, whole))
}

/// True when a destination that nothing closes ends where it seems to, as far as what stands behind it tells.
fn is_whole(destination: &str, behind: &str) -> bool {
    let line = behind.lines().next().unwrap_or_default();
    let closes = |text: &str| text.matches(')').count() > text.matches('(').count();
    // A line that was broken in the middle of the address, perhaps with an empty one between.
    let later = behind.lines().skip(1).filter(|line| !line.trim().is_empty()).take(1).any(|next| {
        !line.contains(char::is_alphanumeric)
            && next.find(['(', ')', '[']).is_some_and(|at| next.get(at..).is_some_and(|rest| rest.starts_with(')')))
    });
    !destination.contains(['|', '[', ']', '<', '>', '"', '”', '’', '»', '」', '』'])
        // The parenthesis that is there is the link's where another closes that of the address; `#:~:text=` quotes any.
        && !(destination.contains('(') && (destination.contains("%29") || destination.contains(":~:")))
        // Two addresses run into each other.
        && !["(http", "[http", "]http"].iter().any(|second| destination.contains(second))
        // A file that was cut off, a quotation mark in the parenthesis' place, an address that goes on behind a blank.
        && !is_cut_off(destination, behind)
        && !destination.ends_with(['-', '_', '%', '=', '&', '+', '?'])
        && !has_no_domain(destination)
        && !line.trim_start().starts_with(['/', '?', '#', '&'])
        // `Promise()` in place of `Promise)`: which parenthesis is too many, nobody knows.
        && !destination.ends_with("()")
        && !line.trim_start().starts_with(['"', '\''])
        && !closes(line)
        && !later
        && !is_titled_below(behind)
        && !is_closed_below(behind)
}

/// True where the next line of text is the title that belongs to the link: an editor has torn the two apart.
fn is_titled_below(behind: &str) -> bool {
    let mut lines = behind.lines().skip(1).map(|line| line.trim_start_matches(['>', ' ', '\t']));
    let next = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
    next.starts_with(['"', '\'', '“']) && ["\")", "')", "”)"].iter().any(|end| next.contains(end))
}

/// True where the paragraph closes it further down, before any sentence ends.
fn is_closed_below(behind: &str) -> bool {
    let paragraph = behind.split("\n\n").next().unwrap_or_default();
    let end = paragraph.find(['(', ')', '[']).filter(|at| paragraph.as_bytes().get(*at) == Some(&b')'));
    let between = end.and_then(|end| paragraph.get(..end));
    between.is_some_and(|text| !text.contains(['。', '！', '？']) && !text.contains(". ") && !text.contains(".\n"))
}

/// True for the last word of a file, unless it is plainly complete.
fn is_cut_off(destination: &str, behind: &str) -> bool {
    behind.is_empty() || behind.trim().is_empty() && !destination.ends_with('/') && !has_ending(destination)
}

/// True for a name with an ending, which is no host.
fn has_ending(destination: &str) -> bool {
    let (folders, name) = destination.rsplit_once('/').unwrap_or(("", destination));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    !folders.ends_with('/')
        && (2..=5).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_quote(behind: &str) -> bool {
    behind.starts_with(['”', '’', '»', '」', '』'])
}

/// `http://struts`: the address was cut off; `http://03.html`: it is no host.
fn has_no_domain(destination: &str) -> bool {
    const FILES: [&str; 8] = ["html", "htm", "pdf", "php", "js", "png", "jpg", "txt"];
    let Shape::Web { host, .. } = shape(destination) else { return false };
    let is_file = || host.split_once('.').is_some_and(|(_, ending)| FILES.contains(&ending));
    // `zhuanlan.zh4`: the rest of the host was cut away.
    let is_cut = || host.rsplit('.').next().is_some_and(|last| last.bytes().any(|byte| byte.is_ascii_digit()));
    host != "localhost" && (!host.contains('.') || is_file() || is_cut() && !has_known_ending(&host))
}

/// `[#130857](https://a.example/)`: an address of that number was meant.
fn lacks_number(text: &str, destination: &str) -> bool {
    let number = text.rsplit('#').next().filter(|number| number.len() < text.len()).unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && !destination.contains(number)
}

/// How long the closing quotation mark at the end of the address is, where its partner stands before the link.
fn outer_quote(before: &str, destination: &str) -> usize {
    let opened = |(shut, open): &(char, char)| destination.ends_with(*shut) && before.ends_with(*open);
    QUOTES.iter().find(|pair| opened(pair)).map_or(0, |(shut, _)| shut.len_utf8())
}

/// The whole of an address that an editor has broken at its hyphens and slashes, and how far it reaches behind what
/// stands in the first line.
fn torn(destination: &str, behind: &str) -> Option<(String, usize)> {
    const PIECES: usize = 5;
    let paragraph = behind.split("\n\n").next().unwrap_or_default();
    let end = paragraph.find(['(', ')', '[', ']']).filter(|at| paragraph.as_bytes().get(*at) == Some(&b')'))?;
    let rest = paragraph.get(..end)?;
    let mut whole = destination.to_owned();
    let mut pieces = 0;
    for piece in rest.split_whitespace() {
        pieces += 1;
        let fits = |c: char| c.is_ascii_alphanumeric() || "-._~/?#&=%+$@!:,;".contains(c);
        let joins = |c: char| "-/?=&_%".contains(c);
        if !piece.chars().all(fits) || !(whole.ends_with(joins) || piece.starts_with(joins)) {
            return None;
        }
        whole.push_str(piece);
    }
    let ends_well = !whole.ends_with(['-', '=', '&', '?', '%', ',', '.']);
    (destination.contains("://") && (1..=PIECES).contains(&pieces) && ends_well).then_some((whole, end))
}

/// So many bytes at the end of an address begin with the closing parenthesis of another keyboard, which was to be the link's.
fn wide_parenthesis(before: &str, destination: &str) -> Option<usize> {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let at = destination.find('）').filter(|at| *at > 0)?;
    let outer = line.matches('（').count() > line.matches('）').count() || destination.contains('（');
    (!outer).then(|| destination.len() - at)
}

/// So many bytes at the end of an address are text of a script without blanks, and whether that is certain: an address
/// that ends as a file's does is over there, any other may go on in that script.
fn swallowed(destination: &str) -> (usize, bool) {
    let wide = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{ff00}'..='\u{ffef}');
    let Some((address, _)) = destination.find(wide).and_then(|at| destination.split_at_checked(at)) else {
        return (0, true);
    };
    match ends_as_a_file(address) {
        true => (destination.len() - address.len(), true),
        false => (0, !destination.contains("://")),
    }
}

fn ends_as_a_file(address: &str) -> bool {
    let name = address.rsplit(['/', '=']).next().unwrap_or_default();
    ["html", "htm", "php", "aspx", "pdf", "md"]
        .iter()
        .any(|end| name.strip_suffix(end).is_some_and(|stem| stem.ends_with('.') && stem.len() > 1))
}
