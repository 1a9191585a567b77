//! links/dead-url: the server itself says that it is gone, or nobody has answered for days.

use serde_json::Value;

use crate::network::online::Known;
use crate::network::verdict::Verdict;
use crate::network::web::{Strikes, Web};
use crate::rules::rule::{Code, NetworkRule, Reporter};

#[derive(Clone, Copy)]
struct DeadUrl;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::network(DeadUrl))
}

/// True when the verdict, on so many days, is enough to call it dead.
pub fn is_dead(known: &Known, strikes: Strikes) -> bool {
    match &known.judged.verdict {
        Verdict::Gone(_) => known.days >= strikes.gone,
        Verdict::Unreachable(_) => known.days >= strikes.unreachable,
        _ => false,
    }
}

impl NetworkRule for DeadUrl {
    fn check(&self, web: &Web<'_>, report: &mut Reporter<'_>) {
        for (page, link, known) in web.links().filter(|(_, _, known)| is_dead(known, web.strikes)) {
            let verdict = &known.judged.verdict;
            let mut message = format!("`{}` {}", link.destination.trim(), verdict.evidence());
            if matches!(verdict, Verdict::Unreachable(_)) && known.days > 1 {
                message.push_str(&format!(", on {} days", known.days));
            }
            let draft = report.at(&page.file, link.place(), message);
            let draft = match known.last_fine {
                Some(day) => draft.note(format!("it was last seen alive on {day}")),
                None => draft,
            };
            draft.help("link to where it is now, to a copy in an archive, or say it without the link").done();
        }
    }
}
