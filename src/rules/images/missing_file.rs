//! images/missing-file: an image that does not exist, in Markdown, HTML, a template tag or front matter.

use serde_json::Value;

use crate::discover::parent;
use crate::page::links::{Link, LinkKind, Origin};
use crate::rules::links::missing_page::note_meant;
use crate::rules::links::missing_target::report_missing;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::destination::is_image;
use crate::site::facts::PageFacts;
use crate::site::follow::resolve_text;
use crate::site::index::Entry;
use crate::site::near_sources;
use crate::site::target::Target;
use crate::site::written;

struct MissingFile;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(MissingFile))
}

/// So many pictures are not lost one by one.
const MANY: usize = 20;

/// The number of lost attachments, where all of a vault's are: their folder was left out of the repository, which is one
/// cause.
fn left_out(site: &Site, lost: usize) -> Option<usize> {
    let is_picture = |output: &str, entry: &Entry| matches!(entry, Entry::Asset(_)) && is_image(output);
    (lost > MANY && !site.index.iter().any(|(output, entry)| is_picture(output, entry))).then_some(lost)
}

/// True for `![[a.png]]` that no file of the vault is called.
fn is_lost_attachment(link: &Link, target: &Target) -> bool {
    link.origin == Origin::WikiLink && matches!(target, Target::NoSource { .. } | Target::Missing { .. })
}

/// What to write for a picture that lies elsewhere, or is called nearly so.
fn file_meant(site: &Site, page: &PageFacts, wanted: &str) -> Option<String> {
    let (files, same) = near_sources::meant(site, wanted);
    let from = |file: &String| written::from_folder(parent(&page.path), file);
    match files.as_slice() {
        [] => None,
        [one] if same => Some(format!("`{}` has that name: write its path if it is the one", from(one))),
        [one] => Some(format!("`{}` is nearly called so: write that if it is the one", from(one))),
        [one, other, ..] => Some(format!("one of these? `{}`, `{}`", from(one), from(other))),
    }
}

impl SiteRule for MissingFile {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let images = || site.links().filter(|(_, link, _)| link.kind == LinkKind::Image);
        let lost = || images().filter(|(_, link, target)| is_lost_attachment(link, target)).count();
        let is_vault = site.model.settings().dialect.wikilinks;
        let mut left_out = if is_vault { left_out(site, lost()) } else { None };
        for (page, link, target) in images() {
            match target {
                _ if left_out.is_some() && is_lost_attachment(link, target) => {
                    let Some(count) = left_out.replace(0).filter(|count| *count > 0) else { continue };
                    let message = format!(
                        "no picture is in this repository, so the {count} that its notes show are missing, first `{}`",
                        link.destination
                    );
                    let help = "take the folder of attachments out of `.gitignore`, or switch this rule off where pictures stay at home";
                    report.at(&page.file, link.place(), message).help(help).done();
                }
                Target::Missing { path } => report_missing(site, page, link, path, "file", report),
                Target::NoSource { wanted } => {
                    let message = match link.origin {
                        Origin::WikiLink => format!("no file is called `{wanted}`"),
                        _ => format!("there is no source file `{wanted}` for this image"),
                    };
                    let help = match site.model.settings().dialect.wikilinks {
                        true => note_meant(site, page, wanted),
                        false => file_meant(site, page, wanted),
                    };
                    let help = help.unwrap_or_else(|| "name a file that exists".to_owned());
                    report.at(&page.file, link.place(), message).help(help).done();
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
