//! Says more about a certificate that a verifier refuses: what the verifier calls an unknown issuer
//! may be a certificate that vouches for itself.

use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, OtherError, SignatureScheme,
};
use webpki::EndEntityCert;

/// The most names of a certificate that are told.
const NAMES: usize = 3;

/// What is wrong with a certificate, where the library's own errors do not say it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    /// Nobody but itself vouches for it.
    #[error("the certificate is self-signed")]
    SelfSigned,
    /// It is an authority of the member's own file, and so no certificate of a server.
    #[error("the certificate is an authority's, not a server's")]
    Authority,
    /// It is for other names, of which these are some; there may be none that can be told.
    #[error("the certificate is for {}", .0.join(", "))]
    OtherName(Vec<String>),
}

/// A verifier that hands everything to an inner one, and names what that one refuses.
pub(super) struct Diagnosing {
    /// `None` refuses every certificate.
    inner: Option<Arc<dyn ServerCertVerifier>>,
    /// The authorities that the member named.
    named: Vec<CertificateDer<'static>>,
}

impl Diagnosing {
    /// A verifier that accepts what `inner` accepts.
    pub(super) const fn new(
        inner: Option<Arc<dyn ServerCertVerifier>>,
        named: Vec<CertificateDer<'static>>,
    ) -> Self {
        Self { inner, named }
    }

    fn named_fault(&self, leaf: &CertificateDer<'_>, error: Error) -> Error {
        let Error::InvalidCertificate(why) = &error else {
            return error;
        };
        let Ok(certificate) = EndEntityCert::try_from(leaf) else {
            return error;
        };
        let fault = match why {
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                let names = certificate.valid_dns_names().take(NAMES);
                CertificateFault::OtherName(names.map(str::to_owned).collect())
            }
            // A bad signature: an authority of the same name is trusted, but has another key.
            CertificateError::UnknownIssuer
            | CertificateError::BadSignature
            | CertificateError::Other(_) => {
                if self.named.iter().any(|named| named == leaf) {
                    CertificateFault::Authority
                } else if certificate.issuer() == certificate.subject() {
                    CertificateFault::SelfSigned
                } else {
                    return error;
                }
            }
            _ => return error,
        };
        CertificateError::Other(OtherError(Arc::new(fault))).into()
    }

    fn inner(&self) -> Result<&dyn ServerCertVerifier, Error> {
        let inner = self.inner.as_deref();
        inner.ok_or(Error::InvalidCertificate(CertificateError::UnknownIssuer))
    }
}

impl ServerCertVerifier for Diagnosing {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.inner().and_then(|inner| {
            inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        });
        verified.map_err(|error| self.named_fault(end_entity, error))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner()?
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner()?
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        match &self.inner {
            Some(inner) => inner.supported_verify_schemes(),
            // A handshake needs some, also if it is to fail.
            None => rustls::crypto::ring::default_provider()
                .signature_verification_algorithms
                .supported_schemes(),
        }
    }

    fn requires_raw_public_keys(&self) -> bool {
        self.inner
            .as_ref()
            .is_some_and(|inner| inner.requires_raw_public_keys())
    }

    fn root_hint_subjects(&self) -> Option<&[DistinguishedName]> {
        self.inner.as_ref()?.root_hint_subjects()
    }
}

impl fmt::Debug for Diagnosing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Diagnosing").finish_non_exhaustive()
    }
}
