//! What the site's own layouts, includes and shortcodes bring into pages, read once and shallowly.
//!
//! An id that a template writes as it stands can be linked to on every page. A template that makes ids of values, or
//! renders Markdown from elsewhere, may bring any id: in pages that call it no fragment can be called missing. All
//! others bring nothing that a link could lead to, so pages that call them stay judged.

use crate::hash::{Map, Set};

use super::Folder;

/// The facts of a site's templates.
#[derive(Debug, Default)]
pub struct TemplateFiles {
    /// Ids and names that stand in them as they are.
    pub ids: Set<String>,
    /// True when one of them speaks of `<!--more-->`.
    pub more_comment: bool,
    /// True when one of them takes up files that Hugo keeps for templates.
    pub takes_resources: bool,
    /// True when a layout gives elements ids that are made of data: lists of people, of packages.
    pub make_ids: bool,
    /// True when none of them holds anything, as a data set of a site leaves them: what they would show is not known.
    pub blank: bool,
    /// True when one of them speaks of `redirect_from` or `redirect_to`.
    pub reads_redirects: bool,
    /// True when one of them puts a folder before the paths of pictures that a page names in `media_subpath` or `img_path`.
    pub reads_media_folder: bool,
    /// True when one of them shows what a page calls its author where the list of authors does not have the name.
    pub shows_any_author: bool,
    /// Keys that Liquid asks a page for: `page.redirect`.
    pub keys: Set<String>,
    /// Shortcodes that show what stands between their tags as code.
    code: Set<Box<str>>,
    loud: Map<Box<str>, Loud>,
    /// Shortcodes that show a picture without a description, whatever the page says.
    without_alt: Set<Box<str>>,
}

/// Why a template may bring ids.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Loud {
    No,
    Yes,
    /// If one of these templates of the same kind does.
    If(Vec<String>),
}

/// What in a template means that ids or Markdown of unknown content are made: ids of values, rendered text, other
/// pages' content, other templates that are named by a value.
const SIGNS: [&str; 16] = [
    "id=\"{",
    "id='{",
    "id={",
    "name=\"{",
    "]: ",
    "{{ content",
    "{{content",
    ".Content",
    "readFile",
    "GetRemote",
    "partial",
    "template ",
    "include {{",
    "include_relative",
    "{% include_cached {{",
    ".TableOfContents",
];

impl TemplateFiles {
    /// Reads the files (paths relative to the site's root).
    #[must_use]
    pub fn read<'a>(folder: &Folder<'_>, files: impl Iterator<Item = &'a str>) -> TemplateFiles {
        let (mut all, mut read, mut blank) = (TemplateFiles::default(), 0, 0);
        for file in files {
            let Some(text) = folder.read(file) else { continue };
            read += 1;
            blank += usize::from(text.is_empty());
            all.collect_ids(&text);
            all.keys.extend(keys(&text).map(str::to_owned));
            all.more_comment |= text.contains("--more") || text.contains("-- more");
            all.reads_media_folder |= text.contains("page.media_subpath") || text.contains("page.img_path");
            all.reads_redirects |= text.contains("redirect_");
            all.shows_any_author |= shows_any_author(&text);
            all.takes_resources |= text.contains("resources.Get") || text.contains("resources.Match");
            all.make_ids |= !file.contains("shortcodes/") && !file.contains("_markup/") && makes_ids(&text);
            all.loud.insert(file.into(), loudness(&text));
            if file.contains("shortcodes/") && shows_code(&text) {
                all.code.insert(file.into());
            }
            // What hands over all that it was given may hand over a description.
            let shows = text.contains("<img") && !["alt", "partial", ".Params"].iter().any(|word| text.contains(word));
            if shows && file.contains("shortcodes/") {
                all.without_alt.insert(file.into());
            }
        }
        all.blank = read > 0 && read == blank;
        all
    }

    /// True when the file was read.
    #[must_use]
    pub fn has(&self, file: &str) -> bool {
        self.loud.contains_key(file)
    }

    /// True when some shortcode shows code.
    #[must_use]
    pub fn may_show_code(&self) -> bool {
        !self.code.is_empty()
    }

    /// True for a shortcode that shows what stands between its tags as code.
    #[must_use]
    pub fn shows_code(&self, file: &str) -> bool {
        self.code.contains(file)
    }

    /// True for a shortcode that shows a picture and takes no description of it.
    #[must_use]
    pub fn takes_no_alt(&self, file: &str) -> bool {
        self.without_alt.contains(file)
    }

    /// True when this template brings nothing into a page that a link could lead to. False for one that is not there.
    #[must_use]
    pub fn is_quiet(&self, file: &str) -> bool {
        self.quiet_within(file, 8)
    }

    fn quiet_within(&self, file: &str, depth: u32) -> bool {
        match self.loud.get(file) {
            Some(Loud::No) => true,
            Some(Loud::If(others)) if depth > 0 => {
                let folder = self.root_of(file);
                others.iter().all(|other| self.quiet_within(&crate::discover::join(folder, other), depth - 1))
            }
            _ => false,
        }
    }

    /// Includes are named from the folder of all includes: the first one of the path.
    fn root_of<'f>(&self, file: &'f str) -> &'f str {
        file.find("_includes").and_then(|at| file.get(..at + "_includes".len())).unwrap_or_default()
    }

    fn collect_ids(&mut self, text: &str) {
        for start in ["id=\"", "id='", "name=\""] {
            let quote = if start.ends_with('"') { '"' } else { '\'' };
            let stands = |at: usize| {
                let before = text.get(..at).unwrap_or_default();
                // Of the names only those of anchors are places: `<meta name="description">` is none.
                let tag = || before.rfind('<').and_then(|open| before.get(open + 1..)).unwrap_or_default();
                before.ends_with(char::is_whitespace)
                    && (!start.starts_with("name") || tag().split_whitespace().next() == Some("a"))
            };
            for (at, _) in text.match_indices(start).filter(|(at, _)| stands(*at)) {
                let value = text.get(at + start.len()..).and_then(|rest| rest.split(quote).next()).unwrap_or_default();
                if !value.is_empty() && value.len() < 100 && !value.contains(['{', '<', ' ']) {
                    self.ids.insert(value.to_owned());
                }
            }
        }
    }
}

/// True when an id is made of a value that is not the page's own.
fn makes_ids(text: &str) -> bool {
    // `data-comment-id` is no id.
    let is_own =
        |at: usize| text.get(..at).is_none_or(|before| !before.ends_with(|c: char| c == '-' || c.is_alphanumeric()));
    text.match_indices("id=\"{{").filter(|(at, _)| is_own(*at)).any(|(at, sign)| {
        let value = text.get(at + sign.len()..).unwrap_or_default().trim_start_matches(['-', ' ']);
        !["page.", "site.", "layout.", "include.", "i18n"].iter().any(|own| value.starts_with(own))
    })
}

/// What follows each `page.` that is a word of its own.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.match_indices("page.").filter_map(move |(at, sign)| {
        let own = !text.get(..at)?.ends_with(|c: char| is_name(c) || c == '.');
        let rest = text.get(at + sign.len()..)?;
        let key = rest.get(..rest.find(|c: char| !is_name(c)).unwrap_or(rest.len()))?;
        (own && !key.is_empty()).then_some(key)
    })
}

/// True for `{{ site.data.authors[author].name | default: author }}`.
fn shows_any_author(text: &str) -> bool {
    text.split("{{").filter_map(|tag| tag.split("}}").next()).any(|tag| {
        let fallback = tag.split_once("site.data.").and_then(|(_, list)| list.split_once("default:"));
        fallback.is_some_and(|(list, other)| list.contains('[') && other.contains("author"))
    })
}

fn loudness(text: &str) -> Loud {
    let heading = |line: &str| line.starts_with('#');
    // What a shortcode encloses stands in the page itself, where it is read.
    let rendered = text
        .match_indices("markdownify")
        .map(|found| (found.0, "markdownify"))
        .chain(text.match_indices("RenderString"))
        .any(|(at, _)| !tag_around(text, at).contains(".Inner"));
    if rendered || SIGNS.iter().any(|sign| text.contains(sign)) || text.lines().any(heading) {
        return Loud::Yes;
    }
    let included: Vec<String> = text.match_indices("{%").filter_map(|(at, _)| included(text.get(at + 2..)?)).collect();
    if included.is_empty() { Loud::No } else { Loud::If(included) }
}

/// The tag that holds the byte at `at`.
fn tag_around(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind("{{")).unwrap_or(at);
    let end = text.get(at..).and_then(|rest| rest.find("}}")).map_or(text.len(), |end| at + end);
    text.get(start..end).unwrap_or_default()
}

/// The template that `include x.html …` names, after the tag's opening.
fn included(tag: &str) -> Option<String> {
    let rest = tag.trim_start_matches('-').trim_start();
    let rest = rest.strip_prefix("include_cached ").or_else(|| rest.strip_prefix("include "))?;
    rest.split_whitespace().next().map(|name| name.trim_matches(['"', '\'']).to_owned())
}

/// Tags of Liquid, Hugo and well-known plugins that only set, link, decide, or show what has no ids.
#[must_use]
pub fn brings_nothing(name: &str) -> bool {
    const QUIET: [&str; 50] = [
        "",
        "assign",
        "avatar",
        "break",
        "capture",
        "case",
        "comment",
        "continue",
        "cycle",
        "decrement",
        "else",
        "elsif",
        "endcapture",
        "endcase",
        "endcomment",
        "endfor",
        "endhighlight",
        "endif",
        "endraw",
        "endunless",
        "feed_meta",
        "figure",
        "for",
        "gist",
        "highlight",
        "if",
        "increment",
        "instagram",
        "link",
        "param",
        "post_url",
        "qr",
        "raw",
        "ref",
        "relref",
        "seo",
        "tweet",
        "twitter",
        "twitter_simple",
        "unless",
        "vimeo",
        "vimeo_simple",
        "when",
        "x",
        "x_simple",
        "youtube",
        "render_time",
        "emoji",
        "octicon",
        "github_edit_link",
    ];
    QUIET.contains(&name)
}

/// True where each action that takes `.Inner` and prints it makes code of it.
fn shows_code(text: &str) -> bool {
    let actions = text.split("{{").skip(1).filter_map(|action| action.split("}}").next());
    let mut inner = actions.map(|action| action.trim_start_matches('-').trim_start()).filter(|action| {
        action.contains(".Inner") && !["if ", "with ", "else if "].iter().any(|word| action.starts_with(word))
    });
    let code = |action: &str| ["highlight", "Highlight", "htmlEscape"].iter().any(|name| action.contains(name));
    inner.next().is_some_and(code) && inner.all(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_values_and_rendered_text_are_loud() {
        for loud in [
            "<h2 id=\"{{ include.id }}\">x</h2>",
            "{{ include.text | markdownify }}",
            "## Heading\n",
            "{% include {{ page.x }} %}",
            "[x]: {{ site.url }}",
        ] {
            assert_eq!(loudness(loud), Loud::Yes, "{loud}");
        }
        for quiet in ["<p id=\"a\">{{ include.text }}</p>", "{{ .Inner | markdownify }}", "{% if x %}<b>{% endif %}"] {
            assert_eq!(loudness(quiet), Loud::No, "{quiet}");
        }
        assert_eq!(loudness("{% include a/b.html x=1 %}"), Loud::If(vec!["a/b.html".to_owned()]));
    }
}
