//! postlint's picture of a site against the generators themselves, where they are installed.
//!
//! Each archive in `fixtures/oracles` is built by the real program in all its variants. What it publishes is compared
//! with what `postlint site pages` says, and, with `POSTLINT_WRITE_GOLDEN` set, recorded for `tests/generator_urls.rs`,
//! which needs no generator.

mod archive;
mod hugo;
mod jekyll;

use std::path::Path;

use archive::{Archive, Pages};

fn compare(name: &str, version: Option<String>, build: fn(&Path) -> Pages) {
    let Some(version) = version else {
        note(&format!("skipped: the generator of {name} is not installed"));
        return;
    };
    let site = Archive::read(name);
    let mut truth = Vec::new();
    for (variant, config) in &site.variants {
        let folder = tempfile::tempdir().unwrap();
        site.unpack(config, folder.path());
        truth.push((variant.clone(), build(folder.path())));
    }
    assert!(truth.iter().all(|(_, pages)| !pages.is_empty()), "every variant publishes something");
    if std::env::var_os("POSTLINT_WRITE_GOLDEN").is_some() {
        archive::write_golden(name, &version, &truth);
    }
}

/// Says why nothing was compared.
fn note(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[test]
fn jekyll_urls() {
    compare("jekyll-urls", jekyll::version(), jekyll::build);
}

#[test]
fn jekyll_ids() {
    compare("jekyll-ids", jekyll::version(), jekyll::build);
}

#[test]
fn hugo_urls() {
    for name in ["hugo-urls", "hugo-languages", "hugo-language-folders", "hugo-ids"] {
        compare(name, hugo::version(), hugo::build);
    }
}
