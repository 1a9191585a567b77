//! Addresses that a function of the host answers: Cloudflare Pages runs `functions/chips/[shuttle]/[project].ts` for
//! `/chips/tt08/139`, Vercel `api/hello.ts` for `/api/hello`. Which of them lead somewhere only that program knows.
//!
//! Source: the pages "Routing" of Cloudflare Pages' documentation and "Functions" of Vercel's.

use crate::discover::{Tree, file_name, join};
use crate::generators::Folder;
use crate::site::Site;
use crate::site::target::{Target, Unknown};

/// The folders, what begins the addresses, and what a file says that answers one.
const FOLDERS: [(&str, &str, &str); 2] = [("functions", "", "onRequest"), ("api", "api", "export")];
/// More files are a program, not a site's functions.
const MOST: usize = 200;

/// Takes back what was called missing where a function answers.
pub fn look(site: &mut Site, tree: &Tree) {
    let lost = |target: &Target| matches!(target, Target::Missing { .. });
    if !site.targets.iter().flatten().any(lost) {
        return;
    }
    let folder = Folder { tree, root: "" };
    let mut roots = vec![site.root.clone(), String::new()];
    roots.dedup();
    let mut routes: Vec<Vec<String>> = Vec::new();
    for root in &roots {
        for (name, start, sign) in FOLDERS {
            let place = join(root, name);
            let files = folder.below(&place).filter_map(|path| Some((path, route(path.strip_prefix(&place)?, start)?)));
            let answers =
                files.take(MOST).filter(|(path, _)| folder.read(path).is_some_and(|text| text.contains(sign)));
            routes.extend(answers.map(|(_, route)| route));
        }
    }
    if routes.is_empty() {
        return;
    }
    for target in site.targets.iter_mut().flatten() {
        if matches!(target, Target::Missing { path } if routes.iter().any(|route| covers(route, path))) {
            *target = Target::Unchecked(Unknown::MadePages);
        }
    }
}

/// The parts of the addresses that a file answers: `/chips/[shuttle]/index.ts` → `chips`, `[shuttle]`.
fn route(path: &str, start: &str) -> Option<Vec<String>> {
    let (bare, ending) = path.rsplit_once('.')?;
    let code = matches!(ending, "js" | "jsx" | "mjs" | "ts" | "tsx");
    // What begins like this, and a description of types, answers nothing itself.
    if !code || file_name(bare).starts_with('_') || file_name(bare).contains('.') {
        return None;
    }
    let parts = std::iter::once(start).chain(bare.split('/')).filter(|part| !part.is_empty());
    let mut parts: Vec<String> = parts.map(str::to_owned).collect();
    parts.pop_if(|last| last == "index");
    (!parts.is_empty()).then_some(parts)
}

/// True when the route answers this address.
fn covers(route: &[String], path: &str) -> bool {
    let mut asked = path.split('/').filter(|part| !part.is_empty());
    for part in route {
        if part.starts_with("[[") || part.starts_with("[...") {
            return true;
        }
        match asked.next() {
            Some(own) if part.starts_with('[') || part == own => {}
            _ => return false,
        }
    }
    asked.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_answer_addresses() {
        let answers = |file, path| route(file, "").is_some_and(|route| covers(&route, path));
        assert!(answers("/chips/[shuttle]/[project]/index.ts", "/chips/tt08/139"));
        assert!(answers("/chips/[shuttle]/[project]/index.ts", "/chips/tt08/139/"));
        assert!(!answers("/chips/[shuttle]/[project]/index.ts", "/chips/tt08"));
        assert!(!answers("/chips/[shuttle]/[project]/index.ts", "/news/tt08/139"));
        assert!(answers("/go/[[path]].js", "/go/a/b/c") && answers("/feed.js", "/feed"));
        assert!(!answers("/_middleware.ts", "/_middleware") && !answers("/env.d.ts", "/env.d"));
    }
}
