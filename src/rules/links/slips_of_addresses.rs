//! What is wrong with an address by its letters alone, and what was probably meant: for links/malformed-url.

use std::borrow::Cow;

use super::more_slips::written_twice;
use crate::invisible;
use crate::site::debris;
use crate::site::destination::{
    Shape, behind_stray, decode, looks_like_host, mended_scheme, scheme, shape, ssh, without_colon,
};
use crate::site::domain::has_known_ending;
use crate::site::mail::is_mail_address;

/// So many characters of an address a message shows.
const LONG: usize = 120;

pub(super) struct Problem {
    /// What is wrong, after the address.
    pub(super) what: String,
    /// The one repair, where there is only one.
    pub(super) right: Option<String>,
    /// Such an address may be made up to explain something.
    pub(super) example: bool,
}

/// What is wrong with an address by its text alone.
pub(super) fn problem(destination: &str) -> Option<Problem> {
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
    // `ps://example.org`, `htt://example.org`: cut off at one of its ends.
    if matches!(&*lower, "s" | "ps" | "hps" | "ht" | "hts" | "htt" | "htts")
        && rest.strip_prefix("//").is_some_and(begins_with_host)
    {
        let right = if lower.ends_with('s') { "https" } else { "http" };
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
        let fine = address.is_empty()
            || address.split(',').all(|one| is_mail_address(&decode(one.trim())) || is_list(one.trim()));
        if !fine {
            let bare = address.trim_start_matches('/').trim_end_matches(['.', ',', ';', '>']);
            let query = rest.get(address.len()..).unwrap_or_default();
            // `a@example.org&subject=x`: a question mark begins what is filled in.
            let filled = bare.split_once('&').filter(|(mail, fields)| query.is_empty() && is_mail(mail, fields));
            let right = match filled {
                Some((mail, fields)) => Some(format!("mailto:{mail}?{fields}")),
                None => (bare != address && is_mail_address(bare)).then(|| format!("mailto:{bare}{query}")),
            };
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
    if matches!(host, [b'w', b'w', b'.', ..] | [b'w', b'w', b'w', b'w', b'.', ..]) {
        return false;
    }
    let ended = matches!(after.first(), None | Some(b'/' | b'?' | b'#'));
    let dotted = host.iter().position(|b| *b == b'.').is_some_and(|at| at > 0 && at + 1 < host.len());
    let twice = || memchr::memmem::find(after, b"://").is_some();
    ended && dotted && !host.windows(2).any(|pair| pair == b"..") && !after.starts_with(b"//") && !twice()
}

/// True for a text that begins with a host whose ending hosts have.
fn begins_with_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let plain = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    host.split('.').all(plain) && has_known_ending(host) && !host.ends_with(|c: char| c.is_ascii_digit())
}

/// `~name/list@lists.example.org`: SourceHut's lists, whose names have the slash that a mail address may have.
fn is_list(address: &str) -> bool {
    address.starts_with('~') && address.matches('/').count() == 1 && is_mail_address(&address.replace('/', "."))
}

/// True for a mail address with what a mail program fills in behind it.
fn is_mail(address: &str, fields: &str) -> bool {
    let named = ["subject=", "body=", "cc=", "bcc="].iter().any(|name| fields.to_ascii_lowercase().starts_with(name));
    named && is_mail_address(address)
}

/// What browsers take for a path, and was meant to be an address.
pub(super) fn meant_as_address(destination: &str) -> Problem {
    if let Some(inner) = debris::in_quotes(destination) {
        let what = "stands in quotation marks, which become part of the address".to_owned();
        return Problem { what, right: Some(inner.to_owned()), example: false };
    }
    if debris::is_hidden_mail(destination) {
        let what = "is what Cloudflare puts in the place of a mail address, and leads to no mail program".to_owned();
        let right = debris::hidden_mail(destination).map(|mail| format!("mailto:{mail}"));
        return Problem { what, right, example: false };
    }
    let decoded = decode(destination);
    if is_mail_address(&decoded) || decoded.split_once('?').is_some_and(|(mail, rest)| is_mail(mail, rest)) {
        let what = "is a mail address without `mailto:`, so browsers take it for a page".to_owned();
        // `a@example.comto`: something is wrong with the host, too.
        let host = decoded.split('?').next().and_then(|mail| mail.rsplit('@').next());
        let right = host.is_some_and(has_known_ending).then(|| format!("mailto:{destination}"));
        return Problem { what, right, example: false };
    }
    if let Some((host, path)) = ssh(destination) {
        let what = "is an address for git, which browsers take for a page of this site".to_owned();
        // There readers see the repository at the same path.
        let shown = ["github.com", "gitlab.com", "bitbucket.org", "codeberg.org"].contains(&host);
        let right = format!("https://{host}/{}", path.trim_start_matches('/').trim_end_matches(".git"));
        return Problem { what, right: shown.then_some(right), example: false };
    }
    if let Some(right) = without_colon(destination) {
        let what = "lacks the `:` of its scheme, so browsers take it for a page of this site".to_owned();
        return Problem { what, right: Some(right), example: false };
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
    let bare = bare.strip_suffix(debris::END_OF_PASTED).unwrap_or(bare);
    // `(url)[url]`: the brackets the wrong way round.
    let bare = match bare.split_once(")[") {
        Some((first, second)) if second.trim_end_matches(']') == first => first,
        _ => bare,
    };
    // `[url](url)` where only the address belongs.
    let bare = match bare.split_once("](") {
        Some((first, second)) if second.trim_end_matches(')') == first => first,
        // The two differ in a slash at the end or in how a letter is written: the inner one is the address.
        Some((first, second)) if is_same(first, second.trim_end_matches(')')) => second.trim_end_matches(')'),
        Some(_) => return Problem { what, right: None, example: false },
        None => bare,
    };
    Problem { what, right: (!bare.contains(char::is_whitespace)).then(|| bare.to_owned()), example: false }
}

/// True for two ways to write one address.
fn is_same(first: &str, second: &str) -> bool {
    let bare = |url: &str| {
        let url = decode(url);
        url.split_once("://").map_or(&*url, |(_, rest)| rest).trim_end_matches('/').to_owned()
    };
    !first.contains(['(', ')']) && !second.contains(['(', ')', '[', ']']) && bare(first) == bare(second)
}

/// Hosts below which everybody has a name, and whose certificates know no `www.` before it.
const NAMES: [&str; 5] = [".github.io", ".gitlab.io", ".netlify.app", ".vercel.app", ".pages.dev"];

/// A name at a platform has no `www.` before it.
fn without_www(destination: &str) -> &str {
    let bare = destination.strip_prefix("www.").filter(|bare| {
        let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
        NAMES.iter().any(|end| host.strip_suffix(end).is_some_and(|name| !name.is_empty() && !name.contains('.')))
    });
    bare.unwrap_or(destination)
}

fn without_scheme(destination: &str) -> Problem {
    // `https.example.org`: the scheme without its colon.
    let bare = ["https.", "http."].iter().find_map(|scheme| destination.strip_prefix(scheme));
    let destination = bare.filter(|bare| bare.contains('.')).unwrap_or(destination);
    let slip = ["ww.", "wwww."].iter().find_map(|start| destination.strip_prefix(start));
    let www = slip.filter(|rest| rest.contains('.')).map(|rest| format!("www.{rest}"));
    let destination = www.as_deref().unwrap_or(destination);
    let authority = destination.split(['/', '?', '#']).next().unwrap_or_default();
    // On its own port each speaks its own; what is spoken on another, nobody knows.
    let scheme = match authority.rsplit_once(':').map(|(_, port)| port) {
        None | Some("443") => Some("https"),
        Some("80") => Some("http"),
        Some(_) => None,
    };
    Problem {
        what: "has no `https://`, so browsers take it for a page of this site".to_owned(),
        right: scheme.map(|scheme| format!("{scheme}://{}", without_www(destination))),
        example: false,
    }
}

fn web(whole: &str, scheme: &str, rest: &str) -> Option<Problem> {
    let says = |what: &str, right: Option<String>| Some(Problem { what: what.to_owned(), right, example: false });
    // `http: //example.org`
    let narrow = rest.trim_start();
    if narrow.len() < rest.len() && narrow.starts_with("//") {
        return says(&format!("has a blank behind `{scheme}:`"), Some(format!("{scheme}:{narrow}")));
    }
    // `http:/ /example.org`, `http:// example.org`
    let solid = rest.trim_start_matches(['/', ' ']);
    if solid.len() < rest.len() && rest.get(..rest.len() - solid.len()).is_some_and(|signs| signs.contains(' ')) {
        let right =
            (!solid.contains(char::is_whitespace) && looks_like_host(solid)).then(|| format!("{scheme}://{solid}"));
        return says(&format!("has a blank behind `{scheme}:`"), right);
    }
    let bare = rest.trim_start_matches(['/', '\\']);
    if bare.is_empty() {
        return says("is an address without a host", None);
    }
    let slashes = rest.len() - bare.len();
    // `https:f//example.org`: letters have slipped in before the slashes.
    if slashes == 0
        && let Some((slip, address)) = bare.split_once("//")
        && (slip.len() <= 3 || slip.len() <= 12 && begins_with_host(address))
        && slip.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        let right = begins_with_host(address).then(|| format!("{scheme}://{address}"));
        return says(&format!("has `{slip}` between `{scheme}:` and its slashes"), right);
    }
    // `https::/example.org`, `https:://example.org`, `https://:example.org`.
    if let Some(address) = Some(bare.trim_start_matches([':', '/'])).filter(|address| address.len() < bare.len()) {
        let right = begins_with_host(address).then(|| format!("{scheme}://{address}"));
        return says(&format!("has a `:` too many behind `{scheme}:`"), right);
    }
    let lower = bare.to_ascii_lowercase();
    if let Some(second) = ["http://", "https://", "http//", "https//", "http:/", "https:/", "https:", "http:"]
        .iter()
        .find(|s| lower.starts_with(**s))
    {
        let address = bare.get(second.len()..).unwrap_or_default().trim_start_matches('/');
        let inner = if second.starts_with("https") { "https" } else { "http" };
        // `http://https:8080/`: a host of that name.
        if second.ends_with('/') || begins_with_host(address) {
            return says("says `http` twice", (!address.is_empty()).then(|| format!("{inner}://{address}")));
        }
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
    if let Some(once) = written_twice(whole, &host) {
        return says("is an address written twice", Some(once.to_owned()));
    }
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
        let signs = bare.get(domain.len()..).unwrap_or_default();
        if signs.chars().all(|c| {
            matches!(c, '）' | '。' | '，' | '、' | '；' | '：' | '！' | '？' | '》' | '」' | '】' | '”' | '’')
        }) {
            return says("has swallowed the sign behind it", Some(format!("{scheme}://{domain}")));
        }
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
    if let Some(rest) = ["ww.", "wwww."].iter().find_map(|start| bare.strip_prefix(start))
        && rest.split('/').next().is_some_and(has_known_ending)
    {
        return says("has a `w` too many or too few", Some(format!("{scheme}://www.{rest}")));
    }
    if host.starts_with('.') || host.contains("..") || host == "." {
        return says("has an empty part in its host name", None);
    }
    None
}

pub(super) fn is_hidden(c: char) -> bool {
    invisible::name(c).is_some()
}

/// An address for a message: of one that goes on and on, the beginning.
pub(super) fn shown(address: &str) -> Cow<'_, str> {
    match address.char_indices().nth(LONG) {
        Some((end, _)) => Cow::Owned(format!("{}…", address.get(..end).unwrap_or(address))),
        None => Cow::Borrowed(address),
    }
}
