//! Whether anything makes redirects of `redirect_from` and `redirect_to`: Jekyll itself does not, a plugin does.
//!
//! Without it a former address is dead, and claims no address that another page has.
//!
//! Source: jekyll-redirect-from 0.16; `PluginManager#require_from_bundler` and `#require_theme_deps` of Jekyll 4.3, which
//! load the gems of the Gemfile's group `jekyll_plugins` and what the theme's gem needs.

use super::config::Config;
use crate::discover::extension;
use crate::generators::Folder;
use crate::generators::template_files::TemplateFiles;

/// The plugin.
const GEM: &str = "jekyll-redirect-from";

/// What becomes of the two keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redirects {
    /// Redirects are made.
    Made,
    /// They may be: another repository or another program knows.
    Unknown,
    /// Nothing reads the keys.
    Nothing,
}

impl Redirects {
    /// Of a site.
    #[must_use]
    pub fn of(folder: &Folder<'_>, config: &Config, templates: &TemplateFiles) -> Redirects {
        let says = |file: &str, word: &str| folder.read(file).is_some_and(|text| text.contains(word));
        let top = || folder.below("").filter(|path| !path.contains('/'));
        let gemspec = || top().filter(|path| extension(path) == "gemspec");
        if config.plugin(GEM) || ["Gemfile", "Gemfile.lock"].into_iter().chain(gemspec()).any(|file| says(file, GEM)) {
            return Redirects::Made;
        }
        // The gem of a theme brings its plugins along, and GitHub Pages has a list of its own.
        let theme_of_others = config.theme && gemspec().next().is_none() && !folder.has("Gemfile.lock");
        let others = config.plugins.iter().any(|plugin| plugin.contains("redirect"));
        let built_elsewhere = !folder.has("Gemfile") || says("Gemfile", "github-pages") || says("Gemfile", "eval");
        if theme_of_others || others || built_elsewhere {
            return Redirects::Unknown;
        }
        // Code, layouts, and files that are filled in for a host (`_redirects`, `.htaccess`) may read the keys themselves.
        let texts = ["html", "htm", "js", "json", "conf", "txt", "xml", "toml", ""];
        let filled = top().filter(|path| texts.contains(&&*extension(path)) || path.starts_with(['_', '.']));
        let mut files = folder.below("_plugins").chain(folder.below(&config.data_dir)).chain(filled);
        if templates.reads_redirects || files.any(|file| says(file, "redirect_")) {
            return Redirects::Unknown;
        }
        Redirects::Nothing
    }
}

/// True for the head of a page in whose place the plugin writes a redirect: `redirect_to:` with an address or a list of them.
///
/// Source: `JekyllRedirectFrom::Generator#generate_redirect_to`, which puts the redirect's text for the document's.
#[must_use]
pub fn leads_away(head: &str) -> bool {
    let mut lines = head.lines().skip_while(|line| !line.starts_with("redirect_to:"));
    let Some((_, value)) = lines.next().and_then(|line| line.split_once(':')) else { return false };
    match value.trim() {
        "" => lines.next().is_some_and(|line| line.trim_start().starts_with("- ")),
        value => !value.starts_with(['#', '~']) && !matches!(value, "\"\"" | "''" | "[]" | "null" | "false"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_that_lead_away() {
        assert!(leads_away("title: a\nredirect_to: /b/\n") && leads_away("redirect_to:\n  - /b/\n"));
        assert!(!leads_away("redirect_to:\ntitle: a\n") && !leads_away("redirect_to: ''\n"));
        assert!(!leads_away("a:\n  redirect_to: /b/\nredirect_from: /c/\n"));
    }
}
