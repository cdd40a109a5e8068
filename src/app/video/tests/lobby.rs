//! What stands over the picture before the film: the lobby, and whose players its start waits for.

use super::{LINK, Server, Story, press, seen, watching, write};
use crate::app::effect::Effect;
use crate::app::tests::playing::ready;
use crate::app::tests::{ALICE, ME};
use crate::app::video::{LineContent, ReadyHint};
use crate::media::Media;
use crate::protocol::command::Command;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{MemberId, Seq};
use crate::protocol::lobby::{StartCause, StartRule};
use crate::protocol::member::Role;
use crate::protocol::playback::{LoadCause, Playing, Retime, Segment};
use crate::protocol::time::Span;
use crate::strings::video::overlay;
use crate::sync::player::{LineKey, PlayerEvent, ProcessState, WindowKey};
use crate::texts::language::Language;

/// Other media comes on, paused or behind a gate.
fn loads(server: &mut Server, story: &mut Story, paused: bool, gate: Vec<MemberId>) {
    let timeline = &server.room().timeline;
    let loaded = RoomEvent::Loaded {
        epoch: timeline.epoch.next(),
        playing: Playing {
            media: Media::parse(LINK).unwrap(),
            ..timeline.playing.clone().unwrap()
        },
        segment: Segment {
            paused,
            start: server.room().at + Span::seconds(8),
            ..Segment::default()
        },
        entry: None,
        interrupted: None,
        cause: LoadCause::Played,
        gate,
    };
    happens(server, story, loaded);
}

fn happens(server: &mut Server, story: &mut Story, event: RoomEvent) -> Vec<Effect> {
    let fact = server.happen_by(Some((ALICE, Seq(30))), event);
    story.facts(vec![fact])
}

fn commands(effects: &[Effect]) -> Vec<Command> {
    let sent = crate::app::tests::commands(effects).into_iter();
    sent.map(|(_, command)| command).collect()
}

fn in_the_lobby(role: Role) -> (Server, Story) {
    let (mut server, mut story) = watching(role);
    loads(&mut server, &mut story, true, Vec::new());
    let set = RoomEvent::StartSet {
        start: Some(StartRule::Told),
        missed: false,
    };
    happens(&mut server, &mut story, set);
    // What was told of it has faded.
    story.pass(Span::seconds(9));
    (server, story)
}

fn words(story: &Story, language: Language) -> Vec<String> {
    let lines = overlay(language, &story.app.scene()).lines.into_iter();
    let text = |spans: Vec<crate::sync::player::OverlaySpan>| {
        spans.into_iter().map(|span| span.text).collect::<String>()
    };
    lines.map(|line| text(line.spans)).collect()
}

#[test]
fn the_lobby_stands_there_until_the_film_starts() {
    let (mut server, mut story) = in_the_lobby(Role::Viewer);
    assert_eq!(
        words(&story, Language::English),
        [
            "The video starts when Alice says so · not\u{a0}ready\u{a0}yet:\u{a0}Alice, you",
            "Ready? Press Space."
        ]
    );
    assert_eq!(
        words(&story, Language::Russian),
        [
            "Начало: когда скажет Alice · ещё\u{a0}не\u{a0}готовы:\u{a0}Alice, вы",
            "Готовы? Нажмите пробел."
        ]
    );
    assert_eq!(
        commands(&press(&mut story, WindowKey::Pause)),
        [Command::SetReady { ready: true }]
    );
    let is_ready = RoomEvent::ReadyChanged {
        member: ME,
        ready: true,
    };
    happens(&mut server, &mut story, is_ready);
    assert_eq!(
        words(&story, Language::English),
        [
            "The video starts when Alice says so · ready:\u{a0}you · not\u{a0}ready\u{a0}yet:\u{a0}Alice"
        ]
    );
    let at = server.room().at;
    let starts = RoomEvent::Retimed {
        segment: Segment {
            start: at + Span::seconds(3),
            ..Segment::default()
        },
        retime: Retime::Started {
            why: StartCause::Told,
        },
        in_player: false,
        countdown: true,
    };
    happens(&mut server, &mut story, starts);
    assert_eq!(words(&story, Language::English), [""; 0]);
}

#[test]
fn whoever_may_start_the_film_is_ready_by_the_same_key_or_a_line() {
    let (_, mut story) = in_the_lobby(Role::Admin);
    let lines = story.app.scene().lines.into_iter();
    let hints = lines.filter_map(|line| match line.content {
        LineContent::ReadyHint(hint) => Some(hint),
        _ => None,
    });
    assert_eq!(hints.collect::<Vec<_>>(), [ReadyHint::Key]);
    let effects = press(&mut story, WindowKey::Pause);
    assert_eq!(commands(&effects), [Command::SetReady { ready: true }]);
    write(&mut story, "/ready");
    let effects = press(&mut story, WindowKey::Line(LineKey::Send));
    assert_eq!(commands(&effects), [Command::SetReady { ready: true }]);
}

#[test]
fn chat_gives_way_to_the_lobby_and_not_the_lobby_to_chat() {
    let (mut server, mut story) = in_the_lobby(Role::Viewer);
    for text in ["one", "two", "three"] {
        super::says(&mut story, &mut server, text);
    }
    let lines = seen(&story);
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[0].starts_with("Lobby("), "{lines:?}");
    assert_eq!(lines[2..], ["two", "three"]);
}

#[test]
fn whose_players_the_start_waits_for_stands_there() {
    let (mut server, mut story) = watching(Role::Viewer);
    loads(&mut server, &mut story, false, vec![ALICE]);
    let first = |story: &Story, language| words(story, language).swap_remove(0);
    assert_eq!(first(&story, Language::English), "Waiting for Alice");
    assert_eq!(first(&story, Language::Russian), "Ждём: Alice");
    loads(&mut server, &mut story, false, vec![ALICE, ME]);
    assert_eq!(
        first(&story, Language::English),
        "The room is waiting for your video"
    );
    // Another player of one's own is told at once.
    story.player(PlayerEvent::Process(ProcessState::Frozen));
    story.player(PlayerEvent::Process(ready()));
    assert!(seen(&story)[0].starts_with("Awaited("));
}
