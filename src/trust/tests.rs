//! Handshakes in memory, with certificates of every kind.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{CertificateError, ClientConnection, Error, ServerConfig, ServerConnection};

use super::{CertificateFault, PemFault, Trust};
use crate::test_support::certificates::{Authority, Certified, Dates, NAME, self_signed};

fn certificate(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
}

/// Shakes hands with a server that shows this certificate.
fn handshake(trust: &Trust, shown: &Certified) -> Result<(), Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::from_pem_slice(shown.key.as_bytes()).unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate(&shown.certificate)], key)
        .unwrap();
    let mut server = ServerConnection::new(Arc::new(config)).unwrap();
    let name = NAME.try_into().unwrap();
    let mut client = ClientConnection::new(trust.blocking_config(), name).unwrap();
    let mut bytes = Vec::new();
    while client.is_handshaking() {
        client.write_tls(&mut bytes).unwrap();
        server.read_tls(&mut bytes.as_slice()).unwrap();
        server.process_new_packets()?;
        bytes.clear();
        server.write_tls(&mut bytes).unwrap();
        client.read_tls(&mut bytes.as_slice()).unwrap();
        client.process_new_packets()?;
        bytes.clear();
    }
    Ok(())
}

/// What is wrong with this certificate, beyond what the library says.
fn fault(trust: &Trust, shown: &Certified) -> Option<CertificateFault> {
    match handshake(trust, shown) {
        Err(Error::InvalidCertificate(CertificateError::Other(cause))) => {
            cause.0.downcast_ref().cloned()
        }
        _ => None,
    }
}

#[test]
fn a_file_adds_its_authorities() {
    let authority = Authority::new();
    let shown = authority.issue(&[NAME], Dates::Now);
    let pem = authority.own().certificate.as_bytes();
    let trust = Trust::of_system_and(pem).unwrap();
    assert_eq!(handshake(&trust, &shown), Ok(()));
    let unknown = Error::InvalidCertificate(CertificateError::UnknownIssuer);
    assert_eq!(handshake(&Trust::of_system(), &shown), Err(unknown));
}

#[test]
fn none_is_trusted_where_none_is_named() {
    let nobody = Trust::only(Vec::new());
    let issued = Authority::new().issue(&[NAME], Dates::Now);
    let unknown = Error::InvalidCertificate(CertificateError::UnknownIssuer);
    assert_eq!(handshake(&nobody, &issued), Err(unknown));
    assert_eq!(
        fault(&nobody, &self_signed()),
        Some(CertificateFault::SelfSigned)
    );
}

#[test]
fn what_the_library_calls_unknown_is_told_apart() {
    let authority = Authority::new();
    let trust = Trust::only(vec![certificate(&authority.own().certificate)]);
    assert_eq!(
        fault(&trust, &self_signed()),
        Some(CertificateFault::SelfSigned)
    );
    assert_eq!(
        fault(&trust, authority.own()),
        Some(CertificateFault::Authority)
    );
    let elsewhere = authority.issue(&["films.example"], Dates::Now);
    let names = vec!["films.example".to_owned()];
    assert_eq!(
        fault(&trust, &elsewhere),
        Some(CertificateFault::OtherName(names))
    );
    let own = self_signed();
    let trust = Trust::only(vec![certificate(&own.certificate)]);
    assert_eq!(handshake(&trust, &own), Ok(()));
}

#[test]
fn a_text_without_certificates_names_no_authority() {
    let fault = |text: &str| Trust::of_system_and(text.as_bytes()).err();
    assert_eq!(fault(""), Some(PemFault::NoCertificate));
    assert_eq!(fault(&self_signed().key), Some(PemFault::NoCertificate));
    for damaged in [
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n???\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n",
    ] {
        assert_eq!(fault(damaged), Some(PemFault::Damaged), "{damaged}");
    }
}
