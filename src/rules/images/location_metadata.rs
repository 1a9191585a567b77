//! images/location-metadata: a photo that says where it was taken.

use serde_json::Value;

use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::needs::Needs;
use crate::source::Span;

struct LocationMetadata;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(LocationMetadata))
}

impl SiteRule for LocationMetadata {
    fn needs(&self) -> Needs {
        Needs::LOCATION
    }

    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        for (page, link, file, _) in super::shown(site).filter(|(_, _, _, facts)| facts.located) {
            report
                .at(&page.file, link.place(), format!("`{file}` tells everybody where the picture was taken: it holds GPS coordinates"))
                .help("remove them, for instance with `exiftool -gps:all= -xmp:geotag= FILE`, or export the picture without its location")
                .related(file, Span::FILE, "the file")
                .done();
        }
    }
}
