//! The last lines of a client that had a screen: the goodbye, and why the server refused it.

use std::io::{self, Write};

use crate::app::App;
use crate::app::output::ConnectionView;
use crate::protocol::text::clean;
use crate::strings::farewell as words;

use super::terminal::LastLine;

/// The last lines of a client; none without a screen.
#[derive(Debug, Default)]
pub(super) struct Farewell {
    goodbye: Option<String>,
    complaint: Option<String>,
}

/// The last lines of an app at its end.
pub(super) fn of(app: &App) -> Farewell {
    let Some(screen) = app.screen() else {
        return Farewell::default();
    };
    let language = app.language();
    let back = words::way_back(&app.invite());
    let goodbye = words::goodbye(language, screen.stats(), app.local_now(), &back);
    let complaint = match app.connection() {
        ConnectionView::Refused(why) => Some(clean(&words::refused(language, why), 1_000)),
        _ => None,
    };
    Farewell {
        goodbye: Some(goodbye).filter(|goodbye| !goodbye.is_empty()),
        complaint,
    }
}

impl Farewell {
    /// Prints them, once the terminal was given back. A terminal that does not read gets the
    /// goodbye in place of what it has not read.
    pub(super) fn print(self, terminal: &LastLine) {
        if let Some(goodbye) = self.goodbye {
            terminal.print(&goodbye);
        }
        if let Some(complaint) = self.complaint
            && let Err(cause) = writeln!(io::stderr(), "{complaint}")
        {
            tracing::debug!("standard error cannot be written: {cause}");
        }
    }
}
