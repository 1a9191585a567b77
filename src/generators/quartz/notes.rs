//! How a link of Quartz comes to a note, and where that is not what a vault would find.
//!
//! Source: Quartz 4.5, `util/path.ts` and `plugins/transformers/{ofm,links}.ts`.

use super::model::Site;
use super::slugs::{slug, unslugged};
use crate::alike::fold;
use crate::discover::{extension, file_name, join, parent};
use crate::generators::{FoundBy, Sources, wikilinks};
use crate::site::facts::{PageFacts, Published};

impl Site {
    /// Whether Quartz, too, comes from what is written to the file that a vault would find: a path begins at the folder of
    /// notes, and only a name without folders is looked for everywhere, if one note alone has it. Source: Quartz's
    /// `util/path.ts`, `transformLink`.
    pub(super) fn reaches(&self, written: &str, file: &str, page: &PageFacts, sources: &dyn Sources) -> bool {
        let written = written.split(['#', '|']).next().unwrap_or_default().trim().trim_end_matches('\\');
        let bare = written.trim_matches('/');
        let bare = bare.strip_suffix(".md").unwrap_or(bare);
        if self.settings.notes_are_found_by == FoundBy::PathFromPage {
            return wikilinks::lies_at(written, page, file) || sources.aliased(&fold(written)).is_some();
        }
        let Some(inside) = self.inside(file).filter(|_| self.by_path && !bare.starts_with('.')) else { return true };
        if !self.is_seen(inside) {
            // A namesake that Quartz does see may be meant.
            return sources
                .named(&wikilinks::key(file_name(file)))
                .iter()
                .filter_map(|path| self.inside(path))
                .any(|path| self.is_seen(path));
        }
        let found = wikilinks::key(inside);
        let found = found.strip_suffix(".md").unwrap_or(&found);
        let wanted = wikilinks::key(bare);
        let index = ["/index", "/_index"].iter().find_map(|name| found.strip_suffix(name));
        if found == wanted || index == Some(&*wanted) {
            return true;
        }
        let aliased = sources.aliased(&fold(written));
        // Where the engine does not look for aliases, they are redirects beside their note all the same.
        let at = |page: &PageFacts| wikilinks::key(&join(parent(self.inside(&page.path).unwrap_or_default()), bare));
        if aliased.is_some_and(|page| self.aliases_answer || at(page) == wanted) {
            return true;
        }
        if bare.contains('/') || !self.shortest || extension(file) != "md" {
            return !bare.contains('/') && (self.shortest || extension(file) != "md");
        }
        let name = slug(bare);
        let is_note = |path: &str| {
            let inside = self.inside(path).filter(|inside| self.is_seen(inside));
            inside.is_some_and(|inside| slug(file_name(inside).strip_suffix(".md").unwrap_or_default()) == name)
        };
        match sources.named(&format!("{wanted}.md")).iter().filter(|path| is_note(path)).count() {
            // The note of a folder is not called so; another case is told elsewhere.
            0 => index.is_none() && (self.aliases_answer || aliased.is_none()),
            count => count == 1,
        }
    }

    /// The file of a name or path; also of one that is written as in addresses: `Soil--and--compost` for `Soil & compost.md`.
    pub(super) fn find(&self, written: &str, page: &PageFacts, sources: &dyn Sources) -> Option<String> {
        let find = |written: &str| wikilinks::find(written, page, &self.content, sources);
        find(written).or_else(|| find(&unslugged(written)?))
    }

    /// The path of a note, with the end that is written in another case: Quartz compares them letter by letter.
    pub(super) fn in_other_case(&self, written: &str, file: &str, sources: &dyn Sources) -> Option<String> {
        let bare = written.trim().trim_end_matches('\\').trim_matches('/');
        let bare = bare.strip_suffix(".md").unwrap_or(bare);
        let inside = self.inside(file).filter(|_| self.by_path && !bare.contains(':'))?;
        let stem = inside.strip_suffix(".md").unwrap_or(inside);
        // As many names of the path as are written: a Mac's file names have more signs for the same letters.
        let cut = stem.rmatch_indices('/').nth(bare.matches('/').count()).map_or(0, |(at, _)| at + 1);
        let (above, own) = stem.split_at(cut);
        let (one, other) = (slug(own), slug(bare));
        let respelt = one != other && file_name(own) != "index" && fold(own) == fold(bare);
        let shown = |page: &PageFacts| page.place.published == Published::Yes;
        let respelt = respelt && self.is_seen(inside) && sources.page(file).is_none_or(shown);
        let named = || sources.named(&wikilinks::key(file_name(file))).len();
        let sure = respelt && named() == 1 && sources.aliased(&fold(written)).is_none();
        sure.then(|| format!("{above}{bare}"))
    }

    /// What follows the `../` of a path that climbs above the folder of all notes, where browsers stay in it. Where paths
    /// begin there the first `../` does so: Quartz takes the first dot off, which leaves `./`.
    pub(super) fn climbing<'w>(&self, written: &'w str, page: &PageFacts) -> Option<&'w str> {
        let mut rest = written.trim();
        let mut above = 0;
        while let Some(further) = rest.strip_prefix("../") {
            rest = further;
            above += 1;
        }
        let own_host = self.settings.base_path.is_empty();
        let depth = match self.settings.notes_are_found_by {
            _ if self.by_path => 0,
            FoundBy::PathFromPage if own_host => self.inside(&page.path)?.matches('/').count(),
            _ => return None,
        };
        (above > depth).then_some(rest)
    }

    /// The file at a path from the folder of all notes.
    pub(super) fn at_top(&self, path: &str, sources: &dyn Sources) -> Option<String> {
        let bare = wikilinks::key(path.trim_matches('/'));
        let bare = bare.strip_suffix(".md").unwrap_or(&bare);
        let wanted = [format!("{bare}.md"), bare.to_owned(), format!("{bare}/index.md"), format!("{bare}/_index.md")];
        let at = |wanted: &String| {
            let lies_there = |file: &&str| self.inside(file).is_some_and(|inside| wikilinks::key(inside) == *wanted);
            sources.named(file_name(wanted)).iter().map(|file| &**file).find(lies_there).map(str::to_owned)
        };
        wanted.iter().find_map(at)
    }

    /// What lies at a path from the page's own folder, where paths begin there: a namesake at the root is another.
    pub(super) fn beside(&self, written: &str, page: &PageFacts, sources: &dyn Sources) -> Option<String> {
        let by_page = self.settings.notes_are_found_by == FoundBy::PathFromPage;
        if by_page { wikilinks::beside(written, page, sources) } else { None }
    }

    /// True for what Quartz makes lists of: a folder of notes, and tags.
    pub(super) fn is_list(&self, path: &str, sources: &dyn Sources) -> bool {
        let folder = path.trim().trim_start_matches("./").trim_matches('/');
        let folder = ["/index", "/index.md"].iter().find_map(|name| folder.strip_suffix(name)).unwrap_or(folder);
        !folder.is_empty()
            && (folder == "tags"
                || folder.starts_with("tags/")
                || sources.publishes_below(&format!("/{}", self.slug(folder))))
    }
}
