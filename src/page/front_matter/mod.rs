//! The head of a page: YAML, TOML or JSON between fences.
//!
//! Every generator reads it with another library, and the libraries disagree; so we keep what is *written*, with the
//! place of every key and value, and ask for meaning later and per dialect. A front matter that does not parse still
//! yields the keys that can be read, and says why the rest cannot.
//!
//! ```
//! use postlint::page::front_matter;
//!
//! let page = "---\ntitle: A tour\ntags: [a, b]\n---\nText";
//! let front_matter = front_matter::find(page, false).unwrap();
//! let title = front_matter.get(page, "title").unwrap();
//! assert_eq!(title.text(page), Some("A tour"));
//! assert_eq!(title.span.of(page), "A tour");
//! ```

mod dates;
mod edit;
mod events;
mod explain;
mod issue;
mod json;
mod lines;
mod lookup;
mod near_miss;
mod node;
mod quoted;
mod read;
mod recover;
mod scalar;
mod shadow;
mod simple;
mod split;
mod toml;
mod tree;
mod yaml;

pub use dates::{
    DateReader, NotADate, When, date_proposal, is_iso_8601, is_placeholder, read_as_quarto, read_by_new_date,
    read_date, time_apart,
};
pub use edit::{Replacement, is_plain_safe, key_text, scalar_text};
pub use issue::{Cause, Repair, SyntaxIssue};
pub use lines::find as find_lines;
pub use lookup::{Listing, Piece};
pub use near_miss::{NearMiss, NearMissKind, near_miss};
pub use node::{Entry, FrontMatter, Node, NodeKind, Scalar, Style};
pub use scalar::{Dialect, ScalarType, resolve};
pub use split::{Format, Head, LineEnd, bom_len, split, split_at_hyphens, split_at_signs, split_loosely};

/// Levels of lists and mappings that are read; no real front matter has more than ten.
pub const MAX_DEPTH: usize = 32;

/// Values that are read; beyond that the front matter is called unreadable instead of filling the memory.
pub const MAX_NODES: usize = 1 << 20;

/// Bytes beyond which a front matter is no longer one: the limit that `file/too-large` reports.
pub const MAX_BYTES: usize = 64 * 1024;

/// Cuts and reads the front matter of a page; `None` when it has none. For `leading_space` see [`split`](split()).
#[must_use]
pub fn find(page: &str, leading_space: bool) -> Option<FrontMatter> {
    split(page, leading_space).map(|head| read(page, &head))
}

/// The same with [`split_at_hyphens`].
#[must_use]
pub fn find_until_hyphens(page: &str, leading_space: bool) -> Option<FrontMatter> {
    split_at_hyphens(page, leading_space).map(|head| read(page, &head))
}

/// The same with [`split_at_signs`], where the fences are no lines of their own and what stands between them can be read.
#[must_use]
pub fn find_at_signs(page: &str, leading_space: bool) -> Option<FrontMatter> {
    find(page, leading_space).or_else(|| {
        let front = split_at_signs(page).map(|head| read(page, &head))?;
        (front.errors.is_empty() && !front.root.is_empty()).then_some(front)
    })
}

/// The same with [`split_loosely`]; text before a line across the page is front matter only if `known` knows one of its
/// keys.
#[must_use]
pub fn find_loosely(page: &str, known: impl Fn(&str) -> bool) -> Option<FrontMatter> {
    let head = split_loosely(page)?;
    let front = read(page, &head);
    let opened = head.inner.start > head.outer.start;
    let meant = || front.errors.is_empty() && front.root.iter().any(|entry| known(entry.name(page)));
    (opened || head.format != Format::Yaml || meant()).then_some(front)
}

/// A text of the same length with one blank for each tab that indents a line.
#[must_use]
pub fn without_tabs(text: &str) -> String {
    let mut indents = true;
    let blank = |c: char| {
        let tab = indents && c == '\t';
        indents = c == '\n' || (indents && matches!(c, ' ' | '\t'));
        if tab { ' ' } else { c }
    };
    text.chars().map(blank).collect()
}

/// True where no tab begins a line but before an item of a list.
#[must_use]
pub fn has_tabs_only_before_items(inner: &str) -> bool {
    inner.lines().all(|line| {
        let content = line.trim_start_matches([' ', '\t']);
        let indent = line.get(..line.len() - content.len()).unwrap_or_default();
        content.is_empty() || !indent.contains('\t') || content.starts_with("- ")
    })
}

/// Reads a YAML front matter anew, with two blanks for each tab that begins a line: what Hexo puts there. The spans are
/// those of `page`. `None` where it does not parse so either.
#[must_use]
pub fn with_wide_tabs(page: &str, front: &FrontMatter) -> Option<FrontMatter> {
    let head = Head {
        format: front.format,
        outer: front.outer,
        inner: front.inner,
        body_start: front.body_start,
        line_end: front.line_end,
        bom: front.bom,
    };
    let mut again = FrontMatter::empty(&head);
    (front.format == Format::Yaml && read::yaml_with_wide_tabs(page, &mut again)).then_some(again)
}

/// Reads a front matter that was found by [`split`](split()).
#[must_use]
pub fn read(page: &str, head: &Head) -> FrontMatter {
    let mut front_matter = FrontMatter::empty(head);
    match head.format {
        Format::Yaml => read::yaml(page, &mut front_matter),
        Format::Toml => read::toml(page, &mut front_matter),
        Format::Json => json::read(page, &mut front_matter),
        Format::Script | Format::Lines => {}
    }
    front_matter
}
