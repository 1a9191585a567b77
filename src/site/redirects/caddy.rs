//! Caddy: what its Caddyfile sends elsewhere, or has another program answer.
//!
//! It may serve other hosts as well, so that nothing is said of it; it only proves that an address is answered.
//! Source: Caddy's documentation of `redir`, `rewrite`, `handle`, `route`, `reverse_proxy`, `try_files` and matchers.

use crate::hash::Map;

use super::{Pattern, Redirect, Redirects};
use crate::finding::FilePath;
use crate::source::Span;

/// Directives that answer a request, or send it elsewhere.
const ANSWERS: [&str; 5] = ["redir", "rewrite", "reverse_proxy", "respond", "php_fastcgi"];

/// Reads one Caddyfile.
pub(super) fn read(text: &str, file: &FilePath, found: &mut Redirects) {
    let mut named: Map<&str, Vec<Pattern>> = Map::default();
    // The blocks around the place, each with the addresses that it is for.
    let mut blocks: Vec<Vec<Pattern>> = Vec::new();
    // The matcher whose block this is.
    let mut defines: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let words: Vec<&str> = line.split_whitespace().take_while(|word| !word.starts_with('#')).collect();
        let Some((first, rest)) = words.split_first() else { continue };
        let opens = words.last() == Some(&"{");
        if let Some(name) = defines {
            named.entry(name).or_default().extend(paths(&words));
        } else if first.starts_with('@') {
            named.entry(first).or_default().extend(paths(rest));
        } else if let ["handle" | "handle_path" | "route", matcher, ..] = words.as_slice() {
            if opens {
                blocks.push(matching(matcher, &named).unwrap_or_default());
                continue;
            }
        } else if *first == "try_files" {
            found.extensionless |= rest.contains(&"{path}.html");
        } else if ANSWERS.contains(first) {
            let own = rest.first().and_then(|matcher| matching(matcher, &named)).filter(|_| rest.len() > 1);
            let to = rest.get(usize::from(own.is_some())).copied().unwrap_or_default();
            let from = own.or_else(|| blocks.last().cloned()).unwrap_or_default();
            let status = if *first == "redir" { 301 } else { 200 };
            found.all.extend(from.into_iter().map(|from| {
                let span = Span::new(start, start + line.trim().len());
                Redirect { from, to: to.to_owned(), status, forced: true, conditional: true, file: file.clone(), span }
            }));
        }
        match () {
            () if opens && first.starts_with('@') => defines = Some(first),
            () if opens => blocks.push(Vec::new()),
            () if words == ["}"] && defines.is_some() => defines = None,
            () if words == ["}"] => drop(blocks.pop()),
            () => {}
        }
    }
}

/// The addresses of a matcher in its place: `/old`, `/old/*`, `@name`; nothing for what is none.
fn matching(matcher: &str, named: &Map<&str, Vec<Pattern>>) -> Option<Vec<Pattern>> {
    match matcher.as_bytes().first() {
        Some(b'@') => Some(named.get(matcher).cloned().unwrap_or_default()),
        Some(b'/') => Some(vec![Pattern::of_path(matcher)]),
        _ => None,
    }
}

/// The addresses that a line of a named matcher names: `path /a /b/*`, `path_regexp [name] ^/c/?$`.
fn paths(words: &[&str]) -> Vec<Pattern> {
    match words {
        ["path", paths @ ..] => {
            paths.iter().filter(|path| path.starts_with('/')).map(|path| Pattern::of_path(path)).collect()
        }
        ["path_regexp", .., regex] => vec![Pattern::of_regex(regex)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives() {
        let mut found = Redirects::default();
        let text = "example.org {\n  root * /srv\n  redir /a /b 301 # why\n  @old path /c /d/*\n  redir @old /e\n  @re {\n    \
                    path_regexp ^/f/?$\n  }\n  redir @re /g\n  handle_path /api/* {\n    reverse_proxy app:80\n  }\n  \
                    try_files {path} {path}.html\n  handle {\n    reverse_proxy other:80\n  }\n  redir https://a.example{uri}\n}\n";
        read(text, &"Caddyfile".into(), &mut found);
        let covered = |path: &str| found.all.iter().any(|one| one.from.matches(path) && !one.from.is_everything());
        for path in ["/a", "/c", "/d/x", "/f/", "/api/x"] {
            assert!(covered(path), "{path}");
        }
        for path in ["/b", "/other", "/e", "/g"] {
            assert!(!covered(path), "{path}");
        }
        assert!(found.extensionless);
    }
}
