//! The place of mpv's IPC socket. Whoever can connect to it can run programs as this user, so it is
//! in a folder that only this user can enter, or at the member's own path.

use std::fs;
use std::io;
use std::os::unix::fs::FileTypeExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use super::config::PlayerConfig;
use crate::sync::player::SocketFault;

mod folder;

use folder::PrivateFolder;

/// The longest path of a socket in bytes: 104 with its terminator on macOS, 108 on Linux.
const LONGEST: usize = 103;

/// Why there is no place for the socket.
#[derive(Debug)]
pub(super) struct SocketError {
    /// The path of the socket, or of the folder that was tried.
    pub(super) path: PathBuf,
    /// What is wrong there.
    pub(super) fault: SocketFault,
}

impl SocketError {
    fn new(path: &Path, fault: SocketFault) -> Self {
        let path = path.to_owned();
        Self { path, fault }
    }

    fn system(path: &Path, error: &io::Error) -> Self {
        Self::new(path, SocketFault::System(error.into()))
    }
}

/// A place for one socket. Dropping it removes the socket, and the folder if we created it.
#[derive(Debug)]
pub(super) struct SocketPlace {
    path: PathBuf,
    /// Removes itself, with the socket in it.
    folder: Option<PrivateFolder>,
    /// The folder of the options, where the socket is at the member's own path.
    options: Option<PrivateFolder>,
}

impl SocketPlace {
    /// Prepares the place that `config` asks for.
    pub(super) fn prepare(config: &PlayerConfig) -> Result<Self, SocketError> {
        let place = match &config.ipc_path {
            Some(path) => {
                check_folder(path)?;
                clear(path)?;
                Self {
                    path: path.clone(),
                    folder: None,
                    options: None,
                }
            }
            None => private(&config.runtime_dir)?,
        };
        if place.path.as_os_str().len() > LONGEST {
            return Err(SocketError::new(&place.path, SocketFault::TooLong));
        }
        Ok(place)
    }

    /// Writes options that nobody else may read into a file that is removed with the place.
    pub(super) fn keep_options(
        &mut self,
        config: &PlayerConfig,
        text: &str,
    ) -> Result<PathBuf, SocketError> {
        if self.folder.is_none() {
            self.options = private(&config.runtime_dir)?.folder.take();
        }
        let folder = self.folder.as_ref().or(self.options.as_ref());
        let folder = folder.ok_or_else(|| SocketError::new(&self.path, SocketFault::NoFolder))?;
        let written = folder.write_options(text);
        written.map_err(|error| SocketError::system(&self.path, &error))
    }

    /// The socket's path, which mpv is given.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for SocketPlace {
    fn drop(&mut self) {
        if self.folder.is_none()
            && is_socket(&self.path)
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::debug!(%error, path = ?self.path, "the player's socket stays behind");
        }
    }
}

/// A new folder that only this user can enter, with a place for the socket: in the user's runtime
/// folder, otherwise where temporary files are. The path of a runtime folder may be too long for a
/// socket, or the folder may belong to another user, as after `su`.
fn private(runtime_dir: &Path) -> Result<SocketPlace, SocketError> {
    let others = [std::env::temp_dir(), PathBuf::from("/tmp")];
    let mut parents = vec![runtime_dir.to_owned()];
    parents.extend(others.into_iter().filter(|other| other != runtime_dir));
    private_in(&parents)
}

/// The same in the first suitable folder; the first error if there is none.
fn private_in(parents: &[PathBuf]) -> Result<SocketPlace, SocketError> {
    let mut first = None;
    for parent in parents {
        if parent.as_os_str().len() + folder::PATH_BYTES > LONGEST {
            first.get_or_insert_with(|| SocketError::new(parent, SocketFault::TooLong));
            continue;
        }
        PrivateFolder::remove_abandoned(parent);
        match PrivateFolder::create(parent) {
            Ok(folder) => {
                return Ok(SocketPlace {
                    path: folder.socket(),
                    folder: Some(folder),
                    options: None,
                });
            }
            Err(error) => {
                tracing::debug!(%error, folder = ?parent, "no place for the player's socket");
                first.get_or_insert_with(|| SocketError::system(parent, &error));
            }
        }
    }
    Err(first.unwrap_or_else(|| SocketError::new(Path::new(""), SocketFault::NoFolder)))
}

/// mpv would start but not listen, without any error.
fn check_folder(path: &Path) -> Result<(), SocketError> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    match parent {
        Some(folder) if !folder.is_dir() => Err(SocketError::new(folder, SocketFault::NoFolder)),
        _ => Ok(()),
    }
}

/// Removes a socket at the member's path that nobody listens at any more.
fn clear(path: &Path) -> Result<(), SocketError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(SocketError::system(path, &error)),
        Ok(_) if !is_socket(path) => return Err(SocketError::new(path, SocketFault::Taken)),
        Ok(_) => {}
    }
    match UnixStream::connect(path) {
        Ok(_) => Err(SocketError::new(path, SocketFault::InUse)),
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            fs::remove_file(path).map_err(|error| SocketError::system(path, &error))
        }
        Err(_) => Err(SocketError::new(path, SocketFault::Taken)),
    }
}

fn is_socket(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_socket())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::net::UnixListener;
    use std::path::{Path, PathBuf};
    use std::time::Instant;

    use super::{SocketPlace, private_in};
    use crate::player::config::PlayerConfig;
    use crate::sync::player::SocketFault;

    fn config() -> (tempfile::TempDir, PlayerConfig) {
        let folder = tempfile::tempdir().unwrap();
        let mut config = PlayerConfig::new(Instant::now());
        config.runtime_dir = folder.path().to_owned();
        (folder, config)
    }

    fn fault(config: &PlayerConfig) -> SocketFault {
        SocketPlace::prepare(config).unwrap_err().fault
    }

    #[test]
    fn its_own_folder_is_private_and_goes_with_it() {
        let (folder, config) = config();
        let place = SocketPlace::prepare(&config).unwrap();
        let private = place.path().parent().unwrap().to_owned();
        assert_eq!(private.parent(), Some(folder.path()));
        assert_eq!(
            fs::metadata(&private).unwrap().permissions().mode() & 0o777,
            0o700
        );
        let listener = UnixListener::bind(place.path()).unwrap();
        drop((listener, place));
        assert!(!private.exists());
    }

    #[test]
    fn a_stale_socket_is_cleared_away_and_nothing_else_is() {
        let (folder, mut config) = config();
        let path = folder.path().join("ipc");
        config.ipc_path = Some(path.clone());
        drop(UnixListener::bind(&path).unwrap());
        assert!(path.exists());
        drop(SocketPlace::prepare(&config).unwrap());
        assert!(!path.exists());

        fs::write(&path, "precious").unwrap();
        assert_eq!(fault(&config), SocketFault::Taken);
        assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
        fs::remove_file(&path).unwrap();

        let _listener = UnixListener::bind(&path).unwrap();
        assert_eq!(fault(&config), SocketFault::InUse);
        assert!(path.exists());
    }

    #[test]
    fn a_path_that_no_socket_can_have_is_refused() {
        let (_folder, mut config) = config();
        config.ipc_path = Some(PathBuf::from("/tmp").join("x".repeat(200)));
        assert_eq!(fault(&config), SocketFault::TooLong);
        config.ipc_path = Some(PathBuf::from("/nowhere/at/all/mpv"));
        let error = SocketPlace::prepare(&config).unwrap_err();
        assert_eq!(error.fault, SocketFault::NoFolder);
        assert_eq!(error.path, Path::new("/nowhere/at/all"));
    }

    #[test]
    fn a_runtime_folder_that_does_not_do_is_replaced_by_a_short_one() {
        let (folder, mut config) = config();
        let long = folder.path().join("x".repeat(80));
        fs::create_dir(&long).unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        for bad in [long, file, PathBuf::from("/nowhere/at/all")] {
            config.runtime_dir = bad.clone();
            let place = SocketPlace::prepare(&config).unwrap();
            let private = place.path().parent().unwrap().to_owned();
            assert_ne!(private.parent(), Some(bad.as_path()));
            let mode = fs::metadata(&private).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
            drop(UnixListener::bind(place.path()).unwrap());
            drop(place);
            assert!(!private.exists());
        }
    }

    #[test]
    fn where_no_folder_does_the_first_is_named() {
        let nowhere = PathBuf::from("/nowhere/at/all");
        let long = PathBuf::from("/tmp").join("x".repeat(80));
        let error = private_in(&[nowhere.clone(), long.clone()]).unwrap_err();
        assert!(matches!(error.fault, SocketFault::System(_)), "{error:?}");
        assert_eq!(error.path, nowhere);
        let error = private_in(&[long.clone(), nowhere]).unwrap_err();
        assert_eq!((error.fault, error.path), (SocketFault::TooLong, long));
    }
}
