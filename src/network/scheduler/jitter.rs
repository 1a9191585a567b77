//! Chance that can be repeated: who failed together shall not come back together.

use std::time::Duration;

/// No wait is longer.
const LONGEST: Duration = Duration::from_secs(60);

/// A small generator of numbers (xorshift); the same seed gives the same numbers.
#[derive(Debug, Clone)]
pub struct Jitter {
    state: u64,
    first: Duration,
}

impl Jitter {
    /// From a seed and the wait before the first second attempt.
    #[must_use]
    pub fn new(seed: u64, first: Duration) -> Self {
        Jitter { state: seed ^ 0x9e37_79b9_7f4a_7c15 | 1, first }
    }

    fn number(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    /// The wait after so many attempts (from 1): three times as long each time, a quarter more or less.
    pub fn backoff(&mut self, attempts: u32) -> Duration {
        let wait = self.first.saturating_mul(3_u32.saturating_pow(attempts.saturating_sub(1))).min(LONGEST);
        let parts = u32::try_from(self.number() % 501).unwrap_or(0);
        wait * (750 + parts) / 1000
    }
}
