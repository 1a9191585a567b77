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

    fn load(&self, _folder: &Folder<'_>, _now: DateTime) -> Loaded {
        Loaded { model: model(), problems: Vec::new() }
    }
}

/// The model of any such folder.
#[must_use]
pub fn model() -> Box<dyn Model> {
    let settings = Settings {
        dialect: Dialect::COMMONMARK,
        heading_ids: heading_ids::Algorithm::GithubSlugger,
        yaml: YamlDialect::JsYaml4,
        folders: true,
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
