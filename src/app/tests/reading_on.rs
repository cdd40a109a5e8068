//! A player that cannot jump, and reads on to where the room is.

use super::playing::{health, load, ready, views};
use super::{Server, Story, answers, notices};
use crate::app::effect::Effect;
use crate::app::output::{PlayerView, Why};
use crate::protocol::event::RoomEvent;
use crate::protocol::time::{Position, Span};
use crate::sync::follow::{ReadSoFar, SyncState};
use crate::sync::player::{CachedRange, PlayerEvent};
use crate::wire::message::HealthState;

/// It has read up to here.
fn reads(story: &mut Story, server: &Server, until: i64) -> Vec<Effect> {
    let reach = CachedRange {
        from: Position::START,
        until: Position::seconds(until),
        whole: false,
    };
    let epoch = server.room.timeline.epoch;
    story.player(PlayerEvent::CachedRange { epoch, reach })
}

#[test]
fn who_reads_on_is_told_how_far_and_others_see_that_it_loads() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    story.compare_clocks(&server);
    story.process(ready());
    let mut fact = load(&mut server, "https://example.org/film.ts");
    if let RoomEvent::Loaded { segment, .. } = &mut fact.event {
        segment.anchor = Position::seconds(70);
    }
    let effects = story.facts(vec![fact]);
    story.wait_opened(effects);
    story.pass(Span::seconds(1));
    let epoch = server.room.timeline.epoch;
    story.player(PlayerEvent::Loaded {
        epoch,
        title: None,
        has_audio: true,
        seekable: false,
        live: false,
        begins: None,
    });
    reads(&mut story, &server, 1);
    let mut effects = story.shows();
    for until in 2..60 {
        effects.extend(reads(&mut story, &server, until));
        effects.extend(story.pass(Span::millis(100)));
    }
    let outputs: Vec<_> = views(&effects);
    let [PlayerView::ReadingOn(first), PlayerView::ReadingOn(second)] = outputs[..] else {
        panic!("{outputs:?}");
    };
    assert_eq!(first.read, Position::seconds(1));
    assert_eq!(second.read, Position::seconds(31));
    assert!(first.to >= Position::seconds(69), "{first:?}");
    let PlayerView::ReadingOn(ReadSoFar { read, .. }) = story.app.player_view() else {
        panic!("{:?}", story.app.player_view());
    };
    assert_eq!(
        read,
        Position::seconds(59),
        "the screen shows it at any time"
    );
    assert_eq!(story.app.sync_status().state, SyncState::ReadingOn);
    assert_eq!(notices(&effects), []);
    let shown = health(&effects);
    assert!(!shown.is_empty() && shown.iter().all(|state| *state == HealthState::Loading));
    // Another try would begin at the start.
    let refused = answers(&story.line("/retry"));
    assert!(
        matches!(refused[..], [(_, Err(Why::ReadsOn(_)))]),
        "{refused:?}"
    );
}
