//! The examples of a rule: what `explain` shows and `tests/rules.rs` runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One example: a page or a few files, and exactly what the rule must say about them.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Example {
    /// What it shows; unique within the rule.
    pub name: String,
    /// The generator whose minimal site surrounds `bad`/`good`; Jekyll where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generator: Option<String>,
    /// Options of this rule.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, Value>,
    /// The date that the run believes in, `2024-01-01` where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// One page with a defect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bad: Option<String>,
    /// One page without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub good: Option<String>,
    /// Files by path from the root: the whole site, or what stands around `bad`/`good`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, FileSpec>,
    /// The files of the base side, for rules that need `--since`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub before: BTreeMap<String, FileSpec>,
    /// What servers answer, by URL; its presence makes the run an online one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Answer>,
    /// The findings, in order: `path:line:column message`; without the path for `bad`/`good`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<String>,
    /// What `--fix` makes of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<Fixed>,
}

impl Example {
    /// True when the rule must say something.
    #[must_use]
    pub fn is_bad(&self) -> bool {
        self.bad.is_some() || !self.reports.is_empty()
    }
}

/// What a fix leaves: the page, or the files that change.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Fixed {
    /// The one page of `bad`.
    Page(String),
    /// Files by path; those not named stay as they are.
    Files(BTreeMap<String, String>),
}

/// A file of an example.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(try_from = "Value")]
pub struct FileSpec {
    /// What is in it.
    #[serde(flatten)]
    pub content: Content,
    /// False for a file that exists on disk but not in the git index.
    pub tracked: bool,
}

/// The content of an example's file.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// Text as it stands.
    Text(String),
    /// Bytes in base64.
    Base64(String),
    /// A text many times over.
    #[serde(untagged)]
    Repeated {
        /// What is repeated.
        text: String,
        /// How often.
        times: usize,
    },
    /// A small valid image of that format and size.
    #[serde(untagged)]
    Image {
        /// The format.
        image: ImageKind,
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
}

/// The image formats that an example can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ImageKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpg,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
}

/// The keys of a file that is written as a table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFile {
    text: Option<String>,
    times: Option<usize>,
    base64: Option<String>,
    image: Option<ImageKind>,
    width: Option<u32>,
    height: Option<u32>,
    tracked: Option<bool>,
}

impl TryFrom<Value> for FileSpec {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        if let Value::String(text) = value {
            return Ok(FileSpec { content: Content::Text(text), tracked: true });
        }
        let file: WrittenFile = serde_json::from_value(value).map_err(|error| error.to_string())?;
        let sized = file.width.is_some() || file.height.is_some();
        let content = match (file.text, file.base64, file.image) {
            (Some(text), None, None) if !sized => match file.times {
                Some(times) => Content::Repeated { text, times },
                None => Content::Text(text),
            },
            (None, Some(bytes), None) if !sized => Content::Base64(bytes),
            (None, None, Some(image)) => {
                Content::Image { image, width: file.width.unwrap_or(1), height: file.height.unwrap_or(1) }
            }
            _ => {
                return Err("a file is a text, {text: …, times: 9}, {base64: …} or {image: png, width: 2, height: 2}"
                    .to_owned());
            }
        };
        Ok(FileSpec { content, tracked: file.tracked.unwrap_or(true) })
    }
}

/// What a server says to a probe.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(try_from = "Value")]
pub struct Answer {
    /// Status of a GET, and of a HEAD unless `head` says otherwise; 200 where nothing is said, 0 with an `error`.
    pub status: u16,
    /// Where a redirect points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Content type; `text/html` where nothing is said.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The body of a GET.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Another status for a HEAD.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<u16>,
    /// No answer at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ProbeError>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProbeError {
    /// No such host.
    Nxdomain,
    /// Nobody answered in time.
    Timeout,
    /// The certificate or the handshake was refused.
    Tls,
    /// Nobody listens.
    Refused,
}

/// The keys of an answer that is written as a table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAnswer {
    status: Option<u16>,
    location: Option<String>,
    #[serde(rename = "type")]
    content_type: Option<String>,
    body: Option<String>,
    head: Option<u16>,
    error: Option<ProbeError>,
}

impl TryFrom<Value> for Answer {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        if let Some(number) = value.as_u64() {
            let status = u16::try_from(number).ok().filter(|status| (100..1000).contains(status));
            let status = status.ok_or_else(|| format!("{number} is no HTTP status"))?;
            return Ok(Answer { status, ..Answer::default() });
        }
        let written: WrittenAnswer = serde_json::from_value(value).map_err(|error| error.to_string())?;
        let answers = written.status.is_some_and(|status| status > 0) || written.body.is_some();
        if written.error.is_some() && answers {
            return Err("an answer with an `error` has no status and no body".to_owned());
        }
        let WrittenAnswer { status, location, content_type, body, head, error } = written;
        Ok(Answer {
            status: status.unwrap_or(if error.is_some() { 0 } else { 200 }),
            location,
            content_type,
            body,
            head,
            error,
        })
    }
}

impl FileSpec {
    /// Its text, where it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }
}
