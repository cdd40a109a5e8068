//! What the client does by itself when asked: another room, another try, who is here.

use super::App;
use super::command::Local;
use super::config::Reach;
use super::effect::Effect;
use super::link::Stage;
use super::session::Session;
use super::told::{Notice, WhoLine, Why};
use crate::protocol::ids::RoomId;
use crate::protocol::invite::Target;
use crate::protocol::time::Span;
use crate::sync::follow::Input;
use crate::sync::player::PlayerCommand;
use crate::wire::message::{ClientMsg, Create};

/// A room on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    server: String,
    room: RoomId,
    password: Option<String>,
    reach: Reach,
}

impl App {
    /// Carries out what a line asks of the client itself, and answers the line.
    pub(super) fn local(&mut self, line: u64, local: Local) {
        match local {
            Local::Retry => self.retry(line),
            Local::Join(target) => self.join(line, target),
            Local::Who => self.who(line),
            Local::Help => {
                self.notice(Notice::Help);
                self.done(line);
            }
            Local::Quit => self.quit(line),
        }
    }

    /// Leaves as soon as all is answered; within two seconds in any case.
    fn quit(&mut self, line: u64) {
        self.done(line);
        self.lines.end();
        if self.link.is_joined() {
            self.lines.leave_within(self.now.local, Span::seconds(2));
        } else {
            self.leave();
        }
    }

    /// Connects at once if it waits, else starts the player again.
    fn retry(&mut self, line: u64) {
        let waits = matches!(self.link.stage(), Stage::Waiting(_));
        if waits {
            self.connect();
        }
        if self.config.has_player && (self.link.is_joined() || self.playback.is_gone()) {
            self.effects.push(Effect::Player(PlayerCommand::Restart));
        }
        if waits || self.config.has_player {
            self.done(line);
        } else {
            self.deny(line, Why::NoPlayer);
        }
    }

    fn who(&mut self, line: u64) {
        if let Some(session) = &self.session {
            let lines = who_lines(session);
            self.notice(Notice::Who(lines));
        }
        self.done(line);
    }

    /// Leaves this room for another. If that does not let us in, back here.
    fn join(&mut self, line: u64, target: Target) {
        let (server, room) = match target {
            Target::Room(room) => (self.config.server.clone(), room),
            Target::Invite(invite) => (invite.server.as_str().to_owned(), invite.room),
        };
        let reach = if server == self.config.server {
            self.config.reach.clone()
        } else {
            Reach::Remote
        };
        self.abandon_commands();
        if let Some(earlier) = self.lines.joining.replace(line) {
            self.deny(earlier, Why::Unanswered);
        }
        let here = self.leave_room();
        if self.joined_once && self.fallback.is_none() {
            self.fallback = Some(here);
        }
        self.go_to(Place {
            server,
            room,
            password: None,
            reach,
        });
    }

    /// The room that `/join` named does not let us in: back to where we were.
    pub(super) fn return_to(&mut self, place: Place) {
        self.leave_room();
        self.go_to(place);
    }

    /// The line that asked for this room is answered: we are in it.
    pub(super) fn answer_join(&mut self) {
        if let Some(line) = self.lines.joining.take() {
            self.done(line);
        }
    }

    /// The room that a line asked for is not to be had.
    pub(super) fn refuse_join(&mut self, why: Why) {
        if let Some(line) = self.lines.joining.take() {
            self.deny(line, why);
        }
    }

    fn leave_room(&mut self) -> Place {
        if self.link.is_joined() {
            self.send(ClientMsg::Leave);
        }
        if self.link.is_open() {
            self.effects.push(Effect::Disconnect);
        }
        self.session = None;
        self.token = None;
        self.config.create = Create::default();
        self.config.play = None;
        self.follow(Input::Disconnected);
        self.playback.link_lost();
        self.follow_timeline(false);
        Place {
            server: self.config.server.clone(),
            room: self.config.room.clone(),
            password: self.config.password.take(),
            reach: self.config.reach.clone(),
        }
    }

    fn go_to(&mut self, place: Place) {
        self.config.reach = place.reach;
        self.config.server = place.server;
        self.config.room = place.room;
        self.config.password = place.password;
        self.start();
    }
}

/// Everyone who is here, as far as is known, oneself first.
fn who_lines(session: &Session) -> Vec<WhoLine> {
    let health = |id| {
        let mut worst = session.health.worst.iter();
        worst
            .find(|(member, _)| *member == id)
            .map(|(_, health)| *health)
    };
    let mut lines: Vec<WhoLine> = session
        .state
        .roster
        .here()
        .map(|member| WhoLine {
            id: member.id,
            name: member.name.clone(),
            role: member.power(),
            acting: member.acting,
            you: member.id == session.me,
            health: health(member.id),
        })
        .collect();
    lines.sort_by_key(|line| !line.you);
    lines
}
