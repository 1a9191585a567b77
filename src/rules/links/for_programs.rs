//! Empty links that are meant for programs, and that nobody should follow.

use crate::page::links::{Link, Origin};

/// True for `<a rel="me" href="https://social.example/@name"></a>`: the other side reads it to see that both are one
/// person's, and nobody is meant to see it.
pub fn says_who_i_am(text: &str, link: &Link) -> bool {
    let tag = link.whole.of(text);
    let rel = tag.split_once(" rel=").map(|(_, rel)| rel.trim_start_matches(['"', '\'']));
    let rel = rel.map(|rel| rel.split(['"', '\'', '>']).next().unwrap_or_default());
    matches!(link.origin, Origin::Html(_))
        && rel.is_some_and(|rel| rel.split_whitespace().any(|one| one.eq_ignore_ascii_case("me")))
}

/// True for what is hidden from readers, and for data of the IndieWeb: `<a class="u-bridgy" href="https://brid.gy/publish/x"></a>`.
pub fn is_for_programs(text: &str, link: &Link) -> bool {
    let tag = link.whole.of(text).split('>').next().unwrap_or_default();
    let class = tag.split_once(" class=").map_or("", |(_, class)| class);
    let class = class.trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or_default();
    let data = |name: &str| ["u-", "p-", "dt-", "e-"].iter().any(|start| name.starts_with(start));
    let hidden = [" hidden", "display:none", "display: none"].iter().any(|word| tag.contains(word));
    let asked = link.destination.contains("://brid.gy/") || link.destination.contains("://fed.brid.gy");
    matches!(link.origin, Origin::Html(_)) && (hidden || asked || class.split_whitespace().any(data))
}
