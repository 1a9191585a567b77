//! Mail addresses, as far as a linter must tell them from paths and hosts.

/// `name@host.tld` and nothing else.
#[must_use]
pub fn is_mail_address(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let fits = |c: char| c.is_alphanumeric() || ".!#$%&'*+-=?^_`{|}~".contains(c);
    !name.is_empty()
        && name.chars().all(fits)
        && host.contains('.')
        && host.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
        && host.split('.').all(|label| !label.is_empty())
}
