//! From an address along its redirects to where they end: each hop is a request of its own and passes the gate like
//! every other.

use url::Url;

use super::answer::{Answer, Ask, Failure, Method, Response, Want};
use super::headers::Validators;
use super::hosts::Hosts;
use super::verdict::{Trouble, Unsafe, Wall};

/// More hops than this lead nowhere.
const MOST_HOPS: usize = 5;

/// One hop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// Who says so.
    pub from: Url,
    /// Where it points.
    pub to: Url,
    /// By which status.
    pub status: u16,
}

impl Hop {
    /// True when it is meant for ever.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(self.status, 301 | 308)
    }
}

/// A way along redirects.
#[derive(Debug, Clone)]
pub struct Walk {
    /// Where it stands; without fragment.
    pub at: Url,
    /// How it came there.
    pub hops: Vec<Hop>,
    method: Method,
    body: Want,
    validators: Validators,
}

/// What an answer means for the way.
#[derive(Debug)]
pub enum Walked {
    /// It goes on.
    On(Ask),
    /// It ends here, with this response.
    Arrived(Response),
    /// Nothing came.
    Failed(Failure),
    /// It must not or cannot go on.
    Stopped(Stop),
}

/// Why a way does not go on.
#[derive(Debug)]
pub enum Stop {
    /// Not to be followed.
    Unsafe(Unsafe),
    /// Behind a wall.
    Wall(Wall),
    /// It leads nowhere.
    Trouble(Trouble),
}

impl Walk {
    /// From an address.
    #[must_use]
    pub fn new(from: &Url, method: Method, body: Want) -> Self {
        let mut at = from.clone();
        at.set_fragment(None);
        Walk { at, hops: Vec::new(), method, body, validators: Validators::default() }
    }

    /// With what an earlier answer was marked.
    #[must_use]
    pub fn with(mut self, validators: Validators) -> Self {
        self.validators = validators;
        self
    }

    /// How it is asked now.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// The request at the place where it stands.
    #[must_use]
    pub fn ask(&self, hosts: &Hosts) -> Ask {
        let needs = hosts.needs(&self.at);
        let method = needs.and_then(super::hosts::Known::method).unwrap_or(self.method);
        Ask {
            url: self.at.clone(),
            method,
            body: self.body,
            accept: needs.and_then(|needs| needs.accept.clone()),
            validators: if self.hops.is_empty() { self.validators.clone() } else { Validators::default() },
            redirected: !self.hops.is_empty(),
        }
    }

    /// How much of the body is wanted.
    #[must_use]
    pub fn body(&self) -> Want {
        self.body
    }

    /// From the beginning again: a redirect may have been for that method, or for that one time.
    pub fn again(&mut self, method: Method, body: Want) {
        if let Some(first) = self.hops.first() {
            self.at = first.from.clone();
        }
        self.hops.clear();
        self.method = method;
        self.body = body;
        self.validators = Validators::default();
    }

    /// Takes in the answer.
    pub fn take(&mut self, answer: Answer, hosts: &Hosts) -> Walked {
        let response = match answer {
            Ok(response) => response,
            Err(Failure::Unsafe(refusal)) => {
                let to = (!self.hops.is_empty()).then(|| self.at.to_string());
                return Walked::Stopped(Stop::Unsafe(Unsafe::Gate(refusal, to)));
            }
            Err(failure) => return Walked::Failed(failure),
        };
        if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
            return Walked::Arrived(response);
        }
        let trouble = |what| Walked::Stopped(Stop::Trouble(Trouble::Redirects(what)));
        let Some(location) = response.headers.location() else { return trouble("without saying where to") };
        let Ok(mut to) = self.at.join(location.trim()) else { return trouble("to something that is no address") };
        to.set_fragment(None);
        if !matches!(to.scheme(), "http" | "https") {
            return Walked::Stopped(Stop::Unsafe(Unsafe::Scheme(format!("{}:", to.scheme()))));
        }
        if self.at.scheme() == "https" && to.scheme() == "http" {
            return Walked::Stopped(Stop::Unsafe(Unsafe::Downgrade(to.to_string())));
        }
        if to == self.at || self.hops.iter().any(|hop| hop.from == to) {
            if response.headers.get("set-cookie").is_some() {
                return Walked::Stopped(Stop::Wall(Wall::Cookies));
            }
            return trouble("in a circle");
        }
        if self.hops.len() >= MOST_HOPS {
            return trouble("more than five times");
        }
        self.hops.push(Hop { from: self.at.clone(), to: to.clone(), status: response.status });
        self.at = to;
        Walked::On(self.ask(hosts))
    }
}
