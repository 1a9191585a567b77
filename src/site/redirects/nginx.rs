//! nginx: what its configuration sends elsewhere, or has another program answer.
//!
//! Such a file may serve other hosts as well, so that nothing is said of it; it only proves that an address is answered.
//! Source: nginx' documentation of `location`, `return`, `rewrite`, `try_files`, `map`, `alias` and `proxy_pass`.

use super::{Pattern, Redirect, Redirects};
use crate::finding::FilePath;
use crate::source::Span;

/// Reads one configuration, or a part of one.
pub(super) fn read(text: &str, file: &FilePath, found: &mut Redirects) {
    let mut words: Vec<(&str, Span)> = Vec::new();
    // The blocks around the place, each with the addresses that it is for.
    let mut blocks: Vec<Block> = Vec::new();
    for (word, span) in words_of(text) {
        match word {
            "{" => blocks.push(Block::of(&words)),
            "}" => drop(blocks.pop()),
            ";" => {
                let plain: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                found.extensionless |= plain.first() == Some(&"try_files") && plain.contains(&"$uri.html");
                let from = redirected(&plain, blocks.last());
                if let (Some((from, to, status)), Some((_, first))) = (from, words.first()) {
                    let (to, file, span) = (to.to_owned(), file.clone(), Span { start: first.start, end: span.start });
                    found.all.push(Redirect { from, to, status, forced: true, conditional: true, file, span });
                }
            }
            _ => {
                words.push((word, span));
                continue;
            }
        }
        words.clear();
    }
}

/// A block in braces.
enum Block {
    /// `location`, or `if` with a test of the address.
    For(Pattern),
    /// `map $uri $target`: each line names an address.
    Map,
    /// Another one.
    Other,
}

impl Block {
    fn of(words: &[(&str, Span)]) -> Block {
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        match words.as_slice() {
            ["location", "=", path] => Block::For(Pattern::of_path(path)),
            ["location", "~" | "~*", regex] => Block::For(Pattern::of_regex(regex)),
            ["location", path] | ["location", "^~", path] => Block::For(Pattern::Prefix((*path).to_owned())),
            ["if", variable, "~" | "~*", regex] if is_address(variable.trim_start_matches('(')) => {
                Block::For(Pattern::of_regex(regex.trim_end_matches(')')))
            }
            ["map", variable, _] if is_address(variable) => Block::Map,
            _ => Block::Other,
        }
    }
}

fn is_address(variable: &str) -> bool {
    matches!(variable, "$uri" | "$request_uri" | "$document_uri")
}

/// What a directive redirects: from, to, status.
fn redirected<'w>(words: &[&'w str], block: Option<&Block>) -> Option<(Pattern, &'w str, u16)> {
    match (words, block) {
        (["rewrite", regex, to, ..], _) => Some((Pattern::of_regex(regex), to, 301)),
        (["return", status, to], Some(Block::For(from))) => {
            let status = status.parse().ok().filter(|status| (300..400).contains(status))?;
            Some((from.clone(), to, status))
        }
        // Without a status it is 302.
        (["return", to], Some(Block::For(from))) if to.contains('/') => Some((from.clone(), to, 302)),
        // `alias` and `root` serve files, which may well be those of this site.
        (["proxy_pass" | "uwsgi_pass" | "fastcgi_pass", to], Some(Block::For(from))) => Some((from.clone(), to, 200)),
        ([from, to], Some(Block::Map)) => match from.strip_prefix("~*").or(from.strip_prefix('~')) {
            Some(regex) => Some((Pattern::of_regex(regex), to, 301)),
            None => from.starts_with('/').then(|| (Pattern::of_path(from), *to, 301)),
        },
        _ => None,
    }
}

/// The words of a configuration, without comments and quotation marks; `{`, `}` and `;` are words.
fn words_of(text: &str) -> impl Iterator<Item = (&str, Span)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, rest) = loop {
            let rest = text.get(at..)?.trim_start();
            let start = text.len() - rest.len();
            if !rest.starts_with('#') {
                break (start, rest);
            }
            at = start + rest.find('\n').unwrap_or(rest.len());
        };
        let first = rest.chars().next()?;
        let (skip, len, end) = match first {
            '{' | '}' | ';' => (0, 1, 1),
            '"' | '\'' => {
                let len = rest.get(1..)?.find(first).unwrap_or(rest.len() - 1);
                (1, len, (len + 2).min(rest.len()))
            }
            // `{2}` counts in a regular expression; a block's brace stands behind a blank, and `;` ends everything.
            _ => {
                let len = rest.find(|c: char| c.is_whitespace() || c == ';').unwrap_or(rest.len());
                (0, len, len)
            }
        };
        at = start + end;
        let span = Span::new(start + skip, start + skip + len);
        Some((span.of(text), span))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives() {
        let mut found = Redirects::default();
        let text = "# rewrite ^/z$ /y;\nserver {\n  rewrite ^/a/?$ /b permanent; # why\n  location = /c { return 301 /d; }\n  \
                    location /api { proxy_pass http://app; }\n  location / { try_files $uri $uri.html =404; }\n  \
                    if ($request_uri ~ ^/e\\.html$) { return 301 /f; }\n  return 301 https://a.example$request_uri;\n}\n\
                    map $uri $new { default 0; /g /h; ~^/i/ /j; }\n";
        read(text, &"nginx.conf".into(), &mut found);
        let covered = |path: &str| found.all.iter().any(|one| one.from.matches(path) && !one.from.is_everything());
        for path in ["/a", "/a/", "/c", "/api/x", "/e.html", "/g", "/i/x"] {
            assert!(covered(path), "{path}");
        }
        for path in ["/z", "/b", "/other", "/c/x"] {
            assert!(!covered(path), "{path}");
        }
        assert!(found.extensionless);
        let first = found.all.first().map(|one| one.span.of(text));
        assert_eq!(first, Some("rewrite ^/a/?$ /b permanent"));
    }
}
