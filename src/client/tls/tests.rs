//! Errors of TLS as facts, and addresses of the other scheme.

use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

use rustls::{CertificateError, Error, InvalidMessage, OtherError};
use url::Url;

use super::{of_io, other_scheme, speaks_https};
use crate::app::tls_fault::TlsFault;
use crate::protocol::invite::ServerUrl;
use crate::trust::CertificateFault;

fn at(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[test]
fn what_is_wrong_with_a_certificate_is_known() {
    let other = |fault| CertificateError::Other(OtherError(Arc::new(fault)));
    let names = vec!["films.example".to_owned()];
    let table = [
        (CertificateError::Expired, TlsFault::Expired),
        (CertificateError::NotValidYet, TlsFault::NotYetValid),
        (
            CertificateError::NotValidForName,
            TlsFault::OtherName { names: Vec::new() },
        ),
        (CertificateError::UnknownIssuer, TlsFault::UnknownIssuer),
        (CertificateError::Revoked, TlsFault::Revoked),
        (CertificateError::BadSignature, TlsFault::Untrusted),
        (other(CertificateFault::SelfSigned), TlsFault::SelfSigned),
        (
            other(CertificateFault::Authority),
            TlsFault::AuthorityAsServer,
        ),
        (
            other(CertificateFault::OtherName(names.clone())),
            TlsFault::OtherName { names },
        ),
    ];
    let url = at("https://h.example");
    for (cause, expected) in table {
        let cause = io::Error::other(Error::InvalidCertificate(cause));
        assert_eq!(of_io(&cause, &url), Some(expected));
    }
    assert_eq!(of_io(&io::ErrorKind::UnexpectedEof.into(), &url), None);
    let cause = io::Error::other(Error::HandshakeNotComplete);
    assert_eq!(of_io(&cause, &url), Some(TlsFault::NoAgreement));
}

#[test]
fn a_port_that_speaks_http_is_named_with_its_other_address() {
    let cause = io::Error::other(Error::InvalidMessage(InvalidMessage::InvalidContentType));
    let instead = |url: &str| match of_io(&cause, &at(url)) {
        Some(TlsFault::SpeaksHttp { instead }) => instead,
        other => panic!("{other:?}"),
    };
    assert_eq!(instead("https://h.example:8000"), "http://h.example:8000");
    assert_eq!(
        instead("https://h.example/api/rooms"),
        "http://h.example:443"
    );
    assert_eq!(instead("https://[::1]:8000"), "http://[::1]:8000");
    let other = other_scheme(&at("http://h.example:443/watch"), "/watch");
    assert_eq!(other.as_deref(), Some("https://h.example/watch"));
}

/// A server that answers the first bytes of one connection with these.
fn answering(answer: &'static [u8]) -> ServerUrl {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // A record: its kind, version and length (RFC 8446, section 5.1). With bytes unread the
        // connection would be reset, and the answer might be lost.
        let mut head = [0; 5];
        stream.read_exact(&mut head).unwrap();
        let [kind, _, _, high, low] = head;
        assert_eq!(kind, 22, "a handshake");
        let mut hello = vec![0; u16::from_be_bytes([high, low]).into()];
        stream.read_exact(&mut hello).unwrap();
        stream.write_all(answer).unwrap();
    });
    ServerUrl::parse(&format!("http://{address}")).unwrap()
}

#[test]
fn a_port_that_speaks_tls_is_known_by_its_first_answer() {
    for answer in [&[22, 3, 3, 0, 2][..], &[21, 3, 1, 0, 2, 2, 40]] {
        let server = answering(answer);
        let instead = server.as_str().replace("http://", "https://");
        assert_eq!(
            speaks_https(&server),
            Some(TlsFault::SpeaksHttps { instead })
        );
    }
    for answer in [
        &b"HTTP/1.1 400 Bad Request\r\n\r\n"[..],
        b"SSH-2.0-x\r\n",
        b"",
    ] {
        assert_eq!(speaks_https(&answering(answer)), None);
    }
}
