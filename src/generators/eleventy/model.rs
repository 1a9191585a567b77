//! One Eleventy site: its answers to postlint's questions.

use crate::hash::Set;

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::code::Code;
use super::config::{Config, Copied};
use super::data_files::{DataFiles, Datum, global};
use super::layouts::Layouts;
use super::paths::{TEMPLATES, below, day, rooted, undated, usual};
use super::permalink_code::{Function, Made};
use super::script_pages::ScriptPages;
use super::{links, permalink, plugins, redirects};
use crate::discover::{extension, file_name, join, parent, without_extension};
use crate::generators::template_files::TemplateFiles;
use crate::generators::{Evaluated, Folder, Model, Registries, Role, Settings, Sources};
use crate::page::dialect::{AttributeLists, Dialect, ExplicitIds, Linkify, Templates};
use crate::page::front_matter::{DateReader, Dialect as YamlDialect, NotADate, ScalarType, read_date};
use crate::site::destination;
use crate::site::facts::{Kind, PageFacts, Place, Published, Value};

/// A configured Eleventy site.
pub struct Site {
    config: Config,
    code: Code,
    data: DataFiles,
    layouts: Layouts,
    templates: TemplateFiles,
    settings: Settings,
    /// A plugin of the site's own puts the text of pictures into pages.
    embeds_pictures: bool,
    scripts: ScriptPages,
    /// Names of all files where code decides which of them is copied where; elsewhere none.
    copied_by_code: Set<String>,
}

impl Site {
    /// Takes the configuration and reads the data that it points to.
    #[must_use]
    pub fn new(folder: &Folder<'_>, config: Config, code: Code) -> Site {
        let data = DataFiles::read(folder, &config.input);
        let layouts = Layouts::read(folder, config.layouts.iter().map(String::as_str), &code);
        let files = config.layouts.iter().flat_map(|layouts| folder.below(layouts));
        let is_template = |path: &&str| matches!(&*extension(path), "html" | "liquid" | "njk" | "webc" | "vto");
        let templates = TemplateFiles::read(folder, files.filter(is_template));
        let mut notes = Vec::new();
        if config.makes_pages {
            notes.push("the configuration makes pages that no file shows".to_owned());
        }
        if config.copies_more {
            notes.push("other programs or code may copy further files".to_owned());
        }
        let scripts = ScriptPages::read(folder, &config);
        let global = |names: &[&str]| global(folder, &config.data, names);
        let url = global(&["url", "host", "baseUrl", "baseURL", "siteUrl", "siteURL", "origin"]);
        let changes = code.changes();
        notes.extend(changes.note());
        let settings = Settings {
            url: url.filter(|url| url.contains("://")).map(|url| url.trim_end_matches('/').to_owned()),
            base_path: config.prefix.clone(),
            language: global(&["lang", "language", "locale"]),
            dialect: Dialect {
                templates: if config.markdown_templates { Templates::Liquid } else { Templates::None },
                template_comments: config.template_comments,
                linkify: if config.linkify { Linkify::LinkifyIt } else { Linkify::None },
                explicit_ids: if config.attributes { ExplicitIds::Attributes } else { ExplicitIds::None },
                attribute_lists: if config.attributes { AttributeLists::Braces } else { AttributeLists::None },
                footnotes: code.says("markdown-it-footnote"),
                ..Dialect::COMMONMARK
            },
            heading_ids: config.ids,
            yaml: YamlDialect::JsYaml3,
            extensionless: true,
            makes_pages: config.makes_pages || scripts.open,
            public: std::iter::once(config.input.clone()).chain(config.copied_to_the_root()).collect(),
            redirects: redirects::files(folder, &config, "_redirects"),
            rewrites: redirects::files(folder, &config, ".htaccess"),
            also_ids: plugins::ids(&config, &code),
            // A path from the root is one below the folder of sources for the plugin that takes up all images of a page.
            resources: config.image_plugin.then(|| config.input.clone()),
            changes,
            notes,
            ..Settings::default()
        };
        let by_code = folder.below("").filter(|_| config.copies_by_code);
        let copied_by_code = by_code.map(|path| file_name(path).to_owned()).collect();
        let embeds_pictures = code.embeds_pictures();
        Site { config, code, data, layouts, templates, settings, scripts, embeds_pictures, copied_by_code }
    }

    /// A page's path below the folder of sources.
    fn inside<'a>(&self, path: &'a str) -> Option<&'a str> {
        below(path, &self.config.input)
    }

    fn value(&self, page: &PageFacts, key: &str) -> Option<Datum> {
        match page.key(key) {
            Some(own) => match &own.value {
                Value::Scalar(scalar) if scalar.ty == ScalarType::Bool(false) => Some(Datum::No),
                Value::Scalar(scalar) if scalar.ty == ScalarType::Null => None,
                Value::Scalar(scalar) => Some(Datum::Text(scalar.text.to_string())),
                Value::Null => None,
                _ => Some(Datum::Unknown),
            },
            None => {
                let data = self.data.get(without_extension(&page.path), key).cloned();
                let layout = if key == "layout" || data.is_some() { None } else { self.value(page, "layout") };
                match layout {
                    Some(Datum::Text(layout)) => self.layouts.get(&layout, key).cloned(),
                    _ => data,
                }
            }
        }
    }

    fn date(&self, page: &PageFacts) -> Option<DateTime> {
        if let Some(key) = page.key("date") {
            let written = key.text()?;
            let when = match read_date(written, DateReader::JavaScript) {
                Ok(when) | Err(NotADate::OtherSpelling(when)) => when,
                Err(_) => return None,
            };
            let at = when.date.to_datetime(when.time.unwrap_or_default());
            return match when.offset {
                Some(offset) => {
                    let there = Offset::UTC.to_datetime(offset.to_timestamp(at).ok()?);
                    // Which zone the site's own code takes is not known.
                    (!self.config.reads_dates || there.date() == at.date()).then_some(there)
                }
                None => Some(at),
            };
        }
        let (_, day) = (0..page.path.len()).find_map(|at| Some((at, day(page.path.get(at..at + 10)?)?)))?;
        Some(day)
    }

    /// The date that a function takes: that of the file's name only where the page tells no other.
    fn date_for(&self, function: &Function, page: &PageFacts) -> Option<DateTime> {
        let found = self.date(page)?;
        let named = || (0..page.path.len()).find_map(|at| day(page.path.get(at..at + 10)?));
        let other = if function.dates_by_name && page.key("date").is_some() { named() } else { None };
        other.is_none_or(|other| other.date() == found.date()).then_some(found)
    }

    /// `page.fileSlug`, and `page.filePathStem` without its leading slash.
    fn names<'a>(&self, inside: &'a str) -> (&'a str, String) {
        let own = undated(without_extension(file_name(inside)));
        let slug = if own == "index" { undated(file_name(parent(inside))) } else { own };
        (slug, join(parent(inside), own))
    }

    /// One template makes a page of each entry of a list.
    fn is_paged(&self, page: &PageFacts) -> bool {
        self.value(page, "pagination").is_some()
    }

    fn function_may_leave_out(&self, page: &PageFacts) -> bool {
        let stem = without_extension(&page.path);
        let datum = self.data.computed(stem).or_else(|| self.data.get(stem, "permalink"));
        matches!(datum, Some(Datum::Function(function)) if function.may_leave_out())
    }

    /// The address below the base path, or the literal start of one that is made by code; nothing when none is written.
    fn address(&self, page: &PageFacts, first: bool) -> Option<Result<String, String>> {
        let inside = self.inside(&page.path).unwrap_or(&page.path);
        let computed = self.data.computed(without_extension(&page.path)).cloned();
        let written = page.key("eleventyComputed").is_some_and(|key| match &key.value {
            Value::Map(keys) => keys.iter().any(|key| &*key.name == "permalink"),
            _ => false,
        });
        let wanted = if written { Some(Datum::Unknown) } else { computed.or_else(|| self.value(page, "permalink")) };
        let wanted = wanted.or_else(|| self.config.computes_permalinks.then_some(Datum::Unknown));
        let (slug, path) = self.names(inside);
        let template = match wanted {
            Some(Datum::No) => return None,
            Some(Datum::Function(function)) => match function.of(page, slug, self.date_for(&function, page)) {
                Made::No => return None,
                Made::Path(path) => return Some(Ok(rooted(&path))),
                Made::Below(start) => return Some(Err(rooted(&start))),
                Made::Unknown => return Some(Err("/".to_owned())),
                Made::Usual => String::new(),
                Made::Own => match page.key("permalink").map(|_| self.value(page, "permalink")) {
                    Some(Some(Datum::Text(own))) => own,
                    Some(Some(Datum::No)) => return None,
                    Some(Some(_)) => return Some(Err("/".to_owned())),
                    Some(None) | None => String::new(),
                },
            },
            Some(Datum::Unknown) => return Some(Err("/".to_owned())),
            Some(Datum::Text(template)) if !template.is_empty() => template,
            Some(Datum::Text(_)) | None => return Some(Ok(usual(inside))),
        };
        let template = if template.is_empty() { return Some(Ok(usual(inside))) } else { template };
        let paged = self.is_paged(page);
        let template = if paged { permalink::of_page(template, first) } else { template };
        let key = |name: &str| match self.value(page, name) {
            Some(Datum::Text(text)) => Some(text),
            _ => None,
        };
        let asked =
            permalink::Page { slug, stem: &format!("/{path}"), date: self.date(page), key: &key, code: &self.code };
        Some(match permalink::expand(&template, &asked) {
            // A value with a slash at its end before another one: Eleventy writes a path, which has one.
            Ok(path) => Ok(rooted(&path.split("//").collect::<Vec<_>>().join("/"))),
            Err(start) => Err(rooted(&start)),
        })
    }
}

impl Model for Site {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    fn role(&self, path: &str) -> Role {
        let copied = self.copied(path);
        let internal = self.config.internal.iter().any(|folder| below(path, folder).is_some());
        let Some(inside) = self.inside(path).filter(|_| !internal) else {
            return copied.map_or(Role::Internal, Role::Asset);
        };
        let own = extension(path);
        let format = self.config.formats.iter().any(|format| *format == *own);
        // A template is rendered even where it is copied as well.
        let rendered = format && TEMPLATES.contains(&&*own) && !self.config.ignored.is_match(path);
        if let Some(to) = copied.filter(|_| !rendered) {
            return Role::Asset(to);
        }
        let name = file_name(path);
        if name.contains(".11ty.") || name.contains(".11tydata.") || self.config.ignored.is_match(path) {
            return Role::Internal;
        }
        if format && TEMPLATES.contains(&&*own) {
            let folder = inside.split_once('/').map_or("", |(folder, _)| folder);
            let posts = ["posts", "blog", "articles", "post", "_posts"];
            let post = parent(inside).split('/').any(|part| posts.contains(&part))
                || self.data.are_posts(without_extension(path));
            let kind = if post
                && own == "md"
                && without_extension(name) != "index"
                && without_extension(name) != file_name(parent(inside))
            {
                Kind::Post
            } else {
                Kind::Page
            };
            return Role::Page { kind, collection: folder.into() };
        }
        let source = matches!(&*own, "md" | "njk" | "liquid" | "js" | "mjs" | "cjs" | "ts" | "json" | "lock");
        if format || (self.config.copies_more && !source) {
            return Role::Asset(format!("/{inside}"));
        }
        Role::Internal
    }

    fn shows_body(&self, head: &str) -> bool {
        // `templateEngineOverride: njk` takes Markdown's turn, `njk,md` does not.
        let written = head.lines().find_map(|line| line.strip_prefix("templateEngineOverride:"));
        written.is_none_or(|engines| engines.trim().is_empty() || engines.contains("md"))
    }

    fn place(&self, page: &PageFacts) -> Place {
        let date = self.date(page);
        let draft =
            self.config.drafts && matches!(self.value(page, "draft"), Some(Datum::Text(word)) if word == "true");
        let published = if draft { Published::Draft } else { Published::Yes };
        match self.address(page, true) {
            None => Place { published: Published::Never, date, ..Place::default() },
            Some(Err(start)) => {
                Place { published, date, below: Some(start), makes_many: self.is_paged(page), ..Place::default() }
            }
            Some(Ok(path)) => {
                let output = if path.ends_with('/') { format!("{path}index.html") } else { path.clone() };
                let url = path.strip_suffix("index.html").filter(|url| url.ends_with('/')).unwrap_or(&path).to_owned();
                let others = || self.address(page, false).and_then(Result::err).unwrap_or_else(|| url.clone());
                let paged = self.is_paged(page).then(others);
                let doubtful = self.data.may_leave_out(page) || self.function_may_leave_out(page);
                Place {
                    url: Some(url),
                    output: Some(output),
                    published,
                    date,
                    below: paged,
                    doubtful,
                    ..Place::default()
                }
            }
        }
    }

    fn is_text(&self, _page: &PageFacts, key: &str) -> bool {
        self.config.reads_dates && key == "date"
    }

    fn registries(&self, _: &Folder<'_>, pages: &[PageFacts]) -> Registries {
        let TemplateFiles { ids, make_ids, blank, .. } = &self.templates;
        Registries {
            layouts: self.layouts.registry(&self.code, pages),
            ids: ids.clone(),
            layouts_make_ids: *make_ids,
            layouts_unseen: *blank,
            ..Registries::default()
        }
    }

    fn default_value(&self, page: &PageFacts, key: &str) -> Option<String> {
        match self.data.get(without_extension(&page.path), key)? {
            Datum::Text(text) => Some(text.clone()),
            Datum::No => Some("false".to_owned()),
            Datum::Function(_) | Datum::Unknown => None,
        }
    }

    fn language_of_data(&self, path: &str) -> Option<String> {
        match ["lang", "locale"].iter().find_map(|key| self.data.get(without_extension(path), key))? {
            Datum::Text(tag) => Some(tag.clone()),
            Datum::Function(_) | Datum::Unknown => Some("und".to_owned()),
            Datum::No => None,
        }
    }

    fn generates(&self, path: &str) -> bool {
        // Paths that the program names, such as that of a feed.
        let bare = path.trim_start_matches('/');
        self.scripts.has(path) || !extension(bare).is_empty() && !bare.ends_with(".html") && self.code.names_path(bare)
    }

    fn may_make(&self, path: &str) -> bool {
        self.may_make_file(path)
    }

    fn may_make_file(&self, path: &str) -> bool {
        // Code that runs behind the build writes a page once more, in another form, beside it.
        let is_other_form = || matches!(&*extension(path), "md" | "txt" | "json" | "xml");
        // A package that is installed before the build.
        let of_package = |copy: &&Copied| copy.from.starts_with("node_modules/") && copy.to.is_some();
        let mut packages = self.config.copied.iter().filter(of_package);
        let bare = path.trim_start_matches('/');
        self.copied_by_code.contains(file_name(path))
            || self.config.image_plugin && plugins::is_made_by_the_image_plugin(path)
            || self.config.makes_pages && is_other_form()
            || packages.any(|copy| copy.to.as_deref().is_some_and(|to| below(bare, to).is_some()))
    }

    fn evaluate(&self, raw: &str, page: &PageFacts, _sources: &dyn Sources) -> Evaluated {
        links::evaluate(raw, page, &self.config.prefix)
    }

    fn source_link(&self, path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        let is_template = TEMPLATES.contains(&&*extension(path));
        if self.config.copies_beside && !is_template && !path.starts_with('/') {
            let file = destination::join(&format!("/{}", parent(&page.path)), path)?.trim_start_matches('/').to_owned();
            return sources.has(&file).then(|| Evaluated::Source { path: file, tail: String::new() });
        }
        let wanted = self.config.path_links && is_template;
        wanted.then(|| links::source(path, page, sources, &self.config.input)).flatten()
    }

    fn image_link(&self, path: &str, html: bool, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
        // The file's text stands in the page; nothing is published at its path.
        let source = || join(&self.config.input, path.strip_prefix('/').unwrap_or_default());
        if self.embeds_pictures && !html && path.len() > 1 && path.starts_with('/') && sources.has(&source()) {
            return Some(Evaluated::Unknown);
        }
        self.config.image_plugin.then(|| links::image(path, page, sources, &self.config.input)).flatten()
    }
}

impl Site {
    /// Where a file is copied to.
    fn copied(&self, path: &str) -> Option<String> {
        self.config.copied.iter().find_map(|copy| {
            let rest = match &copy.glob {
                Some(glob) => glob.is_match(path).then_some(None)?,
                None if path == copy.from => None,
                None => Some(below(path, &copy.from)?),
            };
            let to = match (&copy.to, rest) {
                (None, _) => self.inside(path).unwrap_or(path).to_owned(),
                (Some(to), Some(rest)) => join(to, rest),
                (Some(to), None) if copy.glob.is_some() => join(to, file_name(path)),
                (Some(to), None) => to.clone(),
            };
            Some(format!("/{to}"))
        })
    }
}
