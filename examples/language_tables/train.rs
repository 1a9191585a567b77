//! Fits one linear separator per language: this language against all others.

use std::io::{self, Write};
use std::path::Path;

use postlint::language::prescreen::{HEAD, LONG, MAGIC, WEIGHTS, each_trigram};
use postlint::language::{DECLARED_BELOW, Language, Meaning, Model};
use rayon::prelude::*;

use crate::sources::{self, DATA, Paragraph, Paragraphs};

/// At most so many paragraphs per language and repository.
const CAP: usize = 2000;
/// A language with fewer paragraphs than this serves as an example of "another language" only.
const FEWEST: usize = 150;
const PASSES: u64 = 4;
const RATE: f32 = 3.0;
/// How far the threshold lies from the best foreign texts towards the middle of the native ones.
const MARGIN: f32 = 0.15;
/// Share of the texts of any one foreign language, and of all, that must stay below the threshold.
const BELOW_EACH: f64 = 0.996;
const BELOW_ALL: f64 = 0.9995;

struct Sample {
    language: Language,
    trigrams: Vec<u16>,
    meaning: Meaning,
    weight: f32,
}

impl Sample {
    /// Whether the sample stands for or against a language; `None` where the model sees some of the language in a
    /// text of another (a quotation, a list of English names): the verdict would never call that foreign, and a few
    /// such windows among the negatives spoil a table.
    fn stands_for(&self, language: Language, model: &Model) -> Option<bool> {
        if self.language.agrees_with(language) {
            return Some(true);
        }
        (model.probability(&self.meaning, language) < DECLARED_BELOW).then_some(false)
    }
}

struct Fitted {
    language: Language,
    weights: Vec<i8>,
    thresholds: [f32; 2],
    paragraphs: usize,
    settled: [f64; 2],
}

pub fn run(checkouts: &Path, out: &mut impl Write) -> io::Result<()> {
    let Some(model) = Model::embedded() else { return writeln!(out, "the model cannot be read") };
    let mut all = sources::read(checkouts, "To train", CAP)?;
    for (language, paragraphs) in &mut all {
        let before = paragraphs.len();
        paragraphs.retain(|paragraph| sources::confirmed(&paragraph.text, *language));
        writeln!(
            out,
            "{language}: {} paragraphs, {} contradicted by the model",
            paragraphs.len(),
            before - paragraphs.len()
        )?;
    }
    all.retain(|_, paragraphs| !paragraphs.is_empty());
    let fit: Vec<Vec<Sample>> = (0..PASSES).map(|pass| windows(model, &all, false, Some(pass))).collect();
    let calibrate = [windows(model, &all, true, Some(PASSES)), windows(model, &all, true, None)];
    let languages: Vec<Language> = leaders(&all);
    let fitted: Vec<Fitted> =
        languages.par_iter().map(|language| fit_one(model, *language, &all, &fit, &calibrate)).collect();
    write(&fitted, out)
}

/// The languages that get a table: of each group the one with the most text.
fn leaders(all: &Paragraphs) -> Vec<Language> {
    let count = |language: &Language| all.get(language).map_or(0, Vec::len);
    let leads = |language: &&Language| {
        language.group().iter().all(|other| count(other) < count(language) || *other == **language)
    };
    all.keys().filter(leads).copied().filter(|language| count(language) >= FEWEST).collect()
}

/// One window of 60–240 bytes per paragraph, another one in each pass (short ones: 80–159); without a pass, all of it.
fn windows(model: &Model, all: &Paragraphs, calibrates: bool, pass: Option<u64>) -> Vec<Sample> {
    let (shortest, longest) = if calibrates { (80, 160) } else { (60, 240) };
    let cut = |paragraph: &Paragraph, language: Language| -> Option<Sample> {
        let text = paragraph.text.as_str();
        let window = match pass {
            None if text.len() < LONG => "",
            None => text,
            Some(pass) => {
                let chance = sources::number((text, pass));
                let length = shortest + chance as usize % (longest - shortest);
                let start = (chance >> 20) as usize % text.len().saturating_sub(length).max(1);
                let [start, end] = [start, start + length].map(|place| text.floor_char_boundary(place.min(text.len())));
                &text[start..end]
            }
        };
        let mut trigrams = Vec::with_capacity(window.len());
        each_trigram([window].into_iter(), |trigram| trigrams.push(trigram as u16));
        let meaning = model.meaning([window].into_iter(), &mut Default::default());
        let usable = !window.is_empty() && sources::pure(window, language, model);
        usable.then_some(Sample { language, trigrams, meaning, weight: 0.0 })
    };
    let mut samples = Vec::new();
    for (language, paragraphs) in all {
        let chosen = paragraphs.iter().filter(|paragraph| paragraph.calibrates == calibrates);
        let mut found: Vec<Sample> = chosen.filter_map(|paragraph| cut(paragraph, *language)).collect();
        let weight = 1.0 / (found.len().max(100) as f32);
        found.iter_mut().for_each(|sample| sample.weight = weight);
        samples.extend(found);
    }
    samples.sort_by_key(|sample| sources::number((&sample.trigrams, pass)));
    samples
}

fn fit_one(
    model: &Model,
    language: Language,
    all: &Paragraphs,
    fit: &[Vec<Sample>],
    calibrate: &[Vec<Sample>; 2],
) -> Fitted {
    let mut weights = vec![0.0_f32; WEIGHTS];
    let mut squares = vec![1e-12_f32; WEIGHTS];
    let (mut bias, mut bias_square) = (0.0_f32, 1e-12_f32);
    let blank = {
        let mut blank = 0;
        each_trigram(["   "].into_iter(), |trigram| blank = trigram);
        blank
    };
    for samples in fit {
        let total = |native: bool| -> f32 {
            let side = samples.iter().filter(|sample| sample.stands_for(language, model) == Some(native));
            side.map(|sample| sample.weight).sum::<f32>().max(1e-9)
        };
        let share = [total(false), total(true)];
        for sample in samples {
            let Some(native) = sample.stands_for(language, model) else { continue };
            let each = 1.0 / sample.trigrams.len() as f32;
            let score: f32 =
                bias + each * sample.trigrams.iter().map(|&trigram| weights[trigram as usize]).sum::<f32>();
            let probability = 1.0 / (1.0 + (-score).exp());
            let wrong = (probability - f32::from(u8::from(native))) * sample.weight / share[usize::from(native)];
            bias_square += wrong * wrong;
            bias -= 0.1 * RATE * wrong / bias_square.sqrt();
            for &trigram in &sample.trigrams {
                let slope = wrong * each;
                let (square, weight) = (&mut squares[trigram as usize], &mut weights[trigram as usize]);
                *square += slope * slope;
                *weight -= RATE * slope / square.sqrt();
            }
        }
    }
    weights[blank] = 0.0;
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).collect();
    sizes.sort_by(f32::total_cmp);
    let scale = 127.0 / sizes[WEIGHTS * 995 / 1000].max(1e-9);
    let weights: Vec<i8> = weights.iter().map(|weight| (weight * scale).round().clamp(-127.0, 127.0) as i8).collect();
    let (short, long) =
        (threshold(model, language, &weights, &calibrate[0]), threshold(model, language, &weights, &calibrate[1]));
    let paragraphs = all.iter().filter(|(other, _)| other.agrees_with(language)).map(|(_, found)| found.len()).sum();
    Fitted { language, weights, thresholds: [short.0, long.0], paragraphs, settled: [short.1, long.1] }
}

/// The threshold for texts of this length, and the share of native texts that it settles.
fn threshold(model: &Model, language: Language, weights: &[i8], samples: &[Sample]) -> (f32, f64) {
    let score = |sample: &Sample| {
        let sum: i64 = sample.trigrams.iter().map(|&trigram| i64::from(weights[trigram as usize])).sum();
        sum as f32 / sample.trigrams.len() as f32
    };
    let mut native = Vec::new();
    let mut foreign: std::collections::BTreeMap<Language, Vec<f32>> = Default::default();
    for sample in samples {
        match sample.stands_for(language, model) {
            Some(true) => native.push(score(sample)),
            Some(false) => foreign.entry(sample.language).or_default().push(score(sample)),
            None => {}
        }
    }
    let mut everyone: Vec<f32> = foreign.values().flatten().copied().collect();
    let each = foreign.values_mut().filter(|scores| scores.len() >= 40).map(|scores| quantile(scores, BELOW_EACH));
    let top = each.fold(quantile(&mut everyone, BELOW_ALL), f32::max);
    let threshold = top + MARGIN * (quantile(&mut native, 0.5) - top).max(0.0);
    let settled = native.iter().filter(|score| **score >= threshold).count();
    (threshold, settled as f64 / native.len().max(1) as f64)
}

fn quantile(scores: &mut [f32], share: f64) -> f32 {
    scores.sort_by(f32::total_cmp);
    let place = ((scores.len() as f64 * share) as usize).min(scores.len().saturating_sub(1));
    scores.get(place).copied().unwrap_or(f32::MIN)
}

fn write(fitted: &[Fitted], out: &mut impl Write) -> io::Result<()> {
    let mut packed = MAGIC.to_vec();
    packed.push(fitted.len() as u8);
    let mut index = "# What tables.bin holds: language, paragraphs it was fitted to (of its group), threshold for short and long\n\
                     # texts, share of native texts (kept from fitting) that each settles. Written by examples/language_tables.\n"
        .to_owned();
    for one in fitted {
        let mut head = [0; HEAD];
        head[..one.language.as_str().len()].copy_from_slice(one.language.as_str().as_bytes());
        head[4..8].copy_from_slice(&one.thresholds[0].to_le_bytes());
        head[8..12].copy_from_slice(&one.thresholds[1].to_le_bytes());
        packed.extend(head);
        let [short, long] = one.thresholds;
        let [settled_short, settled_long] = one.settled.map(|share| 100.0 * share);
        let (language, paragraphs) = (one.language, one.paragraphs);
        index += &format!("{language}\t{paragraphs}\t{short:.3}\t{long:.3}\t{settled_short:.1}\t{settled_long:.1}\n");
    }
    packed.extend(fitted.iter().flat_map(|one| one.weights.iter().map(|weight| *weight as u8)));
    writeln!(out, "{index}{} bytes", packed.len())?;
    std::fs::write(Path::new(DATA).join("tables.bin"), packed)?;
    std::fs::write(Path::new(DATA).join("tables.tsv"), index)
}
