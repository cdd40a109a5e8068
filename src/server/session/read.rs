//! Reads the frames of a client after its admission.

use std::time::Duration;

use axum::extract::ws::Message;
use futures_util::{Stream, StreamExt};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, timeout_at};
use tokio_tungstenite::tungstenite;

use super::new_passwords::NewPasswords;
use super::reports::WaitingReports;
use super::{SessionEnd, text};
use crate::protocol::command::Command;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ids::Seq;
use crate::server::client_limits::{BAD_FRAMES, SILENCE};
use crate::server::clock::NodeClock;
use crate::server::credentials::Passwords;
use crate::server::limits::{Bucket, ConnectionLimits};
use crate::server::metrics::{MessageKind, Metrics};
use crate::server::outbox::{Outbox, OutboxItem, PushError};
use crate::server::replica::message::{RoomMessage, SeatId};
use crate::server::replies;
use crate::traffic::{Liveness, Patience, Traffic};
use crate::wire::codec::{self, MAX_CLIENT_FRAME};
use crate::wire::message::{ClientMsg, FrameError, ServerMsg};

/// A frame of 16 KiB takes 7 s at 20 kbit/s; one that is incomplete after two minutes is given up.
const FRAME: Patience = Patience {
    silence: SILENCE,
    whole: Duration::from_mins(2),
};

/// What all connections of a server share, as far as reading needs it.
#[derive(Debug, Clone)]
pub(super) struct Services {
    /// The node's room time.
    pub(super) clock: NodeClock,
    /// The queue in which passwords are hashed.
    pub(super) passwords: Passwords,
}

/// The reading half of a session.
pub(super) struct FrameReader {
    seat: SeatId,
    room: mpsc::Sender<RoomMessage>,
    outbox: Outbox,
    clock: NodeClock,
    passwords: NewPasswords,
    traffic: Traffic,
    limits: ConnectionLimits,
    /// Reports that came faster than their rate allows. Other frames do not wait for them.
    reports: WaitingReports,
    bad: Bucket,
    metrics: Metrics,
}

impl FrameReader {
    /// A reader that sends the messages of `seat` to its room and answers into `outbox`. `traffic`
    /// counts the bytes of its socket.
    pub(super) fn new(
        seat: SeatId,
        room: mpsc::Sender<RoomMessage>,
        outbox: Outbox,
        services: Services,
        traffic: Traffic,
    ) -> Self {
        let now = Instant::now();
        Self {
            seat,
            room,
            outbox,
            clock: services.clock,
            passwords: NewPasswords::new(services.passwords, now),
            traffic,
            limits: ConnectionLimits::new(now),
            reports: WaitingReports::default(),
            bad: Bucket::of(BAD_FRAMES, now),
            metrics: Metrics::default(),
        }
    }

    /// The same, whose messages are counted there.
    pub(super) fn counted_by(self, metrics: Metrics) -> Self {
        Self { metrics, ..self }
    }

    /// Reads until the session ends.
    pub(super) async fn run<S>(mut self, stream: &mut S) -> SessionEnd
    where
        S: Stream<Item = Result<Message, axum::Error>> + Unpin,
    {
        let mut liveness = Liveness::begin(FRAME, self.traffic.received(), Instant::now());
        loop {
            if let Err(end) = self.send_waiting_reports().await {
                return end;
            }
            let frame = tokio::select! {
                biased;
                frame = timeout_at(liveness.look_at(), stream.next()) => frame,
                () = self.reports.turn() => continue,
            };
            let arrived = Instant::now();
            let Ok(frame) = frame else {
                if liveness.goes_on(self.traffic.received(), arrived) {
                    continue;
                }
                tracing::debug!(seat = ?self.seat, "no sign of life");
                return SessionEnd::Lost;
            };
            liveness = Liveness::begin(FRAME, self.traffic.received(), arrived);
            let done = match frame {
                Some(Ok(Message::Text(frame))) => self.take_text(&frame, arrived).await,
                Some(Ok(Message::Binary(_))) => self.refuse_frame(FrameError::BadFrame, None).await,
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
                Some(Ok(Message::Close(_))) | None => Err(SessionEnd::Lost),
                Some(Err(error)) => Err(self.broken(&error).await),
            };
            if let Err(end) = done {
                return end;
            }
            // A client that sends too fast is read more slowly, until the network slows it down.
            in_turn(|now| self.limits.frame(now)).await;
        }
    }

    /// Sends the room those waiting reports that the rate allows now.
    async fn send_waiting_reports(&mut self) -> Result<(), SessionEnd> {
        let seat = self.seat;
        while let Some(report) = self.reports.take(Instant::now(), &mut self.limits) {
            self.send_to_room(RoomMessage::Report { seat, report })
                .await?;
        }
        Ok(())
    }

    async fn take_text(&mut self, frame: &str, arrived: Instant) -> Result<(), SessionEnd> {
        if frame.len() > MAX_CLIENT_FRAME {
            return self.refuse_large().await;
        }
        let message = match codec::decode(frame) {
            Ok(message) => message,
            Err(error) => return self.not_understood(frame, &error).await,
        };
        let seat = self.seat;
        self.metrics.message(MessageKind::from(&message));
        match message {
            ClientMsg::Hello(_) | ClientMsg::Visit(_) => {
                self.refuse_frame(FrameError::AlreadyHere, None).await
            }
            ClientMsg::Command { seq, command } => self.command(seq, command, arrived).await,
            ClientMsg::Ping { t0 } => {
                let t1 = self.clock.at(arrived);
                self.reply(OutboxItem::Pong { t0, t1 }).await
            }
            ClientMsg::Report { report } => {
                self.reports.add(report);
                Ok(())
            }
            ClientMsg::Health(health) => {
                self.send_to_room(RoomMessage::Health { seat, health })
                    .await
            }
            ClientMsg::State => {
                in_turn(|now| self.limits.state(now)).await;
                self.send_to_room(RoomMessage::State { seat }).await
            }
            ClientMsg::Leave => Err(SessionEnd::Left),
        }
    }

    async fn command(
        &mut self,
        seq: Seq,
        command: Command,
        now: Instant,
    ) -> Result<(), SessionEnd> {
        if let Err(why) = self.limits.command(now) {
            return self.deny(seq, &why).await;
        }
        let seat = self.seat;
        let password = match NewPasswords::of(&command) {
            None => None,
            // The room has answered, or has ended.
            Some(_) if !self.may_command(seq, &command).await => return Ok(()),
            Some(password) => match self.passwords.hash(password.clone(), now).await {
                Ok(hash) => Some(hash),
                Err(why) => return self.deny(seq, &why).await,
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

    async fn deny(&self, seq: Seq, why: &Denied) -> Result<(), SessionEnd> {
        self.metrics.denied(why);
        self.reply(text(&replies::denied(seq, why))).await
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
        self.room.send(question).await.is_ok() && answer.await.unwrap_or(false)
    }

    async fn send_to_room(&self, message: RoomMessage) -> Result<(), SessionEnd> {
        if self.room.send(message).await.is_err() {
            // The room has ended; its reason for closing this socket is on its way.
            std::future::pending::<()>().await;
        }
        Ok(())
    }

    async fn reply(&self, outgoing: OutboxItem) -> Result<(), SessionEnd> {
        let sent = self.outbox.send(outgoing).await;
        sent.map_err(|_: PushError| SessionEnd::Lost)
    }

    /// How the session ends after a read error: a frame larger than the socket reads at all, or a
    /// broken network.
    async fn broken(&mut self, error: &axum::Error) -> SessionEnd {
        if !is_too_large(error) {
            tracing::debug!(seat = ?self.seat, %error, "the socket broke");
            return SessionEnd::Lost;
        }
        // The rest of that frame cannot be skipped, so the session ends too.
        match self.refuse_large().await {
            Ok(()) => SessionEnd::Dismissed(Refused::BadFrames),
            Err(end) => end,
        }
    }

    /// Answers a frame that cannot be decoded. A command is answered under its number, so that its
    /// client neither waits nor sends it again; it may be new to this server, so it does not count
    /// as invalid.
    async fn not_understood(
        &mut self,
        frame: &str,
        why: &serde_json::Error,
    ) -> Result<(), SessionEnd> {
        self.metrics.message(MessageKind::Invalid);
        match codec::command_number(frame) {
            Some(seq) => self.reply(text(&replies::not_understood(seq, why))).await,
            None => self.refuse_frame(FrameError::BadFrame, Some(why)).await,
        }
    }

    async fn refuse_large(&mut self) -> Result<(), SessionEnd> {
        self.count_bad(&replies::too_large()).await
    }

    async fn refuse_frame(
        &mut self,
        why: FrameError,
        detail: Option<&serde_json::Error>,
    ) -> Result<(), SessionEnd> {
        self.count_bad(&replies::frame_error(why, detail)).await
    }

    async fn count_bad(&mut self, answer: &ServerMsg) -> Result<(), SessionEnd> {
        self.reply(text(answer)).await?;
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

/// Whether reading failed because a frame was larger than the socket reads at all.
fn is_too_large(error: &axum::Error) -> bool {
    let cause = std::error::Error::source(error);
    let cause = cause.and_then(|cause| cause.downcast_ref::<tungstenite::Error>());
    matches!(cause, Some(tungstenite::Error::Capacity(_)))
}

#[cfg(test)]
mod tests;
