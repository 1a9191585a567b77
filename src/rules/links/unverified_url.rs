//! links/unverified-url: a link that could not be judged, with the reason.

use serde_json::Value;

use crate::network::verdict::Verdict;
use crate::network::web::Web;
use crate::rules::rule::{Code, NetworkRule, Reporter};

#[derive(Clone, Copy)]
struct UnverifiedUrl;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::network(UnverifiedUrl))
}

impl NetworkRule for UnverifiedUrl {
    fn check(&self, web: &Web<'_>, report: &mut Reporter<'_>) {
        for (page, link, known) in web.links() {
            let verdict = &known.judged.verdict;
            let open = verdict.is_unjudged() || matches!(verdict, Verdict::Gone(_));
            if !open || web.is_out(known) {
                continue;
            }
            let message = format!("`{}` {}", link.destination.trim(), known.judged.evidence());
            report
                .at(&page.file, link.place(), message)
                .help("open it yourself; if it is fine, an entry in `network.ignore` keeps it from being asked")
                .done();
        }
    }
}
