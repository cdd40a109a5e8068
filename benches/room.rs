//! The cost of a room: deciding, applying, and serialising. `make bench` runs it.

#![expect(clippy::expect_used, reason = "a bench has nobody to hand an error to")]

use watchtogether::protocol::command::Command;
use watchtogether::protocol::event::Fact;
use watchtogether::protocol::ids::{MemberId, Rev, RoomId, Seq};
use watchtogether::protocol::member::Visibility;
use watchtogether::protocol::text::{ChatText, MemberName};
use watchtogether::protocol::time::{RoomTime, Span};
use watchtogether::room::committed::{Committed, Room};
use watchtogether::room::decide::{
    self, AdmittedMember, Creation, Decided, Moment, PresenceChange, RoomSettings,
};
use watchtogether::room::secrets::{AddressKey, TokenHash};
use watchtogether::wire::codec;
use watchtogether::wire::message::ServerMsg;

fn main() {
    divan::main();
}

/// The time of every decision here.
const MOMENT: Moment = Moment {
    now: RoomTime(1_000_000_000),
    lead: Span::millis(100),
};

fn commit(room: &mut Room, decided: Vec<Decided>, by: Option<(MemberId, Seq)>) {
    for one in decided {
        if let Decided::Event { public, private } = one {
            let fact = Fact {
                rev: room.state.rev.next(),
                at: MOMENT.now,
                by: by.map(|(member, _)| member),
                seq: by.map(|(_, seq)| seq),
                event: *public,
                about: Vec::new(),
            };
            room.apply(&Committed { fact, private });
        }
    }
}

/// A room of so many members, with a full chat.
fn room_of(members: u16) -> Room {
    let id = RoomId::parse("bench").expect("a room's name");
    let mut room = Room::new(id);
    let creation = Creation {
        title: None,
        visibility: Visibility::Public,
        password: None,
        address_key: AddressKey([5; 32]),
    };
    let created = decide::create(&creation, RoomSettings::default());
    commit(&mut room, created, None);
    let arrivals: Vec<AdmittedMember> = (0..members).map(arrival).collect();
    let outcome = decide::join_leave(&room, joined(&arrivals), MOMENT);
    commit(&mut room, outcome.decided, None);
    for seq in 1..=200 {
        say(&mut room, Seq(seq));
    }
    room
}

fn arrival(number: u16) -> AdmittedMember {
    let mut token = [0; 32];
    token[..2].copy_from_slice(&number.to_le_bytes());
    AdmittedMember {
        name: MemberName::parse(&format!("Member {number}")).expect("a name"),
        invite: None,
        resume: None,
        token: TokenHash(token),
        has_player: true,
        from: None,
    }
}

fn line() -> Command {
    Command::Chat {
        text: ChatText::parse("she should have stayed in the cellar").expect("a line"),
    }
}

fn say(room: &mut Room, seq: Seq) {
    let decided = decide::command(room, MemberId(1), &line(), None, MOMENT).expect("all may chat");
    commit(room, decided, Some((MemberId(1), seq)));
}

/// One line of chat: decided and applied.
#[divan::bench(args = [5, 100, 1000])]
fn chat_line(bencher: divan::Bencher<'_, '_>, members: u16) {
    let mut room = room_of(members);
    let mut seq = 1_000;
    bencher.bench_local(|| {
        seq += 1;
        say(&mut room, Seq(seq));
    });
}

/// These join, and nobody leaves.
const fn joined(arrivals: &[AdmittedMember]) -> PresenceChange<'_> {
    PresenceChange {
        arrivals,
        departures: &[],
        node: None,
    }
}

/// Everybody joins at once, in one presence event.
#[divan::bench(args = [5, 100, 1000])]
fn arrivals(bencher: divan::Bencher<'_, '_>, members: u16) {
    let room = room_of(1);
    let arrivals: Vec<AdmittedMember> = (1..=members).map(arrival).collect();
    bencher.bench_local(|| decide::join_leave(&room, joined(&arrivals), MOMENT));
}

/// The whole state as one member gets it on joining, as a frame.
#[divan::bench(args = [5, 100, 1000])]
fn welcome(bencher: divan::Bencher<'_, '_>, members: u16) {
    let room = room_of(members);
    bencher.bench_local(|| {
        codec::encode(&ServerMsg::State {
            state: Box::new(room.state.for_client(MemberId(1))),
        })
    });
}

/// One event as a frame: made once, whatever the room's size.
#[divan::bench]
fn event_frame(bencher: divan::Bencher<'_, '_>) {
    let mut room = room_of(5);
    let decided = decide::command(&room, MemberId(1), &line(), None, MOMENT).expect("all may chat");
    let Some(Decided::Event { public, .. }) = decided.into_iter().next() else {
        panic!("a line of chat is an event");
    };
    room.state.rev = Rev(1_000);
    let message = ServerMsg::Events {
        events: vec![Fact {
            rev: Rev(1_001),
            at: MOMENT.now,
            by: Some(MemberId(1)),
            seq: Some(Seq(1)),
            event: *public,
            about: Vec::new(),
        }],
    };
    bencher.bench_local(|| codec::encode(&message));
}
