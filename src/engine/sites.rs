//! Which sites there are, and which files belong to which.

use super::Request;
use crate::discover::{Tree, extension, file_name, join};
use crate::finding::FilePath;
use crate::generators::{self, Folder, Generator, Loaded, Model, Problem, Role, plain};
use crate::site::facts::Kind;

/// A site before its pages are read.
pub struct Plan {
    /// Its root relative to the base.
    pub root: String,
    /// Its generator.
    pub generator: &'static dyn Generator,
    /// Why.
    pub evidence: String,
    /// Its model; taken when the site is built.
    pub model: Option<Box<dyn Model>>,
    /// Files that may be pages, with what they are.
    pub pages: Vec<Candidate>,
    /// Other files of the site.
    pub others: Vec<(FilePath, Role)>,
    /// Defects of its configuration.
    pub problems: Vec<Problem>,
}

/// A file that may be a page.
pub struct Candidate {
    /// The file.
    pub file: FilePath,
    /// Relative to the site's root.
    pub path: Box<str>,
    /// What it is if it is one.
    pub kind: Kind,
    /// Its collection or section.
    pub collection: Box<str>,
    /// It is one only if it has front matter; else it is copied.
    pub needs_front_matter: bool,
}

/// Finds the sites and shares the files out among them. Sites that no path of the request touches are left out.
pub fn plan(request: &Request<'_>, tree: &Tree) -> Vec<Plan> {
    let site = &request.config.site;
    let root = site.root.as_ref().map(|root| root.value.trim_matches('/').trim_start_matches("./").to_owned());
    let mut found = generators::detect(tree);
    if let Some(generator) = site.generator.as_ref().and_then(|name| generators::by_name(&name.value)) {
        let root = root.unwrap_or_default();
        found.retain(|site| site.root != root);
        found.push(generators::Found { root, generator, evidence: "the configuration says so".to_owned() });
    } else if let Some(root) = root {
        found.retain(|site| site.root == root);
    }
    leave_test_inputs(request, &mut found);
    request.config.learn_site_roots(found.iter().map(|site| site.root.clone()));
    // The deepest roots first: a file belongs to the nearest root above it.
    found.sort_by(|a, b| b.root.len().cmp(&a.root.len()).then_with(|| a.root.cmp(&b.root)));
    let mut plans: Vec<Plan> = found
        .into_iter()
        .map(|site| {
            let folder = Folder { tree, root: &site.root };
            let Loaded { mut model, problems } = site.generator.load(&folder, request.now);
            let blank = generators::blank_configuration(&folder, site.generator);
            let settings = model.settings_mut();
            settings.unreadable |= problems.iter().any(|problem| problem.hides) || blank.is_some();
            let note = |file| format!("`{file}` holds nothing, so that nothing which depends on it is judged");
            settings.notes.extend(blank.map(note));
            Plan {
                root: site.root,
                generator: site.generator,
                evidence: site.evidence,
                model: Some(model),
                pages: Vec::new(),
                others: Vec::new(),
                problems,
            }
        })
        .collect();
    leave_copies(request, &mut plans);
    leave_strays(request, tree, &mut plans);
    leave_specks(request, tree, &mut plans);
    let any_site = !plans.is_empty();
    let mut loose = loose_site(request, tree, any_site);
    for file in tree.files() {
        match plans.iter_mut().find(|plan| inside(&plan.root, file)) {
            Some(plan) => plan.take(file, request),
            // Beside a generator's site, Markdown is checked only when it is named.
            None if !any_site || named(request, file) => loose.take(file, request),
            None => loose.others.push((file.clone(), Role::Asset(format!("/{file}")))),
        }
    }
    for file in request.memory.keys().filter(|file| !tree.has_file(file)) {
        let plan = plans.iter_mut().find(|plan| inside(&plan.root, file)).unwrap_or(&mut loose);
        plan.take(file, request);
    }
    if loose.pages.is_empty() && !plans.iter().any(Plan::has_text) {
        plans.iter_mut().for_each(|plan| plan.take_all(request));
    }
    plans.retain(|plan| request.paths.is_empty() || request.paths.iter().any(|path| touches(path, &plan.root)));
    if !loose.pages.is_empty() {
        plans.push(loose);
    }
    plans
}

/// How many texts lie outside of all sites, where a whole folder is checked and has some.
pub fn texts_outside(request: &Request<'_>, tree: &Tree, plans: &[Plan]) -> usize {
    if !request.paths.is_empty() || plans.iter().any(|plan| plan.root.is_empty()) {
        return 0;
    }
    let hidden = |file: &str| file.starts_with('.') || file.contains("/.");
    let outside = |file: &&FilePath| {
        is_markdown(file)
            && !hidden(file)
            && !request.config.excludes(file)
            && !plans.iter().any(|plan| inside(&plan.root, file))
    };
    tree.files().iter().filter(outside).count()
}

/// Leaves out sites that lie in a folder which another one copies as it is: readers download them, nobody builds them.
fn leave_copies(request: &Request<'_>, plans: &mut Vec<Plan>) {
    let publics = plans.iter().filter_map(|plan| Some((plan.root.as_str(), &plan.model.as_ref()?.settings().public)));
    let folders =
        publics.flat_map(|(root, all)| all.iter().filter(|one| !one.is_empty()).map(move |one| join(root, one)));
    let folders: Vec<String> = folders.collect();
    let asked = |root: &str| request.paths.iter().any(|path| !path.is_empty() && (path == root || inside(root, path)));
    plans.retain(|plan| asked(&plan.root) || !folders.iter().any(|folder| inside(folder, &plan.root)));
}

/// Leaves out configurations that lie among another site's pages, with no page and no package of their own: somebody put
/// them there to be read, or forgot them.
fn leave_strays(request: &Request<'_>, tree: &Tree, plans: &mut Vec<Plan>) {
    let has_page = |plan: &Plan, below: &str| {
        let folder = Folder { tree, root: &plan.root };
        let inner = below.get(plan.root.len()..).unwrap_or_default().trim_start_matches('/');
        let is_page =
            |path: &str| plan.model.as_ref().is_some_and(|model| matches!(model.role(path), Role::Page { .. }));
        folder.below(inner).any(is_page)
    };
    let is_stray = |plan: &Plan| {
        let mut outer = plans.iter().filter(|outer| outer.root != plan.root && inside(&outer.root, &plan.root));
        !tree.has_file(&join(&plan.root, "package.json"))
            && !has_page(plan, &plan.root)
            && outer.any(|outer| has_page(outer, &plan.root))
    };
    let asked =
        |root: &str| request.config.site.root.as_ref().is_some_and(|named| named.value.trim_matches('/') == root);
    let strays: Vec<String> =
        plans.iter().filter(|plan| !asked(&plan.root) && is_stray(plan)).map(|plan| plan.root.clone()).collect();
    plans.retain(|plan| !strays.contains(&plan.root));
}

/// Leaves out a configuration with a page or two, deep in a folder full of Markdown that it does not govern: the folder is
/// what people read, and the configuration is not the site of all of it.
fn leave_specks(request: &Request<'_>, tree: &Tree, plans: &mut Vec<Plan>) {
    const PAGES: usize = 2;
    const TIMES: usize = 3;
    // What somebody builds by itself has a package, or lies where code hosts look for it.
    const OWN: [&str; 7] = ["package.json", "Gemfile", "go.mod", "pyproject.toml", "_posts", "_layouts", "CNAME"];
    let is_speck = |plan: &Plan| {
        let folder = Folder { tree, root: &plan.root };
        let is_page = |path: &&str| {
            let role = plan.model.as_ref().map(|model| model.role(path));
            let is_text = is_markdown(path) || matches!(&*extension(path), "html" | "htm");
            is_text && matches!(role, Some(Role::Page { .. } | Role::PageIfFrontMatter { .. }))
        };
        plan.root.contains('/')
            && file_name(&plan.root) != "docs"
            && !OWN.iter().any(|own| folder.has(own) || folder.below(own).next().is_some())
            && folder.below("").filter(is_page).nth(PAGES).is_none()
    };
    let asked = |root: &str| {
        let named = request.config.site.root.as_ref().is_some_and(|named| named.value.trim_matches('/') == root);
        named || request.paths.iter().any(|path| !path.is_empty() && (path == root || inside(root, path)))
    };
    if plans.is_empty() || plans.iter().any(|plan| asked(&plan.root) || !is_speck(plan)) {
        return;
    }
    let around = |file: &&FilePath| {
        is_markdown(file) && !request.config.excludes(file) && !plans.iter().any(|plan| inside(&plan.root, file))
    };
    let is_readme = |file: &FilePath| !file.contains('/') && file.eq_ignore_ascii_case("readme.md");
    if tree.files().iter().any(is_readme)
        && tree.files().iter().filter(around).nth(plans.len() * PAGES * TIMES).is_some()
    {
        plans.clear();
    }
}

/// Leaves out sites that are inputs of tests, where there is another one and nobody asks for them by name: what is wrong
/// in them is often the point.
fn leave_test_inputs(request: &Request<'_>, found: &mut Vec<generators::Found>) {
    const TESTS: [&str; 10] =
        ["__fixtures__", "__tests__", "e2e", "fixture", "fixtures", "spec", "test", "test-data", "testdata", "tests"];
    let is_input = |root: &str| root.split('/').any(|part| TESTS.contains(&part));
    let asked = |root: &str| request.paths.iter().any(|path| !path.is_empty() && (path == root || inside(root, path)));
    if found.iter().any(|site| !is_input(&site.root)) {
        found.retain(|site| {
            !is_input(&site.root) || asked(&site.root) || request.paths.iter().any(|path| is_input(path))
        });
    }
}

fn loose_site(request: &Request<'_>, tree: &Tree, beside_a_site: bool) -> Plan {
    let folder = Folder { tree, root: "" };
    // Beside a generator's site lie READMEs; a folder without one may still be built by something.
    let Loaded { model, problems } = match beside_a_site {
        true => Loaded { model: plain::model(false), problems: Vec::new() },
        false => plain::Plain.load(&folder, request.now),
    };
    Plan {
        root: String::new(),
        generator: &plain::Plain,
        evidence: "no generator's configuration was found".to_owned(),
        model: Some(model),
        pages: Vec::new(),
        others: Vec::new(),
        problems,
    }
}

/// True for files that tell of a project and are read where it is developed: `README.md`, `CODE_OF_CONDUCT.md`.
fn tells_of_project(file: &str) -> bool {
    file.starts_with(".github/") || !file_name(file).split('.').next().unwrap_or_default().contains(char::is_lowercase)
}

impl Plan {
    fn has_text(&self) -> bool {
        self.pages.iter().any(|page| is_markdown(&page.path))
    }

    /// Where code decides what becomes a page (`Astro.glob`, a folder whose name is computed), the generator names no page:
    /// then all Markdown is read as that of an unknown generator.
    fn take_all(&mut self, request: &Request<'_>) {
        let is_text = |(file, role): &&(FilePath, Role)| {
            *role == Role::Internal && is_markdown(file) && !tells_of_project(file) && !request.config.excludes(file)
        };
        if !self.others.iter().any(|other| is_text(&other)) {
            return;
        }
        self.model = Some(plain::in_place_of(&self.generator.data().title));
        self.generator = &plain::Plain;
        let pages = std::mem::take(&mut self.pages).into_iter().map(|page| page.file);
        let files: Vec<FilePath> =
            pages.chain(std::mem::take(&mut self.others).into_iter().map(|(file, _)| file)).collect();
        files.iter().for_each(|file| self.take(file, request));
    }

    fn take(&mut self, file: &FilePath, request: &Request<'_>) {
        let cut = if self.root.is_empty() { 0 } else { self.root.len() + 1 };
        let path = file.get(cut..).unwrap_or_default();
        let Some(model) = &self.model else { return };
        let role = model.role(path);
        match role {
            Role::Page { kind, collection } if !request.config.excludes(file) => self.pages.push(Candidate {
                file: file.clone(),
                path: path.into(),
                kind,
                collection,
                needs_front_matter: false,
            }),
            Role::PageIfFrontMatter { kind, collection } if !request.config.excludes(file) => {
                self.pages.push(Candidate {
                    file: file.clone(),
                    path: path.into(),
                    kind,
                    collection,
                    needs_front_matter: true,
                });
            }
            Role::Page { .. } | Role::PageIfFrontMatter { .. } => {
                self.others.push((file.clone(), Role::Asset(model.copied_to(path))));
            }
            role => self.others.push((file.clone(), role)),
        }
    }
}

/// True when the file lies below the root.
fn inside(root: &str, file: &str) -> bool {
    root.is_empty() || file.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
}

/// True when a path of the request lies in the site or around it.
fn touches(path: &str, root: &str) -> bool {
    path.is_empty() || inside(path, root) || path == root || inside(root, path)
}

/// True when the request names this very file.
fn named(request: &Request<'_>, file: &str) -> bool {
    request.paths.iter().any(|path| path == file) || request.memory.contains_key(file)
}

/// True for a page whose text is Markdown to its generator; R Markdown is that of Quarto's.
pub fn is_text_of(generator: &dyn Generator, file: &str) -> bool {
    let r = || matches!(&*extension(file), "rmd" | "rmarkdown") && generator.data().is_markdown(file);
    is_markdown(file) || r()
}

/// True for files whose text is Markdown, whatever site they belong to.
pub fn is_markdown(file: &str) -> bool {
    matches!(&*extension(file), "md" | "markdown" | "mkdown" | "mkdn" | "mkd" | "mdown" | "mdx" | "mdoc" | "qmd")
}
