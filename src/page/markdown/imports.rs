//! Files that an MDX page imports: pictures, other pages, data. Packages are no files of the site and are left out.

use std::borrow::Cow;

use crate::discover::is_image;
use crate::page::collector::{Collector, Found};
use crate::page::links::{Form, Label, LinkKind, Origin, Quote};
use crate::page::templates::Import;

/// Adds a link for each import of a file.
pub(super) fn links(imports: &[Import], out: &mut Collector<'_>) {
    for import in imports {
        let from = unescaped(import.from.of(out.file));
        if !is_file(&from) {
            continue;
        }
        let local = |at: u32| (at as usize).saturating_sub(out.start);
        out.plain_link(Found {
            kind: if is_image(&from) { LinkKind::Image } else { LinkKind::Link },
            origin: Origin::Import { name: import.name.of(out.file).into() },
            at: local(import.from.start)..local(import.from.end),
            whole: local(import.whole.start)..local(import.whole.end),
            destination: from,
            label: Label::Absent,
            form: Form::Parameter(Some(Quote::Double)),
            in_table: false,
        });
    }
}

/// The text of a JavaScript string: `./\_part.mdx` names `./_part.mdx`.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut escaped = false;
    let keep = |c: &char| {
        escaped = *c == '\\' && !escaped;
        !escaped
    };
    Cow::Owned(text.chars().filter(keep).collect())
}

/// `./a`, `../a`, `/a`, and the usual aliases of a site's own folders (`@components/A.astro`: no package has its source
/// below its own name); everything else is a package.
fn is_file(from: &str) -> bool {
    let source = || [".astro", ".vue", ".svelte", ".jsx", ".tsx"].iter().any(|end| from.ends_with(end));
    ["./", "../", "/", "@site/", "@/", "~/"].iter().any(|start| from.starts_with(start))
        || from.starts_with(['@', '~', '#', '$']) && source()
}
