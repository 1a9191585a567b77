//! The list of sources, read from `SOURCES.md`, and the paragraphs found in them.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

use postlint::language::{Language, Model};

use crate::prose;

/// A folder of data that the repository keeps.
pub const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/data/language");

/// One paragraph of at least 80 characters.
pub struct Paragraph {
    pub text: String,
    pub file: PathBuf,
    /// Every fifth file is kept from fitting and used to set the thresholds.
    pub calibrates: bool,
}

pub type Paragraphs = BTreeMap<Language, Vec<Paragraph>>;

/// All paragraphs of one section of `SOURCES.md`, at most `cap` per language and repository.
pub fn read(checkouts: &Path, section: &str, cap: usize) -> io::Result<Paragraphs> {
    let list = fs::read_to_string(Path::new(DATA).join("SOURCES.md"))?;
    let part = list.split("\n## ").find_map(|part| part.strip_prefix(section)).unwrap_or_default();
    let mut all = Paragraphs::new();
    let mut seen = HashSet::new();
    for row in part.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let [repository, _, folder, _, languages] = cells.as_slice() else { continue };
        let languages: Vec<Language> = languages.split(' ').filter_map(Language::from_tag).collect();
        let root = checkouts.join(repository.replace('/', "+"));
        let steps: Vec<&str> = folder.split('/').collect();
        let mut found: BTreeMap<Language, Vec<Paragraph>> = BTreeMap::new();
        for (folder, language) in folders(&root, &steps, (languages.len() == 1).then(|| languages[0])) {
            if languages.contains(&language) {
                collect(&folder, &mut seen, found.entry(language).or_default())?;
            }
        }
        for (language, mut paragraphs) in found {
            paragraphs.sort_by_key(|paragraph| number(&paragraph.text));
            paragraphs.truncate(cap);
            all.entry(language).or_default().extend(paragraphs);
        }
    }
    Ok(all)
}

/// True when the model takes the text for the language it should be in.
pub fn confirmed(text: &str, language: Language) -> bool {
    let Some(model) = Model::embedded() else { return true };
    let meaning = model.meaning([text].into_iter(), &mut Default::default());
    model.best(&meaning, 0.0).is_some_and(|(best, _)| best.agrees_with(language))
}

/// True when no part of the text is surely in another language: half-translated paragraphs speak for both.
pub fn pure(text: &str, language: Language, model: &Model) -> bool {
    let parts = (text.len() / 100).max(2);
    let border = |part: usize| text.floor_char_boundary(text.len() * part / parts);
    let part_is_pure = |part: usize| {
        let meaning = model.meaning([&text[border(part)..border(part + 1)]].into_iter(), &mut Default::default());
        model.best(&meaning, 0.4).is_none_or(|(best, _)| best.agrees_with(language))
    };
    confirmed(text, language) && (0..parts).all(part_is_pure)
}

/// A number that is the same in every run and has nothing to do with the order of the files.
pub fn number(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

fn folders(root: &Path, steps: &[&str], language: Option<Language>) -> Vec<(PathBuf, Language)> {
    let Some((step, rest)) = steps.split_first() else {
        return language.map(|language| (root.to_owned(), language)).into_iter().collect();
    };
    if !step.contains(['*', '{']) {
        return folders(&root.join(step), rest, language);
    }
    let mut names: Vec<PathBuf> = fs::read_dir(root)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    names.sort();
    let below = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?;
        let language = match step.split_once("{tag}") {
            Some((before, after)) => {
                Some(Language::from_tag(name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after))?)?)
            }
            None => language,
        };
        Some(folders(path, rest, language))
    };
    names.iter().filter_map(below).flatten().collect()
}

fn collect(folder: &Path, seen: &mut HashSet<u64>, into: &mut Vec<Paragraph>) -> io::Result<()> {
    for file in prose::pages(folder) {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let calibrates = number(file.file_name()) % 5 == 0;
        for paragraph in prose::paragraphs(&text).into_iter().filter(|text| text.chars().count() >= 80) {
            if seen.insert(number(&paragraph)) {
                into.push(Paragraph { text: paragraph, file: file.clone(), calibrates });
            }
        }
    }
    Ok(())
}
