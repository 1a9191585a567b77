//! `--online` and what belongs to it: what is asked, how a run is watched, what is said about it afterwards.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::civil::Date;

use super::common::{Common, Error, note};
use super::credentials;
use super::interrupt;
use super::place::Place;
use crate::config::Config;
use crate::network::archive::{self, Archive};
use crate::network::gate::Gate;
use crate::network::ledger::{self, Ledger};
use crate::network::online::{Ignored, Online, Options};
use crate::network::prober::{Deadlines, HttpProber, Setup};
use crate::network::runner::{Progress, Watch};
use crate::network::scheduler::Limits;
use crate::network::strikes::Strikes;
use crate::report::inert;
use crate::rules::format::parse_duration;

/// The flags.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "External links")]
pub struct Flags {
    /// Also ask the servers of external links; without it no socket is opened
    #[arg(long)]
    pub online: bool,
    /// Also ask addresses of private networks
    #[arg(long, requires = "online")]
    pub allow_private: bool,
    /// Stop asking after this time (90s, 5m); the rest counts as not checked
    #[arg(long, value_name = "TIME", requires = "online", value_parser = time)]
    pub budget: Option<Duration>,
    /// Ask only part I of N of all hosts; also from CI_NODE_INDEX and CI_NODE_TOTAL
    #[arg(long, value_name = "I/N", requires = "online", value_parser = shard)]
    pub shard: Option<(u32, u32)>,
    /// Ask each server's robots.txt first and keep to it; what it forbids counts as not checked
    #[arg(long, requires = "online")]
    pub robots: bool,
    /// Look for copies of dead pages in the Wayback Machine (20 s at most), and name new links worth keeping
    #[arg(long, requires = "online")]
    pub archive: bool,
}

fn time(text: &str) -> Result<Duration, String> {
    let time = parse_duration(text).filter(|time| !time.is_zero());
    time.ok_or_else(|| "write a time such as 90s or 5m".to_owned())
}

fn shard(text: &str) -> Result<(u32, u32), String> {
    let parts = text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
    let good = parts.filter(|(index, of)| (1..=*of).contains(index));
    good.ok_or_else(|| "write I/N with I from 1 to N, such as 2/4".to_owned())
}

/// The shard that the CI service gives this machine: GitLab and CircleCI count differently.
fn shard_of_ci(env: &dyn Fn(&str) -> Option<String>) -> Result<Option<(u32, u32)>, Error> {
    let number = |name: &str| env(name).and_then(|value| value.trim().parse::<u32>().ok());
    let (Some(index), Some(of)) = (number("CI_NODE_INDEX"), number("CI_NODE_TOTAL")) else { return Ok(None) };
    if of <= 1 {
        return Ok(None);
    }
    if (1..=of).contains(&index) {
        return Ok(Some((index, of)));
    }
    let what = format!(
        "CI_NODE_INDEX is {index} and CI_NODE_TOTAL {of}: the index counts from 1; or name the part with --shard I/N"
    );
    Err(Error::Failed(what))
}

/// What asks servers, if that is wanted. Nothing is opened before there is something to ask.
///
/// # Errors
/// A shard that does not exist; a secret for something that is no server.
pub fn start(flags: &Flags, common: &Common, place: &Place) -> Result<Option<Online>, Error> {
    if !flags.online {
        return Ok(None);
    }
    let env = |name: &str| std::env::var(name).ok();
    let network = &place.config.network;
    let shard = match flags.shard {
        Some(shard) => Some(shard),
        None => shard_of_ci(&env)?,
    };
    let limits = Limits {
        per_host: usize::try_from(network.per_host.value).unwrap_or(1),
        // Open files are scarce where a shell grants 256 of them.
        overall: if cfg!(target_os = "macos") { 120 } else { 512 },
        deadline: flags.budget,
        ..Limits::default()
    };
    let options = Options {
        limits,
        recheck: network.recheck.value,
        ignore: ignored(&place.config),
        shard,
        now: jiff::Timestamp::now(),
        strikes: Strikes { gone: network.strikes_gone.value, unreachable: network.strikes_unreachable.value },
        robots: flags.robots || network.robots.value,
        archive: if flags.archive { Some(archive(&env)?) } else { None },
    };
    let committed = network.ledger.as_ref().map(|path| path.value.as_str());
    let ledger = Ledger::open(ledger::Place::find(&place.base, committed, &env)).with_private(flags.allow_private);
    let gate = Gate::default().with_private(flags.allow_private);
    let (credentials, notes) = credentials::of(common, place, &env)?;
    let setup = Setup { credentials, ..Setup::new(gate, Deadlines::within(network.timeout.value)) };
    let prober = HttpProber::new(setup);
    let watch = Watcher { shown: !common.quiet && std::io::stderr().is_terminal(), drawn: false, interrupted: None };
    let online = Online::new(Arc::new(prober), options, ledger, Box::new(watch));
    notes.into_iter().for_each(|note| online.remark(note));
    Ok(Some(online))
}

/// The Wayback Machine, or what POSTLINT_ARCHIVE_URL names: another archive of that form.
fn archive(env: &dyn Fn(&str) -> Option<String>) -> Result<Archive, Error> {
    let endpoint = env("POSTLINT_ARCHIVE_URL").unwrap_or_else(|| archive::ENDPOINT.to_owned());
    let url = url::Url::parse(&endpoint).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.ok_or_else(|| Error::Failed(format!("POSTLINT_ARCHIVE_URL: `{endpoint}` is no http address")))?;
    Ok(Archive::new(url))
}

fn ignored(config: &Config) -> Vec<Ignored> {
    let entries = config.network.ignore.iter().filter_map(|entry| {
        // Both were checked when the configuration was read.
        let glob = globset::GlobBuilder::new(&entry.value.url).literal_separator(false).build().ok()?;
        let until = entry.value.until.as_deref().and_then(|day| day.parse::<Date>().ok());
        let written = format!("the `network.ignore` entry `{}` ({})", entry.value.url, entry.origin);
        Some(Ignored { glob: glob.compile_matcher(), written, until })
    });
    entries.collect()
}

/// Says on stderr what the reader should know about the run.
///
/// # Errors
/// When stderr cannot be written.
pub fn tell(online: &Online, common: &Common, place: &Place) -> Result<(), Error> {
    if common.quiet {
        return Ok(());
    }
    for line in online.notes(place.paths.is_empty()) {
        note(&format!("postlint: {}\n", inert::message(&line)))?;
    }
    Ok(())
}

/// The progress line, and the ear for Ctrl-C.
struct Watcher {
    shown: bool,
    drawn: bool,
    interrupted: Option<Arc<AtomicBool>>,
}

impl Watch for Watcher {
    fn tick(&mut self, progress: &Progress<'_>) {
        self.interrupted.get_or_insert_with(interrupt::flag);
        if !self.shown || progress.elapsed < Duration::from_secs(1) {
            return;
        }
        let Progress { done, all, hosts, under_way, pause, .. } = progress;
        let mut line = format!("{done} of {all} links, {hosts} hosts to go, {under_way} being asked");
        if let Some((host, time)) = pause {
            line.push_str(&format!(", `{}` asks to wait {} s", inert::message(host), time.as_secs() + 1));
        }
        let line: String = line.chars().take(100).collect();
        // A terminal that went away needs no progress.
        let _ = write!(std::io::stderr(), "\r\x1b[2K  {line}").and_then(|()| std::io::stderr().flush());
        self.drawn = true;
    }

    fn stop(&self) -> bool {
        self.interrupted.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    fn end(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = write!(std::io::stderr(), "\r\x1b[2K").and_then(|()| std::io::stderr().flush());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_named_from_one() {
        assert_eq!(shard("2/4"), Ok((2, 4)));
        for bad in ["0/4", "5/4", "1", "a/b", "/", "1/0", "-1/2"] {
            assert!(shard(bad).is_err(), "{bad}");
        }
        let env = |index: &'static str, of: &'static str| {
            move |name: &str| match name {
                "CI_NODE_INDEX" => Some(index.to_owned()),
                "CI_NODE_TOTAL" => Some(of.to_owned()),
                _ => None,
            }
        };
        assert_eq!(shard_of_ci(&env("3", "4")).unwrap(), Some((3, 4)));
        assert_eq!(shard_of_ci(&env("1", "1")).unwrap(), None);
        assert_eq!(shard_of_ci(&|_| None).unwrap(), None);
        assert!(shard_of_ci(&env("0", "4")).is_err());
    }
}
