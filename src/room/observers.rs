//! What those get to know of a public room who watch it from outside: what its members see, without
//! the bans, and the chat only where an admin shows it to them.

use super::chat::Chat;
use super::state::RoomState;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Visibility;
use crate::protocol::moderation::Restriction;

/// Whether a room can be watched from outside.
#[must_use]
pub fn may_observe(state: &RoomState) -> bool {
    state.visibility == Visibility::Public && !state.closed
}

/// The state for somebody who watches from outside. The chat up to now is never in it: those who
/// wrote it may not have known that it would be shown.
#[must_use]
pub fn state_for_observer(state: &RoomState) -> RoomState {
    RoomState {
        chat: Chat::default(),
        bans: Vec::new(),
        ..state.for_client(MemberId::default())
    }
}

/// Events that follow each other, for somebody who watches from outside; `chat_shown` is whether
/// the chat is shown to them after the last of these. The numbers stay, so that none seems to be
/// missing.
#[must_use]
pub fn facts_for_observer(facts: &[Fact], chat_shown: bool) -> Vec<Fact> {
    // The first change in these events was one: before it, it was the other way round.
    let changed = facts.iter().find_map(set_chat_shown);
    let mut is_shown = changed.map_or(chat_shown, |shown| !shown);
    let each = facts.iter().map(|fact| {
        is_shown = set_chat_shown(fact).unwrap_or(is_shown);
        fact_for_observer(fact, is_shown)
    });
    each.collect()
}

/// Whether the chat is shown from this event on, if it changes that.
const fn set_chat_shown(fact: &Fact) -> Option<bool> {
    match fact.event {
        RoomEvent::Restricted(Restriction::ObserverChat { shown }) => Some(shown),
        _ => None,
    }
}

fn fact_for_observer(fact: &Fact, chat_shown: bool) -> Fact {
    let is_hidden = match fact.event {
        RoomEvent::Chat(_) | RoomEvent::Erased { .. } | RoomEvent::ErasedAll(_) => !chat_shown,
        RoomEvent::Banned { .. } | RoomEvent::Unbanned { .. } => true,
        _ => false,
    };
    if !is_hidden {
        return fact.clone();
    }
    Fact {
        by: None,
        seq: None,
        event: RoomEvent::Noted,
        about: Vec::new(),
        ..*fact
    }
}

#[cfg(test)]
mod tests {
    use super::{facts_for_observer, may_observe, state_for_observer};
    use crate::protocol::event::{ChatLine, Fact, RoomEvent};
    use crate::protocol::ids::{ChatId, MemberId, Rev, RoomId, Seq};
    use crate::protocol::member::Visibility;
    use crate::protocol::moderation::Restriction;
    use crate::protocol::text::{ChatText, MemberName};
    use crate::protocol::time::RoomTime;
    use crate::room::state::RoomState;

    /// Alice does something.
    fn fact(rev: u64, event: RoomEvent) -> Fact {
        Fact {
            rev: Rev(rev),
            at: RoomTime(5),
            by: Some(MemberId(1)),
            seq: Some(Seq(3)),
            event,
            about: Vec::new(),
        }
    }

    fn line(rev: u64) -> Fact {
        let line = ChatLine {
            id: ChatId(rev),
            from: MemberId(1),
            name: MemberName::parse("Alice").unwrap(),
            text: ChatText::parse("a secret").unwrap(),
            position: None,
            at: RoomTime(5),
            erased: None,
            second_address: false,
        };
        fact(rev, RoomEvent::Chat(line))
    }

    fn shows(rev: u64, shown: bool) -> Fact {
        fact(
            rev,
            RoomEvent::Restricted(Restriction::ObserverChat { shown }),
        )
    }

    /// Each line counts as the setting was when it was written, also within one frame.
    #[test]
    fn the_chat_is_seen_from_outside_while_an_admin_shows_it() {
        let facts = [line(1), shows(2, true), line(3), shows(4, false), line(5)];
        let seen = |from: usize, to: usize, chat_shown: bool| -> Vec<u64> {
            let seen = facts_for_observer(&facts[from..to], chat_shown);
            assert_eq!(seen.len(), to - from);
            let chat = seen
                .iter()
                .filter(|fact| matches!(fact.event, RoomEvent::Chat(_)));
            chat.map(|fact| fact.rev.0).collect()
        };
        assert_eq!(seen(0, 5, false), [3]);
        assert_eq!(seen(0, 3, true), [3]);
        assert_eq!(seen(2, 3, true), [3]);
        assert_eq!(seen(2, 5, false), [3]);
        assert_eq!(seen(4, 5, false), [0_u64; 0]);
        assert_eq!(seen(0, 1, false), [0_u64; 0]);
        // What was written before somebody came to watch is not sent, though the chat is shown.
        let mut state = RoomState::new(RoomId::parse("den").unwrap());
        for fact in &facts[..3] {
            state.apply(fact);
        }
        assert!(state.restrictions.observer_chat);
        assert!(state_for_observer(&state).chat.lines().next().is_none());
    }

    #[test]
    fn whoever_watches_from_outside_reads_no_chat_and_misses_no_number() {
        let fact = line(1);
        let mut state = RoomState::new(RoomId::parse("den").unwrap());
        state.apply(&fact);
        assert!(state_for_observer(&state).chat.lines().next().is_none());
        let seen = facts_for_observer(&[fact], false).remove(0);
        assert_eq!(
            (seen.rev, seen.by, seen.event),
            (Rev(1), None, RoomEvent::Noted)
        );
        assert!(may_observe(&state));
        state.visibility = Visibility::Unlisted;
        assert!(!may_observe(&state));
    }
}
