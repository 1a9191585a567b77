//! The repair of a site, pass by pass: choose, apply in memory, look again, keep or give up. Files are written at the end.

use crate::hash::{Map, Set};

use rayon::prelude::*;

use super::blame::{Blame, Refusal};
use super::choose::Choose;
use super::compare::compare;
use super::doubts::Doubts;
use super::drafts::{Change, Drafts};
use super::patch::Patch;
use super::plan::{self, Repair};
use super::verify::{self, Reading};
use crate::engine::{Checked, Error, Request, Session};
use crate::finding::{FilePath, Finding, Safety};

/// Runs of the pipeline that one `--fix` may take: one for each pass, and a few for each repair that goes wrong.
const RUNS: usize = 40;

/// The repair while it goes on.
pub struct Repairing<'r, 'c> {
    session: &'r Session,
    request: &'r mut Request<'c>,
    drafts: Drafts,
    refusals: Vec<Refusal>,
    doubts: Doubts,
    /// What was found before the first repair.
    first: Vec<Finding>,
    /// The same in files that were not chosen.
    first_elsewhere: Vec<Finding>,
    /// Files whose front matter became readable.
    readable: Set<FilePath>,
    runs: usize,
}

/// A file's new text and what is right with it, or what the repair would do to it.
type Changed = Result<(String, verify::Sound), &'static str>;

/// What one attempt came to.
enum Attempt {
    Kept(Box<Checked>),
    /// Repairs to leave out next time, by number.
    Without(Vec<usize>),
}

impl<'r, 'c> Repairing<'r, 'c> {
    /// Begins with the files as they are.
    pub fn new(session: &'r Session, request: &'r mut Request<'c>) -> Self {
        let drafts = Drafts::new(request);
        Repairing {
            session,
            request,
            drafts,
            refusals: Vec::new(),
            doubts: Doubts::default(),
            first: Vec::new(),
            first_elsewhere: Vec::new(),
            readable: Set::default(),
            runs: 0,
        }
    }

    /// Repairs until nothing is left to repair.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn run(&mut self, choose: &mut dyn Choose) -> Result<Checked, Error> {
        let mut state = self.check()?;
        self.doubts = Doubts::of(&state.outcome.findings);
        self.first.clone_from(&state.outcome.findings);
        self.first_elsewhere.clone_from(&state.elsewhere);
        let mut kept = false;
        while self.runs < RUNS {
            let wanted = choose.choose(&state, &self.request.memory);
            let batch = self.possible(&state, wanted);
            if batch.is_empty() {
                // What was refused before the last change may do no harm after it: the next run would find out, so this one does.
                if !std::mem::take(&mut kept) || self.refusals.is_empty() {
                    break;
                }
                self.refusals.clear();
                continue;
            }
            if let Some(next) = self.settle(&state, batch, choose)? {
                kept = true;
                state = next;
            }
        }
        if let Some(better) = self.take_back(&state)? {
            state = better;
        }
        self.explain(&mut state);
        Ok(state)
    }

    fn check(&mut self) -> Result<Checked, Error> {
        self.runs += 1;
        self.session.check(self.request)
    }

    /// The repairs that may be tried: not refused before, in files that may be changed.
    fn possible(&mut self, now: &Checked, mut wanted: Vec<Repair>) -> Vec<Repair> {
        let findings = &now.outcome.findings;
        wanted.retain(|repair| {
            let Some(finding) = repair.findings.first().and_then(|number| findings.get(*number)) else { return false };
            let refused = |one: &Refusal| {
                one.file == finding.file
                    && one.rule == finding.rule
                    && one.span.start == finding.span.start
                    && one.title == repair.fix.title
            };
            if self.refusals.iter().any(refused) || self.doubts.concern(finding, repair) {
                return false;
            }
            let files = repair.fix.edits.iter().map(|edit| &edit.file);
            let why = files
                .into_iter()
                .find_map(|file| self.drafts.unready(file, now.stamps.get(file).copied(), self.request));
            if let Some(why) = why {
                self.refusals.push(Refusal::of(finding, repair, why));
                return false;
            }
            true
        });
        plan::apart(wanted)
    }

    /// Tries a batch until what is left of it can be kept; nothing when nothing is.
    fn settle(
        &mut self,
        now: &Checked,
        mut batch: Vec<Repair>,
        choose: &mut dyn Choose,
    ) -> Result<Option<Checked>, Error> {
        while !batch.is_empty() && self.runs < RUNS {
            match self.attempt(now, &batch, choose)? {
                Attempt::Kept(next) => return Ok(Some(*next)),
                Attempt::Without(numbers) => {
                    let mut number = 0;
                    batch.retain(|_| {
                        number += 1;
                        !numbers.contains(&(number - 1))
                    });
                }
            }
        }
        Ok(None)
    }

    fn attempt(&mut self, now: &Checked, batch: &[Repair], choose: &mut dyn Choose) -> Result<Attempt, Error> {
        let patches = plan::patches(batch.iter());
        let readings = readings(now);
        let session = self.session;
        let looked: Vec<(&FilePath, Changed)> = session.install(|| {
            patches.par_iter().map(|(file, patch)| (file, self.changed(file, patch, readings.get(&**file)))).collect()
        });
        let mut texts = Map::default();
        let mut readable = Set::default();
        let mut blame = Blame::new(batch, now);
        for (file, result) in looked {
            match result {
                Ok((text, sound)) => {
                    if sound.readable_now {
                        readable.insert(file.clone());
                    }
                    texts.insert(file.clone(), text);
                }
                Err(why) => blame.file(file, &format!("it would {why}")),
            }
        }
        if !blame.is_empty() {
            return Ok(Attempt::Without(blame.settle(&mut self.refusals)));
        }
        let before = self.drafts.try_out(texts, self.request);
        let next = self.check()?;
        let known: Vec<&Finding> = now.outcome.findings.iter().chain(&now.elsewhere).collect();
        let found = next.outcome.findings.iter().chain(&next.elsewhere);
        let difference = compare(&known, found, &patches);
        let gone: Set<usize> = difference.gone.into_iter().collect();
        for (number, repair) in batch.iter().enumerate() {
            if !repair.findings.iter().any(|finding| gone.contains(finding)) {
                blame.repair(number, "the finding would still be there");
            }
        }
        let all_readable: Set<FilePath> = self.readable.union(&readable).cloned().collect();
        for new in difference.new {
            // What a later pass repairs is no harm; what was hidden behind a syntax error was there before.
            if !choose.repairs(new) && !concerns(new, |file| all_readable.contains(file)) {
                blame.finding(new, &patches);
            }
        }
        if !blame.is_empty() {
            self.drafts.take_back(before, self.request);
            return Ok(Attempt::Without(blame.settle(&mut self.refusals)));
        }
        self.readable = all_readable;
        // What was wrong in a front matter that could not be read may be right in this one.
        self.refusals.retain(|one| !readable.contains(&one.file));
        choose.moved(&patches);
        for refusal in &mut self.refusals {
            if let Some(patch) = patches.get(&refusal.file) {
                refusal.span.start = patch.place(refusal.span.start).least;
            }
        }
        self.drafts.keep(batch, patches, before);
        Ok(Attempt::Kept(Box::new(next)))
    }

    /// The file's text after a patch, if it is the old one but for the repair.
    fn changed(&self, file: &FilePath, patch: &Patch, reading: Option<&Reading<'_>>) -> Changed {
        let old = self.drafts.text(file, self.request).ok_or("change a file that cannot be read")?;
        let new = patch.apply(old).ok_or("change bytes that the file does not have")?;
        let sound = verify::page(old, &new, patch, *reading.ok_or("change a file that is no page")?)?;
        Ok((new, sound))
    }

    /// A finding that a repair brought and that no later pass could repair: its files go back to what they were.
    fn take_back(&mut self, last: &Checked) -> Result<Option<Checked>, Error> {
        let known: Vec<Finding> = self.first.iter().chain(&self.first_elsewhere).cloned().collect();
        let known: Vec<&Finding> = known.iter().collect();
        let found = last.outcome.findings.iter().chain(&last.elsewhere);
        let new = compare(&known, found, self.drafts.patches()).new;
        let mut back: Set<FilePath> = Set::default();
        for finding in new.into_iter().filter(|new| !concerns(new, |file| self.readable.contains(file))) {
            concerns(finding, |file| {
                back.extend(self.drafts.patches().contains_key(file).then(|| file.clone()));
                false
            });
        }
        if back.is_empty() {
            return Ok(None);
        }
        let back = self.drafts.with_companions(back);
        let why = "all repairs of this file together would bring another finding";
        for finding in known.iter().filter(|finding| back.contains(&finding.file)) {
            if let Some(fix) = finding.applicable(true) {
                let repair = Repair { fix: fix.clone(), findings: Vec::new() };
                self.refusals.push(Refusal::of(finding, &repair, why.to_owned()));
            }
        }
        for file in &back {
            self.drafts.forget(file, self.request);
        }
        self.check().map(Some)
    }

    /// Tells at each finding why its repair was not made.
    fn explain(&self, last: &mut Checked) {
        for finding in &mut last.outcome.findings {
            let of_this = |one: &&Refusal| {
                one.file == finding.file && one.rule == finding.rule && one.span.start == finding.span.start
            };
            let Some(refusal) = self.refusals.iter().find(of_this) else { continue };
            let words = format!("not repaired: {}", refusal.why);
            finding.note = Some(finding.note.take().map_or(words.clone(), |note| format!("{note}; {words}")));
            finding.refused = Some(refusal.why.as_str().into());
            for fix in finding.fixes.iter_mut().filter(|fix| fix.title == refusal.title) {
                fix.safety = Safety::Manual;
            }
        }
    }

    /// The findings of the first run that are gone.
    #[must_use]
    pub fn repaired(&self, last: &Checked) -> Vec<Finding> {
        let known: Vec<&Finding> = self.first.iter().collect();
        let gone = compare(&known, last.outcome.findings.iter(), self.drafts.patches()).gone;
        gone.into_iter().filter_map(|number| self.first.get(number).cloned()).collect()
    }

    /// What is to be written, in the order of paths.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        self.drafts.changes(self.request)
    }

    /// Files that are written together or not at all, as far as a file system can do that.
    #[must_use]
    pub fn together(&self) -> &[Vec<FilePath>] {
        self.drafts.together()
    }

    /// Looks again after some files could not be written.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn without(&mut self, failed: &[FilePath]) -> Result<Checked, Error> {
        for file in failed {
            self.drafts.forget(file, self.request);
        }
        let mut checked = self.check()?;
        self.explain(&mut checked);
        Ok(checked)
    }
}

/// How each page is read.
fn readings(checked: &Checked) -> Map<&str, Reading<'_>> {
    let of_site = |site| {
        let site: &crate::site::Site = site;
        site.pages.iter().map(move |page| {
            let body = crate::engine::is_markdown(&page.path).then(|| site.model.dialect(&page.path));
            (&*page.file, Reading { generator: site.generator, model: &*site.model, body })
        })
    };
    checked.sites.iter().flat_map(of_site).collect()
}

/// True when the finding lies in such a file, or is about one.
fn concerns(finding: &Finding, mut is: impl FnMut(&FilePath) -> bool) -> bool {
    // Every file is asked: the caller may collect them.
    let own = is(&finding.file);
    finding.related.iter().fold(own, |any, related| is(&related.file) || any)
}
