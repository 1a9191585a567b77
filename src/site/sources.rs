//! Paths that name files of the sources, where the generator or the code host looks them up.

use super::Site;
use super::destination;
use super::facts::PageFacts;
use super::target::{Respelt, Target};
use crate::alike;
use crate::discover::{extension, file_name, join, without_extension};
use crate::generators::{Sources, wikilinks};

/// True for the path of a file in a README, where only front matter tells of a generator: READMEs are read
/// on the code host in any case.
pub fn is_read_where_the_code_is(site: &Site, page: &PageFacts, path: &str) -> bool {
    let names_a_file = extension(path) == "md" || destination::is_image(path);
    let readme = without_extension(file_name(&page.path)).eq_ignore_ascii_case("readme");
    site.model.settings().readmes_are_read && readme && !path.starts_with('/') && names_a_file
}

/// A source file of that path in another letter case or Unicode form.
pub fn other_case(site: &Site, wanted: &str) -> Option<Target> {
    let public = site.model.settings().public.iter().map(|folder| join(folder, wanted));
    let paths: Vec<String> = std::iter::once(wanted.to_owned()).chain(public).collect();
    let all = Sources::named(site, &wikilinks::key(file_name(wanted)));
    let found = all.iter().find(|file| paths.iter().any(|path| alike::same(file, path)))?;
    Some(Target::WrongCase(Box::new(Respelt { path: wanted.to_owned(), found: found.to_string() })))
}
