//! Key scripts: a state, keys, a state. Keys go in as the terminal gives them; what comes
//! out is what the app orders and what its screen holds.

use super::{Focus, MenuItem, Toast, ToastContent, member_menu};
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::tests::{Server, Story, commands, config};
use crate::protocol::command::Command;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::{EntryState, LoadCause, Playing, QueueEntry, Segment};
use crate::protocol::text::Title;
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::sync::player::PlayerCommand;
use crate::test_support::{entry, playing};

mod editing;
mod entry;
mod gallery;
mod lobby;
mod machine;
mod media;
mod moderation;
mod palette;
mod panes;
mod preferences;
mod refused;
mod scripts;
mod standstill;
mod starts;
mod trust;
mod two_windows;

fn with_screen() -> AppConfig {
    AppConfig {
        screen: Some(ScreenConfig::default()),
        ..config()
    }
}

/// A room with media on and two entries in its queue: #1 approved, #2 proposed by Alice.
pub(crate) fn evening(role: Role) -> Server {
    let mut server = Server::with(role);
    let playing = Playing {
        title: Title::parse("Night of the Living Dead (1968)").ok(),
        duration: Some(Span::seconds(5_720)),
        ..playing("https://example.org/film.mp4")
    };
    let segment = Segment {
        anchor: Position::seconds(2_530),
        start: RoomTime(1_000_000_000),
        rate: Rate::NORMAL,
        paused: false,
    };
    server.happen(RoomEvent::Loaded {
        gate: Vec::new(),
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
        while self.screen().focus() != focus {
            self.key(Key::BackTab);
        }
    }

    fn chosen_entry(&self) -> Option<&QueueEntry> {
        self.screen().chosen_entry(&self.story.app.view())
    }

    fn chosen_member(&self) -> Option<&Member> {
        self.screen().chosen_member(&self.story.app.view())
    }

    fn menu(&self, member: MemberId) -> Vec<MenuItem> {
        member_menu::items(&self.story.app.view(), member)
    }

    fn line(&self) -> &str {
        self.screen().line().text()
    }

    fn toast(&self) -> Option<&ToastContent> {
        self.screen().toast().map(Toast::content)
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
