//! The connection to a server: where to go, the way there, the greeting, silence, waiting for
//! the next attempt, the way back from a room that does not let the client in, the goodbye.
//!
//! It knows nothing of what is in a room, of lines, of the player or of the screen.

use lifecycle::{Due, Lifecycle};
use membership::Membership;
use refusal_kind::RefusalKind;

use crate::app::config::AppConfig;
use crate::app::destination::{Destination, RememberedRoom};
use crate::app::effect::{Effect, Exit};
use crate::app::event::{CloseReason, Disconnect};
use crate::app::output::{ConnectionView, Why};
use crate::app::room_tokens::RoomTokens;
use crate::media::Media;
use crate::protocol::invite::Target;
use crate::protocol::member::Visibility;
use crate::protocol::text::MemberName;
use crate::protocol::time::{LocalTime, Span};
use crate::wire::message::ClientMsg;

mod backoff;
mod input;
mod lifecycle;
mod membership;
mod output;
mod phase;
mod refusal_kind;

pub(super) use input::ConnectionInput;
pub(super) use output::ConnectionOutput;
pub(super) use phase::Phase;

/// How long the server may take to close after our goodbye.
const GOODBYE: Span = Span::seconds(2);

/// The client's one connection to a server. It outlives the sockets: between two attempts it waits,
/// and `/join` leads it to another room.
#[derive(Debug)]
pub(super) struct ServerConnection {
    lifecycle: Lifecycle,
    destination: Destination,
    membership: Membership,
    /// The name wished for, or the one that the room gave.
    name: MemberName,
    /// The name that the member chose for this run of the client, until a room was asked for it.
    chosen_name: Option<MemberName>,
    /// The address of the server that runs in this process, if one does.
    hosts: Option<String>,
    has_player: bool,
    /// The state that was last emitted.
    view: ConnectionView,
    /// What the input that is being handled leads to.
    outputs: Vec<ConnectionOutput>,
}

impl ServerConnection {
    /// Before the first attempt.
    pub(super) fn new(config: &AppConfig, now: LocalTime) -> Self {
        Self {
            lifecycle: Lifecycle::new(config.seed, now),
            destination: Destination::first(config),
            membership: Membership::New,
            name: config.name.clone(),
            chosen_name: config.chosen_name.clone(),
            hosts: config.hosts.clone(),
            has_player: config.has_player,
            view: ConnectionView::Closed,
            outputs: Vec::new(),
        }
    }

    /// Takes what happened, and says what is to be done. After [`ConnectionOutput::Exit`] nothing
    /// is.
    pub(super) fn handle(
        &mut self,
        input: ConnectionInput,
        now: LocalTime,
    ) -> Vec<ConnectionOutput> {
        if self.phase() == Phase::Closed {
            return Vec::new();
        }
        match input {
            ConnectionInput::Rest => self.lifecycle.enter(Phase::Resting, now),
            ConnectionInput::Start => self.start(now),
            ConnectionInput::ConnectWithPassword(password) => {
                self.destination.password = Some(password);
                self.connect(now);
            }
            ConnectionInput::UseName(name) => {
                self.chosen_name = Some(name.clone());
                self.name = name;
            }
            ConnectionInput::OwnName(name) => self.name = name,
            ConnectionInput::GiveUp { why, exit } => self.give_up(why, exit, now),
            ConnectionInput::ForgetRoom => self.destination.tokens = RoomTokens::default(),
            ConnectionInput::End(exit) => self.end(exit, now),
            ConnectionInput::TokensFound(found) => self.tokens_found(found, now),
            ConnectionInput::Opened(remembered) => self.greet(remembered.as_ref(), now),
            ConnectionInput::Received => self.lifecycle.received(now),
            ConnectionInput::Receiving => self.lifecycle.receiving(now),
            ConnectionInput::Welcomed => self.welcomed(now),
            ConnectionInput::Token(token, visibility) => self.keep_token(&token, visibility),
            ConnectionInput::Disconnected(why, by) => self.disconnected(why, by, now),
            ConnectionInput::Refused(closing, by) => self.refused(closing, by, now),
            ConnectionInput::Oversized => self.leave_oversized(now),
            ConnectionInput::Join(target) => self.join(target, now),
            ConnectionInput::Retry => self.retry(now),
            ConnectionInput::Leave => self.leave(now),
            ConnectionInput::Slept => self.slept(now),
            ConnectionInput::Deadline => self.deadline(now),
        }
        std::mem::take(&mut self.outputs)
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

    /// Whether the client is in a room, or was in one since it was started.
    pub(super) const fn was_in_a_room(&self) -> bool {
        !matches!(self.membership, Membership::New)
    }

    /// Where the client is, or wants to be.
    pub(super) const fn destination(&self) -> &Destination {
        &self.destination
    }

    /// The name that the member goes by.
    pub(super) const fn name(&self) -> &MemberName {
        &self.name
    }

    /// The name that the member chose for this run, if no room was asked for it yet.
    pub(super) const fn chosen_name(&self) -> Option<&MemberName> {
        self.chosen_name.as_ref()
    }

    /// The chosen name, to ask the room for it: once.
    pub(super) const fn take_chosen_name(&mut self) -> Option<MemberName> {
        self.chosen_name.take()
    }

    /// What is to be put on in the room that was just entered.
    pub(super) const fn take_media(&mut self) -> Option<Media> {
        self.destination.play.take()
    }

    /// The state of the connection that was last emitted.
    pub(super) const fn view(&self) -> &ConnectionView {
        &self.view
    }

    /// Whether the server runs in this process.
    pub(super) fn is_host(&self) -> bool {
        self.hosts.as_deref() == Some(self.destination.server.as_str())
    }

    /// Begins with a room: the kept token first.
    fn start(&mut self, now: LocalTime) {
        self.lifecycle.enter(Phase::FindingToken, now);
        let server = self.destination.server.clone();
        self.show(ConnectionView::Connecting { server });
        self.effect(self.destination.find_token());
    }

    fn tokens_found(&mut self, found: Option<RoomTokens>, now: LocalTime) {
        if self.phase() == Phase::FindingToken {
            let known = std::mem::take(&mut self.destination.tokens);
            self.destination.tokens = found.unwrap_or_default().or(known);
            self.connect(now);
        }
    }

    fn connect(&mut self, now: LocalTime) {
        self.lifecycle.enter(Phase::Connecting, now);
        let server = self.destination.server.clone();
        self.effect(Effect::Connect { server });
    }

    /// The connection stands: says who comes.
    fn greet(&mut self, remembered: Option<&RememberedRoom>, now: LocalTime) {
        if self.phase() != Phase::Connecting {
            return;
        }
        self.lifecycle.enter(Phase::Greeting, now);
        let name = self.name.clone();
        let hello = self.destination.hello(name, self.has_player, remembered);
        self.send(ClientMsg::Hello(Box::new(hello)));
    }

    fn welcomed(&mut self, now: LocalTime) {
        self.lifecycle.enter(Phase::Joined(now), now);
        self.membership = Membership::Member;
        self.show(ConnectionView::Connected);
    }

    fn keep_token(&mut self, token: &str, visibility: Visibility) {
        let kept = self.destination.keep_token(token, visibility);
        self.outputs.extend(kept.map(ConnectionOutput::Effect));
    }

    fn disconnected(&mut self, why: Disconnect, by: Option<MemberName>, now: LocalTime) {
        match (self.phase(), why) {
            (Phase::Leaving(_), _) => self.finish(Exit::Left, now),
            (phase, _) if !phase.is_open() => {}
            (_, Disconnect::Closed(Some(closing))) => self.refused(closing, by, now),
            (_, why) => self.lost(why, now),
        }
    }

    /// The server does not let us in, or lets us go. It closes the connection by itself.
    fn refused(&mut self, closing: CloseReason, by: Option<MemberName>, now: LocalTime) {
        if matches!(self.phase(), Phase::Leaving(_)) {
            return self.finish(Exit::Left, now);
        }
        match RefusalKind::of(closing, by) {
            RefusalKind::Passing(why) => self.wait(why, now),
            RefusalKind::NoSuchRoom => self.room_is_absent(now),
            RefusalKind::Final(why) => {
                let exit = Exit::Refused;
                self.output(ConnectionOutput::EntryRefused { why, exit });
            }
        }
    }

    /// The connection could not be made, or is gone. A room that never let us in is given up;
    /// one that we were in is waited for.
    fn lost(&mut self, why: Disconnect, now: LocalTime) {
        if matches!(self.membership, Membership::Member) {
            return self.wait(why, now);
        }
        let why = Why::Unreachable(why);
        let exit = Exit::Unreachable;
        self.output(ConnectionOutput::EntryRefused { why, exit });
    }

    /// Waits for the next attempt; what is known of the room stays.
    fn wait(&mut self, why: Disconnect, now: LocalTime) {
        let after = self.lifecycle.lose(now);
        self.output(ConnectionOutput::Offline);
        self.show(ConnectionView::Reconnecting { why, after });
        self.output(ConnectionOutput::Waiting);
    }

    /// The room that the client came back to is not there any more. Coming back never makes it
    /// anew: the member decides. Only where the server is this very process, whose rooms end
    /// with it, it is made by itself.
    fn room_is_absent(&mut self, now: LocalTime) {
        // The next hello comes in as somebody new, in this run of the client and in the next.
        let forget = self.destination.forget_token();
        self.effect(forget);
        if self.is_host() {
            self.start(now);
        } else {
            self.output(ConnectionOutput::RoomAbsent);
        }
    }

    /// This room is not to be had: back to the one before, if there is any.
    fn give_up(&mut self, why: Why, exit: Exit, now: LocalTime) {
        self.show(ConnectionView::Refused(why.clone()));
        self.output(ConnectionOutput::JoinRefused(why.clone()));
        if let Some(back) = self.membership.turn_back() {
            self.disconnect();
            self.output(ConnectionOutput::Offline);
            self.output(ConnectionOutput::Returned);
            self.destination = back;
            self.start(now);
        } else {
            self.output(ConnectionOutput::EntryGivenUp { why, exit });
        }
    }

    fn join(&mut self, target: Target, now: LocalTime) {
        let next = self.destination.other(target);
        self.disconnect();
        self.output(ConnectionOutput::Offline);
        let here = std::mem::replace(&mut self.destination, next);
        let keeps = self.membership.set_out_from(here.into_way_back());
        self.output(ConnectionOutput::SetAside { keeps });
        self.start(now);
    }

    fn retry(&mut self, now: LocalTime) {
        if matches!(self.phase(), Phase::Waiting(_)) {
            self.connect(now);
        }
    }

    fn leave_oversized(&mut self, now: LocalTime) {
        if matches!(self.phase(), Phase::Leaving(_)) {
            return self.finish(Exit::Left, now);
        }
        self.effect(Effect::Disconnect);
        let error = "it tells of more than any room holds".to_owned();
        let why = Why::Unreachable(Disconnect::NotAServer { error });
        self.give_up(why, Exit::Unreachable, now);
    }

    /// Leaves: says goodbye and waits for the server to close, but not for long.
    fn leave(&mut self, now: LocalTime) {
        if matches!(self.phase(), Phase::Leaving(_)) {
            return self.finish(Exit::Left, now);
        }
        self.output(ConnectionOutput::Leaving);
        self.output(ConnectionOutput::Ending);
        if self.is_joined() {
            self.send(ClientMsg::Leave);
            self.lifecycle.enter(Phase::Leaving(now + GOODBYE), now);
        } else {
            self.finish(Exit::Left, now);
        }
    }

    fn end(&mut self, exit: Exit, now: LocalTime) {
        self.output(ConnectionOutput::Ending);
        self.finish(exit, now);
    }

    /// The end: nothing follows.
    fn finish(&mut self, exit: Exit, now: LocalTime) {
        self.disconnect();
        if exit == Exit::Left {
            self.show(ConnectionView::Closed);
        }
        self.lifecycle.enter(Phase::Closed, now);
        self.output(ConnectionOutput::Exit(exit));
    }

    fn disconnect(&mut self) {
        if self.phase().is_open() {
            self.effect(Effect::Disconnect);
        }
    }

    fn slept(&mut self, now: LocalTime) {
        if self.lifecycle.suspect(now) {
            self.send(ClientMsg::Ping { t0: now });
        }
    }

    fn deadline(&mut self, now: LocalTime) {
        match self.lifecycle.due(now) {
            None => {}
            Some(Due::Retry) => self.connect(now),
            Some(Due::Probe) => self.send(ClientMsg::Ping { t0: now }),
            Some(Due::NotClosed) => self.finish(Exit::Left, now),
            Some(Due::Silent) => {
                let why = if self.is_joined() {
                    Disconnect::Silent
                } else {
                    Disconnect::NoAnswer
                };
                self.effect(Effect::Disconnect);
                self.lost(why, now);
            }
        }
    }

    /// Emits the state of the connection if it has changed.
    fn show(&mut self, view: ConnectionView) {
        if self.view != view {
            self.view = view.clone();
            self.output(ConnectionOutput::View(view));
        }
    }

    fn send(&mut self, message: ClientMsg) {
        self.effect(Effect::Send(message));
    }

    fn effect(&mut self, effect: Effect) {
        self.output(ConnectionOutput::Effect(effect));
    }

    fn output(&mut self, output: ConnectionOutput) {
        self.outputs.push(output);
    }
}

#[cfg(test)]
mod tests;
