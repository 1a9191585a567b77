//! The texts of a small site, kept until the report is written.
//!
//! What asks for a text again (a word that is doubted, a report that shows lines) finds it here and needs not read the file
//! once more. A large site's texts would be most of what is in memory: from a certain size on none is kept, and they are
//! read again.

use crate::hash::Map;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::finding::FilePath;

/// So many bytes of text are kept.
const ROOM: usize = 6 << 20;

/// Takes texts while pages are read, on all threads.
#[derive(Debug, Default)]
pub struct Shelf {
    texts: Mutex<Map<FilePath, Vec<u8>>>,
    /// Bytes that came in; more than [`ROOM`], and the shelf is empty for good.
    bytes: AtomicUsize,
}

impl Shelf {
    /// Keeps a text, as long as all fit.
    pub fn put(&self, file: &FilePath, text: Vec<u8>) {
        let before = self.bytes.fetch_add(text.len(), Ordering::Relaxed);
        if before > ROOM {
            return;
        }
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if before + text.len() > ROOM {
            *texts = Map::default();
        } else {
            texts.insert(file.clone(), text);
        }
    }

    /// The texts, if all are here.
    pub fn into_texts(self) -> Map<FilePath, Vec<u8>> {
        let texts = self.texts.into_inner().unwrap_or_else(PoisonError::into_inner);
        // One that came in just when another found no room may have been put here after that.
        if self.bytes.into_inner() > ROOM { Map::default() } else { texts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_all_or_nothing() {
        let shelf = Shelf::default();
        shelf.put(&"a.md".into(), b"text".to_vec());
        assert_eq!(shelf.into_texts().len(), 1);
        let shelf = Shelf::default();
        shelf.put(&"a.md".into(), b"text".to_vec());
        shelf.put(&"b.md".into(), vec![b'x'; ROOM]);
        shelf.put(&"c.md".into(), b"text".to_vec());
        assert!(shelf.into_texts().is_empty());
    }
}
