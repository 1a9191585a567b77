//! What a site's own scripts, and its theme's, may do to what is published: most of them only add tags and helpers.
//!
//! Source: Hexo's API documentation (extend.generator, extend.filter, Router) and `lib/hexo/index.ts`.

use crate::discover::extension;
use crate::generators::Folder;

/// What all scripts together may do.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scripts {
    /// They may publish pages or files, or give pages other addresses.
    pub publish: bool,
    /// They may change where images are looked for.
    pub touch_images: bool,
    /// They speak of the folder of sources, and may make addresses of its paths.
    pub speak_of_sources: bool,
}

/// What publishes, writes files or runs other programs.
const PUBLISH: [&str; 18] = [
    "writeFile",
    "copyFile",
    "cpSync",
    "copySync",
    "createWriteStream",
    "outputFile",
    "post_permalink",
    "extend.processor",
    "extend.renderer",
    "model('Post",
    "model(\"Post",
    "model('Page",
    "model(\"Page",
    "model('Asset",
    "model(\"Asset",
    "locals.set(",
    "shelljs",
    "execa",
];
/// What works on pictures, and publishes these.
const PICTURES: [&str; 3] = ["sharp", "jimp", "imagemin"];

impl Scripts {
    /// Reads the files of ending `js` below the folders.
    #[must_use]
    pub fn read(folder: &Folder<'_>, places: &[&str]) -> Scripts {
        let mut scripts = Scripts::default();
        let files = places.iter().filter(|place| !place.is_empty()).flat_map(|place| folder.below(place));
        for file in files.filter(|path| extension(path) == "js") {
            match folder.read(file) {
                Some(text) => scripts.add(&text),
                None => return Scripts { publish: true, touch_images: true, speak_of_sources: true },
            }
        }
        scripts
    }

    fn add(&mut self, text: &str) {
        let says = |word: &&str| text.contains(*word);
        let routes = text.contains("route.set") || text.contains("hexo.route");
        // A program that is started for a new post is the writer's editor.
        let runs = text.contains("child_process") && !text.contains("on('new'") && !text.contains("on(\"new\"");
        self.publish |= PUBLISH.iter().any(says) || runs || routes && !PICTURES.iter().any(says) || generates(text);
        self.touch_images |= ["img", "image", "src", "asset", "cdn"].iter().any(says);
        self.speak_of_sources |= text.contains("source") || text.contains("src");
    }
}

/// True for a generator, unless all that it publishes are files with a name of their own, such as `.nojekyll`.
fn generates(text: &str) -> bool {
    if !text.contains("extend.generator") {
        return false;
    }
    let elsewhere = text.lines().any(|line| line.contains("generator.register(") && line.contains("require("));
    elsewhere
        || text.match_indices("path").any(|(at, word)| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + word.len()..).unwrap_or_default().trim_start();
            let is_key = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '\'' | '"'))
                && after.starts_with([':', ',', '}']);
            let value = after.strip_prefix(':').unwrap_or_default().trim_start();
            let named = value.strip_prefix(['\'', '"']).and_then(|value| value.split(['\'', '"']).next());
            is_key && named.is_none_or(|name| !name.contains('.') || name.ends_with(".html") || name.contains('/'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> bool {
        let mut scripts = Scripts::default();
        scripts.add(text);
        scripts.publish
    }

    #[test]
    fn what_may_publish() {
        for text in [
            "hexo.extend.generator.register('a', l => ({ path: 'a/index.html', data: l }))",
            "hexo.extend.generator.register('a', l => l.posts.map(p => ({ path: p.path, data: l })))",
            "hexo.extend.generator.register('a', require(path.join(root, 'a')));",
            "const path = f();\nhexo.extend.generator.register('a', () => ({ path, data: '' }))",
            "hexo.extend.filter.register('after_generate', () => hexo.route.set('a.html', b))",
            "const { exec } = require('child_process'); hexo.on('generateAfter', () => exec('cp'))",
            "hexo.extend.filter.register('post_permalink', f)",
        ] {
            assert!(read(text), "{text}");
        }
        for text in [
            "hexo.extend.tag.register('box', args => `<b>${args}</b>`)",
            "hexo.extend.filter.register('after_render:html', html => html + '<!-- a -->')",
            "hexo.extend.generator.register('nojekyll', () => ({\n  path: '.nojekyll',\n  data: ''\n}))",
            "const { exec } = require('child_process'); hexo.on('new', data => exec('code ' + data.path))",
            "const sharp = require('sharp'); hexo.route.set(small, sharp(large))",
        ] {
            assert!(!read(text), "{text}");
        }
    }
}
