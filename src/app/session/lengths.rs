//! How much is known of rooms, beside what bounds it.

use super::Session;
use super::known_room::KnownRoom;
use crate::test_support::length::Length;

/// How much its collections hold: of the room, and of one that it may come back to.
pub(in crate::app) fn of(session: &Session) -> Vec<Length> {
    let known = [&session.room, &session.before_welcome, &session.set_aside];
    let known = known.into_iter().flatten();
    known.flat_map(|room| KnownRoom::lengths(room)).collect()
}
