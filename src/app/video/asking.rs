//! A key that the member's role does not allow: the first press says so, a second one asks the
//! admins.

use crate::protocol::command::PermissionRequest;
use crate::protocol::time::{LocalTime, Span};

/// For how long the same key asks the admins, as in the terminal.
const ASKS_AGAIN: Span = Span::seconds(8);

/// What a press leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Press {
    /// It is denied, and the next one asks.
    Denied,
    /// The admins are to be asked.
    Asks,
    /// They were asked already.
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
    /// The member wants this, which they may not do.
    pub(super) fn press(&mut self, request: &PermissionRequest, now: LocalTime) -> Press {
        let last = self.last.take();
        let again = last.filter(|last| last.request == *request && now - last.at < ASKS_AGAIN);
        let press = match &again {
            None => Press::Denied,
            Some(last) if last.is_asked => Press::Asked,
            Some(_) => Press::Asks,
        };
        self.last = Some(LastDenial {
            request: request.clone(),
            at: now,
            is_asked: press != Press::Denied,
        });
        press
    }
}
