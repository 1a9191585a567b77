//! links/malformed-url: an address that browsers read as something else than was meant.

use serde_json::Value;

use super::more_slips::has_more_slips;
use super::slips_of_addresses::{Problem, is_hidden, meant_as_address, problem, shown};
use super::swallowed;
use crate::finding::{Confidence, Fix, Safety};
use crate::page::links::{Form, Label, Link, LinkKind, Origin};
use crate::rules::declarative::is_retired;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::debris::{self, TEXT_OF_HIDDEN_MAIL};
use crate::site::destination::{Shape, shape};
use crate::site::domain::has_known_ending;
use crate::site::facts::PageFacts;
use crate::site::follow::resolve_text;
use crate::site::hosts::{Hosts, Owner};
use crate::site::index::last_name;
use crate::site::mail::is_mail_address;
use crate::site::suggest::suggest;
use crate::site::target::Target;

/// A name of so many letters, of several words or a date, is no accident.
const TELLING: usize = 8;

struct MalformedUrl;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(MalformedUrl))
}

impl SiteRule for MalformedUrl {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        // `%7B%7B%3C var mail %3E%7D%7D`: a tag that an editor has written in numbers. Broken links are told as such.
        let is_tag = |link: &Link| link.is_dynamic() || link.is_in_broken_link() || link.destination.contains("%7B%7B");
        for (page, link, target) in site.links().filter(|(_, link, _)| !is_tag(link)) {
            if swallowed::check(site, page, link, target, report) {
                continue;
            }
            let problem = match target {
                Target::Malformed => Some(meant_as_address(&link.destination)),
                _ => problem(&link.destination).or_else(|| markdown_as_source(link)),
            };
            // `www.replace-me.com` in a form is to be filled in.
            if let Some(mut problem) = problem.filter(|_| !page.is_form()) {
                problem.right = problem.right.and_then(|right| settled(site, page, link, right));
                problem.right = problem.right.or_else(|| shown_mail(page, link));
                one(site, page, link, problem, report);
            }
        }
    }
}

/// `<img src="[a.png](https://a.example/a.png)">`. In links it is told by what they lead to.
fn markdown_as_source(link: &Link) -> Option<Problem> {
    if link.kind != LinkKind::Image || !matches!(link.origin, Origin::Html(_)) {
        return None;
    }
    let (_, inside) = link.destination.trim().strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    let is_web = inside.starts_with("https://") || inside.starts_with("http://");
    let what = "is Markdown where only an address may stand".to_owned();
    (is_web && !inside.contains(['(', ')', ' '])).then(|| Problem {
        what,
        right: Some(inside.to_owned()),
        example: false,
    })
}

/// `[ada@example.org](mailto:adaexample.org)`: the text says the whole address.
fn shown_mail(page: &PageFacts, link: &Link) -> Option<String> {
    link.destination.strip_prefix("mailto:")?;
    let shown = page.shown(link).filter(|shown| is_mail_address(shown))?;
    Some(format!("mailto:{}", shown.trim_start_matches("mailto:")))
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

fn one(site: &Site, page: &PageFacts, link: &Link, problem: Problem, report: &mut Reporter<'_>) {
    let message = format!("`{}` {}", shown(&link.destination), problem.what);
    let right = problem.right.as_deref().map(tidy);
    let shown = right.as_deref().filter(|right| page.contradicts(link, right)).and_then(|_| page.shown(link));
    let shown = shown.filter(|shown| *shown != TEXT_OF_HIDDEN_MAIL);
    let own = right.as_deref().and_then(|right| at_home(site, page, link, right));
    let right = own.as_ref().and_then(|own| own.right.clone()).or(right);
    let help = match (&right, &shown) {
        (Some(right), Some(shown)) => format!("write `{right}`, or what the text says: `{shown}`"),
        (Some(right), None) => match &own {
            Some(own) => format!("{} `{right}`", own.help),
            None => format!("write `{right}`"),
        },
        (None, _) if debris::is_hidden_mail(&link.destination) => {
            "the mail address is lost, as the page was copied from a browser: write `mailto:` and the address"
                .to_owned()
        }
        (None, _) => "write the whole address, as it stands in the browser".to_owned(),
    };
    let fix = right.as_deref().filter(|right| !right.contains(is_hidden)).and_then(|right| {
        let text = link.rewrite(right)?;
        let safety = match shape(right) {
            // The text of the link says another address: one of the two is wrong.
            _ if shown.is_some() => Safety::Manual,
            _ if own.as_ref().is_some_and(|own| !own.certain) => Safety::Manual,
            Shape::Web { host, .. } if is_in_own_network(&host) => Safety::Unsafe,
            // What was lost in the scheme was perhaps lost behind it too: `http:/docs.example.orgenlatest.html`.
            Shape::Web { host, .. } if !has_known_ending(&host) => Safety::Manual,
            Shape::Web { host, rest } if has_more_slips(&host, rest) => Safety::Manual,
            _ if opens_only(&link.destination) => Safety::Manual,
            // The text has the end that the address lost.
            _ if page.shown(link).is_some_and(|text| goes_on(text, right)) => Safety::Manual,
            Shape::Path { .. } | Shape::Fragment(_) if !leads(site, page, right) => Safety::Manual,
            _ => Safety::Safe,
        };
        Some(Fix::replace(format!("write `{right}`"), safety, &page.file, link.span, text))
    });
    let fix = hidden_mail(page, link).or(fix);
    // Whoever writes a mail address in numbers hides it from those who collect them.
    let hidden = link.span.len() > 2 * link.destination.len();
    let fix = fix.filter(|_| link.form != Form::NotEditable && !matches!(link.origin, Origin::Bare) && !hidden);
    // The sign that ends the sentence would go with it.
    let at_end = link.origin == Origin::Autolink && !link.destination.ends_with(|c: char| c.is_ascii());
    let fix = fix.filter(|_| !at_end);
    let retired = right.as_deref().is_some_and(is_retired);
    let draft = report.at(&page.file, link.place(), message).help(help).maybe_fix(fix);
    let draft = draft.reveals(retired.then_some("links/retired-service"));
    // An address that is shown as it is stands for one: `http://your-domain/stat`.
    if problem.example && (matches!(link.origin, Origin::Bare | Origin::Autolink) || shows_itself(link)) {
        draft.confidence(Confidence::Low).done();
    } else {
        draft.done();
    }
}

/// Text and address of a mail address that Cloudflare has hidden, where both are left of it.
fn hidden_mail(page: &PageFacts, link: &Link) -> Option<Fix> {
    let mail = debris::hidden_mail(&link.destination).filter(|_| debris::is_hidden_mail(&link.destination))?;
    let both = link.origin == Origin::Inline && page.shown(link) == Some(TEXT_OF_HIDDEN_MAIL);
    let text = format!("[{}](mailto:{mail})", mail.split('?').next().unwrap_or(&mail));
    both.then(|| Fix::replace(format!("write `{text}`"), Safety::Safe, &page.file, link.whole, &*text))
}

/// True for a path that leads somewhere in the site.
fn leads(site: &Site, page: &PageFacts, path: &str) -> bool {
    matches!(resolve_text(site, page, path), Target::Page { .. } | Target::Asset(_) | Target::Generated)
}

/// What a repaired address is where it is the site's own.
struct AtHome {
    /// The address of the page that it leads to.
    right: Option<String>,
    help: &'static str,
    certain: bool,
}

/// The same step asks an address on the site's own host what links/own-domain would ask of it: is there such a page?
fn at_home(site: &Site, page: &PageFacts, link: &Link, right: &str) -> Option<AtHome> {
    let Shape::Web { host, rest } = shape(right) else { return None };
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let (path, tail) = rest.split_at(end);
    match site.hosts.of(&host) {
        Some(Owner::Own) => match resolve_text(site, page, right) {
            Target::Missing { path } => {
                let found = suggest(site, page, &path, link.kind);
                let known = found.first().filter(|one| found.len() == 1 && one.certain);
                let right = known.map(|one| format!("{}{}{tail}", site.model.settings().base_path, one.path));
                let help = match right {
                    Some(_) => "the address is the site's own, and the page has another: write",
                    None => "the address is the site's own, which has no such page: correct",
                };
                Some(AtHome { certain: right.is_some(), right, help })
            }
            // A site that has no certificate is asked for without.
            Target::Page { .. } | Target::Asset(_) | Target::Generated => {
                let plain = site.model.settings().url.as_deref().is_some_and(|url| url.starts_with("http://"));
                let bare = right.strip_prefix("https://").filter(|_| plain && !link.destination.contains("://"))?;
                Some(AtHome { certain: true, right: Some(format!("http://{bare}")), help: "write" })
            }
            // Another site may answer there, but nothing says so.
            _ => Some(AtHome {
                right: None,
                help: "the address is the site's own, which has no such page that is known: correct",
                certain: false,
            }),
        },
        Some(Owner::Former) => Some(AtHome {
            right: None,
            help: "the address is a former one of the site: write where the page is now, not",
            certain: false,
        }),
        // `ample.com/a/` where the site is at `example.com`: its beginning is lost.
        None if let Some(own) = site.hosts.torn(&host) => {
            let whole = format!("https://{own}{rest}");
            let certain = matches!(resolve_text(site, page, &whole), Target::Page { .. } | Target::Asset(_));
            let help = "the address is the site's own, and its beginning is lost: write";
            Some(AtHome { certain, right: Some(whole), help })
        }
        // `our-name.github.io/blog/a-tour`, where `/a-tour/` is a page of this site, which has another host today.
        None => {
            let has_page = || {
                let name = last_name(path.trim_end_matches('/'));
                let pages = site.index.named(name);
                name.len() >= TELLING && name.contains('-') && !pages.is_empty()
            };
            (Hosts::has_neighbours(&host) && has_page()).then_some(AtHome {
                right: None,
                help: "a page of that name is here, so this may be a former address of the site: write its address, or",
                certain: false,
            })
        }
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

/// True for a text that is this address and more.
fn goes_on(text: &str, address: &str) -> bool {
    let more = text.strip_prefix(address).unwrap_or_default();
    !more.trim_matches('/').is_empty()
}

/// `![]([url)](url)`: the bracket is closed behind the link, where it would be left.
fn opens_only(destination: &str) -> bool {
    destination.starts_with('[') && !destination.contains(']')
}

/// `[http://your-server:80](http://your-server:80)`: the text is as long as the address because it is the address.
pub fn shows_itself(link: &Link) -> bool {
    let Label::Text(text) = link.label else { return false };
    let scheme = link.destination.find("://").map_or(0, |at| at + 3);
    let long = link.destination.len();
    link.kind == LinkKind::Link && (text.len() == long || text.len() == long - scheme)
}
