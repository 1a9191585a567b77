//! The few things that writing asks of a file system, so that a test can let each of them fail.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// A file system.
pub trait Disk: Sync {
    /// An open file.
    type File;

    /// The bytes of a file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// A new file; an error when there is one of that name.
    fn create(&self, path: &Path) -> io::Result<Self::File>;
    /// Writes all bytes.
    fn write(&self, file: &mut Self::File, bytes: &[u8]) -> io::Result<()>;
    /// Gives the file the permissions and, where possible, the owner of another.
    fn dress(&self, file: &Self::File, like: &Path) -> io::Result<()>;
    /// Waits until the bytes are on the disk.
    fn sync(&self, file: &Self::File) -> io::Result<()>;
    /// Puts the file in the place of another.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Waits until the folder's names are on the disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
}

/// The machine's own.
pub struct Real;

impl Disk for Real {
    type File = File;

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        // Until it has the permissions of the original, nobody else reads it.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn dress(&self, file: &File, like: &Path) -> io::Result<()> {
        let meta = fs::symlink_metadata(like)?;
        keep_owner(file, &meta);
        file.set_permissions(meta.permissions())
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Windows opens no folders, and has nothing to wait for.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }
}

/// In a container postlint may be root: the file stays its owner's. Who may not give a file away keeps it.
#[cfg(unix)]
fn keep_owner(file: &File, like: &Metadata) {
    use std::os::unix::fs::MetadataExt as _;
    let other = file.metadata().is_ok_and(|own| own.uid() != like.uid() || own.gid() != like.gid());
    if other {
        let _ = std::os::unix::fs::fchown(file, Some(like.uid()), Some(like.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}
