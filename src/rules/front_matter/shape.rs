//! What kind of thing a value is, coarse enough to compare pages with each other and with the generator's data.

use crate::generators::data::KeyType;
use crate::page::front_matter::ScalarType;
use crate::site::facts::{Scalar, Value};

/// The shape of a value. Numbers and dates are apart from text only where somebody asks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    /// Nothing is written, or a null.
    Nothing,
    /// Text.
    Text,
    /// A number.
    Number,
    /// A date.
    Date,
    /// `true` or `false`.
    Boolean,
    /// A list of scalars.
    List,
    /// A map.
    Map,
    /// A list of lists or maps, or a reference to another value.
    Other,
}

/// How many there are.
pub const SHAPES: usize = 8;

impl Shape {
    /// The shape of a value.
    pub fn of(value: &Value) -> Shape {
        match value {
            Value::Null => Shape::Nothing,
            Value::Scalar(scalar) => Shape::of_scalar(scalar),
            // Whoever asks for a text finds none in it, and whoever asks for a list finds that.
            Value::List(items) if items.is_empty() => Shape::Nothing,
            Value::List(_) => Shape::List,
            Value::Map(_) => Shape::Map,
            Value::Other => Shape::Other,
        }
    }

    fn of_scalar(scalar: &Scalar) -> Shape {
        match scalar.ty {
            ScalarType::Null => Shape::Nothing,
            ScalarType::Bool(_) => Shape::Boolean,
            ScalarType::Int(_) | ScalarType::Float(_) | ScalarType::Sexagesimal(_) => Shape::Number,
            ScalarType::Date | ScalarType::DateTime => Shape::Date,
            ScalarType::Str => Shape::Text,
        }
    }

    /// In a writer's words.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Nothing => "nothing",
            Shape::Text => "text",
            Shape::Number => "a number",
            Shape::Date => "a date",
            Shape::Boolean => "`true` or `false`",
            Shape::List | Shape::Other => "a list",
            Shape::Map => "a map",
        }
    }

    /// True when a template that expects `other` gets along with this: what is printed may be text, number or date.
    pub fn fits(self, other: Shape) -> bool {
        let printed = |shape| matches!(shape, Shape::Text | Shape::Number | Shape::Date);
        self == other || self == Shape::Nothing || self == Shape::Other || (printed(self) && printed(other))
    }

    /// True when the generator's documentation allows it. `Other` is never judged.
    pub fn is_allowed(self, types: &[KeyType]) -> bool {
        let has = |wanted| types.contains(&wanted);
        types.is_empty()
            || match self {
                Shape::Nothing | Shape::Other => true,
                Shape::Text => has(KeyType::Text) || has(KeyType::Date),
                Shape::Number => has(KeyType::Number) || has(KeyType::Text) || has(KeyType::Date),
                Shape::Date => has(KeyType::Date) || has(KeyType::Text),
                // What `no` or `false` means for a text is front-matter/dialect's to say.
                Shape::Boolean => has(KeyType::Boolean) || has(KeyType::Text),
                Shape::List => has(KeyType::List),
                Shape::Map => has(KeyType::Map),
            }
    }
}

/// The types that a key may have, in a writer's words: "text or a list".
pub fn words(types: &[KeyType]) -> String {
    let word = |kind: &KeyType| match kind {
        KeyType::Text => "text",
        KeyType::Boolean => "`true` or `false`",
        KeyType::Number => "a number",
        KeyType::Date => "a date",
        KeyType::List => "a list",
        KeyType::Map => "a map",
        KeyType::Nothing => "nothing",
    };
    types.iter().map(word).collect::<Vec<_>>().join(" or ")
}
