//! The last lines of a client that had a screen: the goodbye, and why the server refused it.

use std::io::{self, Write};

use crate::app::App;
use crate::app::output::ConnectionView;
use crate::protocol::text::clean;
use crate::strings::{farewell as words, kept};

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
    let (kept, back) = if app.is_demo() {
        (Some(words::demo_gone(language)), words::for_real(language))
    } else {
        (kept(app), words::back(language, &way_back(app)))
    };
    let parting = words::Parting {
        kept: kept.as_deref(),
        next: &back,
    };
    let goodbye = words::goodbye(language, screen.stats(), app.local_now(), parting);
    let complaint = match app.connection() {
        ConnectionView::Refused(why) => Some(clean(&words::refused(language, why), 1_000)),
        _ => None,
    };
    Farewell {
        goodbye: Some(goodbye).filter(|goodbye| !goodbye.is_empty()),
        complaint,
    }
}

/// The command to come back. Where this process was the server, it starts one again.
fn way_back(app: &App) -> String {
    if app.is_host() {
        words::way_back_here(app.room_id(), app.hosts_with())
    } else {
        words::way_back(&app.invite())
    }
}

/// How long the room is kept; `None` if that is not known.
fn kept(app: &App) -> Option<String> {
    let language = app.language();
    let lifetime = app.lifetime()?;
    Some(match (app.is_host(), app.keeps_rooms()) {
        (true, true) => kept::here(language, lifetime),
        (true, false) => kept::not_here(language),
        (false, _) => {
            let alone = app.room().is_some_and(|room| room.roster.count <= 1);
            kept::goodbye(language, lifetime, alone)
        }
    })
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
