//! A defect of ours in one page or rule must not cost the report of all others.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::finding::{FilePath, Finding};
use crate::rules::rule::engine_finding;
use crate::source::Span;

/// Runs `work`; a panic becomes its message.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| message(&*payload))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown cause".to_owned())
}

/// A defect of postlint itself.
pub fn internal(what: &str, file: &FilePath, message: &str) -> Option<Finding> {
    let text = format!("postlint failed at `{what}` here ({message}); everything else was still checked");
    let help = "this is a bug in postlint: please report it with this file".to_owned();
    engine_finding("file/internal", file, Span::FILE, text, Some(help))
}
