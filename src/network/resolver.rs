//! Names to addresses, and the gate between the two.
//!
//! A name in a public zone can point at any address, and at another one a second later. So the gate judges the
//! addresses that the connection will be made to, here, at the one place where they become known: reqwest is given this
//! resolver, and nobody resolves the name a second time.

use crate::hash::Map;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use dns_lookup::{AddrInfoHints, LookupErrorKind, SockType};
use tokio::sync::{OnceCell, Semaphore};
use tokio::time::Instant;

use super::answer::{Failure, Knowing, Phase};
use super::gate::Gate;

/// Finds the addresses of a name. The real one asks the system; that of the tests has a table.
pub trait Resolver: Send + Sync {
    /// The addresses of `name`, never none. `Err` is one of [`Failure::NoSuchHost`], [`Failure::DnsTrouble`] and
    /// [`Failure::NoNetwork`].
    fn resolve<'a>(&'a self, name: &'a str) -> Looking<'a>;

    /// Whether one of the [`CONTROLS`] can be found.
    fn knows_names(&self) -> Knowing<'_> {
        Box::pin(async {
            let [one, other] = CONTROLS.map(|name| self.resolve(name));
            one.await.is_ok() || other.await.is_ok()
        })
    }
}

/// Names that IANA keeps for ever: who finds neither knows no name of the public internet.
pub const CONTROLS: [&str; 2] = ["example.com", "iana.org"];

/// Addresses that are on their way.
pub type Looking<'a> = Pin<Box<dyn Future<Output = Result<Vec<IpAddr>, Failure>> + Send + 'a>>;

/// The system's resolver, with its VPNs and its cache. It blocks, so it gets threads, a few at a time: a
/// lookup that was given up keeps its thread until the system gives up, too (leave the runtime by
/// `shutdown_background`).
#[derive(Debug)]
pub struct System {
    threads: Arc<Semaphore>,
    private: bool,
}

/// As many lookups as a small resolver at home still answers well.
const LOOKUPS_AT_ONCE: usize = 32;

impl System {
    /// With `private`, names mean what they mean to the other programs of this machine: its hosts file and its search list
    /// count. Without, a name is a whole name of the public DNS: no wildcard of a network behind it makes it exist.
    #[must_use]
    pub fn new(private: bool) -> Self {
        Self { threads: Arc::new(Semaphore::new(LOOKUPS_AT_ONCE)), private }
    }
}

impl Resolver for System {
    fn resolve<'a>(&'a self, name: &'a str) -> Looking<'a> {
        Box::pin(async move {
            let trouble = |_| Failure::DnsTrouble("the lookup was ended".to_owned());
            let thread =
                Arc::clone(&self.threads).acquire_owned().await.map_err(|_| Failure::DnsTrouble(String::new()))?;
            let name = format!("{}{}", name.trim_end_matches('.'), if self.private { "" } else { "." });
            let look = move || {
                let _thread = thread;
                // "No such host" will be told to a reader as a fact, so it is asked twice.
                match lookup(&name) {
                    Err(Failure::NoSuchHost) => lookup(&name),
                    other => other,
                }
            };
            tokio::task::spawn_blocking(look).await.map_err(trouble)?
        })
    }

    /// Past the queue, where lookups may stand that nobody answers, and both names at a time.
    fn knows_names(&self) -> Knowing<'_> {
        Box::pin(async {
            let looks = CONTROLS.map(|name| tokio::task::spawn_blocking(move || dns_lookup::lookup_host(name).is_ok()));
            let [one, other] = looks;
            one.await.unwrap_or(false) || other.await.unwrap_or(false)
        })
    }
}

fn lookup(name: &str) -> Result<Vec<IpAddr>, Failure> {
    let hints = AddrInfoHints { socktype: SockType::Stream.into(), ..AddrInfoHints::default() };
    let found = dns_lookup::getaddrinfo(Some(name), None, Some(hints));
    match found {
        Ok(found) => {
            let mut addresses = Vec::new();
            for info in found.flatten() {
                if !addresses.contains(&info.sockaddr.ip()) {
                    addresses.push(info.sockaddr.ip());
                }
            }
            if addresses.is_empty() { Err(no_address()) } else { Ok(addresses) }
        }
        Err(error) => {
            // Not every system looks for such names, and some sites have them.
            if matches!(error.kind(), LookupErrorKind::NoName) && is_odd(name) {
                return Err(Failure::DnsTrouble("not every system takes such a name".to_owned()));
            }
            let kind = error.kind();
            Err(failure(kind, || std::io::Error::from(error).to_string(), knows_public_names, offline))
        }
    }
}

/// True for a name that no machine should have: with an underscore, or a hyphen at the edge of a label.
fn is_odd(name: &str) -> bool {
    name.split('.').any(|label| label.contains('_') || label.starts_with('-') || label.ends_with('-'))
}

/// What a lookup without an answer says about the name: nothing, where the network itself is in doubt.
fn failure(
    kind: LookupErrorKind,
    words: impl FnOnce() -> String,
    knows_public_names: impl FnOnce() -> bool,
    offline: impl FnOnce() -> bool,
) -> Failure {
    match kind {
        LookupErrorKind::NoName if knows_public_names() => Failure::NoSuchHost,
        LookupErrorKind::NoName => Failure::NoNetwork,
        LookupErrorKind::NoData => no_address(),
        _ if offline() => Failure::NoNetwork,
        _ => Failure::DnsTrouble(words()),
    }
}

/// Some networks (a build machine's, a hotel's) know no name but their own, and say "no such host" of all others. Asked
/// once in a run, and only when a name was not found.
fn knows_public_names() -> bool {
    static KNOWS: OnceLock<bool> = OnceLock::new();
    *KNOWS.get_or_init(|| CONTROLS.iter().any(|name| dns_lookup::lookup_host(name).is_ok()))
}

fn no_address() -> Failure {
    Failure::DnsTrouble("the name exists, but has no address".to_owned())
}

/// Whether this machine has no way out at all. Nothing is sent: connecting a UDP socket only asks the table of routes.
pub(super) fn offline() -> bool {
    !has_route("0.0.0.0:0", "198.51.100.1:9") && !has_ipv6()
}

/// Whether IPv6 addresses can be reached from here.
pub(super) fn has_ipv6() -> bool {
    has_route("[::]:0", "[2001:db8::1]:9")
}

fn has_route(from: &str, to: &str) -> bool {
    UdpSocket::bind(from).and_then(|socket| socket.connect(to)).is_ok()
}

/// A resolver behind the gate, as reqwest wants it.
#[derive(Clone)]
pub(super) struct Gated(Arc<Inner>);

struct Inner {
    resolver: Arc<dyn Resolver>,
    gate: Gate,
    deadline: Duration,
    known: Mutex<Map<String, Known>>,
}

/// What a lookup brought, kept for a while: hosts have many links, and not every system caches. Failures are not kept.
#[derive(Clone)]
struct Known {
    since: Instant,
    addresses: Arc<OnceCell<Vec<IpAddr>>>,
}

/// As long as the shortest lifetimes that are common in the wild.
const KEPT: Duration = Duration::from_secs(60);

impl Gated {
    /// `deadline` is for one lookup.
    pub(super) fn new(resolver: Arc<dyn Resolver>, gate: Gate, deadline: Duration) -> Self {
        Self(Arc::new(Inner { resolver, gate, deadline, known: Mutex::default() }))
    }
}

impl Inner {
    async fn addresses(&self, name: &str) -> Result<Vec<SocketAddr>, Failure> {
        let known = self.known(name);
        let look = known.addresses.get_or_try_init(|| self.resolver.resolve(name));
        let found =
            tokio::time::timeout(self.deadline, look).await.map_err(|_| Failure::Timeout(Phase::Resolve))??.clone();
        let mut refused = None;
        let mut through = Vec::with_capacity(found.len());
        for address in found {
            match self.gate.address(address) {
                Ok(()) => through.push(SocketAddr::new(address, 0)),
                Err(refusal) => refused = refused.or(Some(refusal)),
            }
        }
        match refused {
            Some(refusal) if through.is_empty() => Err(Failure::Unsafe(refusal)),
            _ if through.is_empty() => Err(no_address()),
            _ => Ok(through),
        }
    }

    fn known(&self, name: &str) -> Known {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        match known.get(name) {
            Some(known) if now.duration_since(known.since) < KEPT => known.clone(),
            _ => {
                let fresh = Known { since: now, addresses: Arc::default() };
                known.insert(name.to_owned(), fresh.clone());
                fresh
            }
        }
    }
}

impl reqwest::dns::Resolve for Gated {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let inner = Arc::clone(&self.0);
        Box::pin(async move {
            let addresses = inner.addresses(name.as_str()).await?;
            Ok(Box::new(addresses.into_iter()) as reqwest::dns::Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names() {
        assert!(is_odd("a_b.museum.") && is_odd("-.museum") && is_odd("x-.museum."));
        assert!(!is_odd("a-b.museum.") && !is_odd("xn--80ak6aa92e.com."));
    }

    #[test]
    fn a_name_is_unknown_only_to_who_knows_others() {
        let of = |kind, knows, offline| failure(kind, || "later".to_owned(), || knows, || offline);
        assert_eq!(of(LookupErrorKind::NoName, true, false), Failure::NoSuchHost);
        assert_eq!(of(LookupErrorKind::NoName, false, false), Failure::NoNetwork);
        assert_eq!(of(LookupErrorKind::NoData, true, false), no_address());
        assert_eq!(of(LookupErrorKind::Again, true, true), Failure::NoNetwork);
        assert_eq!(of(LookupErrorKind::Again, true, false), Failure::DnsTrouble("later".to_owned()));
    }
}
