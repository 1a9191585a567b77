//! The report that a person reads: which sites, the worst findings in their lines, where the work is, what next.

use std::fmt;
use std::io::{self, Write};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};

use super::causes::{Cause, causes, choose};
use super::words::{columns, count, number, wrap};
use super::{Excerpt, Ink, Report, Style, closing, inert, table};
use crate::finding::{Finding, Safety, Severity};
use crate::outcome::SiteSummary;
use crate::source::Span;

/// From so many findings the table says more than the excerpts.
const TABLE_FROM: usize = 6;
/// Other places of one cause, and related places of one finding, that are named.
const PLACES: usize = 3;
/// Sites that are named; a repository of fixtures or templates may hold hundreds.
const SITES: usize = 8;
/// Columns that miette takes on the left of a line of text, with four digits.
const GUTTER: usize = 8;

/// Writes the whole report.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Report { outcome, style, .. } = report;
    if !style.quiet && !outcome.sites.is_empty() {
        sites(&outcome.sites, style, out)?;
    }
    let causes = causes(&outcome.findings);
    let most = match style.excerpts {
        _ if style.statistics => 0,
        // A few lines more to scroll are less trouble than a finding that is not shown.
        most if causes.len() <= most.saturating_mul(2) => usize::MAX,
        most => most,
    };
    let told = choose(causes, most);
    let handler = handler(style);
    let mut text = String::new();
    for cause in &told {
        text.clear();
        // Writing into a string cannot fail; miette fails only where a label leaves the excerpt.
        let _ = excerpt(report, &handler, cause, &mut text);
        out.write_all(text.as_bytes())?;
        writeln!(out)?;
    }
    let untold = outcome.findings.len() - told.iter().map(|cause| 1 + cause.others.len()).sum::<usize>();
    if untold > 0 && !style.statistics {
        writeln!(out, "  … {} more (--format concise has a line for each)\n", number(untold))?;
    }
    if untold > 0 || outcome.findings.len() >= TABLE_FROM {
        table::write(report, "  ", out)?;
        writeln!(out)?;
    }
    closing::write(report, "  ", out)
}

/// A line per site, the largest first, and what there is to remark.
fn sites(sites: &[SiteSummary], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for site in sites.iter().take(SITES) {
        out.write_all(wrap("  ", &inert::message(&site_line(site)), style.width).as_bytes())?;
        for remark in &site.remarks {
            out.write_all(wrap("    ", &inert::message(remark), style.width).as_bytes())?;
        }
    }
    if sites.len() > SITES {
        writeln!(out, "  and {}", count(sites.len() - SITES, "more site"))?;
    }
    writeln!(out)
}

/// `docs: a Jekyll site, 483 posts and 11 pages, French (…)`.
fn site_line(site: &SiteSummary) -> String {
    let what = match site.generator_name.as_str() {
        "" => "a folder of Markdown".to_string(),
        name if name.starts_with(['A', 'E', 'I', 'O', 'U']) => format!("an {name} site"),
        name => format!("a {name} site"),
    };
    let pages = match (site.posts, site.pages.saturating_sub(site.posts)) {
        (0, pages) => count(pages, "page"),
        (posts, 0) => count(posts, "post"),
        (posts, pages) => format!("{} and {}", count(posts, "post"), count(pages, "page")),
    };
    let language = site.language.as_ref().map(|language| format!(", {language}")).unwrap_or_default();
    let line = format!("{what}, {pages}{language}");
    if matches!(site.root.as_str(), "" | ".") { format!("here: {line}") } else { format!("{}: {line}", site.root) }
}

fn handler(style: &Style) -> GraphicalReportHandler {
    let characters = if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let styles = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(style.width)
        .with_links(false)
        .without_syntax_highlighting()
}

/// What miette draws of a finding.
struct Drawn {
    heading: String,
    severity: Severity,
    excerpt: Option<Excerpt>,
    label: Option<String>,
}

impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.heading)
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.heading)
    }
}

impl std::error::Error for Drawn {}

impl Diagnostic for Drawn {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Hint => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpt = self.excerpt.as_ref()?;
        let label = LabeledSpan::new_with_span(self.label.clone(), excerpt.label());
        Some(Box::new(std::iter::once(label)))
    }
}

/// One finding: heading, lines, note, help, further places.
fn excerpt(report: &Report<'_>, handler: &GraphicalReportHandler, cause: &Cause<'_>, out: &mut String) -> fmt::Result {
    let finding = cause.first;
    let style = &report.style;
    let text = if finding.span == Span::FILE { None } else { report.texts.get(&finding.file) };
    let room = style.width.saturating_sub(GUTTER);
    let name = || inert::path(&finding.file).into_owned();
    let excerpt = text.map(|text| Excerpt::new(&text, finding.span, name(), room, 0));
    let note = finding.note.as_deref().map(inert::message);
    // The reason stands under the characters at fault, if it fits there on the line.
    let fits = |note: &str, at: &Excerpt| at.lines_left() == 0 && at.label_column() + 4 + columns(note) <= room;
    let label =
        note.as_deref().zip(excerpt.as_ref()).filter(|(note, at)| fits(note, at)).map(|(note, _)| note.to_string());
    let note = note.filter(|_| label.is_none());
    let lines_left = excerpt.as_ref().map_or(0, Excerpt::lines_left);
    let heading = format!("{}: {}", inert::name(&finding.rule), inert::message(&finding.message));
    let drawn = Drawn { heading, severity: finding.severity, excerpt, label };
    handler.render_report(out, &drawn)?;
    if drawn.excerpt.is_none() {
        place_only(finding, style, out);
    }
    let mut footer = |word: &str, words: &str| {
        let lines = wrap(&format!("  {word}: "), words, style.width);
        let after = lines.get(word.len() + 3..).unwrap_or_default();
        out.push_str(&format!("  {}{after}", style.paint(Ink::Hint, &format!("{word}:"))));
    };
    if lines_left > 0 {
        footer("note", &format!("and {}", count(lines_left, "more line")));
    }
    if drawn.excerpt.is_none() && finding.span != Span::FILE {
        footer("note", "the file changed since it was checked, so its text is not shown");
    }
    if let Some(note) = note {
        footer("note", &note);
    }
    if let Some(help) = help(finding) {
        footer("help", &inert::message(&help));
    }
    for related in finding.related.iter().take(PLACES) {
        let place = report.place(&related.file, related.span);
        footer("see", &format!("{place} {}", inert::message(&related.message)));
    }
    if finding.related.len() > PLACES {
        footer("see", &format!("and {}", count(finding.related.len() - PLACES, "other place")));
    }
    if !cause.others.is_empty() {
        let mut places: Vec<String> =
            cause.others.iter().take(PLACES).map(|other| report.place(&other.file, other.span)).collect();
        if cause.others.len() > PLACES {
            places.push("…".to_string());
        }
        let others = match &finding.cause {
            Some(common) => {
                format!("{} more {}{}", number(cause.others.len()), inert::path(common), repaired(cause))
            }
            None => format!("in {}", count(cause.others.len(), "other place")),
        };
        footer("also", &format!("{others}: {}", places.join(", ")));
    }
    Ok(())
}

/// How many of the others `--fix` repairs.
fn repaired(cause: &Cause<'_>) -> String {
    match cause.others.iter().filter(|other| other.applicable(false).is_some()).count() {
        0 => String::new(),
        all if all == cause.others.len() => ", repaired by --fix".to_owned(),
        some => format!(", {} of them repaired by --fix", number(some)),
    }
}

/// The frame of a finding that has no lines to show.
fn place_only(finding: &Finding, style: &Style, out: &mut String) {
    let (top, bottom) = if style.unicode { ("╭─", "╰────") } else { (",-", "`----") };
    let path = inert::path(&finding.file);
    out.push_str(&format!("   {top}[{}]\n   {bottom}\n", style.paint(Ink::Hint, &path)));
}

/// The rule's advice, or else what its fixes say.
fn help(finding: &Finding) -> Option<String> {
    if let Some(help) = &finding.help {
        return Some(help.clone());
    }
    let titles: Vec<&str> = finding.fixes.iter().take(PLACES).map(|fix| fix.title.as_str()).collect();
    let manual = finding.fixes.first().is_some_and(|fix| fix.safety == Safety::Manual);
    match titles.as_slice() {
        [] => None,
        [one] => Some((*one).to_string()),
        several if manual => Some(several.join(", or ")),
        [best, ..] => Some((*best).to_string()),
    }
}
