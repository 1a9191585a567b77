//! An example as files on disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use postlint::rules::format::{Content, Example, FileSpec};

use super::{images, surroundings};

/// The files of an example before they are written.
pub struct Tree {
    /// Bytes by path from the root.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Paths that are not in the git index; where there are any, there is one.
    pub untracked: Vec<String>,
    /// Files that a fix has given another name.
    pub renamed: Vec<(String, String)>,
    /// The page of `bad`/`good`.
    pub page: Option<&'static str>,
}

impl Tree {
    /// Collects the files and adds the minimal site around them.
    pub fn of(example: &Example) -> Result<Tree, String> {
        let around = surroundings::of(example.generator.as_deref().unwrap_or("jekyll"))?;
        let mut tree = Tree { files: BTreeMap::new(), untracked: Vec::new(), renamed: Vec::new(), page: None };
        for (path, file) in &example.files {
            tree.files.insert(path.clone(), bytes(file)?);
            if !file.tracked {
                tree.untracked.push(path.clone());
            }
        }
        if let Some(text) = example.bad.as_ref().or(example.good.as_ref()) {
            tree.files.insert(around.page.to_owned(), text.clone().into_bytes());
            tree.page = Some(around.page);
        }
        let brings_its_own = tree.files.keys().any(|path| {
            let name = path.rsplit('/').next().unwrap_or(path);
            surroundings::MARKERS.contains(&name) || surroundings::MARKERS.contains(&path.as_str())
        });
        if let Some((path, text)) = around.configuration.filter(|_| !brings_its_own || tree.page.is_some()) {
            tree.files.entry(path.to_owned()).or_insert_with(|| text.as_bytes().to_vec());
        }
        Ok(tree)
    }

    /// Writes them below a folder.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        for (path, bytes) in &self.files {
            let full = folder.join(path);
            fs::create_dir_all(full.parent().unwrap_or(folder)).map_err(|error| format!("{path}: {error}"))?;
            fs::write(&full, bytes).map_err(|error| format!("{path}: {error}"))?;
        }
        if !self.untracked.is_empty() {
            git(folder, &["init", "--quiet"])?;
            git(folder, &["add", "--force", "."])?;
            let mut remove = vec!["rm", "--quiet", "--cached", "--force", "--"];
            remove.extend(self.untracked.iter().map(String::as_str));
            git(folder, &remove)?;
        }
        Ok(())
    }
}

fn git(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let status = Command::new("git").arg("-C").arg(folder).args(arguments).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("git {arguments:?}: {status}")),
        Err(error) => Err(format!("git {arguments:?}: {error}")),
    }
}

fn bytes(file: &FileSpec) -> Result<Vec<u8>, String> {
    match &file.content {
        Content::Text(text) => Ok(text.clone().into_bytes()),
        Content::Repeated { text, times } => Ok(text.repeat(*times).into_bytes()),
        Content::Image { image, width, height } => Ok(images::bytes(*image, *width, *height)),
        Content::Base64(text) => base64(text),
    }
}

fn base64(text: &str) -> Result<Vec<u8>, String> {
    let (mut out, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return Err(format!("`{}` is no base64", char::from(byte))),
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Ok(out)
}
