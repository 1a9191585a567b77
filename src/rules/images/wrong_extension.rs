//! images/wrong-extension: a file whose name promises another format than it holds.

use crate::hash::Map;

use serde_json::Value;

use super::unsupported_format;
use crate::discover::extension;
use crate::finding::{Edit, FilePath, Fix, Rename, Safety};
use crate::generators::Sources;
use crate::page::links::Link;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::assets::{AssetFacts, Content, Format};
use crate::site::facts::PageFacts;
use crate::site::needs::Needs;
use crate::source::Span;

/// Where a file is shown.
type Uses<'a> = Vec<(&'a PageFacts, &'a Link)>;

struct WrongExtension;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(WrongExtension))
}

impl SiteRule for WrongExtension {
    fn needs(&self) -> Needs {
        Needs::IMAGES
    }

    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let mut wrong: Map<&FilePath, (Format, Format, Uses<'_>)> = Map::default();
        for (page, link, file, facts) in super::shown(site) {
            if let Some((promised, held)) = differing(file, facts) {
                wrong.entry(file).or_insert((promised, held, Vec::new())).2.push((page, link));
            }
        }
        for (file, (promised, held, uses)) in wrong {
            let name = renamed(file, held);
            let fix = fix(site, file, &name, &uses);
            let short = crate::discover::file_name(&name);
            for (page, link) in uses {
                let message = format!(
                    "`{file}` holds {} image, not {}: servers and tools go by the name, and some fail on it",
                    with_article(held),
                    with_article(promised)
                );
                report
                    .at(&page.file, link.place(), message)
                    .help(format!("rename it to `{short}`, here and wherever it is used"))
                    .related(file, Span::FILE, "the file")
                    .maybe_fix(fix.clone())
                    .done();
            }
        }
    }
}

/// The format that the name promises and the one that the file holds, where they differ.
fn differing(file: &str, facts: &AssetFacts) -> Option<(Format, Format)> {
    let Content::Image(held, _) = facts.content else { return None };
    let promised = Format::of_extension(&extension(file))?;
    // Every browser looks into an icon; a format that none shows is told by `images/unsupported-format`.
    let told = promised == Format::Ico || unsupported_format::why(held).is_some();
    (promised != held && !told).then_some((promised, held))
}

/// `a PNG`, `an SVG`.
fn with_article(format: Format) -> String {
    let article = if matches!(format, Format::Avif | Format::Ico | Format::Svg) { "an" } else { "a" };
    format!("{article} {}", format.name())
}

fn renamed(file: &str, held: Format) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    format!("{stem}.{}", held.extensions().first().copied().unwrap_or_default())
}

/// The new name for the file and for all that refer to it in pages; nothing where one of these cannot be rewritten, or
/// the name is taken. Layouts and styles may name the file too, so it is not safe.
fn fix(site: &Site, file: &FilePath, name: &str, uses: &[(&PageFacts, &Link)]) -> Option<Fix> {
    let taken = name.strip_prefix(site.root.as_str()).is_some_and(|path| site.has(path.trim_start_matches('/')));
    if taken {
        return None;
    }
    let (old, new) = (file.rsplit_once('.')?.1, name.rsplit_once('.')?.1);
    let mut edits: Vec<Edit> = Vec::with_capacity(uses.len());
    for (page, link) in uses {
        let end = link.destination.find(['?', '#']).unwrap_or(link.destination.len());
        let (path, tail) = link.destination.split_at(end);
        let stem = path.strip_suffix(old)?.strip_suffix('.').filter(|_| !link.is_dynamic())?;
        let text = link.rewrite(&format!("{stem}.{new}{tail}"))?;
        edits.push(Edit { file: page.file.clone(), span: link.span, text });
    }
    edits.sort();
    edits.dedup();
    let short = crate::discover::file_name(name);
    let title = format!("rename the file to `{short}`, in the pages too");
    let renames = vec![Rename { from: file.clone(), to: name.into() }];
    Some(Fix { title, safety: Safety::Unsafe, edits, renames })
}
