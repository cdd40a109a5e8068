//! The end of a connection: leaving a room, the goodbye, and closing for good.

use super::ServerConnection;
use super::output::ConnectionOutput;
use super::phase::Phase;
use crate::app::effect::{Effect, Exit};
use crate::app::event::Disconnect;
use crate::app::network_fault::NetworkCause;
use crate::app::output::Why;
use crate::protocol::time::{LocalTime, Span};
use crate::wire::message::ClientMsg;

/// How long the server may take to close after our goodbye.
const GOODBYE: Span = Span::seconds(2);

impl ServerConnection {
    /// Leaves a room that sends more than any room holds.
    pub(super) fn leave_oversized(&mut self, now: LocalTime) {
        if matches!(self.phase(), Phase::Leaving(_)) {
            return self.finish(Exit::Left, now);
        }
        self.out.effect(Effect::Disconnect);
        let error = NetworkCause::TooMuch.into();
        let why = Why::Unreachable(Disconnect::NotAServer { error });
        self.give_up(why, Exit::Unreachable, now);
    }

    /// Leaves: says goodbye and waits for the server to close, but not for long.
    pub(super) fn leave(&mut self, now: LocalTime) {
        if matches!(self.phase(), Phase::Leaving(_)) {
            return self.finish(Exit::Left, now);
        }
        self.out.add(ConnectionOutput::Leaving);
        self.out.add(ConnectionOutput::Ending);
        // Where the server ends with this client, that is what the others are told: not that somebody
        // left, and who acts as admin now.
        if self.is_joined() && !self.destination.is_hosted() {
            self.out.send(ClientMsg::Leave);
            self.lifecycle.enter(Phase::Leaving(now + GOODBYE), now);
        } else {
            self.finish(Exit::Left, now);
        }
    }

    /// Ends at once, without a goodbye.
    pub(super) fn end(&mut self, exit: Exit, now: LocalTime) {
        self.out.add(ConnectionOutput::Ending);
        self.finish(exit, now);
    }

    /// The end: nothing follows.
    pub(super) fn finish(&mut self, exit: Exit, now: LocalTime) {
        self.disconnect();
        if exit == Exit::Left {
            self.out.show_end();
        }
        self.lifecycle.enter(Phase::Closed, now);
        self.out.add(ConnectionOutput::Exit(exit));
    }

    /// Closes the connection, if there is one.
    pub(super) fn disconnect(&mut self) {
        if self.phase().is_open() {
            self.out.effect(Effect::Disconnect);
        }
    }
}
