//! images/oversized: a picture that readers wait for.

use serde::Deserialize;
use serde_json::Value;

use crate::rules::format::parse_size;
use crate::rules::rule::{Code, Reporter, SiteRule, options};
use crate::site::Site;
use crate::site::assets::{AssetFacts, Content, Format};
use crate::site::needs::Needs;
use crate::source::Span;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    max_bytes: Value,
    max_pixels: u32,
}

struct Oversized {
    bytes: u64,
    pixels: u32,
}

/// Makes the rule.
pub fn make(value: &Value) -> Result<Code, serde_json::Error> {
    let Options { max_bytes, max_pixels } = options(value)?;
    // The option's type was checked with the configuration: a number, or a text such as `1MB`.
    let bytes = max_bytes.as_u64().or_else(|| parse_size(max_bytes.as_str()?)).unwrap_or(u64::MAX);
    Ok(Code::site(Oversized { bytes, pixels: max_pixels }))
}

impl SiteRule for Oversized {
    fn needs(&self) -> Needs {
        Needs::IMAGES
    }

    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, link, file, facts) in super::shown(site) {
            let Some(what) = self.excess(facts) else { continue };
            report
                .at(&page.file, link.place(), format!("`{file}` {what}: readers wait for it, and phones pay for it"))
                .help("scale it down to what the page shows, and save it as WebP, AVIF or a JPEG of quality 80")
                .related(file, Span::FILE, "the file")
                .done();
        }
    }
}

impl Oversized {
    /// What is too much, in words.
    fn excess(&self, facts: &AssetFacts) -> Option<String> {
        let side = match facts.content {
            Content::Image(Format::Svg, _) => None,
            Content::Image(_, size) => size.filter(|(width, height)| *width.max(height) > self.pixels),
            _ => return None,
        };
        let heavy = facts.bytes > self.bytes;
        let pixels = |(width, height)| format!("is {width} × {height} pixels large (limit {})", self.pixels);
        match (heavy, side) {
            (false, None) => None,
            (true, None) => Some(format!("has {} (limit {})", megabytes(facts.bytes), megabytes(self.bytes))),
            (false, Some(side)) => Some(pixels(side)),
            (true, Some(side)) => {
                let limit = megabytes(self.bytes);
                Some(format!("{} and has {} (limit {limit})", pixels(side), megabytes(facts.bytes)))
            }
        }
    }
}

/// Bytes for people: `2.4 MB`, `350 kB`.
fn megabytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
