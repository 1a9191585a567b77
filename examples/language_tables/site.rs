//! One site: which pages read as another language, and what finding that out costs compared with parsing the pages.

use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use postlint::language::prescreen::Table;
use postlint::language::{
    Expected, Language, Makeup, PageVerdict, Scratch, Verdict, Why, count_characters, judge_paragraph,
};
use pulldown_cmark::Parser;

use crate::prose;

struct Page {
    name: String,
    text: String,
    paragraphs: Vec<String>,
}

pub fn run(folder: &Path, language: &str, out: &mut impl Write) -> io::Result<()> {
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).ok()?;
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        Some(Page { name, paragraphs: prose::paragraphs(&text), text })
    };
    let pages: Vec<Page> = prose::pages(folder).into_iter().filter_map(read).collect();
    let Some(language) = Language::from_tag(language) else { return writeln!(out, "not a language") };
    let expected = Expected::new(language);
    report(&pages, &expected, out)?;
    cost(&pages, &expected, out)
}

fn report(pages: &[Page], expected: &Expected, out: &mut impl Write) -> io::Result<()> {
    let mut scratch = Scratch::default();
    let table = Table::of(expected.language());
    let (mut judged, mut settled, mut foreign, mut undecided, mut no_prose) = (0, 0, 0, 0, 0);
    for page in pages {
        let mut verdict = PageVerdict::default();
        for paragraph in &page.paragraphs {
            let text = || [paragraph.as_str()].into_iter();
            let found = judge_paragraph(expected, text(), &mut scratch);
            verdict.add(found, count_characters(text()));
            judged += usize::from(found != Verdict::NotJudged(Why::Short));
            settled += usize::from(
                found != Verdict::NotJudged(Why::Short) && table.is_some_and(|table| table.settles(text())),
            );
            undecided += usize::from(found == Verdict::NotJudged(Why::Undecided));
            no_prose += usize::from(found == Verdict::NotJudged(Why::NotProse));
            if let Verdict::Foreign { language, probability } = found {
                foreign += 1;
                let start: String = paragraph.chars().take(150).collect();
                writeln!(out, "PARAGRAPH {language} {probability:.2} {}: {}", page.name, start.replace('\n', " "))?;
            }
        }
        let joined = || page.paragraphs.iter().flat_map(|paragraph| [paragraph.as_str(), " "]);
        verdict.add_joined(expected, joined(), &mut scratch);
        if let Some(language) = verdict.foreign() {
            writeln!(out, "PAGE {language} {} ({} of {})", page.name, verdict.flagged(), verdict.judged())?;
        }
    }
    writeln!(
        out,
        "{} pages, {judged} paragraphs judged, {:.1} % settled, {foreign} foreign, {undecided} undecided, {no_prose} no prose",
        pages.len(),
        100.0 * settled as f64 / f64::max(f64::from(judged as u32), 1.0)
    )
}

fn cost(pages: &[Page], expected: &Expected, out: &mut impl Write) -> io::Result<()> {
    let table = Table::of(expected.language());
    let mut scratch = Scratch::default();
    let mut rounds: [Vec<Duration>; 5] = Default::default();
    for _ in 0..15 {
        rounds[0].push(time(|| {
            for page in pages {
                Parser::new_ext(&page.text, prose::options()).into_offset_iter().for_each(|event| {
                    black_box(&event);
                });
            }
        }));
        rounds[1].push(time(|| {
            for paragraph in pages.iter().flat_map(|page| &page.paragraphs) {
                black_box(table.map(|table| table.settles([paragraph.as_str()].into_iter())));
            }
        }));
        rounds[2].push(time(|| {
            for page in pages {
                let mut verdict = PageVerdict::default();
                let all: usize = page.paragraphs.iter().map(|paragraph| paragraph.chars().count()).sum();
                for paragraph in &page.paragraphs {
                    if verdict.is_known_foreign(all) {
                        break;
                    }
                    let found = judge_paragraph(expected, [paragraph.as_str()].into_iter(), &mut scratch);
                    verdict.add(found, paragraph.chars().count());
                }
                black_box(verdict.foreign());
            }
        }));
        rounds[3].push(time(|| {
            for paragraph in pages.iter().flat_map(|page| &page.paragraphs) {
                black_box(Makeup::of([paragraph.as_str()].into_iter()).is_prose());
            }
        }));
        rounds[4].push(time(|| {
            for paragraph in pages.iter().flat_map(|page| &page.paragraphs) {
                black_box(count_characters([paragraph.as_str()].into_iter()));
            }
        }));
    }
    let [parse, first, both, guards, counting] = rounds.map(|mut times| {
        // The shortest: what a busy machine adds is no cost of ours.
        times.sort();
        times[0].as_secs_f64() * 1e3
    });
    let bytes: usize = pages.iter().map(|page| page.text.len()).sum();
    let prose: usize = pages.iter().flat_map(|page| &page.paragraphs).map(String::len).sum();
    let [first_share, both_share, guards_share, count_share] = [first, both, guards, counting].map(|time| time / parse);
    writeln!(
        out,
        "parsing {bytes} bytes {parse:.1} ms; table over {prose} bytes of prose {first:.1} ms = {first_share:.2} x; whole verdict \
         {both:.1} ms = {both_share:.2} x; (over all prose: guards {guards_share:.2} x, counting {count_share:.2} x)"
    )
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
