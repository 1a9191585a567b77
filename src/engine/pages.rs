//! Reads and parses the pages of one site, in parallel, and runs the page rules while their text is in memory.

use crate::hash::Map;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::bytes::bytes_of;
use super::heads::head;
use super::kept::Kept;
use super::mentions::Mentions;
use super::panics::{caught, internal};
use super::policy::Ready;
use super::read::{Place, Read, ReadSite, Said};
use super::shelf::Shelf;
use super::sites::{Candidate, Plan, is_markdown, is_text_of};
use super::{Request, facts, prose, slips};
use crate::discover::Tree;
use crate::finding::{FilePath, Finding};
use crate::generators::{Folder, Generator, Model, Problem, Role};
use crate::language::Language;
use crate::outcome::FileStamp;
use crate::page::body::Body;
use crate::page::front_matter;
use crate::rules::page::Page;
use crate::rules::rule::{PageRule, engine_finding};
use crate::site::anchors::Anchors;
use crate::site::facts::{Kind, PageFacts};
use crate::site::hosts::{Hosts, contradicts_cname};
use crate::site::language::SiteLanguage;
use crate::site::{Parts, Site};
use crate::source::Span;
use crate::suppress::{self, Suppressions};

/// So many pages are looked at to learn the language of a site that does not say it.
const SAMPLE: usize = 16;
/// The language of a page shows in so many bytes of it.
const BEGINNING: usize = 6 << 10;
/// A site of fewer pages has no language of its own if it declares none.
const FEW: usize = 20;

/// Everything but the sites that reading pages has brought.
#[derive(Default)]
pub struct Raw {
    /// What page rules and the reading itself reported.
    pub findings: Vec<Finding>,
    /// Length and hash of each file that was read.
    pub stamps: Map<FilePath, FileStamp>,
    /// Suppressions of the files that have some.
    pub suppressions: Map<FilePath, Suppressions>,
    /// The texts of the pages, where they are few.
    pub texts: Map<FilePath, Vec<u8>>,
    /// Files that were checked.
    pub files: usize,
    /// What was not checked, by a plural noun.
    pub unchecked: BTreeMap<String, usize>,
}

impl Raw {
    /// Defects of the sites' own configurations.
    pub fn problems_of(&mut self, problems: impl Iterator<Item = Problem>) {
        for problem in problems {
            self.findings.extend(engine_finding(
                "site/configuration",
                &problem.file,
                problem.span,
                problem.message,
                None,
            ));
        }
    }
}

/// Reads every candidate of a site; `kept`: what an earlier run read; `mentions`: where given, other pages that were not
/// chosen are read up to the end of their heads.
pub fn read(
    place: &Place<'_>,
    plan: &Plan,
    rules: &[Ready<Box<dyn PageRule>>],
    kept: Option<&Kept>,
    mentions: Option<&Mentions>,
) -> ReadSite {
    let Place { request, tree, shelf, .. } = *place;
    let Some(model) = plan.model.as_deref() else { return ReadSite::default() };
    let known = kept.and_then(|kept| kept.language(&plan.root));
    let language = known.unwrap_or_else(|| site_language(request, tree, plan, model));
    let reader =
        Reader { request, tree, generator: plan.generator, model, rules, inferred: language.expected, mentions, shelf };
    let (mut facts, mut reads) = (Vec::new(), Vec::new());
    let all = plan.pages.par_iter().with_min_len(4).map(|candidate| {
        let known = kept.and_then(|kept| kept.page(candidate, request.memory.get(&candidate.file)));
        known.unwrap_or_else(|| reader.read(candidate))
    });
    all.unzip_into_vecs(&mut facts, &mut reads);
    ReadSite { facts, reads, language }
}

impl ReadSite {
    /// Builds the site; what is not part of it goes to `raw`. `kept`: what an earlier run learnt.
    pub fn into_site(self, place: &Place<'_>, plan: &mut Plan, raw: &mut Raw, kept: Option<&Kept>) -> Site {
        let Place { request, tree, git, needs, .. } = *place;
        let mut others = std::mem::take(&mut plan.others);
        for (read, facts) in self.reads.into_iter().zip(&self.facts) {
            match (read, facts) {
                (Read::Asset(file, role), _) => others.push((file, role)),
                (Read::Failed(finding), _) => raw.findings.extend(finding.map(|finding| *finding)),
                (Read::Page(stamp, said), Some(facts)) => {
                    raw.files += usize::from(facts.checked && request.chooses(&facts.file));
                    raw.stamps.insert(facts.file.clone(), stamp);
                    let Some(Said { suppressions, mut findings }) = said.map(|said| *said) else { continue };
                    if !suppressions.is_empty() {
                        raw.suppressions.insert(facts.file.clone(), suppressions);
                    }
                    raw.findings.append(&mut findings);
                }
                (Read::Page(..), None) => {}
            }
        }
        let mut pages = Vec::with_capacity(self.facts.len());
        pages.extend(self.facts.into_iter().flatten());
        let model = plan.model.take().unwrap_or_else(|| crate::generators::plain::model(false));
        let said = &request.config.site;
        let settings = model.settings();
        let folder = Folder { tree, root: &plan.root };
        let configured = settings.url.as_deref().filter(|url| !contradicts_cname(&folder, &settings.public, url));
        let own = said.url.as_ref().map(|url| url.value.as_str()).or(configured);
        let former = said.legacy_urls.iter().flat_map(|urls| &urls.value).map(String::as_str);
        let known = kept.and_then(|kept| kept.hosts(&plan.root));
        let hosts = known.unwrap_or_else(|| Hosts::new(own, former));
        Site::build(Parts {
            tree,
            root: plan.root.clone(),
            generator: plan.generator,
            evidence: plan.evidence.clone(),
            model,
            pages,
            others,
            language: self.language,
            hosts,
            git,
            needs,
            permalinks: &said.patterns(),
            words: request.config.words.iter().map(|word| word.value.to_lowercase()).collect(),
        })
    }
}

struct Reader<'a> {
    request: &'a Request<'a>,
    tree: &'a Tree,
    generator: &'static dyn Generator,
    model: &'a dyn Model,
    rules: &'a [Ready<Box<dyn PageRule>>],
    inferred: Option<Language>,
    mentions: Option<&'a Mentions>,
    shelf: &'a Shelf,
}

impl Reader<'_> {
    fn read(&self, candidate: &Candidate) -> (Option<PageFacts>, Read) {
        let bytes = match bytes_of(self.request, self.tree, &candidate.file) {
            Ok(bytes) => bytes,
            Err(finding) => return failed(candidate, *finding),
        };
        if candidate.needs_front_matter && !bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).starts_with(b"---") {
            let markdown = is_markdown(&candidate.path);
            // A page that only misses its front matter is worth a word; other files are simply copied.
            if !markdown || std::str::from_utf8(&bytes).is_ok_and(|text| front_matter::near_miss(text).is_none()) {
                let role = Role::Asset(self.model.copied_to(&candidate.path));
                return (None, Read::Asset(candidate.file.clone(), role));
            }
        }
        let stamp = FileStamp::of(&bytes);
        let Ok(text) = simdutf8::basic::from_utf8(&bytes) else {
            return failed(candidate, not_utf8(&candidate.file, &bytes));
        };
        match caught(|| self.parse(candidate, text)) {
            Ok((facts, said)) => {
                self.shelf.put(&candidate.file, bytes);
                let said = (!said.suppressions.is_empty() || !said.findings.is_empty()).then(|| Box::new(said));
                (Some(facts), Read::Page(stamp, said))
            }
            Err(message) => failed(candidate, internal("reading the page", &candidate.file, &message)),
        }
    }

    fn parse(&self, candidate: &Candidate, text: &str) -> (PageFacts, Said) {
        let front = head(text, self.generator, self.model);
        let start = front.as_ref().map_or_else(|| front_matter::bom_len(text), |front| front.body_start as usize);
        let mut findings = Vec::new();
        let markdown = is_text_of(self.generator, &candidate.path);
        let chosen = self.request.chooses(&candidate.file);
        let whole = markdown && (chosen || self.mentions.is_none_or(|mentions| mentions.concern(candidate, text)));
        let shown = front.as_ref().is_none_or(|front| self.model.shows_body(front.inner.of(text)));
        let mut body = match whole && shown {
            true => Body::read(text, start, &self.model.dialect(&candidate.path)),
            false => Body::default(),
        };
        let mut facts = facts::of(candidate, text, front.as_ref(), &mut body, self.generator, self.model);
        if chosen {
            facts.slips = slips::of(text, facts.front.as_ref(), &facts.links);
        }
        // A drawing that Obsidian's plugin keeps in Markdown is no text.
        facts.checked = markdown && facts.key("excalidraw-plugin").is_none();
        facts.anchors.open |= !whole || !shown;
        let mut suppressions = Suppressions::default();
        if let Some(front) = front.as_ref().filter(|front| markdown && front.inner.len() > front_matter::MAX_BYTES) {
            facts.checked = false;
            findings.extend(front_matter_too_large(&candidate.file, front.inner.len()));
        } else if whole {
            // What a text is written in counts for the named pages only where all texts are compared.
            if chosen || self.mentions.is_none() {
                prose::judge(text, &body, &facts.links, &mut facts.language, self.inferred);
            }
            suppressions = suppress::of(text, front.as_ref(), &body);
            let page = Page {
                text,
                front: front.as_ref(),
                body: &body,
                facts: &facts,
                generator: self.generator,
                model: self.model,
            };
            for rule in if chosen { self.rules } else { &[] } {
                rule.run(&candidate.file, &mut findings, |code, report| code.check(&page, report));
            }
        }
        (facts, Said { suppressions, findings })
    }
}

/// The anchors of a page of which only the head was read.
pub(super) fn anchors(place: &Place<'_>, site: &Site, page: &PageFacts) -> Option<Anchors> {
    let Place { request, tree, shelf, .. } = *place;
    let (generator, model) = (site.generator, &*site.model);
    let candidate = Candidate {
        file: page.file.clone(),
        path: page.path.clone(),
        kind: page.kind,
        collection: page.collection.clone(),
        needs_front_matter: false,
    };
    let reader = Reader { request, tree, generator, model, rules: &[], inferred: None, mentions: None, shelf };
    reader.read(&candidate).0.map(|facts| facts.anchors)
}

/// A page of which only the name is known.
fn failed(candidate: &Candidate, finding: Option<Finding>) -> (Option<PageFacts>, Read) {
    (Some(facts::unread(candidate)), Read::Failed(finding.map(Box::new)))
}

fn front_matter_too_large(file: &FilePath, bytes: usize) -> Option<Finding> {
    let message = format!(
        "the front matter has {} kB, more than the {} kB that postlint reads, so nothing in the page was checked",
        bytes >> 10,
        front_matter::MAX_BYTES >> 10
    );
    let help = "keep the data in a file of its own; or the closing line of the front matter is missing".to_owned();
    engine_finding("file/too-large", file, Span::FILE, message, Some(help))
}

/// A site's main language: declared, or read from a sample of its pages.
fn site_language(request: &Request<'_>, tree: &Tree, plan: &Plan, model: &dyn Model) -> SiteLanguage {
    if let Some(tag) = &model.settings().language {
        return SiteLanguage {
            expected: Language::from_tag(tag),
            declared: true,
            tag: Some(tag.clone()),
            said_at: None,
        };
    }
    let content: Vec<&Candidate> = plan.pages.iter().filter(|page| is_markdown(&page.path)).collect();
    let posts: Vec<&Candidate> = content.iter().copied().filter(|page| page.kind == Kind::Post).collect();
    let from = if posts.len() >= FEW { posts } else { content };
    if from.len() < FEW {
        return SiteLanguage::default();
    }
    let step = from.len().div_ceil(SAMPLE);
    let sample: Vec<&Candidate> = from.into_iter().step_by(step).collect();
    let read: Vec<Language> = sample
        .par_iter()
        .filter_map(|candidate| {
            let bytes = bytes_of(request, tree, &candidate.file).ok()?;
            let text = String::from_utf8(bytes).ok()?;
            let start = head(&text, plan.generator, model).map_or(0, |head| head.body_start as usize);
            let text = text.get(..text.floor_char_boundary(start + BEGINNING))?;
            caught(|| prose::recognise_page(text, &Body::read(text, start, &model.dialect(&candidate.path)))).ok()?
        })
        .collect();
    let mut counts: Map<Language, usize> = Map::default();
    for language in &read {
        *counts.entry(*language).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(language, count)| (*count, std::cmp::Reverse(*language)));
    SiteLanguage {
        expected: most.filter(|(_, count)| count * 2 > read.len()).map(|(l, _)| l),
        declared: false,
        tag: None,
        said_at: None,
    }
}

fn not_utf8(file: &FilePath, bytes: &[u8]) -> Option<Finding> {
    // What git-crypt keeps secret is a page again where the site is built.
    if bytes.starts_with(b"\0GITCRYPT\0") {
        return None;
    }
    let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let encoding = match bytes {
        [0xff, 0xfe, ..] => "UTF-16 (little-endian)",
        [0xfe, 0xff, ..] => "UTF-16 (big-endian)",
        _ if bytes.iter().any(|byte| (0x80..0xa0).contains(byte)) => "Windows-1252",
        _ => "Latin-1 (ISO 8859-1)",
    };
    let line = bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    let found = bytes.get(at).copied().unwrap_or_default();
    let message = format!(
        "this page is not UTF-8: byte {at} (line {line}) is 0x{found:02X}, so it reads like {encoding}, and nothing in it was checked"
    );
    engine_finding("file/not-utf8", file, Span::FILE, message, Some("save it as UTF-8".to_owned()))
}
