//! front-matter/unknown-author: an author that the site's list of authors does not have.

use serde_json::Value;

use super::near;
use crate::finding::Severity;
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::{Key, PageFacts, Scalar};

struct UnknownAuthor;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(UnknownAuthor))
}

impl SiteRule for UnknownAuthor {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let Some(registry) = &site.registries.authors else { return };
        let keys = &site.generator.data().authors;
        let read = |page: &PageFacts| keys.iter().any(|key| !site.model.drops_key(page, key));
        let is_known = |name: &str| registry.names.binary_search_by(|known| known.as_str().cmp(name)).is_ok();
        // `author: ada,grace`: templates split it.
        let strange = |scalar: &Scalar| scalar.text.split(',').map(str::trim).any(|name| !is_known(name));
        let of = |page| match read(page) {
            true => {
                named(page, keys).into_iter().filter(|scalar| !scalar.text.contains(',') || strange(scalar)).collect()
            }
            false => Vec::new(),
        };
        for one in near::unknown(site, registry, of) {
            let written = one.scalar.text.trim();
            let parts: Vec<&str> = written.split(',').map(str::trim).filter(|name| !is_known(name)).collect();
            // One of several that are known.
            let name = match (written.matches(',').count(), parts.as_slice()) {
                (1.., [name]) => name,
                _ => written,
            };
            let message = format!("there is no author `{name}` in {}", registry.from);
            if let Some(otherwise) = registry.otherwise.filter(|_| one.candidates.is_empty()) {
                let draft = report.at(&one.page.file, one.scalar.span, message).note(otherwise);
                let help = format!("name one that is in {}, or add it there", registry.from);
                draft.help(help).at_most(Severity::Hint).done();
                continue;
            }
            let what = if registry.stops { "the site cannot be built" } else { "the page shows none" };
            let message = format!("{message}: {what}");
            near::report(&one, registry, message, near::is_slip, report);
        }
    }
}

fn named<'a>(page: &'a PageFacts, keys: &[String]) -> Vec<&'a Scalar> {
    let scalars = keys.iter().filter_map(|key| page.key(key)).flat_map(Key::scalars);
    scalars.filter(|scalar| !scalar.text.trim().is_empty()).collect()
}
