//! What is kept of a page when its text is dropped: the small facts that the site index and the site rules need.

use jiff::civil::DateTime;

use crate::discover::{file_name, without_extension};
use crate::finding::FilePath;
use crate::language::{Language, PageVerdict};
use crate::page::front_matter::{Format, ScalarType, Style, scalar_text};
use crate::page::links::Link;
use crate::severity::Severity;
use crate::site::anchors::Anchors;
use crate::site::shown::{self, Shown};
use crate::site::slip::Slip;
use crate::source::Span;

/// What a generator makes of a content file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A page with a date in a posts section.
    Post,
    /// Any other page.
    Page,
    /// A post that is not published yet because of where it is (`_drafts`).
    Draft,
    /// A document of another collection.
    Item,
    /// The list page of a section (`_index.md`).
    Section,
    /// Markdown that belongs to no generator's site: only its body is checked.
    Loose,
}

/// A scalar of the front matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// Its text, decoded.
    pub text: Box<str>,
    /// Where it is written, with quotes.
    pub span: Span,
    /// What the generator's YAML (or TOML, JSON) takes it for.
    pub ty: ScalarType,
    /// How it is written: without quotes, in which quotes, as a block.
    pub style: Style,
}

impl Scalar {
    /// True when it is written in quotes or as a block.
    #[must_use]
    pub fn is_quoted(&self) -> bool {
        self.style != Style::Plain
    }
}

/// The value of a key of the front matter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, or a null.
    Null,
    /// One scalar.
    Scalar(Scalar),
    /// A list; what is no scalar in it is left out.
    List(Vec<Scalar>),
    /// A map.
    Map(Vec<Key>),
    /// A list that holds lists or maps, an alias …
    Other,
}

/// A key of the front matter with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The key's text.
    pub name: Box<str>,
    /// Where the key is written.
    pub span: Span,
    /// Where the value is written; empty where nothing is.
    pub value_span: Span,
    /// The value.
    pub value: Value,
}

impl Key {
    /// The scalars of the value: itself, or the items of a list.
    pub fn scalars(&self) -> impl Iterator<Item = &Scalar> {
        let (one, many): (Option<&Scalar>, &[Scalar]) = match &self.value {
            Value::Scalar(scalar) => (Some(scalar), &[]),
            Value::List(items) => (None, items),
            _ => (None, &[]),
        };
        one.into_iter().chain(many)
    }

    /// The text of a value that is one scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }
}

/// The front matter of a page as facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// From the opening fence to the end of the closing one.
    pub outer: Span,
    /// The root's keys in order, duplicates included.
    pub keys: Vec<Key>,
    /// False when it could not be parsed: what is here was picked up by lines, so nothing may be called absent.
    pub sound: bool,
    /// The language that it is written in.
    pub format: Format,
    /// True where the generator takes `Title` and `title` for one key.
    pub folds: bool,
}

impl Front {
    /// The text that, put at the scalar's span, makes `new` its value, in the same quotes where they can hold it.
    /// Nothing for blocks of several lines.
    #[must_use]
    pub fn rewrite(&self, scalar: &Scalar, new: &str) -> Option<String> {
        let block = matches!(scalar.style, Style::Literal | Style::Folded);
        // Whether it stands in brackets is not kept: what is right there is right anywhere.
        (!block).then(|| scalar_text(new, scalar.style, self.format, &scalar.text, true))
    }

    /// The last key of that name (what most generators take), in any case where the generator does not mind it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Key> {
        let same = |key: &&Key| &*key.name == name || self.folds && key.name.eq_ignore_ascii_case(name);
        self.keys.iter().rev().find(same)
    }

    /// A key by its path: `cover.image`.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Key> {
        let (first, rest) = path.split_once('.').map_or((path, None), |(a, b)| (a, Some(b)));
        let mut key = self.get(first)?;
        for part in rest.into_iter().flat_map(|rest| rest.split('.')) {
            let Value::Map(keys) = &key.value else { return None };
            key = keys.iter().rev().find(|key| &*key.name == part)?;
        }
        Some(key)
    }
}

/// Whether and when readers see a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Published {
    /// It is part of the site.
    #[default]
    Yes,
    /// A draft, by its folder or its front matter.
    Draft,
    /// Its date is in the future and the generator waits for it.
    Future,
    /// Its expiry date has passed.
    Expired,
    /// The generator is told not to write it.
    Never,
    /// The same, but it has its address on purpose: something else answers there, such as a redirect of the host.
    Elsewhere,
}

/// Another address of a page, or one that leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The path from the host's root, decoded.
    pub path: String,
    /// Where the page says so.
    pub span: Span,
}

/// The language of a page: what is declared and what it reads as.
#[derive(Debug, Clone, Default)]
pub struct PageLanguage {
    /// What the page itself declares: in its front matter, its folder or its name.
    pub declared: Option<Declared>,
    /// What its prose was compared with.
    pub expected: Option<Language>,
    /// What came out of that.
    pub verdict: PageVerdict,
    /// What it reads as, where there was nothing to compare it with.
    pub recognised: Option<Language>,
}

impl PageLanguage {
    /// What the page's prose reads as, if enough of it could be judged.
    #[must_use]
    pub fn read_as(&self) -> Option<Language> {
        match self.expected {
            Some(expected) if self.verdict.judged() > 0 => Some(self.verdict.foreign().unwrap_or(expected)),
            Some(_) => None,
            None => self.recognised,
        }
    }
}

/// A declaration of a page's language.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The tag as written.
    pub tag: Box<str>,
    /// Its language.
    pub language: Option<Language>,
    /// Who says so.
    pub by: DeclaredBy,
}

/// Who declares a page's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclaredBy {
    /// The page's front matter, at this place.
    FrontMatter(Span),
    /// A folder in its path, or a suffix of its name.
    Path,
    /// The site's configuration.
    Site,
}

/// The facts of one page.
#[derive(Debug, Clone)]
pub struct PageFacts {
    /// The file.
    pub file: FilePath,
    /// The file relative to the site's root.
    pub path: Box<str>,
    /// What it is.
    pub kind: Kind,
    /// Name of its collection or section: `posts`, `authors`, `blog`.
    pub collection: Box<str>,
    /// Its front matter, if it has any.
    pub front: Option<Front>,
    /// Its links and images, in order; those of the front matter too.
    pub links: Vec<Link>,
    /// What would be links, were there no blanks in their destinations: `[text](my file.pdf)`.
    pub spaced: Box<[Link]>,
    /// Labels of its definitions that stand where a destination belongs: `[text](label)`.
    pub labels: Box<[Box<str>]>,
    /// What its links show, where that is an address or says that the link is dead.
    pub shown: Box<[Shown]>,
    /// What its links into itself show, where their fragment is another.
    pub named: Box<[Shown]>,
    /// Its ids.
    pub anchors: Anchors,
    /// Words of its titles, descriptions and alternative texts that may be misspelt; looked for in chosen pages only.
    pub slips: Vec<Slip>,
    /// Its language.
    pub language: PageLanguage,
    /// Its first level-one heading, where the front matter has no title.
    pub heading: Option<Box<str>>,
    /// Where the page is published.
    pub place: Place,
    /// False for pages that are no Markdown (HTML with front matter): known to the site, not checked.
    pub checked: bool,
    /// True for a file that holds nothing.
    pub blank: bool,
}

/// Where and when a page is published, as its generator decides.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The URL as the generator writes it: path from the host's root, percent-encoded as it does. Nothing when it gets
    /// none, or one that cannot be known from the source.
    pub url: Option<String>,
    /// The file that is written, from the host's root, decoded: `/a/index.html`.
    pub output: Option<String>,
    /// The output of the one page that shows this text as a part of its own, so that its paths count from there.
    pub shown_in: Option<String>,
    /// Where code makes the address, or further addresses: the start that they are known to have, such as `/tags/`.
    pub below: Option<String>,
    /// One template makes a page of each entry of a list.
    pub makes_many: bool,
    /// Further addresses that lead to it.
    pub aliases: Vec<Alias>,
    /// Whether readers see it.
    pub published: Published,
    /// Code decides whether it is written at all.
    pub doubtful: bool,
    /// Its date and time as the generator takes it.
    pub date: Option<DateTime>,
}

/// `template.md`, `0000-template.md`, but not `template-syntax.md`, which speaks of templates.
fn is_template(name: &str) -> bool {
    without_extension(name).rsplit(['-', '_', ' ']).next() == Some("template")
}

impl PageFacts {
    /// True for the text that a code host puts into a new issue or request: it is filled in, and read at another address.
    #[must_use]
    pub fn is_form(&self) -> bool {
        let name = self.path.to_ascii_lowercase();
        ["issue_template", "pull_request_template", "merge_request_template"].iter().any(|form| name.contains(form))
            || self.kind == Kind::Loose && is_template(file_name(&name))
    }

    /// True for a page that people read where the code is, whatever the generator makes of it: `README.md`,
    /// `CONTRIBUTING.md`.
    #[must_use]
    pub fn is_for_code_host(&self) -> bool {
        let stem = without_extension(&self.path);
        !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
    }

    /// The facts of a page that was not read: its path, and that nothing else is known.
    #[must_use]
    pub fn unread(file: FilePath, path: Box<str>, kind: Kind, collection: Box<str>) -> PageFacts {
        PageFacts {
            file,
            path,
            kind,
            collection,
            front: None,
            links: Vec::new(),
            spaced: Box::default(),
            labels: Box::default(),
            shown: Box::default(),
            named: Box::default(),
            anchors: Anchors { open: true, ..Anchors::default() },
            slips: Vec::new(),
            language: PageLanguage::default(),
            heading: None,
            place: Place::default(),
            checked: false,
            blank: false,
        }
    }

    /// The address that a link of this page shows, or what it says about being dead.
    #[must_use]
    pub fn shown(&self, link: &Link) -> Option<&str> {
        Shown::of(&self.shown, link)
    }

    /// True where the text of the link would say something else than the destination that it is about to get.
    #[must_use]
    pub fn contradicts(&self, link: &Link, new: &str) -> bool {
        self.shown(link).is_some_and(|shown| shown::differ(shown, new))
    }

    /// The value of a key of the front matter.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&Key> {
        self.front.as_ref()?.get(name)
    }

    /// The address of which this page is a copy, whole and in another's words: what Obsidian's Web Clipper writes.
    #[must_use]
    pub fn copied_from(&self) -> Option<&str> {
        let source = self.key("source")?.text()?.trim();
        let is_web = source.starts_with("https://") || source.starts_with("http://");
        let says = |key: &str, words: &[&str]| {
            self.key(key)
                .is_some_and(|key| key.scalars().any(|scalar| words.contains(&scalar.text.trim_start_matches('#'))))
        };
        let clipped = || says("tags", &["clippings", "clipping"]) || says("type", &["clipping", "clippings"]);
        (is_web && clipped()).then_some(source)
    }

    /// The title, where the front matter has one.
    #[must_use]
    pub fn title(&self) -> Option<&Scalar> {
        match &self.key("title")?.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// How severe at most it is when something of the page leads nowhere: nobody follows the links of a draft.
    #[must_use]
    pub fn severity_of_dead_links(&self) -> Severity {
        if self.place.published == Published::Draft { Severity::Warning } else { Severity::Error }
    }

    /// True when readers see it.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.place.published == Published::Yes
    }
}
