//! front-matter/repeated-title: the description only repeats the title.

use serde_json::Value;

use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::facts::Value as Front;

struct RepeatedTitle;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(RepeatedTitle))
}

impl PageRule for RepeatedTitle {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let Some(title) = page.facts.title() else { return };
        let Some(Front::Scalar(description)) = page.facts.key("description").map(|key| &key.value) else { return };
        if bare(&title.text).next().is_some() && bare(&title.text).eq(bare(&description.text)) {
            report
                .at(page.file(), description.span, "the description only repeats the title")
                .note("search engines and previews show the same words twice")
                .help("say in a sentence what the reader will find, or leave the description away")
                .done();
        }
    }
}

/// Letters and digits alone: a full stop makes no description.
fn bare(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
