//! Why a path leads nowhere, and what was probably meant: found by looking at what the site does have.

use super::Site;
use super::destination;
use super::facts::PageFacts;
use super::former_programs;
use super::index::{Entry, last_name, url_of};
use super::kinds;
use super::letters;
use super::likeliest::{in_the_same_language, with_the_longest_tail};
use super::moved::{self, Gone};
use super::namesakes;
use super::near_names::{beside, near};
use super::not_meant;
use super::server::look_up;
use super::sources;
use super::suggestion::{Suggestion, is_looked_for, published};
use super::target::Target;
use super::words;
use crate::discover::{extension, parent};
use crate::page::links::LinkKind;

/// Looks for what a missing path (decoded, from the site's base) was meant to be, the surest first; `from` has the link.
#[must_use]
pub fn suggest(site: &Site, from: &PageFacts, path: &str, kind: LinkKind) -> Vec<Suggestion> {
    let image = kind == LinkKind::Image || destination::is_image(path);
    let found = without_base(site, path)
        // `index/` means the page of a folder, and hardly the one that it stands on.
        .or_else(|| {
            slash(site, path).filter(|one| {
                from.place.output.as_deref().map(url_of) != Some(url_of(&one.path)) || !path.ends_with("/index/")
            })
        })
        .or_else(|| sources::address_of(site, path))
        .or_else(|| sources::copied_from(site, path))
        .or_else(|| namesakes::home(site, path))
        .or_else(|| sources::without_language(site, path))
        .or_else(|| sources::without_main_language(site, path))
        .or_else(|| sources::other_ending(site, path))
        .or_else(|| sources::without_ending(site, path))
        .or_else(|| former_programs::page(site, path))
        .or_else(|| namesakes::source_at(site, from, path))
        .or_else(|| if image { wordpress_size(site, path).or_else(|| other_extension(site, path)) } else { None });
    if let Some(found) = found {
        let mut found = vec![found];
        if kind == LinkKind::Image {
            shown(site, path, &mut found);
        }
        return found;
    }
    let renamed = renamed(site, path, image);
    if renamed.iter().any(|one| one.certain) {
        return renamed;
    }
    let mut moved = elsewhere(site, from, path);
    // `post.html` of another folder is another post.
    if let Some(folder) = namesakes::page_of_folder(site, path) {
        moved.insert(0, folder);
    }
    // The folder that is asked for is there: a namesake of it elsewhere is not meant.
    if let Some(inside) = namesakes::in_that_folder(site, path) {
        moved = vec![inside];
    }
    if moved.iter().any(|one| one.certain) {
        // In the folder that the link names, a page of nearly that name is as likely as one of the same name elsewhere.
        let beside = beside(site, path);
        moved.iter_mut().for_each(|one| one.certain &= beside.is_empty());
        moved.splice(0..0, beside);
    }
    let found = [moved, renamed, sources::elsewhere(site, from, path), undated(site, path), without_date(site, path)]
        .into_iter()
        .find(|found| !found.is_empty())
        .or_else(|| sources::with_own_name(site, from, path).map(|one| vec![one]))
        .or_else(|| near(site, path).map(|one| vec![one]))
        .unwrap_or_else(|| letters::suggest(site, from, path, image));
    let mut found = kinds::settle(site, path, found);
    not_meant::drop(site, from, path, &mut found);
    if found.is_empty() {
        found.extend(words::in_that_folder(site, path).filter(|_| !image));
        not_meant::drop(site, from, path, &mut found);
    }
    if kind == LinkKind::Image {
        shown(site, path, &mut found);
    }
    found
}

/// A page is no picture, nor is a file of another kind.
fn shown(site: &Site, path: &str, found: &mut Vec<Suggestion>) {
    let is_page =
        |one: &Suggestion| one.path.ends_with('/') || matches!(site.index.get(&one.path), Some(Entry::Page(_)));
    found.retain(|one| !is_page(one) && (!destination::is_image(path) || destination::is_image(&one.path)));
    found
        .iter_mut()
        .for_each(|one| one.certain &= destination::is_image(&one.path) || extension(&one.path) == extension(path));
}

/// What a link into a folder leads to in which the site was once published.
#[must_use]
pub fn without_former_folder<'p>(site: &Site, path: &'p str) -> Option<&'p str> {
    let (folder, _) =
        path.strip_prefix('/')?.split_once('/').filter(|(folder, _)| site.former_bases.contains(*folder))?;
    let rest = path.get(folder.len() + 1..)?;
    matches!(look_up(site, rest, None), Target::Page { .. } | Target::Asset(_)).then_some(rest)
}

/// A path that is missing because it is written without the folder that the site is published in.
fn without_base(site: &Site, path: &str) -> Option<Suggestion> {
    let base = &site.model.settings().base_path;
    let found = !base.is_empty() && matches!(look_up(site, path, None), Target::Page { .. } | Target::Asset(_));
    found.then(|| Suggestion {
        path: path.to_owned(),
        why: format!("the site is published below `{base}`"),
        certain: true,
    })
}

/// Pages whose files or folders have that name, and another one in their address: behind a date, `/posts/2016-03-26-boxes/`
/// for `/posts/2016/03/26/boxes/`, or where the front matter gives another.
fn undated(site: &Site, path: &str) -> Vec<Suggestion> {
    let name = last_name(path);
    let is_other = |page: &&PageFacts| page.place.url.as_deref().is_none_or(|url| last_name(url) != name);
    let pages = site.files_named(name).filter(|page| is_looked_for(name) && page.is_published()).filter(is_other);
    published(pages, "a page whose file has that name is published there")
}

/// A page whose address has no date and no capitals, where the name of its file is asked for: `/blog/a-tour/` for
/// `/blog/2024-01-05-A_tour/`.
fn without_date(site: &Site, path: &str) -> Vec<Suggestion> {
    let name = last_name(path);
    let bare = crate::generators::undated(name);
    let has_date = name.starts_with(|c: char| c.is_ascii_digit()) && name.len() > bare.len() + "2024-1-5".len();
    if !has_date || !is_looked_for(bare) {
        return Vec::new();
    }
    let is_page = |output: &&str| match site.index.get(output) {
        Some(Entry::Page(number)) => site.page(*number).is_some_and(PageFacts::is_published),
        _ => false,
    };
    let suggestion = |output: &str| Suggestion {
        path: url_of(output).to_owned(),
        why: "a page of that name is published without the date".to_owned(),
        certain: false,
    };
    site.index.named(&bare.replace(['_', ' '], "-")).into_iter().filter(is_page).take(4).map(suggestion).collect()
}

/// What a relative path (decoded, as written) names when it is read from the site's root.
#[must_use]
pub fn from_the_root(site: &Site, written: &str) -> Option<Suggestion> {
    let path = destination::join("/", written).filter(|_| !written.starts_with(['/', '.']))?;
    let found = look_up(site, &path, None);
    matches!(found, Target::Page { .. } | Target::Asset(_)).then(|| Suggestion {
        path,
        why: "there is one from the site's root".to_owned(),
        certain: is_copied(site, written),
    })
}

/// True where the README at the root has this very link: whoever translated it in another folder copied the paths.
fn is_copied(site: &Site, written: &str) -> bool {
    let settings = site.model.settings();
    let readme = site.number_of("README.md").and_then(|number| site.page(number));
    let same = |readme: &PageFacts| readme.links.iter().any(|link| *link.destination == *written);
    settings.folders && !settings.unknown_generator && readme.is_some_and(same)
}

/// The page of that name which readers do not see.
#[must_use]
pub fn hidden<'s>(site: &'s Site, path: &str) -> Option<&'s PageFacts> {
    let name = last_name(path);
    let by_output = site.index.named(name).into_iter().filter_map(|output| match site.index.get(output) {
        Some(Entry::Page(number)) => site.page(*number),
        _ => None,
    });
    by_output.chain(site.files_named(name)).find(|page| !page.is_published())
}

/// `/a/` where `/a.html` is published.
fn slash(site: &Site, path: &str) -> Option<Suggestion> {
    let bare = path.trim_end_matches('/');
    if bare.is_empty() {
        return None;
    }
    let sure = |path: String, why: &str| Some(Suggestion { path, why: why.to_owned(), certain: true });
    let html = format!("{bare}.html");
    if path.ends_with('/') {
        if let Some(folder) = bare.strip_suffix("/index")
            && matches!(site.index.get(&html), Some(Entry::Page(_)))
        {
            return sure(format!("{folder}/"), "the page of a folder is published at the folder's address");
        }
        if site.index.get(&html).is_some() {
            return sure(html, "the page is published as a file, without a slash at the end");
        }
        return match site.index.get(bare) {
            Some(Entry::Asset(_)) => sure(bare.to_owned(), "it is a file, so no slash may follow"),
            _ => None,
        };
    }
    let stem = bare.strip_suffix(".html").or_else(|| bare.strip_suffix(".htm"))?;
    site.index.get(&format!("{stem}/index.html"))?;
    sure(format!("{stem}/"), "the page is published as a folder, without `.html`")
}

/// `photo-300x200.jpg` where only `photo.jpg` is left.
fn wordpress_size(site: &Site, path: &str) -> Option<Suggestion> {
    let (stem, ext) = path.rsplit_once('.')?;
    let (base, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let number = |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
    let whole = format!("{base}.{ext}");
    (number(width) && number(height) && matches!(site.index.get(&whole), Some(Entry::Asset(_)))).then(|| Suggestion {
        path: whole,
        why: format!("WordPress made the `-{size}` copy; only the original is here"),
        certain: true,
    })
}

/// `photo.jpg` where `photo.jpeg` exists.
fn other_extension(site: &Site, path: &str) -> Option<Suggestion> {
    const IMAGES: [&str; 8] = ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg", "JPG"];
    let (stem, ext) = path.rsplit_once('.').filter(|(_, ext)| IMAGES.contains(ext)).unwrap_or((path, ""));
    let mut found = IMAGES
        .iter()
        .filter(|other| **other != ext)
        .map(|other| [stem, ".", other].concat())
        .filter(|other| matches!(site.index.get(other), Some(Entry::Asset(_))));
    let path = found.next()?;
    let why = match ext {
        "" => format!("the file's name ends in `.{}`", extension(&path)),
        _ => format!("the file here ends in `.{}`", extension(&path)),
    };
    let certain = found.next().is_none();
    Some(Suggestion { path, why, certain })
}

/// A file that had this name when somebody wrote the link.
fn renamed(site: &Site, path: &str, image: bool) -> Vec<Suggestion> {
    let found = site.moved.find(site, path);
    let only = found.len() == 1;
    let suggestion = |gone: &Gone| Suggestion {
        path: moved::url(gone).to_owned(),
        why: format!("its file was `{}` once and has another name since", gone.from),
        certain: only && (gone.exact || is_telling(last_name(path)) && !image),
    };
    found.iter().map(suggestion).collect()
}

/// A slug of several words is no accident; `logo.png` may be anything.
fn is_telling(name: &str) -> bool {
    name.matches(['-', '_']).count() >= 2 || name.chars().count() >= 16
}

/// The same name in another folder: the page or file was moved, or its URL got a date.
fn elsewhere(site: &Site, from: &PageFacts, path: &str) -> Vec<Suggestion> {
    let name = last_name(path);
    if !is_looked_for(name) {
        return Vec::new();
    }
    let image = destination::is_image(path);
    let fits = |output: &&str| match site.index.get(output) {
        Some(Entry::Page(number)) => !image && site.page(*number).is_some_and(|page| page.is_published()),
        Some(Entry::Asset(_)) => extension(output) == extension(path),
        _ => false,
    };
    let found: Vec<&str> = site.index.named(name).into_iter().filter(fits).collect();
    let found = in_the_same_language(from, path, found);
    // In a folder that a code host shows, a file that is no page may be put elsewhere by whatever publishes it.
    let published =
        |output: &&str| !site.model.settings().folders || matches!(site.index.get(output), Some(Entry::Page(_)));
    // Another project under the same host may publish a folder that the site does not have.
    let foreign = |output: &&str| !site.has_top(path) && !matches!(site.index.get(output), Some(Entry::Page(_)));
    let only = found.len() == 1 && found.iter().all(published) && !found.iter().any(foreign);
    // A post links to its demo of the same name, not to itself.
    let itself = found.iter().any(|output| from.place.output.as_deref() == Some(*output));
    // Which day it was where the site is built, its clock decides.
    let next_day = found.iter().any(|output| is_a_day_off(path, url_of(output)));
    let other = found.iter().any(|output| namesakes::may_be_another(site, from, path, output));
    let unsure = image || itself || next_day || other || stands_for_a_day(site, path);
    let certain = only && is_telling(name) && !unsure;
    let several = found.len();
    let mut found = with_the_longest_tail(path, found);
    // Of several pages called `install` none is meant more than the others, unless its folder is named, too.
    let no_folder = || namesakes::is_alone_in_its_name(path, &found);
    if several > 1 && !image && !is_telling(name) && no_folder() {
        return Vec::new();
    }
    // `thumbnail.png` of other posts' folders is not the one of this post.
    if image && found.len() > 2 {
        return Vec::new();
    }
    found.truncate(4);
    let file = image || found.iter().any(|output| !matches!(site.index.get(output), Some(Entry::Page(_))));
    let why = if file { "a file of that name lies there" } else { "a page of that name is published there" };
    found
        .into_iter()
        .map(|output| Suggestion { path: url_of(output).to_owned(), why: why.to_owned(), certain })
        .collect()
}

/// True when the folder is that of a day on which the site has another page: the day may be right and the name wrong.
fn stands_for_a_day(site: &Site, path: &str) -> bool {
    let folder = parent(path.trim_end_matches('/'));
    let number = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let day = folder.rsplit('/').take(3).all(number) && folder.matches('/').count() >= 3;
    day && site.has_output_folder(folder)
}

/// True for two paths that differ by one in the number of the day: `/2026/04/29/a-tour/`, `/2026/04/30/a-tour/`.
fn is_a_day_off(path: &str, other: &str) -> bool {
    let number = |part: &str| (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten();
    let parts = |path: &str| path.trim_end_matches('/').split('/').map(str::to_owned).collect::<Vec<_>>();
    let (one, two) = (parts(path), parts(other));
    let mut differ = one.iter().zip(&two).filter(|(a, b)| a != b);
    let (first, rest) = (differ.next(), differ.next());
    let days = first.and_then(|(a, b)| Some((number(a)?, number(b)?)));
    one.len() == two.len() && rest.is_none() && days.is_some_and(|(a, b)| a.abs_diff(b) == 1)
}
