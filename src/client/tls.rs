//! Errors of TLS as text for the member.

use std::io;

use rustls::CertificateError;

/// The text for a server that closes a connection before it has answered.
pub(super) const HUNG_UP: &str = "it hung up without an answer";

/// The text for an error of TLS; `None` for other errors.
pub(super) fn of_io(cause: &io::Error) -> Option<&'static str> {
    let cause = cause.get_ref()?.downcast_ref::<rustls::Error>()?;
    Some(words(cause))
}

/// Whether the server shows a certificate that is not valid.
pub(super) fn is_certificate(cause: &io::Error) -> bool {
    let cause = cause.get_ref();
    let cause = cause.and_then(|cause| cause.downcast_ref::<rustls::Error>());
    matches!(
        cause,
        Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented)
    )
}

/// The text for an error of TLS.
pub(super) const fn words(cause: &rustls::Error) -> &'static str {
    match cause {
        rustls::Error::InvalidCertificate(cause) => match cause {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "its certificate has expired"
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "its certificate is not valid yet; check this computer's date"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "its certificate is for another name"
            }
            CertificateError::Revoked => "its certificate was revoked",
            _ => "its certificate is not trusted",
        },
        rustls::Error::NoCertificatesPresented => "it shows no certificate",
        rustls::Error::InvalidMessage(_) => "it speaks no https; perhaps http",
        _ => "it does not agree to a secured connection",
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use rustls::{CertificateError, Error, InvalidMessage};

    use super::{is_certificate, of_io};

    #[test]
    fn a_certificate_is_called_that_without_the_librarys_words() {
        let cases = [
            (CertificateError::Expired, "expired"),
            (CertificateError::NotValidYet, "not valid yet"),
            (CertificateError::NotValidForName, "for another name"),
            (CertificateError::UnknownIssuer, "not trusted"),
            (CertificateError::BadSignature, "not trusted"),
        ];
        for (cause, expected) in cases {
            let cause = io::Error::other(Error::InvalidCertificate(cause));
            let words = of_io(&cause).unwrap();
            assert!(
                words.contains("certificate") && words.contains(expected),
                "{words}"
            );
            assert!(is_certificate(&cause));
        }
        let plain = io::Error::other(Error::InvalidMessage(InvalidMessage::InvalidContentType));
        assert!(of_io(&plain).unwrap().contains("no https"));
        assert!(!is_certificate(&plain));
        assert_eq!(of_io(&io::ErrorKind::UnexpectedEof.into()), None);
    }
}
