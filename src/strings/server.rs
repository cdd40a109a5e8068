//! What `serve` prints at its start: who can reach it, and why it cannot run.

use std::io::ErrorKind;
use std::net::SocketAddr;

use crate::texts::language::Language;
use crate::texts::tr;

/// The server listens on this machine's own addresses only.
#[must_use]
pub fn only_this_machine(language: Language, port: u16) -> String {
    tr!(language, "server-only-here", port = port)
}

/// An address cannot be listened on; the system's words follow.
#[must_use]
pub fn cannot_listen(language: Language, address: SocketAddr, why: ErrorKind) -> String {
    let (ip, port) = (address.ip().to_string(), address.port());
    let free = SocketAddr::new(address.ip(), 0).to_string();
    let address = address.to_string();
    match why {
        ErrorKind::AddrInUse => tr!(language, "server-in-use", address = address, free = free),
        ErrorKind::PermissionDenied => {
            tr!(language, "server-not-permitted", ip = ip, port = port)
        }
        ErrorKind::AddrNotAvailable => tr!(language, "server-not-local", ip = ip, port = port),
        _ => tr!(language, "server-cannot-listen", address = address),
    }
}

/// An address cannot be bound because an earlier one covers it.
#[must_use]
pub fn listened_on_already(language: Language, address: SocketAddr, earlier: SocketAddr) -> String {
    tr!(
        language,
        "server-twice",
        address = address.to_string(),
        earlier = earlier.to_string()
    )
}

/// The server's threads cannot be started; the system's words follow.
#[must_use]
pub fn no_threads(language: Language) -> String {
    tr!(language, "server-no-threads")
}

/// The system's signals cannot be listened for; its words follow.
#[must_use]
pub fn no_signals(language: Language) -> String {
    tr!(language, "server-no-signals")
}
