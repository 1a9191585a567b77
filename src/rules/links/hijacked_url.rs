//! links/hijacked-url: the address answers, but not with what was there.

use serde_json::Value;

use crate::network::verdict::Verdict;
use crate::network::web::Web;
use crate::rules::rule::{Code, NetworkRule, Reporter};

#[derive(Clone, Copy)]
struct HijackedUrl;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::network(HijackedUrl))
}

impl NetworkRule for HijackedUrl {
    fn check(&self, web: &Web<'_>, report: &mut Reporter<'_>) {
        for (page, link, known) in web.links() {
            let Verdict::Hijacked(_) = &known.judged.verdict else { continue };
            report
                .at(&page.file, link.place(), format!("`{}` {}", link.destination.trim(), known.judged.evidence()))
                .help("look at it, and link to where the page is now, to a copy in an archive, or say it without the link")
                .done();
        }
    }
}
