//! What the clients of a room hear of its events: all of them with the same numbers, without
//! others' answered commands, and in a large room with shortened lists of members.
//!
//! A client of a large room need not know everyone. What it knows stays true: who comes back
//! or is spoken of is told with the event, whoever goes is named, and when the room is small
//! again each client gets the state anew. Sending is the server's business.

use std::collections::VecDeque;

use super::roster::Roster;
use super::size;
use super::state::RoomState;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{MemberId, Rev};
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::UnqueueCause;
use crate::protocol::time::{RoomTime, Span};

/// How many events are remembered for those who come back: two snapshots' worth, as many as
/// the log keeps before a snapshot.
const REMEMBERED: usize = 512;

/// Down to this many members lists stay shortened (judgement: somewhat below the number from
/// which they are, lest one who comes and goes makes everyone get the state each time).
const SHORTENED_DOWN_TO: usize = 90;

/// Everyone gets the state for that reason at most this often; until then, and the next event,
/// lists stay shortened (judgement: a state may have 100 kB, and a few members who come and
/// go together could ask for one each time).
const WHOLE_APART: Span = Span::seconds(60);

/// An event, with what must be known of the room before it.
#[derive(Debug, Clone)]
pub struct News {
    fact: Fact,
    /// The first number that nobody had: members of lower ones come back.
    newcomers_from: MemberId,
}

impl News {
    /// An event that is about to be applied to a room.
    #[must_use]
    pub fn of(fact: &Fact, before: &RoomState) -> Self {
        Self {
            fact: fact.clone(),
            newcomers_from: before.roster.next_id(),
        }
    }
}

/// What everyone hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The events as everyone gets them.
    pub facts: Vec<Fact>,
    /// Whether everyone gets the state after them, since lists are whole again.
    pub state_too: bool,
}

/// What was told of a room's last events, and how.
#[derive(Debug, Clone, Default)]
pub struct Audience {
    recent: VecDeque<News>,
    shortened: bool,
    /// Since when lists have been whole, if they once were not.
    whole_since: Rev,
    /// When they became whole.
    whole_at: Option<RoomTime>,
}

impl Audience {
    /// Takes in events that have made the room what it is `now`, and answers what everyone
    /// hears of them.
    pub fn take_in(&mut self, news: Vec<News>, now: &RoomState) -> Heard {
        let here = usize::try_from(now.roster.count).unwrap_or(usize::MAX);
        let was_shortened = self.shortened;
        let (many, some) = (here > Roster::SHORTENED_ABOVE, here > SHORTENED_DOWN_TO);
        let lately = self.whole_at.is_some_and(|at| now.at - at < WHOLE_APART);
        self.shortened = many || (was_shortened && (some || lately));
        let state_too = was_shortened && !self.shortened;
        if state_too {
            self.whole_since = now.rev;
            self.whole_at = Some(now.at);
        }
        let facts = news.iter().map(|news| self.seen(news, None, now)).collect();
        self.recent.extend(news);
        self.forget_erased();
        let surplus = self.recent.len().saturating_sub(REMEMBERED);
        self.recent.drain(..surplus);
        Heard { facts, state_too }
    }

    /// What was taken away is not told to those who come back either.
    fn forget_erased(&mut self) {
        let erased: Vec<_> = self
            .recent
            .iter()
            .filter_map(|news| match &news.fact.event {
                RoomEvent::Erased { line, by } => Some((*line, by.clone())),
                _ => None,
            })
            .collect();
        if erased.is_empty() {
            return;
        }
        for news in &mut self.recent {
            if let RoomEvent::Chat(said) = &mut news.fact.event
                && let Some((_, by)) = erased.iter().find(|(line, _)| *line == said.id)
            {
                said.erase(by);
            }
        }
    }

    /// Whether clients hear of some arrivals only.
    #[must_use]
    pub const fn is_shortened(&self) -> bool {
        self.shortened
    }

    /// The events after a rev, as a member's client gets them; `None` if that is too long ago
    /// or ahead of the room, if its lists would stay shortened for no reason, or if the events
    /// are larger on the wire than a whole state may be.
    #[must_use]
    pub fn since(&self, since: Rev, viewer: MemberId, now: &RoomState) -> Option<Vec<Fact>> {
        if since > now.rev || (!self.shortened && since < self.whole_since) {
            return None;
        }
        let missed = usize::try_from(now.rev.0.saturating_sub(since.0)).ok()?;
        let skipped = self.recent.len().checked_sub(missed)?;
        let events = self.recent.iter().skip(skipped);
        let events: Vec<Fact> = events
            .map(|news| self.seen(news, Some(viewer), now))
            .collect();
        (size::of(&events) <= size::MAX_STATE).then_some(events)
    }

    /// An event as a member's client gets it, or with no `viewer` everyone's. Departures stay
    /// whole, so that nobody lingers in a shortened list.
    fn seen(&self, news: &News, viewer: Option<MemberId>, now: &RoomState) -> Fact {
        let mut fact = news.fact.clone();
        if let RoomEvent::Presence { joined, .. } = &mut fact.event {
            let matters = |member: &Member| {
                member.power() > Role::Viewer
                    || member.id < news.newcomers_from
                    || Some(member.id) == viewer
            };
            joined.retain(|member| !self.shortened || matters(member));
            for member in joined.iter_mut().filter(|member| Some(member.id) != viewer) {
                member.answered = Vec::new();
            }
        }
        if self.shortened {
            let about = spoken_of(&fact);
            let known = about.and_then(|id| now.roster.get(id));
            fact.about = known.map(Member::for_others).into_iter().collect();
        }
        fact
    }
}

/// Whom an event is about, who may be missing in a shortened list.
fn spoken_of(fact: &Fact) -> Option<MemberId> {
    match &fact.event {
        RoomEvent::RoleChanged { member, .. }
        | RoomEvent::Asked { member, .. }
        | RoomEvent::Muted { member, .. }
        | RoomEvent::WaitExempted { member, .. } => Some(*member),
        RoomEvent::HeirNamed { member } => *member,
        RoomEvent::Held { hold, .. } => Some(hold.member),
        // Whether they are muted decides whether a line is read.
        RoomEvent::Queued { entry } => Some(entry.by),
        RoomEvent::Unqueued {
            cause: UnqueueCause::Withdrawn,
            ..
        } => fact.by,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Audience, News, REMEMBERED};
    use crate::protocol::event::{ChatLine, Departure, Fact, RoomEvent};
    use crate::protocol::ids::{MemberId, Rev, RoomId, Seq};
    use crate::protocol::member::{LeaveCause, Member, MemberFlags, Presence, Role};
    use crate::protocol::text::{ChatText, MemberName};
    use crate::protocol::time::RoomTime;
    use crate::room::state::RoomState;

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
            id: MemberId(id),
            name: MemberName::parse(&format!("member {id}")).unwrap(),
            role,
            acting: false,
            presence: Presence::Here(RoomTime(0)),
            has_player: true,
            flags: MemberFlags::default(),
            answered: vec![(Seq(1), Rev(1))],
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
    fn happen(audience: &mut Audience, room: &mut RoomState, event: RoomEvent) -> Fact {
        let fact = fact(room.rev.0 + 1, event);
        let news = vec![News::of(&fact, room)];
        room.apply(&fact);
        let [heard] = &audience.take_in(news, room).facts[..] else {
            panic!("an event is one event");
        };
        heard.clone()
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
        let (mut audience, mut room) = (Audience::default(), den());
        let small = happen(&mut audience, &mut room, presence(&[2, 3], 100));
        assert_eq!(joined(&small), [(1, true), (2, true), (3, true)]);
        let large = happen(&mut audience, &mut room, presence(&[4, 5], 101));
        assert_eq!(joined(&large), [(1, true)]);
        let own = audience.since(Rev(1), MemberId(5), &room).unwrap();
        assert_eq!(joined(&own[0]), [(1, true), (5, false)]);
        let back = happen(&mut audience, &mut room, presence(&[3, 6], 101));
        assert_eq!(joined(&back), [(1, true), (3, true)], "3 comes back");
    }

    #[test]
    fn who_is_spoken_of_in_a_large_room_is_told_as_well() {
        let (mut audience, mut room) = (Audience::default(), den());
        happen(&mut audience, &mut room, presence(&[2, 3], 101));
        let event = RoomEvent::RoleChanged {
            member: MemberId(3),
            role: Role::Admin,
            acting: false,
        };
        let told = happen(&mut audience, &mut room, event.clone());
        let mut seen = den();
        seen.rev = Rev(1);
        seen.apply(&told);
        let admin = seen.roster.get(MemberId(3)).unwrap();
        assert_eq!((admin.power(), admin.answered.len()), (Role::Admin, 0));

        happen(&mut audience, &mut room, presence(&[], 80));
        let small = happen(&mut audience, &mut room, event);
        assert_eq!(small.about, []);
    }

    #[test]
    fn lists_are_whole_again_once_in_a_room_that_is_small_again() {
        let (mut audience, mut room) = (Audience::default(), den());
        let mut told = |(seconds, count): (i64, u32)| {
            let mut fact = fact(room.rev.0 + 1, presence(&[2], count));
            fact.at = RoomTime(seconds * 1_000_000);
            let news = vec![News::of(&fact, &room)];
            room.apply(&fact);
            audience.take_in(news, &room).state_too
        };
        let counts = [99, 101, 100, 91, 101, 90, 89, 100, 101];
        let states = counts.map(|count| told((0, count)));
        assert_eq!(states.iter().filter(|state| **state).count(), 1);
        assert!(states[5], "at 90");

        // Not over and over.
        let later = [(30, 80), (31, 101), (59, 80), (60, 80), (61, 80)];
        assert_eq!(later.map(told), [false, false, false, true, false]);
    }

    #[test]
    fn who_was_away_while_lists_were_shortened_gets_them_whole() {
        let (mut audience, mut room) = (Audience::default(), den());
        for count in [99, 101, 80, 81] {
            happen(&mut audience, &mut room, presence(&[2], count));
        }
        let missed = |since| audience.since(Rev(since), MemberId(2), &room);
        assert_eq!(missed(2), None);
        assert_eq!(missed(3).map(|events| events.len()), Some(1));
    }

    #[test]
    fn events_larger_than_a_state_may_be_are_not_told_one_by_one() {
        let (mut audience, mut room) = (Audience::default(), den());
        for _ in 0..REMEMBERED {
            let line = ChatLine {
                id: room.chat.next_id(),
                from: MemberId(1),
                name: MemberName::parse("Alice").unwrap(),
                text: ChatText::parse(&"🔥".repeat(ChatText::MAX_CHARS)).unwrap(),
                position: None,
                at: RoomTime(0),
                erased: None,
            };
            happen(&mut audience, &mut room, RoomEvent::Chat(line));
        }
        let missed = |lines: u64| {
            let since = Rev(room.rev.0 - lines);
            let events = audience.since(since, MemberId(1), &room)?;
            Some(events.len())
        };
        assert_eq!(missed(100), Some(100));
        assert_eq!(missed(200), None, "400 kB");
    }

    #[test]
    fn who_was_away_for_a_while_gets_what_it_missed() {
        let (mut audience, mut room) = (Audience::default(), den());
        let last = u64::try_from(REMEMBERED).unwrap() + 10;
        for _ in 1..=last {
            happen(&mut audience, &mut room, RoomEvent::Closed);
        }
        let revs = |since: u64| {
            let events = audience.since(Rev(since), MemberId(1), &room)?;
            Some(events.iter().map(|fact| fact.rev.0).collect::<Vec<_>>())
        };
        assert_eq!(revs(last - 2), Some(vec![last - 1, last]));
        assert_eq!(revs(last), Some(vec![]));
        assert_eq!(revs(10).map(|revs| revs.len()), Some(REMEMBERED));
        assert_eq!(revs(9), None, "too long ago");
        assert_eq!(revs(last + 1), None, "ahead");
    }
}
