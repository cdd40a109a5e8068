//! The client as a state machine: everything that happens becomes an [`event::Event`],
//! [`App::update`] answers with [`effect::Effect`]s. The terminal screen and `--json` are two
//! faces of the same app.
//!
//! `session` speaks with the server, `link` knows the connection, `input` follows each line
//! to its answer, `changes` says what an event of the room tells the member, `playback`
//! keeps the player in step, judges what is done in its window and remembers what was decided
//! about it and why; `dispatch` carries what one machine wants to the others.

use config::{AppConfig, Reach};
use decision::Decision;
use effect::{Effect, Exit};
use event::{Event, Now};
use input::Lines;
use link::{Due, Link, Stage};
use playback::{Playback, PlaybackInput, PlaybackView};
use room_tokens::RoomTokens;
use screen::{Screen, ScreenInput};
use session::Session;
use told::{ConnectionView, Notice, PlayerView, Told};

use crate::protocol::ids::RoomId;
use crate::protocol::member::Member;
use crate::protocol::text::MemberName;
use crate::protocol::time::{LocalTime, Position, RoomTime, Span};
use crate::room::state::RoomState;
use crate::sync::follow::Status;
use crate::sync::player::MediaProblem;
use crate::wire::message::{ClientMsg, HealthDigest};

mod absent;
mod changes;
mod chosen_name;
pub mod command;
pub mod config;
pub mod decision;
mod dispatch;
pub mod effect;
mod ending;
pub mod event;
mod input;
mod jumps;
pub mod key;
pub mod keys;
mod link;
mod local;
mod oversized;
mod playback;
pub mod room_tokens;
pub mod screen;
mod session;
pub mod told;
mod usage;
mod waits;
mod wants;
mod welcome;

/// A client in a room, or on its way there.
#[derive(Debug)]
pub struct App {
    config: AppConfig,
    /// The time of the event that is being handled.
    now: Now,
    /// What the event that is being handled leads to.
    effects: Vec<Effect>,
    link: Link,
    connection: ConnectionView,
    /// Whether some room was joined since the start: then an unreachable server is no reason
    /// to end.
    joined_once: bool,
    /// By what this room knows the client.
    tokens: RoomTokens,
    /// What is known of the room; kept while the connection is away.
    session: Option<Session>,
    /// Where to go back to if the room that `/join` named does not let us in.
    fallback: Option<local::Place>,
    lines: Lines,
    playback: Playback,
    /// The exit, once it is only waited for the server to close, and until when.
    ending: Option<(Exit, LocalTime)>,
    /// Jumps that belong together.
    jumps: Option<jumps::Jumps>,
    /// A wait of the room that was not told yet.
    untold_wait: Option<waits::Untold>,
    /// The screen, if there is one; `on_screen` alone looks whether there is.
    screen: Option<Box<Screen>>,
}

impl App {
    /// A client that begins to connect, and its first orders.
    #[must_use]
    pub fn new(config: AppConfig, now: Now) -> (Self, Vec<Effect>) {
        let screen = config.screen.clone();
        let mut app = Self {
            now,
            effects: Vec::new(),
            link: Link::new(config.seed, now.local),
            connection: ConnectionView::Closed,
            joined_once: false,
            tokens: RoomTokens::default(),
            session: None,
            fallback: None,
            lines: Lines::default(),
            playback: Playback::new(&config),
            ending: None,
            jumps: None,
            untold_wait: None,
            screen: screen.map(|screen| Box::new(Screen::new(screen, &config.server))),
            config,
        };
        app.tell_reach();
        app.drive_playback(PlaybackInput::Begin);
        app.on_screen(ScreenInput::Begin);
        app.on_screen(ScreenInput::EventHandled);
        let effects = std::mem::take(&mut app.effects);
        (app, effects)
    }

    /// Takes what happened, and says what is to be done. After [`Effect::Exit`] nothing is.
    pub fn update(&mut self, event: Event, now: Now) -> Vec<Effect> {
        if self.link.stage() == Stage::Closed {
            return Vec::new();
        }
        self.notice_sleep(now);
        self.now = now;
        match event {
            Event::TokenFound(found) => self.tokens_found(found),
            Event::Line(text) => self.line(&text),
            Event::InputEnded => self.lines.end(),
            Event::Interrupted => self.leave(),
            Event::Connected => self.greet(),
            Event::Message(message) => self.message(*message),
            Event::Receiving => self.link.receiving(now.local),
            Event::Disconnected(why) => self.disconnected(why),
            Event::Player(event) => self.drive_playback(PlaybackInput::Player(event)),
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
        self.jumps_due();
        self.wait_due();
        self.drive_playback(PlaybackInput::CountDown);
        self.settle();
        self.on_screen(ScreenInput::EventHandled);
        if let Some(session) = self.session.as_mut() {
            session.follow_roster();
        }
        std::mem::take(&mut self.effects)
    }

    /// When the app wants an [`Event::Deadline`].
    #[must_use]
    pub fn next_deadline(&self) -> Option<LocalTime> {
        if self.link.stage() == Stage::Closed {
            return None;
        }
        [
            self.link.next_deadline(),
            self.playback.next_deadline(&self.playback_view()),
            self.lines.next_deadline(),
            self.ending.map(|(_, until)| until),
            self.screen()
                .and_then(|screen| screen.next_deadline(&self.view())),
            self.jumps_deadline(),
            self.wait_deadline(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// The room, once it was joined; as it was last known while the connection is away.
    #[must_use]
    pub fn room(&self) -> Option<&RoomState> {
        self.session.as_ref().map(|session| &session.state)
    }

    /// Oneself in the room.
    #[must_use]
    pub fn me(&self) -> Option<&Member> {
        self.session.as_ref().and_then(Session::me)
    }

    /// The admin for whom a member could be taken by their name, who they are not.
    #[must_use]
    pub fn passes_for_admin(&self, member: &Member) -> Option<&MemberName> {
        self.session.as_ref()?.admins.passes_for(member)
    }

    /// The name of the room, joined or not yet.
    #[must_use]
    pub fn room_id(&self) -> &RoomId {
        &self.config.room
    }

    /// The address of the server.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.config.server
    }

    /// The link that leads others here: by the server's own word, else by its address on the
    /// local network, else by the address that we use.
    #[must_use]
    pub fn invite(&self) -> String {
        self.view().invite()
    }

    /// The invite, if anybody elsewhere could follow it.
    #[must_use]
    pub fn invite_for_others(&self) -> Option<String> {
        (self.config.reach != Reach::OnlyHere).then(|| self.invite())
    }

    /// The screen, if there is one.
    #[must_use]
    pub fn screen(&self) -> Option<&Screen> {
        self.screen.as_deref()
    }

    /// The time of the last event, by the client's own clock. The picture shows that moment.
    #[must_use]
    pub const fn local_now(&self) -> LocalTime {
        self.now.local
    }

    /// What the connection does.
    #[must_use]
    pub const fn connection(&self) -> &ConnectionView {
        &self.connection
    }

    /// What the player does.
    #[must_use]
    pub fn player_view(&self) -> PlayerView {
        self.playback.player_view()
    }

    /// Why the player waits for data, and how long until that is asked for again (`None` while
    /// it is asked for), as far as known.
    #[must_use]
    pub fn next_try(&self) -> Option<(MediaProblem, Option<Span>)> {
        let interruption = self.playback.interruption()?;
        let left = interruption.next.map(|next| next - self.now.local);
        Some((interruption.problem, left))
    }

    /// How well in step the player is.
    #[must_use]
    pub fn sync_status(&self) -> Status {
        self.playback.sync_status(&self.playback_view())
    }

    /// The last decisions about the own player, oldest first.
    #[must_use]
    pub fn decisions(&self) -> impl DoubleEndedIterator<Item = &Decision> {
        self.playback.decisions()
    }

    /// The number that is shown now, while the room counts down to a start.
    #[must_use]
    pub fn counting(&self) -> Option<u8> {
        self.playback.counting(&self.playback_view())
    }

    /// Where the film is now; `None` before the room was joined. Before the clocks were
    /// compared it is where it was at the last event.
    #[must_use]
    pub fn position(&self, now: LocalTime) -> Option<Position> {
        let room = self.room()?;
        let at = self.playback.room_time(now).unwrap_or(room.at);
        Some(room.timeline.position(at))
    }

    /// Room time at the last event, once the clocks were compared.
    #[must_use]
    pub fn room_now(&self) -> Option<RoomTime> {
        self.playback.room_time(self.now.local)
    }

    /// How everyone is doing, as the server last told.
    #[must_use]
    pub fn health(&self) -> Option<&HealthDigest> {
        self.session.as_ref().map(|session| &session.health)
    }

    fn playback_view(&self) -> PlaybackView<'_> {
        dispatch::playback_view(self.session.as_ref(), &self.link, self.now.local)
    }

    fn tell(&mut self, told: Told) {
        self.on_screen(ScreenInput::Output(&told));
        self.effects.push(Effect::Tell(told));
    }

    fn notice(&mut self, notice: Notice) {
        self.tell(Told::Notice(notice));
    }

    fn send(&mut self, message: ClientMsg) {
        self.effects.push(Effect::Send(message));
    }

    /// Tells what the connection does, if that is new.
    fn tell_connection(&mut self, view: ConnectionView) {
        if self.connection != view {
            self.connection = view.clone();
            self.tell(Told::Connection(view));
        }
    }

    fn tell_reach(&mut self) {
        match &self.config.reach {
            Reach::Remote => {}
            Reach::OnlyHere => {
                let server = self.config.server.clone();
                self.notice(Notice::OnlyHere { server });
            }
            Reach::Lan { invites } => {
                let invites = invites.clone();
                self.notice(Notice::OnLan { invites });
            }
        }
    }

    /// A clock since boot that ran ahead of the monotonic one by more than two seconds between
    /// two events means that the machine slept (less is one clock being read after the other, or
    /// being set where the system tells no time since boot).
    fn notice_sleep(&mut self, now: Now) {
        let passed = Span(now.boot.saturating_sub(self.now.boot));
        let slept = passed - (now.local - self.now.local);
        if slept > Span::seconds(2) {
            self.now = now;
            self.notice(Notice::Woke { slept });
            self.drive_playback(PlaybackInput::Suspended);
            if self.link.suspect(now.local) {
                self.send(ClientMsg::Ping { t0: now.local });
            }
        }
    }

    fn deadline(&mut self) {
        let now = self.now.local;
        if self.ending.is_some_and(|(_, until)| until <= now) {
            self.finish_ending();
            return;
        }
        if self.lines.leave_by.is_some_and(|by| by <= now) {
            self.leave();
        }
        if self.link.stage() == Stage::Closed {
            return;
        }
        match self.link.due(now) {
            Some(Due::Retry) => self.connect(),
            Some(Due::Probe) => self.send(ClientMsg::Ping { t0: now }),
            Some(Due::Silent) => self.silent(),
            None => {}
        }
        if self.link.stage() != Stage::Closed {
            self.drive_playback(PlaybackInput::Deadline);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
