//! Entries of a site's own menus that lead nowhere: a part of links/missing-page and links/wrong-case, which see.

use crate::discover::file_name;
use crate::rules::rule::Reporter;
use crate::site::Site;
use crate::site::facts::PageFacts;
use crate::site::target::Target;

/// Entries that lead to nothing.
pub fn missing(site: &Site, report: &mut Reporter<'_>) {
    for entry in &site.navigation {
        let (path, what) = match &entry.target {
            Target::NoSource { wanted } => (wanted, "file"),
            Target::Missing { path } => (path, "page"),
            _ => continue,
        };
        let written = &entry.at.written;
        let message = format!("the navigation leads to `{written}`, and there is no such {what}");
        let named = |page: &&PageFacts| file_name(&page.path) == file_name(path) && page.is_published();
        let mut same = site.pages.iter().filter(|_| what == "file").filter(named);
        let help = match (same.next(), same.next()) {
            (Some(one), None) if !is_common(file_name(path)) => format!("`{}` has that name", one.path),
            _ => "name one that exists, or take the entry out".to_owned(),
        };
        let note = "the entry is a dead link on every page that shows the menu";
        report.at(&entry.at.file, entry.at.span, message).note(note).help(help).done();
    }
}

/// Entries that name a place which their page does not have.
pub fn without_anchor(site: &Site, report: &mut Reporter<'_>) {
    for entry in &site.navigation {
        let Target::Page { page, fragment: Some(fragment) } = &entry.target else { continue };
        let Some(there) = site.page(*page).filter(|_| site.lacks(*page, fragment)) else { continue };
        let message =
            format!("the navigation leads to `{}`, and `{}` has no such heading", entry.at.written, there.path);
        let help = "name one of the page's headings, or leave the fragment away";
        report.at(&entry.at.file, entry.at.span, message).help(help).done();
    }
}

/// Names that every folder has.
fn is_common(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    stem.eq_ignore_ascii_case("index") || stem.eq_ignore_ascii_case("readme")
}

/// Entries whose file is there in another case.
pub fn in_other_case(site: &Site, report: &mut Reporter<'_>) {
    for entry in &site.navigation {
        let Target::WrongCase(names) = &entry.target else { continue };
        let written = &entry.at.written;
        // Only a path that says the same from its end can be put right where it stands.
        let start = names.found.len().checked_sub(written.len());
        let right =
            start.and_then(|start| names.found.get(start..)).filter(|right| right.eq_ignore_ascii_case(written));
        let message = format!("the navigation leads to `{written}`, which exists as `{}`", names.found);
        let help =
            right.map_or_else(|| "write it as the file is called".to_owned(), |right| format!("write `{right}`"));
        report.at(&entry.at.file, entry.at.span, message).help(help).done();
    }
}
