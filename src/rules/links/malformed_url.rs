//! links/malformed-url: an address that browsers read as something else than was meant.

use std::borrow::Cow;

use serde_json::Value;

use super::more_slips::has_more_slips;
use crate::finding::{Confidence, Fix, Safety};
use crate::invisible;
use crate::page::links::{Form, Label, Link, LinkKind, Origin};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::destination::{
    Shape, behind_stray, decode, is_mail_address, looks_like_host, mended_scheme, scheme, shape, ssh,
};
use crate::site::domain::has_known_ending;
use crate::site::facts::PageFacts;
use crate::site::resolve::resolve_text;
use crate::site::target::Target;

/// So many characters of an address a message shows.
const LONG: usize = 120;

struct MalformedUrl;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(MalformedUrl))
}

impl SiteRule for MalformedUrl {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, link, target) in site.links().filter(|(_, link, _)| !link.is_dynamic()) {
            let problem = match target {
                Target::Malformed => Some(meant_as_address(&link.destination)),
                _ => problem(&link.destination),
            };
            // `www.replace-me.com` in a form is to be filled in.
            if let Some(mut problem) = problem.filter(|_| !page.is_form()) {
                problem.right = problem.right.and_then(|right| settled(site, page, link, right));
                one(page, link, problem, report);
            }
        }
    }
}

/// An address for a message: of one that goes on and on, the beginning.
fn shown(address: &str) -> Cow<'_, str> {
    match address.char_indices().nth(LONG) {
        Some((end, _)) => Cow::Owned(format!("{}…", address.get(..end).unwrap_or(address))),
        None => Cow::Borrowed(address),
    }
}

/// The repaired address, if it can be what was meant: `https:///a/b/` is a page of this site where that has one, and what
/// still has another address or half a bracket in it is none.
fn settled(site: &Site, page: &PageFacts, link: &Link, right: String) -> Option<String> {
    let Some((scheme, rest)) = right.split_once("://") else { return Some(right) };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if link.destination.contains(":///") {
        let path = format!("/{rest}");
        let found = resolve_text(site, page, &path);
        if matches!(found, Target::Page { .. } | Target::Asset(_)) {
            return Some(path);
        }
        let ending = host.rsplit_once('.').map_or("", |(_, ending)| ending);
        if ending.is_empty() || ending.bytes().any(|byte| byte.is_ascii_digit()) || !has_known_ending(host) {
            return None;
        }
    }
    // `https://our.example/https://files.example/a.png`: the host was put before what has one.
    if ["/http://", "/https://"].iter().any(|inner| path.starts_with(inner)) {
        return None;
    }
    let count = |c: char| right.matches(c).count();
    let whole = count('(') == count(')') && !right.contains(['[', ']', '<', '>', '“', '”', '‘', '’', '«', '»']);
    (whole || scheme == "mailto").then_some(right)
}

struct Problem {
    /// What is wrong, after the address.
    what: String,
    /// The one repair, where there is only one.
    right: Option<String>,
    /// Such an address may be made up to explain something.
    example: bool,
}

fn one(page: &PageFacts, link: &Link, problem: Problem, report: &mut Reporter<'_>) {
    let message = format!("`{}` {}", shown(&link.destination), problem.what);
    let right = problem.right.as_deref().map(tidy);
    let help = match &right {
        Some(right) => format!("write `{right}`"),
        None => "write the whole address, as it stands in the browser".to_owned(),
    };
    let fix = right.as_deref().filter(|right| !right.contains(is_hidden)).and_then(|right| {
        let text = link.rewrite(right)?;
        let safety = match shape(right) {
            Shape::Web { host, .. } if is_in_own_network(&host) => Safety::Unsafe,
            // What was lost in the scheme was perhaps lost behind it too: `http:/docs.example.orgenlatest.html`.
            Shape::Web { host, .. } if !has_known_ending(&host) => Safety::Manual,
            Shape::Web { host, rest } if has_more_slips(&host, rest) => Safety::Manual,
            _ if opens_only(&link.destination) => Safety::Manual,
            _ => Safety::Safe,
        };
        Some(Fix::replace(format!("write `{right}`"), safety, &page.file, link.span, text))
    });
    // Whoever writes a mail address in numbers hides it from those who collect them.
    let hidden = link.span.len() > 2 * link.destination.len();
    let fix = fix.filter(|_| link.form != Form::NotEditable && !matches!(link.origin, Origin::Bare) && !hidden);
    let draft = report.at(&page.file, link.place(), message).help(help).maybe_fix(fix);
    // An address that is shown as it is stands for one: `http://your-domain/stat`.
    if problem.example && (matches!(link.origin, Origin::Bare | Origin::Autolink) || shows_itself(link)) {
        draft.confidence(Confidence::Low).done();
    } else {
        draft.done();
    }
}

/// A repaired address as it should stand in the page: without what nobody sees around it, blanks in numbers, and with the
/// signs of an address where a keyboard wrote its wide ones.
fn tidy(right: &str) -> String {
    let right = right.trim_matches(|c: char| c.is_whitespace() || is_hidden(c)).replace(' ', "%20");
    let narrow = |wide: char| match wide {
        '？' => '?',
        '＝' => '=',
        '＆' => '&',
        '／' => '/',
        '．' => '.',
        other => other,
    };
    if right.contains('？') && right.contains('=') { right.chars().map(narrow).collect() } else { right }
}

/// True for a machine that only its owner reaches: samples and logs are full of such.
fn is_in_own_network(host: &str) -> bool {
    let host = host.split(':').next().unwrap_or_default();
    ["localnet", "local", "lan", "internal", "home.arpa"]
        .iter()
        .any(|end| host.strip_suffix(end).is_some_and(|rest| rest.ends_with('.')))
}

/// `![]([url)](url)`: the bracket is closed behind the link, where it would be left.
fn opens_only(destination: &str) -> bool {
    destination.starts_with('[') && !destination.contains(']')
}

fn is_hidden(c: char) -> bool {
    invisible::name(c).is_some()
}

/// `[http://your-server:80](http://your-server:80)`: the text is as long as the address because it is the address.
pub fn shows_itself(link: &Link) -> bool {
    let Label::Text(text) = link.label else { return false };
    let scheme = link.destination.find("://").map_or(0, |at| at + 3);
    let long = link.destination.len();
    link.kind == LinkKind::Link && (text.len() == long || text.len() == long - scheme)
}

/// What browsers take for a path, and was meant to be an address.
fn meant_as_address(destination: &str) -> Problem {
    let decoded = decode(destination);
    if is_mail_address(&decoded) {
        let what = "is a mail address without `mailto:`, so browsers take it for a page".to_owned();
        // `a@example.comto`: something is wrong with the host, too.
        let right = decoded.rsplit('@').next().is_some_and(has_known_ending).then(|| format!("mailto:{destination}"));
        return Problem { what, right, example: false };
    }
    if let Some((host, path)) = ssh(destination) {
        let what = "is an address for git, which browsers take for a page of this site".to_owned();
        // There readers see the repository at the same path.
        let shown = ["github.com", "gitlab.com", "bitbucket.org", "codeberg.org"].contains(&host);
        let right = format!("https://{host}/{}", path.trim_start_matches('/').trim_end_matches(".git"));
        return Problem { what, right: shown.then_some(right), example: false };
    }
    if let Some(right) = mended_scheme(destination) {
        let what = "has a sign or a blank in its scheme, so browsers take it for a page of this site".to_owned();
        return Problem { what, right: Some(right), example: false };
    }
    // What is written in numbers stays so, unless these hide what does not belong there.
    let written = if behind_stray(destination).is_some() { destination } else { &*decoded };
    let Some(url) = behind_stray(written) else { return without_scheme(destination) };
    let stray = written.get(..written.len() - url.len()).unwrap_or_default();
    let what = match stray.trim() {
        "" => "begins with a blank, so browsers take it for a page of this site".to_owned(),
        hidden if hidden.chars().all(is_hidden) => {
            let name = hidden.chars().next().map(invisible::described).unwrap_or_default();
            format!("begins with {name}, which nobody sees, so browsers take it for a page of this site")
        }
        stray => format!("begins with `{stray}`, so browsers take it for a page of this site"),
    };
    // What was opened before the URL is closed behind it.
    let closers = stray.chars().filter_map(|c| match c {
        '(' => Some(')'),
        '[' => Some(']'),
        '<' => Some('>'),
        '{' => Some('}'),
        '“' => Some('”'),
        '‘' => Some('’'),
        '«' => Some('»'),
        '"' | '\'' | '`' | '*' | '_' => Some(c),
        _ => None,
    });
    let bare = closers.fold(url.trim_end(), |url, closer| url.strip_suffix(closer).unwrap_or(url));
    // `(url)[url]`: the brackets the wrong way round.
    let bare = match bare.split_once(")[") {
        Some((first, second)) if second.trim_end_matches(']') == first => first,
        _ => bare,
    };
    // `[url](url)` where only the address belongs.
    let bare = match bare.split_once("](") {
        Some((first, second)) if second.trim_end_matches(')') == first => first,
        Some(_) => return Problem { what, right: None, example: false },
        None => bare,
    };
    Problem { what, right: (!bare.contains(char::is_whitespace)).then(|| bare.to_owned()), example: false }
}

fn without_scheme(destination: &str) -> Problem {
    // `https.example.org`: the scheme without its colon.
    let bare = ["https.", "http."].iter().find_map(|scheme| destination.strip_prefix(scheme));
    let destination = bare.filter(|bare| bare.contains('.')).unwrap_or(destination);
    let authority = destination.split(['/', '?', '#']).next().unwrap_or_default();
    // On its own port each speaks its own; what is spoken on another, nobody knows.
    let scheme = match authority.rsplit_once(':').map(|(_, port)| port) {
        None | Some("443") => Some("https"),
        Some("80") => Some("http"),
        Some(_) => None,
    };
    Problem {
        what: "has no `https://`, so browsers take it for a page of this site".to_owned(),
        right: scheme.map(|scheme| format!("{scheme}://{destination}")),
        example: false,
    }
}

/// What is wrong with an address by its text alone.
fn problem(destination: &str) -> Option<Problem> {
    if is_plainly_fine(destination) {
        return None;
    }
    let says = |what: &str, right: Option<String>| Some(Problem { what: what.to_owned(), right, example: false });
    let trimmed = destination.trim_matches([' ', '\t', '\n', '\r']);
    let Some(scheme) = scheme(trimmed) else {
        return if trimmed.starts_with("://") {
            says("begins with `://`, without a scheme", Some(format!("https{trimmed}")))
        } else {
            None
        };
    };
    let rest = trimmed.get(scheme.len() + 1..).unwrap_or_default();
    let lower = scheme.to_ascii_lowercase();
    if lower == "http" || lower == "https" {
        return web(trimmed, &lower, rest);
    }
    // `htp://`, `httpss://`, `ttp://`, `hhttp://`: one or two letters away.
    let slip =
        rest.starts_with("//") && matches!(strsim::damerau_levenshtein(&lower, "https"), 1..=2) && lower.len() >= 3;
    if slip && lower.contains('t') && lower.contains('p') && lower != "ftp" && lower != "sftp" && lower != "ftps" {
        // Of two that are as near, the one as long.
        let far = |right: &&str| (strsim::damerau_levenshtein(&lower, right), right.len().abs_diff(lower.len()));
        let right = ["https", "http"].into_iter().min_by_key(far).unwrap_or("https");
        return says(&format!("begins with `{scheme}:`, which no browser knows"), Some(format!("{right}:{rest}")));
    }
    // `example.org:8080/x` and `localhost:4000`: what stands before the colon is a host.
    if scheme.contains('.') && looks_like_host(trimmed) {
        return Some(without_scheme(trimmed));
    }
    // `mail:`, `mailo:`: what follows says what was meant.
    if lower != "mailto"
        && lower.starts_with("mail")
        && is_mail_address(&decode(rest.split('?').next().unwrap_or_default()))
    {
        return says(&format!("begins with `{scheme}:`, which no mail program knows"), Some(format!("mailto:{rest}")));
    }
    if lower == "tel" {
        let number = decode(rest.split(';').next().unwrap_or_default());
        let fits =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '(' | ')' | '*' | '#' | ' ' | '/');
        if !number.is_empty() && (!number.chars().all(fits) || !number.contains(|c: char| c.is_ascii_digit())) {
            return says("is no telephone number", None);
        }
    }
    if lower == "mailto" {
        let address = rest.split('?').next().unwrap_or_default();
        let fine = address.is_empty() || address.split(',').all(|one| is_mail_address(&decode(one.trim())));
        if !fine {
            let bare = address.trim_start_matches('/').trim_end_matches(['.', ',', ';', '>']);
            let query = rest.get(address.len()..).unwrap_or_default();
            let right = (bare != address && is_mail_address(bare)).then(|| format!("mailto:{bare}{query}"));
            return says("is no mail address", right);
        }
    }
    None
}

/// `https://` and a host of letters, digits and inner dots: nearly all addresses, told without taking them apart.
fn is_plainly_fine(destination: &str) -> bool {
    let rest = destination.strip_prefix("https://").or_else(|| destination.strip_prefix("http://"));
    let Some(rest) = rest.map(str::as_bytes) else { return false };
    let host = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
    let (host, after) = rest.split_at(host);
    let ended = matches!(after.first(), None | Some(b'/' | b'?' | b'#'));
    let dotted = host.iter().position(|b| *b == b'.').is_some_and(|at| at > 0 && at + 1 < host.len());
    ended && dotted && !host.windows(2).any(|pair| pair == b"..") && !after.starts_with(b"//")
}

fn web(whole: &str, scheme: &str, rest: &str) -> Option<Problem> {
    let says = |what: &str, right: Option<String>| Some(Problem { what: what.to_owned(), right, example: false });
    // `http: //example.org`
    let narrow = rest.trim_start();
    if narrow.len() < rest.len() && narrow.starts_with("//") {
        return says(&format!("has a blank behind `{scheme}:`"), Some(format!("{scheme}:{narrow}")));
    }
    let bare = rest.trim_start_matches(['/', '\\']);
    if bare.is_empty() {
        return says("is an address without a host", None);
    }
    let slashes = rest.len() - bare.len();
    // `https:f//example.org`: letters have slipped in before the slashes.
    if slashes == 0
        && let Some((slip, address)) = bare.split_once("//")
        && slip.len() <= 3
        && slip.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        let right = looks_like_host(address).then(|| format!("{scheme}://{address}"));
        return says(&format!("has `{slip}` between `{scheme}:` and its slashes"), right);
    }
    let lower = bare.to_ascii_lowercase();
    if let Some(second) =
        ["http://", "https://", "http//", "https//", "http:/", "https:/"].iter().find(|s| lower.starts_with(**s))
    {
        let address = bare.get(second.len()..).unwrap_or_default().trim_start_matches('/');
        let inner = if second.starts_with("https") { "https" } else { "http" };
        return says("says `http` twice", (!address.is_empty()).then(|| format!("{inner}://{address}")));
    }
    if slashes != 2 || rest.starts_with('\\') {
        let what = format!(
            "has {} after `{scheme}:` instead of two",
            match slashes {
                0 => "no slash".to_owned(),
                1 => "one slash".to_owned(),
                n => format!("{n} slashes"),
            }
        );
        return says(&what, bare.starts_with(|c: char| c.is_alphanumeric()).then(|| format!("{scheme}://{bare}")));
    }
    let Shape::Web { host, .. } = shape(whole) else { return None };
    let authority = bare.split(['/', '?', '#']).next().unwrap_or_default();
    // The colon of `user:password@` is links/credentials' business, and no password is repeated in a message.
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if let Some((_, port)) = authority.rsplit_once(':').filter(|_| !authority.ends_with(']'))
        && (port.parse::<u16>().is_err() && !port.is_empty())
        // `http://localhost:PORT`: the reader's own.
        && !port.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    {
        // No blank parts an address from what follows it in Chinese or Japanese.
        let digits = port.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && port.get(digits..).is_some_and(|rest| rest.starts_with(|c: char| !c.is_ascii())) {
            return says("has swallowed the text that follows it: put a blank between the two", None);
        }
        // `http://server:port` stands for the reader's own.
        let what = format!("has `{}` where a port (a number up to 65535) belongs", shown(port));
        return Some(Problem { what, right: None, example: digits == 0 });
    }
    if host.contains(char::is_whitespace) || authority.contains(char::is_whitespace) {
        return says("has a blank in its host name", None);
    }
    if let Some(stray) = host
        .chars()
        .find(|c| matches!(c, ',' | ';' | '(' | ')' | '"' | '\'' | '<' | '>' | '`' | '|' | '^' | '“' | '”' | '«' | '»'))
    {
        // `http://a.example访问。`: no blank parts the address from the sentence.
        let domain = host.split(|c: char| !c.is_ascii()).next().unwrap_or_default();
        if domain.contains('.') && domain.len() < host.find(stray).unwrap_or_default() {
            let what = format!("has swallowed the text that follows it: put a blank behind `{domain}`");
            return says(&what, None);
        }
        return says(&format!("has a `{stray}` in its host name"), None);
    }
    // `http://a.example访问`: no ending has both.
    let domain = host.split(|c: char| !c.is_ascii()).next().unwrap_or_default();
    if domain.len() < host.len() && !domain.ends_with('.') && has_known_ending(domain) {
        let last = host.rsplit('.').next().unwrap_or_default();
        if last.len() > host.len() - domain.len() {
            return says(&format!("has swallowed the text that follows it: put a blank behind `{domain}`"), None);
        }
    }
    let local = host == "localhost" || host.starts_with('[');
    if !local && !host.contains('.') && !host.contains('%') {
        let what = "has a host without a dot, which is no address on the web".to_owned();
        return Some(Problem { what, right: None, example: true });
    }
    if host.starts_with('.') || host.contains("..") || host == "." {
        return says("has an empty part in its host name", None);
    }
    None
}
