//! A page's bytes, as the run sees them, or the finding that says why there are none.

use std::fs::File;

use super::Request;
use crate::discover::Tree;
use crate::finding::{FilePath, Finding};
use crate::rules::rule::engine_finding;
use crate::source::{self, Span};

/// Larger files are not read.
const MAX_BYTES: u64 = 10 << 20;

/// The bytes of a file: from memory, else from disk.
pub(super) fn bytes_of(request: &Request<'_>, tree: &Tree, file: &FilePath) -> Result<Vec<u8>, Box<Option<Finding>>> {
    if let Some(text) = request.memory.get(file) {
        return Ok(text.clone().into_bytes());
    }
    let path = tree.base().join(&**file);
    let unreadable = |error: std::io::Error| {
        let help = "give it back its read permission, or exclude it in postlint.yaml".to_owned();
        let message = format!("this page cannot be read: {error}");
        Box::new(engine_finding("file/unreadable", file, Span::FILE, message, Some(help)))
    };
    let mut opened = File::open(&path).map_err(unreadable)?;
    let meta = opened.metadata().map_err(unreadable)?;
    if meta.len() > MAX_BYTES {
        let message = format!(
            "this page has {} MB, more than the {} MB that postlint reads, so nothing in it was checked",
            meta.len() >> 20,
            MAX_BYTES >> 20
        );
        let help = "split it, or exclude it in postlint.yaml".to_owned();
        return Err(Box::new(engine_finding("file/too-large", file, Span::FILE, message, Some(help))));
    }
    source::bytes(&mut opened, meta.len()).map_err(unreadable)
}
