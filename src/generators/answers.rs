//! What generators answer: a site that has been read, what becomes of a file, where a link leads that only they understand.

use crate::finding::FilePath;
use crate::site::facts::Kind;
use crate::source::Span;

/// A defect of a generator's own configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The configuration file.
    pub file: FilePath,
    /// The place.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// True where it keeps the file from being read, so that what depends on it is not known.
    pub hides: bool,
}

/// What the generator does with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// It is content.
    Page {
        /// Of this kind.
        kind: Kind,
        /// In this collection or section.
        collection: Box<str>,
    },
    /// It is content if it has front matter and is copied otherwise (Jekyll's way).
    PageIfFrontMatter {
        /// Of this kind.
        kind: Kind,
        /// In this collection or section.
        collection: Box<str>,
    },
    /// It is copied to this address (path from the host's root, decoded).
    Asset(String),
    /// It is copied to where the page of its folder (its bundle) is published, wherever that is.
    Beside {
        /// The folder of the page, relative to the site's root.
        folder: Box<str>,
        /// The file's path below that folder.
        name: Box<str>,
        /// Its address of its own, where the program has given it one in some versions.
        also: Option<Box<str>>,
    },
    /// It is not published: layouts, data, configuration.
    Internal,
}

/// What a link that only the generator understands leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evaluated {
    /// A destination as if it had been written so.
    Destination(String),
    /// A page or file of the site (path relative to the site's root, as in `{% link %}`), with what follows it
    /// (`#anchor`).
    Source {
        /// The source file.
        path: String,
        /// Query and fragment.
        tail: String,
    },
    /// A source file that the generator would look for and not find; the build fails.
    NoSource {
        /// What it looks for, in the writer's words.
        wanted: String,
    },
    /// The same where the generator writes the address all the same, so that only what is published there counts.
    NoSourceUnlessPublished {
        /// What it looks for: a path from the site's root.
        wanted: String,
    },
    /// Something that the generator makes by itself: the list of a folder, of a tag.
    Made,
    /// It cannot be known from the source.
    Unknown,
}
