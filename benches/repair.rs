//! How long `--fix` takes: 1,000 findings in 500 posts are to be repaired and written in less than a second.
//!
//! ```text
//! cargo bench --bench repair
//! POSTLINT_BENCH_PAGES=5000 cargo bench --bench repair    another number of posts, two findings in each
//! ```

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use postlint::config::Config;
use postlint::engine::{self, Request};
use postlint::finding::Confidence;
use postlint::fix::{All, Into, repair};

const ROUNDS: usize = 5;

fn main() {
    let posts = std::env::var("POSTLINT_BENCH_PAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(500);
    let site = std::env::temp_dir().join(format!("postlint-bench-repair-{posts}"));
    let config = Config::default();
    let request = || Request {
        base: site.clone(),
        paths: Vec::new(),
        memory: Default::default(),
        config: &config,
        min_confidence: Confidence::Medium,
        now: jiff::civil::date(2024, 6, 1).at(0, 0, 0, 0),
        threads: 0,
        online: None,
    };
    let (mut checks, mut repairs, mut again) = (Vec::new(), Vec::new(), Vec::new());
    let mut fixed = 0;
    for _ in 0..ROUNDS {
        write(&site, posts);
        let timed = |times: &mut Vec<f64>, work: &mut dyn FnMut()| {
            let start = Instant::now();
            work();
            times.push(start.elapsed().as_secs_f64() * 1e3);
        };
        timed(&mut checks, &mut || drop(engine::check(&request()).unwrap()));
        let into = || Into::Files(|| Arc::new(AtomicBool::new(false)));
        timed(&mut repairs, &mut || {
            fixed = repair(request(), &mut All { risky: false }, &into()).unwrap().outcome.fixed_findings.len();
        });
        timed(&mut again, &mut || drop(repair(request(), &mut All { risky: false }, &into()).unwrap()));
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied().unwrap_or_default()
    };
    println!("{}: {posts} posts, {fixed} findings repaired", site.display());
    println!("check           {:8.1} ms", median(&mut checks));
    println!("repair, written {:8.1} ms (at most 1000 for 500 posts)", median(&mut repairs));
    println!("nothing left    {:8.1} ms", median(&mut again));
}

/// A site in which every post names a term twice and has a link with a blank in it.
fn write(site: &Path, posts: usize) {
    let folder = site.join("_posts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(site.join("_config.yml"), "title: Blog\nurl: https://example.org\n").unwrap();
    for number in 0..posts {
        let (month, day) = (number / 28 % 12 + 1, number % 28 + 1);
        let mut text = format!("---\ntitle: Post number {number}\ntags: [garden, tools, garden]\n---\n");
        for part in 0..12 {
            let _ = write!(
                text,
                "## Part {part}\n\nIn this part of the story we look at the garden once more, and at what grew there since the \
                 last time: see [what others say](https://example.com/{number}/{part}) about it.\n\n"
            );
        }
        text.push_str("More is in [the list] (https://example.com/list) of all gardens.\n");
        let year = 2000 + number / (28 * 12);
        std::fs::write(folder.join(format!("{year}-{month:02}-{day:02}-post-{number}.md")), text).unwrap();
    }
}
