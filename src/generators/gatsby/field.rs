//! The field `slug` that `onCreateNode` gives to entries, where a template makes it: `` `posts/${kebabCase(node.frontmatter.title)}` ``.

use super::made::{end, value_of};

/// What the field is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The folder that it begins with: `posts`.
    pub folder: String,
    /// The key of the front matter that lodash's `kebabCase` makes the rest of.
    pub kebab: Option<String>,
}

/// Reads all that the code puts into the field; nothing where that is no template with a folder at its start.
#[must_use]
pub fn read(node: &str) -> Option<Field> {
    const CALL: &str = "createNodeField(";
    let mut found: Option<Field> = None;
    for (at, _) in node.match_indices(CALL) {
        let object = node.get(at + CALL.len()..)?.trim_start().strip_prefix('{')?;
        if value_of(object, "name:")?.trim_matches(['"', '\'', '`']) != "slug" {
            continue;
        }
        let field = of_template(value_of(object, "value:")?, node)?;
        if found.as_ref().is_some_and(|one| *one != field) {
            return None;
        }
        found = Some(field);
    }
    found
}

/// True where the field gets what `createFilePath` says and nothing else: the call itself, or a name that only ever stands for
/// such a call. What comes from the front matter first (`a || createFilePath(…)`), goes through a method or is given to the
/// name again makes another address.
#[must_use]
pub fn is_path(node: &str) -> bool {
    const CALL: &str = "createNodeField(";
    let mut found = false;
    for (at, _) in node.match_indices(CALL) {
        let object = node.get(at + CALL.len()..).and_then(|rest| rest.trim_start().strip_prefix('{'));
        let Some(object) = object else { return false };
        let name = value_of(object, "name:").unwrap_or_default();
        if name.starts_with(['"', '\'', '`']) && name.trim_matches(['"', '\'', '`']) != "slug" {
            continue;
        }
        // `{ name: 'slug', node, value }`
        let value = value_of(object, "value:").unwrap_or("value");
        if !(is_call(value) || only_stands_for_calls(function(node, at), value)) {
            return false;
        }
        found = true;
    }
    found
}

/// The function around a place, as far as lines that begin at the margin show: `exports.onCreateNode = …`.
fn function(code: &str, at: usize) -> &str {
    let margin = |(at, _): &(usize, &str)| {
        let next = code.get(at + 1..).unwrap_or_default();
        ["exports.", "module.", "export ", "const ", "function ", "async "].iter().any(|start| next.starts_with(start))
    };
    let before = code.get(..at).unwrap_or_default();
    let from = before.rmatch_indices('\n').find(margin).map_or(0, |(from, _)| from);
    let to = code.match_indices('\n').find(|found| found.0 > at && margin(found)).map_or(code.len(), |(to, _)| to);
    code.get(from..to).unwrap_or(code)
}

/// `createFilePath({ node, getNode })`, and nothing behind it.
fn is_call(value: &str) -> bool {
    let value = value.trim();
    let arguments = value.strip_prefix("createFilePath(");
    arguments.is_some_and(|arguments| arguments.get(end(arguments, &[])..) == Some(")"))
}

/// What all calls of `createFilePath` name as `basePath`, in plain words: `posts`.
#[must_use]
pub fn base_path(node: &str) -> String {
    let mut calls = node.split("createFilePath(").skip(1).map(|call| {
        let written = value_of(call.trim_start().strip_prefix('{')?, "basePath:")?;
        let inner = written.strip_prefix(['\'', '"', '`'])?.strip_suffix(['\'', '"', '`'])?;
        (!inner.starts_with('/') && !inner.contains('$')).then_some(inner)
    });
    let first = calls.next().flatten().unwrap_or_default();
    let same = calls.all(|other| other == Some(first));
    if same { first.trim_start_matches("./").trim_matches('/').to_owned() } else { String::new() }
}

/// True for a name to which code gives what `createFilePath` says, as often as it gives it anything.
fn only_stands_for_calls(code: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    if name.is_empty() || !name.chars().all(word) {
        return false;
    }
    let mut given = 0;
    for (at, _) in code.match_indices(name) {
        let before = code.get(..at).unwrap_or_default();
        let after = code.get(at + name.len()..).unwrap_or_default();
        if before.ends_with(|c| word(c) || c == '.') || after.starts_with(word) {
            continue;
        }
        let after = after.trim_start();
        let Some(value) = after.strip_prefix('=').filter(|value| !value.starts_with(['=', '>'])) else {
            // `{ value } = …`, `value += …`
            let taken =
                after.starts_with('}') && after.get(1..).is_some_and(|rest| rest.trim_start().starts_with("= "));
            let added = ["+=", "||=", "??="].iter().any(|sign| after.starts_with(sign));
            if taken || added {
                return false;
            }
            continue;
        };
        let value = value.trim_start();
        let Some(arguments) = value.strip_prefix("createFilePath(") else { return false };
        let rest = arguments.get(end(arguments, &[]) + 1..).unwrap_or_default();
        // A statement that goes on does so with a sign, on this line or the next.
        let ends = rest.starts_with([';', '\n', '\r']) || rest.trim().is_empty() || rest.trim_start().starts_with('}');
        if !ends || rest.trim_start().starts_with(['.', '|', '?', '+', '&', '[']) {
            return false;
        }
        given += 1;
    }
    given > 0
}

/// The code without its comments, as far as they have lines of their own.
#[must_use]
pub fn without_comments(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut inside = false;
    for line in code.split_inclusive('\n') {
        let bare = line.trim();
        let opens = !inside && bare.starts_with("/*");
        if opens || inside {
            inside = !bare.contains("*/");
        } else if !bare.starts_with("//") {
            out.push_str(line);
        }
    }
    out
}

fn of_template(value: &str, node: &str) -> Option<Field> {
    let (start, rest) = value.strip_prefix('`')?.strip_suffix('`')?.split_once("${")?;
    let folder = start.strip_suffix('/')?.trim_start_matches('/');
    if folder.is_empty() {
        return None;
    }
    let (expression, tail) = rest.split_once('}')?;
    let argument = expression.trim().trim_start_matches("_.").trim_start_matches("lodash.").strip_prefix("kebabCase(");
    let key = argument.and_then(|rest| rest.strip_suffix(')')).and_then(|chain| chain.rsplit_once(".frontmatter."));
    let key = key.map(|(_, key)| key).filter(|key| key.chars().all(|c| c.is_alphanumeric() || c == '_'));
    let kebab = key.filter(|_| node.contains("lodash") && matches!(tail, "" | "/")).map(str::to_owned);
    Some(Field { folder: folder.to_owned(), kebab })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_the_path_makes() {
        let of = |code: &str| {
            is_path(&format!(
                "exports.onCreateNode = () => {{\n  {code}\n}}\nexports.createPages = () => {{ const value = 1 }}\n"
            ))
        };
        let field = "createNodeField({ name: `slug`, node, value })";
        assert!(of(&format!("const value = createFilePath({{ node, getNode }})\n  {field}")));
        assert!(of("const x = createFilePath({ node });\n createNodeField({ node, name: 'slug', value: x })"));
        assert!(of(
            "let slug\n if (a) { slug = createFilePath({ node }) }\n createNodeField({ node, name: 'slug', value: slug })"
        ));
        assert!(of(
            "createNodeField({ node, name: 'slug', value: createFilePath({ node }) })\ncreateNodeField({ node, name: 'b', value: b })"
        ));
        for other in [
            "node.frontmatter.slug || createFilePath({ node })",
            "node.frontmatter.slug ? node.frontmatter.slug : createFilePath({ node })",
            "createFilePath({ node }).replace(/a/, '/')",
            "createFilePath({ node })\n    .toLowerCase()",
            "createFilePath({ node })\n  if (a) { value = a }",
            "createFilePath({ node })\n  value += a",
        ] {
            assert!(!of(&format!("let value = {other}\n  {field}")), "{other}");
            assert!(
                !of(&format!("createNodeField({{ node, name: 'slug', value: {other} }})")) || other.contains("value")
            );
        }
        assert!(!of("const { value } = node.fields\n createNodeField({ node, name: 'slug', value })"));
        assert_eq!(without_comments("// a\nb // c\n/* d\n e */\nf\n"), "b // c\nf\n");
    }

    #[test]
    fn templates_with_a_folder() {
        let of = |value: &str, more: &str| {
            read(&format!(
                "{more}createNodeField({{ node, name: 'slug', value: {value} }})\ncreateNodeField({{ node, name: `tags`, value: x }})"
            ))
        };
        let field = |kebab: Option<&str>| Some(Field { folder: "posts".to_owned(), kebab: kebab.map(str::to_owned) });
        let lodash = "const kebabCase = require('lodash.kebabcase')\n";
        assert_eq!(of("`posts/${kebabCase(node.frontmatter.title)}`", lodash), field(Some("title")));
        assert_eq!(of("`/posts/${kebabCase(node.frontmatter.title)}/`", ""), field(None));
        assert_eq!(of("`/posts/${slugify(node.frontmatter.title)}`", lodash), field(None));
        assert_eq!(of("`/${kebabCase(node.frontmatter.title)}`", lodash), None);
        assert_eq!(of("`posts-${id}`", lodash), None);
        assert_eq!(of("createFilePath({ node })", lodash), None);
    }
}
