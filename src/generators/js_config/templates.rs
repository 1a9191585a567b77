//! Templates of JavaScript.

use super::{Module, Value};

/// No folder and no address is longer.
const LONG: usize = 1024;

/// The text of a template whose names are all texts that stand above it in the file: `./${FOLDER}`.
pub(super) fn filled(inside: &str, module: &Module) -> Value {
    let (mut filled, mut rest) = (String::new(), inside);
    while let Some((before, behind)) = rest.split_once("${") {
        let Some((name, after)) = behind.split_once('}') else { return Value::Unknown };
        let Some(Value::Text(text)) = module.names.get(name.trim()) else { return Value::Unknown };
        filled.extend([before, text]);
        rest = after;
        if filled.len() > LONG {
            return Value::Unknown;
        }
    }
    filled.push_str(rest);
    if filled.contains('\\') { Value::Unknown } else { Value::Text(filled) }
}
