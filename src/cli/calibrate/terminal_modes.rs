//! The terminal's modes, as they were before mpv read its keys. mpv gives them back when it ends, but
//! not always (0.35.1), and not if it had to be killed.

use std::io;

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// The modes of standard input, which are restored when this value is dropped.
pub(super) struct TerminalModes(Option<Termios>);

impl TerminalModes {
    /// Those of now; none if there is no terminal.
    pub(super) fn saved() -> Self {
        Self(tcgetattr(io::stdin()).ok())
    }
}

impl Drop for TerminalModes {
    fn drop(&mut self) {
        if let Some(before) = &self.0
            && let Err(cause) = tcsetattr(io::stdin(), OptionalActions::Now, before)
        {
            tracing::warn!(%cause, "the terminal is not as it was");
        }
    }
}
