//! Hexo's own tags that make a link or an image: `{% post_link %}`, `{% asset_img %}` and their kin.
//!
//! Source: hexo 8.1 `lib/plugins/tag`.

use super::config::Renderer;
use super::posts::Posts;
use super::site::Site;
use crate::discover::{join, parent, without_extension};
use crate::generators::{Evaluated, Sources};
use crate::page::dialect::Templates;
use crate::page::links::LinkKind;
use crate::page::templates::{self, Syntax};
use crate::site::destination::{Shape, shape};
use crate::site::facts::{Kind, PageFacts};

/// Tags of Hexo's own, none of which brings headings.
pub const TAGS: [&str; 22] = [
    "post_link",
    "post_path",
    "asset_link",
    "asset_path",
    "asset_img",
    "asset_image",
    "img",
    "image",
    "url_for",
    "link",
    "a",
    "anchor",
    "code",
    "endcode",
    "codeblock",
    "endcodeblock",
    "blockquote",
    "endblockquote",
    "quote",
    "endquote",
    "pullquote",
    "endpullquote",
];

/// Themes whose own tag `image` takes the place of Hexo's, and writes the path as it stands: a browser begins at the page.
///
/// Source: `scripts/tags/lib/image.js` of hexo-theme-stellar 1.44, `scripts/tags/image.js` of tranquilpeak.
const WRITES_PATHS: [&str; 3] = ["hexo-theme-stellar", "stellar", "tranquilpeak"];

/// What a tag's argument leads to.
#[must_use]
pub fn tag(name: &str, argument: &str, page: &PageFacts, sources: &dyn Sources, site: &Site) -> Evaluated {
    match name {
        "post_link" | "post_path" => {
            let (slug, fragment) =
                argument.split_once('#').map_or((argument, None), |(slug, fragment)| (slug, Some(fragment)));
            let tail = fragment.map_or_else(String::new, |fragment| format!("#{fragment}"));
            match post(slug, sources, site) {
                Some(post) => Evaluated::Source { path: post.path.to_string(), tail },
                None => Evaluated::NoSource { wanted: slug.to_owned() },
            }
        }
        "asset_path" | "asset_link" | "asset_img" | "asset_image" => {
            let path = format!("{}/{argument}", without_extension(&page.path));
            match sources.has(&path) {
                true => Evaluated::Source { path, tail: String::new() },
                // Without the setting the tag shows nothing at all.
                false if !site.config().post_assets => Evaluated::NoSource { wanted: argument.to_owned() },
                false => Evaluated::NoSource { wanted: path },
            }
        }
        "image" if site.config().theme.as_deref().is_some_and(|theme| WRITES_PATHS.contains(&theme)) => {
            Evaluated::Destination(argument.to_owned())
        }
        // `url_for` puts the site's root before what is no address of its own.
        _ if argument.contains("//") || argument.starts_with('#') => Evaluated::Destination(argument.to_owned()),
        _ => Evaluated::Destination(format!("{}/{}", site.config().root, argument.trim_start_matches('/'))),
    }
}

/// A destination that holds one of the tags: `[text]({% post_path slug %}#part)`.
#[must_use]
pub fn evaluate(raw: &str, page: &PageFacts, sources: &dyn Sources, site: &Site) -> Evaluated {
    let calls = templates::calls(raw, Templates::Liquid);
    let [call] = calls.as_slice() else { return Evaluated::Unknown };
    let known = matches!(call.name.of(raw), "post_path" | "asset_path" | "url_for");
    if call.syntax != Syntax::Tag || !known || call.span.range().start != 0 {
        return Evaluated::Unknown;
    }
    let Some(argument) = call.positional().next() else { return Evaluated::Unknown };
    let after = raw.get(call.span.range().end..).unwrap_or_default();
    match tag(call.name.of(raw), argument.value.of(raw), page, sources, site) {
        Evaluated::Source { path, tail } => Evaluated::Source { path, tail: format!("{tail}{after}") },
        Evaluated::Destination(text) => Evaluated::Destination(format!("{text}{after}")),
        other => other,
    }
}

/// The post of a slug, or of a title.
fn post<'s>(wanted: &str, sources: &'s dyn Sources, site: &Site) -> Option<&'s PageFacts> {
    let posts = site.posts.get_or_init(|| Posts::of(sources, |page| site.slug(page)));
    sources.pages().get(posts.number(wanted)?)
}

/// A file that lies where a path leads from the page's own file: `hexo-asset-link` makes its address of it, and so links
/// work in editors, too.
#[must_use]
pub fn beside(path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
    let clean = path.strip_prefix("./").unwrap_or(path);
    let file = join(parent(&page.path), clean);
    let there = !path.starts_with('/') && sources.has(&file) && sources.page(&file).is_none();
    there.then_some(Evaluated::Source { path: file, tail: String::new() })
}

/// True for what the renderer puts the site's root before, whether it is there or not: images of Markdown, not links.
#[must_use]
pub fn puts_root(site: &Site, kind: LinkKind) -> bool {
    kind == LinkKind::Image && site.config().roots_images && !site.config().root.is_empty() && !site.rewrites_images()
}

/// Where an image of Markdown is looked for when its path is relative: among the post's assets, then from the root.
#[must_use]
pub fn image(path: &str, page: &PageFacts, sources: &dyn Sources, site: &Site) -> Option<Evaluated> {
    let config = site.config();
    let relative = !path.starts_with(['/', '\\']) && !path.contains("//") && matches!(shape(path), Shape::Path { .. });
    if path.starts_with('/') && puts_root(site, LinkKind::Image) {
        return matches!(shape(path), Shape::Path { .. })
            .then(|| Evaluated::Destination(format!("{}{path}", config.root)));
    }
    if !relative {
        return None;
    }
    let post = matches!(page.kind, Kind::Post | Kind::Draft);
    let decoded = crate::site::destination::decode(path);
    let clean = decoded.trim_start_matches("./");
    if config.post_assets && post && (config.post_asset_images || site.rewrites_images()) {
        let beside = format!("{}/{clean}", without_extension(&page.path));
        if sources.has(&beside) {
            return Some(Evaluated::Source { path: beside, tail: String::new() });
        }
    }
    if site.is_path_of_sources(clean) && sources.has(clean) {
        return Some(Evaluated::Destination(format!("{}/{path}", config.root)));
    }
    if site.rewrites_images() {
        // A plugin changes the paths of images in ways of its own; one that lies where the page is needs no plugin.
        let folder = crate::discover::parent(&page.path);
        let beside = crate::site::destination::join(&format!("/{folder}"), clean);
        let beside = beside.as_deref().map(|path| path.trim_start_matches('/')).filter(|path| sources.has(path));
        return Some(match beside {
            Some(path) => Evaluated::Source { path: path.to_owned(), tail: String::new() },
            None => Evaluated::Unknown,
        });
    }
    // Where the path begins at the page, a file that lies nowhere is missing all the same.
    let nowhere = || {
        let name = crate::generators::wikilinks::key(crate::discover::file_name(clean));
        config.renderer == Renderer::Marked && sources.named(&name).is_empty()
    };
    (config.prepend_root || nowhere()).then(|| Evaluated::Destination(format!("{}/{path}", config.root)))
}
