//! Pictures of the screen, small and fixed, for each pane and each state; and what strangers
//! write, put through the real drawing.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

use super::{draw, title};
use crate::app::App;
use crate::app::config::AppConfig;
use crate::app::effect::Effect;
use crate::app::event::{Disconnect, Event};
use crate::app::key::{Key, KeyPress};
use crate::app::screen::ScreenConfig;
use crate::app::screen::gallery::RoomsFault;
use crate::app::screen::tests::{entry, evening};
use crate::app::tests::{ALICE, ME, Server, Story, config, member, name};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::{ChatLine, RoomEvent};
use crate::protocol::film::{EntryState, Hold};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::protocol::text::{ChatText, Emoji, MemberName, Title};
use crate::protocol::time::{Position, Span};
use crate::protocol::wish::Wish;
use crate::sync::player::{PlayerEvent, ProcessState};
use crate::wire::message::{Health, HealthDigest, HealthState, ServerMsg};
use crate::wire::pages::RoomCard;

mod hostile;

/// A client with a screen, and its server.
struct Scene {
    story: Story,
    server: Server,
}

fn with_screen() -> AppConfig {
    AppConfig {
        screen: Some(ScreenConfig::default()),
        ..config()
    }
}

impl Scene {
    fn of(server: Server) -> Self {
        let story = Story::joined_with(with_screen(), &server);
        Self { story, server }
    }

    /// A room in which nothing has happened yet.
    fn quiet() -> Self {
        Self::of(Server::with(Role::Admin))
    }

    /// An ordinary evening: five members, chat, a proposal, one who stalls.
    fn ordinary(role: Role) -> Self {
        let mut server = evening(role);
        let others = [(3, "Vera"), (4, "Dmitri"), (5, "Лена")];
        let joined = others
            .map(|(id, called)| member(MemberId(id), called, Role::Viewer))
            .to_vec();
        server.happen(RoomEvent::Presence {
            joined,
            left: Vec::new(),
            count: 5,
        });
        let mut scene = Self::of(server);
        scene.say(ALICE, "Alice", "welcome! we are in the farmhouse");
        scene.say(MemberId(3), "Vera", "наконец-то 🍿");
        scene.say(MemberId(4), "Dmitri", "@Boris не открывай эту дверь");
        let proposal = scene.server.happen(RoomEvent::Queued {
            entry: entry(14, EntryState::Proposed),
        });
        scene.story.facts(vec![proposal]);
        scene.healthy();
        scene
    }

    fn say(&mut self, from: MemberId, called: &str, text: &str) {
        let line = ChatLine {
            id: self.server.room().chat.next_id(),
            from,
            name: MemberName::parse(called).unwrap(),
            text: ChatText::parse(text).unwrap(),
            film: Some(Position::seconds(2_531)),
            at: self.server.room().at,
            erased: None,
        };
        let fact = self.server.happen(RoomEvent::Chat(line));
        self.story.facts(vec![fact]);
    }

    fn healthy(&mut self) {
        let health = |state, error| Health {
            state,
            error: Some(Span::millis(error)),
            buffered: Some(Span::seconds(48)),
            round_trip: Some(Span::millis(31)),
            ..Health::default()
        };
        let worst = vec![
            (ME, health(HealthState::CatchingUp, 140)),
            (ALICE, health(HealthState::InStep, 2)),
            (MemberId(3), health(HealthState::InStep, -1)),
            (MemberId(4), Health::default()),
            (MemberId(5), health(HealthState::Away, 0)),
        ];
        self.story.hear(ServerMsg::Health(HealthDigest {
            worst,
            ..HealthDigest::default()
        }));
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.story.on(Event::Key(KeyPress::plain(key)))
    }

    fn write(&mut self, text: &str) {
        for letter in text.chars() {
            self.key(Key::Char(letter));
        }
    }

    fn picture(&self, columns: u16, rows: u16) -> String {
        picture(&self.story.app, columns, rows)
    }
}

fn drawn(app: &App, columns: u16, rows: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| draw(app, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The screen as text, a row a line.
fn picture(app: &App, columns: u16, rows: u16) -> String {
    let buffer = drawn(app, columns, rows);
    let mut text = String::new();
    for y in 0..rows {
        let mut row = String::new();
        let mut hidden = 0;
        for x in 0..columns {
            let symbol = buffer[(x, y)].symbol();
            if hidden == 0 {
                row.push_str(symbol);
                hidden = symbol.width().saturating_sub(1);
            } else {
                hidden -= 1;
            }
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

#[test]
fn connecting() {
    let story = Story::connecting(with_screen());
    insta::assert_snapshot!(picture(&story.app, 80, 14));
}

#[test]
fn waiting_for_a_video() {
    insta::assert_snapshot!(Scene::quiet().picture(80, 24));
}

#[test]
fn nobody_is_invited_where_nobody_can_come() {
    let texts = crate::strings::screen::waiting(None, true).join(" ");
    assert!(texts.contains("only on this computer"), "{texts}");
    assert!(!texts.contains("watchtogether join"), "{texts}");
}

#[test]
fn an_ordinary_evening() {
    insta::assert_snapshot!(Scene::ordinary(Role::Viewer).picture(80, 24));
}

#[test]
fn an_ordinary_evening_in_a_wide_terminal_with_the_focus_on_the_queue() {
    let mut scene = Scene::ordinary(Role::Admin);
    scene.key(Key::F(3));
    let reaction = Reaction {
        from: ALICE,
        name: name("Alice"),
        emoji: Emoji::parse("🔥").unwrap(),
    };
    let reactions = vec![reaction; 4];
    scene.story.hear(ServerMsg::Reactions { reactions });
    insta::assert_snapshot!(scene.picture(120, 40));
}

#[test]
fn narrow_terminals_have_tabs() {
    let mut scene = Scene::ordinary(Role::Viewer);
    let chat = scene.picture(48, 14);
    scene.key(Key::F(3));
    let queue = scene.picture(48, 14);
    scene.key(Key::Tab);
    let members = scene.picture(48, 14);
    insta::assert_snapshot!(format!("{chat}\n{queue}\n{members}"));
}

#[test]
fn the_smallest_terminal_and_one_that_is_too_small() {
    let scene = Scene::ordinary(Role::Viewer);
    let smallest = scene.picture(40, 10);
    let smaller = scene.picture(39, 9);
    insta::assert_snapshot!(format!("{smallest}\n{smaller}"));
}

#[test]
fn a_full_room_shows_the_chosen_and_the_newest() {
    let mut scene = Scene::ordinary(Role::Admin);
    for number in 20..40 {
        let entry = entry(number, EntryState::Approved);
        let fact = scene.server.happen(RoomEvent::Queued { entry });
        scene.story.facts(vec![fact]);
    }
    for number in 1..60 {
        let text = format!("line {number} of a long talk about what she will find in the cellar");
        scene.say(ALICE, "Alice", &text);
    }
    scene.key(Key::F(3));
    for _ in 0..15 {
        scene.key(Key::Down);
    }
    insta::assert_snapshot!(scene.picture(80, 24));
}

#[test]
fn scrolled_back_what_is_new_is_counted() {
    let mut scene = Scene::ordinary(Role::Viewer);
    for number in 1..30 {
        scene.say(ALICE, "Alice", &format!("line {number}"));
    }
    scene.key(Key::PageUp);
    for number in 30..33 {
        scene.say(ALICE, "Alice", &format!("line {number}"));
    }
    insta::assert_snapshot!(scene.picture(80, 24));
}

#[test]
fn reactions_rise() {
    let mut scene = Scene::ordinary(Role::Viewer);
    let react = |emoji: &str| Reaction {
        from: ALICE,
        name: name("Alice"),
        emoji: Emoji::parse(emoji).unwrap(),
    };
    let reactions = ["😱", "😱", "🔥", "❤️"].map(react).to_vec();
    scene.story.hear(ServerMsg::Reactions { reactions });
    scene.story.pass(Span::millis(700));
    let reactions = vec![react("💀"), react("👨‍👩‍👧‍👦")];
    scene.story.hear(ServerMsg::Reactions { reactions });
    scene.story.pass(Span::millis(700));
    insta::assert_snapshot!(scene.picture(80, 24));
}

#[test]
fn a_line_that_is_written_keeps_its_cursor_in_sight() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.write("she should have stayed in the cellar, я же говорил, 映画の夜 and then 👨‍👩‍👧‍👦 came");
    let end = scene.picture(60, 10);
    scene.key(Key::Home);
    let begin = scene.picture(60, 10);
    let last = |text: &str| text.lines().rev().nth(1).map(str::to_owned);
    insta::assert_snapshot!(format!("{:?}\n{:?}", last(&end), last(&begin)));
}

#[test]
fn notices_questions_and_menus() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.write(" ");
    let denied = scene.picture(80, 12);
    scene.key(Key::Esc);
    scene.write("q");
    let leave = scene.picture(80, 14);
    scene.key(Key::Esc);
    scene.key(Key::Tab);
    scene.key(Key::Tab);
    scene.key(Key::Enter);
    let menu = scene.picture(80, 16);
    insta::assert_snapshot!(format!("{denied}\n{leave}\n{menu}"));
}

#[test]
fn an_admins_menu_and_what_is_asked_before_a_ban() {
    let mut scene = Scene::ordinary(Role::Admin);
    scene.key(Key::BackTab);
    scene.key(Key::Enter);
    let menu = scene.picture(80, 18);
    for _ in 0..9 {
        scene.key(Key::Down);
    }
    scene.key(Key::Enter);
    let ban = scene.picture(80, 14);
    insta::assert_snapshot!(format!("{menu}\n{ban}"));
}

#[test]
fn who_is_muted_or_not_waited_for_and_what_was_removed_is_said() {
    let mut scene = Scene::ordinary(Role::Viewer);
    let facts = [
        RoomEvent::Muted {
            member: MemberId(3),
            muted: true,
        },
        RoomEvent::Spared {
            member: MemberId(4),
            spared: true,
        },
        RoomEvent::Erased {
            line: scene.server.room().chat.lines().nth(1).unwrap().id,
            by: MemberName::parse("Alice").unwrap(),
        },
        RoomEvent::Asked {
            member: MemberId(5),
            wish: Wish::Skip,
        },
    ];
    let facts = facts.map(|event| scene.server.happen(event)).to_vec();
    scene.story.facts(facts);
    let watch = scene.picture(80, 24);
    scene.key(Key::F(4));
    let health = scene.picture(100, 12);
    insta::assert_snapshot!(format!("{watch}\n{health}"));
}

#[test]
fn a_long_notice_stands_over_the_foot_of_the_panes() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.write("/seek somewhere else in the middle");
    scene.key(Key::Enter);
    insta::assert_snapshot!(scene.picture(70, 14));
}

#[test]
fn completion_is_offered_above_the_line() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.write("/re");
    scene.key(Key::Tab);
    insta::assert_snapshot!(scene.picture(80, 10));
}

#[test]
fn prompts() {
    let screen = ScreenConfig {
        ask_name: true,
        ..ScreenConfig::default()
    };
    let (story, _) = Story::start(AppConfig {
        screen: Some(screen),
        ..config()
    });
    insta::assert_snapshot!(picture(&story.app, 80, 14));
}

#[test]
fn lost_held_and_paused_are_said() {
    let mut scene = Scene::ordinary(Role::Viewer);
    let at = scene.server.room().at;
    let held = scene.server.happen(RoomEvent::Held {
        hold: Hold {
            member: MemberId(3),
            since: at,
            until: at + Span::seconds(10),
        },
        position: Position::seconds(2_531),
    });
    scene.story.facts(vec![held]);
    let waits = scene.picture(80, 10);
    scene.story.on(Event::Disconnected(Disconnect::Lost {
        error: "reset by peer".to_owned(),
    }));
    let lost = scene.picture(80, 10);
    scene
        .story
        .on(Event::Player(PlayerEvent::Process(ProcessState::Frozen)));
    let chat = scene.picture(80, 20);
    insta::assert_snapshot!(format!("{waits}\n{lost}\n{chat}"));
}

#[test]
fn the_help_holds_every_key_and_command() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.key(Key::F(1));
    let whole = scene.picture(80, 140);
    for row in crate::app::keys::BINDINGS {
        let words = crate::strings::keys::row(row);
        assert!(whole.contains(&words), "{words}");
    }
    for slash in crate::app::command::Slash::ALL {
        assert!(whole.contains(slash.usage()), "{}", slash.usage());
    }
    insta::assert_snapshot!(scene.picture(80, 24));
}

#[test]
fn health_and_why() {
    let mut scene = Scene::ordinary(Role::Viewer);
    scene.key(Key::F(4));
    insta::assert_snapshot!(scene.picture(80, 18));
}

fn card(id: &str, title: Option<&str>, viewers: u32, film: Option<(&str, f64)>) -> RoomCard {
    let playing = film.map(|(title, position)| {
        serde_json::json!({
            "kind": "YouTube", "title": title, "position": position, "duration": 5720.0,
            "rate": 1.0, "paused": false, "live": false
        })
    });
    serde_json::from_value(serde_json::json!({
        "id": id, "title": title, "viewers": viewers, "playing": playing, "since": 1.0
    }))
    .unwrap()
}

fn gallery(answer: Option<Result<Vec<RoomCard>, RoomsFault>>) -> Scene {
    let screen = ScreenConfig {
        gallery_first: true,
        ..ScreenConfig::default()
    };
    let (story, _) = Story::start(AppConfig {
        screen: Some(screen),
        ..config()
    });
    let server = Server::new();
    let mut scene = Scene { story, server };
    if let Some(answer) = answer {
        scene.story.on(Event::Rooms {
            server: "http://watch.example.org".to_owned(),
            answer,
        });
    }
    scene
}

#[test]
fn the_gallery() {
    let rooms = vec![
        card(
            "movie-night",
            Some("Кино по пятницам"),
            5,
            Some(("Night of the Living Dead", 2530.0)),
        ),
        card(
            "nosferatu-ru",
            None,
            41,
            Some(("Носферату, симфония ужаса", 540.0)),
        ),
        card("lofi", None, 19, None),
    ];
    let mut scene = gallery(Some(Ok(rooms)));
    scene.key(Key::Down);
    scene.key(Key::Down);
    let wide = scene.picture(80, 24);
    let narrow = scene.picture(50, 14);
    insta::assert_snapshot!("the_gallery_in_a_wide_terminal", scene.picture(120, 16));
    scene.write("носф");
    let found = scene.picture(80, 14);
    insta::assert_snapshot!(format!("{wide}\n{narrow}\n{found}"));
}

#[test]
fn a_gallery_without_rooms_says_what_to_do() {
    let asking = gallery(None).picture(80, 12);
    let empty = gallery(Some(Ok(Vec::new()))).picture(80, 12);
    let fault = RoomsFault::Unreachable("Connection refused".to_owned());
    let away = gallery(Some(Err(fault))).picture(80, 12);
    insta::assert_snapshot!(format!("{asking}\n{empty}\n{away}"));
}

#[test]
fn without_colours_nothing_is_coloured() {
    let screen = ScreenConfig {
        colour: false,
        ..ScreenConfig::default()
    };
    let config = AppConfig {
        screen: Some(screen),
        ..config()
    };
    let story = Story::joined_with(config, &evening(Role::Admin));
    let buffer = drawn(&story.app, 80, 24);
    for cell in buffer.content() {
        assert_eq!(cell.fg, ratatui::style::Color::Reset);
        assert_eq!(cell.bg, ratatui::style::Color::Reset);
    }
}

#[test]
fn the_window_has_a_title() {
    let scene = Scene::ordinary(Role::Viewer);
    let words = title(&scene.story.app);
    assert!(
        words.starts_with("▶ 42:1") && words.ends_with("movie-night 5"),
        "{words}"
    );
    assert_eq!(title(&Scene::quiet().story.app), "movie-night 2");
    assert!(Title::parse(&words).is_ok());
}
