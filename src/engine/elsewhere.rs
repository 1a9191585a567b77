//! Explains fragments that no page has: another program would have made the id that the link asks for.
//!
//! Writers copy anchors from where they see them, and often that is GitHub's view of the file. Pages are read again for
//! this, but only those that a dead fragment leads to; where every link works, nothing is read.

use std::collections::{BTreeMap, BTreeSet};

use super::bytes::bytes_of;
use super::panics::caught;
use super::{Request, anchors, heads};
use crate::alike::fold;
use crate::discover::Tree;
use crate::generators::heading_ids::Algorithm;
use crate::page::body::Body;
use crate::site::Site;
use crate::site::destination::decode;
use crate::site::fragments::Elsewhere;
use crate::site::target::Target;

/// Whose ids are tried, in this order, with the name that people know them by.
const OTHERS: [(Algorithm, &str); 5] = [
    (Algorithm::GithubSlugger, "GitHub"),
    (Algorithm::KramdownGfm, "Jekyll"),
    (Algorithm::GoldmarkGithub, "Hugo"),
    (Algorithm::Kramdown, "kramdown"),
    (Algorithm::Zola, "Zola"),
];

/// Fills [`Site::elsewhere`].
pub fn explain(request: &Request<'_>, tree: &Tree, site: &mut Site) {
    let mut wanted: BTreeMap<u32, BTreeSet<Box<str>>> = BTreeMap::new();
    for (_, _, target) in site.links() {
        if let Target::Page { page, fragment: Some(fragment) } = target
            && site.lacks(*page, fragment)
        {
            wanted.entry(*page).or_default().insert(decode(fragment).into());
        }
    }
    let own = site.model.settings().heading_ids;
    for (number, fragments) in wanted {
        let Some(page) = site.page(number) else { continue };
        let Ok(bytes) = bytes_of(request, tree, &page.file) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let start = heads::head(&text, site.generator, &*site.model).map_or(0, |head| head.body_start as usize);
        let dialect = site.model.dialect(&page.path);
        let others = OTHERS.iter().filter(|(algorithm, _)| *algorithm != own);
        let read = caught(|| {
            let body = Body::read(&text, start, &dialect);
            let here = anchors::ids(&text, &body, own);
            let all = others.map(|(algorithm, who)| (*who, anchors::ids(&text, &body, *algorithm)));
            (here, all.collect::<Vec<_>>(), anchors::ids_by_text(&text, &body, own))
        });
        let Ok((here, others, by_text)) = read else { continue };
        // Of two headings of the same words nobody knows which.
        let mut ids: BTreeMap<String, Option<&str>> = BTreeMap::new();
        for (words, id) in &by_text {
            ids.entry(fold(words)).and_modify(|known| *known = None).or_insert(Some(id));
        }
        for fragment in &fragments {
            if let Some(Some(id)) = ids.get(&fold(fragment)) {
                let found = Elsewhere { who: None, here: Some((*id).into()) };
                site.elsewhere.insert((number, fragment.clone()), found);
            }
        }
        // The first program that gives an id, and its first heading, are the ones that are named.
        for (who, ids) in others {
            for (id, here) in ids.into_iter().zip(&here) {
                let Some(id) = id.filter(|id| fragments.contains(id.as_str())) else { continue };
                let entry = site.elsewhere.entry((number, id.into()));
                entry.or_insert_with(|| Elsewhere { who: Some(who), here: here.as_deref().map(Into::into) });
            }
        }
    }
}
