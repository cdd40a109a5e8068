//! Takes the messages of a client after its admission: to its room, or to an answer.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep};

use super::SessionEnd;
use super::new_passwords::NewPasswords;
use super::reports::WaitingReports;
use crate::protocol::cadence::Cadence;
use crate::protocol::command::Command;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ids::Seq;
use crate::protocol::time::{LocalTime, RoomTime};
use crate::server::cadence;
use crate::server::client_limits::BAD_FRAMES;
use crate::server::clock::NodeClock;
use crate::server::credentials::Passwords;
use crate::server::limits::{Bucket, ConnectionLimits};
use crate::server::metrics::{MessageKind, Metrics};
use crate::server::replica::message::{Inbox, RoomMessage, SeatId};
use crate::server::replies;
use crate::server::websocket::{ReadError, Received, ServerFrame, Violation};
use crate::wire::codec::{self, MAX_CLIENT_FRAME};
use crate::wire::message::{ClientMsg, FrameError, ServerMsg};

/// What all connections of a server share, as far as reading needs it.
#[derive(Debug, Clone)]
pub(super) struct Services {
    /// The node's room time.
    pub(super) clock: NodeClock,
    /// The queue in which passwords are hashed.
    pub(super) passwords: Passwords,
    /// Counts the messages.
    pub(super) metrics: Metrics,
}

/// An answer of the session itself.
#[derive(Debug)]
pub(super) enum Answer {
    /// A serialised message.
    Frame(ServerFrame),
    /// The answer to a clock exchange; its last time is taken when it is written.
    Pong {
        /// The client's clock when it sent the ping.
        t0: LocalTime,
        /// Room time when the ping arrived.
        t1: RoomTime,
        /// What the client is told anew of how often to ask.
        cadence: Option<Cadence>,
    },
}

impl Answer {
    /// Its frame. The server's last time of a clock exchange, `t2`, is taken here.
    pub(super) fn into_frame(self, clock: NodeClock) -> ServerFrame {
        match self {
            Self::Frame(frame) => frame,
            Self::Pong { t0, t1, cadence } => replies::frame(&ServerMsg::Pong {
                t0,
                t1,
                t2: clock.now(),
                cadence,
            }),
        }
    }
}

/// What became of something that was read.
#[derive(Debug)]
pub(super) enum Taken {
    /// It is done, or ends the session.
    Done(Result<(), SessionEnd>),
    /// It has to wait: for its turn, for the room, or for a password to be hashed.
    Waits(ClientMsg),
}

/// What takes the messages of one client.
pub(super) struct FrameReader {
    seat: SeatId,
    room: Inbox,
    clock: NodeClock,
    passwords: NewPasswords,
    /// What the client was told last.
    cadence: Cadence,
    limits: ConnectionLimits,
    /// Reports that came faster than their rate allows. Other frames do not wait for them.
    reports: WaitingReports,
    bad: Bucket,
    metrics: Metrics,
    /// Answers that were not taken yet.
    answers: Vec<Answer>,
}

impl FrameReader {
    /// A reader that sends the messages of `seat`, which was told a cadence, to its room.
    pub(super) fn new(
        (seat, cadence): (SeatId, Cadence),
        room: Inbox,
        services: Services,
        now: Instant,
    ) -> Self {
        Self {
            seat,
            room,
            clock: services.clock,
            passwords: NewPasswords::new(services.passwords, now),
            cadence,
            limits: ConnectionLimits::new(now),
            reports: WaitingReports::default(),
            bad: Bucket::of(BAD_FRAMES, now),
            metrics: services.metrics,
            answers: Vec::new(),
        }
    }

    /// Takes what came off the socket, as far as nothing has to be waited for.
    pub(super) fn take(
        &mut self,
        received: Result<Received, ReadError>,
        arrived: Instant,
    ) -> Taken {
        let done = match received {
            Ok(Received::Text(text)) => return self.take_text(&text, arrived),
            Ok(Received::Binary) => self.refuse_frame(FrameError::BadFrame, None),
            Ok(Received::Ping(_) | Received::Pong) => Ok(()),
            Ok(Received::Close(_)) | Err(ReadError::Ended) => Err(SessionEnd::Lost),
            Err(error) => Err(self.broken(&error)),
        };
        Taken::Done(done)
    }

    /// Goes on with a message that has to wait, and sends the room those waiting reports that the
    /// rate allows now.
    ///
    /// # Errors
    /// How the session ends.
    pub(super) async fn go_on(
        &mut self,
        message: ClientMsg,
        arrived: Instant,
    ) -> Result<(), SessionEnd> {
        let seat = self.seat;
        match message {
            ClientMsg::Command { seq, command } => self.command(seq, command, arrived).await?,
            ClientMsg::Report { report } => self.reports.add(report),
            ClientMsg::Health(health) => {
                self.send_to_room(RoomMessage::Health { seat, health })
                    .await?;
            }
            ClientMsg::State => {
                in_turn(|now| self.limits.state(now)).await;
                self.send_to_room(RoomMessage::State { seat }).await?;
            }
            // None of these waits.
            ClientMsg::Hello(_)
            | ClientMsg::Visit(_)
            | ClientMsg::Ping { .. }
            | ClientMsg::Leave => {}
        }
        self.send_waiting_reports().await
    }

    /// Sends the room those waiting reports that the rate allows now.
    ///
    /// # Errors
    /// How the session ends.
    pub(super) async fn send_waiting_reports(&mut self) -> Result<(), SessionEnd> {
        let seat = self.seat;
        while let Some(report) = self.reports.take(Instant::now(), &mut self.limits) {
            self.send_to_room(RoomMessage::Report { seat, report })
                .await?;
        }
        Ok(())
    }

    /// When [`Self::send_waiting_reports`] is to be called again; `None` if none waits.
    pub(super) fn reports_due(&self) -> Option<Instant> {
        self.reports.due()
    }

    /// Counts a frame. A client that sends too fast is read more slowly, until the network slows it
    /// down.
    ///
    /// # Errors
    /// How long to wait before this is asked again, and the next frame is read.
    pub(super) fn may_go_on(&mut self, now: Instant) -> Result<(), Duration> {
        self.limits.frame(now)
    }

    /// Takes the answers to what was read.
    pub(super) fn take_answers(&mut self) -> Vec<Answer> {
        std::mem::take(&mut self.answers)
    }

    fn take_text(&mut self, frame: &str, arrived: Instant) -> Taken {
        if frame.len() > MAX_CLIENT_FRAME {
            return Taken::Done(self.refuse_large());
        }
        let message = match codec::decode(frame) {
            Ok(message) => message,
            Err(error) => return Taken::Done(self.not_understood(frame, &error)),
        };
        self.metrics.message(MessageKind::from(&message));
        let done = match message {
            ClientMsg::Hello(_) | ClientMsg::Visit(_) => {
                self.refuse_frame(FrameError::AlreadyHere, None)
            }
            ClientMsg::Ping { t0 } => {
                let t1 = self.clock.at(arrived);
                let cadence = self.renew_cadence();
                self.answers.push(Answer::Pong { t0, t1, cadence });
                Ok(())
            }
            ClientMsg::Health(health) => {
                let seat = self.seat;
                let message = Box::new(RoomMessage::Health { seat, health });
                if self.room.try_send(message).is_err() {
                    return Taken::Waits(ClientMsg::Health(health));
                }
                Ok(())
            }
            ClientMsg::Leave => Err(SessionEnd::Left),
            waits => return Taken::Waits(waits),
        };
        Taken::Done(done)
    }

    /// The cadence that the client is told now, if the node has grown or shrunk so much. Its room is
    /// told first, as it judges by it which health is stale.
    fn renew_cadence(&mut self) -> Option<Cadence> {
        let (connections, _) = self.metrics.connections();
        let cadence = cadence::renewed(self.cadence, connections)?;
        let seat = self.seat;
        let message = Box::new(RoomMessage::Cadence { seat, cadence });
        // The next exchange will do where the room has too much to do now.
        self.room.try_send(message).ok()?;
        self.cadence = cadence;
        Some(cadence)
    }

    async fn command(
        &mut self,
        seq: Seq,
        command: Command,
        now: Instant,
    ) -> Result<(), SessionEnd> {
        if let Err(why) = self.limits.command(now) {
            self.deny(seq, &why);
            return Ok(());
        }
        let seat = self.seat;
        let password = match NewPasswords::of(&command) {
            None => None,
            // The room has answered, or has ended.
            Some(_) if !self.may_command(seq, &command).await => return Ok(()),
            Some(password) => match self.passwords.hash(password.clone(), now).await {
                Ok(hash) => Some(hash),
                Err(why) => {
                    self.deny(seq, &why);
                    return Ok(());
                }
            },
        };
        self.send_to_room(RoomMessage::Command {
            seat,
            seq,
            command,
            password,
        })
        .await
    }

    fn deny(&mut self, seq: Seq, why: &Denied) {
        self.metrics.denied(why);
        self.reply(&replies::denied(seq, why));
    }

    /// Whether the room lets the member give a command. If not, the room has answered it.
    async fn may_command(&self, seq: Seq, command: &Command) -> bool {
        let (reply, answer) = oneshot::channel();
        let question = RoomMessage::MayCommand {
            seat: self.seat,
            seq,
            command: command.clone(),
            reply,
        };
        self.room.send(Box::new(question)).await.is_ok() && answer.await.unwrap_or(false)
    }

    async fn send_to_room(&self, message: RoomMessage) -> Result<(), SessionEnd> {
        if self.room.send(Box::new(message)).await.is_err() {
            // The room has ended; its reason for closing this socket is on its way.
            std::future::pending::<()>().await;
        }
        Ok(())
    }

    fn reply(&mut self, answer: &ServerMsg) {
        self.answers.push(Answer::Frame(replies::frame(answer)));
    }

    /// How the session ends after a read error: a message larger than the socket reads at all, what
    /// no client may send, or a broken network.
    fn broken(&mut self, error: &ReadError) -> SessionEnd {
        match error {
            // The rest of that message is not skipped, so the session ends too.
            ReadError::Violation(Violation::TooLarge) => match self.refuse_large() {
                Ok(()) => SessionEnd::Dismissed(Refused::BadFrames),
                Err(end) => end,
            },
            ReadError::Violation(violation) => {
                tracing::debug!(seat = ?self.seat, %violation, "a client sends no messages");
                SessionEnd::Violated(*violation)
            }
            ReadError::Ended | ReadError::Broken(_) => {
                tracing::debug!(seat = ?self.seat, %error, "the socket broke");
                SessionEnd::Lost
            }
        }
    }

    /// Answers a frame that cannot be decoded. A command is answered under its number, so that its
    /// client neither waits nor sends it again; it may be new to this server, so it does not count
    /// as invalid.
    fn not_understood(&mut self, frame: &str, why: &serde_json::Error) -> Result<(), SessionEnd> {
        self.metrics.message(MessageKind::Invalid);
        match codec::command_number(frame) {
            Some(seq) => {
                self.reply(&replies::not_understood(seq, why));
                Ok(())
            }
            None => self.refuse_frame(FrameError::BadFrame, Some(why)),
        }
    }

    fn refuse_large(&mut self) -> Result<(), SessionEnd> {
        self.count_bad(&replies::too_large())
    }

    fn refuse_frame(
        &mut self,
        why: FrameError,
        detail: Option<&serde_json::Error>,
    ) -> Result<(), SessionEnd> {
        self.count_bad(&replies::frame_error(why, detail))
    }

    fn count_bad(&mut self, answer: &ServerMsg) -> Result<(), SessionEnd> {
        self.reply(answer);
        self.bad
            .take(Instant::now())
            .map_err(|_| SessionEnd::Dismissed(Refused::BadFrames))
    }
}

/// Waits until `take` gets its token.
async fn in_turn(mut take: impl FnMut(Instant) -> Result<(), Duration>) {
    while let Err(wait) = take(Instant::now()) {
        sleep(wait).await;
    }
}

#[cfg(test)]
mod tests;
