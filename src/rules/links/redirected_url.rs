//! links/redirected-url: the page has moved for good, and the new address is known.

use serde_json::Value;

use crate::finding::{Fix, Safety};
use crate::network::verdict::Verdict;
use crate::network::web::Web;
use crate::rules::rule::{Code, NetworkRule, Reporter};

#[derive(Clone, Copy)]
struct RedirectedUrl;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::network(RedirectedUrl))
}

impl NetworkRule for RedirectedUrl {
    fn check(&self, web: &Web<'_>, report: &mut Reporter<'_>) {
        for (page, link, known) in web.links() {
            let Verdict::Moved(redirect) = &known.judged.verdict else { continue };
            // The same page on https is links/insecure-url's business.
            if !redirect.permanent || known.judged.secure.is_some() {
                continue;
            }
            let written = link.destination.trim();
            let mut new = redirect.to.to_string();
            if let Some((_, fragment)) = written.split_once('#') {
                new = format!("{new}#{fragment}");
            }
            // One day's word is a guess; said twice and never otherwise it is not.
            let safety = if redirect.stable { Safety::Safe } else { Safety::Unsafe };
            let fix = link
                .rewrite(&new)
                .map(|text| Fix::replace(format!("write `{new}`"), safety, &page.file, link.span, text));
            report
                .at(&page.file, link.place(), format!("`{written}` has moved for good to `{new}`"))
                .help(format!("write `{new}`"))
                .maybe_fix(fix)
                .done();
        }
    }
}
