//! links/credentials: a user name or password in a URL. The message never repeats it.

use serde_json::Value;

use super::local_url::local;
use crate::page::links::{Link, Origin};
use crate::rules::page::Page;
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
            if link.is_dynamic() || !public || !has_password(&link.destination) || is_explained(page.text, link) {
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
    let made_up = [user, password].iter().all(|word| is_made_up(word));
    named || masked || variable || shouted || made_up || letters.starts_with("your")
}

/// `foouser`, `barpassword`: words of examples, and no others.
fn is_made_up(word: &str) -> bool {
    const WORDS: [&str; 7] = ["foo", "bar", "baz", "user", "name", "pass", "word"];
    let mut rest = word.to_ascii_lowercase();
    while let Some(after) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after.to_owned();
    }
    rest.is_empty()
}

/// True for an address without a text of its own whose user and password the paragraph names again in quotation marks: it
/// explains the parts of an address.
fn is_explained(text: &str, link: &Link) -> bool {
    const REACH: usize = 2_000;
    let Some((user, password)) = user_and_password(&link.destination) else { return false };
    if !matches!(link.origin, Origin::Bare | Origin::Autolink) {
        return false;
    }
    let (start, end) = (link.whole.start as usize, link.whole.end as usize);
    let before = text.get(text.ceil_char_boundary(start.saturating_sub(REACH))..start).unwrap_or_default();
    let after = text.get(end..text.floor_char_boundary(end.saturating_add(REACH))).unwrap_or_default();
    let before = before.rsplit("\n\n").next().unwrap_or_default();
    let after = after.split("\n\n").next().unwrap_or_default();
    [user, password].iter().all(|word| [before, after].iter().any(|part| is_quoted_in(part, word)))
}

fn is_quoted_in(text: &str, word: &str) -> bool {
    const MARKS: [char; 10] = ['`', '"', '\'', '“', '”', '‘', '’', '「', '」', '«'];
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).is_some_and(|before| before.ends_with(MARKS));
        before && text.get(at + word.len()..).is_some_and(|after| after.starts_with(MARKS) || after.starts_with('»'))
    })
}

/// `//user:password@host`. A user name alone (`git@host`) is no secret; `user:` with nothing after it neither.
fn has_password(url: &str) -> bool {
    user_and_password(url).is_some_and(|(user, password)| !password.is_empty() && !stands_for_one(user, password))
}

fn user_and_password(url: &str) -> Option<(&str, &str)> {
    let (_, rest) = url.split_once("//")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once('@')?.0.split_once(':')
}
