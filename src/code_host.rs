//! What GitHub shows of a repository besides its files.

/// Its pages, the part of the address behind `owner/name`.
const PAGES: [&str; 29] = [
    "actions",
    "archive",
    "assets",
    "blame",
    "blob",
    "branches",
    "commit",
    "commits",
    "compare",
    "contributors",
    "discussions",
    "edit",
    "fork",
    "graphs",
    "issues",
    "labels",
    "milestone",
    "milestones",
    "network",
    "packages",
    "projects",
    "pull",
    "pulls",
    "raw",
    "releases",
    "security",
    "tags",
    "tree",
    "wiki",
];

/// True for the name of such a page: `issues`, `blob`.
#[must_use]
pub fn is_page(name: &str) -> bool {
    PAGES.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_in_order() {
        assert!(PAGES.is_sorted());
        assert!(is_page("wiki") && !is_page("src"));
    }
}
