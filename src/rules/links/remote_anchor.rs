//! The part of links/missing-anchor that looks at other sites' pages, with `--online`.

use crate::finding::{Fix, Safety, Severity};
use crate::network::page::Fragment;
use crate::network::plan;
use crate::network::web::Web;
use crate::rules::rule::Reporter;

/// Reports fragments that the page on the other site does not have. What scripts may make there is not known, and not said.
pub fn check(web: &Web<'_>, report: &mut Reporter<'_>) {
    for (page, link, known) in web.links() {
        let (Some(remote), true) = (&known.judged.page, known.judged.verdict.is_fine()) else { continue };
        let Some(fragment) = plan::fragment(&link.destination) else { continue };
        let made = plan::address(&link.destination)
            .is_some_and(|url| crate::network::hosts::Hosts::built_in().makes_anchor(&url, &fragment));
        if made || remote.fragment(&fragment) != Fragment::Missing {
            continue;
        }
        let (address, _) = link.destination.split_once('#').unwrap_or((&link.destination, ""));
        let near = remote.near(&fragment);
        let help = match near {
            Some(id) => format!("did you mean `#{id}`?"),
            None => "open the page and link to what it has now, or leave the fragment away".to_owned(),
        };
        let fix = near.and_then(|id| {
            let text = link.rewrite(&format!("{address}#{id}"))?;
            Some(Fix::replace(format!("write `#{id}`"), Safety::Unsafe, &page.file, link.span, text))
        });
        let message = format!("`{}` has no heading or element with the id `{fragment}`", address.trim());
        report.at(&page.file, link.place(), message).at_most(Severity::Warning).help(help).maybe_fix(fix).done();
    }
}
