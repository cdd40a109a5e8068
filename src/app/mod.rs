//! The client as a state machine: everything that happens becomes an [`event::Event`],
//! [`App::update`] answers with [`effect::Effect`]s. The terminal screen and `--json` are two
//! faces of the same app.
//!
//! It owns five machines that know nothing of each other: `connection` is the way to the server
//! and back to it, `session` the room as it is known, `lines` what the member types and its
//! answers, `playback` keeps the player in step, `screen` is what the terminal is in the middle
//! of. `dispatch` hands what happened to them and carries the outputs of one to the others;
//! `view` is what the faces read.

use config::{AppConfig, Reach};
use connection::{ConnectionInput, Phase, ServerConnection};
use destination::RememberedRoom;
use effect::Effect;
use event::{CloseReason, Disconnect, Event, Now};
use lines::{CommandSource, Lines, LinesInput};
use output::{Notice, Output};
use playback::{Playback, PlaybackInput};
use screen::{Screen, ScreenInput};
use server_words::{cleaned, closing, denial};
use session::{JoinRequest, Session, SessionInput, SessionOutput, is_oversized};

use crate::protocol::command::Command;
use crate::protocol::text::MemberName;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::PongTimes;
use crate::wire::message::{CatchUp, ServerMsg, Welcome};

pub mod command;
pub mod config;
mod connection;
pub mod decision;
mod destination;
mod dispatch;
pub mod effect;
pub mod event;
pub mod key;
pub mod keys;
mod lines;
pub mod output;
mod playback;
pub mod room_tokens;
pub mod screen;
mod server_words;
mod session;
mod usage;
mod view;

/// If the clock since boot runs ahead of the monotonic one by more than this between two events,
/// the machine slept. A smaller difference comes from reading one clock after the other, or, on
/// systems without a clock since boot, from setting the clock.
const SLEEP: Span = Span::seconds(2);

/// A client in a room, or on its way there.
#[derive(Debug)]
pub struct App {
    has_player: bool,
    /// The time of the event that is being handled.
    now: Now,
    /// What the event that is being handled leads to.
    effects: Vec<Effect>,
    connection: ServerConnection,
    session: Session,
    lines: Lines,
    playback: Playback,
    /// The screen, if there is one; `on_screen` alone looks whether there is.
    screen: Option<Box<Screen>>,
}

impl App {
    /// A client that begins to connect, and its first orders.
    #[must_use]
    pub fn new(config: AppConfig, now: Now) -> (Self, Vec<Effect>) {
        let mut app = Self {
            has_player: config.has_player,
            now,
            effects: Vec::new(),
            connection: ServerConnection::new(&config, now.local),
            session: Session::default(),
            lines: Lines::new(config.screen.is_none()),
            playback: Playback::new(&config),
            screen: config
                .screen
                .map(|screen| Box::new(Screen::new(screen, &config.server))),
        };
        app.emit_reach();
        app.on_playback(PlaybackInput::Begin);
        app.on_screen(ScreenInput::Begin);
        app.on_screen(ScreenInput::EventHandled);
        let effects = std::mem::take(&mut app.effects);
        (app, effects)
    }

    /// Takes what happened, and says what is to be done. After [`Effect::Exit`] nothing is.
    pub fn update(&mut self, event: Event, now: Now) -> Vec<Effect> {
        if self.is_closed() {
            return Vec::new();
        }
        self.notice_sleep(now);
        self.now = now;
        match event {
            Event::TokenFound(found) => self.on_connection(ConnectionInput::TokensFound(found)),
            Event::Line(text) => self.on_lines(LinesInput::Line(command::parse(&text))),
            Event::InputEnded => self.on_lines(LinesInput::Ended),
            Event::Interrupted => self.on_connection(ConnectionInput::Leave),
            Event::Connected => self.greet(),
            Event::Message { message, at } => self.message(*message, at),
            Event::Receiving => self.on_connection(ConnectionInput::Receiving),
            Event::Disconnected(why) => self.disconnected(why),
            Event::Player(event) => self.on_playback(PlaybackInput::Player(event)),
            Event::Key(press) => self.on_screen(ScreenInput::Key(press)),
            Event::Paste(text) => self.on_screen(ScreenInput::Paste(&text)),
            Event::Resize(columns, rows) => {
                self.on_screen(ScreenInput::Resize(columns, rows));
            }
            Event::Rooms { server, answer } => {
                let server = &server;
                self.on_screen(ScreenInput::Rooms { server, answer });
            }
            Event::Deadline => self.deadline(),
        }
        if !self.is_closed() {
            self.on_session(SessionInput::Next);
        }
        self.on_playback(PlaybackInput::CountDown);
        self.next_lines();
        self.on_screen(ScreenInput::EventHandled);
        std::mem::take(&mut self.effects)
    }

    /// When the app wants an [`Event::Deadline`].
    #[must_use]
    pub fn next_deadline(&self) -> Option<LocalTime> {
        if self.is_closed() {
            return None;
        }
        [
            self.connection.next_deadline(),
            self.playback.next_deadline(&self.playback_view()),
            self.lines.next_deadline(),
            self.session.next_deadline(),
            self.screen()
                .and_then(|screen| screen.next_deadline(&self.view())),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    fn is_closed(&self) -> bool {
        self.connection.phase() == Phase::Closed
    }

    fn emit_reach(&mut self) {
        match self.connection.destination().reach().clone() {
            Reach::Remote => {}
            Reach::OnlyHere => {
                let server = self.connection.destination().server().to_owned();
                self.notice(Notice::OnlyHere { server });
            }
            Reach::Lan { invites } => self.notice(Notice::OnLan { invites }),
        }
    }

    /// What is known of the room, for the greeting.
    fn remembered_room(&self) -> Option<RememberedRoom> {
        let room = self.room()?;
        Some(RememberedRoom {
            log: self.session.log()?.clone(),
            since: room.rev,
            visibility: room.visibility,
            title: room.title.clone(),
        })
    }

    fn greet(&mut self) {
        let remembered = self.remembered_room();
        self.on_connection(ConnectionInput::Opened(remembered));
    }

    fn disconnected(&mut self, why: Disconnect) {
        let by = match &why {
            Disconnect::Closed(Some(closing)) => self.sent_out_by(closing),
            _ => None,
        };
        self.on_connection(ConnectionInput::Disconnected(why, by));
    }

    fn refused(&mut self, closing: CloseReason) {
        let by = self.sent_out_by(&closing);
        self.on_connection(ConnectionInput::Refused(closing, by));
    }

    fn sent_out_by(&self, closing: &CloseReason) -> Option<MemberName> {
        match closing {
            CloseReason::Known(refused) => self.session.removed_by(refused),
            CloseReason::Unknown(_) => None,
        }
    }

    /// A message of the server, which was read off the socket at `at`. Nothing is expected of one
    /// that was not greeted.
    fn message(&mut self, message: ServerMsg, at: LocalTime) {
        let phase = self.connection.phase();
        if phase != Phase::Greeting && !phase.is_joined() {
            return;
        }
        self.on_connection(ConnectionInput::Received);
        if is_oversized(&message) {
            return self.on_connection(ConnectionInput::Oversized);
        }
        match message {
            ServerMsg::Welcome(welcome) if phase == Phase::Greeting => self.welcome(welcome),
            ServerMsg::Refused(reason) => self.refused(closing(reason)),
            ServerMsg::Error(reason) => self.notice(Notice::ServerError(cleaned(reason))),
            message if phase.is_joined() => self.room_message(message, at),
            _ => {}
        }
        if self.connection.is_joined() && self.session.is_too_large() {
            self.on_connection(ConnectionInput::Oversized);
        }
    }

    fn room_message(&mut self, message: ServerMsg, at: LocalTime) {
        match message {
            ServerMsg::Events { events } => {
                for fact in &events {
                    let is_replayed = false;
                    self.on_session(SessionInput::Event { fact, is_replayed });
                }
            }
            ServerMsg::State { state } => self.on_session(SessionInput::State(state)),
            ServerMsg::Ok { seq, rev } => self.on_lines(LinesInput::Answered(seq, Ok(rev))),
            ServerMsg::Denied { seq, reason } => {
                self.on_lines(LinesInput::Answered(seq, Err(denial(reason))));
            }
            ServerMsg::Pong { t0, t1, t2 } => {
                let times = PongTimes { t0, t1, t2, t3: at };
                self.on_playback(PlaybackInput::Pong(times));
            }
            ServerMsg::Reactions { reactions } => {
                for reaction in reactions {
                    self.emit(Output::Reaction(reaction));
                }
            }
            ServerMsg::Health(health) => self.on_session(SessionInput::Health(health)),
            ServerMsg::Notice(notice) => self.on_session(SessionInput::Notice(notice)),
            ServerMsg::Welcome(_) | ServerMsg::Refused(_) | ServerMsg::Error(_) => {}
        }
    }

    /// The client is in the room, for the first time or again.
    fn welcome(&mut self, mut welcome: Box<Welcome>) {
        let is_first = !self.connection.was_in_a_room();
        let now = self.now.local;
        let arriving = self.session.handle(SessionInput::Arriving(&welcome), now);
        let is_new = arriving.contains(&SessionOutput::OtherRoom);
        self.on_connection(ConnectionInput::Welcomed);
        self.carry_out_session(arriving);
        let token = std::mem::take(&mut welcome.resume);
        let missed = match &mut welcome.catch_up {
            CatchUp::State(_) => None,
            CatchUp::Events(facts) => Some(std::mem::take(facts)),
        };
        let request = JoinRequest {
            destination: self.connection.destination(),
            name: self.connection.name(),
            chosen_name: self.connection.chosen_name(),
            is_first,
        };
        let input = SessionInput::Welcome(welcome, request);
        let entered = self.session.handle(input, now);
        self.carry_out_session(entered);
        if let Some(missed) = missed {
            for fact in &missed {
                let is_replayed = true;
                self.on_session(SessionInput::Event { fact, is_replayed });
            }
            self.on_session(SessionInput::CaughtUp);
        }
        let visibility = self.room().map(|room| room.visibility).unwrap_or_default();
        self.on_connection(ConnectionInput::Token(token, visibility));
        let answered = self.session.last_answered();
        if is_new {
            self.on_lines(LinesInput::Entered { answered });
            self.ask_what_was_chosen();
        } else {
            self.on_lines(LinesInput::Resumed { answered });
        }
        self.on_playback(PlaybackInput::Joined);
    }

    /// Asks a room that was just entered for what the member chose at the start, once: their
    /// name, which is kept for the next time, and what is to play.
    fn ask_what_was_chosen(&mut self) {
        if let Some(name) = self.connection.take_chosen_name() {
            let asks = self.session.calls_otherwise(&name);
            self.effects.push(Effect::KeepName(name.clone()));
            if asks {
                self.command(Command::Rename { name }, CommandSource::ChosenName);
            }
        }
        if let Some(media) = self.connection.take_media() {
            self.command(Command::Play { media }, CommandSource::Start);
        }
    }

    fn notice_sleep(&mut self, now: Now) {
        let passed = Span(now.boot.saturating_sub(self.now.boot));
        let slept = passed - (now.local - self.now.local);
        if slept > SLEEP {
            self.now = now;
            self.notice(Notice::Woke { slept });
            self.on_playback(PlaybackInput::Suspended);
            self.on_connection(ConnectionInput::Slept);
        }
    }

    fn deadline(&mut self) {
        self.on_lines(LinesInput::Deadline);
        if !self.is_closed() {
            self.on_connection(ConnectionInput::Deadline);
        }
        if !self.is_closed() {
            self.on_playback(PlaybackInput::Deadline);
        }
    }

    /// Takes the lines whose turn has come, one after the other: each may change whether the
    /// next one's has.
    fn next_lines(&mut self) {
        loop {
            let view = self.lines_view();
            let outputs = self.lines.handle(LinesInput::Next, view, self.now.local);
            if outputs.is_empty() {
                break;
            }
            self.carry_out_lines(outputs);
        }
    }

    fn emit(&mut self, output: Output) {
        self.on_screen(ScreenInput::Output(&output));
        self.effects.push(Effect::Output(output));
    }

    fn notice(&mut self, notice: Notice) {
        self.emit(Output::Notice(notice));
    }
}

#[cfg(test)]
pub(crate) mod tests;
