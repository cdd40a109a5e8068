//! What goes out to many, each thing serialised once: events, reactions, the gallery's card.

use std::collections::VecDeque;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use tokio::time::Instant;

use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{MemberId, Rev};
use crate::protocol::member::{Member, Role};
use crate::room::roster::Roster;
use crate::room::state::RoomState;
use crate::server::words;
use crate::wire::message::ServerMsg;

/// How many events are remembered for those who come back: two snapshots' worth, as many as
/// the log keeps before a snapshot.
const REMEMBERED: usize = 512;

/// For how long reactions are gathered.
const REACTIONS_EVERY: Duration = Duration::from_millis(100);

/// How many reactions one frame carries; more in 100 ms nobody can see.
const REACTIONS_MOST: usize = 64;

/// The frame that tells events to everyone; `None` if there are none.
pub(super) fn events(facts: &[Fact], count: u32) -> Option<Utf8Bytes> {
    if facts.is_empty() {
        return None;
    }
    let events = facts
        .iter()
        .map(|fact| seen_by(fact, None, count))
        .collect();
    Some(words::frame(&ServerMsg::Events { events }))
}

/// An event as a member's client gets it: without others' answered commands, and in a large
/// room only with those arrivals that matter to it. Departures stay whole, so that nobody
/// lingers in a shortened list.
fn seen_by(fact: &Fact, viewer: Option<MemberId>, count: u32) -> Fact {
    let mut fact = fact.clone();
    if let RoomEvent::Presence { joined, .. } = &mut fact.event {
        if usize::try_from(count).unwrap_or(usize::MAX) > Roster::SHORTENED_ABOVE {
            let matters =
                |member: &Member| member.power() > Role::Viewer || Some(member.id) == viewer;
            joined.retain(matters);
        }
        for member in joined.iter_mut().filter(|member| Some(member.id) != viewer) {
            member.answered = Vec::new();
        }
    }
    fact
}

/// The room's last events.
#[derive(Debug, Default)]
pub(super) struct Recent(VecDeque<Fact>);

impl Recent {
    /// Remembers events.
    pub(super) fn add(&mut self, facts: Vec<Fact>) {
        self.0.extend(facts);
        let surplus = self.0.len().saturating_sub(REMEMBERED);
        self.0.drain(..surplus);
    }

    /// The events after a rev, as a member's client gets them; `None` if that is too long ago
    /// or ahead of the room.
    pub(super) fn since(
        &self,
        since: Rev,
        viewer: MemberId,
        state: &RoomState,
    ) -> Option<Vec<Fact>> {
        if since > state.rev {
            return None;
        }
        let missed = usize::try_from(state.rev.0.saturating_sub(since.0)).ok()?;
        let skipped = self.0.len().checked_sub(missed)?;
        let events = self.0.iter().skip(skipped);
        Some(
            events
                .map(|fact| seen_by(fact, Some(viewer), state.roster.count))
                .collect(),
        )
    }
}

/// Reactions that wait to go out together.
#[derive(Debug, Default)]
pub(super) struct Reactions {
    waiting: Vec<Reaction>,
    due: Option<Instant>,
}

impl Reactions {
    /// Adds one.
    pub(super) fn add(&mut self, reaction: Reaction, now: Instant) {
        if self.waiting.len() < REACTIONS_MOST {
            self.waiting.push(reaction);
        }
        self.due = self.due.or(Some(now + REACTIONS_EVERY));
    }

    /// When they go out.
    pub(super) const fn due(&self) -> Option<Instant> {
        self.due
    }

    /// The frame that tells them.
    pub(super) fn take(&mut self) -> Utf8Bytes {
        self.due = None;
        let reactions = std::mem::take(&mut self.waiting);
        words::frame(&ServerMsg::Reactions { reactions })
    }
}

/// What the gallery needs of a room: no chat, no queue, nobody's name.
pub(super) fn card(state: &RoomState) -> RoomState {
    let mut roster = Roster::default();
    roster.count = state.roster.count;
    RoomState {
        rev: state.rev,
        at: state.at,
        created: state.created,
        title: state.title.clone(),
        visibility: state.visibility,
        timeline: state.timeline.clone(),
        roster,
        wait: state.wait,
        empty_since: state.empty_since,
        attended_since: state.attended_since,
        closed: state.closed,
        ..RoomState::new(state.id.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::{REMEMBERED, Recent, seen_by};
    use crate::protocol::event::{Departure, Fact, RoomEvent};
    use crate::protocol::ids::{MemberId, Rev, RoomId, Seq};
    use crate::protocol::member::{LeaveCause, Member, Presence, Role};
    use crate::protocol::text::MemberName;
    use crate::protocol::time::RoomTime;
    use crate::room::state::RoomState;

    fn fact(rev: u64, event: RoomEvent) -> Fact {
        Fact {
            rev: Rev(rev),
            at: RoomTime(0),
            by: None,
            seq: None,
            event,
        }
    }

    fn member(id: u64, role: Role) -> Member {
        Member {
            id: MemberId(id),
            name: MemberName::parse(&format!("member {id}")).unwrap(),
            role,
            acting: false,
            presence: Presence::Here(RoomTime(0)),
            has_player: true,
            answered: vec![(Seq(1), Rev(1))],
        }
    }

    fn presence(rev: u64) -> Fact {
        let event = RoomEvent::Presence {
            joined: vec![
                member(1, Role::Admin),
                member(2, Role::Viewer),
                member(3, Role::Viewer),
            ],
            left: vec![Departure {
                member: MemberId(9),
                cause: LeaveCause::Lost,
            }],
            count: 101,
        };
        fact(rev, event)
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
    fn large_rooms_hear_of_arrivals_that_matter_and_of_all_departures() {
        let small = seen_by(&presence(1), None, 100);
        assert_eq!(joined(&small), [(1, true), (2, true), (3, true)]);
        let large = seen_by(&presence(1), None, 101);
        assert_eq!(joined(&large), [(1, true)]);
        let own = seen_by(&presence(1), Some(MemberId(3)), 101);
        assert_eq!(joined(&own), [(1, true), (3, false)]);
    }

    #[test]
    fn who_was_away_for_a_while_gets_what_it_missed() {
        let mut recent = Recent::default();
        let mut state = RoomState::new(RoomId::parse("den").unwrap());
        let last = u64::try_from(REMEMBERED).unwrap() + 10;
        for rev in 1..=last {
            recent.add(vec![fact(rev, RoomEvent::Closed)]);
        }
        state.rev = Rev(last);
        let revs = |since: u64| {
            let events = recent.since(Rev(since), MemberId(1), &state)?;
            Some(events.iter().map(|fact| fact.rev.0).collect::<Vec<_>>())
        };
        assert_eq!(revs(last - 2), Some(vec![last - 1, last]));
        assert_eq!(revs(last), Some(vec![]));
        assert_eq!(revs(10).map(|revs| revs.len()), Some(REMEMBERED));
        assert_eq!(revs(9), None, "too long ago");
        assert_eq!(revs(last + 1), None, "ahead");
    }
}
