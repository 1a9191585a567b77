//! Secrets for servers that want one, each for exactly one of them.
//!
//! A secret is bound to an origin (scheme, host, port), not to a pattern that another URL could fit; it comes from an
//! environment variable that trusted configuration names, goes out over https only, never after a redirect, and cannot be
//! printed by accident.

use std::fmt;

use reqwest::header::{HeaderName, HeaderValue};
use url::{Origin, Url};

use super::answer::Ask;

/// The secrets of a run.
#[derive(Debug, Clone, Default)]
pub struct Credentials(Vec<Credential>);

#[derive(Clone)]
struct Credential {
    origin: Origin,
    header: HeaderName,
    value: HeaderValue,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} for {}", self.header, self.origin.ascii_serialization())
    }
}

/// Why a secret cannot be used. Never repeats it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialProblem {
    /// Not `https://host` or `https://host:port`.
    #[error("`{0}` is no https origin: a scheme, a host and perhaps a port, nothing behind them")]
    Origin(String),
    /// Not the name of a header, or of one that carries no secrets.
    #[error("`{0}` is no name of a header that carries a secret")]
    Header(String),
    /// The variable is not set, empty, or holds what no header can.
    #[error("the environment variable `{0}` holds no secret that can be sent")]
    Variable(String),
}

impl Credentials {
    /// Binds what `variable` of the environment holds to `origin`; it is sent as the header `header` behind `prefix` (`Bearer `,
    /// or nothing).
    ///
    /// # Errors
    /// What is wrong with one of the four.
    pub fn bind(
        &mut self,
        origin: &str,
        header: &str,
        prefix: &str,
        variable: &str,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<(), CredentialProblem> {
        let url = Url::parse(origin).ok().filter(|url| {
            url.scheme() == "https"
                && url.host().is_some()
                && url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
        });
        let url = url.ok_or_else(|| CredentialProblem::Origin(crate::secrets::hidden(origin).into_owned()))?;
        let name = HeaderName::try_from(header).map_err(|_| CredentialProblem::Header(header.to_owned()))?;
        if matches!(name.as_str(), "host" | "content-length" | "transfer-encoding" | "connection" | "user-agent") {
            return Err(CredentialProblem::Header(header.to_owned()));
        }
        let secret = environment(variable).filter(|secret| !secret.trim().is_empty());
        let value = secret.and_then(|secret| HeaderValue::try_from(format!("{prefix}{}", secret.trim())).ok());
        let mut value = value.ok_or_else(|| CredentialProblem::Variable(variable.to_owned()))?;
        value.set_sensitive(true);
        self.0.push(Credential { origin: url.origin(), header: name, value });
        Ok(())
    }

    /// The headers that this request carries.
    pub(super) fn of(&self, ask: &Ask) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        let origin = (!ask.redirected && ask.url.scheme() == "https").then(|| ask.url.origin());
        self.0.iter().filter(move |own| origin.as_ref() == Some(&own.origin)).map(|own| (&own.header, &own.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variable: &str) -> Option<String> {
        match variable {
            "TOKEN" => Some("canary\n".to_owned()),
            "EMPTY" => Some(" ".to_owned()),
            "BROKEN" => Some("a\nb".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn only_for_the_exact_origin_and_not_after_a_redirect() {
        let mut credentials = Credentials::default();
        credentials.bind("https://api.example.org", "Authorization", "Bearer ", "TOKEN", environment).unwrap();
        let sent = |url: &str, redirected| {
            let ask = Ask { redirected, ..Ask::head(Url::parse(url).unwrap()) };
            credentials.of(&ask).map(|(_, value)| value.to_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(sent("https://api.example.org/x?y", false), ["Bearer canary"]);
        assert_eq!(sent("https://API.example.org:443/x", false), ["Bearer canary"]);
        assert!(sent("https://api.example.org/x", true).is_empty());
        for other in [
            "http://api.example.org/",
            "https://api.example.org:8443/",
            "https://api.example.org.evil.com/",
            "https://evil.com/?https://api.example.org",
            "https://api.example.org@evil.com/",
            "https://example.org/",
            "https://a.api.example.org/",
        ] {
            assert!(sent(other, false).is_empty(), "{other}");
        }
        assert!(!format!("{credentials:?}").contains("canary"), "{credentials:?}");
    }

    #[test]
    fn mistakes_are_told_without_the_secret() {
        let bind = |origin, header, variable| {
            Credentials::default().bind(origin, header, "", variable, environment).unwrap_err().to_string()
        };
        for origin in ["http://x.org", "https://x.org/path", "x.org", "https://u:canary@x.org", "https://x.org/?q"] {
            let told = bind(origin, "X-Key", "TOKEN");
            assert!(told.contains("is no https origin") && !told.contains("canary"), "{told}");
        }
        assert!(bind("https://x.org", "a b", "TOKEN").contains("is no name of a header"));
        assert!(bind("https://x.org", "Host", "TOKEN").contains("is no name of a header"));
        for variable in ["EMPTY", "BROKEN", "UNSET"] {
            assert!(bind("https://x.org", "X-Key", variable).contains(variable));
        }
    }
}
