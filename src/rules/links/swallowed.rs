//! A bare address that goes on in the sentence behind it: in Chinese and Japanese no blank parts the two, and of the signs that
//! end an address in a text GitHub's readers and markdown-it know only those of ASCII.

use crate::finding::{Fix, Safety};
use crate::page::links::{Link, Origin};
use crate::rules::rule::Reporter;
use crate::site::Site;
use crate::site::facts::PageFacts;
use crate::site::target::Target;

/// Signs of a sentence that nobody writes into an address without numbers. `…` says that the rest of the address is left out.
const SIGNS: [char; 13] = ['。', '，', '、', '；', '：', '！', '？', '）', '」', '』', '】', '》', '”'];

/// Reports a bare address with a sign of the sentence in its path; true if it is one.
pub(super) fn check(site: &Site, page: &PageFacts, link: &Link, target: &Target, report: &mut Reporter<'_>) -> bool {
    let written = &*link.destination;
    if link.origin != Origin::Bare || written.is_ascii() || !matches!(target, Target::External | Target::Missing { .. })
    {
        return false;
    }
    let Some(end) = written.find(SIGNS) else { return false };
    let address = without_marks(written.get(..end).unwrap_or_default());
    let rest = written.get(address.len()..).unwrap_or_default();
    let path = address.split_once("://").and_then(|(_, rest)| rest.split_once(['/', '?', '#']));
    // A path in letters of the same script may have such signs of its own.
    let pairs = address.contains(['（', '「', '『', '【', '《', '“']);
    if !address.is_ascii() || path.is_none() || pairs || link.span.len() != written.len() {
        return false;
    }
    let alone = !rest.contains(char::is_alphanumeric);
    let what = if alone { "the sign" } else { "the text" };
    let message = format!("`{address}` has swallowed {what} behind it: the link goes on to `{}`", shown(rest));
    let angles = site.model.dialect(&page.path).angle_autolinks;
    let right = if angles { format!("<{address}>") } else { format!("{address} ") };
    let fix = Fix::replace(
        format!("write `{}`", right.trim_end()),
        Safety::Safe,
        &page.file,
        link.span,
        format!("{right}{rest}"),
    );
    let fix = Some(fix).filter(|_| !address.contains(['"', '*', '[', ']', '(', ')', '|', '\\', '`']));
    let help = if angles { "put the address in angle brackets" } else { "put a blank behind the address" };
    report.at(&page.file, link.place(), message).help(help).maybe_fix(fix).done();
    true
}

/// Without the signs of ASCII that end a sentence, a link or emphasis.
fn without_marks(address: &str) -> &str {
    let mut address = address;
    while let Some(shorter) = address.strip_suffix([')', '"', '\'', '*', ']', ',', '.', ';', ':', '!', '?'])
        && !(address.ends_with(')') && address.contains('('))
    {
        address = shorter;
    }
    address
}

/// The beginning of what was swallowed.
fn shown(rest: &str) -> String {
    const LONG: usize = 12;
    let end = rest.char_indices().nth(LONG).map_or(rest.len(), |(end, _)| end);
    let dots = if end < rest.len() { "…" } else { "" };
    format!("{}{dots}", rest.get(..end).unwrap_or(rest))
}
