//! The door itself: one [`Ask`] is one request over a socket.
//!
//! What the library would do of its own accord is switched off: it follows no redirect, uses no proxy of the environment,
//! keeps no cookie, repeats nothing, resolves nothing behind the gate's back, and unpacks no body. Every answer has
//! a deadline and a size.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, RANGE,
};
use reqwest::redirect::Policy;
use tokio::sync::Semaphore;

use super::answer::{
    Answer, Ask, Failure, Knowing, Method, Pending, Phase, Prober, Refusal, Response, Room, Version, Want,
};
use super::credentials::Credentials;
use super::decode;
use super::failure;
use super::gate::Gate;
use super::headers::Headers;
use super::resolver::{Gated, Resolver, System};

/// Who asks; a host that minds can tell us so, or refuse us by name.
pub const USER_AGENT: &str =
    concat!("postlint/", env!("CARGO_PKG_VERSION"), " (+https://github.com/postlint/postlint)");

/// What is asked for where nothing else is said.
const ACCEPTED: &str = "text/html,application/xhtml+xml,*/*;q=0.8";
/// The first bytes that a GET asks for whose body nobody wants, and how much of what comes is read to keep the connection.
const RANGE_OF_NOTHING: (&str, usize) = ("bytes=0-1023", 8 << 10);
/// A body that is longer waits for a place among so many; a packed one, too, since nobody knows how long it is.
const LONG_BODIES: (usize, usize) = (64 << 10, 8);
/// So much of headers, and no more: HTTP/1 in number (each is limited by the library's buffer), HTTP/2 in bytes.
const MOST_HEADERS: (usize, u32) = (128, 64 << 10);
/// A connection waits so long for its next request. Short: hundreds of hosts are asked at a time, and each of their
/// connections is an open file, of which some systems grant 256.
const IDLE: Duration = Duration::from_millis(1500);
/// The `http` crate takes no more.
const LONGEST_URL: usize = 60_000;

/// How long one request may take.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    /// For looking up the name.
    pub resolve: Duration,
    /// For the connection, with the lookup.
    pub connect: Duration,
    /// For the head of the answer, with everything before.
    pub head: Duration,
    /// For everything.
    pub total: Duration,
}

impl Deadlines {
    /// Deadlines that sum up to `total`.
    #[must_use]
    pub fn within(total: Duration) -> Self {
        Self { resolve: total / 4, connect: total / 2, head: total * 3 / 4, total }
    }
}

/// How a prober is made.
#[derive(Clone)]
pub struct Setup {
    /// Whom it may ask.
    pub gate: Gate,
    /// How long that may take.
    pub deadlines: Deadlines,
    /// Who finds the addresses.
    pub resolver: Arc<dyn Resolver>,
    /// Certificates (DER) of the only authorities to trust; none: those of the system.
    pub roots: Vec<Vec<u8>>,
    /// Secrets, each for one origin.
    pub credentials: Credentials,
}

impl Setup {
    /// The system's resolver and certificates.
    #[must_use]
    pub fn new(gate: Gate, deadlines: Deadlines) -> Self {
        Self {
            resolver: Arc::new(System::new(gate.is_private())),
            gate,
            deadlines,
            roots: Vec::new(),
            credentials: Credentials::default(),
        }
    }
}

/// Asks servers over HTTP/1 and HTTP/2.
pub struct HttpProber {
    setup: Setup,
    /// Made with the first request: reading the system's certificates takes longer than many a whole run.
    client: OnceLock<Result<reqwest::Client, String>>,
    rooms: Arc<Semaphore>,
}

impl HttpProber {
    /// Opens nothing and reads nothing yet.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        Self { setup, client: OnceLock::new(), rooms: Arc::new(Semaphore::new(LONG_BODIES.1)) }
    }

    /// What kept the client from being made, if that is so: every request is [`Failure::NoNetwork`] then.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.client.get()?.as_ref().err().map(String::as_str)
    }

    fn client(&self) -> Result<&reqwest::Client, Failure> {
        let client = self.client.get_or_init(|| client(&self.setup).map_err(|error| error.to_string()));
        client.as_ref().map_err(|_| Failure::NoNetwork)
    }

    async fn send(&self, ask: &Ask) -> Answer {
        self.setup.gate.url(&ask.url).map_err(Failure::Unsafe)?;
        if ask.url.as_str().len() > LONGEST_URL {
            return Err(Failure::Unsafe(Refusal::TooLong));
        }
        let client = self.client()?;
        let began = Instant::now();
        let head = tokio::time::timeout(self.setup.deadlines.head, self.head(client, ask)).await;
        let mut came = head.map_err(|_| Failure::Timeout(Phase::Head))??;
        let mut response = Response {
            status: came.status().as_u16(),
            version: version(came.version()),
            headers: headers(came.headers()),
            body: None,
            took: Duration::ZERO,
            room: Room::default(),
        };
        let most = match ask.body {
            Want::Text(most) if decode::is_text(&response.headers) => Some(most.min(Want::MOST)),
            _ => None,
        };
        if ask.method == Method::Get {
            let left = self.setup.deadlines.total.saturating_sub(began.elapsed());
            let (raw, cut) = read(&mut came, most, left, &self.rooms, &mut response.room).await;
            if most.is_some_and(|most| most > LONG_BODIES.0)
                && decode::is_packed(&response.headers)
                && !response.room.is_taken()
                && let Ok(permit) = Arc::clone(&self.rooms).acquire_owned().await
            {
                response.room = Room::taken(permit);
            }
            response.body = most.and_then(|most| decode::body(&response.headers, &raw, cut, most));
        }
        response.took = began.elapsed();
        Ok(response)
    }

    async fn head(&self, client: &reqwest::Client, ask: &Ask) -> Result<reqwest::Response, Failure> {
        let request = self.request(ask)?;
        loop {
            let again = request.try_clone().ok_or_else(|| Failure::Protocol(String::new()))?;
            match client.execute(again).await {
                Ok(response) => return Ok(response),
                Err(error) if failure::out_of_files(&error) => tokio::time::sleep(Duration::from_millis(50)).await,
                Err(error) => return Err(failure::of(&error)),
            }
        }
    }

    fn request(&self, ask: &Ask) -> Result<reqwest::Request, Failure> {
        let mut url = ask.url.clone();
        url.set_fragment(None);
        // Fails for URLs that can have neither; the gate let none of them through.
        let _ = url.set_username("").and_then(|()| url.set_password(None));
        let method = match ask.method {
            Method::Head => reqwest::Method::HEAD,
            Method::Get => reqwest::Method::GET,
        };
        let mut request = reqwest::Request::new(method, url);
        let headers = request.headers_mut();
        let mut set = |name: HeaderName, value: Option<&str>| {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
                headers.insert(name, value);
            }
        };
        set(ACCEPT, Some(ask.accept.as_deref().unwrap_or(ACCEPTED)));
        set(IF_NONE_MATCH, ask.validators.etag.as_deref());
        set(IF_MODIFIED_SINCE, ask.validators.last_modified.as_deref());
        match (ask.method, ask.body) {
            (Method::Get, Want::Text(_)) => set(ACCEPT_ENCODING, Some(decode::ACCEPTED)),
            (Method::Get, Want::Nothing) => set(RANGE, Some(RANGE_OF_NOTHING.0)),
            (Method::Head, _) => {}
        }
        headers.remove(AUTHORIZATION);
        for (name, value) in self.setup.credentials.of(ask) {
            headers.insert(name.clone(), value.clone());
        }
        Ok(request)
    }
}

impl Prober for HttpProber {
    fn ask(&self, ask: Ask) -> Pending<'_> {
        Box::pin(async move { self.send(&ask).await })
    }

    fn knows_names(&self) -> Knowing<'_> {
        Box::pin(async move {
            let known = self.setup.resolver.knows_names();
            tokio::time::timeout(self.setup.deadlines.resolve, known).await.unwrap_or(false)
        })
    }
}

fn client(setup: &Setup) -> reqwest::Result<reqwest::Client> {
    // Fails if one is installed: then that one is used.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .dns_resolver(Gated::new(Arc::clone(&setup.resolver), setup.gate.clone(), setup.deadlines.resolve))
        .connect_timeout(setup.deadlines.connect)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(2)
        .http1_max_headers(MOST_HEADERS.0)
        .http2_max_header_list_size(MOST_HEADERS.1);
    if !setup.roots.is_empty() {
        let roots: reqwest::Result<Vec<_>> =
            setup.roots.iter().map(|der| reqwest::Certificate::from_der(der)).collect();
        builder = builder.tls_certs_only(roots?);
    }
    builder.build()
}

/// What came of the body: as much as is wanted, or as the time allows; and whether there was more. Where nothing is wanted, what
/// a ranged request brings is read nevertheless, so that the connection can be used again.
async fn read(
    response: &mut reqwest::Response,
    most: Option<usize>,
    time: Duration,
    rooms: &Arc<Semaphore>,
    room: &mut Room,
) -> (Vec<u8>, bool) {
    let mut raw = Vec::new();
    let cap = most.unwrap_or(RANGE_OF_NOTHING.1);
    if most.is_none() && response.content_length().is_none_or(|length| length > cap as u64) {
        return (raw, true);
    }
    let all = async {
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    let left = cap - raw.len();
                    raw.extend_from_slice(chunk.get(..left).unwrap_or(&chunk));
                    if chunk.len() > left {
                        return true;
                    }
                    if raw.len() > LONG_BODIES.0
                        && !room.is_taken()
                        && let Ok(permit) = Arc::clone(rooms).acquire_owned().await
                    {
                        *room = Room::taken(permit);
                    }
                }
                Ok(None) => return false,
                // Broken off: what came before stands.
                Err(_) => return true,
            }
        }
    };
    let cut = tokio::time::timeout(time, all).await.unwrap_or(true);
    (raw, cut)
}

fn version(version: reqwest::Version) -> Version {
    match version {
        reqwest::Version::HTTP_09 | reqwest::Version::HTTP_10 => Version::Http10,
        reqwest::Version::HTTP_2 => Version::Http2,
        _ => Version::Http11,
    }
}

/// Bytes that are not UTF-8 are what their writers of old meant: one character each.
fn headers(map: &HeaderMap) -> Headers {
    let mut headers = Headers::default();
    for (name, value) in map {
        match std::str::from_utf8(value.as_bytes()) {
            Ok(value) => headers.push(name.as_str(), value),
            Err(_) => {
                headers.push(name.as_str(), &value.as_bytes().iter().map(|&byte| char::from(byte)).collect::<String>())
            }
        }
    }
    headers
}
