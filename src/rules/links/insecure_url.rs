//! links/insecure-url: `http:` where the same page answers on `https:`.

use serde_json::Value;

use crate::finding::{Fix, Safety};
use crate::network::web::Web;
use crate::rules::rule::{Code, NetworkRule, Reporter};

#[derive(Clone, Copy)]
struct InsecureUrl;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::network(InsecureUrl))
}

impl NetworkRule for InsecureUrl {
    fn check(&self, web: &Web<'_>, report: &mut Reporter<'_>) {
        for (page, link, known) in web.links() {
            let written = link.destination.trim();
            let plain = written.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("http:"));
            let (Some(_), Some(secure)) = (plain, &known.judged.secure) else { continue };
            // Only the scheme is another: the rest stays as the writer wrote it.
            let new = format!("https:{}", written.get(5..).unwrap_or_default());
            let fix = link
                .rewrite(&new)
                .map(|text| Fix::replace(format!("write `{new}`"), Safety::Safe, &page.file, link.span, text));
            report
                .at(&page.file, link.place(), format!("`{written}` is not encrypted, and the same page is at `https:`"))
                .help(format!("write `{new}`"))
                .cause(format!("of `{}`", secure.host_str().unwrap_or_default()))
                .maybe_fix(fix)
                .done();
        }
    }
}
