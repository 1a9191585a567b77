//! A slip of the hand in an address, whoever found it, and how it is reported.

use crate::finding::{Fix, Safety};
use crate::page::links::Link;
use crate::rules::rule::Reporter;
use crate::site::facts::PageFacts;

/// What happened to an address.
pub(super) struct Slip {
    /// What it is, as a clause.
    pub(super) why: &'static str,
    /// What to write.
    pub(super) right: String,
    /// The repair, where it can be made.
    pub(super) fix: Option<Fix>,
}

impl Slip {
    /// A slip that another destination repairs.
    pub(super) fn of(page: &PageFacts, link: &Link, right: &str, why: &'static str, safety: Safety) -> Slip {
        let safety = if page.contradicts(link, right) { Safety::Manual } else { safety };
        let text = link.rewrite(right);
        let fix = text.map(|text| Fix::replace(format!("write `{right}`"), safety, &page.file, link.span, text));
        Slip { why, right: right.to_owned(), fix }
    }

    /// Reports it.
    pub(super) fn report(self, page: &PageFacts, link: &Link, report: &mut Reporter<'_>) {
        let message = format!("`{}` leads nowhere: {}", link.destination, self.why);
        let draft = report.at(&page.file, link.place(), message).at_most(page.severity_of_dead_links());
        draft.help(format!("write `{}`", self.right)).maybe_fix(self.fix).done();
    }
}
