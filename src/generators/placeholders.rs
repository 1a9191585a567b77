//! Placeholders of permalinks that the generator does not know: the build stops at them, or a plugin of the site knows
//! them; in either case nobody can tell the addresses from the sources.

use super::{Folder, Problem};
use crate::source::Span;

/// The problem at the first place of `:name` in a configuration file.
#[must_use]
pub fn problem(folder: &Folder<'_>, file: &str, name: &str, generator: &str) -> Problem {
    let written = format!(":{name}");
    let text = folder.read(file).unwrap_or_default();
    let whole = |at: &usize| {
        let after = text.get(at + written.len()..).and_then(|rest| rest.chars().next());
        !after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let at = text.match_indices(&written).map(|(at, _)| at).find(whole);
    Problem {
        file: folder.file(file),
        span: at.map_or(Span::FILE, |at| Span::new(at, at + written.len())),
        message: format!(
            "{generator} knows no `{written}` in a permalink and stops there, so these pages have no address that links could be checked against"
        ),
        hides: false,
    }
}
