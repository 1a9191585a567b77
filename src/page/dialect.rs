//! How a generator reads Markdown, as declared switches.
//!
//! Renderers agree on nearly everything; where they differ, the difference is a switch here and a word in the
//! generator's data file, so that no code asks which generator a page belongs to.

use serde::{Deserialize, Serialize};

/// The switches. The default is [`Dialect::COMMONMARK`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Dialect {
    /// Which template tags the generator runs before, or instead of, Markdown.
    pub templates: Templates,
    /// `{# … #}` is a comment of the templates: Nunjucks, where it goes before Markdown.
    pub template_comments: bool,
    /// Of the tags only `{% … %}` are read; `{{` is text.
    pub outputs_are_text: bool,
    /// `[^1]` and `[^1]: text` are footnotes, not reference links.
    pub footnotes: bool,
    /// A footnote ends with its line: `[label]: destination` on the next one is a definition (remark before version 13).
    pub footnotes_end_with_their_line: bool,
    /// Which bare URLs become links.
    pub linkify: Linkify,
    /// Whether raw HTML reaches the page.
    pub raw_html: RawHtml,
    /// `[text](a b)` is a link to `a b`.
    pub spaces_in_destination: bool,
    /// A `\` in a destination is written as it is, and browsers read it as `/`; else it becomes `%5C`.
    pub keeps_backslashes: bool,
    /// `[text] (destination)` is a link for the program that the site names, if not for the one that may build it now.
    pub spaced_links: bool,
    /// Where Markdown stops inside HTML elements.
    pub html_blocks: HtmlBlocks,
    /// Which `{…}` after blocks and spans give them attributes.
    pub attribute_lists: AttributeLists,
    /// Which notation gives a heading its own id.
    pub explicit_ids: ExplicitIds,
    /// Which of two definitions of one label counts.
    pub definitions: Definitions,
    /// A line of a paragraph may be a definition.
    pub definitions_in_paragraphs: bool,
    /// The label of a definition may hold brackets in pairs.
    pub brackets_in_labels: bool,
    /// `[[page]]` and `[[page|text]]` are links.
    pub wikilinks: bool,
    /// `$…$` and `$$…$$` are formulas.
    pub math: bool,
    /// The same where only what is shown as one counts, as code hosts and editors of notes do: no link stands in it.
    pub dollars: bool,
    /// Formulas between dollar signs are drawn before ids are made of headings: what they leave there is not known.
    pub draws_formulas: bool,
    /// Template tags that make links and images of their arguments.
    pub link_tags: LinkTags,
    /// Four blanks begin a code block.
    pub indented_code: bool,
    /// `<https://example.org>` is a link.
    pub angle_autolinks: bool,
    /// `!!! note`, `??? note` and `=== "Tab"` on a line of their own begin a block; its body is indented by four.
    pub admonitions: bool,
    /// `:::name` and `:::` stand around a box, and end the code in it.
    pub containers: bool,
    /// Fences are looked for before anything else, in raw HTML as well.
    pub fences_in_html: bool,
    /// `:   text` under a term is its definition.
    pub definition_lists: bool,
    /// Lines such as `--8<-- "file"`, `{!file!}` or `::: module` are replaced by text from elsewhere.
    pub includes: bool,
    /// The titles of tabs are ids.
    pub tab_ids: bool,
    /// `:name:` is a picture and no text.
    pub emoji: bool,
    /// Labels of references may be defined where the page does not show it (by a plugin, in a file that is appended).
    pub foreign_labels: bool,
}

/// Which `{…}` in text are attributes of what stands before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttributeLists {
    /// None: braces are text.
    None,
    /// `{: #id .class}`: kramdown.
    Colon,
    /// `{#id}`, `{ .class key=value }`, also with the colon: Python-Markdown's `attr_list`, pandoc.
    Braces,
}

/// Template languages that run over a page's source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Templates {
    /// None: braces are text.
    None,
    /// `{{ … }}` and `{% … %}`: Liquid, Nunjucks, Tera, Hexo's tags.
    Liquid,
    /// `{{< … >}}` and `{{% … %}}`: Hugo's shortcodes.
    Hugo,
    /// `{…}` expressions, `{/* … */}` comments and `import`/`export` lines: MDX.
    Mdx,
    /// `{{ name(…) }}` and `{% name(…) %} … {% end %}`: Zola's shortcodes; other braces are text.
    Zola,
    /// `{% name key="value" %} … {% /name %}` and `{% $variable %}`: Markdoc.
    Markdoc,
}

/// Template tags that make links and images of their arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkTags {
    /// None that are known.
    None,
    /// `{{< include file >}}`: Quarto's.
    Quarto,
    /// `<<< @/file.ts{2}`: VitePress'.
    VitePress,
    /// `{% post_link slug %}`, `{% asset_img name %}` …: Hexo's.
    Hexo,
}

/// Which bare URLs in text become links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Linkify {
    /// None: a bare URL is text.
    None,
    /// As goldmark (Hugo): ASCII only, after a blank or one of `*_~("'`.
    Goldmark,
    /// As pymdownx.magiclink (MkDocs): letters of any script, and of signs only those that addresses have.
    Magic,
    /// As GitHub's Markdown, marked, remark-gfm: up to the next blank or `<`.
    Gfm,
    /// As linkify-it (markdown-it): the same, but a sign of any script, such as `，`, ends a host or a port.
    LinkifyIt,
}

/// Whether raw HTML reaches the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RawHtml {
    /// It does.
    Keep,
    /// It is left out, as Hugo does unless `markup.goldmark.renderer.unsafe` is set.
    Drop,
}

/// Where Markdown stops inside HTML elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HtmlBlocks {
    /// At the block's start; it goes on after the next blank line.
    Commonmark,
    /// Inside a block-level element up to its end tag: Python-Markdown without `md_in_html`.
    Elements,
    /// The same, unless the element has `markdown="1"`.
    Kramdown,
    /// The same, and a bare `markdown` is enough: Python-Markdown with `md_in_html`.
    MdInHtml,
}

/// Which notation at a heading's end gives its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExplicitIds {
    /// None: braces are text.
    None,
    /// `{#id}` after a blank, alone in its braces, an XML name: kramdown.
    Kramdown,
    /// `{#id .class key=value}`: goldmark, pulldown-cmark (Zola).
    Goldmark,
    /// Also `{: #id}` and `{ id="x" }`: markdown-it-attrs (VitePress).
    Attributes,
    /// The same, but only behind a blank: Python-Markdown. Right behind a span it is the span's own.
    SpacedAttributes,
    /// `{#id .class key=value -}`: pandoc.
    Pandoc,
    /// `{#any words}`, `{/* #id */}`, `<!-- #id -->`: Docusaurus.
    Docusaurus,
}

/// Which of two definitions of one label counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Definitions {
    /// The first: CommonMark.
    FirstWins,
    /// The last: kramdown, Python-Markdown.
    LastWins,
}

impl Dialect {
    /// CommonMark with GitHub's extensions, as GitHub shows a README.
    pub const COMMONMARK: Dialect = Dialect {
        templates: Templates::None,
        template_comments: false,
        outputs_are_text: false,
        footnotes: true,
        linkify: Linkify::Gfm,
        raw_html: RawHtml::Keep,
        spaces_in_destination: false,
        keeps_backslashes: false,
        spaced_links: false,
        html_blocks: HtmlBlocks::Commonmark,
        attribute_lists: AttributeLists::None,
        explicit_ids: ExplicitIds::None,
        definitions: Definitions::FirstWins,
        definitions_in_paragraphs: false,
        brackets_in_labels: false,
        wikilinks: false,
        math: false,
        draws_formulas: false,
        dollars: false,
        link_tags: LinkTags::None,
        footnotes_end_with_their_line: false,
        indented_code: true,
        angle_autolinks: true,
        admonitions: false,
        containers: false,
        fences_in_html: false,
        definition_lists: false,
        includes: false,
        tab_ids: false,
        emoji: false,
        foreign_labels: false,
    };

    /// kramdown with its GFM reader and Liquid before it: Jekyll's default.
    pub const KRAMDOWN_GFM: Dialect = Dialect {
        templates: Templates::Liquid,
        linkify: Linkify::None,
        spaces_in_destination: true,
        keeps_backslashes: true,
        html_blocks: HtmlBlocks::Kramdown,
        attribute_lists: AttributeLists::Colon,
        explicit_ids: ExplicitIds::Kramdown,
        definitions: Definitions::LastWins,
        ..Dialect::COMMONMARK
    };

    /// Plain kramdown; what it does differently (how ids are made) is the heading algorithm's business.
    pub const KRAMDOWN: Dialect = Dialect::KRAMDOWN_GFM;

    /// MDX: Markdown with JSX, where braces are code, and neither `<https://…>` nor an indent is markup.
    pub const MDX: Dialect =
        Dialect { templates: Templates::Mdx, indented_code: false, angle_autolinks: false, ..Dialect::COMMONMARK };

    /// This dialect as it reads `.mdx` files.
    #[must_use]
    pub fn in_mdx(self) -> Dialect {
        let Dialect { templates, indented_code, angle_autolinks, .. } = Dialect::MDX;
        Dialect { templates, indented_code, angle_autolinks, ..self }
    }
    /// Python-Markdown without any extension; each of them switches something on.
    pub const PYTHON_MARKDOWN: Dialect = Dialect {
        footnotes: false,
        linkify: Linkify::None,
        spaces_in_destination: true,
        keeps_backslashes: true,
        html_blocks: HtmlBlocks::Elements,
        definitions: Definitions::LastWins,
        definitions_in_paragraphs: true,
        ..Dialect::COMMONMARK
    };

    /// pandoc's Markdown with Quarto's shortcodes.
    pub const PANDOC: Dialect = Dialect {
        templates: Templates::Hugo,
        linkify: Linkify::None,
        spaces_in_destination: true,
        keeps_backslashes: true,
        attribute_lists: AttributeLists::Braces,
        explicit_ids: ExplicitIds::Pandoc,
        definitions: Definitions::LastWins,
        brackets_in_labels: true,
        math: true,
        definition_lists: true,
        ..Dialect::COMMONMARK
    };

    /// goldmark with Hugo's shortcodes; raw HTML as the site's configuration says (here: kept).
    pub const GOLDMARK: Dialect = Dialect {
        templates: Templates::Hugo,
        linkify: Linkify::Goldmark,
        explicit_ids: ExplicitIds::Goldmark,
        ..Dialect::COMMONMARK
    };

    /// marked with Hexo's tags; bare URLs and footnotes as the site's renderer has them.
    pub const HEXO: Dialect =
        Dialect { templates: Templates::Liquid, link_tags: LinkTags::Hexo, ..Dialect::COMMONMARK };
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect::COMMONMARK
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_file_names_only_what_differs() {
        let read: Dialect = serde_yaml::from_str(
            "templates: hugo\nlinkify: goldmark\nexplicit-ids: goldmark\nraw-html: drop\ndefinitions: first-wins",
        )
        .unwrap();
        assert_eq!(read, Dialect { raw_html: RawHtml::Drop, ..Dialect::GOLDMARK });
        assert!(serde_yaml::from_str::<Dialect>("linkfy: gfm").is_err());
    }
}
