//! Waits of the room, as they are reported.

use super::{running, segment};
use crate::app::effect::Effect;
use crate::app::output::Notice;
use crate::app::tests::{ALICE, Server, Story, notices};
use crate::protocol::event::RoomEvent;
use crate::protocol::failure::FailureCode;
use crate::protocol::playback::{Hold, HoldEnd, Standstill, StandstillCause, StandstillPhase};
use crate::protocol::time::{Position, Span};

/// The notices of waits, as words.
fn waits(effects: &[Effect]) -> Vec<&'static str> {
    let outputs = notices(effects).into_iter();
    outputs
        .filter_map(|notice| match notice {
            Notice::Waiting { .. } => Some("waiting"),
            Notice::WaitOver { .. } => Some("over"),
            Notice::NobodyPlays { .. } => Some("nobody"),
            _ => None,
        })
        .collect()
}

#[test]
fn a_wait_is_reported_once_it_lasts_a_second_and_a_shorter_one_never() {
    let mut server = running();
    let mut story = Story::joined(&server);
    let hold = |server: &mut Server, story: &mut Story| {
        let since = server.room.at;
        let hold = Hold {
            member: ALICE,
            since,
            until: since + Span::seconds(10),
        };
        let position = Position::seconds(1);
        let fact = server.happen(RoomEvent::Held { hold, position });
        waits(&story.facts(vec![fact]))
    };
    let release = |server: &mut Server, story: &mut Story| {
        let event = RoomEvent::Released {
            segment: segment(server, 1),
            cause: HoldEnd::Recovered,
        };
        let fact = server.happen(event);
        waits(&story.facts(vec![fact]))
    };
    let nothing: [&str; 0] = [];
    assert_eq!(hold(&mut server, &mut story), nothing);
    assert_eq!(waits(&story.pass(Span::millis(900))), nothing);
    assert_eq!(waits(&story.pass(Span::millis(200))), ["waiting"]);
    assert_eq!(release(&mut server, &mut story), ["over"]);
    assert_eq!(hold(&mut server, &mut story), nothing);
    assert_eq!(waits(&story.pass(Span::millis(900))), nothing);
    assert_eq!(release(&mut server, &mut story), nothing);
    assert_eq!(waits(&story.pass(Span::seconds(2))), nothing);
    // All stall: that is what is reported.
    assert_eq!(hold(&mut server, &mut story), nothing);
    let standstill = Standstill {
        cause: StandstillCause::Failed {
            code: FailureCode::Gone,
        },
        phase: StandstillPhase::Certain,
        position: Position::seconds(1),
        until: server.room.at + Span::seconds(15),
    };
    let epoch = server.room.timeline.epoch;
    let event = RoomEvent::NobodyPlays { epoch, standstill };
    let fact = server.happen(event);
    assert_eq!(waits(&story.facts(vec![fact])), ["nobody"]);
    assert_eq!(waits(&story.pass(Span::seconds(2))), nothing);
}
