//! Pairs of brackets that mark and do not link: `[core][ui]`, `a[i][j]`, the grammar of a command, a line of a log.

use std::cell::OnceCell;

use crate::hash::Set;
use crate::page::candidates::CandidateKind;
use crate::page::formula;
use crate::rules::page::Page;
use crate::source::{Span, in_code_span, line_after, line_before};

/// Brackets that mark and do not link: `[loc=9DE4008]`, one group of three or more (`[tls][https][nginx]`, also
/// `[Slow] [Serial][NodeFeature:x]`), `[core][ui]` where other lines begin with `[core] `, and those in the text of a
/// link, where there can be no other link.
pub(super) fn is_label(page: &Page<'_>, around: &Around<'_>, span: Span, label: &str) -> bool {
    // `['token']['id']`: a value of an object.
    let is_quoted =
        ['\'', '"'].iter().any(|quote| label.len() > 2 && label.starts_with(*quote) && label.ends_with(*quote));
    let bytes = page.text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    let beside = bytes.get(end) == Some(&b'[') || start.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b']');
    // `[core][button](url)` is a mark and a link; a label of several words was meant as one.
    let is_link = bytes.get(end) == Some(&b'(')
        && (!label.contains(char::is_whitespace) || around.begins_several(first_of(page.text, span)));
    // `a[i][j]` and `tag=[1][2]` are written together: an element of a table, a place in a file.
    let glued =
        start.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=');
    // `sum([i][1], -1)`: two indices, without a word; so are `[i][j]` and `[n-1][j+1]`.
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number(label) || label.len() == 1;
    let element = number && span.of(page.text).len() <= "[ij][12]".len();
    let element = element && span.of(page.text).matches('[').count() == 2
        || is_index(first_of(page.text, span)) && is_index(label) && !is_number(label);
    // `me [at] example [dot] org`
    let spelt_out = label.eq_ignore_ascii_case("at") || label.eq_ignore_ascii_case("dot");
    // `[CONSTRAINT <name>][NULL|NOT NULL]`: the grammar of a command, with its keywords in capitals.
    let choice = label.contains('|') && !label.contains(char::is_lowercase);
    label.contains('=')
        || are_concentrations(first_of(page.text, span), label)
        // `[cc lang="csharp"][Fact]`: a code of another program and what it encloses.
        || first_of(page.text, span).contains("=\"") && !first_of(page.text, span).contains('<')
        || is_quoted
        || choice
        || element
        || spelt_out
        || label.starts_with('/')
        || beside
        || is_link
        || glued
        || (is_number(first_of(page.text, span)) && !is_number(label))
        || is_expression(page.text, span)
        || is_in_raw_code(page.text, start)
        || page.text.get(..start).is_some_and(|before| before.ends_with("://"))
        || around.is_in_a_link(span)
        || around.has_mark(span)
        || around.follows_mark(start)
        || span.of(page.text).starts_with('[') && !first_of(page.text, span).contains(char::is_alphanumeric)
        || label.starts_with([',', '.', '!', '|'])
        || is_followed_by_a_word(page.text, span)
        || is_a_cell(page.text, span)
        || around.has_bare_brackets_beside(span)
}

/// How far brackets of the same line tell about each other, in bytes.
const NEAR: usize = 160;

/// So much of a table is looked at around one of its cells, in bytes.
const TABLE: usize = 1_000;

/// What stands around the references of a page, collected once for all of them.
pub(super) struct Around<'a> {
    text: &'a str,
    /// Where links begin, in order, and how far those that begin up to there reach.
    reach: Vec<(u32, u32)>,
    /// Where links end.
    ends: Set<u32>,
    /// What stands in brackets with a blank behind.
    marks: OnceCell<Set<&'a str>>,
    /// What stands in the first of two pairs with a destination behind them, again and again.
    repeated: Set<&'a str>,
}

impl<'a> Around<'a> {
    pub(super) fn of(page: &Page<'a>) -> Around<'a> {
        let mut reach: Vec<_> = page.facts.links.iter().map(|link| (link.whole.start, link.whole.end)).collect();
        reach.sort_unstable();
        let ends = reach.iter().map(|(_, end)| *end).collect();
        let mut furthest = 0;
        for (_, end) in &mut reach {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        let mut seen = Set::default();
        let before_links = page.body.candidates.iter().filter(|one| {
            one.kind == CandidateKind::UndefinedReference
                && page.text.as_bytes().get(one.span.end as usize) == Some(&b'(')
        });
        let repeated =
            before_links.map(|one| first_of(page.text, one.span)).filter(|first| !seen.insert(*first)).collect();
        Around { text: page.text, reach, ends, marks: OnceCell::new(), repeated }
    }

    /// True for `merge` where several lines say `[merge][the subject](https://…)`.
    fn begins_several(&self, first: &str) -> bool {
        self.repeated.contains(first)
    }

    fn is_in_a_link(&self, span: Span) -> bool {
        let before = self.reach.partition_point(|(start, _)| *start < span.start);
        before.checked_sub(1).and_then(|last| self.reach.get(last)).is_some_and(|(_, end)| *end > span.end)
    }

    /// True for `[core][ui]` on a page that has `[core] ` as well: it says what kind of line it is.
    fn has_mark(&self, span: Span) -> bool {
        let first = first_of(self.text, span);
        let names_itself = span.of(self.text).strip_suffix(']').is_some_and(|source| source.ends_with(first));
        // `[TAB][TAB]` beside `[TAB] `: keys to be pressed.
        let names_itself = names_itself && first.bytes().any(|byte| !byte.is_ascii_uppercase());
        first.len() >= 3 && !names_itself && self.marks.get_or_init(|| marks(self.text)).contains(first)
    }

    /// True where other brackets near on the line are no link either: `[!][from]:[to]`, `[12 secs][old: 3K] [times: 4]`. Such
    /// a line is the grammar of a command, a format or a line of a log.
    fn has_bare_brackets_beside(&self, span: Span) -> bool {
        let (start, end) = (span.start as usize, span.end as usize);
        let before = line_before(self.text, start);
        let before = before.get(before.ceil_char_boundary(before.len().saturating_sub(NEAR))..).unwrap_or_default();
        let after = line_after(self.text, end);
        let after = after.get(..after.floor_char_boundary(NEAR)).unwrap_or_default();
        self.are_bare(before, start - before.len()) || self.are_bare(after, end)
    }

    /// True if this piece, which begins at a byte offset of the page, has brackets that are neither link nor task nor note.
    fn are_bare(&self, piece: &str, offset: usize) -> bool {
        memchr::memchr_iter(b'[', piece.as_bytes()).any(|open| {
            let inside = piece.get(open + 1..).unwrap_or_default();
            let Some(close) = inside.find([']', '[']) else { return false };
            let (inside, closing) = inside.split_at(close);
            let at = offset + open;
            // The piece may end right here, the line does not.
            let end = at + 1 + inside.len() + 1;
            let behind = closing.starts_with(']').then(|| line_after(self.text, end));
            let links = || {
                self.is_in_a_link(Span::new(at + 1, at + 2))
                    || in_code_span(self.text, at)
                    || formula::holds(self.text, Span::new(at, at + 1))
            };
            let beside = at.checked_sub(1).and_then(|at| self.text.as_bytes().get(at));
            !inside.trim().is_empty()
                && !inside.starts_with('^')
                && !matches!(inside, "x" | "X" | "..." | "…" | "sic" | "!")
                && behind.is_some_and(|behind| !behind.starts_with(['(', '[', ']', ':', '{']) && !is_torn_link(behind))
                && !matches!(beside, Some(b']' | b'[' | b'!' | b'\\'))
                && !links()
        })
    }

    /// True behind brackets that are no link themselves: `[Slow] `.
    fn follows_mark(&self, start: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default();
        let bare = before.trim_end_matches(' ');
        let is_link = || self.ends.contains(&Span::new(bare.len(), bare.len()).end);
        bare.len() < before.len() && bare.ends_with(']') && !is_task(bare) && !is_link()
    }
}

/// `| [target][rel] |`: all of a table's cell, among others with brackets in them. A list of links has definitions.
fn is_a_cell(text: &str, span: Span) -> bool {
    let before = line_before(text, span.start as usize).trim_end();
    let after = line_after(text, span.end as usize).trim_start();
    let table = before.ends_with('|') && after.starts_with('|');
    let (from, to) = (span.start as usize, span.end as usize);
    let rows = text.floor_char_boundary(from.saturating_sub(TABLE))..text.floor_char_boundary(to.saturating_add(TABLE));
    let text = text.get(rows).unwrap_or_default();
    table
        && memchr::memmem::find_iter(text.as_bytes(), b"| [").any(|at| {
            let cell = text.get(at + 3..).and_then(|rest| rest.split(['|', '\n']).next()).unwrap_or_default();
            cell.trim_end().strip_suffix(']').is_some_and(|inside| !inside.contains(['[', ']', '(']))
        })
}

/// `[1.12.2][faster]Mod-0.0.1.jar`: the name of a file. What follows a link is an ending at most (`[page][1]s`).
fn is_followed_by_a_word(text: &str, span: Span) -> bool {
    let behind = text.as_bytes().get(span.end as usize..).unwrap_or_default();
    let word = behind.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    word > 3 || behind.first().is_some_and(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// `i`, `12`, `j-1`: the place of an element in a table.
fn is_index(text: &str) -> bool {
    let term = |text: &str| {
        text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
            || !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (first, rest) = text.split_once(['+', '-']).map_or((text, None), |(first, rest)| (first, Some(rest)));
    term(first.trim()) && rest.is_none_or(|rest| term(rest.trim()))
}

/// `[H+][OH-]`: how much of two substances there is, at least one of them an ion.
fn are_concentrations(first: &str, label: &str) -> bool {
    let signs = ['+', '-', '\u{2212}'];
    let is_formula = |text: &str| {
        let bare = text.strip_suffix(signs).unwrap_or(text);
        bare.starts_with(|c: char| c.is_ascii_uppercase()) && bare.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    is_formula(first) && is_formula(label) && (first.ends_with(signs) || label.ends_with(signs))
}

/// What stands in the first pair of brackets.
fn first_of(text: &str, span: Span) -> &str {
    let rest = span.of(text).strip_prefix('[').and_then(|rest| rest.split_once(']'));
    rest.map(|(first, _)| first).unwrap_or_default()
}

/// `[eE][+-]?` and `[_A-Za-z][_0-9A-Za-z]*` are sets of characters in a regular expression.
fn is_expression(text: &str, span: Span) -> bool {
    let source = span.of(text);
    let repeated = matches!(text.as_bytes().get(span.end as usize), Some(b'?' | b'*' | b'+' | b'{'));
    let ranges = ["A-Z", "a-z", "0-9"].iter().any(|range| source.contains(range));
    let behind = text.get(span.end as usize..).unwrap_or_default();
    let escaped = ["\\*", "\\+", "\\?", "\\{"].iter().any(|sign| behind.starts_with(sign));
    let classes = ["\\s", "\\S", "\\d", "\\D", "\\w", "\\W"].iter().any(|class| source.contains(class));
    ranges || classes || (repeated || escaped) && !source.bytes().any(|byte| byte == b' ') && source.len() < 32
}

/// True behind a `<pre>` or `<code>` that is still open: what stands there is shown as it is.
fn is_in_raw_code(text: &str, start: usize) -> bool {
    const BACK: usize = 2_000;
    let before = text.get(text.floor_char_boundary(start.saturating_sub(BACK))..start).unwrap_or_default();
    ["pre", "code"].iter().any(|tag| {
        let open = before.rfind(&format!("<{tag}"));
        open.is_some_and(|at| !before.get(at..).unwrap_or_default().contains(&format!("</{tag}")))
    })
}

/// What stands in brackets with a blank or the line's end behind: `[BUGFIX] `.
fn marks(text: &str) -> Set<&str> {
    let ends = memchr::memchr_iter(b']', text.as_bytes());
    let ends = ends.filter(|end| matches!(text.as_bytes().get(end + 1), None | Some(b' ' | b'\n' | b'\r')));
    ends.filter_map(|end| {
        let line = line_before(text, end);
        line.rfind('[').and_then(|start| line.get(start + 1..))
    })
    .collect()
}

/// True for the box of a task: `- [x]`.
fn is_task(before: &str) -> bool {
    ["[ ]", "[x]", "[X]"].iter().any(|task| before.ends_with(task))
}

/// True on a page that defines no label at all for `[G20][N4]` and `[C++][STL]`, two names beside each other; where there are
/// many such, also for `[laughs][chuck laughs]`. A label that was meant as one is a number, the text again, or a slug.
pub(super) fn are_two_marks(text: &str, span: Span, label: &str, many: bool) -> bool {
    let first = first_of(text, span);
    let is_slug = label.contains(['-', '_', '/', '.', ':']);
    let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
    let again = first.to_lowercase().contains(&label.to_lowercase());
    let is_name = |text: &str| text.starts_with(char::is_uppercase) && !text.contains(char::is_whitespace);
    let short = first.split_whitespace().count() <= 2 && label.split_whitespace().count() <= 2;
    // `- [ada][the plan](https://…)`, `- [ada/grace][heads up] we meet`: who says what, in the notes of a meeting.
    let said = || {
        let behind = text.get(span.end as usize..).unwrap_or_default();
        let speaks = label.contains(' ') || behind.starts_with("(http");
        speaks && first.split_whitespace().count() <= 3 && begins_an_item(text, span)
    };
    // `[Hosting is provided by a company.][Are you a busy developer?]`: two sentences.
    let sentences = || first.split_whitespace().count() >= 6 && label.split_whitespace().count() >= 6;
    if sentences() || (is_remark(first) || is_remark(label)) && !is_number {
        return true;
    }
    if is_synopsis(text, span) || is_number && is_list_of_python(first) {
        return true;
    }
    (is_name(first) && is_name(label) || many && short || said()) && !is_slug && !is_number && !again
}

/// `kill [options][number]`: a command and what it takes, alone on their line.
fn is_synopsis(text: &str, span: Span) -> bool {
    let before = line_before(text, span.start as usize).trim();
    let behind = text.get(span.end as usize..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim();
    let command = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    let brackets = |rest: &str| rest.is_empty() || rest.starts_with('[') && rest.ends_with(']');
    before.len() >= 2
        && before.chars().all(command)
        && !before.ends_with('.')
        && before.contains(char::is_alphabetic)
        && brackets(behind)
}

/// `[x for x in range(9)][0]`: code that its writer has not marked.
fn is_list_of_python(text: &str) -> bool {
    text.contains(" for ") && text.contains(" in ") && text.contains('(')
}

/// True for what a transcript says of sounds: `[inaudible 38:26]`, `[laughs]`.
fn is_remark(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "inaudible",
        "unintelligible",
        "crosstalk",
        "laughs",
        "laughing",
        "laughter",
        "chuckles",
        "chuckling",
        "chuckle",
        "giggles",
        "applause",
        "coughs",
        "sighs",
        "silence",
    ];
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    text.split_whitespace().count() <= 4 && words.any(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// True for brackets that begin the item of a list.
fn begins_an_item(text: &str, span: Span) -> bool {
    let before = line_before(text, span.start as usize).trim();
    matches!(before, "-" | "*" | "+")
}

/// `[smile][smile]` is a sign that a chat shows as a picture, twice. A link that is named by its own text is no such word:
/// `[iter.rs:223][iter.rs:223]`.
pub(super) fn is_said_twice(text: &str, span: Span, label: &str) -> bool {
    let sign = label.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    sign && span.of(text).strip_suffix(']').and_then(|all| all.strip_suffix(label)) == Some(&*format!("[{label}]["))
}

/// True behind the brackets of `[text] (address)`, which was meant as a link.
fn is_torn_link(behind: &str) -> bool {
    let inside = behind.strip_prefix(" (").and_then(|rest| rest.split_once(')'));
    inside.is_some_and(|(address, _)| address.contains(['/', '.', '#']) && !address.contains(' '))
}
