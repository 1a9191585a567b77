//! `kebabCase` of lodash, by which Docusaurus tells tags apart (`Date` and `date` are one, `TypeScript` and `typescript`
//! two) and code of Gatsby's sites makes addresses of titles.
//!
//! Source: `kebabCase`, `words` and `deburr` of lodash; Docusaurus' `utils/lib/tags.js` (`normalizeTag`, `groupTaggedItems`).

use deunicode::deunicode_char;

/// What kind of sign it is where a text is parted into words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Upper,
    /// Also letters of scripts that have no capitals.
    Lower,
    Digit,
    Break,
}

impl Sign {
    fn of(c: char) -> Sign {
        match c {
            'A'..='Z' => Sign::Upper,
            '0'..='9' => Sign::Digit,
            'a'..='z' => Sign::Lower,
            _ if c.is_ascii()
                || c.is_whitespace()
                || matches!(c, '\u{a0}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{206f}') =>
            {
                Sign::Break
            }
            _ => Sign::Lower,
        }
    }
}

/// `Node.js` → `node-js`, `TypeScript` → `type-script`, `web3` → `web-3`.
#[must_use]
pub fn kebab_case(label: &str) -> String {
    let mut plain: Vec<char> = Vec::with_capacity(label.len());
    for c in label.chars().filter(|c| !matches!(c, '\'' | '’')) {
        match c {
            '\u{c0}'..='\u{17f}' if !matches!(c, '×' | '÷') => {
                plain.extend(deunicode_char(c).unwrap_or_default().chars());
            }
            _ => plain.push(c),
        }
    }
    let sign = |at: usize| plain.get(at).map_or(Sign::Break, |c| Sign::of(*c));
    let mut out = String::with_capacity(label.len() + 4);
    let mut before = Sign::Break;
    for (at, c) in plain.iter().enumerate() {
        let own = sign(at);
        let begins = match (before, own) {
            (Sign::Upper, Sign::Lower) => false,
            // The last capital of several belongs to the small letters behind it: `JSONData`.
            (Sign::Upper, Sign::Upper) => sign(at + 1) == Sign::Lower,
            _ => before != own,
        };
        if own != Sign::Break {
            if begins && !out.is_empty() {
                out.push('-');
            }
            out.extend(c.to_lowercase());
        }
        before = own;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::kebab_case;

    #[test]
    fn as_lodash_makes_them() {
        for (label, address) in [
            ("Date", "date"),
            ("react router", "react-router"),
            ("node.js", "node-js"),
            ("nodejs", "nodejs"),
            ("TypeScript", "type-script"),
            ("ReadAbleStream", "read-able-stream"),
            ("JSONData", "json-data"),
            ("web3", "web-3"),
            ("Éric's tips", "erics-tips"),
            ("前端 Vue", "前端-vue"),
            ("fooBar_baz--qux", "foo-bar-baz-qux"),
        ] {
            assert_eq!(kebab_case(label), address, "{label}");
        }
    }
}
