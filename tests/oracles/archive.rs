//! Whole sites in one text file, so that odd file names, and many configurations of one site, need no odd files in the
//! repository: `>>> file PATH` and `>>> variant NAME` begin a part, its lines follow. A variant is configuration that is
//! appended to the site's own; each variant is one build.

// Two test targets use this file, and neither uses all of it.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A site and its variants.
pub struct Archive {
    files: Vec<(String, String)>,
    /// Name and appended configuration.
    pub variants: Vec<(String, String)>,
}

/// A page as the generator published it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Published {
    /// Its URL, from the host's root.
    pub url: String,
    /// All `id`s and `name`s in its HTML, in order, then its aliases as `@/path/`.
    pub ids: Vec<String>,
}

/// What was published of each source file.
pub type Pages = BTreeMap<String, Published>;

impl Archive {
    /// Reads `fixtures/oracles/NAME.site`.
    pub fn read(name: &str) -> Archive {
        let text = std::fs::read_to_string(path(name, "site")).unwrap();
        let mut archive = Archive { files: Vec::new(), variants: Vec::new() };
        for part in text.split("\n>>> ").skip(1) {
            let (head, body) = part.split_once('\n').unwrap_or((part, ""));
            let body = if body.is_empty() { String::new() } else { format!("{}\n", body.trim_end_matches('\n')) };
            match head.split_once(' ').unwrap() {
                ("file", name) => archive.files.push((name.to_owned(), body)),
                ("variant", name) => archive.variants.push((name.to_owned(), body)),
                (other, _) => panic!("`>>> {other}` is neither file nor variant"),
            }
        }
        assert!(!archive.files.is_empty() && !archive.variants.is_empty(), "{name} is empty");
        archive
    }

    /// Writes the site into a folder, its configuration (the first file) with the variant's.
    pub fn unpack(&self, variant: &str, folder: &Path) {
        for (at, (name, body)) in self.files.iter().enumerate() {
            let file = folder.join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            let more = if at == 0 { variant } else { "" };
            std::fs::write(file, format!("{body}{more}")).unwrap();
        }
    }
}

/// The recorded truth, by variant; the first lines say which program wrote it.
pub fn golden(name: &str) -> BTreeMap<String, Pages> {
    let text = std::fs::read_to_string(path(name, "tsv")).unwrap();
    let mut variants: BTreeMap<String, Pages> = BTreeMap::new();
    let mut variant = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix(">>> variant ") {
            variant = name.to_owned();
            variants.entry(variant.clone()).or_default();
            continue;
        }
        let mut cells = line.split('\t').map(str::to_owned);
        let (file, url) = (cells.next().unwrap(), cells.next().unwrap());
        variants.get_mut(&variant).unwrap().insert(file, Published { url, ids: cells.collect() });
    }
    variants
}

/// Writes the recorded truth.
pub fn write_golden(name: &str, program: &str, variants: &[(String, Pages)]) {
    let mut out = format!("# Source file, URL and ids as {program} published them.\n");
    for (variant, pages) in variants {
        let _ = writeln!(out, ">>> variant {variant}");
        for (file, page) in pages {
            let cells: String = page.ids.iter().map(|id| format!("\t{id}")).collect();
            let _ = writeln!(out, "{file}\t{}{cells}", page.url);
        }
    }
    std::fs::write(path(name, "tsv"), out).unwrap();
}

fn path(name: &str, extension: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/oracles").join(format!("{name}.{extension}"))
}
