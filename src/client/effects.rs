//! Carries out what the app orders. Each order is one call; what it leads to comes back
//! as an event.

use std::path::PathBuf;
use std::process::Stdio;

use tokio::sync::mpsc;

use super::connection::Connection;
use super::output::Output;
use super::terminal::Terminal;
use super::tokens::Tokens;
use super::{names, rooms};
use crate::app::effect::{Effect, Exit};
use crate::app::event::Event;
use crate::app::told::Notice;
use crate::player::Player;
use crate::protocol::ids::RoomId;
use crate::protocol::text::MemberName;
use crate::protocol::time::Span;
use crate::strings::client as words;
use crate::strings::farewell;
use crate::sync::player::PlayerCommand;

/// How long a line stands over the video: two lines are read in that time (judgement).
const OSD_TIME: Span = Span::seconds(4);

/// A number of a count stands until the next one comes.
const COUNT_TIME: Span = Span::seconds(1);

/// What stands in an empty window stands until a video comes.
const WINDOW_TIME: Span = Span::seconds(24 * 3_600);

/// What orders are carried out with.
pub(super) struct Hands {
    /// The connection to the server.
    pub(super) connection: Connection,
    /// The player, if there is one.
    pub(super) player: Option<Player>,
    /// The tokens kept on this machine.
    pub(super) tokens: Tokens,
    /// Where the member is told things.
    pub(super) output: Output,
    /// The terminal, while there is a screen.
    pub(super) terminal: Option<Terminal>,
    /// Where answers go that take their time.
    pub(super) answers: mpsc::Sender<Event>,
    /// The folder in which the name is kept.
    pub(super) state: Option<PathBuf>,
    /// Whether the terminal's bell rings.
    pub(super) bell: bool,
    /// Whether the terminal is asked to show a notification.
    pub(super) notify: bool,
}

/// What an order led to at once.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Nothing that the app must hear now.
    Done,
    /// The app is to hear this before anything else.
    Heard(Event),
    /// The client is to end.
    End(Exit),
}

impl Hands {
    /// Carries one order out.
    pub(super) async fn carry_out(&mut self, effect: Effect) -> Outcome {
        match effect {
            Effect::Connect { server } => self.connection.open(&server),
            Effect::Disconnect => self.connection.close(),
            Effect::Send(message) => self.connection.send(&message),
            Effect::Player(command) => self.order(command),
            Effect::Tell(told) => self.output.tell(&told),
            Effect::Osd(notice) => self.show(&notice),
            Effect::KeepToken {
                server,
                room,
                token,
            } => self.keep_token(&server, &room, &token),
            Effect::FindToken { server, room } => {
                return Outcome::Heard(self.find_token(&server, &room));
            }
            Effect::AskRooms { server } => self.ask_rooms(server),
            Effect::OpenLink(link) => open_link(&link),
            Effect::KeepName(name) => self.keep_name(&name),
            Effect::Copy(_) | Effect::Alert(_) | Effect::Redraw | Effect::Suspend => {
                self.on_terminal(effect).await;
            }
            Effect::Exit(exit) => return Outcome::End(exit),
        }
        Outcome::Done
    }

    /// What only a terminal can do.
    async fn on_terminal(&mut self, effect: Effect) {
        let Some(terminal) = &mut self.terminal else {
            return;
        };
        match effect {
            Effect::Copy(text) => terminal.copy(&text),
            Effect::Alert(alert) => {
                let text = farewell::alert(&alert);
                terminal.alert(&text, self.bell, self.notify);
            }
            Effect::Redraw => terminal.redraw(),
            Effect::Suspend => terminal.suspend().await,
            _ => {}
        }
    }

    /// Asks for the rooms of a server; the answer comes as an event.
    fn ask_rooms(&self, server: String) {
        let answers = self.answers.clone();
        tokio::task::spawn_blocking(move || {
            let answer = rooms::ask(&server);
            if answers
                .blocking_send(Event::Rooms { server, answer })
                .is_err()
            {
                tracing::debug!("the rooms came too late");
            }
        });
    }

    /// Without it the member is asked for their name again, which is no reason to stop.
    fn keep_name(&self, name: &MemberName) {
        if let Some(folder) = &self.state
            && let Err(cause) = names::keep(folder, name)
        {
            tracing::warn!("the name could not be kept: {cause}");
        }
    }

    fn order(&mut self, command: PlayerCommand) {
        let Some(player) = &self.player else {
            return;
        };
        // A player that was ended, or does not keep up, tells of its state by itself.
        if let Err(cause) = player.send(command) {
            tracing::warn!("an order did not reach the player: {cause}");
        }
    }

    fn show(&mut self, notice: &Notice) {
        self.order(PlayerCommand::ShowText {
            text: words::notice(notice),
            during: match notice {
                Notice::NothingOn { .. } => WINDOW_TIME,
                Notice::Count { .. } => COUNT_TIME,
                _ => OSD_TIME,
            },
        });
    }

    /// Without its token the member would come back as somebody new, which is no reason
    /// not to watch.
    fn keep_token(&mut self, server: &str, room: &RoomId, token: &str) {
        if let Err(cause) = self.tokens.keep(server, room, token) {
            tracing::warn!("the token could not be kept: {cause}");
        }
    }

    fn find_token(&mut self, server: &str, room: &RoomId) -> Event {
        let token = self.tokens.find(server, room).unwrap_or_else(|cause| {
            tracing::warn!("no token could be looked up: {cause}");
            None
        });
        Event::TokenFound(token)
    }
}

/// Opens a link in whatever the system opens links with.
fn open_link(link: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let opened = tokio::process::Command::new(program)
        .arg(link)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(cause) = opened {
        tracing::warn!("{program} cannot be started: {cause}");
    }
}
