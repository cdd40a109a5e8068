//! Handles the messages of sessions.

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::Replica;
use super::commit::{EventOrigin, NotCommitted};
use super::durable_ack::DurableAck;
use super::health;
use super::message::{RoomMessage, SeatId};
use super::node_message::NodeMessage;
use super::seats::Seat;
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::Denied;
use crate::protocol::ids::{MemberId, Rev, Seq};
use crate::protocol::member::{LeaveCause, Role};
use crate::room::decide;
use crate::room::listing;
use crate::room::observers::state_for_observer;
use crate::room::secrets::{AddressHash, PasswordHash};
use crate::room::state::RoomState;
use crate::server::replies;
use crate::server::websocket::ServerFrame;
use crate::wire::message::{Health, ServerMsg};
use crate::wire::visit::VisitPurpose;

impl Replica {
    /// Handles one message, and with a join those that wait behind it.
    ///
    /// What may append to the log is handled in memory of its own, which it gives back: the room's
    /// task keeps none for it.
    pub(super) async fn take(
        &mut self,
        mut message: Box<RoomMessage>,
        messages: &mut mpsc::Receiver<Box<RoomMessage>>,
    ) {
        while let Some(longer) = self.take_at_once(*message, Instant::now()) {
            let RoomMessage::Join(join) = longer else {
                return Box::pin(self.take_longer(longer)).await;
            };
            match Box::pin(self.let_in(join, messages)).await {
                Some(behind) => message = behind,
                None => return,
            }
        }
    }

    /// Handles a message that changes nothing on record, and asks the log nothing; else returns it.
    pub(super) fn take_at_once(
        &mut self,
        message: RoomMessage,
        now: Instant,
    ) -> Option<RoomMessage> {
        match message {
            RoomMessage::CheckAdmission(question) => {
                let doubtful = self.check_admission(question, now);
                return doubtful.map(RoomMessage::CheckAdmission);
            }
            RoomMessage::NoGuess => self.give_guess_back(),
            RoomMessage::MayCommand {
                seat,
                seq,
                command,
                reply,
            } => {
                // The session may have ended meanwhile.
                let _ended = reply.send(self.may_command(seat, seq, &command));
            }
            RoomMessage::Health { seat, health } if !self.on_health(seat, health, now) => {}
            RoomMessage::Cadence { seat, cadence } => self.seats.renew(seat, cadence, now),
            RoomMessage::State { seat } => self.send_state(seat),
            longer => return Some(longer),
        }
        None
    }

    async fn take_longer(&mut self, message: RoomMessage) {
        let now = Instant::now();
        match message {
            RoomMessage::CheckAdmission(question) => {
                self.check_doubtful_admission(question, now).await;
            }
            RoomMessage::Visit(visit, VisitPurpose::Observe) => {
                self.begin_observing(*visit, now).await;
            }
            RoomMessage::Visit(visit, _) => self.begin_errand(*visit, now).await,
            RoomMessage::Command {
                seat,
                seq,
                command,
                password,
            } => {
                let sent = SentCommand {
                    seat,
                    seq,
                    command: &command,
                    password: password.as_ref(),
                };
                self.on_command(sent, now).await;
            }
            RoomMessage::Report { seat, report } => self.on_report(seat, &report).await,
            // Whether the member's player runs has changed.
            RoomMessage::Health { .. } => self.evaluate_players().await,
            RoomMessage::Operator(message) => self.on_operator(message).await,
            RoomMessage::Gone { seat, cause } => self.on_gone(seat, cause, now).await,
            // These were taken before.
            RoomMessage::Join(_)
            | RoomMessage::NoGuess
            | RoomMessage::MayCommand { .. }
            | RoomMessage::Cadence { .. }
            | RoomMessage::State { .. } => {}
        }
    }

    /// A socket is gone.
    async fn on_gone(&mut self, seat: SeatId, cause: LeaveCause, now: Instant) {
        if let Some(member) = self.seats.remove_closed(seat) {
            self.count_anew(now);
            self.depart(member, cause, now).await;
        }
        self.count_observers(now);
    }

    /// Whether a command is new and its sender may give it; else answers it.
    fn may_command(&mut self, seat: SeatId, seq: Seq, command: &Command) -> bool {
        let Some(member) = self.seats.member(seat) else {
            self.deny(seat, seq, &Denied::NotInRoom);
            return false;
        };
        if self.answer_from_record(member, seat, seq) {
            return false;
        }
        let denied = decide::may(&self.room, member, command).err();
        if let Some(why) = &denied {
            self.deny(seat, seq, why);
        }
        denied.is_none()
    }

    /// Answers a command that was answered before, or is too late. False if it is new.
    fn answer_from_record(&mut self, member: MemberId, seat: SeatId, seq: Seq) -> bool {
        match self.on_record(member, seq) {
            PriorAnswer::Answered(rev) => {
                self.answer_once(seat, seq, rev, DurableAck::already());
                true
            }
            PriorAnswer::Overtaken => {
                self.deny(seat, seq, &Denied::Overtaken);
                true
            }
            PriorAnswer::Never => false,
        }
    }

    async fn on_command(&mut self, sent: SentCommand<'_>, now: Instant) {
        let SentCommand {
            seat,
            seq,
            command,
            password,
        } = sent;
        let Some(member) = self.seats.member(seat) else {
            return self.on_errand(sent, now).await;
        };
        if self.answer_from_record(member, seat, seq) {
            return;
        }
        let from = self.counted_address(member);
        if let Err(why) = self.allowances.command(member, from, command, now) {
            return self.deny(seat, seq, &why);
        }
        let origin = EventOrigin {
            by: Some(member),
            seq: Some(seq),
        };
        let done = self
            .try_commit(origin, |room, _, moment| {
                decide::command(room, member, command, password, moment)
            })
            .await;
        match done {
            Ok(done) => {
                self.answer_once(seat, seq, done.rev, done.on_record);
                self.log_report(member, command);
                if done.changed && !self.room.state.closed {
                    self.evaluate_players().await;
                    self.hand_on_reports().await;
                }
            }
            Err(NotCommitted::Denied(why)) => self.deny(seat, seq, &why),
            Err(NotCommitted::Unsettled) => self.answer_once_known(member, seat, seq),
        }
    }

    /// The address whose quota a member's lines also count against. `None` for moderators and
    /// admins: strangers behind the same address must not be able to silence them.
    pub(super) fn counted_address(&self, member: MemberId) -> Option<AddressHash> {
        let known = self.room.state.roster.get(member);
        let viewer = known.filter(|member| member.role == Role::Viewer)?;
        self.room.secrets.address(viewer.id)
    }

    /// What became of an earlier command with this number. If a later one was answered and this one
    /// was not, it was denied, or it is no longer remembered.
    pub(super) fn on_record(&self, member: MemberId, seq: Seq) -> PriorAnswer {
        let answered = self
            .room
            .state
            .roster
            .get(member)
            .map(|member| member.answered.as_slice())
            .unwrap_or_default();
        if let Some((_, rev)) = answered.iter().find(|(known, _)| *known == seq) {
            PriorAnswer::Answered(*rev)
        } else if answered.iter().any(|(known, _)| *known > seq) {
            PriorAnswer::Overtaken
        } else {
            PriorAnswer::Never
        }
    }

    /// Answers a command with why it changes nothing.
    pub(super) fn deny(&mut self, seat: SeatId, seq: Seq, why: &Denied) {
        tracing::debug!(room = %self.id, ?seat, %seq, ?why, "denied");
        self.context.metrics.denied(why);
        let text = replies::frame(&replies::denied(seq, why));
        self.seats.send(seat, text);
    }

    async fn on_report(&mut self, seat: SeatId, report: &Report) {
        let Some(member) = self.seats.member(seat) else {
            return;
        };
        let origin = EventOrigin {
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
        let (report, rev) = (report.clone(), self.room.state.rev);
        self.tell_others(&NodeMessage::Report {
            member,
            report,
            rev,
        });
        self.evaluate_players().await;
    }

    /// Notes a member's health; returns whether the players' reports have to be evaluated after it.
    fn on_health(&mut self, seat: SeatId, health: Health, now: Instant) -> bool {
        let before = self.seats.note_health(seat, health, now);
        let by = match self.seats.member(seat) {
            Some(member) => self.digest_after(member, before, &health, now),
            None => now + health::REPEATED_AFTER,
        };
        self.make_digest_by(by);
        self.note_process(seat, health)
    }

    fn send_state(&mut self, seat: SeatId) {
        self.send_unsent();
        let room = &self.room.state;
        self.seats.send_state(seat, |seat| state_for(room, seat));
    }

    /// Sends everyone the whole state, because rosters are complete again and clients lack those
    /// who joined meanwhile. Not with [`Self::push_state`], which skips a socket whose outbox still
    /// holds an older state.
    pub(super) fn send_state_to_all(&mut self) {
        let room = &self.room.state;
        self.seats.send_to_each(|seat| state_for(room, seat));
    }

    /// Notes a departure, and commits it if it is due at once.
    pub(super) async fn depart(&mut self, member: MemberId, cause: LeaveCause, now: Instant) {
        self.departures.depart(member, cause, now);
        if self.departures.due().is_some_and(|due| due <= now) {
            self.commit_presence(Vec::new(), now).await;
        }
    }

    /// Notes the departures of members whose sockets were dropped because their outbox was full,
    /// unless they have another socket by now.
    pub(super) fn depart_dropped(&mut self) {
        let now = Instant::now();
        for member in self.seats.take_dropped() {
            if self.seats.of(member).is_some() {
                continue;
            }
            tracing::debug!(room = %self.id, %member, "the member's socket took nothing more");
            self.departures.depart(member, LeaveCause::Lost, now);
        }
    }
}

/// The whole state as it may be seen at a socket.
fn state_for(room: &RoomState, seat: &Seat) -> ServerFrame {
    let state = match seat.visit {
        None => room.for_client(seat.member),
        Some(VisitPurpose::Errand) => listing::for_errand(room, seat.member),
        Some(VisitPurpose::Observe) => state_for_observer(room),
    };
    let state = Box::new(state);
    replies::frame(&ServerMsg::State { state })
}

/// A command as a member sent it.
#[derive(Clone, Copy)]
pub(super) struct SentCommand<'a> {
    /// The sender's socket.
    pub(super) seat: SeatId,
    /// The member's own number for it.
    pub(super) seq: Seq,
    /// What the member wants done.
    pub(super) command: &'a Command,
    /// The hash of the password that came with it.
    password: Option<&'a PasswordHash>,
}

/// What became of a command that a client sends, perhaps again.
pub(super) enum PriorAnswer {
    /// Neither it nor a later one was answered: it is new.
    Never,
    /// It was carried out, and this was its last event.
    Answered(Rev),
    /// A later one was answered, so carrying it out now would break the order.
    Overtaken,
}
