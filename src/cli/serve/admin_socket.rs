//! The operator's socket of a server that starts.

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
            let why = error.to_string();
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

/// Why the operator's socket cannot be served.
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
