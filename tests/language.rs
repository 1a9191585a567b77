//! Recognising languages, from outside: the model against an independent reader of the same file, the trigram tables
//! against paragraphs of 29 languages under each other's expectation, and texts that come in pieces.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step of a test is a failed test")]

use postlint::language::prescreen::Table;
use postlint::language::{
    Carry, Expected, Language, Model, PageVerdict, Scratch, Verdict, Why, count_characters, first_characters, identify,
    judge_paragraph,
};
use proptest::prelude::*;

fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn language(code: &str) -> Language {
    Language::from_tag(code).expect(code)
}

fn paragraphs() -> Vec<(Language, &'static str)> {
    let rows = rows(include_str!("data/language/paragraphs.tsv"));
    rows.map(|row| (language(row[0]), row[1])).collect()
}

fn judge(expected: &str, text: &str) -> Verdict {
    judge_paragraph(&Expected::new(language(expected)), [text].into_iter(), &mut Scratch::default())
}

#[test]
fn the_model_says_what_an_independent_reader_says() {
    let model = Model::embedded().expect("the model");
    let mut carry = Carry::default();
    let mut count = 0;
    for row in rows(include_str!("data/language/identity.tsv")) {
        let [label, probability, text] = row[..] else { panic!("{row:?}") };
        let meaning = model.meaning([text].into_iter(), &mut carry);
        let (found, found_probability) = model.best(&meaning, 0.0).expect("a label");
        let expected: f32 = probability.parse().expect("a number");
        assert_eq!(found.as_str(), label, "{text}");
        assert!((found_probability - expected).abs() < 2e-6, "{text}: {found_probability} for {expected}");
        assert!((model.probability(&meaning, found) - expected).abs() < 2e-6, "{text}");
        count += 1;
    }
    assert!(count >= 120);
}

#[test]
fn a_floor_only_hides_what_lies_below_it() {
    let model = Model::embedded().expect("the model");
    for (_, text) in paragraphs() {
        let meaning = model.meaning([text].into_iter(), &mut Carry::default());
        let best = model.best(&meaning, 0.0).expect("a label");
        assert_eq!(model.best(&meaning, best.1 - 0.01), Some(best));
        assert_eq!(model.best(&meaning, best.1 + 0.01), None);
    }
}

#[test]
fn tables_settle_their_own_language_and_no_other() {
    let (mut own, mut settled) = (0, 0);
    for (expected, _) in paragraphs() {
        let group = || expected.group().iter().find_map(|member| Table::of(*member));
        let table = Table::of(expected).or_else(group).unwrap_or_else(|| panic!("no table for {expected}"));
        for (actual, text) in paragraphs() {
            let settles = table.settles([text].into_iter());
            if actual.agrees_with(expected) {
                own += 1;
                settled += usize::from(settles);
            } else {
                assert!(!settles, "{actual} passes for {expected}: {text}");
            }
        }
    }
    assert!(settled * 100 >= own * 95, "{settled} of {own}");
}

#[test]
fn every_paragraph_is_foreign_to_every_other_language() {
    let (mut pairs, mut found) = (0, 0);
    for (expected, _) in paragraphs() {
        for (actual, text) in paragraphs() {
            let verdict = judge(expected.as_str(), text);
            if actual.agrees_with(expected) {
                assert_eq!(verdict, Verdict::Expected, "{actual} under {expected}: {text}");
                continue;
            }
            pairs += 1;
            match verdict {
                Verdict::Foreign { language, .. } => {
                    assert!(language.agrees_with(actual), "{actual} called {language}: {text}");
                    found += 1;
                }
                Verdict::NotJudged(Why::Undecided) => {}
                _ => panic!("{actual} under {expected} is {verdict:?}: {text}"),
            }
        }
    }
    assert!(found * 100 >= pairs * 97, "{found} of {pairs}");
}

#[test]
fn what_is_no_prose_is_no_language() {
    let checksums = "3f786850e387550fdab836ed7e6dc881de23001b 89e6c98d92887913cadf06b2adb97f26cde4849b v1.2.3 v1.2.4";
    assert_eq!(judge("fr", checksums), Verdict::NotJudged(Why::NotProse));
    assert_eq!(judge("fr", "The baker opens his shop."), Verdict::NotJudged(Why::Short));
    let unknown = "Last spring we moved the whole site to a new server, and for once nothing went wrong at all.";
    assert_eq!(judge("tlh", unknown), Verdict::NotJudged(Why::UnknownLanguage));
    assert_eq!(identify([checksums].into_iter(), &mut Scratch::default()), None);
}

#[test]
fn one_cyrillic_name_makes_no_russian() {
    let text = "Fix the parser of links (thanks to Александр Константинопольский-Преображенский), and the reader of lists too.";
    assert!(!matches!(judge("en", text), Verdict::Foreign { .. }));
}

#[test]
fn a_page_is_what_most_of_its_prose_is() {
    let french =
        "Un petit mot d’introduction en français, pour situer cet entretien que nous avons mené au printemps dernier.";
    let english = "Last spring we moved the whole site to a new server, and for once nothing went wrong. The only thing \
                   that readers noticed was that pages opened a little faster than before.";
    let expected = Expected::new(language("fr"));
    let mut scratch = Scratch::default();
    let mut page = PageVerdict::default();
    let all = count_characters([french, english, english].into_iter());
    for text in [french, english, english] {
        assert!(!page.is_known_foreign(all));
        page.add(judge_paragraph(&expected, [text].into_iter(), &mut scratch), text.chars().count());
    }
    assert_eq!(page.foreign(), Some(Language::ENGLISH));
    assert!(page.is_known_foreign(all));

    let mut short = PageVerdict::default();
    let lines =
        ["Doors open at seven. ", "The talks begin at half past. ", "Please bring your own cup. ", "See you there!"];
    short.add_joined(&expected, lines.into_iter(), &mut scratch);
    assert_eq!(short.foreign(), Some(Language::ENGLISH));

    let mut empty = PageVerdict::default();
    empty.add_joined(&expected, [].into_iter(), &mut scratch);
    assert_eq!((empty.foreign(), empty.judged()), (None, 0));
}

#[test]
fn an_undeclared_page_is_named() {
    for (actual, text) in paragraphs() {
        let (found, probability) = identify([text].into_iter(), &mut Scratch::default()).expect(text);
        assert!(found.agrees_with(actual), "{actual} called {found}");
        assert!((0.5..=1.0).contains(&probability));
    }
}

fn cut<'a>(text: &'a str, places: &[usize]) -> Vec<&'a str> {
    let mut borders: Vec<usize> = places.iter().map(|place| place % (text.len() + 1)).collect();
    borders.retain(|border| text.is_char_boundary(*border));
    borders.extend([0, text.len()]);
    borders.sort_unstable();
    borders.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

proptest! {
    #[test]
    fn pieces_do_not_change_a_verdict(which in 0_usize..34, expected in 0_usize..34, places in prop::collection::vec(any::<usize>(), 0..9)) {
        let all = paragraphs();
        let text = all[which].1;
        let expected = Expected::new(all[expected].0);
        let whole = judge_paragraph(&expected, [text].into_iter(), &mut Scratch::default());
        let pieces = judge_paragraph(&expected, cut(text, &places).into_iter(), &mut Scratch::default());
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn no_text_breaks_anything(text in "\\PC{0,300}", places in prop::collection::vec(any::<usize>(), 0..5), limit in 0_usize..400) {
        let mut scratch = Scratch::default();
        let pieces = cut(&text, &places);
        for code in ["en", "ja", "no", "xx", "tlh"] {
            let verdict = judge_paragraph(&Expected::new(language(code)), pieces.iter().copied(), &mut scratch);
            if text.chars().count() < 80 {
                prop_assert_eq!(verdict, Verdict::NotJudged(Why::Short));
            }
        }
        identify(pieces.iter().copied(), &mut scratch);
        let first: String = first_characters(pieces.iter().copied(), limit).collect();
        prop_assert_eq!(first, text.chars().take(limit).collect::<String>());
    }
}
