//! Files beside the rooms' file: copies of it, and the one that is to take its place. All of them
//! can be read by their owner only.

use std::fs::File;
use std::io::{Error as IoError, ErrorKind};
use std::path::{Path, PathBuf};

use super::DataFault;
use crate::private_files;

/// How many copies of one kind may lie beside the file (judgement: nobody makes more, and somebody
/// should look after them then).
const MOST_COPIES: u32 = 100;

/// Creates the file; `None` if it exists. It will hold private rooms' chat and everyone's hashes,
/// so only its owner can read it.
pub(super) fn new_file(path: &Path) -> std::io::Result<Option<File>> {
    let mut options = private_files::open_options();
    match options.read(true).write(true).create_new(true).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
        Err(error) => Err(error),
    }
}

/// The path of the file that is to take the place of this one.
pub(super) fn next_path(path: &Path) -> PathBuf {
    beside(path, "new")
}

/// The path with another ending after a dot.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Creates the file that is to take the place of this one; what an earlier try left is removed.
pub(super) fn create_next(path: &Path) -> std::io::Result<File> {
    let next = next_path(path);
    if let Some(file) = new_file(&next)? {
        return Ok(file);
    }
    std::fs::remove_file(&next)?;
    new_file(&next)?.ok_or_else(|| IoError::from(ErrorKind::AlreadyExists))
}

/// Removes the file that was to take the place of this one, if there is any.
pub(super) fn remove_unfinished(path: &Path) {
    let next = next_path(path);
    match std::fs::remove_file(&next) {
        Ok(()) => tracing::info!(path = ?next, "an unfinished file was removed"),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => tracing::warn!(path = ?next, %error, "an unfinished file stays behind"),
    }
}

/// Copies the file beside itself with this ending. The copy is there whole or not at all, and takes
/// the place of no other. Returns its path.
pub(super) fn copy_aside(path: &Path, ending: &str) -> std::io::Result<PathBuf> {
    let copied = File::open(path).and_then(|mut from| {
        let mut to = create_next(path)?;
        std::io::copy(&mut from, &mut to)?;
        to.sync_all()
    });
    let kept = copied
        .and_then(|()| free_path(path, ending))
        .and_then(|kept| {
            std::fs::rename(next_path(path), &kept)?;
            Ok(kept)
        });
    if kept.is_err() {
        remove_unfinished(path);
    }
    let kept = kept?;
    sync_folder(path)?;
    Ok(kept)
}

/// Gives the file a second name beside its own, so that another file can take its place. Returns
/// that name.
pub(super) fn keep_aside(path: &Path, ending: &str) -> std::io::Result<PathBuf> {
    let kept = free_path(path, ending)?;
    // Where there are no links it is gone from its place for a moment.
    std::fs::hard_link(path, &kept).or_else(|_| std::fs::rename(path, &kept))?;
    Ok(kept)
}

/// A path with this ending at which there is nothing.
fn free_path(path: &Path, ending: &str) -> std::io::Result<PathBuf> {
    let numbered = (2..=MOST_COPIES).map(|number| format!("{ending}-{number}"));
    for ending in std::iter::once(ending.to_owned()).chain(numbered) {
        let free = beside(path, &ending);
        // A link that leads nowhere counts as something.
        match std::fs::symlink_metadata(&free) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(free),
            Err(error) => return Err(error),
        }
    }
    Err(IoError::new(
        ErrorKind::AlreadyExists,
        DataFault::TooManyCopies,
    ))
}

/// Makes new names in the file's folder durable.
#[cfg(unix)]
pub(super) fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

/// Does nothing: only Unix lets a folder be opened and synced.
#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}
