//! Folders and files that only their owner can read: what is in them concerns nobody else on
//! this machine. Where the system knows no users they are ordinary ones.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder and those above it, for this user only (mode 0700). One that is there already
/// stays as its owner made it.
///
/// # Errors
/// The system's error, such as a folder above it that this user may not write.
pub(crate) fn create_folder(folder: &Path) -> io::Result<()> {
    folder_builder().recursive(true).create(folder)
}

/// Makes a folder for this user only (mode 0700).
///
/// # Errors
/// The system's error, also if anything is at that path already, a link included.
pub(crate) fn create_new_folder(folder: &Path) -> io::Result<()> {
    folder_builder().create(folder)
}

/// Options for opening a file that, if it is new, only this user can read (mode 0600).
pub(crate) fn open_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn folder_builder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}
