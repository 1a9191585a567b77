//! Hakyll: a site is built by a program of its own in Haskell, whose Markdown is Pandoc's. Which pages it makes of which files
//! that program alone knows.

use super::Folder;
use super::heading_ids::Algorithm;
use super::settings::Settings;
use crate::discover::extension;
use crate::page::dialect::{Dialect, Templates};

/// The file that tells, if this is such a site.
#[must_use]
pub fn program(folder: &Folder<'_>) -> Option<&'static str> {
    const PROGRAMS: [&str; 5] = ["site.hs", "src/site.hs", "app/site.hs", "app/Main.hs", "src/Main.hs"];
    let imports = |text: String| text.lines().any(|line| line.starts_with("import") && line.contains("Hakyll"));
    let program = PROGRAMS.into_iter().find(|path| folder.has(path))?;
    let of_hakyll = folder.read(program).is_some_and(imports) || is_package_with_hakyll(folder);
    of_hakyll.then_some(program)
}

/// True where what the program is built of names Hakyll.
fn is_package_with_hakyll(folder: &Folder<'_>) -> bool {
    let is_package = |path: &&str| !path.contains('/') && (*path == "package.yaml" || extension(path) == "cabal");
    let names = |line: &str| line.trim_start_matches([' ', '-', ',', '\t']).starts_with("hakyll");
    let mut texts = folder.below("").filter(is_package).filter_map(|path| folder.read(path));
    texts.any(|text| text.lines().any(|line| names(line) || line.contains(" hakyll ") || line.ends_with(" hakyll")))
}

/// What is known of how it reads pages.
pub fn describe(settings: &mut Settings, program: &str) {
    settings.dialect = Dialect { templates: Templates::None, ..Dialect::PANDOC };
    settings.heading_ids = Algorithm::Pandoc;
    settings.notes = vec![format!(
        "`{program}` is a program of Hakyll's, which decides what is published where: links to the site's own pages and images are not judged"
    )];
}
