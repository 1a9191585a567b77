//! `postlint site pages` against what the real generators published, as recorded in `fixtures/oracles` by the test
//! target `oracles`. Needs no generator.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step of a test is a failed test")]

#[path = "oracles/archive.rs"]
mod archive;
#[path = "oracles/ours.rs"]
mod ours;

use archive::Archive;
use ours::What;

fn compare(name: &str, base: &str, what: What) {
    let site = Archive::read(name);
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (variant, truth) in archive::golden(name) {
        let (_, config) = site.variants.iter().find(|(name, _)| *name == variant).unwrap();
        let folder = tempfile::tempdir().unwrap();
        site.unpack(config, folder.path());
        compared += truth.len();
        wrong.extend(
            ours::differences(folder.path(), &truth, base, what).into_iter().map(|line| format!("{variant}: {line}")),
        );
    }
    assert!(compared > 0);
    assert!(wrong.is_empty(), "{name}: {} of {compared} pages differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn jekyll_urls() {
    compare("jekyll-urls", "", What::Urls);
}

#[test]
fn hugo_urls() {
    compare("hugo-urls", "", What::Urls);
}

#[test]
fn hugo_languages() {
    compare("hugo-languages", "/docs", What::Urls);
}

#[test]
fn hugo_language_folders() {
    compare("hugo-language-folders", "", What::Urls);
    compare("hugo-mounts", "", What::Urls);
}

/// Each recorded truth belongs to an archive, and says something about every variant of it.
#[test]
fn every_archive_has_its_truth() {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/oracles")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "site") {
            names.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    assert!(!names.is_empty());
    for name in names {
        let site = Archive::read(&name);
        let truth = archive::golden(&name);
        for (variant, _) in &site.variants {
            assert!(truth.get(variant).is_some_and(|pages| !pages.is_empty()), "{name}: nothing about `{variant}`");
        }
        assert_eq!(truth.len(), site.variants.len(), "{name}: a variant is gone");
    }
}

#[test]
fn hugo_ids() {
    compare("hugo-ids", "", What::Ids);
}

#[test]
fn jekyll_ids() {
    compare("jekyll-ids", "", What::Ids);
}

#[test]
fn zola_urls() {
    compare("zola-urls", "/docs", What::Urls);
}

#[test]
fn zola_ids() {
    compare("zola-ids", "", What::Ids);
}

#[test]
fn hexo_urls() {
    compare("hexo-urls", "", What::Urls);
    compare("hexo-dated-names", "", What::Urls);
}

#[test]
fn hexo_ids() {
    compare("hexo-ids", "", What::Ids);
    compare("hexo-markdown-it-ids", "", What::Ids);
}

#[test]
fn eleventy_urls() {
    compare("eleventy-urls", "", What::Urls);
    compare("eleventy-modern", "", What::Urls);
}

#[test]
fn eleventy_ids() {
    compare("eleventy-ids", "", What::Ids);
}

#[test]
fn vitepress_urls() {
    compare("vitepress-urls", "", What::Urls);
}

#[test]
fn vitepress_ids() {
    compare("vitepress-ids", "", What::Ids);
}

#[test]
fn docusaurus_urls() {
    compare("docusaurus-urls", "", What::Urls);
}

#[test]
fn docusaurus_languages() {
    compare("docusaurus-languages", "/base", What::Urls);
}

#[test]
fn docusaurus_ids() {
    compare("docusaurus-ids", "", What::Ids);
}

#[test]
fn astro_urls() {
    compare("astro-urls", "", What::Urls);
}

#[test]
fn astro_starlight() {
    compare("astro-starlight", "/base", What::Urls);
}

#[test]
fn astro_ids() {
    compare("astro-ids", "", What::Ids);
}

#[test]
fn mkdocs_urls() {
    compare("mkdocs-urls", "", What::Urls);
}

#[test]
fn mkdocs_languages() {
    compare("mkdocs-languages", "", What::Urls);
}

#[test]
fn mkdocs_ids() {
    compare("mkdocs-ids", "", What::Ids);
}

#[test]
fn pelican_urls() {
    compare("pelican-urls", "", What::Urls);
}

#[test]
fn pelican_ids() {
    compare("pelican-ids", "", What::Ids);
}
