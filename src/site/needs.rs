//! What the running rules want to know beyond names and pages, so that nothing is read that nobody asks for.

/// Questions that cost a look at the disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// What the images that pages show are: format, size, bytes.
    pub images: bool,
    /// Whether their metadata tell where they were taken.
    pub location: bool,
    /// Whether git has them.
    pub git: bool,
    /// Which pictures no text of the site names.
    pub mentions: bool,
    /// Which languages the layouts write into pages.
    pub layouts: bool,
    /// How sentences write the names of terms.
    pub prose: bool,
}

impl Needs {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Needs) -> Needs {
        Needs {
            images: self.images || other.images,
            location: self.location || other.location,
            git: self.git || other.git,
            mentions: self.mentions || other.mentions,
            layouts: self.layouts || other.layouts,
            prose: self.prose || other.prose,
        }
    }

    /// What an image is.
    pub const IMAGES: Needs = Needs { images: true, ..Needs::NOTHING };
    /// Where an image was taken.
    pub const LOCATION: Needs = Needs { location: true, ..Needs::IMAGES };
    /// Whether git has an image.
    pub const GIT: Needs = Needs { git: true, ..Needs::NOTHING };
    /// What other texts name.
    pub const MENTIONS: Needs = Needs { mentions: true, ..Needs::NOTHING };
    /// What layouts say.
    pub const LAYOUTS: Needs = Needs { layouts: true, ..Needs::NOTHING };
    /// How sentences write terms.
    pub const PROSE: Needs = Needs { prose: true, ..Needs::NOTHING };
    /// Nothing at all.
    const NOTHING: Needs =
        Needs { images: false, location: false, git: false, mentions: false, layouts: false, prose: false };
}
