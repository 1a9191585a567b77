//! `required` and `type`: what a key of the front matter must be.

use super::message::Told;
use super::select::Place;
use crate::page::front_matter::ScalarType;
use crate::rules::format::{Required, Selector, TypeIs, ValueType};
use crate::site::facts::{Key, Value};
use crate::source::Span;

/// `required`: there and not empty.
pub fn required(kind: &Required, place: &Place<'_>, told: &mut Told<'_, '_, '_>) {
    let Selector::FrontMatter(path) = &kind.place else {
        if place.items(&kind.place).is_empty() {
            told.at(Span::FILE, &[]);
        }
        return;
    };
    // What could not be read may well be there; a page without front matter has no keys to miss.
    let Some(front) = place.front() else { return };
    let whole = [String::new()];
    for key in if kind.keys.is_empty() { &whole[..] } else { &kind.keys[..] } {
        let path: Vec<String> =
            path.iter().cloned().chain(key.split('.').filter(|name| !name.is_empty()).map(str::to_owned)).collect();
        let name = path.join(".");
        match place.key(&path) {
            Some(key) if is_empty(key) => told.at(key.span, &[("key", &name), ("value", "")]),
            Some(_) => {}
            None => {
                let fence = Span { start: front.outer.start, end: front.outer.end.min(front.outer.start + 3) };
                told.at(fence, &[("key", &name), ("value", "")]);
            }
        }
    }
}

fn is_empty(key: &Key) -> bool {
    match &key.value {
        Value::Null => true,
        Value::Scalar(scalar) => scalar.text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(keys) => keys.is_empty(),
        Value::Other => false,
    }
}

/// `type`
pub fn typed(kind: &TypeIs, place: &Place<'_>, told: &mut Told<'_, '_, '_>) {
    for selector in kind.places.all() {
        let Selector::FrontMatter(path) = selector else { continue };
        let Some(key) = place.key(path) else { continue };
        if kind.is.all().iter().any(|wanted| fits(*wanted, &key.value)) {
            continue;
        }
        let expected: Vec<&str> = kind.is.all().iter().map(|wanted| word(*wanted)).collect();
        let value = key.text().unwrap_or_default();
        told.at(key.value_span, &[("key", &path.join(".")), ("value", value), ("expected", &expected.join(" or "))]);
    }
}

fn fits(wanted: ValueType, value: &Value) -> bool {
    let scalar = |fits: fn(ScalarType) -> bool| matches!(value, Value::Scalar(scalar) if fits(scalar.ty));
    // Nothing, and what an alias stands for, are other rules' business.
    if matches!(value, Value::Null | Value::Other) {
        return true;
    }
    match wanted {
        ValueType::String => scalar(|ty| ty == ScalarType::Str),
        ValueType::Boolean => scalar(|ty| matches!(ty, ScalarType::Bool(_))),
        ValueType::Number => scalar(|ty| matches!(ty, ScalarType::Int(_) | ScalarType::Float(_))),
        ValueType::Date => scalar(|ty| matches!(ty, ScalarType::Date | ScalarType::DateTime)),
        ValueType::List => matches!(value, Value::List(_)),
        ValueType::Table => matches!(value, Value::Map(_)),
    }
}

fn word(wanted: ValueType) -> &'static str {
    match wanted {
        ValueType::String => "text",
        ValueType::Number => "a number",
        ValueType::Boolean => "true or false",
        ValueType::Date => "a date",
        ValueType::List => "a list",
        ValueType::Table => "a table",
    }
}
