//! links/redirected-url: the page has moved for good, and the new address is known.

use serde_json::Value;
use url::Url;

use crate::finding::{Fix, Safety};
use crate::network::plan;
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
                .cause(common(link.destination.trim(), &redirect.to))
                .maybe_fix(fix)
                .done();
        }
    }
}

/// Links of one host that went to one other are one move to a reader.
fn common(from: &str, to: &Url) -> String {
    let host = |url: &Url| url.host_str().unwrap_or_default().to_owned();
    let (from, to) = (plan::address(from).map(|url| host(&url)).unwrap_or_default(), host(to));
    if from == to { format!("within `{to}`") } else { format!("from `{from}` to `{to}`") }
}
