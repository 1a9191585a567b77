//! `[[note]]`, `[[folder/note#Heading|text]]`, `![[picture.png|300]]`: how notes refer to each other by name.
//!
//! Source: the pages "Internal links" and "Embed files" of Obsidian's help; Quartz's `util/path.ts` and
//! `transformers/ofm.ts`.

use super::{Evaluated, Sources, heading_ids, note_blocks};
use crate::alike::fold;
use crate::discover::{file_name, parent};
use crate::site::destination;
use crate::site::facts::{PageFacts, Published};

/// What a wiki link leads to; `root` is the folder of notes (`""` or `content`).
#[must_use]
pub fn evaluate(written: &str, page: &PageFacts, root: &str, sources: &dyn Sources) -> Evaluated {
    // In a table the bar before the text is escaped.
    let written = written.trim().trim_end_matches('\\');
    if written.starts_with("http://") || written.starts_with("https://") {
        return Evaluated::Destination(written.to_owned());
    }
    // `[[name&#124;text]]` is written so that nobody takes it for a link, and `[["id", 7]]` is a list of lists: the name
    // of a note cannot begin so.
    if written.contains("&#") || written.starts_with('"') && written.contains(',') {
        return Evaluated::Unknown;
    }
    let (name, heading) = written.split_once('#').map_or((written, None), |(name, heading)| (name, Some(heading)));
    let tail = heading.map_or_else(String::new, anchor);
    let name = name.trim();
    if name.is_empty() {
        return Evaluated::Destination(if tail.is_empty() { "#".to_owned() } else { tail });
    }
    match find(name, page, root, sources) {
        Some(path) => Evaluated::Source { path, tail },
        None => Evaluated::NoSource { wanted: name.to_owned() },
    }
}

/// `Heading`, `One#Two`, `^block` as the fragment of a link. What drawings are asked for (`^group=id`) is no block.
fn anchor(heading: &str) -> String {
    let last = heading.rsplit('#').next().unwrap_or_default().trim();
    match last.strip_prefix('^') {
        _ if last.is_empty() => return String::new(),
        Some(block) if note_blocks::is_name(block) => return format!("#^{block}"),
        Some(_) => return String::new(),
        None => {}
    }
    format!("#{}", heading_ids::github_slug(last))
}

/// The file of a name or path: from the folder of notes, from the page's own, else wherever it lies, the shortest path
/// first. Letter case and the blanks that URLs write as hyphens make no difference.
#[must_use]
pub fn find(written: &str, page: &PageFacts, root: &str, sources: &dyn Sources) -> Option<String> {
    let here = parent(&page.path);
    let relative = written.starts_with("./") || written.starts_with("../");
    let path = if relative {
        // Above the folder of all notes there is nothing: Obsidian stays there.
        destination::join_as_browsers(&format!("/{here}"), written)
    } else {
        format!("/{}", written.trim_matches('/'))
    };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".md").unwrap_or(path);
    for path in [format!("{path}.md"), path.to_owned(), format!("{path}/index.md"), format!("{path}/_index.md")] {
        let wanted = key(&path);
        let below = |folder: &str| key(&crate::discover::join(folder, &path));
        let exact = [below(root), below(here), wanted.clone()];
        let ends = format!("/{wanted}");
        // Of several notes of a name, one that is published is meant.
        let is_hidden = |file: &str| {
            !written.contains('/') && sources.page(file).is_some_and(|page| page.place.published != Published::Yes)
        };
        let mut best: Option<(bool, usize, &str)> = None;
        // Editors keep what was deleted, and their own files, in hidden folders.
        let hidden = |file: &str| file.starts_with('.') || file.contains("/.");
        let inside = |file: &str| {
            root.is_empty() && !hidden(file) || file.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
        };
        for file in sources.named(&key(file_name(&path))).iter().filter(|file| inside(file)) {
            let own = key(file);
            let rank = exact.iter().position(|exact| *exact == own);
            let rank = rank.or_else(|| (!relative && own.ends_with(&ends)).then_some(exact.len() + file.len()));
            best = best.into_iter().chain(rank.map(|rank| (is_hidden(file), rank, &**file))).min();
        }
        if let Some((.., file)) = best {
            return Some(file.to_owned());
        }
    }
    if let Some(page) = sources.aliased(&fold(written)) {
        return Some(page.path.to_string());
    }
    // The vault may begin above what is in the repository: `[[Notes/garden/soil]]` for `garden/soil.md`.
    let (above, below) = path.split_once('/').filter(|_| root.is_empty() && !relative)?;
    let wanted = [key(&format!("{below}.md")), key(below)];
    let is_there = |file: &str| wanted.contains(&key(file)) && file.contains('/');
    let inside = |name: &str| sources.named(&key(file_name(name))).iter().find(|file| is_there(file));
    let file = inside(&format!("{below}.md")).or_else(|| inside(below))?;
    (!sources.has_folder(above)).then(|| file.to_string())
}

/// True for the file that a path from the page's own folder names, with or without `.md`, or the page of that folder.
#[must_use]
pub fn lies_at(written: &str, page: &PageFacts, file: &str) -> bool {
    let path = destination::join_as_browsers(&format!("/{}", parent(&page.path)), written);
    let wanted = key(path.trim_matches('/'));
    let wanted = wanted.strip_suffix(".md").unwrap_or(&wanted);
    let found = key(file);
    let stem = found.strip_suffix(".md").unwrap_or(&found);
    found == wanted || stem == wanted || ["/index", "/_index"].iter().any(|end| stem.strip_suffix(end) == Some(wanted))
}

/// That file.
#[must_use]
pub fn beside(written: &str, page: &PageFacts, sources: &dyn Sources) -> Option<String> {
    let name = key(file_name(written.trim_end_matches('/')));
    let stem = name.strip_suffix(".md").unwrap_or(&name);
    let names = [format!("{stem}.md"), name.clone(), "index.md".to_owned(), "_index.md".to_owned()];
    names
        .iter()
        .flat_map(|name| sources.named(name))
        .find(|file| lies_at(written, page, file))
        .map(|file| file.to_string())
}

/// True where a file of this very path in other upper and lower case lies among the sources.
#[must_use]
pub fn has_other_case(path: &str, sources: &dyn Sources) -> bool {
    let folded = fold(path);
    sources.named(&key(file_name(path))).iter().any(|file| **file != *path && fold(file) == folded)
}

/// A name as wiki links compare it.
#[must_use]
pub fn key(name: &str) -> String {
    let mut folded = fold(name);
    if folded.contains(char::is_whitespace) {
        folded = folded.replace(char::is_whitespace, "-");
    }
    folded
}
