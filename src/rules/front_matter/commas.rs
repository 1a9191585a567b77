//! Terms with commas between them where the generator cuts a text at blanks: of `java, gradle` it makes `java,` and
//! `gradle`, and the first is on no tag page that anybody asks for.

use super::terms::{is_cut, is_cut_wrongly, kind};
use crate::finding::{Fix, Safety, Severity};
use crate::page::front_matter::is_plain_safe;
use crate::rules::rule::Reporter;
use crate::site::Site;
use crate::site::facts::{Key, PageFacts, Value};

/// Reports such a value; true when it is one.
pub fn check(site: &Site, page: &PageFacts, key: &Key, report: &mut Reporter<'_>) -> bool {
    let data = site.generator.data();
    let Value::Scalar(scalar) = &key.value else { return false };
    let template = scalar.text.contains(['{', '[']);
    if template || !data.terms.iter().any(|name| **name == *key.name) || !is_cut(&key.name, data) {
        return false;
    }
    let first = scalar.text.split_whitespace().find(|word| word.contains(','));
    let Some(first) = first.filter(|_| is_cut_wrongly(&scalar.text)) else { return false };
    let title = &data.title;
    let message =
        format!("{title} cuts a text of `{}` at its blanks, so `{first}` is one {}", key.name, kind(&key.name));
    let terms: Vec<&str> = scalar.text.split(',').map(str::trim).filter(|term| !term.is_empty()).collect();
    let list = format!("[{}]", terms.join(", "));
    let plain = terms.iter().all(|term| is_plain_safe(term, true)) && scalar.span.len() <= scalar.text.len() + 2;
    let fix = plain.then(|| Fix::replace(format!("write `{list}`"), Safety::Safe, &page.file, scalar.span, &*list));
    let draft = report.at(&page.file, scalar.span, message).help(format!("write `{list}`"));
    draft.at_most(Severity::Warning).maybe_fix(fix).done();
    true
}
