//! Addresses of which more is wrong than the scheme, so that a new scheme alone repairs nothing.

use crate::code_host;

/// True where more than the scheme is wrong: an address within it whose own scheme is cut (`#tps://b.example/`), or a
/// folder below a repository at GitHub, which shows none at such an address.
pub(super) fn has_more_slips(host: &str, path: &str) -> bool {
    let inner = path.split_once("://").map(|(before, _)| {
        before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase()
    });
    let is_cut = inner.is_some_and(|scheme| (scheme.ends_with('p') || scheme.ends_with("ps")) && !is_scheme(&scheme));
    let folders = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    let mut parts = folders.split('/').skip(2);
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let elsewhere = match (parts.next(), parts.next()) {
        (Some("projects"), Some(which)) => !number(which),
        (Some(part), Some(_)) => !code_host::is_page(part),
        _ => false,
    };
    is_cut || host == "github.com" && elsewhere
}

fn is_scheme(name: &str) -> bool {
    matches!(name, "http" | "https" | "ftp" | "ftps" | "sftp")
}

/// `https://a.example/https://a.example/b.png`, `https://a.example/bhttps://a.example/b`: the address that was meant.
pub(super) fn written_twice<'a>(address: &'a str, host: &str) -> Option<&'a str> {
    let schemes = ["https://", "http://"];
    let start = schemes.iter().find(|scheme| address.starts_with(**scheme))?.len();
    let rest = address.get(start..)?;
    let at = start + schemes.iter().filter_map(|scheme| rest.find(scheme)).min()?;
    let (first, second) = address.split_at(at);
    let bare =
        |text: &str| text.split_once("://").map_or("", |(_, rest)| rest).trim_end_matches('/').to_ascii_lowercase();
    let path = bare(first);
    let same_host = bare(second).strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    (same_host && (path == *host || path == bare(second))).then_some(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_within_itself() {
        let twice = |address| written_twice(address, "a.example");
        assert_eq!(twice("https://a.example/https://a.example/b.png"), Some("https://a.example/b.png"));
        assert_eq!(twice("http://a.example/b.mdhttps://a.example/b.md"), Some("https://a.example/b.md"));
        assert_eq!(twice("https://a.example/web/2020/https://a.example/b"), None);
        assert_eq!(twice("https://a.example/https://b.example/b"), None);
        assert_eq!(twice("https://a.example/?url=https://a.example/b"), None);
    }
}
