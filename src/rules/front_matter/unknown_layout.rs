//! front-matter/unknown-layout: a layout that does not exist in the site, nor can come from a theme.

use crate::hash::Set;

use serde_json::Value;

use super::near;
use crate::page::front_matter::ScalarType;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::severity::Severity;
use crate::site::Site;
use crate::site::facts::{PageFacts, Scalar, Value as Front};

struct UnknownLayout;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(UnknownLayout))
}

impl SiteRule for UnknownLayout {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let Some(registry) = &site.registries.layouts else { return };
        let keys = &site.generator.data().layouts;
        let mut told: Set<&str> = Set::default();
        for one in near::unknown(site, registry, |page| named(page, keys)) {
            let name = one.scalar.text.trim();
            let message = format!("there is no layout `{name}` in {}", registry.from);
            // A line that does nothing is worth a word, not one on every page.
            if let Some(otherwise) = registry.otherwise.filter(|_| one.candidates.is_empty()) {
                if told.insert(name) {
                    let draft = report.at(&one.page.file, one.scalar.span, message).note(otherwise);
                    draft.help("remove the line, or add that layout").at_most(Severity::Hint).done();
                }
                continue;
            }
            near::report(&one, registry, message, near::is_slip, report);
        }
    }
}

/// Only texts: `false` and `null` ask for no layout, and a list is the business of the site's own code.
fn named<'a>(page: &'a PageFacts, keys: &[String]) -> Vec<&'a Scalar> {
    let values = keys.iter().filter_map(|key| match &page.key(key)?.value {
        Front::Scalar(scalar) if scalar.ty == ScalarType::Str && !scalar.text.trim().is_empty() => Some(scalar),
        _ => None,
    });
    values.collect()
}
