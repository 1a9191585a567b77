//! front-matter/hidden-character: characters that nobody sees in what programs compare letter by letter.

use serde_json::Value;

use crate::finding::{Edit, Fix, Safety};
use crate::invisible::{self, stray};
use crate::page::front_matter::{Node, NodeKind};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::source::Span;

/// Keys of addresses and names in any generator.
const ADDRESSES: [&str; 9] =
    ["slug", "permalink", "url", "aliases", "redirect_from", "redirect_to", "canonical_url", "path", "id"];

struct HiddenCharacter;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(HiddenCharacter))
}

/// What a text is for, which decides what a no-break space in it may become.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Key,
    Term,
    Address,
}

impl PageRule for HiddenCharacter {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let Some(front) = page.front else { return };
        // Nearly all front matter is free of them, and of no-break spaces.
        let inner = front.inner.of(page.text);
        if !invisible::may_hold(inner) && memchr::memmem::find(inner.as_bytes(), "\u{a0}".as_bytes()).is_none() {
            return;
        }
        let data = page.generator.data();
        let named = |keys: &[String], name: &str| keys.iter().any(|key| key == name);
        for (name, entry) in front.entries(page.text) {
            keys(page, &entry.key, &entry.value, report);
            let bare: String = name.chars().filter(|c| !c.is_whitespace() && invisible::name(*c).is_none()).collect();
            let what = match () {
                () if named(&data.terms, &bare) => Use::Term,
                () if named(&data.authors, &bare) || named(&data.languages, &bare) || named(&data.layouts, &bare) => {
                    Use::Term
                }
                () if ADDRESSES.contains(&bare.as_str()) => Use::Address,
                () => continue,
            };
            scalars(page, &entry.value, what, report);
        }
    }
}

fn keys(page: &Page<'_>, key: &Node, value: &Node, report: &mut Reporter<'_>) {
    one(page, key, Use::Key, report);
    for entry in value.map().unwrap_or_default() {
        keys(page, &entry.key, &entry.value, report);
    }
}

fn scalars(page: &Page<'_>, node: &Node, what: Use, report: &mut Reporter<'_>) {
    match &node.kind {
        NodeKind::Scalar(_) => one(page, node, what, report),
        NodeKind::Seq(items) => items.iter().for_each(|item| scalars(page, item, what, report)),
        _ => {}
    }
}

fn one(page: &Page<'_>, node: &Node, what: Use, report: &mut Reporter<'_>) {
    let Some(scalar) = node.scalar() else { return };
    let text = scalar.content.of(page.text);
    let start = scalar.content.start as usize;
    let mut edits: Vec<Edit> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut sure = true;
    let mut before = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let after = rest.peek().map(|(_, c)| *c);
        let edge = text.get(..at).is_some_and(|t| t.trim().is_empty())
            || text.get(at + c.len_utf8()..).is_some_and(|t| t.trim().is_empty());
        let new = match c {
            '\u{a0}' if edge => Some(""),
            '\u{a0}' => {
                sure &= what == Use::Term;
                Some(" ")
            }
            '\u{200b}' | '\u{2060}' if what != Use::Term => Some(""),
            c if stray(before, c, after) => Some(""),
            _ => None,
        };
        if let Some(new) = new {
            let span = Span::new(start + at, start + at + c.len_utf8());
            edits.push(Edit { file: page.file().clone(), span, text: new.to_owned() });
            let name = invisible::described(c);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        before = Some(c);
    }
    if edits.is_empty() {
        return;
    }
    let shown: String = text.chars().filter(|c| invisible::name(*c).is_none()).collect();
    let kind = match what {
        Use::Key => "key",
        Use::Term => "value",
        Use::Address => "address",
    };
    let message = format!("the {kind} `{}` holds {}, which nobody sees", shown.trim(), names.join(" and "));
    let safety = if sure { Safety::Safe } else { Safety::Manual };
    report
        .at(page.file(), scalar.content, message)
        .note("to a program it is another word than the one without")
        .help("write it anew, without the hidden character")
        .fix(Fix::edits("remove what is hidden", safety, edits))
        .done();
}
