//! What a room does with what its sessions say.

use tokio::time::Instant;

use super::Replica;
use super::commit::Origin;
use super::health;
use super::message::{Gate, Message, SeatId};
use super::settled::Settled;
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::Denied;
use crate::protocol::ids::{MemberId, Rev, Seq};
use crate::protocol::member::LeaveCause;
use crate::room::decide;
use crate::room::secrets::TokenHash;
use crate::server::words;
use crate::wire::message::{Health, ServerMsg};

impl Replica {
    /// Does what a message asks for.
    pub(super) async fn take(&mut self, message: Message) {
        let now = Instant::now();
        match message {
            Message::Knock { resume, reply } => {
                // An error means that whoever knocked went away.
                let _gone = reply.send(self.gate(resume));
            }
            Message::Join(join) => self.arrive(*join, now).await,
            Message::Command { seat, seq, command } => self.on_command(seat, seq, &command).await,
            Message::Report { seat, report } => self.on_report(seat, &report).await,
            Message::Health { seat, health } => self.on_health(seat, health, now),
            Message::State { seat } => self.tell_state(seat),
            Message::Gone { seat, cause } => {
                if let Some(member) = self.seats.empty(seat) {
                    self.depart(member, cause, now).await;
                }
            }
        }
    }

    /// Who presents a token of the room needs no password.
    fn gate(&self, resume: Option<TokenHash>) -> Gate {
        let known = resume.is_some_and(|token| self.room.secrets.owner(&token).is_some());
        let password = self.room.secrets.password().filter(|_| !known).cloned();
        Gate { password }
    }

    async fn on_command(&mut self, seat: SeatId, seq: Seq, command: &Command) {
        let Some(member) = self.seats.member(seat) else {
            return;
        };
        match self.on_record(member, seq) {
            Earlier::Answered(rev) => {
                return self.answer_once(seat, seq, rev, Settled::already());
            }
            Earlier::Overtaken => return self.deny(seat, seq, &Denied::Overtaken),
            Earlier::Never => {}
        }
        let origin = Origin {
            by: Some(member),
            seq: Some(seq),
        };
        let done = self
            .commit(origin, |room, _, moment| {
                decide::command(room, member, command, moment)
            })
            .await;
        match done {
            Ok(done) => self.answer_once(seat, seq, done.rev, done.on_record),
            Err(why) => self.deny(seat, seq, &why),
        }
    }

    /// Whether a command was carried out before. One that is not on record but below one that
    /// is was denied, or fell out of what is remembered.
    fn on_record(&self, member: MemberId, seq: Seq) -> Earlier {
        let answered = self
            .room
            .state
            .roster
            .get(member)
            .map(|member| member.answered.as_slice())
            .unwrap_or_default();
        if let Some((_, rev)) = answered.iter().find(|(known, _)| *known == seq) {
            Earlier::Answered(*rev)
        } else if answered.iter().any(|(known, _)| *known > seq) {
            Earlier::Overtaken
        } else {
            Earlier::Never
        }
    }

    fn deny(&mut self, seat: SeatId, seq: Seq, why: &Denied) {
        tracing::debug!(room = %self.id, ?seat, %seq, ?why, "denied");
        let text = words::frame(&words::denied(seq, why));
        self.seats.tell(seat, text);
    }

    async fn on_report(&mut self, seat: SeatId, report: &Report) {
        let Some(member) = self.seats.member(seat) else {
            return;
        };
        let origin = Origin {
            by: Some(member),
            seq: None,
        };
        let done = self
            .commit(origin, |room, reports, moment| {
                Ok(decide::report(room, reports, member, report, moment))
            })
            .await;
        if let Err(why) = done {
            tracing::debug!(room = %self.id, %member, ?why, "a report led to nothing");
        }
    }

    fn on_health(&mut self, seat: SeatId, health: Health, now: Instant) {
        self.seats.note_health(seat, health, now);
        self.digest_due = self.digest_due.or(Some(now + health::EVERY));
    }

    fn tell_state(&mut self, seat: SeatId) {
        if let Some(member) = self.seats.member(seat) {
            let state = Box::new(self.room.state.seen_by(member));
            let text = words::frame(&ServerMsg::State { state });
            self.seats.tell(seat, text);
        }
    }

    /// A member's socket is gone.
    pub(super) async fn depart(&mut self, member: MemberId, cause: LeaveCause, now: Instant) {
        self.attendance.depart(member, cause, now);
        if self.attendance.due().is_some_and(|due| due <= now) {
            self.attend(now).await;
        }
    }

    /// Members whose sockets were dropped while something was told to them are gone.
    pub(super) fn miss_dropped(&mut self) {
        let now = Instant::now();
        for member in self.seats.take_dropped() {
            tracing::info!(room = %self.id, %member, "the member's socket took nothing more");
            self.attendance.depart(member, LeaveCause::Lost, now);
        }
    }
}

/// What the room knows of a command already.
enum Earlier {
    /// Nothing.
    Never,
    /// It led to this event.
    Answered(Rev),
    /// Later ones came first.
    Overtaken,
}
