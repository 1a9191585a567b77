//! Names that lie, change their minds, or do not exist.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use postlint::network::answer::{Failure, Phase, Refusal};
use postlint::network::prober::HttpProber;
use postlint::network::resolver::{Resolver as _, System};

use super::server::{Server, say};
use super::world::{HASTY, Names, PATIENT, at, head, setup};

/// A server outside, one inside that must never be reached, and a prober that resolves by the table.
async fn world(names: &Arc<Names>, total: Duration) -> (Server, Server, HttpProber) {
    let outside = Server::start("127.0.0.2", |_| say("200 OK\nConnection: close", "")).await;
    let inside = Server::start("127.0.0.1", |_| say("200 OK", "")).await;
    let mut setup = setup(&[&outside, &inside], total);
    setup.resolver = names.clone();
    (outside, inside, HttpProber::new(setup))
}

#[tokio::test]
async fn inner_addresses_are_dropped_from_an_answer() {
    let names = Names::new([
        ("inner.museum", vec![Ok(vec!["127.0.0.1"])]),
        ("mapped.museum", vec![Ok(vec!["::ffff:127.0.0.1", "64:ff9b::7f00:1"])]),
        ("mixed.museum", vec![Ok(vec!["127.0.0.1", "10.0.0.1", "127.0.0.2", "fd00::1"])]),
        ("metadata.museum", vec![Ok(vec!["169.254.169.254"])]),
        ("empty.museum", vec![Ok(vec![])]),
    ]);
    let (outside, inside, prober) = world(&names, PATIENT).await;
    let ask = async |host: &str| {
        let mut url = at(&inside, "/");
        url.set_host(Some(host)).unwrap();
        head(&prober, url).await
    };
    for (host, kind) in [("inner.museum", "loopback"), ("mapped.museum", "loopback"), ("metadata.museum", "link-local")]
    {
        match ask(host).await.unwrap_err() {
            Failure::Unsafe(Refusal::Address { kind: told, .. }) => assert_eq!(told, kind, "{host}"),
            other => panic!("{host}: {other:?}"),
        }
    }
    assert!(matches!(ask("empty.museum").await.unwrap_err(), Failure::DnsTrouble(_)));
    // Of the mixed ones, only the public one is tried: at the inner server's port, nobody is there.
    assert_eq!(ask("mixed.museum").await.unwrap_err(), Failure::Refused);
    let mut url = at(&outside, "/");
    url.set_host(Some("mixed.museum")).unwrap();
    assert_eq!(head(&prober, url).await.unwrap().status, 200);
    assert_eq!(inside.connections(), 0);
}

#[tokio::test]
async fn rebinding_finds_no_gap() {
    let flip =
        || (0..50).map(|turn| Ok(vec![if turn % 2 == 0 { "127.0.0.2" } else { "127.0.0.1" }])).collect::<Vec<_>>();
    let names = Names::new([("flip.museum", flip())]);
    let outside = Server::start("127.0.0.2", |_| say("200 OK\nConnection: close", "")).await;
    // The same port, so that a second lookup would find somebody.
    let inside = tokio::net::TcpListener::bind(("127.0.0.1", outside.address.port())).await;
    let mut url = at(&outside, "/");
    url.set_host(Some("flip.museum")).unwrap();
    for _ in 0..20 {
        // Each time a new prober: nothing is remembered.
        let mut setup = setup(&[&outside], PATIENT);
        setup.resolver = names.clone();
        let answer = head(&HttpProber::new(setup), url.clone()).await;
        assert!(matches!(answer, Ok(_) | Err(Failure::Unsafe(_))), "{answer:?}");
    }
    assert_eq!(names.asked.load(Ordering::SeqCst), 20, "one lookup for one connection");
    assert_eq!(outside.connections(), 10);
    if let Ok(inside) = inside {
        let knocked = tokio::time::timeout(Duration::from_millis(50), inside.accept()).await;
        assert!(knocked.is_err(), "somebody knocked inside");
    }
}

#[tokio::test]
async fn a_name_is_looked_up_once_for_all_its_links() {
    let names = Names::new([]);
    let (outside, _, prober) = world(&names, PATIENT).await;
    let all: Vec<_> = (0..20).map(|number| head(&prober, at(&outside, &format!("/{number}")))).collect();
    for answer in all {
        assert_eq!(answer.await.unwrap().status, 200);
    }
    assert_eq!(names.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn no_such_name_is_not_no_answer() {
    let trouble = || Failure::DnsTrouble("SERVFAIL".into());
    let names = Names::new([
        ("gone.museum", vec![Err(Failure::NoSuchHost)]),
        ("servfail.museum", vec![Err(trouble()), Ok(vec!["127.0.0.2"])]),
        ("offline.museum", vec![Err(Failure::NoNetwork)]),
    ]);
    let (outside, _, prober) = world(&names, PATIENT).await;
    let ask = async |host: &str| {
        let mut url = at(&outside, "/");
        url.set_host(Some(host)).unwrap();
        head(&prober, url).await
    };
    assert_eq!(ask("gone.museum").await.unwrap_err(), Failure::NoSuchHost);
    assert_eq!(ask("gone.museum").await.unwrap_err(), Failure::NoSuchHost);
    assert_eq!(names.asked.load(Ordering::SeqCst), 2, "a failure is not remembered");
    assert_eq!(ask("servfail.museum").await.unwrap_err(), trouble());
    assert_eq!(ask("servfail.museum").await.unwrap().status, 200);
    assert_eq!(ask("offline.museum").await.unwrap_err(), Failure::NoNetwork);
}

#[tokio::test]
async fn a_slow_lookup_is_given_up() {
    let (outside, _, prober) = world(&Names::slow(PATIENT), HASTY).await;
    assert_eq!(head(&prober, at(&outside, "/")).await.unwrap_err(), Failure::Timeout(Phase::Resolve));
    assert_eq!(outside.connections(), 0);
}

#[tokio::test]
async fn the_system_reads_its_own_names() {
    let found = System::new(true).resolve("localhost").await.unwrap();
    assert!(found.iter().all(std::net::IpAddr::is_loopback), "{found:?}");
}
