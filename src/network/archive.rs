//! What a dead page said, as the Wayback Machine kept it, nearest to the day on which the post that links to it was
//! written: the newest copy is often the one of whoever bought the name afterwards.
//!
//! The archive's answers are judged like everybody's: a copy counts only if it is the archive's, of that page, and opens.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::answer::{Answer, Ask, Failure, Prober, Response, Want};

/// The availability API of the Wayback Machine.
pub const ENDPOINT: &str = "https://archive.org/wayback/available";
/// As long as a run waits for the archive, in all.
pub const BUDGET: Duration = Duration::from_secs(20);
/// Its answers are a few hundred bytes.
const ANSWER: usize = 64 << 10;

/// An archive that can be asked.
#[derive(Debug, Clone)]
pub struct Archive {
    endpoint: Url,
}

/// A copy of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Where it is.
    pub url: Url,
    /// The day on which it was made.
    pub day: Date,
}

/// Looks for copies of all these pages, each near its day, one after the other, as long as the archive answers and the
/// time lasts. What was not asked has none. Starts tokio.
#[must_use]
pub fn copies(
    archive: &Archive,
    prober: &Arc<dyn Prober>,
    pages: &[(Url, Date)],
    budget: Duration,
) -> Vec<Option<Copy>> {
    let mut found = vec![None; pages.len()];
    if pages.is_empty() {
        return found;
    }
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return found };
    runtime.block_on(async {
        let end = Instant::now() + budget;
        for (found, (page, day)) in found.iter_mut().zip(pages) {
            match timeout_at(end, archive.nearest(&**prober, page, *day)).await {
                Ok(Ok(copy)) => *found = copy,
                // It does not answer, or does not want to: the next question would not be welcome.
                Ok(Err(_)) | Err(_) => break,
            }
        }
    });
    runtime.shutdown_background();
    found
}

/// The address at which the archive takes a page in that is still there; none for what is an archive's itself.
#[must_use]
pub fn keeping(page: &Url) -> Option<String> {
    let host = page.host_str()?;
    let archived = host.split('.').any(|label| label == "archive") || host.ends_with("perma.cc");
    (!archived).then(|| format!("https://web.archive.org/save/{page}"))
}

impl Archive {
    /// The archive that answers at `endpoint`, in the form of [`ENDPOINT`].
    #[must_use]
    pub fn new(endpoint: Url) -> Self {
        Self { endpoint }
    }

    /// The copy of `page` nearest to `day`, if there is one that opens.
    ///
    /// # Errors
    /// When the archive did not answer the question.
    pub async fn nearest(&self, prober: &dyn Prober, page: &Url, day: Date) -> Result<Option<Copy>, Failure> {
        let response = answered(prober.ask(self.question(page, day)).await)?;
        let Some(copy) = self.copy(page, &response) else { return Ok(None) };
        let opened = answered(prober.ask(Ask::head(copy.url.clone())).await)?;
        match opened.status {
            200 => Ok(Some(copy)),
            // The archive sends on to the copy that it really has.
            301 | 302 | 307 | 308 => {
                let Some(other) = opened.headers.location().and_then(|location| copy.url.join(location).ok()) else {
                    return Ok(None);
                };
                let Some(other) = self.capture(&other, page) else { return Ok(None) };
                let ask = Ask { redirected: true, ..Ask::head(other.url.clone()) };
                Ok((answered(prober.ask(ask).await)?.status == 200).then_some(other))
            }
            _ => Ok(None),
        }
    }

    /// The question for the copy of `page` nearest to `day`.
    #[must_use]
    pub fn question(&self, page: &Url, day: Date) -> Ask {
        let mut url = self.endpoint.clone();
        let mut page = page.clone();
        page.set_fragment(None);
        let noon = format!("{:04}{:02}{:02}120000", day.year(), day.month(), day.day());
        url.query_pairs_mut().append_pair("url", page.as_str()).append_pair("timestamp", &noon);
        Ask { accept: Some("application/json".to_owned()), ..Ask::get(url, Want::Text(ANSWER)) }
    }

    /// The copy of `page` that an answer names, if it was a good page when it was copied.
    #[must_use]
    pub fn copy(&self, page: &Url, response: &Response) -> Option<Copy> {
        let body = response.body.as_ref().filter(|body| response.status == 200 && !body.truncated)?;
        let answer: Value = serde_json::from_str(&body.text).ok()?;
        let closest = answer.get("archived_snapshots")?.get("closest")?;
        let good = closest.get("available") == Some(&Value::Bool(true))
            && closest.get("status").is_some_and(|status| status == "200" || status == 200);
        let url = Url::parse(closest.get("url")?.as_str()?).ok()?;
        self.capture(&url, page).filter(|_| good)
    }

    /// `url` as a copy of `page`: at this archive, `/web/TIME/PAGE`.
    fn capture(&self, url: &Url, page: &Url) -> Option<Copy> {
        let mut url = url.clone();
        let (host, own) = (url.host_str()?, self.endpoint.host_str()?);
        if !matches!(url.scheme(), "http" | "https") || host.strip_prefix("web.").unwrap_or(host) != own {
            return None;
        }
        // It names its copies by http still.
        url.set_scheme(self.endpoint.scheme()).ok()?;
        if url.port_or_known_default() != self.endpoint.port_or_known_default() || !url.username().is_empty() {
            return None;
        }
        let (_, behind) = url.as_str().split_once("/web/")?;
        let (time, original) = behind.split_once('/')?;
        let digits = time.get(..14).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
        let small = |range| i8::try_from(number(range)?).ok();
        let day = Date::new(number(0..4)?, small(4..6)?, small(6..8)?).ok()?;
        is_of(original, page).then_some(Copy { url, day })
    }
}

/// What the archive says when it does answer: a refusal is none.
fn answered(answer: Answer) -> Result<Response, Failure> {
    let response = answer?;
    if response.status == 429 || response.status >= 500 {
        return Err(Failure::Protocol(format!("status {}", response.status)));
    }
    Ok(response)
}

/// Whether `original`, as the archive writes it, is that page: by the same rules as the archive, which knows one page under
/// http and https, with and without `www.`, a port or a slash at its end.
fn is_of(original: &str, page: &Url) -> bool {
    let Ok(original) = Url::parse(original).or_else(|_| Url::parse(&format!("http://{original}"))) else {
        return false;
    };
    let host = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
    let path = |url: &Url| url.path().trim_end_matches('/').to_lowercase();
    host(&original).is_some()
        && host(&original) == host(page)
        && path(&original) == path(page)
        && original.query() == page.query()
}
