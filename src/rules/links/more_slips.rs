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
