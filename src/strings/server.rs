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

/// A certificate or a key is damaged or of an unknown kind.
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

/// An address cannot be listened on. Only a kind that has no words of its own here is followed by
/// the system's.
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

/// Of this many free ports none was free for both versions of IP.
#[must_use]
pub fn no_shared_port(language: Language, tried: u32) -> String {
    tr!(language, "server-no-shared-port", tried = tried)
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

/// The rooms' file is damaged, or is none of this program.
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

/// The rooms' file has a format that only later versions know.
#[must_use]
pub fn data_newer(language: Language, path: &str, found: i64, known: i64) -> String {
    tr!(
        language,
        "server-data-newer",
        path = path,
        found = found,
        known = known
    )
}

/// The rooms' file could not be written anew.
#[must_use]
pub fn data_not_compacted(language: Language, reason: &str) -> String {
    tr!(language, "server-data-not-compacted", reason = reason)
}

/// The rooms' file cannot be read or written at the moment.
#[must_use]
pub fn data_away(language: Language) -> String {
    tr!(language, "server-data-away")
}

/// There is something at the backup's path.
#[must_use]
pub fn backup_exists(language: Language, path: &str) -> String {
    tr!(language, "server-backup-exists", path = path)
}

/// The backup cannot be written: the system's words.
#[must_use]
pub fn backup_unusable(language: Language, path: &str, error: &str) -> String {
    tr!(
        language,
        "server-backup-unusable",
        path = path,
        error = error
    )
}

/// The server closed the file while the backup was made.
#[must_use]
pub fn backup_interrupted(language: Language) -> String {
    tr!(language, "server-backup-interrupted")
}

/// The backup was written and cannot be read.
#[must_use]
pub fn backup_unreadable(language: Language, why: &str) -> String {
    tr!(language, "server-backup-unreadable", why = why)
}

/// A backup is there.
#[must_use]
pub fn backup_done(language: Language, path: &str, rooms: usize, bytes: u64) -> String {
    tr!(
        language,
        "server-backup-done",
        path = path,
        rooms = rooms,
        size = kilobytes(bytes)
    )
}

/// The file to restore cannot be served.
#[must_use]
pub fn restore_unreadable(language: Language, why: &str) -> String {
    tr!(language, "server-restore-unreadable", why = why)
}

/// A server runs on the data folder.
#[must_use]
pub fn restore_in_use(language: Language, path: &str) -> String {
    tr!(language, "server-restore-in-use", path = path)
}

/// A backup was put in place; what was there before is at `replaced`.
#[must_use]
pub fn restored(language: Language, path: &str, rooms: usize, replaced: Option<&str>) -> String {
    match replaced {
        Some(replaced) => tr!(
            language,
            "server-restored-kept",
            path = path,
            rooms = rooms,
            replaced = replaced
        ),
        None => tr!(language, "server-restored", path = path, rooms = rooms),
    }
}

/// The certificate and its key can be used.
#[must_use]
pub fn check_certificate(language: Language, path: &str) -> String {
    tr!(language, "server-check-certificate", path = path)
}

/// The data folder has no rooms' file yet.
#[must_use]
pub fn check_nothing(language: Language, path: &str) -> String {
    tr!(language, "server-check-nothing", path = path)
}

/// What the rooms' file holds.
#[must_use]
pub fn check_found(language: Language, path: &str, rooms: usize, bytes: u64) -> String {
    tr!(
        language,
        "server-check-found",
        path = path,
        rooms = rooms,
        size = kilobytes(bytes)
    )
}

/// The rooms' file has today's format.
#[must_use]
pub fn check_format(language: Language, format: i64) -> String {
    tr!(language, "server-check-format", format = format)
}

/// The rooms' file has an earlier format, which the next start migrates after a copy.
#[must_use]
pub fn check_older(language: Language, format: i64, newest: i64, copy: &str) -> String {
    tr!(
        language,
        "server-check-older",
        format = format,
        newest = newest,
        copy = copy
    )
}

/// A server runs on the data folder.
#[must_use]
pub fn check_in_use(language: Language) -> String {
    tr!(language, "server-check-in-use")
}

/// The rooms are in Redis, which rewrites its own files.
#[must_use]
pub fn not_compacted_in_redis(language: Language) -> String {
    tr!(language, "server-not-compacted-in-redis")
}

/// The rooms are kept in Redis.
#[must_use]
pub fn check_redis(language: Language, url: &str, rooms: usize) -> String {
    tr!(language, "server-check-redis", url = url, rooms = rooms)
}

/// The rooms are kept in memory.
#[must_use]
pub fn check_ephemeral(language: Language) -> String {
    tr!(language, "server-check-ephemeral")
}

/// Everything is in order.
#[must_use]
pub fn check_ready(language: Language) -> String {
    tr!(language, "server-check-ready")
}

/// A size in units of 1,000 bytes, rounded up.
const fn kilobytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000)
}

/// A room in the rooms' file cannot be read.
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
