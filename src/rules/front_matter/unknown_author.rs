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
        for one in near::unknown(site, registry, |page| named(page, keys)) {
            let message =
                format!("there is no author `{}` in {}: the page shows none", one.scalar.text.trim(), registry.from);
            near::report(&one, registry, message, is_slip, report);
        }
    }
}

/// Short names are often one letter apart, and `andre` is not `andrew` cut short, nor `alanb` one letter too much: those
/// may be two people.
fn is_slip(written: &str, name: &str) -> bool {
    let (written, name) = (near::folded(written), near::folded(name));
    let one_begins_the_other = written.starts_with(&name) || name.starts_with(&written);
    written == name || written.chars().count() >= 6 && !one_begins_the_other
}

fn named<'a>(page: &'a PageFacts, keys: &[String]) -> Vec<&'a Scalar> {
    let scalars = keys.iter().filter_map(|key| page.key(key)).flat_map(Key::scalars);
    scalars.filter(|scalar| !scalar.text.trim().is_empty()).collect()
}
