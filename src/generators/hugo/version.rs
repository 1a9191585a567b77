//! Which Hugo builds the site, where something beside it says so: a workflow, the settings of a host, a container.

use crate::discover::file_name;
use crate::generators::Folder;

/// Files of hosts and tools that name the version.
const FILES: [&str; 8] = [
    "netlify.toml",
    "vercel.json",
    "wrangler.toml",
    "Dockerfile",
    ".gitlab-ci.yml",
    ".tool-versions",
    ".travis.yml",
    ".hugo-version",
];

/// The number behind `0.`; the highest where several are named.
#[must_use]
pub fn minor(folder: &Folder<'_>) -> Option<u32> {
    let workflows = folder.below(".github/workflows").chain(folder.below(".forgejo/workflows"));
    let files = workflows.chain(FILES.iter().copied().filter(|name| folder.has(name)));
    files.filter_map(|file| said(&folder.read(file)?, file_name(file) == ".hugo-version")).max()
}

/// What a text says behind the word: `HUGO_VERSION: 0.96.0`, `hugo-version: '0.111.3'`, `hugo 0.120.4`.
fn said(text: &str, alone: bool) -> Option<u32> {
    let named = |line: &str| {
        let small = line.to_ascii_lowercase();
        alone
            || small.contains("hugo")
                && (small.contains("version") || small.contains("hugo ") || small.contains("hugo:"))
    };
    let number = |line: &str| {
        let at = line.match_indices("0.").find(|(at, _)| {
            let before = line.get(..*at).and_then(|before| before.chars().next_back());
            !before.is_some_and(|c| c.is_ascii_digit() || c == '.')
        })?;
        let rest = line.get(at.0 + 2..)?;
        rest.get(..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()))?.parse::<u32>().ok()
    };
    text.lines().filter(|line| named(line)).filter_map(number).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(said("env:\n  HUGO_VERSION: 0.96.0\n", false), Some(96));
        assert_eq!(said("        hugo-version: '0.111.3'\n", false), Some(111));
        assert_eq!(said("hugo 0.120.4\n", false), Some(120));
        assert_eq!(said("0.92.2\n", true), Some(92));
        assert_eq!(said("node-version: 0.10\nhugo-version: latest\n", false), None);
    }
}
