//! When a failure is one: a bad day is no end.

use super::verdict::Verdict;

/// On how many distinct days something must be so before it is said.
#[derive(Debug, Clone, Copy)]
pub struct Strikes {
    /// The server says that it is gone.
    pub gone: u32,
    /// Nobody answers.
    pub unreachable: u32,
}

impl Strikes {
    /// True when the verdict, on so many days, is enough to call it dead.
    #[must_use]
    pub fn out(self, verdict: &Verdict, days: u32) -> bool {
        match verdict {
            Verdict::Gone(_) => days >= self.gone,
            Verdict::Unreachable(trouble) => trouble.is_absence() && days >= self.unreachable,
            _ => false,
        }
    }
}
