//! What those get to know of a public room who watch it from outside: what its members see, without
//! the chat and the bans.

use super::chat::Chat;
use super::state::RoomState;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Visibility;

/// Whether a room can be watched from outside.
#[must_use]
pub fn may_observe(state: &RoomState) -> bool {
    state.visibility == Visibility::Public && !state.closed
}

/// The state for somebody who watches from outside.
#[must_use]
pub fn state_for_observer(state: &RoomState) -> RoomState {
    RoomState {
        chat: Chat::default(),
        bans: Vec::new(),
        ..state.for_client(MemberId::default())
    }
}

/// An event for somebody who watches from outside. Its number stays, so that none seems to be
/// missing.
#[must_use]
pub fn fact_for_observer(fact: &Fact) -> Fact {
    match fact.event {
        RoomEvent::Chat(_)
        | RoomEvent::Erased { .. }
        | RoomEvent::ErasedAll(_)
        | RoomEvent::Banned { .. }
        | RoomEvent::Unbanned { .. } => Fact {
            by: None,
            seq: None,
            event: RoomEvent::Noted,
            about: Vec::new(),
            ..*fact
        },
        _ => fact.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{fact_for_observer, may_observe, state_for_observer};
    use crate::protocol::event::{ChatLine, Fact, RoomEvent};
    use crate::protocol::ids::{ChatId, MemberId, Rev, RoomId, Seq};
    use crate::protocol::member::Visibility;
    use crate::protocol::text::{ChatText, MemberName};
    use crate::protocol::time::RoomTime;
    use crate::room::state::RoomState;

    #[test]
    fn whoever_watches_from_outside_reads_no_chat_and_misses_no_number() {
        let line = ChatLine {
            id: ChatId(1),
            from: MemberId(1),
            name: MemberName::parse("Alice").unwrap(),
            text: ChatText::parse("a secret").unwrap(),
            position: None,
            at: RoomTime(5),
            erased: None,
            second_address: false,
        };
        let fact = Fact {
            rev: Rev(1),
            at: RoomTime(5),
            by: Some(MemberId(1)),
            seq: Some(Seq(3)),
            event: RoomEvent::Chat(line),
            about: Vec::new(),
        };
        let mut state = RoomState::new(RoomId::parse("den").unwrap());
        state.apply(&fact);
        assert!(state_for_observer(&state).chat.lines().next().is_none());
        let seen = fact_for_observer(&fact);
        assert_eq!(
            (seen.rev, seen.by, seen.event),
            (Rev(1), None, RoomEvent::Noted)
        );
        assert!(may_observe(&state));
        state.visibility = Visibility::Unlisted;
        assert!(!may_observe(&state));
    }
}
