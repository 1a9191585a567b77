//! Ids of one page: an algorithm's base for each heading, made distinct the way its generator does.

use super::heading::HeadingText;
use super::runs::Taken;
use super::{Algorithm, Profile};
use crate::hash::Map;

/// Gives ids to the headings of one page, in their order.
#[derive(Debug)]
pub struct Slugger {
    profile: Profile,
    main: Counter,
    // kramdown counts headings in HTML elements apart.
    nested: Counter,
    // Python-Markdown numbers in another way.
    taken: Taken,
    prefix: String,
}

impl Slugger {
    /// For a new page.
    #[must_use]
    pub fn new(algorithm: Algorithm) -> Self {
        let (main, nested, taken) = Default::default();
        Slugger { profile: algorithm.profile(), main, nested, taken, prefix: String::new() }
    }

    /// Every id that is made begins with `prefix` (kramdown's `auto_id_prefix`).
    #[must_use]
    pub fn prefixed(mut self, prefix: &str) -> Self {
        prefix.clone_into(&mut self.prefix);
        self
    }

    /// Says that a heading has an explicit id, which some generators then give to no later heading.
    pub fn reserve(&mut self, id: &str) {
        if self.profile.underscore {
            self.taken.take(id);
            return;
        }
        if self.profile.reserves_explicit && !self.main.0.contains_key(id) {
            self.main.0.insert(id.to_owned(), 0);
        }
    }

    /// The id that the generator gives to the next heading, or none. Not to be called for a heading with an explicit
    /// id; see [`Slugger::reserve`].
    pub fn id(&mut self, heading: &HeadingText<'_>) -> Option<String> {
        let mut base = (self.profile.slug)(heading)?;
        if base.is_empty() {
            let nested = self.profile.nested_fallback.filter(|_| heading.nested_in_html);
            base.push_str(nested.or(self.profile.fallback).unwrap_or_default());
        }
        if self.profile.underscore {
            return Some(self.taken.distinct(base));
        }
        if self.profile.repeats {
            return (!base.is_empty()).then_some(base);
        }
        let counter = if heading.nested_in_html { &mut self.nested } else { &mut self.main };
        let mut id = counter.distinct(base, &self.profile);
        if self.profile.trims && id.ends_with('-') {
            id.pop();
        }
        id.insert_str(0, &self.prefix);
        (!id.is_empty()).then_some(id)
    }
}

/// How often each base came up; with `avoids_taken` also which ids are gone.
#[derive(Debug, Default)]
struct Counter(Map<String, u32>);

impl Counter {
    fn distinct(&mut self, base: String, profile: &Profile) -> String {
        let avoids_taken = profile.avoids_taken;
        let Some(&seen) = self.0.get(&base) else {
            self.0.insert(base.clone(), 0);
            return base;
        };
        let mut number = seen.saturating_add(1).max(profile.first);
        let mut id = format!("{base}-{number}");
        // Numbers of one base only grow, so that a page of equal headings stays linear.
        while avoids_taken && self.0.contains_key(&id) {
            number = number.saturating_add(1);
            id = format!("{base}-{number}");
        }
        self.0.insert(base, number);
        if avoids_taken {
            self.0.insert(id.clone(), 0);
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generators::heading_ids::{Kind, Run};

    fn given_then(algorithm: Algorithm) -> Option<String> {
        let run = Run { kind: Kind::Text, text: "Given".into(), source: "Given", within: Default::default() };
        let mut heading = HeadingText::default();
        heading.restart("Given");
        heading.runs.push(run);
        let mut slugger = Slugger::new(algorithm).prefixed("h-");
        slugger.reserve("given");
        slugger.id(&heading)
    }

    #[test]
    fn goldmark_never_repeats_an_explicit_id_and_kramdown_does() {
        assert_eq!(given_then(Algorithm::GoldmarkGithub).as_deref(), Some("h-given-1"));
        assert_eq!(given_then(Algorithm::KramdownGfm).as_deref(), Some("h-given"));
    }
}
