//! Python-Markdown's way to make ids distinct: `a`, `a_1`, `a_2`, and `a_3` for another `a_1`.

use crate::hash::{Map, Set};
use std::collections::BTreeMap;

/// Ids that are taken, with the runs of numbers that follow each base.
#[derive(Debug, Default)]
pub(super) struct Taken {
    ids: Set<String>,
    /// By base, the first and the last number of each unbroken run.
    runs: Map<String, BTreeMap<u64, u64>>,
}

impl Taken {
    /// Takes an id; true if it was free.
    pub(super) fn take(&mut self, id: &str) -> bool {
        if !self.ids.insert(id.to_owned()) {
            return false;
        }
        if let (base, Some(number)) = numbered(id)
            && !id.ends_with(&format!("_0{number}"))
        {
            let runs = self.runs.entry(base.to_owned()).or_default();
            let end = runs.remove(&(number + 1)).unwrap_or(number);
            match runs.range_mut(..number).next_back() {
                Some((_, last)) if *last + 1 == number => *last = end,
                _ => {
                    runs.insert(number, end);
                }
            }
        }
        true
    }

    /// The id itself, or the next number of its base that is free; no id is ever empty.
    pub(super) fn distinct(&mut self, id: String) -> String {
        if !id.is_empty() && self.take(&id) {
            return id;
        }
        let (base, number) = match numbered(&id) {
            (base, Some(number)) => (base, number),
            (_, None) => (id.as_str(), 0),
        };
        let mut next = number.saturating_add(1);
        let run = self.runs.get(base).and_then(|runs| runs.range(..=next).next_back());
        if let Some((_, last)) = run.filter(|(_, last)| **last >= next) {
            next = last.saturating_add(1);
        }
        let id = format!("{base}_{next}");
        self.take(&id);
        id
    }
}

/// `a_12` is number 12 of `a`.
fn numbered(id: &str) -> (&str, Option<u64>) {
    match id.rsplit_once('_') {
        Some((base, digits)) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            (base, digits.parse().ok().filter(|number| *number < u64::MAX))
        }
        _ => (id, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(all: &[&str]) -> Vec<String> {
        let mut taken = Taken::default();
        all.iter().map(|id| taken.distinct((*id).to_owned())).collect()
    }

    #[test]
    fn numbers_go_on_where_they_are_free() {
        assert_eq!(ids(&["a", "a", "a", "a_1"]), ["a", "a_1", "a_2", "a_3"]);
        assert_eq!(ids(&["a_1", "a", "a", "a_5", "a_5"]), ["a_1", "a", "a_2", "a_5", "a_6"]);
        assert_eq!(ids(&["", "", "_1"]), ["_1", "_2", "_3"]);
        assert_eq!(ids(&["a_01", "a_01", "a", "a"]), ["a_01", "a_2", "a", "a_1"]);
    }

    #[test]
    fn many_equal_ids_are_no_trouble() {
        let mut taken = Taken::default();
        for _ in 0..20_000 {
            taken.distinct("a".to_owned());
            taken.distinct("a_1".to_owned());
        }
        assert_eq!(taken.runs.len(), 1);
    }
}
