//! The playback machine by itself: no connection, no lines, no screen.

use super::{Handling, Playback, PlaybackInput, PlaybackOutput, PlaybackView};
use crate::app::config::{AppConfig, Attendance};
use crate::app::output::{Notice, Output, PlayerView, Why};
use crate::app::tests::playing::load;
use crate::app::tests::{ME, Server, config};
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::Denied;
use crate::protocol::member::Role;
use crate::protocol::time::{LocalTime, Position};
use crate::sync::PongTimes;
use crate::sync::follow::{SyncState, UserAction};
use crate::sync::player::{CloseCause, PlayerEvent, ProcessState};
use crate::test_support;
use crate::wire::message::{ClientMsg, HealthState};

const PUBLIC: &str = "https://example.org/film.mp4";
const PRIVATE: &str = "http://192.168.1.1/film.mp4";

fn view(server: &Server) -> PlaybackView<'_> {
    PlaybackView {
        now: LocalTime(1_000_000),
        room: Some(server.room()),
        me: Some(ME),
        health: None,
        is_joined: true,
    }
}

fn ready() -> PlaybackInput {
    PlaybackInput::Player(PlayerEvent::Process(ProcessState::Ready {
        version: "0.35.1".into(),
        lacks: None,
    }))
}

#[test]
fn it_begins_by_saying_whether_there_is_a_player() {
    for (attendance, player) in [
        (Attendance::WithPlayer, PlayerView::Starting),
        (Attendance::WithoutPlayer, PlayerView::Off),
    ] {
        let server = Server::new();
        let mut playback = Playback::new(&AppConfig {
            attendance,
            ..config()
        });
        assert_eq!(
            playback.handle(PlaybackInput::Begin, &view(&server)),
            [PlaybackOutput::Emit(Output::Player(player))]
        );
    }
}

#[test]
fn media_that_is_not_opened_here_is_reported_once_and_again_after_a_reconnect() {
    let mut server = Server::new();
    load(&mut server, PRIVATE);
    let mut playback = Playback::new(&config());
    playback.handle(ready(), &view(&server));
    let failed = |outputs: &[PlaybackOutput]| {
        let is_report = |output: &&PlaybackOutput| {
            matches!(
                output,
                PlaybackOutput::Send(ClientMsg::Report {
                    report: Report::Failed { .. }
                })
            )
        };
        outputs.iter().filter(is_report).count()
    };
    let changed = || PlaybackInput::TimelineChanged { own: false };
    let outputs = playback.handle(changed(), &view(&server));
    assert_eq!(failed(&outputs), 1);
    assert!(matches!(playback.player_view(), PlayerView::Refused(_)));
    assert_eq!(failed(&playback.handle(changed(), &view(&server))), 0);
    playback.handle(PlaybackInput::Connected { same_node: true }, &view(&server));
    assert_eq!(failed(&playback.handle(changed(), &view(&server))), 1);
}

#[test]
fn an_admins_action_is_asked_of_the_room_and_anybody_elses_is_undone() {
    let pause = UserAction::Pause {
        position: Position::START,
        at: None,
    };
    let server = Server::with(Role::Admin);
    let mut playback = Playback::new(&config());
    assert_eq!(
        user_acts(&mut playback, pause, &view(&server)),
        [PlaybackOutput::Command(Command::Pause { mark: None })]
    );
    let nothing_changes = Err(Why::Denied(Denied::NothingChanges));
    let outputs = playback.handle(PlaybackInput::Answered(nothing_changes), &view(&server));
    assert_eq!(outputs, [], "it is not spoken of");

    let server = Server::with(Role::Viewer);
    let mut playback = Playback::new(&config());
    let outputs = user_acts(&mut playback, pause, &view(&server));
    assert!(
        matches!(
            &outputs[..],
            [
                PlaybackOutput::Emit(Output::Notice(Notice::ActionUndone(_))),
                PlaybackOutput::Osd(Notice::ActionUndone(_))
            ]
        ),
        "{outputs:?}"
    );
}

#[test]
fn others_see_at_once_that_a_player_is_gone_and_nobody_does_without_a_connection() {
    for is_joined in [true, false] {
        let server = Server::new();
        let mut playback = Playback::new(&config());
        playback.handle(ready(), &view(&server));
        let closed = PlayerEvent::Process(ProcessState::Closed(CloseCause::Quit));
        let outputs = playback.handle(
            PlaybackInput::Player(closed),
            &PlaybackView {
                is_joined,
                ..view(&server)
            },
        );
        let reported = outputs.iter().any(|output| {
            matches!(output, PlaybackOutput::Send(ClientMsg::Health(health))
                if health.state == HealthState::ChatOnly)
        });
        assert_eq!(reported, is_joined);
    }
}

/// What a player of the room's media reports once that is open.
fn loaded(server: &Server) -> PlaybackInput {
    PlaybackInput::Player(test_support::loaded(server.room().timeline.epoch))
}

fn shown(at: LocalTime) -> PlaybackInput {
    PlaybackInput::Player(PlayerEvent::PlaybackRestarted {
        position: Position::START,
        at,
    })
}

/// What follows if the member does this in the window of their player.
pub(in crate::app) fn user_acts(
    playback: &mut Playback,
    action: UserAction,
    view: &PlaybackView<'_>,
) -> Vec<PlaybackOutput> {
    let mut step = Handling::new(view);
    playback.on_user_action(action, &mut step);
    step.finish()
}

/// A player whose clock was compared, and that was ordered to open the room's media.
fn opening(server: &Server) -> Playback {
    let mut playback = Playback::new(&config());
    let view = view(server);
    let (t0, t1) = (view.now, server.room().at);
    playback.handle(PlaybackInput::Connected { same_node: false }, &view);
    let times = PongTimes {
        t0,
        t1,
        t2: t1,
        t3: t0,
    };
    playback.handle(PlaybackInput::Pong(times), &view);
    playback.handle(ready(), &view);
    playback.handle(PlaybackInput::TimelineChanged { own: false }, &view);
    playback
}

#[test]
fn media_that_waits_for_room_time_to_be_opened_loads_whatever_the_media_before_does() {
    let mut server = Server::new();
    load(&mut server, PUBLIC);
    let mut playback = opening(&server);
    playback.handle(loaded(&server), &view(&server));
    playback.handle(shown(view(&server).now), &view(&server));
    let stalled = PlaybackInput::Player(PlayerEvent::Stalled(true));
    playback.handle(stalled, &view(&server));
    let state = |playback: &Playback, server: &Server| playback.sync_status(&view(server)).state;
    assert_eq!(state(&playback, &server), SyncState::Buffering);

    playback.handle(PlaybackInput::Suspended, &view(&server));
    load(&mut server, "https://example.org/other.mp4");
    playback.handle(
        PlaybackInput::TimelineChanged { own: false },
        &view(&server),
    );
    assert_eq!(playback.player_view(), PlayerView::Loading);
    assert_eq!(state(&playback, &server), SyncState::Loading);
}

/// Until it is known whether there will be one, nobody is said to have no player.
#[test]
fn others_see_that_a_player_starts() {
    let sent = |outputs: &[PlaybackOutput]| {
        let sent = outputs.iter().filter_map(|output| match output {
            PlaybackOutput::Send(ClientMsg::Health(health)) => Some(health.state),
            _ => None,
        });
        sent.collect::<Vec<_>>()
    };
    let server = Server::new();
    let mut playback = Playback::new(&config());
    let outputs = playback.handle(PlaybackInput::Joined, &view(&server));
    assert_eq!(sent(&outputs), [HealthState::Starting], "as it is joined");
    playback.handle(ready(), &view(&server));
    let mut process = |state| {
        let event = PlaybackInput::Player(PlayerEvent::Process(state));
        sent(&playback.handle(event, &view(&server)))
    };
    let closed = ProcessState::Closed(CloseCause::Quit);
    assert_eq!(process(closed), [HealthState::ChatOnly]);
    assert_eq!(process(ProcessState::Starting), [HealthState::Starting]);
    assert_eq!(process(ProcessState::Starting), [], "once");
}
