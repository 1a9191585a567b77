//! Servers that are slow, broken or mean. Whatever they do, there is an answer in time, in bounded memory, and it does not say
//! that a page is gone.

use std::io::Write as _;
use std::time::{Duration, Instant};

use postlint::network::answer::{Answer, Failure, Phase, Want};

use super::server::{Server, Step, raw};
use super::world::{HASTY, at, hasty, head, prober, text};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

fn script(head: &str) -> Vec<Step> {
    let say = |text: &str| Step::Say(text.as_bytes().to_vec());
    let soon = Duration::from_millis(20);
    match head.split(' ').nth(1).unwrap() {
        "/never" => vec![Step::Hang],
        "/slow-head" => vec![Step::Drip(format!("{OK}X: {}\r\n\r\n", "x".repeat(1000)).into_bytes(), soon)],
        "/slow-body" => vec![say(OK), say("\r\n<p id=a>"), Step::Drip(vec![b'x'; 1000], soon)],
        "/endless-body" => vec![say(OK), say("\r\n"), Step::Endless(vec![b'x'; 16384])],
        "/endless-headers" => vec![say(OK), Step::Endless(b"X-More: and more\r\n".to_vec())],
        "/endless-header" => vec![say(OK), say("X: "), Step::Endless(vec![b'x'; 16384])],
        "/endless-status" => vec![say("HTTP/1.1 200 "), Step::Endless(vec![b'x'; 16384])],
        "/cookies" => {
            let cookies = "Set-Cookie: name=value; Path=/\r\n".repeat(10_000);
            raw(format!("{OK}{cookies}Content-Length: 0\r\n\r\n"))
        }
        "/endless-hints" => vec![Step::Endless(b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec())],
        "/reset" => vec![Step::Reset],
        "/reset-head" => vec![say("HTTP/1.1 200 O"), Step::Reset],
        "/reset-body" => vec![say(OK), say("Content-Length: 100\r\n\r\n<p>"), Step::Reset],
        "/close" => vec![],
        "/close-head" => vec![say("HTTP/1.1 200 OK\r\nX")],
        "/junk" => raw("\u{0}\u{1}SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        "/http09" => raw("<html>no head at all</html>\r\n\r\n"),
        "/no-status" => raw("HTTP/1.1 OK\r\n\r\n"),
        "/bad-length" => raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"),
        "/two-lengths" => raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n123456"),
        "/bad-header" => raw("HTTP/1.1 200 OK\r\nA b: c\r\n\r\n"),
        other => panic!("{other}"),
    }
}

async fn asked(path: &str, body: bool) -> Answer {
    let server = Server::start("127.0.0.2", script).await;
    let prober = hasty(&server);
    let began = Instant::now();
    let url = at(&server, path);
    let answer = if body { text(&prober, url).await } else { head(&prober, url).await };
    assert!(began.elapsed() < HASTY + Duration::from_secs(2), "{path}: {:?}", began.elapsed());
    answer
}

#[tokio::test]
async fn too_slow() {
    for path in ["/never", "/slow-head"] {
        assert_eq!(asked(path, false).await.unwrap_err(), Failure::Timeout(Phase::Head), "{path}");
    }
    let response = asked("/slow-body", true).await.unwrap();
    let body = response.body.unwrap();
    assert!(body.truncated && body.text.starts_with("<p id=a>x"), "{body:?}");
    assert_eq!(asked("/slow-body", false).await.unwrap().status, 200, "the head is enough");
}

#[tokio::test]
async fn without_an_end() {
    let body = asked("/endless-body", true).await.unwrap().body.unwrap();
    assert!(body.truncated && body.text.len() <= Want::MOST, "{}", body.text.len());
    for path in ["/endless-headers", "/endless-header", "/endless-status", "/cookies", "/endless-hints"] {
        let failure = asked(path, false).await.unwrap_err();
        let fine = matches!(failure, Failure::TooLarge(_) | Failure::Timeout(Phase::Head) | Failure::Protocol(_));
        assert!(fine, "{path}: {failure:?}");
    }
}

#[tokio::test]
async fn closed_at_each_phase() {
    for path in ["/reset", "/reset-head", "/close", "/close-head"] {
        assert_eq!(asked(path, false).await.unwrap_err(), Failure::Closed(Phase::Head), "{path}");
    }
    let body = asked("/reset-body", true).await.unwrap().body.unwrap();
    assert!(body.truncated, "{body:?}");
}

#[tokio::test]
async fn not_http() {
    for path in ["/junk", "/http09", "/no-status", "/bad-length", "/two-lengths", "/bad-header"] {
        let failure = asked(path, true).await.unwrap_err();
        assert!(matches!(failure, Failure::Protocol(_)), "{path}: {failure:?}");
    }
}

#[tokio::test]
async fn nobody_listens() {
    let server = Server::start("127.0.0.2", script).await;
    let mut url = at(&server, "/");
    url.set_host(Some("127.0.0.3")).unwrap();
    assert_eq!(head(&prober(&server), url).await.unwrap_err(), Failure::Refused);
}

/// 300 MB of zeros, brotli, as the encoder of its authors writes it.
const BROTLI_BOMB: &[u8] = include_bytes!("bomb.br");

#[tokio::test]
async fn bombs_do_not_go_off() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..300 {
        packer.write_all(&vec![b'x'; 1 << 20]).unwrap();
    }
    let once = packer.finish().unwrap();
    let mut again = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    again.write_all(&once).unwrap();
    let twice = again.finish().unwrap();
    let answer = move |head: &str| {
        let (encoding, body) = match head.split(' ').nth(1).unwrap() {
            "/gzip" => ("gzip", once.clone()),
            "/nested" => ("gzip, gzip", twice.clone()),
            "/br" => ("br", BROTLI_BOMB.to_vec()),
            // A window of 8 MiB and 128 KiB of one letter again and again; the same with a window of 16 MiB.
            "/zstd" => ("zstd", [b"\x28\xb5\x2f\xfd\x00\x68".to_vec(), b"\x02\x00\x10x".repeat(2400)].concat()),
            "/window" => ("zstd", [b"\x28\xb5\x2f\xfd\x00\x70".to_vec(), b"\x02\x00\x10x".repeat(2400)].concat()),
            // Not asked for, so it is not unpacked whatever is in it.
            "/compress" => ("compress", b"\x1f\x9d\xff\xff\xff\xff".repeat(1000)),
            other => panic!("{other}"),
        };
        let head = format!("{OK}Content-Encoding: {encoding}\r\nContent-Length: {}\r\n\r\n", body.len());
        vec![Step::Say(head.into_bytes()), Step::Say(body)]
    };
    let server = Server::start("127.0.0.2", answer).await;
    let prober = prober(&server);
    for path in ["/gzip", "/br", "/zstd"] {
        let body = text(&prober, at(&server, path)).await.unwrap().body.unwrap();
        assert_eq!((body.text.len(), body.truncated), (Want::MOST, true), "{path}");
    }
    for path in ["/nested", "/window", "/compress"] {
        let response = text(&prober, at(&server, path)).await.unwrap();
        assert_eq!((response.status, response.body), (200, None), "{path}");
    }
}
