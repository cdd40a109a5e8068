//! Backups of the rooms' file, made while the server runs, and how one is put back.

use std::path::{Path, PathBuf};

use redb::ReadTransaction;

use super::embedded::{Embedded, FILE};
use super::image::{self, Image};
use super::{BackupError, FileError, OpenError, RestoreError, copy, files, open};
use crate::private_files;

/// How often a backup is begun again because the server put another file in the place of the one
/// that was read (judgement: it does that once in 45 minutes at most).
const TRIES: usize = 3;

/// A backup that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backup {
    /// How many rooms are in it.
    pub rooms: usize,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A backup that was put in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// How many rooms are in it.
    pub rooms: usize,
    /// The file that has the rooms now.
    pub path: PathBuf,
    /// Where the file is that was there before; `None` if there was none.
    pub replaced: Option<PathBuf>,
}

/// Writes everything that was agreed so far into a new file.
pub(super) async fn backup(log: &Embedded, to: &Path) -> Result<Backup, BackupError> {
    for _ in 1..TRIES {
        match try_backup(log, to).await {
            Err(BackupError::Interrupted) => {}
            done => return done,
        }
    }
    try_backup(log, to).await
}

async fn try_backup(log: &Embedded, to: &Path) -> Result<Backup, BackupError> {
    let view = log.view().await?;
    let to = to.to_owned();
    let written = tokio::task::spawn_blocking(move || write_backup(&view, &to)).await;
    written.unwrap_or_else(|error| {
        tracing::error!(%error, "a backup failed");
        Err(BackupError::Interrupted)
    })
}

fn write_backup(from: &ReadTransaction, to: &Path) -> Result<Backup, BackupError> {
    let unusable = |source: std::io::Error| BackupError::Unusable {
        path: to.to_owned(),
        source,
    };
    let Some(file) = files::new_file(to).map_err(unusable)? else {
        return Err(BackupError::Exists {
            path: to.to_owned(),
        });
    };
    let copied = open::database(file)
        .map_err(redb::Error::from)
        .and_then(|database| copy::copy(from, &database));
    let written = match copied {
        Ok(()) => files::sync_folder(to).map_err(unusable),
        Err(redb::Error::DatabaseClosed) => Err(BackupError::Interrupted),
        Err(redb::Error::Io(source)) => Err(unusable(source)),
        Err(error) => Err(unusable(std::io::Error::other(error))),
    };
    // What was written is read again, as a restore would.
    let checked = written.and_then(|()| Ok(Image::read(to)?));
    match checked {
        Ok(image) => Ok(Backup {
            rooms: image.rooms,
            bytes: image.bytes,
        }),
        Err(error) => {
            if let Err(error) = std::fs::remove_file(to) {
                tracing::warn!(path = ?to, %error, "an unfinished backup stays behind");
            }
            Err(error)
        }
    }
}

/// Checks a backup and puts it into a data folder that no server uses. The file that is there is
/// kept beside it.
///
/// # Errors
/// [`RestoreError`]; the data folder is as it was before.
pub fn restore(backup: &Path, data_dir: &Path) -> Result<Restored, RestoreError> {
    let image = Image::read(backup).map_err(RestoreError::Backup)?;
    let unusable = |path: &Path| {
        let path = path.to_owned();
        move |source| RestoreError::Data(OpenError::Unusable { path, source })
    };
    private_files::create_folder(data_dir).map_err(unusable(data_dir))?;
    let path = data_dir.join(FILE);
    let exists = std::fs::symlink_metadata(&path).is_ok();
    if exists && image::is_in_use(&path) {
        return Err(RestoreError::Data(OpenError::InUse { path }));
    }
    let written = write_next(&image, &path).and_then(|()| {
        let replaced = if exists {
            Some(files::keep_aside(&path, "replaced")?)
        } else {
            None
        };
        std::fs::rename(files::next_path(&path), &path)?;
        files::sync_folder(&path)?;
        Ok(replaced)
    });
    match written {
        Ok(replaced) => Ok(Restored {
            rooms: image.rooms,
            path,
            replaced,
        }),
        Err(source) => {
            files::remove_unfinished(&path);
            Err(unusable(&path)(source))
        }
    }
}

fn write_next(image: &Image, path: &Path) -> std::io::Result<()> {
    let written = image.view().and_then(|view| {
        let database = open::database(files::create_next(path)?)?;
        copy::copy(&view, &database)
    });
    written.map_err(|error| match error {
        redb::Error::Io(source) => source,
        other => std::io::Error::other(other),
    })
}

/// What a data folder holds, and what a start of this version would do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The path of the rooms' file.
    pub path: PathBuf,
    /// What is in it; `None` if there is no file yet.
    pub file: Option<CheckedFile>,
}

/// A rooms' file that can be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckedFile {
    /// How many rooms are in it.
    pub rooms: usize,
    /// Its size in bytes.
    pub bytes: u64,
    /// The number of its format.
    pub format: i64,
    /// The format that this version writes. If it is another one, the next start copies the file
    /// and migrates it.
    pub newest: i64,
    /// Whether a server runs on it now.
    pub in_use: bool,
}

/// Reads a data folder as a start would, and changes nothing, whether a server runs on it or not.
///
/// # Errors
/// [`FileError`] says why a start would fail.
pub fn check(data_dir: &Path) -> Result<Checked, FileError> {
    let path = data_dir.join(FILE);
    check_folder(data_dir)?;
    let in_use = match std::fs::symlink_metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Checked { path, file: None });
        }
        Err(source) => return Err(OpenError::Unusable { path, source }.into()),
        Ok(_) => image::is_in_use(&path),
    };
    if !in_use {
        may_write(&path)?;
    }
    let image = Image::read(&path)?;
    let file = CheckedFile {
        rooms: image.rooms,
        bytes: image.bytes,
        format: image.format,
        newest: super::newest_format(),
        in_use,
    };
    Ok(Checked {
        path,
        file: Some(file),
    })
}

/// Checks that the folder, or the nearest one above it that exists, can be written.
fn check_folder(data_dir: &Path) -> Result<(), OpenError> {
    let existing = data_dir
        .ancestors()
        .map(|folder| {
            if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            }
        })
        .find(|folder| std::fs::symlink_metadata(folder).is_ok());
    let Some(folder) = existing else {
        return Ok(());
    };
    if !folder.is_dir() {
        return Err(OpenError::Unusable {
            path: folder.to_owned(),
            source: std::io::ErrorKind::NotADirectory.into(),
        });
    }
    may_write(folder)
}

#[cfg(unix)]
fn may_write(path: &Path) -> Result<(), OpenError> {
    use rustix::fs::{Access, access};
    access(path, Access::READ_OK | Access::WRITE_OK).map_err(|error| OpenError::Unusable {
        path: path.to_owned(),
        source: error.into(),
    })
}

#[cfg(not(unix))]
const fn may_write(_: &Path) -> Result<(), OpenError> {
    Ok(())
}
