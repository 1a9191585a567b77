//! From the links of a site to what must be asked: each URL once, whatever its fragment and however often it stands there.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use url::Url;

use crate::site::destination::decode;

/// One URL with all that is wanted of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Fragments that links ask for, decoded; only those that a page can have.
    pub fragments: BTreeSet<String>,
    /// The days of the oldest and of the newest page that links to it.
    pub days: Option<(Date, Date)>,
}

/// All URLs, in order.
pub type Plan = BTreeMap<Url, Wanted>;

/// Reads a destination as an address of the web; without user, password and fragment.
#[must_use]
pub fn address(destination: &str) -> Option<Url> {
    let text = destination.trim();
    let whole;
    let text = if text.starts_with("//") {
        whole = format!("https:{text}");
        &whole
    } else {
        text
    };
    // In `<…>` and in bare addresses some Markdown programs leave it as it is; nobody means it so.
    let text = if text.contains("&amp;") { Cow::Owned(text.replace("&amp;", "&")) } else { Cow::Borrowed(text) };
    let mut url = Url::parse(&text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    url.set_fragment(None);
    // Only fails where there is no host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Some(url)
}

/// The fragment of a destination that a page must have: decoded, without the directive for a text, no address of a program
/// that runs in the page.
#[must_use]
pub fn fragment(destination: &str) -> Option<String> {
    let (_, fragment) = destination.trim().split_once('#')?;
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    let routes = fragment.starts_with(['/', '!']) || fragment.contains(['=', '&']);
    (!fragment.is_empty() && !routes).then(|| decode(fragment).into_owned())
}

/// Adds a destination, and the day of the page that links to it, to the plan; what is no address is left out.
pub fn add(plan: &mut Plan, destination: &str, anchors: bool, day: Option<Date>) {
    let Some(url) = address(destination) else { return };
    let fragment = fragment(destination)
        .filter(|fragment| anchors && !super::hosts::Hosts::built_in().makes_anchor(&url, fragment));
    let wanted = plan.entry(url).or_default();
    wanted.fragments.extend(fragment);
    if let Some(day) = day {
        let (oldest, newest) = wanted.days.unwrap_or((day, day));
        wanted.days = Some((oldest.min(day), newest.max(day)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_asked_once() {
        let mut plan = Plan::new();
        for destination in [
            "https://Example.org/a#one",
            "https://example.org:443/a#two",
            "//example.org/a#:~:text=word",
            "https://user:secret@example.org/a",
            "https://example.org/q?a=1&amp;b=2",
            "https://example.org/q?a=1&b=2",
            "https://example.org/a#/route",
            "https://github.com/a/b/blob/main/c.rs#L10",
            "https://example.org:99999/",
            "mailto:a@example.org",
        ] {
            add(&mut plan, destination, true, None);
        }
        let urls: Vec<&str> = plan.keys().map(Url::as_str).collect();
        assert_eq!(
            urls,
            ["https://example.org/a", "https://example.org/q?a=1&b=2", "https://github.com/a/b/blob/main/c.rs"]
        );
        let fragments: Vec<&str> = plan.values().flat_map(|wanted| &wanted.fragments).map(String::as_str).collect();
        assert_eq!(fragments, ["one", "two"]);
    }
}
