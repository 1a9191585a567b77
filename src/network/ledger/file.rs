//! The ledger as text: a line for each entry, sorted by URL, with a checksum at its end.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::scheduler::stable_hash;
use super::Entry;

/// The first line; another number is another format.
const HEAD: &str = "# postlint ledger 1: what earlier probes of external links found; safe to delete";

/// The entries of a text; lines that are damaged are left out and counted in a note.
pub fn parse(text: &str, notes: &mut Vec<String>) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    let mut damaged = 0;
    let mut lines = text.lines();
    match lines.next() {
        None => return entries,
        Some(head) if head == HEAD => {}
        Some(_) => {
            notes.push("the ledger of earlier probes is not used: it is of another version, or no ledger".to_owned());
            return entries;
        }
    }
    for line in lines.filter(|line| !line.trim().is_empty()) {
        match entry(line) {
            Some(entry) => match entries.remove(&entry.url) {
                // After a merge by hand a URL may stand twice.
                Some(other) => drop(entries.insert(entry.url.clone(), Entry::merged(&other, &entry))),
                None => drop(entries.insert(entry.url.clone(), entry)),
            },
            None => damaged += 1,
        }
    }
    if damaged > 0 {
        let lines = if damaged == 1 { "one line".to_owned() } else { format!("{damaged} lines") };
        notes.push(format!("{lines} of the ledger of earlier probes were damaged and are ignored"));
    }
    entries
}

fn entry(line: &str) -> Option<Entry> {
    let (json, sum) = line.rsplit_once(' ')?;
    if u64::from_str_radix(sum, 16).ok()? != stable_hash(json.as_bytes()) || sum.len() != 16 {
        return None;
    }
    let line: Line = serde_json::from_str(json).ok()?;
    line.entry()
}

/// The text of the entries, which come sorted by URL.
pub fn write<'e>(entries: impl Iterator<Item = &'e Entry>) -> String {
    let mut out = format!("{HEAD}\n");
    for entry in entries {
        // An entry is made of texts and numbers: it can be written.
        let Ok(json) = serde_json::to_string(&Line::of(entry)) else { continue };
        out.push_str(&format!("{json} {:016x}\n", stable_hash(json.as_bytes())));
    }
    out
}

/// An entry as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    url: String,
    first: String,
    seen: String,
    verdict: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fine: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    strikes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    stable: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secure: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fragments: Vec<String>,
    with: String,
}

impl Line {
    fn of(entry: &Entry) -> Line {
        let text = |value: &dyn ToString| value.to_string();
        Line {
            url: entry.url.clone(),
            first: text(&entry.first),
            seen: text(&entry.seen),
            verdict: entry.verdict.clone(),
            status: entry.status,
            fine: entry.fine.as_ref().map(|day| text(day)),
            record: (entry.record > 0).then_some(entry.record),
            strikes: entry.strikes.iter().map(|day| text(day)).collect(),
            to: entry.to.as_ref().map(|url| text(url)),
            stable: entry.stable,
            secure: entry.secure.as_ref().map(|url| text(url)),
            etag: entry.etag.clone(),
            modified: entry.modified.clone(),
            fragments: entry.fragments.clone(),
            with: entry.with.clone(),
        }
    }

    /// Nothing when a part of it is not what it should be.
    fn entry(self) -> Option<Entry> {
        fn each<T: std::str::FromStr>(text: Option<String>) -> Option<Option<T>> {
            text.map_or(Some(None), |text| text.parse().ok().map(Some))
        }
        Some(Entry {
            first: self.first.parse().ok()?,
            seen: self.seen.parse().ok()?,
            fine: each(self.fine)?,
            strikes: self.strikes.iter().map(|day| day.parse().ok()).collect::<Option<_>>()?,
            to: each(self.to)?,
            secure: each(self.secure)?,
            url: self.url,
            verdict: self.verdict,
            status: self.status,
            record: self.record.unwrap_or(0),
            stable: self.stable,
            etag: self.etag,
            modified: self.modified,
            fragments: self.fragments,
            with: self.with,
        })
    }
}
