//! Asks git where files went, if a link of the chosen pages leads nowhere and nothing else explains it.

use super::Request;
use crate::git::Git;
use crate::site::Site;
use crate::site::moved::Moved;
use crate::site::suggest::suggest;
use crate::site::target::Target;

/// Fills [`Site::moved`].
pub fn explain(request: &Request<'_>, git: &Git, site: &mut Site) {
    let lost = site.links().any(|(page, link, target)| match target {
        Target::Missing { path } => {
            request.chooses(&page.file) && !suggest(site, page, path, link.kind).iter().any(|one| one.certain)
        }
        _ => false,
    });
    if lost && let Some(renames) = git.renames() {
        site.moved = Moved::of(renames, site);
    }
}
