//! The client as a state machine: everything that happens becomes an [`event::Event`],
//! [`App::update`] answers with [`effect::Effect`]s. The terminal screen and `--json` are two
//! faces of the same app.
//!
//! It owns six machines that know nothing of each other: `connection` is the way to the server
//! and back to it, `session` the room as it is known, `lines` what the member types and its
//! answers, `playback` keeps the player in step, `screen` is what the terminal is in the middle
//! of, `video` what stands over the picture. `on_event` and `carry_out` hand what happened to them,
//! and carry the outputs of one to the others; `view` is what the faces read.

use asking::Asking;
use chapters::Chapters;
use checks::Checks;
use config::{AppConfig, Attendance};
pub use connection::Backoff;
use connection::{ConnectionInput, Phase, ServerConnection};
use effect::Effect;
pub use entry_attempts::EntryAttempts;
use event::{Event, Now};
use invite_links::InviteLinks;
use lines::{Lines, LinesInput};
use output::{ArrivalNotice, Notice, Output};
use own_reactions::OwnReactions;
pub use playback::OwnPlayer;
use playback::{Playback, PlaybackInput};
use screen::{Screen, ScreenInput};
use server_words::denial;
use session::{JoinRequest, Session, SessionInput};
use video::{Video, VideoInput};

use crate::protocol::cadence::Cadence;
use crate::protocol::event::Fact;
use crate::protocol::ids::RoomId;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::PongTimes;
use crate::texts::language::Language;
use crate::wire::message::{ServerMsg, Welcome};

pub mod appearance;
mod asking;
mod carry_out;
mod carry_out_invites;
mod carry_out_local;
mod carry_out_titles;
mod carry_out_video;
pub mod chapters;
mod checks;
pub mod command;
pub mod config;
mod connection;
pub mod decision;
mod destination;
mod disconnect;
pub mod effect;
mod entry_attempts;
pub mod event;
pub mod focus;
mod hosting;
mod invite_links;
pub mod key;
pub mod keys;
mod lines;
pub mod list_item;
pub mod lobby;
mod mention;
pub mod menu_item;
pub mod name_colours;
mod nearby_room;
pub mod network_fault;
mod on_event;
pub mod osd_level;
pub mod other_address;
pub mod output;
mod oversized;
mod own_keys;
pub mod own_reactions;
pub mod own_settings;
mod playback;
pub mod pointer;
pub mod preferences;
pub mod question;
mod room_lobby;
pub mod room_tokens;
pub mod saved_list;
pub mod screen;
pub mod server_words;
mod session;
pub mod time_of_day;
pub mod tls_fault;
mod usage;
pub mod video;
mod view;
pub mod wall_time;
pub mod way_in;
pub mod written_room;

/// If the clock since boot runs ahead of the monotonic one by more than this between two events,
/// the machine slept. A smaller difference comes from reading one clock after the other, or, on
/// systems without a clock since boot, from setting the clock.
const SLEEP: Span = Span::seconds(2);

/// A client in a room, or on its way there.
#[derive(Debug)]
pub struct App {
    attendance: Attendance,
    /// The language of what this member reads.
    language: Language,
    /// The time of the event that is being handled.
    now: Now,
    /// Whether the last event may have changed the picture, beyond the figures of a measurement.
    may_look_different: bool,
    /// What the event that is being handled leads to.
    effects: Vec<Effect>,
    connection: ServerConnection,
    session: Session,
    lines: Lines,
    /// The invite links that this member makes.
    invite_links: InviteLinks,
    /// The room that the last join made, until the live rooms are known.
    made_room: Option<RoomId>,
    /// Whether the next line of input is the password that `/private` asks for.
    password_follows: bool,
    playback: Playback,
    /// What was told of this computer's programs and folders.
    checks: Checks,
    /// The emoji on this member's keys 1 to 5.
    reactions: OwnReactions,
    /// The chapters of what plays, as far as the own player knows them.
    chapters: Chapters,
    /// What the member's role did not allow when it was last wanted.
    asking: Asking,
    /// What stands over the picture, if there is a player.
    video: Option<Box<Video>>,
    /// The screen, if there is one; `on_screen` alone looks whether there is.
    screen: Option<Box<Screen>>,
}

impl App {
    /// A client that begins to connect, and its first orders.
    #[must_use]
    pub fn new(config: AppConfig, now: Now) -> (Self, Vec<Effect>) {
        let whole = config.whole_name.clone();
        let mut app = Self {
            attendance: config.attendance,
            language: config.language,
            now,
            may_look_different: true,
            effects: Vec::new(),
            connection: ServerConnection::new(&config, now.local),
            session: Session::default(),
            lines: Lines::new(config.screen.is_none()),
            invite_links: InviteLinks::default(),
            made_room: None,
            password_follows: false,
            playback: Playback::new(&config),
            checks: Checks::new(config.system),
            reactions: config.reactions,
            chapters: Chapters::default(),
            asking: Asking::default(),
            video: config
                .attendance
                .has_player()
                .then(|| Box::new(Video::new(config.video))),
            screen: config
                .screen
                .map(|screen| Box::new(Screen::new(screen, &config.server))),
        };
        app.notice_short_name(whole);
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
        self.may_look_different = !event.is_measurement() || self.screen_is_due(now.local);
        let clock = self.clock_offset();
        self.notice_sleep(now);
        self.now = now;
        self.on_event(event);
        self.may_look_different |= view::has_stepped(clock, self.clock_offset());
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
        self.keep_cadence(welcome.cadence.unwrap_or_default());
        self.on_session(SessionInput::Arriving(&welcome));
        let request = JoinRequest {
            destination: self.connection.destination(),
            name: self.connection.own_name().current(),
            chosen_name: self.connection.own_name().chosen(),
            is_first,
        };
        let created = welcome.created;
        let input = SessionInput::Welcome(welcome, request);
        let outputs = self.session.handle(input, self.now.local);
        self.carry_out_session(outputs);
        if created {
            self.look_nearby();
        }
        self.on_session(SessionInput::MessageOver);
    }

    /// Keeps the cadence that the server told, from now on.
    fn keep_cadence(&mut self, cadence: Cadence) {
        self.on_playback(PlaybackInput::Cadence(cadence));
        self.on_connection(ConnectionInput::Cadence(cadence));
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
            ServerMsg::Pong {
                t0,
                t1,
                t2,
                cadence,
            } => {
                if let Some(cadence) = cadence {
                    self.keep_cadence(cadence);
                }
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

    fn notice_sleep(&mut self, now: Now) {
        let passed = Span(now.boot.saturating_sub(self.now.boot));
        let slept = passed - (now.local - self.now.local);
        if slept > SLEEP {
            self.now = now;
            self.notice(Notice::Woke(slept));
            self.on_playback(PlaybackInput::Suspended);
            self.on_connection(ConnectionInput::Slept);
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
        if self.attendance.observes() && matches!(output, Output::Player(_)) {
            return;
        }
        let output = self.with_chapter(self.with_clock(output));
        // That one is a measurement; the picture shows it where it is drawn from.
        self.may_look_different |= !matches!(output, Output::Sync(_));
        self.on_screen(ScreenInput::Output(&output));
        self.on_video(VideoInput::Output(&output));
        let after = self.checks.after(&output);
        self.effects.push(Effect::Output(output));
        self.carry_out_checks(after);
    }

    /// Says how the member is called whose name was longer than names are.
    fn notice_short_name(&mut self, whole: Option<String>) {
        let Some(whole) = whole else {
            return;
        };
        let name = self.connection.own_name().current().clone();
        let shortened = ArrivalNotice::NameShortened { whole, name };
        self.notice(Notice::Arrival(shortened));
    }

    fn notice(&mut self, notice: Notice) {
        self.emit(Output::Notice(notice));
    }
}

#[cfg(test)]
pub(crate) mod tests;
