//! Maps and sets for names: file paths, addresses, keys.
//!
//! The standard library's hasher is made for keys of strangers and costs more than most look-ups that are done with it;
//! this one (already in the tree, through the maps of JSON) is seeded anew in each process and takes a third.

use std::hash::BuildHasher;

use foldhash::fast::{FixedState, RandomState};

/// A map by a fast hash, in no order.
#[allow(clippy::disallowed_types, reason = "this is what stands for it everywhere else")]
pub type Map<K, V> = std::collections::HashMap<K, V, RandomState>;
/// The same in the order in which the entries came, each with a number.
pub type OrderedMap<K, V> = indexmap::IndexMap<K, V, RandomState>;
/// A set by a fast hash, in no order.
#[allow(clippy::disallowed_types, reason = "this is what stands for it everywhere else")]
pub type Set<K> = std::collections::HashSet<K, RandomState>;

/// The hash of bytes, the same in each run: for marks that are compared and sorted.
#[must_use]
pub fn mark(bytes: &[u8]) -> u64 {
    FixedState::with_seed(0).hash_one(bytes)
}
