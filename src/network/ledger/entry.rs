//! What is known of one URL, and what follows from it.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use url::Url;

use super::super::answer::Method;
use super::super::headers::Validators;
use super::super::judge::Judged;
use super::super::scheduler::stable_hash;
use super::super::verdict::{Redirect, Verdict};

/// More days of failure than any configuration asks for.
const MOST_STRIKES: usize = 30;
/// A good record makes the interval at most so much longer.
const LONGEST: u32 = 4;
/// What marks an answer is shorter, or its server wants to fill our disk.
const LONGEST_VALIDATOR: usize = 400;
/// Fragments that are remembered for one page.
const MOST_FRAGMENTS: usize = 50;

/// What is known of one URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The URL, without fragment.
    pub url: String,
    /// The day of the first probe.
    pub first: Date,
    /// The moment of the last probe.
    pub seen: Timestamp,
    /// The last verdict, in one word.
    pub verdict: String,
    /// The last status.
    pub status: Option<u16>,
    /// The last day that it was fine.
    pub fine: Option<Date>,
    /// So often in a row it was fine, on distinct days.
    pub record: u32,
    /// Days since it was last fine on which it said that it is gone, or did not answer.
    pub strikes: Vec<Date>,
    /// Where it led.
    pub to: Option<Url>,
    /// That was said twice, and never otherwise.
    pub stable: bool,
    /// The address at https that shows the same.
    pub secure: Option<Url>,
    /// To make the next request conditional.
    pub etag: Option<String>,
    /// The same, as a date.
    pub modified: Option<String>,
    /// Fragments that its page was seen to have.
    pub fragments: Vec<String>,
    /// Who asked, and how: `0.1.0 HEAD`, with the flag where private networks were open.
    pub with: String,
}

/// The mark of an entry that was made with private networks open.
const PRIVATE: &str = " --allow-private";

fn day(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

impl Entry {
    /// The entry after a probe.
    #[must_use]
    pub fn after(before: Option<&Entry>, url: &Url, judged: &Judged, fragments: &[String], now: Timestamp) -> Entry {
        let today = day(now);
        let mut entry = before.cloned().unwrap_or_default();
        if before.is_none() {
            entry.first = today;
        }
        entry.url = url.to_string();
        entry.seen = now;
        entry.verdict = judged.verdict.word().to_owned();
        entry.status = judged.status;
        let method = if judged.asked == Method::Head { "HEAD" } else { "GET" };
        entry.with = format!("{} {method}", env!("CARGO_PKG_VERSION"));
        let unchanged = judged.status == Some(304);
        if judged.verdict.is_fine() {
            if entry.fine != Some(today) {
                entry.record = entry.record.saturating_add(1);
            }
            entry.fine = Some(today);
            entry.strikes.clear();
            let redirect = match &judged.verdict {
                Verdict::Moved(redirect) => Some(redirect),
                _ => None,
            };
            entry.to = redirect.map(|redirect| redirect.to.clone());
            entry.stable = redirect.is_some_and(|redirect| redirect.stable);
            if !unchanged {
                entry.secure.clone_from(&judged.secure);
                entry.fragments = fragments.iter().take(MOST_FRAGMENTS).cloned().collect();
                let short = |value: &Option<String>| value.clone().filter(|value| value.len() <= LONGEST_VALIDATOR);
                let Validators { etag, last_modified } = &judged.validators;
                (entry.etag, entry.modified) = (short(etag), short(last_modified));
            }
        } else {
            entry.record = 0;
            if judged.verdict.is_strike() {
                if !entry.strikes.contains(&today) {
                    entry.strikes.push(today);
                    let more = entry.strikes.len().saturating_sub(MOST_STRIKES);
                    entry.strikes.drain(..more);
                }
            } else if judged.status.is_some() {
                // It answered, whatever it said: the days before were no end.
                entry.strikes.clear();
            }
        }
        entry
    }

    /// True for what was found with private networks open.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.with.ends_with(PRIVATE)
    }

    /// Marks it so.
    pub fn make_private(&mut self) {
        if !self.is_private() {
            self.with.push_str(PRIVATE);
        }
    }

    /// Two runs know different things of one URL: the later one is right, and days of failure add up.
    #[must_use]
    pub fn merged(a: &Entry, b: &Entry) -> Entry {
        let (older, newer) = if a.seen <= b.seen { (a, b) } else { (b, a) };
        let mut entry = newer.clone();
        entry.first = a.first.min(b.first);
        entry.fine = a.fine.max(b.fine);
        entry.record = newer.record.max(if newer.record > 0 { older.record } else { 0 });
        entry.strikes.extend(older.strikes.iter().filter(|day| !newer.strikes.contains(day)));
        entry.strikes.retain(|day| entry.fine.is_none_or(|fine| *day > fine));
        entry.strikes.sort_unstable();
        entry
    }

    /// Time since the last probe.
    #[must_use]
    pub fn age(&self, now: Timestamp) -> Duration {
        Duration::try_from(now.duration_since(self.seen)).unwrap_or_default()
    }

    /// The verdict of the last probe, where it was a good one and is still believed: that is longer the better the
    /// record, and not the same time for all, so that the URLs of a site do not all fall due on one day.
    #[must_use]
    pub fn still_fine(&self, now: Timestamp, recheck: Duration) -> Option<Judged> {
        let fine = matches!(self.verdict.as_str(), "alive" | "moved" | "moved-permanently");
        if !fine || self.seen > now {
            return None;
        }
        let factor = self.record.clamp(1, LONGEST);
        let spread = u32::try_from(stable_hash(self.url.as_bytes()) % 501).unwrap_or(0);
        let interval = recheck.saturating_mul(factor) / 1000 * (750 + spread);
        if self.age(now) >= interval {
            return None;
        }
        let verdict = match &self.to {
            Some(to) => Verdict::Moved(Redirect {
                to: to.clone(),
                permanent: self.verdict == "moved-permanently",
                status: 301,
                stable: self.stable,
            }),
            None => Verdict::Alive,
        };
        Some(Judged {
            verdict,
            status: self.status,
            end: self.to.clone(),
            page: None,
            secure: self.secure.clone(),
            validators: Validators::default(),
            asked: Method::Head,
        })
    }

    /// What the next request can be made conditional with.
    #[must_use]
    pub fn validators(&self) -> Validators {
        let fine = self.fine.is_some() && self.strikes.is_empty() && self.to.is_none();
        if !fine {
            return Validators::default();
        }
        Validators { etag: self.etag.clone(), last_modified: self.modified.clone() }
    }

    /// Where it led on an earlier day, or in this run.
    #[must_use]
    pub fn led_to(&self) -> Option<&Url> {
        self.to.as_ref()
    }
}
