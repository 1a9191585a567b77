//! How the tables and the whole verdict do on text that they were not fitted to.

use std::io::{self, Write};
use std::path::Path;

use postlint::language::prescreen::Table;
use postlint::language::{Expected, Language, Scratch, Verdict, judge_paragraph};
use rayon::prelude::*;

use crate::sources::{self, Paragraph, Paragraphs};

const CAP: usize = 1000;

struct Row {
    language: Language,
    native: usize,
    settled: usize,
    foreign: usize,
    passed: usize,
    lost: usize,
    recalled: usize,
    alarms: Vec<(Language, f32, String)>,
}

pub fn run(checkouts: &Path, out: &mut impl Write) -> io::Result<()> {
    let all = sources::read(checkouts, "To measure", CAP)?;
    let sure: Paragraphs = all
        .iter()
        .map(|(language, paragraphs)| {
            let kept = paragraphs.iter().filter(|paragraph| sources::confirmed(&paragraph.text, *language));
            let copy =
                |one: &Paragraph| Paragraph { text: one.text.clone(), file: one.file.clone(), calibrates: false };
            (*language, kept.map(copy).collect())
        })
        .collect();
    let languages: Vec<Language> = all.keys().copied().collect();
    let rows: Vec<Row> = languages.par_iter().filter_map(|language| row(*language, &all, &sure)).collect();
    writeln!(out, "language  paragraphs  settled%  foreign  passed%  lost%  recall%  alarms")?;
    for row in &rows {
        let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        writeln!(
            out,
            "{:9} {:10} {:8.1} {:9} {:8.3} {:6.3} {:7.1} {:7}",
            row.language.as_str(),
            row.native,
            share(row.settled, row.native),
            row.foreign,
            share(row.passed, row.foreign),
            share(row.lost, row.foreign),
            share(row.recalled, row.foreign),
            row.alarms.len()
        )?;
    }
    for (row, (found, probability, text)) in
        rows.iter().flat_map(|row| row.alarms.iter().map(move |alarm| (row, alarm)))
    {
        let start: String = text.chars().take(240).collect();
        writeln!(out, "ALARM {} -> {found} {probability:.2}: {}", row.language, start.replace('\n', " "))?;
    }
    Ok(())
}

fn row(language: Language, all: &Paragraphs, sure: &Paragraphs) -> Option<Row> {
    let table = Table::of(language).or_else(|| language.group().iter().find_map(|other| Table::of(*other)))?;
    let expected = Expected::new(language);
    let mut scratch = Scratch::default();
    let mut row =
        Row { language, native: 0, settled: 0, foreign: 0, passed: 0, lost: 0, recalled: 0, alarms: Vec::new() };
    for paragraph in &all[&language] {
        let text = || [paragraph.text.as_str()].into_iter();
        if let Verdict::Foreign { language, probability } = judge_paragraph(&expected, text(), &mut scratch) {
            row.alarms.push((language, probability, format!("{} | {}", paragraph.file.display(), paragraph.text)));
        }
    }
    for paragraph in sure.get(&language).into_iter().flatten() {
        row.native += 1;
        row.settled += usize::from(table.settles([paragraph.text.as_str()].into_iter()));
    }
    for (_, paragraphs) in sure.iter().filter(|(other, _)| !other.agrees_with(language)) {
        for paragraph in paragraphs.iter().take(300) {
            let text = || [paragraph.text.as_str()].into_iter();
            let passed = table.settles(text());
            let without = judge_paragraph(&expected.without_table(), text(), &mut scratch);
            let flagged = matches!(without, Verdict::Foreign { .. });
            row.foreign += 1;
            row.passed += usize::from(passed);
            row.lost += usize::from(passed && flagged);
            row.recalled += usize::from(flagged && !passed);
        }
    }
    Some(row)
}
