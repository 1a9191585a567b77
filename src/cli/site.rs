//! `postlint site`: what postlint believes about the site.

use std::io::{BufWriter, Write, stdout};

use clap::ValueEnum;
use serde_json::{Value, json};

use super::common::{Common, Error};
use super::place::Place;
use crate::engine::{self, Known};
use crate::exit::Exit;
use crate::finding::Confidence;
use crate::page::links::{LinkKind, Origin};
use crate::report::inert;
use crate::site::Site;
use crate::site::facts::{PageFacts, Published};
use crate::site::index::{Entry, url_of};
use crate::site::language::Census;
use crate::site::target::Target;
use crate::source::LineIndex;

/// What to show.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which list; without one, a summary
    #[arg(value_enum)]
    what: Option<What>,
    /// How to show it
    #[arg(long, value_enum, default_value = "text")]
    format: SiteFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// Every page with its URL
    Pages,
    /// Every link with its target
    Links,
    /// Every asset with its address
    Assets,
    /// Every term with the number of its pages
    Terms,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SiteFormat {
    Text,
    Json,
}

/// Runs the command.
///
/// # Errors
/// Whatever keeps the site from being read.
pub fn run(args: &Args, common: &Common) -> Result<Exit, Error> {
    let place = Place::new(common, &[])?;
    let known = engine::know(&place.request(common, Confidence::Low, None))
        .map_err(|error| Error::Failed(error.to_string()))?;
    if known.sites.iter().all(|site| site.pages.is_empty()) {
        let base = place.base.display();
        let why = engine::unread::texts(&known.tree, &known.sites);
        let why = why.unwrap_or_else(|| "run postlint in the folder of your site".to_owned());
        return Err(Error::Failed(format!("there are no pages in `{base}`: {why}")));
    }
    let mut out = BufWriter::new(stdout().lock());
    let written = match args.what {
        None => summary(&known, args.format, &mut out),
        Some(what) => {
            let rows: Vec<Value> = known.sites.iter().flat_map(|site| rows(what, site, &known)).collect();
            list(&rows, args.format, &mut out)
        }
    };
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(Exit::Clean),
    }
}

fn list(rows: &[Value], format: SiteFormat, out: &mut impl Write) -> std::io::Result<()> {
    if format == SiteFormat::Json {
        serde_json::to_writer_pretty(&mut *out, rows)?;
        return writeln!(out);
    }
    for row in rows {
        let cells = row.as_object().into_iter().flat_map(|row| row.values()).filter_map(cell);
        let cells: Vec<String> = cells.map(|cell| inert::message(&cell).into_owned()).collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// A value as a cell of a text table; spans and lists are for programs.
fn cell(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Null => Some("-".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Object(inner) if inner.contains_key("kind") => {
            Some(inner.values().filter_map(Value::as_str).collect::<Vec<_>>().join(" "))
        }
        _ => None,
    }
}

fn summary(known: &Known, format: SiteFormat, out: &mut impl Write) -> std::io::Result<()> {
    if format == SiteFormat::Json {
        let sites: Vec<Value> = known.sites.iter().map(describe).collect();
        serde_json::to_writer_pretty(&mut *out, &sites)?;
        return writeln!(out);
    }
    for site in &known.sites {
        let settings = site.model.settings();
        let root = if site.root.is_empty() { "." } else { &site.root };
        writeln!(
            out,
            "{}: {} ({})",
            inert::message(root),
            site.generator.data().title,
            inert::message(&site.evidence)
        )?;
        let pages = site.pages.iter().filter(|page| page.checked).count();
        let published = site.pages.iter().filter(|page| page.is_published() && page.place.url.is_some()).count();
        writeln!(out, "  pages      {pages}, {published} addresses of pages published")?;
        let address = settings.url.as_deref().unwrap_or("not said");
        writeln!(out, "  address    {}{}", inert::message(address), inert::message(&settings.base_path))?;
        let census = Census::of(&site.pages);
        let languages: Vec<String> = census.languages.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let who = if site.language.declared { "declared" } else { "read from the pages" };
        writeln!(out, "  languages  {} ({who})", inert::message(&languages.join(", ")))?;
        if let Some(authors) = &site.registries.authors {
            writeln!(out, "  authors    {} in {}", authors.names.len(), inert::message(&authors.from))?;
        }
        if let Some(layouts) = &site.registries.layouts {
            writeln!(out, "  layouts    {} in {}", layouts.names.len(), inert::message(&layouts.from))?;
        }
        for note in &settings.notes {
            writeln!(out, "  note       {}", inert::message(note))?;
        }
    }
    Ok(())
}

fn describe(site: &Site) -> Value {
    let settings = site.model.settings();
    json!({
        "root": if site.root.is_empty() { "." } else { &site.root },
        "generator": site.generator.name(),
        "evidence": site.evidence,
        "pages": site.pages.iter().filter(|page| page.checked).count(),
        "url": settings.url,
        "base_path": settings.base_path,
        "languages": Census::of(&site.pages).languages,
        "authors": site.registries.authors.as_ref().map(|authors| &authors.names),
        "layouts": site.registries.layouts.as_ref().map(|layouts| &layouts.names),
        "notes": settings.notes,
    })
}

fn rows(what: What, site: &Site, known: &Known) -> Vec<Value> {
    match what {
        What::Pages => site.pages.iter().filter(|page| page.place.url.is_some() || page.checked).map(page).collect(),
        What::Links => links(site, known),
        What::Assets => {
            let mut rows: Vec<(&str, &str)> = site
                .index
                .iter()
                .filter_map(
                    |(output, entry)| if let Entry::Asset(file) = entry { Some((&**file, output)) } else { None },
                )
                .collect();
            rows.sort_unstable();
            rows.into_iter().map(|(file, url)| json!({"file": file, "url": url})).collect()
        }
        What::Terms => {
            let data = site.generator.data();
            let mut counts: std::collections::BTreeMap<(&str, &str), usize> = std::collections::BTreeMap::new();
            for key in site.pages.iter().flat_map(|page| data.terms.iter().filter_map(|name| page.key(name))) {
                for scalar in key.scalars() {
                    *counts.entry((&*key.name, &*scalar.text)).or_default() += 1;
                }
            }
            counts.into_iter().map(|((key, term), pages)| json!({"key": key, "term": term, "pages": pages})).collect()
        }
    }
}

fn page(page: &PageFacts) -> Value {
    let language = page.language.declared.as_ref().map(|declared| declared.tag.to_string());
    json!({
        "file": &*page.file,
        "url": page.place.url,
        "aliases": page.place.aliases.iter().map(|alias| alias.path.as_str()).collect::<Vec<_>>(),
        "title": page.title().map(|title| &*title.text).or(page.heading.as_deref()),
        "language": language.or_else(|| page.language.read_as().map(|read| read.to_string())),
        "date": page.place.date.map(|date| date.to_string()),
        "draft": matches!(page.place.published, Published::Draft),
        "published": page.is_published(),
        "anchors": page.anchors.known.iter().map(|anchor| &*anchor.id).collect::<Vec<_>>(),
    })
}

fn links(site: &Site, known: &Known) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut last: Option<(&str, String, LineIndex)> = None;
    for (page, link, target) in site.links() {
        if last.as_ref().is_none_or(|(file, ..)| *file != &*page.file) {
            let text = std::fs::read_to_string(known.tree.base().join(&*page.file)).unwrap_or_default();
            let index = LineIndex::new(&text);
            last = Some((&page.file, text, index));
        }
        let start = last.as_ref().map(|(_, text, index)| index.position(text, link.span.start as usize));
        let (kind, to, anchor) = resolved(site, target, &link.destination);
        let of = match (&link.origin, link.kind) {
            (Origin::FrontMatter { .. }, _) => "front-matter",
            (_, LinkKind::Image) => "image",
            (_, LinkKind::Link) => "link",
        };
        rows.push(json!({
            "file": &*page.file,
            "span": link.span,
            "start": start,
            "kind": of,
            "destination": &*link.destination,
            "resolved": {"kind": kind, "to": to},
            "anchor": anchor,
        }));
    }
    rows
}

fn resolved(site: &Site, target: &Target, destination: &str) -> (&'static str, Option<String>, Option<String>) {
    let page = |number: u32| site.page(number).map(|page| page.file.to_string());
    match target {
        Target::Page { page: number, fragment } => ("page", page(*number), fragment.as_deref().map(str::to_owned)),
        Target::Unpublished(number) => ("missing", page(*number), None),
        Target::Asset(file) => ("asset", Some(file.to_string()), None),
        Target::Generated => ("page", None, None),
        Target::External | Target::Scheme => ("external", Some(destination.to_owned()), None),
        Target::WrongCase(names) => ("missing", Some(url_of(&names.found).to_owned()), None),
        Target::Missing { .. } | Target::NoSource { .. } | Target::Outside | Target::Malformed | Target::Empty => {
            ("missing", None, None)
        }
        Target::Unchecked(_) => ("unchecked", None, None),
    }
}
