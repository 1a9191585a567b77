//! Docusaurus itself, with a plugin that says which file each page comes from.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::archive::{Pages, Published};

/// A folder with `node_modules/@docusaurus/{core,plugin-content-docs,plugin-content-blog,plugin-content-pages,
/// plugin-client-redirects,theme-classic}`: what `POSTLINT_DOCUSAURUS` names.
fn modules() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("POSTLINT_DOCUSAURUS")?).join("node_modules");
    folder.is_dir().then_some(folder)
}

/// Its version, if it is installed.
pub fn version() -> Option<String> {
    let text = std::fs::read_to_string(modules()?.join("@docusaurus/core/package.json")).ok()?;
    let value: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(format!("docusaurus {}", value["version"].as_str()?))
}

const PLUGIN: &str = r#"
const fs = require('fs');
module.exports = () => ({
  name: 'oracle',
  async allContentLoaded({ allContent }) {
    const rows = [];
    const row = (one) => rows.push([one.source.replace('@site/', ''), one.permalink, one.unlisted || one.draft ? '' : 'x']);
    for (const content of Object.values(allContent['docusaurus-plugin-content-docs'] || {}))
      for (const version of content.loadedVersions) version.docs.forEach(row);
    for (const content of Object.values(allContent['docusaurus-plugin-content-blog'] || {}))
      content.blogPosts.forEach((post) => row(post.metadata));
    for (const content of Object.values(allContent['docusaurus-plugin-content-pages'] || {})) content.forEach(row);
    fs.appendFileSync('oracle.tsv', rows.map((row) => row.join('\t') + '\n').join(''));
  },
});
"#;

const CONFIG: &str = "const config = require('./docusaurus.config.js');\n\
    module.exports = { ...config, plugins: [...(config.plugins || []), './oracle-plugin.js'] };\n";

/// Builds the site in a folder.
pub fn build(folder: &Path) -> Pages {
    let modules = modules().unwrap();
    std::os::unix::fs::symlink(&modules, folder.join("node_modules")).unwrap();
    std::fs::write(folder.join("oracle-plugin.js"), PLUGIN).unwrap();
    std::fs::write(folder.join("oracle.config.js"), CONFIG).unwrap();
    let program = modules.join("@docusaurus/core/bin/docusaurus.mjs");
    let output = Command::new("node")
        .arg(program)
        .args(["build", "--config", "oracle.config.js", "--no-minify"])
        .current_dir(folder)
        .env("TZ", "UTC")
        .env("CI", "true")
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "docusaurus fails: {said}");
    let rows = std::fs::read_to_string(folder.join("oracle.tsv")).unwrap();
    let mut pages = Pages::new();
    for row in rows.lines() {
        let mut cells = row.split('\t');
        let (source, url) = (cells.next().unwrap(), cells.next().unwrap());
        // A language shows what it has not translated under its own address; postlint lists each file once.
        pages.entry(source.to_owned()).or_insert_with(|| {
            let html = html(folder, url);
            // What plugins are told has not the slash yet that the site wants.
            let canonical = html.split_once("rel=\"canonical\" href=\"").and_then(|(_, rest)| rest.split('"').next());
            let canonical = canonical
                .or_else(|| html.split_once("rel=canonical href=").and_then(|(_, rest)| rest.split([' ', '>']).next()));
            let url = canonical.and_then(|url| url.strip_prefix("https://example.org")).unwrap_or(url);
            Published { url: url.to_owned(), ids: ids(&html) }
        });
    }
    for made in ["build", ".docusaurus"] {
        let _ = std::fs::remove_dir_all(folder.join(made));
    }
    for made in ["node_modules", "oracle-plugin.js", "oracle.config.js", "oracle.tsv"] {
        let _ = std::fs::remove_file(folder.join(made));
    }
    pages
}

/// The page that was written for an address.
fn html(folder: &Path, url: &str) -> String {
    let url = url.strip_prefix("/base").unwrap_or(url);
    let path = percent_encoding::percent_decode_str(url.trim_matches('/')).decode_utf8_lossy().into_owned();
    let build = folder.join("build");
    let found = [build.join(&path).join("index.html"), build.join(format!("{path}.html"))];
    found.iter().find_map(|file| std::fs::read_to_string(file).ok()).unwrap_or_default()
}

/// The ids of a page's text: those of the theme's frame begin with `__`.
fn ids(text: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let body = text.split_once("<body").map_or("", |(_, body)| body);
    for tag in body.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or(tag);
        let Some((_, value)) = tag.split_once(" id=") else { continue };
        let quote = value.chars().next().unwrap_or(' ');
        let end = if matches!(quote, '"' | '\'') { quote } else { ' ' };
        let id = value.trim_start_matches(end).split(end).next().unwrap_or_default();
        let footnote = id.starts_with("user-content-fn") || id == "footnote-label";
        if tag.starts_with(|c: char| c.is_ascii_alphabetic())
            && !id.starts_with("__")
            && !id.starts_with("theme-")
            && !footnote
        {
            ids.push(id.replace("&amp;", "&").replace("&#x27;", "'"));
        }
    }
    ids
}
