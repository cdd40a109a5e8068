//! What the log says of a start: that it plays once it does, and nothing of what waits.

use super::{Keys, Server, Story, playing, with_screen};
use crate::app::output::Output;
use crate::app::screen::chat_log::LogContent;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::lobby::StartRule;
use crate::protocol::member::Role;
use crate::protocol::playback::{LoadCause, Retime, Segment};
use crate::protocol::time::{Position, Rate, Span};

/// Whether each line about how time runs says that it is paused.
fn pauses(keys: &Keys) -> Vec<bool> {
    let lines = keys.screen().log().lines();
    let of_time = lines.filter_map(|line| match &line.content {
        LogContent::Output(Output::Timeline(timeline)) => Some(timeline.paused),
        _ => None,
    });
    of_time.collect()
}

/// From the beginning, after so long.
fn segment(server: &Server, after: Span, paused: bool) -> Segment {
    Segment {
        anchor: Position::START,
        start: server.room().at + after,
        rate: Rate::NORMAL,
        paused,
    }
}

/// Media comes on that starts after so long, if nobody is missing.
fn load(epoch: u64, segment: Segment) -> RoomEvent {
    RoomEvent::Loaded {
        gate: vec![MemberId(1)],
        epoch: Epoch(epoch),
        playing: playing("https://example.org/next.mp4"),
        segment,
        entry: None,
        interrupted: None,
        cause: LoadCause::Played,
    }
}

fn in_quiet_room() -> (Server, Keys) {
    let mut server = Server::with(Role::Viewer);
    let paused = segment(&server, Span::ZERO, true);
    let loaded = load(1, paused);
    server.happen(loaded);
    let mut story = Story::joined_with(with_screen(), &server);
    story.compare_clocks(&server);
    (server, Keys { story })
}

#[test]
fn it_is_said_that_it_plays_once_it_does() {
    let (mut server, mut keys) = in_quiet_room();
    let ahead = segment(&server, Span::seconds(20), false);
    let loaded = load(2, ahead);
    let fact = server.happen(loaded);
    keys.story.facts(vec![fact]);
    keys.story.pass(Span::seconds(5));
    assert_eq!(pauses(&keys), [false; 0], "the players are waited for");
    // All are ready: it starts sooner.
    let sooner = RoomEvent::Retimed {
        segment: segment(&server, Span::seconds(8), false),
        retime: Retime::Resumed,
        in_player: false,
        countdown: true,
    };
    let fact = server.happen(sooner);
    keys.story.facts(vec![fact]);
    assert_eq!(pauses(&keys), [false; 0], "3, 2, 1");
    keys.story.pass(Span::seconds(9));
    assert_eq!(pauses(&keys), [false]);
    keys.story.pass(Span::seconds(30));
    assert_eq!(pauses(&keys), [false], "once");
}

#[test]
fn a_start_that_is_called_off_is_not_said() {
    let (mut server, mut keys) = in_quiet_room();
    let ahead = segment(&server, Span::seconds(20), false);
    let loaded = load(2, ahead);
    let paused = RoomEvent::Retimed {
        segment: segment(&server, Span::ZERO, true),
        retime: Retime::Paused,
        in_player: false,
        countdown: false,
    };
    let facts = vec![server.happen(loaded), server.happen(paused)];
    keys.story.facts(facts);
    keys.story.pass(Span::seconds(60));
    assert!(!pauses(&keys).contains(&false), "{:?}", pauses(&keys));
}

#[test]
fn what_waits_in_the_lobby_was_paused_by_nobody() {
    let (mut server, mut keys) = in_quiet_room();
    let plays = segment(&server, Span::ZERO, false);
    let loaded = load(2, plays);
    let fact = server.happen(loaded);
    keys.story.facts(vec![fact]);
    assert_eq!(pauses(&keys), [false]);
    let waits = segment(&server, Span::ZERO, true);
    let loaded = load(3, waits);
    let rule = RoomEvent::StartSet {
        start: Some(StartRule::Told),
        missed: false,
    };
    let facts = vec![server.happen(loaded), server.happen(rule)];
    keys.story.facts(facts);
    assert_eq!(pauses(&keys), [false]);
}
