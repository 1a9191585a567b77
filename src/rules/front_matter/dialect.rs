//! front-matter/dialect: a value that this generator's YAML reads as something else than is written there.

use serde_json::Value;

use crate::finding::{Confidence, Fix, Safety};
use crate::generators::data::{Data, KeyData, KeyType};
use crate::page::front_matter::{Dialect, Entry, Format, FrontMatter, Node, ScalarType, Style, resolve, scalar_text};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::facts::Kind;
use crate::source::Span;

struct DialectRule;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(DialectRule))
}

impl PageRule for DialectRule {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let front =
            page.front.filter(|front| front.format == Format::Yaml && front.errors.is_empty() && !front.recovered);
        let Some(front) = front.filter(|_| page.facts.kind != Kind::Loose) else { return };
        let data = page.generator.data();
        for entry in &front.root {
            let name = entry.name(page.text);
            let known = key_data(data, name);
            if let Some(known) = known {
                pitfall(page, known, entry, report);
            }
            if !is_text(data, known, name) {
                continue;
            }
            let values = entry.value.seq().unwrap_or(std::slice::from_ref(&entry.value));
            for node in values {
                value(page, front, name, node, report);
            }
        }
    }
}

fn key_data<'d>(data: &'d Data, name: &str) -> Option<&'d KeyData> {
    data.keys.get(name).or_else(|| {
        let mut keys = data.keys.iter().filter(|_| data.keys_ignore_case);
        keys.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, data)| data)
    })
}

/// True for keys whose values readers see as they are written: texts, terms, languages, versions.
fn is_text(data: &Data, known: Option<&KeyData>, name: &str) -> bool {
    let only_text =
        |key: &KeyData| !key.types.is_empty() && key.types.iter().all(|ty| matches!(ty, KeyType::Text | KeyType::List));
    let listed = |list: &[String]| list.iter().any(|one| one == name);
    known.is_some_and(only_text)
        || listed(&data.terms)
        || listed(&data.languages)
        || name.strip_suffix("ersion").is_some_and(|rest| rest.ends_with(['v', 'V']))
}

/// A value that the generator knows elsewhere and not in a page.
fn pitfall(page: &Page<'_>, known: &KeyData, entry: &Entry, report: &mut Reporter<'_>) {
    let Some(text) = entry.value.text(page.text) else { return };
    if let Some(why) = known.pitfalls.get(text) {
        report
            .at(page.file(), entry.value.span, format!("`{text}` does not mean here what it means elsewhere: {why}"))
            .help("write what you mean, or remove the key")
            .done();
    }
}

fn value(page: &Page<'_>, front: &FrontMatter, name: &str, node: &Node, report: &mut Reporter<'_>) {
    let Some(scalar) = node.scalar() else { return };
    let text = scalar.text(page.text);
    if let Some(tag) = node.tag.filter(|tag| is_local(tag.of(page.text))) {
        return tagged(page, front, tag, node, report);
    }
    if scalar.style != Style::Plain {
        return;
    }
    if let Some(comment) = cut_off(page.text, front, node) {
        return commented(page, node, comment, report);
    }
    let Some(read) = shown_as(text, page.model.settings().yaml) else { return };
    let title = &page.generator.data().title;
    let fix = front
        .quote_value(page.text, node)
        .map(|(span, text)| Fix::replace("put it in quotes", Safety::Safe, page.file(), span, text));
    report
        .at(page.file(), node.span, format!("{title} reads `{name}: {text}` as {read}, not as the text that you wrote"))
        .help("put it in quotes")
        .maybe_fix(fix)
        .done();
}

/// What the page shows in the place of a plain text; nothing where that is the text itself.
fn shown_as(text: &str, dialect: Dialect) -> Option<String> {
    let script = matches!(dialect, Dialect::JsYaml3 | Dialect::JsYaml4);
    let (what, shown) = match resolve(text, Style::Plain, dialect) {
        ScalarType::Bool(value) => ("the truth value", value.to_string()),
        ScalarType::Int(i64::MAX | i64::MIN) => return None,
        ScalarType::Int(number) => ("the number", number.to_string()),
        ScalarType::Sexagesimal(number) => ("the number (in base sixty)", number.to_string()),
        ScalarType::Float(number) if !number.is_finite() => return None,
        // JavaScript and Go have one way to write a number, `2`; Ruby and Rust keep `2.0`.
        ScalarType::Float(number) if script || dialect == Dialect::GoYaml => ("the number", number.to_string()),
        ScalarType::Float(number) => ("the number", format!("{number:?}")),
        ScalarType::Date | ScalarType::DateTime if script => {
            return Some("a date, which shows with its weekday and time".to_owned());
        }
        ScalarType::Date => ("the date", padded(text)),
        ScalarType::DateTime | ScalarType::Null | ScalarType::Str => return None,
    };
    (!shown.eq_ignore_ascii_case(text)).then(|| format!("{what} `{shown}`"))
}

/// A date as Ruby prints it: `2024-01-05` of `2024-1-5`.
fn padded(text: &str) -> String {
    let parts: Vec<String> = text.split('-').map(|part| format!("{part:0>2}")).collect();
    parts.join("-")
}

/// `!important`, and not YAML's own `!!str`.
fn is_local(tag: &str) -> bool {
    tag.strip_prefix('!').is_some_and(|name| name.starts_with(char::is_alphanumeric))
}

fn tagged(page: &Page<'_>, front: &FrontMatter, tag: Span, node: &Node, report: &mut Reporter<'_>) {
    let whole = Span { start: tag.start, end: node.span.end.max(tag.end) };
    let fix = node.scalar().filter(|scalar| scalar.style == Style::Plain).map(|_| {
        let quoted = scalar_text(whole.of(page.text), Style::Double, front.format, "", true);
        Fix::replace("put it in quotes", Safety::Safe, page.file(), whole, quoted)
    });
    let word = tag.of(page.text);
    report
        .at(page.file(), whole, format!("YAML takes `{word}` for a type and not for text: it is missing in the value, or the page cannot be read"))
        .help("put the value in quotes")
        .maybe_fix(fix)
        .done();
}

/// The comment that directly follows a value and begins like a word: `C #1`. Who writes several comments into one head
/// means them: a template explains its keys so.
fn cut_off(text: &str, front: &FrontMatter, node: &Node) -> Option<Span> {
    if front.comments.len() > 1 {
        return None;
    }
    let after = front.comments.partition_point(|comment| comment.start < node.span.end);
    let comment = *front.comments.get(after)?;
    let between = text.get(node.span.end as usize..comment.start as usize)?;
    let word = comment.of(text).strip_prefix('#')?.starts_with(char::is_alphanumeric);
    (word && between == " ").then_some(comment)
}

fn commented(page: &Page<'_>, node: &Node, comment: Span, report: &mut Reporter<'_>) {
    let whole = Span { start: node.span.start, end: comment.end };
    let rest = comment.of(page.text).trim_end();
    let quoted = format!("\"{}\"", whole.of(page.text).trim_end().replace('\\', "\\\\").replace('"', "\\\""));
    report
        .at(page.file(), comment, format!("YAML takes `{rest}` for a comment: the value ends before it"))
        .help("put the whole value in quotes; or a blank after `#`, if it is a comment")
        .confidence(Confidence::Medium)
        .fix(Fix::replace("put it in quotes", Safety::Manual, page.file(), whole, quoted))
        .done();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_see() {
        use Dialect::{GoYaml, JsYaml3, JsYaml4, Psych11, Serde};
        let shown =
            |text, dialect| shown_as(text, dialect).map(|read| read.split('`').nth(1).unwrap_or("date").to_owned());
        for (text, ruby, old, new, go, rust) in [
            ("no", Some("false"), None, None, None, None),
            ("1.10", Some("1.1"), Some("1.1"), Some("1.1"), Some("1.1"), Some("1.1")),
            ("2.0", None, Some("2"), Some("2"), Some("2"), None),
            ("0755", Some("493"), Some("493"), Some("755"), Some("493"), None),
            ("12:30:45", Some("45045"), Some("45045"), None, None, None),
            ("2024-01-05", None, Some("date"), Some("date"), None, None),
            ("2024-1-5", Some("2024-01-05"), None, None, None, None),
            ("2024", None, None, None, None, None),
            ("v1.10", None, None, None, None, None),
            ("True", None, None, None, None, None),
        ] {
            let found = [Psych11, JsYaml3, JsYaml4, GoYaml, Serde].map(|dialect| shown(text, dialect));
            assert_eq!(found, [ruby, old, new, go, rust].map(|text| text.map(str::to_owned)), "{text}");
        }
    }
}
