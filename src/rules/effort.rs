//! How long a rule looks for what was meant.
//!
//! To find the nearest of many names for each of many wrong ones is work that grows with the square of a page. Past a point
//! nobody reads suggestions: the finding is reported all the same, without one.

/// So many names are compared in one run of a rule.
const MOST: usize = 200_000;

/// What is left of a rule's patience.
#[derive(Debug)]
pub struct Effort(usize);

impl Effort {
    /// All of it.
    pub fn new() -> Effort {
        Effort(MOST)
    }

    /// True when so many more names may be compared.
    pub fn allows(&mut self, names: usize) -> bool {
        let allowed = self.0 >= names;
        self.0 = self.0.saturating_sub(names);
        allowed
    }
}
