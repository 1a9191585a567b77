use super::*;

#[test]
fn pages_and_files() {
    let path = |inside: &str| page(inside).map(|(path, _)| path);
    assert_eq!(path("index.astro").as_deref(), Some("/"));
    assert_eq!(path("a/index.md").as_deref(), Some("/a/"));
    assert_eq!(path("a/b.mdx").as_deref(), Some("/a/b/"));
    assert_eq!(path("rss.xml.ts").as_deref(), Some("/rss.xml"));
    assert_eq!(path("[slug].astro"), None);
    assert_eq!(path("_x/a.md"), None);
}
