//! Trust: what is wrong with a certificate is told apart, secrets stay with their origin, HTTP/2 works.

use postlint::network::answer::{Answer, Ask, Failure, Phase, Prober as _, TlsFault, Version, Want};
use postlint::network::credentials::Credentials;
use postlint::network::prober::HttpProber;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::authority::{Authority, VALID, self_signed};
use super::server::{Server, Step, say};
use super::world::{HASTY, PATIENT, head, prober, secure, setup, text};

fn trusting(authority: &Authority, server: &Server) -> HttpProber {
    let mut setup = setup(&[server], PATIENT);
    setup.roots = vec![authority.root()];
    HttpProber::new(setup)
}

async fn asked(authority: &Authority, tls: TlsAcceptor) -> Answer {
    let server = Server::tls("127.0.0.2", tls, |_| say("200 OK", "")).await;
    head(&trusting(authority, &server), secure(&server, "site.museum")).await
}

#[tokio::test]
async fn faults_of_certificates_are_told_apart() {
    let (authority, other) = (Authority::new(), Authority::new());
    let fine = authority.server("site.museum", VALID, &[]);
    assert_eq!(asked(&authority, fine).await.unwrap().status, 200);
    assert_eq!(asked(&authority, authority.old_server("site.museum")).await.unwrap().status, 200);
    for (tls, fault) in [
        (authority.server("site.museum", (2020, 2021), &[]), TlsFault::Expired),
        (authority.server("site.museum", (2110, 2120), &[]), TlsFault::NotYetValid),
        (authority.server("other.museum", VALID, &[]), TlsFault::WrongHost),
        (authority.server("a.site.museum", VALID, &[]), TlsFault::WrongHost),
        (other.server("site.museum", VALID, &[]), TlsFault::UnknownIssuer),
        (self_signed("site.museum"), TlsFault::UnknownIssuer),
    ] {
        assert_eq!(asked(&authority, tls).await.unwrap_err(), Failure::Tls(fault));
    }
}

#[tokio::test]
async fn the_system_does_not_trust_our_authority() {
    let server =
        Server::tls("127.0.0.2", Authority::new().server("site.museum", VALID, &[]), |_| say("200 OK", "")).await;
    let prober = prober(&server);
    let failure = head(&prober, secure(&server, "site.museum")).await.unwrap_err();
    // A machine without certificates cannot say anything.
    let expected = if prober.trouble().is_some() { Failure::NoNetwork } else { Failure::Tls(TlsFault::UnknownIssuer) };
    assert_eq!(failure, expected);
    assert!(server.heard().is_empty());
}

#[tokio::test]
async fn not_tls_at_all() {
    let authority = Authority::new();
    let plain = Server::start("127.0.0.2", |_| say("200 OK", "")).await;
    // The greeting has no end of a head: the server waits, and so do we, for as long as we have.
    let mut hasty = setup(&[&plain], HASTY);
    hasty.roots = vec![authority.root()];
    let failure = head(&HttpProber::new(hasty), secure(&plain, "site.museum")).await.unwrap_err();
    assert!(matches!(failure, Failure::Timeout(Phase::Connect) | Failure::Tls(_)), "{failure:?}");

    let listener = TcpListener::bind("127.0.0.2:0").await.unwrap();
    let mut other = Server::start("127.0.0.2", |_| say("200 OK", "")).await;
    other.address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = stream.try_write(b"220 smtp.museum ESMTP\r\n");
            stream.set_zero_linger().unwrap();
        }
    });
    let failure = head(&trusting(&authority, &other), secure(&other, "site.museum")).await.unwrap_err();
    assert!(matches!(failure, Failure::Closed(Phase::Connect) | Failure::Tls(TlsFault::Other(_))), "{failure:?}");
}

#[tokio::test]
async fn http2() {
    let authority = Authority::new();
    let tls = authority.server("site.museum", VALID, &["h2", "http/1.1"]);
    let mut server = Server::start("127.0.0.2", |_| vec![Step::Hang]).await;
    let listener = TcpListener::bind("127.0.0.2:0").await.unwrap();
    server.address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let stream = tls.accept(stream).await.unwrap();
            tokio::spawn(speak_http2(stream));
        }
    });
    let prober = trusting(&authority, &server);
    let url = |path: &str| secure(&server, "site.museum").join(path).unwrap();
    let response = text(&prober, url("/page")).await.unwrap();
    assert_eq!((response.status, response.version), (200, Version::Http2));
    assert_eq!(response.body.unwrap().text, "<p id=x>");
    assert_eq!(head(&prober, url("/gone")).await.unwrap().status, 410);
    assert!(matches!(head(&prober, url("/refused")).await.unwrap_err(), Failure::Protocol(_)));
    let many = head(&prober, url("/cookies")).await.unwrap_err();
    assert!(matches!(many, Failure::Protocol(_) | Failure::TooLarge(_)), "{many:?}");
    let endless = prober.ask(Ask::get(url("/endless"), Want::Text(10_000))).await.unwrap().body.unwrap();
    assert_eq!((endless.text.len(), endless.truncated), (10_000, true));
}

async fn speak_http2<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static>(stream: S) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        let mut response = http::Response::new(());
        response.headers_mut().insert("content-type", "text/html".parse().unwrap());
        match request.uri().path() {
            "/page" => {
                let mut body = respond.send_response(response, false).unwrap();
                body.send_data("<p id=x>".into(), true).unwrap();
            }
            "/gone" => {
                *response.status_mut() = http::StatusCode::GONE;
                respond.send_response(response, true).unwrap();
            }
            "/refused" => respond.send_reset(h2::Reason::INTERNAL_ERROR),
            "/cookies" => {
                for number in 0..10_000 {
                    response.headers_mut().append("set-cookie", format!("c{number}=v").parse().unwrap());
                }
                let _ = respond.send_response(response, true);
            }
            _ => {
                let mut body = respond.send_response(response, false).unwrap();
                tokio::spawn(async move {
                    body.reserve_capacity(1 << 14);
                    while let Some(Ok(room)) = std::future::poll_fn(|context| body.poll_capacity(context)).await {
                        if body.send_data(vec![b'x'; room].into(), false).is_err() {
                            break;
                        }
                        body.reserve_capacity(1 << 14);
                    }
                });
            }
        }
    }
}

#[tokio::test]
async fn a_secret_goes_to_its_origin_only() {
    let authority = Authority::new();
    let mine = Server::tls("127.0.0.2", authority.server("api.museum", VALID, &[]), |_| say("200 OK", "")).await;
    let theirs = Server::tls("127.0.0.3", authority.server("api.museum", VALID, &[]), |_| say("200 OK", "")).await;
    let mut setup = setup(&[&mine, &theirs], PATIENT);
    setup.roots = vec![authority.root()];
    let mut credentials = Credentials::default();
    let origin = format!("https://api.museum:{}", mine.address.port());
    let secret = |_: &str| Some("canary".to_owned());
    credentials.bind(&origin, "Authorization", "Bearer ", "TOKEN", secret).unwrap();
    credentials.bind(&origin, "X-Api-Key", "", "KEY", secret).unwrap();
    setup.credentials = credentials;
    let prober = HttpProber::new(setup);

    head(&prober, secure(&mine, "api.museum")).await.unwrap();
    let heard = mine.heard();
    assert!(heard[0].contains("authorization: Bearer canary") && heard[0].contains("x-api-key: canary"), "{heard:?}");

    let again = Ask { redirected: true, ..Ask::head(secure(&mine, "api.museum")) };
    prober.ask(again).await.unwrap();
    let mut other = secure(&theirs, "api.museum");
    other.set_query(Some("https://api.museum"));
    // The same name at another port resolves to the same machine, where nobody is.
    assert_eq!(head(&prober, other.clone()).await.unwrap_err(), Failure::Refused);
    other.set_host(Some("127.0.0.3")).unwrap();
    let _ = head(&prober, other).await;
    let all = [mine.heard()[1..].concat(), theirs.heard().concat()].concat();
    assert!(!all.contains("canary"), "{all}");
}
