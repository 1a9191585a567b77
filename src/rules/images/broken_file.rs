//! images/broken-file: a file that is there and cannot be shown.

use crate::hash::Set;

use serde_json::Value;

use crate::discover::extension;
use crate::finding::{FilePath, Severity};
use crate::page::links::LinkKind;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::assets::Content;
use crate::site::destination::is_image;
use crate::site::needs::Needs;
use crate::site::target::Target;
use crate::source::Span;

/// So many pointers have one cause: nobody fetched them.
const MANY: usize = 10;

struct BrokenFile;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(BrokenFile))
}

impl SiteRule for BrokenFile {
    fn needs(&self) -> Needs {
        Needs::IMAGES
    }

    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let pointers = shown_as(site, Content::LfsPointer);
        let mut told = false;
        not_fetched(site, report);
        for (page, link, target) in site.links().filter(|(_, link, _)| link.kind == LinkKind::Image) {
            let Target::Asset(file) = target else { continue };
            let Some(facts) = site.assets.get(file) else { continue };
            // `![](demo.html)`: no image is meant; Pandoc and others put such a file into a frame.
            if !is_image(file) && !extension(file).is_empty() {
                continue;
            }
            let (what, help) = match facts.content {
                Content::Empty => ("is empty (0 bytes)".to_owned(), "put the picture back"),
                Content::Truncated(format) => {
                    (format!("is a {} image that breaks off in its header", format.name()), "put the whole file back")
                }
                Content::Html => (
                    "is an HTML page, not an image: a server's answer was saved under the image's name".to_owned(),
                    "download the picture itself, or remove the image",
                ),
                // A code host shows the file that the pointer stands for.
                Content::LfsPointer if site.model.settings().folders => continue,
                Content::LfsPointer if pointers > MANY && told => continue,
                Content::LfsPointer if pointers > MANY => {
                    told = true;
                    let what =
                        format!("and {} other images are Git LFS pointers, not the images themselves", pointers - 1);
                    (what, "run `git lfs pull`, and let the build fetch LFS files")
                }
                Content::LfsPointer => (
                    "is a Git LFS pointer, not the image itself".to_owned(),
                    "run `git lfs pull`, and let the build fetch LFS files",
                ),
                Content::Image(..) | Content::Other | Content::NotFetched => continue,
            };
            report
                .at(&page.file, link.place(), format!("`{file}` {what}, so readers see a broken picture"))
                .help(help)
                .related(file, Span::FILE, "the file")
                .done();
        }
    }
}

/// Says once that nothing is known of the pictures that Git LFS keeps elsewhere and nobody fetched.
fn not_fetched(site: &Site, report: &mut Reporter<'_>) {
    let is_one = |target: &Target| match target {
        Target::Asset(file) => site.assets.get(file).is_some_and(|facts| facts.content == Content::NotFetched),
        _ => false,
    };
    let mut shown = site.links().filter(|(_, link, target)| link.kind == LinkKind::Image && is_one(target));
    if let Some((page, link, _)) = shown.next().filter(|_| !site.model.settings().folders) {
        let count = shown_as(site, Content::NotFetched);
        let message = format!(
            "{} not fetched for this checkout and not checked: `.gitattributes` says that Git LFS keeps {} elsewhere",
            if count == 1 { "an image was".to_owned() } else { format!("{count} images were") },
            if count == 1 { "it" } else { "them" },
        );
        let help = "run `git lfs pull` before the check, and let the build fetch LFS files";
        report.at(&page.file, link.place(), message).help(help).at_most(Severity::Hint).done();
    }
}

/// How many files that pages show as images hold this.
fn shown_as(site: &Site, content: Content) -> usize {
    let files =
        site.links().filter(|(_, link, _)| link.kind == LinkKind::Image).filter_map(|(_, _, target)| match target {
            Target::Asset(file) => Some(file),
            _ => None,
        });
    let holds = |file: &&FilePath| site.assets.get(*file).is_some_and(|facts| facts.content == content);
    files.filter(holds).collect::<Set<_>>().len()
}
