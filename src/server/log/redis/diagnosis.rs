//! Tells from what went wrong why Redis cannot be used.

use std::error::Error;
use std::io::{Error as IoError, ErrorKind as IoErrorKind};
use std::sync::Arc;

use redis::{ErrorKind, RedisError};
use rustls::{CertificateError, Error as TlsError};

use super::cause::{RedisCause, RedisTlsCause};
use super::fault::{RedisFault, ServerAnswer};
use crate::system_fault::{SystemFault, UncategorizedError};

/// Why Redis cannot be used.
pub(super) fn cause(fault: &RedisFault) -> RedisCause {
    match fault {
        RedisFault::Silent => RedisCause::Silent,
        RedisFault::Broken | RedisFault::LostData => RedisCause::Restarted,
        RedisFault::NoOwner => RedisCause::ClusterDown,
        RedisFault::Replica => RedisCause::Replica,
        RedisFault::ClusterDatabase => RedisCause::ClusterDatabase,
        RedisFault::Answer(_) => RedisCause::Other,
        RedisFault::Redis(error) => of_error(error),
    }
}

/// What Redis or a library says of a fault, in its own words; `None` if the cause tells all.
pub(super) fn words(fault: &RedisFault) -> Option<String> {
    match fault {
        RedisFault::Redis(error) => {
            let is_of_system = io_error(error).is_some_and(|error| tls_error(error).is_none());
            (!is_of_system).then(|| fault.to_string())
        }
        RedisFault::Answer(_) => Some(fault.to_string()),
        RedisFault::Silent
        | RedisFault::Broken
        | RedisFault::LostData
        | RedisFault::NoOwner
        | RedisFault::Replica
        | RedisFault::ClusterDatabase => None,
    }
}

fn of_error(error: &RedisError) -> RedisCause {
    if let Some(answer) = ServerAnswer::of(error) {
        return of_answer(&answer);
    }
    if let Some(cause) = io_error(error) {
        return of_io(cause);
    }
    match error.kind() {
        ErrorKind::AuthenticationFailed => RedisCause::WrongPassword,
        ErrorKind::RESP3NotSupported => RedisCause::CommandMissing,
        ErrorKind::Parse | ErrorKind::UnexpectedReturnType => RedisCause::NotRedis,
        _ => RedisCause::Other,
    }
}

/// Tells by the code with which an answer of Redis begins. What begins with `ERR` is told by its words,
/// which are those of Redis 7 and of Valkey.
fn of_answer(answer: &ServerAnswer) -> RedisCause {
    let says = |words: &str| answer.detail.contains(words);
    match answer.code.as_str() {
        "WRONGPASS" => RedisCause::WrongPassword,
        "NOAUTH" => RedisCause::PasswordNeeded,
        "NOPERM" => RedisCause::NotPermitted,
        "DENIED" => RedisCause::ProtectedMode,
        "LOADING" => RedisCause::Loading,
        "CLUSTERDOWN" | "TRYAGAIN" | "MOVED" | "ASK" => RedisCause::ClusterDown,
        "READONLY" | "MASTERDOWN" => RedisCause::Replica,
        "OOM" => RedisCause::Full,
        "MISCONF" => RedisCause::CannotSave,
        _ if says("max number of clients") => RedisCause::TooManyClients,
        _ if says("The user executing the script") || says("ACL failure") => {
            RedisCause::NotPermitted
        }
        _ if says("DB index") => RedisCause::NoDatabase,
        _ if says("unknown command") || says("unknown subcommand") => RedisCause::CommandMissing,
        _ => RedisCause::Other,
    }
}

fn of_io(error: &IoError) -> RedisCause {
    if let Some(error) = tls_error(error) {
        return RedisCause::Tls(of_tls(error));
    }
    match SystemFault::from(error) {
        SystemFault::Known(IoErrorKind::ConnectionRefused) => RedisCause::NobodyListens,
        SystemFault::Known(IoErrorKind::NotFound) => RedisCause::NoSocket,
        SystemFault::Known(IoErrorKind::PermissionDenied) => RedisCause::SocketDenied,
        SystemFault::Known(IoErrorKind::TimedOut) => RedisCause::Silent,
        SystemFault::Uncategorized(UncategorizedError::NameNotFound) => RedisCause::NameNotFound,
        fault if fault.is_broken_connection() => RedisCause::HungUp,
        fault => RedisCause::System(fault),
    }
}

fn of_tls(error: &TlsError) -> RedisTlsCause {
    match error {
        TlsError::InvalidCertificate(certificate) => of_certificate(certificate),
        TlsError::InvalidMessage(_) => RedisTlsCause::NotTls,
        _ => RedisTlsCause::NoAgreement,
    }
}

fn of_certificate(error: &CertificateError) -> RedisTlsCause {
    match error {
        CertificateError::UnknownIssuer => RedisTlsCause::UnknownAuthority,
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            RedisTlsCause::Expired
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            RedisTlsCause::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            RedisTlsCause::OtherName
        }
        _ => RedisTlsCause::Refused,
    }
}

/// The error of the system that an error of the client carries, in a box of its own.
fn io_error(error: &RedisError) -> Option<&IoError> {
    let boxed: &Arc<dyn Error + Send + Sync> = error.source()?.downcast_ref()?;
    boxed.downcast_ref()
}

/// The error of TLS that an error of the system carries.
fn tls_error(error: &IoError) -> Option<&TlsError> {
    error.get_ref()?.downcast_ref()
}

#[cfg(test)]
mod tests {
    use std::io::Error as IoError;

    use redis::RedisError;

    use super::super::fault::tests::answered;
    use super::{RedisCause, RedisFault, cause, words};

    #[test]
    fn what_redis_refuses_is_told_by_its_code_or_by_its_words() {
        let rows = [
            (
                "LOADING Redis is loading the dataset in memory",
                RedisCause::Loading,
            ),
            ("CLUSTERDOWN Hash slot not served", RedisCause::ClusterDown),
            ("MOVED 7 10.0.0.1:6379", RedisCause::ClusterDown),
            ("MASTERDOWN Link with MASTER is down", RedisCause::Replica),
            (
                "READONLY You can't write against a read only replica.",
                RedisCause::Replica,
            ),
            (
                "OOM command not allowed when used memory > 'maxmemory'.",
                RedisCause::Full,
            ),
            (
                "MISCONF Redis is configured to save RDB snapshots",
                RedisCause::CannotSave,
            ),
            (
                "DENIED Redis is running in protected mode",
                RedisCause::ProtectedMode,
            ),
            (
                "ERR max number of clients reached",
                RedisCause::TooManyClients,
            ),
            ("ERR DB index is out of range", RedisCause::NoDatabase),
            (
                "ERR unknown command 'EVALSHA', with args beginning with: ",
                RedisCause::CommandMissing,
            ),
            (
                "ERR The user executing the script can't run this command",
                RedisCause::NotPermitted,
            ),
            (
                "ERR ACL failure in script: User x has no permissions",
                RedisCause::NotPermitted,
            ),
            ("ERR something new", RedisCause::Other),
        ];
        for (line, expected) in rows {
            assert_eq!(cause(&answered(line)), expected, "{line}");
        }
    }

    #[test]
    fn the_words_of_redis_are_told_as_it_says_them() {
        let line = "NOPERM this user has no permissions to run the 'info' command";
        assert_eq!(answered(line).to_string(), line);
        let with_arguments = "ERR unknown command 'HELLO', with args beginning with: '3' 's3cret' ";
        assert_eq!(
            answered(with_arguments).to_string(),
            "ERR unknown command 'HELLO'"
        );
    }

    #[test]
    fn errors_of_the_system_are_told_and_not_quoted() {
        let of_system = |error| RedisFault::from(RedisError::from(error));
        let lookup = "failed to lookup address information: Name or service not known";
        let unknown = of_system(IoError::other(lookup));
        assert_eq!(cause(&unknown), RedisCause::NameNotFound);
        assert_eq!(words(&unknown), None);
        let far = of_system(IoError::from(std::io::ErrorKind::HostUnreachable));
        assert!(matches!(cause(&far), RedisCause::System(_)), "{far}");
        assert_eq!(words(&far), None);
    }
}
