//! The prober of the examples: it is handed its answers and opens no socket.
#![allow(dead_code, reason = "each test target uses its part of it")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use globset::Glob;
use jiff::civil::Date;
use postlint::config::Config;
use postlint::network::answer::{Answer, Ask, Body, Failure, Method, Pending, Phase, Prober, Response, TlsFault};
use postlint::network::ledger::{Ledger, Place};
use postlint::network::online::{Ignored, Online, Options};
use postlint::network::runner::Nobody;
use postlint::network::scheduler::Limits;
use postlint::network::strikes::Strikes;
use postlint::rules::format::{self, ProbeError};
use url::Url;

/// Answers by URL; one that ends with `*` stands for all that begin so.
struct Handed(BTreeMap<String, format::Answer>);

/// An online run whose servers say what the example says.
pub fn online(answers: &BTreeMap<String, format::Answer>, config: &Config, today: Date) -> Result<Online, String> {
    let ledger = Ledger::open(Place::nowhere());
    Ok(Online::new(prober(answers)?, options(config, today)?, ledger, Box::new(Nobody)))
}

/// Servers that say what they are handed.
pub fn prober(answers: &BTreeMap<String, format::Answer>) -> Result<Arc<dyn Prober>, String> {
    let mut handed = BTreeMap::new();
    for (url, answer) in answers {
        let bare = url.strip_suffix('*').unwrap_or(url);
        let parsed = Url::parse(bare).map_err(|error| format!("answers: `{url}`: {error}"))?;
        let star = if bare.len() < url.len() { "*" } else { "" };
        handed.insert(format!("{parsed}{star}"), answer.clone());
    }
    Ok(Arc::new(Handed(handed)))
}

/// What the configuration says; nothing is waited for.
pub fn options(config: &Config, today: Date) -> Result<Options, String> {
    let ignore = config.network.ignore.iter().map(|entry| Ignored {
        glob: Glob::new(&entry.value.url).expect("checked with the configuration").compile_matcher(),
        written: entry.value.url.clone(),
        until: entry.value.until.as_deref().and_then(|day| day.parse().ok()),
    });
    let now = today.at(12, 0, 0, 0).in_tz("UTC").map_err(|error| error.to_string())?.timestamp();
    let network = &config.network;
    let strikes = Strikes { gone: network.strikes_gone.value, unreachable: network.strikes_unreachable.value };
    let limits = Limits { retry: Duration::from_millis(1), ..Limits::default() };
    Ok(Options {
        limits,
        recheck: config.network.recheck.value,
        ignore: ignore.collect(),
        shard: None,
        now,
        strikes,
        robots: network.robots.value,
        archive: None,
    })
}

impl Prober for Handed {
    fn ask(&self, ask: Ask) -> Pending<'_> {
        Box::pin(std::future::ready(self.answer(&ask)))
    }
}

impl Handed {
    fn answer(&self, ask: &Ask) -> Answer {
        let url = ask.url.as_str();
        let starts = |(known, _): &(&String, _)| known.strip_suffix('*').is_some_and(|start| url.starts_with(start));
        let found = self
            .0
            .get(url)
            .or_else(|| self.0.iter().filter(starts).max_by_key(|(known, _)| known.len()).map(|(_, answer)| answer));
        let Some(known) = found else {
            let origin = format!("{}/", ask.url.origin().ascii_serialization());
            // A host that is named answers; what is not named there is not there.
            let named = self.0.keys().any(|known| known.starts_with(&origin));
            return if named { Ok(Response::new(404)) } else { Err(Failure::NoSuchHost) };
        };
        match known.error {
            Some(ProbeError::Nxdomain) => return Err(Failure::NoSuchHost),
            Some(ProbeError::Timeout) => return Err(Failure::Timeout(Phase::Head)),
            Some(ProbeError::Tls) => return Err(Failure::Tls(TlsFault::Expired)),
            Some(ProbeError::Refused) => return Err(Failure::Refused),
            None => {}
        }
        let head = ask.method == Method::Head;
        let status = known.head.filter(|_| head).unwrap_or(known.status);
        let kind = known.content_type.as_deref().unwrap_or("text/html");
        let mut response = Response::new(status).with("content-type", kind);
        if let Some(location) = &known.location {
            response = response.with("location", location);
        }
        let text = known.body.clone().filter(|_| !head);
        response.body = text.map(|text| Body { text, truncated: false });
        Ok(response)
    }
}
