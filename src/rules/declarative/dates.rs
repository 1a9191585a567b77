//! `date`: a value is a day, and not before or after another.

use jiff::civil::Date;

use super::each;
use super::message::Told;
use super::select::Place;
use crate::rules::format::DateIs;

/// The limits, both allowed.
pub struct Range {
    from: Option<Date>,
    to: Option<Date>,
}

impl Range {
    /// Reads the limits.
    ///
    /// # Errors
    /// When one is no date.
    pub fn new(kind: &DateIs) -> Result<Self, String> {
        let read = |text: &Option<String>| {
            let text = text.as_deref();
            text.map(|text| day(text).ok_or_else(|| format!("`{text}` is no date: write `2024-05-31`"))).transpose()
        };
        Ok(Range { from: read(&kind.not_before)?, to: read(&kind.not_after)? })
    }
}

/// Reports values that are no date or out of the range.
pub fn check(kind: &DateIs, range: &Range, place: &Place<'_>, told: &mut Told<'_, '_, '_>) {
    each(kind.places.all(), place, |item| {
        let limit = match day(&item.text) {
            None => Some(String::new()),
            Some(day) => {
                let early = range.from.filter(|from| day < *from);
                early.or(range.to.filter(|to| day > *to)).map(|limit| limit.to_string())
            }
        };
        if let Some(limit) = limit {
            told.at(item.span, &[("key", item.key.unwrap_or_default()), ("value", &item.text), ("limit", &limit)]);
        }
    });
}

/// The day of `2024-05-31`, with or without a time behind it.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let (day, rest) = (text.get(..10)?, text.get(10..)?);
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
        return None;
    }
    day.parse().ok()
}
