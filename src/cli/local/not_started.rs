//! Why no server was started in this process, and how a member reads it.

use std::io;

use crate::cli::serve;
use crate::server::ServerError;
use crate::texts::language::Language;
use crate::texts::tr;

/// Why no server was started in this process.
#[derive(Debug, thiserror::Error)]
pub enum NotStarted {
    /// This port is taken, or may not be listened on; 0 if none is free.
    #[error("there is no port to listen on")]
    NoPort(u16, #[source] io::Error),
    /// Its address makes no sense, as only a test can set it.
    #[error("the server would have no address")]
    NoAddress(#[source] anyhow::Error),
    /// The server cannot run.
    #[error(transparent)]
    Server(#[from] ServerError),
}

impl NotStarted {
    /// The error as the member reads it.
    #[must_use]
    pub fn worded(self, language: Language) -> anyhow::Error {
        match self {
            Self::NoPort(0, cause) => {
                anyhow::Error::new(cause).context(tr!(language, "cli-no-free-port"))
            }
            Self::NoPort(port, cause) => {
                let port = port.to_string();
                anyhow::Error::new(cause).context(tr!(language, "cli-no-port", port = port))
            }
            Self::NoAddress(cause) => cause,
            Self::Server(cause) => {
                serve::worded(cause, language).context(tr!(language, "cli-no-local-server"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::NotStarted;
    use crate::cli::causes;
    use crate::texts::language::Language::{English, Russian};

    #[test]
    fn why_no_server_was_started_here_is_said_in_each_language() {
        let taken_port = |language, port| {
            let cause = io::Error::from(io::ErrorKind::AddrInUse);
            causes(language, &NotStarted::NoPort(port, cause).worded(language))
        };
        assert_eq!(
            taken_port(English, 8000),
            "Can't listen on port 8000, where a server may be running already; --port takes another: \
             the address is already in use"
        );
        let taken = |language| taken_port(language, 0);
        assert_eq!(
            taken(English),
            "There's no free port to start a server on: the address is already in use"
        );
        assert_eq!(
            taken(Russian),
            "Нет свободного порта, чтобы запустить сервер: адрес уже занят"
        );
    }
}
