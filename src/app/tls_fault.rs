//! Why there is no secure connection to a server.

use strum::EnumIter;

/// Why there is no secure connection to a server.
#[derive(Debug, Clone, PartialEq, Eq, EnumIter)]
pub enum TlsFault {
    /// The server's certificate has expired.
    Expired,
    /// The server's certificate is not valid yet; more likely this computer's clock is wrong.
    NotYetValid,
    /// The server's certificate was issued by an authority that is not trusted.
    UnknownIssuer,
    /// Nobody but itself vouches for the server's certificate.
    SelfSigned,
    /// The server shows the certificate of an authority that the member's `--ca-file` names, which
    /// is none for a server.
    AuthorityAsServer,
    /// The server's certificate is for another name.
    OtherName {
        /// Some of the names that it is for; empty if none can be told. Not cleaned.
        names: Vec<String>,
    },
    /// The server's certificate was revoked.
    Revoked,
    /// The server's certificate is not accepted for another reason.
    Untrusted,
    /// The two sides have no version or method in common.
    NoAgreement,
    /// That port speaks plain HTTP.
    SpeaksHttp {
        /// The address to use instead.
        instead: String,
    },
    /// That port speaks TLS, and was spoken to by plain HTTP.
    SpeaksHttps {
        /// The address to use instead.
        instead: String,
    },
}
