//! A key that the member's role does not allow: the first press says so, a second one asks the
//! admins. It is one rule for the terminal and the player's window, so that one may be pressed here
//! and the other there.

use crate::protocol::command::PermissionRequest;
use crate::protocol::time::{LocalTime, Span};

/// For how long another press asks (judgement: what says so is shown for six seconds).
const ASKS_AGAIN: Span = Span::seconds(8);

/// What a press leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Press {
    /// It is denied, and the next one asks.
    Denied,
    /// The admins are to be asked.
    Asks,
    /// They were asked already, however long the key is held.
    Asked,
}

/// What was last denied.
#[derive(Debug, Default)]
pub(super) struct Asking {
    last: Option<LastDenial>,
}

#[derive(Debug)]
struct LastDenial {
    request: PermissionRequest,
    at: LocalTime,
    is_asked: bool,
}

impl Asking {
    /// What it leads to that the member wants this, which they may not do.
    pub(super) fn press(&self, request: &PermissionRequest, now: LocalTime) -> Press {
        let last = self.last.as_ref();
        let again = last.filter(|last| last.request == *request && now - last.at < ASKS_AGAIN);
        match again {
            None => Press::Denied,
            Some(last) if last.is_asked => Press::Asked,
            Some(_) => Press::Asks,
        }
    }

    /// The member has pressed for this, which led to that.
    pub(super) fn note(&mut self, request: PermissionRequest, press: Press, now: LocalTime) {
        self.last = Some(LastDenial {
            request,
            at: now,
            is_asked: press != Press::Denied,
        });
    }
}
