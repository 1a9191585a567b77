//! images/missing-alt: an image without alternative text.

use serde_json::Value;

use crate::page::Page;
use crate::page::links::{Label, LinkKind, Origin};
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::hosts::is_embedded;

struct MissingAlt;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(MissingAlt))
}

impl PageRule for MissingAlt {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        for link in page.facts.links.iter().filter(|link| link.kind == LinkKind::Image && link.label == Label::Absent) {
            // `![](https://youtu.be/…)` is a player there, and no image.
            if page.model.settings().embeds_links && is_embedded(&link.destination) {
                continue;
            }
            let help = match &link.origin {
                Origin::Inline | Origin::Reference { .. } => {
                    "write between the brackets what the image shows: `![…](…)`"
                }
                Origin::Html(at) if at.tag == "img" && at.attribute == "src" => {
                    "add `alt=\"…\"` with what it shows; `alt=\"\"` for mere decoration"
                }
                Origin::Template { .. } => "add `alt=\"…\"` with what it shows",
                _ => continue,
            };
            let message = "this image has no alternative text: who cannot see it learns nothing of it";
            report.at(page.file(), link.whole, message).help(help).done();
        }
    }
}
