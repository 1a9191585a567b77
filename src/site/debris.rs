//! What other programs leave around an address or in its place: quotation marks of a programming language, the marks of a
//! terminal around what is pasted, the code that Cloudflare writes for a mail address.

use super::mail::is_mail_address;

/// What a terminal sends before and behind a text that is pasted, without the control sign before it.
const PASTED: [&str; 3] = ["\u{1b}[200~", "[200~", "200~"];
/// What it sends behind it.
pub const END_OF_PASTED: &str = "201~";
/// Where Cloudflare leads who clicks on a mail address that it has hidden.
const HIDDEN_MAIL: &str = "/cdn-cgi/l/email-protection";

/// The text that Cloudflare shows where it has hidden a mail address.
pub const TEXT_OF_HIDDEN_MAIL: &str = "[email protected]";

/// True for a text that shows this, in whatever way its brackets and its blank are written.
#[must_use]
pub fn is_text_of_hidden_mail(label: &str) -> bool {
    let label = label.trim_start_matches(['\\', '[']);
    label.starts_with("email") && label.len() < 40 && label.trim_end_matches(['\\', ']']).ends_with("protected")
}

/// True for a path that is none of the site's because of such a thing.
#[must_use]
pub fn is_some(path: &str) -> bool {
    in_quotes(path).is_some() || is_hidden_mail(path)
}

/// The address in `"/about/"`, where the quotation marks are part of what is written.
#[must_use]
pub fn in_quotes(text: &str) -> Option<&str> {
    let mut rest = text.trim().chars();
    let (open, shut) = (rest.next()?, rest.next_back()?);
    let fits = matches!((open, shut), ('"', '"') | ('\'', '\'') | ('`', '`') | ('“' | '”', '”') | ('‘' | '’', '’'));
    let inner = rest.as_str();
    let is_address = inner.starts_with(['/', '#']) || inner.starts_with("./") || inner.starts_with("../");
    let whole = !inner.contains([open, shut, '(', ')', '[', ']']) && !inner.contains(char::is_whitespace);
    (fits && is_address && whole).then_some(inner)
}

/// The address behind what a terminal puts before a text that is pasted.
#[must_use]
pub fn pasted(text: &str) -> Option<&str> {
    PASTED.iter().find_map(|start| text.strip_prefix(start))
}

/// True for the address that Cloudflare writes in the place of a mail address.
#[must_use]
pub fn is_hidden_mail(path: &str) -> bool {
    path.split(['#', '?']).next().is_some_and(|path| path.ends_with(HIDDEN_MAIL))
}

/// The mail address that Cloudflare has hidden: the first of the bytes in its fragment is the key, every other is one of the
/// address, combined with the key by "exclusive or".
#[must_use]
pub fn hidden_mail(address: &str) -> Option<String> {
    let (_, code) = address.split_once('#')?;
    let code = code.as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |pair: &[u8]| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?);
    let bytes: Vec<u8> = code.chunks(2).map(byte).collect::<Option<_>>()?;
    let (key, rest) = bytes.split_first()?;
    let mail = String::from_utf8(rest.iter().map(|byte| byte ^ key).collect()).ok()?;
    let (bare, _) = mail.split_once('?').unwrap_or((&mail, ""));
    is_mail_address(bare).then_some(mail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_mail_is_read() {
        let hidden = "/cdn-cgi/l/email-protection#7716131637120f161a071b1259180510";
        assert_eq!(hidden_mail(hidden).as_deref(), Some("ada@example.org"));
        assert_eq!(hidden_mail("/cdn-cgi/l/email-protection#77"), None);
        assert_eq!(hidden_mail("/cdn-cgi/l/email-protection#zz16"), None);
        assert!(is_hidden_mail("https://example.org/cdn-cgi/l/email-protection"));
    }

    #[test]
    fn quotation_marks_are_no_part_of_an_address() {
        assert_eq!(in_quotes("\"/\""), Some("/"));
        assert_eq!(in_quotes("'../a.md'"), Some("../a.md"));
        for other in ["\"a title\"", "/a\"b\"", "\"\"", "\"/a", "'it' is 'that'"] {
            assert_eq!(in_quotes(other), None, "{other}");
        }
    }
}
