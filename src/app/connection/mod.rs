//! The connection to a server: where to go, the way there, the greeting, silence, waiting for
//! the next attempt, the way back from a room that does not let the client in, the goodbye.
//!
//! It knows nothing of what is in a room, of lines, of the player or of the screen.

use lifecycle::{Due, Lifecycle};
use membership::Membership;
use message_kind::MessageKind;
use outputs::Outputs;
use own_name::OwnName;
use server_host::ServerHost;

use crate::app::config::AppConfig;
use crate::app::destination::{Destination, RememberedRoom};
use crate::app::effect::{Effect, Exit};
use crate::app::event::Disconnect;
use crate::app::output::{ArrivalNotice, ConnectionView, Notice, Why};
use crate::app::room_tokens::RoomTokens;
use crate::app::written_room::WrittenRoom;
use crate::protocol::cadence::Cadence;
use crate::protocol::time::LocalTime;
use crate::wire::message::ClientMsg;

mod backoff;
mod goodbye;
mod input;
mod lifecycle;
mod loss;
mod membership;
mod message_kind;
mod observing;
mod output;
mod outputs;
mod own_name;
mod phase;
mod refusal_kind;
mod server_host;

pub use backoff::Backoff;
pub(super) use input::{ConnectionInput, ReceivedMessage};
pub(super) use output::ConnectionOutput;
pub(super) use phase::Phase;

/// The client's one connection to a server. It outlives the sockets: between two attempts it waits,
/// and `/join` leads it to another room.
#[derive(Debug)]
pub(super) struct ServerConnection {
    lifecycle: Lifecycle,
    destination: Destination,
    membership: Membership,
    own_name: OwnName,
    has_player: bool,
    /// Whether it only watches a public room from outside.
    observes: bool,
    /// Whether the server ends with a member's client.
    host: ServerHost,
    out: Outputs,
}

impl ServerConnection {
    /// Before the first attempt.
    pub(super) fn new(config: &AppConfig, now: LocalTime) -> Self {
        Self {
            lifecycle: Lifecycle::new(config.seed, now),
            destination: Destination::first(config),
            membership: Membership::New,
            own_name: OwnName::first(config),
            has_player: config.attendance.has_player(),
            observes: config.attendance.observes(),
            host: ServerHost::default(),
            out: Outputs::new(),
        }
    }

    /// Takes what happened, and says what is to be done: after [`ConnectionOutput::Exit`] nothing.
    pub(super) fn handle(
        &mut self,
        input: ConnectionInput,
        now: LocalTime,
    ) -> Vec<ConnectionOutput> {
        if self.phase() == Phase::Closed {
            return Vec::new();
        }
        match input {
            ConnectionInput::Begin => self.out.notices(self.destination.first_notices()),
            ConnectionInput::Rest => {
                self.disconnect();
                self.lifecycle.enter(Phase::Resting, now);
            }
            ConnectionInput::Start => self.start(now),
            ConnectionInput::ConnectWithPassword(password) => {
                self.connect_as(now, |there| there.set_password(password));
            }
            ConnectionInput::CreateWithKey(key) => {
                self.connect_as(now, |there| there.set_create_key(key));
            }
            ConnectionInput::JoinOpen => self.connect_as(now, Destination::join_open),
            ConnectionInput::UseName(name) => {
                self.out.effect(Effect::KeepName(name.clone()));
                self.own_name.choose(name);
            }
            ConnectionInput::OwnName(name) => self.own_name.given(name),
            ConnectionInput::GiveUp { why, exit } => self.give_up(why, exit, now),
            ConnectionInput::ForgetRoom => self.destination.drop_tokens(),
            ConnectionInput::End(exit) => self.end(exit, now),
            ConnectionInput::TokensFound(found) => self.tokens_found(found, now),
            ConnectionInput::Opened(remembered) => self.greet(remembered.as_ref(), now),
            ConnectionInput::Message(received) => self.message(received, now),
            ConnectionInput::Receiving => self.lifecycle.receiving(now),
            ConnectionInput::Welcomed => self.welcomed(now),
            ConnectionInput::Cadence(cadence) => self.lifecycle.keep(cadence),
            ConnectionInput::Token(kept) => self.keep_token(kept),
            ConnectionInput::VisibilityChanged(visibility) => {
                let keep = self.destination.note_visibility(visibility);
                self.out.effect_if_any(keep);
            }
            ConnectionInput::Disconnected(why, by) => self.disconnected(why, by, now),
            ConnectionInput::Entered => self.ask_what_was_chosen(),
            ConnectionInput::Oversized if self.is_joined() => self.leave_oversized(now),
            ConnectionInput::Join(room) => self.join(room, now),
            ConnectionInput::Retry if self.is_waiting() => self.connect(now),
            ConnectionInput::Oversized | ConnectionInput::Retry => {}
            ConnectionInput::Leave => self.leave(now),
            ConnectionInput::Slept => self.slept(now),
            ConnectionInput::Deadline => self.deadline(now),
        }
        self.out.take()
    }

    /// When it wants [`ConnectionInput::Deadline`].
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        self.lifecycle.next_deadline()
    }

    /// Where it is on its way to a room.
    pub(super) const fn phase(&self) -> Phase {
        self.lifecycle.phase()
    }

    /// Whether the server takes messages of a member.
    pub(super) const fn is_joined(&self) -> bool {
        self.lifecycle.phase().is_joined()
    }

    /// Whether the next attempt is waited for.
    pub(super) const fn is_waiting(&self) -> bool {
        matches!(self.phase(), Phase::Waiting(_))
    }

    /// Whether the client is in a room, or was in one since it was started.
    pub(super) const fn was_in_a_room(&self) -> bool {
        !matches!(self.membership, Membership::New)
    }

    /// Whether it is on the way from one room to another, and nobody there has answered yet.
    pub(super) const fn is_switching(&self) -> bool {
        matches!(self.membership, Membership::Switching { .. }) && self.lifecycle.is_unanswered()
    }

    /// Where the client is, or wants to be.
    pub(super) const fn destination(&self) -> &Destination {
        &self.destination
    }

    /// The name that the member goes by.
    pub(super) const fn own_name(&self) -> &OwnName {
        &self.own_name
    }

    /// The state of the connection that was last emitted.
    pub(super) const fn view(&self) -> &ConnectionView {
        self.out.view()
    }

    /// Begins with a room: the kept token first.
    fn start(&mut self, now: LocalTime) {
        self.lifecycle.enter(Phase::FindingToken, now);
        let server = self.destination.server().to_owned();
        self.out.show(ConnectionView::Connecting { server });
        if self.observes {
            self.connect(now);
        } else {
            self.out.effect(self.destination.find_token());
        }
    }

    fn tokens_found(&mut self, found: Option<RoomTokens>, now: LocalTime) {
        let found = found.unwrap_or_default();
        match self.phase() {
            Phase::FindingToken => {
                self.destination.tokens_found(found);
                self.connect(now);
            }
            // In time for the greeting at least.
            Phase::Connecting => self.destination.tokens_found_late(found),
            _ => {}
        }
    }

    /// Tries again with something else to go there with.
    fn connect_as(&mut self, now: LocalTime, change: impl FnOnce(&mut Destination)) {
        change(&mut self.destination);
        self.connect(now);
    }

    fn connect(&mut self, now: LocalTime) {
        self.lifecycle.enter(Phase::Connecting, now);
        let server = self.destination.server().to_owned();
        self.out.effect(Effect::Connect { server });
    }

    /// The connection stands: says who comes.
    fn greet(&mut self, remembered: Option<&RememberedRoom>, now: LocalTime) {
        if self.phase() != Phase::Connecting {
            return;
        }
        self.lifecycle.enter(Phase::Greeting, now);
        let name = self.own_name.current().clone();
        let hello = self.destination.hello(name, self.has_player, remembered);
        self.out.send(observing::greeting(hello, self.observes));
    }

    /// Takes a message of the server. Nothing is expected of one that was not greeted.
    fn message(&mut self, received: ReceivedMessage, now: LocalTime) {
        let phase = self.phase();
        if phase != Phase::Greeting && !phase.is_joined() {
            return;
        }
        self.lifecycle.received(now);
        match MessageKind::of(*received.message, phase) {
            MessageKind::Oversized => self.leave_oversized(now),
            MessageKind::Welcome(welcome) => {
                let is_first = !self.was_in_a_room();
                self.host = ServerHost::of(&welcome);
                self.out
                    .add(ConnectionOutput::Welcome { welcome, is_first });
            }
            MessageKind::Refused(closing) => self.refused(closing, received.ended_by, now),
            MessageKind::Error(reason) => self.out.notice(Some(Notice::ServerError(reason))),
            MessageKind::OfRoom(message) => self.out.add(ConnectionOutput::RoomMessage(
                Box::new(message),
                received.at,
            )),
            MessageKind::Unexpected => {}
        }
    }

    /// Asks a room that was just entered for what the member chose at the start, once: their
    /// name, which is kept for the next time, and what is to play.
    fn ask_what_was_chosen(&mut self) {
        if let Some(name) = self.own_name.take_chosen() {
            self.out.effect(Effect::KeepName(name.clone()));
            self.out.add(ConnectionOutput::ChosenName(name));
        }
        if let Some(play) = self.destination.take_play() {
            self.out.add(ConnectionOutput::Play(play));
        }
    }

    fn welcomed(&mut self, now: LocalTime) {
        self.lifecycle.enter(Phase::Joined(now), now);
        self.membership = Membership::Member;
        self.destination.drop_invite();
        self.out.show(ConnectionView::Connected);
    }

    /// This room is not to be had: back to the one before, if there is any.
    fn give_up(&mut self, why: Why, exit: Exit, now: LocalTime) {
        self.out.show(ConnectionView::Refused(why.clone()));
        self.out.add(ConnectionOutput::JoinRefused(why.clone()));
        if let Some(back) = self.membership.turn_back() {
            self.disconnect();
            self.out.add(ConnectionOutput::Offline);
            self.out.add(ConnectionOutput::Returned);
            self.destination = back;
            self.start(now);
        } else {
            self.out.add(ConnectionOutput::EntryGivenUp { why, exit });
        }
    }

    fn join(&mut self, room: WrittenRoom, now: LocalTime) {
        let next = self.destination.other(room);
        self.out.notice(next.mended_notice());
        self.disconnect();
        self.out.add(ConnectionOutput::Offline);
        let here = std::mem::replace(&mut self.destination, next);
        self.host = ServerHost::default();
        self.lifecycle.keep(Cadence::default());
        let keeps = self.membership.set_out_from(here.into_way_back());
        self.out.add(ConnectionOutput::SetAside { keeps });
        self.start(now);
    }

    fn slept(&mut self, now: LocalTime) {
        if self.lifecycle.suspect(now) {
            self.out.send(ClientMsg::Ping { t0: now });
        }
    }

    fn deadline(&mut self, now: LocalTime) {
        match self.lifecycle.due(now) {
            None => {}
            Some(Due::TokensOverdue) => {
                self.out
                    .notice(Some(Notice::Arrival(ArrivalNotice::TokensOverdue)));
                self.connect(now);
            }
            Some(Due::Retry) => self.connect(now),
            Some(Due::Probe) => self.out.send(ClientMsg::Ping { t0: now }),
            Some(Due::NotClosed) => self.finish(Exit::Left, now),
            Some(Due::Silent) => {
                self.out.effect(Effect::Disconnect);
                self.lost(Disconnect::of_silence(self.is_joined()), now);
            }
        }
    }
}

#[cfg(test)]
mod tests;
