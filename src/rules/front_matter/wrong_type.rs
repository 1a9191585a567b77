//! front-matter/wrong-type: a value is not what the generator or the collection takes there.

use serde_json::Value as Json;

use super::closed_words::Others;
use super::commas;
use super::readable;
use super::shape::{Shape, words};
use super::siblings::{Siblings, Usage, canonical};
use super::terms::is_list_without_blanks;
use crate::finding::{Confidence, Edit, Fix, Safety, Severity};
use crate::generators::data::{KeyData, KeyType};
use crate::page::front_matter::{ScalarType, is_plain_safe};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::site::Site;
use crate::site::facts::{Key, PageFacts, Scalar, Value};
use crate::source::Span;

/// So many pages must have a key before their custom counts.
const SIBLINGS: usize = 20;

struct WrongType;

/// Makes the rule.
pub fn make(_: &Json) -> Result<Code, serde_json::Error> {
    Ok(Code::site(WrongType))
}

impl SiteRule for WrongType {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let siblings = Siblings::count(site);
        let mut others = Others::default();
        for (page, front) in readable(site) {
            let Some(group) = siblings.of(page) else { continue };
            for key in &front.keys {
                let name = canonical(site, &key.name);
                let usage = group.usage(&name);
                let shape = Shape::of(&key.value);
                if dashes(site, page, key, report) || commas::check(site, page, key, report) {
                    continue;
                }
                match data_of(site, &name).filter(|data| !data.types.is_empty()) {
                    Some(data) => {
                        others.add(page, key, data);
                        against_data(site, page, key, data, shape, &usage, report);
                    }
                    None if site.model.drops_key(page, &key.name) => {}
                    None => against_siblings(page, key, shape, &usage, report),
                }
            }
        }
        others.report(report);
    }
}

/// A list of terms of which YAML makes one text.
fn dashes(site: &Site, page: &PageFacts, key: &Key, report: &mut Reporter<'_>) -> bool {
    let is_list = |scalar: &&Scalar| !scalar.is_quoted() && is_list_without_blanks(&scalar.text);
    let Value::Scalar(scalar) = &key.value else { return false };
    let found = site.generator.data().terms.iter().any(|name| *name == *key.name) && is_list(&scalar);
    if found {
        report
            .at(
                &page.file,
                scalar.span,
                format!("no blank follows the hyphens, so `{}` is one text and no list", key.name),
            )
            .help("put a blank behind each hyphen")
            .done();
    }
    found
}

fn data_of<'s>(site: &'s Site, name: &str) -> Option<&'s KeyData> {
    let data = site.generator.data();
    match data.keys_ignore_case {
        true => data.keys.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, data)| data),
        false => data.keys.get(name),
    }
}

fn against_data(
    site: &Site,
    page: &PageFacts,
    key: &Key,
    data: &KeyData,
    shape: Shape,
    usage: &Usage,
    report: &mut Reporter<'_>,
) {
    // What a site does on many pages its templates can read. A text that is no date is front-matter/invalid-date's.
    let custom = usage.with(shape) >= 5 && usage.with(shape) * 5 >= usage.pages;
    if shape.is_allowed(&data.types) || custom || is_template(key) || is_word(key, data) || is_truth(site, key, data) {
        return;
    }
    if shape == Shape::Text && site.model.is_text(page, &key.name) {
        return;
    }
    let wanted = words(&data.types);
    let about = data.about.as_deref().map(|about| format!(": {about}")).unwrap_or_default();
    // Templates print a list of texts as the texts.
    let printed = shape == Shape::List && data.types.iter().all(|ty| *ty == KeyType::Text);
    let severity = if printed || data.harmless { Severity::Warning } else { Severity::Error };
    report
        .at(&page.file, place(key), format!("`{}` is {} where {wanted} is expected", key.name, found(key, shape)))
        .note(format!("{} reads it as something else than you wrote{about}", site.generator.data().title))
        .help(data.help.clone().unwrap_or_else(|| format!("write {wanted}")))
        .at_most(severity)
        .maybe_fix(repair(page, key, &data.types))
        .done();
}

fn against_siblings(page: &PageFacts, key: &Key, shape: Shape, usage: &Usage, report: &mut Reporter<'_>) {
    let Some((most, count)) = usage.majority() else { return };
    let fits = [Shape::Text, Shape::Number, Shape::Date, Shape::Boolean, Shape::List, Shape::Map];
    let count = fits.into_iter().filter(|one| one.fits(most)).map(|one| usage.with(one)).sum::<usize>().max(count);
    // `company: false` says that there is none.
    if matches!(&key.value, Value::Scalar(scalar) if scalar.ty == ScalarType::Bool(false)) {
        return;
    }
    let settled = usage.filled >= SIBLINGS && count * 100 >= usage.filled * 95;
    if !settled || most == Shape::Other || shape.fits(most) || is_template(key) {
        return;
    }
    // Several where the others have one is often meant; the reverse breaks what goes through the list.
    let confidence = if shape == Shape::List { Confidence::Low } else { Confidence::Medium };
    let wanted = match most {
        Shape::Boolean => vec![KeyType::Boolean],
        Shape::List => vec![KeyType::List],
        _ => Vec::new(),
    };
    report
        .at(
            &page.file,
            place(key),
            format!("`{}` is {} where the others have {}", key.name, found(key, shape), most.name()),
        )
        .note(format!(
            "{count} of {} pages beside it have {} there, and templates are made for that",
            usage.filled,
            most.name()
        ))
        .help(match &key.value {
            Value::Scalar(scalar) if says_nothing(&scalar.text) => "write `[]`, or remove the line".to_owned(),
            _ => format!("write {}", most.name()),
        })
        .at_most(Severity::Warning)
        .confidence(confidence)
        .maybe_fix(repair(page, key, &wanted))
        .done();
}

/// What was found, in a writer's words; a short value is shown.
fn found(key: &Key, shape: Shape) -> String {
    match &key.value {
        Value::Scalar(scalar) if scalar.text.len() > 40 => shape.name().to_owned(),
        Value::Scalar(scalar) if scalar.is_quoted() => format!("the text `\"{}\"`", scalar.text),
        Value::Scalar(scalar) => format!("`{}`", scalar.text),
        _ => shape.name().to_owned(),
    }
}

/// The value; only the key of a map or list that goes over several lines would show less.
fn place(key: &Key) -> Span {
    if matches!(key.value, Value::Scalar(_)) { key.value_span } else { key.span }
}

/// `no`, `on`: a word for its writer, and front-matter/dialect says what it is for the generator.
fn is_word(key: &Key, data: &KeyData) -> bool {
    let truth = |scalar: &Scalar| matches!(scalar.ty, ScalarType::Bool(value) if !scalar.text.eq_ignore_ascii_case(&value.to_string()));
    let text = data.types.iter().all(|ty| matches!(ty, KeyType::Text | KeyType::List));
    text && matches!(&key.value, Value::Scalar(scalar) if truth(scalar))
}

/// `"false"`, where the generator reads the text as what it says.
fn is_truth(site: &Site, key: &Key, data: &KeyData) -> bool {
    let texts = &site.generator.data().texts_of_booleans;
    data.types.contains(&KeyType::Boolean) && key.text().is_some_and(|text| texts.iter().any(|known| known == text))
}

/// Written by a template when the page is made.
fn is_template(key: &Key) -> bool {
    key.text().is_some_and(|text| text.contains("{{") || text.contains("{%"))
}

fn repair(page: &PageFacts, key: &Key, types: &[KeyType]) -> Option<Fix> {
    let Value::Scalar(scalar) = &key.value else { return None };
    // A block text has a header and no quotes; what stands between simple quotes is as long as the text.
    let length = (scalar.span.end - scalar.span.start) as usize;
    if scalar.is_quoted() && length != scalar.text.len() + 2 {
        return None;
    }
    let word = scalar.text.to_ascii_lowercase();
    match types {
        [KeyType::Boolean, ..] if scalar.is_quoted() && matches!(word.as_str(), "true" | "false") => {
            Some(Fix::replace(format!("write `{word}` without quotes"), Safety::Safe, &page.file, scalar.span, word))
        }
        [KeyType::Number, ..] if scalar.is_quoted() && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) => {
            Some(Fix::replace(format!("write `{word}` without quotes"), Safety::Safe, &page.file, scalar.span, word))
        }
        [KeyType::List] => listed(page, scalar),
        _ => None,
    }
}

/// `NA`, `none`, `-`: there is none, which a list of one would not say.
fn says_nothing(text: &str) -> bool {
    const WORDS: [&str; 11] = ["", "-", "n.a.", "n/a", "na", "nil", "nobody", "none", "nothing", "null", "tbd"];
    WORDS.binary_search(&text.trim().to_lowercase().as_str()).is_ok()
}

/// A list of one. With a comma in it, it may be meant as several.
fn listed(page: &PageFacts, scalar: &Scalar) -> Option<Fix> {
    if says_nothing(&scalar.text)
        || scalar.text.contains(',')
        || (!scalar.is_quoted() && !is_plain_safe(&scalar.text, true))
    {
        return None;
    }
    let edit =
        |at: u32, text: &str| Edit { file: page.file.clone(), span: Span { start: at, end: at }, text: text.into() };
    let edits = vec![edit(scalar.span.start, "["), edit(scalar.span.end, "]")];
    Some(Fix::edits("make it a list of one", Safety::Safe, edits))
}
