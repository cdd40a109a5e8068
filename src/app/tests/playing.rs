//! The own player, as it is reported to its member.

use super::{Server, Story, config, outputs};
use crate::app::config::Attendance;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::output::{FoundLack, Notice, Output, PlayerView, Why};
use crate::media::policy::Privacy;
use crate::protocol::command::Report;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Epoch;
use crate::protocol::playback::{LoadCause, Playing, Retime, Segment};
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{
    CloseCause, Lack, MediaProblem, PlayerCommand, PlayerEvent, ProcessState, Unusable,
};
use crate::test_support;
use crate::wire::message::{CatchUp, ClientMsg, HealthState, ServerMsg};

const PUBLIC: &str = "https://example.org/film.mp4";
pub(crate) const PRIVATE: &str = "http://192.168.1.1/film.mp4";

pub(crate) fn load(server: &mut Server, link: &str) -> Fact {
    let epoch = server.room.timeline.epoch.next();
    let start = server.room.at + Span::millis(300);
    server.happen(RoomEvent::Loaded {
        gate: Vec::new(),
        epoch,
        playing: Playing {
            duration: Some(Span::seconds(600)),
            ..test_support::playing(link)
        },
        segment: Segment {
            start,
            ..Segment::default()
        },
        entry: None,
        interrupted: None,
        cause: LoadCause::Played,
    })
}

pub(super) fn views(effects: &[Effect]) -> Vec<PlayerView> {
    let views = outputs(effects)
        .into_iter()
        .filter_map(|outputs| match outputs {
            Output::Player(view) => Some(view),
            _ => None,
        });
    views.collect()
}

pub(super) fn health(effects: &[Effect]) -> Vec<HealthState> {
    let sent = effects.iter().filter_map(|effect| match effect {
        Effect::Send(ClientMsg::Health(health)) => Some(health.state),
        _ => None,
    });
    sent.collect()
}

pub(crate) fn ready() -> ProcessState {
    ProcessState::Ready {
        version: "0.35.1".into(),
        lacks: None,
    }
}

/// Whether media is opened.
pub(super) fn opens(effects: &[Effect]) -> bool {
    let load = |effect: &Effect| matches!(effect, Effect::Player(PlayerCommand::Load { .. }));
    effects.iter().any(load)
}

fn unloads(effects: &[Effect]) -> bool {
    effects.contains(&Effect::Player(PlayerCommand::Unload))
}

fn failed(epoch: u64) -> Event {
    Event::Player(PlayerEvent::Failed {
        epoch: Epoch(epoch),
        problem: MediaProblem::ResolverMissing,
    })
}

impl Story {
    /// Waits until media is opened: without room time that takes a moment.
    pub(super) fn wait_opened(&mut self, mut effects: Vec<Effect>) {
        let patience = self.now.local + Span::seconds(10);
        while !opens(&effects) {
            assert!(self.now.local < patience, "nothing is opened");
            effects = self.pass(Span::millis(100));
        }
    }

    pub(super) fn process(&mut self, state: ProcessState) -> Vec<Effect> {
        self.on(Event::Player(PlayerEvent::Process(state)))
    }

    pub(super) fn loaded(&mut self, epoch: u64) -> Vec<Effect> {
        let epoch = Epoch(epoch);
        let mut effects = self.on(Event::Player(test_support::loaded(epoch)));
        let length = Span::seconds(600);
        effects.extend(self.on(Event::Player(PlayerEvent::Length { epoch, length })));
        effects
    }

    /// The first picture is there.
    pub(super) fn shows(&mut self) -> Vec<Effect> {
        let (position, at) = (Position::START, self.now.local);
        self.on(Event::Player(PlayerEvent::PlaybackRestarted {
            position,
            at,
        }))
    }

    pub(super) fn paused(&mut self, paused: bool) -> Vec<Effect> {
        let at: LocalTime = self.now.local;
        self.on(Event::Player(PlayerEvent::Paused {
            paused,
            position: Some(Position::START),
            at,
        }))
    }
}

/// A client whose player plays the first media of the room.
pub(super) fn playing() -> (Server, Story) {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    story.process(ready());
    let fact = load(&mut server, PUBLIC);
    let effects = story.facts(vec![fact]);
    story.wait_opened(effects);
    story.loaded(1);
    story.paused(false);
    assert_eq!(story.app.player_view(), PlayerView::Playing);
    (server, story)
}

#[test]
fn each_step_of_a_player_is_reported_once() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let idle = PlayerView::Idle { lacks: None };
    assert_eq!(views(&story.process(ready())), [idle]);
    let fact = load(&mut server, PUBLIC);
    let effects = story.facts(vec![fact]);
    assert_eq!(views(&effects), [PlayerView::Loading]);
    story.wait_opened(effects);
    assert_eq!(views(&story.loaded(1)), [PlayerView::Paused]);
    assert_eq!(views(&story.paused(false)), [PlayerView::Playing]);
    assert_eq!(views(&story.paused(false)), []);
    let stalled = |on| Event::Player(PlayerEvent::Stalled(on));
    assert_eq!(views(&story.on(stalled(true))), [PlayerView::Buffering]);
    assert_eq!(views(&story.on(stalled(false))), [PlayerView::Playing]);
    assert_eq!(
        views(&story.process(ProcessState::Frozen)),
        [PlayerView::Frozen]
    );
    assert_eq!(
        views(&story.process(ProcessState::Thawed)),
        [PlayerView::Playing]
    );
    let killed = ProcessState::Closed(CloseCause::Killed);
    let effects = story.process(killed.clone());
    assert_eq!(views(&effects), [], "it is started again");
    assert!(effects.contains(&Effect::Player(PlayerCommand::Restart)));
    assert!(outputs(&effects).contains(&Output::Notice(Notice::PlayerRestarts)));
    let starting = [PlayerView::Starting];
    assert_eq!(views(&story.process(ProcessState::Starting)), starting);
    story.process(ready());
    // At once again: it is left alone.
    let effects = story.process(killed.clone());
    assert_eq!(views(&effects), [PlayerView::Gone(killed)]);
    assert!(!effects.contains(&Effect::Player(PlayerCommand::Restart)));
}

#[test]
fn a_player_that_cannot_start_is_reported_and_can_be_tried_again() {
    let mut story = Story::joined(&Server::new());
    let missing = ProcessState::Unusable(Unusable::Missing {
        binary: "mpv".into(),
    });
    let effects = story.process(missing.clone());
    assert_eq!(views(&effects), [PlayerView::Gone(missing)]);
    let effects = story.line("/retry");
    assert!(effects.contains(&Effect::Player(PlayerCommand::Restart)));
    let effects = story.process(ProcessState::Starting);
    assert_eq!(views(&effects), [PlayerView::Starting]);
    let lacks = Some(Lack::Sound);
    let version = "0.35.1".to_owned();
    let effects = story.process(ProcessState::Ready { version, lacks });
    assert_eq!(views(&effects), [PlayerView::Idle { lacks }]);
}

#[test]
fn who_has_neither_display_nor_sound_is_promised_neither() {
    let mut story = Story::joined(&Server::new());
    let version = "0.35.1".to_owned();
    let lacks = Some(Lack::Display);
    let told = |lack| {
        Output::Notice(Notice::PlayerLacks(FoundLack {
            lack,
            over_ssh: false,
        }))
    };
    let effects = story.process(ProcessState::Ready { version, lacks });
    let display = told(Lack::Display);
    assert!(!outputs(&effects).contains(&display), "{effects:?}");
    // mpv looks for a sound device only when something is loaded.
    let effects = story.on(Event::Player(PlayerEvent::Lacks(Lack::Sound)));
    let both = told(Lack::Both);
    assert!(outputs(&effects).contains(&both), "{effects:?}");
    assert_eq!(story.app.player_lacks(), Some(Lack::Both));
    let lacks = Some(Lack::Both);
    assert_eq!(views(&effects), [PlayerView::Idle { lacks }]);
}

#[test]
fn without_a_player_there_is_nothing_to_try_again() {
    let mut alone = config();
    alone.attendance = Attendance::WithoutPlayer;
    let (_, effects) = Story::start(alone.clone());
    assert_eq!(views(&effects), [PlayerView::Off]);
    let mut story = Story::joined_with(alone, &Server::new());
    let effects = story.line("/retry");
    assert_eq!(super::answers(&effects), [(1, Err(Why::NoPlayer))]);
}

#[test]
fn media_that_failed_is_opened_again_when_that_is_asked_for() {
    let (_, mut story) = playing();
    story.on(failed(1));
    let effects = story.line("/retry");
    assert_eq!(views(&effects), [PlayerView::Loading]);
    let answer = (1, Ok(story.app.room().unwrap().rev.0));
    assert_eq!(super::answers(&effects), [answer]);
    story.wait_opened(effects);
    // It fails once more, and is tried once more.
    story.on(failed(1));
    let effects = story.line("/retry");
    story.wait_opened(effects);
    story.loaded(1);
    assert_eq!(views(&story.paused(true)), []);
    story.shows();
    let effects = story.line("/retry");
    assert!(!opens(&effects), "{effects:?}");
    assert_eq!(super::answers(&effects), [(3, Err(Why::NothingWrong))]);
}

#[test]
fn another_rooms_first_media_is_other_media() {
    let (_, mut story) = playing();
    let mut anew = Server::new();
    anew.reopen_anew();
    load(&mut anew, "https://example.org/another.mp4");
    let effects = story.come_back(anew.whole());
    assert!(unloads(&effects), "{effects:?}");
    story.wait_opened(effects);
    assert_eq!(story.app.player_view(), PlayerView::Loading);
}

#[test]
fn what_became_of_media_in_one_room_is_nothing_to_the_next() {
    let mut server = Server::new();
    load(&mut server, PUBLIC);
    let (_, mut story) = playing();
    story.on(failed(1));
    story.line("/join lofi");
    story.on(Event::TokenFound(None));
    story.hello();
    let welcome = Box::new(server.whole());
    let effects = story.receive(ServerMsg::Welcome(welcome));
    assert_eq!(
        views(&effects),
        [PlayerView::Idle { lacks: None }, PlayerView::Loading]
    );
    story.loaded(1);
    let effects = story.on(Event::Player(PlayerEvent::Process(ProcessState::Frozen)));
    assert_eq!(views(&effects), [PlayerView::Frozen]);
}

#[test]
fn media_that_fails_is_reported_until_the_next() {
    let (mut server, mut story) = playing();
    let effects = story.on(failed(1));
    let problem = MediaProblem::ResolverMissing;
    assert_eq!(views(&effects), [PlayerView::Failed(problem)]);
    let fact = load(&mut server, PUBLIC);
    assert_eq!(views(&story.facts(vec![fact])), [PlayerView::Loading]);
}

#[test]
fn a_link_into_the_own_network_is_not_opened() {
    let mut server = Server::new();
    let fact = load(&mut server, PRIVATE);
    let mut story = Story::joined(&Server::new());
    story.process(ready());
    let effects = story.facts(vec![fact]);
    assert!(
        matches!(views(&effects)[..], [PlayerView::Refused(_)]),
        "{effects:?}"
    );
    assert!(!opens(&effects));
    // That is reported to the room, with no more than its link says.
    let failures = |effects: &[Effect]| {
        let failure = |effect: &&Effect| {
            let Effect::Send(ClientMsg::Report { report }) = effect else {
                return false;
            };
            let code = FailureCode::Untrusted;
            matches!(report, Report::Failed { code: outputs, .. } if *outputs == code)
        };
        effects.iter().filter(failure).count()
    };
    assert_eq!(failures(&effects), 1);
    let paused = Segment {
        paused: true,
        ..server.room.timeline.segment
    };
    let again = server.happen(RoomEvent::Retimed {
        segment: paused,
        retime: Retime::Paused,
        in_player: false,
        countdown: false,
    });
    assert_eq!(failures(&story.facts(vec![again])), 0);
    let known = story.app.room().unwrap();
    assert!(known.timeline.segment.paused, "the pause came");
    // A server that it comes back to may have forgotten.
    assert_eq!(failures(&story.come_back(server.whole())), 1);
    let effects = story.line("/retry");
    assert!(
        matches!(super::answers(&effects)[..], [(1, Err(Why::NotOpened(_)))]),
        "{effects:?}"
    );
    assert_eq!(health(&story.pass(Span::seconds(2))), [HealthState::Failed]);
    let fact = load(&mut server, PUBLIC);
    assert_eq!(views(&story.facts(vec![fact])), [PlayerView::Loading]);
}

#[test]
fn a_member_may_allow_links_into_their_network() {
    let mut server = Server::new();
    load(&mut server, PRIVATE);
    let mut trusting = config();
    trusting.policy = Privacy::AllowPrivate;
    let mut story = Story::joined_with(trusting, &server);
    assert_eq!(views(&story.process(ready())), [PlayerView::Loading]);
}

#[test]
fn while_the_media_plays_its_step_is_reported_once_a_second() {
    let (_, mut story) = playing();
    let count = |effects: &[Effect]| {
        let outputs = outputs(effects).into_iter();
        outputs
            .filter(|outputs| matches!(outputs, Output::Sync(_)))
            .count()
    };
    assert_eq!(count(&story.pass(Span::seconds(3))), 3);
    story.paused(true);
    assert_eq!(count(&story.pass(Span::seconds(3))), 0);
    story.paused(false);
    assert_eq!(count(&story.pass(Span::millis(1_100))), 1);
}

#[test]
fn how_the_member_is_doing_is_sent_every_two_seconds() {
    let (_, mut story) = playing();
    story.paused(true);
    let expected = [HealthState::InStep, HealthState::InStep];
    assert_eq!(health(&story.pass(Span::seconds(4))), expected);
    let effects = story.process(ProcessState::Closed(CloseCause::Quit));
    assert_eq!(health(&effects), [HealthState::ChatOnly], "at once");
    assert_eq!(health(&story.pass(Span::seconds(4))), []);
}

#[test]
fn a_player_that_is_closed_is_reported_again_after_the_connection_was_away() {
    let (server, mut story) = playing();
    story.process(ProcessState::Closed(CloseCause::Quit));
    let welcome = server.welcome(CatchUp::Events(Vec::new()));
    let effects = story.come_back(welcome);
    assert_eq!(health(&effects), [HealthState::ChatOnly]);
    let (server, mut story) = playing();
    let welcome = server.welcome(CatchUp::Events(Vec::new()));
    assert_eq!(health(&story.come_back(welcome)), []);
}

#[test]
fn no_health_is_sent_while_the_connection_is_away() {
    let (_, mut story) = playing();
    story.lose();
    let effects = story.pass(Span::seconds(8));
    assert_eq!(health(&effects), []);
    let effects = story.process(ProcessState::Closed(CloseCause::Quit));
    assert_eq!(health(&effects), []);
}

#[test]
fn the_media_has_a_position_before_the_clocks_were_compared() {
    let (mut server, story) = playing();
    let now = story.now.local;
    assert_eq!(story.app.position(now), Some(Position::START));
    server.chat("later");
    let (fresh, _) = Story::start(config());
    assert_eq!(fresh.app.position(now), None);
}
