//! What a server's `/robots.txt` asks of programs (RFC 9309), read for ours.
//!
//! A file is what its server says and nothing more: whatever cannot be read in it is left out, and reading and asking take
//! time that grows with its length and not faster.

mod manners;

use std::time::Duration;

use url::Url;

pub use manners::{Leave, Manners, Read};

/// The product token that a file calls us by; the beginning of our user agent.
const OURS: &str = env!("CARGO_PKG_NAME");
/// What is read of a file: as much as the RFC wants at the least.
pub const MOST_BYTES: usize = 500 << 10;
/// The longest pause between two requests that is kept. More is meant for those who take whole sites.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// What one file asks of us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// The longest first, because that decides; of two of one length the one that allows.
    rules: Vec<Rule>,
    /// The pause that it wants between two requests.
    pub delay: Option<Duration>,
    /// Why nothing may be asked, whatever the file says.
    shut: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    pattern: String,
    allows: bool,
}

/// One line that means something.
enum Line<'t> {
    Agent(&'t str),
    Rule(&'t str, bool),
    Delay(&'t str),
}

impl Rules {
    /// Everything is open: there is no such file.
    #[must_use]
    pub fn open() -> Self {
        Rules::default()
    }

    /// Everything is shut: there may be one, and it could not be had; why.
    #[must_use]
    pub fn shut(why: String) -> Self {
        Rules { shut: Some(why), ..Rules::default() }
    }

    /// Why it is shut although no rule says so.
    #[must_use]
    pub fn why_shut(&self) -> Option<&str> {
        self.shut.as_deref()
    }

    /// Reads a file: the groups that name us, else those for everybody.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let (mut ours, mut general) = (None, Rules::default());
        // Whom the group at hand is for, and whether its names have ended.
        let (mut for_us, mut for_all, mut named) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']).filter_map(read) {
            if let Line::Agent(name) = line {
                if named {
                    (for_us, for_all, named) = (false, false, false);
                }
                for_us |= token(name).eq_ignore_ascii_case(OURS);
                for_all |= name == "*";
                if for_us {
                    ours.get_or_insert_with(Rules::default);
                }
                continue;
            }
            named = true;
            let groups = [ours.as_mut().filter(|_| for_us), Some(&mut general).filter(|_| for_all)];
            groups.into_iter().flatten().for_each(|rules| rules.add(&line));
        }
        let mut rules = ours.unwrap_or(general);
        rules.rules.sort_by_key(|rule| (std::cmp::Reverse(rule.pattern.len()), !rule.allows));
        rules
    }

    fn add(&mut self, line: &Line<'_>) {
        match line {
            // An empty one allows everything, which is so anyway.
            Line::Rule(path, allows) if path.starts_with(['/', '*']) => {
                self.rules.push(Rule { pattern: canonical(path), allows: *allows });
            }
            Line::Delay(seconds) => {
                let seconds = seconds.parse::<f64>().ok().filter(|seconds| *seconds > 0.0);
                let delay = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                self.delay = self.delay.max(delay.map(|delay| delay.min(LONGEST_DELAY)));
            }
            _ => {}
        }
    }

    /// Whether this address may be asked.
    #[must_use]
    pub fn allow(&self, url: &Url) -> bool {
        if url.path() == "/robots.txt" {
            return true;
        }
        let path = canonical(&url[url::Position::BeforePath..url::Position::AfterQuery]);
        self.shut.is_none() && self.rules.iter().find(|rule| fits(&rule.pattern, &path)).is_none_or(|rule| rule.allows)
    }
}

fn read(line: &str) -> Option<Line<'_>> {
    let line = line.split('#').next().unwrap_or_default();
    let (key, value) = line.split_once(':')?;
    let (key, value) = (key.trim(), value.trim());
    match () {
        () if key.eq_ignore_ascii_case("user-agent") => Some(Line::Agent(value)),
        () if key.eq_ignore_ascii_case("allow") => Some(Line::Rule(value, true)),
        () if key.eq_ignore_ascii_case("disallow") => Some(Line::Rule(value, false)),
        () if key.eq_ignore_ascii_case("crawl-delay") => Some(Line::Delay(value)),
        () => None,
    }
}

/// The name of a program without its version.
fn token(name: &str) -> &str {
    let end = name.find(|c: char| !c.is_ascii_alphabetic() && !matches!(c, '-' | '_')).unwrap_or(name.len());
    name.get(..end).unwrap_or_default()
}

/// A path or pattern in one spelling: what may stand plainly does, the rest is `%` and capitals.
fn canonical(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    let mut at = 0;
    let encoded = |out: &mut String, byte: u8| {
        let hex = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase();
        out.extend(['%', hex(byte >> 4), hex(byte & 15)]);
    };
    while let Some(&byte) = bytes.get(at) {
        let here = at;
        let digit = |ahead: usize| bytes.get(here + ahead).and_then(|&digit| char::from(digit).to_digit(16));
        at += 1;
        match byte {
            b'%' => match (digit(1), digit(2)) {
                (Some(high), Some(low)) => {
                    at += 2;
                    let byte = u8::try_from(high << 4 | low).unwrap_or_default();
                    let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
                    if plain { out.push(char::from(byte)) } else { encoded(&mut out, byte) }
                }
                _ => encoded(&mut out, b'%'),
            },
            byte if byte.is_ascii_graphic() => out.push(char::from(byte)),
            byte => encoded(&mut out, byte),
        }
    }
    out
}

/// Whether a pattern fits the beginning of a path: `*` is anything, `$` at its end the end. Each piece is looked for once,
/// from where the one before it ended.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !to_the_end || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if to_the_end && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = memchr::memmem::find(rest.as_bytes(), piece.as_bytes()) else { return false };
        rest = rest.get(at + piece.len()..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(text: &str, path: &str) -> bool {
        Rules::of(text).allow(&Url::parse(&format!("https://example.org{path}")).unwrap())
    }

    #[test]
    fn the_group_that_names_us_counts_alone() {
        let text = "User-agent: *\nDisallow: /\n\nuser-agent: other\nUSER-AGENT: PostLint/9 # ours\nDisallow: /private\n\n\
                    User-agent: third\nDisallow: /third\n\nUser-agent: postlint\nDisallow: /more\n";
        for (path, open) in
            [("/", true), ("/private/x", false), ("/more", false), ("/third", true), ("/robots.txt", true)]
        {
            assert_eq!(allows(text, path), open, "{path}");
        }
        assert!(!allows("User-agent: *\nDisallow: /\n", "/"));
        assert!(allows("User-agent: *\nDisallow: /\nUser-agent: postlint\n", "/"), "named, and nothing forbidden");
        assert!(allows("User-agent: postlinter\nDisallow: /\n", "/"));
        assert!(allows("Disallow: /\n", "/"), "a rule of no group");
        assert!(allows("User-agent: *\nDisallow:\n", "/"));
        assert!(!allows("User-agent: *\nSitemap: /s.xml\nUser-agent: x\nDisallow: /a\n", "/a"), "one group still");
    }

    #[test]
    fn the_longest_rule_decides() {
        let text = "User-agent: *\r\nDisallow: /a\r\nAllow: /a/open\r\nDisallow: /*.pdf$\r\nAllow: /same\r\nDisallow: /same\r\n\
                    Disallow: /caf\u{e9}\nDisallow: /%7euser\nDisallow: /q?x=*&y\nDisallow: fish\n";
        for (path, open) in [
            ("/a", false),
            ("/abc", false),
            ("/a/open/x", true),
            ("/x.pdf", false),
            ("/x.pdf?y", true),
            ("/same", true),
            ("/caf%c3%a9/x", false),
            ("/~user", false),
            ("/q?x=1&y=2", false),
            ("/q?x=1", true),
            ("/fish", true),
            ("/", true),
        ] {
            assert_eq!(allows(text, path), open, "{path}");
        }
    }

    #[test]
    fn stars_are_found_from_left_to_right() {
        for (pattern, path, yes) in [
            ("/", "/x", true),
            ("/x$", "/x", true),
            ("/x$", "/xy", false),
            ("/*", "/", true),
            ("/a*b*c", "/aXbYcZ", true),
            ("/a*b*c", "/aXcYb", false),
            ("/a*bc$", "/abcbc", true),
            ("/a*a$", "/a", false),
            ("*x", "/yx", true),
            ("/*$", "/anything", true),
        ] {
            assert_eq!(fits(pattern, path), yes, "{pattern} {path}");
        }
        assert!(!fits(&"/*a".repeat(10_000), &"/a".repeat(9_999)), "in no time");
    }

    #[test]
    fn a_pause_is_kept_within_reason() {
        let delay = |value: &str| Rules::of(&format!("User-agent: *\nCrawl-delay: {value}\n")).delay;
        assert_eq!(delay("2"), Some(Duration::from_secs(2)));
        assert_eq!(delay("0.5"), Some(Duration::from_millis(500)));
        assert_eq!(delay("86400"), Some(LONGEST_DELAY));
        for none in ["0", "-1", "NaN", "inf", "soon", ""] {
            assert_eq!(delay(none), None, "{none}");
        }
        assert_eq!(Rules::of("Crawl-delay: 5").delay, None);
    }
}
