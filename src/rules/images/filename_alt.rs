//! images/filename-alt: the alternative text is the file's name.

use serde_json::Value;

use crate::discover::file_name;
use crate::page::links::{Label, LinkKind, Origin};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::destination::{decode, is_image};

struct FilenameAlt;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(FilenameAlt))
}

impl PageRule for FilenameAlt {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        for link in page.facts.links.iter().filter(|link| link.kind == LinkKind::Image) {
            // `![[picture.png]]` has no place for another text.
            if link.origin == Origin::WikiLink {
                continue;
            }
            let Label::Text(span) = link.label else { continue };
            if page.facts.copied_from().is_some() {
                return;
            }
            let alt = span.of(page.text).trim();
            if is_name(alt, &decode(&link.destination)) {
                let message = format!("the alternative text `{alt}` is only the file's name");
                report.at(page.file(), span, message).help("write what the image shows").done();
            }
        }
    }
}

/// The name with its extension, or a camera's or program's name for a file (`IMG_2034`, `screenshot-12`).
fn is_name(alt: &str, destination: &str) -> bool {
    let path = destination.split(['?', '#']).next().unwrap_or_default();
    let name = file_name(path);
    if alt.is_empty() || alt.contains(char::is_whitespace) && !name.contains(' ') {
        return false;
    }
    if alt == name || is_image(alt) {
        return true;
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // A stem of one real word may well be a description: `diagram.png` with the text `diagram`.
    alt == stem
        && (alt.contains(['_', '-']) && alt.bytes().any(|b| b.is_ascii_digit()) || alt.matches(['_', '-']).count() >= 2)
}
