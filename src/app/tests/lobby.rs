//! The lobby as its member types into it, and what is reported of it.

use super::{ALICE, ME, Server, Story, config};
use crate::app::effect::Effect;
use crate::app::output::{LobbyNotice, MemberChange, Notice, Output, Why};
use crate::media::Media;
use crate::protocol::command::Command;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::Seq;
use crate::protocol::lobby::StartRule;
use crate::protocol::member::Role;
use crate::protocol::time::Span;
use crate::wire::message::{ClientMsg, ServerMsg};

/// The one command that was sent.
#[track_caller]
fn sent(effects: &[Effect]) -> Command {
    let sent = effects.iter().find_map(|effect| match effect {
        Effect::Send(ClientMsg::Command { command, .. }) => Some(command.clone()),
        _ => None,
    });
    sent.unwrap_or_else(|| panic!("no command: {effects:?}"))
}

/// The outputs, without those that are for programs only.
fn outputs(effects: &[Effect]) -> Vec<&Output> {
    let outputs = effects.iter().filter_map(|effect| match effect {
        Effect::Output(output) => Some(output),
        _ => None,
    });
    outputs.collect()
}

#[test]
fn ready_said_twice_is_not_taken_back() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let ready = |ready| Command::SetReady { ready };
    assert_eq!(sent(&story.line("/ready")), ready(true));
    let event = RoomEvent::ReadyChanged {
        member: ME,
        ready: true,
    };
    let fact = server.happen_by(Some((ME, Seq(1))), event);
    let effects = story.facts(vec![fact]);
    let is_told = |output: &&Output| {
        matches!(
            output,
            Output::Member {
                change: MemberChange::Ready,
                ..
            }
        )
    };
    assert!(outputs(&effects).iter().any(is_told), "{effects:?}");
    assert_eq!(sent(&story.line("/готово")), ready(true));
    assert_eq!(sent(&story.line("/ready off")), ready(false));
}

#[test]
fn a_time_is_one_of_the_clock_of_whoever_types_it_and_of_whoever_reads_it() {
    let mut server = Server::with(Role::Admin);
    let mut story = Story::joined(&server);
    // It is 21:04 there, and room time is known.
    let room_time = server.room().at;
    story.compare_clocks(&server);
    for (line, minutes) in [
        ("/start 21:30", 26),
        ("/start 21:04", 1_440),
        ("/начать 9:00", 716),
    ] {
        let Command::SetStart {
            start: Some(StartRule::At { at }),
        } = sent(&story.line(line))
        else {
            panic!("{line} sets no time");
        };
        let off = at - (room_time + Span::seconds(minutes * 60));
        assert!(off.abs() < Span::seconds(1), "{line}: {off:?}");
    }
    let at = room_time + Span::seconds(26 * 60);
    let start = Some(StartRule::At { at });
    let event = RoomEvent::StartSet {
        start,
        missed: false,
    };
    let fact = server.happen_by(Some((ALICE, Seq(1))), event);
    let effects = story.facts(vec![fact]);
    let shown = outputs(&effects)
        .into_iter()
        .find_map(|output| match output {
            Output::Notice(Notice::Lobby(LobbyNotice::StartSet { clock, .. })) => *clock,
            _ => None,
        });
    let shown = shown.unwrap();
    assert_eq!((shown.time.to_string().as_str(), shown.days), ("21:30", 0));
}

#[test]
fn a_viewer_asks_for_what_depends_on_their_clock_or_the_chapters() {
    let server = Server::with(Role::Viewer);
    let mut story = Story::joined(&server);
    let room_time = server.room().at;
    story.compare_clocks(&server);
    let asked = |effects: &[Effect]| {
        let Command::Ask { request } = sent(effects) else {
            panic!("nothing is asked for: {effects:?}");
        };
        request.command().clone()
    };
    assert_eq!(asked(&story.line("/ask start")), Command::Start);
    let Command::SetStart {
        start: Some(StartRule::At { at }),
    } = asked(&story.line("/просить начать 21:30"))
    else {
        panic!("no time is asked for");
    };
    let off = at - (room_time + Span::seconds(26 * 60));
    assert!(off.abs() < Span::seconds(1), "{off:?}");
    // It has no chapters yet: that is said, and nobody is asked.
    let effects = story.line("/ask chapter 2");
    let is_said = |output: &&Output| {
        matches!(
            output,
            Output::Denied {
                why: Why::NoSuchChapter { count: 0 },
                ..
            }
        )
    };
    assert!(outputs(&effects).iter().any(is_said), "{effects:?}");
}

#[test]
fn whoever_comes_is_told_what_the_room_waits_for() {
    let mut server = Server::new();
    server.happen_by(
        Some((ALICE, Seq(1))),
        RoomEvent::StartSet {
            start: Some(StartRule::AllReady),
            missed: false,
        },
    );
    let mut story = Story::connecting(config());
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    let is_told = |output: &&Output| {
        matches!(
            output,
            Output::Notice(Notice::Lobby(LobbyNotice::Waits {
                start: StartRule::AllReady,
                ready: 0,
                ..
            }))
        )
    };
    assert!(outputs(&effects).iter().any(is_told), "{effects:?}");
}

#[test]
fn the_media_named_at_the_start_waits_if_that_was_asked_for() {
    let media = Media::parse("https://example.org/film.mp4").unwrap();
    let mut playing = config();
    playing.play = Some(media.clone());
    playing.waits = true;
    let mut story = Story::connecting(playing);
    story.hello();
    let welcome = ServerMsg::Welcome(Box::new(Server::new().whole()));
    assert_eq!(
        sent(&story.receive(welcome)),
        Command::PlayWaiting { media }
    );
}
