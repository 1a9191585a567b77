//! Pages that lie where one language belongs and are copies of those of another, still to be translated. Programs that
//! manage translations put hundreds of them there at once: that is one thing to know, and no slip.

use std::collections::BTreeMap;

use super::place::place;
use crate::finding::Severity;
use crate::language::{Language, english_name};
use crate::rules::rule::Reporter;
use crate::site::Site;
use crate::site::facts::PageFacts;
use crate::site::translation::tag;

/// So many of one language are told one by one.
const FEW: usize = 5;

/// A page, that of which it is a copy, and the language of both.
pub type Copied<'s> = (&'s PageFacts, &'s PageFacts, Language);

/// Says which copies there are.
pub fn tell(site: &Site, copies: &[Copied<'_>], report: &mut Reporter<'_>) {
    let mut by_language: BTreeMap<(&str, Language), Vec<&Copied<'_>>> = BTreeMap::new();
    for copy in copies {
        by_language.entry((tag(copy.0).unwrap_or_default(), copy.2)).or_default().push(copy);
    }
    let title = &site.generator.data().title;
    for ((tag, read), pages) in by_language {
        let name = english_name(read).unwrap_or(read.as_str());
        let many = pages.len() > FEW;
        let (them, copies) = if many { ("them", "the copies") } else { ("it", "the copy") };
        // What stands in is the page of the default language, whichever this one was copied from.
        let settings = site.model.settings();
        let default = settings.language.as_deref().and_then(Language::from_tag);
        let help = match settings.originals_stand_in && default.is_none_or(|default| default.agrees_with(read)) {
            true => format!("translate {them}, or delete {copies}: {title} shows the {name} page where there is none"),
            false => format!("translate {them}, or remove {copies} until somebody does"),
        };
        let message = match many {
            false => format!("this page of `{tag}` is not translated yet: its text is in {name}"),
            true => {
                format!(
                    "{} pages of `{tag}` are not translated yet, this one first: their text is in {name}",
                    pages.len()
                )
            }
        };
        for (page, original, _) in pages.iter().take(if many { 1 } else { FEW }) {
            report
                .at(&page.file, place(page), message.clone())
                .related(&original.file, place(original), format!("the same page where {name} belongs"))
                .note("screen readers pronounce it, browsers hyphenate and translate it, and search engines file it wrongly")
                .help(help.clone())
                .cause(format!("pages of `{tag}` that are not translated yet"))
                .at_most(Severity::Warning)
                .done();
        }
    }
}
