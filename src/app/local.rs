//! What the client does by itself when asked: another room, another try, who is here.

use super::App;
use super::command::{Local, Show};
use super::config::Reach;
use super::effect::Effect;
use super::input::Origin;
use super::link::Stage;
use super::playback::{PlaybackInput, YOUTUBE};
use super::room_tokens::RoomTokens;
use super::screen::ScreenInput;
use super::session::Session;
use super::told::{Notice, Told, WhoLine, Why};
use crate::protocol::command::{Command, Who};
use crate::protocol::denied::Denied;
use crate::protocol::ids::{ChatId, RoomId};
use crate::protocol::invite::Target;
use crate::protocol::time::Span;
use crate::sync::player::{PlayerCommand, Quality};
use crate::wire::message::Create;

/// A room on a server.
#[derive(Debug, Clone)]
pub(super) struct Place {
    server: String,
    room: RoomId,
    password: Option<String>,
    reach: Reach,
    /// As whom, and what was known of the room.
    tokens: RoomTokens,
    session: Option<Session>,
}

impl App {
    /// Carries out what a line asks of the client itself, and answers the line.
    pub(super) fn local(&mut self, line: u64, local: Local) {
        match local {
            Local::Retry => self.retry(line),
            Local::Join(target) => self.join(line, target),
            Local::Who => self.who(line),
            Local::Bans => self.bans(line),
            Local::Erase(whose) => self.erase(line, &whose),
            Local::Help => {
                self.notice(Notice::Help);
                self.done(line);
            }
            Local::Quit => self.on_screen(ScreenInput::Quit { line }),
            Local::Own(order) => self.own_player(line, order),
            Local::Quality(quality) => self.quality(line, quality),
            Local::Show(show) => self.on_screen(ScreenInput::Show { line, show }),
            Local::Away => self.away(line),
        }
    }

    /// Leaves as soon as all is answered, and soon in any case. Asked again, at once.
    pub(super) fn quit(&mut self, line: u64) {
        self.done(line);
        self.lines.end();
        if self.link.is_joined() {
            self.lines.leave_within(self.now.local, Span::seconds(2));
        } else if self.lines.some_wait() {
            // A script that is faster than its connection.
            self.lines.leave_within(self.now.local, Span::seconds(10));
        } else {
            self.leave();
        }
    }

    /// Connects at once if it waits, and tries again what the player has trouble with.
    fn retry(&mut self, line: u64) {
        let waits = matches!(self.link.stage(), Stage::Waiting(_));
        if waits {
            self.connect();
        }
        let obstacle = self.playback.retry_obstacle(self.now.local);
        if obstacle.is_none() {
            self.drive_playback(PlaybackInput::Retry);
        }
        match obstacle {
            Some(why) if !waits => self.deny(line, why),
            _ => self.done(line),
        }
    }

    /// Orders the own player.
    fn own_player(&mut self, line: u64, order: PlayerCommand) {
        if self.config.has_player {
            self.effects.push(Effect::Player(order));
            self.done(line);
        } else {
            self.deny(line, Why::NoPlayer);
        }
    }

    /// Plays in another quality: the video is opened anew where the room is.
    fn quality(&mut self, line: u64, quality: Quality) {
        if !self.config.has_player {
            self.deny(line, Why::NoPlayer);
            return;
        }
        let media = self.room().and_then(|room| room.timeline.playing.as_ref());
        let fixed = media.is_some_and(|playing| playing.media.kind() != YOUTUBE);
        if fixed && matches!(quality, Quality::UpTo(_)) {
            self.notice(Notice::QualityFixed);
        }
        self.drive_playback(PlaybackInput::ChooseQuality(quality));
        self.done(line);
    }

    /// Reports in lines what a screen would have shown, as far as that can be.
    pub(super) fn print(&mut self, line: u64, show: Show) {
        match show {
            Show::Queue => {
                let queue = self.room().map(|room| room.queue.entries().to_vec());
                self.tell(Told::Queue(queue.unwrap_or_default()));
            }
            Show::Members => return self.who(line),
            Show::Why => self.drive_playback(PlaybackInput::RepeatDecisions),
            Show::Gallery | Show::Copy => {
                self.deny(line, Why::NoScreen);
                return;
            }
        }
        self.done(line);
    }

    /// Says that the member is away, or back.
    fn away(&mut self, line: u64) {
        self.drive_playback(PlaybackInput::ToggleAway);
        self.on_screen(ScreenInput::Away(self.playback.is_away()));
        self.done(line);
    }

    /// Says who is banned.
    fn bans(&mut self, line: u64) {
        match self.room().map(|room| room.bans.clone()) {
            Some(bans) => {
                self.notice(Notice::Bans(bans));
                self.done(line);
            }
            None => self.deny(line, Why::NotConnected { pausing: false }),
        }
    }

    /// Takes away the line of chat that is meant: by its number, or somebody's last.
    fn erase(&mut self, line: u64, whose: &Who) {
        let said = self.room().and_then(|room| match whose {
            Who::Id(number) => room.chat.get(ChatId(number.0)),
            Who::Name(name) => {
                let author = name.folded();
                let mut lines = room.chat.lines().rev();
                lines.find(|said| said.erased.is_none() && said.name.folded() == author)
            }
        });
        match said.map(|said| said.id) {
            Some(said) => self.command(Command::Erase { line: said }, Origin::Line(line)),
            None => self.deny(line, Why::Denied(Denied::NoSuchLine)),
        }
    }

    fn who(&mut self, line: u64) {
        let Some(session) = &self.session else {
            self.deny(line, Why::NotConnected { pausing: false });
            return;
        };
        let lines = who_lines(session);
        if !self.link.is_joined() {
            self.notice(Notice::OutOfDate);
        }
        self.notice(Notice::Who(lines));
        self.done(line);
    }

    /// Goes to another room. Until that lets us in nothing of this one is given up: the film
    /// plays on, and nobody is told goodbye, so that whoever comes back is who they were.
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
        self.abandon_waiting();
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
            tokens: RoomTokens::default(),
            session: None,
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
        if self.link.is_open() {
            self.effects.push(Effect::Disconnect);
        }
        self.config.create = Create::default();
        self.config.play = None;
        self.drive_playback(PlaybackInput::Disconnected);
        Place {
            server: self.config.server.clone(),
            room: self.config.room.clone(),
            password: self.config.password.take(),
            reach: self.config.reach.clone(),
            tokens: std::mem::take(&mut self.tokens),
            session: self.session.take(),
        }
    }

    /// There is no room any more, and nothing of it is shown or played.
    pub(super) fn forget_room(&mut self) {
        self.session = None;
        self.tokens = RoomTokens::default();
        self.drive_playback(PlaybackInput::Disconnected);
        self.drive_playback(PlaybackInput::LeftRoom);
    }

    fn go_to(&mut self, place: Place) {
        self.tokens = place.tokens;
        self.session = place.session;
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
            passes_for: session.admins.passes_for(member).cloned(),
            marks: member.marks,
            health: health(member.id),
        })
        .collect();
    lines.sort_by_key(|line| !line.you);
    lines
}
