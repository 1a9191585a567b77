//! images/unsupported-format: a picture that browsers do not show.

use serde_json::Value;

use crate::finding::Severity;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::assets::{Content, Format};
use crate::site::needs::Needs;
use crate::source::Span;

struct UnsupportedFormat;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(UnsupportedFormat))
}

/// What is wrong with a format on the web, if anything is.
pub(super) fn why(format: Format) -> Option<&'static str> {
    match format {
        Format::Heic | Format::Tiff => Some("most browsers do not show it"),
        Format::Psd => Some("no browser shows it"),
        Format::Bmp => Some("some readers' programs do not show it, and it is many times larger than it need be"),
        _ => None,
    }
}

impl SiteRule for UnsupportedFormat {
    fn needs(&self) -> Needs {
        Needs::IMAGES
    }

    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, link, file, facts) in super::shown(site) {
            let Content::Image(format, _) = facts.content else { continue };
            let Some(why) = why(format) else { continue };
            let better = if format == Format::Bmp { "PNG or WebP" } else { "JPEG, PNG or WebP" };
            // Browsers show it all the same.
            let most = if format == Format::Bmp { Severity::Hint } else { Severity::Error };
            report
                .at(&page.file, link.place(), format!("`{file}` is a {} image: {why}", format.name()))
                .help(format!("save it as {better}, and refer to that"))
                .at_most(most)
                .related(file, Span::FILE, "the file")
                .done();
        }
    }
}
