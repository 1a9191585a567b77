//! Character references in the code spans of headings, as goldmark reads them.

use std::borrow::Cow;

/// Hugo decodes what looks like a reference in a code span too; those that are written there stand for punctuation.
pub(super) fn without_references(code: &str) -> Cow<'_, str> {
    if !code.contains('&') {
        return Cow::Borrowed(code);
    }
    let mut out = code.to_owned();
    for name in ["&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&copy;", "&ndash;", "&mdash;", "&hellip;"] {
        out = out.replace(name, "&");
    }
    Cow::Owned(out)
}
