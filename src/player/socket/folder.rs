//! A folder for one socket that only this user can enter. It is removed by its owner at the end,
//! or, if the owner was killed, when the next one starts.
//!
//! The owner holds a lock on the folder, which the system releases when the process ends.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use super::is_socket;
use crate::private_files;

/// The prefix of the folders' names; 16 hexadecimal digits follow.
const NAME: &str = "watchtogether-";

/// The prefix of a folder's name until its owner holds the lock.
const NAME_OF_NEW: &str = "new-";

/// The file name of the socket.
const SOCKET: &str = "mpv";

/// The file name of the options for yt-dlp.
const OPTIONS: &str = "yt-dlp.conf";

/// How much longer a socket's path is than that of the parent folder, in bytes: two slashes and the
/// names.
pub(super) const PATH_BYTES: usize = NAME.len() + 16 + SOCKET.len() + 2;

/// A folder that only this user can enter. Dropping it removes it with the socket in it.
#[derive(Debug)]
pub(super) struct PrivateFolder {
    path: PathBuf,
    /// Locked as long as the owner lives. `None` if the file system has no locks; then only the
    /// socket shows whether the folder is in use.
    _held: Option<File>,
}

impl PrivateFolder {
    /// Creates a folder with a random name in `parent`.
    ///
    /// # Errors
    /// The system's error if it cannot be created.
    pub(super) fn create(parent: &Path) -> io::Result<Self> {
        let name = format!("{NAME}{:016x}", rand::random::<u64>());
        let new = parent.join(format!("{NAME_OF_NEW}{name}"));
        // Fails if anything exists there, even a link.
        private_files::create_new_folder(&new)?;
        let held = hold(&new)
            .inspect_err(|cause| tracing::debug!(%cause, "the player's folder cannot be locked"))
            .ok();
        let path = parent.join(name);
        // Only from here on can it be taken for one that is in use or abandoned.
        if let Err(error) = fs::rename(&new, &path) {
            if let Err(cause) = fs::remove_dir(&new) {
                tracing::debug!(%cause, path = ?new, "an empty folder stays behind");
            }
            return Err(error);
        }
        Ok(Self { path, _held: held })
    }

    /// The path of its socket.
    pub(super) fn socket(&self) -> PathBuf {
        self.path.join(SOCKET)
    }

    /// Writes a file of options into it.
    ///
    /// # Errors
    /// The system's error if it cannot be written.
    pub(super) fn write_options(&self, text: &str) -> io::Result<PathBuf> {
        let path = self.path.join(OPTIONS);
        let mut options = private_files::open_options();
        let mut file = options.write(true).create_new(true).open(&path)?;
        file.write_all(text.as_bytes())?;
        Ok(path)
    }

    /// Removes this user's folders whose owners were killed.
    pub(super) fn remove_abandoned(parent: &Path) {
        let Ok(entries) = fs::read_dir(parent) else {
            // The folder cannot be listed, so abandoned ones cannot be found.
            return;
        };
        let mine = rustix::process::geteuid().as_raw();
        for entry in entries.filter_map(Result::ok) {
            let is_ours = entry.file_name().to_str().is_some_and(is_name);
            let is_mine = entry
                .metadata()
                .is_ok_and(|data| data.is_dir() && data.uid() == mine);
            if is_ours
                && is_mine
                && let Err(error) = remove_if_abandoned(&entry.path())
            {
                tracing::debug!(%error, path = ?entry.path(), "an old folder stays behind");
            }
        }
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.path) {
            tracing::debug!(%error, path = ?self.path, "the player's folder stays behind");
        }
    }
}

/// Whether a folder has a name that this module gives.
fn is_name(name: &str) -> bool {
    let digits = name.strip_prefix(NAME).unwrap_or_default();
    digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Locks a folder for as long as this process keeps the file open.
fn hold(folder: &Path) -> Result<File, TryLockError> {
    let held = File::open(folder).map_err(TryLockError::Error)?;
    held.try_lock()?;
    Ok(held)
}

/// Removes a folder that nobody holds, with a socket that nobody listens at and the options. If it
/// contains anything else it is not ours and stays.
fn remove_if_abandoned(folder: &Path) -> io::Result<()> {
    let _held = match hold(folder) {
        Ok(held) => held,
        Err(TryLockError::WouldBlock) => return Ok(()),
        Err(TryLockError::Error(error)) => return Err(error),
    };
    let socket = folder.join(SOCKET);
    if is_socket(&socket) {
        match UnixStream::connect(&socket) {
            // Its owner may be an older version without locks, or mpv has not noticed its end yet.
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                fs::remove_file(&socket)?;
            }
            Err(error) => return Err(error),
        }
    }
    match fs::remove_file(folder.join(OPTIONS)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::remove_dir(folder)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::net::UnixListener;
    use std::path::PathBuf;

    use super::{PATH_BYTES, PrivateFolder};

    /// What a killed owner leaves: the folder, and perhaps the socket; the lock is gone.
    fn abandoned(folder: PrivateFolder, with_socket: bool) -> PathBuf {
        if with_socket {
            drop(UnixListener::bind(folder.socket()).unwrap());
        }
        let left = folder.path.with_extension("left");
        fs::rename(&folder.path, &left).unwrap();
        let path = folder.path.clone();
        drop(folder);
        fs::rename(left, &path).unwrap();
        path
    }

    #[test]
    fn what_a_killed_owner_left_goes_and_nothing_else_does() {
        let parent = tempfile::tempdir().unwrap();
        let new = || PrivateFolder::create(parent.path()).unwrap();
        let gone = [abandoned(new(), true), abandoned(new(), false)];
        let in_use = new();
        let listened = abandoned(new(), false);
        let _listener = UnixListener::bind(listened.join("mpv")).unwrap();
        let with_more = abandoned(new(), true);
        fs::write(with_more.join("notes"), "precious").unwrap();
        let others = [
            "watchtogether-notes",
            "watchtogether-0123456789abcdeg",
            "film",
        ];
        let others = others.map(|name| parent.path().join(name));
        for path in &others {
            fs::create_dir(path).unwrap();
        }
        let link = parent.path().join("watchtogether-0123456789abcdef");
        std::os::unix::fs::symlink(&others[0], &link).unwrap();

        PrivateFolder::remove_abandoned(parent.path());
        for path in &gone {
            assert!(!path.exists(), "{path:?}");
        }
        let kept = [&in_use.path, &listened, &with_more.join("notes"), &link];
        for path in kept.into_iter().chain(&others) {
            assert!(path.exists(), "{path:?}");
        }
    }

    #[test]
    fn how_long_a_path_becomes_is_known_before() {
        let parent = tempfile::tempdir().unwrap();
        let folder = PrivateFolder::create(parent.path()).unwrap();
        let bytes = |path: &std::path::Path| path.as_os_str().len();
        assert_eq!(bytes(&folder.socket()), bytes(parent.path()) + PATH_BYTES);
        let path = folder.path.clone();
        drop(folder);
        assert!(!path.exists());
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }
}
