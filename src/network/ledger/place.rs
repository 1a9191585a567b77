//! Where the ledger lies, and whom it is trusted from.
//!
//! By default it lies in the user's cache folder, outside the checkout, where no pull request can write. A project may
//! commit one instead (`network: { ledger: FILE }`). That file comes with the repository, so in a run for a pull request
//! it is read as the target branch has it and never as the pull request brings it; where the target branch is not at
//! hand, it is not read at all, and it is not written either.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::super::scheduler::stable_hash;
use super::super::trust::{Env, shown, target_branch};

/// A ledger is a few hundred bytes for each URL; what is larger is none.
const MOST_BYTES: u64 = 256 << 20;

/// A place for the ledger.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The file; nothing keeps nothing.
    pub file: Option<PathBuf>,
    /// The text that stands for the file's, where it is not trusted as it lies there.
    pub instead: Option<String>,
    /// False where it is only read.
    pub writable: bool,
    /// It lies in the checkout, where nothing else shall be left behind.
    pub committed: bool,
    /// What the reader should know.
    pub notes: Vec<String>,
}

impl Place {
    /// Nowhere: nothing is known and nothing is kept.
    #[must_use]
    pub fn nowhere() -> Place {
        Place::default()
    }

    /// A file that is trusted as it lies there.
    #[must_use]
    pub fn at(file: PathBuf) -> Place {
        Place { file: Some(file), writable: true, ..Place::default() }
    }

    /// The place for a run in `base`. `committed` is what the configuration names, relative to `base`.
    #[must_use]
    pub fn find(base: &Path, committed: Option<&str>, env: Env<'_>) -> Place {
        let Some(path) = committed else { return cached(base, env) };
        let Some(target) = target_branch(env) else {
            return Place { committed: true, ..Place::at(base.join(path)) };
        };
        let text = shown(base, &target, path);
        let notes = match &text {
            Some(_) => Vec::new(),
            None => vec![format!(
                "the ledger `{path}` is not used: this run is for a pull request, and `{target}` does not have it or is \
                 not at hand"
            )],
        };
        Place { instead: text, notes, ..Place::default() }
    }

    /// Its text; empty where there is none yet.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(&self) -> Result<String, String> {
        if let Some(text) = &self.instead {
            return Ok(text.clone());
        }
        let Some(path) = &self.file else { return Ok(String::new()) };
        match fs::metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(String::new()),
            Err(error) => return Err(error.to_string()),
            Ok(meta) if !meta.is_file() => return Err("it is no file".to_owned()),
            Ok(meta) if meta.len() > MOST_BYTES => return Err("it is larger than any ledger".to_owned()),
            Ok(_) => {}
        }
        let bytes = fs::read(path).map_err(|error| error.to_string())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Puts what `make` makes of the present text in its place. Others wait meanwhile, and no reader sees half of it.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn replace(&self, make: impl FnOnce(&str) -> String) -> Result<(), String> {
        let Some(path) = &self.file else { return Ok(()) };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let words = |error: std::io::Error| format!("`{}` cannot be written: {error}", path.display());
        fs::create_dir_all(folder).map_err(words)?;
        let lock = lock(&self.lock_beside(path)).map_err(words)?;
        let text = make(&self.read()?);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = folder.join(format!(".{name}.{}.tmp", std::process::id()));
        let write = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&temporary)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&temporary, path)
        };
        let done = write().map_err(words);
        if done.is_err() {
            // Nothing is lost with it.
            let _ = fs::remove_file(&temporary);
        }
        drop(lock);
        done
    }

    /// The file that is locked while another is put in the ledger's place.
    fn lock_beside(&self, path: &Path) -> PathBuf {
        if self.committed {
            let hash = stable_hash(path.as_os_str().as_encoded_bytes());
            return std::env::temp_dir().join(format!("postlint-{hash:016x}.lock"));
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".lock");
        path.with_file_name(name)
    }
}

/// A lock that other runs of postlint respect; it ends with the file that is returned, or with the program.
fn lock(path: &Path) -> std::io::Result<File> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    match file.lock() {
        // A file system without locks: the rename alone keeps the file whole.
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(file),
        other => other.map(|()| file),
    }
}

/// In the user's cache folder; never inside the checkout, where a pull request could have put it.
fn cached(base: &Path, env: Env<'_>) -> Place {
    let set = |name: &str| env(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || set("HOME");
    let platform = || {
        if cfg!(target_os = "macos") {
            home().map(|home| home.join("Library/Caches"))
        } else if cfg!(windows) {
            set("LOCALAPPDATA")
        } else {
            home().map(|home| home.join(".cache"))
        }
    };
    let folder = set("POSTLINT_CACHE_DIR").or_else(|| {
        let folder = set("XDG_CACHE_HOME").filter(|folder| folder.is_absolute()).or_else(platform)?;
        Some(folder.join("postlint"))
    });
    let Some(folder) = folder else {
        let note = "what is probed is not remembered: there is no cache folder (set XDG_CACHE_HOME)".to_owned();
        return Place { notes: vec![note], ..Place::nowhere() };
    };
    let inside = |base: &Path| folder.starts_with(base) && base.parent().is_some();
    if inside(base) || base.canonicalize().is_ok_and(|base| inside(&base)) {
        let note = format!(
            "what is probed is not remembered: the cache folder `{}` lies in the repository, where a change could bring \
             its own answers",
            folder.display()
        );
        return Place { notes: vec![note], ..Place::nowhere() };
    }
    Place::at(folder.join("links.jsonl"))
}
