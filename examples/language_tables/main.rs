//! Makes and measures the trigram tables of `rules/data/language/tables.bin`; see `SOURCES.md` beside it.
//!
//! ```text
//! cargo run --release --example language_tables -- train FOLDER      writes tables.bin and tables.tsv
//! cargo run --release --example language_tables -- measure FOLDER    settled share, false passes, alarms
//! cargo run --release --example language_tables -- site FOLDER fr    one site: pages in other languages, and the cost
//! ```

mod measure;
mod prose;
mod site;
mod sources;
mod train;

use std::io::{self, Write};
use std::path::Path;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut out = io::stdout().lock();
    match words.as_slice() {
        ["train", folder] => train::run(Path::new(folder), &mut out),
        ["measure", folder] => measure::run(Path::new(folder), &mut out),
        ["site", folder, language] => site::run(Path::new(folder), language, &mut out),
        _ => writeln!(out, "usage: language_tables train|measure FOLDER, or site FOLDER LANGUAGE"),
    }
}
