//! Every rule that a configuration can name: the built-in ones, their areas, and the users' own.

use std::collections::BTreeMap;

use crate::rules::meta::{Catalogue, OptionSpec, RuleMeta};

/// The rules of a run.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    built_in: &'a Catalogue,
    own: &'a [RuleMeta],
}

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub enum Named<'a> {
    /// One rule.
    Rule(&'a RuleMeta),
    /// All rules of an area.
    Area,
}

impl<'a> Named<'a> {
    /// The options, for one rule.
    #[must_use]
    pub fn options(&self) -> Option<&'a BTreeMap<String, OptionSpec>> {
        match self {
            Named::Rule(rule) => Some(&rule.options),
            Named::Area => None,
        }
    }

    /// What may be written in its table.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> {
        let options = self.options().into_iter().flat_map(|options| options.keys().map(String::as_str));
        ["severity", "fix"].into_iter().chain(options)
    }
}

impl<'a> Known<'a> {
    /// The built-in rules and the users' own (ordered by id).
    #[must_use]
    pub fn new(built_in: &'a Catalogue, own: &'a [RuleMeta]) -> Self {
        Known { built_in, own }
    }

    /// Every rule.
    pub fn rules(self) -> impl Iterator<Item = &'a RuleMeta> {
        self.built_in.rules().iter().chain(self.own)
    }

    /// The rule of that id.
    #[must_use]
    pub fn rule(self, id: &str) -> Option<&'a RuleMeta> {
        self.built_in.get(id).or_else(|| self.own.iter().find(|rule| rule.id == id))
    }

    /// What the name stands for, if it is known.
    #[must_use]
    pub fn rule_or_area(self, name: &str) -> Option<Named<'a>> {
        match self.rule(name) {
            Some(rule) => Some(Named::Rule(rule)),
            None => self.rules().any(|rule| rule.area() == name).then_some(Named::Area),
        }
    }

    /// The ids that a name stands for.
    pub fn ids(self, name: &str) -> impl Iterator<Item = &'a str> {
        self.rules().filter(move |rule| rule.id == name || rule.area() == name).map(|rule| rule.id.as_str())
    }

    /// Everything that can be named: ids, then areas.
    pub fn names(self) -> impl Iterator<Item = &'a str> {
        self.rules().map(|rule| rule.id.as_str()).chain(self.rules().map(RuleMeta::area))
    }
}
