//! What the steps of a build put into folders, as far as they are plain commands: `cp */*.png output/` in a workflow, a
//! repository that is checked out into `content/en`, `git clone … content` in a Makefile.

use serde_json::Value;

use crate::discover::{extension, file_name, parent};
use crate::generators::values::text;
use crate::generators::{Folder, config_file};

/// One thing that a step puts somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// What: a path or a pattern in the repository, `$` for what a variable names; nothing for what comes from another one
    /// or is made by a program.
    pub what: Option<String>,
    /// Where, as it is written, without `./`; with a slash at its end for a folder where the writer says so.
    pub to: String,
    /// With everything below it.
    pub whole: bool,
}

/// Longer texts are no lists of commands.
const MOST: usize = 512 * 1024;

/// All that the workflows of a repository and the scripts at the top of a folder say.
#[must_use]
pub fn read(folder: &Folder<'_>, root: &str) -> Vec<Put> {
    let mut found = Vec::new();
    let is_yaml = |path: &&str| matches!(&*extension(path), "yml" | "yaml");
    for path in folder.below(".github/workflows").filter(is_yaml) {
        let workflow = config_file::read(folder, path, &mut Vec::new());
        let jobs = workflow.get("jobs").and_then(Value::as_object);
        let steps = jobs.into_iter().flat_map(|jobs| jobs.values()).filter_map(|job| job.get("steps")?.as_array());
        for step in steps.flatten() {
            let with = |key: &str| text(step.get("with")?.get(key));
            if let (Some(_), Some(to)) = (with("repository"), with("path")) {
                found.push(Put { what: None, to: tidy(&to), whole: true });
            }
            if let Some(run) = text(step.get("run")) {
                commands(&run, false, &mut found);
            }
        }
    }
    let is_script = |path: &&str| {
        let here = parent(path).is_empty() || parent(path) == root;
        here && (matches!(&*extension(path), "sh" | "bash")
            || matches!(
                file_name(path),
                "Makefile"
                    | "makefile"
                    | "justfile"
                    | "netlify.toml"
                    | "package.json"
                    | "vercel.json"
                    | ".gitlab-ci.yml"
            ))
    };
    for path in folder.below("").filter(is_script) {
        let text = folder.read(path).filter(|text| text.len() < MOST).unwrap_or_default();
        commands(&text, matches!(&*extension(path), "json" | "toml"), &mut found);
    }
    found
}

/// The commands of a script that put something somewhere; `quoted` where each of them stands in quotation marks.
fn commands(script: &str, quoted: bool, found: &mut Vec<Put>) {
    for command in script.split(|c| matches!(c, '\n' | ';' | '&' | '|') || quoted && c == '"') {
        let words = command.trim().trim_start_matches(['-', '@', '\'', '"']).trim_start();
        let mut words = words.split_whitespace().map(|word| word.trim_matches(['\'', '"', ','])).peekable();
        words.next_if(|word| matches!(*word, "run:" | "sudo"));
        match words.next() {
            Some("cp" | "mv" | "rsync") => {
                let (options, paths): (Vec<&str>, Vec<&str>) = words.partition(|word| word.starts_with('-'));
                let is_whole = |option: &&str| option.contains(['r', 'R', 'a']);
                let whole = command.trim_start().starts_with("mv") || options.iter().any(is_whole);
                if let Some((to, sources)) = paths.split_last() {
                    // Of what a variable names only the place is known.
                    let put = |what: &&str| match what.starts_with('$') {
                        true => Put { what: Some("$".to_owned()), to: tidy(to), whole: true },
                        false => Put { what: Some(tidy(what)), to: tidy(to), whole },
                    };
                    found.extend(sources.iter().map(put));
                }
            }
            Some("git") => {
                let what = words.next();
                let mut paths = words.filter(|word| !word.starts_with('-'));
                let to = match what {
                    Some("clone") => paths.skip_while(|word| !word.contains(['/', ':'])).nth(1).map(tidy),
                    // Of the published branch, what stays beside the output: `git checkout gh-pages ./api`.
                    Some("checkout") => {
                        let folder = paths.nth(1).map(tidy).filter(|path| !path.starts_with(['.', '/']));
                        folder.map(|folder| format!("_site/{folder}"))
                    }
                    _ => None,
                };
                found.extend(to.map(|to| Put { what: None, to, whole: true }));
            }
            Some(_) => found.extend(written_by(words).map(|to| Put { what: None, to, whole: true })),
            None => {}
        }
    }
    found.retain(|put| !put.to.contains(['$', '*', '%', '~', ':']) && !put.to.starts_with(['/', '.']));
}

/// The folder that a program is told to write: `drawings build -o dist/drawings`.
fn written_by<'w>(mut words: impl Iterator<Item = &'w str>) -> Option<String> {
    const OPTIONS: [&str; 7] = ["-o", "--out", "--outdir", "--outDir", "--out-dir", "--output", "--output-dir"];
    let to = words.find_map(|word| match word.split_once('=') {
        Some((option, to)) => OPTIONS.contains(&option).then_some(Some(to)),
        None => OPTIONS.contains(&word).then_some(None),
    })?;
    let to = to.or_else(|| words.next())?;
    to.trim_matches('/').contains('/').then(|| tidy(to))
}

/// A path without `./` before it.
fn tidy(path: &str) -> String {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn puts(script: &str) -> Vec<(Option<String>, String, bool)> {
        let mut found = Vec::new();
        commands(script, script.contains("\":"), &mut found);
        found.into_iter().map(|put| (put.what, put.to, put.whole)).collect()
    }

    #[test]
    fn commands_of_scripts() {
        let put = |what: &str, to: &str, whole| (Some(what.to_owned()), to.to_owned(), whole);
        assert_eq!(puts("cp */*.png ./output/\n"), [put("*/*.png", "output/", false)]);
        assert_eq!(puts("mkdir -p a && cp -r wiki/en/. content/en/"), [put("wiki/en/.", "content/en/", true)]);
        assert_eq!(puts("  \"build\": \"x && cp -R a b c/\",\n"), [put("a", "c/", true), put("b", "c/", true)]);
        assert_eq!(puts("[ -d \"$src\" ] && cp \"$src\" docs/guides/\n"), [put("$", "docs/guides/", true)]);
        assert_eq!(puts("\trsync -av a/ public/a"), [put("a/", "public/a", true)]);
        assert_eq!(puts("git clone --depth 1 https://x.example/y content/y"), [(None, "content/y".to_owned(), true)]);
        assert_eq!(puts("git checkout $branch ./api"), [(None, "_site/api".to_owned(), true)]);
        assert_eq!(puts("draw build -o dist/drawings --base /d/"), [(None, "dist/drawings".to_owned(), true)]);
        assert_eq!(puts("draw --out=./dist/d; site build --outDir dist"), [(None, "dist/d".to_owned(), true)]);
        assert_eq!(puts("git checkout main"), []);
        assert_eq!(puts("cp a $OUT/\ncp a /etc/\ncp a\ngit clone https://x.example/y\n"), []);
    }
}
