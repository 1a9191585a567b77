//! What a server says about its answer, read with the doubt that it deserves: limited in number and length, and parsed
//! in the few places where a header decides something.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// What makes a request conditional; as the server wrote it, byte for byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag` of the earlier answer, sent as `If-None-Match`.
    pub etag: Option<String>,
    /// `Last-Modified` of the earlier answer, sent as `If-Modified-Since`.
    pub last_modified: Option<String>,
}

/// The headers of one response, in their order, names in lower case. Of `set-cookie` only the cookie's name is kept:
/// it tells a bot wall, and its value is nobody's business.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

/// More fields than any honest answer has; what follows is dropped.
const MOST_FIELDS: usize = 128;
/// Longer than any value that decides something, except a `location`, which servers limit to about this themselves.
const LONGEST_VALUE: usize = 8 << 10;

impl Headers {
    /// Adds a field, within the limits; one that is too long is dropped, because half a value would be another value.
    pub fn push(&mut self, name: &str, value: &str) {
        let name = name.to_ascii_lowercase();
        let value = if name == "set-cookie" { value.split('=').next().unwrap_or_default() } else { value }.trim();
        if self.0.len() < MOST_FIELDS && value.len() <= LONGEST_VALUE {
            self.0.push((name, value.to_owned()));
        }
    }

    /// The first field of that name (in lower case).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(of, _)| *of == name).map(|(_, value)| value)
    }

    /// All fields of that name (in lower case).
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(of, _)| *of == name).map(|(_, value)| value)
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// `Location`, as it was written: relative, absolute or nonsense.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.get("location")
    }

    /// The type of the body without its parameters, in lower case: `text/html`.
    #[must_use]
    pub fn content_type(&self) -> Option<String> {
        let value = self.get("content-type")?.split(';').next()?.trim().to_ascii_lowercase();
        (!value.is_empty()).then_some(value)
    }

    /// What the next request can be made conditional with.
    #[must_use]
    pub fn validators(&self) -> Validators {
        let owned = |name| self.get(name).map(str::to_owned);
        Validators { etag: owned("etag"), last_modified: owned("last-modified") }
    }

    /// How long the server wants to be left alone: `Retry-After` in seconds, or as a date. A date is measured from the
    /// server's own `Date`, so that a wrong clock on either side does not matter; without one, from `now`.
    #[must_use]
    pub fn retry_after(&self, now: Timestamp) -> Option<Duration> {
        let value = self.get("retry-after")?;
        if let Some(seconds) = seconds(value) {
            return Some(seconds);
        }
        Some(until(date(value)?, self.get("date").and_then(date).unwrap_or(now)))
    }

    /// How long until the server counts anew, if it says that nothing is left: `RateLimit-Remaining: 0` and
    /// `RateLimit-Reset` (the IETF draft's fields, old and new, and the `X-` ones before them). A reset that is too large for
    /// a number of seconds is a Unix time.
    #[must_use]
    pub fn exhausted(&self, now: Timestamp) -> Option<Duration> {
        if let Some(field) = self.get("ratelimit") {
            let number = |key: &str| {
                let (_, value) = field
                    .split([';', ','])
                    .filter_map(|part| part.trim().split_once('='))
                    .find(|(name, _)| *name == key)?;
                value.trim().parse::<u64>().ok()
            };
            let left = number("remaining").or_else(|| number("r"))?;
            return (left == 0).then(|| number("reset").or_else(|| number("t"))).flatten().map(Duration::from_secs);
        }
        ["ratelimit", "x-ratelimit", "x-rate-limit"].iter().find_map(|prefix| {
            if self.get(&format!("{prefix}-remaining"))? != "0" {
                return None;
            }
            let reset = seconds(self.get(&format!("{prefix}-reset"))?)?;
            // A number of seconds above ten years is a Unix time.
            if reset.as_secs() < 315_360_000 {
                return Some(reset);
            }
            let at = Timestamp::from_second(i64::try_from(reset.as_secs()).ok()?).ok()?;
            Some(until(at, self.get("date").and_then(date).unwrap_or(now)))
        })
    }
}

/// A number of seconds; a fraction is rounded up.
fn seconds(value: &str) -> Option<Duration> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let seconds = whole.parse::<u64>().ok()?;
    Some(Duration::from_secs(seconds.saturating_add(u64::from(fraction.bytes().any(|byte| byte != b'0')))))
}

/// A date in the one form that HTTP still sends (RFC 9110, 5.6.7).
fn date(value: &str) -> Option<Timestamp> {
    DateTimeParser::new().relaxed_weekday(true).parse_timestamp(value).ok()
}

/// From one moment to a later one; none if it is past.
fn until(at: Timestamp, from: Timestamp) -> Duration {
    Duration::from_secs(u64::try_from(at.as_second().saturating_sub(from.as_second())).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(fields: &[(&str, &str)]) -> Headers {
        let mut headers = Headers::default();
        for (name, value) in fields {
            headers.push(name, value);
        }
        headers
    }

    #[test]
    fn retry_after_in_both_forms() {
        let now: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
        let after = |fields: &[(&str, &str)]| headers(fields).retry_after(now).map(|duration| duration.as_secs());
        assert_eq!(after(&[("Retry-After", "120")]), Some(120));
        assert_eq!(after(&[("retry-after", " 0.2 ")]), Some(1));
        assert_eq!(after(&[("Retry-After", "Mon, 01 Jan 2024 00:01:00 GMT")]), Some(60));
        let late = [("Retry-After", "Wed, 01 Jan 2020 00:00:30 GMT"), ("Date", "Wed, 01 Jan 2020 00:00:00 GMT")];
        assert_eq!(after(&late), Some(30), "the server's clock is years behind");
        assert_eq!(after(&[("Retry-After", "Wed, 01 Jan 2020 00:00:30 GMT")]), Some(0));
        for bad in ["", "-1", "soon", "1e3", "99999999999999999999", "Mon, 99 Jan 2024 00:01:00 GMT"] {
            assert_eq!(after(&[("Retry-After", bad)]), None, "{bad}");
        }
    }

    #[test]
    fn an_exhausted_limit() {
        let now: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
        let rest = |fields: &[(&str, &str)]| headers(fields).exhausted(now).map(|duration| duration.as_secs());
        assert_eq!(rest(&[("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1704067290")]), Some(90));
        assert_eq!(rest(&[("RateLimit-Remaining", "0"), ("RateLimit-Reset", "7")]), Some(7));
        assert_eq!(rest(&[("RateLimit", "\"default\";r=0;t=30")]), Some(30));
        assert_eq!(rest(&[("RateLimit", "limit=100, remaining=0, reset=50")]), Some(50));
        assert_eq!(rest(&[("X-RateLimit-Remaining", "3"), ("X-RateLimit-Reset", "7")]), None);
        assert_eq!(rest(&[]), None);
    }

    #[test]
    fn limits_hold() {
        let mut many = Headers::default();
        for _ in 0..10_000 {
            many.push("Set-Cookie", "name=secret; Path=/");
        }
        many.push("x", "y");
        assert_eq!(many.iter().count(), MOST_FIELDS);
        assert!(many.all("set-cookie").all(|value| value == "name"));
        assert_eq!(headers(&[("location", &"x".repeat(LONGEST_VALUE + 1))]).location(), None);
        assert_eq!(
            headers(&[("Content-Type", "Text/HTML; charset=utf-8")]).content_type().as_deref(),
            Some("text/html")
        );
    }
}
