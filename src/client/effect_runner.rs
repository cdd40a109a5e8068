//! Carries out what the app orders. Each order is one call that does not wait; what it leads to
//! comes back as an event.

use std::process::Stdio;

use tokio::sync::mpsc;

use super::connection::ServerSocket;
use super::rooms::{self, feed};
use super::state_files::StateFiles;
use super::stdout::StdoutLines;
use super::terminal::{self, Terminal};
use super::titles::{PlaylistRequest, Titles};
use crate::app::effect::{Effect, Exit};
use crate::app::event::Event;
use crate::app::output::{Notice, Output};
use crate::app::video::WindowOrder;
use crate::player::Player;
use crate::protocol::secret::InviteToken;
use crate::strings::{farewell, video};
use crate::sync::player::PlayerCommand;
use crate::texts::language::Language;
use crate::trust::Trust;

/// The parts of the client that orders are carried out with.
pub(super) struct EffectRunner {
    /// The connection to the server.
    pub(super) connection: ServerSocket,
    /// Which certificates are accepted of servers that are asked for their rooms.
    pub(super) trust: Trust,
    /// The player, if there is one.
    pub(super) player: Option<Player>,
    /// Tokens and the name, kept on this machine.
    pub(super) state_files: StateFiles,
    /// Where outputs are written as text or JSON. With a screen nothing is written.
    pub(super) stdout: StdoutLines,
    /// The terminal, while there is a screen.
    pub(super) terminal: Option<Terminal>,
    /// Where the answers of a server go that was asked for its rooms.
    pub(super) answers: mpsc::Sender<Event>,
    /// The live rooms that are being followed.
    pub(super) following: Option<feed::Following>,
    /// What looks up what links are.
    pub(super) titles: Titles,
    /// The language of what this member reads.
    pub(super) language: Language,
    /// Whether the terminal's bell rings.
    pub(super) bell: bool,
    /// Whether the terminal is asked to show a notification.
    pub(super) notify: bool,
}

/// What is left to do after an order.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Nothing: the order was carried out or handed to a thread.
    Done,
    /// To stop until the shell continues the client.
    Suspend,
    /// To end the client so.
    Exit(Exit),
}

impl EffectRunner {
    /// Carries one order out.
    pub(super) fn run(&mut self, effect: Effect) -> Outcome {
        match effect {
            Effect::Connect { server } => self.connection.open(&server),
            Effect::Disconnect => self.connection.close(),
            Effect::Send(message) => self.connection.send(&message),
            Effect::Player(command) => self.order(command),
            Effect::Output(output) => self.report(&output),
            Effect::Window(order) => self.order_window(order),
            Effect::Language(language) => self.speak(language),
            Effect::KeepToken { server, room, kept } => {
                self.state_files.keep_token(server, room, kept);
            }
            Effect::KeepTrust { .. } | Effect::SetPrivacy(_) => self.on_trust(effect),
            Effect::ForgetToken { server, room } => self.state_files.forget_token(server, room),
            Effect::FindToken { server, room } => self.state_files.find_tokens(server, room),
            Effect::FindSoundOffset { device } => {
                self.state_files.find_offset(device, self.answers.clone());
            }
            Effect::KeepSoundOffset { device, offset } => {
                self.state_files.keep_offset(device, offset);
            }
            Effect::MakeInviteToken => self.make_invite_token(),
            Effect::Describe { entry, media } => self.titles.describe(entry, media),
            Effect::ResolvePlaylist { line, room, list } => {
                self.titles
                    .resolve(PlaylistRequest { line, room, list }, &self.answers);
            }
            Effect::SaveList { .. }
            | Effect::KeepList { .. }
            | Effect::LoadList { .. }
            | Effect::NameLists { .. } => {
                self.state_files
                    .on_saved_lists(effect, self.answers.clone());
            }
            Effect::LookAtPrograms => self.titles.look_at_programs(&self.answers),
            Effect::AskRooms { server } => self.ask_rooms(server),
            Effect::FindOwnRooms { server, rooms } => {
                let answers = self.answers.clone();
                self.state_files.find_own_rooms(server, rooms, answers);
            }
            Effect::FollowRooms { server } => {
                self.following = Some(feed::follow(
                    server,
                    self.trust.clone(),
                    self.answers.clone(),
                ));
            }
            Effect::UnfollowRooms => self.following = None,
            Effect::OpenLink(link) => open_link(&link),
            Effect::KeepName(name) => self.state_files.keep_name(name),
            Effect::Keep(chosen) => self.state_files.keep_choice(chosen),
            Effect::Copy(_) | Effect::Alert(_) | Effect::Redraw => self.on_terminal(effect),
            Effect::Suspend => return Outcome::Suspend,
            Effect::Exit(exit) => return Outcome::Exit(exit),
        }
        Outcome::Done
    }

    /// Carries out what follows from the member's trust in a room.
    fn on_trust(&self, effect: Effect) {
        match effect {
            Effect::KeepTrust {
                server,
                room,
                trusted,
            } => self.state_files.keep_trust(server, room, trusted),
            Effect::SetPrivacy(privacy) => {
                if let Some(player) = &self.player {
                    player.set_privacy(privacy);
                }
            }
            _ => {}
        }
    }

    /// Carries out what only a terminal can do; nothing without one.
    fn on_terminal(&mut self, effect: Effect) {
        let Some(terminal) = &mut self.terminal else {
            return;
        };
        match effect {
            Effect::Copy(text) => terminal.copy(text),
            Effect::Alert(alert) => terminal.alert(terminal::TerminalAlert {
                notification: self.notify.then(|| farewell::alert(self.language, &alert)),
                rings: self.bell,
            }),
            Effect::Redraw => terminal.redraw(),
            _ => {}
        }
    }

    /// Writes an output. The server's own words about a message of ours go to the log, since the
    /// member reads less.
    fn report(&mut self, output: &Output) {
        if let Output::Notice(Notice::ServerError(reason)) = output {
            let words = reason.text.as_str();
            tracing::warn!(words, "the server could not read a message of ours");
        }
        self.stdout.write(output);
    }

    /// Words everything in a language from now on. The screen follows the app's own.
    const fn speak(&mut self, language: Language) {
        self.language = language;
        self.stdout.speak(language);
    }

    /// Generates the token of an invite link; it comes as an event.
    fn make_invite_token(&self) {
        let token = InviteToken::from_bits(rand::random());
        let answers = self.answers.clone();
        tokio::spawn(async move {
            if answers.send(Event::InviteToken(token)).await.is_err() {
                tracing::debug!("the client has ended");
            }
        });
    }

    /// Asks for the rooms of a server; the answer comes as an event.
    fn ask_rooms(&self, server: String) {
        let (answers, trust) = (self.answers.clone(), self.trust.clone());
        tokio::task::spawn_blocking(move || {
            let answer = rooms::ask(&server, &trust);
            if answers
                .blocking_send(Event::Rooms { server, answer })
                .is_err()
            {
                tracing::debug!("the rooms came too late");
            }
        });
    }

    fn order(&mut self, command: PlayerCommand) {
        let Some(player) = &self.player else {
            return;
        };
        // A player that has ended, or does not keep up, reports that by itself.
        if let Err(cause) = player.send(command) {
            tracing::warn!("an order did not reach the player: {cause}");
        }
    }

    /// Words an order about the player's window.
    fn order_window(&mut self, order: WindowOrder) {
        self.order(match order {
            WindowOrder::Draw(scene) => {
                PlayerCommand::Draw(Box::new(video::overlay(self.language, &scene)))
            }
            WindowOrder::Title(title) => PlayerCommand::SetTitle(title),
            WindowOrder::Keys(keys) => PlayerCommand::TakeKeys(keys),
        });
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
