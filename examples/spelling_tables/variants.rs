//! British spellings of American words. The list of English words is American; that a spelling is British must not make it
//! a slip. Words that nobody writes come out too; a few more words in the filter only make us a little more silent.

/// American endings and middles, and what stands for them in Britain.
const PAIRS: [(&str, &str); 24] = [
    ("izat", "isat"),
    ("izing", "ising"),
    ("ized", "ised"),
    ("izes", "ises"),
    ("izer", "iser"),
    ("izab", "isab"),
    ("ize$", "ise"),
    ("yz", "ys"),
    ("or$", "our"),
    ("ors$", "ours"),
    ("ored$", "oured"),
    ("oring$", "ouring"),
    ("orful", "ourful"),
    ("orite", "ourite"),
    ("orab", "ourab"),
    ("oral$", "oural"),
    ("enter", "entre"),
    ("eled$", "elled"),
    ("eling$", "elling"),
    ("eler", "eller"),
    ("ogs$", "ogues"),
    ("og$", "ogue"),
    ("ense", "ence"),
    ("gram$", "gramme"),
];

/// The British forms of a word, if it has any.
pub fn british(word: &str) -> impl Iterator<Item = String> {
    PAIRS.iter().filter_map(move |(american, british)| match american.strip_suffix('$') {
        Some(ending) => word.strip_suffix(ending).map(|stem| format!("{stem}{british}")),
        None => word.contains(american).then(|| word.replacen(american, british, 1)),
    })
}
