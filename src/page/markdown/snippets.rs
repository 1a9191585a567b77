//! `<<< @/samples/a.ts#part{2,3-5 ts:line-numbers} [title]`: a file that VitePress shows in the page as code.
//!
//! Source: VitePress 1.6 `plugins/snippet.ts`.

use std::borrow::Cow;

use crate::page::collector::{Collector, Found};
use crate::page::links::{Form, Label, LinkKind, Origin};
use crate::source::Span;

/// Adds the files that are shown.
pub(super) fn links<'f>(out: &Collector<'f>, found: &mut Vec<Found<'f>>) {
    let file = out.file;
    for at in memchr::memmem::find_iter(file.as_bytes(), b"<<<").filter(|at| *at >= out.start) {
        let line = file.get(..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        let rest = file.get(at + "<<<".len()..).unwrap_or_default().lines().next().unwrap_or_default();
        let begins = line.len() < 4 && line.bytes().all(|byte| byte == b' ') && !rest.starts_with('<');
        if !begins || out.body.begins_in_code(Span::new(at, at)) || out.body.begins_in_comment(Span::new(at, at)) {
            continue;
        }
        let path = path(rest);
        let start = at + "<<<".len() + (rest.len() - rest.trim_start().len());
        if path.is_empty() || path.contains(['$', '<', '>', '`']) {
            continue;
        }
        let local = |at: usize| at - out.start;
        found.push(Found {
            kind: LinkKind::Link,
            origin: Origin::Tag { name: "<<<".into() },
            at: local(start)..local(start + path.len()),
            whole: local(at)..local(start + path.len()),
            destination: Cow::Borrowed(path),
            label: Label::Absent,
            form: Form::Verbatim,
            in_table: false,
        });
    }
}

/// What stands before the region, the lines and the title.
fn path(rest: &str) -> &str {
    let rest = rest.trim();
    let end = rest.find(['{', '[']).unwrap_or(rest.len());
    let path = rest.get(..end).unwrap_or_default().trim_end();
    path.split('#').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn what_follows_the_path() {
        assert_eq!(path(" @/a/b.ts#part{2,3-5 ts} [title]"), "@/a/b.ts");
        assert_eq!(path(" ./a.ts {2}"), "./a.ts");
        assert_eq!(path(" a.json"), "a.json");
    }
}
