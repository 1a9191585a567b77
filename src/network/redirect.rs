//! Judgement on redirects: which may stand in the text from now on, and which say that the page is not there any more.
//!
//! A server redirects for many reasons, and a permanent status is often a habit. Whoever follows all of them writes login
//! pages, country pages and home pages into posts.

use url::{Host, Url};

use super::walk::Hop;
use crate::site::destination::decode;
use crate::site::domain;

/// What a redirect is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The same page under another address: it may be written instead.
    Same,
    /// Somewhere else, and for a good reason; nothing that a text should be changed for by itself.
    Other,
    /// From a page to the home page of its own site, or to a page that says that it is not there.
    OwnHome,
    /// From a page to the home page of another site.
    OtherHome,
    /// To a page that asks who one is.
    Login,
}

/// Judges a way by its ends.
#[must_use]
pub fn kind(from: &Url, to: &Url) -> Kind {
    if asks_who_one_is(from, to) {
        return Kind::Login;
    }
    if is_redirector(from) || names(from, to) {
        return Kind::Other;
    }
    if is_home(to) && !is_home(from) {
        return if same_owner(from, to) { Kind::OwnHome } else { Kind::OtherHome };
    }
    if says_missing(to.path()) && !says_missing(from.path()) {
        return Kind::OwnHome;
    }
    let same = to.query() == from.query() && (same_tail(from, to) || differs_in_trifles(from, to));
    if same && !differs_in_language(from, to) { Kind::Same } else { Kind::Other }
}

/// True where a way to another owner's site is what the address is for, and no sign that it changed hands.
#[must_use]
pub fn is_meant(from: &Url, to: &Url) -> bool {
    same_owner(from, to) || is_redirector(from) || names(from, to)
}

/// True when every hop is meant for ever.
#[must_use]
pub fn is_permanent(hops: &[Hop]) -> bool {
    !hops.is_empty() && hops.iter().all(Hop::is_permanent)
}

/// True for two hosts of one owner, as far as names tell.
fn same_owner(a: &Url, b: &Url) -> bool {
    match (a.host(), b.host()) {
        (Some(Host::Domain(a)), Some(Host::Domain(b))) => domain::same_owner(a, b),
        (a, b) => a.is_some() && a == b,
    }
}

/// Shorteners, identifiers, counters of clicks.
fn is_redirector(url: &Url) -> bool {
    url.host_str().is_some_and(domain::is_redirector)
}

/// True where an address names the host that it leads to, behind its own: `/out?url=https://example.org/`.
fn names(from: &Url, to: &Url) -> bool {
    let behind = &from[url::Position::AfterHost..];
    to.host_str().is_some_and(|host| behind.contains(host.strip_prefix("www.").unwrap_or(host)))
}

/// The front page of a site, or of one of its languages.
fn is_home(url: &Url) -> bool {
    if url.query().is_some_and(|query| !query.is_empty()) {
        return false;
    }
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => true,
        [one] => is_language(one) || matches!(*one, "index.html" | "index.htm" | "index.php" | "home"),
        _ => false,
    }
}

/// `fr`, `en-us`, `zh_CN`.
fn is_language(part: &str) -> bool {
    let letters = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    part.split_once(['-', '_']).map_or_else(|| letters(part), |(a, b)| letters(a) && letters(b))
}

fn says_missing(path: &str) -> bool {
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let bare = last.split('.').next().unwrap_or_default();
    matches!(
        bare,
        "404"
            | "410"
            | "notfound"
            | "not-found"
            | "not_found"
            | "page-not-found"
            | "pagenotfound"
            | "error404"
            | "404error"
            | "error"
    )
}

/// The page of a login, a consent or a captcha. Some of their names are those of chapters, too (`/docs/auth`): these count
/// where the way back is given along.
fn asks_who_one_is(from: &Url, to: &Url) -> bool {
    const NAMES: [&str; 10] = [
        "login",
        "log-in",
        "signin",
        "sign-in",
        "sign_in",
        "users_sign_in",
        "account_login",
        "wp-login.php",
        "captcha",
        "sorry",
    ];
    const CHAPTERS: [&str; 8] = ["auth", "oauth", "oauth2", "authorize", "sso", "consent", "cas", "challenge"];
    const HOSTS: [&str; 6] = ["login.", "signin.", "accounts.", "auth.", "sso.", "consent."];
    let has = |url: &Url, names: &[&str]| {
        url.path().split('/').any(|part| names.contains(&part.to_ascii_lowercase().as_str()))
    };
    let new = |names: &[&str]| has(to, names) && !has(from, names);
    let own_host = |url: &Url| url.host_str().is_some_and(|host| HOSTS.iter().any(|name| host.starts_with(name)));
    own_host(to) && !own_host(from) || new(&NAMES) || new(&CHAPTERS) && gives_the_way_back(from, to)
}

fn gives_the_way_back(from: &Url, to: &Url) -> bool {
    let query = to.query().map(decode).unwrap_or_default();
    let host = from.host_str().unwrap_or_default();
    query.contains(&format!("//{host}")) || (from.path().len() > 1 && query.contains(&*decode(from.path())))
}

/// The last part of the path is kept, and it is one that tells pages apart.
fn same_tail(from: &Url, to: &Url) -> bool {
    let tail = |url: &Url| {
        let path = url.path().trim_end_matches('/');
        let last = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let stem = last.strip_suffix(".html").or_else(|| last.strip_suffix(".htm")).unwrap_or(&last);
        stem.to_owned()
    };
    let (a, b) = (tail(from), tail(to));
    (!a.is_empty() && a == b) || (is_home(from) && is_home(to) && !from.path().contains("//"))
}

/// Only the scheme, `www.`, or the slash at the end.
fn differs_in_trifles(from: &Url, to: &Url) -> bool {
    let host = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned());
    host(from) == host(to) && from.path().trim_end_matches('/') == to.path().trim_end_matches('/')
}

/// The server chose a language or a country by who asks.
fn differs_in_language(from: &Url, to: &Url) -> bool {
    let parts = |url: &Url| -> Vec<String> {
        let host = url.host_str().unwrap_or_default().split('.').map(str::to_owned);
        let host: Vec<String> = host.collect();
        let sub = host.iter().take(host.len().saturating_sub(2)).cloned();
        let path = url.path().split('/').map(str::to_owned);
        sub.chain(path).filter(|part| is_language(part)).map(|part| part.to_ascii_lowercase()).collect()
    };
    let (mut before, mut after) = (parts(from), parts(to));
    before.sort_unstable();
    after.sort_unstable();
    before != after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(from: &str, to: &str) -> Kind {
        kind(&Url::parse(from).unwrap(), &Url::parse(to).unwrap())
    }

    #[test]
    fn what_may_be_written_instead() {
        for (from, to) in [
            ("http://a.example/x", "https://a.example/x"),
            ("https://docs.x.example/guide/start.html", "https://y.example/docs/guide/start"),
            ("https://www.a.example/", "https://a.example/"),
            ("https://github.com/old/name", "https://github.com/new/name"),
        ] {
            assert_eq!(of(from, to), Kind::Same, "{from} {to}");
        }
        for (from, to) in [
            ("https://a.example/x", "https://a.example/y"),
            ("https://a.example/x", "https://a.example/fr/x"),
            ("https://en.a.example/x", "https://fr.a.example/x"),
            ("https://bit.ly/x", "https://a.example/x"),
            ("https://a.example/x", "https://a.example/x?session=1"),
            ("https://a.example/out?to=https%3A//b.org/", "https://b.org/"),
            ("https://docs.a.org/guide/logging-in", "https://docs.a.org/guide/auth"),
        ] {
            assert_eq!(of(from, to), Kind::Other, "{from} {to}");
        }
    }

    #[test]
    fn what_is_no_page_any_more() {
        assert_eq!(of("https://a.example/x/y", "https://a.example/"), Kind::OwnHome);
        assert_eq!(of("https://blog.a.example/x/y", "https://www.a.example/en"), Kind::OwnHome);
        assert_eq!(of("https://a.example/x/y", "https://a.example/404.html"), Kind::OwnHome);
        assert_eq!(of("https://a.example/x/y", "https://b.example/"), Kind::OtherHome);
        assert_eq!(of("https://a.co.uk/x/y", "https://b.co.uk/"), Kind::OtherHome);
        assert_eq!(of("https://ann.github.io/x/y", "https://ben.github.io/"), Kind::OtherHome);
        assert_eq!(of("https://127.0.0.1/x/y", "https://126.0.0.1/"), Kind::OtherHome);
        assert_eq!(of("https://instagr.am/p/x", "https://www.instagram.com/"), Kind::OwnHome);
        assert_eq!(of("https://a.example/", "https://b.example/"), Kind::Same);
        assert_eq!(of("https://a.example/x", "https://accounts.google.com/ServiceLogin"), Kind::Login);
        assert_eq!(of("https://a.example/x", "https://a.example/users/login?next=/x"), Kind::Login);
        assert_eq!(of("https://a.example/x/y", "https://id.a.example/auth/realm?back=%2Fx%2Fy"), Kind::Login);
    }
}
