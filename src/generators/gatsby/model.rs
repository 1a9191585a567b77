//! One Gatsby site: its answers to postlint's questions.

use super::config::Config;
use super::made::Address;
use super::queries::Condition;
use crate::discover::{extension, file_name, join};
use crate::generators::beside::Beside;
use crate::generators::heading_ids::Algorithm;
use crate::generators::jsx::{self, Meant};
use crate::generators::kebab_case::kebab_case;
use crate::generators::{Evaluated, Folder, Model, Registries, Role, Settings, Sources, heading_ids, wikilinks};
use crate::page::dialect::{Dialect, ExplicitIds};
use crate::page::front_matter::{DateReader, Dialect as YamlDialect, NotADate, read_date};
use crate::page::links::{Link, LinkKind, Origin};
use crate::site::destination::{self, Shape, decode};
use crate::site::facts::{Kind, PageFacts, Place, Published};

/// Ids of headings in MDX, whose plugin for them may be of any version.
const MDX: &[Algorithm] = &[
    Algorithm::GithubSlugger,
    Algorithm::GatsbyAutolink,
    Algorithm::GatsbyAutolinkTypographic,
    Algorithm::GatsbyAutolinkOld,
    Algorithm::GatsbyAutolinkTypographicOld,
];

/// A configured Gatsby site.
pub struct Site {
    config: Config,
    settings: Settings,
    pictures: Beside,
}

impl Site {
    /// Takes the configuration.
    #[must_use]
    pub fn new(_folder: &Folder<'_>, config: Config) -> Site {
        let mut notes = Vec::new();
        if config.made.unknown {
            notes.push("addresses are made by the site's own code; `site.permalinks` can say them".to_owned());
        }
        let ids = config.heading_ids || config.ids_unknown;
        let settings = Settings {
            url: config.url.clone(),
            base_path: config.base_path.clone(),
            heading_ids: if ids { config.algorithm } else { heading_ids::Algorithm::None },
            ids_respelt: config.ids_respelt,
            // MDX 2 knows tags from text.
            also_ids: match (ids, config.mdx) {
                (false, _) => &[],
                (true, true) if config.also_ids.is_empty() => &[heading_ids::Algorithm::GithubSlugger],
                (true, true) => MDX,
                (true, false) => config.also_ids,
            },
            dialect: Dialect {
                explicit_ids: if config.custom_ids { ExplicitIds::Docusaurus } else { ExplicitIds::None },
                footnotes_end_with_their_line: config.old_remark,
                emoji: config.emoji,
                ..Dialect::COMMONMARK
            },
            yaml: YamlDialect::JsYaml3,
            public: vec![join(&config.site, "static"), config.site.clone()],
            notes,
            ..Settings::default()
        };
        Site { config, settings, pictures: Beside::default() }
    }

    /// The path below the folder of content that a file lies in, and that folder's name.
    fn inside<'p>(&self, path: &'p str) -> Option<(&str, &'p str)> {
        let below = |folder: &'_ String| path.strip_prefix(folder.as_str())?.strip_prefix('/');
        let found = self.config.content.iter().filter_map(|folder| Some((folder.as_str(), below(folder)?)));
        found.max_by_key(|(folder, _)| folder.len())
    }

    /// The path below a folder of the configuration's own.
    fn below<'p>(&self, folder: &str, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(join(&self.config.site, folder).as_str())?.strip_prefix('/')
    }

    fn path(&self, page: &PageFacts) -> Option<String> {
        let by_path = |inside: &str| {
            let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
            match stem.strip_suffix("index") {
                Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
                _ => format!("/{stem}/"),
            }
        };
        if let Some(inside) = self.below("src/pages", &page.path) {
            return Some(by_path(inside));
        }
        if !self.is_asked_for(&page.path) {
            return None;
        }
        match &self.config.address {
            Address::Path => {
                let path = by_path(behind(&self.config.cut, self.inside(&page.path)?.1));
                let prefix = self.config.prefix.trim_matches('/');
                Some(if prefix.is_empty() { path } else { format!("/{prefix}{path}") })
            }
            Address::Key(key) => {
                let written = format!("{}{}", self.config.prefix, page.key(key)?.text()?);
                let path = written.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
                Some(if path.is_empty() { "/".to_owned() } else { format!("/{path}/") })
            }
            Address::Kebab(key) => {
                let name = kebab_case(page.key(key)?.text()?);
                let prefix = self.config.prefix.trim_matches('/');
                (!name.is_empty()).then(|| format!("/{prefix}/{name}/"))
            }
            Address::Unknown => None,
        }
    }

    /// True for a file that the queries for pages take, as far as its path decides.
    fn is_asked_for(&self, path: &str) -> bool {
        let only = &self.config.only;
        only.is_empty() || only.iter().any(|part| format!("/{path}").contains(part.as_str()))
    }

    /// True when it cannot be told which ids the headings get.
    fn ids_unknown(&self) -> bool {
        self.config.ids_unknown && !self.config.heading_ids
    }

    /// True for a path from the root that leads to a file when it is taken from the page's folder.
    fn is_beside(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> bool {
        let file = jsx::beside(decode(path).trim_start_matches('/'), page);
        file.is_some_and(|file| !matches!(&*extension(&file), "" | "md" | "markdown" | "mdx") && sources.has(&file))
    }

    /// True for a Markdown link without the site's prefix, which gets it.
    fn lacks_prefix(&self, link: &Link, path: &str) -> bool {
        let base = &self.config.base_path;
        let markdown = matches!(link.origin, Origin::Inline | Origin::Reference { .. });
        let adds = !base.is_empty() && self.config.old_remark && markdown && link.kind == LinkKind::Link;
        adds && destination::below(path, base).is_none()
    }

    /// gatsby-remark-relative-images before 0.3 takes any file of an image's name, wherever its path leads.
    fn found_by_name(&self, link: &Link, sources: &dyn Sources) -> Option<Evaluated> {
        let image = link.kind == LinkKind::Image && self.config.images_by_name;
        let Shape::Path { path, .. } = destination::shape(&link.destination) else { return None };
        let path = image.then(|| decode(path))?;
        let name = file_name(&path);
        let found = sources.named(&wikilinks::key(name)).iter().find(|file| file_name(file) == name)?;
        Some(Evaluated::Source { path: found.to_string(), tail: String::new() })
    }

    /// A file that a page names by its path.
    fn file(&self, written: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        match jsx::beside(written, page) {
            Some(file) => {
                let exists = sources.has(&file);
                match in_static(written, page, sources).filter(|_| !exists) {
                    Some(file) => Evaluated::Source { path: file, tail: String::new() },
                    None => jsx::file(file, exists, String::new()),
                }
            }
            None => Evaluated::Unknown,
        }
    }
}

/// What the plugins do not find they leave as it is, and a browser asks for it from the page's address: a file of `static/` may
/// be there.
fn in_static(written: &str, page: &PageFacts, sources: &dyn Sources) -> Option<String> {
    let address = destination::join(page.place.url.as_deref()?, written)?;
    let file = format!("static{address}");
    sources.has(&file).then_some(file)
}

/// A path from a folder on, where `../` in it vanishes: what both begin with is cut off.
///
/// Source: gatsby-source-filesystem 5.14 `create-file-path.js`.
fn behind<'p>(folder: &str, path: &'p str) -> &'p str {
    let mut rest = path;
    for part in folder.split('/') {
        match rest.strip_prefix(part).and_then(|rest| rest.strip_prefix('/')) {
            Some(inside) => rest = inside,
            None => break,
        }
    }
    rest
}

impl Model for Site {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn role(&self, path: &str) -> Role {
        if let Some(rest) = self.below("static", path) {
            return Role::Asset(format!("/{rest}"));
        }
        let ext = extension(path);
        let page = Role::Page { kind: Kind::Page, collection: "pages".into() };
        if let Some(inside) = self.below("src/pages", path) {
            let code = matches!(&*ext, "js" | "jsx" | "ts" | "tsx" | "mdx" | "md" | "markdown")
                && !inside.contains(['{', '[']);
            return if code { page } else { Role::Internal };
        }
        let Some((folder, inside)) = self.inside(path).filter(|_| matches!(&*ext, "md" | "markdown" | "mdx")) else {
            return Role::Internal;
        };
        let stem = file_name(inside).split('.').next();
        if self.config.only_index && stem != Some("index") {
            return Role::Internal;
        }
        let collection = match inside.split_once('/') {
            Some((first, _)) if matches!(file_name(folder), "content" | "src") => first,
            _ => file_name(folder),
        };
        let post = matches!(collection, "blog" | "posts" | "post" | "articles" | "news") && self.is_asked_for(path);
        Role::Page { kind: if post { Kind::Post } else { Kind::Page }, collection: collection.into() }
    }

    fn registries(&self, _: &Folder<'_>, _: &[PageFacts]) -> Registries {
        // The elements that Gatsby puts around every page.
        let ids = ["___gatsby", "gatsby-focus-wrapper", "gatsby-announcer"].map(str::to_owned).into_iter().collect();
        Registries { ids, ..Registries::default() }
    }

    fn may_lack(&self, _: &PageFacts, key: &str) -> bool {
        self.config.optional.contains(key)
    }

    fn place(&self, page: &PageFacts) -> Place {
        let written = page.key("date").and_then(|key| key.text());
        let date = written.and_then(|text| match read_date(text, DateReader::JavaScript) {
            Ok(when) | Err(NotADate::OtherSpelling(when)) => Some(when.date.to_datetime(when.time.unwrap_or_default())),
            Err(_) => None,
        });
        let refused =
            |one: &&Condition| page.key(&one.key).and_then(|own| own.text()).is_some_and(|own| one.refuses(own));
        let in_pages = self.below("src/pages", &page.path).is_some();
        let refused = self.config.asks_for.iter().find(refused).filter(|_| !in_pages);
        let published = match refused.map(|one| one.key.as_str()) {
            None => Published::Yes,
            Some("draft" | "published") => Published::Draft,
            Some(_) => Published::Never,
        };
        let Some(path) = self.path(page) else { return Place { published, date, ..Place::default() } };
        let bare = path.trim_end_matches('/');
        // A path that ends so is the file's own name.
        if [".html", ".htm"].iter().any(|ending| bare.to_ascii_lowercase().ends_with(ending)) {
            return Place {
                url: Some(bare.to_owned()),
                output: Some(bare.to_owned()),
                published,
                date,
                ..Place::default()
            };
        }
        let output = if bare == "/404" { "/404.html".to_owned() } else { format!("{bare}/index.html") };
        let url = if self.config.trailing_slash || bare.is_empty() { format!("{bare}/") } else { bare.to_owned() };
        // A key that is not there is left to the query's own way with nulls.
        Place { url: Some(url), output: Some(output), published, date, ..Place::default() }
    }

    fn generates(&self, path: &str) -> bool {
        matches!(
            path,
            "/rss.xml" | "/sitemap.xml" | "/sitemap-index.xml" | "/manifest.webmanifest" | "/robots.txt" | "/feed.xml"
        ) || path.starts_with("/sitemap/")
    }

    fn reads_by_new_date(&self, _page: &PageFacts, _key: &str) -> bool {
        self.config.dates_by_new_date
    }

    fn may_make(&self, path: &str) -> bool {
        self.config.made.may_hold(path)
    }

    fn link(&self, link: &Link, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        match &link.origin {
            Origin::Parameter { .. } | Origin::Email | Origin::Autolink | Origin::Bare => return None,
            Origin::Import { .. } => return Some(self.file(&link.destination, page, sources)),
            Origin::FrontMatter { .. } => return self.pictures.evaluate(link, page, sources),
            _ => {}
        }
        if link.is_dynamic() {
            return Some(match jsx::meant(&link.destination, page) {
                Meant::Address(address) => Evaluated::Destination(address),
                Meant::File(file) => self.file(&file, page, sources),
                Meant::Unknown => Evaluated::Unknown,
            });
        }
        if let Some(found) = self.found_by_name(link, sources) {
            return Some(found);
        }
        match destination::shape(&link.destination) {
            // Which plugin gives ids to headings is the theme's affair.
            Shape::Fragment(_) if self.ids_unknown() => Some(Evaluated::Unknown),
            // The plugins for pictures and files join every path without a scheme to the page's folder.
            // Source: `gatsby-remark-images` 3.1 and `gatsby-remark-copy-linked-files` 2.10, `path.join(parent.dir, url)`.
            Shape::Path { path, .. } if path.starts_with('/') && self.is_beside(path, page, sources) => {
                Some(self.file(decode(path).trim_start_matches('/'), page, sources))
            }
            // gatsby-transformer-remark puts the prefix before every link from the root.
            Shape::Path { path, fragment } if path.starts_with('/') && self.lacks_prefix(link, path) => {
                let fragment = fragment.filter(|_| !self.ids_unknown());
                let tail = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
                Some(Evaluated::Destination(format!("{}{path}{tail}", self.config.base_path)))
            }
            Shape::Path { path, fragment } if path.starts_with('/') => {
                (self.ids_unknown() && fragment.is_some()).then(|| Evaluated::Destination(path.to_owned()))
            }
            Shape::Path { path, fragment } => {
                let path = decode(path);
                if matches!(&link.origin, Origin::Html(place) if place.tag == "other") {
                    return Some(Evaluated::Unknown);
                }
                let markdown = matches!(link.origin, Origin::Inline | Origin::Reference { .. });
                if link.kind == LinkKind::Image && markdown && extension(&path).is_empty() {
                    // The plugin compares the whole name, with its ending.
                    let wanted = jsx::beside(&path, page).filter(|file| !sources.has(file))?;
                    if in_static(&path, page, sources).is_some() {
                        return None;
                    }
                    return Some(Evaluated::NoSource { wanted });
                }
                if link.kind == LinkKind::Image {
                    return Some(self.file(&path, page, sources));
                }
                // Files beside the page are copied, and paths of Markdown files turned into addresses by plugins.
                let file = jsx::beside(&path, page).filter(|file| sources.has(file))?;
                let fragment = fragment.filter(|_| !self.ids_unknown());
                let tail = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
                Some(Evaluated::Source { path: file, tail })
            }
            _ => None,
        }
    }
}
