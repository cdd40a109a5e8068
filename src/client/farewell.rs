//! What stands on the normal screen after the client's own is gone.

use std::io::{self, Write};

use crate::app::App;
use crate::app::told::ConnectionView;
use crate::protocol::text::clean;
use crate::strings::farewell as words;

/// The last words of a client, if it had a screen.
#[derive(Debug, Default)]
pub(super) struct Farewell {
    goodbye: Option<String>,
    complaint: Option<String>,
}

/// The last words of an app at its end.
pub(super) fn of(app: &App) -> Farewell {
    let Some(screen) = app.screen() else {
        return Farewell::default();
    };
    let back = words::way_back(&app.invite());
    let goodbye = words::goodbye(screen.stats(), app.local_now(), &back);
    let complaint = match app.connection() {
        ConnectionView::Refused(why) => Some(clean(&words::refused(why), 1_000)),
        _ => None,
    };
    Farewell {
        goodbye: Some(goodbye).filter(|goodbye| !goodbye.is_empty()),
        complaint,
    }
}

impl Farewell {
    /// Says them, once the terminal was given back; to nobody, if it is gone.
    pub(super) fn show(self) {
        if let Some(goodbye) = self.goodbye {
            let _unheard = writeln!(io::stdout(), "{goodbye}");
        }
        if let Some(complaint) = self.complaint {
            let _unheard = writeln!(io::stderr(), "{complaint}");
        }
    }
}
