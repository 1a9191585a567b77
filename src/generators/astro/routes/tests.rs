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

/// Code of the site's own may call no function here.
struct NoFunctions;

impl expression::Functions for NoFunctions {
    fn call(&self, _: &str, _: &str, _: &[Value], _: usize) -> Value {
        Value::Unknown
    }
}

#[test]
fn code_that_goes_on_and_on_is_not_followed() {
    use crate::generators::js_config::tokens::tokens;
    for step in ["(", "[", "a ? ", "a || ", "a + ", "a.b(", "await ", "`${", "...[", "() => ("] {
        let text = format!("{}post.slug", step.repeat(100_000));
        let spots = tokens(&text);
        let names = crate::hash::Map::from_iter([("post".to_owned(), Value::Entry)]);
        let scope = expression::Scope { files: &NoFunctions, file: "a.astro", names, depth: 0 };
        assert!(matches!(scope.value(code::Code { spots: &spots }), Value::Unknown), "{step}");
    }
}
