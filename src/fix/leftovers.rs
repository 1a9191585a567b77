//! Files that a run which was killed has left beside the pages: nobody else will ever take them away.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::discover::parent;
use crate::finding::FilePath;

/// No run takes so long; what is younger may belong to one that is still writing.
const OLD: Duration = Duration::from_secs(60 * 60);

/// The name of a new text until it takes the old one's place.
pub fn name(process: u32, number: u32) -> String {
    format!(".postlint-{process}-{number}.tmp")
}

fn is_own(name: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let inner = name.strip_prefix(".postlint-").and_then(|rest| rest.strip_suffix(".tmp"));
    inner.and_then(|inner| inner.split_once('-')).is_some_and(|(process, count)| number(process) && number(count))
}

/// Removes old ones from the folders of these files. What cannot be removed stays: it is in nobody's way.
pub fn remove<'f>(base: &Path, files: impl Iterator<Item = &'f FilePath>) {
    let folders: BTreeSet<&str> = files.map(|file| parent(file)).collect();
    for folder in folders {
        let Ok(entries) = fs::read_dir(base.join(folder)) else { continue };
        for entry in entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_own)) {
            // Of the entry itself: a link is not followed.
            let Ok(meta) = entry.metadata() else { continue };
            let old = meta.modified().ok().and_then(|time| time.elapsed().ok()).is_some_and(|age| age > OLD);
            if meta.is_file() && old {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn only_old_files_of_our_own_go() {
        let folder = tempfile::tempdir().unwrap();
        let posts = folder.path().join("posts");
        fs::create_dir(&posts).unwrap();
        let make = |name: &str, age: u64| {
            let file = fs::File::create(posts.join(name)).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
        };
        for (name, age) in [
            (name(7, 0), 7200),
            (name(8, 12), 60),
            (".postlint-x-1.tmp".to_owned(), 7200),
            (".postlint-1-1.tmp.md".to_owned(), 7200),
            ("a.md".to_owned(), 7200),
        ] {
            make(&name, age);
        }
        let files: Vec<FilePath> = vec!["posts/a.md".into(), "gone/b.md".into()];
        remove(folder.path(), files.iter());
        let mut left: Vec<_> =
            fs::read_dir(&posts).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        assert_eq!(left, [".postlint-1-1.tmp.md", ".postlint-8-12.tmp", ".postlint-x-1.tmp", "a.md"]);
    }
}
