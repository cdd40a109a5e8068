//! What a member chose of the screen: how it is divided, what flashes and what rings.

use super::{Keys, ToastContent, evening, with_screen};
use crate::app::appearance::ThemeChoice;
use crate::app::config::AppConfig;
use crate::app::effect::{Alert, Effect};
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::osd_level::OsdLevel;
use crate::app::output::{Output, Why};
use crate::app::own_reactions::OwnReactions;
use crate::app::preferences::{AlertKind, AlertMode, OwnChoice, OwnChoices};
use crate::app::screen::chat_log::{BeganAt, LogContent};
use crate::app::tests::{ALICE, ME, Story, name};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::member::Role;
use crate::protocol::playback::{LoadCause, Segment};
use crate::protocol::text::Emoji;
use crate::protocol::time::{Position, Rate, Span};
use crate::test_support::playing;
use crate::texts::language::Language;
use crate::wire::message::ServerMsg;

fn kept(effects: &[Effect]) -> Vec<OwnChoice> {
    let kept = effects.iter().filter_map(|effect| match effect {
        Effect::Keep(chosen) => Some(chosen.clone()),
        _ => None,
    });
    kept.collect()
}

fn alerts(effects: &[Effect]) -> Vec<Alert> {
    let alerts = effects.iter().filter_map(|effect| match effect {
        Effect::Alert(alert) => Some(alert.clone()),
        _ => None,
    });
    alerts.collect()
}

impl Keys {
    fn enter(&mut self, line: &str) -> Vec<Effect> {
        self.write(line);
        self.key(Key::Enter)
    }

    fn flashes(&self) -> bool {
        self.screen().flashes(self.story.app.local_now())
    }
}

fn reaction(from: MemberId) -> ServerMsg {
    let reaction = Reaction {
        from,
        name: name("Alice"),
        emoji: Emoji::parse("🔥").unwrap(),
    };
    ServerMsg::Reactions {
        reactions: vec![reaction],
    }
}

#[test]
fn f6_and_its_command_go_to_the_cinema_and_back_and_that_is_kept() {
    let mut keys = Keys::in_room(Role::Viewer);
    let is_cinema = |keys: &Keys| keys.screen().preferences().layout.is_cinema;
    let effects = keys.key(Key::F(6));
    assert!(is_cinema(&keys));
    let layout = keys.screen().preferences().layout;
    assert_eq!(kept(&effects), [OwnChoice::Layout(layout)]);
    assert!(matches!(keys.toast(), Some(ToastContent::Layout(_))));
    assert_eq!(kept(&keys.enter("/layout cinema")), [], "it is so already");
    assert_eq!(kept(&keys.enter("/вид полный")).len(), 1);
    assert!(!is_cinema(&keys));
    keys.enter("/layout");
    assert!(is_cinema(&keys));
    // To make the chat wider shows what it is wider than.
    let effects = keys.press(KeyPress::alt('>'));
    assert!(!is_cinema(&keys));
    let mut chosen = OwnChoices::default();
    chosen.set(kept(&effects)[0].clone());
    let again = AppConfig {
        screen: Some(crate::app::config::ScreenConfig {
            preferences: chosen.screen,
            ..crate::app::config::ScreenConfig::default()
        }),
        ..with_screen()
    };
    let story = Story::joined_with(again, &evening(Role::Viewer));
    let chosen = *story.app.screen().unwrap().preferences();
    assert_eq!(chosen, *keys.screen().preferences());
}

/// What a member chooses on their own screen is kept, whatever it is; to ask for it keeps nothing,
/// nor does what cannot be chosen.
#[test]
fn what_is_chosen_with_a_command_is_kept_for_the_next_time() {
    let popcorn = OwnReactions::beginning_with([Emoji::parse("🍿").unwrap()]);
    let mut keys = Keys::in_room(Role::Viewer);
    for (line, chosen) in [
        ("/theme light", OwnChoice::Theme(ThemeChoice::Light)),
        ("/theme auto", OwnChoice::Theme(ThemeChoice::Auto)),
        ("/osd quiet", OwnChoice::Osd(OsdLevel::Quiet)),
        ("/lang ru", OwnChoice::Language(Language::Russian)),
        ("/реакции 1 🍿", OwnChoice::Reactions(popcorn)),
        (
            "/сигналы фильм выкл",
            OwnChoice::Alert(Some(AlertKind::MediaStart), AlertMode::Off),
        ),
    ] {
        assert_eq!(kept(&keys.enter(line)), [chosen], "{line}");
    }
    for line in ["/osd", "/reactions", "/alerts", "/theme own", "/vol 40"] {
        assert_eq!(kept(&keys.enter(line)), [], "{line}");
    }
}

#[test]
fn a_reaction_flashes_until_the_member_chooses_otherwise() {
    let mut keys = Keys::in_room(Role::Viewer);
    let effects = keys.story.receive(reaction(ALICE));
    assert!(keys.flashes());
    assert_eq!(alerts(&effects), []);
    keys.story.pass(Span::seconds(1));
    assert!(!keys.flashes());
    let effects = keys.enter("/alerts reaction ring");
    assert_eq!(kept(&effects).len(), 1);
    let effects = keys.story.receive(reaction(ALICE));
    assert!(!keys.flashes());
    let fire = Emoji::parse("🔥").unwrap();
    assert_eq!(alerts(&effects), [Alert::Reacted(name("Alice"), fire)]);
    let effects = keys.story.receive(reaction(ME));
    assert_eq!(alerts(&effects), [], "nobody rings for themselves");
    keys.enter("/сигналы выкл");
    let chosen = keys.screen().preferences().alerts;
    assert_eq!(chosen.of(AlertKind::Mention), AlertMode::Off);
    assert_eq!(alerts(&keys.story.receive(reaction(ALICE))), []);
    assert_eq!(keys.toast(), Some(&ToastContent::Alerts(chosen)));
}

#[test]
fn what_is_chosen_of_the_screen_needs_one() {
    let mut story = Story::joined(&evening(Role::Viewer));
    for line in ["/layout cinema", "/alerts off", "/alerts"] {
        let effects = story.on(Event::Line(line.to_owned()));
        let denied = effects.iter().any(|effect| {
            matches!(
                effect,
                Effect::Output(Output::Denied {
                    why: Why::NoScreen,
                    ..
                })
            )
        });
        assert!(denied, "{line}: {effects:?}");
    }
}

#[test]
fn what_plays_as_one_comes_has_the_hour_that_the_room_tells() {
    let keys = Keys::in_room(Role::Viewer);
    let log = keys.screen().log();
    let began = log.lines().find_map(|line| match &line.content {
        LogContent::MediaBegan(began) => Some(began),
        _ => None,
    });
    assert!(matches!(began.unwrap().at, Some(BeganAt::Told(_))));
}

#[test]
fn who_comes_later_finds_each_media_above_what_was_said_during_it() {
    let mut server = evening(Role::Viewer);
    server.chat("about the first");
    server.happen(RoomEvent::Loaded {
        epoch: Epoch(2),
        playing: playing("https://example.org/2.mp4"),
        segment: Segment {
            anchor: Position::START,
            start: server.room().at,
            rate: Rate::NORMAL,
            paused: false,
        },
        entry: None,
        interrupted: None,
        cause: LoadCause::Skipped,
        gate: Vec::new(),
    });
    server.chat("about the second");
    let mut keys = Keys {
        story: Story::joined_with(with_screen(), &server),
    };
    let shown = |keys: &Keys| -> Vec<String> {
        let lines = keys.screen().log().lines();
        let shown = lines.filter_map(|line| match &line.content {
            LogContent::MediaBegan(began) => Some(format!("{}", began.epoch.0)),
            LogContent::Chat(chat) => Some(chat.line.text.to_string()),
            _ => None,
        });
        shown.collect()
    };
    let expected = ["1", "about the first", "2", "about the second"];
    assert_eq!(shown(&keys), expected);
    keys.story.come_back(server.whole());
    assert_eq!(shown(&keys), expected, "and once");
}
