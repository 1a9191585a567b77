//! What only all links of a site together say of one.
//!
//! A link is resolved alone, by what the generator would publish. Where many lead nowhere in the same way, not the writers
//! are wrong but what we believe of the site: something that we do not see makes them right. Each file here is one such
//! reason to take a verdict back, or one to judge after all what could not be judged alone.

mod base_forgotten;
mod base_guess;
mod build_script;
mod by_files;
mod cells;
mod committed_output;
mod copied;
mod copied_by_steps;
mod decks;
mod docsify;
mod drawn;
mod exempted;
mod former_base;
mod found_by_name;
mod front_folders;
mod ignored;
mod kept_out;
mod laid_out;
mod listed;
mod made_by_build;
mod made_elsewhere;
mod misfit;
mod other_builds;
mod other_root;
mod put_together;
mod script_made;
mod series;
mod served_by_functions;
mod services;
mod sister_repositories;
mod submodules;
mod unwritten;
mod uploads;
mod without_slash;

use super::Site;
use super::facts::PageFacts;
use super::navigation;
use super::target::Target;
use crate::discover::{Tree, file_name, without_extension};

/// In this order: what has a reason of its own is no evidence for the next.
const LOOKS: &[fn(&mut Site, &Tree)] = &[
    without_slash::look,
    unwritten::look,
    listed::look,
    script_made::look,
    build_script::look,
    drawn::look,
    cells::look,
    docsify::look,
    served_by_functions::look,
    services::look,
    decks::look,
    exempted::look,
    committed_output::look,
    copied_by_steps::look,
    sister_repositories::look,
    put_together::look,
    other_builds::look,
    made_elsewhere::look,
    kept_out::look,
    copied::look,
    uploads::look,
    made_by_build::look,
    submodules::look,
    series::look,
    base_guess::look,
    base_forgotten::look,
    found_by_name::look,
    front_folders::look,
    other_root::look,
    misfit::look,
    by_files::look,
    laid_out::look,
];

/// Looks at all targets once more.
pub fn take(site: &mut Site, tree: &Tree) {
    // The entries of the menus are looked at as the links of one page more, which is none.
    let entries = site.navigation.iter_mut().map(|entry| std::mem::replace(&mut entry.target, Target::Generated));
    let entries = entries.collect();
    site.targets.push(entries);
    let held = former_base::hold(site);
    LOOKS.iter().for_each(|look| look(site, tree));
    former_base::release(site, held);
    for (entry, target) in site.navigation.iter_mut().zip(site.targets.pop().unwrap_or_default()) {
        entry.target = target;
    }
    navigation::doubt(site, tree);
}

/// True for `README-fr.md` in a folder that nothing builds: it is read where the code is, and its paths mean there what they
/// say. Thirty translations that copied one list of links are dead thirty times, and show nothing of the folder.
fn is_translated_readme(site: &Site, page: &PageFacts) -> bool {
    let settings = site.model.settings();
    let stem = || without_extension(file_name(&page.path)).as_bytes();
    let readme = || stem().get(..6).is_some_and(|start| start.eq_ignore_ascii_case(b"readme"));
    let translated = || stem().get(6).is_some_and(|next| matches!(next, b'.' | b'-' | b'_'));
    settings.folders && !settings.unknown_generator && page.front.is_none() && readme() && translated()
}
