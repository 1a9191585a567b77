//! images/missing-file: an image that does not exist, in Markdown, HTML, a template tag or front matter.

use serde_json::Value;

use crate::page::links::{LinkKind, Origin};
use crate::rules::links::missing_page::report_missing;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::resolve::resolve_text;
use crate::site::target::Target;

struct MissingFile;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(MissingFile))
}

impl SiteRule for MissingFile {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, link, target) in site.links().filter(|(_, link, _)| link.kind == LinkKind::Image) {
            match target {
                Target::Missing { path } => report_missing(site, page, link, path, "file", report),
                Target::NoSource { wanted } => {
                    let message = match link.origin {
                        Origin::WikiLink => format!("no file is called `{wanted}`"),
                        _ => format!("there is no source file `{wanted}` for this image"),
                    };
                    report.at(&page.file, link.place(), message).help("name a file that exists").done();
                }
                _ => {}
            }
        }
        for page in site.pages.iter().filter(|page| page.checked) {
            for scalar in site.image_folders.no_images(page) {
                let target = resolve_text(site, page, scalar.text.trim());
                if matches!(target, Target::Asset(_) | Target::Unchecked(_) | Target::External) {
                    continue;
                }
                let message = format!("`{}` names no image, so the page has none", scalar.text.trim());
                let help = "name the image's file, as the other pages do, or remove the key";
                report.at(&page.file, scalar.span, message).help(help).done();
            }
        }
    }
}
