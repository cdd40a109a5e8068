//! What is wrong with a secure connection, and whether a port speaks TLS.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{CertificateError, ClientConnection, Error};
use url::Url;

use crate::app::tls_fault::TlsFault;
use crate::protocol::invite::ServerUrl;
use crate::trust::{CertificateFault, Trust};

/// How long a port may take to accept a connection, and then to answer the first message of a TLS
/// handshake. Both together, with what was asked before, stay below the 10 s after which the app
/// gives an attempt up.
const PATIENCE: Duration = Duration::from_millis(400);

/// How many addresses of a host are tried: one of each version of IP.
const ADDRESSES: usize = 2;

/// The first bytes of the records with which a TLS server answers: handshake or alert, and the
/// version's major number (RFC 8446, section 5.1).
const TLS_ANSWERS: [[u8; 2]; 2] = [[22, 3], [21, 3]];

/// What is wrong with the TLS of a connection to an address; `None` for other errors.
pub(super) fn of_io(cause: &io::Error, url: &Url) -> Option<TlsFault> {
    let cause = cause.get_ref()?.downcast_ref::<Error>()?;
    Some(fault(cause, url))
}

/// What an error of TLS means.
fn fault(cause: &Error, url: &Url) -> TlsFault {
    match cause {
        Error::InvalidCertificate(cause) => of_certificate(cause),
        Error::InvalidMessage(_) => match other_scheme(url, "") {
            Some(instead) => TlsFault::SpeaksHttp { instead },
            None => TlsFault::NoAgreement,
        },
        Error::NoCertificatesPresented => TlsFault::Untrusted,
        _ => TlsFault::NoAgreement,
    }
}

fn of_certificate(cause: &CertificateError) -> TlsFault {
    match cause {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsFault::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            TlsFault::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            TlsFault::OtherName { names: Vec::new() }
        }
        CertificateError::Revoked => TlsFault::Revoked,
        CertificateError::UnknownIssuer => TlsFault::UnknownIssuer,
        CertificateError::Other(cause) => match cause.0.downcast_ref() {
            Some(CertificateFault::SelfSigned) => TlsFault::SelfSigned,
            Some(CertificateFault::Authority) => TlsFault::AuthorityAsServer,
            Some(CertificateFault::OtherName(names)) => TlsFault::OtherName {
                names: names.clone(),
            },
            None => TlsFault::Untrusted,
        },
        _ => TlsFault::Untrusted,
    }
}

/// The fault of a server that was spoken to by plain HTTP, if its port speaks TLS. Connects to it
/// once more, and blocks for less than a second.
pub(super) fn speaks_https(server: &ServerUrl) -> Option<TlsFault> {
    let url = Url::parse(server.as_str()).ok()?;
    if url.scheme() != "http" || !speaks_tls(&url).unwrap_or(false) {
        return None;
    }
    let instead = other_scheme(&url, url.path())?;
    Some(TlsFault::SpeaksHttps { instead })
}

/// Whether a server answers the first message of a TLS handshake as one.
fn speaks_tls(url: &Url) -> io::Result<bool> {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let port = url.port_or_known_default().unwrap_or_default();
    let mut socket = connect(host, port)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.set_write_timeout(Some(PATIENCE))?;
    // Nothing is accepted: the handshake goes no further than the first answer.
    let nobody = Trust::only(Vec::new()).blocking_config();
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    let mut hello = ClientConnection::new(nobody, name).map_err(io::Error::other)?;
    let mut message = Vec::new();
    hello.write_tls(&mut message)?;
    socket.write_all(&message)?;
    let mut answer = [0; 2];
    socket.read_exact(&mut answer)?;
    Ok(TLS_ANSWERS.contains(&answer))
}

/// Connects to one of a host's first addresses.
fn connect(host: &str, port: u16) -> io::Result<TcpStream> {
    let mut last = io::ErrorKind::NotFound.into();
    for address in (host, port).to_socket_addrs()?.take(ADDRESSES) {
        match TcpStream::connect_timeout(&address, PATIENCE / 2) {
            Ok(socket) => return Ok(socket),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// The address of the same host and port with `http` for `https`, or the other way round.
fn other_scheme(url: &Url, path: &str) -> Option<String> {
    let scheme = match url.scheme() {
        "http" => "https",
        _ => "http",
    };
    let (host, port) = (url.host_str()?, url.port_or_known_default()?);
    // Parsing leaves the port out where it is the scheme's own.
    let same = ServerUrl::parse(&format!("{scheme}://{host}:{port}{path}")).ok()?;
    Some(same.to_string())
}

#[cfg(test)]
mod tests;
