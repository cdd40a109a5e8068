//! What `serve` prints at its start: who can reach it, and why it cannot listen on an address.

use crate::texts::language::Language;
use std::io::ErrorKind;
use std::net::SocketAddr;

/// The server listens on this machine's own addresses only.
#[must_use]
pub fn only_this_machine(language: Language, port: u16) -> String {
    format!(
        "Only this machine can reach the server. To let others in, start it with \
         --listen 0.0.0.0:{port} --listen '[::]:{port}'"
    )
}

/// An address cannot be listened on; the system's words follow.
#[must_use]
pub fn cannot_listen(language: Language, address: SocketAddr, why: ErrorKind) -> String {
    let (ip, port) = (address.ip(), address.port());
    let free = SocketAddr::new(ip, 0);
    match why {
        ErrorKind::AddrInUse => format!(
            "{address} is in use by another program; stop that one, or pass --listen with \
             another port ({free} picks a free one)"
        ),
        ErrorKind::PermissionDenied => format!(
            "port {port} of {ip} takes more rights than this user has; pass --listen with a \
             port of 1024 or more, or put a proxy before the server"
        ),
        ErrorKind::AddrNotAvailable => format!(
            "{ip} is no address of this machine; pass --listen with one that is, or with \
             0.0.0.0:{port} for all of them"
        ),
        _ => format!("{address} cannot be listened on; pass --listen with another address"),
    }
}

/// An address cannot be bound because an earlier one covers it.
#[must_use]
pub fn listened_on_already(language: Language, address: SocketAddr, earlier: SocketAddr) -> String {
    format!("{address} is listened on already, by --listen {earlier}; leave one of the two out")
}
