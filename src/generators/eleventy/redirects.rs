//! The files in which an Eleventy site tells its host of redirects.

use super::config::Config;
use super::paths::TEMPLATES;
use crate::discover::{extension, file_name};
use crate::generators::Folder;

/// Files that are copied to this name, and templates that say of themselves that they are published there.
pub fn files(folder: &Folder<'_>, config: &Config, name: &str) -> Vec<String> {
    let word = name.trim_matches(['_', '.']).trim_end_matches('s');
    let named = |path: &&str| file_name(path).contains(word) && TEMPLATES.contains(&&*extension(path));
    let is_one = |path: &&str| {
        let text = folder.read(path).unwrap_or_default();
        let permalink = text.lines().take(20).find_map(|line| line.trim_start().strip_prefix("permalink:"));
        let path = permalink.map(|value| value.trim().trim_matches(['"', '\'']).trim_start_matches("./"));
        path.is_some_and(|path| path.trim_matches('/') == name)
    };
    let copied = config.copied.iter().filter(|copy| copy.to.as_deref() == Some(name)).map(|copy| copy.from.clone());
    folder.below(&config.input).filter(named).filter(is_one).map(str::to_owned).chain(copied).collect()
}
