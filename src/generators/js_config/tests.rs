use super::{At, Module, Value};

fn module(text: &str) -> Module {
    Module::read(text)
}

fn text(module: &Module, keys: &[&str]) -> Option<String> {
    module.config().at(keys).text().map(str::to_owned)
}

#[test]
fn every_way_to_export_an_object() {
    for source in [
        "export default { a: { b: 'x' } };",
        "export default defineConfig({ a: { b: 'x' } })",
        "module.exports = { a: { b: \"x\" } }",
        "const config = { a: { b: `x` } };\nmodule.exports = config;",
        "/** @type {import('x').Config} */\nconst config: Config<A> = { a: { b: 'x' } }\nexport default config",
        "const c = { a: { b: 'x' } };\nexport { c as default };",
        "export default { a: { b: 'x' } } satisfies Config;",
        "export default async function create() { const b = 'y'; return { a: { b: 'x' } }; }",
        "module.exports = async () => ({ a: { b: 'x' } });",
        "module.exports = function (env) { if (env) { go() } return { a: { b: 'x' } } }",
        "export default withTheme(defineConfig({ a: { b: 'x' } }))",
        "export default defineConfig<A, B>((env): Config => { return { a: { b: 'x' } } })",
        "function make() { return { a: { b: 'x' } } }\nexport default make",
        "export = { a: { b: 'x' } }",
    ] {
        assert_eq!(text(&module(source), &["a", "b"]).as_deref(), Some("x"), "{source}");
    }
}

#[test]
fn literals_of_every_kind() {
    let read = module(
        "// comment\nexport default {\n  'a-b': 'it\\'s \\u00e9', n: -1.5, big: 1_000, yes: true, no: false, nil: null, re: /[/]x/g,\n  list: ['a', \"b\", `c`, ...more], /* } */ last: 'z',\n}",
    );
    let config = read.config();
    assert_eq!(config.get("a-b").text(), Some("it's é"));
    assert_eq!(config.get("n").value, &Value::Number(-1.5));
    assert_eq!(config.get("big").value, &Value::Number(1000.0));
    assert_eq!((config.get("yes").flag(), config.get("no").flag()), (Some(true), Some(false)));
    assert_eq!(config.get("nil").value, &Value::Null);
    assert!(config.get("re").is_unknown());
    assert_eq!(config.get("list").texts(), ["a", "b", "c"]);
    assert_eq!(config.get("list").items().count(), 4);
    assert_eq!(config.get("last").text(), Some("z"));
    assert!(config.get("other").is_absent());
}

#[test]
fn code_is_unknown_and_the_rest_is_read_on() {
    let read = module(
        "export default {\n a: `x${y({b: '}'})}`, b: c ? 'd' : 'e', f: 'g' + h, i: new URL('x'), [j]: 'k', l() { return 1 }, m: !n, o: 'p' }",
    );
    for key in ["a", "b", "f", "i", "l", "m"] {
        assert!(read.config().get(key).is_unknown(), "{key}");
    }
    assert_eq!(text(&read, &["o"]).as_deref(), Some("p"));
}

#[test]
fn names_are_followed_within_the_file() {
    let read = module(
        "const base = '/docs'\nconst shared = { url: 'u', deep: { x: 'y' } }\nlet changed = 'a'\nchanged = 'b'\n\
         export default { base, url: shared.url, x: shared.deep.x, ...shared, changed, env: process.env.B ?? '/' }",
    );
    assert_eq!(text(&read, &["base"]).as_deref(), Some("/docs"));
    assert_eq!(text(&read, &["url"]).as_deref(), Some("u"));
    assert_eq!(text(&read, &["x"]).as_deref(), Some("y"));
    assert_eq!(text(&read, &["deep", "x"]).as_deref(), Some("y"));
    assert_eq!(text(&read, &["env"]).as_deref(), Some("/"));
    assert!(read.config().get("changed").is_unknown());
    let keys: Vec<&str> = read.config().entries().iter().map(|(key, _)| *key).collect();
    assert_eq!(keys, ["base", "url", "x", "url", "deep", "changed", "env"]);
}

#[test]
fn a_spread_that_is_code_hides_what_is_not_written() {
    let read = module("export default { ...theirs(), a: 'b' }");
    assert_eq!(text(&read, &["a"]).as_deref(), Some("b"));
    assert!(read.config().get("c").is_unknown());
}

#[test]
fn a_spread_in_a_helper_that_names_the_type_is_read() {
    let read = module(
        "const shared = defineConfig({ a: 'x', c: { d: 'y' } })\nexport default defineConfig({ ...shared, b: 'z' })",
    );
    assert_eq!(text(&read, &["a"]).as_deref(), Some("x"));
    assert_eq!(text(&read, &["c", "d"]).as_deref(), Some("y"));
    assert!(read.config().get("rewrites").is_absent() && read.config().is_whole());
    let keys: Vec<&str> = read.config().entries().iter().map(|(key, _)| *key).collect();
    assert_eq!(keys, ["a", "c", "b"]);
}

#[test]
fn calls_keep_their_arguments() {
    let read = module(
        "export default defineConfig({ integrations: [starlight({ title: 'T' }), mdx()] });\n\
         export const collections = { blog: defineCollection({ schema: ({ image }) => z.object({ a: z.string().max(3).optional() }) }) };",
    );
    let integration = read.config().get("integrations").items().next().unwrap();
    assert_eq!(integration.steps()[0].name, "starlight");
    assert_eq!(integration.argument(0).get("title").text(), Some("T"));
    let blog = read.name("collections").get("blog").argument(0);
    let Value::Function(schema) = blog.get("schema").value else { panic!("no function") };
    let schema = At { module: &read, value: schema };
    let names: Vec<&str> = schema.argument(0).get("a").steps().iter().map(|step| step.name.as_str()).collect();
    assert_eq!(names, ["z", "string", "max", "optional"]);
}

#[test]
fn bad_input_ends() {
    let deep = "[".repeat(50_000);
    let maps = "{a:".repeat(50_000);
    let templates = "`${".repeat(50_000);
    let arrows = "()=>".repeat(50_000);
    let calls = "f(".repeat(50_000);
    let spreads = "{...".repeat(50_000);
    for inner in [&deep, &maps, &templates, &arrows, &calls, &spreads, "\\", "'", "/", "/*", "{[", "é", "a:", "..."] {
        for start in ["export default ", "const a = ", "module.exports = ", ""] {
            let read = module(&format!("{start}{inner}"));
            let _ = read.config().get("a").texts();
        }
    }
    let circle = module("const a = b; const b = { ...a, ...b, c: a.c }; export default a");
    assert!(circle.config().get("c").text().is_none());
}
