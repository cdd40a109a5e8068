//! The end of a connection that the client did not want: what the server's refusal leads to, and waiting
//! for the next attempt.

use super::ServerConnection;
use super::membership::Membership;
use super::output::ConnectionOutput;
use super::phase::Phase;
use super::refusal_kind::RefusalKind;
use crate::app::effect::Exit;
use crate::app::event::{CloseReason, Disconnect};
use crate::app::output::{ConnectionView, Person, Why};
use crate::protocol::denied::Refused;
use crate::protocol::time::LocalTime;

impl ServerConnection {
    /// The socket is closed, or could not be opened.
    pub(super) fn disconnected(&mut self, why: Disconnect, by: Option<Person>, now: LocalTime) {
        match (self.phase(), why) {
            (Phase::Leaving(_), _) => self.finish(Exit::Left, now),
            (phase, _) if !phase.is_open() => {}
            (_, Disconnect::Closed(Some(closing))) => self.refused(closing, by, now),
            (_, why) => self.lost(why, now),
        }
    }

    /// The server does not let us in, or lets us go. It closes the connection by itself.
    pub(super) fn refused(&mut self, closing: CloseReason, by: Option<Person>, now: LocalTime) {
        if matches!(self.phase(), Phase::Leaving(_)) {
            return self.finish(Exit::Left, now);
        }
        self.lifecycle.answered();
        match RefusalKind::of(closing, by, self.destination().room()) {
            RefusalKind::Passing(why) => self.wait(why, now),
            RefusalKind::NoSuchRoom => self.room_is_absent(now),
            RefusalKind::Final(why) => self.out.refuse_entry(why),
        }
    }

    /// The connection could not be made, or is gone. A room that we were in is waited for. One that
    /// never let us in is given up: at once after a definite answer, else after some attempts.
    pub(super) fn lost(&mut self, why: Disconnect, now: LocalTime) {
        if matches!(self.membership, Membership::Member) {
            return self.wait(why, now);
        }
        if why.may_pass() && self.lifecycle.may_try_again(now) {
            // Lines go on waiting for the room.
            return self.connect_later(why.before_another_attempt(), now);
        }
        self.out.refuse_entry(Why::Unreachable(why));
    }

    /// Waits for the next attempt; what is known of the room stays.
    fn wait(&mut self, why: Disconnect, now: LocalTime) {
        self.connect_later(why, now);
        self.out.add(ConnectionOutput::Waiting);
    }

    fn connect_later(&mut self, why: Disconnect, now: LocalTime) {
        let why = self.host.reason(why);
        let after = self.lifecycle.lose_by(&why, now);
        self.out.add(ConnectionOutput::Offline);
        self.out.show(ConnectionView::Reconnecting { why, after });
    }

    /// The room that the client came back to is not there any more. Coming back never makes it
    /// anew: the member decides. Only where the server is this very process, whose rooms end
    /// with it, it is made by itself.
    fn room_is_absent(&mut self, now: LocalTime) {
        if self.observes {
            let room = self.destination.room().clone();
            return self.out.refuse_entry(Why::NothingToWatch { room });
        }
        // The next hello comes in as somebody new, in this run of the client and in the next.
        self.out.effect(self.destination.forget_token());
        if self.destination.drop_invite() {
            // A guest makes no room of their own of where they were invited to.
            let why = Why::Refused(Refused::NoSuchRoom);
            self.out.refuse_entry(why);
        } else if self.destination.is_hosted() {
            self.start(now);
        } else {
            self.out.add(ConnectionOutput::RoomAbsent);
        }
    }
}
