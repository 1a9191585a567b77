//! A public server that sends on to an inner one, in every way that redirects can be written. The inner one never sees a
//! connection, though its port is allowed, and no secret follows a redirect.

use std::sync::Arc;

use postlint::network::answer::Prober;
use postlint::network::credentials::Credentials;
use postlint::network::headers::Validators;
use postlint::network::judge::Task;
use postlint::network::prober::HttpProber;
use postlint::network::runner::{Nobody, Settings, drive};
use postlint::network::scheduler::Limits;
use postlint::network::verdict::{Trouble, Verdict};
use url::Url;

use super::authority::{Authority, VALID};
use super::server::{Server, Step, raw, say};
use super::world::{Names, PATIENT, at, secure, setup};

/// `{q}` is the inner server's port, `{p}` the outer one's.
const LOCATIONS: &str = "
http://127.0.0.1:{q}/
http://127.0.0.1:{q}/latest/meta-data/
//127.0.0.1:{q}/
///127.0.0.1:{q}/
/\\127.0.0.1:{q}/
\\\\127.0.0.1:{q}/
http:/127.0.0.1:{q}/
http:127.0.0.1:{q}/
http:\\\\127.0.0.1:{q}/
HTTP://127.0.0.1:{q}/
http://2130706433:{q}/
http://0x7f.1:{q}/
http://0177.0.0.1:{q}/
http://127.1:{q}/
http://①②⑦.0.0.1:{q}/
http://127.0.0.1.:{q}/
http://0.0.0.0:{q}/
http://[::1]:{q}/
http://[::ffff:127.0.0.1]:{q}/
http://[::ffff:7f00:1]:{q}/
http://[64:ff9b::7f00:1]:{q}/
http://[2002:7f00:1::]:{q}/
http://localhost:{q}/
http://LOCALHOST.:{q}/
http://a.localhost:{q}/
http://inner:{q}/
http://inner.museum:{q}/
http://inner.museum.:{q}/
http://mixed.museum:{q}/
http://x.internal:{q}/
http://user:pass@127.0.0.1:{q}/
http://site.museum:{p}@127.0.0.1:{q}/
http://127.0.0.1:{q}/#@site.museum
https://127.0.0.1:{q}/
http://169.254.169.254/latest/meta-data/
/hop?http://127.0.0.1:{q}/
http://site.museum:{p}/hop?//inner.museum:{q}/
file:///etc/passwd
gopher://127.0.0.1:{q}/_x
ftp://127.0.0.1:{q}/
javascript:location='http://127.0.0.1:{q}/'
data:text/html,x
ws://127.0.0.1:{q}/
";

fn task(url: Url) -> Task {
    Task { url, fragments: Default::default(), look: false, validators: Validators::default(), led_to: None }
}

async fn verdicts(prober: HttpProber, urls: &[Url]) -> Vec<Verdict> {
    let limits = Limits { retry: std::time::Duration::from_millis(10), ..Limits::default() };
    let settings = Settings { limits, seed: 1, start: "2024-01-01T00:00:00Z".parse().unwrap(), robots: false };
    let prober: Arc<dyn Prober> = Arc::new(prober);
    let results = drive(urls.iter().cloned().map(task).collect(), prober, settings, &mut Nobody).await;
    results.into_iter().map(|result| result.unwrap().verdict).collect()
}

#[tokio::test]
async fn no_redirect_leads_inside() {
    let inner = Server::start("127.0.0.1", |_| say("200 OK\nContent-Type: text/html", "<title>secret</title>")).await;
    let inner6 = Server::start("::1", |_| say("200 OK", "")).await;
    let q = inner.address.port();
    let outer = Server::start("127.0.0.2", move |head| {
        let path = head.split(' ').nth(1).unwrap();
        let fill = |text: &str| text.replace("{q}", &q.to_string());
        if let Some((_, location)) = path.split_once("/hop?") {
            return say(&format!("302 Found\nLocation: {location}"), "");
        }
        let other = match path {
            "/refresh" => "200 OK\nRefresh: 0; url=http://127.0.0.1:{q}/",
            "/alternative" => "200 OK\nAlt-Svc: h2=\"127.0.0.1:{q}\", clear",
            "/preload" => "200 OK\nLink: <http://127.0.0.1:{q}/>; rel=preload",
            "/use-proxy" => "305 Use Proxy\nLocation: http://127.0.0.1:{q}/",
            "/choices" => "300 Choices\nLocation: http://127.0.0.1:{q}/",
            "/unchanged" => "304 Not Modified\nLocation: http://127.0.0.1:{q}/",
            "/created" => "201 Created\nLocation: http://127.0.0.1:{q}/",
            "/twice" => "302 Found\nLocation: http://127.0.0.1:{q}/\nLocation: http://127.0.0.1:{q}/x",
            "/hints" => {
                let hints = "HTTP/1.1 103 Early Hints\r\nLink: <http://127.0.0.1:{q}/>; rel=preload\r\n\r\n";
                return raw(fill(&format!("{hints}HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));
            }
            "/meta" => {
                let page =
                    "<meta http-equiv=refresh content='0; url=http://127.0.0.1:{q}/'><img src=http://127.0.0.1:{q}/x>";
                return say("200 OK\nContent-Type: text/html", fill(page));
            }
            _ => "",
        };
        if !other.is_empty() {
            return say(&fill(other), "");
        }
        // `/status/number of the location`
        let mut parts = path.trim_start_matches('/').split('/');
        let status = parts.next().unwrap().to_owned();
        let number = parts.next().and_then(|number| number.parse().ok());
        let Some(location) = number.and_then(|number| LOCATIONS.trim().lines().nth(number)) else {
            return say("404 Not Found", "");
        };
        let port = head.split("site.museum:").nth(1).and_then(|rest| rest.split("\r\n").next()).unwrap();
        let head = format!(
            "HTTP/1.1 {status} Found\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n",
            fill(location).replace("{p}", port)
        );
        vec![Step::Say(head.into_bytes()), Step::Again]
    })
    .await;
    let mut setup = setup(&[&outer, &inner, &inner6], PATIENT);
    // 127.0.0.1 and ::1 are inside; of all loopback addresses only the outer server's is opened.
    setup.gate = postlint::network::gate::Gate::default().with_addresses(["127.0.0.2".parse().unwrap()]).with_ports([
        outer.address.port(),
        q,
        inner6.address.port(),
    ]);
    setup.resolver = Names::new([
        ("site.museum", vec![Ok(vec!["127.0.0.2"])]),
        ("inner.museum", vec![Ok(vec!["127.0.0.1"])]),
        ("inner.museum.", vec![Ok(vec!["127.0.0.1", "::1"])]),
        ("mixed.museum", vec![Ok(vec!["127.0.0.1", "127.0.0.2", "::1"])]),
    ]);
    let forms = LOCATIONS.trim().lines().count();
    let mut urls: Vec<Url> = (0..forms)
        .flat_map(|number| [301, 302, 303, 307, 308].map(|status| format!("/{status}/{number}")))
        .map(|path| at(&outer, &path))
        .collect();
    let other =
        ["refresh", "alternative", "preload", "use-proxy", "choices", "unchanged", "created", "twice", "hints", "meta"];
    urls.extend(other.iter().map(|path| at(&outer, &format!("/{path}"))));
    let found = verdicts(HttpProber::new(setup), &urls).await;
    assert_eq!(inner.connections() + inner6.connections(), 0, "somebody came in");
    assert!(forms >= 30, "{forms}");
    for (number, verdict) in found.iter().take(forms * 5).enumerate() {
        let location = LOCATIONS.trim().lines().nth(number / 5).unwrap();
        // At the inner server's port, the outer address of a mixed answer has nobody.
        let fine = match location {
            _ if location.contains("mixed") => matches!(verdict, Verdict::Unreachable(_)),
            // Relative to a page of the same scheme: a path of the outer server, which has no such page.
            _ if ["http:/1", "http:1"].iter().any(|start| location.starts_with(start)) => {
                matches!(verdict, Verdict::Gone(_))
            }
            // Some spellings are no address to us, whatever a browser makes of them.
            _ => matches!(verdict, Verdict::Unsafe(_) | Verdict::Unreachable(Trouble::Redirects(_))),
        };
        assert!(fine, "{location}: {verdict:?}");
    }
}

#[tokio::test]
async fn no_secret_follows_a_redirect() {
    let authority = Authority::new();
    let theirs = Server::tls("127.0.0.3", authority.server("their.museum", VALID, &[]), |_| say("200 OK", "")).await;
    let target = theirs.address.port();
    let mine = Server::tls("127.0.0.2", authority.server("api.museum", VALID, &[]), move |head| {
        match head.split(' ').nth(1).unwrap() {
            "/back" => say("302 Found\nLocation: /here", ""),
            "/here" => say("200 OK", ""),
            _ => say(&format!("307 Found\nLocation: https://their.museum:{target}/x"), ""),
        }
    })
    .await;
    let mut setup = setup(&[&mine, &theirs], PATIENT);
    setup.roots = vec![authority.root()];
    setup.resolver = Names::new([("their.museum", vec![Ok(vec!["127.0.0.3"])])]);
    let origin = format!("https://api.museum:{}", mine.address.port());
    let mut credentials = Credentials::default();
    credentials.bind(&origin, "X-Api-Key", "", "KEY", |_| Some("canary".to_owned())).unwrap();
    setup.credentials = credentials;
    let urls = ["/back", "/away"].map(|path| secure(&mine, "api.museum").join(path).unwrap());
    verdicts(HttpProber::new(setup), &urls).await;
    assert!(theirs.connections() > 0);
    assert!(!theirs.heard().concat().contains("canary"), "{:?}", theirs.heard());
    for head in mine.heard() {
        assert_eq!(head.contains("canary"), !head.contains(" /here "), "{head}");
    }
}
