//! front-matter/unknown-author: an author that the site's list of authors does not have.

use serde_json::Value;

use super::near;
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
        let of = |page| if read(page) { named(page, keys) } else { Vec::new() };
        for one in near::unknown(site, registry, of) {
            let message =
                format!("there is no author `{}` in {}: the page shows none", one.scalar.text.trim(), registry.from);
            near::report(&one, registry, message, near::is_slip, report);
        }
    }
}

fn named<'a>(page: &'a PageFacts, keys: &[String]) -> Vec<&'a Scalar> {
    let scalars = keys.iter().filter_map(|key| page.key(key)).flat_map(Key::scalars);
    scalars.filter(|scalar| !scalar.text.trim().is_empty()).collect()
}
