//! What a link leads to.

use crate::finding::FilePath;

/// The answer to one link. There is one of each link of a site, so what is rare or long is kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page, by its number, and an anchor in it.
    Page {
        /// The page.
        page: u32,
        /// The fragment as written, without `#`.
        fragment: Option<Box<str>>,
    },
    /// A file that is copied.
    Asset(FilePath),
    /// A file or address that the generator, a plugin or a redirect makes.
    Generated,
    /// Another site.
    External,
    /// Something that is no address of a site: `mailto:`, `tel:`, `data:` …
    Scheme,
    /// A page that readers do not see.
    Unpublished(u32),
    /// The same path in another case or Unicode form.
    WrongCase(Box<Respelt>),
    /// Nothing.
    Missing {
        /// The path that was asked for, decoded, from the site's base.
        path: Box<str>,
    },
    /// A source file that the generator looks for by its name and does not find.
    NoSource {
        /// What it looks for.
        wanted: Box<str>,
    },
    /// A path that climbs above the site's root.
    Outside,
    /// An address that is not written as one, so that browsers take it for a relative path: a host without its scheme,
    /// a mail address, a URL behind a stray character.
    Malformed,
    /// No destination.
    Empty,
    /// It cannot be known from the source.
    Unchecked(Unknown),
}

/// A path that exists in another spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Respelt {
    /// The path that was asked for, decoded, from the site's base.
    pub path: String,
    /// The output file that exists.
    pub found: String,
}

/// Why a link is not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unknown {
    /// It holds a template expression.
    Template,
    /// The page's own address is made by code.
    PageAddress,
    /// The site's pages are partly made by code or plugins.
    MadePages,
    /// The site is built by a generator that postlint does not know.
    Generator,
    /// The site's configuration does not parse.
    Configuration,
    /// Code of the site's own may write another address.
    Rewritten,
    /// It lies outside the site's base path, on the same host.
    OtherSite,
    /// Another repository of the same owner publishes it under the same host.
    SisterRepository,
    /// A note that may still be written, where writers link to such notes as a habit.
    Unwritten,
    /// A file of the writer's that an ignore file keeps out of the repository.
    KeptOut,
    /// A file that only the committed output holds, in a repository that nothing builds anew.
    CommittedOutput,
    /// Nearly all links of this kind lead nowhere, so the site is not as we believe.
    Misfit,
    /// Whether the page's own address ends with a slash its host decides.
    Slash,
    /// An id that many pages ask for, in a site whose layouts are not here.
    Layout,
    /// An image named in front matter or in a shortcode, whose base folder only the theme knows.
    ImageFolder,
}

impl Unknown {
    /// A plural noun for the counts of a report.
    #[must_use]
    pub fn counted(self) -> &'static str {
        match self {
            Unknown::Template => "template_links",
            Unknown::PageAddress => "links_in_pages_without_a_known_address",
            Unknown::MadePages => "links_to_pages_made_by_code",
            Unknown::Generator => "links_in_a_site_of_an_unknown_generator",
            Unknown::Configuration => "links_in_a_site_whose_configuration_cannot_be_read",
            Unknown::Rewritten => "links_that_code_of_the_site_may_change",
            Unknown::OtherSite => "links_outside_the_base_path",
            Unknown::SisterRepository => "links_to_other_repositories_of_the_owner",
            Unknown::Misfit => "links_of_a_kind_that_leads_nowhere_in_this_site",
            Unknown::KeptOut => "links_to_files_that_an_ignore_file_keeps_out",
            Unknown::CommittedOutput => "links_to_files_that_only_the_committed_output_holds",
            Unknown::Unwritten => "links_to_notes_not_written_yet",
            Unknown::Slash => "links_that_depend_on_a_slash_behind_the_page",
            Unknown::Layout => "fragments_that_a_layout_may_bring",
            Unknown::ImageFolder => "images_in_a_folder_that_only_the_theme_knows",
        }
    }
}
