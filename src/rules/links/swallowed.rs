//! A bare address that goes on in the sentence behind it: in Chinese and Japanese no blank parts the two, and of the signs that
//! end an address in a text GitHub's readers and markdown-it know only those of ASCII.

use crate::finding::{Fix, Safety};
use crate::page::links::{Link, Origin};
use crate::rules::rule::Reporter;
use crate::site::Site;
use crate::site::domain::has_known_ending;
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
    // `http://192.168.0.§0§/`: what a program fills in.
    if written.contains('§') {
        return false;
    }
    let Some(end) = behind_host(written).or_else(|| written.find(SIGNS)) else { return false };
    let address = without_marks(written.get(..end).unwrap_or_default());
    let rest = written.get(address.len()..).unwrap_or_default();
    let path = address.split_once("://").and_then(|(_, rest)| rest.split_once(['/', '?', '#']));
    // A path in letters of the same script may have such signs of its own.
    let pairs = address.contains(['（', '「', '『', '【', '《', '“']);
    let host = || address.split_once("://").is_some_and(|(_, host)| is_host(host));
    if !address.is_ascii() || path.is_none() && !host() || pairs || link.span.len() != written.len() {
        return false;
    }
    let alone = !rest.contains(char::is_alphanumeric);
    let what = if alone { "the sign" } else { "the text" };
    if path.is_none()
        && let Some(port) = wide_port(rest)
    {
        let right = format!("{address}:{port}");
        let message = format!(
            "`{address}` goes on with the wide sign `：`: a port needs `:`, and without it the link leads elsewhere"
        );
        let fix = Fix::replace(format!("write `{address}:`"), Safety::Unsafe, &page.file, link.span, right);
        report.at(&page.file, link.place(), message).help("write the `:` of a Latin keyboard").fix(fix).done();
        return true;
    }
    let message = format!("`{address}` has swallowed {what} behind it: the link goes on to `{}`", shown(rest));
    let angles = site.model.dialect(&page.path).angle_autolinks;
    let right = match angles {
        true => format!("<{address}>"),
        false if rest.starts_with(SIGNS) => format!("{address} "),
        false => format!("[{address}]({address})"),
    };
    let fix = Fix::replace(
        format!("write `{}`", right.trim_end()),
        if ends_in_number_of_item(address, rest) { Safety::Manual } else { Safety::Safe },
        &page.file,
        link.span,
        format!("{right}{rest}"),
    );
    let fix = Some(fix).filter(|_| !address.contains(['"', '*', '[', ']', '(', ')', '|', '\\', '`']));
    let help = match angles {
        true => "put the address in angle brackets",
        false if rest.starts_with(SIGNS) => "put a blank behind the address",
        false => "write it as a link, so that it has an end",
    };
    report.at(&page.file, link.place(), message).help(help).maybe_fix(fix).done();
    true
}

/// Where the text begins that follows a host without a blank: `https://a.example을`.
fn behind_host(written: &str) -> Option<usize> {
    let start = written.find("://")? + 3;
    let authority = written.get(start..)?.split(['/', '?', '#']).next()?;
    let end = authority.find(|c: char| !c.is_ascii())?;
    let (host, rest) = authority.split_at(end);
    let host = host.trim_end_matches([',', ';', ':', '.', ')']);
    // `https://a.例え.jp` has letters of all scripts.
    let more = rest.split('.').skip(1).any(|part| part.starts_with(|c: char| c.is_ascii_alphanumeric()));
    (is_host(host) && !more).then_some(start + host.len())
}

/// What follows the wide colon of a port: `http://localhost：8080/`.
fn wide_port(rest: &str) -> Option<&str> {
    rest.strip_prefix('：').filter(|port| port.starts_with(|c: char| c.is_ascii_digit()))
}

/// True where a lost line end may have glued the number of the next item to the address: `…/a.html3、b`.
fn ends_in_number_of_item(address: &str, rest: &str) -> bool {
    let name = address.trim_end_matches(|c: char| c.is_ascii_digit());
    rest.starts_with('、') && name.len() < address.len() && name.ends_with(|c: char| c.is_ascii_alphabetic())
}

fn is_host(authority: &str) -> bool {
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let host = authority.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(authority, |(host, _)| host);
    has_known_ending(host) || host == "localhost"
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
