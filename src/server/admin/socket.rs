//! The file of the operator's socket: made for its owner only, put in the place of a stale one, and
//! removed at the end.

use std::fs::{self, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream as StdStream;
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

use crate::private_files;

/// Why there is no socket.
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    /// Another server answers at that path.
    #[error("{} is the socket of another running server", .path.display())]
    InUse {
        /// The path.
        path: PathBuf,
    },
    /// There is something else at that path.
    #[error("{} is there already and is no socket", .path.display())]
    InTheWay {
        /// The path.
        path: PathBuf,
    },
    /// The system's error.
    #[error("{}: {source}", .path.display())]
    Unusable {
        /// The path.
        path: PathBuf,
        /// The system's error, such as a path that is too long for a socket (108 bytes).
        source: io::Error,
    },
}

/// A socket that listens. Its file is removed when it is dropped.
#[derive(Debug)]
pub(in crate::server) struct AdminSocket {
    listener: UnixListener,
    path: PathBuf,
    /// The file's device and number: another one at that path is left alone.
    identity: (u64, u64),
}

impl AdminSocket {
    /// Listens at a path; its folder is created for this user only if it does not exist. The file
    /// is made beside it and moved there, so that nobody ever finds it with wider rights.
    pub(in crate::server) fn bind(path: &Path) -> Result<Self, SocketError> {
        check_place(path)?;
        let unusable = |source| SocketError::Unusable {
            path: path.to_owned(),
            source,
        };
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            private_files::create_folder(folder).map_err(unusable)?;
        }
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{}", std::process::id()));
        let beside = PathBuf::from(beside);
        let made = Self::make(&beside, path);
        if made.is_err() {
            // It may never have been made.
            let _gone = fs::remove_file(&beside);
        }
        made.map_err(unusable)
    }

    fn make(beside: &Path, path: &Path) -> io::Result<Self> {
        match fs::remove_file(beside) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(beside)?;
        fs::set_permissions(beside, Permissions::from_mode(0o600))?;
        let made = fs::symlink_metadata(beside)?;
        fs::rename(beside, path)?;
        Ok(Self {
            listener,
            path: path.to_owned(),
            identity: (made.dev(), made.ino()),
        })
    }

    /// Accepts a connection. Cancel safe.
    pub(in crate::server) async fn accept(&self) -> io::Result<UnixStream> {
        self.listener.accept().await.map(|(stream, _)| stream)
    }
}

impl Drop for AdminSocket {
    fn drop(&mut self) {
        let found = fs::symlink_metadata(&self.path);
        let is_ours = found.is_ok_and(|found| (found.dev(), found.ino()) == self.identity);
        if is_ours && let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(%error, "the operator's socket stays behind");
        }
    }
}

/// Checks that nothing or a stale socket is at a path: one at which nobody answers.
fn check_place(path: &Path) -> Result<(), SocketError> {
    let path = path.to_owned();
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(source) => Err(SocketError::Unusable { path, source }),
        Ok(found) if !found.file_type().is_socket() => Err(SocketError::InTheWay { path }),
        Ok(_) => match StdStream::connect(&path) {
            Ok(_) => Err(SocketError::InUse { path }),
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => Ok(()),
            Err(source) => Err(SocketError::Unusable { path, source }),
        },
    }
}

/// Whether the user at the other end is the one whom the server runs as, or root.
pub(super) fn is_operator(stream: &UnixStream) -> io::Result<bool> {
    let user = stream.peer_cred()?.uid();
    Ok(user == 0 || user == rustix::process::geteuid().as_raw())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::UnixListener;

    use super::{AdminSocket, SocketError};

    #[tokio::test]
    async fn the_file_is_for_its_owner_only_and_goes_with_the_server() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run").join("admin.sock");
        let socket = AdminSocket::bind(&path).unwrap();
        let mode =
            |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        let files = fs::read_dir(path.parent().unwrap()).unwrap().count();
        assert_eq!(files, 1, "nothing else stays there");
        let again = AdminSocket::bind(&path);
        assert!(matches!(again, Err(SocketError::InUse { .. })), "{again:?}");
        drop(socket);
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn a_stale_socket_is_replaced_and_another_file_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("admin.sock");
        drop(UnixListener::bind(&path).unwrap());
        assert!(path.exists(), "as after a kill");
        let socket = AdminSocket::bind(&path).unwrap();
        // Another server has put its own there meanwhile: it stays.
        fs::remove_file(&path).unwrap();
        fs::write(&path, b"notes").unwrap();
        drop(socket);
        let in_the_way = AdminSocket::bind(&path);
        let is_refused = matches!(in_the_way, Err(SocketError::InTheWay { .. }));
        assert!(is_refused, "{in_the_way:?}");
        assert_eq!(fs::read(&path).unwrap(), b"notes");
    }

    #[tokio::test]
    async fn a_path_that_is_too_long_for_a_socket_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x".repeat(120));
        let refused = AdminSocket::bind(&path);
        assert!(
            matches!(refused, Err(SocketError::Unusable { .. })),
            "{refused:?}"
        );
    }
}
