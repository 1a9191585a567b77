//! What a Jekyll site says of itself before any page is read: its configuration, its folders, the programs that build it.

use super::config::Config;
use super::plugins;
use crate::discover::extension;
use crate::generators::template_files::TemplateFiles;
use crate::generators::{Folder, Settings, heading_ids, replacing_code};
use crate::language::tags;
use crate::page::dialect::Dialect;
use crate::page::front_matter::Dialect as YamlDialect;

/// The settings of a site.
pub fn of(folder: &Folder<'_>, config: &Config, templates: &TemplateFiles) -> Settings {
    let mut notes = Vec::new();
    let code = plugins::code_makes_pages(folder, config);
    if code {
        let dir = config.plugins_dirs.iter().find(|dir| folder.has_folder(dir)).map_or("_plugins", String::as_str);
        notes.push(format!("`{dir}/` holds code that may publish further pages"));
    }
    let gfm = config.input.as_ref().map_or_else(|| !is_before_three(folder), |input| input.eq_ignore_ascii_case("gfm"));
    let changes = replacing_code::changes_of(folder, "_plugins", "rb");
    notes.extend(changes.note());
    Settings {
        url: config.url.clone().or_else(|| cname(folder)),
        base_path: config.baseurl.clone(),
        language: config.language.clone(),
        languages: config.languages.clone(),
        dialect: match gfm {
            // What only kramdown reads counts too: it has long taken Redcarpet's place where GitHub builds the site.
            _ if config.redcarpet => Dialect { spaced_links: true, ..Dialect::KRAMDOWN_GFM },
            true => Dialect::KRAMDOWN_GFM,
            false => Dialect::KRAMDOWN,
        },
        heading_ids: match (config.auto_ids, gfm) {
            _ if config.redcarpet_ids => heading_ids::Algorithm::Redcarpet,
            // RDiscount and its like each had an algorithm of their own; scripts make ids where Redcarpet makes none.
            _ if !config.kramdown => heading_ids::Algorithm::Unknown,
            _ if plugins::code_makes_ids(folder) => heading_ids::Algorithm::Unknown,
            (false, _) => heading_ids::Algorithm::None,
            (true, true) => heading_ids::Algorithm::KramdownGfm,
            (true, false) => heading_ids::Algorithm::Kramdown,
        },
        leaves_out_ids: config.kramdown
            && !config.redcarpet_ids
            && !config.auto_ids
            && !plugins::code_makes_ids(folder),
        yaml: YamlDialect::Psych11,
        extensionless: true,
        makes_pages: code || plugins::gems_make_pages(config),
        more_comment: templates.more_comment || knows_more(folder, config),
        labels: plugins::labels(folder),
        changes,
        notes,
        ..Settings::default()
    }
}

/// Folders at the top that are named like languages and hold pages; none where there is only one.
pub fn language_folders(folder: &Folder<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for path in folder.below("") {
        if let Some((first, rest)) = path.split_once('/')
            && tags::is_folder_of_language(first)
            && rest.ends_with(".md")
            && found.last().is_none_or(|last| last != first)
        {
            found.push(first.to_owned());
        }
    }
    if found.len() < 2 {
        found.clear();
    }
    found
}

/// True when something gives `<!--more-->` a meaning: Jekyll itself does not, a theme from elsewhere may.
///
/// Source: the page "Posts" of Jekyll's documentation, "Post excerpts".
fn knows_more(folder: &Folder<'_>, config: &Config) -> bool {
    let named = |text: &str| text.contains("--more") || text.contains("-- more");
    let code = || {
        let top = folder.below("").filter(|path| !path.contains('/') && extension(path) == "html");
        // `split(/<!--\s*more\s*-->/i)` of Octopress.
        let named = |text: &str| named(text) || text.contains(r"--\s*more");
        plugins::code(folder, config).chain(top).any(|path| folder.read(path).is_some_and(|t| named(&t)))
    };
    config.theme || config.excerpt_separator.as_deref().is_some_and(named) || code()
}

/// True when the lock file, or where there is none the list of gems, names Jekyll 1 or 2.
///
/// Source: `Post#destination` of Jekyll 2.5.3; Jekyll 3 made posts documents.
pub fn is_before_three(folder: &Folder<'_>) -> bool {
    let Some(lock) = folder.read("Gemfile.lock") else {
        return folder.read("Gemfile").is_some_and(|gems| gems.lines().any(asks_for_before_three));
    };
    lock.lines()
        .filter_map(|line| line.trim().strip_prefix("jekyll ("))
        .any(|version| ["0.", "1.", "2."].iter().any(|old| version.starts_with(old)))
}

/// `gem 'jekyll', '~> 2.0.2'`, and not `>= 1.0`, which any version is.
fn asks_for_before_three(line: &str) -> bool {
    let mut parts = line.trim().split(['"', '\'']);
    let is_jekyll = parts.next().is_some_and(|word| word.trim() == "gem") && parts.next() == Some("jekyll");
    let version = parts.nth(1).unwrap_or_default();
    let exact = version.trim_start_matches("~>").trim_start_matches('=').trim_start();
    // The last part may rise: `~> 2` takes 3, too.
    let bounded = !version.starts_with("~>") || exact.contains('.');
    is_jekyll && bounded && ["0.", "1.", "2."].iter().any(|old| exact.starts_with(old))
}

/// GitHub Pages' own file with the site's domain.
fn cname(folder: &Folder<'_>) -> Option<String> {
    let text = folder.read("CNAME")?;
    let host = text.split_whitespace().next()?;
    Some(format!("https://{host}"))
}
