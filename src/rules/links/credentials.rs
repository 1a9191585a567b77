//! links/credentials: a user name or password in a URL. The message never repeats it.

use serde_json::Value;

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
            if link.is_dynamic() || !has_password(&link.destination) {
                continue;
            }
            let message = format!("a password for `{host}` stands in this URL, for everyone to read");
            let help = "remove it from the URL, and change the password: it is in the history of the repository";
            report.at(page.file(), link.place(), message).help(help).done();
        }
    }
}

/// `//user:password@host`. A user name alone (`git@host`) is no secret; `user:` with nothing after it neither.
fn has_password(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("//") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else { return false };
    user.split_once(':').is_some_and(|(_, password)| !password.is_empty())
}
