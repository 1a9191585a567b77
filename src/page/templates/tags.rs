//! The tags of a text, whatever template language it is written for.

use super::scan::Scan;
use super::{TemplateCall, hugo, liquid, mdx, zola};
use crate::page::dialect::{Dialect, Templates};

/// What the dialect's template language makes of `file[start..]`.
pub(super) fn scan(file: &str, start: usize, dialect: &Dialect) -> Scan {
    match dialect.templates {
        Templates::None => Scan::default(),
        Templates::Liquid | Templates::Markdoc => liquid::scan(file, start, dialect.template_comments),
        Templates::Hugo => hugo::scan(file, start),
        Templates::Mdx => mdx::scan(file, start, dialect.indented_code),
        Templates::Zola => zola::scan(file, start),
    }
}

/// The tags of a text that was cut out of a page, such as a link's destination; spans are into that text.
#[must_use]
pub fn calls(text: &str, templates: Templates) -> Vec<TemplateCall> {
    scan(text, 0, &Dialect { templates, ..Dialect::COMMONMARK }).calls
}
