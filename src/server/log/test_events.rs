//! The events that the tests of all logs append.

use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::Rev;
use crate::protocol::member::Visibility;
use crate::protocol::text::Title;
use crate::protocol::time::RoomTime;
use crate::room::committed::Committed;

/// The event of a room with this rev, a millisecond after the one before: its creation with this
/// title, then a new title each time.
pub(in crate::server) fn titled(rev: u64, title: &str) -> Committed {
    let title = Title::truncated(title);
    let event = if rev == 1 {
        RoomEvent::Created {
            title,
            visibility: Visibility::Public,
            grace: None,
            ttl: None,
        }
    } else {
        RoomEvent::Titled { title }
    };
    Committed {
        fact: Fact {
            rev: Rev(rev),
            at: RoomTime(1_000 * i64::try_from(rev).unwrap()),
            by: None,
            seq: None,
            event,
            about: Vec::new(),
        },
        private: None,
    }
}
