//! Makes the word lists of `rules/data/language/` that the rules on spelling ask; see `SOURCES.md` beside them.
//!
//! ```text
//! cargo run --example spelling_tables -- TYPOS WORDS
//! ```
//!
//! TYPOS is the file `src/word_codegen.rs` of the crate `typos-dict`. WORDS is a folder with the expanded word lists
//! `en_US.raw`, `fr.raw`, `es_ES.raw`, `nl.raw` and `pt_BR.raw`, one word a line, as `unmunch` writes them.

mod rare;
mod variants;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use postlint::language::spelling::{Filter, SHORTEST, fold};

/// Where the tables go.
const OUT: &str = "rules/data/language";
/// Word lists that only protect: of them nothing is kept but which slips they call words.
const PROTECTING: [(&str, &str); 4] = [("es", "es_ES"), ("fr", "fr"), ("nl", "nl"), ("pt", "pt_BR")];

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [typos, words] => make(Path::new(typos), Path::new(words), &mut io::stdout().lock()),
        _ => writeln!(io::stdout(), "usage: spelling_tables WORD_CODEGEN.RS WORDS_FOLDER"),
    }
}

fn make(typos: &Path, folder: &Path, out: &mut impl Write) -> io::Result<()> {
    let mut english = HashSet::new();
    each_word(&folder.join("en_US.raw"), |word| {
        english.extend(variants::british(word));
        english.insert(word.to_owned());
    })?;
    let mut slips = read_typos(&fs::read_to_string(typos)?);
    slips.retain(|slip, _| !english.contains(slip) && !rare::WORDS.contains(&slip.as_str()));
    let mut word_in: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut french = HashSet::new();
    for (language, list) in PROTECTING {
        each_word(&folder.join(format!("{list}.raw")), |word| {
            if slips.contains_key(word) {
                word_in.entry(word.to_owned()).or_default().insert(language);
            }
            if language == "fr" && !french.contains(word) {
                french.insert(word.to_owned());
            }
        })?;
    }
    let mut table = String::new();
    for (slip, right) in &slips {
        let languages: Vec<&str> = word_in.get(slip).into_iter().flatten().copied().collect();
        let column = if languages.is_empty() { String::new() } else { format!("\t{}", languages.join(",")) };
        table.push_str(&format!("{slip}\t{right}{column}\n"));
    }
    let write = |name: &str, bytes: &[u8]| fs::write(Path::new(OUT).join(name), bytes);
    write("typos.tsv", table.as_bytes())?;
    write("typos.words", &Filter::build(slips.keys().map(String::as_str)))?;
    for (name, words) in [("en.words", &english), ("fr.words", &french)] {
        let mut long: Vec<&str> = words.iter().map(String::as_str).filter(|word| word.chars().count() >= 4).collect();
        long.sort_unstable();
        writeln!(out, "{name}: {} words", long.len())?;
        write(name, &Filter::build(long.into_iter()))?;
    }
    writeln!(out, "typos.tsv: {} slips, {} of them words of another language", slips.len(), word_in.len())
}

/// Every word of a list, folded: what stands before `/` (flags that were not expanded) or a blank (notes on grammar),
/// without the English possessive, and nothing but letters. The lists are larger than memory: one line at a time.
fn each_word(list: &Path, mut act: impl FnMut(&str)) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 20, File::open(list)?);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let word = text.split(|c: char| c == '/' || c.is_whitespace()).next().unwrap_or_default();
        let word = word.strip_suffix("'s").unwrap_or(word);
        if word.len() >= 4 && word.chars().all(char::is_alphabetic) {
            act(&fold(word));
        }
        line.clear();
    }
    Ok(())
}

/// The slips with exactly one correction, from the Rust source of the crate: each entry is an `Ascii("slip")` and the list
/// of what may be meant.
fn read_typos(source: &str) -> BTreeMap<String, String> {
    let entries = source.split("InsensitiveStr::Ascii(").skip(1);
    entries.filter_map(entry).collect()
}

fn entry(text: &str) -> Option<(String, String)> {
    let (slip, rest) = text.strip_prefix('"')?.split_once('"')?;
    let (_, rest) = rest.split_once("&[")?;
    let (list, _) = rest.split_once(']')?;
    let mut corrections = list.split('"').skip(1).step_by(2);
    let right = corrections.next().filter(|_| corrections.next().is_none())?;
    let plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'\'' || byte == b'-');
    let fits = slip.len() >= SHORTEST && slip.bytes().all(|byte| byte.is_ascii_lowercase()) && plain(right);
    (fits && !right.is_empty()).then(|| (slip.to_owned(), right.to_owned()))
}
