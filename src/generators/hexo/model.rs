//! A Hexo site's answers to postlint's questions.

use super::site::{Site, rooted};
use super::{links, paths};
use crate::discover::{file_name, inside};
use crate::generators::{Evaluated, Model, Role, Settings, Sources, brings_nothing};
use crate::page::links::{Link, Origin};
use crate::page::templates::TemplateCall;
use crate::site::facts::{Kind, PageFacts, Place};

impl Model for Site {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn default_value(&self, _page: &PageFacts, key: &str) -> Option<String> {
        (key == "layout").then(|| "post".to_owned())
    }

    fn role(&self, path: &str) -> Role {
        self.paths.role(path, &self.config)
    }

    fn place(&self, page: &PageFacts) -> Place {
        let date = self.date(page);
        let published = self.published(page, date);
        let url = match page.kind {
            Kind::Post | Kind::Draft => self.post_url(page, date),
            _ => Some(self.page_url(page)),
        };
        let output = url.as_ref().map(|url| match url.ends_with('/') {
            true => format!("{url}index.html"),
            false => url.clone(),
        });
        let below = match &url {
            None => Some(rooted(self.config.permalink.split(':').next().unwrap_or_default())),
            Some(url) => self.url_elsewhere(page, date).filter(|other| other != url),
        };
        let url = url.map(|url| url.strip_suffix("index.html").filter(|u| u.ends_with('/')).unwrap_or(&url).to_owned());
        Place { url, output, published, date, below, ..Place::default() }
    }

    fn generates(&self, path: &str) -> bool {
        let path = path.trim_start_matches('/');
        let list = |name: &String| !name.is_empty() && inside(path, name).is_some_and(|rest| !rest.is_empty());
        let made = ["atom.xml", "rss2.xml", "rss.xml", "feed.xml", "sitemap.xml", "sitemap.txt", "search.xml"];
        path.trim_end_matches('/') == self.config.index
            || path.is_empty()
            || self.notebooks.iter().any(|place| place == path.trim_end_matches('/'))
            || self.config.lists.iter().any(list)
            || self.config.lists.get(2).is_some_and(|archives| archives == path.trim_end_matches('/'))
            || inside(path, &self.config.index)
                .and_then(|path| inside(path, &self.config.pagination))
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            || made.contains(&path)
            || matches!(path, "search.json" | "content.json" | "index.html")
    }

    fn may_make_file(&self, path: &str) -> bool {
        let top = path.trim_start_matches('/').split_once('/').map(|(top, _)| top);
        let of_theme = |top: &str| self.own_tops.as_ref().is_some_and(|own| !own.contains(top));
        // A theme has a folder of sources as well, and its name is in no address either.
        if top.is_some_and(|top| of_theme(top) && !self.is_path_of_sources(path.trim_start_matches('/'))) {
            return true;
        }
        // `thumb_a.png` beside `a.png`.
        let name = file_name(path);
        self.config
            .picture_sizes
            .iter()
            .any(|size| name.strip_prefix(size.as_str()).is_some_and(|n| n.starts_with('_')))
    }

    fn evaluate(&self, raw: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        links::evaluate(raw, page, sources, self)
    }

    fn tag_link(&self, name: &str, argument: &str, page: &PageFacts, sources: &dyn Sources) -> Evaluated {
        links::tag(name, argument, page, sources, self)
    }

    fn image_link(&self, path: &str, html: bool, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        if html { None } else { links::image(path, page, sources, self) }
    }

    fn puts_base_before(&self, link: &Link) -> bool {
        !matches!(link.origin, Origin::Html(_)) && links::puts_root(self, link.kind)
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        if self.config.links_to_assets { links::beside(path, page, sources) } else { None }
    }

    fn brings_nothing(&self, call: &TemplateCall, text: &str) -> bool {
        let name = call.name.of(text);
        links::TAGS.contains(&name) || brings_nothing(name)
    }

    fn language_of_path<'a>(&'a self, path: &'a str) -> Option<&'a str> {
        let inside = inside(path, &self.config.source)?;
        let first = match self.config.language_dir.strip_suffix(":lang")? {
            "" => inside,
            folder => inside.strip_prefix(folder)?,
        };
        let first = first.strip_prefix(paths::POSTS).unwrap_or(first).split_once('/')?.0;
        self.language_folders.iter().any(|known| known == first).then_some(first)
    }
}
