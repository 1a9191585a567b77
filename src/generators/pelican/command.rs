//! The content folder as the command line names it: `pelican -s blog/pelicanconf.py blog/` in a script beside the settings.

use crate::discover::{extension, file_name, inside, parent};
use crate::generators::Folder;
use crate::site::destination;

/// Options that take a value, as far as a line of a script may hold them.
const WITH_VALUE: [&str; 10] =
    ["-s", "--settings", "-t", "--theme-path", "-o", "--output", "-p", "--port", "-b", "--bind"];

/// The folder that a script of the site's, or of the folders above it, gives to Pelican, relative to the settings.
#[must_use]
pub fn content(folder: &Folder<'_>) -> Option<String> {
    let is_script = |path: &&str| {
        let here = parent(path);
        let workflow = here == ".github/workflows" && matches!(&*extension(path), "yml" | "yaml");
        let near = here == folder.root || here.is_empty() || inside(folder.root, here).is_some();
        let name = file_name(path);
        let script = matches!(&*extension(path), "sh" | "bash")
            || matches!(
                name,
                "Makefile"
                    | "makefile"
                    | "justfile"
                    | "tasks.py"
                    | "fabfile.py"
                    | "netlify.toml"
                    | ".travis.yml"
                    | ".gitlab-ci.yml"
            );
        workflow || near && script
    };
    let whole = Folder { tree: folder.tree, root: "" };
    whole.below("").filter(is_script).find_map(|path| {
        let text = whole.read(path)?;
        let at = if path.starts_with(".github/") { "" } else { parent(path) };
        text.lines().find_map(|line| of_line(line, at, folder)).or_else(|| input_of_make(&text, at, folder))
    })
}

/// What a line gives to Pelican.
fn of_line(line: &str, at: &str, folder: &Folder<'_>) -> Option<String> {
    let line = line.trim();
    if line.starts_with('#') || !line.contains("pelican") {
        return None;
    }
    let mut words = line.split([' ', '\t', '\'', '"', '(', ')', ',']).filter(|word| !word.is_empty());
    words.by_ref().find(|word| *word == "pelican" || word.ends_with("/pelican"))?;
    let mut path = None;
    while let Some(word) = words.next() {
        if matches!(word, "&&" | "||" | ";" | "|" | "#") {
            break;
        }
        if matches!(word, "-s" | "--settings") {
            let settings = join(at, words.next()?)?;
            if parent(&settings) != folder.root {
                return None;
            }
        } else if WITH_VALUE.contains(&word) {
            words.next();
        } else if !word.starts_with('-') && path.is_none() {
            path = Some(word);
        }
    }
    below(path?.trim_end_matches(';'), at, folder)
}

/// `INPUTDIR=$(BASEDIR)/texts` of Pelican's own Makefile.
fn input_of_make(text: &str, at: &str, folder: &Folder<'_>) -> Option<String> {
    let line = text.lines().find_map(|line| line.trim_start().strip_prefix("INPUTDIR"))?;
    // A target that watches the folder publishes nothing, and others may give none.
    let runs = || text.lines().filter(|line| line.contains("$(PELICAN)"));
    let given = |line: &str| line.contains("$(INPUTDIR)") && !line.contains(" -r ");
    if runs().next().is_some() && !runs().any(given) {
        return None;
    }
    let path = line.trim_start_matches([' ', '?', ':', '=']).trim();
    let path = path.strip_prefix("$(BASEDIR)").or_else(|| path.strip_prefix("$(CURDIR)")).unwrap_or(path);
    below(path.trim_start_matches('/'), at, folder)
}

/// A folder as it is written in a script, relative to the settings; nothing where it is none, or code names it.
fn below(path: &str, at: &str, folder: &Folder<'_>) -> Option<String> {
    if path.is_empty() || path.contains(['$', '{', '`', '*', '=']) {
        return None;
    }
    let path = join(at, path)?;
    let own = if path == folder.root { "" } else { inside(&path, folder.root)? };
    (own.is_empty() || folder.has_folder(own)).then(|| own.to_owned())
}

fn join(at: &str, path: &str) -> Option<String> {
    Some(destination::join(&format!("/{at}"), path)?.trim_matches('/').to_owned())
}
