//! front-matter/misspelling: a known slip in a title, a description or an alternative text.

use serde_json::Value;

use crate::finding::Safety;
use crate::language::spelling::{in_case_of, is_name, is_near, is_slip, others};
use crate::rules::rule::{Code, Reporter, SiteRule};
use crate::rules::spelling::{Accepted, Languages, repair};
use crate::site::Site;
use crate::site::slip::{Company, SlipKind, SlipPlace};

/// So many corrections are named.
const MANY: usize = 3;

struct Misspelling;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site(Misspelling))
}

impl SiteRule for Misspelling {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        let pages = || site.pages.iter().filter(|page| page.checked);
        if pages().all(|page| page.slips.is_empty()) {
            return;
        }
        let accepted = Accepted::of(site);
        // What was clipped from elsewhere is said there in these words.
        for page in pages().filter(|page| !page.slips.is_empty() && page.copied_from().is_none()) {
            let languages = Languages::of(page);
            for slip in &page.slips {
                let SlipKind::Typo(typo) = slip.kind else { continue };
                let named = || is_name(&slip.word) || accepted.has(&slip.word);
                // Where the page itself is too short to be read, its title is all that tells its language.
                let strange = match slip.company {
                    Company::English => false,
                    Company::Stranger => page.language.read_as().is_none() || !is_near(&slip.word, typo.correction),
                    Company::Strangers => languages.are_english() || page.language.read_as().is_none(),
                };
                if strange || !languages.agree(typo) || named() {
                    continue;
                }
                let right = in_case_of(&slip.word, typo.correction);
                let small = slip.word.to_lowercase();
                let near = others(&small, typo.correction);
                let sure = languages.are_english()
                    && slip.company == Company::English
                    && !slip.coined
                    && is_slip(&slip.word, typo.correction)
                    && near.is_empty();
                let safety = if sure { Safety::Safe } else { Safety::Manual };
                let mut all = vec![right];
                all.extend(near.into_iter().map(|other| in_case_of(&slip.word, &other)));
                all.truncate(MANY);
                let names = all.join("` or `");
                let place = match &slip.place {
                    SlipPlace::Front(key, _) => format!("`{key}`"),
                    SlipPlace::Alt => "the alternative text".to_owned(),
                };
                let draft = report
                    .at(&page.file, slip.span, format!("`{}` in {place} is a misspelling of `{names}`", slip.word))
                    .help(format!("write `{names}`; if the word is right, add it to `words` in postlint.yaml"))
                    .doubt(&slip.word, false);
                all.iter().fold(draft, |draft, right| draft.maybe_fix(repair(site, page, slip, right, safety))).done();
            }
        }
    }
}
