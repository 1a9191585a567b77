//! Links that only Jekyll understands: `{% post_url %}`, `{% link %}`, `{{ site.baseurl }}/x`, `{{ '/x' | relative_url }}`.
//!
//! Source: jekyll 4.3 `lib/jekyll/tags/{link,post_url}.rb`, `lib/jekyll/filters/url_filters.rb`.

use std::borrow::Cow;

use super::config::Config;
use super::paths::dated;
use crate::discover::{file_name, join, parent};
use crate::generators::{Evaluated, Sources, undated};
use crate::page::dialect::Templates;
use crate::page::templates::{self, Argument, Syntax, TemplateCall};
use crate::site::destination;
use crate::site::facts::PageFacts;

/// Evaluates a destination with Liquid in it.
#[must_use]
pub fn evaluate(raw: &str, page: &PageFacts, sources: &dyn Sources, config: &Config) -> Evaluated {
    let calls = templates::calls(raw, Templates::Liquid);
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    let mut source: Option<String> = None;
    for call in &calls {
        let span = call.span.range();
        let Some(before) = raw.get(at..span.start) else { return Evaluated::Unknown };
        out.push_str(before);
        at = span.end;
        // `[text](({% link a.md %}))`: what stands around the address is a part of it.
        if out.ends_with('(') && matches!(call.syntax, Syntax::Tag) && raw.ends_with(')') {
            return Evaluated::Destination(format!("({})", words(raw, call)));
        }
        match call.syntax {
            Syntax::Tag if call.name.of(raw) == "link" => {
                let path = words(raw, call);
                let path = path.trim_matches(['"', '\'']).trim_start_matches('/');
                if path.contains("{{") || path.is_empty() {
                    return Evaluated::Unknown;
                }
                source = Some(crate::discover::join(&config.source, path));
                out.clear();
            }
            Syntax::Tag if call.name.of(raw) == "post_url" => match post(&words(raw, call), sources) {
                Ok(path) => {
                    source = Some(path);
                    out.clear();
                }
                Err(wanted) => return Evaluated::NoSource { wanted },
            },
            Syntax::Output => match output(raw, call, page, config) {
                Some(text) => out.push_str(&text),
                None => return Evaluated::Unknown,
            },
            _ => return Evaluated::Unknown,
        }
    }
    out.push_str(raw.get(at..).unwrap_or_default());
    match source {
        Some(path) if sources.has(&path) => Evaluated::Source { path, tail: out },
        Some(path) => Evaluated::NoSource { wanted: path },
        None => match strip_own_host(&out, config) {
            Cow::Borrowed(_) => Evaluated::Destination(out),
            Cow::Owned(path) => Evaluated::Destination(path),
        },
    }
}

/// What stands between the tag's name and its end.
fn words(raw: &str, call: &TemplateCall) -> String {
    let inner = raw.get(call.name.range().end..call.span.range().end).unwrap_or_default();
    inner.trim_end_matches(['%', '}', '-', '{']).trim().to_owned()
}

/// The value of `{{ … }}`, where it is made of literals, the site's addresses and filters that are known.
fn output(raw: &str, call: &TemplateCall, page: &PageFacts, config: &Config) -> Option<String> {
    let mut text = match &*call.arguments {
        [one] => value(raw, one, page, config)?,
        _ => return None,
    };
    for filter in &*call.filters {
        let argument = || filter.arguments.first().and_then(|argument| value(raw, argument, page, config));
        text = match filter.name.of(raw) {
            // The site index leaves the base path away itself, and the host.
            "relative_url" | "absolute_url" => {
                if destination::scheme(&text).is_some() {
                    text
                } else {
                    format!("{}/{}", config.baseurl, text.trim_start_matches('/'))
                }
            }
            "prepend" => format!("{}{text}", argument()?),
            "append" => format!("{text}{}", argument()?),
            "strip" | "escape" | "uri_escape" | "xml_escape" => text,
            "downcase" => text.to_lowercase(),
            "remove" => text.replace(&argument()?, ""),
            _ => return None,
        };
    }
    Some(text)
}

fn value(raw: &str, argument: &Argument, page: &PageFacts, config: &Config) -> Option<String> {
    let text = argument.value.of(raw);
    if argument.quote.is_some() {
        return Some(text.to_owned());
    }
    match text {
        "site.baseurl" => Some(config.baseurl.clone()),
        // The host is cut off again below; what follows is judged as a path.
        "site.url" => config.url.clone().or_else(|| Some(String::new())),
        "page.url" => page.place.url.clone(),
        "page.id" => {
            page.place.url.as_deref().map(|url| url.trim_end_matches(".html").trim_end_matches('/').to_owned())
        }
        _ if config.own_code => None,
        _ => own_value(text.strip_prefix("page.")?, page),
    }
}

/// The text of a key of the page's own, if Jekyll puts nothing else in its place.
fn own_value(key: &str, page: &PageFacts) -> Option<String> {
    const MADE: [&str; 12] = [
        "categories",
        "collection",
        "content",
        "date",
        "dir",
        "excerpt",
        "id",
        "name",
        "next",
        "path",
        "previous",
        "slug",
    ];
    let written = page.key(key).filter(|_| !MADE.contains(&key))?.text()?;
    (!written.is_empty() && !written.contains(['{', '\n'])).then(|| written.to_owned())
}

/// `https://own.host/base/x` made by `{{ site.url }}{{ site.baseurl }}/x` is a page of this site.
fn strip_own_host<'a>(text: &'a str, config: &Config) -> Cow<'a, str> {
    match config.url.as_deref().and_then(|url| text.strip_prefix(url)) {
        Some("") => Cow::Owned("/".to_owned()),
        Some(path) if path.starts_with('/') => Cow::Owned(path.to_owned()),
        _ => Cow::Borrowed(text),
    }
}

/// Finds the post that `{% post_url [folder/]2020-01-02-x %}` names.
fn post(name: &str, sources: &dyn Sources) -> Result<String, String> {
    let name = name.trim_matches(['"', '\'']).trim_start_matches('/');
    let (folder, wanted) = (parent(name), file_name(name));
    // `wanted` has no extension; a dot in it is part of the name.
    let slug = undated(&format!("{wanted}.md")).to_owned();
    let found = sources.posts_named(&slug).into_iter().find(|page| {
        let file = file_name(&page.path);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let same = stem == wanted || same_day_and_slug(file, wanted);
        let folders = parent(&page.path);
        // `_posts/folder/x.md` and `folder/_posts/x.md`.
        let around = folders.strip_suffix("/_posts").unwrap_or(folders);
        let ends = |path: &str| path == folder || path.ends_with(&format!("/{folder}"));
        same && (folder.is_empty() || below_posts(folders) == folder || ends(folders) || ends(around))
    });
    found.map(|page| page.path.to_string()).ok_or_else(|| name.to_owned())
}

/// `2020-1-2-x` names `2020-01-02-x.md`.
fn same_day_and_slug(file: &str, wanted: &str) -> bool {
    let wanted = format!("{wanted}.md");
    let (Some((day, slug)), Some((other, other_slug))) = (dated(file), dated(&wanted)) else { return false };
    let numbers = |day: &str| day.split('-').filter_map(|part| part.parse::<u32>().ok()).collect::<Vec<_>>();
    slug == other_slug && numbers(day) == numbers(other)
}

fn below_posts(folder: &str) -> &str {
    folder.find("_posts").and_then(|at| folder.get(at + "_posts".len()..)).unwrap_or_default().trim_start_matches('/')
}

/// A file beside a post, where a gem publishes it with the post; nothing where there is none.
#[must_use]
pub fn beside(path: &str, page: &PageFacts, sources: &dyn Sources) -> Option<Evaluated> {
    relative(path, page, sources, "").filter(|found| matches!(found, Evaluated::Source { .. }))
}

/// A path as the code host reads it, which shows files and folders; nothing where there is neither, or where the folder
/// has a page of its own.
#[must_use]
pub fn on_the_code_host(path: &str, page: &PageFacts, sources: &dyn Sources, source: &str) -> Option<Evaluated> {
    match relative(path, page, sources, source)? {
        Evaluated::NoSource { wanted } if sources.has_folder(&wanted) => {
            let own = ["index.md", "index.html", "README.md"].iter().any(|name| sources.has(&join(&wanted, name)));
            (!own).then_some(Evaluated::Made)
        }
        Evaluated::NoSource { .. } => None,
        file => Some(file),
    }
}

/// jekyll-relative-links: a path of a Markdown file, from this file or from the site's root.
#[must_use]
pub fn relative(path: &str, page: &PageFacts, sources: &dyn Sources, source: &str) -> Option<Evaluated> {
    let folder = if path.starts_with('/') { format!("/{source}") } else { format!("/{}", parent(&page.path)) };
    let joined = destination::join(&folder, path.trim_start_matches('/'))?;
    let file = joined.trim_start_matches('/').to_owned();
    Some(if sources.has(&file) {
        Evaluated::Source { path: file, tail: String::new() }
    } else {
        Evaluated::NoSource { wanted: file }
    })
}
