//! TLS that the server ends itself: its certificate and key, and the handshake.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::{Error, ServerConfig};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use webpki::{EndEntityCert, KeyUsage};

/// The first byte of a TLS connection: a record of the handshake (RFC 8446, section 5.1).
const HANDSHAKE_RECORD: u8 = 22;

/// The only protocol inside: a client that insists on another one, such as HTTP/2, is told so by
/// the handshake.
const PROTOCOL: &[u8] = b"http/1.1";

/// How long before its end a certificate counts as ending soon: those of Let's Encrypt are renewed
/// 30 days before, so that one with less than this was probably forgotten.
const SOON: Duration = Duration::from_hours(14 * 24);

/// The server's certificate and its key, read from two files of PEM. Clones share them.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    certificate: PathBuf,
    key: PathBuf,
    /// What the next handshakes use.
    current: watch::Sender<Current>,
}

#[derive(Debug, Clone)]
struct Current {
    config: Arc<ServerConfig>,
    leaf: CertificateDer<'static>,
}

/// Why a certificate and its key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsFileError {
    /// A file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The file of the certificate has none in it.
    #[error("{path} holds no certificate")]
    NoCertificate {
        /// The file.
        path: PathBuf,
    },
    /// The file of the key has none in it.
    #[error("{path} holds no private key")]
    NoKey {
        /// The file.
        path: PathBuf,
    },
    /// The key can only be read with a password.
    #[error("the key in {path} is encrypted")]
    EncryptedKey {
        /// The file.
        path: PathBuf,
    },
    /// What is in a file is damaged, or of a kind that is not supported.
    #[error("{path} cannot be used: {reason}")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// The library's words, in English.
        reason: String,
    },
    /// The key is not that of the certificate.
    #[error("the key in {key} is not that of the certificate in {certificate}")]
    Mismatch {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
    },
}

/// Whether clients accept a certificate by its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// It is valid, and will be for a while.
    Valid,
    /// It ends within 14 days.
    EndsSoon,
    /// It has ended.
    Expired,
    /// It begins later, or this machine's clock is wrong.
    NotYetValid,
}

impl TlsFiles {
    /// Reads the files. Blocks while it does.
    ///
    /// # Errors
    /// [`TlsFileError`] names the file and what is wrong with it.
    pub fn read(certificate: &Path, key: &Path) -> Result<Self, TlsFileError> {
        let (current, _) = watch::channel(read(certificate, key)?);
        let shared = Arc::new(Shared {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            current,
        });
        Ok(Self { shared })
    }

    /// Reads the files again, as after a renewal: handshakes from now on use the new certificate,
    /// open connections stay. Blocks while it reads.
    ///
    /// # Errors
    /// As [`Self::read`]; the earlier certificate stays in use.
    pub fn reload(&self) -> Result<(), TlsFileError> {
        let Shared {
            certificate,
            key,
            current,
        } = &*self.shared;
        current.send_replace(read(certificate, key)?);
        Ok(())
    }

    /// The file of the certificate.
    #[must_use]
    pub fn certificate(&self) -> &Path {
        &self.shared.certificate
    }

    /// Whether the certificate in use is valid at a time.
    #[must_use]
    pub fn validity(&self, now: UnixTime) -> Validity {
        let leaf = self.shared.current.borrow().leaf.clone();
        let soon = UnixTime::since_unix_epoch(Duration::from_secs(now.as_secs()) + SOON);
        match (dates(&leaf, now), dates(&leaf, soon)) {
            (Ok(()), Err(webpki::Error::CertExpired { .. })) => Validity::EndsSoon,
            (Err(webpki::Error::CertExpired { .. }), _) => Validity::Expired,
            (Err(webpki::Error::CertNotValidYet { .. }), _) => Validity::NotYetValid,
            _ => Validity::Valid,
        }
    }

    /// Shakes hands on a connection.
    ///
    /// # Errors
    /// The other side broke it off, or does not speak TLS as we do.
    pub(super) async fn handshake<S>(&self, socket: S) -> io::Result<TlsStream<S>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let config = self.shared.current.borrow().config.clone();
        TlsAcceptor::from(config).accept(socket).await
    }
}

/// Whether the other side of a new connection begins with a TLS handshake; waits for its first
/// byte and leaves it to be read.
///
/// # Errors
/// The connection broke.
pub(super) async fn begins_with_tls(socket: &TcpStream) -> io::Result<bool> {
    let mut first = [0];
    let read = socket.peek(&mut first).await?;
    Ok(read > 0 && first == [HANDSHAKE_RECORD])
}

fn read(certificate: &Path, key: &Path) -> Result<Current, TlsFileError> {
    let chain = chain_in(certificate)?;
    let unusable = |path: &Path, error: &dyn std::fmt::Display| TlsFileError::Unusable {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let leaf = chain.first().cloned();
    let leaf = leaf.ok_or_else(|| TlsFileError::NoCertificate {
        path: certificate.to_owned(),
    })?;
    EndEntityCert::try_from(&leaf).map_err(|error| unusable(certificate, &error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(key, &error))?
        .with_no_client_auth()
        .with_single_cert(chain, key_in(key)?);
    let mut config = config.map_err(|error| match error {
        Error::InconsistentKeys(_) => TlsFileError::Mismatch {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
        },
        Error::InvalidCertificate(error) => unusable(certificate, &error),
        error => unusable(key, &error),
    })?;
    config.alpn_protocols = vec![PROTOCOL.to_owned()];
    let config = Arc::new(config);
    Ok(Current { config, leaf })
}

/// The certificates in a file, the server's own first.
fn chain_in(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsFileError> {
    let text = content(path)?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    chain.map_err(|error| damaged(path, &error))
}

fn key_in(path: &Path) -> Result<PrivateKeyDer<'static>, TlsFileError> {
    let text = content(path)?;
    PrivateKeyDer::from_pem_slice(&text).map_err(|error| match error {
        _ if is_encrypted(&text) => TlsFileError::EncryptedKey {
            path: path.to_owned(),
        },
        pem::Error::NoItemsFound => TlsFileError::NoKey {
            path: path.to_owned(),
        },
        error => damaged(path, &error),
    })
}

fn content(path: &Path) -> Result<Vec<u8>, TlsFileError> {
    std::fs::read(path).map_err(|source| TlsFileError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

fn damaged(path: &Path, error: &pem::Error) -> TlsFileError {
    TlsFileError::Unusable {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

/// Whether a PEM file holds a key that is encrypted: by PKCS#8 (RFC 7468, section 11) or in the
/// older way of OpenSSL (RFC 1421, section 4.6.1.1).
fn is_encrypted(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    [
        "-----BEGIN ENCRYPTED PRIVATE KEY-----",
        "Proc-Type: 4,ENCRYPTED",
    ]
    .iter()
    .any(|marker| text.contains(marker))
}

/// Checks a certificate's dates. Without any authority the check always fails, but it fails for the
/// dates first; other faults are not looked for here.
fn dates(leaf: &CertificateDer<'_>, now: UnixTime) -> Result<(), webpki::Error> {
    let leaf = EndEntityCert::try_from(leaf)?;
    let usage = KeyUsage::server_auth();
    let checked = leaf.verify_for_usage(&[], &[], &[], now, usage, None, None);
    match checked.err() {
        Some(
            error @ (webpki::Error::CertExpired { .. } | webpki::Error::CertNotValidYet { .. }),
        ) => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
