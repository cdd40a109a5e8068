//! A server's own words: what it refuses, denies and finds fault with, made safe to show.

use super::event::CloseReason;
use super::output::Why;
use crate::protocol::text::clean;
use crate::wire::message::Reason;

/// The most characters of a server's own words that are shown.
const SERVER_WORDS: usize = 300;

/// The most characters of a code that this version does not know.
const CODE: usize = 60;

/// Why a server does not let the client in, or lets it go.
#[must_use]
pub fn closing(reason: Reason) -> CloseReason {
    let known = reason.refused();
    known.map_or_else(|| CloseReason::Unknown(cleaned(reason)), CloseReason::Known)
}

/// Why a room does not do what was asked.
#[must_use]
pub fn denial(reason: Reason) -> Why {
    let known = reason.denied();
    known.map_or_else(|| Why::Unknown(cleaned(reason)), Why::Denied)
}

/// A server's own words, made safe to show.
#[must_use]
pub fn cleaned(reason: Reason) -> Reason {
    Reason {
        code: clean(&reason.code, CODE),
        text: clean(&reason.text, SERVER_WORDS),
        ..reason
    }
}
