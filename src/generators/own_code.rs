//! What code of the site's own does to its pages: a plugin of the Markdown pipeline, a loader before it, which the
//! configuration takes from a file of the repository.
//!
//! Such code is not run. What it may change is not judged: a page is then no longer what its source says, and every finding
//! about that would be a guess. Docusaurus, Astro and VitePress ask.

use super::Folder;
use super::around::from_root;
use crate::discover::{extension, parent};
use crate::page::links::{Link, LinkKind, Origin};
use crate::site::destination::{Shape, shape};

/// So many files are looked into.
const FILES: usize = 32;
/// So deep are files followed that load further files.
const DEEP: usize = 2;

/// What code may change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The text of pages, before Markdown is read.
    pub text: bool,
    /// Where links lead.
    pub addresses: bool,
    /// Where pictures are taken from.
    pub pictures: bool,
    /// What links show.
    pub link_texts: bool,
    /// The ids of headings.
    pub heading_ids: bool,
    /// The configuration names a function for the text (`markdown.preprocessor`).
    preprocesses: bool,
    /// The first file that does so, relative to the root.
    pub file: Option<String>,
}

impl Changes {
    /// What a configuration and the files that it loads do.
    #[must_use]
    pub fn read(folder: &Folder<'_>, config: &str) -> Changes {
        let mut found = Changes::default();
        let mut seen = vec![config.to_owned()];
        let (mut at, mut level_ends) = (0, 1);
        let mut deep = 0;
        while let Some(file) = seen.get(at).cloned() {
            let text = folder.read(&file).unwrap_or_default();
            found.preprocesses |= ["preprocessor:", "preprocessor("].iter().any(|name| text.contains(name));
            found.add(&text, &file);
            if deep < DEEP {
                for path in written_paths(&text, deep == 0) {
                    let next = code_file(folder, &from_root(parent(&file), path));
                    if let Some(next) = next.filter(|next| seen.len() < FILES && !seen.contains(next)) {
                        seen.push(next);
                    }
                }
            }
            at += 1;
            if at == level_ends {
                level_ends = seen.len();
                deep += 1;
            }
        }
        found
    }

    fn add(&mut self, text: &str, file: &str) {
        let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let before = (self.text, self.addresses, self.pictures, self.link_texts, self.heading_ids);
        // Webpack and Vite hand each page's text to a loader, whose own code may lie anywhere.
        let named = any(&["mdx?", "\\.md", ".md'", ".md\"", ".mdx'", ".mdx\""]);
        self.text |=
            named && (text.contains("configureWebpack") && text.contains("loader") || transforms_modules(text));
        // Docusaurus hands it to a function; one that never speaks of links leaves them alone.
        let acts = any(&["replace", "fileContent", ".split(", "preprocessor"]);
        self.text |= self.preprocesses && acts && {
            let code = without_own_marks(preprocessor(text));
            ["](", "]\\(", "href", "markdownLink", "Links"].iter().any(|word| code.contains(word))
        };
        if any(&["unist", "mdast", "hast", "visit("]) {
            let links = any(&["'link'", "\"link\"", "isLink", "'a'", "\"a\"", "href", "'definition'"]);
            self.addresses |= links
                && (["url", "href"].iter().any(|name| sets(text, name)) || any(&["'link', url", "\"link\", url"]));
            self.link_texts |= links && (sets(text, "children") || any(&["children.push(", "children.unshift("]));
            self.pictures |= any(&["'image'", "\"image\"", "isImage", "'img'", "\"img\""])
                && ["url", "src"].iter().any(|name| sets(text, name));
            let headings = any(&["'heading'", "\"heading\"", "isHeading", "'h2'", "\"h2\""]);
            self.heading_ids |= headings && (any(&["hProperties", "{#", "{ id"]) || sets(text, "id"));
        }
        if before != (self.text, self.addresses, self.pictures, self.link_texts, self.heading_ids) {
            self.file.get_or_insert_with(|| file.to_owned());
        }
    }

    /// True when this link of a page may lead elsewhere than it says. Whole URLs are written to be left as they are.
    #[must_use]
    pub fn may_move(&self, link: &Link) -> bool {
        let moved = self.text || if link.kind == LinkKind::Image { self.pictures } else { self.addresses };
        moved
            && !matches!(link.origin, Origin::FrontMatter { .. } | Origin::Import { .. })
            && !is_whole(&link.destination)
    }

    /// What a person should know of it, as a sentence.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let what = match () {
            () if self.text => {
                "the text of pages before it is read, so that links are not judged which seem dead or empty"
            }
            () if self.addresses || self.pictures => "where links lead, so that those are not judged which seem dead",
            () if self.heading_ids => "the ids of headings, so that they are not judged",
            () => return None,
        };
        Some(format!("`{}` changes {what}", self.file.as_deref()?))
    }
}

/// True for a plugin of Vite that writes modules anew: `transform(code, id) { … code.replace(…) }`. What only adds
/// something leaves the text as it is.
fn transforms_modules(text: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let replaces = ["replace", ".split(", ".slice(", "substring("].iter().any(|name| text.contains(name));
    const NAMED: [&str; 5] =
        ["transform(", "transform: (", "transform: async (", "transform: function (", "transform: function("];
    // `transform: { order: 'pre', handler(code, id) { … } }`
    const HANDLERS: [&str; 3] = ["handler(", "handler: (", "handler: async ("];
    let handlers = if text.contains("transform: {") { &HANDLERS[..] } else { &[] };
    replaces
        && NAMED.iter().chain(handlers).any(|start| {
            text.match_indices(start).any(|(at, start)| {
                let called = text.get(..at).is_some_and(|before| before.ends_with(|c| word(c) || c == '.'));
                let own = text.get(at + start.len()..).unwrap_or_default();
                let Some((first, rest)) = own.split_once(',').filter(|_| !called) else { return false };
                let name = first.split(':').next().unwrap_or_default().trim();
                let id = rest.trim_start().split(|c| !word(c)).next().unwrap_or_default();
                !name.is_empty() && name.chars().all(word) && matches!(id, "id" | "path" | "file" | "filename" | "_id")
            })
        })
}

/// The code of a configuration that may be the function for the text: none where it only names one.
fn preprocessor(text: &str) -> &str {
    let Some((_, value)) = text.split_once("preprocessor:") else { return text };
    let name = value.trim_start();
    let length = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).unwrap_or(name.len());
    let named = length > 0
        && name.get(length..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with([',', '\n', '}', '\r']));
    if named { "" } else { value }
}

/// The code without patterns that begin with a tag of its own (`/<snippet\s+of="([^"]+)">/`): they find no links.
fn without_own_marks(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("/<") {
        let (before, pattern) = rest.split_at(at);
        out.push_str(before);
        let tag = pattern.get(2..).unwrap_or_default();
        let name = tag.split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or_default();
        let of_links = ["a", "area", "img", "Link"].contains(&name);
        let mut escaped = false;
        let end = tag.char_indices().find(|(_, c)| match c {
            '\n' => true,
            _ if escaped => {
                escaped = false;
                false
            }
            '\\' => {
                escaped = true;
                false
            }
            c => *c == '/',
        });
        let skipped = match end {
            Some((end, '/')) if !name.is_empty() && !of_links => end + 3,
            _ => 2,
        };
        if skipped == 2 {
            out.push_str("/<");
        }
        rest = pattern.get(skipped..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn is_whole(destination: &str) -> bool {
    matches!(shape(destination), Shape::Web { .. } | Shape::Scheme(_))
}

/// True where a member of that name is given a value: `node.url = …`, `node.properties['href'] = …`.
fn sets(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let rest = text.get(at + name.len()..).unwrap_or_default();
        let rest = match before.chars().next_back() {
            Some('.') => rest,
            Some(quote @ ('\'' | '"')) if before.ends_with(&format!("[{quote}")) => {
                let Some(rest) = rest.strip_prefix(quote).and_then(|rest| rest.strip_prefix(']')) else { return false };
                rest
            }
            _ => return false,
        };
        rest.trim_start().strip_prefix('=').is_some_and(|rest| !rest.starts_with(['=', '>']))
    })
}

/// The strings of a text that look like paths of files; those that do not begin with a dot only where `bare`
/// (`path.resolve(__dirname, 'plugins/a')`).
fn written_paths(text: &str, bare: bool) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split(['"', '\'', '`']).skip(1).step_by(2)).filter(move |path| {
        let dotted = path.starts_with("./") || path.starts_with("../");
        let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'-' | b'_'));
        plain && path.len() > 2 && (dotted || bare && path.contains('/') && !path.starts_with('/'))
    })
}

/// The file of code that a path means, as Node finds it.
fn code_file(folder: &Folder<'_>, path: &str) -> Option<String> {
    let bare = path.strip_suffix(".js").unwrap_or(path);
    let ends = [".ts", ".js", ".mjs", ".cjs", ".mts", "/index.js", "/index.ts", "/index.mjs", "/src/index.ts"];
    let is_code = |file: &str| matches!(&*extension(file), "js" | "ts" | "mjs" | "mts" | "cjs" | "jsx" | "tsx");
    let mut names = std::iter::once(path.to_owned()).chain(ends.iter().map(|end| format!("{bare}{end}")));
    names.find(|file| is_code(file) && folder.has(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Changes {
        let mut found = Changes { preprocesses: text.contains("preprocessor"), ..Changes::default() };
        found.add(text, "a.js");
        found
    }

    #[test]
    fn what_code_changes() {
        let links = of("import { visit } from 'unist-util-visit'; visit(tree, 'link', n => { n.url = x(n.url); })");
        assert!(links.addresses && !links.text && !links.link_texts && !links.heading_ids);
        assert!(of("visit(tree, 'element', n => { if (n.tagName === 'a') n.properties['href'] = y })").addresses);
        assert!(!of("visit(tree, 'link', n => { if (n.url === x) n.data = { target: '_blank' } })").addresses);
        assert!(!of("element.href = '/a'; // of a page's script").addresses);
        let loader = of("configureWebpack() { return { module: { rules: [{ test: /\\.mdx?$/, use: ['loader'] }] } } }");
        assert!(loader.text && loader.note().is_some_and(|note| note.starts_with("`a.js`")));
        assert!(!of("configureWebpack() { return { module: { rules: [{ test: /\\.svg$/, loader: 'x' }] } } }").text);
        assert!(of("preprocessor: ({ fileContent }) => fileContent.replace(/\\]\\(~/g, '](')").text);
        assert!(!of("preprocessor: ({ fileContent }) => fileContent.replaceAll('VERSION', v)").text);
        assert!(!of("markdown: { preprocessor: parts },\nnavbar: [{ href: '/a' }]").text);
        assert!(
            !of(r#"preprocessor: (x) => x.replace(/<part\s+of=["']([^"']+)["']\s*\/?>/g, (all, id) => parts[id])"#)
                .text
        );
        assert!(of(r#"preprocessor: (x) => x.replace(/<a\s+to=["']([^"']+)["']>/g, fix)"#).text);
        assert!(of("transform(code, id) { if (id.endsWith('.md')) return code.replace(/# ►/g, '##') }").text);
        assert!(
            of("transform(src: string, id: string) { if (/\\.md$/.test(id)) return src.replaceAll('a', 'b') }").text
        );
        assert!(!of("transform(src, id) { if (id.endsWith('.md')) return src + '<See />' }").text);
        assert!(!of("x.transform(a, id); y.replace('.md', '')").text);
        let pictures = of("visit(tree, 'image', n => { n.url = cdn(n.url) })");
        assert!(pictures.pictures && !pictures.addresses);
        assert!(of("visit(tree, 'heading', n => { n.data.hProperties = { id } })").heading_ids);
    }

    #[test]
    fn paths_in_code() {
        let text = "plugins: ['./a', path.resolve(__dirname, 'b/c'), \"@d/e\", 'f']\nimport g from '../g.ts'";
        assert_eq!(written_paths(text, true).collect::<Vec<_>>(), ["./a", "b/c", "../g.ts"]);
        assert_eq!(written_paths(text, false).collect::<Vec<_>>(), ["./a", "../g.ts"]);
    }
}
