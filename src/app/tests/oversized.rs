//! Servers that send more than a room can hold.

use super::{ALICE, ME, Server, Story, config, connects, exit, member, name};
use crate::app::effect::{Effect, Exit};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::protocol::playback::EntryState;
use crate::protocol::text::Emoji;
use crate::protocol::time::Span;
use crate::test_support::entry;
use crate::wire::message::{Health, HealthDigest, ServerMsg};

fn queued(number: u64) -> RoomEvent {
    RoomEvent::Queued {
        entry: entry(number, EntryState::Approved),
    }
}

fn arrived(number: u64) -> RoomEvent {
    let id = MemberId(10 + number);
    RoomEvent::Presence {
        joined: vec![member(id, &format!("guest {number}"), Role::Viewer)],
        left: Vec::new(),
        count: 2,
        large: None,
    }
}

/// An event by its number.
type Happening = fn(u64) -> RoomEvent;

/// A room in which something has happened so often.
fn after(event: Happening, often: u64) -> Server {
    let mut server = Server::new();
    for number in 1..=often {
        server.happen(event(number));
    }
    server
}

/// Whether the server was left for good.
fn left(effects: &[Effect]) -> bool {
    let disconnects = effects.contains(&Effect::Disconnect);
    let ended = exit(effects) == Some(Exit::Unreachable);
    assert_eq!(disconnects, ended, "{effects:?}");
    ended
}

#[test]
fn a_full_room_is_entered_and_one_larger_than_any_is_refused() {
    let rows: [(Happening, u64, bool); 4] = [
        (queued, 300, false),
        (queued, 5_500, true),
        (arrived, 1_200, false),
        (arrived, 5_500, true),
    ];
    for (event, often, refused) in rows {
        let mut server = after(event, often);
        // The whole of it, as no server of ours would send it.
        let mut welcome = server.whole();
        welcome.catch_up = crate::wire::message::CatchUp::State(Box::new(server.room().clone()));
        let mut story = Story::connecting(config());
        story.hello();
        let effects = story.receive(ServerMsg::Welcome(Box::new(welcome)));
        assert_eq!(left(&effects), refused, "{often}");
        let state = Box::new(server.room().clone());
        server = Server::new();
        let mut story = Story::joined(&server);
        let effects = story.receive(ServerMsg::State { state });
        assert_eq!(left(&effects), refused, "{often}");
        if refused {
            let later = story.pass(Span::seconds(60));
            assert!(!connects(&later), "it is tried again: {later:?}");
        }
    }
}

#[test]
fn a_room_that_grows_without_end_is_left() {
    for event in [queued, arrived] {
        let mut server = Server::new();
        let mut story = Story::joined(&server);
        let mut number = 0;
        let mut effects = Vec::new();
        while exit(&effects).is_none() {
            let facts: Vec<Fact> = (0..100)
                .map(|_| {
                    number += 1;
                    server.happen(event(number))
                })
                .collect();
            effects = story.facts(facts);
            assert!(number < 3_000, "it takes everything");
        }
        assert!(left(&effects));
    }
}

#[test]
fn more_at_once_than_any_server_says_is_refused() {
    let mut server = Server::new();
    let facts: Vec<Fact> = (0..3_000).map(|_| server.chat("hello")).collect();
    let health = HealthDigest {
        worst: vec![(ME, Health::default()); 55_000],
        ..HealthDigest::default()
    };
    let few = HealthDigest {
        worst: vec![(ME, Health::default()); 20],
        ..HealthDigest::default()
    };
    let reaction = Reaction {
        from: ALICE,
        name: name("Alice"),
        emoji: Emoji::parse("🔥").unwrap(),
    };
    let reactions = vec![reaction; 64];
    let rows = [
        (ServerMsg::Events { events: facts }, true),
        (ServerMsg::Health(health), true),
        (ServerMsg::Health(few), false),
        (ServerMsg::Reactions { reactions }, false),
    ];
    for (message, refused) in rows {
        let mut story = Story::joined(&Server::new());
        assert_eq!(left(&story.receive(message)), refused);
    }
}
