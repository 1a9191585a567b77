//! Where the heading is that a dead fragment asks for, when its page has none that is nearly called so: a part that was
//! moved to another page.

use crate::hash::Map;
use crate::site::Site;
use crate::site::destination::decode;
use crate::site::facts::PageFacts;
use crate::site::translation::tag;

/// The pages that have the ids which others lack.
pub struct Places<'s> {
    pages: Map<String, Vec<&'s PageFacts>>,
}

impl<'s> Places<'s> {
    /// Of the fragments that are asked for in vain; where there are none, no page is looked at.
    pub fn new<'f, I: Iterator<Item = &'f str>>(site: &'s Site, fragments: impl Fn() -> I) -> Places<'s> {
        let mut pages: Map<String, Vec<&PageFacts>> = Map::default();
        let wanted = fragments().map(|fragment| decode(fragment).into_owned()).filter(|id| is_telling(id));
        pages.extend(wanted.map(|id| (id, Vec::new())));
        if !pages.is_empty() {
            for page in site.pages.iter().filter(|page| page.is_published()) {
                for anchor in &page.anchors.known {
                    if let Some(found) = pages.get_mut(&*anchor.id) {
                        found.push(page);
                    }
                }
            }
        }
        Places { pages }
    }

    /// What to do where no heading of the page is nearly called so.
    pub fn help(&self, page: &PageFacts, wanted: &str) -> String {
        if let Some(other) = self.on_another_page(page, wanted) {
            let url = other.place.url.as_deref().unwrap_or(&other.path);
            return format!(
                "a heading with that id is on `{url}`: link to `{url}#{wanted}`, or leave the fragment away"
            );
        }
        if page.anchors.known.is_empty() {
            return "that page has no headings to link to: leave the fragment away".to_owned();
        }
        "link to one of the page's headings, or leave the fragment away".to_owned()
    }

    /// The only other page below its top folder that has it.
    fn on_another_page(&self, page: &PageFacts, wanted: &str) -> Option<&'s PageFacts> {
        let mut others =
            self.pages.get(wanted)?.iter().filter(|other| {
                other.path != page.path && top(&other.path) == top(&page.path) && tag(other) == tag(page)
            });
        let first = others.next()?;
        others.all(|other| std::ptr::eq(*other, *first)).then_some(*first)
    }
}

/// True for an id of several words: `summary` and `wire-protocol` are everywhere.
fn is_telling(id: &str) -> bool {
    id.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count() > 2
}

/// The top folder, which holds a language, a version or another project as often as a chapter.
fn top(path: &str) -> &str {
    path.split_once('/').map_or("", |(top, _)| top)
}
