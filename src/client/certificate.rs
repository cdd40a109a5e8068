//! The certificate that a server shows.

use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use rustls::ClientConnection;
use rustls::pki_types::ServerName;
use url::Url;

use super::proxy;
use crate::protocol::invite::ServerUrl;
use crate::trust::Trust;

/// How long the server may take to accept the connection, and for each step of the handshake
/// (judgement).
const PATIENCE: Duration = Duration::from_secs(5);

/// The certificate of an https server, in its DER form; `None` without TLS, through a proxy, or if
/// the handshake fails.
#[must_use]
pub fn of_server(server: &ServerUrl, trust: &Trust) -> Option<Vec<u8>> {
    let url = Url::parse(server.as_str()).ok()?;
    let is_proxied = proxy::of(proxy::of_environment(), server.as_str()).is_some();
    if url.scheme() != "https" || is_proxied {
        return None;
    }
    let host = url.host_str()?;
    let port = url.port_or_known_default()?;
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let name = ServerName::try_from(name.to_owned()).ok()?;
    let mut addresses = format!("{host}:{port}").to_socket_addrs().ok()?;
    let mut socket =
        addresses.find_map(|address| TcpStream::connect_timeout(&address, PATIENCE).ok())?;
    socket.set_read_timeout(Some(PATIENCE)).ok()?;
    socket.set_write_timeout(Some(PATIENCE)).ok()?;
    let mut connection = ClientConnection::new(trust.blocking_config(), name).ok()?;
    while connection.is_handshaking() {
        connection.complete_io(&mut socket).ok()?;
    }
    let shown = connection.peer_certificates()?.first()?;
    Some(shown.to_vec())
}
