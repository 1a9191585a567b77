//! links/local-url: an address that only exists on the writer's machine or in their network.

use std::cell::OnceCell;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::Value;

use crate::finding::Severity;
use crate::hash::{Map, Set};
use crate::page::links::{Label, Link, Origin};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::destination::{Shape, shape};
use crate::site::facts::Kind;
use crate::source::Span;

/// What is said of an address that every machine has for itself.
const OWN: &str = "your own machine";
/// Ports at which generators show a draft.
const SERVED: [&str; 7] = ["1111", "1313", "3000", "4000", "4321", "5173", "8080"];
/// Ports of theirs at which programs of all kinds listen, too.
const SHARED: [&str; 2] = ["8000", "9000"];

struct LocalUrl;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(LocalUrl))
}

impl PageRule for LocalUrl {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let ports = OnceCell::new();
        let way = OnceCell::new();
        let often = OnceCell::new();
        let tutorial = OnceCell::new();
        for link in page.facts.links.iter().filter(|link| !link.is_dynamic() && may_be_local(&link.destination)) {
            let why = match shape(&link.destination) {
                Shape::Web { host, .. } => local(&host),
                Shape::Scheme(scheme)
                    if scheme.eq_ignore_ascii_case("file") || is_drive(link.destination.as_bytes()) =>
                {
                    Some("a file on one computer")
                }
                Shape::Scheme("obsidian") if names_a_vault(page, &link.destination) => Some("a note in your own vault"),
                _ => None,
            };
            let Some(why) = why else { continue };
            // A tutorial that says "now open http://localhost:4000" means the reader's own machine.
            let speaks_of_its_port =
                || port(link).is_some_and(|port| ports.get_or_init(|| numbers_of_text(page)).contains(port));
            if shows_its_address(page, link)
                || speaks_of_its_port()
                || is_front_page(page, link)
                || *way.get_or_init(|| opens_a_way(page.text))
                || port(link).is_some_and(|port| often.get_or_init(|| ports_of_programs(page)).contains(port))
            {
                continue;
            }
            let message = format!("`{}` is {why}: readers cannot open it", link.destination);
            let draft = report.at(page.file(), link.place(), message).help("link to the published address");
            let may_be_meant = match shape(&link.destination) {
                Shape::Web { host, rest } => {
                    is_device(&host, rest) && port(link).is_none()
                        || local(&host) == Some(OWN)
                            && !is_address_of_page(rest)
                            && (!is_of_draft(page, link, &host)
                                || *tutorial.get_or_init(|| runs_a_server(page, port(link))))
                }
                // `file://share/` is a folder of a network.
                _ => {
                    link.destination.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("file://"))
                        && link.destination.as_bytes().get(7).is_some_and(|byte| byte.is_ascii_alphanumeric())
                        && !link.destination.get(7..).is_some_and(|rest| is_drive(rest.as_bytes()))
                }
            };
            if may_be_meant { draft.at_most(Severity::Hint).done() } else { draft.done() }
        }
    }
}

/// True for `obsidian://open?vault=…` in a page that is published: only its writer has the vault.
fn names_a_vault(page: &Page<'_>, destination: &str) -> bool {
    page.facts.kind != Kind::Loose && page.generator.name() != "obsidian" && destination.contains("vault=")
}

/// True for `C:\Users\…` and `D:/…`: no scheme has one letter.
fn is_drive(destination: &[u8]) -> bool {
    matches!(destination, [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic())
}

/// A quick look that lets through whatever [`local`] could say something about.
fn may_be_local(destination: &str) -> bool {
    let bytes = destination.as_bytes();
    if matches!(bytes, [b'#', ..]) || (matches!(bytes, [b'/', next, ..] if *next != b'/')) {
        return false;
    }
    if is_drive(bytes) {
        return true;
    }
    // Of bytes, since this is asked of every link.
    let start = bytes.iter().position(|b| matches!(b, b'/' | b':')).unwrap_or(bytes.len());
    let slashes = bytes.get(start..).unwrap_or_default();
    let authority = slashes.get(slashes.iter().take_while(|b| matches!(b, b'/' | b':')).count()..).unwrap_or_default();
    let end = authority.iter().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(authority.len());
    let authority = authority.get(..end).unwrap_or_default();
    authority.len() < 4
        || authority.last().is_some_and(|last| !last.is_ascii_alphabetic())
        || authority.windows(5).any(|part| part.eq_ignore_ascii_case(b"local"))
        || [b"internal".as_slice(), b"lan", b"arpa"].iter().any(|end| {
            let tail = authority.get(authority.len().saturating_sub(end.len())..).unwrap_or_default();
            tail.eq_ignore_ascii_case(end)
        })
        || destination.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("file:"))
        || destination.starts_with("obsidian:")
}

/// What is local about a host.
pub fn local(host: &str) -> Option<&'static str> {
    let name = host.trim_end_matches('.');
    if name == "localhost" || name.ends_with(".localhost") {
        return Some(OWN);
    }
    if [".local", ".internal", ".lan", ".localdomain", ".home.arpa"].iter().any(|end| name.ends_with(end)) {
        return Some("a name in your own network");
    }
    if let Ok(address) = name.parse::<Ipv4Addr>() {
        return local_v4(address);
    }
    let inner = name.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok()?;
    match inner.to_ipv4_mapped() {
        Some(address) => local_v4(address),
        None if inner.is_loopback() => Some(OWN),
        None if inner.is_unique_local() || inner.is_unicast_link_local() => Some("an address in your own network"),
        None => None,
    }
}

fn local_v4(address: Ipv4Addr) -> Option<&'static str> {
    if address.is_loopback() || address.is_unspecified() {
        Some(OWN)
    } else if address.is_private() || address.is_link_local() {
        Some("an address in your own network")
    } else {
        None
    }
}

/// True for `<http://localhost>` and for a link whose text is the address itself.
fn shows_its_address(page: &Page<'_>, link: &Link) -> bool {
    if matches!(link.origin, Origin::Autolink | Origin::Bare) {
        return true;
    }
    let Label::Text(span) = link.label else { return false };
    let text = span.of(page.text).trim_matches(['`', '*', '_', ' ']);
    let bare =
        |url: &str| url.trim_start_matches("http://").trim_start_matches("https://").trim_end_matches('/').to_owned();
    let (text_says, leads_to) = (bare(text), bare(&link.destination));
    let one_begins_the_other = leads_to.starts_with(&text_says) || text_says.starts_with(&leads_to);
    // `http://localhost:<port>/` says it, too.
    let host = text_says.split(['/', ':', '?']).next().unwrap_or_default();
    text_says == leads_to || one_begins_the_other && text.contains(':') || text.contains("://") && local(host).is_some()
}

/// True for the front page of a server on the reader's machine: "now open the [console](http://localhost:9000)". What a
/// writer copies by mistake is a page of their own site, or its front page at the port that their generator serves.
fn is_front_page(page: &Page<'_>, link: &Link) -> bool {
    let Shape::Web { host, rest } = shape(&link.destination) else { return false };
    let built = page.facts.kind != Kind::Loose;
    local(&host) == Some(OWN)
        && matches!(rest, "" | "/")
        && !(built && port(link).is_some_and(|port| SERVED.contains(&port)))
}

/// True for the front page of a device in the reader's own network: a router says how it fares there.
fn is_device(host: &str, rest: &str) -> bool {
    matches!(rest, "" | "/") && host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_private())
}

/// True for what only a page of a site is called: `/2021/04/24/a-post/`, `/a-post-about-boxes`, `/a.html`, a footnote.
fn is_address_of_page(rest: &str) -> bool {
    let (path, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let path = path.split('?').next().unwrap_or_default();
    let year = |part: &str| part.len() == 4 && part.starts_with(['1', '2']) && part.bytes().all(|b| b.is_ascii_digit());
    let words = |part: &str| part.matches(['-', '_']).count() >= 2;
    let footnote =
        fragment.strip_prefix("fn").is_some_and(|rest| rest.trim_start_matches("ref").parse::<u16>().is_ok());
    footnote
        || path.ends_with(".html")
        || path.ends_with(".md")
        || path.split('/').any(|part| year(part) || words(part))
}

/// True at a port where generators show drafts, and at one to which several links of a page lead. `shop.localhost` is a
/// name that somebody has given to a program.
fn is_of_draft(page: &Page<'_>, link: &Link, host: &str) -> bool {
    const SEVERAL: usize = 3;
    let is_usual = |port: &str| SERVED.contains(&port) || SHARED.contains(&port);
    let is_often = || page.facts.links.iter().filter(|other| port(other) == port(link)).count() >= SEVERAL;
    port(link).is_some_and(|port| is_usual(port) || is_often()) && !host.ends_with(".localhost")
}

/// True for a page on which readers start a program or are told of their own machine in words, too: what it links to
/// there may be what they then see.
fn runs_a_server(page: &Page<'_>, port: Option<&str>) -> bool {
    const STARTS: [&str; 22] = [
        "npm run",
        "npm start",
        "yarn dev",
        "yarn start",
        "pnpm ",
        "npx ",
        "bun run",
        "rails s",
        "rails g",
        "runserver",
        "docker ",
        "podman ",
        "kubectl ",
        "http.server",
        "http-server",
        "php -S",
        "flask run",
        "uvicorn",
        "gunicorn",
        "cargo run",
        "go run",
        "dev server",
    ];
    let names = ["localhost", "127.0.0.1"].map(|name| format!("{name}:{}", port.unwrap_or_default()));
    let in_text: usize = names.iter().map(|name| page.text.matches(name.as_str()).count()).sum();
    let links = page.facts.links.iter();
    let in_links = links.filter(|link| names.iter().any(|name| link.destination.contains(name.as_str()))).count();
    in_text > in_links || STARTS.iter().any(|start| page.text.contains(start))
}

/// Ports of five digits to which several links of a page lead: the page is about a program that readers run themselves.
/// Drafts are shown at shorter ones, whichever the writer has chosen.
fn ports_of_programs<'a>(page: &Page<'a>) -> Set<&'a str> {
    const SEVERAL: usize = 3;
    let mut links: Map<&str, usize> = Map::default();
    for port in page.facts.links.iter().filter_map(port) {
        *links.entry(port).or_default() += 1;
    }
    links.into_iter().filter(|(port, links)| *links >= SEVERAL && port.len() == 5).map(|(port, _)| port).collect()
}

/// True where the reader is told to open a way from their own machine into a cluster, on a port that the command need not
/// name.
fn opens_a_way(text: &str) -> bool {
    ["kubectl proxy", "port-forward"].iter().any(|command| text.contains(command))
}

/// The port of a destination. Where the page names it outside of its links, too, as `docker run -p 16686:16686` does
/// before `[Jaeger](http://localhost:16686)`, the reader's own machine is meant.
fn port(link: &Link) -> Option<&str> {
    let authority = link.destination.split("://").nth(1)?.split(['/', '?', '#']).next()?;
    let (_, port) = authority.rsplit_once(':')?;
    (port.len() >= 2 && port.bytes().all(|b| b.is_ascii_digit())).then_some(port)
}

/// The numbers that stand outside of the destinations of links.
fn numbers_of_text<'a>(page: &Page<'a>) -> Set<&'a str> {
    let mut destinations: Vec<Span> = page.facts.links.iter().map(|link| link.span).collect();
    destinations.sort_unstable_by_key(|span| span.start);
    let mut destinations = destinations.into_iter().peekable();
    let (bytes, mut numbers, mut until, mut at) = (page.text.as_bytes(), Set::default(), 0, 0);
    while let Some(first) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let start = at + first;
        let digits = bytes.get(start..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
        at = start + digits;
        while let Some(span) = destinations.next_if(|span| span.start as usize <= start) {
            until = until.max(span.end as usize);
        }
        if start >= until {
            numbers.extend(page.text.get(start..at));
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn addresses() {
        for host in [
            "localhost",
            "a.localhost",
            "127.8.0.1",
            "192.168.1.4",
            "10.0.0.1",
            "[::1]",
            "[::ffff:10.0.0.1]",
            "nas.local",
        ] {
            assert!(local(host).is_some(), "{host}");
        }
        for host in ["example.org", "11.0.0.1", "172.32.0.1", "[2001:db8::1]", "localhost.example.org"] {
            assert!(local(host).is_none(), "{host}");
        }
    }
}
