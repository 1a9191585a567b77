//! The archive is asked for the post's own day, and its word is checked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::civil::{Date, date};
use postlint::network::answer::{Answer, Ask, Failure, Method, Pending, Prober, Response};
use postlint::network::archive::{Archive, ENDPOINT, copies, keeping};
use url::Url;

/// A prober that is handed its answers: by the beginning of the URL, the first that fits.
struct Told {
    answers: Vec<(&'static str, Answer)>,
    asked: Mutex<Vec<(Method, String)>>,
}

impl Prober for Told {
    fn ask(&self, ask: Ask) -> Pending<'_> {
        self.asked.lock().unwrap().push((ask.method, ask.url.to_string()));
        let answer = self.answers.iter().find(|(start, _)| ask.url.as_str().starts_with(start));
        let answer = answer.map_or(Ok(Response::new(404)), |(_, answer)| answer.clone());
        Box::pin(std::future::ready(answer))
    }
}

fn closest(url: &str, status: &str) -> Answer {
    let text = format!(
        r#"{{"url": "x", "archived_snapshots": {{"closest": {{"status": "{status}", "available": true, "url": "{url}", "timestamp": "20130919044612"}}}}}}"#
    );
    Ok(Response::new(200).with("content-type", "application/json").text(&text))
}

const PAGE: &str = "http://dead.example/a/page?x=1#part";
const COPY: &str = "https://web.archive.org/web/20130919044612/http://dead.example/a/page?x=1";

/// The copy and its day; what was asked for it.
type Found = (Option<(String, Date)>, Vec<(Method, String)>);

fn found(answers: Vec<(&'static str, Answer)>) -> Found {
    let told = Arc::new(Told { answers, asked: Mutex::default() });
    let prober: Arc<dyn Prober> = told.clone();
    let archive = Archive::new(Url::parse(ENDPOINT).unwrap());
    let pages = [(Url::parse(PAGE).unwrap(), date(2013, 10, 1))];
    let copy = copies(&archive, &prober, &pages, Duration::from_secs(20)).remove(0);
    let asked = told.asked.lock().unwrap().clone();
    (copy.map(|copy| (copy.url.to_string(), copy.day)), asked)
}

#[test]
fn the_copy_nearest_to_the_day_of_the_post() {
    let (copy, asked) = found(vec![
        ("https://archive.org/", closest(&COPY.replace("https://web", "http://web"), "200")),
        ("https://web.archive.org/", Ok(Response::new(200))),
    ]);
    assert_eq!(copy, Some((COPY.to_owned(), date(2013, 9, 19))));
    assert_eq!(
        asked,
        [
            (
                Method::Get,
                "https://archive.org/wayback/available?url=http%3A%2F%2Fdead.example%2Fa%2Fpage%3Fx%3D1&timestamp=20131001120000"
                    .to_owned()
            ),
            (Method::Head, COPY.to_owned()),
        ]
    );
}

#[test]
fn a_copy_that_leads_on_to_another_copy() {
    let other = "/web/20131002000000/http://dead.example/a/page?x=1";
    let (copy, _) = found(vec![
        ("https://archive.org/", closest(COPY, "200")),
        (COPY, Ok(Response::new(302).with("location", other))),
        ("https://web.archive.org/", Ok(Response::new(200))),
    ]);
    assert_eq!(copy, Some((format!("https://web.archive.org{other}"), date(2013, 10, 2))));
    let (none, _) = found(vec![
        ("https://archive.org/", closest(COPY, "200")),
        (COPY, Ok(Response::new(302).with("location", "https://parked.example/"))),
        ("https://", Ok(Response::new(200))),
    ]);
    assert_eq!(none, None);
}

#[test]
fn what_is_no_copy_of_the_page() {
    for (url, status) in [
        (COPY, "301"),
        (COPY, "404"),
        ("https://web.archive.org/web/20130919044612/http://other.example/a/page?x=1", "200"),
        ("https://web.archive.org/web/20130919044612/http://dead.example/?x=1", "200"),
        ("https://web.archive.org/web/2013/http://dead.example/a/page?x=1", "200"),
        ("https://web.archive.org/web/20139919044612/http://dead.example/a/page?x=1", "200"),
        ("https://evil.example/web/20130919044612/http://dead.example/a/page?x=1", "200"),
        ("https://web.archive.org.evil.example/web/20130919044612/http://dead.example/a/page?x=1", "200"),
        ("https://web.archive.org:8443/web/20130919044612/http://dead.example/a/page?x=1", "200"),
        ("https://u@web.archive.org/web/20130919044612/http://dead.example/a/page?x=1", "200"),
        ("javascript:alert(1)", "200"),
        ("", "200"),
    ] {
        let (copy, asked) =
            found(vec![("https://archive.org/", closest(url, status)), ("https://", Ok(Response::new(200)))]);
        assert_eq!(copy, None, "{url}");
        assert_eq!(asked.len(), 1, "{url}");
    }
    for text in
        ["", "{}", r#"{"archived_snapshots": {}}"#, "[1]", "<html>", r#"{"archived_snapshots": {"closest": 1}}"#]
    {
        assert_eq!(found(vec![("https://archive.org/", Ok(Response::new(200).text(text)))]).0, None, "{text}");
    }
}

#[test]
fn a_copy_is_offered_only_if_it_opens() {
    for answer in [Ok(Response::new(404)), Ok(Response::new(503)), Err(Failure::Refused)] {
        let (copy, _) = found(vec![("https://archive.org/", closest(COPY, "200")), (COPY, answer)]);
        assert_eq!(copy, None);
    }
}

#[test]
fn an_archive_that_is_tired_is_left_alone() {
    let told =
        Arc::new(Told { answers: vec![("https://archive.org/", Ok(Response::new(429)))], asked: Mutex::default() });
    let prober: Arc<dyn Prober> = told.clone();
    let archive = Archive::new(Url::parse(ENDPOINT).unwrap());
    let pages = vec![(Url::parse(PAGE).unwrap(), date(2013, 10, 1)); 5];
    assert_eq!(copies(&archive, &prober, &pages, Duration::from_secs(20)), vec![None; 5]);
    assert_eq!(told.asked.lock().unwrap().len(), 1);
}

#[test]
fn where_to_keep_a_page() {
    let keep = |url: &str| keeping(&Url::parse(url).unwrap());
    assert_eq!(
        keep("https://example.org/a?b").as_deref(),
        Some("https://web.archive.org/save/https://example.org/a?b")
    );
    assert_eq!(keep(COPY), None);
    assert_eq!(keep("https://archive.ph/xyz"), None);
}
