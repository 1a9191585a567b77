//! The paths that a redirect is for, in the notations of the hosts.

/// A pattern, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Parts between slashes.
    Parts(Vec<Part>),
    /// Whatever begins so: all that can be said of a regular expression.
    Prefix(String),
}

/// What stands between two slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// These letters.
    Text(String),
    /// One of these: `(en|fr)`.
    AnyOf(Vec<String>),
    /// Any one part.
    One,
    /// Whatever follows, or nothing.
    Rest,
}

impl Pattern {
    /// `/old/*`, `/:year/:slug`, `/a/:rest*`, `/a/(.*)`, `/a/**`: the notations of Netlify, Cloudflare, Vercel, Firebase
    /// and Azure.
    #[must_use]
    pub fn of_path(written: &str) -> Pattern {
        let mut parts = Vec::new();
        let written = without_optional_slash(written);
        let written = group(written).unwrap_or(written);
        for part in written.split('/').filter(|part| !part.is_empty()) {
            let plain = is_plain(part);
            parts.push(match part {
                "*" | "**" | "(.*)" => Part::Rest,
                _ if part.starts_with(':') && part.ends_with(['*', '+']) => Part::Rest,
                _ if part.starts_with(':') => {
                    if part.contains("(.*)") {
                        Part::Rest
                    } else {
                        Part::One
                    }
                }
                _ if plain => Part::Text(part.to_owned()),
                _ if let Some(any) = alternatives(part) => Part::AnyOf(any),
                // A regular expression or a wildcard within a part: what stands before it is certain.
                _ => {
                    let cut = written.find(['*', '(', '{', '?', '[', '\\', '|']).unwrap_or(written.len());
                    return Pattern::Prefix(written.get(..cut).unwrap_or_default().to_owned());
                }
            });
            if parts.last() == Some(&Part::Rest) {
                break;
            }
        }
        Pattern::Parts(parts)
    }

    /// `^/?old/page/?$` of Apache's `RedirectMatch` and `RewriteRule`: literal where nothing but anchors and slashes is
    /// special in it.
    #[must_use]
    pub fn of_regex(regex: &str) -> Pattern {
        let body = regex.strip_prefix('^').unwrap_or("");
        let anchored = regex.starts_with('^');
        let body = body.strip_prefix("/?").unwrap_or(body);
        let body = body.strip_prefix('/').unwrap_or(body);
        let ended = body.ends_with('$');
        let body = body.strip_suffix('$').unwrap_or(body);
        let body = body.strip_suffix("/?").unwrap_or(body);
        let mut literal = String::from("/");
        let mut letters = body.chars();
        let mut certain = true;
        while let Some(c) = letters.next() {
            match c {
                '\\' => match letters.next() {
                    Some(escaped) if !escaped.is_ascii_alphanumeric() => literal.push(escaped),
                    _ => {
                        certain = false;
                        break;
                    }
                },
                // Any letter, but who writes `^/a.html$` means the dot.
                '.' if letters.as_str().starts_with(|c: char| c.is_ascii_alphanumeric()) => literal.push('.'),
                '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => {
                    if matches!(c, '*' | '?' | '{') {
                        // It says how often the letter before it comes.
                        literal.pop();
                    }
                    certain = false;
                    break;
                }
                c => literal.push(c),
            }
        }
        match () {
            () if !anchored || body.contains('|') => Pattern::Prefix("/".to_owned()),
            () if certain && ended => Pattern::of_path(&literal),
            () => Pattern::Prefix(literal),
        }
    }

    /// True when a request for this path (decoded) is meant.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let parts = match self {
            Pattern::Prefix(prefix) => return path.starts_with(prefix.as_str()),
            Pattern::Parts(parts) => parts,
        };
        let mut of_path = path.split('/').filter(|part| !part.is_empty());
        for part in parts {
            match (part, of_path.next()) {
                (Part::Rest, _) => return true,
                (Part::One, Some(_)) => {}
                (Part::Text(text), Some(other)) if text == other => {}
                (Part::AnyOf(any), Some(other)) if any.iter().any(|text| text == other) => {}
                _ => return false,
            }
        }
        of_path.next().is_none()
    }

    /// The one path that is meant, without slashes at its ends, if it is only one.
    #[must_use]
    pub fn exact(&self) -> Option<String> {
        let Pattern::Parts(parts) = self else { return None };
        let texts: Option<Vec<&str>> =
            parts.iter().map(|part| if let Part::Text(text) = part { Some(text.as_str()) } else { None }).collect();
        Some(texts?.join("/"))
    }

    /// True for what catches everything, which proves no page.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        match self {
            Pattern::Parts(parts) => parts.first() == Some(&Part::Rest),
            Pattern::Prefix(prefix) => prefix.len() <= 1,
        }
    }
}

fn is_plain(part: &str) -> bool {
    !part.contains(['*', '(', ')', '{', '}', '?', '[', '\\', '|'])
}

/// `/old/?` is for `/old` and `/old/`, as every pattern here is.
fn without_optional_slash(path: &str) -> &str {
    let shorter = path.strip_suffix("/?").or_else(|| path.strip_suffix("{/}?"));
    shorter.filter(|rest| !rest.is_empty()).unwrap_or(path)
}

/// What stands in the parentheses around a whole path: `/(old/page/?)`, as generated lists for Vercel have it.
fn group(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("/(")?.strip_suffix(')')?;
    Some(without_optional_slash(inner)).filter(|inner| is_plain(inner))
}

/// The words of `(en|fr)`.
fn alternatives(part: &str) -> Option<Vec<String>> {
    let inner = part.strip_prefix('(')?.strip_suffix(')')?;
    inner.split('|').map(|word| is_plain(word).then(|| word.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let fits = |pattern: &str, path: &str| Pattern::of_path(pattern).matches(path);
        assert!(fits("/old", "/old/"));
        assert!(fits("/blog/*", "/blog/2012/a"));
        assert!(fits("/:year/a", "/2012/a"));
        assert!(fits("/docs/:path*", "/docs/a/b"));
        assert!(fits("/docs/(.*)", "/docs"));
        assert!(fits("/v1-(beta|rc)/x", "/v1-beta/x"));
        assert!(fits("/(old/page/?)", "/old/page") && fits("/(old/page/?)", "/old/page/"));
        assert!(!fits("/(old/page/?)", "/old") && !fits("/(old/page/?)", "/new"));
        assert!(fits("/old/?", "/old") && !fits("/old/?", "/old/x"));
        assert!(fits("/(en|fr)/x", "/fr/x") && !fits("/(en|fr)/x", "/de/x"));
        assert_eq!(Pattern::of_path("/(old/page/?)").exact().as_deref(), Some("old/page"));
        assert!(Pattern::of_path("/(.*)").is_everything());
        assert!(!fits("/old", "/older"));
        assert!(!fits("/old/x", "/old"));
        assert!(Pattern::of_path("/*").is_everything());
    }

    #[test]
    fn regular_expressions() {
        let fits = |regex: &str, path: &str| Pattern::of_regex(regex).matches(path);
        assert!(fits("^old/page/?$", "/old/page/"));
        assert!(fits(r"^/a\.html$", "/a.html"));
        assert!(!fits(r"^/a\.html$", "/a-html"));
        assert!(fits("^blog/([0-9]+)/?$", "/blog/12"));
        assert!(!fits("^blog/([0-9]+)/?$", "/other"));
        assert!(Pattern::of_regex("^(.*)$").is_everything());
        assert_eq!(Pattern::of_regex("^tags?/x$"), Pattern::Prefix("/tag".to_owned()));
    }
}
