//! Maps and sets for names: file paths, addresses, keys.
//!
//! The standard library's hasher is made for keys of strangers and costs more than most look-ups that are done with it;
//! this one (already in the tree, through the maps of JSON) is seeded anew in each process and takes a third.

use foldhash::fast::RandomState;

/// A map by a fast hash, in no order.
pub type Map<K, V> = std::collections::HashMap<K, V, RandomState>;
/// The same in the order in which the entries came, each with a number.
pub type OrderedMap<K, V> = indexmap::IndexMap<K, V, RandomState>;
/// The FNV-1a hash of bytes: the same in each run, for marks that are compared and sorted.
#[must_use]
pub fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A set by a fast hash, in no order.
pub type Set<K> = std::collections::HashSet<K, RandomState>;
