//! When a host asks to be left alone.

use std::time::Duration;

use jiff::Timestamp;

use super::answer::Response;

/// How long a response asks to be left alone; `Some(None)` where it asks and does not say how long.
#[must_use]
pub fn pause(response: &Response, now: Timestamp) -> Option<Option<Duration>> {
    is_throttled(response).then(|| response.headers.retry_after(now).or_else(|| response.headers.exhausted(now)))
}

/// True for an answer that is none yet: it asks to come back later.
#[must_use]
pub fn is_throttled(response: &Response) -> bool {
    response.status == 429 || (response.status == 503 && response.headers.get("retry-after").is_some())
}
