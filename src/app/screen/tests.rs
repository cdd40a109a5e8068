//! Key scripts: a state, keys, a state. Keys go in as the terminal gives them; what comes
//! out is what the app orders and what its screen holds.

use super::{Focus, MenuItem, Overlay, Prompt, Question, Said, ScreenConfig};
use crate::app::config::{AppConfig, NAMELESS};
use crate::app::effect::{Effect, Exit};
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::keys::{Action, BINDINGS, Context, of};
use crate::app::screen::gallery::RoomsFault;
use crate::app::tests::{ALICE, ME, Server, Story, commands, config, connects, exit, name, sends};
use crate::media::Media;
use crate::protocol::command::{Command, SeekTarget, Who};
use crate::protocol::denied::Refused;
use crate::protocol::event::RoomEvent;
use crate::protocol::film::{Entry, EntryState, LoadCause, Playing, Segment};
use crate::protocol::ids::{EntryId, Epoch};
use crate::protocol::member::Role;
use crate::protocol::text::{ChatText, Emoji, Title};
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::protocol::wish::Wish;
use crate::sync::player::{PlayerCommand, Quality};
use crate::wire::message::{ClientMsg, HealthDigest, Reason, ServerMsg};
use crate::wire::pages::RoomCard;

fn with_screen() -> AppConfig {
    AppConfig {
        screen: Some(ScreenConfig::default()),
        ..config()
    }
}

/// A room with a film on and two entries in its queue: #1 approved, #2 proposed by Alice.
pub(crate) fn evening(role: Role) -> Server {
    let mut server = Server::with(role);
    let playing = Playing {
        media: Media::parse("https://example.org/film.mp4").unwrap(),
        title: Title::parse("Night of the Living Dead (1968)").ok(),
        duration: Some(Span::seconds(5_720)),
        live: false,
        by: ALICE,
        by_name: name("Alice"),
    };
    let segment = Segment {
        anchor: Position::seconds(2_530),
        start: RoomTime(1_000_000_000),
        rate: Rate::NORMAL,
        paused: false,
    };
    server.happen(RoomEvent::Loaded {
        epoch: Epoch(1),
        playing,
        segment,
        entry: None,
        interrupted: None,
        cause: LoadCause::Played,
    });
    for (number, state) in [(1, EntryState::Approved), (2, EntryState::Proposed)] {
        server.happen(RoomEvent::Queued {
            entry: entry(number, state),
        });
    }
    server
}

pub(crate) fn entry(number: u64, state: EntryState) -> Entry {
    Entry {
        id: EntryId(number),
        media: Media::parse(&format!("https://example.org/{number}.mp4")).unwrap(),
        title: None,
        start: Position::START,
        by: ALICE,
        by_name: name("Alice"),
        at: RoomTime(0),
        state,
    }
}

/// A client with a screen in that room, and the keys that are pressed there.
struct Keys {
    story: Story,
}

impl Keys {
    fn in_room(role: Role) -> Self {
        Self::with(with_screen(), role)
    }

    fn with(config: AppConfig, role: Role) -> Self {
        Self {
            story: Story::joined_with(config, &evening(role)),
        }
    }

    fn press(&mut self, press: KeyPress) -> Vec<Effect> {
        self.story.on(Event::Key(press))
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.press(KeyPress::plain(key))
    }

    /// Writes a text key by key; what the last one led to.
    fn write(&mut self, text: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        for letter in text.chars() {
            effects = self.key(Key::Char(letter));
        }
        effects
    }

    fn screen(&self) -> &super::Screen {
        self.story.app.screen().unwrap()
    }

    fn focus(&mut self, focus: Focus) {
        while self.screen().focus != focus {
            self.key(Key::BackTab);
        }
    }

    fn line(&self) -> &str {
        self.screen().line.text()
    }

    fn said(&self) -> Option<&Said> {
        self.screen().toast.as_ref().map(|toast| &toast.said)
    }
}

fn sent(effects: &[Effect]) -> Vec<Command> {
    commands(effects).into_iter().map(|(_, c)| c).collect()
}

fn orders(effects: &[Effect]) -> Vec<PlayerCommand> {
    let orders = effects.iter().filter_map(|effect| match effect {
        Effect::Player(order) => Some(order.clone()),
        _ => None,
    });
    orders.collect()
}

#[test]
fn letters_are_written_and_enter_sends_them() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("наконец-то 🍿.");
    assert_eq!(keys.line(), "наконец-то 🍿.");
    let effects = keys.key(Key::Enter);
    let text = ChatText::parse("наконец-то 🍿.").unwrap();
    assert_eq!(sent(&effects), [Command::Chat { text }]);
    assert_eq!(keys.line(), "");
    keys.key(Key::Up);
    assert_eq!(keys.line(), "наконец-то 🍿.", "the line before comes back");
    keys.key(Key::Down);
    assert_eq!(keys.line(), "");
}

#[test]
fn bare_arrows_on_the_line_never_move_the_room() {
    let mut keys = Keys::in_room(Role::Admin);
    for key in [
        Key::Left,
        Key::Right,
        Key::Up,
        Key::Down,
        Key::Home,
        Key::End,
    ] {
        assert!(sent(&keys.key(key)).is_empty(), "{key:?}");
    }
}

#[test]
fn every_film_key_of_the_map_asks_the_room() {
    let to = |seconds| Command::Seek {
        target: SeekTarget::By(Span::seconds(seconds)),
        mark: None,
    };
    let rate = |factor| Command::SetRate {
        rate: Rate::from_factor(factor).unwrap(),
    };
    let react = |n: usize| Command::React {
        emoji: Emoji::parse(Emoji::FIVE[n - 1]).unwrap(),
    };
    let cases = [
        (Key::Char(' '), Command::Pause { mark: None }),
        (Key::Left, to(-5)),
        (Key::Right, to(5)),
        (Key::Char('H'), to(-60)),
        (Key::Char('L'), to(60)),
        (Key::Char('u'), Command::Undo),
        (Key::Char('>'), Command::Skip),
        (Key::Char('['), rate(0.9)),
        (Key::Char(']'), rate(1.1)),
        (Key::Char('1'), react(1)),
        (Key::Char('2'), react(2)),
        (Key::Char('3'), react(3)),
        (Key::Char('4'), react(4)),
        (Key::Char('5'), react(5)),
        // On a Russian layout by their place.
        (Key::Char('г'), Command::Undo),
        (Key::Char('Р'), to(-60)),
    ];
    for (key, command) in cases {
        let mut keys = Keys::in_room(Role::Admin);
        keys.key(Key::Esc);
        assert_eq!(sent(&keys.key(key)), [command], "{key:?}");
    }
    let mut keys = Keys::in_room(Role::Admin);
    let paused = keys.press(KeyPress::ctrl('p'));
    assert_eq!(sent(&paused), [Command::Pause { mark: None }]);
    for n in 1..=5 {
        let digit = char::from_digit(n, 10).unwrap();
        let effects = keys.press(KeyPress::alt(digit));
        assert_eq!(sent(&effects), [react(n as usize)]);
    }
    assert_eq!(keys.line(), "");
}

#[test]
fn every_key_of_the_own_player_orders_it() {
    let cases = [
        ('9', PlayerCommand::AdjustVolume(-5)),
        ('0', PlayerCommand::AdjustVolume(5)),
        ('m', PlayerCommand::ToggleMute),
        ('v', PlayerCommand::CycleSubtitles),
        ('#', PlayerCommand::CycleAudio),
        ('f', PlayerCommand::ToggleFullscreen),
        ('r', PlayerCommand::Restart),
    ];
    for (letter, order) in cases {
        let mut keys = Keys::in_room(Role::Viewer);
        keys.key(Key::Esc);
        assert_eq!(
            orders(&keys.write(&letter.to_string())),
            [order],
            "{letter}"
        );
    }
}

#[test]
fn their_slash_twins_do_the_same() {
    let cases = [
        ("/vol 40", PlayerCommand::SetVolume(40)),
        ("/vol +5", PlayerCommand::AdjustVolume(5)),
        ("/vol -5", PlayerCommand::AdjustVolume(-5)),
        ("/mute", PlayerCommand::ToggleMute),
        ("/sub", PlayerCommand::CycleSubtitles),
        ("/audio", PlayerCommand::CycleAudio),
        ("/fullscreen", PlayerCommand::ToggleFullscreen),
        (
            "/quality 480",
            PlayerCommand::SetQuality(Quality::UpTo(480)),
        ),
        (
            "/quality audio",
            PlayerCommand::SetQuality(Quality::AudioOnly),
        ),
        (".ьгеу", PlayerCommand::ToggleMute),
    ];
    for (line, order) in cases {
        let mut keys = Keys::in_room(Role::Viewer);
        keys.write(line);
        assert_eq!(orders(&keys.key(Key::Enter)), [order], "{line}");
    }
}

#[test]
fn a_viewer_is_told_first_and_asks_by_a_second_press() {
    let mut keys = Keys::in_room(Role::Viewer);
    let effects = keys.key(Key::Char(' '));
    assert!(sent(&effects).is_empty());
    assert!(matches!(keys.said(), Some(Said::AskAgain(_))));
    let effects = keys.key(Key::Char(' '));
    assert_eq!(sent(&effects), [Command::Ask { wish: Wish::Pause }]);
    assert_eq!(keys.said(), Some(&Said::Asked(Wish::Pause)));
    assert_eq!(keys.line(), "", "the blank was no text");
}

#[test]
fn a_blank_pauses_only_on_an_empty_line_and_only_if_wanted() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.write("a b");
    assert_eq!(keys.line(), "a b");
    let screen = ScreenConfig {
        space_pauses: false,
        ..ScreenConfig::default()
    };
    let config = AppConfig {
        screen: Some(screen),
        ..config()
    };
    let mut keys = Keys::with(config, Role::Admin);
    assert!(sent(&keys.write(" ")).is_empty());
    assert_eq!(keys.line(), " ");
}

#[test]
fn the_focus_goes_round_and_back() {
    let mut keys = Keys::in_room(Role::Viewer);
    let round = [Focus::Chat, Focus::Queue, Focus::Members, Focus::Line];
    for focus in round {
        keys.key(Key::Tab);
        assert_eq!(keys.screen().focus, focus);
    }
    keys.key(Key::BackTab);
    assert_eq!(keys.screen().focus, Focus::Members);
    keys.key(Key::Esc);
    assert_eq!(keys.screen().focus, Focus::Line);
    keys.key(Key::Esc);
    assert_eq!(keys.screen().focus, Focus::Members, "the last pane");
    keys.write("i");
    assert_eq!(keys.screen().focus, Focus::Line);
    keys.key(Key::F(3));
    assert_eq!(keys.screen().focus, Focus::Queue);
    keys.write("/");
    assert_eq!((keys.screen().focus, keys.line()), (Focus::Line, "/"));
    keys.press(KeyPress::ctrl('c'));
    keys.key(Key::Esc);
    keys.write(".");
    assert_eq!(keys.line(), "/", "where the slash sits on a Russian layout");
    keys.press(KeyPress::ctrl('c'));
    keys.key(Key::Esc);
    keys.write("a");
    assert_eq!(keys.line(), "/add ");
}

#[test]
fn the_queue_is_decided_by_keys() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.focus(Focus::Queue);
    let entry = Some(EntryId(2));
    assert_eq!(
        keys.story.app.chosen_entry().unwrap().id,
        EntryId(2),
        "the proposal"
    );
    assert_eq!(sent(&keys.key(Key::Enter)), [Command::Approve { entry }]);
    assert_eq!(sent(&keys.write("x")), [Command::Reject { entry }]);
    keys.key(Key::Up);
    let (entry, place) = (EntryId(1), 2);
    assert_eq!(sent(&keys.write("J")), [Command::Move { entry, place }]);
    assert_eq!(sent(&keys.write("K")), [Command::Move { entry, place: 1 }]);
    keys.key(Key::Enter);
    let question = Overlay::Question(Question::PlayNow(entry));
    assert_eq!(keys.screen().overlay(), Some(&question));
    let play_now = [Command::Move { entry, place: 1 }, Command::Skip];
    assert_eq!(sent(&keys.write("y")), play_now);
    keys.write("x");
    let question = Overlay::Question(Question::Remove(entry));
    assert_eq!(keys.screen().overlay(), Some(&question));
    assert!(sent(&keys.key(Key::Esc)).is_empty());
    keys.write("jk");
    assert_eq!(keys.story.app.chosen_entry().unwrap().id, entry);
}

#[test]
fn what_is_done_to_members_is_chosen_and_confirmed() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.focus(Focus::Members);
    let alice = |keys: &Keys| keys.story.app.chosen_member().unwrap().id == ALICE;
    while !alice(&keys) {
        keys.key(Key::Down);
    }
    let items = keys.story.app.menu(ALICE);
    for (place, item) in items.iter().enumerate() {
        keys.key(Key::Enter);
        assert_eq!(keys.screen().overlay(), Some(&Overlay::Menu(ALICE, 0)));
        for _ in 0..place {
            keys.key(Key::Down);
        }
        let effects = keys.key(Key::Enter);
        let who = Who::Id(ALICE);
        match *item {
            MenuItem::Role(role) => {
                assert!(sent(&effects).is_empty(), "asked first");
                assert_eq!(sent(&keys.write("y")), [Command::SetRole { who, role }]);
            }
            MenuItem::Kick => {
                assert!(sent(&effects).is_empty(), "asked first");
                assert_eq!(sent(&keys.write("y")), [Command::Kick { who }]);
            }
            MenuItem::Heir => assert_eq!(sent(&effects), [Command::SetHeir { who }]),
            MenuItem::Ban => {
                assert!(sent(&effects).is_empty(), "asked first");
                assert_eq!(sent(&keys.write("y")), [Command::Ban { who }]);
            }
            MenuItem::Mute(muted) => {
                assert_eq!(sent(&effects), [Command::SetMuted { who, muted }]);
            }
            MenuItem::Spare(spared) => {
                let who = Some(who);
                assert_eq!(sent(&effects), [Command::SetSpared { who, spared }]);
            }
            MenuItem::Mention => {
                assert_eq!(keys.line(), "@Alice ");
                keys.focus(Focus::Members);
            }
        }
    }
}

#[test]
fn chat_is_scrolled_copied_and_its_link_opened() {
    let mut keys = Keys::in_room(Role::Viewer);
    let mut server = evening(Role::Viewer);
    let said = server.chat("look: https://example.org/a?b=1 nice");
    keys.story.facts(vec![said]);
    keys.focus(Focus::Chat);
    keys.key(Key::Up);
    let effects = keys.write("o");
    let link = "https://example.org/a?b=1".to_owned();
    assert!(effects.contains(&Effect::OpenLink(link)), "{effects:?}");
    let effects = keys.write("c");
    let whole = "look: https://example.org/a?b=1 nice".to_owned();
    assert!(effects.contains(&Effect::Copy(whole)), "{effects:?}");
    keys.key(Key::PageUp);
    assert!(keys.screen().log.new_lines().is_some());
    keys.key(Key::PageDown);
    assert!(keys.screen().log.new_lines().is_none());
}

#[test]
fn pages_open_and_close() {
    let pages = [
        (Key::F(1), Overlay::Help(0)),
        (Key::F(2), Overlay::Gallery),
        (Key::F(4), Overlay::Health(0)),
    ];
    for (key, page) in pages {
        let mut keys = Keys::in_room(Role::Viewer);
        let effects = keys.key(key);
        assert_eq!(keys.screen().overlay(), Some(&page));
        let asks = effects.iter().any(|e| matches!(e, Effect::AskRooms { .. }));
        assert_eq!(asks, page == Overlay::Gallery);
        keys.key(Key::Esc);
        assert_eq!(keys.screen().overlay(), None);
    }
    let mut keys = Keys::in_room(Role::Viewer);
    keys.key(Key::Esc);
    for (letter, page) in [('?', Overlay::Help(0)), ('w', Overlay::Health(0))] {
        keys.key(Key::Char(letter));
        assert_eq!(keys.screen().overlay(), Some(&page));
        keys.key(Key::Down);
        keys.key(Key::PageDown);
        keys.key(Key::Esc);
    }
    for (line, page) in [
        ("/help", Overlay::Help(0)),
        ("/who", Overlay::Health(0)),
        ("/members", Overlay::Health(0)),
        ("/why", Overlay::Health(0)),
        ("/gallery", Overlay::Gallery),
    ] {
        keys.focus(Focus::Line);
        keys.write(line);
        keys.key(Key::Enter);
        assert_eq!(keys.screen().overlay(), Some(&page), "{line}");
        keys.key(Key::Esc);
    }
    keys.write("/queue");
    keys.key(Key::Enter);
    assert_eq!(keys.screen().focus, Focus::Queue);
}

#[test]
fn the_invite_is_copied_in_three_ways() {
    let invite = "http://watch.example.org/r/movie-night".to_owned();
    let mut keys = Keys::in_room(Role::Viewer);
    let copies = |effects: &[Effect]| effects.contains(&Effect::Copy(invite.clone()));
    assert!(copies(&keys.press(KeyPress::ctrl('y'))));
    keys.write("/copy");
    assert!(copies(&keys.key(Key::Enter)));
    keys.key(Key::Esc);
    assert!(copies(&keys.write("y")));
}

#[test]
fn leaving_asks_and_says_for_how_many_the_server_ends() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("half a line");
    keys.press(KeyPress::ctrl('c'));
    assert_eq!(keys.line(), "");
    keys.press(KeyPress::ctrl('c'));
    let question = Overlay::Question(Question::Leave(None));
    assert_eq!(keys.screen().overlay(), Some(&question));
    keys.write("n");
    keys.key(Key::Esc);
    keys.write("q");
    let effects = keys.write("y");
    assert!(sends(&effects, &ClientMsg::Leave));

    let screen = ScreenConfig {
        hosts: Some("http://watch.example.org".to_owned()),
        ..ScreenConfig::default()
    };
    let config = AppConfig {
        screen: Some(screen),
        ..config()
    };
    let mut keys = Keys::with(config, Role::Admin);
    keys.write("/quit");
    keys.key(Key::Enter);
    let question = Overlay::Question(Question::Leave(Some(1)));
    assert_eq!(keys.screen().overlay(), Some(&question));
    let effects = keys.press(KeyPress::ctrl('c'));
    assert!(sends(&effects, &ClientMsg::Leave), "a second Ctrl-C goes");
}

#[test]
fn a_paste_of_lines_is_one_message_and_that_is_said() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.key(Key::Esc);
    keys.story
        .on(Event::Paste("one\r\ntwo\n\nthree\n".to_owned()));
    assert_eq!(keys.screen().focus, Focus::Line);
    assert_eq!(keys.line(), "one two three");
    assert_eq!(keys.said(), Some(&Said::Pasted(4)));
    keys.story.on(Event::Resize(30, 8));
    assert_eq!(keys.line(), "one two three", "no line of input is lost");
    keys.story.pass(Span::seconds(7));
    assert_eq!(keys.said(), None, "notices go");
}

#[test]
fn tab_completes_before_it_moves() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("@al");
    keys.key(Key::Tab);
    assert_eq!(keys.line(), "@Alice ");
    assert_eq!(keys.screen().focus, Focus::Line);
    assert!(keys.screen().completion.is_some());
    keys.write("hi");
    assert!(keys.screen().completion.is_none());
}

fn card(id: &str, viewers: u32) -> RoomCard {
    serde_json::from_value(serde_json::json!({
        "id": id, "title": null, "viewers": viewers, "playing": null, "since": 1.0
    }))
    .unwrap()
}

/// A client that began with the gallery, which has three rooms.
fn in_gallery() -> Keys {
    let screen = ScreenConfig {
        gallery_first: true,
        ..ScreenConfig::default()
    };
    let (story, effects) = Story::start(AppConfig {
        screen: Some(screen),
        ..config()
    });
    assert!(!connects(&effects), "no room is wanted yet");
    let asks = |effect: &Effect| matches!(effect, Effect::AskRooms { .. });
    assert!(effects.iter().any(asks), "{effects:?}");
    let mut keys = Keys { story };
    keys.story.on(Event::Rooms {
        server: "http://watch.example.org".to_owned(),
        answer: Ok(vec![
            card("lofi", 3),
            card("nosferatu", 41),
            card("shorts", 7),
        ]),
    });
    keys
}

fn joins(effects: &[Effect]) -> Option<(&str, &str)> {
    effects.iter().find_map(|effect| match effect {
        Effect::FindToken { server, room } => Some((server.as_str(), room.as_str())),
        _ => None,
    })
}

#[test]
fn a_room_of_the_gallery_is_joined_by_enter() {
    let mut keys = in_gallery();
    keys.key(Key::Down);
    let effects = keys.key(Key::Enter);
    let there = ("http://watch.example.org", "shorts");
    assert_eq!(joins(&effects), Some(there));
    assert_eq!(keys.screen().overlay(), None);
}

#[test]
fn typing_searches_tab_sorts_and_an_invite_is_joined() {
    let mut keys = in_gallery();
    keys.write("lo");
    let shown: Vec<&str> = keys
        .screen()
        .gallery
        .shown()
        .iter()
        .map(|r| r.id.as_str())
        .collect();
    assert_eq!(shown, ["lofi"]);
    keys.key(Key::Esc);
    keys.key(Key::Tab);
    let shown: Vec<&str> = keys
        .screen()
        .gallery
        .shown()
        .iter()
        .map(|r| r.id.as_str())
        .collect();
    assert_eq!(shown, ["lofi", "nosferatu", "shorts"]);
    let copied = keys.press(KeyPress::ctrl('y'));
    let invite = "http://watch.example.org/r/lofi".to_owned();
    assert!(copied.contains(&Effect::Copy(invite)));
    keys.story
        .on(Event::Paste("https://h.example/r/our-place\n".to_owned()));
    let effects = keys.key(Key::Enter);
    assert_eq!(joins(&effects), Some(("https://h.example", "our-place")));
}

#[test]
fn new_rooms_and_other_servers_are_asked_for() {
    let mut keys = in_gallery();
    keys.press(KeyPress::ctrl('o'));
    keys.press(KeyPress::ctrl('u'));
    keys.write("https://other.example");
    let effects = keys.key(Key::Enter);
    let server = "https://other.example".to_owned();
    assert!(effects.contains(&Effect::AskRooms {
        server: server.clone()
    }));
    let answer = Err(RoomsFault::NotAServer);
    keys.story.on(Event::Rooms { server, answer });
    assert!(keys.screen().gallery.fault.is_some());
    keys.press(KeyPress::ctrl('n'));
    keys.press(KeyPress::ctrl('u'));
    keys.write("Not A Room");
    keys.key(Key::Enter);
    assert_eq!(keys.said(), Some(&Said::BadRoom));
    keys.press(KeyPress::ctrl('u'));
    keys.write("new-room");
    let effects = keys.key(Key::Enter);
    assert_eq!(joins(&effects), Some(("https://other.example", "new-room")));
}

#[test]
fn a_room_that_is_not_to_be_had_leads_back_to_the_gallery() {
    let mut keys = in_gallery();
    keys.key(Key::Enter);
    keys.story.on(Event::TokenFound(None));
    keys.story.hello();
    let reason = Reason::new(&Refused::RoomFull { limit: 2 }, "full".into());
    let effects = keys.story.hear(ServerMsg::Refused(reason));
    assert_eq!(exit(&effects), None);
    assert_eq!(keys.screen().overlay(), Some(&Overlay::Gallery));
    assert!(matches!(keys.said(), Some(Said::Why(_))));
    let effects = keys.key(Key::Esc);
    assert_eq!(exit(&effects), Some(Exit::Left));
}

#[test]
fn a_first_start_asks_for_the_name_before_it_connects() {
    let screen = ScreenConfig {
        ask_name: true,
        ..ScreenConfig::default()
    };
    let (story, effects) = Story::start(AppConfig {
        screen: Some(screen),
        ..config()
    });
    assert_eq!(joins(&effects), None);
    let mut keys = Keys { story };
    assert!(matches!(
        keys.screen().overlay(),
        Some(Overlay::Prompt(Prompt::Name, _))
    ));
    keys.press(KeyPress::ctrl('u'));
    keys.key(Key::Enter);
    assert_eq!(keys.said(), Some(&Said::BadName));
    keys.write("Лена");
    let effects = keys.key(Key::Enter);
    assert!(effects.contains(&Effect::KeepName(name("Лена"))));
    assert!(joins(&effects).is_some());
    keys.story.on(Event::TokenFound(None));
    assert_eq!(keys.story.hello().name, name("Лена"));
}

#[test]
fn who_is_called_nothing_yet_writes_a_name_on_an_empty_line() {
    let screen = ScreenConfig {
        ask_name: true,
        ..ScreenConfig::default()
    };
    let (story, _) = Story::start(AppConfig {
        screen: Some(screen),
        name: name(NAMELESS),
        ..config()
    });
    let mut keys = Keys { story };
    keys.write("Ada");
    assert!(
        keys.key(Key::Enter)
            .contains(&Effect::KeepName(name("Ada")))
    );
}

#[test]
fn a_password_is_asked_for_and_can_be_given_again() {
    let mut story = Story::connecting(with_screen());
    story.hello();
    let refuse = |refused: &Refused| ServerMsg::Refused(Reason::new(refused, "no".into()));
    let effects = story.hear(refuse(&Refused::PasswordNeeded));
    assert_eq!(exit(&effects), None);
    let mut keys = Keys { story };
    keys.write("wrong");
    assert!(connects(&keys.key(Key::Enter)));
    assert_eq!(keys.story.hello().password.as_deref(), Some("wrong"));
    keys.story.hear(refuse(&Refused::PasswordWrong));
    assert!(matches!(
        keys.screen().overlay(),
        Some(Overlay::Prompt(Prompt::Password(_), editor)) if editor.is_empty()
    ));
    assert_eq!(exit(&keys.key(Key::Esc)), Some(Exit::Refused));
}

#[test]
fn reactions_fly_and_then_nothing_wakes_the_screen() {
    let mut keys = Keys::in_room(Role::Viewer);
    let mut server = evening(Role::Viewer);
    let paused = server.happen(RoomEvent::Finished {
        epoch: Epoch(1),
        position: Position::seconds(5_720),
    });
    keys.story.facts(vec![paused]);
    keys.story.pass(Span::seconds(3));
    assert_eq!(keys.screen().due, None, "nothing moves");
    let reaction = crate::protocol::ephemeral::Reaction {
        from: ALICE,
        name: name("Alice"),
        emoji: Emoji::parse("🔥").unwrap(),
    };
    let reactions = vec![reaction];
    keys.story.hear(ServerMsg::Reactions { reactions });
    let now = keys.story.app.local_now();
    let due = keys.screen().due.unwrap();
    assert!(due - now >= Span::millis(33) && due - now < Span::millis(50));
    keys.story.hear(ServerMsg::Health(HealthDigest::default()));
    assert_eq!(keys.screen().flying.rising(now).count(), 1);
}

#[test]
fn being_mentioned_rings_but_not_for_oneself() {
    use crate::app::effect::Alert;
    let mut keys = Keys::in_room(Role::Viewer);
    let mut server = evening(Role::Viewer);
    let effects = keys.story.facts(vec![server.chat("hey @BORIS look")]);
    assert!(effects.contains(&Effect::Alert(Alert::Mentioned(name("Alice")))));
    let effects = keys.story.facts(vec![server.chat("nothing for him")]);
    assert!(!effects.iter().any(|e| matches!(e, Effect::Alert(_))));
}

#[test]
fn away_is_told_at_once() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.key(Key::Esc);
    let effects = keys.write("b");
    let told = effects.iter().any(|effect| {
        matches!(effect, Effect::Send(ClientMsg::Health(health))
            if health.state == crate::wire::message::HealthState::Away)
    });
    assert!(told, "{effects:?}");
    assert_eq!(keys.said(), Some(&Said::Away(true)));
}

/// Each row of the table is pressed where it acts, and something happens: an effect, or
/// another state of the screen.
#[test]
fn every_row_of_the_key_map_is_handled() {
    for row in BINDINGS {
        for press in row.keys {
            let mut keys = if row.context == Context::Gallery {
                in_gallery()
            } else {
                Keys::in_room(Role::Admin)
            };
            prepare(&mut keys, row.context, row.action);
            let before = format!("{:?}", keys.screen());
            let effects = keys.press(*press);
            let after = format!("{:?}", keys.screen());
            assert!(!effects.is_empty() || before != after, "{row:?} {press:?}");
        }
    }
}

/// Brings the screen where a row has something to do.
fn prepare(keys: &mut Keys, context: Context, action: Action) {
    match (context, action) {
        (Context::Line, Action::HistoryBack | Action::HistoryOn) => {
            keys.write("sent before");
            keys.key(Key::Enter);
            if action == Action::HistoryOn {
                keys.key(Key::Up);
            }
        }
        (Context::Line, Action::Send) => {
            keys.write("hello");
        }
        (Context::OffLine, _) => keys.focus(Focus::Members),
        (Context::Chat, _) => {
            let mut server = evening(Role::Admin);
            let facts = vec![server.chat("one"), server.chat("two")];
            keys.story.facts(facts);
            keys.focus(Focus::Chat);
            keys.key(Key::Up);
            if action == Action::Down {
                keys.key(Key::Up);
            }
        }
        (Context::Queue, _) => {
            keys.focus(Focus::Queue);
            if action == Action::Down {
                keys.key(Key::Up);
            }
        }
        (Context::Members, _) => {
            keys.focus(Focus::Members);
            if action == Action::Up {
                keys.key(Key::Down);
            }
        }
        (Context::Gallery, Action::Up) => {
            keys.key(Key::Down);
        }
        (Context::Everywhere, Action::PageDown) => {
            keys.key(Key::PageUp);
        }
        _ => {}
    }
    // Whoever the map is tried for is in the room.
    assert!(context == Context::Gallery || keys.story.app.me().is_some_and(|me| me.id == ME));
}

#[test]
fn every_context_has_rows() {
    for context in Context::ALL {
        assert!(of(context).next().is_some(), "{context:?}");
    }
}

mod moderation;
