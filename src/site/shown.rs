//! What a link shows, where that tells where it leads: an address of its own, or that the link is known to be dead.
//!
//! A repair that makes text and link say two different things only moves the mistake, so rules ask here before they
//! call one safe.

use super::debris::{TEXT_OF_HIDDEN_MAIL, is_text_of_hidden_mail};
use super::destination::{Shape, looks_like_host, shape};
use super::domain;
use super::mail::is_mail_address;
use crate::generators::heading_ids;
use crate::page::links::{Label, Link, LinkKind};
use crate::source::Span;

/// The text of one link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    whole: Span,
    /// An address, or words about the link.
    text: Box<str>,
}

/// Words by which writers say that a link leads nowhere.
const DEAD: [&str; 5] = ["broken link", "dead link", "link broken", "link dead", "404"];

/// The texts of a page's links that are addresses, or say that the link is dead.
#[must_use]
pub fn of(text: &str, links: &[Link]) -> Box<[Shown]> {
    links.iter().filter_map(|link| one(text, link)).collect()
}

/// The texts of a page's links into itself whose fragments are no slugs of them.
#[must_use]
pub fn of_fragments(text: &str, links: &[Link]) -> Box<[Shown]> {
    let of = |link: &Link| {
        let Label::Text(span) = link.label else { return None };
        let fragment = link.destination.strip_prefix('#')?;
        let label = span.of(text).trim();
        let differs = !label.is_empty() && heading_ids::github_slug(label) != fragment;
        differs.then(|| Shown { whole: link.whole, text: label.into() })
    };
    links.iter().filter_map(of).collect()
}

fn one(text: &str, link: &Link) -> Option<Shown> {
    let Label::Text(span) = link.label else { return None };
    let label = span.of(text);
    if is_text_of_hidden_mail(label) {
        return Some(Shown { whole: link.whole, text: TEXT_OF_HIDDEN_MAIL.into() });
    }
    // What settles nearly all.
    memchr::memchr3(b'.', b'@', b'(', label.as_bytes())?;
    if link.kind == LinkKind::Image {
        return None;
    }
    let bare = label.trim_matches(|c: char| c.is_whitespace() || "*_`\"'<>«»“”‘’,;".contains(c));
    let is_address = !bare.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']'))
        && (names_host(bare) || is_mail_address(without_scheme(bare).unwrap_or(bare)));
    let says_dead = || {
        let small = label.to_lowercase();
        small.contains('(') && DEAD.iter().any(|words| small.contains(words))
    };
    (is_address || says_dead()).then(|| Shown { whole: link.whole, text: bare.into() })
}

/// True for a text that begins with a host; behind a scheme any host that there may be.
fn names_host(text: &str) -> bool {
    let bare = without_scheme(text).unwrap_or(text);
    let host = || bare.split(['/', '?', '#', ':']).next().unwrap_or_default();
    looks_like_host(bare) || text.starts_with("http") && bare.len() < text.len() && domain::has_known_ending(host())
}

fn without_scheme(text: &str) -> Option<&str> {
    ["https://", "http://", "mailto:"].iter().find_map(|scheme| text.strip_prefix(scheme))
}

impl Shown {
    /// What one of these links shows.
    #[must_use]
    pub fn of<'s>(all: &'s [Shown], link: &Link) -> Option<&'s str> {
        all.iter().find(|shown| shown.whole == link.whole).map(|shown| &*shown.text)
    }
}

/// True for an address in a text and a destination that are not one and the same place.
#[must_use]
pub fn differ(shown: &str, new: &str) -> bool {
    let bare = without_scheme(shown).unwrap_or(shown);
    if is_mail_address(bare) {
        let address = new.strip_prefix("mailto:").unwrap_or(new);
        return !address.split('?').next().unwrap_or_default().eq_ignore_ascii_case(bare);
    }
    if !names_host(shown) {
        return true;
    }
    let end = bare.find(['/', '?', '#', ':']).unwrap_or(bare.len());
    let (host, path) = bare.split_at(end);
    let whole = bare.len() < shown.len() || host.starts_with("www.") || !path.is_empty();
    // `Socket.io` is a name as well.
    let is_name = !whole && host.bytes().any(|byte| byte.is_ascii_uppercase());
    match shape(new) {
        _ if is_name => false,
        Shape::Web { host: other, .. } => {
            let host = host.to_ascii_lowercase();
            !domain::same_owner(&host, &other)
                && !domain::is_redirector(&other)
                && (whole || !domain::is_platform(&other))
        }
        // The text would go on naming an address that is not where the link leads.
        Shape::Path { .. } => whole,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_an_address_must_be_the_link_s() {
        for (shown, new) in [
            ("ada@a.example.org", "mailto:bea@b.example.org"),
            ("rsa.ie", "https://ras.ie"),
            ("https://old.example.org/a", "/a/"),
            ("the plan (broken link)", "/plan/"),
        ] {
            assert!(differ(shown, new), "{shown} {new}");
        }
        for (shown, new) in [
            ("Ada@a.example.org", "mailto:ada@a.example.org?subject=x"),
            ("rsa.ie", "https://www.rsa.ie/tests"),
            ("socket.io", "/posts/socket-io/"),
            ("Socket.io", "https://github.com/socketio"),
        ] {
            assert!(!differ(shown, new), "{shown} {new}");
        }
    }
}
