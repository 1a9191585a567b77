//! postlint's picture of a site against the generators themselves, where they are installed.
//!
//! Each archive in `fixtures/oracles` is built by the real program in all its variants. What it publishes is compared
//! with what `postlint site pages` says, and, with `POSTLINT_WRITE_GOLDEN` set, recorded for `tests/generator_urls.rs`,
//! which needs no generator.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step of a test is a failed test")]

mod archive;
mod astro;
mod docusaurus;
mod eleventy;
mod hexo;
mod hugo;
mod jekyll;
mod mkdocs;
mod npm;
mod ours;
mod pelican;
mod vitepress;

use std::path::Path;

use archive::{Archive, Pages};
use ours::What;

fn compare(name: &str, base: &str, what: Option<What>, version: Option<String>, build: fn(&Path) -> Pages) {
    let Some(version) = version else {
        note(&format!("skipped: the generator of {name} is not installed"));
        return;
    };
    let site = Archive::read(name);
    let mut truth = Vec::new();
    let mut wrong = Vec::new();
    let (mut urls, mut ids) = (0, 0);
    for (variant, config) in &site.variants {
        let folder = tempfile::tempdir().unwrap();
        site.unpack(config, folder.path());
        let pages = build(folder.path());
        assert!(!pages.is_empty(), "{name}: `{variant}` publishes nothing");
        urls += pages.len();
        ids += pages.values().flat_map(|page| &page.ids).filter(|id| !id.starts_with('@')).count();
        if let Some(what) = what {
            let differences = ours::differences(folder.path(), &pages, base, what);
            wrong.extend(differences.into_iter().map(|line| format!("{variant}: {line}")));
        }
        truth.push((variant.clone(), pages));
    }
    if std::env::var_os("POSTLINT_WRITE_GOLDEN").is_some() {
        archive::write_golden(name, &version, &truth);
    }
    note(&match what {
        Some(What::Urls) => format!("{name}, {version}: {urls} addresses in {} variants compared", truth.len()),
        Some(What::Ids) => format!("{name}, {version}: {ids} ids in {} variants compared", truth.len()),
        None => format!("{name}, {version}: {ids} ids in {} variants built, not compared", truth.len()),
    });
    assert!(wrong.is_empty(), "{name}, {version}: {} differences:\n{}", wrong.len(), wrong.join("\n"));
}

/// Says why nothing was compared.
fn note(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[test]
fn jekyll_urls() {
    compare("jekyll-urls", "", Some(What::Urls), jekyll::version(), jekyll::build);
}

#[test]
fn jekyll_ids() {
    compare("jekyll-ids", "", Some(What::Ids), jekyll::version(), jekyll::build);
    compare("jekyll-ids-special", "", None, jekyll::version(), jekyll::build);
}

#[test]
fn hugo_urls() {
    compare("hugo-urls", "", Some(What::Urls), hugo::version(), hugo::build);
}

#[test]
fn hugo_languages() {
    compare("hugo-languages", "/docs", Some(What::Urls), hugo::version(), hugo::build);
    compare("hugo-language-folders", "", Some(What::Urls), hugo::version(), hugo::build);
    compare("hugo-mounts", "", Some(What::Urls), hugo::version(), hugo::build);
}

#[test]
fn hugo_ids() {
    compare("hugo-ids", "", Some(What::Ids), hugo::version(), hugo::build);
}

#[test]
fn hexo_urls() {
    compare("hexo-urls", "", Some(What::Urls), hexo::version(), hexo::build);
    compare("hexo-dated-names", "", Some(What::Urls), hexo::version(), hexo::build);
}

#[test]
fn hexo_ids() {
    compare("hexo-ids", "", Some(What::Ids), hexo::version(), hexo::build);
    compare("hexo-markdown-it-ids", "", Some(What::Ids), hexo::version(), hexo::build);
}

#[test]
fn eleventy_urls() {
    compare("eleventy-urls", "", Some(What::Urls), eleventy::version(), eleventy::build);
    compare("eleventy-modern", "", Some(What::Urls), eleventy::version(), eleventy::build);
}

#[test]
fn eleventy_ids() {
    compare("eleventy-ids", "", Some(What::Ids), eleventy::version(), eleventy::build);
}

#[test]
fn vitepress_urls() {
    compare("vitepress-urls", "", Some(What::Urls), vitepress::version(), vitepress::build);
}

#[test]
fn vitepress_ids() {
    compare("vitepress-ids", "", Some(What::Ids), vitepress::version(), vitepress::build);
}

#[test]
fn docusaurus_urls() {
    compare("docusaurus-urls", "", Some(What::Urls), docusaurus::version(), docusaurus::build);
}

#[test]
fn docusaurus_languages() {
    compare("docusaurus-languages", "/base", Some(What::Urls), docusaurus::version(), docusaurus::build);
}

#[test]
fn docusaurus_ids() {
    compare("docusaurus-ids", "", Some(What::Ids), docusaurus::version(), docusaurus::build);
}

#[test]
fn astro_urls() {
    compare("astro-urls", "", Some(What::Urls), astro::version(), astro::build);
}

#[test]
fn astro_starlight() {
    compare("astro-starlight", "/base", Some(What::Urls), astro::version(), astro::build);
}

#[test]
fn astro_ids() {
    compare("astro-ids", "", Some(What::Ids), astro::version(), astro::build);
}

#[test]
fn mkdocs_urls() {
    compare("mkdocs-urls", "", Some(What::Urls), mkdocs::version(), mkdocs::build);
}

#[test]
fn mkdocs_languages() {
    compare("mkdocs-languages", "", Some(What::Urls), mkdocs::version(), mkdocs::build);
}

#[test]
fn mkdocs_ids() {
    compare("mkdocs-ids", "", Some(What::Ids), mkdocs::version(), mkdocs::build);
}

#[test]
fn pelican_urls() {
    compare("pelican-urls", "", Some(What::Urls), pelican::version(), pelican::build);
}

#[test]
fn pelican_ids() {
    compare("pelican-ids", "", Some(What::Ids), pelican::version(), pelican::build);
}
