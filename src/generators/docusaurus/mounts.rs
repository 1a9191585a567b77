//! Which file belongs to which content plugin, version and language.

use crate::hash::{Map, Set};

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::config::{Config, Instance};
use super::content::Content;
use crate::discover::{extension, file_name, join};
use crate::generators::Folder;

/// A folder of content.
#[derive(Debug, Clone)]
struct Mount {
    folder: String,
    instance: usize,
    version: usize,
    /// Number of its language; 0 is the default one.
    locale: usize,
}

/// All folders of content.
#[derive(Debug)]
pub struct Mounts {
    all: Vec<Mount>,
    /// For each plugin what it takes and what it leaves.
    globs: Vec<(Option<GlobSet>, Option<GlobSet>)>,
}

/// A content file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Located<'p> {
    /// The number of its plugin.
    pub instance: usize,
    /// The number of its version.
    pub version: usize,
    /// The number of its language.
    pub locale: usize,
    /// The folder of content that it lies in.
    pub folder_len: usize,
    /// Its path below that folder.
    pub inside: &'p str,
}

impl Mounts {
    /// Lists them.
    #[must_use]
    pub fn new(config: &Config) -> Mounts {
        let mut all = Vec::new();
        for (number, instance) in config.instances.iter().enumerate() {
            for (version, one) in instance.versions.iter().enumerate() {
                all.push(Mount { folder: one.folder.clone(), instance: number, version, locale: 0 });
                for (locale, language) in config.locales.iter().enumerate() {
                    let folder = join(&config.i18n, &format!("{}/{}", language.folder, instance.translations()));
                    let docs = instance.content == Content::Docs;
                    let folder = if docs { join(&folder, &one.translated) } else { folder };
                    all.push(Mount { folder, instance: number, version, locale });
                }
            }
        }
        let globs = config.instances.iter().map(|instance| (set(&instance.include), set(&instance.exclude))).collect();
        Mounts { all, globs }
    }

    /// Originals that a translation into the default language stands for, and the number of the language in which each
    /// is published instead: the first without a translation of its own, if there is one.
    ///
    /// Source: `getContentPathList`: the folder of translations is asked first, in the default language too.
    #[must_use]
    pub fn replaced(&self, files: &Folder<'_>) -> Map<String, Option<usize>> {
        let mut all = Map::default();
        for (at, original) in self.all.iter().enumerate() {
            let same = |other: &&Mount| other.instance == original.instance && other.version == original.version;
            let others: Vec<&Mount> = self.all.iter().skip(at + 1).filter(same).collect();
            let Some(default) = others.first().filter(|other| other.locale == 0) else { continue };
            let is_first = !self.all.iter().take(at).any(|other| same(&other));
            for path in files.below(&default.folder).filter(|_| is_first) {
                let inside = path.get(default.folder.len() + 1..).unwrap_or_default();
                let untranslated = |mount: &&&Mount| mount.locale > 0 && !files.has(&join(&mount.folder, inside));
                let other = others.iter().find(untranslated).map(|mount| mount.locale);
                all.insert(join(&original.folder, inside), other);
            }
        }
        all
    }

    /// Translations of what is not there any more: only originals are listed, so these are published nowhere. Where the
    /// folder of originals is not in the repository, something makes it, and they may have theirs.
    ///
    /// Source: `readVersionDocs`, `generateBlogPosts` and `loadPagesContent` list the folder of originals alone.
    #[must_use]
    pub fn orphans(&self, files: &Folder<'_>) -> Set<String> {
        let mut all = Set::default();
        for (at, mount) in self.all.iter().enumerate() {
            let same = |other: &&Mount| other.instance == mount.instance && other.version == mount.version;
            let Some(original) = self.all.iter().take(at).find(same) else { continue };
            if files.below(&original.folder).next().is_none() {
                continue;
            }
            let inside = |path: &str| path.get(mount.folder.len() + 1..).map(|inside| join(&original.folder, inside));
            let lost = |path: &&str| inside(path).is_some_and(|original| !files.has(&original));
            all.extend(files.below(&mount.folder).filter(lost).map(str::to_owned));
        }
        all
    }

    /// The place of a file; nothing when no plugin reads it.
    #[must_use]
    pub fn locate<'p>(&self, path: &'p str, config: &Config) -> Option<Located<'p>> {
        let inside = |mount: &Mount| match mount.folder.as_str() {
            "" => Some(path),
            folder => path.strip_prefix(folder)?.strip_prefix('/'),
        };
        let mounts = self.all.iter().filter_map(|mount| Some((mount, inside(mount)?)));
        let (mount, inside) = mounts.max_by_key(|(mount, _)| mount.folder.len())?;
        let instance = config.instances.get(mount.instance)?;
        let at = Located {
            instance: mount.instance,
            version: mount.version,
            locale: mount.locale,
            folder_len: mount.folder.len(),
            inside,
        };
        self.takes(inside, mount.instance, instance).then_some(at)
    }

    fn takes(&self, inside: &str, number: usize, instance: &Instance) -> bool {
        let Some((include, exclude)) = self.globs.get(number) else { return false };
        let included = match include {
            Some(globs) => globs.is_match(inside),
            None => match &*extension(inside) {
                "md" | "mdx" => true,
                "js" | "jsx" | "ts" | "tsx" => instance.content == Content::Pages,
                _ => false,
            },
        };
        let excluded = match exclude {
            Some(globs) => globs.is_match(inside),
            None => {
                let code = matches!(&*extension(inside), "js" | "jsx" | "ts" | "tsx");
                let test = code && file_name(inside).contains(".test.");
                test || inside.split('/').any(|part| part.starts_with('_'))
            }
        };
        included && !excluded
    }

    /// The folders in which a plugin looks a Markdown link up that is written from the top: translations first.
    pub fn folders(&self, at: Located<'_>) -> impl Iterator<Item = &str> {
        let same = move |mount: &&Mount| mount.instance == at.instance && mount.version == at.version;
        let own = self.all.iter().filter(same).filter(move |mount| mount.locale == at.locale && at.locale > 0);
        let default = self.all.iter().filter(same).filter(|mount| mount.locale == 0);
        own.chain(default).map(|mount| mount.folder.as_str())
    }
}

fn set(globs: &Option<Vec<String>>) -> Option<GlobSet> {
    let mut builder = GlobSetBuilder::new();
    for glob in globs.as_ref()? {
        builder.add(Glob::new(glob).ok()?);
    }
    builder.build().ok()
}
