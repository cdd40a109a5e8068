//! Lines of the window: what they may ask for, and where their answers are read.

use super::{LINK, keys, press, process, seen, watching, write};
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::output::{Notice, Output, WindowNotice};
use crate::app::tests::playing::{load, ready};
use crate::app::tests::{ALICE, Server, Story, commands, config};
use crate::media::subtitles::SubtitleLink;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Rev, Seq};
use crate::protocol::member::Role;
use crate::protocol::playback::SubtitleOffer;
use crate::protocol::text::MemberName;
use crate::protocol::time::Span;
use crate::sync::player::{
    CloseCause, LineKey, OwnAct, OwnReport, PlayerCommand, PlayerEvent, ProcessState, Sound,
    WindowKey,
};
use crate::test_support;
use crate::texts::language::Language;
use crate::wire::message::ServerMsg;

fn send(story: &mut Story, line: &str) -> Vec<Effect> {
    write(story, line);
    press(story, WindowKey::Line(LineKey::Send))
}

/// The notices that the terminal gets.
fn told(effects: &[Effect]) -> Vec<&Notice> {
    let notices = effects.iter().filter_map(|effect| match effect {
        Effect::Output(Output::Notice(notice)) => Some(notice),
        _ => None,
    });
    notices.collect()
}

fn written(story: &Story) -> Option<String> {
    let written = story.app.scene().written;
    written.map(|text| format!("{}|{}", text.before, text.after))
}

/// A client with a screen, whose player runs.
fn with_screen() -> Story {
    let mut server = Server::with(Role::Viewer);
    load(&mut server, LINK);
    let config = AppConfig {
        screen: Some(ScreenConfig::default()),
        ..config()
    };
    let mut story = Story::joined_with(config, &server);
    story.compare_clocks(&server);
    process(&mut story, ready());
    story
}

/// What is written on the line of the terminal.
fn in_terminal(story: &Story) -> &str {
    story.app.screen().unwrap().line().text()
}

fn undone(effects: &[Effect]) -> usize {
    let undone = |notice: &&&Notice| matches!(notice, Notice::ActionUndone(_));
    told(effects).iter().filter(undone).count()
}

#[test]
fn with_everything_off_the_terminal_says_what_a_key_or_a_line_came_to() {
    let (_, mut story) = watching(Role::Viewer);
    story.on(Event::Line("/osd off".into()));
    send(&mut story, "hello");
    let effects = story.denied(1, &Denied::Muted);
    assert_eq!(undone(&effects), 1, "{effects:?}");
    assert_eq!(written(&story).as_deref(), Some("hello|"));
    assert_eq!(seen(&story), ["why"], "beside the line");
    press(&mut story, WindowKey::Line(LineKey::Close));
    assert_eq!(seen(&story), [""; 0]);
    let effects = send(&mut story, "/pasue");
    assert_eq!(undone(&effects), 1, "{effects:?}");
    press(&mut story, WindowKey::Line(LineKey::Close));
    let effects = send(&mut story, "/quit");
    let only = Notice::Window(WindowNotice::OnlyInTerminal);
    assert_eq!(told(&effects), [&only]);
    press(&mut story, WindowKey::Line(LineKey::Close));
    press(&mut story, WindowKey::SyncState);
    assert_eq!(seen(&story), ["sync state"], "one asked for it");
    story.lose();
    for key in [WindowKey::React(1), WindowKey::Write] {
        let effects = press(&mut story, key);
        assert_eq!(undone(&effects), 1, "{effects:?}");
    }
}

#[test]
fn what_is_read_over_the_picture_is_not_said_twice() {
    let (_, mut story) = watching(Role::Viewer);
    let effects = send(&mut story, "/pasue");
    assert_eq!(told(&effects), [&Notice::Help; 0]);
    assert_eq!(seen(&story), ["why"]);
}

#[test]
fn a_refused_line_goes_to_the_terminal_while_another_is_written() {
    let mut story = with_screen();
    send(&mut story, "hello");
    write(&mut story, "and an");
    let effects = story.denied(1, &Denied::Muted);
    assert_eq!(written(&story).as_deref(), Some("and an|"));
    assert_eq!(in_terminal(&story), "hello");
    assert_eq!(undone(&effects), 1, "{effects:?}");
    assert_eq!(seen(&story), ["why"]);
}

#[test]
fn a_refused_line_goes_to_the_terminal_when_there_is_no_window_any_more() {
    let mut story = with_screen();
    send(&mut story, "/rate 1.5");
    process(&mut story, ProcessState::Closed(CloseCause::Killed));
    story.denied(1, &Denied::Muted);
    assert_eq!(in_terminal(&story), "/rate 1.5");
    assert_eq!(written(&story), None);
}

#[test]
fn a_command_that_is_refused_comes_back_as_it_was_written() {
    let (_, mut story) = watching(Role::Viewer);
    let effects = send(&mut story, "/RATE 1.5");
    assert_eq!(commands(&effects).len(), 1);
    story.denied(1, &Denied::Muted);
    assert_eq!(written(&story).as_deref(), Some("/RATE 1.5|"));
}

#[test]
fn a_half_written_line_outlasts_the_window() {
    let mut story = with_screen();
    write(&mut story, "half a thought");
    press(&mut story, WindowKey::Line(LineKey::WordLeft));
    let effects = process(&mut story, ProcessState::Closed(CloseCause::Killed));
    let kept = Notice::Window(WindowNotice::LineKept);
    assert!(told(&effects).contains(&&kept), "{effects:?}");
    assert_eq!(in_terminal(&story), "", "it may be wanted for /retry");
    story.on(Event::Key(KeyPress::plain(Key::Up)));
    assert_eq!(in_terminal(&story), "half a thought");
    process(&mut story, ProcessState::Starting);
    let effects = process(&mut story, ready());
    assert_eq!(written(&story).as_deref(), Some("half a |thought"));
    assert_eq!(keys(&effects).last().map(|keys| keys.writes), Some(true));
    let effects = press(&mut story, WindowKey::Line(LineKey::Send));
    assert_eq!(commands(&effects).len(), 1);
    // An empty line is nothing to keep.
    press(&mut story, WindowKey::Write);
    let effects = process(&mut story, ProcessState::Closed(CloseCause::Killed));
    assert!(!told(&effects).contains(&&kept), "{effects:?}");
    process(&mut story, ready());
    assert_eq!(written(&story), None);
}

/// The words over the picture.
fn words(story: &Story) -> Vec<String> {
    let overlay = crate::strings::video::overlay(Language::English, &story.app.scene());
    let lines = overlay.lines.into_iter();
    let words = |spans: Vec<crate::sync::player::OverlaySpan>| {
        spans.into_iter().map(|span| span.text).collect::<String>()
    };
    lines.map(|line| words(line.spans)).collect()
}

#[test]
fn subtitles_that_are_offered_are_read_and_accepted_over_the_picture() {
    let (mut server, mut story) = watching(Role::Viewer);
    let epoch = server.room().timeline.epoch;
    story.player(test_support::loaded(epoch));
    super::pass(&mut story, Span::seconds(10));
    let offer = SubtitleOffer {
        link: SubtitleLink::parse("https://example.org/film.en.srt").unwrap(),
        by: ALICE,
        by_name: MemberName::parse("Alice").unwrap(),
    };
    let offered = RoomEvent::SubtitlesOffered { epoch, offer };
    let fact = server.happen_by(Some((ALICE, Seq(9))), offered);
    story.facts(vec![fact]);
    let words = words(&story).pop().unwrap();
    assert!(words.starts_with("Alice offers subtitles:"), "{words}");
    assert!(words.ends_with("Enter, then /subtitles yes"), "{words}");
    let effects = send(&mut story, "/subtitles yes");
    let adds =
        |effect: &Effect| matches!(effect, Effect::Player(PlayerCommand::AddSubtitles { .. }));
    assert!(effects.iter().any(adds), "{effects:?}");
    assert_eq!(written(&story), None);
}

#[test]
fn the_line_takes_every_command_that_needs_no_page_of_the_terminal() {
    let (_, mut story) = watching(Role::Admin);
    let effects = send(&mut story, "/vol 50");
    assert!(effects.contains(&Effect::Player(PlayerCommand::SetVolume(50))));
    let sound = |volume| PlayerEvent::Own {
        report: OwnReport::Sound(Sound {
            volume,
            muted: false,
            most: 130,
        }),
        answers: Some(OwnAct::Volume),
    };
    for volume in [50, 52] {
        story.player(sound(volume));
    }
    let own = words(&story);
    let volumes: Vec<&String> = own
        .iter()
        .filter(|words| words.starts_with("Volume"))
        .collect();
    assert_eq!(
        volumes,
        ["Volume 52 %"],
        "the last one stands for those before"
    );
    for (line, answer) in [
        ("/rate", "rate_now"),
        ("/sub", "own"),
        ("/reactions", "reactions"),
        ("/lang en", "language_changed"),
        ("/osd", "window"),
    ] {
        send(&mut story, line);
        let lines = story.app.scene().lines;
        let last = lines.last().map(|line| &line.content);
        let Some(super::LineContent::Notice(notice)) = last else {
            panic!("{line}: {last:?}");
        };
        assert_eq!(<&str>::from(notice), answer, "{line}");
        assert_eq!(written(&story), None, "{line}");
    }
    for line in ["/who", "/theme dark", "/join other", "/kick Alice", "/help"] {
        send(&mut story, line);
        assert_eq!(seen(&story).last().unwrap(), "window", "{line}");
        assert!(written(&story).is_some(), "{line}");
        press(&mut story, WindowKey::Line(LineKey::Close));
    }
}

#[test]
fn what_is_seen_nowhere_else_is_confirmed_over_the_picture() {
    let (_, mut story) = watching(Role::Viewer);
    send(&mut story, "/add https://example.org/other.mp4");
    assert_eq!(words(&story), [""; 0], "nothing came of it yet");
    let ok = |story: &mut Story, seq| {
        let (seq, rev) = (Seq(seq), Rev(9));
        story.receive(ServerMsg::Ok { seq, rev });
    };
    ok(&mut story, 1);
    let done = "✓ /add https://example.org/other.mp4";
    assert_eq!(words(&story), [done]);
    send(&mut story, "hello");
    ok(&mut story, 2);
    assert_eq!(words(&story), [done], "one's message is seen itself");
    send(&mut story, "/away");
    assert_eq!(words(&story), [done, "✓ /away"]);
}

#[test]
fn a_line_over_the_picture_takes_no_number_from_those_of_a_script() {
    let (_, mut story) = watching(Role::Admin);
    send(&mut story, "/vol 50");
    send(&mut story, "hello");
    let effects = story.on(Event::Line("/vol 60".into()));
    let ok = |effect: &Effect| matches!(effect, Effect::Output(Output::Ok { line: 1, .. }));
    assert!(effects.iter().any(ok), "{effects:?}");
    let sent = commands(&send(&mut story, "/title A film"));
    assert!(
        matches!(sent[..], [(2, Command::SetTitle { .. })]),
        "{sent:?}"
    );
}
