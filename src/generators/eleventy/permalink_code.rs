//! Permalinks that a function in a data file makes, read without running it: returns under conditions that pages answer, of
//! literals, of the page's own permalink, and of templates from the parts of its date, its slug and its title.
//!
//! A function with anything else in it is not understood at all, and its pages' addresses stay unknown.

use jiff::civil::DateTime;

use super::js_scan::{closing, statement_end, without_comments};
use super::slugify::slug;
use crate::generators::calendar;
use crate::site::facts::PageFacts;

/// A function that is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    returns: Vec<(Condition, Value)>,
    /// The date is that of the file's name, whatever the page says.
    pub dates_by_name: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    Always,
    /// `data.tags.includes("home")`
    Tag(String),
    /// `data.permalink`
    Named,
    /// `data.page.date > new Date("2023-02-21T12:00:00")`
    After(DateTime),
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    /// The permalink of the page itself, or none.
    Own,
    /// The usual address.
    Usual,
    /// None is written.
    No,
    /// `` `/${year}/${slug}/` ``
    Template(Vec<Piece>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Slug,
    Title { strict: bool },
    Year,
    Month { padded: bool },
    Day { padded: bool },
    Date { between: char },
}

/// What a function makes of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// The permalink of the page itself counts, or none does.
    Own,
    /// No permalink: the usual address.
    Usual,
    /// The page is not written.
    No,
    /// This path.
    Path(String),
    /// A path that begins so.
    Below(String),
    /// It cannot be known.
    Unknown,
}

impl Function {
    /// Reads the function of that name in a data file.
    #[must_use]
    pub fn read(text: &str) -> Option<Function> {
        let code = text.match_indices("permalink").find_map(|(at, name)| body(text.get(at + name.len()..)?))?;
        let (code, is_value) = code;
        let code = without_comments(code);
        let dates_by_name = text.contains("inputPath");
        if is_value {
            return Some(Function { returns: vec![(Condition::Always, value(&code, text)?)], dates_by_name });
        }
        let returns = returns(&without_functions(&code), text)?;
        let ends = returns.last().is_some_and(|(condition, _)| *condition == Condition::Always);
        ends.then_some(Function { returns, dates_by_name })
    }

    /// True when code decides whether the page is written at all.
    #[must_use]
    pub fn may_leave_out(&self) -> bool {
        self.returns.iter().any(|(condition, value)| *condition == Condition::Other && *value == Value::No)
    }

    /// The permalink of a page.
    #[must_use]
    pub fn of(&self, page: &PageFacts, slug: &str, date: Option<DateTime>) -> Made {
        let is_named = page.key("permalink").is_some();
        let own = self.returns.iter().any(|(c, v)| *c == Condition::Named || *v == Value::Own);
        if is_named && !own {
            return Made::Unknown;
        }
        let last = self.returns.last().map(|(_, value)| value);
        for (condition, value) in &self.returns {
            let holds = match condition {
                Condition::Always => true,
                Condition::Named => is_named,
                Condition::After(day) => match date {
                    Some(date) => date > *day,
                    None => return Made::Unknown,
                },
                Condition::Tag(tag) => {
                    page.key("tags").is_some_and(|key| key.scalars().any(|scalar| *scalar.text == **tag))
                }
                Condition::Other if *value == Value::No || Some(value) == last => false,
                Condition::Other => return Made::Unknown,
            };
            if holds {
                return match value {
                    Value::Own => Made::Own,
                    Value::Usual => Made::Usual,
                    Value::No => Made::No,
                    Value::Template(pieces) => path(pieces, page, slug, date),
                };
            }
        }
        Made::Unknown
    }
}

fn path(pieces: &[Piece], page: &PageFacts, slug: &str, date: Option<DateTime>) -> Made {
    let mut out = String::new();
    for piece in pieces {
        match text_of(piece, page, slug, date) {
            Some(text) => out.push_str(&text),
            None => return Made::Below(out),
        }
    }
    Made::Path(out)
}

fn text_of(piece: &Piece, page: &PageFacts, name: &str, date: Option<DateTime>) -> Option<String> {
    let number = |number: i8, padded: bool| if padded { calendar::two(number) } else { number.to_string() };
    Some(match piece {
        Piece::Text(text) => text.clone(),
        Piece::Slug => name.to_owned(),
        Piece::Title { strict } => {
            let slug = slug(page.title()?.text.trim());
            // Words are parted before signs go, so that one of signs alone leaves no hyphen.
            let kept = |word: &str| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
            match strict {
                true => slug.split('-').map(kept).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-"),
                false => slug,
            }
        }
        Piece::Year => calendar::year(date?),
        Piece::Month { padded } => number(date?.month(), *padded),
        Piece::Day { padded } => number(date?.day(), *padded),
        Piece::Date { between } => {
            let (year, month, day) = (calendar::year(date?), calendar::two(date?.month()), calendar::two(date?.day()));
            format!("{year}{between}{month}{between}{day}")
        }
    })
}

/// The body behind the name of a method or of a member that is a function; true where it is one value.
fn body(rest: &str) -> Option<(&str, bool)> {
    let rest = rest.trim_start();
    let is_member = rest.starts_with(':');
    let rest = rest.strip_prefix(':').unwrap_or(rest).trim_start();
    let rest = rest.strip_prefix("function").filter(|_| is_member).map_or(rest, str::trim_start);
    let (behind, parenthesised) = match rest.starts_with('(') {
        true => (rest.get(closing(rest)? + 1..)?, true),
        false => (rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_'), false),
    };
    let behind = behind.trim_start();
    // The type of what is returned.
    let behind = match behind.strip_prefix(':') {
        Some(typed) if parenthesised => typed.get(typed.find(['{', '='])?..)?,
        _ => behind,
    };
    match behind.strip_prefix("=>").map(str::trim_start) {
        Some(block) if is_member && block.starts_with('{') => Some((block.get(1..closing(block)?)?, false)),
        Some(value) if is_member => Some((value.get(..statement_end(value))?, true)),
        None if behind.starts_with('{') && parenthesised => Some((behind.get(1..closing(behind)?)?, false)),
        _ => None,
    }
}

/// The body without functions that are declared in it.
fn without_functions(code: &str) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some(at) = rest.find("function ") {
        let (before, declared) = rest.split_at(at);
        let end = declared.find('{').and_then(|open| Some(open + closing(declared.get(open..)?)? + 1));
        let Some(end) = end else { break };
        out.push_str(before);
        rest = declared.get(end..).unwrap_or_default();
    }
    out + rest
}

fn returns(code: &str, file: &str) -> Option<Vec<(Condition, Value)>> {
    let mut found = Vec::new();
    // The blocks around, and the condition before one statement.
    let mut around: Vec<Condition> = Vec::new();
    let mut before: Option<Condition> = None;
    let mut at = 0;
    while let Some(rest) = code.get(at..).filter(|rest| !rest.is_empty()) {
        let starts = |word: &str| {
            let is_apart = |c: Option<char>| c.is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '.')));
            rest.starts_with(word)
                && is_apart(code.get(..at).and_then(|before| before.chars().next_back()))
                && is_apart(rest.get(word.len()..).and_then(|after| after.chars().next()))
        };
        let first = rest.chars().next()?;
        if starts("if") {
            let open = rest.find('(')?;
            let inside = rest.get(open..)?;
            let close = closing(inside)?;
            before = Some(condition(inside.get(1..close)?));
            at += open + close + 1;
        } else if starts("else") {
            before = Some(Condition::Other);
            at += "else".len();
        } else if starts("return") {
            let written = rest.get("return".len()..)?;
            let end = statement_end(written);
            let condition = match (around.as_slice(), before.take()) {
                ([], condition) => condition.unwrap_or(Condition::Always),
                ([one], None) => one.clone(),
                _ => Condition::Other,
            };
            found.push((condition, value(written.get(..end)?.trim(), file)?));
            at += "return".len() + end;
        } else {
            match first {
                '{' => around.push(before.take().unwrap_or(Condition::Other)),
                '}' => drop(around.pop()),
                '"' | '\'' | '`' => at += rest.get(1..)?.find(first)? + 1,
                ';' => before = None,
                _ => {}
            }
            at += first.len_utf8();
        }
    }
    Some(found)
}

fn condition(written: &str) -> Condition {
    let bare: String = written.chars().filter(|c| !c.is_whitespace() && *c != '?').collect();
    if bare == "data.permalink" {
        return Condition::Named;
    }
    let after = ["data.page.date>newDate(", "data.date>newDate("].iter().find_map(|call| bare.strip_prefix(call));
    if let Some(Ok(when)) =
        after.and_then(|rest| quoted(rest.strip_suffix(')')?)).map(|when| when.trim_end_matches('Z').parse())
    {
        return Condition::After(when);
    }
    let asked = ["data.tags.includes(", "(data.tags||[]).includes("].iter().find_map(|call| bare.strip_prefix(call));
    let asked = asked.and_then(|rest| rest.strip_suffix(')')).or_else(|| {
        let rest = bare.strip_prefix("data.tags.indexOf(")?;
        [")!=-1", ")!==-1", ")>-1", ")>=0"].iter().find_map(|end| rest.strip_suffix(end))
    });
    let tag = asked.and_then(quoted).filter(|tag| !written.contains(' ') || !tag.is_empty());
    tag.map_or(Condition::Other, |tag| Condition::Tag(tag.to_owned()))
}

fn quoted(written: &str) -> Option<&str> {
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    written.strip_prefix(quote)?.strip_suffix(quote).filter(|inner| !inner.contains([quote, '\\']))
}

fn value(written: &str, file: &str) -> Option<Value> {
    let written = written.trim().trim_end_matches(';').trim();
    match written {
        "false" => return Some(Value::No),
        "" | "undefined" | "null" => return Some(Value::Usual),
        "data.permalink" | "data.permalink || undefined" | "data.permalink ?? undefined" => return Some(Value::Own),
        _ => {}
    }
    if let Some(text) = quoted(written) {
        return Some(Value::Template(vec![Piece::Text(text.to_owned())]));
    }
    let inner = written.strip_prefix('`')?.strip_suffix('`').filter(|inner| !inner.contains('`'))?;
    let mut parts = inner.split("${");
    let mut pieces = vec![Piece::Text(parts.next()?.to_owned())];
    for part in parts {
        let (code, text) = part.split_once('}')?;
        pieces.push(piece(code.trim(), file)?);
        pieces.push(Piece::Text(text.to_owned()));
    }
    Some(Value::Template(pieces))
}

/// What an expression of a template means: by itself, or by every value that the name is given in the file.
fn piece(code: &str, file: &str) -> Option<Piece> {
    let is_name = code.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
    if !is_name {
        return made_of(code, file);
    }
    let mut found = None;
    for word in ["const", "let", "var"] {
        for (at, start) in file.match_indices(&format!("{word} {code} =")) {
            let value = file.get(at + start.len()..)?;
            let one = made_of(value.get(..statement_end(value))?.trim(), file)?;
            if found.as_ref().is_some_and(|known| *known != one) {
                return None;
            }
            found = Some(one);
        }
    }
    found
}

fn made_of(code: &str, file: &str) -> Option<Piece> {
    let bare: String =
        code.chars().filter(|c| !c.is_whitespace() && *c != '?').map(|c| if c == '"' { '\'' } else { c }).collect();
    let padded = bare.contains(".padStart(2,'0')");
    let core = bare.replace(".padStart(2,'0')", "").replace(",{zone:'utc'}", "").replace(",{zone:'UTC'}", "");
    let core = core.strip_prefix("String(").and_then(|inner| inner.strip_suffix(')')).unwrap_or(&core);
    let ends = |ends: &[&str]| ends.iter().any(|end| core.ends_with(end));
    let is_path = core.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '(' | ')' | '+'));
    if is_path {
        return Some(match () {
            () if ends(&["page.fileSlug"]) => Piece::Slug,
            () if ends(&[".getFullYear()", ".getUTCFullYear()", ".year"]) => Piece::Year,
            () if ends(&[".getMonth()+1", ".getUTCMonth()+1", ".getMonth()+1)", ".getUTCMonth()+1)", ".month"]) => {
                Piece::Month { padded }
            }
            () if ends(&[".getDate()", ".getUTCDate()", ".day"]) => Piece::Day { padded },
            () => return None,
        });
    }
    let day = ["date.toISOString().split('T')[0]", "date.toISOString().slice(0,10)"];
    if let Some(rest) =
        day.iter().find_map(|day| core.strip_suffix(day).or_else(|| core.split_once(day).map(|(_, rest)| rest)))
    {
        return match rest {
            "" => Some(Piece::Date { between: '-' }),
            ".split('-').join('/')" | ".replace(/-/g,'/')" | ".replaceAll('-','/')" => {
                Some(Piece::Date { between: '/' })
            }
            _ => None,
        };
    }
    let package = ["from 'slugify'", "from \"slugify\"", "require('slugify')", "require(\"slugify\")"];
    let options = core.strip_prefix("slugify(data.title,{")?.strip_suffix("})")?.trim_end_matches(',');
    let strict = match options {
        "lower:true" => false,
        "lower:true,strict:true" | "strict:true,lower:true" => true,
        _ => return None,
    };
    package.iter().any(|from| file.contains(from)).then_some(Piece::Title { strict })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<(Condition, Value)>> {
        Function::read(text).map(|function| function.returns)
    }

    #[test]
    fn returns_under_conditions() {
        let garden = "eleventyComputed: { permalink: (data) => {\n if (data.tags.indexOf(\"home\") != -1) {\n return \"/\";\n }\n return data.permalink || undefined;\n } }";
        let home = (Condition::Tag("home".to_owned()), Value::Template(vec![Piece::Text("/".to_owned())]));
        assert_eq!(read(garden), Some(vec![home, (Condition::Always, Value::Own)]));
        assert_eq!(read("permalink: (data) => data.draft ? false : data.permalink"), None);
        assert_eq!(read("permalink: \"/a/\""), None);
        assert_eq!(read("permalink(data) { return make(data) }"), None);
        assert_eq!(read("permalink(data) { if (data.draft) return false }"), None);
    }

    #[test]
    fn parts_of_dates() {
        let text = "permalink(data: Data) {\n // return nothing\n if (!shown(data)) return false\n const slug = data.page?.fileSlug\n const d = new Date(data.page.date)\n const year = d.getFullYear()\n const month = String(d.getMonth() + 1).padStart(2, '0')\n return `/${year}/${month}/${slug}/`\n}";
        let found = read(text).unwrap();
        assert_eq!(found.first(), Some(&(Condition::Other, Value::No)));
        let slash = || Piece::Text("/".to_owned());
        let pieces = vec![slash(), Piece::Year, slash(), Piece::Month { padded: true }, slash(), Piece::Slug, slash()];
        assert_eq!(found.last(), Some(&(Condition::Always, Value::Template(pieces))));
    }
}
