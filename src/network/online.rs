//! One online run: what is wanted, what the ledger spares, what is asked, what is kept.
//!
//! A repair looks at the site several times; every URL is asked once all the same.

mod keeper;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use globset::GlobMatcher;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use url::Url;

use super::answer::{Method, Prober};
use super::archive::{self, Archive, Copy};
use super::headers::Validators;
use super::judge::{Judged, Task};
use super::ledger::{Entry, Ledger};
use super::plan::{Plan, Wanted, address};
use super::runner::{self, Nobody, Settings, Watch, host_of};
use super::scheduler::{Limits, in_shard, stable_hash};
use super::strikes::Strikes;
use super::verdict::{Unprobed, Verdict};
use crate::hash::{Map, Set};
use keeper::Keeper;

/// So many links that are spared are asked after all, to see whether anybody answers.
const CONTROLS: usize = 3;
/// Posts of so many days are new.
const YOUNG: i64 = 30;
/// So many links to keep are named.
const MOST_TO_KEEP: usize = 10;

/// What the configuration and the command line say.
#[derive(Debug, Clone)]
pub struct Options {
    /// How much at a time, and how long in all.
    pub limits: Limits,
    /// After how long a good answer is asked for again.
    pub recheck: Duration,
    /// URLs that are not asked.
    pub ignore: Vec<Ignored>,
    /// This part of all hosts, from 1, of so many.
    pub shard: Option<(u32, u32)>,
    /// The moment of the run.
    pub now: Timestamp,
    /// When failures become findings.
    pub strikes: Strikes,
    /// Each server's robots.txt is asked for first, and kept to.
    pub robots: bool,
    /// Who keeps copies of dead pages, if anybody shall be asked.
    pub archive: Option<Archive>,
}

/// URLs that are not asked.
#[derive(Debug, Clone)]
pub struct Ignored {
    /// Which.
    pub glob: GlobMatcher,
    /// As it is written, and where.
    pub written: String,
    /// The last day that it counts.
    pub until: Option<Date>,
}

/// What is known of a URL after the run.
#[derive(Debug, Clone)]
pub struct Known {
    /// The verdict and what belongs to it.
    pub judged: Judged,
    /// Distinct days since it was last fine on which it was gone or did not answer; today counts.
    pub days: u32,
    /// The last day that it was fine, as far as is remembered.
    pub last_fine: Option<Date>,
    /// It was asked in this run; else the ledger knows it.
    pub asked: bool,
}

/// What is known of all URLs.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    known: Map<Url, Result<Arc<Known>, Unprobed>>,
    copies: Map<Url, Copy>,
}

impl Answers {
    /// What is known of a destination.
    ///
    /// # Errors
    /// Why nothing is.
    pub fn of(&self, destination: &str) -> Result<&Arc<Known>, Unprobed> {
        let url = address(destination).ok_or(Unprobed::NoUrl)?;
        match self.known.get(&url) {
            Some(Ok(known)) => Ok(known),
            Some(Err(why)) => Err(*why),
            None => Err(Unprobed::Budget),
        }
    }

    /// The copy that an archive has of a dead page.
    #[must_use]
    pub fn copy(&self, destination: &str) -> Option<&Copy> {
        self.copies.get(&address(destination)?)
    }
}

/// An online run.
pub struct Online {
    prober: Arc<dyn Prober>,
    options: Options,
    state: Mutex<State>,
}

struct State {
    answers: Answers,
    ledger: Ledger,
    watch: Box<dyn Watch + Send>,
    used: BTreeSet<usize>,
    spent: Duration,
    /// What is left of the time for the archive.
    for_archive: Duration,
    notes: Vec<String>,
}

impl Online {
    /// With a prober that is ready.
    #[must_use]
    pub fn new(prober: Arc<dyn Prober>, options: Options, ledger: Ledger, watch: Box<dyn Watch + Send>) -> Self {
        let notes = ledger.notes().to_vec();
        let state = State {
            answers: Answers::default(),
            ledger,
            watch,
            used: BTreeSet::new(),
            spent: Duration::ZERO,
            for_archive: archive::BUDGET,
            notes,
        };
        Online { prober, options, state: Mutex::new(state) }
    }

    /// The moment of the run.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Finds out what is wanted and not yet known.
    #[must_use]
    pub fn answers(&self, plan: &Plan) -> Answers {
        let mut state = self.lock();
        let state = &mut *state;
        let (tasks, wanted, spared) = self.tasks(plan, state);
        if !tasks.is_empty() {
            let urls: Vec<Url> = tasks.iter().map(|task| task.url.clone()).collect();
            self.ask(tasks, &wanted, spared, state);
            self.look_into_the_archive(urls.into_iter().zip(&wanted), state);
        }
        state.answers.clone()
    }

    /// One thing more that the reader should know.
    pub fn remark(&self, note: String) {
        self.lock().notes.push(note);
    }

    /// What the reader should know about the run; entries of `ignore` that nothing matched are told where `whole` says
    /// that every page was looked at.
    #[must_use]
    pub fn notes(&self, whole: bool) -> Vec<String> {
        let state = self.lock();
        let mut notes = state.notes.clone();
        let today = self.today();
        for (number, ignored) in self.options.ignore.iter().enumerate() {
            if ignored.until.is_some_and(|until| until < today) {
                notes.push(format!(
                    "{} has expired, so its links are asked again: remove it or set another day",
                    ignored.written
                ));
            } else if whole && !state.used.contains(&number) {
                notes.push(format!("{} matches no link: remove it", ignored.written));
            }
        }
        notes
    }

    /// Copies of what is dead, near the day of the post that links to it, and what is worth keeping while it is there.
    fn look_into_the_archive<'w>(&self, asked: impl Iterator<Item = (Url, &'w Wanted)>, state: &mut State) {
        let Some(archive) = &self.options.archive else { return };
        let today = self.today();
        let (mut dead, mut young): (Vec<(Url, Date)>, Vec<String>) = (Vec::new(), Vec::new());
        for (url, wanted) in asked {
            let Some(Ok(known)) = state.answers.known.get(&url) else { continue };
            let days = wanted.days.unwrap_or((today, today));
            if self.options.strikes.out(&known.judged.verdict, known.days) {
                dead.push((url, days.0));
            } else if known.judged.verdict.is_fine()
                && wanted.days.is_some()
                && days.1 >= today.saturating_sub(YOUNG.days())
            {
                young.extend(archive::keeping(&url));
            }
        }
        let began = Instant::now();
        let copies = archive::copies(archive, &self.prober, &dead, state.for_archive);
        state.for_archive = state.for_archive.saturating_sub(began.elapsed());
        for ((url, _), copy) in dead.into_iter().zip(copies) {
            if let Some(copy) = copy {
                state.answers.copies.insert(url, copy);
            }
        }
        if !young.is_empty() {
            let more = young.len().saturating_sub(MOST_TO_KEEP);
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            young.truncate(MOST_TO_KEEP);
            state.notes.push(format!(
                "links of new posts that are worth keeping in an archive now: {}{rest}",
                young.join(" ")
            ));
        }
    }

    fn today(&self) -> Date {
        self.options.now.to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What must be asked; everything else is answered at once. The last are some that the ledger spares.
    fn tasks(&self, plan: &Plan, state: &mut State) -> (Vec<Task>, Vec<Wanted>, Vec<Task>) {
        let today = self.today();
        let (mut tasks, mut all_wanted) = (Vec::new(), Vec::new());
        let (mut looked, mut spared): (Set<String>, Vec<Task>) = (Set::default(), Vec::new());
        for (url, wanted) in plan {
            let host = host_of(url);
            if state.answers.known.contains_key(url) {
                continue;
            }
            let ignores = |ignored: &Ignored| {
                ignored.until.is_none_or(|until| until >= today) && ignored.glob.is_match(url.as_str())
            };
            if let Some(number) = self.options.ignore.iter().position(ignores) {
                state.used.insert(number);
                state.answers.known.insert(url.clone(), Err(Unprobed::Ignored));
                continue;
            }
            if self.options.shard.is_some_and(|(index, of)| !in_shard(&host, index, of)) {
                state.answers.known.insert(url.clone(), Err(Unprobed::OtherShard));
                continue;
            }
            let entry = state.ledger.get(url);
            let has_all = |entry: &&Entry| wanted.fragments.iter().all(|fragment| entry.fragments.contains(fragment));
            let fresh =
                entry.filter(has_all).and_then(|entry| entry.still_fine(self.options.now, self.options.recheck));
            if let Some(judged) = fresh {
                let last_fine = entry.and_then(|entry| entry.fine);
                let known = Known { judged, days: 0, last_fine, asked: false };
                state.answers.known.insert(url.clone(), Ok(Arc::new(known)));
                if spared.len() < CONTROLS && spared.iter().all(|task| host_of(&task.url) != host) {
                    spared.push(Task::bare(url.clone()));
                }
                continue;
            }
            let anchors = !wanted.fragments.is_empty();
            tasks.push(Task {
                url: url.clone(),
                fragments: wanted.fragments.clone(),
                look: looked.insert(host) && entry.is_none_or(|entry| entry.fine.is_none()),
                validators: if anchors {
                    Validators::default()
                } else {
                    entry.map(Entry::validators).unwrap_or_default()
                },
                led_to: entry.and_then(Entry::led_to).cloned(),
            });
            all_wanted.push(wanted.clone());
        }
        (tasks, all_wanted, spared)
    }

    fn ask(&self, tasks: Vec<Task>, wanted: &[Wanted], spared: Vec<Task>, state: &mut State) {
        let urls: Vec<Url> = tasks.iter().map(|task| task.url.clone()).collect();
        let mut limits = self.options.limits;
        limits.deadline = limits.deadline.map(|deadline| deadline.saturating_sub(state.spent));
        let seed = stable_hash(urls.first().map_or("", Url::as_str).as_bytes());
        let settings = Settings { limits, seed, start: self.options.now, robots: self.options.robots };
        let began = Instant::now();
        let mut keeper = Keeper::new(&urls, wanted, &mut state.ledger, &mut *state.watch, self.options.now);
        let results = runner::run(tasks, Arc::clone(&self.prober), settings, &mut keeper);
        // Where most links are spared, those that are asked may all be dead: one that was fine lately tells.
        if keeper.is_silent(results.as_deref().unwrap_or_default()).is_some() {
            let answers = runner::run(spared, Arc::clone(&self.prober), settings, &mut Nobody).unwrap_or_default();
            keeper.answered |= answers.iter().flatten().any(|judged| judged.status.is_some());
        }
        let (silent, trouble) = keeper.end_with(results.as_deref().unwrap_or_default());
        state.spent += began.elapsed();
        let results = match results {
            Ok(results) => results,
            Err(error) => {
                state.notes.push(format!("no link was asked: the network could not be started: {error}"));
                urls.iter().map(|_| Err(Unprobed::NoNetwork)).collect()
            }
        };
        state.notes.extend(trouble);
        state.notes.extend(summed_up(&results));
        state.notes.extend(silent.map(|servers| {
            format!(
                "none of {servers} servers answered: is there a proxy or a firewall on the way? Nothing is held against their \
                 links"
            )
        }));
        for (url, result) in urls.iter().zip(results) {
            let known = result.map(|judged| {
                let entry = state.ledger.get(url);
                let held_against = silent.is_none() || !matches!(judged.verdict, Verdict::Unreachable(_));
                let days = match entry {
                    _ if !held_against => 0,
                    Some(entry) => u32::try_from(entry.strikes.len()).unwrap_or(u32::MAX),
                    None => 1,
                };
                Arc::new(Known { judged, days, last_fine: entry.and_then(|entry| entry.fine), asked: true })
            });
            if let Ok(known) = &known {
                learn_ends(known, &mut state.answers);
            }
            state.answers.known.insert(url.clone(), known);
        }
    }
}

/// Where a way ended, something answered: a repaired link is not asked anew.
fn learn_ends(known: &Arc<Known>, answers: &mut Answers) {
    let to = match &known.judged.verdict {
        Verdict::Moved(redirect) => Some(&redirect.to),
        _ => None,
    };
    for url in to.into_iter().chain(&known.judged.secure) {
        let judged = Judged { verdict: Verdict::Alive, secure: None, asked: Method::Get, ..known.judged.clone() };
        let end = Known { judged, days: 0, last_fine: known.last_fine, asked: true };
        answers.known.entry(url.clone()).or_insert_with(|| Ok(Arc::new(end)));
    }
}

/// One sentence for what could not be asked.
fn summed_up(results: &[Result<Judged, Unprobed>]) -> Option<String> {
    let count = |why| results.iter().filter(|result| result.as_ref().err() == Some(&why)).count();
    let links = |number: usize| if number == 1 { "one link was".to_owned() } else { format!("{number} links were") };
    if count(Unprobed::NoNetwork) == results.len() {
        return Some("there is no network: no external link was checked".to_owned());
    }
    let left = [
        (Unprobed::Interrupted, "the run was interrupted"),
        (Unprobed::Budget, "the time is up (--budget)"),
        (Unprobed::NoNetwork, "there is no network"),
    ];
    left.into_iter()
        .map(|(why, words)| (count(why), words))
        .find(|(number, _)| *number > 0)
        .map(|(number, words)| format!("{words}: {} not checked", links(number)))
}
