//! What `serve` prints at its start: who can reach it, and why it cannot run.

use std::io::ErrorKind;
use std::net::SocketAddr;

use crate::protocol::ids::RoomId;
use crate::texts::language::Language;
use crate::texts::tr;

/// The server listens on this machine's own addresses only.
#[must_use]
pub fn only_this_machine(language: Language, port: u16) -> String {
    tr!(language, "server-only-here", port = port)
}

/// The address at which others reach the server.
#[must_use]
pub fn public_address(language: Language, url: &str) -> String {
    tr!(language, "server-public", url = url)
}

/// The file of the certificate or of its key cannot be read.
#[must_use]
pub fn tls_unreadable(language: Language, path: &str, error: &str) -> String {
    tr!(
        language,
        "server-tls-unreadable",
        path = path,
        error = error
    )
}

/// The file of the certificate has none in it.
#[must_use]
pub fn no_certificate(language: Language, path: &str) -> String {
    tr!(language, "server-tls-no-certificate", path = path)
}

/// The file of the key has none in it.
#[must_use]
pub fn no_key(language: Language, path: &str) -> String {
    tr!(language, "server-tls-no-key", path = path)
}

/// The key is encrypted.
#[must_use]
pub fn encrypted_key(language: Language, path: &str) -> String {
    tr!(language, "server-tls-encrypted-key", path = path)
}

/// A certificate or a key is damaged or of an unknown kind. `reason` is in English.
#[must_use]
pub fn tls_unusable(language: Language, path: &str, reason: &str) -> String {
    tr!(
        language,
        "server-tls-unusable",
        path = path,
        reason = reason
    )
}

/// The key is not that of the certificate.
#[must_use]
pub fn tls_mismatch(language: Language, certificate: &str, key: &str) -> String {
    tr!(
        language,
        "server-tls-mismatch",
        certificate = certificate,
        key = key
    )
}

/// The certificate has expired.
#[must_use]
pub fn certificate_expired(language: Language, path: &str) -> String {
    tr!(language, "server-tls-expired", path = path)
}

/// The certificate expires within 14 days.
#[must_use]
pub fn certificate_ends_soon(language: Language, path: &str) -> String {
    tr!(language, "server-tls-ends-soon", path = path)
}

/// The certificate is not valid yet.
#[must_use]
pub fn certificate_not_yet_valid(language: Language, path: &str) -> String {
    tr!(language, "server-tls-not-yet-valid", path = path)
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

/// Another server has the rooms' file open.
#[must_use]
pub fn data_in_use(language: Language, path: &str) -> String {
    tr!(language, "server-data-in-use", path = path)
}

/// The rooms' file is damaged, or is none of this program. `reason` is in English.
#[must_use]
pub fn data_damaged(language: Language, path: &str, reason: &str) -> String {
    tr!(
        language,
        "server-data-damaged",
        path = path,
        reason = reason
    )
}

/// The folder or the file of the rooms cannot be used: the system's words, and what to do.
#[must_use]
pub fn data_unusable(language: Language, path: &str, why: ErrorKind, error: &str) -> String {
    match why {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            tr!(language, "server-data-full", path = path, error = error)
        }
        ErrorKind::FileTooLarge => {
            tr!(language, "server-data-limited", path = path, error = error)
        }
        _ => tr!(language, "server-data-unusable", path = path, error = error),
    }
}

/// A room in the rooms' file cannot be read. `reason` is in English.
#[must_use]
pub fn room_unreadable(language: Language, room: &RoomId, reason: &str) -> String {
    tr!(
        language,
        "server-room-unreadable",
        room = room.as_str(),
        reason = reason
    )
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::{cannot_listen, data_unusable, only_this_machine};
    use crate::texts::language::Language::{English, Russian};

    #[test]
    fn each_language_names_the_same_options() {
        for language in [English, Russian] {
            let here = only_this_machine(language, 8_000);
            assert!(here.ends_with("--listen 0.0.0.0:8000 --listen '[::]:8000'"));
            let address = "192.0.2.1:80".parse().unwrap();
            for (why, option) in [
                (ErrorKind::AddrInUse, "192.0.2.1:0"),
                (ErrorKind::PermissionDenied, "1024"),
                (ErrorKind::AddrNotAvailable, "0.0.0.0:80"),
                (ErrorKind::Other, "192.0.2.1:80"),
            ] {
                let text = cannot_listen(language, address, why);
                assert!(text.contains("--listen") && text.contains(option), "{text}");
            }
            for (why, next) in [
                (ErrorKind::StorageFull, "--data-dir"),
                (ErrorKind::FileTooLarge, "ulimit -f"),
                (ErrorKind::PermissionDenied, "--data-dir"),
            ] {
                let text = data_unusable(language, "/srv/rooms.redb", why, "full");
                assert!(text.contains("/srv/rooms.redb") && text.contains("full"));
                assert!(text.contains(next), "{text}");
            }
        }
    }
}
