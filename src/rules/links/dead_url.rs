//! links/dead-url: the server itself says that it is gone, or nobody has answered for days.

use serde_json::Value;

use crate::finding::{Fix, Safety};
use crate::network::verdict::Verdict;
use crate::network::web::Web;
use crate::rules::rule::{Code, NetworkRule, Reporter};

#[derive(Clone, Copy)]
struct DeadUrl;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::network(DeadUrl))
}

impl NetworkRule for DeadUrl {
    fn check(&self, web: &Web<'_>, report: &mut Reporter<'_>) {
        for (page, link, known) in web.links().filter(|(_, _, known)| web.is_out(known)) {
            let verdict = &known.judged.verdict;
            let mut message = format!("`{}` {}", link.destination.trim(), known.judged.evidence());
            if matches!(verdict, Verdict::Unreachable(_)) && known.days > 1 {
                message.push_str(&format!(", on {} days", known.days));
            }
            let draft = report.at(&page.file, link.place(), message);
            let draft = match known.last_fine {
                Some(day) => draft.note(format!("it was last seen alive on {day}")),
                None => draft,
            };
            let Some(copy) = web.answers.copy(&link.destination) else {
                draft.help("link to where it is now, to a copy in an archive, or say it without the link").done();
                continue;
            };
            // The writer meant the page as it was then; whether a copy will do is for the writer to say.
            let fix = link.rewrite(copy.url.as_str()).map(|text| {
                let title = format!("link to the copy of {}", copy.day);
                Fix::replace(title, Safety::Unsafe, &page.file, link.span, text)
            });
            draft.help(format!("an archive has a copy of {}: `{}`", copy.day, copy.url)).maybe_fix(fix).done();
        }
    }
}
