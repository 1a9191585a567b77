//! From raw findings to the outcome: site rules, suppressions, configuration, selection, order, counts.

use crate::hash::{Map, Set};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::BuildHasher;

use rayon::prelude::*;

use super::policy::{Ready, is_told, judge_fixes, leave, severity};
use super::{Checked, Error, Known, Request, online, spelt, unread};
use crate::discover::extension;
use crate::finding::{FilePath, Finding, Safety};
use crate::outcome::{self, FileStamp, Hidden, Outcome, SiteSummary, Summary, Unchecked};
use crate::page::links::LinkKind;
use crate::rules::meta::Scope;
use crate::rules::rule::{NetworkRule, SiteRule, engine_finding};
use crate::secrets;
use crate::severity::Severity;
use crate::site::Site;
use crate::site::assets::Kept;
use crate::site::facts::{Kind, PageFacts, Published};
use crate::site::language::Census;
use crate::site::target::Target;
use crate::source::Span;
use crate::suppress::{self, Suppression};

/// Runs the site rules, asks servers where that is wanted, and puts the outcome together.
pub fn finish(
    request: &Request<'_>,
    known: Known,
    rules: &[Ready<Box<dyn SiteRule>>],
    network_rules: &[Ready<Box<dyn NetworkRule>>],
) -> Result<Checked, Error> {
    let Known { tree, sites, mut raw } = known;
    let any = sites.iter().flat_map(|site| &site.pages).any(|page| page.checked);
    if !any && raw.findings.is_empty() {
        return Err(nothing(request, &tree, &sites));
    }
    let mut findings = std::mem::take(&mut raw.findings);
    let mut of_sites: Vec<Finding> = sites
        .par_iter()
        .flat_map(|site| rules.par_iter().map(move |rule| (site, rule)))
        .flat_map_iter(|(site, rule)| of_rule(site, rule))
        .collect();
    spelt::ask(request, &tree, &sites, &raw.texts, &mut of_sites);
    findings.append(&mut of_sites);
    let web = online::probe(request, &sites, network_rules, &mut raw.suppressions);
    findings.extend(web.findings);
    for skipped in tree.skipped() {
        // `.claude/rules.md`: a program's own notes are no pages.
        let hidden = skipped.path.split('/').any(|part| part.starts_with('.'));
        if super::sites::is_markdown(&skipped.path) && !hidden {
            let message = format!("this page is not checked: {}", skipped.why);
            let help = "repair or remove it".to_owned();
            findings.extend(engine_finding("file/unreadable", &skipped.path, Default::default(), message, Some(help)));
        } else {
            *raw.unchecked.entry("files_that_could_not_be_read".to_owned()).or_default() += 1;
        }
    }
    let mut hidden = Hidden::default();
    let config = request.config;
    // What was not asked, or could not be judged today, may well have something to silence.
    let all_judged =
        web.counts.is_some_and(|web| web.checked + web.left.silenced == web.external_links && web.unjudged == 0);
    let runs = |scope: Scope| scope != Scope::Network || all_judged;
    let ran = config.known().rules().filter(|meta| config.is_active(meta) && runs(meta.scope));
    let ran: Set<String> = ran.map(|meta| meta.id.clone()).collect();
    let online_only =
        |finding: &&Finding| config.known().rule(&finding.rule).is_some_and(|meta| meta.scope == Scope::Network);
    let of_web = |findings: &[Finding]| match web.counts {
        Some(_) => findings.iter().filter(online_only).count(),
        None => 0,
    };
    let mut hidden_of_web = Hidden { suppressed: of_web(&findings), ..Hidden::default() };
    hidden.suppressed = suppress::apply(&mut findings, &mut raw.suppressions);
    hidden_of_web.suppressed -= of_web(&findings);
    // A rule that looks at the site as well as at servers has run, and still not seen what is behind these links.
    let unseen = if all_judged { Map::default() } else { online::places(&sites, &raw.suppressions) };
    let open = |file: &FilePath, one: &Suppression| {
        let links = unseen.get(file).into_iter().flatten();
        let may_speak = |fragment: bool| network_rules.iter().filter(move |rule| fragment || !rule.code.reads_pages());
        links.into_iter().any(|(at, fragment)| may_speak(*fragment).any(|rule| one.covers(&rule.id, *at)))
    };
    findings.extend(suppress::findings(&raw.suppressions, &ran, &open, config.known()));
    let kept_back = kept_back(&sites);
    let unseen = |finding: &&mut Finding| kept_back.contains(&finding.file);
    findings.iter_mut().filter(unseen).for_each(|finding| finding.severity = finding.severity.min(Severity::Hint));
    findings.retain_mut(|finding| match severity(config, &finding.rule, &finding.file, finding.severity) {
        Some(severity) => {
            finding.severity = severity;
            judge_fixes(config, finding);
            if let Some(rule) = finding.reveals.filter(|rule| is_told(config, rule, &finding.file)) {
                leave(finding, rule);
            }
            true
        }
        None => false,
    });
    let (mut findings, elsewhere): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|finding| request.selects(finding));
    findings.iter_mut().for_each(|finding| suggest_only(request, finding));
    let least = request.min_confidence;
    let before = findings.len();
    hidden_of_web.confidence = of_web(&findings);
    findings.retain(|finding| finding.confidence >= least);
    hidden.confidence = before - findings.len();
    hidden_of_web.confidence -= of_web(&findings);
    findings.par_iter_mut().for_each(without_secrets);
    findings.par_sort_unstable_by(Finding::order);
    findings.dedup();
    let mut summary = Summary::of(&findings);
    summary.files = raw.files;
    summary.hidden = hidden;
    summary.online = web.counts.map(|counts| outcome::Online { hidden: hidden_of_web, ..counts });
    summary.unchecked = unchecked(request, &sites, raw.unchecked, web.counts);
    stamp_configurations(request, &mut raw.stamps, findings.iter().chain(&elsewhere));
    let shown = findings.iter().flat_map(|f| std::iter::once(&f.file).chain(f.related.iter().map(|r| &r.file)));
    let stamps = shown.filter_map(|file| Some((file.clone(), *raw.stamps.get(file)?))).collect();
    let outcome = Outcome {
        base: request.base.clone(),
        sites: sites
            .iter()
            .filter(|site| site.pages.iter().any(|page| page.checked))
            .map(|site| summary_of(request, site))
            .collect(),
        findings,
        stamps,
        memory: request.memory.clone(),
        texts: raw.texts,
        summary,
        ..Outcome::default()
    };
    Ok(Checked { outcome, elsewhere, stamps: raw.stamps, sites })
}

/// What the generators' configurations are that findings point into: they were read while the sites were being looked for.
fn stamp_configurations<'f>(
    request: &Request<'_>,
    stamps: &mut Map<FilePath, FileStamp>,
    findings: impl Iterator<Item = &'f Finding>,
) {
    for finding in findings {
        let places = std::iter::once((&finding.file, finding.span));
        for (file, span) in places.chain(finding.related.iter().map(|related| (&related.file, related.span))) {
            if span == Span::FILE || stamps.contains_key(file) {
                continue;
            }
            if let Ok(bytes) = std::fs::read(request.base.join(&**file)) {
                stamps.insert(FilePath::clone(file), FileStamp::of(&bytes));
            }
        }
    }
}

/// What would change a file that was not chosen is a suggestion: nobody asked for a change there.
fn suggest_only(request: &Request<'_>, finding: &mut Finding) {
    for fix in &mut finding.fixes {
        if !fix.edits.iter().all(|edit| request.chooses(&edit.file)) {
            fix.safety = Safety::Manual;
        }
    }
}

/// No message or repair repeats a password that stands in a URL.
fn without_secrets(finding: &mut Finding) {
    let hide = |text: &mut String| {
        if let Cow::Owned(hidden) = secrets::hidden(text) {
            *text = hidden;
        }
    };
    hide(&mut finding.message);
    finding.note.iter_mut().chain(&mut finding.help).for_each(hide);
    finding.fixes.retain(|fix| {
        let texts = fix.edits.iter().map(|edit| &edit.text).chain([&fix.title]);
        texts.into_iter().all(|text| matches!(secrets::hidden(text), Cow::Borrowed(_)))
    });
}

/// What one rule says of a site.
pub(super) fn of_rule(site: &Site, rule: &Ready<Box<dyn SiteRule>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    rule.run(&site.root.as_str().into(), &mut findings, |code, report| code.check(site, report));
    findings
}

fn unchecked(
    request: &Request<'_>,
    sites: &[Site],
    mut other: BTreeMap<String, usize>,
    counts: Option<outcome::Online>,
) -> Unchecked {
    // Their hashes, for the many: a set of the texts would be the largest thing in memory.
    let hash = foldhash::fast::RandomState::default();
    let mut external: Vec<u64> = Vec::new();
    for (page, link, target) in sites.iter().flat_map(Site::links) {
        let chosen = request.chooses(&page.file);
        match target {
            Target::External if chosen && counts.is_none() => {
                external.push(hash.hash_one(link.destination.split('#').next().unwrap_or_default()));
            }
            Target::Unchecked(why) if chosen => *other.entry(why.counted().to_owned()).or_default() += 1,
            _ => {}
        }
    }
    let shown = sites.iter().flat_map(|site| site.links().map(move |(page, _, target)| (site, page, target)));
    let shown = shown.filter(|(_, page, _)| request.chooses(&page.file)).filter_map(|(site, _, target)| match target {
        Target::Asset(file) => Some((file, site.assets.get(file)?)),
        _ => None,
    });
    let untold: Set<_> = shown.filter(|(_, facts)| facts.kept == Kept::Unknown).map(|(file, _)| file).collect();
    let untold = untold.len();
    if untold > 0 {
        other.insert("images_against_the_git_index".to_owned(), untold);
    }
    for entry in sites.iter().flat_map(|site| &site.navigation).filter(|entry| request.chooses(&entry.at.file)) {
        if let Target::Unchecked(why) = entry.target {
            *other.entry(why.counted().to_owned()).or_default() += 1;
        }
    }
    external.sort_unstable();
    external.dedup();
    if let Some(counts) = counts.filter(|counts| counts.unjudged > 0) {
        other.insert("external_links_that_could_not_be_judged".to_owned(), counts.unjudged);
    }
    Unchecked { external_links: counts.map_or(external.len(), |counts| counts.external_links - counts.checked), other }
}

/// What is said of a site: how many pages it has; of those that were asked about, links, images and languages.
fn summary_of(request: &Request<'_>, site: &Site) -> SiteSummary {
    let pages = || site.pages.iter().filter(|page| page.checked);
    let asked = || pages().filter(|page| request.chooses(&page.file));
    let count = |kind| asked().flat_map(|page| &page.links).filter(|link| link.kind == kind).count();
    let census = Census::of(asked());
    let settings = site.model.settings();
    SiteSummary {
        root: if site.root.is_empty() { ".".to_owned() } else { site.root.clone() },
        generator: site.generator.name().to_owned(),
        pages: pages().count(),
        posts: pages().filter(|page| page.kind == Kind::Post).count(),
        links: count(LinkKind::Link),
        images: count(LinkKind::Image),
        language: language(request, site, &census),
        languages: census.languages,
        generator_name: if site.generator.name() == "plain" {
            String::new()
        } else {
            site.generator.data().title.clone()
        },
        remarks: settings.notes.clone(),
    }
}

/// The site's language in words: `French (from what its posts are written in; 29 of them read as English)`.
fn language(request: &Request<'_>, site: &Site, census: &Census) -> Option<String> {
    let name = |language| crate::language::english_name(language).unwrap_or_default().to_owned();
    if site.language.declared {
        return site.language.expected.map(|language| format!("{} (from its configuration)", name(language)));
    }
    // What a few pages are written in says nothing of a site.
    let partly = !request.paths.is_empty();
    let expected = site.language.expected.filter(|_| partly || census.shows_a_main_language())?;
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    let asked = |page: &&PageFacts| page.checked && request.chooses(&page.file);
    for page in site.pages.iter().filter(asked).filter(|page| page.language.declared.is_none()) {
        if let Some(read) = page.language.read_as().filter(|read| *read != expected) {
            *others.entry(name(read)).or_default() += 1;
        }
    }
    let mut text = format!("{} (from what its pages are written in", name(expected));
    for (language, count) in others {
        text.push_str(&format!("; {count} read as {language}"));
    }
    text.push(')');
    Some(text)
}

fn nothing(request: &Request<'_>, tree: &crate::discover::Tree, sites: &[Site]) -> Error {
    let place = match request.paths.as_slice() {
        [] => request.base.display().to_string(),
        [one] => one.clone(),
        more => format!("{} and {} more", more.first().cloned().unwrap_or_default(), more.len() - 1),
    };
    let markdown = tree.files().iter().filter(|file| super::sites::is_markdown(file)).count();
    let why = if tree.files().is_empty() {
        "the folder is empty; run postlint in the folder of your site".to_owned()
    } else if let Some(unread) = unread::texts(tree, sites) {
        unread
    } else if markdown == 0 {
        let found: Set<_> = tree.files().iter().map(|file| extension(file)).collect();
        let many = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        let (files, kinds) = (many(tree.files().len(), "file"), many(found.len(), "kind"));
        format!("no Markdown among its {files} ({kinds}); run postlint in the folder of your site")
    } else if sites.is_empty() {
        "no path that was given is a page or holds one; name the page's file, or run without paths".to_owned()
    } else {
        "its Markdown is excluded, ignored by git, or not part of the site; `postlint site` shows what was taken as pages".to_owned()
    };
    Error::Nothing { place, why }
}

/// The pages that their writers have not published yet, where that is what a page says; not those whose head cannot be read.
fn kept_back(sites: &[Site]) -> Set<FilePath> {
    let of_site = sites.iter().filter(|site| site.model.settings().keeps_pages_back).flat_map(|site| &site.pages);
    let sound = |page: &&PageFacts| page.front.as_ref().is_none_or(|front| front.sound);
    of_site
        .filter(|page| page.place.published == Published::Never)
        .filter(sound)
        .map(|page| page.file.clone())
        .collect()
}
