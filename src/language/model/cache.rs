//! Words come again and again, and the rows of a word are always the same: a small cache per thread turns most tokens
//! into one addition. A place holds one token; a newer one takes it over.

use super::file::{DIMENSIONS, Row};
use super::words::hash;

/// Longer tokens are addresses and hashes: they do not come again and only push words out.
const LONGEST: usize = 40;
/// 8,192 places of 80 bytes: 640 kB per thread, which a second-level cache holds beside the model itself.
const PLACES: usize = 1 << 13;

/// A sum of rows and their number.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sum {
    row: Row,
    count: u32,
}

impl Sum {
    pub fn row(&mut self, row: &Row) {
        for (to, from) in self.row.0.iter_mut().zip(row.0) {
            *to += from;
        }
        self.count += 1;
    }

    pub fn add(&mut self, other: &Sum) {
        for (to, from) in self.row.0.iter_mut().zip(other.row.0) {
            *to += from;
        }
        self.count += other.count;
    }

    pub fn mean(&self) -> [f32; DIMENSIONS] {
        let share = 1.0 / self.count.max(1) as f32;
        self.row.0.map(|number| number * share)
    }
}

/// A token's hash and its sum, without the gaps that the alignment of a [`Row`] asks for.
#[derive(Clone, Copy, Default)]
struct Place {
    row: [f32; DIMENSIONS],
    key: u64,
    count: u32,
}

pub struct Cache {
    places: Vec<Place>,
}

impl Cache {
    /// Takes no memory before the first token.
    pub const fn empty() -> Cache {
        Cache { places: Vec::new() }
    }

    /// Adds the rows of a token to `total`, worked out by `sum` when they are not known yet.
    pub fn add(&mut self, token: &[u8], total: &mut Sum, sum: impl Fn(&[u8]) -> Sum) {
        if token.len() > LONGEST {
            total.add(&sum(token));
            return;
        }
        if self.places.is_empty() {
            self.places.resize(PLACES, Place::default());
        }
        let key = hash(token);
        let Some(place) = self.places.get_mut((key >> 40) as usize % PLACES) else { return };
        if place.key != key {
            let Sum { row, count } = sum(token);
            *place = Place { row: row.0, key, count };
        }
        total.add(&Sum { row: Row(place.row), count: place.count });
    }
}
