//! What earlier probes found, kept between runs.
//!
//! It spares servers (what was fine lately is not asked again), tells a bad day from an end (strikes on distinct days),
//! and remembers where a redirect led. It can only make a run ask less: a failure is never believed from here, it is
//! always asked again. One line for each URL, sorted, each with its own checksum: two branches merge, and a line that
//! was changed by hand or by chance is dropped with a note.

mod entry;
mod file;
pub mod place;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::judge::Judged;
use super::verdict::Verdict;

pub use entry::Entry;
pub use place::Place;

/// Entries that nobody asked for in so long are dropped.
const FORGOTTEN: Duration = Duration::from_secs(400 * 24 * 3600);

/// The entries, by URL.
#[derive(Debug, Default)]
pub struct Ledger {
    place: Place,
    entries: BTreeMap<String, Entry>,
    /// Entries of this run, that the file does not have.
    fresh: BTreeMap<String, Entry>,
    /// Private networks are open in this run.
    private: bool,
    /// What the reader should know about the file.
    notes: Vec<String>,
}

impl Ledger {
    /// Reads what is there; what cannot be read is as if it were not there, and said.
    #[must_use]
    pub fn open(place: Place) -> Self {
        let mut notes = place.notes.clone();
        let entries = match place.read() {
            Ok(text) => file::parse(&text, &mut notes),
            Err(why) => {
                notes.push(format!("the ledger of earlier probes is not used: {why}"));
                BTreeMap::new()
            }
        };
        Ledger { place, entries, fresh: BTreeMap::new(), private: false, notes }
    }

    /// The ledger of a run with or without `--allow-private`: what one of the former found is not believed by the latter,
    /// whose gate might not have let it through.
    #[must_use]
    pub fn with_private(mut self, allowed: bool) -> Self {
        self.private = allowed;
        self
    }

    /// What the reader should know.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What is known of a URL.
    #[must_use]
    pub fn get(&self, url: &Url) -> Option<&Entry> {
        let entry = self.fresh.get(url.as_str()).or_else(|| self.entries.get(url.as_str()))?;
        (self.private || !entry.is_private()).then_some(entry)
    }

    /// Notes what was found now.
    pub fn record(&mut self, url: &Url, judged: &Judged, fragments: &[String], now: Timestamp) {
        // What the gate refused and what was not asked says nothing about the URL.
        if matches!(judged.verdict, Verdict::Unsafe(_)) {
            return;
        }
        let mut entry = Entry::after(self.get(url), url, judged, fragments, now);
        if self.private {
            entry.make_private();
        }
        self.fresh.insert(url.to_string(), entry);
    }

    /// So many entries wait to be written.
    #[must_use]
    pub fn unsaved(&self) -> usize {
        self.fresh.len()
    }

    /// Writes what is new, together with what other runs have written meanwhile; old file or new file, nothing between.
    ///
    /// # Errors
    /// Why it cannot be written; the run goes on without.
    pub fn save(&mut self, now: Timestamp) -> Result<(), String> {
        if self.fresh.is_empty() || !self.place.writable {
            return Ok(());
        }
        let fresh = std::mem::take(&mut self.fresh);
        let written = self.place.replace(|text| {
            let older = file::parse(text, &mut Vec::new()).into_iter();
            let mut entries: BTreeMap<_, _> = older.map(|(url, entry)| (Cow::Owned(url), Cow::Owned(entry))).collect();
            for (url, entry) in &fresh {
                let merged = match entries.remove(url.as_str()) {
                    Some(other) => Cow::Owned(Entry::merged(&other, entry)),
                    None => Cow::Borrowed(entry),
                };
                entries.insert(Cow::Borrowed(url.as_str()), merged);
            }
            file::write(entries.values().map(|entry| &**entry).filter(|entry| entry.age(now) < FORGOTTEN))
        });
        self.entries.extend(fresh);
        written
    }
}
