//! The client as a state machine: everything that happens becomes an [`event::Event`],
//! [`App::update`] answers with [`effect::Effect`]s. The terminal screen and `--json` are two
//! faces of the same app.
//!
//! It owns six machines that know nothing of each other: `connection` is the way to the server
//! and back to it, `session` the room as it is known, `lines` what the member types and its
//! answers, `playback` keeps the player in step, `screen` is what the terminal is in the middle
//! of, `video` what stands over the picture. `carry_out` hands what happened to them and carries the outputs of one to the others;
//! `view` is what the faces read.

use chapters::Chapters;
use command::{ClientCommand, ParsedLine};
use config::AppConfig;
use connection::{ConnectionInput, Phase, ReceivedMessage, ServerConnection};
use effect::Effect;
use event::{Event, Now};
use invite_links::InviteLinks;
use lines::{Lines, LinesInput};
use output::{Notice, Output};
use own_reactions::OwnReactions;
pub use playback::OwnPlayer;
use playback::{Playback, PlaybackInput};
use screen::{Screen, ScreenInput};
use server_words::denial;
use session::{JoinRequest, Session, SessionInput};
use video::{Video, VideoInput};

use crate::protocol::event::Fact;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::PongTimes;
use crate::sync::player::PlayerEvent;
use crate::texts::language::Language;
use crate::wire::message::{ServerMsg, Welcome};

pub mod appearance;
mod carry_out;
mod carry_out_invites;
mod carry_out_titles;
mod carry_out_video;
pub mod chapters;
pub mod command;
pub mod config;
mod connection;
pub mod decision;
mod destination;
mod disconnect;
pub mod effect;
pub mod event;
mod hosting;
mod invite_links;
pub mod key;
pub mod keys;
mod lines;
pub mod lobby;
pub mod network_fault;
pub mod output;
mod oversized;
mod own_keys;
pub mod own_reactions;
mod playback;
pub mod pointer;
pub mod preferences;
pub mod room_tokens;
pub mod saved_list;
pub mod screen;
mod server_words;
mod session;
pub mod time_of_day;
pub mod tls_fault;
mod usage;
pub mod video;
mod view;
pub mod wall_time;
pub mod way_in;

/// If the clock since boot runs ahead of the monotonic one by more than this between two events,
/// the machine slept. A smaller difference comes from reading one clock after the other, or, on
/// systems without a clock since boot, from setting the clock.
const SLEEP: Span = Span::seconds(2);

/// A client in a room, or on its way there.
#[derive(Debug)]
pub struct App {
    has_player: bool,
    /// The language of what this member reads.
    language: Language,
    /// The time of the event that is being handled.
    now: Now,
    /// What the event that is being handled leads to.
    effects: Vec<Effect>,
    connection: ServerConnection,
    session: Session,
    lines: Lines,
    /// The invite links that this member makes.
    invite_links: InviteLinks,
    /// Whether the next line of input is the password that `/private` asks for.
    password_follows: bool,
    playback: Playback,
    /// The emoji on this member's keys 1 to 5.
    reactions: OwnReactions,
    /// The chapters of what plays, as far as the own player knows them.
    chapters: Chapters,
    /// What stands over the picture, if there is a player.
    video: Option<Box<Video>>,
    /// The screen, if there is one; `on_screen` alone looks whether there is.
    screen: Option<Box<Screen>>,
}

impl App {
    /// A client that begins to connect, and its first orders.
    #[must_use]
    pub fn new(config: AppConfig, now: Now) -> (Self, Vec<Effect>) {
        let mut app = Self {
            has_player: config.has_player,
            language: config.language,
            now,
            effects: Vec::new(),
            connection: ServerConnection::new(&config, now.local),
            session: Session::default(),
            lines: Lines::new(config.screen.is_none()),
            invite_links: InviteLinks::default(),
            password_follows: false,
            playback: Playback::new(&config),
            reactions: config.reactions,
            chapters: Chapters::default(),
            video: config
                .has_player
                .then(|| Box::new(Video::new(config.video))),
            screen: config
                .screen
                .map(|screen| Box::new(Screen::new(screen, &config.server))),
        };
        app.on_connection(ConnectionInput::Begin);
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
            Event::Line(text) => self.on_typed_line(&text),
            Event::InviteToken(token) => self.on_invite_token(token),
            Event::InputEnded => self.on_lines(LinesInput::Ended),
            Event::Interrupted => self.on_connection(ConnectionInput::Leave),
            Event::Connected => {
                let remembered = self.session.remembered();
                self.on_connection(ConnectionInput::Opened(remembered));
            }
            Event::Message { message, at } => {
                let ended_by = self.session.ended_by();
                let received = ReceivedMessage {
                    message,
                    at,
                    ended_by,
                };
                self.on_connection(ConnectionInput::Message(received));
            }
            Event::Receiving => self.on_connection(ConnectionInput::Receiving),
            Event::Disconnected(why) => {
                let ended_by = self.session.ended_by();
                self.on_connection(ConnectionInput::Disconnected(why, ended_by));
            }
            Event::Player(PlayerEvent::Chapters { epoch, chapters }) => {
                self.chapters.keep(epoch, chapters);
            }
            Event::Player(event) => {
                self.on_video(VideoInput::Player(&event));
                self.on_playback(PlaybackInput::Player(event));
            }
            Event::SoundOffset { device, offset } => {
                self.on_playback(PlaybackInput::OffsetFound { device, offset });
            }
            Event::Key(press) => self.on_screen(ScreenInput::Key(press)),
            Event::Pointer(event) => self.on_screen(ScreenInput::Pointer(event)),
            Event::Paste(text) => self.on_screen(ScreenInput::Paste(&text)),
            Event::Background(background) => {
                self.on_screen(ScreenInput::Background(background));
            }
            Event::Resize(columns, rows) => self.on_screen(ScreenInput::Resize(columns, rows)),
            Event::Described { entry, known } => self.on_described(entry, known),
            Event::Playlist { line, room, answer } => self.on_playlist(line, &room, answer),
            Event::ListSaved { line, answer } => self.on_list_saved(line, answer),
            Event::SavedList { line, room, answer } => self.on_saved_list(line, &room, answer),
            Event::SavedLists { line, names } => self.on_saved_lists(line, names),
            Event::Rooms { server, answer } => {
                let server = &server;
                self.on_screen(ScreenInput::Rooms { server, answer });
            }
            Event::OwnRooms { server, rooms } => {
                let server = &server;
                self.on_screen(ScreenInput::OwnRooms { server, rooms });
            }
            Event::RoomsFeed { server, news } => {
                let server = &server;
                self.on_screen(ScreenInput::RoomsFeed { server, news });
            }
            Event::Deadline => self.deadline(),
        }
        if !self.is_closed() {
            self.on_session(SessionInput::Next);
        }
        self.on_playback(PlaybackInput::CountDown);
        self.next_lines();
        self.on_video(VideoInput::EventHandled);
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
            self.video
                .as_ref()
                .and_then(|video| video.next_deadline(&self.video_view())),
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

    /// Hands a welcome to the room as it is known.
    pub(super) fn enter(&mut self, welcome: Box<Welcome>, is_first: bool) {
        self.on_session(SessionInput::Arriving(&welcome));
        let request = JoinRequest {
            destination: self.connection.destination(),
            name: self.connection.own_name().current(),
            chosen_name: self.connection.own_name().chosen(),
            is_first,
        };
        let input = SessionInput::Welcome(welcome, request);
        let outputs = self.session.handle(input, self.now.local);
        self.carry_out_session(outputs);
        self.on_session(SessionInput::MessageOver);
    }

    /// Hands a message about the room, which was read off the socket at `at`, to whom it concerns.
    pub(super) fn on_room_message(&mut self, message: ServerMsg, at: LocalTime) {
        match message {
            ServerMsg::Events { events } => self.on_facts(&events, false),
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
            // They are no messages about the room.
            ServerMsg::Welcome(_) | ServerMsg::Refused(_) | ServerMsg::Error(_) => {}
        }
        self.on_session(SessionInput::MessageOver);
    }

    /// Hands events to the room as it is known, one by one.
    pub(super) fn on_facts(&mut self, facts: &[Fact], is_replayed: bool) {
        for fact in facts {
            self.on_session(SessionInput::Event { fact, is_replayed });
        }
    }

    /// Reads a line of input. Without a screen the line behind `/private` is the password,
    /// whenever the turn of `/private` comes: it must never be taken for a message.
    fn on_typed_line(&mut self, text: &str) {
        let parsed = if std::mem::take(&mut self.password_follows) {
            command::parse_password(text)
        } else {
            command::parse(text)
        };
        let makes_private = Ok(ParsedLine::Client(ClientCommand::MakePrivate));
        self.password_follows = self.screen.is_none() && parsed == makes_private;
        self.on_lines(LinesInput::Line(parsed));
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
        let output = self.with_clock(output);
        self.on_screen(ScreenInput::Output(&output));
        self.on_video(VideoInput::Output(&output));
        self.effects.push(Effect::Output(output));
    }

    fn notice(&mut self, notice: Notice) {
        self.emit(Output::Notice(notice));
    }
}

#[cfg(test)]
pub(crate) mod tests;
