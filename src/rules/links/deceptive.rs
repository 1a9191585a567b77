//! links/deceptive: a link that goes elsewhere than it says.

use std::borrow::Cow;

use serde_json::Value;

use crate::discover::extension;
use crate::finding::{Confidence, Severity};
use crate::page::links::{Label, Link, LinkKind, Origin};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::destination::{Shape, decode, looks_like_host, shape};
use crate::site::domain;
use crate::site::mail::is_mail_address;

struct Deceptive;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(Deceptive))
}

impl PageRule for Deceptive {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let mut buttons = Vec::new();
        let links = page.facts.links.iter().filter(|link| link.kind == LinkKind::Link && !link.is_dynamic());
        for link in links.filter(|link| !is_plain(page, link)) {
            match shape(&link.destination) {
                Shape::Scheme(scheme) if runs_code(scheme) && is_button(page.text, link) => buttons.push(link),
                Shape::Scheme(scheme)
                    if runs_code(scheme)
                        && !is_bookmarklet(&link.destination)
                        && !is_called_bookmarklet(page, link) =>
                {
                    report
                        .at(page.file(), link.place(), format!("the link runs a script (`{}:`) instead of leading anywhere", scheme.to_lowercase()))
                        .note("readers cannot open it in a new tab or copy it, and a script in a link can do whatever they can")
                        .help("link to an address, or use a button")
                        .at_most(match is_idle(&link.destination) || calls_own(page.text, &link.destination) {
                            true => Severity::Hint,
                            false => Severity::Error,
                        })
                        .done();
                }
                Shape::Web { host, rest } => web(page, link, &host, rest, report),
                Shape::Scheme(scheme) if scheme.eq_ignore_ascii_case("mailto") => mail(page, link, report),
                _ => {}
            }
        }
        if let Some((first, more)) = buttons.split_first() {
            let more = match more.len() {
                0 => String::new(),
                more => format!(" (and {more} more on this page)"),
            };
            report
                .at(page.file(), first.place(), format!("this link is a button{more}: its address does nothing, its `onclick` does"))
                .help("write `<button type=\"button\" onclick=\"…\">`: it says what it is, and nobody opens it in a new tab")
                .at_most(Severity::Hint)
                .done();
        }
    }
}

/// True for most links, at one look: an address in plain letters below a text that names no host.
fn is_plain(page: &Page<'_>, link: &Link) -> bool {
    let address = link.destination.as_bytes();
    let Some(rest) = address.strip_prefix(b"https://").or_else(|| address.strip_prefix(b"http://")) else {
        return false;
    };
    let names_none = match link.label {
        Label::Text(text) => memchr::memchr(b'.', text.of(page.text).as_bytes()).is_none(),
        Label::Absent | Label::Empty => true,
    };
    // `xn--` begins what is shown in other letters.
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'.';
    names_none && rest.iter().take_while(|byte| **byte != b'/').all(plain)
}

/// True for `<a href="javascript:void(0)" onclick="…">`: the address only keeps the page from moving.
fn is_button(text: &str, link: &Link) -> bool {
    let idle = is_idle(&link.destination);
    let tag = || link.whole.of(text).split_once('>').map_or("", |(tag, _)| tag);
    idle && matches!(link.origin, Origin::Html(_)) && tag().contains(" onclick=")
}

/// A script that does nothing.
fn is_idle(destination: &str) -> bool {
    let code = decode(destination.split_once(':').map_or("", |(_, code)| code));
    matches!(code.trim().trim_end_matches(';'), "" | "void(0)" | "void 0" | "void()" | "0" | "false")
}

/// True for `javascript:unfold(22)` where a script of the page says what `unfold` does.
fn calls_own(text: &str, destination: &str) -> bool {
    let code = decode(destination.split_once(':').map_or("", |(_, code)| code));
    let name = code.trim().split('(').next().unwrap_or_default();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name && name.len() < code.trim().len() && text.contains(&format!("function {name}("))
}

fn runs_code(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("javascript") || scheme.eq_ignore_ascii_case("vbscript")
}

/// A program of its own, `javascript:(function () { … })()`: readers are meant to drag it to their bookmarks.
fn is_bookmarklet(destination: &str) -> bool {
    let code = decode(destination.split_once(':').map_or("", |(_, code)| code));
    let code = code.trim_start().trim_start_matches(['(', '!', '+', ';']).trim_start();
    let called = ["function", "async ", "()", "(()"].iter().any(|start| code.starts_with(start)) || code.contains("=>");
    called && code.len() > "function(){}()".len()
}

/// True where the text around the link speaks of what readers drag to their bookmarks.
fn is_called_bookmarklet(page: &Page<'_>, link: &Link) -> bool {
    const REACH: usize = 300;
    let (start, end) = (link.whole.start as usize, link.whole.end as usize);
    let from = page.text.floor_char_boundary(start.saturating_sub(REACH));
    let to = page.text.floor_char_boundary(end.saturating_add(REACH));
    let around = page.text.get(from..to).unwrap_or_default().to_lowercase();
    ["bookmarklet", "bookmarks bar", "bookmark bar", "lesezeichenleiste"].iter().any(|word| around.contains(word))
}

/// `[crrev.com/2512733003](https://codereview.example/2512733003)`: two addresses of one thing, which has a long number.
fn have_one_number(text: &str, rest: &str) -> bool {
    const DIGITS: usize = 6;
    let last = |path: &'_ str| {
        let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        path.rsplit('/').next().unwrap_or_default().to_owned()
    };
    let number = last(text);
    number.len() >= DIGITS && number.bytes().all(|byte| byte.is_ascii_digit()) && number == last(rest)
}

fn web(page: &Page<'_>, link: &Link, host: &str, rest: &str, report: &mut Reporter<'_>) {
    if let Some(shown) = domain::look_alike(host) {
        // Whichever of its two spellings is not in the link.
        let shown = if shown == host { idna::domain_to_ascii(host).unwrap_or(shown) } else { shown };
        let message =
            format!("`{host}` only looks like another domain: it mixes letters of several alphabets (`{shown}`)");
        report.at(page.file(), link.place(), message).help("link to the address that readers think it is").done();
        return;
    }
    let Label::Text(text) = link.label else { return };
    let text = text.of(page.text);
    let Some(claim) = claim(text) else { return };
    // A name in somebody's own network, in a text that gives it a made-up domain.
    if have_one_number(text, rest) || !host.contains('.') {
        return;
    }
    if domain::same_owner(&claim.host, host)
        || says_nothing(&claim, host, rest)
        || is_own(page, host)
        || is_torn(page, link)
        || !claim.sure && is_member(&claim.host, rest)
    {
        return;
    }
    let message = format!("the text says `{}`, and the link goes to `{host}`", claim.host);
    // One letter apart: which of the two has the slip, a dictionary does not know.
    let bare = |host: &'_ str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    let help = match strsim::damerau_levenshtein(&bare(&claim.host), &bare(host)) {
        0..=1 => format!("one of the two has a slip: write `{}` in the text, or link to `{}`", bare(host), claim.host),
        _ => format!("link to `{}`, or say in the text where the link goes", claim.host),
    };
    let draft =
        report.at(page.file(), link.place(), message).note("readers trust the address that they see").help(help);
    if claim.sure { draft.done() } else { draft.confidence(Confidence::Medium).done() }
}

/// True for `[https://a.ex](X) [ample.org/b](X)`: one link in two pieces, as programs for documents tear them.
fn is_torn(page: &Page<'_>, link: &Link) -> bool {
    let touches = |other: &Link| {
        other.whole.start.abs_diff(link.whole.end) <= 1 || link.whole.start.abs_diff(other.whole.end) <= 1
    };
    page.facts.links.iter().any(|other| other.destination == link.destination && touches(other))
}

/// Two mail addresses, one that readers see and one that they write to.
fn mail(page: &Page<'_>, link: &Link, report: &mut Reporter<'_>) {
    let Label::Text(text) = link.label else { return };
    let shown = text.of(page.text).trim_matches(|c: char| c.is_whitespace() || "*_`<>".contains(c));
    let written = decode(link.destination.split_once(':').map_or("", |(_, address)| address));
    let address = written.split('?').next().unwrap_or_default().trim();
    let both = is_mail_address(shown) && is_mail_address(address);
    // Signs that Markdown wants escaped.
    if both && !shown.contains('\\') && !shown.eq_ignore_ascii_case(address) {
        report
            .at(page.file(), link.place(), format!("the text says `{shown}`, and the mail goes to `{address}`"))
            .note("readers trust the address that they see")
            .help("write the same address in both, or say in the text whom the mail goes to")
            .confidence(Confidence::Medium)
            .done();
    }
}

/// True for the site's own host: a post on the project of that name, as a link without scheme and host would lead to.
fn is_own(page: &Page<'_>, host: &str) -> bool {
    let url = page.model.settings().url.as_deref();
    matches!(url.map(shape), Some(Shape::Web { host: own, .. }) if domain::registrable(&own) == domain::registrable(host))
}

/// An address that a link shows as its text.
struct Claim<'a> {
    host: Cow<'a, str>,
    /// It has a scheme, `www.` or a path: nobody could take it for a mere name.
    sure: bool,
    /// It has neither scheme nor `www.`: `k8s.io/kubernetes/test` may be a package's name, `rabbitmq.com/Vhost` a kind of
    /// resource.
    may_be_name: bool,
}

/// The address that the text is, if it is nothing else.
fn claim(text: &str) -> Option<Claim<'_>> {
    // What most labels are settled by.
    memchr::memchr(b'.', text.as_bytes())?;
    let text = text.trim_matches(|c: char| c.is_whitespace() || "*_`\"'<>«»“”‘’.,:;".contains(c));
    // A picture in brackets has an address of its own.
    if !text.contains('.') || text.contains(|c: char| c.is_whitespace() || matches!(c, '@' | '[' | ']' | '(')) {
        return None;
    }
    let scheme = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let address = scheme.unwrap_or(text);
    let end = address.find(['/', '?', '#', ':']).unwrap_or(address.len());
    let (host, tail) = address.split_at(end);
    // `Booking.com`, `Node.js`: a capital makes it a name.
    let bare = scheme.is_none() && tail.is_empty();
    let name = bare && host.bytes().any(|byte| byte.is_ascii_uppercase());
    if name || bare && is_file_of_code(host) || !looks_like_host(host) {
        return None;
    }
    let host = if host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(host.to_lowercase())
    } else {
        Cow::Borrowed(host)
    };
    let sure = scheme.is_some() || host.starts_with("www.") || !tail.is_empty();
    let may_be_name = scheme.is_none() && !host.starts_with("www.");
    Some(Claim { host, sure, may_be_name })
}

/// `[ts.at](https://…#tree.Sequence.at)`: the text names a part of a thing, and the address ends with that part.
fn is_member(text: &str, rest: &str) -> bool {
    let last = text.rsplit('.').next().unwrap_or_default();
    let ends = |end: &str| end.strip_suffix(last).is_some_and(|before| before.ends_with(['.', '#']));
    rest.split_once('#').is_some_and(|(_, fragment)| ends(&format!("#{}", fragment.to_lowercase())))
}

/// `mboxpurge.pl`: a script is called so as well as a host of that country.
fn is_file_of_code(name: &str) -> bool {
    name.matches('.').count() == 1
        && ["pl", "sh", "py", "rs", "md", "so", "cc", "ps", "pm"].contains(&&*extension(name))
}

/// An issue or a change that is about the address: `/issues/12`, `/pull/7`, `/-/merge_requests/3`, `/commit/abc123`.
fn is_of_a_tracker(rest: &str) -> bool {
    const KINDS: [&str; 8] = ["issue", "issues", "pull", "pulls", "pull-requests", "merge_requests", "commit", "bug"];
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').skip_while(|part| !KINDS.contains(part)).skip(1);
    parts.next().is_some_and(|number| number.bytes().any(|byte| byte.is_ascii_digit()))
}

/// True where the two do not contradict each other: one only sends on, the text is an example, or the link is about the
/// address (an archive's copy, an encyclopedia's article, an account of the same name).
fn says_nothing(claim: &Claim<'_>, host: &str, rest: &str) -> bool {
    let example =
        ["example", "domain", "yourdomain", "mydomain", "your-domain", "my-domain", "website", "mysite", "yoursite"];
    if domain::is_redirector(&claim.host)
        || domain::is_redirector(host)
        || domain::is_archive(host)
        || example.contains(&domain::name(&claim.host))
    {
        return true;
    }
    // `[node.example](https://github.com/someone/x)`, `[k8s.io/kubernetes](…)`: the project or package is called so, and
    // its code lies elsewhere.
    if claim.may_be_name && (domain::is_platform(host) || is_of_a_tracker(rest)) {
        return true;
    }
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let name = letters(domain::name(&claim.host));
    let words = |text: &str| text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| is_short_for(&name, word));
    if words(host) || words(rest) {
        return true;
    }
    let bare = claim.host.strip_prefix("www.").unwrap_or(&claim.host);
    rest.to_lowercase().contains(bare) || (name.len() > 2 && letters(&format!("{host}{rest}")).contains(&name))
}

/// `k8s` is short for `kubernetes`: the first letter, how many follow, the last.
fn is_short_for(short: &str, word: &str) -> bool {
    let inner = short.get(1..short.len().saturating_sub(1)).unwrap_or_default();
    let edges = |text: &str| {
        text.bytes().next().zip(text.bytes().next_back()).map(|(a, b)| (a.to_ascii_lowercase(), b.to_ascii_lowercase()))
    };
    inner.parse().is_ok_and(|count: usize| count > 1 && word.len() == count + 2) && edges(short) == edges(word)
}
