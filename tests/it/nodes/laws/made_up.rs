//! A history that is made up, as two members recorded it.

use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::event::{ChatLine, Departure, Fact, RoomEvent};
use watchtogether::protocol::ids::{ChatId, MemberId, Rev, RoomId, Seq};
use watchtogether::protocol::member::{
    Ban, BanScope, LeaveCause, Member, MemberFlags, Presence, Role, Visibility,
};
use watchtogether::protocol::text::{ChatText, MemberName};
use watchtogether::protocol::time::RoomTime;
use watchtogether::room::state::RoomState;

use super::super::record::Record;
use super::check;
use crate::sockets::client::chat;

/// Who has created the room.
pub(super) const ALICE: MemberId = MemberId(1);
/// Somebody who watches.
pub(super) const BOB: MemberId = MemberId(2);

/// A history that is made up, and what both members recorded of it.
pub(super) struct History {
    pub(super) room: RoomState,
    pub(super) alice: Record,
    pub(super) bob: Record,
}

/// A name.
pub(super) fn name(name: &str) -> MemberName {
    MemberName::parse(name).expect("a name")
}

/// Somebody who is here.
pub(super) fn member(id: MemberId, called: &str, role: Role) -> Member {
    Member {
        id,
        name: name(called),
        role,
        acting: false,
        presence: Presence::Here(RoomTime(1)),
        has_player: true,
        flags: MemberFlags::default(),
        answered: Vec::new(),
    }
}

/// They come, and so many are here then.
pub(super) fn joins(member: Member, count: u32) -> RoomEvent {
    RoomEvent::Presence {
        joined: vec![member],
        left: Vec::new(),
        count,
        large: None,
    }
}

/// They leave, and one stays.
pub(super) fn leaves(member: MemberId, cause: LeaveCause) -> RoomEvent {
    RoomEvent::Presence {
        joined: Vec::new(),
        left: vec![Departure { member, cause }],
        count: 1,
        large: None,
    }
}

/// Their role changes.
pub(super) fn role(member: MemberId, role: Role, acting: bool) -> RoomEvent {
    RoomEvent::RoleChanged {
        member,
        role,
        acting,
    }
}

impl History {
    /// Alice has created the room, and Bob has come.
    pub(super) fn new() -> Self {
        let mut history = Self {
            room: RoomState::new(RoomId::parse("movie-night").expect("a name")),
            alice: Record::default(),
            bob: Record::default(),
        };
        history.alice.member = ALICE;
        history.alice.created = 1;
        history.bob.member = BOB;
        history.happens(RoomEvent::Created {
            title: None,
            visibility: Visibility::Public,
            grace: None,
            ttl: None,
        });
        history.happens(joins(member(ALICE, "Alice", Role::Admin), 1));
        history.alice.states.push(history.room.clone());
        history.happens(joins(member(BOB, "Bob", Role::Viewer), 2));
        history.bob.states.push(history.room.clone());
        history
    }

    fn of(&mut self, member: MemberId) -> &mut Record {
        if member == ALICE {
            &mut self.alice
        } else {
            &mut self.bob
        }
    }

    /// Something that the room itself decides, each time a moment later.
    pub(super) fn happens(&mut self, event: RoomEvent) -> Rev {
        self.fact(None, event)
    }

    pub(super) fn fact(&mut self, by: Option<(MemberId, Seq)>, event: RoomEvent) -> Rev {
        let fact = Fact {
            rev: self.room.rev.next(),
            at: RoomTime(self.room.at.0 + 1),
            by: by.map(|(by, _)| by),
            seq: by.map(|(_, seq)| seq),
            event,
            about: Vec::new(),
        };
        self.room.apply(&fact);
        self.alice.event(&fact);
        self.bob.event(&fact);
        fact.rev
    }

    /// A command is sent.
    pub(super) fn sends(&mut self, by: MemberId, command: Command) -> Seq {
        let record = self.of(by);
        let seq = Seq(record.commands.len() as u64 + 1);
        record.commands.insert(seq, command);
        seq
    }

    /// A command is sent, leads to an event, and is acknowledged.
    pub(super) fn does(&mut self, by: MemberId, command: Command, event: RoomEvent) -> Seq {
        let seq = self.sends(by, command);
        let rev = self.fact(Some((by, seq)), event);
        self.of(by).answer(seq, &Ok(rev));
        seq
    }

    pub(super) fn line(&self, from: MemberId, text: &str) -> RoomEvent {
        RoomEvent::Chat(ChatLine {
            id: ChatId(self.room.rev.0),
            from,
            name: self
                .room
                .roster
                .get(from)
                .map_or_else(|| name("Bob"), |one| one.name.clone()),
            text: ChatText::parse(text).expect("a text"),
            position: None,
            at: self.room.at,
            erased: None,
            second_address: false,
        })
    }

    pub(super) fn says(&mut self, by: MemberId, text: &str) -> Seq {
        let line = self.line(by, text);
        self.does(by, chat(text), line)
    }

    /// Alice bans Bob, who goes.
    pub(super) fn bans_bob(&mut self) {
        let command = Command::Ban {
            who: MemberRef::Id(BOB),
            scope: BanScope::Member,
        };
        let ban = Ban {
            member: BOB,
            name: name("Bob"),
            by: name("Alice"),
            at: self.room.at,
            address: false,
        };
        let seq = self.sends(ALICE, command);
        self.fact(Some((ALICE, seq)), RoomEvent::Banned { ban });
        let rev = self.fact(Some((ALICE, seq)), leaves(BOB, LeaveCause::Kicked));
        self.alice.answer(seq, &Ok(rev));
    }

    pub(super) fn check(&self) {
        check(&[&self.alice, &self.bob]);
    }
}
