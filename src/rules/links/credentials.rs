//! links/credentials: a user name or password in a URL. The message never repeats it.

use serde_json::Value;

use super::local_url::local;
use crate::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::destination::{Shape, shape};

struct Credentials;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(Credentials))
}

impl PageRule for Credentials {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        // Nearly no link has an `@`: only those are worth taking apart.
        let with_at = |destination: &str| memchr::memchr(b'@', destination.as_bytes()).is_some();
        for link in page.facts.links.iter().filter(|link| with_at(&link.destination)) {
            let Shape::Web { host, .. } = shape(&link.destination) else { continue };
            // Who can reach `localhost` or `db` can read its settings, too.
            let public = host.contains('.') && local(&host).is_none();
            if link.is_dynamic() || !public || !has_password(&link.destination) {
                continue;
            }
            let message = format!("a password for `{host}` stands in this URL, for everyone to read");
            let help = "remove it from the URL, and change the password: it is in the history of the repository";
            report.at(page.file(), link.place(), message).help(help).done();
        }
    }
}

/// `user:password`, `elastic:<secret>`, `me:$TOKEN`: readers put theirs there.
fn stands_for_one(user: &str, password: &str) -> bool {
    const WORDS: [&str; 10] = [
        "password",
        "passwd",
        "pass",
        "pwd",
        "secret",
        "token",
        "passphrase",
        "mypassword",
        "yourpassword",
        "changeme",
    ];
    let letters: String = password.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    let named = WORDS.iter().any(|word| {
        letters == *word || letters.strip_suffix(word).is_some_and(|who| user.to_lowercase().starts_with(who))
    });
    let masked = password.bytes().all(|b| matches!(b, b'*' | b'x' | b'X' | b'.' | b'_' | b'-'));
    let variable =
        password.starts_with(['$', '<', '{', '%', '[']) || password.contains("%3C") || password.contains("%7B");
    // `YOUR-PROJECT-SECRET`, `API_KEY`: words that shout.
    let shouted = password.contains(['-', '_'])
        && password.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'-' | b'_'));
    named || masked || variable || shouted || letters.starts_with("your")
}

/// `//user:password@host`. A user name alone (`git@host`) is no secret; `user:` with nothing after it neither.
fn has_password(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("//") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else { return false };
    user.split_once(':').is_some_and(|(user, password)| !password.is_empty() && !stands_for_one(user, password))
}
