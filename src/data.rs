//! The lists in `rules/data/`, embedded as JSON: facts with a date and a source, edited without touching Rust.

include!(concat!(env!("OUT_DIR"), "/data.rs"));

/// The list `rules/data/<name>.yaml` as JSON text (`name` may hold `/`), or nothing when there is none.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    let at = DATA.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    DATA.get(at).map(|(_, text)| *text)
}

/// The list decoded; empty where there is no such list. `build.rs` has checked that it is well formed.
#[must_use]
pub fn read<T: serde::de::DeserializeOwned + Default>(name: &str) -> T {
    text(name).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_list_is_found_by_its_name() {
        assert!(!super::read::<Vec<serde_json::Value>>("retired-services").is_empty());
        assert!(super::text("no-such-list").is_none());
    }
}
