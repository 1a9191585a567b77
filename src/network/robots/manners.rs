//! Who must be asked for the rules before anything else is asked of him, and who waits for that.
//!
//! Pure, like the judge: what is to be sent comes out, what came of it goes in.

use std::time::Duration;

use super::{MOST_BYTES, Rules};
use crate::hash::Map;
use crate::network::answer::{Answer, Ask, Failure, Method, Want};
use crate::network::hosts::Hosts;
use crate::network::pace::is_throttled;
use crate::network::scheduler::Turn;
use crate::network::walk::{Walk, Walked};

/// So often the file is asked for before somebody counts as not to be had.
const MOST_ATTEMPTS: u32 = 3;

/// The rules of all servers of a run, by origin: a port of its own has a file of its own.
#[derive(Debug)]
pub struct Manners<W> {
    numbers: Map<String, usize>,
    servers: Vec<Server<W>>,
}

#[derive(Debug)]
enum Server<W> {
    Asked { walk: Walk, attempts: u32, waiting: Vec<W> },
    Known(Rules),
}

/// Whether something may be asked.
#[derive(Debug)]
pub enum Leave<W> {
    /// Now.
    Go(W),
    /// Never.
    No(W),
    /// Not in this run: the rules could not be had, and why.
    Unknown(W, String),
    /// When the rules are known, which this request (to the server of that number) finds out.
    First(usize, Ask),
    /// When the rules are known; they have been asked for.
    Wait,
}

/// What came of asking for the rules.
#[derive(Debug)]
pub enum Read<W> {
    /// They must be asked for again, or elsewhere.
    Ask(Turn, Ask),
    /// They are known, and who waited can go on; the pause that the server wants between two requests.
    Known(Vec<W>, Option<Duration>),
}

impl<W> Default for Manners<W> {
    fn default() -> Self {
        Manners { numbers: Map::default(), servers: Vec::new() }
    }
}

impl<W> Manners<W> {
    /// Whether `ask`, which belongs to `work`, may be sent.
    pub fn leave(&mut self, ask: &Ask, work: W) -> Leave<W> {
        let origin = ask.url.origin().ascii_serialization();
        if let Some(number) = self.numbers.get(&origin) {
            return match self.servers.get_mut(*number) {
                Some(Server::Known(rules)) if !rules.allow(&ask.url) => match rules.why_shut() {
                    Some(why) => Leave::Unknown(work, why.to_owned()),
                    None => Leave::No(work),
                },
                Some(Server::Known(_)) | None => Leave::Go(work),
                Some(Server::Asked { waiting, .. }) => {
                    waiting.push(work);
                    Leave::Wait
                }
            };
        }
        let mut url = ask.url.clone();
        url.set_path("/robots.txt");
        url.set_query(None);
        let walk = Walk::new(&url, Method::Get, Want::Text(MOST_BYTES));
        let ask = walk.ask(Hosts::built_in());
        let number = self.servers.len();
        self.numbers.insert(origin, number);
        self.servers.push(Server::Asked { walk, attempts: 0, waiting: vec![work] });
        Leave::First(number, ask)
    }

    /// Takes in what came of the request for the rules of that server.
    pub fn read(&mut self, number: usize, answer: Answer) -> Read<W> {
        let Some(Server::Asked { walk, attempts, .. }) = self.servers.get_mut(number) else {
            return Read::Known(Vec::new(), None);
        };
        let rules = match walk.take(answer, Hosts::built_in()) {
            Walked::On(ask) => return Read::Ask(Turn::First, ask),
            Walked::Arrived(response) if is_throttled(&response) && *attempts < MOST_ATTEMPTS => {
                *attempts += 1;
                return Read::Ask(Turn::Last, walk.ask(Hosts::built_in()));
            }
            Walked::Arrived(response) => match response.status {
                200..=299 => Rules::of(
                    response.body.as_ref().map(|body| whole_lines(&body.text, body.truncated)).unwrap_or_default(),
                ),
                status @ (429 | 500..=599) => Rules::shut(format!("it says {status}")),
                _ => Rules::open(),
            },
            // It leads nowhere: as if there were none.
            Walked::Stopped(_) => Rules::open(),
            // There is no server whose rules these could be, or no way to any: the links find out the same.
            Walked::Failed(Failure::NoSuchHost | Failure::NoNetwork | Failure::Unsafe(_)) => Rules::open(),
            Walked::Failed(failure) => {
                *attempts += 1;
                if *attempts < MOST_ATTEMPTS && !matches!(failure, Failure::Tls(_)) {
                    return Read::Ask(Turn::Later(*attempts), walk.ask(Hosts::built_in()));
                }
                // Whom nobody reaches may have forbidden everything (RFC 9309, 2.3.1.4).
                Rules::shut(failure.to_string())
            }
        };
        let delay = rules.delay;
        Read::Known(self.settle(number, rules), delay)
    }

    /// The server is given up before its rules are known: who waited for them.
    pub fn give_up(&mut self, number: usize) -> Vec<W> {
        self.settle(number, Rules::shut("its host was given up".to_owned()))
    }

    fn settle(&mut self, number: usize, rules: Rules) -> Vec<W> {
        let known = self.servers.get_mut(number).map(|server| std::mem::replace(server, Server::Known(rules)));
        match known {
            Some(Server::Asked { waiting, .. }) => waiting,
            _ => Vec::new(),
        }
    }
}

/// What the server did not say to its end is not a rule.
fn whole_lines(text: &str, truncated: bool) -> &str {
    let end = if truncated { text.rfind(['\n', '\r']).unwrap_or(0) } else { text.len() };
    text.get(..end).unwrap_or_default()
}
