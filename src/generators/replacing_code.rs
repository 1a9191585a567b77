//! What a site's own code does to finished pages by replacing text in them: plugins of Jekyll, hooks of MkDocs, scripts of
//! Hexo, transforms of Eleventy, in Ruby, Python or JavaScript.
//!
//! Such code is not run, so what it changes cannot be judged: a path that leads nowhere as it is written may lead
//! somewhere as it is published. Code that only adds something, or touches links to other sites, changes nothing of that.

use super::Folder;
use super::own_code::Changes;
use crate::discover::extension;

/// Words of a line that replaces text.
const REPLACES: [&str; 6] = ["replace", "gsub", "sub(", "RegExp", "re.compile", "scan("];
/// A pattern stands at most so many lines below such a word.
const NEAR: usize = 2;

/// What the files (their paths and texts) change.
#[must_use]
pub fn changes(files: impl IntoIterator<Item = (String, String)>) -> Changes {
    let mut all = Changes::default();
    for (path, text) in files {
        let before = all.clone();
        read(&mut all, &text);
        if all != before {
            all.file.get_or_insert(path);
        }
    }
    all
}

/// What the files of that extension below a folder change.
#[must_use]
pub fn changes_of(folder: &Folder<'_>, below: &str, ending: &str) -> Changes {
    let code = folder.below(below).filter(|path| extension(path) == ending);
    changes(code.filter_map(|path| Some((path.to_owned(), folder.read(path)?))))
}

fn read(all: &mut Changes, text: &str) {
    all.addresses |= sets(text, "href");
    all.pictures |= sets(text, "src");
    let names = ["heading_open", "renderer.heading", "def generate_id", "Converters::Markdown"];
    all.heading_ids |= sets(text, "id")
        || names.iter().any(|name| text.contains(name))
        || text.contains("def convert_header") && !text.contains("generate_id(");
    let mut since = NEAR + 1;
    for line in text.lines().filter(|line| !line.trim_start().starts_with(['#', '*']) && !line.contains("// ")) {
        since = if REPLACES.iter().any(|word| line.contains(word)) { 0 } else { since + 1 };
        if since > NEAR {
            continue;
        }
        all.addresses |= has_pattern(line, "href=");
        all.pictures |= has_pattern(line, "src=");
        all.heading_ids |= line.match_indices("<h").any(|(at, _)| is_level(line.get(at + 2..).unwrap_or_default()));
        // The beginning of a destination as it stands in Markdown: `text.replace("](../src/", …)`.
        all.addresses |= opens_destination(line);
        for (at, _) in line.match_indices(r"\]\(") {
            let image = line.get(..at).is_some_and(|before| before.contains(r"!\["));
            *(if image { &mut all.pictures } else { &mut all.addresses }) = true;
        }
    }
}

/// True where the attribute gets a value: `setAttribute('href', …)`, `link['href'] = …`.
fn sets(text: &str, attribute: &str) -> bool {
    let quotes = ['\'', '"'];
    let calls = ["setAttribute(", "attrSet(", ".attr("];
    let opens = |call: &str, quote: char| format!("{call}{quote}{attribute}{quote},");
    let called = calls.iter().any(|call| {
        quotes.iter().any(|quote| text.match_indices(&opens(call, *quote)).any(|(at, _)| !is_for_other_sites(text, at)))
    });
    let assigned = |quote: char| {
        let member = format!("[{quote}{attribute}{quote}]");
        text.match_indices(&member).any(|(at, member)| {
            let after = text.get(at + member.len()..).unwrap_or_default().trim_start();
            let sets = after.strip_prefix('=').is_some_and(|after| !after.starts_with(['=', '~']));
            sets && !is_for_other_sites(text, at)
        })
    };
    called || quotes.into_iter().any(assigned)
}

/// True where one of the lines before asks that the address begins with `http`: links of the site's own are left alone.
fn is_for_other_sites(text: &str, at: usize) -> bool {
    const LINES: usize = 3;
    let before = text.get(..at).unwrap_or_default();
    let from = before.rmatch_indices('\n').nth(LINES - 1).map_or(0, |(from, _)| from);
    let near = before.get(from..).unwrap_or_default();
    let asked =
        ["startsWith('http", "startsWith(\"http", "/^http", "/^(http", "start_with?('http", "start_with?(\"http"];
    let Some(place) = asked.iter().filter_map(|ask| near.rfind(ask)).max() else { return false };
    let (condition, rest) = near.split_at(place);
    let subject = condition.trim_end_matches(|c: char| {
        c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '?' | '(' | '[' | ']' | '\'' | '"')
    });
    condition.contains("if") && !subject.ends_with('!') && !rest.contains("else") && !rest.contains("||")
}

/// True for a pattern that takes any value of the attribute: `href="([^"]+)"`, and not `href="(https?://…)"`.
fn has_pattern(line: &str, attribute: &str) -> bool {
    line.match_indices(attribute).any(|(at, found)| {
        let after = line.get(at + found.len()..).unwrap_or_default();
        let class = [r#"["']"#, r#"['"]"#, r#"[\"']"#, r#"['\"]"#, r#"(["'])"#, r#"(['"])"#];
        let value = class.iter().find_map(|class| after.strip_prefix(class)).unwrap_or(after);
        let value = value.trim_start_matches(['\\', '"', '\'']);
        let first = value.trim_start_matches(['(', '?', ':']);
        value.starts_with(['(', '[', '.']) && !first.starts_with("http") && !first.starts_with("//")
    })
}

/// True for a text that begins with `](`, and not for the end of a class of signs: `['"](.*)`.
fn opens_destination(line: &str) -> bool {
    line.match_indices("](").any(|(at, _)| {
        let mut before = line.get(..at).unwrap_or_default().chars().rev();
        before.next().is_some_and(|quote| matches!(quote, '"' | '\'' | '`'))
            && before.next().is_none_or(|c| matches!(c, '(' | ' ' | ',' | '=' | '+' | 'f' | 'r'))
    })
}

/// `2`, `[1-6]`, `(\d)`: the level of a heading, in a tag or its pattern.
fn is_level(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['(', '[', '\\']);
    rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with("d)")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (bool, bool, bool) {
        let found = changes([("a.rb".to_owned(), text.to_owned())]);
        assert_eq!(found.file.is_some(), found != Changes::default());
        (found.addresses, found.pictures, found.heading_ids)
    }

    #[test]
    fn code_that_writes_anew() {
        assert_eq!(of(r#"s.replace(/href="([^"]+)"/g, (all, url) => fix(url))"#), (true, false, false));
        assert_eq!(of(r#"post.content.replace(/(<img[^>]*?) src="([^"]+)"/img, x)"#), (false, true, false));
        assert_eq!(of("html = re.sub(\n    r'\\[(.*?)\\]\\((.*?)\\)',\n    link, html)"), (true, false, false));
        assert_eq!(of("text = text.replace(\n    \"](\" + old,\n    \"](\" + new)"), (true, false, false));
        assert_eq!(of("doc.css('img').each { |i| i['src'] = cdn + i['src'] }"), (false, true, false));
        assert_eq!(of("if (!href.startsWith('http')) token.attrSet('href', base + href)"), (true, false, false));
        assert_eq!(of("content.gsub(/<h([1-6])>/) { heading }"), (false, false, true));
        assert_eq!(of("for a, b in RULES:\n    text = text.replace(f\"]({a}\", f\"]({b}\")"), (true, false, false));
    }

    #[test]
    fn code_that_leaves_links_alone() {
        for text in [
            r#"content.gsub(/<a href="(https?:\/\/[^"]+)"/, '<a rel="noopener" href="\1"')"#,
            r#"return `<a href="${url}">`"#,
            r#"content.replace(/href="\/assets\/favicon-[^"]+\.svg"/g, x)"#,
            "if link['href'] == '#' then skip end",
            r#"s.replace(/<img alt=['"](.*?)['"]>/g, x)"#,
            "// s.replace(/href=\"([^\"]+)\"/g, fix)",
            "if (href && href.startsWith('http://')) {\n  token.attrSet('href', href.replace('http://', 'https://'))\n}",
        ] {
            assert_eq!(of(text), (false, false, false), "{text}");
        }
    }
}
