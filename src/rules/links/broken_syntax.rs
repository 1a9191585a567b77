//! links/broken-syntax: a link that the writer meant and Markdown does not see.

use serde_json::Value;

use super::{spaced_destination, unclosed};
use crate::finding::{Fix, Safety};
use crate::page::candidates::{Candidate, CandidateKind};
use crate::page::dialect::Templates;
use crate::page::quoted_tag;
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter, SiteRule};
use crate::severity::Severity;
use crate::site::Site;
use crate::site::destination::is_image;
use crate::source::Span;

#[derive(Clone, Copy)]
struct BrokenSyntax;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page_and_site(BrokenSyntax))
}

impl SiteRule for BrokenSyntax {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        // `(ADD A LINK HERE)` in a form is to be filled in.
        for page in site.pages.iter().filter(|page| !page.spaced.is_empty() && !page.is_form()) {
            page.spaced.iter().for_each(|link| spaced_destination::report(site, page, link, report));
        }
    }
}

impl PageRule for BrokenSyntax {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        for candidate in &page.body.candidates {
            if let Some((message, help, fix)) = explain(page, candidate) {
                let bare = candidate.image && candidate.text.of(page.text).trim().is_empty();
                let draft = report.at(page.file(), candidate.span, message).help(help).maybe_fix(fix);
                let draft = draft.reveals(bare.then_some("images/missing-alt"));
                if candidate.kind == CandidateKind::SpacedLink && page.model.dialect(&page.facts.path).spaced_links {
                    let note =
                        "Redcarpet takes it for a link; kramdown, with which GitHub builds such sites now, does not";
                    draft.at_most(Severity::Hint).note(note).done();
                }
            }
        }
    }
}

/// `{{< relref "x" >}}` for `{{ relref "x" }}` in a page of a Hugo site.
fn as_shortcode(page: &Page<'_>, candidate: &Candidate, destination: &str) -> Option<String> {
    let hugo = page.model.dialect(&page.facts.path).templates == Templates::Hugo;
    let spaces = candidate.kind == CandidateKind::SpacesInDestination;
    let call = destination.strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let known = call.starts_with("ref ") || call.starts_with("relref ");
    (hugo && spaces && known && !call.contains(['{', '}', '|'])).then(|| format!("{{{{< {call} >}}}}"))
}

/// True for what bibliographies call their sources: capitals and digits.
fn is_key(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_uppercase()) && !text.contains(char::is_lowercase)
}

/// True where several such keys stand alone in brackets.
fn has_bare_keys(text: &str) -> bool {
    const SEVERAL: usize = 3;
    const LONG: usize = 40;
    let bare = |at: &usize| {
        let rest = text.get(at + 1..).unwrap_or_default();
        let end = rest.bytes().take(LONG).position(|byte| byte == b']');
        let (key, behind) = end.and_then(|end| rest.split_at_checked(end)).unwrap_or_default();
        is_key(key) && !behind.get(1..).unwrap_or_default().trim_start_matches(' ').starts_with(['(', '[', ':'])
    };
    memchr::memchr_iter(b'[', text.as_bytes()).filter(bare).nth(SEVERAL - 1).is_some()
}

/// True for an address and nothing else, in angle brackets or not.
fn is_one(address: &str) -> bool {
    let bare = address.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(address);
    !bare.contains(['<', '>']) && bare.matches('(').count() == bare.matches(')').count()
}

fn is_web(destination: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| destination.starts_with(scheme))
}

/// True for `[1]`, `[a]`, `[*]` at the beginning of a paragraph or an item, which nobody wants to be all of a link.
fn is_source(text: &str, candidate: &Candidate, label: &str) -> bool {
    let number = !label.is_empty() && label.len() <= 3 && label.bytes().all(|byte| byte.is_ascii_digit());
    let mark = label.chars().count() == 1;
    let before = text.get(..candidate.span.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    !candidate.image
        && (number || mark)
        && line.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '*' | '+' | '>'))
}

/// `#Summary`: few programs give ids with capitals.
fn is_odd_fragment(destination: &str) -> bool {
    destination.starts_with('#') && destination.contains(char::is_uppercase)
}

/// `[https://example.org/](the site of the example)`.
fn is_exchanged(candidate: &Candidate, text: &str, destination: &str) -> bool {
    let words = destination.contains(' ')
        && !destination.contains(['/', '.', '#', ':', '：', '\\', '(', ')', '[', ']', '<', '"', '|', '{']);
    let address = is_web(text) && !text.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>'));
    candidate.kind == CandidateKind::SpacesInDestination && !candidate.image && words && address
}

/// True where a `!` and a blank stand before the bracket of a picture.
fn is_torn_image(text: &str, candidate: &Candidate, destination: &str) -> bool {
    let before = text.get(..candidate.span.start as usize).and_then(|before| before.strip_suffix("! "));
    let begins = before.is_some_and(|before| before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty()));
    begins && !candidate.image && is_image(destination)
}

/// `(pull|pr)[/-]`, `(a\.b)[/\w]`: a regular expression.
fn is_expression(text: &str, destination: &str) -> bool {
    let signs = !destination.contains(char::is_alphanumeric) && destination != "/";
    signs || text.contains(['|', '\\']) && !is_web(destination)
}

/// An address without the one quotation mark at its end, which is no part of it.
fn without_lone_quote(destination: &str) -> &str {
    let bare = destination.strip_suffix(['"', '\'', '”', '’']).unwrap_or(destination);
    if is_web(bare) && !bare.contains(['"', '\'', '“', '‘', ' ']) { bare } else { destination }
}

fn explain(page: &Page<'_>, candidate: &Candidate) -> Option<(String, String, Option<Fix>)> {
    let (text, destination) = (candidate.text.of(page.text), candidate.destination.of(page.text));
    let destination = match candidate.kind {
        CandidateKind::SpacedLink | CandidateKind::SpacesInDestination => destination,
        _ => without_lone_quote(destination),
    };
    if let Some(shortcode) = as_shortcode(page, candidate, destination) {
        let message = format!("`{destination}` is written as in a layout; in a page, Hugo reads only shortcodes");
        let fix =
            Fix::replace(format!("write `{shortcode}`"), Safety::Safe, page.file(), candidate.destination, &*shortcode);
        return Some((message, format!("write `{shortcode}`"), Some(fix)));
    }
    // An expression that a template engine fills in before Markdown is read; not every site's engine is known.
    if destination.contains("{{") || destination.contains("{%") {
        return None;
    }
    if candidate.kind == CandidateKind::SwappedLink && is_expression(text, destination) {
        return None;
    }
    if is_exchanged(candidate, text, destination) {
        let right = format!("[{destination}]({})", without_lone_quote(text));
        let message = "text and address are the wrong way round, so readers see the brackets".to_owned();
        let help = format!("write `{right}`");
        let fix = Fix::replace(help.clone(), Safety::Safe, page.file(), candidate.span, right);
        return Some((message, help, Some(fix)));
    }
    let what = if candidate.image { "image" } else { "link" };
    let one = if candidate.image { "an image" } else { "a link" };
    let mark = if candidate.image { "!" } else { "" };
    let right = format!("{mark}[{text}]({destination})");
    // The title stays.
    let unspaced = candidate.span.of(page.text).replacen("] (", "](", 1);
    let unspaced = if unspaced.starts_with(&format!("{mark}[{text}](")) { unspaced } else { right.clone() };
    // `[text/(url)`: the sign beside the bracket's key.
    let mistyped = text.strip_suffix(['/', '\\', '|', '}']).filter(|rest| !rest.is_empty() && !text.contains('{'));
    let closed = format!("{mark}[{}]({destination})", mistyped.unwrap_or(text));
    let replace =
        |safety, new: &str| Some(Fix::replace(format!("write `{new}`"), safety, page.file(), candidate.span, new));
    Some(match candidate.kind {
        // `! [text] (picture.png)`: blanks everywhere, as translating machines leave them.
        CandidateKind::SpacedLink if is_torn_image(page.text, candidate, destination) => {
            let span = Span::new(candidate.span.start as usize - 2, candidate.span.end as usize);
            let new = format!("!{right}");
            let message = "blanks keep this from being an image: readers see the brackets".to_owned();
            let fix = Fix::replace(format!("write `{new}`"), Safety::Safe, page.file(), span, &*new);
            (message, format!("write `{new}`"), Some(fix))
        }
        // `[1] (https://…)` at the start of a paragraph: a list of sources by hand, whose readers look for the address.
        CandidateKind::SpacedLink if is_source(page.text, candidate, text) => {
            let new = format!("[{text}] <{destination}>");
            let message = format!("a blank between `]` and `(` keeps this from being {one}: readers see the brackets");
            let fix = if is_web(destination) && is_one(destination) { replace(Safety::Safe, &new) } else { None };
            (message, format!("write `{new}`"), fix)
        }
        CandidateKind::SpacedLink => (
            format!("a blank between `]` and `(` keeps this from being {one}: readers see the brackets"),
            "write the parenthesis directly after the bracket".to_owned(),
            // A path from the host's root was often copied from another site with its text.
            // And in `(<https://a.example/)by> c` the blank is not all that is wrong.
            match destination {
                path if path.starts_with('/') => replace(Safety::Unsafe, &unspaced),
                // `[EN 319 162] (http://…)`: a key of the bibliography, and what it is the name of.
                address if is_one(address) && is_key(text) && has_bare_keys(page.text) => {
                    replace(Safety::Manual, &unspaced)
                }
                address if is_one(address) => replace(Safety::Safe, &unspaced),
                _ => None,
            },
        ),
        CandidateKind::WideParentheses => (
            format!("the parentheses of this {what} are full-width ones, so it is none: readers see the brackets"),
            format!("write `{right}`"),
            replace(Safety::Safe, &right),
        ),
        CandidateKind::SwappedLink => (
            format!("brackets and parentheses are the wrong way round, so this is no {what}"),
            format!("write `{right}`"),
            replace(if is_odd_fragment(destination) { Safety::Unsafe } else { Safety::Safe }, &right),
        ),
        CandidateKind::UnclosedLink => {
            let fix = unclosed::close(page, candidate);
            let help = if fix.title.starts_with("write") {
                fix.title.clone()
            } else {
                "put `)` after the destination".to_owned()
            };
            (format!("the parenthesis of this {what} is never closed, so readers see its source"), help, Some(fix))
        }
        CandidateKind::PrintedTag => {
            let tag = candidate.span.of(page.text);
            let quoted = quoted_tag(tag);
            (
                format!(
                    "kramdown reads a value without quotes only where it is one word, so readers see this tag instead of {one}"
                ),
                "put each value in quotes".to_owned(),
                quoted.and_then(|tag: String| replace(Safety::Safe, &tag)),
            )
        }
        CandidateKind::DoubledBracket => {
            let sign = if candidate.span.of(page.text).contains("]((") { '(' } else { ']' };
            // Of `["boxes]](…)` the bracket stands in the place of a quotation mark.
            let quote = if text.matches('"').count() % 2 == 1 { "\"" } else { "" };
            let right = format!("{mark}[{text}{quote}]({destination})");
            (
                format!("a `{sign}` too many keeps this from being {one}: readers see the brackets"),
                format!("write `{right}`"),
                replace(Safety::Safe, &right),
            )
        }
        CandidateKind::OpenBracket => (
            format!("the bracket of this {what} is never closed, so readers see its source"),
            format!("write `{closed}`"),
            replace(Safety::Safe, &closed),
        ),
        // Blanks in the destination: what they keep from being found, only the site knows.
        _ => return None,
    })
}
