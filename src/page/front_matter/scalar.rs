//! What a scalar *is*: text, number, date, nothing. That depends on who reads it.
//!
//! `lang: no` is the text "no" for js-yaml and `false` for Ruby; `12:30:45` is 45045 for Ruby. The tree keeps what is
//! written, and rules ask here with the dialect of the site's generator.

use super::node::Style;

/// Whose YAML (or other format) it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Ruby's Psych, YAML 1.1: Jekyll. `PyYAML` (`MkDocs`) agrees in all that matters here.
    Psych11,
    /// js-yaml 3 (gray-matter): Eleventy, Docusaurus, `VitePress` …
    JsYaml3,
    /// js-yaml 4: Astro, Hexo.
    JsYaml4,
    /// goccy/go-yaml: Hugo.
    GoYaml,
    /// `serde_yaml`: Zola.
    Serde,
    /// TOML, whose plain values have types of their own.
    Toml,
    /// JSON, likewise.
    Json,
    /// Lines of `Key: value`: every value is a text.
    Lines,
}

/// The type that a reader gives to a scalar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ScalarType {
    /// Nothing, `~`, `null`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number; saturated at the limits of 64 bits.
    Int(i64),
    /// A number with a fraction or exponent, infinity, not a number.
    Float(f64),
    /// Base sixty (`12:30:45`): a number, though hardly ever meant as one.
    Sexagesimal(i64),
    /// A day.
    Date,
    /// A day with a time.
    DateTime,
    /// Text.
    Str,
}

impl ScalarType {
    /// The type in a writer's words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ScalarType::Null => "nothing",
            ScalarType::Bool(_) => "a truth value",
            ScalarType::Int(_) | ScalarType::Float(_) | ScalarType::Sexagesimal(_) => "a number",
            ScalarType::Date | ScalarType::DateTime => "a date",
            ScalarType::Str => "text",
        }
    }
}

/// The type of a scalar without a tag.
#[must_use]
pub fn resolve(text: &str, style: Style, dialect: Dialect) -> ScalarType {
    if style != Style::Plain || dialect == Dialect::Lines {
        return ScalarType::Str;
    }
    let ruby = dialect == Dialect::Psych11;
    let any_case = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match text {
        "" | "~" | "null" => return ScalarType::Null,
        "Null" | "NULL" => return ScalarType::Null,
        "true" | "True" | "TRUE" => return ScalarType::Bool(true),
        "false" | "False" | "FALSE" => return ScalarType::Bool(false),
        _ => {}
    }
    if ruby {
        if any_case(&["yes", "on", "true"]) {
            return ScalarType::Bool(true);
        }
        if any_case(&["no", "off", "false"]) {
            return ScalarType::Bool(false);
        }
        if any_case(&["null"]) {
            return ScalarType::Null;
        }
    }
    // Only digits, signs and dots can start a number or a date.
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
        && !text.starts_with("inf")
        && text != "nan"
    {
        return ScalarType::Str;
    }
    timestamp(text, dialect)
        .or_else(|| sexagesimal(text, dialect).map(ScalarType::Sexagesimal))
        .or_else(|| integer(text, dialect).map(ScalarType::Int))
        .or_else(|| float(text, dialect).map(ScalarType::Float))
        .unwrap_or(ScalarType::Str)
}

/// Dates of YAML 1.1 (also in js-yaml 4) and TOML; the others keep them as text.
fn timestamp(text: &str, dialect: Dialect) -> Option<ScalarType> {
    let loose = match dialect {
        Dialect::Psych11 => true,
        Dialect::JsYaml3 | Dialect::JsYaml4 | Dialect::Toml => false,
        Dialect::GoYaml | Dialect::Serde | Dialect::Json | Dialect::Lines => return None,
    };
    let mut parts = text.splitn(3, '-');
    let (year, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |text: &str, least: usize, most: usize| {
        (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(year, 4, 4) || !digits(month, 1, 2) {
        return None;
    }
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (day, time) = rest.split_at(length);
    if !digits(day, 1, 2) {
        return None;
    }
    if time.is_empty() {
        // Psych keeps an impossible day as text; js-yaml rolls it over and wants two digits each.
        let two = month.len() == 2 && day.len() == 2;
        let number = |text: &str| text.parse::<i8>().unwrap_or(0);
        let real = jiff::civil::Date::new(year.parse().ok()?, number(month), number(day)).is_ok();
        return if loose { real.then_some(ScalarType::Date) } else { two.then_some(ScalarType::Date) };
    }
    let clock = time.strip_prefix(['T', 't']).unwrap_or_else(|| time.trim_start_matches([' ', '\t']));
    if clock.len() == time.len() {
        return None;
    }
    let mut fields = clock.splitn(3, ':');
    let (hour, minute, second) = (fields.next()?, fields.next()?, fields.next()?);
    let seconds = second.get(..2)?;
    (digits(hour, 1, 2) && digits(minute, 2, 2) && digits(seconds, 2, 2) && zone_fits(second.get(2..)?, dialect))
        .then_some(ScalarType::DateTime)
}

/// Fraction and zone of a timestamp.
fn zone_fits(rest: &str, dialect: Dialect) -> bool {
    let rest =
        rest.strip_prefix('.').map_or(rest, |fraction| fraction.trim_start_matches(|c: char| c.is_ascii_digit()));
    let rest = rest.trim_start_matches([' ', '\t']);
    let Some(zone) = rest.strip_prefix(['+', '-']) else {
        return matches!(rest, "" | "Z") || (rest == "z" && dialect == Dialect::Toml);
    };
    let (hours, minutes) = match zone.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        // `+0100` is a zone for Psych; js-yaml wants the colon.
        None if dialect == Dialect::Psych11 && zone.len() > 2 => zone.split_at(zone.len() - 2),
        None => (zone, ""),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    matches!(hours.len(), 1 | 2) && digits(hours) && matches!(minutes.len(), 0 | 2) && digits(minutes)
}

/// Base sixty: YAML 1.1 only.
fn sexagesimal(text: &str, dialect: Dialect) -> Option<i64> {
    if !matches!(dialect, Dialect::Psych11 | Dialect::JsYaml3) {
        return None;
    }
    let (negative, digits) = sign(text);
    let mut fields = digits.split(':');
    let first = fields.next()?;
    let lead = first.bytes().next()?;
    if !lead.is_ascii_digit() || !first.bytes().all(|b| b.is_ascii_digit() || b == b'_') {
        return None;
    }
    if dialect == Dialect::JsYaml3 && lead == b'0' && first.len() > 1 {
        return None;
    }
    let mut value = first.replace('_', "").parse::<i64>().ok()?;
    let mut count = 0_i64;
    for field in fields {
        let number = field.parse::<i64>().ok().filter(|n| *n < 60 && matches!(field.len(), 1 | 2))?;
        value = value.checked_mul(60)?.checked_add(number)?;
        count += 1;
    }
    match (dialect, count) {
        (_, 0) | (Dialect::Psych11, 3..) => None,
        // Psych takes `12:30` for twelve hours and a half.
        (Dialect::Psych11, 1) => value.checked_mul(if negative { -60 } else { 60 }),
        _ => Some(if negative { -value } else { value }),
    }
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn integer(text: &str, dialect: Dialect) -> Option<i64> {
    let (negative, digits) = sign(text);
    let underscores = matches!(dialect, Dialect::Psych11 | Dialect::JsYaml3 | Dialect::GoYaml | Dialect::Toml);
    let commas = dialect == Dialect::Psych11;
    let based = |prefix: &str| digits.strip_prefix(prefix);
    let (radix, digits) = if let Some(digits) = based("0x") {
        (16, digits)
    } else if let Some(digits) = based("0b") {
        (2, digits)
    } else if let Some(digits) = based("0o") {
        match dialect {
            Dialect::Psych11 | Dialect::JsYaml3 => return None,
            _ => (8, digits),
        }
    } else if digits.len() > 1 && digits.starts_with('0') {
        match dialect {
            Dialect::Psych11 | Dialect::JsYaml3 | Dialect::GoYaml => (8, digits),
            Dialect::JsYaml4 => (10, digits),
            Dialect::Serde | Dialect::Toml | Dialect::Json | Dialect::Lines => return None,
        }
    } else {
        (10, digits)
    };
    if digits.is_empty() || digits.starts_with('_') && radix == 10 || (dialect == Dialect::Json && radix != 10) {
        return None;
    }
    if digits.ends_with(['_', ',']) && (radix == 10 || dialect == Dialect::JsYaml3) {
        return None;
    }
    let mut value = 0_i64;
    for c in digits.chars() {
        match c {
            '_' if underscores => {}
            ',' if commas && radix == 10 => {}
            _ => {
                let digit = i64::from(c.to_digit(radix)?);
                value = value.saturating_mul(i64::from(radix)).saturating_add(digit);
            }
        }
    }
    Some(if negative { -value } else { value })
}

fn float(text: &str, dialect: Dialect) -> Option<f64> {
    let (_, bare) = sign(text);
    match bare {
        ".inf" | ".Inf" | ".INF" if dialect != Dialect::Toml && dialect != Dialect::Json => {
            return Some(if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY });
        }
        "inf" | "nan" if dialect == Dialect::Toml => return Some(f64::NAN),
        ".nan" | ".NaN" | ".NAN"
            if bare.len() == text.len() && dialect != Dialect::Toml && dialect != Dialect::Json =>
        {
            return Some(f64::NAN);
        }
        _ => {}
    }
    if !bare.starts_with(|c: char| c.is_ascii_digit() || c == '.') || !bare.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (mantissa, exponent) = match bare.find(['e', 'E']) {
        Some(at) => (&bare[..at], Some(&bare[at + 1..])),
        None => (bare, None),
    };
    let ruby = dialect == Dialect::Psych11;
    if let Some(exponent) = exponent {
        // YAML 1.1 wants a sign in the exponent, and Psych a dot in the number.
        let (_, digits) = sign(exponent);
        let signed = digits.len() < exponent.len();
        if digits.is_empty()
            || !digits.bytes().all(|b| b.is_ascii_digit())
            || (ruby && (!signed || !mantissa.contains('.')))
        {
            return None;
        }
    } else if !mantissa.contains('.') {
        return None;
    }
    if matches!(dialect, Dialect::JsYaml3 | Dialect::Serde | Dialect::Toml | Dialect::Json)
        && mantissa.len() > 1
        && mantissa.starts_with('0')
        && !mantissa.starts_with("0.")
    {
        return None;
    }
    if matches!(dialect, Dialect::JsYaml3 | Dialect::JsYaml4) && text.len() > bare.len() && bare.starts_with('.') {
        return None;
    }
    let filler = |c: char| match dialect {
        Dialect::Psych11 => matches!(c, '_' | ','),
        Dialect::JsYaml3 | Dialect::GoYaml | Dialect::Toml => c == '_',
        _ => false,
    };
    if text.contains(filler) {
        return text.replace(filler, "").parse().ok();
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Dialect::{GoYaml, JsYaml3, JsYaml4, Psych11, Serde};
    use super::ScalarType::{Bool, Date, Int, Null, Sexagesimal, Str};
    use super::*;

    #[test]
    fn dialects_disagree() {
        for (text, expected) in [
            ("no", [Bool(false), Str, Str, Str, Str]),
            ("On", [Bool(true), Str, Str, Str, Str]),
            ("y", [Str; 5]),
            ("null", [Null; 5]),
            ("0755", [Int(493), Int(493), Int(755), Int(493), Str]),
            ("1_000", [Int(1000), Int(1000), Str, Int(1000), Str]),
            ("12:30:45", [Sexagesimal(45045), Sexagesimal(45045), Str, Str, Str]),
            ("2024-01-05", [Date, Date, Date, Str, Str]),
            ("2024-1-5", [Date, Str, Str, Str, Str]),
            ("1.10", [ScalarType::Float(1.1); 5]),
            ("1.2.3", [Str; 5]),
            ("-", [Str; 5]),
            ("NaN", [Str; 5]),
            ("v1", [Str; 5]),
        ] {
            let found = [Psych11, JsYaml3, JsYaml4, GoYaml, Serde].map(|dialect| resolve(text, Style::Plain, dialect));
            assert_eq!(found, expected, "{text}");
            assert_eq!(resolve(text, Style::Double, Psych11), Str);
        }
    }
}
