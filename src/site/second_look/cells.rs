//! Pictures that a document of Quarto's draws itself: `ggsave("flow.png")` in a cell, `![](flow.png)` below it.
//!
//! Only documents with pictures that are nowhere are read once more.

use crate::discover::{Tree, extension, file_name, parent};
use crate::generators::{Folder, Sources};
use crate::page::dialect::LinkTags;
use crate::page::links::LinkKind;
use crate::site::Site;
use crate::site::destination;
use crate::site::target::{Target, Unknown};

/// What a line holds that writes a file.
const WRITES: [&str; 22] = [
    ">",
    "save",
    "write",
    "png(",
    "jpeg(",
    "pdf(",
    "svg(",
    "tiff(",
    "bmp(",
    "-o ",
    "-d ",
    "-O ",
    "--out",
    "export",
    "render",
    "download",
    "wget",
    "curl",
    "unzip",
    "mkdir",
    "makedirs",
    "dir.create",
];
/// What a line holds that only shows a file.
const READS: [&str; 5] = ["include_graphics", "imread", "read", "Image(", "![]("];
/// Cells in which nothing runs that could write.
const DRAWN_BY_BROWSERS: [&str; 4] = ["mermaid", "dot", "ojs", "css"];
/// Programs that a document may run from files.
const SCRIPTS: [&str; 4] = ["r", "py", "jl", "sh"];

/// More files hardly make one document.
const MOST: usize = 24;

/// Takes back what was called missing where a cell of the document names it.
pub fn look(site: &mut Site, tree: &Tree) {
    if site.model.settings().dialect.link_tags != LinkTags::Quarto {
        return;
    }
    let mut targets = std::mem::take(&mut site.targets);
    let folder = Folder { tree, root: &site.root };
    for (page, targets) in site.pages.iter().zip(&mut targets) {
        let (mut code, mut all) = (None, None);
        for (link, target) in page.links.iter().zip(targets) {
            let path = destination::decode(&link.destination);
            let is_asked = link.kind == LinkKind::Image && matches!(target, Target::Missing { .. });
            if !is_asked || path.starts_with('/') {
                continue;
            }
            let code = code.get_or_insert_with(|| Code::of(&folder, &page.path));
            let is_new = |folder: &str| {
                let of = destination::join(&format!("/{}", parent(&page.path)), folder);
                of.is_some_and(|of| !site.has_folder(of.trim_matches('/')))
            };
            let mut of_folder = || {
                all.get_or_insert_with(|| Code::beside(&folder, &page.path))
                    .fills(parent(&path).trim_start_matches("./"), is_new)
            };
            if code.draws(&path, is_new) || of_folder() {
                *target = Target::Unchecked(Unknown::MadePages);
            }
        }
    }
    site.targets = targets;
}

/// The lines that run when a document is rendered.
struct Code(Vec<String>);

impl Code {
    /// Those of its cells, and of the files that it includes and runs.
    fn of(folder: &Folder<'_>, path: &str) -> Code {
        Code::of_all(folder, vec![path.to_owned()])
    }

    /// Those of the documents of a folder, which are rendered in it one after the other.
    fn beside(folder: &Folder<'_>, path: &str) -> Code {
        let beside =
            folder.below(parent(path)).filter(|file| parent(file) == parent(path) && extension(file) == *"qmd");
        Code::of_all(folder, beside.map(str::to_owned).collect())
    }

    fn of_all(folder: &Folder<'_>, mut files: Vec<String>) -> Code {
        let mut lines = Vec::new();
        let mut at = 0;
        while let Some(file) = files.get(at).filter(|_| at < MOST).cloned() {
            at += 1;
            let Some(text) = folder.read(&file) else { continue };
            if SCRIPTS.contains(&&*extension(&file)) {
                lines.extend(text.lines().map(str::to_owned));
                continue;
            }
            lines.extend(cells(&text));
            for named in text.lines().filter_map(named) {
                let from = if named.starts_with('/') { String::new() } else { format!("/{}", parent(&file)) };
                let Some(part) = destination::join(&from, named.trim_start_matches('/')) else { continue };
                let part = part.trim_start_matches('/');
                if !files.iter().any(|known| known == part) {
                    files.push(part.to_owned());
                }
            }
        }
        Code(lines)
    }

    /// True where a line names the picture, or writes something of its name; or where one writes its folder.
    fn draws(&self, path: &str, is_new: impl Fn(&str) -> bool) -> bool {
        let path = path.trim_start_matches("./");
        let name = file_name(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let names = |line: &String| {
            has_word(line, name) && !holds(line, &READS) || is_quoted(line, stem) && holds(line, &WRITES)
        };
        self.0.iter().any(names) || self.fills(parent(path), is_new)
    }

    /// True where a line writes a folder, or one above it, that is not there.
    fn fills(&self, folder: &str, is_new: impl Fn(&str) -> bool) -> bool {
        let all = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]).filter_map(|at| folder.get(..at));
        let new: Vec<&str> = all.filter(|folder| !matches!(*folder, "" | "..") && is_new(folder)).collect();
        let writes = |line: &String, new: &str| {
            has_word(line, new) && (holds(line, &WRITES) || new == folder && !holds(line, &READS))
        };
        self.0.iter().any(|line| new.iter().any(|new| writes(line, new)))
    }
}

fn holds(line: &str, words: &[&str]) -> bool {
    words.iter().any(|word| line.contains(word))
}

/// The lines of the cells that run.
fn cells(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let bare = line.trim_start();
        let marks = bare.bytes().take_while(|byte| *byte == b'`').count();
        if marks < 3 {
            continue;
        }
        let info = bare.get(marks..).unwrap_or_default().trim();
        let closes = |line: &&str| !(line.trim().len() >= marks && line.trim().bytes().all(|byte| byte == b'`'));
        let inside: Vec<&str> = lines.by_ref().take_while(closes).collect();
        let never = |line: &&str| {
            line.trim_start().starts_with("#|") && line.contains("eval:") && line.trim_end().ends_with("false")
        };
        if runs(info) && !inside.iter().any(never) {
            let is_comment = |line: &str| line.trim_start().starts_with('#');
            found.extend(inside.into_iter().filter(|line| !is_comment(line)).map(str::to_owned));
        }
    }
    found
}

/// True for `{r name, echo=FALSE}`, and not for `{.r}`, `r` or `{{r}}`.
fn runs(info: &str) -> bool {
    let Some(inside) = info.strip_prefix('{') else { return false };
    let word = inside.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
    let off = ["eval=FALSE", "eval = FALSE", "eval=F,", "eval=F}"];
    !word.is_empty() && !DRAWN_BY_BROWSERS.contains(&word) && !off.iter().any(|off| inside.contains(off))
}

/// The file that a line shows or runs: `{{< include part.qmd >}}`, `source("draw.R")`, `#| file: draw.R`.
fn named(line: &str) -> Option<&str> {
    let rest = ["{{< include ", "source(", "child=", "child =", "#| file:"].iter();
    let rest = rest.filter_map(|sign| line.split_once(sign)).map(|(_, rest)| rest).next()?.trim_start();
    let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
    rest.split(['"', '\'', ' ', ')', ',']).next().filter(|file| file.contains('.'))
}

/// True when a line has this between signs that no name holds.
fn has_word(line: &str, word: &str) -> bool {
    let inside = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    line.match_indices(word).any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|at| line.as_bytes().get(at));
        !inside(before) && !inside(line.as_bytes().get(at + word.len()))
    })
}

/// True when a line has this as a whole text in quotes, or as the last part of a path in quotes.
fn is_quoted(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let after = line.get(at + word.len()..).unwrap_or_default();
        line.get(..at).unwrap_or_default().ends_with(['"', '\'', '/', '='])
            && (after.is_empty() || after.starts_with(['"', '\'', ' ']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cells_draw() {
        let code = |lines: &str| Code(cells(&format!("```{{r}}\n{lines}\n```\n")));
        assert!(code("ggsave(\"z.png\")").draws("./z.png", |_| false));
        assert!(code("OUT=one/sites\nplot > $OUT.png").draws("one/sites.png", |_| true));
        assert!(code("f <- 'flow'\nsave(paste0('flow', ext))").draws("flow.png", |_| false));
        assert!(!code("include_graphics(\"z.png\")").draws("z.png", |_| false));
        assert!(!code("#| eval: false\nggsave(\"z.png\")").draws("z.png", |_| false));
        assert!(!code("x <- 1").draws("z.png", |_| false));
        assert!(cells("```r\nggsave('z.png')\n```\n").is_empty());
        assert_eq!(named("{{< include _a.qmd >}}"), Some("_a.qmd"));
        assert_eq!(named("source(\"a.R\")"), Some("a.R"));
    }
}
