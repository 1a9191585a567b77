//! Pages that docsify shows in the browser, wherever its `index.html` lies: it takes paths from its own folder, whatever page
//! they stand in, and adds the `.md` by itself.
//!
//! Source: `relativePath` on the page "Configuration" of docsify's documentation.

use crate::discover::{Tree, file_name, join, parent};
use crate::generators::Folder;
use crate::site::Site;
use crate::site::destination::{Shape, decode, shape};
use crate::site::target::{Target, Unknown};

/// More front pages are no documentation of docsify's.
const MOST: usize = 64;

/// Takes back what was called missing and lies below docsify's folder.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &Target| matches!(target, Target::Missing { .. });
    if !site.model.settings().folders || !site.targets.iter().flatten().any(lost) {
        return;
    }
    let folder = Folder { tree, root: "" };
    let fronts = folder.below(&site.root).filter(|path| file_name(path) == "index.html").take(MOST);
    let shows = |path: &&str| folder.read(path).is_some_and(|text| text.contains("$docsify"));
    let roots: Vec<&str> = fronts.filter(shows).map(parent).collect();
    if roots.is_empty() {
        return;
    }
    for (page, targets) in site.pages.iter().zip(&mut site.targets) {
        let inside =
            |root: &&&str| root.is_empty() || page.file.strip_prefix(**root).is_some_and(|rest| rest.starts_with('/'));
        let Some(root) = roots.iter().filter(inside).max_by_key(|root| root.len()) else { continue };
        for (link, target) in page.links.iter().zip(targets).filter(|(_, target)| lost(target)) {
            let Shape::Path { path, .. } = shape(&link.destination) else { continue };
            let file = join(root, decode(path.trim_start_matches("./").trim_start_matches('/')).trim_end_matches('/'));
            let files = [file.clone(), format!("{file}.md"), join(&file, "README.md")];
            if files.iter().any(|file| tree.has_file(file)) {
                *target = Target::Unchecked(Unknown::Generator);
            }
        }
    }
}
