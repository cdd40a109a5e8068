//! However much is said, proposed and queued, what one client gets of a room is limited; and parts
//! are dropped in the documented order.

use super::world::World;
use crate::media::Media;
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::Denied;
use crate::protocol::event::Departure;
use crate::protocol::ids::{EntryId, MemberId, Rev, Seq};
use crate::protocol::member::{BanScope, LeaveCause, Member, Visibility};
use crate::protocol::playback::{EntryState, QueueEntry};
use crate::protocol::text::{ChatText, MemberName, Title};
use crate::room::decide::AdmittedMember;
use crate::room::secrets::AddressHash;
use crate::room::size::{self, MAX_KEPT, MAX_STATE};
use crate::room::state::RoomState;
use crate::test_support::entry;

const ALICE: MemberId = MemberId(1);

/// A link as long as links may be.
fn link(number: usize) -> Media {
    let beginning = format!("https://example.org/{number}-");
    let rest = 2_048 - beginning.len() - ".mp4".len();
    Media::parse(&format!("{beginning}{}.mp4", "a".repeat(rest))).unwrap()
}

/// A name that is as long as names may be, in bytes as well.
fn name(number: usize) -> String {
    let fires = "🔥".repeat(MemberName::MAX_CHARS - 4);
    format!("{number:04}{fires}")
}

fn title() -> Option<Title> {
    Title::parse(&"🔥".repeat(Title::MAX_CHARS)).ok()
}

/// What members do to make a room large, each as much as they may.
#[derive(Debug, Clone, Copy)]
enum Effort {
    Talk,
    Propose,
    Queue,
    Come,
    Ban,
}

const EFFORTS: [Effort; 5] = [
    Effort::Talk,
    Effort::Propose,
    Effort::Queue,
    Effort::Come,
    Effort::Ban,
];

struct Crowd {
    world: World,
    names: usize,
    links: usize,
}

impl Crowd {
    fn new() -> Self {
        let mut world = World::new(Visibility::Public);
        world.arrive(&name(0), true);
        let mut crowd = Self {
            world,
            names: 1,
            links: 0,
        };
        let media = crowd.link();
        crowd.must(&Command::Play { media });
        crowd.must(&Command::SetTitle { title: title() });
        crowd
    }

    fn link(&mut self) -> Media {
        self.links += 1;
        link(self.links)
    }

    /// This many join at once, without players: nobody is judged then.
    fn come(&mut self, count: usize) -> Vec<MemberId> {
        let names = self.names + 1..=self.names + count;
        self.names += count;
        let arrivals: Vec<AdmittedMember> = names
            .map(|number| self.world.newcomer(&name(number), false))
            .collect();
        let members = self.world.join_leave(&arrivals, &[]);
        members.into_iter().map(|(member, _)| member).collect()
    }

    /// The admin sends a command.
    #[track_caller]
    fn must(&mut self, command: &Command) {
        self.world.command(ALICE, command).unwrap();
    }

    fn make(&mut self, effort: Effort) {
        match effort {
            Effort::Talk => {
                let text = ChatText::parse(&"🔥".repeat(ChatText::MAX_CHARS)).unwrap();
                for _ in 0..210 {
                    self.must(&Command::Chat { text: text.clone() });
                }
            }
            Effort::Propose => self.propose(),
            Effort::Queue => {
                let mut media = self.link();
                while self.world.command(ALICE, &Command::Add { media }).is_ok() {
                    media = self.link();
                }
            }
            Effort::Come => {
                let left: Vec<Departure> = self
                    .come(250)
                    .into_iter()
                    .take(160)
                    .map(|member| Departure {
                        member,
                        cause: LeaveCause::Lost,
                    })
                    .collect();
                self.world.join_leave(&[], &left);
            }
            Effort::Ban => {
                for member in self.come(RoomState::MAX_BANS) {
                    let who = MemberRef::Id(member);
                    self.must(&Command::Ban {
                        who,
                        scope: BanScope::Member,
                    });
                }
            }
        }
    }

    /// Ten members propose as long as anything is accepted, and stay.
    fn propose(&mut self) {
        for member in self.come(10) {
            loop {
                let media = self.link();
                match self.world.command(member, &Command::Add { media }) {
                    Ok(()) => {}
                    Err(Denied::TooManyProposals { .. }) => break,
                    Err(why) => {
                        assert_eq!(why, Denied::QueueTooLarge);
                        return;
                    }
                }
            }
        }
    }

    fn check(&self) {
        let state = &self.world.room.state;
        let latest = state.roster.here().last().unwrap().id;
        for viewer in [ALICE, latest] {
            let seen = state.for_client(viewer);
            let bytes = size::of(&seen);
            assert!(bytes <= MAX_STATE, "{bytes} bytes");
            assert_eq!(approved(&seen), approved(state), "what admins queued stays");
            assert!(seen.roster.get(viewer).is_some());
        }
    }
}

fn approved(state: &RoomState) -> Vec<&QueueEntry> {
    let entries = state.queue.entries().iter();
    entries
        .filter(|entry| entry.state == EntryState::Approved)
        .collect()
}

#[test]
fn whatever_is_said_and_queued_a_room_fits_through_a_slow_connection() {
    for first in [0, 2, 4] {
        let mut crowd = Crowd::new();
        for effort in EFFORTS.iter().cycle().skip(first).take(EFFORTS.len()) {
            crowd.make(*effort);
            crowd.check();
        }
        let entries = approved(&crowd.world.room.state).len();
        assert!(entries >= 50, "{entries} of the longest links of admins");
    }
}

/// What a room takes on its server's disk: the snapshot of the fullest one.
#[test]
fn whatever_is_said_and_queued_a_snapshot_is_bounded() {
    const MEMBERS: usize = 1_000;
    let mut crowd = Crowd::new();
    for effort in EFFORTS {
        crowd.make(effort);
    }
    let here = crowd.world.room.state.roster.here().count();
    crowd.come(MEMBERS.saturating_sub(here));
    let room = &crowd.world.room;
    let members: Vec<MemberId> = room.state.roster.all().map(|member| member.id).collect();
    assert!(members.len() > MEMBERS, "those who are gone count, too");
    // What each of them may have on top: answered commands, and the hash of an address.
    let answered = vec![(Seq(u64::MAX), Rev(u64::MAX)); Member::ANSWERED_KEPT];
    let more = size::of(&answered) + size::of(&(MemberId(u64::MAX), AddressHash([255; 32])));
    let bytes = size::of(room) + members.len() * more;
    assert!(bytes > MAX_KEPT / 4, "{bytes} bytes: the room is not full");
    assert!(bytes <= MAX_KEPT, "{bytes} bytes");
}

#[test]
fn what_admins_add_comes_before_what_is_proposed() {
    let mut crowd = Crowd::new();
    crowd.make(Effort::Propose);
    let proposals = crowd.world.room.state.queue.entries().len();
    assert!((20..100).contains(&proposals), "{proposals}");
    let alone = {
        let mut crowd = Crowd::new();
        crowd.make(Effort::Queue);
        approved(&crowd.world.room.state).len()
    };
    crowd.make(Effort::Queue);
    let beside = approved(&crowd.world.room.state).len();
    assert!(
        beside + 2 >= alone,
        "{beside} beside proposals, {alone} without"
    );
}

#[test]
fn of_what_is_proposed_the_latest_gives_way_to_an_admin() {
    let proposed = |crowd: &Crowd| -> Vec<EntryId> {
        let entries = crowd.world.room.state.queue.entries().iter();
        let proposed = entries.filter(|entry| entry.state == EntryState::Proposed);
        proposed.map(|entry| entry.id).collect()
    };
    let mut crowd = Crowd::new();
    crowd.make(Effort::Propose);
    let before = proposed(&crowd);
    let mut left = before.clone();
    while left.len() == before.len() {
        let media = crowd.link();
        crowd.must(&Command::Add { media });
        left = proposed(&crowd);
    }
    assert!(!left.is_empty());
    assert_eq!(left, before[..left.len()]);
}

#[test]
fn the_oldest_chat_gives_way_before_members_who_are_gone() {
    let mut crowd = Crowd::new();
    crowd.make(Effort::Come);
    crowd.make(Effort::Talk);
    let state = &crowd.world.room.state;
    let seen = state.for_client(ALICE);
    let (kept, all) = (seen.chat.lines().len(), state.chat.lines().len());
    assert!((50..all).contains(&kept), "{kept} of {all} lines");
    let latest = state.chat.lines().rev().take(kept);
    assert!(latest.eq(seen.chat.lines().rev()), "the latest stay");
    assert_eq!(seen.chat.next_id(), state.chat.next_id());
    assert_eq!(seen.roster.all().count(), 100, "a shortened list");

    crowd.make(Effort::Queue);
    let seen = crowd.world.room.state.for_client(ALICE);
    assert!(seen.chat.lines().len() < kept);
}

#[test]
fn a_room_that_grew_under_an_earlier_version_is_cut_to_fit() {
    let mut state = Crowd::new().world.room.state;
    for number in 0..300 {
        let id = state.queue.next_id();
        state.queue.push(QueueEntry {
            media: link(number),
            title: title(),
            by_name: MemberName::parse(&name(1)).unwrap(),
            at: state.at,
            ..entry(id.0, EntryState::Approved)
        });
    }
    let seen = state.for_client(ALICE);
    assert!(size::of(&seen) <= MAX_STATE);
    let first = approved(&state);
    assert!(first.starts_with(&approved(&seen)), "the next ones stay");
}
