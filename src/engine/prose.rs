//! The language of a page, from its prose.

use std::cell::{Cell, RefCell};

use crate::language::{
    Expected, Language, Letters, MIN_CHARACTERS, PageVerdict, Scratch, Verdict, Why, count_characters, count_dense,
    first_characters, identify, judge_long, may_be_dense, scripts,
};
use crate::page::body::Body;
use crate::page::links::{Label, Link, LinkKind};
use crate::page::prose::{Block, BlockKind};
use crate::site::facts::PageLanguage;
use crate::source::Span;

/// So many characters are enough to tell the language of a whole page.
const SAMPLE: usize = 400;

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
    /// What the last page was compared with, which is nearly always what the next one is compared with.
    static EXPECTED: Cell<Option<Expected>> = const { Cell::new(None) };
}

/// Fills in what the page reads as. Where neither the page nor the site declares a language it is compared with
/// `inferred`; where that is not known either, it is only recognised.
pub fn judge(text: &str, body: &Body, links: &[Link], language: &mut PageLanguage, inferred: Option<Language>) {
    let declared = language.declared.as_ref().and_then(|declared| declared.language);
    language.expected = declared.or(inferred);
    SCRATCH.with_borrow_mut(|scratch| match language.expected {
        Some(expected) => language.verdict = verdict(text, body, links, &to_expect(expected), scratch),
        None => language.recognised = recognise(text, body, scratch),
    });
}

fn to_expect(language: Language) -> Expected {
    let known = EXPECTED.get().filter(|known| known.language() == language);
    let expected = known.unwrap_or_else(|| Expected::new(language));
    EXPECTED.set(Some(expected));
    expected
}

/// The language of a page of which nothing is known.
pub fn recognise_page(text: &str, body: &Body) -> Option<Language> {
    SCRATCH.with_borrow_mut(|scratch| recognise(text, body, scratch))
}

fn recognise(text: &str, body: &Body, scratch: &mut Scratch) -> Option<Language> {
    let pieces = own_blocks(body).flat_map(|(_, runs)| runs).map(|run| run.of(text));
    identify(first_characters(pieces, SAMPLE), scratch).map(|(language, _)| language)
}

fn verdict(text: &str, body: &Body, links: &[Link], expected: &Expected, scratch: &mut Scratch) -> PageVerdict {
    let dense = may_be_dense(text);
    let mut verdict = of_blocks(text, body, links, expected, dense, scratch);
    // It can only save a page from being called foreign.
    if dense && verdict.foreign().is_some() && scripts(expected.language()).iter().any(|script| script.has_no_blanks())
    {
        verdict.set_native(native_signs(text, body, expected.language()));
    }
    if verdict.foreign().is_some() && quotes_most(text, body, expected.language(), scratch) {
        return PageVerdict::default();
    }
    verdict
}

/// True where the page says more in quotations than between them, and that in the expected language: what is left are the
/// names of things, or their author writes all prose so.
fn quotes_most(text: &str, body: &Body, language: Language, scratch: &mut Scratch) -> bool {
    let quoted = |block: &&Block| block.quoted && !block.other_language;
    let runs = body.prose.blocks().iter().filter(quoted).flat_map(|block| body.prose.runs(block));
    let pieces = runs.map(|run| run.of(text));
    let own = own_blocks(body).flat_map(|(_, runs)| runs).map(|run| run.of(text));
    count_characters(pieces.clone()) > count_characters(own)
        && identify(first_characters(pieces, SAMPLE), scratch).is_some_and(|(read, _)| read == language)
}

/// How many signs of its own script, one without blanks, the page has in prose and headings.
fn native_signs(text: &str, body: &Body, language: Language) -> usize {
    let aloud = |(block, runs): (&'_ Block, &'_ [Span])| {
        let pieces = runs.iter().map(|run| run.of(text));
        let heard = !block.quoted && !block.other_language && Letters::of_text(pieces.clone()).fit(language);
        if heard { count_dense(pieces) } else { 0 }
    };
    body.prose.iter().map(aloud).sum()
}

fn of_blocks(
    text: &str,
    body: &Body,
    links: &[Link],
    expected: &Expected,
    dense: bool,
    scratch: &mut Scratch,
) -> PageVerdict {
    let mut verdict = PageVerdict::default();
    // Bytes are as good as characters for "can it still become anything else?", and need no second walk.
    let all: usize = own_blocks(body).flat_map(|(_, runs)| runs).map(|run| run.len()).sum();
    if dense {
        // Headings in the page's own script say who speaks, though they are too short to be judged.
        for (_, runs) in body.prose.iter().filter(|(block, _)| block.kind == BlockKind::Heading) {
            let pieces = runs.iter().map(|run| run.of(text));
            let (characters, extra) = (count_characters(pieces.clone()), count_dense(pieces.clone()));
            if extra * 2 > characters && Letters::of_text(pieces).fit(expected.language()) {
                verdict.add(Verdict::Expected, characters + extra);
            }
        }
    }
    let (mut labels, mut named): (Option<Vec<Span>>, bool) = (None, false);
    let mut left = all;
    for (block, runs) in own_blocks(body) {
        left -= runs.iter().map(|run| run.len()).sum::<usize>();
        let pieces = runs.iter().map(|run| run.of(text));
        let characters = count_characters(pieces.clone());
        let weight = characters + if dense { 2 * count_dense(pieces.clone()) } else { 0 };
        let one = if characters < MIN_CHARACTERS {
            // Short, but in a script that says by itself which language it may be.
            let own = weight > characters * 2 && Letters::of_text(pieces).fit(expected.language());
            if own { Verdict::Expected } else { Verdict::NotJudged(Why::Short) }
        } else {
            match judge_long(expected, pieces, scratch) {
                Verdict::Foreign { .. }
                    if names_things(
                        text,
                        body.prose.span(block),
                        runs,
                        labels.get_or_insert_with(|| labels_of(links)),
                    ) =>
                {
                    named = true;
                    Verdict::NotJudged(Why::NotProse)
                }
                one => one,
            }
        };
        verdict.add(one, weight);
        if verdict.is_known_foreign(all) || verdict.is_known_native(left) {
            return verdict;
        }
    }
    // Of a page that is put together from other files, the few words of its own say nothing.
    let put_together = body.calls.iter().any(|call| call.name.of(text).starts_with("include"));
    if verdict.judged() == 0 && !put_together && !named {
        let pieces = own_blocks(body).flat_map(|(_, runs)| runs).map(|run| run.of(text));
        verdict.add_joined(expected, pieces, scratch);
    }
    verdict
}

/// The texts of the links, in the order of the file.
fn labels_of(links: &[Link]) -> Vec<Span> {
    let text = |link: &Link| match link.label {
        Label::Text(span) if link.kind == LinkKind::Link => Some(span),
        _ => None,
    };
    let mut labels: Vec<Span> = links.iter().filter_map(text).collect();
    labels.sort_unstable_by_key(|span| span.start);
    labels
}

/// True for a block that says what other things call themselves: it is made of the texts of links, or it is a title with
/// its address on the next line.
fn names_things(text: &str, span: Span, runs: &[Span], labels: &[Span]) -> bool {
    let rest = text.get(span.start as usize..).unwrap_or_default();
    let source = rest.get(..rest.find("\n\n").unwrap_or(rest.len())).unwrap_or(rest);
    let last = source.trim_end().rsplit('\n').next().unwrap_or_default().trim();
    if (last.starts_with("https://") || last.starts_with("http://")) && !last.contains(char::is_whitespace) {
        return true;
    }
    let first = labels.partition_point(|label| label.start < span.start);
    let inside = labels.iter().skip(first).take_while(|label| label.start < span.end);
    let covered: usize = inside.map(|label| label.len()).sum();
    let all: usize = runs.iter().map(|run| run.len()).sum();
    covered * 10 >= all * 6
}

/// Blocks in the page's own voice: no quotations, nothing that is marked as another language, no names of things.
fn own_blocks(body: &Body) -> impl Iterator<Item = (&Block, &[Span])> + Clone {
    let own = |block: &&Block| {
        !block.quoted && !block.other_language && !matches!(block.kind, BlockKind::Heading | BlockKind::Alt)
    };
    body.prose.blocks().iter().filter(own).map(|block| (block, body.prose.runs(block)))
}
