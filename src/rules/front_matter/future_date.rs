//! front-matter/future-date: a page that waits for its day.

use serde_json::Value;

use crate::page::front_matter::{DateReader, read_date};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::{Key, Published};
use crate::source::Span;

/// Keys that say from when on a page is shown; the first that a page has decides.
const KEYS: [&str; 4] = ["publishDate", "pubdate", "published", "date"];

struct FutureDate;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(FutureDate))
}

impl SiteRule for FutureDate {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let future = |page: &&crate::site::facts::PageFacts| page.checked && page.place.published == Published::Future;
        for page in site.pages.iter().filter(future) {
            let keys = page.front.iter().flat_map(|front| &front.keys);
            let key = KEYS.iter().find_map(|name| keys.clone().find(|key| key.name.eq_ignore_ascii_case(name)));
            let day = key.and_then(|key| day(site, key)).or_else(|| Some(page.place.date?.date().to_string()));
            let until = day.unwrap_or_else(|| "in the future".to_owned());
            let span = key.map_or(Span::FILE, |key| key.value_span);
            let title = &site.generator.data().title;
            report
                .at(&page.file, span, format!("this page is dated {until}: {title} leaves it out until then"))
                .help("correct the date, if it is not planned so; else build the site again on that day")
                .done();
        }
    }
}

/// The day that a key names.
fn day(site: &Site, key: &Key) -> Option<String> {
    let when = read_date(key.text()?, DateReader::of(site.model.settings().yaml)).ok()?;
    Some(when.date.to_string())
}
