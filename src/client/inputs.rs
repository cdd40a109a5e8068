//! Where a client's input comes from: standard input, or the terminal of the screen.

use anyhow::Context;
use tokio::sync::mpsc;

use super::stdout::Face;
use super::terminal::Terminal;
use super::{ClientConfig, stdin_lines};
use crate::app::config::AppConfig;
use crate::texts::tr;

/// The terminal, which is open already if something was shown before there is a client.
///
/// # Errors
/// If there is no terminal that can be taken over.
fn opened(app: &AppConfig, early: Option<Terminal>) -> anyhow::Result<Terminal> {
    let screen = app.screen.as_ref();
    let has_mouse = screen.is_some_and(|screen| screen.mouse);
    let terminal = early.map_or_else(|| Terminal::open(has_mouse), Ok);
    terminal.with_context(|| tr!(app.language, "start-no-terminal"))
}

/// The lines of standard input, or the terminal of the screen. Who only watches types nothing.
pub(super) fn open(
    config: &ClientConfig,
    early: Option<Terminal>,
) -> anyhow::Result<(Option<mpsc::Receiver<String>>, Option<Terminal>)> {
    if config.app.attendance.observes() {
        return Ok((None, None));
    }
    if config.face == Face::Screen {
        return Ok((None, Some(opened(&config.app, early)?)));
    }
    let lines = stdin_lines::lines();
    let lines = lines.with_context(|| tr!(config.app.language, "cli-no-start"))?;
    Ok((Some(lines), None))
}
