//! The state machine against servers that are functions.

use std::collections::BTreeSet;

use url::Url;

use super::*;
use crate::network::answer::{Ask, Phase, Refusal};
use crate::network::scheduler::stable_hash;
use crate::network::verdict::Unsafe;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn task(text: &str) -> Task {
    Task { url: url(text), fragments: BTreeSet::new(), look: false, validators: Validators::default(), led_to: None }
}

/// Asks to the end; the verdict, and what was asked.
fn judge(task: Task, server: impl Fn(&Ask, usize) -> Answer) -> (Judged, Vec<String>) {
    let mut judge = Judge::new(task, Hosts::built_in());
    let mut step = judge.begin();
    let mut asked: Vec<String> = Vec::new();
    for _ in 0..100 {
        match step {
            Step::Done(judged) => return (*judged, asked),
            Step::Ask(turn, ask) => {
                let method = if ask.method == Method::Head { "HEAD" } else { "GET" };
                let later = if matches!(turn, Turn::Later(_)) { "later " } else { "" };
                asked.push(format!("{later}{method} {}", ask.url));
                step = judge.take(server(&ask, asked.len()));
            }
        }
    }
    panic!("it does not end: {asked:?}");
}

fn word(text: &str, server: impl Fn(&Ask, usize) -> Answer) -> &'static str {
    judge(task(text), server).0.verdict.word()
}

fn status(status: u16) -> Answer {
    Ok(Response::new(status))
}

fn to(code: u16, location: &str) -> Answer {
    Ok(Response::new(code).with("location", location))
}

fn page(title: &str) -> Answer {
    Ok(Response::new(200).with("content-type", "text/html").text(&format!("<title>{title}</title>")))
}

#[test]
fn a_good_head_is_enough() {
    let (judged, asked) = judge(task("https://a.example/x#y"), |_, _| status(200));
    assert_eq!((judged.verdict, asked), (Verdict::Alive, vec!["HEAD https://a.example/x".to_owned()]));
}

#[test]
fn gone_is_said_twice() {
    let (judged, asked) = judge(task("https://a.example/x"), |_, _| status(404));
    assert_eq!(judged.verdict, Verdict::Gone(Gone::Status(404)));
    assert_eq!(asked, ["HEAD https://a.example/x", "later GET https://a.example/x"]);
    let (judged, asked) = judge(task("https://a.example/x"), |_, _| Err(Failure::NoSuchHost));
    assert_eq!(judged.verdict, Verdict::Gone(Gone::NoSuchHost));
    assert_eq!(asked, ["HEAD https://a.example/x", "later HEAD https://a.example/x"]);
    let look = Task { look: true, ..task("https://a.example/x") };
    let (judged, asked) = judge(look, |_, _| status(410));
    assert_eq!(judged.verdict, Verdict::Gone(Gone::Status(410)));
    assert_eq!(asked, ["GET https://a.example/x", "later GET https://a.example/x"]);
}

#[test]
fn what_is_said_once_is_not_believed() {
    let lies = |ask: &Ask, _| if ask.method == Method::Head { status(404) } else { status(200) };
    assert_eq!(word("https://a.example/x", lies), "alive");
    let refuses = |ask: &Ask, _| if ask.method == Method::Head { status(405) } else { status(404) };
    let (judged, asked) = judge(task("https://a.example/x"), refuses);
    assert_eq!((judged.verdict.word(), asked.len()), ("gone", 3));
    let then = |_: &Ask, n| if n == 1 { status(404) } else { Err(Failure::Timeout(Phase::Head)) };
    assert_eq!(word("https://a.example/x", then), "flaky");
    let back = |_: &Ask, n| if n == 1 { Err(Failure::NoSuchHost) } else { status(200) };
    assert_eq!(word("https://a.example/x", back), "alive");
}

#[test]
fn what_may_pass_is_asked_again_later() {
    let (judged, asked) = judge(task("https://a.example/x"), |_, n| if n < 3 { status(502) } else { status(200) });
    assert_eq!(judged.verdict, Verdict::Alive);
    assert_eq!(asked, ["HEAD https://a.example/x", "GET https://a.example/x", "later GET https://a.example/x"]);
    let (judged, asked) = judge(task("https://a.example/x"), |_, _| Err(Failure::Timeout(Phase::Head)));
    assert_eq!((judged.verdict, asked.len()), (Verdict::Unreachable(Trouble::Timeout), 3));
    let (judged, asked) = judge(task("https://a.example/x"), |_, _| Err(Failure::Tls(TlsFault::WrongHost)));
    assert_eq!((judged.verdict, asked.len()), (Verdict::Unreachable(Trouble::Tls(TlsFault::WrongHost)), 1));
}

#[test]
fn walls_are_neither_fine_nor_dead() {
    for answer in [401, 403, 451, 999, 400, 406, 418] {
        assert_eq!(word("https://a.example/x", |_, _| status(answer)), "blocked", "{answer}");
    }
    let cloudflare = |_: &Ask, _| Ok(Response::new(404).with("cf-mitigated", "challenge"));
    assert_eq!(word("https://a.example/x", cloudflare), "blocked");
    assert_eq!(word("https://console.cloud.google.com/x", |_, _| status(404)), "blocked");
    let (judged, asked) = judge(task("https://www.linkedin.com/in/x"), |_, _| status(404));
    assert_eq!((judged.verdict.word(), asked.len()), ("blocked", 0), "it is not asked at all");
    let cookies = |_: &Ask, _| Ok(Response::new(302).with("location", "/x").with("set-cookie", "seen=1"));
    assert_eq!(judge(task("https://a.example/x"), cookies).0.verdict, Verdict::Blocked(Wall::Cookies));
}

#[test]
fn a_limit_is_waited_for_and_not_forever() {
    let (judged, asked) = judge(task("https://a.example/x"), |_, n| status(if n < 3 { 429 } else { 200 }));
    assert_eq!((judged.verdict, asked.len()), (Verdict::Alive, 3));
    assert!(asked.iter().all(|ask| ask.starts_with("HEAD")), "a limit is no reason to ask for more: {asked:?}");
    assert_eq!(word("https://a.example/x", |_, _| status(429)), "throttled");
}

#[test]
fn redirects_are_followed_so_far() {
    let chain = |ask: &Ask, _| match ask.url.as_str() {
        "https://a.example/0" => to(301, "/1"),
        "https://a.example/1" => to(308, "//b.example/1"),
        _ => status(200),
    };
    let (judged, _) = judge(task("https://a.example/0"), chain);
    let Verdict::Moved(moved) = judged.verdict else { panic!("{:?}", judged.verdict) };
    assert_eq!((moved.to.as_str(), moved.permanent), ("https://b.example/1", false), "another tail");
    let endless = |ask: &Ask, n: usize| to(302, &format!("{}{n}", ask.url));
    assert_eq!(
        judge(task("https://a.example/0"), endless).0.verdict,
        Verdict::Unreachable(Trouble::Redirects("more than five times"))
    );
    for (location, wanted) in [
        ("http://a.example/1", Verdict::Unsafe(Unsafe::Downgrade("http://a.example/1".to_owned()))),
        ("javascript:alert(1)", Verdict::Unsafe(Unsafe::Scheme("javascript:".to_owned()))),
        ("file:///etc/passwd", Verdict::Unsafe(Unsafe::Scheme("file:".to_owned()))),
        ("https://", Verdict::Unreachable(Trouble::Redirects("to something that is no address"))),
        ("/0", Verdict::Unreachable(Trouble::Redirects("in a circle"))),
    ] {
        assert_eq!(judge(task("https://a.example/0"), |_, _| to(302, location)).0.verdict, wanted, "{location}");
    }
    let inner = |ask: &Ask, _| match ask.url.host_str() {
        Some("a.example") => to(302, "https://localhost/"),
        _ => Err(Failure::Unsafe(Refusal::Name("localhost".to_owned()))),
    };
    let (judged, _) = judge(task("https://a.example/0"), inner);
    assert!(judged.verdict.evidence().contains("leads to `https://localhost/`"), "{}", judged.verdict.evidence());
}

#[test]
fn a_move_for_good_is_heard_twice() {
    let server = |ask: &Ask, _| {
        if ask.url.host_str() == Some("a.example") { to(301, "https://b.example/x") } else { status(200) }
    };
    let (judged, asked) = judge(task("https://a.example/x"), server);
    let Verdict::Moved(moved) = judged.verdict else { panic!("{:?}", judged.verdict) };
    assert!(moved.permanent && moved.stable);
    assert_eq!(asked.len(), 4);
    // On an earlier day it led there as well: no need to ask again.
    let known = Task { led_to: Some(url("https://b.example/x")), ..task("https://a.example/x") };
    assert_eq!(judge(known, server).1.len(), 2);
    // On an earlier day it led elsewhere.
    let other = Task { led_to: Some(url("https://c.example/x")), ..task("https://a.example/x") };
    let Verdict::Moved(moved) = judge(other, server).0.verdict else { panic!() };
    assert!(moved.permanent && !moved.stable);
    // The second time it leads elsewhere.
    let moody = |ask: &Ask, n| match ask.url.host_str() {
        Some("a.example") if n == 1 => to(301, "https://b.example/x"),
        Some("a.example") => to(301, "https://c.example/x"),
        _ => status(200),
    };
    let Verdict::Moved(moved) = judge(task("https://a.example/x"), moody).0.verdict else { panic!() };
    assert!(!moved.stable);
}

#[test]
fn soft_404s_are_compared_with_an_address_that_nobody_had() {
    let soft = |_: &Ask, _| page("Page not found");
    let look = || Task { look: true, ..task("https://a.example/x/y") };
    assert_eq!(judge(look(), soft).0.verdict, Verdict::Hijacked(Trick::SoftNotFound));
    let article = |ask: &Ask, _| if ask.url.path() == "/x/y" { page("404 explained") } else { status(404) };
    assert_eq!(judge(look(), article).0.verdict, Verdict::Alive);
    let home = |ask: &Ask, _| if ask.url.path() == "/" { status(200) } else { to(302, "/") };
    assert_eq!(word("https://a.example/x/y", home), "hijacked");
    let only_this = |ask: &Ask, _| match ask.url.path() {
        "/" => status(200),
        "/x/y" => to(302, "/"),
        _ => status(404),
    };
    assert_eq!(word("https://a.example/x/y", only_this), "moved");
    let other = |ask: &Ask, _| {
        if ask.url.host_str() == Some("a.example") { to(301, "https://b.example/") } else { status(200) }
    };
    assert_eq!(word("https://a.example/x/y", other), "hijacked");
}

#[test]
fn https_is_believed_when_it_shows_the_same() {
    let both = |_: &Ask, _| page("Bread");
    let (judged, asked) = judge(task("http://a.example/x"), both);
    assert_eq!(judged.secure, Some(url("https://a.example/x")));
    assert_eq!(asked, ["GET http://a.example/x", "GET https://a.example/x"]);
    let other = |ask: &Ask, _| page(ask.url.scheme());
    assert_eq!(judge(task("http://a.example/x"), other).0.secure, None);
    let broken = |ask: &Ask, _| if ask.url.scheme() == "https" { Err(Failure::Refused) } else { page("Bread") };
    let (judged, asked) = judge(task("http://a.example/x"), broken);
    assert_eq!((judged.verdict, judged.secure, asked.len()), (Verdict::Alive, None, 2));
}

#[test]
fn unchanged_is_fine() {
    let validators = Validators { etag: Some("\"1\"".to_owned()), last_modified: None };
    let known = Task { validators, ..task("https://a.example/x") };
    let server = |ask: &Ask, _| status(if ask.validators.etag.is_some() { 304 } else { 500 });
    assert_eq!(judge(known, server).0.verdict, Verdict::Alive);
}

#[test]
fn whatever_comes_it_ends() {
    let statuses = [200, 204, 206, 301, 302, 304, 307, 400, 403, 404, 410, 429, 500, 503, 599, 999, 100, 0];
    for seed in 0..2000_u64 {
        let server = |_: &Ask, n: usize| {
            let pick = stable_hash(&[seed.to_le_bytes(), (n as u64).to_le_bytes()].concat());
            match pick % 7 {
                0 => Err(Failure::NoSuchHost),
                1 => Err(Failure::Timeout(Phase::Head)),
                2 => to(301, &format!("/{}", pick % 5)),
                3 => to(302, "https://b.example/"),
                4 => page("Page not found"),
                _ => status(statuses[usize::try_from(pick / 7).unwrap() % statuses.len()]),
            }
        };
        let start = if seed % 2 == 0 { "https://a.example/x/y" } else { "http://a.example/x/y" };
        let fragments = (seed % 3 == 0).then(|| "x".to_owned()).into_iter().collect();
        let (_, asked) = judge(Task { fragments, look: seed % 5 == 0, ..task(start) }, server);
        assert!(asked.len() < 90, "{asked:?}");
    }
}

#[test]
fn the_second_word_is_asked_for_as_a_browser_asks_and_from_the_beginning() {
    // The first answer sends on to an address that works once.
    let once = |ask: &Ask, n: usize| match ask.url.path() {
        "/x" if n == 1 => to(302, "/x/once"),
        "/x/once" => status(410),
        _ => status(200),
    };
    assert_eq!(word("https://a.example/x", once), "alive");
    // A range is refused with 404, the whole is not.
    let whole = |ask: &Ask, _| match (ask.method, ask.body) {
        (Method::Get, Want::Text(_)) => status(200),
        (Method::Get, Want::Nothing) => status(404),
        _ => status(405),
    };
    assert_eq!(word("https://a.example/x", whole), "alive");
    // A puzzle with the status of a missing page.
    let puzzle = |ask: &Ask, _| match ask.method {
        Method::Head => status(404),
        Method::Get => Ok(Response::new(404).text("<title>Just a moment...</title>")),
    };
    assert_eq!(word("https://a.example/x", puzzle), "blocked");
    // Amazon says 503 to programs.
    let busy = |ask: &Ask, _| match ask.body {
        Want::Nothing => status(503),
        Want::Text(_) => Ok(Response::new(503).text("<p>contact api-services-support@amazon.com")),
    };
    assert_eq!(word("https://a.example/x", busy), "blocked");
}

#[test]
fn the_evidence_names_the_address_that_it_is_about() {
    let elsewhere = |last: fn() -> Answer| {
        let server = move |ask: &Ask, _: usize| {
            if ask.url.host_str() == Some("a.example") { to(301, "https://b.example/y") } else { last() }
        };
        judge(task("https://a.example/x"), server).0.evidence()
    };
    assert_eq!(elsewhere(|| status(404)), "leads to `https://b.example/y`, which is gone: its server says 404");
    let name = elsewhere(|| Err(Failure::NoSuchHost));
    assert_eq!(name, "leads to `https://b.example/y`, which has a host that does not exist");
    assert_eq!(
        elsewhere(|| Err(Failure::Timeout(Phase::Head))),
        "leads to `https://b.example/y`, which did not answer in time"
    );
    assert_eq!(judge(task("https://a.example/x"), |_, _| status(404)).0.evidence(), "is gone: its server says 404");
}

#[test]
fn a_way_to_another_home_page_that_only_this_address_has_is_meant() {
    let campaign = |ask: &Ask, _| match ask.url.as_str() {
        "https://a.example/summer-sale" => to(301, "https://b.example/"),
        "https://b.example/" => status(200),
        _ => status(404),
    };
    assert_eq!(word("https://a.example/summer-sale", campaign), "moved");
    let counted = |ask: &Ask, _| match ask.url.host_str() {
        Some("a.example") => to(302, "https://b.example/"),
        _ => status(200),
    };
    assert_eq!(word("https://a.example/click?to=https%3A%2F%2Fb.example%2F", counted), "moved");
    let parked = |ask: &Ask, _| match ask.url.host_str() {
        Some("a.example") => to(302, "https://sedo.com/search?domain=a.example"),
        _ => status(200),
    };
    assert_eq!(word("https://a.example/x", parked), "hijacked");
    assert_eq!(
        word("https://bit.ly/x", |ask, _| if ask.url.host_str() == Some("bit.ly") {
            to(301, "https://dan.com/a")
        } else {
            status(200)
        }),
        "moved"
    );
}

#[test]
fn an_article_about_parked_domains_is_no_parked_domain() {
    let page = |words: usize| {
        let text = format!("<title>x</title><p>this domain is for sale</p>{}", "<p>And so on.</p>".repeat(words));
        move |_: &Ask, _: usize| Ok(Response::new(200).with("content-type", "text/html").text(&text))
    };
    let look = || Task { look: true, ..task("https://a.example/") };
    assert_eq!(judge(look(), page(3)).0.verdict.word(), "hijacked");
    assert_eq!(judge(look(), page(400)).0.verdict.word(), "alive");
}

#[test]
fn what_only_a_program_meets_is_no_absence() {
    for (trouble, absence) in [
        (Trouble::Timeout, true),
        (Trouble::Server(500), true),
        (Trouble::HostSilent, true),
        (Trouble::Tls(TlsFault::Expired), true),
        // Browsers fetch what is missing in a chain, and speak encryptions that we do not.
        (Trouble::Tls(TlsFault::UnknownIssuer), false),
        (Trouble::Tls(TlsFault::Other("no common version".to_owned())), false),
        (Trouble::Redirects("in a circle"), false),
        (Trouble::HostSlow, false),
        (Trouble::Rules("it says 503".to_owned()), false),
    ] {
        assert_eq!(Verdict::Unreachable(trouble.clone()).is_strike(), absence, "{trouble:?}");
    }
}
