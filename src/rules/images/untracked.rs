//! images/untracked: an image that only this disk has.

use serde_json::Value;

use crate::finding::Confidence;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::assets::Kept;
use crate::site::needs::Needs;
use crate::source::Span;

struct Untracked;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(Untracked))
}

impl SiteRule for Untracked {
    fn needs(&self) -> Needs {
        Needs::GIT
    }

    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, link, file, facts) in super::shown(site) {
            let (message, help) = match facts.kept {
                Kept::OnDisk => (
                    format!("`{file}` is on your disk but not in git: it will be missing where the site is built"),
                    format!("`git add {}`", quoted(file)),
                ),
                Kept::Ignored => (
                    format!("`{file}` is on your disk but git ignores it: it will be missing where the site is built"),
                    format!("`git add --force {}`, or take its name out of `.gitignore`", quoted(file)),
                ),
                Kept::InGit | Kept::Unknown | Kept::NotAsked => continue,
            };
            let draft = report.at(&page.file, link.place(), message).help(help).related(file, Span::FILE, "the file");
            // What is ignored may be made anew by the build.
            if facts.kept == Kept::Ignored { draft.confidence(Confidence::Medium).done() } else { draft.done() }
        }
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+@%,".contains(c);
    if path.chars().all(plain) && !path.starts_with('-') {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}
