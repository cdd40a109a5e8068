//! The events of a room as its clients get them: all clients get the same numbers, without the
//! answered commands of others, and in a large room with shortened member lists.
//!
//! A client of a large room does not know everyone, but what it knows is true: the event carries
//! the members it is about or who return, departures are never left out, and once the room is small
//! again every client gets the full state. Sending is left to the server.

use std::collections::VecDeque;

use super::roster::Roster;
use super::size;
use super::state::RoomState;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{MemberId, Rev};
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::UnqueueCause;
use crate::protocol::time::{RoomTime, Span};
#[cfg(test)]
use crate::test_support::length::Length;

/// How many events are kept for clients that reconnect: as many as two snapshots cover.
const KEPT_EVENTS: usize = 512;

/// Once shortened, lists stay so down to this many members (judgement: somewhat below the
/// threshold, so that one member who comes and goes does not make everyone get the state each
/// time).
const SHORTENED_DOWN_TO: usize = 90;

/// The least time between two full states for that reason; until then, and the next event, lists
/// stay shortened (judgement: a state may have 100 kB, and a few members who come and go together
/// could trigger one each time).
const FULL_STATE_INTERVAL: Span = Span::seconds(60);

/// An event that has not been sent yet, with what must be known of the room before it.
#[derive(Debug, Clone)]
pub struct PendingFact {
    fact: Fact,
    /// The next free number before the event: members with lower numbers are returning.
    newcomers_from: MemberId,
}

impl PendingFact {
    /// Wraps an event that is about to be applied to `before`.
    #[must_use]
    pub fn of(fact: &Fact, before: &RoomState) -> Self {
        Self {
            fact: fact.clone(),
            newcomers_from: before.roster.next_id(),
        }
    }
}

/// What is sent to every client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broadcast {
    /// The events, without what only one client may see.
    pub facts: Vec<Fact>,
    /// Whether the full state follows, since lists are complete again.
    pub with_state: bool,
}

/// The recent events of a room, and how complete its clients' lists are.
#[derive(Debug, Clone, Default)]
pub struct ClientEvents {
    /// Boxed, since a queue grows by doubling, and most rooms have but a few.
    recent: VecDeque<Box<PendingFact>>,
    shortened: bool,
    /// The rev since which lists are complete, if they once were not.
    complete_since: Rev,
    /// The room time at which they became complete.
    complete_at: Option<RoomTime>,
}

impl ClientEvents {
    /// Adds events that led to the state `now`, and returns what to send to everyone.
    pub fn publish(&mut self, pending: Vec<PendingFact>, now: &RoomState) -> Broadcast {
        let here = usize::try_from(now.roster.count).unwrap_or(usize::MAX);
        let was_shortened = self.shortened;
        let (many, some) = (here > Roster::SHORTENED_ABOVE, here > SHORTENED_DOWN_TO);
        let lately = self
            .complete_at
            .is_some_and(|at| now.at - at < FULL_STATE_INTERVAL);
        self.shortened = many || (was_shortened && (some || lately));
        let with_state = was_shortened && !self.shortened;
        if with_state {
            self.complete_since = now.rev;
            self.complete_at = Some(now.at);
        }
        let facts = pending
            .iter()
            .map(|pending| self.for_viewer(pending, None, now))
            .collect();
        self.recent.extend(pending.into_iter().map(Box::new));
        self.forget_erased();
        let surplus = self.recent.len().saturating_sub(KEPT_EVENTS);
        self.recent.drain(..surplus);
        Broadcast { facts, with_state }
    }

    /// Erased text is removed from the kept events too. After a person was forgotten, no earlier
    /// event is kept, since any may have their name.
    fn forget_erased(&mut self) {
        let forgets = |event: &RoomEvent| matches!(event, RoomEvent::Forgotten { .. });
        let mut events = self.recent.iter().map(|pending| &pending.fact.event);
        if let Some(last) = events.rposition(forgets) {
            self.recent.drain(..last);
        }
        let events = self.recent.iter().map(|pending| &pending.fact.event);
        let erasing: Vec<RoomEvent> = events
            .filter(|event| event.erases_text())
            .cloned()
            .collect();
        if erasing.is_empty() {
            return;
        }
        for pending in &mut self.recent {
            if let RoomEvent::Chat(chat) = &mut pending.fact.event
                && chat.erased.is_none()
                && let Some(by) = erasing.iter().find_map(|event| event.erases(chat))
            {
                chat.erase(by);
            }
        }
    }

    /// The number of events that are kept, beside the most.
    #[cfg(test)]
    pub(crate) fn length(&self) -> Length {
        Length::new(
            "events for those who come back",
            self.recent.len(),
            KEPT_EVENTS,
        )
    }

    /// Whether member lists are shortened.
    #[must_use]
    pub const fn is_shortened(&self) -> bool {
        self.shortened
    }

    /// The events after a rev for one client. `None` if they are no longer kept, if the rev is
    /// ahead of the room, if the client's lists would stay shortened without need, or if the events
    /// are larger on the wire than a full state may be.
    #[must_use]
    pub fn missed_since(&self, since: Rev, viewer: MemberId, now: &RoomState) -> Option<Vec<Fact>> {
        if since > now.rev || (!self.shortened && since < self.complete_since) {
            return None;
        }
        let missed = usize::try_from(now.rev.0.saturating_sub(since.0)).ok()?;
        let skipped = self.recent.len().checked_sub(missed)?;
        let events = self.recent.iter().skip(skipped);
        let events: Vec<Fact> = events
            .map(|pending| self.for_viewer(pending, Some(viewer), now))
            .collect();
        (size::of(&events) <= size::MAX_STATE).then_some(events)
    }

    /// An event for one client, or for everyone if there is no `viewer`. Departures stay complete,
    /// so that nobody remains in a shortened list by mistake.
    fn for_viewer(&self, pending: &PendingFact, viewer: Option<MemberId>, now: &RoomState) -> Fact {
        let mut fact = pending.fact.clone();
        if let RoomEvent::Presence { joined, .. } = &mut fact.event {
            let matters = |member: &Member| {
                member.power() > Role::Viewer
                    || member.id < pending.newcomers_from
                    || Some(member.id) == viewer
            };
            joined.retain(|member| !self.shortened || matters(member));
            for member in joined.iter_mut().filter(|member| Some(member.id) != viewer) {
                member.answered = Vec::new();
            }
        }
        if self.shortened {
            let about = subject(&fact);
            let known = about.and_then(|id| now.roster.get(id));
            fact.about = known.map(Member::for_others).into_iter().collect();
        }
        fact
    }
}

/// The member an event is about, who may be missing from a shortened list.
fn subject(fact: &Fact) -> Option<MemberId> {
    match &fact.event {
        RoomEvent::RoleChanged { member, .. }
        | RoomEvent::Asked { member, .. }
        | RoomEvent::Muted { member, .. }
        | RoomEvent::WaitExempted { member, .. }
        | RoomEvent::ReadyChanged { member, .. } => Some(*member),
        RoomEvent::HeirNamed { member } => *member,
        RoomEvent::Held { hold, .. } => Some(hold.member),
        // A muted member's line is shown differently, so the client must know them.
        RoomEvent::Queued { entry } => Some(entry.by),
        RoomEvent::QueuedTogether { entries, .. } => entries.first().map(|entry| entry.by),
        RoomEvent::Unqueued {
            cause: UnqueueCause::Withdrawn,
            ..
        }
        | RoomEvent::Closed => fact.by,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{ClientEvents, KEPT_EVENTS, PendingFact};
    use crate::protocol::event::{ChatLine, Departure, Fact, RoomEvent};
    use crate::protocol::ids::{MemberId, Rev, RoomId, Seq};
    use crate::protocol::member::{LeaveCause, Member, Role};
    use crate::protocol::text::{ChatText, MemberName};
    use crate::protocol::time::RoomTime;
    use crate::room::state::RoomState;
    use crate::test_support;

    fn fact(rev: u64, event: RoomEvent) -> Fact {
        Fact {
            rev: Rev(rev),
            at: RoomTime(0),
            by: None,
            seq: None,
            event,
            about: Vec::new(),
        }
    }

    fn member(id: u64, role: Role) -> Member {
        Member {
            answered: vec![(Seq(1), Rev(1))],
            ..test_support::member(MemberId(id), &format!("member {id}"), role)
        }
    }

    fn den() -> RoomState {
        RoomState::new(RoomId::parse("den").unwrap())
    }

    /// An admin and viewers of these numbers come, and another goes.
    fn presence(viewers: &[u64], count: u32) -> RoomEvent {
        let viewers = viewers.iter().map(|id| member(*id, Role::Viewer));
        RoomEvent::Presence {
            joined: [member(1, Role::Admin)]
                .into_iter()
                .chain(viewers)
                .collect(),
            left: vec![Departure {
                member: MemberId(9),
                cause: LeaveCause::Lost,
            }],
            count,
            large: None,
        }
    }

    /// Lets an event happen in a room.
    fn happen(client_events: &mut ClientEvents, room: &mut RoomState, event: RoomEvent) -> Fact {
        let fact = fact(room.rev.0 + 1, event);
        let pending = vec![PendingFact::of(&fact, room)];
        room.apply(&fact);
        let [sent] = &client_events.publish(pending, room).facts[..] else {
            panic!("an event is one event");
        };
        sent.clone()
    }

    fn joined(fact: &Fact) -> Vec<(u64, bool)> {
        let RoomEvent::Presence { joined, left, .. } = &fact.event else {
            panic!("no presence");
        };
        assert_eq!(left.len(), 1);
        joined
            .iter()
            .map(|member| (member.id.0, member.answered.is_empty()))
            .collect()
    }

    #[test]
    fn large_rooms_get_arrivals_that_matter_and_all_departures() {
        let (mut client_events, mut room) = (ClientEvents::default(), den());
        let small = happen(&mut client_events, &mut room, presence(&[2, 3], 100));
        assert_eq!(joined(&small), [(1, true), (2, true), (3, true)]);
        let large = happen(&mut client_events, &mut room, presence(&[4, 5], 101));
        assert_eq!(joined(&large), [(1, true)]);
        let own = client_events
            .missed_since(Rev(1), MemberId(5), &room)
            .unwrap();
        assert_eq!(joined(&own[0]), [(1, true), (5, false)]);
        let back = happen(&mut client_events, &mut room, presence(&[3, 6], 101));
        assert_eq!(joined(&back), [(1, true), (3, true)], "3 comes back");
    }

    #[test]
    fn who_is_spoken_of_in_a_large_room_is_sent_as_well() {
        let (mut client_events, mut room) = (ClientEvents::default(), den());
        happen(&mut client_events, &mut room, presence(&[2, 3], 101));
        let event = RoomEvent::RoleChanged {
            member: MemberId(3),
            role: Role::Admin,
            acting: false,
        };
        let sent = happen(&mut client_events, &mut room, event.clone());
        let mut seen = den();
        seen.rev = Rev(1);
        seen.apply(&sent);
        let admin = seen.roster.get(MemberId(3)).unwrap();
        assert_eq!((admin.power(), admin.answered.len()), (Role::Admin, 0));

        happen(&mut client_events, &mut room, presence(&[], 80));
        let small = happen(&mut client_events, &mut room, event);
        assert_eq!(small.about, []);
    }

    #[test]
    fn lists_are_whole_again_once_in_a_room_that_is_small_again() {
        let (mut client_events, mut room) = (ClientEvents::default(), den());
        let mut sends_state = |(seconds, count): (i64, u32)| {
            let mut fact = fact(room.rev.0 + 1, presence(&[2], count));
            fact.at = RoomTime(seconds * 1_000_000);
            let pending = vec![PendingFact::of(&fact, &room)];
            room.apply(&fact);
            client_events.publish(pending, &room).with_state
        };
        let counts = [99, 101, 100, 91, 101, 90, 89, 100, 101];
        let states = counts.map(|count| sends_state((0, count)));
        assert_eq!(states.iter().filter(|state| **state).count(), 1);
        assert!(states[5], "at 90");

        // The full state is not sent again within a minute.
        let later = [(30, 80), (31, 101), (59, 80), (60, 80), (61, 80)];
        assert_eq!(later.map(sends_state), [false, false, false, true, false]);
    }

    #[test]
    fn who_was_away_while_lists_were_shortened_gets_them_whole() {
        let (mut client_events, mut room) = (ClientEvents::default(), den());
        for count in [99, 101, 80, 81] {
            happen(&mut client_events, &mut room, presence(&[2], count));
        }
        let missed = |since| client_events.missed_since(Rev(since), MemberId(2), &room);
        assert_eq!(missed(2), None);
        assert_eq!(missed(3).map(|events| events.len()), Some(1));
    }

    #[test]
    fn events_larger_than_a_state_may_be_are_not_sent_one_by_one() {
        let (mut client_events, mut room) = (ClientEvents::default(), den());
        for _ in 0..KEPT_EVENTS {
            let line = ChatLine {
                id: room.chat.next_id(),
                from: MemberId(1),
                name: MemberName::parse("Alice").unwrap(),
                text: ChatText::parse(&"🔥".repeat(ChatText::MAX_CHARS)).unwrap(),
                position: None,
                at: RoomTime(0),
                erased: None,
                second_address: false,
            };
            happen(&mut client_events, &mut room, RoomEvent::Chat(line));
        }
        let missed = |lines: u64| {
            let since = Rev(room.rev.0 - lines);
            let events = client_events.missed_since(since, MemberId(1), &room)?;
            Some(events.len())
        };
        assert_eq!(missed(100), Some(100));
        assert_eq!(missed(200), None, "400 kB");
    }

    #[test]
    fn who_was_away_for_a_while_gets_what_it_missed() {
        let (mut client_events, mut room) = (ClientEvents::default(), den());
        let last = u64::try_from(KEPT_EVENTS).unwrap() + 10;
        for _ in 1..=last {
            happen(&mut client_events, &mut room, RoomEvent::Closed);
        }
        let revs = |since: u64| {
            let events = client_events.missed_since(Rev(since), MemberId(1), &room)?;
            Some(events.iter().map(|fact| fact.rev.0).collect::<Vec<_>>())
        };
        assert_eq!(revs(last - 2), Some(vec![last - 1, last]));
        assert_eq!(revs(last), Some(vec![]));
        assert_eq!(revs(10).map(|revs| revs.len()), Some(KEPT_EVENTS));
        assert_eq!(revs(9), None, "too long ago");
        assert_eq!(revs(last + 1), None, "ahead");
    }
}
