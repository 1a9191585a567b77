//! Judgement on redirects: which may stand in the text from now on, and which say that the page is not there any more.
//!
//! A server redirects for many reasons, and a permanent status is often a habit. Whoever follows all of them writes login
//! pages, country pages and home pages into posts.

use url::Url;

use super::hosts::Hosts;
use super::walk::Hop;

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
pub fn kind(from: &Url, to: &Url, hosts: &Hosts) -> Kind {
    if hosts.is_login(to) || is_login_path(to) && !is_login_path(from) {
        return Kind::Login;
    }
    if hosts.is_shortener(from) {
        return Kind::Other;
    }
    if is_home(to) && !is_home(from) {
        return if same_site(from, to) { Kind::OwnHome } else { Kind::OtherHome };
    }
    if says_missing(to.path()) && !says_missing(from.path()) {
        return Kind::OwnHome;
    }
    let same = to.query() == from.query() && (same_tail(from, to) || differs_in_trifles(from, to));
    if same && !differs_in_language(from, to) { Kind::Same } else { Kind::Other }
}

/// True when every hop is meant for ever.
#[must_use]
pub fn is_permanent(hops: &[Hop]) -> bool {
    !hops.is_empty() && hops.iter().all(Hop::is_permanent)
}

/// The host without `www.`, and two hosts of which one lies below the other, or beside it below the same name of two
/// labels (three where the second is as short as `co` in `co.uk`).
#[must_use]
pub fn same_site(a: &Url, b: &Url) -> bool {
    match (a.host_str(), b.host_str()) {
        (Some(a), Some(b)) => site(a) == site(b),
        _ => false,
    }
}

fn site(host: &str) -> &str {
    let host = host.trim_end_matches('.');
    if host.parse::<std::net::IpAddr>().is_ok() || host.starts_with('[') {
        return host;
    }
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let Some(last) = dots.next() else { return host };
    let Some(second) = dots.next() else { return host };
    let short = last - second - 1 <= 3 && host.len() - last - 1 == 2;
    let start = if short { dots.next().map_or(0, |at| at + 1) } else { second + 1 };
    host.get(start..).unwrap_or(host)
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

fn is_login_path(url: &Url) -> bool {
    const WORDS: [&str; 14] = [
        "login",
        "log-in",
        "signin",
        "sign-in",
        "sign_in",
        "users_sign_in",
        "auth",
        "sso",
        "consent",
        "captcha",
        "cas",
        "account_login",
        "wp-login.php",
        "challenge",
    ];
    url.path().split('/').any(|part| WORDS.contains(&part.to_ascii_lowercase().as_str()))
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
        kind(&Url::parse(from).unwrap(), &Url::parse(to).unwrap(), Hosts::built_in())
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
        assert_eq!(of("https://a.example/", "https://b.example/"), Kind::Same);
        assert_eq!(of("https://a.example/x", "https://accounts.google.com/signin"), Kind::Login);
        assert_eq!(of("https://a.example/x", "https://a.example/users/login?next=/x"), Kind::Login);
    }
}
