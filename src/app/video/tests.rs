//! What stands over the picture and what its keys do: stories of a client whose player runs.

use super::{LineContent, OsdLevel, Scene, WindowOrder};
use crate::app::effect::Effect;
use crate::app::output::{Notice, Output, WindowNotice};
use crate::app::tests::playing::{load, ready};
use crate::app::tests::{ALICE, Server, Story, commands};
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::ephemeral::Reaction;
use crate::protocol::member::Role;
use crate::protocol::text::{Emoji, MemberName};
use crate::protocol::time::Span;
use crate::sync::player::{
    CloseCause, LineKey, PlayerCommand, PlayerEvent, ProcessState, WindowEvent, WindowKey,
    WindowKeys,
};
use crate::wire::message::ServerMsg;

mod answers;
mod emotes;
mod levels;
mod lobby;
mod names;
mod own;

const LINK: &str = "https://example.org/film.mp4";

/// A client in a role whose player runs, in a room where a film is on.
fn watching(role: Role) -> (Server, Story) {
    let mut server = Server::with(role);
    load(&mut server, LINK);
    let mut story = Story::joined(&server);
    story.compare_clocks(&server);
    process(&mut story, ready());
    (server, story)
}

/// Time passes in which the server is heard.
fn pass(story: &mut Story, span: Span) -> Vec<Effect> {
    let end = story.now.local + span;
    let mut effects = Vec::new();
    while story.now.local < end {
        let step = (end - story.now.local).min(Span::seconds(1));
        effects.extend(story.pass(step));
        let reactions = Vec::new();
        effects.extend(story.receive(ServerMsg::Reactions { reactions }));
    }
    effects
}

fn process(story: &mut Story, state: ProcessState) -> Vec<Effect> {
    story.player(PlayerEvent::Process(state))
}

fn press(story: &mut Story, key: WindowKey) -> Vec<Effect> {
    story.player(PlayerEvent::Window(WindowEvent::Key(key)))
}

fn write(story: &mut Story, text: &str) {
    press(story, WindowKey::Write);
    for c in text.chars() {
        press(story, WindowKey::Line(LineKey::Text(c.to_string())));
    }
}

fn says(story: &mut Story, server: &mut Server, text: &str) -> Vec<Effect> {
    let fact = server.chat(text);
    story.facts(vec![fact])
}

fn react(story: &mut Story) {
    let reaction = Reaction {
        from: ALICE,
        name: MemberName::parse("Alice").unwrap(),
        emoji: Emoji::parse("🔥").unwrap(),
    };
    let reactions = vec![reaction];
    story.receive(ServerMsg::Reactions { reactions });
}

/// The scenes that the player is to draw.
fn scenes(effects: &[Effect]) -> Vec<&Scene> {
    let drawn = effects.iter().filter_map(|effect| match effect {
        Effect::Window(WindowOrder::Draw(scene)) => Some(&**scene),
        _ => None,
    });
    drawn.collect()
}

fn keys(effects: &[Effect]) -> Vec<WindowKeys> {
    let keys = effects.iter().filter_map(|effect| match effect {
        Effect::Window(WindowOrder::Keys(keys)) => Some(*keys),
        _ => None,
    });
    keys.collect()
}

/// The lines that are seen now, each in a word.
fn seen(story: &Story) -> Vec<String> {
    let lines = story.app.scene().lines.into_iter();
    let word = |content| match content {
        LineContent::Chat(line) => line.text.as_str().to_owned(),
        LineContent::Notice(notice) => <&str>::from(&notice).to_owned(),
        LineContent::AskAgain(_) => "ask again".to_owned(),
        LineContent::Asked(_) => "asked".to_owned(),
        LineContent::Why(_) => "why".to_owned(),
        LineContent::SyncState(_) => "sync state".to_owned(),
        other => format!("{other:?}"),
    };
    lines.map(|line| word(line.content)).collect()
}

#[test]
fn a_message_stands_for_a_while_fades_in_steps_and_is_gone() {
    let (mut server, mut story) = watching(Role::Viewer);
    pass(&mut story, Span::seconds(10));
    let effects = says(&mut story, &mut server, "look behind you");
    assert_eq!(scenes(&effects).len(), 1);
    assert_eq!(seen(&story), ["look behind you"]);
    let effects = pass(&mut story, Span::millis(6_300));
    assert_eq!(scenes(&effects).len(), 0, "it stands still");
    let effects = pass(&mut story, Span::seconds(2));
    let opacities = scenes(&effects)
        .into_iter()
        .map(|scene| scene.lines.first().map(|line| line.opacity));
    let opacities: Vec<_> = opacities.collect();
    assert_eq!(opacities, [Some(75), Some(50), Some(25), None]);
}

#[test]
fn each_film_is_named_once_when_it_comes_on() {
    let (mut server, mut story) = watching(Role::Viewer);
    let named = |story: &Story| {
        let lines = story.app.scene().lines.into_iter();
        lines
            .filter(|line| matches!(line.content, LineContent::Started(_)))
            .count()
    };
    assert_eq!(named(&story), 0, "it was on before");
    let other = load(&mut server, "https://example.org/other.mp4");
    story.facts(vec![other]);
    assert_eq!(named(&story), 1);
    pass(&mut story, Span::seconds(10));
    assert_eq!(named(&story), 0);
}

#[test]
fn what_is_erased_is_gone_from_the_picture_too() {
    let (mut server, mut story) = watching(Role::Viewer);
    says(&mut story, &mut server, "a spoiler");
    let id = server.room().chat.lines().last().unwrap().id;
    let by = crate::app::tests::them("Alice");
    story.app.emit(Output::Erased {
        id,
        by,
        author: None,
    });
    assert_eq!(seen(&story), [""; 0]);
}

#[test]
fn a_reaction_moves_at_most_25_times_a_second_and_then_nothing_does() {
    let (_, mut story) = watching(Role::Viewer);
    pass(&mut story, Span::seconds(10));
    for _ in 0..16 {
        react(&mut story);
        pass(&mut story, Span::millis(7));
    }
    let effects = pass(&mut story, Span::seconds(1));
    let drawn = scenes(&effects);
    assert!((20..=26).contains(&drawn.len()), "{}", drawn.len());
    let risen = |scene: &&Scene| scene.floats[0].risen;
    assert!(
        drawn
            .windows(2)
            .all(|pair| risen(&pair[0]) <= risen(&pair[1]))
    );
    pass(&mut story, Span::seconds(2));
    assert_eq!(story.app.scene().floats, []);
    assert_eq!(scenes(&pass(&mut story, Span::seconds(5))).len(), 0);
}

#[test]
fn levels_leave_away_what_others_do_or_everything() {
    let (mut server, mut story) = watching(Role::Viewer);
    for (command, lines, floats) in [
        ("/osd full", vec!["window", "hello", "ask again"], 1),
        ("/osd quiet", vec!["window", "ask again"], 0),
        ("/osd off", vec![], 0),
    ] {
        pass(&mut story, Span::seconds(10));
        let effects = story.on(crate::app::event::Event::Line(command.into()));
        assert!(effects.iter().any(|effect| matches!(
            effect,
            Effect::Output(Output::Notice(Notice::Window(WindowNotice::OsdLevel(_))))
        )));
        says(&mut story, &mut server, "hello");
        react(&mut story);
        press(&mut story, WindowKey::Pause);
        assert_eq!(seen(&story), lines, "{command}");
        assert_eq!(story.app.scene().floats.len(), floats, "{command}");
    }
    write(&mut story, "hm");
    assert!(
        story.app.scene().written.is_some(),
        "one sees what one writes"
    );
    assert_eq!("quiet".parse(), Ok(OsdLevel::Quiet));
}

#[test]
fn a_viewers_space_is_denied_on_the_video_and_the_second_one_asks_once() {
    let (_, mut story) = watching(Role::Viewer);
    let effects = press(&mut story, WindowKey::Pause);
    assert_eq!(
        (commands(&effects), seen(&story)),
        (vec![], vec!["ask again".to_owned()])
    );
    let says = |effect: &Effect| {
        matches!(
            effect,
            Effect::Output(Output::Notice(Notice::ActionUndone(_)))
        )
    };
    assert!(
        effects.iter().any(says),
        "the terminal says it too: {effects:?}"
    );
    let effects = press(&mut story, WindowKey::Pause);
    let asks = |command: &Command| {
        matches!(command, Command::Ask { request }
        if matches!(request.command(), Command::Pause { .. }))
    };
    let sent = commands(&effects);
    assert!(
        matches!(&sent[..], [(_, command)] if asks(command)),
        "{sent:?}"
    );
    assert_eq!(seen(&story), ["asked"]);
    assert_eq!(commands(&press(&mut story, WindowKey::Pause)), []);
    pass(&mut story, Span::seconds(9));
    assert_eq!(commands(&press(&mut story, WindowKey::Pause)), []);
    assert_eq!(seen(&story), ["ask again"]);
}

#[test]
fn space_is_taken_from_those_only_who_may_not_pause() {
    for (role, takes_pause) in [
        (Role::Viewer, true),
        (Role::Moderator, true),
        (Role::Admin, false),
    ] {
        let server = Server::with(role);
        let mut story = Story::joined(&server);
        let writes = false;
        let taken = keys(&process(&mut story, ready()));
        assert_eq!(
            taken,
            [WindowKeys {
                takes_pause,
                writes
            }]
        );
        assert_eq!(keys(&pass(&mut story, Span::seconds(2))), [], "only once");
    }
}

#[test]
fn no_key_is_taken_from_who_wants_none_to_be() {
    let mut config = crate::app::tests::config();
    config.video.takes_keys = false;
    let mut story = Story::joined_with(config, &Server::new());
    assert_eq!(keys(&process(&mut story, ready())), []);
}

#[test]
fn a_line_is_written_and_sent_from_the_window() {
    let (_, mut story) = watching(Role::Viewer);
    write(&mut story, "привет!!");
    assert_eq!(
        story.app.scene().written.unwrap().before,
        "привет!!",
        "it is seen"
    );
    press(&mut story, WindowKey::Line(LineKey::Erase));
    let effects = press(&mut story, WindowKey::Line(LineKey::Send));
    let text = crate::protocol::text::ChatText::parse("привет!").unwrap();
    assert_eq!(commands(&effects), [(1, Command::Chat { text })]);
    assert_eq!(keys(&effects).last().map(|keys| keys.writes), Some(false));
    assert_eq!(story.app.scene().written, None);
    write(&mut story, "never mind");
    press(&mut story, WindowKey::Line(LineKey::Close));
    assert_eq!(story.app.scene().written, None);
}

#[test]
fn what_cannot_be_sent_stays_in_the_line_with_its_reason() {
    let (_, mut story) = watching(Role::Admin);
    for line in ["/pasue", "/kick Alice", "/close", "/quit", "/gallery"] {
        write(&mut story, line);
        let effects = press(&mut story, WindowKey::Line(LineKey::Send));
        assert_eq!(commands(&effects), [], "{line}");
        assert_eq!(story.app.scene().written.unwrap().before, line);
        assert!(["why", "window"].contains(&seen(&story).last().unwrap().as_str()));
        press(&mut story, WindowKey::Line(LineKey::Close));
    }
    story.lose();
    press(&mut story, WindowKey::Write);
    assert_eq!(
        story.app.scene().written,
        None,
        "there is nobody to write to"
    );
}

#[test]
fn a_message_that_the_room_refuses_comes_back_into_the_line() {
    let (_, mut story) = watching(Role::Viewer);
    write(&mut story, "hello");
    press(&mut story, WindowKey::Line(LineKey::Send));
    let effects = story.denied(1, &Denied::Muted);
    let answers = |effect: &Effect| matches!(effect, Effect::Output(Output::Denied { .. }));
    assert!(!effects.iter().any(answers), "no line of input was it");
    assert_eq!(seen(&story), ["why"]);
    assert_eq!(story.app.scene().written.unwrap().before, "hello");
}

#[test]
fn reactions_go_to_the_room_and_the_sync_state_is_shown_on_demand() {
    let (_, mut story) = watching(Role::Viewer);
    let effects = press(&mut story, WindowKey::React(2));
    let emoji = Emoji::parse("🔥").unwrap();
    assert_eq!(commands(&effects), [(1, Command::React { emoji })]);
    assert_eq!(commands(&press(&mut story, WindowKey::React(9))), []);
    press(&mut story, WindowKey::SyncState);
    assert_eq!(seen(&story), ["sync state"]);
}

#[test]
fn another_mpv_gets_everything_again() {
    let (mut server, mut story) = watching(Role::Viewer);
    write(&mut story, "half a li");
    says(&mut story, &mut server, "hello");
    process(&mut story, ProcessState::Closed(CloseCause::Killed));
    assert_eq!(scenes(&says(&mut story, &mut server, "anyone?")).len(), 0);
    let effects = process(&mut story, ready());
    assert_eq!(scenes(&effects).len(), 1);
    assert_eq!(keys(&effects).len(), 1);
    let title = WindowOrder::Title("film · movie-night".into());
    assert!(effects.contains(&Effect::Window(title)), "{effects:?}");
    assert_eq!(seen(&story), ["hello", "anyone?"]);
    assert_eq!(story.app.scene().written.unwrap().before, "half a li");
}

#[test]
fn a_frozen_mpv_is_not_drawn_on_until_it_answers() {
    let (mut server, mut story) = watching(Role::Viewer);
    process(&mut story, ProcessState::Frozen);
    assert_eq!(scenes(&says(&mut story, &mut server, "hello")).len(), 0);
    assert_eq!(scenes(&process(&mut story, ProcessState::Thawed)).len(), 1);
}

#[test]
fn a_file_dropped_on_the_window_is_offered_and_the_rooms_film_opened_again() {
    for (role, link, may) in [
        (Role::Admin, Some("https://example.org/other.mp4"), true),
        (Role::Viewer, Some("https://example.org/other.mp4"), false),
        (Role::Admin, Some("https://example.org/page"), true),
        (Role::Admin, None, true),
    ] {
        let (_, mut story) = watching(role);
        let foreign = PlayerEvent::Window(WindowEvent::ForeignFile {
            link: link.map(str::to_owned),
            replaced: true,
        });
        let effects = story.player(foreign);
        let opens = |effect: &Effect| matches!(effect, Effect::Player(PlayerCommand::Load { .. }));
        assert!(effects.iter().any(opens), "{effects:?}");
        assert_eq!(commands(&effects), [], "it is nobody's film by itself");
        let Some(LineContent::Notice(Notice::Window(WindowNotice::ForeignFile {
            link: offered,
            may_play,
        }))) = story.app.scene().lines.pop().map(|line| line.content)
        else {
            panic!("{:?}", story.app.scene());
        };
        let expected = link.filter(|link| !link.ends_with("/page"));
        assert_eq!((offered.as_deref(), may_play), (expected, may));
    }
}
