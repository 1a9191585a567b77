//! The plugins of a Pelican site: which of them may publish pages that the sources do not show, or change links.

use crate::hash::Set;

use super::DATA;
use super::files::normal;
use crate::discover::extension;
use crate::generators::Folder;

/// What stands in a plugin that writes files or touches links.
const SIGNS: [&str; 12] = [
    "get_generators",
    "write_file",
    "write_feed",
    "generate_output",
    "generate_context",
    "save_as",
    "href",
    "re.sub(",
    "_content",
    "'w'",
    "\"w\"",
    "makedirs",
];

/// The plugins that may, by the names under which the settings switch them on. Of one whose code lies in the tree the code
/// tells, of the known ones the list in Pelican's data.
#[must_use]
pub fn makers(folder: &Folder<'_>, plugins: &[String], paths: &[String]) -> Vec<String> {
    let makes = |name: &&String| !is_quiet(name) && own_code(folder, name, paths).is_none_or(|code| writes(&code));
    plugins.iter().filter(makes).cloned().collect()
}

/// `pelican.plugins.neighbors`, `pelican-toc`, `liquid_tags.img`: the plugin's bare name.
fn bare(name: &str) -> String {
    let name = name.strip_prefix("pelican.plugins.").or_else(|| name.strip_prefix("plugins.")).unwrap_or(name);
    let name = name.split('.').next().unwrap_or(name).to_ascii_lowercase().replace('-', "_");
    name.strip_prefix("pelican_").unwrap_or(&name).to_owned()
}

/// True where a plugin gives each article the date of its file in git.
#[must_use]
pub fn give_dates(plugins: &[String]) -> bool {
    plugins.iter().any(|name| matches!(&*bare(name), "filetime_from_git" | "git_date" | "filetime_from_hg"))
}

fn is_quiet(name: &str) -> bool {
    let name = bare(name);
    DATA.quiet_plugins.contains(&name)
}

/// The code of a plugin that lies in the tree.
fn own_code(folder: &Folder<'_>, name: &str, paths: &[String]) -> Option<String> {
    let file = name.replace('.', "/");
    let places = paths.iter().map(|path| normal(path)).chain(["plugins".to_owned(), String::new()]);
    let mut found = places.map(|place| crate::discover::join(&place, &file)).filter_map(|path| {
        let one = folder.read(&format!("{path}.py"));
        one.or_else(|| {
            let code = folder.below(&path).filter(|file| extension(file) == *"py");
            let all: String = code.filter_map(|file| folder.read(file)).collect();
            (!all.is_empty()).then_some(all)
        })
    });
    found.next()
}

fn writes(code: &str) -> bool {
    SIGNS.iter().any(|sign| code.contains(sign))
}

/// What the settings and the site's own code name in quotes, in lower case: a key of front matter among it is read by them.
#[must_use]
pub fn keys(folder: &Folder<'_>, settings: &str) -> Set<String> {
    const MOST: usize = 100;
    let code = folder.below("").filter(|path| extension(path) == "py" && *path != settings).take(MOST);
    let code = code.filter_map(|path| folder.read(path)).filter(|text| text.contains("metadata"));
    let mut found = Set::default();
    for text in folder.read(settings).into_iter().chain(code) {
        for quote in ['\'', '"'] {
            let named = text.lines().flat_map(|line| line.split(quote).skip(1).step_by(2));
            found.extend(named.filter(|name| is_key(name)).map(str::to_lowercase));
        }
    }
    found
}

fn is_key(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 40
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plugins_have_many_names() {
        for name in ["neighbors", "pelican.plugins.neighbors", "pelican-neighbors", "liquid_tags.img", "sitemap"] {
            assert!(is_quiet(name), "{name}");
        }
        assert!(!is_quiet("photos") && !is_quiet("something_of_ones_own"));
    }
}
