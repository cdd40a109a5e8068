//! Why Redis cannot be used, told apart by what its operator does about it.

use crate::system_fault::SystemFault;

/// Why Redis cannot be used. Each has a next step of its own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::EnumIter)]
pub enum RedisCause {
    /// The connection is refused.
    #[error("nothing listens there")]
    NobodyListens,
    /// There is no socket at the path.
    #[error("there is no socket")]
    NoSocket,
    /// This user may not open the socket.
    #[error("this user may not use the socket")]
    SocketDenied,
    /// The host's name has no address.
    #[error("the host's name is not found")]
    NameNotFound,
    /// Another error of the system.
    #[strum(disabled)]
    #[error("no connection: {0:?}")]
    System(SystemFault),
    /// It does not answer.
    #[error("it does not answer")]
    Silent,
    /// The connection broke before anything was answered.
    #[error("it closes the connection")]
    HungUp,
    /// It knows no such user, or the password is another.
    #[error("the user or the password is wrong")]
    WrongPassword,
    /// It asks for a password, and the address has none.
    #[error("it asks for a password")]
    PasswordNeeded,
    /// Its user lacks a right.
    #[error("its user lacks a right")]
    NotPermitted,
    /// Without a password it takes connections of its own machine only.
    #[error("it takes no connections from other machines")]
    ProtectedMode,
    /// It has all the connections that it takes.
    #[error("it takes no more connections")]
    TooManyClients,
    /// There is no secure connection.
    #[strum(disabled)]
    #[error(transparent)]
    Tls(RedisTlsCause),
    /// What answers is no Redis.
    #[error("what answers there is no Redis")]
    NotRedis,
    /// It lacks a command: it is too old, a Sentinel, or its operator has taken the command away.
    #[error("it lacks a command")]
    CommandMissing,
    /// It does not have the database of the address.
    #[error("it does not have that database")]
    NoDatabase,
    /// It is a cluster, and does not have the database of the address.
    #[error("it runs as a cluster, which has only database 0")]
    ClusterDatabase,
    /// It still reads its data.
    #[error("it still reads its data")]
    Loading,
    /// No primary of its cluster serves the keys at present.
    #[error("no primary of its cluster has the keys")]
    ClusterDown,
    /// It is a replica.
    #[error("it is a replica")]
    Replica,
    /// It has no memory left.
    #[error("it has no memory left")]
    Full,
    /// It takes no writes, since it cannot save its data.
    #[error("it cannot save its data")]
    CannotSave,
    /// It was started again, or lost data, while a node was starting.
    #[error("it was started again or lost data just now")]
    Restarted,
    /// Anything else.
    #[error("it refuses")]
    Other,
}

/// Why there is no secure connection to Redis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, strum::EnumIter)]
pub enum RedisTlsCause {
    /// That port speaks no TLS.
    #[error("that port speaks no TLS")]
    NotTls,
    /// The authority of its certificate is not trusted.
    #[error("the authority of its certificate is not trusted")]
    UnknownAuthority,
    /// Its certificate has expired.
    #[error("its certificate has expired")]
    Expired,
    /// Its certificate is not valid yet.
    #[error("its certificate is not valid yet")]
    NotYetValid,
    /// Its certificate is for another name.
    #[error("its certificate is for another name")]
    OtherName,
    /// Its certificate is not accepted for another reason.
    #[error("its certificate is not accepted")]
    Refused,
    /// It does not agree to TLS as this side speaks it.
    #[error("there is no agreement on TLS")]
    NoAgreement,
}
