//! Certificates by their dates, and files that are none.

use std::time::Duration;

use rustls::pki_types::UnixTime;

use super::{TlsFileError, TlsFiles, Validity};
use crate::test_support::certificates::{Authority, Certified, Dates, NAME, self_signed};

fn validity(certified: &Certified, now: UnixTime) -> Validity {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = certified.write(folder.path());
    TlsFiles::read(&certificate, &key).unwrap().validity(now)
}

/// The beginning of a year, less some days.
fn before_year(year: u64, days: u64) -> UnixTime {
    let leap_days = (1970..year).filter(|year| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    });
    let leap_days = u64::try_from(leap_days.count()).unwrap();
    let days = (year - 1970) * 365 + leap_days - days;
    UnixTime::since_unix_epoch(Duration::from_hours(24 * days))
}

#[test]
fn a_certificate_that_ends_is_known_before_and_after() {
    let now = UnixTime::now();
    let issued = |dates| Authority::new().issue(&[NAME], dates);
    assert_eq!(validity(&self_signed(), now), Validity::Valid);
    assert_eq!(validity(&issued(Dates::Now), now), Validity::Valid);
    assert_eq!(validity(&issued(Dates::Past), now), Validity::Expired);
    assert_eq!(validity(&issued(Dates::Future), now), Validity::NotYetValid);
    // Those of the past end with 2001.
    let past = issued(Dates::Past);
    assert_eq!(validity(&past, before_year(2002, 15)), Validity::Valid);
    assert_eq!(validity(&past, before_year(2002, 13)), Validity::EndsSoon);
}

#[test]
fn a_file_of_both_serves_for_both() {
    let folder = tempfile::tempdir().unwrap();
    let certified = self_signed();
    let both = folder.path().join("both.pem");
    let text = format!("{}\n{}", certified.key, certified.certificate);
    std::fs::write(&both, text).unwrap();
    assert!(TlsFiles::read(&both, &both).is_ok());
}

#[test]
fn a_key_of_openssls_older_form_that_is_encrypted_is_called_that() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = self_signed().write(folder.path());
    let text = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\
                DEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    std::fs::write(&key, text).unwrap();
    let read = TlsFiles::read(&certificate, &key);
    assert!(matches!(read, Err(TlsFileError::EncryptedKey { .. })));
}
