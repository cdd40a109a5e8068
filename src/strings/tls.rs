//! Why there is no secure connection to a server, and what to do.

use crate::app::tls_fault::TlsFault;
use crate::protocol::text::clean;
use crate::texts::language::Language;
use crate::texts::tr;

/// The most characters of a certificate's names that are shown.
const NAMES: usize = 120;

/// What is wrong, in a sentence.
#[must_use]
pub fn fault(language: Language, fault: &TlsFault) -> String {
    match fault {
        TlsFault::Expired => tr!(language, "connection-tls-expired"),
        TlsFault::NotYetValid => tr!(language, "connection-tls-not-yet-valid"),
        TlsFault::UnknownIssuer => tr!(language, "connection-tls-unknown-issuer"),
        TlsFault::SelfSigned => tr!(language, "connection-tls-self-signed"),
        TlsFault::AuthorityAsServer => tr!(language, "connection-tls-authority"),
        TlsFault::OtherName { names } if names.is_empty() => {
            tr!(language, "connection-tls-other-name")
        }
        TlsFault::OtherName { names } => tr!(
            language,
            "connection-tls-other-names",
            names = clean(&names.join(", "), NAMES)
        ),
        TlsFault::Revoked => tr!(language, "connection-tls-revoked"),
        TlsFault::Untrusted => tr!(language, "connection-tls-untrusted"),
        TlsFault::NoAgreement => tr!(language, "connection-tls-no-agreement"),
        TlsFault::SpeaksHttp { .. } => tr!(language, "connection-tls-speaks-http"),
        TlsFault::SpeaksHttps { .. } => tr!(language, "connection-tls-speaks-https"),
    }
}

/// What to do about it, in a sentence.
#[must_use]
pub fn next(language: Language, fault: &TlsFault) -> String {
    match fault {
        TlsFault::Expired => tr!(language, "connection-tls-expired-next"),
        TlsFault::NotYetValid => tr!(language, "connection-tls-not-yet-valid-next"),
        TlsFault::UnknownIssuer => tr!(language, "connection-tls-unknown-issuer-next"),
        TlsFault::SelfSigned => tr!(language, "connection-tls-self-signed-next"),
        TlsFault::AuthorityAsServer => tr!(language, "connection-tls-authority-next"),
        TlsFault::OtherName { .. } => tr!(language, "connection-tls-other-name-next"),
        TlsFault::Revoked | TlsFault::Untrusted => tr!(language, "connection-tls-untrusted-next"),
        TlsFault::NoAgreement => tr!(language, "connection-tls-no-agreement-next"),
        TlsFault::SpeaksHttp { instead } => tr!(
            language,
            "connection-tls-speaks-http-next",
            address = instead.as_str()
        ),
        TlsFault::SpeaksHttps { instead } => tr!(
            language,
            "connection-tls-speaks-https-next",
            address = instead.as_str()
        ),
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{fault, next};
    use crate::app::tls_fault::TlsFault;
    use crate::texts::language::Language::{English, Russian};

    #[test]
    fn every_fault_is_named_with_a_next_step_in_both_languages() {
        for language in [English, Russian] {
            let mut seen = Vec::new();
            for known in TlsFault::iter() {
                let (what, next) = (fault(language, &known), next(language, &known));
                for sentence in [&what, &next] {
                    assert!(
                        sentence.ends_with('.') || sentence.contains(": "),
                        "{sentence}"
                    );
                }
                assert!(!seen.contains(&what), "{what}");
                seen.push(what);
            }
        }
    }

    #[test]
    fn what_to_use_instead_is_told_as_it_is_typed() {
        let speaks = |instead: &str| TlsFault::SpeaksHttps {
            instead: instead.to_owned(),
        };
        let next = next(English, &speaks("https://watch.example.org:8443"));
        assert_eq!(next, "Use this address: https://watch.example.org:8443");
    }

    #[test]
    fn names_in_a_certificate_steer_no_terminal() {
        let names = vec!["a\u{1b}[2J.example".to_owned(), "\u{202e}b".to_owned()];
        let text = fault(English, &TlsFault::OtherName { names });
        assert!(
            !text.chars().any(crate::protocol::text::is_hostile),
            "{text:?}"
        );
    }
}
