//! Pictures of the screen, small and fixed, for each pane and each state; and what strangers
//! write, put through the real drawing.
//!
//! Each picture exists in every language: `name.snap` in English, `name_ru.snap` in Russian. Where
//! words were changed on purpose, `INSTA_UPDATE=always cargo test --lib ui::` takes all of them
//! anew, to be read in the diff.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use strum::IntoEnumIterator;
use unicode_width::UnicodeWidthStr;

use super::draw;
use crate::app::App;
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::pointer::HitMap;
use crate::app::screen::tests::evening;
use crate::app::tests::{ALICE, ME, Server, Story, config, member};
use crate::protocol::event::{ChatLine, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::protocol::playback::EntryState;
use crate::protocol::text::ChatText;
use crate::protocol::time::{Position, Span};
use crate::test_support::entry;
use crate::texts::language::Language;
use crate::wire::message::{Health, HealthDigest, HealthState, ServerMsg};

/// Compares what is drawn in each language with its picture.
macro_rules! assert_pictures {
    ($name:literal, $draw:expr) => {
        crate::ui::tests::in_each_language($draw, |language, picture| {
            let name = crate::ui::tests::snapshot_name($name, language);
            insta::assert_snapshot!(name, picture);
        });
    };
}

mod gallery;
mod hostile;
mod layouts;
mod lobby;
mod low;
mod marks;
mod matrix;
mod moderation;
mod mouse;
mod mouse_table;
mod pages;
mod palette;
mod questions;
mod screenshots;
mod starting;
mod svg;
mod themed;
mod themes;
mod voices;
mod watch;

/// A client with a screen, and its server.
struct Scene {
    story: Story,
    server: Server,
}

/// Draws the same in each language. No language may have more texts cut than English has.
fn in_each_language(draw: impl Fn(Language) -> String, compare: impl Fn(Language, String)) {
    let cuts = |picture: &str| picture.matches('…').count();
    let most = cuts(&draw(Language::English));
    for language in Language::iter() {
        let picture = draw(language);
        assert!(cuts(&picture) <= most, "{language:?}:\n{picture}");
        compare(language, picture);
    }
}

/// The name of a picture: that of the English one has no language in it.
fn snapshot_name(name: &str, language: Language) -> String {
    if language == Language::English {
        name.to_owned()
    } else {
        format!("{name}_{}", language.code())
    }
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

    /// The same scene for a member who reads another language.
    fn in_language(mut self, language: Language) -> Self {
        self.story.app.set_language(language);
        self
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
            large: None,
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
            // As a data file has it.
            name: serde_json::from_value(called.into()).unwrap(),
            text: ChatText::parse(text).unwrap(),
            position: Some(Position::seconds(2_531)),
            at: self.server.room().at,
            erased: None,
            second_address: false,
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
        self.story.receive(ServerMsg::Health(HealthDigest {
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
    drawn_with_hits(app, columns, rows).0
}

/// The picture, and what the mouse reaches on it.
fn drawn_with_hits(app: &App, columns: u16, rows: u16) -> (Buffer, HitMap) {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let mut hits = HitMap::default();
    terminal.draw(|frame| hits = draw(app, frame)).unwrap();
    (terminal.backend().buffer().clone(), hits)
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
