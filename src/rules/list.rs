//! The one list of rules written in Rust: a line per rule, in the order of the files in `rules/`.

use serde_json::Value;

use super::meta::{Check, RuleMeta};
use super::rule::Code;
use super::{front_matter, images, language, links, markup, site};

/// Makes a rule from its options.
pub type Make = fn(&Value) -> Result<Code, serde_json::Error>;

/// Id and maker of every rule with `check: code`.
pub const RULES: &[(&str, Make)] = &[
    ("front-matter/date-mismatch", front_matter::date_mismatch::make),
    ("front-matter/dialect", front_matter::dialect::make),
    ("front-matter/duplicate-key", front_matter::duplicate_key::make),
    ("front-matter/duplicate-term", front_matter::duplicate_term::make),
    ("front-matter/duplicate-title", front_matter::duplicate_title::make),
    ("front-matter/empty-value", front_matter::empty_value::make),
    ("front-matter/future-date", front_matter::future_date::make),
    ("front-matter/hidden-character", front_matter::hidden_character::make),
    ("front-matter/invalid-date", front_matter::invalid_date::make),
    ("front-matter/invalid-language", front_matter::invalid_language::make),
    ("front-matter/missing", front_matter::missing::make),
    ("front-matter/misspelling", front_matter::misspelling::make),
    ("front-matter/repeated-title", front_matter::repeated_title::make),
    ("front-matter/required-key", front_matter::required_key::make),
    ("front-matter/syntax", front_matter::syntax::make),
    ("front-matter/term-typo", front_matter::term_typo::make),
    ("front-matter/term-variant", front_matter::term_variant::make),
    ("front-matter/unknown-author", front_matter::unknown_author::make),
    ("front-matter/unknown-key", front_matter::unknown_key::make),
    ("front-matter/unknown-layout", front_matter::unknown_layout::make),
    ("front-matter/wrong-type", front_matter::wrong_type::make),
    ("images/broken-file", images::broken_file::make),
    ("images/filename-alt", images::filename_alt::make),
    ("images/hotlinked", images::hotlinked::make),
    ("images/location-metadata", images::location_metadata::make),
    ("images/missing-alt", images::missing_alt::make),
    ("images/missing-file", images::missing_file::make),
    ("images/oversized", images::oversized::make),
    ("images/unsupported-format", images::unsupported_format::make),
    ("images/untracked", images::untracked::make),
    ("images/unused-file", images::unused_file::make),
    ("images/wrong-case", links::wrong_case::make_for_images),
    ("images/wrong-extension", images::wrong_extension::make),
    ("language/declaration-conflict", language::declaration_conflict::make),
    ("language/mojibake", language::mojibake::make),
    ("language/term-casing", language::term_casing::make),
    ("language/wrong-declaration", language::wrong_declaration::make),
    ("links/broken-syntax", links::broken_syntax::make),
    ("links/credentials", links::credentials::make),
    ("links/dead-url", links::dead_url::make),
    ("links/deceptive", links::deceptive::make),
    ("links/empty", links::empty::make),
    ("links/hijacked-url", links::hijacked_url::make),
    ("links/insecure-url", links::insecure_url::make),
    ("links/local-url", links::local_url::make),
    ("links/malformed-url", links::malformed_url::make),
    ("links/missing-anchor", links::missing_anchor::make),
    ("links/missing-page", links::missing_page::make),
    ("links/outside-site", links::outside_site::make),
    ("links/own-domain", links::own_domain::make),
    ("links/redirected-url", links::redirected_url::make),
    ("links/undefined-reference", links::undefined_reference::make),
    ("links/unpublished-target", links::unpublished_target::make),
    ("links/unused-definition", links::unused_definition::make),
    ("links/unverified-url", links::unverified_url::make),
    ("links/wrong-case", links::wrong_case::make),
    ("links/wrong-language", links::wrong_language::make),
    ("markup/conflict-marker", markup::conflict_marker::make),
    ("markup/hidden-character", markup::hidden_character::make),
    ("markup/leftover-shortcode", markup::leftover_shortcode::make),
    ("markup/unclosed-template", markup::unclosed_template::make),
    ("site/duplicate-url", site::duplicate_url::make),
];

/// A rule ready to run, whether it is written in Rust or declared.
///
/// # Errors
/// When its options do not fit its type.
pub fn code(meta: &RuleMeta, options: &Value) -> Result<Code, serde_json::Error> {
    match &meta.check {
        Check::Code => match RULES.iter().find(|(known, _)| *known == meta.id) {
            Some((_, make)) => make(options),
            None => Ok(Code::Engine),
        },
        Check::Declared(_) => super::declarative::code(meta, options).map_err(serde::de::Error::custom),
    }
}
