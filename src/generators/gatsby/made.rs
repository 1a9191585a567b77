//! What `gatsby-node` hands to `createPage`: where the addresses of entries come from, and where further pages are made.
//!
//! Code is read shallowly. What is not one of a few plain forms makes anything possible: then no page is called missing.

/// Where the address of a page comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// From its path below the folder of content: `createFilePath`, as the starters do.
    Path,
    /// From a key of the front matter.
    Key(String),
    /// What lodash's `kebabCase` makes of a key of the front matter.
    Kebab(String),
    /// From code that is not read.
    Unknown,
}

/// The addresses that code makes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// Any may be made.
    pub unknown: bool,
    /// These addresses, without a slash at the end.
    pub exact: Vec<String>,
    /// Any that begins so: `/tags/`.
    pub below: Vec<String>,
    /// Any that ends so: `/image` behind the address of an entry.
    pub ends: Vec<String>,
}

impl Made {
    /// True when there may be a page at this address.
    #[must_use]
    pub fn may_hold(&self, path: &str) -> bool {
        let bare = path.trim_end_matches('/');
        self.unknown
            || self.exact.iter().any(|one| one == bare)
            || self.below.iter().any(|start| path.starts_with(start.as_str()) || start.trim_end_matches('/') == bare)
            || self.ends.iter().any(|end| bare.ends_with(end.as_str()))
    }
}

/// One form of a path.
enum Form {
    /// That of an entry, behind a fixed beginning.
    Entry(String, Address),
    Exact(String),
    Below(String),
    Ends(String),
    Unknown,
}

/// Reads the code: where the addresses of entries come from, what stands before them, and what else is made.
#[must_use]
pub fn read(node: &str) -> (Address, String, Made) {
    let mut made = Made { unknown: hands_on(node), ..Made::default() };
    let mut entries: Vec<(String, Address)> = Vec::new();
    for (key, call) in [("path:", "createPage("), ("fromPath:", "createRedirect(")] {
        for (at, _) in node.match_indices(call) {
            let object = node.get(at + call.len()..).unwrap_or_default().trim_start();
            let value = object.strip_prefix('{').and_then(|object| value_of(object, key));
            for form in value.map_or_else(|| vec![Form::Unknown], forms) {
                match form {
                    Form::Entry(prefix, address) => {
                        if !entries.iter().any(|(start, one)| *start == prefix && *one == address) {
                            entries.push((prefix, address));
                        }
                    }
                    Form::Exact(path) => made.exact.push(path.trim_end_matches('/').to_owned()),
                    Form::Below(start) => made.below.push(start),
                    Form::Ends(end) => made.ends.push(end),
                    Form::Unknown => made.unknown = true,
                }
            }
        }
    }
    let (prefix, address) = match <[_; 1]>::try_from(entries) {
        Ok([one]) => one,
        Err(_) => (String::new(), Address::Unknown),
    };
    made.unknown |= address == Address::Unknown;
    paginated(node, &mut made);
    (address, prefix, made)
}

/// True where the makers of pages are handed to other code: `tags(createPage, posts)`, `pages({ graphql, actions })`.
fn hands_on(node: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    node.match_indices("createPage").any(|(at, name)| {
        let before = node.get(..at).unwrap_or_default().trim_end();
        let after = node.get(at + name.len()..).unwrap_or_default();
        !after.starts_with(word) && before.ends_with('(') && after.trim_start().starts_with([',', ')'])
    }) || node.match_indices("actions").any(|(at, name)| {
        let (before, after) = (node.get(..at).unwrap_or_default(), node.get(at + name.len()..).unwrap_or_default());
        if before.ends_with(word) || after.starts_with(word) {
            return false;
        }
        let Some((callee, own)) = before.rsplit_once('(') else { return false };
        let Some((rest, behind)) = after.split_once(')') else { return false };
        let inside = |text: &str| !text.contains([';', '\n', '=']) || text.trim().is_empty();
        let one_call = inside(own) && inside(rest);
        let keyword = ["async", "function", "return"].iter().any(|word| callee.trim_end().ends_with(word));
        one_call && callee.ends_with(word) && !keyword && !behind.trim_start().starts_with(['{', ':', '='])
    })
}

/// The lists that a package parts into pages (`gatsby-paginate`, `gatsby-awesome-pagination`): `pathPrefix: 'blog'`, or any
/// word of the file where code says it.
fn paginated(node: &str, made: &mut Made) {
    let below = |made: &mut Made, word: &str| {
        let word = word.trim_matches('/');
        if word.is_empty() {
            made.exact.push(String::new());
        } else {
            made.below.push(format!("/{word}/"));
        }
    };
    for (at, key) in node.match_indices("pathPrefix:") {
        let rest = node.get(at + key.len()..).unwrap_or_default();
        let value = rest.get(..end(rest, &[','])).unwrap_or_default().trim();
        let quoted = value.strip_prefix(['\'', '"', '`']).and_then(|value| value.strip_suffix(['\'', '"', '`']));
        match quoted {
            Some(word) if !word.contains('$') => below(made, word),
            _ if value.chars().all(|c| c.is_alphanumeric() || c == '_') => {
                let is_word = |word: &&str| {
                    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
                    !word.is_empty() && word.len() < 40 && word.chars().all(plain)
                };
                node.split(['\'', '"', '`']).filter(is_word).for_each(|word| below(made, word));
            }
            _ => made.unknown = true,
        }
    }
}

/// The value of a key of an object, as it is written.
pub(super) fn value_of<'t>(object: &'t str, key: &str) -> Option<&'t str> {
    let whole = object.get(..end(object, &['}']))?;
    let mut from = 0;
    // Another key may end so: `matchPath:`.
    let at = loop {
        let at = from + whole.get(from..)?.find(key)?;
        if !whole.get(..at)?.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            break at + key.len();
        }
        from = at + key.len();
    };
    let rest = whole.get(at..)?;
    Some(rest.get(..end(rest, &[',']))?.trim())
}

/// The place of the first of these signs outside brackets and quotes, or the text's end.
pub(super) fn end(text: &str, signs: &[char]) -> usize {
    let mut depth = 0_i32;
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if depth == 0 && signs.contains(&c) => return at,
            None => match c {
                '"' | '\'' | '`' => quote = Some(c),
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' if depth == 0 => return at,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            },
        }
    }
    text.len()
}

/// What an expression may be: of a condition, either side.
fn forms(value: &str) -> Vec<Form> {
    let question = end(value, &['?']);
    let rest = value.get(question + 1..).unwrap_or_default();
    if rest.is_empty() || rest.starts_with(['.', '?']) {
        return vec![form(value)];
    }
    let colon = end(rest, &[':']);
    let (yes, no) = (rest.get(..colon).unwrap_or_default(), rest.get(colon + 1..).unwrap_or_default());
    let mut all = forms(yes.trim());
    all.extend(forms(no.trim()));
    all
}

fn form(value: &str) -> Form {
    if let Some(address) = entry(value) {
        return Form::Entry(String::new(), address);
    }
    let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else { return Form::Unknown };
    let Some((inner, behind)) = value.get(1..).and_then(|rest| rest.split_once(quote)) else { return Form::Unknown };
    let start = |prefix: &str| {
        let path = format!("/{}", prefix.trim_start_matches('/'));
        if path == "/" { Form::Unknown } else { Form::Below(path) }
    };
    let of = |prefix: &str, chain: &str, tail: &str| match entry(chain.trim()) {
        // `/showcase${node.fields.slug}`: the field has its own slash.
        Some(address) if tail.trim_matches('/').is_empty() => Form::Entry(prefix.to_owned(), address),
        Some(_) if prefix.trim_matches('/').is_empty() && !tail.contains('$') && tail.starts_with('/') => {
            Form::Ends(tail.trim_end_matches('/').to_owned())
        }
        _ => start(prefix),
    };
    match behind.trim_start().strip_prefix('+') {
        Some(added) => of(inner, added, ""),
        None if !behind.trim().is_empty() => Form::Unknown,
        None => match inner.split_once("${").filter(|_| quote == '`') {
            Some((prefix, rest)) => match rest.split_once('}') {
                Some((chain, tail)) => of(prefix, chain, tail),
                None => Form::Unknown,
            },
            None => Form::Exact(format!("/{}", inner.trim_start_matches('/'))),
        },
    }
}

/// `post.node.fields.slug`, `node.frontmatter.path`.
fn entry(chain: &str) -> Option<Address> {
    let plain = chain.contains('.') && chain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '?'));
    if !plain {
        return None;
    }
    if chain.ends_with(".fields.slug") || chain.ends_with(".fields?.slug") {
        return Some(Address::Path);
    }
    let (_, key) = chain.rsplit_once(".frontmatter.").or_else(|| chain.rsplit_once(".frontmatter?."))?;
    (!key.contains('.')).then(|| Address::Key(key.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(paths: &[&str]) -> (Address, String, Made) {
        let calls: Vec<String> =
            paths.iter().map(|path| format!("createPage({{ path: {path}, component }})")).collect();
        read(&calls.join("\n"))
    }

    #[test]
    fn entries_and_what_else_is_made() {
        let key = |key: &str| Address::Key(key.to_owned());
        let (address, prefix, made) = of(&["post.node.frontmatter.slug", "i === 0 ? `/` : `/pages/${i + 1}`"]);
        assert_eq!((address, prefix.as_str()), (key("slug"), ""));
        assert_eq!((made.unknown, made.exact, made.below), (false, vec![String::new()], vec!["/pages/".to_owned()]));
        let (address, prefix, made) = of(&["`/posts/${node.frontmatter.slug}`", "`tags/${tag}`", "'/about/'"]);
        assert_eq!((address, prefix.as_str()), (key("slug"), "/posts/"));
        assert!(made.may_hold("/tags/a/") && made.may_hold("/about") && !made.may_hold("/posts/a/"));
        let (_, _, made) = of(&["node.frontmatter.path", "`${node.frontmatter.path}/image`"]);
        assert!(made.may_hold("/a/image/") && !made.may_hold("/a/"));
        assert_eq!(of(&["a.fields.slug", "`/showcase${b.fields.slug}`"]).0, Address::Unknown);
        for unknown in ["slug", "`/${lang}/${slug}`", "makePath(node)", "`${a}/b`"] {
            assert!(of(&["a.frontmatter.path", unknown]).2.unknown, "{unknown}");
        }
    }

    #[test]
    fn what_other_code_makes() {
        let known = "exports.createPages = async ({ graphql, actions }) => {\n const { createPage } = actions\n createPage({ matchPath: x(1), path: a.frontmatter.path })\n}\n";
        assert!(!read(known).2.unknown);
        for more in [
            "tags(createPage, posts)",
            "await makeTags({ graphql, actions })",
            "createPage(page)",
            "createRedirect({ fromPath: x, toPath: y })",
        ] {
            assert!(read(&format!("{known}{more}\n")).2.unknown, "{more}");
        }
        let redirect = read(&format!("{known}createRedirect({{ fromPath: '/old/', toPath: y }})"));
        assert!(!redirect.2.unknown && redirect.2.may_hold("/old"));
    }
}
