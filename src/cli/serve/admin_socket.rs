//! The operator's socket of a server that starts.

#[cfg(unix)]
use std::{io::ErrorKind, path::Path};

use crate::cli::config::ServeConfig;
use crate::server::Running;
use crate::texts::language::Language;
#[cfg(unix)]
use crate::{cli::complain, server::admin::socket::SocketError, texts::system, texts::tr};

/// Serves the operator's socket. One that was not asked for by name is no reason not to run.
#[cfg(unix)]
pub(super) fn serve_admin(
    running: &Running,
    config: &ServeConfig,
    language: Language,
) -> anyhow::Result<()> {
    let Some(path) = config.admin_socket() else {
        return Ok(());
    };
    match running.serve_admin(&path) {
        Ok(()) => Ok(()),
        Err(error) if config.options.admin_socket.is_some() => {
            Err(anyhow::Error::msg(socket_words(&error, language)))
        }
        Err(error) => {
            let why = why(&error, language);
            complain(tr!(language, "server-no-admin-socket", why = why));
            Ok(())
        }
    }
}

/// Serves nothing: the socket is a Unix one.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as on Unix")]
pub(super) fn serve_admin(_: &Running, _: &ServeConfig, _: Language) -> anyhow::Result<()> {
    Ok(())
}

/// Why the operator's socket cannot be served, to follow a colon.
#[cfg(unix)]
fn why(error: &SocketError, language: Language) -> String {
    let shown = |path: &Path| path.display().to_string();
    match error {
        SocketError::InUse { path } => {
            tr!(language, "server-admin-why-in-use", path = shown(path))
        }
        SocketError::InTheWay { path } => {
            tr!(language, "server-admin-why-in-the-way", path = shown(path))
        }
        // What the system says of a path that is too long for a socket.
        SocketError::Unusable { path, source } if source.kind() == ErrorKind::InvalidInput => {
            tr!(language, "server-admin-why-too-long", path = shown(path))
        }
        SocketError::Unusable { path, source } => {
            format!("{}: {}", shown(path), system::error(language, source))
        }
    }
}

/// Why the operator's socket cannot be served, and what to do.
#[cfg(unix)]
fn socket_words(error: &SocketError, language: Language) -> String {
    match error {
        SocketError::InUse { path } => {
            tr!(
                language,
                "server-admin-in-use",
                path = path.display().to_string()
            )
        }
        SocketError::InTheWay { path } => {
            tr!(
                language,
                "server-admin-in-the-way",
                path = path.display().to_string()
            )
        }
        SocketError::Unusable { path, source } => tr!(
            language,
            "server-admin-unusable",
            path = path.display().to_string(),
            why = system::error(language, source)
        ),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::{socket_words, why};
    use crate::server::admin::socket::SocketError;
    use crate::test_support::foreign_words;
    use crate::texts::language::Language;

    #[test]
    fn what_is_wrong_with_the_operators_socket_is_said_in_the_language() {
        let path = || "/run/watchtogether/admin.sock".into();
        let errors = [
            SocketError::InUse { path: path() },
            SocketError::InTheWay { path: path() },
            SocketError::Unusable {
                path: path(),
                source: Error::from(rustix::io::Errno::IO),
            },
            SocketError::Unusable {
                path: path(),
                source: ErrorKind::InvalidInput.into(),
            },
        ];
        for error in errors {
            for words in [
                why(&error, Language::Russian),
                socket_words(&error, Language::Russian),
            ] {
                assert!(words.contains("admin.sock"), "{words}");
                assert_eq!(foreign_words(&words), [""; 0], "{words}");
            }
        }
    }
}
