//! The settings of `serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::Password;
use crate::cli::args::ServeOptions;
use crate::cli::folders;
use crate::server::Storage;

/// The name of the operator's socket in the data folder.
pub(super) const ADMIN_SOCKET: &str = "admin.sock";

/// The settings of `serve`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeConfig {
    /// The merged options.
    pub options: ServeOptions,
    /// Where to listen, at one address at least; port 0 picks a free port. An IPv6 address that
    /// follows its IPv4 counterpart gets the same one.
    pub listen: Vec<SocketAddr>,
    /// The files of the certificate and its key, if the server ends TLS itself.
    pub tls: Option<TlsPaths>,
    /// Where the rooms are stored.
    pub storage: Storage,
    /// The password for new rooms; `None` if none is asked for.
    pub create_password: Option<Password>,
}

impl ServeConfig {
    /// Where `watchtogether admin` reaches the server: where the settings say, else in its data
    /// folder; `None` if it has none.
    #[must_use]
    pub fn admin_socket(&self) -> Option<PathBuf> {
        let named = self.options.admin_socket.clone();
        named.or_else(|| match &self.storage {
            Storage::Folder(folder) => Some(folder.join(ADMIN_SOCKET)),
            Storage::Memory => None,
            // The rooms are elsewhere; the socket is still the node's own.
            Storage::Redis(_) => {
                let folder = self.options.data_dir.clone().or_else(folders::data);
                folder.map(|folder| folder.join(ADMIN_SOCKET))
            }
        })
    }
}

/// The files of a certificate and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsPaths {
    /// The certificate, and the others of its chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}
