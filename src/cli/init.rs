//! `postlint init`: a commented configuration to start from, and what a CI or a hook needs.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use clap::{Args as ClapArgs, ValueEnum};

use super::common::{Common, Error, note, print};
use super::learn::Learnt;
use super::place::{self, Detected, Place};
use crate::config::layers;
use crate::exit::Exit;
use crate::finding::Confidence;

/// Arguments of `init`.
#[derive(Debug, Clone, ClapArgs)]
pub struct Args {
    /// Print what this CI or hook manager needs instead of writing a configuration
    #[arg(long, value_enum, value_name = "WHERE")]
    pub ci: Option<Ci>,
}

/// Where postlint can run by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ci {
    /// A workflow for .github/workflows/postlint.yml
    Github,
    /// A job for .gitlab-ci.yml
    Gitlab,
    /// An entry for .pre-commit-config.yaml
    PreCommit,
}

/// Writes `postlint.yaml`, or prints a snippet.
///
/// # Errors
/// When there is a configuration already; when it cannot be written.
pub fn run(args: &Args, common: &Common) -> Result<Exit, Error> {
    match args.ci {
        Some(ci) => {
            let (text, place) = snippet(ci);
            print(&text)?;
            note(&format!("this belongs into {place}\n"))?;
        }
        None => {
            let folder = common.repository();
            unless_there(&folder)?;
            let place = Place::new(common, &[])?;
            let learnt = Learnt::of(&place.request(common, Confidence::Medium, None));
            write(&folder, &place::detected(common), &learnt)?;
        }
    }
    Ok(Exit::Clean)
}

fn unless_there(folder: &Path) -> Result<(), Error> {
    match layers::find_in(folder)? {
        Some(found) => Err(Error::Failed(format!("there is {} already: edit it, or remove it first", found.display()))),
        None => Ok(()),
    }
}

fn write(folder: &Path, detected: &Detected, learnt: &Learnt) -> Result<(), Error> {
    unless_there(folder)?;
    let path = folder.join("postlint.yaml");
    // `create_new`: whatever appears meanwhile is not overwritten, and no link is followed.
    let file = OpenOptions::new().write(true).create_new(true).open(&path);
    match file.and_then(|mut file| file.write_all(configuration(detected, learnt).as_bytes())) {
        Ok(()) => print(&format!("wrote {}: `postlint` works as before; change what you like\n", path.display())),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(Error::Failed(format!("{} is there already", path.display())))
        }
        Err(error) => Err(Error::Failed(format!("cannot write {}: {error}", path.display()))),
    }
}

/// The file: what the site already does is allowed, everything else that is only a suggestion is commented out.
fn configuration(detected: &Detected, learnt: &Learnt) -> String {
    let (site, hash) = if detected.generator.is_empty() { ("# site:\n", "# ") } else { ("site:\n", "") };
    let root = if detected.root.is_empty() { "." } else { &detected.root };
    let generator = if detected.generator.is_empty() { "plain" } else { &detected.generator };
    let words = match learnt.words.as_slice() {
        [] => "# words: [postlint]\n".to_owned(),
        words => format!("# These stand on several pages, so they are meant.\nwords: {}\n", list(words)),
    };
    let languages = match learnt.languages.as_slice() {
        [] => "#  languages: { default: en, allowed: [en] }\n".to_owned(),
        all @ [first, ..] if hash.is_empty() => {
            format!("  languages: {{ default: {}, allowed: {} }}\n", scalar(first), list(all))
        }
        all @ [first, ..] => format!("#  languages: {{ default: {}, allowed: {} }}\n", scalar(first), list(all)),
    };
    let rules = match learnt.image_hosts.as_slice() {
        [] => "# rules:\n".to_owned(),
        hosts => format!(
            // As a remark: an option switches its rule on, and this one is strict.
            "# rules:\n#   # Images are shown from these on several pages.\n#   images/hotlinked: {{ allow: {} }}\n",
            list(hosts)
        ),
    };
    let schema = "https://raw.githubusercontent.com/postlint/postlint/main/schema/postlint.schema.json";
    format!(
        "# yaml-language-server: $schema={schema}\n\
         # Everything here is optional. `postlint config` shows what holds, `postlint explain RULE` what a rule does.\n\n\
         {site}\
         {hash}  root: {root}\n\
         {hash}  generator: {generator}\n\
         #  url: https://example.org\n\
         {languages}\n\
         # Files that are not checked.\n\
         # exclude: [\"vendor/**\"]\n\n\
         # Names and terms of yours that are no spelling mistakes.\n\
         {words}\n\
         # off, hint, warning or error; or a table with the rule's own options.\n\
         {rules}\
         #   images/oversized: {{ severity: warning, max-bytes: 500KB }}\n\
         #   language/foreign-passage: off\n\n\
         # Milder where nobody will go and repair it.\n\
         # overrides:\n\
         #   - paths: [\"_posts/2010/**\"]\n\
         #     rules: {{ links: hint }}\n"
    )
}

/// A list of YAML's own, in one line.
fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| scalar(item)).collect();
    format!("[{}]", items.join(", "))
}

/// In quotes where YAML could read something else: `no` is a language and a boolean.
fn scalar(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-')) && text.len() > 3;
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace(['"', '\\'], "")) }
}

/// What each place needs; it names only what exists today.
fn snippet(ci: Ci) -> (String, &'static str) {
    const INSTALL: &str = "cargo install --locked --git https://github.com/postlint/postlint";
    match ci {
        Ci::Github => (
            format!(
                "name: postlint\non: [pull_request]\npermissions:\n  contents: read\njobs:\n  postlint:\n    \
                 runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n        with:\n          \
                 persist-credentials: false\n      - run: {INSTALL}\n      \
                 - run: postlint # annotates the lines of the change by itself\n"
            ),
            ".github/workflows/postlint.yml",
        ),
        Ci::Gitlab => (
            format!(
                "postlint:\n  image: rust:latest\n  rules:\n    \
                 - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"\n  script:\n    - {INSTALL}\n    \
                 - postlint --format full --format json=postlint.json\n  \
                 artifacts:\n    when: always\n    paths: [postlint.json]\n"
            ),
            ".gitlab-ci.yml",
        ),
        Ci::PreCommit => (
            "repos:\n  - repo: https://github.com/postlint/postlint\n    rev: main # better: the hash of a commit\n    \
             hooks:\n      - id: postlint\n"
                .to_owned(),
            ".pre-commit-config.yaml",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::from_text;

    #[test]
    fn what_is_written_is_a_configuration() {
        let detected = Detected { root: "docs".to_owned(), generator: "jekyll".to_owned() };
        let learnt = Learnt {
            words: vec!["Examlpe".to_owned()],
            image_hosts: vec!["img.example.org".to_owned()],
            languages: vec!["no".to_owned(), "en".to_owned()],
        };
        let text = configuration(&detected, &learnt);
        let config = from_text("postlint.yaml".as_ref(), &text).unwrap();
        assert_eq!(config.site.root.map(|root| root.value).as_deref(), Some("docs"));
        let words: Vec<&str> = config.words.iter().map(|word| word.value.as_str()).collect();
        assert_eq!(words, ["Examlpe"]);
        let plain = configuration(&Detected::default(), &Learnt::default());
        assert!(from_text("postlint.yaml".as_ref(), &plain).unwrap().site.root.is_none());
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &Detected::default(), &Learnt::default()).unwrap();
        let said = write(folder.path(), &Detected::default(), &Learnt::default()).unwrap_err().to_string();
        assert!(said.contains("already"), "{said}");
    }
}
