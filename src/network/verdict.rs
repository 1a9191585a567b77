//! What is concluded about a URL, with the evidence.
//!
//! More than dead or alive, because most of what servers say to a program is neither: a wall against robots, a limit, a
//! bad day. Only what the server itself says is called gone; what could not be judged is never called fine.

use std::time::Duration;

use url::Url;

use super::answer::{Failure, Refusal, TlsFault};

/// The conclusion about one URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It answers.
    Alive,
    /// It leads to another address that answers.
    Moved(Redirect),
    /// The server, or the zone of its name, says that there is no such thing; said twice.
    Gone(Gone),
    /// It answers, and not to us: neither fine nor dead.
    Blocked(Wall),
    /// It wants to be asked later than this run goes on; after how long, if it says.
    Throttled(Option<Duration>),
    /// Its answers contradict each other: the first and the last.
    Flaky(String, String),
    /// No usable answer, and the last reason.
    Unreachable(Trouble),
    /// It answers with something else than what was there.
    Hijacked(Trick),
    /// The gate let nothing through.
    Unsafe(Unsafe),
}

/// Where a URL leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The last address, which answers.
    pub to: Url,
    /// Every hop says that it is for ever (301, 308).
    pub permanent: bool,
    /// The status of the first hop.
    pub status: u16,
    /// It was said twice, in one run or on two days, and never otherwise.
    pub stable: bool,
}

/// Who says that it is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// The server, by 404 or 410.
    Status(u16),
    /// The name's own zone.
    NoSuchHost,
}

/// What stands between us and a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wall {
    /// A service against robots, by its name.
    Robots(String),
    /// The host is known to refuse checkers, or to lie to them: not asked, or not believed.
    Known(String),
    /// A login or a consent page.
    Login,
    /// A page that only sends those on who keep its cookies.
    Cookies,
    /// Another refusal (401, 403, 451, 999, 400 …).
    Status(u16),
}

/// Why there is no usable answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No answer in time.
    Timeout,
    /// Nobody listens, no route, or the connection broke off.
    Connection(String),
    /// The name could not be resolved just now.
    Dns,
    /// The certificate or the encryption.
    Tls(TlsFault),
    /// A fault of the server (5xx).
    Server(u16),
    /// Redirects that lead nowhere: in a circle, too many, unreadable.
    Redirects(&'static str),
    /// What came is no usable HTTP.
    Protocol,
    /// Nobody was reached at its host, so it was not asked.
    HostSilent,
    /// Its host lets others hang, so it was not asked.
    HostSlow,
    /// The robots.txt of its server, which may forbid it, could not be had; why.
    Rules(String),
}

/// What answers instead of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trick {
    /// A page of a registrar or of a seller of domains; how it is known.
    Parked(String),
    /// The same as for an address that nobody ever had.
    SoftNotFound,
    /// The home page of another site.
    OtherHome(String),
}

/// Why nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsafe {
    /// The gate's reason; at the address itself or at the one that it leads to.
    Gate(Refusal, Option<String>),
    /// It leads from https to http.
    Downgrade(String),
    /// It leads to something that is no web address.
    Scheme(String),
}

/// Why a URL has no verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unprobed {
    /// The budget was used up.
    Budget,
    /// Another shard asks it.
    OtherShard,
    /// The configuration says so.
    Ignored,
    /// There is no network.
    NoNetwork,
    /// Ctrl-C.
    Interrupted,
    /// Its server asks programs not to (robots.txt).
    Robots,
    /// It cannot be read as an address; links/malformed-url says so.
    NoUrl,
}

impl Verdict {
    /// The word for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Alive => "alive",
            Verdict::Moved(Redirect { permanent: true, .. }) => "moved-permanently",
            Verdict::Moved(_) => "moved",
            Verdict::Gone(_) => "gone",
            Verdict::Blocked(_) => "blocked",
            Verdict::Throttled(_) => "throttled",
            Verdict::Flaky(..) => "flaky",
            Verdict::Unreachable(_) => "unreachable",
            Verdict::Hijacked(_) => "hijacked",
            Verdict::Unsafe(_) => "unsafe",
        }
    }

    /// True when a reader arrives somewhere, as far as is known.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        matches!(self, Verdict::Alive | Verdict::Moved(_))
    }

    /// True when it could not be judged: neither fine nor at fault.
    #[must_use]
    pub fn is_unjudged(&self) -> bool {
        matches!(
            self,
            Verdict::Blocked(_)
                | Verdict::Throttled(_)
                | Verdict::Flaky(..)
                | Verdict::Unreachable(_)
                | Verdict::Unsafe(_)
        )
    }

    /// True for what, on enough distinct days, is an end.
    #[must_use]
    pub fn is_strike(&self) -> bool {
        match self {
            Verdict::Gone(_) => true,
            Verdict::Unreachable(trouble) => trouble.is_absence(),
            _ => false,
        }
    }

    /// The evidence, as it follows the URL in a message: `… says 404`.
    #[must_use]
    pub fn evidence(&self) -> String {
        match self {
            Verdict::Alive => "answers".to_owned(),
            Verdict::Moved(redirect) => format!("leads to `{}`", redirect.to),
            Verdict::Gone(Gone::NoSuchHost) => "has a host that does not exist".to_owned(),
            Verdict::Gone(Gone::Status(410)) => "is gone for good: its server says 410".to_owned(),
            Verdict::Gone(Gone::Status(status)) => format!("is gone: its server says {status}"),
            Verdict::Blocked(wall) => wall.words(),
            Verdict::Throttled(Some(time)) => format!("asks to come back in {}", words_of(*time)),
            Verdict::Throttled(None) => "asks to come back later, again and again".to_owned(),
            Verdict::Flaky(first, last) => format!("says {first}, then {last}"),
            Verdict::Unreachable(trouble) => trouble.words(),
            Verdict::Hijacked(trick) => trick.words(),
            Verdict::Unsafe(why) => why.words(),
        }
    }
}

impl Wall {
    fn words(&self) -> String {
        match self {
            Wall::Robots(who) => format!("is behind {who}, which turns programs away"),
            Wall::Known(why) => format!("cannot be judged by a program: {why}"),
            Wall::Login => "leads to a login or consent page".to_owned(),
            Wall::Cookies => "only lets those in who keep its cookies".to_owned(),
            Wall::Status(status) => format!("refuses to answer a program ({status})"),
        }
    }
}

impl Trouble {
    /// From a failure that is no verdict of another kind.
    #[must_use]
    pub fn of(failure: &Failure) -> Self {
        match failure {
            Failure::NoSuchHost | Failure::DnsTrouble(_) => Trouble::Dns,
            Failure::Timeout(_) => Trouble::Timeout,
            Failure::Tls(fault) => Trouble::Tls(fault.clone()),
            Failure::TooLarge(_) | Failure::Protocol(_) => Trouble::Protocol,
            Failure::Refused | Failure::Unreachable | Failure::Closed(_) | Failure::Unsafe(_) | Failure::NoNetwork => {
                Trouble::Connection(failure.to_string())
            }
        }
    }

    /// True for what a reader's browser would meet as well: nobody there, or a certificate that is no good. What another
    /// program may be able to read (a chain that a browser completes, an old encryption, a loop that a cookie ends), and
    /// what was not asked for its own sake, says nothing about that.
    #[must_use]
    pub fn is_absence(&self) -> bool {
        match self {
            Trouble::Timeout
            | Trouble::Connection(_)
            | Trouble::Dns
            | Trouble::Server(_)
            | Trouble::HostSilent
            | Trouble::Tls(TlsFault::Expired | TlsFault::NotYetValid | TlsFault::WrongHost | TlsFault::Revoked) => true,
            Trouble::Tls(TlsFault::UnknownIssuer | TlsFault::Other(_))
            | Trouble::Redirects(_)
            | Trouble::Protocol
            | Trouble::HostSlow
            | Trouble::Rules(_) => false,
        }
    }

    fn words(&self) -> String {
        match self {
            Trouble::Timeout => "did not answer in time".to_owned(),
            Trouble::Connection(what) => format!("could not be reached: {what}"),
            Trouble::Dns => "has a host whose name could not be resolved just now".to_owned(),
            Trouble::Tls(fault) => format!("has no safe connection: {fault}"),
            Trouble::Server(status) => format!("has a server that is out of order ({status})"),
            Trouble::Redirects(what) => format!("redirects {what}"),
            Trouble::Protocol => "does not answer in a way that can be read".to_owned(),
            Trouble::HostSilent => "was not asked: nobody could be reached at its host".to_owned(),
            Trouble::HostSlow => "was not asked: its host did not answer other requests in time".to_owned(),
            Trouble::Rules(why) => {
                format!("was not asked: its server's robots.txt, which may forbid that, could not be had ({why})")
            }
        }
    }
}

impl Trick {
    fn words(&self) -> String {
        match self {
            Trick::Parked(mark) => format!("shows a page that sells or parks the domain ({mark})"),
            Trick::SoftNotFound => {
                "answers as an address that nobody ever had does: it is probably gone, and its server does not say so"
                    .to_owned()
            }
            Trick::OtherHome(host) => {
                format!("leads to the home page of another site, `{host}`, as every address of its server does")
            }
        }
    }
}

impl Unsafe {
    fn words(&self) -> String {
        match self {
            Unsafe::Gate(refusal, None) => format!("was not asked: {refusal}"),
            Unsafe::Gate(refusal, Some(to)) => format!("leads to `{to}`, which was not asked: {refusal}"),
            Unsafe::Downgrade(to) => format!("leads from https back to `{to}`, which was not followed"),
            Unsafe::Scheme(to) => format!("leads to `{to}`, which is no web address"),
        }
    }
}

/// A duration in words: `90 s`, `15 min`, `2 h`.
fn words_of(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds < 120 => format!("{seconds} s"),
        seconds if seconds < 7200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3600),
    }
}
