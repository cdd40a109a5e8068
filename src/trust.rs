//! Which certificates a client trusts, and what is wrong with one that it does not.
//!
//! It trusts what the system's other programs trust, as the system's own verifier says, and the
//! authorities of a file that the member named. A system without a store of authorities, such as a
//! minimal container, gets those of Mozilla, which are compiled in.

use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{self, PemObject};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;
use tokio::task::spawn_blocking;

use diagnosis::Diagnosing;

mod diagnosis;

pub use diagnosis::CertificateFault;

/// The certificates that a client trusts. Clones share them, and the settings made of them.
#[derive(Clone)]
pub struct Trust {
    shared: Arc<Shared>,
}

struct Shared {
    authorities: Authorities,
    /// Made when it is needed first: a client of a server without TLS reads no store.
    config: OnceLock<Arc<ClientConfig>>,
}

enum Authorities {
    /// Those of the system, and these.
    SystemAnd(Vec<CertificateDer<'static>>),
    /// These alone.
    Only(Vec<CertificateDer<'static>>),
}

/// Why a file names no authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PemFault {
    /// It has no certificate in it.
    #[error("it has no certificate in it")]
    NoCertificate,
    /// A certificate in it is damaged.
    #[error("a certificate in it is damaged")]
    Damaged,
}

impl Trust {
    /// The authorities of the system.
    #[must_use]
    pub fn of_system() -> Self {
        Self::in_authorities(Authorities::SystemAnd(Vec::new()))
    }

    /// The authorities of the system, and those in a PEM file's text.
    ///
    /// # Errors
    /// [`PemFault`] if the text has none, or one that cannot be read.
    pub fn of_system_and(text: &[u8]) -> Result<Self, PemFault> {
        let read: Result<Vec<_>, pem::Error> = CertificateDer::pem_slice_iter(text).collect();
        let certificates = read.map_err(|_| PemFault::Damaged)?;
        if certificates.is_empty() {
            return Err(PemFault::NoCertificate);
        }
        for certificate in &certificates {
            webpki::anchor_from_trusted_cert(certificate).map_err(|_| PemFault::Damaged)?;
        }
        Ok(Self::in_authorities(Authorities::SystemAnd(certificates)))
    }

    /// These authorities alone; with none, no certificate is accepted.
    #[must_use]
    pub fn only(authorities: Vec<CertificateDer<'static>>) -> Self {
        Self::in_authorities(Authorities::Only(authorities))
    }

    fn in_authorities(authorities: Authorities) -> Self {
        let config = OnceLock::new();
        let shared = Arc::new(Shared {
            authorities,
            config,
        });
        Self { shared }
    }

    /// The settings of a TLS client that trusts these. They are made on a thread that may block, so
    /// that no task waits for the disk meanwhile. Needs a tokio runtime.
    ///
    /// # Errors
    /// If the runtime ends before they are made.
    pub async fn config(&self) -> io::Result<Arc<ClientConfig>> {
        if let Some(config) = self.shared.config.get() {
            return Ok(Arc::clone(config));
        }
        let trust = self.clone();
        let made = spawn_blocking(move || trust.blocking_config()).await;
        made.map_err(io::Error::other)
    }

    /// The same, for code that may block: the first call reads the system's store, which takes some
    /// milliseconds.
    #[must_use]
    pub fn blocking_config(&self) -> Arc<ClientConfig> {
        let make = || Arc::new(client_config(&self.shared.authorities));
        Arc::clone(self.shared.config.get_or_init(make))
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.shared.authorities {
            Authorities::SystemAnd(more) => write!(f, "Trust(system and {})", more.len()),
            Authorities::Only(these) => write!(f, "Trust(only {})", these.len()),
        }
    }
}

/// A client of TLS 1.2 and 1.3.
fn client_config(authorities: &Authorities) -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let (verifier, named) = match authorities {
        Authorities::SystemAnd(more) => (of_system(more, &provider), more.as_slice()),
        Authorities::Only(these) => (of_roots(store(these), &provider), these.as_slice()),
    };
    #[expect(
        clippy::expect_used,
        reason = "fails only for a provider without the suites of these versions, and ring has them"
    )]
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS 1.2 and 1.3");
    // Not dangerous: it verifies all that the inner verifier does.
    let verifier = Arc::new(Diagnosing::new(verifier, named.to_vec()));
    builder
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth()
}

/// The system's verifier, which also trusts these authorities.
fn of_system(
    more: &[CertificateDer<'static>],
    provider: &Arc<CryptoProvider>,
) -> Option<Arc<dyn ServerCertVerifier>> {
    let alone = Verifier::new(Arc::clone(provider));
    let verifier = match more {
        [] => alone,
        // Without the first one, a system that has none would go unnoticed.
        more => alone.and_then(|_| {
            Verifier::new_with_extra_roots(more.iter().cloned(), Arc::clone(provider))
        }),
    };
    match verifier {
        Ok(verifier) => Some(Arc::new(verifier)),
        Err(error) => {
            tracing::warn!(%error, "the system has no certificate authorities; Mozilla's are used");
            let mut roots = store(more);
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
            of_roots(roots, provider)
        }
    }
}

fn store(authorities: &[CertificateDer<'static>]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    let (_, ignored) = roots.add_parsable_certificates(authorities.iter().cloned());
    if ignored > 0 {
        tracing::warn!(ignored, "certificate authorities that cannot be read");
    }
    roots
}

/// A verifier that trusts these roots; `None` if there are none.
fn of_roots(
    roots: RootCertStore,
    provider: &Arc<CryptoProvider>,
) -> Option<Arc<dyn ServerCertVerifier>> {
    let builder =
        WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider));
    let verifier: Arc<dyn ServerCertVerifier> = builder.build().ok()?;
    Some(verifier)
}

#[cfg(test)]
mod tests;
