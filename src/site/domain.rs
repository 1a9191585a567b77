//! Whose a host is: the domain that somebody registered, and the services that only send readers on.
//!
//! The whole list of public suffixes has ten thousand entries; which owner a link in a blog leads to is decided by a
//! few dozen, and where ours knows less, two hosts are taken for one owner's rather than for two.

use std::sync::OnceLock;

use serde::Deserialize;

/// No name of the DNS has more bytes (RFC 1035, 2.3.4).
pub const LONGEST_NAME: usize = 255;

/// `rules/data/domains.yaml`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Domains {
    second_levels: Vec<String>,
    endings: Vec<String>,
    suffixes: Vec<String>,
    services: Vec<String>,
    owners: Vec<Vec<String>>,
    platforms: Vec<String>,
    redirectors: Vec<String>,
    archives: Vec<String>,
}

fn domains() -> &'static Domains {
    static DOMAINS: OnceLock<Domains> = OnceLock::new();
    DOMAINS.get_or_init(|| crate::data::read("domains"))
}

/// The domain that was registered: `example.co.uk` of `www.example.co.uk`, `me.github.io` of itself. `host` is in lower
/// case.
#[must_use]
pub fn registrable(host: &str) -> &str {
    let host = host.trim_end_matches('.');
    let last = |count: usize| {
        let start = host.rmatch_indices('.').nth(count - 1).map_or(0, |(at, _)| at + 1);
        host.get(start..).unwrap_or(host)
    };
    let hosted = domains().suffixes.iter().find(|suffix| is_below(host, suffix) && host.len() > suffix.len());
    if let Some(suffix) = hosted {
        return last(suffix.matches('.').count() + 2);
    }
    let two = last(2);
    let (second, top) = two.split_once('.').unwrap_or((two, ""));
    if top.len() == 2 && domains().second_levels.iter().any(|level| level == second) { last(3) } else { two }
}

/// True for a host whose last label is one that hosts have: a country's two letters, a known ending, a number's end.
#[must_use]
pub fn has_known_ending(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let number = || host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let country = last.len() == 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    host.contains('.') && (country || number() || domains().endings.iter().any(|ending| ending == last))
}

/// True for a name below a hoster's: `our-blog.netlify.app`.
#[must_use]
pub fn is_hosted(host: &str) -> bool {
    domains().suffixes.iter().any(|suffix| is_below(host, suffix))
}

/// True for a blog at a service that runs it: what it has beside the posts is the service's.
#[must_use]
pub fn is_of_service(host: &str) -> bool {
    host.contains(".blogspot.") || domains().services.iter().any(|service| is_below(host, service))
}

/// The name in a registered domain: `example` of `example.co.uk`.
#[must_use]
pub fn name(host: &str) -> &str {
    registrable(host).split('.').next().unwrap_or_default()
}

/// True for two hosts that are one owner's, as far as can be told from their names.
#[must_use]
pub fn same_owner(a: &str, b: &str) -> bool {
    let (one, other) = (registrable(a), registrable(b));
    let letters = |host: &str| name(host).replace('-', "");
    one == other
        || letters(a) == letters(b)
        || domains().owners.iter().any(|owner| {
            let owns = |domain: &str| owner.iter().any(|own| own == domain);
            owns(one) && owns(other)
        })
}

/// True for shorteners, permanent identifiers and the counters of newsletters: where they lead cannot be seen.
#[must_use]
pub fn is_redirector(host: &str) -> bool {
    domains().redirectors.iter().any(|known| is_below(host, known))
}

/// True for what keeps copies of other sites' pages: a link to a copy goes to the page that its text names.
#[must_use]
pub fn is_archive(host: &str) -> bool {
    domains().archives.iter().any(|known| is_below(host, known))
}

/// True where everybody has an account or a repository, which may be called like a domain.
#[must_use]
pub fn is_platform(host: &str) -> bool {
    domains().platforms.iter().any(|known| is_below(host, known))
}

/// The host itself or one below it.
fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Why a host is not what it seems to be, where its letters are chosen to look like others: `раураl.com` with Cyrillic letters.
/// The host may be written in Punycode.
#[must_use]
pub fn look_alike(host: &str) -> Option<String> {
    let bytes = host.as_bytes();
    let coded = |at: usize| bytes.get(at..).is_some_and(|rest| rest.starts_with(b"xn--"));
    if host.is_ascii() && !memchr::memchr_iter(b'x', bytes).any(coded) {
        return None;
    }
    let (shown, _) = idna::domain_to_unicode(host);
    let top = shown.rsplit('.').next().unwrap_or_default();
    let suspicious = |label: &str| {
        let foreign = label.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).collect::<Vec<char>>();
        let latin = label.bytes().any(|byte| byte.is_ascii_alphabetic());
        let greek_or_cyrillic =
            |c: &char| matches!(c, '\u{370}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}');
        if latin {
            foreign.iter().any(greek_or_cyrillic)
        } else {
            top.is_ascii() && !foreign.is_empty() && foreign.iter().all(|c| TWINS.contains(*c))
        }
    };
    shown.split('.').any(suspicious).then_some(shown.clone())
}

/// Letters of other scripts that look like Latin ones.
const TWINS: &str = "аеорсухіјѕԁһӏԛԝɡοανρτυκιβηγµ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_cut_below_their_suffix() {
        for (host, domain) in [
            ("www.example.co.uk", "example.co.uk"),
            ("a.b.example.com", "example.com"),
            ("me.github.io", "me.github.io"),
            ("x.me.github.io", "me.github.io"),
            ("github.io", "github.io"),
            ("example.gouv.fr", "example.gouv.fr"),
            ("t.co", "t.co"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(registrable(host), domain, "{host}");
        }
    }

    #[test]
    fn owners() {
        assert!(same_owner("docs.example.com", "www.example.com"));
        assert!(same_owner("example.org", "example.com"));
        assert!(same_owner("twitter.com", "x.com") && same_owner("golang.org", "pkg.go.dev"));
        assert!(!same_owner("a.github.io", "b.github.io"));
        assert!(!same_owner("example.co.uk", "other.co.uk"));
        assert!(is_redirector("bit.ly") && is_redirector("eur01.safelinks.protection.outlook.com"));
        assert!(!is_redirector("habit.ly"));
    }

    #[test]
    fn letters_of_another_script() {
        for host in ["p\u{430}ypal.com", "xn--pypal-4ve.com", "\u{430}\u{440}\u{440}\u{4cf}\u{435}.com"] {
            assert!(look_alike(host).is_some(), "{host}");
        }
        for host in ["caf\u{e9}.fr", "пример.рф", "яндекс.com", "日本語abc.jp", "xn--caf-dma.fr", "example.com"]
        {
            assert!(look_alike(host).is_none(), "{host}");
        }
    }
}
