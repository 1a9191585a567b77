//! The ids that generators give to headings, so that `#anchors` can be checked without building the site.
//!
//! Every generator has its own idea of what a heading is called. One algorithm is one small file with a function from
//! a heading to the *base* of its id; [`Slugger`] adds what all share: the fallback for an empty base and the numbers
//! that make repeated ids distinct. To add one: the function, a variant of [`Algorithm`], a line in its profile, and a
//! column in the golden table.

mod bare_urls;
pub(crate) mod characters;
mod dashes;
mod first_node;
mod github;
mod goldmark;
mod heading;
mod hexo;
mod kramdown;
mod markdown_it;
mod pandoc;
mod parsedown;
pub(crate) mod python;
mod redcarpet;
mod references;
mod runs;
mod slugger;
mod typography;
mod vitepress;
mod zola;

pub use github::of_text as github_slug;
pub use heading::{HeadingText, Kind, Run, raw_content};
pub use slugger::Slugger;
pub use vitepress::of_text as vitepress_slug;

use serde::{Deserialize, Serialize};

/// How a generator turns headings into ids. The names are those of the generators' data files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Algorithm {
    /// Headings have no ids.
    None,
    /// Jekyll's default.
    KramdownGfm,
    /// Jekyll with `input: kramdown`.
    Kramdown,
    /// Hugo's default, from the text of the heading (Hugo 0.150 and later).
    GoldmarkGithub,
    /// Hugo's default as it was before, from the source of the heading.
    GoldmarkGithubRaw,
    /// Hugo with `autoHeadingIDType = "github-ascii"`.
    GoldmarkGithubAscii,
    /// The same, before Hugo 0.150.
    GoldmarkGithubAsciiRaw,
    /// Hugo with `autoHeadingIDType = "blackfriday"`.
    GoldmarkBlackfriday,
    /// The same, before Hugo 0.150.
    GoldmarkBlackfridayRaw,
    /// GitHub's own view of a folder of Markdown, and everything built with rehype-slug.
    GithubSlugger,
    /// gatsby-remark-autolink-headers: as `github-slugger`, of the source of tags too.
    GatsbyAutolink,
    /// The same behind gatsby-remark-smartypants.
    GatsbyAutolinkTypographic,
    /// The first of the two with `github-slugger` before 1.4, which kept most signs that are not ASCII.
    GatsbyAutolinkOld,
    /// The second with that.
    GatsbyAutolinkTypographicOld,
    /// Parsedown with its table of contents: Cecil.
    ParsedownToc,
    /// GitLab's own view of a folder of Markdown.
    Gitlab,
    /// hexo-renderer-marked.
    HexoMarked,
    /// The same with `modifyAnchors: 1`.
    HexoMarkedLower,
    /// hexo-renderer-marked without `smartypants`.
    HexoMarkedPlain,
    /// The same with `modifyAnchors: 1`.
    HexoMarkedPlainLower,
    /// hexo-renderer-marked as it was, which leaves `&lt;` in ids.
    HexoMarkedEscaped,
    /// The same with `modifyAnchors: 1`.
    HexoMarkedEscapedLower,
    /// hexo-renderer-markdown-it, which leaves headings of level one out.
    HexoMarkdownIt,
    /// The same with `anchors: {level: 1}`.
    HexoMarkdownItAll,
    /// VitePress.
    VitePress,
    /// markdown-it-anchor, as Eleventy sites use it.
    MarkdownItAnchor,
    /// Eleventy's own Id Attribute Plugin.
    EleventyIdAttribute,
    /// Headings may have ids, made in a way that is not known: no anchor is called missing.
    Unknown,
    /// Docusaurus: as `github-slugger`, with the descriptions of images; the page's title has none.
    Docusaurus,
    /// Astro: as `github-slugger`, after two hyphens have become a dash.
    Astro,
    /// The same before Astro 6, which took a hyphen off the end of an id.
    AstroTrimmed,
    /// Astro's ids where the version is not known.
    AstroOfAnyVersion,
    /// As `github-slugger`, with a hyphen taken off the end of an id: Astro before 6, without typography.
    GithubSluggerTrimmed,
    /// Zola's default.
    Zola,
    /// Zola with `slugify.anchors = "safe"` or `"off"`.
    ZolaUnslugged,
    /// Python-Markdown's `toc` (MkDocs).
    PythonToc,
    /// The same with `separator: "_"`.
    PythonTocUnderscored,
    /// The same with `slugify_unicode`.
    PythonTocUnicode,
    /// The same with `pymdownx.slugs.slugify(case="lower")`.
    PymdownxLower,
    /// The same with `pymdownx.slugs.slugify()`.
    PymdownxCased,
    /// pandoc's `auto_identifiers` (Quarto).
    Pandoc,
    /// The same without its typography, as hexo-renderer-pandoc asks for it before 0.5.
    PandocPlain,
    /// Redcarpet with `with_toc_data`: Jekyll before kramdown.
    Redcarpet,
    /// Redcarpet 3.3, which leaves the names of escaped signs in ids.
    RedcarpetEscaped,
    /// Redcarpet 3.1 and 3.2.
    RedcarpetSpaced,
    /// Redcarpet up to 3.0, which counts headings.
    RedcarpetCounted,
}

/// What [`Slugger`] needs to know of an algorithm.
#[derive(Debug, Clone, Copy)]
struct Profile {
    /// The base of a heading's id; none when the heading gets no id and is not counted.
    slug: fn(&HeadingText<'_>) -> Option<String>,
    /// The base of a heading of which nothing is left.
    fallback: Option<&'static str>,
    /// The same for a heading inside an HTML element, where it differs.
    nested_fallback: Option<&'static str>,
    /// Whether a numbered id never repeats one that is taken (`a`, `a-1`, `a` → `a-2`).
    avoids_taken: bool,
    /// Whether an explicit id counts as taken.
    reserves_explicit: bool,
    /// The number that the second heading of a base gets.
    first: u32,
    /// Python's numbers: with an underscore, going on from the number that is there.
    underscore: bool,
    /// A repeated heading repeats its id.
    repeats: bool,
    /// One hyphen at the end of an id is taken off, after it was made distinct.
    trims: bool,
}

impl Algorithm {
    /// Other algorithms whose ids are right too, because the version that builds the site cannot be read from it.
    #[must_use]
    pub fn also_accepted(self) -> &'static [Algorithm] {
        match self {
            Algorithm::GoldmarkGithub => &[Algorithm::GoldmarkGithubRaw],
            Algorithm::GoldmarkGithubAscii => &[Algorithm::GoldmarkGithubAsciiRaw],
            Algorithm::GoldmarkBlackfriday => &[Algorithm::GoldmarkBlackfridayRaw],
            Algorithm::HexoMarked | Algorithm::HexoMarkedPlain => &[Algorithm::HexoMarkedEscaped],
            Algorithm::HexoMarkedLower | Algorithm::HexoMarkedPlainLower => &[Algorithm::HexoMarkedEscapedLower],
            // What GitLab does with hyphens in a row has changed.
            Algorithm::Gitlab => &[Algorithm::GithubSlugger],
            Algorithm::AstroOfAnyVersion => &[Algorithm::AstroTrimmed],
            // Where GitHub builds the site, kramdown has long taken Redcarpet's place.
            Algorithm::Redcarpet => &[
                Algorithm::RedcarpetEscaped,
                Algorithm::RedcarpetSpaced,
                Algorithm::RedcarpetCounted,
                Algorithm::KramdownGfm,
            ],
            _ => &[],
        }
    }

    /// True where an id that a heading names itself is taken for the headings before it too.
    #[must_use]
    pub fn reserves_first(self) -> bool {
        matches!(self, Algorithm::Zola | Algorithm::ZolaUnslugged) || self.is_python()
    }

    /// One of Pandoc's.
    #[must_use]
    pub fn is_pandoc(self) -> bool {
        matches!(self, Algorithm::Pandoc | Algorithm::PandocPlain)
    }

    /// One of Python-Markdown's, which number ids in their own way.
    #[must_use]
    pub fn is_python(self) -> bool {
        use Algorithm::{PymdownxCased, PymdownxLower, PythonToc, PythonTocUnderscored, PythonTocUnicode};
        matches!(self, PythonToc | PythonTocUnderscored | PythonTocUnicode | PymdownxLower | PymdownxCased)
    }

    /// True when a heading of this level keeps its id in the page.
    #[must_use]
    pub fn marks(self, level: u8) -> bool {
        !(self == Algorithm::Docusaurus && level == 1)
    }

    fn profile(self) -> Profile {
        let slug: fn(&HeadingText<'_>) -> Option<String> = match self {
            Algorithm::None | Algorithm::Unknown => |_| None,
            Algorithm::KramdownGfm => kramdown::gfm,
            Algorithm::Kramdown => kramdown::plain,
            Algorithm::GoldmarkGithub => goldmark::github,
            Algorithm::GoldmarkGithubRaw => goldmark::github_raw,
            Algorithm::GoldmarkGithubAscii => goldmark::github_ascii,
            Algorithm::GoldmarkGithubAsciiRaw => goldmark::github_ascii_raw,
            Algorithm::GoldmarkBlackfriday => goldmark::blackfriday,
            Algorithm::GoldmarkBlackfridayRaw => goldmark::blackfriday_raw,
            Algorithm::GithubSlugger | Algorithm::GithubSluggerTrimmed => github::slug,
            Algorithm::GatsbyAutolink => github::with_tags,
            Algorithm::GatsbyAutolinkTypographic => github::with_tags_after_typography,
            Algorithm::GatsbyAutolinkOld => github::with_tags_before_1_4,
            Algorithm::GatsbyAutolinkTypographicOld => github::with_tags_after_typography_before_1_4,
            Algorithm::Gitlab => github::gitlab,
            Algorithm::ParsedownToc => parsedown::slug,
            Algorithm::HexoMarked => hexo::marked,
            Algorithm::HexoMarkedLower => hexo::marked_lower,
            Algorithm::HexoMarkedPlain => hexo::marked_plain,
            Algorithm::HexoMarkedPlainLower => hexo::marked_plain_lower,
            Algorithm::HexoMarkedEscaped => hexo::marked_escaped,
            Algorithm::HexoMarkedEscapedLower => hexo::marked_escaped_lower,
            Algorithm::HexoMarkdownIt => hexo::markdown_it,
            Algorithm::HexoMarkdownItAll => hexo::markdown_it_all,
            Algorithm::VitePress => vitepress::slug,
            Algorithm::MarkdownItAnchor => markdown_it::anchor,
            Algorithm::EleventyIdAttribute => markdown_it::id_attribute,
            Algorithm::Docusaurus => github::with_descriptions,
            Algorithm::Astro | Algorithm::AstroTrimmed | Algorithm::AstroOfAnyVersion => github::after_typography,
            Algorithm::Zola => zola::slug,
            Algorithm::ZolaUnslugged => zola::unslugged,
            Algorithm::PythonToc => python::ascii,
            Algorithm::PythonTocUnderscored => python::underscored,
            Algorithm::PythonTocUnicode => python::unicode,
            Algorithm::PymdownxLower => python::pymdownx_lower,
            Algorithm::PymdownxCased => python::pymdownx_cased,
            Algorithm::Pandoc => pandoc::slug,
            Algorithm::PandocPlain => pandoc::plain,
            Algorithm::Redcarpet => redcarpet::slug,
            Algorithm::RedcarpetEscaped => redcarpet::with_escapes,
            Algorithm::RedcarpetSpaced => redcarpet::spaced,
            Algorithm::RedcarpetCounted => redcarpet::counted,
        };
        let plain = Profile {
            slug,
            fallback: None,
            nested_fallback: None,
            avoids_taken: true,
            reserves_explicit: false,
            first: 1,
            underscore: false,
            repeats: false,
            trims: false,
        };
        match self {
            Algorithm::KramdownGfm => Profile { nested_fallback: Some("section"), avoids_taken: false, ..plain },
            Algorithm::Kramdown => Profile { fallback: Some("section"), avoids_taken: false, ..plain },
            Algorithm::None
            | Algorithm::Unknown
            | Algorithm::GithubSlugger
            | Algorithm::GatsbyAutolink
            | Algorithm::GatsbyAutolinkTypographic
            | Algorithm::GatsbyAutolinkOld
            | Algorithm::GatsbyAutolinkTypographicOld
            | Algorithm::Docusaurus
            | Algorithm::Astro
            | Algorithm::AstroOfAnyVersion
            | Algorithm::Gitlab
            | Algorithm::ParsedownToc
            | Algorithm::MarkdownItAnchor => plain,
            Algorithm::AstroTrimmed | Algorithm::GithubSluggerTrimmed => Profile { trims: true, ..plain },
            Algorithm::HexoMarked
            | Algorithm::HexoMarkedLower
            | Algorithm::HexoMarkedPlain
            | Algorithm::HexoMarkedPlainLower
            | Algorithm::HexoMarkedEscaped
            | Algorithm::HexoMarkedEscapedLower => Profile { avoids_taken: false, ..plain },
            Algorithm::HexoMarkdownIt | Algorithm::HexoMarkdownItAll | Algorithm::EleventyIdAttribute => {
                Profile { avoids_taken: false, first: 2, ..plain }
            }
            Algorithm::VitePress => Profile { reserves_explicit: true, ..plain },
            Algorithm::Zola | Algorithm::ZolaUnslugged => Profile { reserves_explicit: true, ..plain },
            Algorithm::Pandoc | Algorithm::PandocPlain => {
                Profile { fallback: Some("section"), reserves_explicit: true, ..plain }
            }
            Algorithm::Redcarpet | Algorithm::RedcarpetEscaped | Algorithm::RedcarpetSpaced => {
                Profile { repeats: true, ..plain }
            }
            Algorithm::RedcarpetCounted => Profile { underscore: true, ..plain },
            _ if self.is_python() => Profile { reserves_explicit: true, underscore: true, ..plain },
            _ => Profile { fallback: Some("heading"), reserves_explicit: true, ..plain },
        }
    }
}
