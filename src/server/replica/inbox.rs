//! Handles the messages of sessions.

use tokio::time::Instant;

use super::Replica;
use super::commit::EventOrigin;
use super::durable_ack::DurableAck;
use super::health;
use super::message::{AdmissionAnswer, PasswordTries, RoomMessage, SeatId};
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ids::{MemberId, Rev, Seq};
use crate::protocol::member::{LeaveCause, Role};
use crate::room::decide;
use crate::room::secrets::{AddressHash, TokenHash};
use crate::server::credentials::keyed;
use crate::server::limits::wait_in_ms;
use crate::server::replies;
use crate::wire::message::{Health, ServerMsg};

impl Replica {
    /// Handles one message.
    pub(super) async fn take(&mut self, message: RoomMessage) {
        let now = Instant::now();
        match message {
            RoomMessage::CheckAdmission {
                resume,
                from,
                password,
                reply,
            } => {
                let from = keyed(self.room.secrets.address_key(), from);
                let answer = if self.room.secrets.is_banned(resume.as_ref(), from.as_ref()) {
                    AdmissionAnswer::Refused(Refused::Banned)
                } else {
                    self.admission_answer(resume, password, now)
                };
                // The session may have ended meanwhile.
                let _ended = reply.send(answer);
            }
            RoomMessage::Join(join) => self.let_in_alone(*join, now).await,
            RoomMessage::Command { seat, seq, command } => {
                self.on_command(seat, seq, &command, now).await;
            }
            RoomMessage::Report { seat, report } => self.on_report(seat, &report).await,
            RoomMessage::Health { seat, health } => self.on_health(seat, health, now).await,
            RoomMessage::State { seat } => self.send_state(seat),
            RoomMessage::Operator(message) => self.on_operator(message).await,
            RoomMessage::Gone { seat, cause } => {
                if let Some(member) = self.seats.remove_closed(seat) {
                    self.depart(member, cause, now).await;
                }
            }
        }
    }

    /// What a client needs to join. One with a known token needs no password. Passwords are counted
    /// before they are compared, so that many at once cannot evade the count; `arrive` refunds the
    /// right ones.
    fn admission_answer(
        &mut self,
        resume: Option<TokenHash>,
        tries: PasswordTries,
        now: Instant,
    ) -> AdmissionAnswer {
        let Some(password) = self.room.secrets.password() else {
            return AdmissionAnswer::Open;
        };
        if resume.is_some_and(|token| self.room.secrets.owner(&token).is_some()) {
            return AdmissionAnswer::Open;
        }
        match tries {
            PasswordTries::None => return AdmissionAnswer::Refused(Refused::PasswordNeeded),
            // Other addresses' wrong guesses must not lock out an address that made none.
            PasswordTries::Own => return AdmissionAnswer::Password(password.clone()),
            PasswordTries::Shared => {}
        }
        match self.guesses.take(now) {
            Ok(()) => AdmissionAnswer::Password(password.clone()),
            Err(wait) => AdmissionAnswer::Refused(Refused::TooManyTries {
                retry_ms: wait_in_ms(wait),
            }),
        }
    }

    async fn on_command(&mut self, seat: SeatId, seq: Seq, command: &Command, now: Instant) {
        let Some(member) = self.seats.member(seat) else {
            return;
        };
        match self.on_record(member, seq) {
            PriorAnswer::Answered(rev) => {
                return self.answer_once(seat, seq, rev, DurableAck::already());
            }
            PriorAnswer::Overtaken => return self.deny(seat, seq, &Denied::Overtaken),
            PriorAnswer::Never => {}
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
            .commit(origin, |room, _, moment| {
                decide::command(room, member, command, moment)
            })
            .await;
        match done {
            Ok(done) => {
                self.answer_once(seat, seq, done.rev, done.on_record);
                self.log_report(member, command);
                if done.changed {
                    self.evaluate_players().await;
                    self.hand_on_reports().await;
                }
            }
            Err(why) => self.deny(seat, seq, &why),
        }
    }

    /// The address whose quota a member's lines also count against. `None` for moderators and
    /// admins: strangers behind the same address must not be able to silence them.
    fn counted_address(&self, member: MemberId) -> Option<AddressHash> {
        let known = self.room.state.roster.get(member);
        let viewer = known.filter(|member| member.role == Role::Viewer)?;
        self.room.secrets.address(viewer.id)
    }

    /// What became of an earlier command with this number. If a later one was answered and this one
    /// was not, it was denied, or it is no longer remembered.
    fn on_record(&self, member: MemberId, seq: Seq) -> PriorAnswer {
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

    fn deny(&mut self, seat: SeatId, seq: Seq, why: &Denied) {
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
        self.evaluate_players().await;
    }

    async fn on_health(&mut self, seat: SeatId, health: Health, now: Instant) {
        self.seats.note_health(seat, health, now);
        self.digest_due = self.digest_due.or(Some(now + health::EVERY));
        if self.note_process(seat, health) {
            self.evaluate_players().await;
        }
    }

    fn send_state(&mut self, seat: SeatId) {
        self.send_unsent();
        let room = &self.room.state;
        self.seats.send_state(seat, |member| {
            let state = Box::new(room.for_client(member));
            replies::frame(&ServerMsg::State { state })
        });
    }

    /// Sends everyone the whole state, because rosters are complete again and clients lack those
    /// who joined meanwhile. Not with [`Self::push_state`], which skips a socket whose outbox still
    /// holds an older state.
    pub(super) fn send_state_to_all(&mut self) {
        let room = &self.room.state;
        self.seats.send_to_each(|member| {
            let state = Box::new(room.for_client(member));
            replies::frame(&ServerMsg::State { state })
        });
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

/// What became of a command that a client sends, perhaps again.
enum PriorAnswer {
    /// Neither it nor a later one was answered: it is new.
    Never,
    /// It was carried out, and this was its last event.
    Answered(Rev),
    /// A later one was answered, so carrying it out now would break the order.
    Overtaken,
}
