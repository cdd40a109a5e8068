//! A player whose media breaks off, or is other media than the room's.

use super::playing::{health, load, opens, playing, ready, views};
use super::{Server, Story, outputs};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::output::{ApartNotice, Notice, Output, PlayerView, Why};
use crate::media::fault::{FaultKind, MediaFault};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Span};
use crate::sync::follow::{SyncAction, SyncCause};
use crate::sync::player::PlayerCommand::FetchNow;
use crate::sync::player::{MediaProblem, PlayerEvent, Refetch};
use crate::wire::message::HealthState;

fn notices(effects: &[Effect]) -> Vec<Notice> {
    let notices = outputs(effects)
        .into_iter()
        .filter_map(|outputs| match outputs {
            Output::Notice(notice) => Some(notice),
            _ => None,
        });
    notices.collect()
}

fn answer(effects: &[Effect]) -> Option<Result<u64, Why>> {
    super::answers(effects).pop().map(|(_, answer)| answer)
}

/// A client whose player's connection to the first media broke.
fn broken() -> (Server, Story, MediaProblem) {
    let (server, mut story) = playing();
    story.shows();
    let problem = MediaProblem::Fetch(MediaFault::here(FaultKind::NobodyListens));
    let effects = story.on(Event::Player(PlayerEvent::Ended {
        epoch: Epoch(1),
        broken: Some(problem.clone()),
    }));
    assert!(opens(&effects), "tried again at once");
    assert_eq!(views(&effects), [PlayerView::Buffering]);
    let tries = Notice::Apart(ApartNotice::TriesAgain(problem.clone()));
    assert!(notices(&effects).contains(&tries), "{effects:?}");
    (server, story, problem)
}

#[test]
fn a_connection_that_broke_is_reported_once_and_others_see_that_it_stalls() {
    let (_, mut story, problem) = broken();
    let epoch = Epoch(1);
    let failed = |problem: &MediaProblem| {
        Event::Player(PlayerEvent::Failed {
            epoch,
            problem: problem.clone(),
        })
    };
    let mut later = story.on(failed(&problem));
    later.extend(story.pass(Span::seconds(4)));
    assert_eq!(notices(&later), []);
    assert!(health(&later).contains(&HealthState::Buffering));
    assert!(!health(&later).contains(&HealthState::InStep));
    let gone = MediaProblem::Fetch(MediaFault::here(FaultKind::Gone));
    let effects = story.on(failed(&gone));
    assert_eq!(views(&effects), [PlayerView::Failed(gone)]);
    let why = story.app.decisions().last().unwrap();
    assert_eq!(
        (why.what.action, why.what.cause),
        (SyncAction::GiveUp, SyncCause::DoesNotPlay)
    );
}

#[test]
fn another_try_is_never_refused_while_something_is_wrong() {
    let (_, mut story, problem) = broken();
    let effects = story.line("/retry");
    story.wait_opened(effects);
    story.loaded(1);
    story.shows();
    story.paused(false);
    story.on(Event::Player(PlayerEvent::Stalled(true)));
    story.pass(Span::seconds(1));
    let effects = story.line("/retry");
    assert!(matches!(answer(&effects), Some(Ok(_))), "{effects:?}");
    story.wait_opened(effects);
    story.on(Event::Player(PlayerEvent::Failed {
        epoch: Epoch(1),
        problem,
    }));
    story.pass(Span::seconds(1));
    let effects = story.line("/retry");
    assert!(matches!(answer(&effects), Some(Ok(_))), "{effects:?}");
    story.wait_opened(effects);
    story.loaded(1);
    story.shows();
    assert_eq!(answer(&story.line("/retry")), Some(Err(Why::NothingWrong)));
}

#[test]
fn another_try_keeps_what_is_open_where_the_player_asks_again_by_itself() {
    let (_, mut story) = playing();
    let epoch = Epoch(1);
    let now = FetchNow { epoch };
    let fault = MediaFault::here(FaultKind::Busy);
    let refetching = |story: &Story, asks: bool| {
        let next = story.now.local + Span::seconds(8);
        let refetch = asks.then_some(Refetch { fault, next });
        Event::Player(PlayerEvent::Refetching { epoch, refetch })
    };
    // While it opens, and in the middle of it.
    for shows in [false, true] {
        let asks = refetching(&story, true);
        story.on(asks);
        if shows {
            story.shows();
            story.paused(false);
            story.on(Event::Player(PlayerEvent::Stalled(true)));
        }
        story.pass(Span::seconds(1));
        let effects = story.line("/retry");
        assert!(matches!(answer(&effects), Some(Ok(_))), "{effects:?}");
        assert!(
            effects.contains(&Effect::Player(now.clone())),
            "{effects:?}"
        );
        assert!(!opens(&effects), "{effects:?}");
    }
    // Nothing below the player waits for another try: it is opened anew.
    let over = refetching(&story, false);
    story.on(over);
    story.pass(Span::seconds(1));
    let effects = story.line("/retry");
    assert!(!effects.contains(&Effect::Player(now)), "{effects:?}");
    story.wait_opened(effects);
}

#[test]
fn a_copy_without_its_beginning_is_reported_once_and_is_not_in_step() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    story.process(ready());
    let fact = load(&mut server, "https://example.org/film.m3u8");
    let effects = story.facts(vec![fact]);
    story.wait_opened(effects);
    let loaded = PlayerEvent::Loaded {
        epoch: Epoch(1),
        title: None,
        has_audio: true,
        seekable: true,
        live: false,
        begins: Some(Span::millis(3_420)),
    };
    story.on(Event::Player(loaded));
    story.shows();
    story.paused(false);
    let learned = server.happen(RoomEvent::Learned {
        epoch: Epoch(1),
        duration: None,
        title: None,
        live: false,
        length_is_set: false,
        length_by_viewers: false,
        title_by_viewers: false,
        players_length: None,
        begins: Some(Span::millis(1_400)),
    });
    story.facts(vec![learned]);
    let effects = story.pass(Span::seconds(4));
    let off = Span::millis(2_020);
    assert_eq!(
        notices(&effects),
        [Notice::Apart(ApartNotice::OtherBeginning { off })]
    );
    let expected = [HealthState::OtherPictures; 2];
    assert_eq!(health(&effects), expected, "on the way nowhere");
}

/// What is reported when the first media breaks off for this reason.
fn breaks(kind: FaultKind) -> (Story, Vec<Effect>) {
    let (_, mut story) = playing();
    story.shows();
    let effects = story.on(Event::Player(PlayerEvent::Ended {
        epoch: Epoch(1),
        broken: Some(MediaProblem::Fetch(MediaFault::here(kind))),
    }));
    assert!(opens(&effects), "tried again at once");
    (story, effects)
}

fn fails(story: &mut Story, kind: FaultKind) -> Vec<Effect> {
    story.on(Event::Player(PlayerEvent::Failed {
        epoch: Epoch(1),
        problem: MediaProblem::Fetch(MediaFault::here(kind)),
    }))
}

#[test]
fn what_the_first_try_finds_final_is_not_reported_as_tried_again() {
    for kind in [
        FaultKind::Broken,
        FaultKind::ClosedUnanswered,
        FaultKind::Refused,
        FaultKind::Gone,
    ] {
        let (mut story, mut effects) = breaks(kind);
        effects.extend(story.pass(Span::seconds(5)));
        effects.extend(fails(&mut story, FaultKind::Gone));
        let gone = MediaProblem::Fetch(MediaFault::here(FaultKind::Gone));
        assert_eq!(views(&effects).last(), Some(&PlayerView::Failed(gone)));
        assert_eq!(notices(&effects), [], "{kind:?}");
        assert_eq!(notices(&story.pass(Span::seconds(60))), [], "{kind:?}");
    }
}

#[test]
fn a_break_is_reported_as_tried_again_once_that_is_known_or_unknown_for_long() {
    let outputs = |kind| {
        let problem = MediaProblem::Fetch(MediaFault::here(kind));
        vec![Notice::Apart(ApartNotice::TriesAgain(problem))]
    };
    let (mut story, effects) = breaks(FaultKind::Broken);
    assert_eq!(notices(&effects), []);
    assert_eq!(story.app.next_try(), None);
    let again = fails(&mut story, FaultKind::Busy);
    assert_eq!(notices(&again), outputs(FaultKind::Busy));
    assert!(story.app.next_try().is_some());
    let (mut story, _) = breaks(FaultKind::Broken);
    assert_eq!(notices(&story.pass(Span::millis(9_990))), []);
    let late = notices(&story.pass(Span::millis(20)));
    assert_eq!(late, outputs(FaultKind::Broken));
    assert_eq!(notices(&story.pass(Span::seconds(10))), []);
}

#[test]
fn a_try_asked_for_while_one_is_under_way_is_that_one() {
    let (_, mut story, problem) = broken();
    let ask = |story: &mut Story| answer(&story.line("/retry")).unwrap();
    assert!(ask(&mut story).is_ok());
    let mut effects = Vec::new();
    for _ in 0..2 {
        effects.extend(story.pass(Span::millis(300)));
        assert_eq!(ask(&mut story), Err(Why::TriedAlready));
    }
    // It failed at once, and opening the media twice in a second would help nobody.
    effects.extend(story.on(Event::Player(PlayerEvent::Failed {
        epoch: Epoch(1),
        problem,
    })));
    assert_eq!(ask(&mut story), Err(Why::TriedAlready));
    effects.extend(story.pass(Span::millis(400)));
    assert!(opens(&effects));
    assert!(ask(&mut story).is_ok());
    // One of which nothing is known.
    story.pass(Span::millis(2_900));
    assert_eq!(ask(&mut story), Err(Why::TriedAlready));
    story.pass(Span::millis(100));
    assert!(ask(&mut story).is_ok());
}

#[test]
fn a_missing_part_is_reported_once_and_only_of_the_media_that_is_on() {
    let (_, mut story) = playing();
    let (at, length) = (Some(Position::seconds(12)), Span::seconds(2));
    let missing = |epoch| {
        Event::Player(PlayerEvent::PartMissing {
            epoch: Epoch(epoch),
            at,
            length,
        })
    };
    assert_eq!(notices(&story.on(missing(0))), [], "of the one before");
    let outputs = notices(&story.on(missing(1)));
    assert_eq!(
        outputs,
        [Notice::Apart(ApartNotice::PartMissing { at, length })]
    );
    assert_eq!(notices(&story.on(missing(1))), [], "fetched once more");
}
