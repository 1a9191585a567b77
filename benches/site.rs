//! How much dearer a whole run is than its floor: walking, reading and parsing every page with pulldown-cmark.
//!
//! ```text
//! cargo bench --bench site                                   a generated Jekyll site of 2,000 pages
//! POSTLINT_BENCH_PAGES=10000 cargo bench --bench site        of another size
//! POSTLINT_BENCH_SITE=path/to/site cargo bench --bench site  and a real one beside it
//! ```
//! The ratio is of CPU time (user + system) on one thread, floor and run in turn, the median of several rounds; where
//! the system does not tell CPU time, of wall time. divan's figures below it are wall time.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod generate;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Instant;

use postlint::config::Config;
use postlint::discover::Tree;
use postlint::engine::{self, Request};
use postlint::finding::Confidence;

const ROUNDS: usize = 7;

/// The generated site, then the real one where one is named.
static SITES: LazyLock<Vec<PathBuf>> = LazyLock::new(|| {
    let pages = std::env::var("POSTLINT_BENCH_PAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let generated = generate::site(&std::env::temp_dir().join(format!("postlint-bench-{pages}")), pages);
    std::iter::once(generated).chain(std::env::var_os("POSTLINT_BENCH_SITE").map(PathBuf::from)).collect()
});

fn main() {
    for site in &*SITES {
        ratio(site);
    }
    divan::main();
}

fn ratio(site: &Path) {
    let (pages, bytes) = size(site);
    let mut ratios = Vec::new();
    let (mut floors, mut runs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let floor = cpu(|| floor(site));
        let run = cpu(|| check(site));
        floors.push(floor);
        runs.push(run);
        ratios.push(run / floor);
    }
    println!("{}: {pages} pages, {:.1} MB of Markdown", site.display(), bytes as f64 / 1e6);
    println!("floor  {:8.1} ms CPU", median(&mut floors) * 1e3);
    println!("run    {:8.1} ms CPU", median(&mut runs) * 1e3);
    println!("ratio  {:8.2} (at most 4, aim 3)\n", median(&mut ratios));
}

#[divan::bench(args = 0..SITES.len(), sample_count = 10)]
fn the_floor(site: usize) -> usize {
    SITES.get(site).map_or(0, |site| floor(site))
}

#[divan::bench(args = 0..SITES.len(), sample_count = 10)]
fn the_whole_run(site: usize) -> usize {
    SITES.get(site).map_or(0, |site| check(site))
}

/// Walk, read, parse, nothing else.
fn floor(site: &Path) -> usize {
    let tree = Tree::walk(site, 1);
    let options = pulldown_cmark::Options::ENABLE_TABLES
        | pulldown_cmark::Options::ENABLE_FOOTNOTES
        | pulldown_cmark::Options::ENABLE_STRIKETHROUGH
        | pulldown_cmark::Options::ENABLE_TASKLISTS;
    let mut events = 0;
    for file in markdown(&tree) {
        let text = std::fs::read_to_string(tree.base().join(file)).unwrap_or_default();
        events += pulldown_cmark::Parser::new_ext(&text, options).into_offset_iter().count();
    }
    events
}

/// What `postlint` does, without printing.
fn check(site: &Path) -> usize {
    let config = Config::default();
    let request = Request {
        base: site.to_path_buf(),
        paths: Vec::new(),
        memory: Default::default(),
        config: &config,
        min_confidence: Confidence::Medium,
        now: jiff::civil::date(2026, 1, 1).at(0, 0, 0, 0),
        threads: 1,
        online: None,
    };
    engine::check(&request).expect("the site can be checked").findings.len()
}

fn markdown(tree: &Tree) -> impl Iterator<Item = &str> {
    tree.files().iter().map(|file| &**file).filter(|file| file.ends_with(".md") || file.ends_with(".markdown"))
}

fn size(site: &Path) -> (usize, u64) {
    let tree = Tree::walk(site, 1);
    let bytes = |file: &str| std::fs::metadata(tree.base().join(file)).map_or(0, |meta| meta.len());
    markdown(&tree).fold((0, 0), |(pages, all), file| (pages + 1, all + bytes(file)))
}

/// Seconds of CPU time that `work` takes, the mean of as many turns as a second holds.
fn cpu<T>(work: impl Fn() -> T) -> f64 {
    let start = Instant::now();
    let before = cpu_time();
    let mut turns = 0.0;
    while turns == 0.0 || start.elapsed().as_secs_f64() < 1.0 {
        divan::black_box(work());
        turns += 1.0;
    }
    match (before, cpu_time()) {
        (Some(before), Some(after)) => (after - before) / turns,
        _ => start.elapsed().as_secs_f64() / turns,
    }
}

/// CPU time of this process so far (user and system, ended threads included), on Linux.
fn cpu_time() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    // The unit is a hundredth of a second on every Linux: `cpu` repeats short work until that is fine enough.
    Some(ticks / 100.0)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
