//! What postlint says about a site, and how it differs from what the generator did.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use percent_encoding::percent_decode_str;

use crate::archive::Pages;

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Which files are published, and where.
    Urls,
    /// The ids of each page.
    Ids,
}

/// Runs `postlint site pages` on the folder and compares it with the truth. One line for each difference.
/// Addresses of postlint are those below the base path `base`.
pub fn differences(folder: &Path, truth: &Pages, base: &str, what: What) -> Vec<String> {
    let postlint = env!("CARGO_BIN_EXE_postlint");
    let output = Command::new(postlint)
        .args(["site", "pages", "--format", "json", "--isolated"])
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "postlint fails: {said}");
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let addresses: BTreeSet<String> = truth.values().map(|page| decoded(below(&page.url, base))).collect();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for row in &rows {
        let file = row["file"].as_str().unwrap();
        let url = row["url"].as_str().filter(|_| row["published"] == true);
        match (url, truth.get(file)) {
            (Some(url), Some(page)) => {
                seen.insert(file);
                if decoded(url) != decoded(below(&page.url, base)) {
                    wrong.push(format!("{file}: `{}`, not `{url}`", page.url));
                }
                let texts = |key: &str| texts(&row[key]);
                let (aliases, ids): (BTreeSet<String>, BTreeSet<String>) =
                    page.ids.iter().filter(|id| !is_made(id)).cloned().partition(|id| id.starts_with('@'));
                let aliases =
                    aliases.iter().map(|alias| format!("@{}", below(alias.trim_start_matches('@'), base))).collect();
                let ours: BTreeSet<String> = texts("aliases").iter().map(|alias| format!("@{alias}")).collect();
                wrong.extend(sets(file, "alias", &aliases, &ours).filter(|_| what == What::Urls));
                // Pages that are HTML already are not read for their ids.
                let read = what == What::Ids && !file.ends_with(".html");
                wrong.extend(sets(file, "id", &ids, &texts("anchors")).filter(|_| read));
            }
            // Of two pages with one address the generator shows one.
            (Some(url), None) if addresses.contains(&decoded(url)) => {}
            (Some(url), None) => wrong.push(format!("{file}: is not published, not even as `{url}`")),
            (None, _) => {}
        }
    }
    let missing = truth.iter().filter(|(file, _)| !seen.contains(file.as_str()));
    wrong.extend(missing.map(|(file, page)| format!("{file}: is published as `{}`", page.url)));
    wrong
}

fn sets<'a>(
    file: &'a str,
    of: &'a str,
    truth: &'a BTreeSet<String>,
    ours: &'a BTreeSet<String>,
) -> impl Iterator<Item = String> + 'a {
    let missing = truth.difference(ours).map(move |name| format!("{file}: {of} `{name}` is missing"));
    missing.chain(ours.difference(truth).map(move |name| format!("{file}: {of} `{name}` does not exist")))
}

fn texts(value: &serde_json::Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// Ids that footnotes and tables of contents make are not listed one by one.
fn is_made(id: &str) -> bool {
    id.starts_with("fn:") || id.starts_with("fnref") || id.starts_with("markdown-toc") || id.starts_with("__tabbed")
}

fn below<'u>(url: &'u str, base: &str) -> &'u str {
    match url.strip_prefix(base) {
        Some("") => "/",
        rest => rest.unwrap_or(url),
    }
}

fn decoded(url: &str) -> String {
    percent_decode_str(url).decode_utf8_lossy().into_owned()
}
