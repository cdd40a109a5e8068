//! How a room begins: what its creator asks for, what its server sets, and its first events.

use super::{Decided, JoinLeaveOutcome, Moment, PresenceChange, join_leave};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::member::Visibility;
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::room::committed::{Committed, Room};
use crate::room::secrets::{AddressKey, PasswordHash, SecretEvent};

/// The properties of a new room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creation {
    /// The title that people read, in any script; `None` shows the room's name instead.
    pub title: Option<Title>,
    /// Whether strangers can find the room, and how they enter it.
    pub visibility: Visibility,
    /// The password's hash, for a private room.
    pub password: Option<PasswordHash>,
    /// The room's random key for hashing addresses.
    pub address_key: AddressKey,
}

/// What a server sets for its rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoomSettings {
    /// How long to wait for a vanished admin; `None` is the default. A room keeps what it was
    /// created with.
    pub grace: Option<Span>,
    /// How long to keep an empty room that is meant to last; `None` keeps every room briefly. An
    /// operator who changes it changes it for all rooms.
    pub ttl: Option<Span>,
}

/// The first events of a room, which has none yet, with those who join it: its creator first. It is one
/// decision, so that nobody can come before them.
#[must_use]
pub fn create_for(
    room: &Room,
    (creation, settings): (&Creation, RoomSettings),
    change: PresenceChange<'_>,
    moment: Moment,
) -> JoinLeaveOutcome {
    let created = create(creation, settings);
    let mut after = room.clone();
    for one in &created {
        if let Decided::Event { public, private } = one {
            let fact = Fact {
                rev: after.state.rev.next(),
                at: moment.now,
                by: None,
                seq: None,
                event: (**public).clone(),
                about: Vec::new(),
            };
            let private = private.clone();
            after.apply(&Committed { fact, private });
        }
    }
    let JoinLeaveOutcome { decided, members } = join_leave(&after, change, moment);
    let decided = created.into_iter().chain(decided).collect();
    JoinLeaveOutcome { decided, members }
}

/// The first event of a room.
#[must_use]
pub fn create(creation: &Creation, settings: RoomSettings) -> Vec<Decided> {
    vec![Decided::Event {
        public: Box::new(RoomEvent::Created {
            title: creation.title.clone(),
            visibility: creation.visibility,
            grace: settings.grace,
            ttl: settings.ttl,
        }),
        private: Some(SecretEvent::Created {
            password: creation.password.clone(),
            address_key: creation.address_key,
        }),
    }]
}
