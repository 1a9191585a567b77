//! Which file of the sources was meant by a path that names none: of the same name in another folder, or of nearly that name
//! where it was looked for. Asked only of links that lead nowhere.

use super::Site;
use super::destination::is_image;
use crate::discover::{extension, file_name, join, parent, without_extension};
use crate::generators::{Sources, wikilinks};

/// More than a few are no help.
const FEW: usize = 2;

/// The files, relative to the site's root, the likeliest first, and whether they have the very name.
#[must_use]
pub fn meant(site: &Site, wanted: &str) -> (Vec<String>, bool) {
    let name = file_name(wanted);
    let folder = parent(wanted);
    let mut same: Vec<&str> = site.named(&wikilinks::key(name)).iter().map(|file| &**file).collect();
    // One below the folder, or in one of its own folders, is meant rather than a namesake of another page.
    let near = |file: &&str| file.starts_with(parent(folder)) && !parent(folder).is_empty();
    if same.len() > 1 && same.iter().any(near) {
        same.retain(near);
    }
    if !extension(wanted).is_empty() && (1..=FEW).contains(&same.len()) && is_telling(name) {
        return (same.into_iter().map(str::to_owned).collect(), true);
    }
    let own = without_extension(name).to_lowercase();
    let start = format!("{}/", join(&site.root, folder));
    let mut beside: Vec<(usize, &str)> = Vec::new();
    for file in site.files_below(&start) {
        let Some(other) = file.strip_prefix(start.as_str()).filter(|rest| !rest.contains('/') && is_image(rest)) else {
            continue;
        };
        let stem = without_extension(other).to_lowercase();
        let distance = match own.chars().count().abs_diff(stem.chars().count()) {
            0 | 1 => strsim::osa_distance(&own, &stem),
            _ => continue,
        };
        // `a1` for `a2` is another picture.
        let numbered = || digits(&own) != digits(&stem);
        if distance == 0 || distance == 1 && own.chars().count() > 5 && !numbered() {
            beside.push((distance, file));
        }
    }
    beside.sort_unstable();
    let best = beside.first().map_or(0, |(distance, _)| *distance);
    beside.retain(|(distance, _)| *distance == best);
    beside.truncate(FEW);
    let cut = if site.root.is_empty() { 0 } else { site.root.len() + 1 };
    (beside.into_iter().filter_map(|(_, file)| Some(file.get(cut..)?.to_owned())).collect(), false)
}

fn digits(name: &str) -> String {
    name.chars().filter(char::is_ascii_digit).collect()
}

/// `image.png` and `1.png` lie in every folder.
fn is_telling(name: &str) -> bool {
    const ANY: [&str; 8] = ["image", "img", "cover", "index", "untitled", "thumbnail", "screenshot", "banner"];
    let stem = without_extension(name).to_lowercase();
    stem.chars().any(char::is_alphabetic) && stem.chars().count() > 2 && !ANY.contains(&stem.as_str())
}
