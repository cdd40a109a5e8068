//! The certificate with which the server ends TLS itself: read at the start, with what is wrong
//! with it in words.

use std::path::Path;

use rustls::pki_types::UnixTime;

use crate::cli::config::TlsPaths;
use crate::cli::warn;
use crate::server::tls::{TlsFileError, TlsFiles, Validity};
use crate::strings::server as words;
use crate::texts::language::Language;
use crate::texts::quotes::quoted;
use crate::texts::system;

/// Reads the certificate and its key, and warns of dates that clients will not accept.
///
/// # Errors
/// What is wrong with the files, and what to do.
pub(in crate::cli) fn read(paths: &TlsPaths, language: Language) -> anyhow::Result<TlsFiles> {
    let files = TlsFiles::read(&paths.certificate, &paths.key);
    let files = files.map_err(|error| anyhow::Error::msg(worded(&error, language)))?;
    if let Some(warning) = warning(&files, UnixTime::now(), language) {
        warn(language, warning);
    }
    Ok(files)
}

/// Why the files cannot be used, as the operator reads it.
pub(super) fn worded(error: &TlsFileError, language: Language) -> String {
    let shown = |path: &Path| path.display().to_string();
    match error {
        TlsFileError::Unreadable { path, source } => {
            words::tls_unreadable(language, &shown(path), &system::error(language, source))
        }
        TlsFileError::NoCertificate { path } => words::no_certificate(language, &shown(path)),
        TlsFileError::NoKey { path } => words::no_key(language, &shown(path)),
        TlsFileError::EncryptedKey { path } => words::encrypted_key(language, &shown(path)),
        TlsFileError::Unusable { path, reason } => {
            words::tls_unusable(language, &shown(path), &quoted(language, reason))
        }
        TlsFileError::Mismatch { certificate, key } => {
            words::tls_mismatch(language, &shown(certificate), &shown(key))
        }
    }
}

/// The warning about the dates of the certificate in use; `None` while they are fine.
pub(super) fn warning(files: &TlsFiles, now: UnixTime, language: Language) -> Option<String> {
    let path = files.certificate().display().to_string();
    match files.validity(now) {
        Validity::Valid => None,
        Validity::EndsSoon => Some(words::certificate_ends_soon(language, &path)),
        Validity::Expired => Some(words::certificate_expired(language, &path)),
        Validity::NotYetValid => Some(words::certificate_not_yet_valid(language, &path)),
    }
}

#[cfg(test)]
mod tests {
    use super::worded;
    use crate::server::tls::TlsFiles;
    use crate::test_support::foreign_words;
    use crate::texts::language::Language;

    #[test]
    fn what_is_wrong_with_the_files_is_said_in_the_language() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chain.pem");
        let pem = |body: &str| {
            format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
        };
        // Nothing, no base64, and base64 that is no certificate.
        for text in [String::new(), pem("?"), pem("AAAA")] {
            std::fs::write(&path, text).unwrap();
            let error = TlsFiles::read(&path, &path).unwrap_err();
            let words = worded(&error, Language::Russian);
            let own = words.replace("fullchain.pem", "");
            assert_eq!(foreign_words(&own), [""; 0], "{words}");
        }
    }
}
