//! A folder of Markdown without a generator, as a code host or an editor shows it: links are paths of files.

use std::sync::LazyLock;

use jiff::civil::DateTime;

use super::data::Data;
use super::{Folder, Generator, Loaded, Model, Role, Settings, heading_ids};
use crate::discover::extension;
use crate::page::dialect::Dialect;
use crate::page::front_matter::Dialect as YamlDialect;
use crate::site::facts::{Kind, PageFacts, Place};

/// The generator that is none.
pub struct Plain;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::embedded("plain"));

impl Generator for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn data(&self) -> &'static Data {
        &DATA
    }

    fn detect(&self, _folder: &Folder<'_>) -> Option<String> {
        None
    }

    fn load(&self, folder: &Folder<'_>, _now: DateTime) -> Loaded {
        Loaded { model: model(is_built(folder)), problems: Vec::new() }
    }
}

/// What is said of a folder whose pages have front matter.
const UNKNOWN: &str = "most pages have front matter, so some generator builds this site, and postlint does not know it yet: links to its own pages and images are not judged";

/// True when most pages have front matter: nobody writes it for a code host, so something builds the site. The first
/// pages of the folder tell.
fn is_built(folder: &Folder<'_>) -> bool {
    const SAMPLE: usize = 40;
    let pages = folder.below("").filter(|path| DATA.markdown.contains(&extension(path)));
    let (mut fronts, mut all) = (0, 0);
    for page in pages.filter(|path| path.contains('/')).take(SAMPLE) {
        let text = folder.read(page).unwrap_or_default();
        let text = text.trim_start_matches('\u{feff}');
        fronts += usize::from(text.starts_with("---\n") || text.starts_with("---\r\n") || text.starts_with("+++"));
        all += 1;
    }
    fronts * 2 > all
}

/// The model of any such folder.
#[must_use]
pub fn model(unknown_generator: bool) -> Box<dyn Model> {
    let settings = Settings {
        dialect: Dialect::COMMONMARK,
        heading_ids: heading_ids::Algorithm::GithubSlugger,
        yaml: YamlDialect::JsYaml4,
        folders: true,
        unknown_generator,
        notes: unknown_generator.then(|| UNKNOWN.to_owned()).into_iter().collect(),
        ..Settings::default()
    };
    Box::new(PlainSite { settings })
}

struct PlainSite {
    settings: Settings,
}

impl Model for PlainSite {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn role(&self, path: &str) -> Role {
        if DATA.markdown.contains(&extension(path)) {
            Role::Page { kind: Kind::Loose, collection: "".into() }
        } else {
            Role::Asset(format!("/{path}"))
        }
    }

    fn place(&self, page: &PageFacts) -> Place {
        let path = format!("/{}", page.path);
        Place { url: Some(path.clone()), output: Some(path), ..Place::default() }
    }
}
