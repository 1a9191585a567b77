//! A small internet: names that a table resolves, and probers that may reach the servers of the test and nothing else.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use postlint::network::answer::{Answer, Ask, Failure, Prober as _, Want};
use postlint::network::gate::Gate;
use postlint::network::prober::{Deadlines, HttpProber, Setup};
use postlint::network::resolver::{Looking, Resolver};
use url::Url;

use super::server::Server;

/// Where servers may be: nothing else of 127.0.0.0/8 is.
pub const OUTSIDE: [&str; 3] = ["127.0.0.2", "127.0.0.3", "::1"];

/// What a name resolves to, at each time that it is asked; the last stays.
pub type Answers = Vec<Result<Vec<&'static str>, Failure>>;

/// Names by a table.
#[derive(Default)]
pub struct Names {
    table: Mutex<HashMap<&'static str, Answers>>,
    slow: Option<Duration>,
    pub asked: AtomicUsize,
}

impl Names {
    pub fn new(table: impl IntoIterator<Item = (&'static str, Answers)>) -> Arc<Self> {
        Arc::new(Self { table: Mutex::new(table.into_iter().collect()), ..Self::default() })
    }

    /// All names are that slow.
    pub fn slow(pause: Duration) -> Arc<Self> {
        Arc::new(Self { slow: Some(pause), ..Self::default() })
    }

    fn answer(&self, name: &str) -> Result<Vec<IpAddr>, Failure> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut table = self.table.lock().unwrap();
        let Some(answers) = table.get_mut(name) else { return Ok(vec!["127.0.0.2".parse().unwrap()]) };
        let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
        answer.map(|addresses| addresses.into_iter().map(|address| address.parse().unwrap()).collect())
    }
}

impl Resolver for Names {
    fn resolve<'a>(&'a self, name: &'a str) -> Looking<'a> {
        Box::pin(async move {
            if let Some(pause) = self.slow {
                tokio::time::sleep(pause).await;
            }
            self.answer(name)
        })
    }
}

/// Long enough for a busy machine, where nothing shall time out.
pub const PATIENT: Duration = Duration::from_secs(60);
/// Short, where something shall.
pub const HASTY: Duration = Duration::from_millis(400);

/// How probers of the tests are made; every name that no table knows is at 127.0.0.2.
pub fn setup(servers: &[&Server], total: Duration) -> Setup {
    let gate = Gate::default()
        .with_addresses(OUTSIDE.map(|address| address.parse::<IpAddr>().unwrap()))
        .with_ports(servers.iter().map(|server| server.address.port()));
    Setup { resolver: Names::new([]), ..Setup::new(gate, Deadlines::within(total)) }
}

/// A prober that is in no hurry.
pub fn prober(server: &Server) -> HttpProber {
    HttpProber::new(setup(&[server], PATIENT))
}

/// A prober that is.
pub fn hasty(server: &Server) -> HttpProber {
    HttpProber::new(setup(&[server], HASTY))
}

/// The URL of a path at that server, by the name `site.museum`.
pub fn at(server: &Server, path: &str) -> Url {
    Url::parse(&format!("http://site.museum:{}{path}", server.address.port())).unwrap()
}

/// The same with https.
pub fn secure(server: &Server, host: &str) -> Url {
    Url::parse(&format!("https://{host}:{}/", server.address.port())).unwrap()
}

pub async fn head(prober: &HttpProber, url: Url) -> Answer {
    prober.ask(Ask::head(url)).await
}

/// GET with text.
pub async fn text(prober: &HttpProber, url: Url) -> Answer {
    prober.ask(Ask::get(url, Want::Text(Want::MOST))).await
}
