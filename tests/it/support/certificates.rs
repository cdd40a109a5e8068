//! Certificates of the test's own: an authority, and what it or nobody vouches for. Tests within
//! the crate use this file too.

use std::fs;
use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};

/// The name that the certificates of servers are for, besides 127.0.0.1.
pub(crate) const NAME: &str = "localhost";

/// When a certificate is valid.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Dates {
    /// From long ago for a long time.
    Now,
    /// In the past.
    Past,
    /// In the future.
    Future,
}

/// A certificate and its key, as PEM.
pub(crate) struct Certified {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

impl Certified {
    /// Writes both into a folder, and returns the files of the certificate and of the key.
    pub(crate) fn write(&self, folder: &Path) -> (PathBuf, PathBuf) {
        let (certificate, key) = (folder.join("fullchain.pem"), folder.join("privkey.pem"));
        fs::write(&certificate, &self.certificate).expect("it is written");
        fs::write(&key, &self.key).expect("it is written");
        (certificate, key)
    }
}

/// An authority that no system trusts.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certified: Certified,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let name = "watchtogether test authority";
        params.distinguished_name.push(DnType::CommonName, name);
        let certificate = params.self_signed(&key).expect("a certificate");
        let certified = Certified {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
        };
        let issuer = Issuer::new(params, key);
        Self { issuer, certified }
    }

    /// Its own certificate.
    pub(crate) fn own(&self) -> &Certified {
        &self.certified
    }

    /// A certificate for these names.
    pub(crate) fn issue(&self, names: &[&str], dates: Dates) -> Certified {
        let key = KeyPair::generate().expect("a key");
        let certificate = of_server(names, dates)
            .signed_by(&key, &self.issuer)
            .expect("a certificate");
        Certified {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
        }
    }
}

/// A certificate that only itself vouches for.
pub(crate) fn self_signed() -> Certified {
    let key = KeyPair::generate().expect("a key");
    let certificate = of_server(&[NAME], Dates::Now).self_signed(&key);
    Certified {
        certificate: certificate.expect("a certificate").pem(),
        key: key.serialize_pem(),
    }
}

fn of_server(names: &[&str], dates: Dates) -> CertificateParams {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).expect("names");
    let (from, to) = match dates {
        Dates::Now => (2_001, 4_000),
        Dates::Past => (2_001, 2_002),
        Dates::Future => (3_999, 4_000),
    };
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(to, 1, 1);
    params
        .distinguished_name
        .push(DnType::CommonName, "watchtogether test server");
    params
}
