//! Material's blog plugin: where a post is published, and who its authors may be.
//!
//! Source: mkdocs-material 9 `plugins/blog/{config,plugin}.py`.

use jiff::civil::DateTime;
use serde_json::Value;

use crate::discover::join;
use crate::generators::heading_ids::Algorithm;
use crate::generators::python_markdown::{slug, slugify};
use crate::generators::values::{flag, text};
use crate::site::destination;

/// One blog; a site may have several.
#[derive(Debug, Clone)]
pub struct Blog {
    /// `blog_dir`, empty for the docs folder itself.
    pub folder: String,
    /// `post_dir`.
    pub posts: String,
    /// `authors_file`, below the docs folder.
    pub authors_file: String,
    /// Whether authors are checked at all.
    pub authors: bool,
    /// Drafts are published.
    pub drafts: bool,
    /// Posts of the future are drafts.
    pub future_drafts: bool,
    url_format: String,
    date_format: String,
    max_categories: usize,
    post_slug: (Algorithm, String),
    category_slug: (Algorithm, String),
    /// Paths below the blog that the plugin fills by itself.
    pub made: Vec<String>,
}

/// What a post's URL is made of.
pub struct Post<'a> {
    /// Its title.
    pub title: &'a str,
    /// The slug in its front matter.
    pub slug: Option<&'a str>,
    /// The name of its file without the extension.
    pub file: &'a str,
    /// Its date.
    pub date: Option<DateTime>,
    /// Its categories.
    pub categories: &'a [String],
}

/// The address of a category: its list is looked up by it.
/// Source: `_generate_categories` of Material's blog plugin.
pub fn category(name: &str) -> String {
    slug(name, Algorithm::PymdownxLower, "-").unwrap_or_default()
}

impl Blog {
    /// Reads the plugin's options.
    pub fn new(options: &Value) -> Blog {
        let string = |key: &str, default: &str| text(options.get(key)).unwrap_or_else(|| default.to_owned());
        let normal = |path: &str| destination::join("/", path).unwrap_or_default().trim_matches('/').to_owned();
        let folder = normal(&string("blog_dir", "blog"));
        let in_blog = |path: String| normal(&path.replace("{blog}", &folder));
        let slugger = |key: &str| options.get(key).map_or(Algorithm::PymdownxLower, slugify);
        let on = |key: &str, default: bool| flag(options.get(key)).unwrap_or(default);
        let start = |key: &str, default: &str| {
            let format = string(key, default);
            format.split('{').next().unwrap_or_default().trim_matches('/').to_owned()
        };
        let made = [
            (on("archive", true), start("archive_url_format", "archive/{date}")),
            (on("categories", true), start("categories_url_format", "category/{slug}")),
            (on("authors_profiles", false), start("authors_profiles_url_format", "author/{slug}")),
            (on("pagination", true), start("pagination_url_format", "page/{page}")),
        ];
        Blog {
            posts: in_blog(string("post_dir", "{blog}/posts")),
            authors_file: in_blog(string("authors_file", "{blog}/.authors.yml")),
            authors: on("authors", true),
            drafts: on("draft", false),
            future_drafts: on("draft_if_future_date", false),
            url_format: string("post_url_format", "{date}/{slug}"),
            date_format: string("post_url_date_format", "yyyy/MM/dd"),
            max_categories: text(options.get("post_url_max_categories")).and_then(|n| n.parse().ok()).unwrap_or(1),
            post_slug: (slugger("post_slugify"), string("post_slugify_separator", "-")),
            category_slug: (slugger("categories_slugify"), string("categories_slugify_separator", "-")),
            made: made.into_iter().filter(|(on, start)| *on && !start.is_empty()).map(|(_, start)| start).collect(),
            folder,
        }
    }

    /// True where the categories that [`category`] makes one have one list, which is so as long as nobody says otherwise.
    #[must_use]
    pub fn joins_categories(&self) -> bool {
        self.category_slug == (Algorithm::PymdownxLower, "-".to_owned())
    }

    /// Where a file stands below the folder of posts.
    #[must_use]
    pub fn post<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.posts.is_empty() { Some(path) } else { path.strip_prefix(&*self.posts)?.strip_prefix('/') }
    }

    /// The path of a post in the docs folder's terms, as if its file lay there: `blog/2024/01/31/title.md`. Nothing when
    /// code decides it.
    #[must_use]
    pub fn path(&self, post: &Post<'_>) -> Option<String> {
        let mut out = String::new();
        let mut rest = self.url_format.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, tail) = after.split_once('}')?;
            out.push_str(before);
            match name {
                "date" => out.push_str(&formatted(post.date?, &self.date_format)?),
                "slug" => match post.slug {
                    Some(slug) => out.push_str(slug),
                    None => out.push_str(&slug(post.title, self.post_slug.0, &self.post_slug.1)?),
                },
                "file" => out.push_str(post.file),
                "categories" => {
                    let (algorithm, separator) = &self.category_slug;
                    let categories = post.categories.iter().take(self.max_categories);
                    let slugs: Option<Vec<String>> = categories.map(|name| slug(name, *algorithm, separator)).collect();
                    out.push_str(&slugs?.join("/"));
                }
                _ => return None,
            }
            rest = tail;
        }
        out.push_str(rest);
        let path = destination::join("/", &out)?;
        Some(format!("{}.md", join(&self.folder, path.trim_matches('/'))))
    }

    /// True when the plugin makes a page there: archive, categories, pagination. The path is one below the site's base,
    /// without slashes around it.
    #[must_use]
    pub fn generates(&self, path: &str) -> bool {
        let below = if self.folder.is_empty() {
            Some(path)
        } else {
            path.strip_prefix(&*self.folder).and_then(|rest| rest.strip_prefix('/'))
        };
        below.is_some_and(|below| {
            self.made.iter().any(|start| below.strip_prefix(start.as_str()).is_some_and(|rest| rest.starts_with('/')))
        })
    }
}

/// A date in the pattern of Babel (`yyyy/MM/dd`); nothing for what depends on the language.
fn formatted(date: DateTime, pattern: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            let (quoted, tail) = rest.get(1..)?.split_once('\'')?;
            out.push_str(if quoted.is_empty() { "'" } else { quoted });
            rest = tail;
            continue;
        }
        let tail = rest.trim_start_matches(first);
        let run = rest.len() - tail.len();
        match (first, run) {
            ('y', 2) => out.push_str(&format!("{:02}", date.year().rem_euclid(100))),
            ('y', _) => out.push_str(&format!("{:0run$}", date.year())),
            ('M' | 'L', 1 | 2) => out.push_str(&format!("{:0run$}", date.month())),
            ('d', 1 | 2) => out.push_str(&format!("{:0run$}", date.day())),
            ('D', _) => out.push_str(&format!("{:0run$}", date.day_of_year())),
            ('Q', 1 | 2) => out.push_str(&format!("{:0run$}", (date.month() - 1) / 3 + 1)),
            (letter, _) if letter.is_ascii_alphabetic() => return None,
            _ => out.push_str(rest.get(..run * first.len_utf8()).unwrap_or_default()),
        }
        rest = tail;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_patterns() {
        let date = jiff::civil::date(2024, 3, 5).at(0, 0, 0, 0);
        assert_eq!(formatted(date, "yyyy/MM/dd").as_deref(), Some("2024/03/05"));
        assert_eq!(formatted(date, "y-M-d 'on' yy").as_deref(), Some("2024-3-5 on 24"));
        assert_eq!(formatted(date, "MMMM"), None);
        let options = serde_json::json!({"post_url_format": "{categories}/{slug}", "blog_dir": "."});
        let blog = Blog::new(&options);
        let categories = ["Big News".to_owned(), "Other".to_owned()];
        let post = Post { title: "C’est l'été!", slug: None, file: "x", date: None, categories: &categories };
        assert_eq!(blog.path(&post).as_deref(), Some("big-news/cest-lété.md"));
        assert_eq!((blog.folder.as_str(), blog.posts.as_str()), ("", "posts"));
        assert!(Blog::new(&Value::Null).generates("blog/category/x") && !blog.generates("blog/category/x"));
    }
}
