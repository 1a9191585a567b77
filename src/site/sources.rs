//! Paths that name files of the sources, where the generator or the code host looks them up.

use super::Site;
use super::destination;
use super::facts::PageFacts;
use super::index::{Entry, last_name, url_of};
use super::server::look_up;
use super::suggestion::{Suggestion, is_looked_for, published, short};
use super::target::{Respelt, Target};
use crate::alike;
use crate::discover::{extension, file_name, join, parent, without_extension};
use crate::generators::{Sources, wikilinks};

/// True for the path of a file in a README, where only front matter tells of a generator: READMEs are read
/// on the code host in any case.
pub fn is_read_where_the_code_is(site: &Site, page: &PageFacts, path: &str) -> bool {
    let names_a_file = extension(path) == "md" || destination::is_image(path);
    let readme = without_extension(file_name(&page.path)).eq_ignore_ascii_case("readme");
    site.model.settings().readmes_are_read && readme && !path.starts_with('/') && names_a_file
}

/// A source file of that path in another letter case or Unicode form.
pub fn other_case(site: &Site, wanted: &str) -> Option<Target> {
    let settings = site.model.settings();
    let public = settings.public.iter().map(|folder| join(folder, wanted));
    let own = std::iter::once(wanted.to_owned()).filter(|_| !settings.paths_begin_at_the_root);
    let paths: Vec<String> = own.chain(public).collect();
    let all = Sources::named(site, &wikilinks::key(file_name(wanted)));
    // What is called exactly so lies where this path does not lead.
    let is_other = |file: &str, path: &String| file != *path && alike::same(file, path);
    let found = all.iter().find(|file| paths.iter().any(|path| is_other(file, path)))?;
    Some(Target::WrongCase(Box::new(Respelt { path: wanted.to_owned(), found: found.to_string() })))
}

/// The path of a source file where its URL is asked for.
pub fn address_of(site: &Site, path: &str) -> Option<Suggestion> {
    let page = site.number_of(path.trim_start_matches('/')).and_then(|number| site.page(number))?;
    let output = page.place.output.as_deref().filter(|_| page.is_published())?;
    Some(Suggestion {
        path: url_of(output).to_owned(),
        why: format!("that is the source file; the site publishes it at `{}`", url_of(output)),
        certain: true,
    })
}

/// `a.Rmd` where `a.qmd` lies: the source has got another ending since.
pub fn other_ending(site: &Site, path: &str) -> Option<Suggestion> {
    const FORMER: [&str; 5] = ["rmd", "rmarkdown", "ipynb", "md", "markdown"];
    let (stem, ending) = path.trim_start_matches('/').rsplit_once('.')?;
    if !site.model.settings().sources_change_endings || !FORMER.contains(&ending.to_ascii_lowercase().as_str()) {
        return None;
    }
    let file = format!("{stem}.qmd");
    let page = site.number_of(&file).and_then(|number| site.page(number)).filter(|page| page.is_published())?;
    Some(Suggestion {
        path: url_of(page.place.output.as_deref()?).to_owned(),
        why: format!("the file is called `{}`", file_name(&file)),
        certain: true,
    })
}

/// `a.en.md` where only `a.md` lies, in a site of several languages: nothing stands in for a file that says its language.
pub fn without_language(site: &Site, path: &str) -> Option<Suggestion> {
    let (stem, ending) = path.trim_start_matches('/').rsplit_once('.')?;
    let (bare, language) = stem.rsplit_once('.')?;
    let known = site.model.settings().languages.iter().any(|known| known == language);
    let public = site.model.settings().public.first().map_or("", |folder| folder);
    // The page's own language may stand before it.
    let inside = bare.split_once('/').filter(|(first, _)| *first == language).map_or(bare, |(_, rest)| rest);
    let file = format!("{inside}.{ending}");
    let page = site.number_of(&crate::discover::join(public, &file)).and_then(|number| site.page(number));
    let output = page.filter(|page| known && page.is_published())?.place.output.as_deref()?;
    let why = format!("it is not translated: only `{}` is there", file_name(&file));
    Some(Suggestion { path: url_of(output).to_owned(), why, certain: true })
}

/// `/en/guide/` where the main language is English and has no folder: `/guide/`.
pub fn without_main_language(site: &Site, path: &str) -> Option<Suggestion> {
    let main = site.model.settings().language.as_deref()?;
    let folder = path.strip_prefix('/')?.split('/').next()?;
    let is_main = folder.eq_ignore_ascii_case(main)
        || main.split('-').next().is_some_and(|primary| folder.eq_ignore_ascii_case(primary));
    let rest = path.get(folder.len() + 1..).filter(|rest| is_main && rest.len() > 1 && !site.has_top(path))?;
    matches!(look_up(site, rest, None), Target::Page { .. } | Target::Asset(_)).then(|| Suggestion {
        path: rest.to_owned(),
        why: "pages in the site's main language lie in no folder of that name".to_owned(),
        certain: true,
    })
}

/// `./guide` where `guide.md` lies, in a folder that nothing builds. Whatever takes the page up elsewhere may want it so.
pub fn without_ending(site: &Site, path: &str) -> Option<Suggestion> {
    let file = format!("{}.md", path.trim_end_matches('/'));
    let found = site.model.settings().folders && matches!(site.index.get(&file), Some(Entry::Page(_)));
    found.then(|| Suggestion { why: format!("`{}` lies there", file_name(&file)), path: file, certain: false })
}

/// The source file of that very name in another folder, where a source file's name was written; or beside the page itself,
/// where the generator makes no address of it.
pub fn elsewhere(site: &Site, from: &PageFacts, path: &str) -> Vec<Suggestion> {
    let name = short(path);
    // A sign before the path says whose it is.
    if path.contains("/@") || !site.generator.data().is_markdown(name) || !is_looked_for(last_name(path)) {
        return Vec::new();
    }
    let bare = path.trim_start_matches('/');
    let same = site.named(&wikilinks::key(name)).iter();
    // What lies at the very path is published at another address, and told so.
    let is_there = |file: &str| bare.contains('/') && file.ends_with(bare);
    let files = same.filter(|file| file_name(file) == name && !is_there(file));
    let pages = files.filter_map(|file| site.page(site.number_of(file)?)).filter(|page| page.is_published());
    if let Some(beside) = pages.clone().find(|page| parent(&page.path) == parent(&from.path)) {
        return published(std::iter::once(beside), &no_address(site, name));
    }
    published(pages, "the source file of that name lies elsewhere")
}

/// The page whose source file a relative path (decoded, as written) names from the folder of the page's own: `./lid`,
/// `./lid.md` where `lid.mdx` lies beside. No namesake elsewhere is meant then.
pub fn from_own_folder(site: &Site, from: &PageFacts, written: &str) -> Option<Suggestion> {
    let settings = site.model.settings();
    if settings.folders || settings.unknown_generator || written.starts_with('/') || destination::is_image(written) {
        return None;
    }
    let bare = written.trim_end_matches('/');
    // `index/` means the page of a folder, and hardly the one that it stands on.
    if written.ends_with('/') && file_name(bare) == "index" {
        return None;
    }
    let bare = match bare.rsplit_once('.') {
        Some((stem, _)) if site.generator.data().is_markdown(bare) => stem,
        _ => bare,
    };
    let source = destination::join(&format!("/{}", parent(&from.path)), bare)?;
    let source = source.trim_matches('/');
    let endings = &site.generator.data().markdown;
    let files =
        ["", "/index"].into_iter().flat_map(|name| endings.iter().map(move |end| format!("{source}{name}.{end}")));
    let page = files.filter_map(|file| site.page(site.number_of(&file)?)).find(|page| page.is_published())?;
    let output = page.place.output.as_deref().filter(|_| page.path != from.path)?;
    let beside = parent(&page.path) == parent(&from.path);
    let why = match beside {
        true if written.ends_with(file_name(&page.path)) => no_address(site, file_name(&page.path)),
        true => format!("`{}` lies beside the page", file_name(&page.path)),
        false => format!("`{}` lies there", page.path),
    };
    // Whoever reads a README where the code is gets to the file.
    let readme = without_extension(file_name(&from.path)).eq_ignore_ascii_case("readme");
    let certain = !(readme && site.generator.data().is_markdown(written.trim_end_matches('/')));
    Some(Suggestion { path: url_of(output).to_owned(), why, certain })
}

/// What is said where a source file's name was written.
fn no_address(site: &Site, name: &str) -> String {
    format!(
        "`{name}` lies beside the page, but {} makes no address of a source file's name",
        site.generator.data().title
    )
}

/// The page beside whose name begins with that of the page itself: `boxes-lid.md` for `lid.md` in `boxes.md`.
pub fn with_own_name(site: &Site, from: &PageFacts, path: &str) -> Option<Suggestion> {
    let own = without_extension(file_name(&from.path));
    let name = path.rsplit_once('.').filter(|(_, end)| site.generator.data().is_markdown(&format!("a.{end}")));
    let name = name.map_or(path, |(stem, _)| stem).trim_end_matches('/');
    let file = join(parent(&from.path), &format!("{own}-{}.{}", last_name(name), extension(&from.path)));
    let page = site.number_of(&file).and_then(|number| site.page(number)).filter(|page| page.is_published())?;
    let output = page.place.output.as_deref()?;
    let why = format!("`{}` lies beside, with this page's own name before it", file_name(&file));
    Some(Suggestion { path: url_of(output).to_owned(), why, certain: false })
}

/// The address of a file that is named with the folder which is copied to the root: `/source/img/a.png` for `/img/a.png`.
pub fn copied_from(site: &Site, path: &str) -> Option<Suggestion> {
    let path = path.trim_start_matches('/');
    let folders = site.model.settings().public.iter().filter(|folder| !folder.is_empty());
    let (folder, rest) = folders.filter_map(|folder| Some((folder, path.strip_prefix(&**folder)?))).next()?;
    let there = rest.starts_with('/') && site.has(path) && matches!(site.index.get(rest), Some(Entry::Asset(_)));
    there.then(|| Suggestion {
        path: rest.to_owned(),
        why: format!("`{folder}/` is copied to the site's root, and is no part of an address"),
        certain: true,
    })
}
