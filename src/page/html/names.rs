//! The few names of HTML that matter here.

/// Attributes that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Holds one destination.
    Url(&'static str),
    /// Holds several.
    SourceSet(&'static str),
    Style,
    Id,
    Name,
    Alt,
    Lang,
    Type,
    Label,
}

/// What an attribute's name means.
pub(super) fn attribute(name: &str) -> Option<Meaning> {
    let known = |(known, meaning): &(&str, Meaning)| known.eq_ignore_ascii_case(name).then_some(*meaning);
    ATTRIBUTES.iter().find_map(known)
}

const ATTRIBUTES: [(&str, Meaning); 16] = [
    ("href", Meaning::Url("href")),
    ("src", Meaning::Url("src")),
    ("to", Meaning::Url("to")),
    ("alt", Meaning::Alt),
    ("id", Meaning::Id),
    ("name", Meaning::Name),
    ("style", Meaning::Style),
    ("title", Meaning::Label),
    ("aria-label", Meaning::Label),
    ("srcset", Meaning::SourceSet("srcset")),
    ("data-src", Meaning::Url("data-src")),
    ("data-srcset", Meaning::SourceSet("data-srcset")),
    ("poster", Meaning::Url("poster")),
    ("data", Meaning::Url("data")),
    ("lang", Meaning::Lang),
    ("type", Meaning::Type),
];

/// Elements whose destinations are reported under their own name.
const TAGS: [&str; 15] = [
    "a", "area", "audio", "base", "embed", "iframe", "image", "img", "input", "link", "object", "script", "source",
    "track", "video",
];

/// Elements that scripts load late from `data-src`.
pub(super) fn loads_late(tag: &str) -> bool {
    matches!(tag, "img" | "image" | "iframe" | "source" | "video" | "audio" | "embed")
}

/// True for a picture that is shown until a script has loaded the right one.
pub(super) fn is_place_holder(src: &str) -> bool {
    const WORDS: [&str; 18] = [
        "load", "lazy", "place", "blank", "spin", "pixel", "1x1", "grey", "gray", "trans", "empty", "dummy", "default",
        "thumb", "small", "low", "preview", "blur",
    ];
    let lower = src.to_ascii_lowercase();
    let name = lower.rsplit('/').next().unwrap_or_default();
    src.starts_with("data:") || src.starts_with('#') || WORDS.iter().any(|word| name.contains(word))
}

/// The element's name, or `other`.
pub(super) fn tag(name: &[u8]) -> &'static str {
    TAGS.iter().find(|tag| tag.as_bytes() == name).copied().unwrap_or("other")
}

/// Elements whose text is no prose.
pub(super) fn is_silent(name: &[u8]) -> bool {
    matches!(
        name,
        b"script" | b"style" | b"pre" | b"code" | b"textarea" | b"kbd" | b"samp" | b"svg" | b"math" | b"template"
    )
}

/// Elements that stand inside a line of text: they do not end a block of prose, and kramdown reads Markdown in them.
pub(in crate::page) fn is_inline(name: &[u8]) -> bool {
    matches!(
        name,
        b"a" | b"abbr"
            | b"acronym"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"big"
            | b"br"
            | b"button"
            | b"cite"
            | b"code"
            | b"data"
            | b"del"
            | b"dfn"
            | b"em"
            | b"font"
            | b"i"
            | b"img"
            | b"input"
            | b"ins"
            | b"kbd"
            | b"label"
            | b"mark"
            | b"option"
            | b"q"
            | b"rb"
            | b"rbc"
            | b"rp"
            | b"rt"
            | b"rtc"
            | b"ruby"
            | b"s"
            | b"samp"
            | b"select"
            | b"small"
            | b"span"
            | b"strike"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"time"
            | b"tt"
            | b"u"
            | b"var"
            | b"wbr"
    )
}

/// Elements without content or end tag.
pub(in crate::page) fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"command"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"keygen"
            | b"link"
            | b"meta"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// True for an element that only stands in drawings (SVG).
pub fn is_shape(tag: &[u8]) -> bool {
    const SHAPES: [&str; 15] = [
        "circle",
        "clippath",
        "defs",
        "ellipse",
        "g",
        "line",
        "lineargradient",
        "marker",
        "path",
        "polygon",
        "polyline",
        "rect",
        "symbol",
        "tspan",
        "use",
    ];
    SHAPES.binary_search_by(|known| known.bytes().cmp(tag.iter().map(u8::to_ascii_lowercase))).is_ok()
}
