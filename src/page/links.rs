//! Links and images: where a destination stands in the file, what it says, and how another may be written there.

use std::ops::Deref;

use crate::source::Span;

/// Whether a reader follows the reference or sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// Something to follow: `[text](x)`, `<a href>`, also what HTML loads that is no picture (scripts, sounds, frames).
    Link,
    /// A picture.
    Image,
}

/// How a link is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// `[text](destination)`.
    Inline,
    /// `[text][label]`, `[label][]` or `[label]`; the destination stands in a definition.
    Reference {
        /// Index into [`Body::definitions`](super::Body::definitions).
        definition: u32,
    },
    /// `<https://…>`.
    Autolink,
    /// `<name@host>`; the destination has no `mailto:`.
    Email,
    /// A URL in plain text, where the dialect makes it a link.
    Bare,
    /// An attribute of an HTML tag.
    Html(Box<HtmlPlace>),
    /// A parameter of a template tag, such as the `src` of Hugo's `figure`.
    Template {
        /// Index into [`Body::calls`](super::Body::calls).
        call: u32,
    },
    /// An argument of a template tag that makes a link or an image of it, such as Hexo's `{% post_link slug %}`: the
    /// generator knows what it names.
    Tag {
        /// The tag's name.
        name: Thin,
    },
    /// A value of the front matter; filled by whoever knows which keys hold links.
    FrontMatter {
        /// The path of the key, as `cover.image`.
        key: Thin,
    },
    /// An image that a parameter of the site's own shortcode or include names; only its template knows where it lies.
    Parameter {
        /// The tag's name and the parameter's: `img src`.
        key: Thin,
    },
    /// `[[page]]`.
    WikiLink,
    /// `import name from './file'` of MDX: the name stands for the file in the rest of the page.
    Import {
        /// The name of the default import; empty when there is none.
        name: Thin,
    },
}

/// A text that few links have: one word wide, where a `Box<str>` would make every link wider by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thin(Box<Wide>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Wide(Box<str>);

impl Deref for Thin {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.0
    }
}

impl<T: Into<Box<str>>> From<T> for Thin {
    fn from(text: T) -> Thin {
        Thin(Box::new(Wide(text.into())))
    }
}

/// Where in an HTML tag a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HtmlPlace {
    /// The tag in lower case; `other` for elements that HTML does not know.
    pub tag: &'static str,
    /// The attribute in lower case.
    pub attribute: &'static str,
}

/// What a link shows, or an image's alternative text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Nothing was written: `![](x)`, `<img>` without `alt`; for other HTML, not looked for.
    Absent,
    /// Written and empty: `[](x)`, `alt=""`, `<a href="x"></a>`.
    Empty,
    /// The source between the brackets or quotes, with its markup.
    Text(Span),
}

/// What a replacement of the destination must respect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A Markdown destination without brackets, inline or in a definition.
    Plain,
    /// A Markdown destination inside `<…>`.
    Angle,
    /// An autolink, a bare URL or a wiki link: no escapes exist.
    Verbatim,
    /// An HTML attribute value in these quotes (`"` or `'`), or in none (`None`).
    Attribute(Option<Quote>),
    /// One candidate of a `srcset`.
    SourceSet(Option<Quote>),
    /// `url(…)` in a `style` attribute.
    StyleUrl(Option<Quote>),
    /// A parameter of a template tag in these quotes, or bare.
    Parameter(Option<Quote>),
    /// Cannot be replaced byte for byte (a quote marker or an expression stands inside).
    NotEditable,
}

/// A quotation mark around a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// `"`
    Double,
    /// `'`
    Single,
}

/// One link or image. A large site has a million of them, all in memory at once: what is rare stands in a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Followed or seen.
    pub kind: LinkKind,
    /// How it is written.
    pub origin: Origin,
    /// The destination itself as written, without brackets or quotes. Of a reference: in its definition.
    pub span: Span,
    /// The whole construct: brackets to parenthesis, the HTML tag, the template tag. Of a reference: where it is used.
    pub whole: Span,
    /// The destination with escapes and entities resolved; percent signs are untouched. A dynamic one is as written.
    pub destination: Box<str>,
    /// Link text or alternative text.
    pub label: Label,
    /// How a replacement must be written.
    pub form: Form,
    /// What is special about its place and its destination.
    pub marks: Marks,
}

const _: () = assert!(size_of::<Link>() <= 64, "every byte more is a megabyte on a large site");

/// Yes and no in one byte, because there are so many links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u8);

impl Marks {
    const IN_TABLE: u8 = 1;
    const DYNAMIC: u8 = 2;
    const TARGET: u8 = 4;
    const IN_BROKEN: u8 = 8;

    /// Of a link that stands in a cell of a table, or not.
    #[must_use]
    pub fn in_table(yes: bool) -> Marks {
        Marks(if yes { Marks::IN_TABLE } else { 0 })
    }

    /// The same of a link whose destination holds a template tag, or not.
    #[must_use]
    pub fn dynamic(self, yes: bool) -> Marks {
        Marks(if yes { self.0 | Marks::DYNAMIC } else { self.0 & !Marks::DYNAMIC })
    }

    /// The same of a link that an attribute list gives a `target`, or makes a download.
    #[must_use]
    pub fn with_target(self) -> Marks {
        Marks(self.0 | Marks::TARGET)
    }

    /// The same of a bare address that stands in what was meant as a link.
    #[must_use]
    pub fn in_broken_link(self) -> Marks {
        Marks(self.0 | Marks::IN_BROKEN)
    }
}

impl Link {
    /// Where a finding about this link belongs: the destination, where it is put right. Of a reference that is in its
    /// definition, however often it is used.
    #[must_use]
    pub fn place(&self) -> Span {
        self.span
    }

    /// True when the destination holds a template tag, so that only the generator knows where it leads.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        self.marks.0 & Marks::DYNAMIC != 0
    }

    /// True for a link of Markdown that an attribute list gives a `target`, or makes a download.
    #[must_use]
    pub fn has_target(&self) -> bool {
        self.marks.0 & Marks::TARGET != 0
    }

    /// True for a bare address in a broken link, which is told as that.
    #[must_use]
    pub fn is_in_broken_link(&self) -> bool {
        self.marks.0 & Marks::IN_BROKEN != 0
    }

    /// True inside a table cell, where `|` needs a backslash.
    #[must_use]
    pub fn is_in_table(&self) -> bool {
        self.marks.0 & Marks::IN_TABLE != 0
    }

    /// The text that, put at [`Link::span`], makes `new` the destination; `None` where it cannot be written.
    #[must_use]
    pub fn rewrite(&self, new: &str) -> Option<String> {
        self.form.write(new, self.is_in_table())
    }
}

impl Form {
    /// `new`, escaped for this form.
    #[must_use]
    pub fn write(self, new: &str, in_table: bool) -> Option<String> {
        if new.contains(['\n', '\r', '\0']) {
            return None;
        }
        let written = match self {
            Form::Plain => plain(new),
            Form::Angle => escape(new, |c| matches!(c, '<' | '>')),
            Form::Verbatim => (!new.is_empty() && !new.contains(|c: char| c.is_whitespace() || "<>|[]".contains(c)))
                .then(|| new.to_owned())?,
            Form::Attribute(quote) => attribute(new, quote),
            Form::SourceSet(quote) => {
                let spaceless = new.replace(' ', "%20");
                let commas = spaceless.starts_with(',') || spaceless.ends_with(',');
                attribute(&if commas { spaceless.replace(',', "%2C") } else { spaceless }, quote)
            }
            Form::StyleUrl(quote) => {
                let safe = |c: char| !(c.is_whitespace() || "()'\"\\".contains(c));
                let encoded: String =
                    new.chars().map(|c| if safe(c) { c.to_string() } else { format!("%{:02X}", c as u32) }).collect();
                attribute(&encoded, quote)
            }
            Form::Parameter(quote) => {
                let stop = match quote {
                    Some(Quote::Double) => "\"",
                    Some(Quote::Single) => "'",
                    None => "\"'`",
                };
                let bare = quote.is_none() && (new.is_empty() || new.contains(char::is_whitespace));
                let fits = !bare && !["{{", "}}", "{%", "%}", ">}"].iter().any(|tag| new.contains(tag));
                (fits && !new.contains(|c| stop.contains(c) || c == '\\')).then(|| new.to_owned())?
            }
            Form::NotEditable => return None,
        };
        Some(match (in_table, self) {
            (false, _) => written,
            (true, Form::Plain | Form::Angle) => written.replace('|', "\\|"),
            (true, _) => written.replace('|', "&#124;"),
        })
    }
}

/// A Markdown destination without brackets; with them where it needs them.
fn plain(new: &str) -> String {
    let control = |c: char| c == ' ' || c.is_ascii_control();
    if new.is_empty() || new.contains(control) || new.starts_with('<') {
        return format!("<{}>", escape(new, |c| matches!(c, '<' | '>')));
    }
    let mut depth = 0_i32;
    let balanced = new.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        (0..32).contains(&depth)
    }) && depth == 0;
    escape(new, |c| !balanced && matches!(c, '(' | ')'))
}

/// Puts a backslash before what must not be read as markup: the given characters, a backslash that would escape its
/// neighbour, and an ampersand that would begin an entity.
fn escape(new: &str, special: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(new.len() + 4);
    let mut rest = new.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or('(');
        let entity = c == '&' && (next == '#' || next.is_ascii_alphabetic()) && rest.clone().any(|c| c == ';');
        if special(c) || entity || (c == '\\' && next.is_ascii_punctuation()) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An HTML attribute value; quotes are added where the value had none and needs them.
fn attribute(new: &str, quote: Option<Quote>) -> String {
    let escaped = new.replace('&', "&amp;");
    match quote {
        Some(Quote::Double) => escaped.replace('"', "&quot;"),
        Some(Quote::Single) => escaped.replace('\'', "&#39;"),
        None if new.is_empty() || new.contains(|c: char| c.is_ascii_whitespace() || "\"'=<>`".contains(c)) => {
            format!("\"{}\"", escaped.replace('"', "&quot;"))
        }
        None => escaped,
    }
}

/// A reference definition, `[label]: destination`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The label, without brackets.
    pub label: Span,
    /// The whole definition, without its line end.
    pub span: Span,
    /// The destination as written.
    pub destination_span: Span,
    /// The destination with escapes and entities resolved.
    pub destination: Box<str>,
    /// How a replacement must be written.
    pub form: Form,
    /// How many links and images use it.
    pub used: u32,
    /// The first definition of the same label, when this is a later one: index into the same list.
    pub repeats: Option<u32>,
}

/// A place that a fragment can lead to, other than a heading: an `id` or `name` of an HTML tag, an `{: #id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The id, entities resolved.
    pub id: Box<str>,
    /// The id as written.
    pub span: Span,
    /// Where it comes from.
    pub source: AnchorSource,
}

/// Where an anchor comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorSource {
    /// An `id` attribute.
    Id,
    /// The `id` of a shape in a drawing: a link may lead there, but nobody means it who writes another id.
    Shape,
    /// A `name` attribute of an `<a>`.
    Name,
    /// A `name` attribute of another element: GitHub's pages jump to it, browsers do not.
    NameOfOther,
    /// kramdown's `{: #id}` on something that is no heading.
    AttributeList,
}
