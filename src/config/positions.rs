//! Where each key and value of a configuration stands, so that an error can point at it.
//!
//! Typed reading forgets places; reading the events once more keeps them, and only for a file of a few dozen lines.

use crate::hash::Map;
use std::fmt;

use granit_parser::{Event, Parser};

/// A place in a configuration, from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The way to a value: keys, and numbers for the items of lists.
pub type Path = Vec<String>;

/// Places by path.
#[derive(Debug, Default)]
pub struct Positions {
    keys: Map<Path, Place>,
    values: Map<Path, Place>,
    /// Keys that stand twice in one table, with the second place.
    pub duplicates: Vec<(Path, Place)>,
}

/// An open list or table: how many items are behind us, and the key whose value comes next.
struct Open {
    list: bool,
    count: usize,
    key: Option<String>,
}

impl Positions {
    /// Reads the events of a file.
    ///
    /// # Errors
    /// Where and why it is not YAML.
    pub fn of(text: &str) -> Result<Self, (Place, String)> {
        let mut found = Positions::default();
        let (mut stack, mut path): (Vec<Open>, Path) = (Vec::new(), Vec::new());
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| {
                let at = error.marker();
                (Place { line: at.line(), column: at.col() + 1 }, error.info())
            })?;
            let place = Place { line: span.start.line(), column: span.start.col() + 1 };
            match event {
                Event::Scalar(word, ..) => {
                    let is_key = stack.last().is_some_and(|open| !open.list && open.key.is_none());
                    match stack.last_mut() {
                        Some(open) if is_key => {
                            path.push(word.to_string());
                            open.key = Some(word.into_owned());
                            if found.keys.insert(path.clone(), place).is_some() {
                                found.duplicates.push((path.clone(), place));
                            }
                        }
                        _ => {
                            found.begin(&mut stack, &mut path, place);
                            Positions::end(&mut stack, &mut path);
                        }
                    }
                }
                Event::Alias(..) => {
                    found.begin(&mut stack, &mut path, place);
                    Positions::end(&mut stack, &mut path);
                }
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    found.begin(&mut stack, &mut path, place);
                    let list = matches!(event, Event::SequenceStart(..));
                    stack.push(Open { list, count: 0, key: None });
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    stack.pop();
                    Positions::end(&mut stack, &mut path);
                }
                _ => {}
            }
        }
        Ok(found)
    }

    fn begin(&mut self, stack: &mut [Open], path: &mut Path, place: Place) {
        if let Some(open) = stack.last_mut().filter(|open| open.list) {
            path.push(open.count.to_string());
            open.count += 1;
        }
        self.values.entry(path.clone()).or_insert(place);
    }

    fn end(stack: &mut [Open], path: &mut Path) {
        path.pop();
        if let Some(open) = stack.last_mut() {
            open.key = None;
        }
    }

    /// The place of a key; else that of the value, else of the nearest thing around it.
    #[must_use]
    pub fn key(&self, path: &[String]) -> Place {
        self.keys.get(path).copied().unwrap_or_else(|| self.value(path))
    }

    /// The place of a value, else of the nearest thing around it.
    #[must_use]
    pub fn value(&self, path: &[String]) -> Place {
        (0..=path.len())
            .rev()
            .filter_map(|depth| path.get(..depth))
            .find_map(|path| self.values.get(path).or_else(|| self.keys.get(path)))
            .copied()
            .unwrap_or(Place { line: 1, column: 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_value_has_its_place() {
        let text =
            "site: {root: docs}\nrules:\n  a/b: off\n  c/d:\n    severity: error\nexclude:\n  - x\n  - 'y'\nrules: 1\n";
        let found = Positions::of(text).unwrap();
        let path = |words: &str| -> Path { words.split(' ').map(str::to_owned).collect() };
        assert_eq!(found.key(&path("site root")), Place { line: 1, column: 8 });
        assert_eq!(found.value(&path("site root")), Place { line: 1, column: 14 });
        assert_eq!(found.value(&path("rules a/b")), Place { line: 3, column: 8 });
        assert_eq!(found.key(&path("rules c/d severity")), Place { line: 5, column: 5 });
        assert_eq!(found.value(&path("exclude 1")), Place { line: 8, column: 5 });
        assert_eq!(found.value(&path("exclude 7")), Place { line: 7, column: 3 }, "the nearest that is there");
        assert_eq!(found.duplicates, [(path("rules"), Place { line: 9, column: 1 })]);
        assert!(Positions::of("a: [").is_err());
    }
}
