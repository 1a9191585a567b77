//! What servers say, and how it arrives.

use postlint::network::answer::{Ask, Body, Failure, Prober as _, Refusal, Version, Want};
use postlint::network::headers::Validators;
use postlint::network::prober::USER_AGENT;
use url::Url;

use super::server::{Server, Step, raw, say};
use super::world::{at, head, prober, text};

#[tokio::test]
async fn every_status_arrives_as_it_is() {
    let server = Server::start("127.0.0.2", |head| {
        let status = head.split(['/', ' ']).nth(2).unwrap();
        say(&format!("{status} Whatever"), "")
    })
    .await;
    let prober = prober(&server);
    for status in (200..=599).chain([600, 777, 999]) {
        let response = head(&prober, at(&server, &format!("/{status}"))).await.unwrap();
        assert_eq!(response.status, status);
        assert_eq!(response.version, Version::Http11);
    }
    assert!(server.connections() < 20, "connections are used again, except behind 204 and its like");
}

#[tokio::test]
async fn the_request_says_who_asks_and_nothing_else() {
    let server = Server::start("127.0.0.2", |_| say("200 OK", "")).await;
    let prober = prober(&server);
    let mut url = at(&server, "/a%20b/é?q=1#frag");
    url.set_username("user").unwrap();
    url.set_password(Some("s3cret")).unwrap();
    head(&prober, url.clone()).await.unwrap();
    let validators =
        Validators { etag: Some("\"x\"".into()), last_modified: Some("Mon, 01 Jan 2024 00:00:00 GMT".into()) };
    prober.ask(Ask { validators, ..Ask::get(url, Want::Nothing) }).await.unwrap();
    let heard = server.heard();
    let port = server.address.port();
    assert_eq!(
        heard[0].to_ascii_lowercase(),
        format!(
            "head /a%20b/%c3%a9?q=1 http/1.1\r\naccept: text/html,application/xhtml+xml,*/*;q=0.8\r\nuser-agent: {}\r\n\
             host: site.museum:{port}\r\n\r\n",
            USER_AGENT.to_ascii_lowercase()
        )
    );
    assert!(heard[1].starts_with("GET /a%20b/%C3%A9?q=1 HTTP/1.1\r\n"), "{}", heard[1]);
    for line in ["if-none-match: \"x\"", "if-modified-since: Mon, 01 Jan 2024 00:00:00 GMT", "range: bytes=0-1023"] {
        assert!(heard[1].contains(line), "{}", heard[1]);
    }
}

#[tokio::test]
async fn headers_that_decide_something() {
    let server = Server::start("127.0.0.2", |head| match head.split(' ').nth(1).unwrap() {
        "/moved" => say("301 Moved\nLocation: ../é ü?x#y", ""),
        "/bytes" => {
            let mut steps = raw(b"HTTP/1.1 302 x\r\nLocation: /caf\xe9\r\nContent-Length: 0\r\n\r\n");
            steps.push(Step::Again);
            steps
        }
        "/wall" => {
            say("403 Forbidden\nServer: cloudflare\nCF-Mitigated: challenge\nSet-Cookie: __cf_bm=secret; Path=/", "")
        }
        "/later" => say("429 x\nRetry-After: Wed, 01 Jan 2020 00:00:30 GMT\nDate: Wed, 01 Jan 2020 00:00:00 GMT", ""),
        _ => say("429 Slow down\nRetry-After: 7\nETag: W/\"1\"\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT", ""),
    })
    .await;
    let prober = prober(&server);
    let now = "2024-01-01T00:00:00Z".parse().unwrap();
    let get = async |path: &str| head(&prober, at(&server, path)).await.unwrap().headers;
    assert_eq!(get("/moved").await.location(), Some("../é ü?x#y"));
    assert_eq!(get("/bytes").await.location(), Some("/café"));
    let wall = get("/wall").await;
    assert_eq!(wall.get("server"), Some("cloudflare"));
    assert_eq!(wall.get("cf-mitigated"), Some("challenge"));
    assert_eq!(wall.get("set-cookie"), Some("__cf_bm"));
    assert_eq!(get("/later").await.retry_after(now).unwrap().as_secs(), 30);
    let slow = get("/").await;
    assert_eq!(slow.retry_after(now).unwrap().as_secs(), 7);
    assert_eq!(slow.validators().etag.as_deref(), Some("W/\"1\""));
}

#[tokio::test]
async fn bodies_are_read_as_far_as_they_are_wanted() {
    let server = Server::start("127.0.0.2", |head| match head.split(' ').nth(1).unwrap() {
        "/image" => say("200 OK\nContent-Type: image/png", "PNG"),
        "/chunked" => raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p \r\n2\r\n/>\r\n0\r\n\r\n"),
        "/old" => raw("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>until the end"),
        "/short" => raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n<p>cut"),
        "/broken" => raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\nzz\r\n"),
        "/early" => raw("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1\r\n\r\nx"),
        _ => say("200 OK\nContent-Type: text/html", "<p id=x>"),
    })
    .await;
    let prober = prober(&server);
    let body = async |path: &str| text(&prober, at(&server, path)).await.unwrap().body;
    let whole = |text: &str| Some(Body { text: text.into(), truncated: false });
    let cut = |text: &str| Some(Body { text: text.into(), truncated: true });
    assert_eq!(body("/").await, whole("<p id=x>"));
    assert_eq!(body("/image").await, None);
    assert_eq!(body("/chunked").await, whole("<p />"));
    assert_eq!(body("/old").await, whole("<p>until the end"));
    assert_eq!(body("/short").await, cut("<p>cut"));
    assert_eq!(body("/broken").await, cut("<p>"));
    assert_eq!(body("/early").await, whole("x"));
    let few = prober.ask(Ask::get(at(&server, "/"), Want::Text(4))).await.unwrap().body;
    assert_eq!(few, cut("<p i"));
    assert_eq!(prober.ask(Ask::get(at(&server, "/"), Want::Nothing)).await.unwrap().body, None);
    assert_eq!(head(&prober, at(&server, "/")).await.unwrap().body, None);
}

#[tokio::test]
async fn what_the_gate_refuses_is_not_sent() {
    let server = Server::start("127.0.0.2", |_| say("200 OK", "")).await;
    let prober = prober(&server);
    let port = server.address.port();
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://x.internal:{port}/"),
        "http://site.museum:1/".into(),
        "ftp://site.museum/".into(),
        "file:///etc/passwd".into(),
    ] {
        let answer = head(&prober, Url::parse(&url).unwrap()).await;
        assert!(matches!(answer, Err(Failure::Unsafe(_))), "{url}: {answer:?}");
    }
    let long = at(&server, &format!("/{}", "x".repeat(1 << 20)));
    assert_eq!(head(&prober, long).await.unwrap_err(), Failure::Unsafe(Refusal::TooLong));
    assert_eq!(server.connections(), 0);
}
