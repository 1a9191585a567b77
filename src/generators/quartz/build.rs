//! What is written down of how Quartz is run.

use super::DATA;
use crate::discover::extension;
use crate::generators::Folder;

/// The folder of notes, unless the build is told of another.
const CONTENT: &str = "content";

/// The address of Quartz' own site.
const HOME: &str = "quartz.jzhao.xyz";

/// The folder that `quartz build --directory` is told of, where the build is written down. Quartz's own repository, of which
/// every site is a copy, shows its `docs` in its workflows and in a script: that counts only for that site itself, where the
/// usual folder has no notes; a copy without notes has them in another repository. The scripts in package.json count there
/// too.
pub(super) fn content(folder: &Folder<'_>) -> String {
    let has_notes = || folder.below(CONTENT).any(|path| DATA.is_markdown(path));
    let is_a_copy = || !folder.read("quartz.config.ts").is_some_and(|config| config.contains(HOME));
    let is_quartzs = |content: &str, text: &str| {
        content == "docs" && (folder.has("docs/advanced/architecture.md") || text.contains("jackyzha0/quartz"))
    };
    let said = |path: &str| {
        let text = folder.read(path).filter(|_| folder.has(path))?;
        told(&text).filter(|content| {
            folder.has_folder(content) && !(is_quartzs(content, &text) && (has_notes() || is_a_copy()))
        })
    };
    let written = ["Dockerfile", "project.json", "netlify.toml", "vercel.json", "Makefile", "justfile"];
    let built = folder.below(".github/workflows").chain(written).find_map(said);
    let content = built.or_else(|| if has_notes() { None } else { said("package.json") });
    content.unwrap_or_else(|| CONTENT.to_owned())
}

/// True where a script of the folder runs Quartz, which need not be in the repository.
#[must_use]
pub fn is_run_by_a_script(folder: &Folder<'_>) -> bool {
    let scripts = folder.below("").filter(|path| {
        let at_root = !path.contains('/') && (extension(path) == "sh" || matches!(*path, "Makefile" | "justfile"));
        at_root || path.starts_with(".github/workflows/")
    });
    scripts
        .filter_map(|path| folder.read(path))
        .any(|text| text.lines().any(|line| !line.trim_start().starts_with('#') && line.contains("quartz build")))
}

/// The folder behind `quartz build -d`.
fn told(text: &str) -> Option<String> {
    let command =
        |line| ["quartz build", "bootstrap-cli.mjs build"].iter().find_map(|words| str::split_once(line, words));
    let commands = text.lines().filter_map(command).map(|(_, rest)| rest);
    let mut folders = commands.filter_map(|rest| {
        let mut words = rest.split([' ', '=', '"', '\'']).filter(|word| !word.is_empty());
        words.find(|word| matches!(*word, "-d" | "--directory")).and_then(|_| words.next())
    });
    let path = folders.next()?.trim_start_matches("./").trim_matches('/');
    (!path.is_empty() && !path.starts_with('.')).then(|| path.to_owned())
}
