//! The start of media: whom it waits for, and the count; what was decided about the player
//! and why; what helps one whose media stalls.

use super::playing::load;
use super::{ALICE, ME, Server, Story, config, notices, outputs, them};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::output::{Notice, Output};
use crate::app::playback::KEPT;
use crate::media::fault::{FaultKind, MediaFault};
use crate::protocol::command::Report;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{Epoch, Seq};
use crate::protocol::playback::{Retime, Segment};
use crate::protocol::time::{LocalTime, Position, Rate, Span};
use crate::sync::follow::SyncState;
use crate::sync::follow::{SyncAction, SyncCause};
use crate::sync::player::{Basis, PlayerCommand, PlayerEvent, ProcessState, Refetch, Sample};
use crate::test_support;
use crate::wire::message::{ClientMsg, ServerMsg};

const LINK: &str = "https://example.org/film.mp4";

impl Story {
    /// The clocks are compared, at no distance.
    pub(crate) fn compare_clocks(&mut self, server: &Server) {
        let (t0, t1) = (self.now.local, server.room.at);
        self.receive(ServerMsg::Pong {
            t0,
            t1,
            t2: t1,
            cadence: None,
        });
    }

    pub(crate) fn player(&mut self, event: PlayerEvent) -> Vec<Effect> {
        self.on(Event::Player(event))
    }

    /// The player is there, opens the media and stands at its beginning.
    fn opens(&mut self, server: &Server) -> Vec<Effect> {
        let epoch = server.room.timeline.epoch;
        let (position, at) = (Position::START, self.now.local);
        let mut effects = self.player(PlayerEvent::Process(ProcessState::Ready {
            version: "0.35.1".into(),
            lacks: None,
        }));
        for event in [
            test_support::loaded(epoch),
            PlayerEvent::Length {
                epoch,
                length: Span::seconds(600),
            },
            PlayerEvent::Paused {
                paused: true,
                position: Some(position),
                at,
            },
            PlayerEvent::PlaybackRestarted { position, at },
        ] {
            effects.extend(self.player(event));
        }
        effects
    }
}

/// Media that waits for these two.
fn gated(server: &mut Server) -> Fact {
    let mut fact = load(server, LINK);
    if let RoomEvent::Loaded { gate, segment, .. } = &mut fact.event {
        *gate = vec![ALICE, ME];
        segment.start = fact.at + Span::seconds(8);
    }
    server.room.apply(&fact);
    fact
}

fn retimed(server: &mut Server, segment: Segment, countdown: bool) -> Fact {
    let retime = Retime::Resumed;
    let event = RoomEvent::Retimed {
        segment,
        retime,
        in_player: false,
        countdown,
    };
    server.happen_by(Some((ALICE, Seq(1))), event)
}

fn gates(effects: &[Effect]) -> Vec<Vec<String>> {
    let outputs = outputs(effects)
        .into_iter()
        .filter_map(|outputs| match outputs {
            Output::WaitingForPlayers { missing, .. } => Some(missing),
            _ => None,
        });
    outputs
        .map(|missing| missing.iter().map(|who| who.name.to_string()).collect())
        .collect()
}

fn decided(effects: &[Effect]) -> Vec<(SyncAction, SyncCause)> {
    let outputs = outputs(effects)
        .into_iter()
        .filter_map(|outputs| match outputs {
            Output::Decision {
                decision,
                asked: false,
            } => Some((decision.what.action, decision.what.cause)),
            _ => None,
        });
    outputs.collect()
}

fn says_ready(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| {
        matches!(
            effect,
            Effect::Send(ClientMsg::Report {
                report: Report::Ready { .. }
            })
        )
    })
}

#[test]
fn whom_new_media_waits_for_is_reported_and_the_room_learns_when_we_are_ready() {
    let mut server = Server::new();
    let mut story = Story::joined_with(config(), &server);
    story.compare_clocks(&server);
    let effects = story.facts(vec![gated(&mut server)]);
    assert_eq!(gates(&effects), [["Alice", "Boris"]]);
    assert!(!says_ready(&effects));
    assert!(says_ready(&story.opens(&server)));
    let ready = server.happen(RoomEvent::Ready { member: ME });
    assert_eq!(gates(&story.facts(vec![ready])), [["Alice"]]);
    let segment = Segment {
        start: server.room.at + Span::millis(100),
        ..Segment::default()
    };
    let opened = retimed(&mut server, segment, false);
    assert_eq!(gates(&story.facts(vec![opened])), [[""; 0]]);
    let played = story.pass(Span::millis(500));
    assert!(played.contains(&Effect::Player(PlayerCommand::SetPaused(false))));
}

#[test]
fn who_comes_while_it_waits_is_told_so() {
    let mut server = Server::new();
    gated(&mut server);
    let mut story = Story::connecting(config());
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    assert_eq!(gates(&effects), [["Alice", "Boris"]]);
}

#[test]
fn numbers_are_counted_at_their_own_moments_on_the_screen_and_over_the_picture() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    story.compare_clocks(&server);
    let loaded = load(&mut server, LINK);
    story.facts(vec![loaded]);
    let began = story.now.local;
    let segment = Segment {
        start: server.room.at + Span::millis(3_200),
        ..server.room.timeline.segment
    };
    let counts = retimed(&mut server, segment, true);
    let effects = story.facts(vec![counts]);
    assert_eq!(
        notices(&effects),
        [Notice::Countdown {
            who: them("Alice"),
            may_pause: false
        }]
    );
    let mut seen = Vec::new();
    for _ in 0..40 {
        let effects = story.pass(Span::millis(100));
        for notice in notices(&effects) {
            let Notice::Count { number } = notice else {
                panic!("{notice:?}");
            };
            assert_eq!(story.app.scene().number, Some(number));
            seen.push((number, (story.now.local - began).0 / 100_000));
        }
    }
    assert_eq!(seen, [(3, 3), (2, 13), (1, 23)], "tenths of a second");
    assert_eq!(story.app.counting(), None);
}

#[test]
fn a_pause_ends_the_count() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    story.compare_clocks(&server);
    let loaded = load(&mut server, LINK);
    story.facts(vec![loaded]);
    let segment = Segment {
        start: server.room.at + Span::millis(3_200),
        ..server.room.timeline.segment
    };
    let counts = retimed(&mut server, segment, true);
    story.facts(vec![counts]);
    story.pass(Span::millis(1_500));
    assert_eq!(story.app.counting(), Some(2));
    let paused = Segment {
        paused: true,
        ..segment
    };
    let stops = retimed(&mut server, paused, false);
    story.facts(vec![stops]);
    assert_eq!(notices(&story.pass(Span::seconds(5))), []);
}

/// A story in which the media runs and the player plays it.
fn playing() -> (Server, Story) {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    story.compare_clocks(&server);
    let loaded = load(&mut server, LINK);
    story.facts(vec![loaded]);
    story.opens(&server);
    story.pass(Span::millis(400));
    let (position, at) = (Some(Position::START), story.now.local);
    let paused = false;
    story.player(PlayerEvent::Paused {
        paused,
        position,
        at,
    });
    (server, story)
}

/// The player is read `late` behind the media, four times a second, for a while.
fn read(story: &mut Story, late: Span, times: u32) -> Vec<Effect> {
    let mut effects = Vec::new();
    for _ in 0..times {
        effects.extend(story.pass(Span::millis(250)));
        let at: LocalTime = story.now.local;
        let t1 = story.app.room_now().unwrap();
        story.receive(ServerMsg::Pong {
            t0: at,
            t1,
            t2: t1,
            cadence: None,
        });
        let room_position = story.app.position(at).unwrap();
        let position = room_position - late;
        effects.extend(story.player(PlayerEvent::Sample(Sample {
            position,
            at,
            basis: Basis::Audio,
            buffered: None,
        })));
    }
    effects
}

#[test]
fn every_decision_has_its_cause() {
    let (mut server, mut story) = playing();
    let effects = read(&mut story, Span::seconds(3), 4);
    let [(SyncAction::Seek(_), SyncCause::Drift)] = decided(&effects)[..] else {
        panic!("{:?}", decided(&effects));
    };
    let (position, at) = (Position::seconds(2), story.now.local);
    story.player(PlayerEvent::SeekBegan { at });
    story.player(PlayerEvent::PlaybackRestarted { position, at });
    let effects = read(&mut story, Span::millis(20), 40);
    let [(SyncAction::BendSpeed { speed, rate }, SyncCause::Drift)] = decided(&effects)[..] else {
        panic!("one for all the small ones: {:?}", decided(&effects));
    };
    assert!(speed > 1.0 && (rate - 1.0).abs() < f64::EPSILON);
    let rate = Segment {
        rate: Rate::from_factor(2.0).unwrap(),
        ..server.room.timeline.segment
    };
    let faster = retimed(&mut server, rate, false);
    let mut effects = story.facts(vec![faster]);
    effects.extend(story.pass(Span::seconds(1)));
    assert_eq!(
        decided(&effects),
        [(SyncAction::SetRate(2.0), SyncCause::RoomRate)]
    );
    let paused = Segment {
        paused: true,
        ..rate
    };
    let pause = retimed(&mut server, paused, false);
    let effects = story.facts(vec![pause]);
    assert_eq!(
        decided(&effects),
        [(SyncAction::Pause, SyncCause::RoomPaused)]
    );
    let whole = outputs(&story.line("/why"));
    let asked = |outputs: &&Output| matches!(outputs, Output::Decision { asked: true, .. });
    assert_eq!(
        whole.iter().filter(asked).count(),
        story.app.decisions().count()
    );
    assert_eq!(
        story.app.decisions().next().unwrap().what.cause,
        SyncCause::PlayerBack
    );
}

#[test]
fn a_player_that_stops_at_the_end_of_the_media_is_reported_to_stop_for_that() {
    let (mut server, mut story) = playing();
    read(&mut story, Span::ZERO, 4);
    let (epoch, position) = (server.room.timeline.epoch, Position::seconds(596));
    let over = server.happen(RoomEvent::Finished { epoch, position });
    let mut effects = story.facts(vec![over]);
    effects.extend(story.pass(Span::seconds(2)));
    assert_eq!(
        decided(&effects).first(),
        Some(&(SyncAction::Pause, SyncCause::MediaOver))
    );
}

/// The room jumps, and the player comes out six seconds beyond it.
#[test]
fn who_comes_out_ahead_says_why_it_stands_and_when_the_room_has_come() {
    let (mut server, mut story) = playing();
    read(&mut story, Span::ZERO, 4);
    let t1 = story.app.room_now().unwrap();
    let segment = Segment {
        anchor: Position::seconds(100),
        start: t1 + Span::millis(20),
        ..server.room.timeline.segment
    };
    let jump = retimed(&mut server, segment, false);
    let effects = story.facts(vec![jump]);
    let [
        (SyncAction::Pause, SyncCause::RoomJumped),
        (SyncAction::Seek(_), SyncCause::RoomJumped),
    ] = decided(&effects)[..]
    else {
        panic!("{:?}", decided(&effects));
    };
    let (position, at) = (Position::seconds(106), story.now.local);
    story.player(PlayerEvent::Paused {
        paused: true,
        position: Some(Position::seconds(1)),
        at,
    });
    story.player(PlayerEvent::SeekBegan { at });
    let effects = story.player(PlayerEvent::PlaybackRestarted { position, at });
    assert_eq!(decided(&effects), [], "it stands already");
    assert_eq!(story.app.sync_status().state, SyncState::Ahead);
    let effects = story.pass(Span::seconds(8));
    assert_eq!(
        decided(&effects),
        [(SyncAction::Play, SyncCause::RoomArrived)]
    );
}

#[test]
fn a_hundred_decisions_are_kept() {
    let (mut server, mut story) = playing();
    for round in 1..120 {
        let segment = Segment {
            paused: true,
            anchor: Position::seconds(round),
            ..server.room.timeline.segment
        };
        let fact = retimed(&mut server, segment, false);
        story.facts(vec![fact]);
        let (position, at) = (segment.anchor, story.now.local);
        for event in [
            PlayerEvent::Paused {
                paused: true,
                position: Some(position),
                at,
            },
            PlayerEvent::SeekBegan { at },
            PlayerEvent::PlaybackRestarted { position, at },
        ] {
            story.player(event);
        }
    }
    assert_eq!(story.app.decisions().count(), KEPT);
}

#[test]
fn the_second_stall_of_media_is_reported_with_what_helps() {
    for (link, lighter) in [
        (LINK, false),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", true),
    ] {
        let mut server = Server::new();
        let mut story = Story::joined(&server);
        story.compare_clocks(&server);
        let loaded = load(&mut server, link);
        story.facts(vec![loaded]);
        story.opens(&server);
        story.pass(Span::seconds(1));
        let mut noticed = Vec::new();
        for _ in 0..4 {
            story.player(PlayerEvent::Stalled(true));
            noticed.extend(notices(&story.pass(Span::millis(1_100))));
            story.player(PlayerEvent::Stalled(false));
            story.pass(Span::seconds(1));
        }
        assert_eq!(noticed, [Notice::StalledTwice { lighter }], "{link}");
    }
}

#[test]
fn stalls_since_a_server_is_away_are_no_reason_for_lower_quality() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    story.compare_clocks(&server);
    let loaded = load(&mut server, "https://www.youtube.com/watch?v=dQw4w9WgXcQ");
    story.facts(vec![loaded]);
    story.opens(&server);
    story.pass(Span::seconds(1));
    let epoch = Epoch(1);
    let fault = MediaFault::here(FaultKind::NobodyListens);
    let mut noticed = Vec::new();
    // The break is known before the player runs dry, or only a while after.
    for known_first in [true, false, true, false] {
        let next = story.now.local + Span::seconds(2);
        let refetch = Some(Refetch { fault, next });
        if known_first {
            story.player(PlayerEvent::Refetching { epoch, refetch });
        }
        story.player(PlayerEvent::Stalled(true));
        noticed.extend(notices(&story.pass(Span::millis(1_100))));
        story.player(PlayerEvent::Refetching { epoch, refetch });
        noticed.extend(notices(&story.pass(Span::millis(500))));
        let refetch = None;
        story.player(PlayerEvent::Refetching { epoch, refetch });
        story.player(PlayerEvent::Stalled(false));
        noticed.extend(notices(&story.pass(Span::seconds(1))));
    }
    let remedy = |notice: &&Notice| matches!(notice, Notice::StalledTwice { .. });
    assert_eq!(noticed.iter().filter(remedy).count(), 0, "{noticed:?}");
}
