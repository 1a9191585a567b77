//! The language of a page, from its prose.

use std::cell::RefCell;

use crate::language::{
    Expected, Language, MIN_CHARACTERS, Makeup, PageVerdict, Scratch, Verdict, Why, count_characters, count_dense,
    first_characters, identify, judge_long, may_be_dense,
};
use crate::page::body::Body;
use crate::page::prose::{Block, BlockKind};
use crate::site::facts::PageLanguage;
use crate::source::Span;

/// So many characters are enough to tell the language of a whole page.
const SAMPLE: usize = 400;

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Fills in what the page reads as. Where neither the page nor the site declares a language it is compared with
/// `inferred`; where that is not known either, it is only recognised.
pub fn judge(text: &str, body: &Body, language: &mut PageLanguage, inferred: Option<Language>) {
    let declared = language.declared.as_ref().and_then(|declared| declared.language);
    language.expected = declared.or(inferred);
    SCRATCH.with_borrow_mut(|scratch| match language.expected {
        Some(expected) => language.verdict = verdict(text, body, &Expected::new(expected), scratch),
        None => language.recognised = recognise(text, body, scratch),
    });
}

/// The language of a page of which nothing is known.
pub fn recognise_page(text: &str, body: &Body) -> Option<Language> {
    SCRATCH.with_borrow_mut(|scratch| recognise(text, body, scratch))
}

fn recognise(text: &str, body: &Body, scratch: &mut Scratch) -> Option<Language> {
    let pieces = own_blocks(body).flat_map(|(_, runs)| runs).map(|run| run.of(text));
    identify(first_characters(pieces, SAMPLE), scratch).map(|(language, _)| language)
}

fn verdict(text: &str, body: &Body, expected: &Expected, scratch: &mut Scratch) -> PageVerdict {
    let mut verdict = PageVerdict::default();
    // Bytes are as good as characters for "can it still become anything else?", and need no second walk.
    let all: usize = own_blocks(body).flat_map(|(_, runs)| runs).map(|run| run.len()).sum();
    let dense = may_be_dense(text);
    for (_, runs) in own_blocks(body) {
        let pieces = runs.iter().map(|run| run.of(text));
        let characters = count_characters(pieces.clone());
        let weight = characters + if dense { count_dense(pieces.clone()) } else { 0 };
        let one = if characters < MIN_CHARACTERS {
            // Short, but in a script that says by itself which language it may be.
            let own = weight * 2 > characters * 3 && Makeup::of(pieces).letters.fit(expected.language());
            if own { Verdict::Expected } else { Verdict::NotJudged(Why::Short) }
        } else {
            judge_long(expected, pieces, scratch)
        };
        verdict.add(one, weight);
        if verdict.is_known_foreign(all) {
            return verdict;
        }
    }
    // Of a page that is put together from other files, the few words of its own say nothing.
    let put_together = body.calls.iter().any(|call| call.name.of(text).starts_with("include"));
    if verdict.judged() == 0 && !put_together {
        let pieces = own_blocks(body).flat_map(|(_, runs)| runs).map(|run| run.of(text));
        verdict.add_joined(expected, pieces, scratch);
    }
    verdict
}

/// Blocks in the page's own voice: no quotations, nothing that is marked as another language, no names of things.
fn own_blocks(body: &Body) -> impl Iterator<Item = (&Block, &[Span])> + Clone {
    let own = |block: &&Block| {
        !block.quoted && !block.other_language && !matches!(block.kind, BlockKind::Heading | BlockKind::Alt)
    };
    body.prose.blocks().iter().filter(own).map(|block| (block, body.prose.runs(block)))
}
