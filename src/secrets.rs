//! Passwords that stand in URLs are never repeated: not in a message, not in an excerpt, not in a proposed repair.

use std::borrow::Cow;

/// The text with every password in a URL (`//user:password@host`) written as asterisks. The length in bytes stays, so
/// that places in the text stay what they were.
#[must_use]
pub fn hidden(text: &str) -> Cow<'_, str> {
    // Nearly every text is settled by one look.
    if memchr::memchr(b'@', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out: Option<String> = None;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("//")) {
        let start = at + found + 2;
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find(|c: char| c.is_whitespace() || "/?#\"'<>()[]{}`".contains(c)).unwrap_or(rest.len());
        at = start + end;
        let authority = rest.get(..end).unwrap_or_default();
        let Some((user, _)) = authority.rsplit_once('@') else { continue };
        let Some((name, password)) = user.split_once(':').filter(|(_, password)| !password.is_empty()) else {
            continue;
        };
        let from = start + name.len() + 1;
        let stars = "*".repeat(password.len());
        out.get_or_insert_with(|| text.to_owned()).replace_range(from..from + password.len(), &stars);
    }
    out.map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn only_passwords_are_hidden() {
        assert_eq!(
            hidden("[x](https://ann:pass@example.org/a) and `//b:é@c`"),
            "[x](https://ann:****@example.org/a) and `//b:**@c`"
        );
        for text in [
            "https://example.org/a:b@c",
            "git@example.org:a/b",
            "https://ann@example.org",
            "https://ann:@x.org",
            "// a:b@c",
        ] {
            assert_eq!(hidden(text), text);
        }
    }
}
