//! Handles the messages of sessions.

use tokio::time::Instant;

use super::Replica;
use super::commit::{EventOrigin, NotCommitted};
use super::durable_ack::DurableAck;
use super::health;
use super::message::{AdmissionAnswer, PasswordTries, RoomMessage, SeatId};
use super::node_message::NodeMessage;
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ids::{MemberId, Rev, Seq};
use crate::protocol::member::{LeaveCause, Role};
use crate::room::decide;
use crate::room::observers::state_for_observer;
use crate::room::secrets::{AddressHash, PasswordHash, TokenHash};
use crate::room::state::RoomState;
use crate::server::credentials::keyed;
use crate::server::limits::wait_in_ms;
use crate::server::replies;
use crate::server::websocket::ServerFrame;
use crate::wire::message::{Health, ServerMsg};
use crate::wire::visit::VisitPurpose;

impl Replica {
    /// Handles one message.
    pub(super) async fn take(&mut self, message: RoomMessage) {
        let now = Instant::now();
        match message {
            RoomMessage::CheckAdmission {
                resume,
                from,
                invite,
                with_password,
                only_private,
                tries,
                reply,
            } => {
                let from = keyed(self.room.secrets.address_key(), from);
                let answer = if self.room.secrets.is_banned(resume.as_ref(), from.as_ref()) {
                    AdmissionAnswer::Refused(Refused::Banned)
                } else if let Some(why) = self.not_private(only_private, resume) {
                    AdmissionAnswer::Refused(why)
                } else if let Some(answer) = self.admitted_by_token(resume, invite) {
                    answer
                } else if with_password {
                    self.password_answer(tries, now)
                } else {
                    AdmissionAnswer::Refused(self.without_password(invite.is_some(), tries, now))
                };
                // The session may have ended meanwhile.
                let _ended = reply.send(answer);
            }
            RoomMessage::Join(join) => self.let_in_alone(*join, now).await,
            RoomMessage::Visit(visit, VisitPurpose::Errand) => self.begin_errand(*visit, now).await,
            RoomMessage::Visit(visit, VisitPurpose::Observe) => self.begin_observing(*visit, now),
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
            RoomMessage::MayCommand {
                seat,
                seq,
                command,
                reply,
            } => {
                // The session may have ended meanwhile.
                let _ended = reply.send(self.may_command(seat, seq, &command));
            }
            RoomMessage::Report { seat, report } => self.on_report(seat, &report).await,
            RoomMessage::Health { seat, health } => self.on_health(seat, health, now).await,
            RoomMessage::State { seat } => self.send_state(seat),
            RoomMessage::Operator(message) => self.on_operator(message).await,
            RoomMessage::Gone { seat, cause } => self.on_gone(seat, cause, now).await,
        }
    }

    /// A socket is gone.
    async fn on_gone(&mut self, seat: SeatId, cause: LeaveCause, now: Instant) {
        if let Some(member) = self.seats.remove_closed(seat) {
            self.depart(member, cause, now).await;
        }
        self.count_observers(now);
    }

    /// The answer to a client that needs no password: the room has none, knows the client's token,
    /// or the invite works.
    fn admitted_by_token(
        &self,
        resume: Option<TokenHash>,
        invite: Option<TokenHash>,
    ) -> Option<AdmissionAnswer> {
        let secrets = &self.room.secrets;
        let is_known = resume.is_some_and(|token| secrets.owner(&token).is_some());
        if secrets.password().is_none() || is_known {
            return Some(AdmissionAnswer::Open);
        }
        let mut links = secrets.invites().counting(self.moment().now);
        let used = invite.and_then(|token| links.take(&token));
        used.map(|_| AdmissionAnswer::Invited)
    }

    /// Why somebody whom the room does not know stays out who means a private room of this name.
    fn not_private(&self, only_private: bool, resume: Option<TokenHash>) -> Option<Refused> {
        let (state, secrets) = (&self.room.state, &self.room.secrets);
        let is_known = resume.is_some_and(|token| secrets.owner(&token).is_some());
        (only_private && !is_known && !state.is_private()).then(|| Refused::NotPrivate {
            admin: (state.roster.admins_here().next()).map(|admin| admin.name.clone()),
        })
    }

    /// The answer to a client that brings a password. Passwords are counted before they are
    /// compared, so that many at once cannot evade the count; `arrive` refunds the right ones.
    fn password_answer(&mut self, tries: PasswordTries, now: Instant) -> AdmissionAnswer {
        let counted = self.count_guess(tries, now);
        match (counted, self.room.secrets.password()) {
            (Err(why), _) => AdmissionAnswer::Refused(why),
            (Ok(()), Some(password)) => AdmissionAnswer::Password(password.clone()),
            (Ok(()), None) => AdmissionAnswer::Open,
        }
    }

    /// Why a client that brings no password is refused: an invite that does not work counts like a
    /// wrong password.
    fn without_password(
        &mut self,
        with_invite: bool,
        tries: PasswordTries,
        now: Instant,
    ) -> Refused {
        if !with_invite {
            return Refused::PasswordNeeded;
        }
        let counted = self.count_guess(tries, now);
        counted.err().unwrap_or(Refused::InviteInvalid)
    }

    /// Counts a guess. Other addresses' wrong guesses must not lock out an address that made none.
    fn count_guess(&mut self, tries: PasswordTries, now: Instant) -> Result<(), Refused> {
        if tries == PasswordTries::Own {
            return Ok(());
        }
        let counted = self.guesses.take(now);
        if counted.is_ok() {
            self.tell_others(&NodeMessage::Guess);
        }
        counted.map_err(|wait| Refused::TooManyTries {
            retry_ms: wait_in_ms(wait),
        })
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
        self.seats
            .send_state(seat, |member| state_for(room, member));
    }

    /// Sends everyone the whole state, because rosters are complete again and clients lack those
    /// who joined meanwhile. Not with [`Self::push_state`], which skips a socket whose outbox still
    /// holds an older state.
    pub(super) fn send_state_to_all(&mut self) {
        let room = &self.room.state;
        self.seats.send_to_each(|member| state_for(room, member));
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

/// The whole state as a member may see it, or somebody who watches from outside.
fn state_for(room: &RoomState, member: MemberId) -> ServerFrame {
    let state = if member == MemberId::default() {
        state_for_observer(room)
    } else {
        room.for_client(member)
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
