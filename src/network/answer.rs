//! The words that pass through the door: one request, and what came of it.
//!
//! Plain data, so that the scheduler, the judge and the examples of the network rules need no socket: they run on a
//! [`Prober`] that is handed its answers.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;
use url::Url;

use super::headers::{Headers, Validators};

/// What asks servers. The real one owns the sockets; that of the tests owns a table.
pub trait Prober: Send + Sync {
    /// Sends one request and brings what came of it. Redirects are answers, not instructions. Never takes longer than
    /// the deadlines that the prober was made with; dropping the future ends the request.
    fn ask(&self, ask: Ask) -> Pending<'_>;

    /// Whether names of the public internet can be looked up from here: asked when nothing at all has been heard, because
    /// then either this machine has no network, or the few that were asked have a bad day. Takes a few seconds at most.
    fn knows_names(&self) -> Knowing<'_> {
        Box::pin(std::future::ready(false))
    }
}

/// An answer about this machine that is on its way.
pub type Knowing<'a> = Pin<Box<dyn Future<Output = bool> + Send + 'a>>;

/// An answer that is on its way.
pub type Pending<'a> = Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;

/// What came of a request: a response with whatever status, or the reason why there is none.
pub type Answer = Result<Response, Failure>;

/// One request to one URL.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Whom and what. The fragment is not sent, nor are a user and a password that stand in it.
    pub url: Url,
    /// How.
    pub method: Method,
    /// How much of the body is wanted.
    pub body: Want,
    /// `Accept`, where the host is known to need a certain one; else what a browser sends.
    pub accept: Option<String>,
    /// What an earlier answer was marked with: if nothing changed, the server says 304.
    pub validators: Validators,
    /// A redirect led here: credentials are not sent, whatever the origin.
    pub redirected: bool,
}

impl Ask {
    /// The status and the headers of `url`, by HEAD.
    #[must_use]
    pub fn head(url: Url) -> Self {
        Self {
            url,
            method: Method::Head,
            body: Want::Nothing,
            accept: None,
            validators: Validators::default(),
            redirected: false,
        }
    }

    /// The status and the headers of `url`, by GET, where HEAD is refused or not believed; of the body as much as
    /// `body` says. Where that is [`Want::Nothing`], the server is asked for the first kilobytes only (`Range`): 206 and
    /// 416 are as good as 200 then.
    #[must_use]
    pub fn get(url: Url, body: Want) -> Self {
        Self { method: Method::Get, body, ..Self::head(url) }
    }
}

/// The two ways to ask; both leave the server as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// Headers only.
    Head,
    /// Headers and body.
    Get,
}

/// How much of a body is wanted. What is not wanted is not read: the connection is closed or reset instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Nothing of it.
    Nothing,
    /// The text, if it is one (`text/*`, JSON, XML), up to so many bytes after decompression; at most
    /// [`Want::MOST`].
    Text(usize),
}

impl Want {
    /// The most that is kept of any body, in bytes after decompression.
    pub const MOST: usize = 2 << 20;
}

/// What a server answered.
#[derive(Debug, Clone, Default)]
pub struct Response {
    /// The status, as it came: 999 too.
    pub status: u16,
    /// The version that was spoken.
    pub version: Version,
    /// The headers, limited in number and length. Of cookies only the names.
    pub headers: Headers,
    /// The text, if [`Want::Text`] was asked for and there was one.
    pub body: Option<Body>,
    /// From the first packet until this answer stood.
    pub took: Duration,
    /// What a long body holds until it is dropped.
    pub room: Room,
}

/// A place among the few long bodies that are kept at a time: memory stays small however many servers send all they have.
#[derive(Debug, Clone, Default)]
pub struct Room(Option<Arc<OwnedSemaphorePermit>>);

impl Room {
    /// A place that was waited for.
    #[must_use]
    pub fn taken(permit: OwnedSemaphorePermit) -> Self {
        Room(Some(Arc::new(permit)))
    }

    /// True when a place is held.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.0.is_some()
    }
}

/// The text of a response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// Decompressed and decoded; what is not UTF-8 is replaced.
    pub text: String,
    /// There was more.
    pub truncated: bool,
}

/// The version of HTTP.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Version {
    /// HTTP/1.0
    Http10,
    /// HTTP/1.1
    #[default]
    Http11,
    /// HTTP/2
    Http2,
}

/// Why there is no response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The name's own zone says that there is no such name. Asked twice.
    #[error("no such host")]
    NoSuchHost,
    /// The name could not be resolved now (SERVFAIL, no answer, a broken chain): says nothing about the name.
    #[error("the name could not be resolved: {0}")]
    DnsTrouble(String),
    /// The machine is there, nobody listens at the port.
    #[error("connection refused")]
    Refused,
    /// No way to the machine: a router said so.
    #[error("host unreachable")]
    Unreachable,
    /// Too slow.
    #[error("no answer in time ({0})")]
    Timeout(Phase),
    /// The connection was reset or closed before an answer stood.
    #[error("the connection was closed ({0})")]
    Closed(Phase),
    /// No trust.
    #[error("{0}")]
    Tls(TlsFault),
    /// The gate did not let it through: nothing was sent.
    #[error("{0}")]
    Unsafe(Refusal),
    /// More than the limits allow: headers, or a body that was needed whole.
    #[error("the answer is too large: {0}")]
    TooLarge(&'static str),
    /// What came is not HTTP.
    #[error("not a valid HTTP answer: {0}")]
    Protocol(String),
    /// This machine has no network, or none that leads there (IPv6): says nothing about any URL.
    #[error("no network")]
    NoNetwork,
}

/// How far a request had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Looking up the name.
    Resolve,
    /// TCP and TLS.
    Connect,
    /// The request is sent, no complete head of an answer is here.
    Head,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Resolve => "while resolving the name",
            Self::Connect => "while connecting",
            Self::Head => "before the answer",
        })
    }
}

/// What is wrong with a server's certificate or its TLS.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlsFault {
    /// Was valid once.
    #[error("the certificate has expired")]
    Expired,
    /// Will be valid (or a clock is wrong).
    #[error("the certificate is not valid yet")]
    NotYetValid,
    /// Is somebody else's.
    #[error("the certificate is for another host")]
    WrongHost,
    /// Nobody we know vouches for it; self-signed ones too.
    #[error("the certificate's issuer is unknown")]
    UnknownIssuer,
    /// Taken back by its issuer.
    #[error("the certificate was revoked")]
    Revoked,
    /// No common version, an alert, not TLS at all.
    #[error("no TLS connection: {0}")]
    Other(String),
}

/// Why the gate refuses a URL or an address. Reader-facing: `it …`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Neither http nor https.
    #[error("only http and https are asked")]
    Scheme,
    /// A port of some other service.
    #[error("port {0} is not one of the web")]
    Port(u16),
    /// A name that only means something inside a network: `localhost`, `intranet`, `x.internal`.
    #[error("`{0}` is a name of private networks")]
    Name(String),
    /// A name that stands for others in examples, and that nobody can have.
    #[error("`{0}` is a name that is kept for examples")]
    Example(String),
    /// Longer than what servers read.
    #[error("no server reads an address that is so long")]
    TooLong,
    /// No host at all.
    #[error("it names no host")]
    NoHost,
    /// An address that is not of the public internet; which block, and of what use.
    #[error("{address} is not a public address ({kind})")]
    Address {
        /// The address, as it was written or resolved.
        address: std::net::IpAddr,
        /// `loopback`, `private`, `link-local`, `cloud metadata` …
        kind: &'static str,
    },
}

impl Response {
    /// A response with a status and nothing else: what tests begin with.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push(name, value);
        self
    }

    /// The same with a text.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.body = Some(Body { text: text.to_owned(), truncated: false });
        self
    }
}
