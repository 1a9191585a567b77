//! images/unused-file: a picture that the site publishes and nothing refers to.

use serde_json::Value;

use crate::finding::Confidence;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::needs::Needs;
use crate::source::Span;

struct UnusedFile;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(UnusedFile))
}

impl SiteRule for UnusedFile {
    fn needs(&self) -> Needs {
        Needs::MENTIONS
    }

    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for file in &site.unnamed {
            report
                .at(file, Span::FILE, "no page, layout, style or script names this picture")
                .note("it is copied into every build and served to nobody, unless other sites link to it")
                .help("remove it, or refer to it")
                .confidence(Confidence::Medium)
                .done();
        }
    }
}
