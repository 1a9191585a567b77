//! The field `slug` that `onCreateNode` gives to entries, where a template makes it: `` `posts/${kebabCase(node.frontmatter.title)}` ``.

use super::made::value_of;

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
