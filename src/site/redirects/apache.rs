//! Apache's `.htaccess`.

use super::{Pattern, Redirect, Redirects};
use crate::finding::FilePath;
use crate::source::Span;

/// `.htaccess`: `Redirect`, `RedirectPermanent`, `RedirectTemp`, `RedirectMatch`, and `RewriteRule` with `R`.
pub(super) fn read(text: &str, file: &FilePath, found: &mut Redirects) {
    let mut at = 0;
    let mut conditional = false;
    // What the conditions before a rule ask of the path.
    let mut asked: Vec<&str> = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some((name, mut words)) = words.split_first() else { continue };
        let name = name.to_ascii_lowercase();
        if name == "rewritecond" {
            // It is for the next rule.
            let path = words.get(1).filter(|_| words.first() == Some(&"%{REQUEST_URI}"));
            match path.filter(|path| !path.starts_with(['!', '-', '='])) {
                Some(path) => asked.push(path),
                None => conditional = true,
            }
            continue;
        }
        let mut status = 302;
        if matches!(name.as_str(), "redirect" | "redirectmatch")
            && let Some((first, rest)) = words.split_first()
            && let Some(known) = status_of(first)
        {
            (status, words) = (known, rest);
        }
        let (Some(from), to) = (words.first().map(|word| word.trim_matches('"')), words.get(1)) else { continue };
        let to = to.map(|word| word.trim_matches('"')).unwrap_or_default();
        let flags = words.get(2).copied().unwrap_or_default().to_ascii_uppercase();
        let from = match name.as_str() {
            // It takes what lies below too.
            "redirect" | "redirectpermanent" | "redirecttemp" if from.starts_with('/') => {
                Pattern::of_path(&format!("{}/*", from.trim_end_matches('/')))
            }
            "redirectmatch" => Pattern::of_regex(from),
            "rewriterule" if to != "-" => Pattern::of_regex(from),
            "rewriterule" => {
                (conditional, asked) = (false, Vec::new());
                continue;
            }
            _ => continue,
        };
        status = match name.as_str() {
            "redirectpermanent" => 301,
            "rewriterule" if flags.contains("R=30") || flags.contains("[R") || flags.contains(",R") => 301,
            "rewriterule" => 200,
            _ => status,
        };
        let span = Span::new(start, start + line.trim().len());
        let forced = true;
        let conditions = std::mem::take(&mut asked);
        let conditional = std::mem::take(&mut conditional) || !conditions.is_empty();
        // A rule for every path is one for those that its conditions name.
        let named = from.is_everything() && name == "rewriterule";
        let all = if named { conditions.iter().map(|path| Pattern::of_regex(path)).collect() } else { vec![from] };
        found.all.extend(all.into_iter().map(|from| {
            let (to, file) = (to.to_owned(), file.clone());
            Redirect { from, to, status, forced, conditional, file, span }
        }));
    }
}

fn status_of(word: &str) -> Option<u16> {
    match word.to_ascii_lowercase().as_str() {
        "permanent" => Some(301),
        "temp" => Some(302),
        "seeother" => Some(303),
        "gone" => Some(410),
        number => number.parse().ok(),
    }
}
