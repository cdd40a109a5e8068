//! One socket after its admission: both directions in one task, without a lock or a buffer of its
//! own while nothing moves.
//!
//! What the client sends is taken one message after the other, by [`FrameReader`]. While one waits,
//! for its room or for a password to be hashed, no further one is read, but writing goes on.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, Sleep, sleep_until};

use super::SessionEnd;
use super::read::{Answer, FrameReader, Taken};
use crate::protocol::denied::Refused;
use crate::server::client_limits::SILENCE;
use crate::server::clock::NodeClock;
use crate::server::outbox::{OutboxItem, OutboxReader};
use crate::server::replica::durable_ack::DurableAck;
use crate::server::websocket::{ReadError, Received, ServerFrame, WebSocket};
use crate::traffic::{Liveness, Patience, Traffic};

/// How often a ping is sent: well below the shortest idle limits of proxies (30 s).
const PING_INTERVAL: Duration = Duration::from_secs(20);

/// A frame of 16 KiB takes 7 s at 20 kbit/s; one that is incomplete after two minutes is given up.
const READING: Patience = Patience {
    silence: SILENCE,
    whole: Duration::from_mins(2),
};

/// How long a client may take none of a frame's bytes, and how long the whole frame may take: the
/// state of a full room, 256 KiB, takes two minutes at 20 kbit/s (judgement: nobody watches over
/// less).
const WRITING: Patience = Patience {
    silence: Duration::from_secs(30),
    whole: Duration::from_mins(2),
};

/// How many bytes are gathered for one write, after which no further frame is added (judgement: what
/// 20 kbit/s takes in some 6 s, so that such a client is in time with it).
const GATHERED: usize = 16 * 1024;

/// How many answers may wait: a client that asks faster than it reads is not read from meanwhile
/// (judgement: clients ask some at a time).
const ANSWERS: usize = 32;

/// The beginning of a session.
pub(super) struct Beginning {
    /// The first message.
    pub(super) welcome: ServerFrame,
    /// Whether it waits until the join is durable, so that who creates a room finds it again after a
    /// crash. Anyone else whose join is lost just joins once more, by the same token.
    pub(super) waits: bool,
    /// Resolves once the join is durable.
    pub(super) on_record: DurableAck,
}

/// A reader at work on one message; it comes back when that is done.
type Work = BoxFuture<'static, (Box<FrameReader>, Result<(), SessionEnd>)>;

/// Who takes what the client sends.
enum Taking {
    /// A reader that waits for the next message.
    Ready(Box<FrameReader>),
    /// A reader at work, while which nothing is read.
    Busy(Work),
    /// Nobody any more: the session has ended.
    Over,
}

/// What is read and written on one socket, until the session ends.
pub(super) struct Conversation<S> {
    socket: Box<WebSocket<S>>,
    /// What the room sends.
    outbox: OutboxReader,
    /// The welcome while it waits, before which nothing else is sent.
    first: Option<ServerFrame>,
    /// Resolves once the join is durable; `None` after that.
    joining: Option<DurableAck>,
    taking: Taking,
    /// The session's own answers that are not on their way yet.
    answers: VecDeque<Answer>,
    /// Whether the client is still there, while a message of it is waited for.
    reading: Liveness,
    /// When the next message may be read, if the client sent too fast.
    read_again_at: Option<Instant>,
    /// Whether the client still takes what is written, while something is.
    writing: Option<Liveness>,
    /// When the next ping is due.
    ping_at: Instant,
    /// Wakes at or before the first of the above. It is seldom set: most of them move on before they
    /// come.
    timer: Pin<Box<Sleep>>,
    clock: NodeClock,
    traffic: Traffic,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Conversation<S> {
    /// Of a client whose messages `reader` takes, and whose bytes `traffic` counts.
    pub(super) fn new(
        mut socket: Box<WebSocket<S>>,
        (beginning, outbox): (Beginning, OutboxReader),
        reader: FrameReader,
        clock: NodeClock,
        traffic: Traffic,
    ) -> Self {
        let now = Instant::now();
        let ping_at = now + PING_INTERVAL;
        let Beginning {
            welcome,
            waits,
            on_record,
        } = beginning;
        let first = if waits {
            Some(welcome)
        } else {
            socket.queue(welcome);
            None
        };
        Self {
            socket,
            outbox,
            first,
            joining: Some(on_record),
            taking: Taking::Ready(Box::new(reader)),
            answers: VecDeque::new(),
            reading: Liveness::begin(READING, traffic.received(), now),
            read_again_at: None,
            writing: None,
            ping_at,
            timer: Box::pin(sleep_until(ping_at)),
            clock,
            traffic,
        }
    }

    /// Reads and writes until the client or its network ends the session.
    pub(super) async fn run(&mut self) -> SessionEnd {
        poll_fn(|context| self.poll(context)).await
    }

    /// Writes what was in the outbox before the end, unless the client reads too slowly for that,
    /// and closes.
    pub(super) async fn close(&mut self, end: &SessionEnd) {
        self.taking = Taking::Over;
        if let SessionEnd::Dismissed(why) = end
            && *why != Refused::TooSlow
        {
            while let Some(frame) = self.next_reliable() {
                self.socket.queue(frame);
            }
        }
        let (code, reason) = end.close();
        self.socket.close(code, &reason).await;
    }

    /// The next frame that may not be left out.
    fn next_reliable(&mut self) -> Option<ServerFrame> {
        match self.answers.pop_front() {
            Some(answer) => Some(answer.into_frame(self.clock)),
            None => self.outbox.try_next().map(OutboxItem::into_frame),
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<SessionEnd> {
        loop {
            match self.step(context, Instant::now()) {
                Err(end) => return Poll::Ready(end),
                Ok(true) => {}
                Ok(false) if self.poll_timer(context).is_ready() => {}
                Ok(false) => return Poll::Pending,
            }
        }
    }

    /// Goes on with whatever can go on, and returns whether more can: what has to wait wakes the task
    /// by itself. What is read is answered in the same step.
    fn step(&mut self, context: &mut Context<'_>, now: Instant) -> Result<bool, SessionEnd> {
        let worked = self.work(context, now)?;
        let read = self.read(context, now)?;
        let read_nothing = self.answers.len() >= ANSWERS;
        let is_more_to_write = self.write(context, now)?;
        let may_read_again = read_nothing && self.answers.len() < ANSWERS;
        Ok(worked || read || is_more_to_write || may_read_again)
    }

    /// Goes on with the message that was read last.
    fn work(&mut self, context: &mut Context<'_>, now: Instant) -> Result<bool, SessionEnd> {
        let Taking::Busy(work) = &mut self.taking else {
            return Ok(false);
        };
        let Poll::Ready((mut reader, done)) = work.poll_unpin(context) else {
            return Ok(false);
        };
        self.answers.extend(reader.take_answers());
        self.taking = Taking::Ready(reader);
        self.reading = Liveness::begin(READING, self.traffic.received(), now);
        done.map(|()| true)
    }

    /// Reads the next message, if one may be read now.
    fn read(&mut self, context: &mut Context<'_>, now: Instant) -> Result<bool, SessionEnd> {
        if self.answers.len() >= ANSWERS {
            return Ok(false);
        }
        let Taking::Ready(reader) = &mut self.taking else {
            return Ok(false);
        };
        if let Some(again) = self.read_again_at {
            if now < again {
                return Ok(false);
            }
            self.read_again_at = reader.may_go_on(now).err().map(|wait| now + wait);
            return Ok(true);
        }
        if reader.reports_due().is_some_and(|due| due <= now) {
            self.start(|mut reader| {
                let work = async move {
                    let done = reader.send_waiting_reports().await;
                    (reader, done)
                };
                work.boxed()
            });
            return Ok(true);
        }
        match self.socket.poll_receive(context) {
            Poll::Ready(received) => self.take(received).map(|()| true),
            Poll::Pending => self.still_there(now).map(|()| false),
        }
    }

    /// Has a message taken: most of them at once, so that nothing is put aside for them.
    fn take(&mut self, received: Result<Received, ReadError>) -> Result<(), SessionEnd> {
        let arrived = Instant::now();
        let Taking::Ready(reader) = &mut self.taking else {
            return Ok(());
        };
        let wait = reader.may_go_on(arrived).err();
        self.read_again_at = wait.map(|wait| arrived + wait);
        let message = match reader.take(received, arrived) {
            Taken::Waits(message) => message,
            Taken::Done(done) => {
                self.answers.extend(reader.take_answers());
                self.reading = Liveness::begin(READING, self.traffic.received(), arrived);
                return done;
            }
        };
        self.start(|mut reader| {
            let work = async move {
                let done = reader.go_on(message, arrived).await;
                (reader, done)
            };
            work.boxed()
        });
        Ok(())
    }

    /// Puts the reader to work.
    fn start(&mut self, work: impl FnOnce(Box<FrameReader>) -> Work) {
        self.taking = match std::mem::replace(&mut self.taking, Taking::Over) {
            Taking::Ready(reader) => Taking::Busy(work(reader)),
            other => other,
        };
    }

    /// Whether the client may still send what is waited for.
    fn still_there(&mut self, now: Instant) -> Result<(), SessionEnd> {
        if now < self.reading.look_at() || self.reading.goes_on(self.traffic.received(), now) {
            return Ok(());
        }
        tracing::debug!("no sign of life");
        Err(SessionEnd::Lost)
    }

    /// Writes what waits: the welcome, then answers and the frames of the room. Returns whether more
    /// waits that can be written now.
    fn write(&mut self, context: &mut Context<'_>, now: Instant) -> Result<bool, SessionEnd> {
        self.join(context, now)?;
        if self.first.is_some() {
            return Ok(false);
        }
        let has_all = self.writing.is_none() && self.gather(context, now);
        if self.socket.is_written() {
            return Ok(false);
        }
        let traffic = &self.traffic;
        let begin = || Liveness::begin(WRITING, traffic.sent(), now);
        let liveness = self.writing.get_or_insert_with(begin);
        match self.socket.poll_written(context) {
            Poll::Ready(Ok(())) => {
                self.writing = None;
                Ok(!has_all)
            }
            Poll::Ready(Err(error)) => {
                tracing::debug!(%error, "the socket takes nothing more");
                Err(SessionEnd::Lost)
            }
            Poll::Pending if now < liveness.look_at() => Ok(false),
            Poll::Pending if liveness.goes_on(self.traffic.sent(), now) => Ok(false),
            Poll::Pending => Err(SessionEnd::Dismissed(Refused::TooSlow)),
        }
    }

    /// Queues the welcome once it need not wait any more.
    fn join(&mut self, context: &mut Context<'_>, now: Instant) -> Result<(), SessionEnd> {
        let Some(on_record) = &mut self.joining else {
            return Ok(());
        };
        match on_record.poll_unpin(context) {
            Poll::Pending => Ok(()),
            Poll::Ready(false) => Err(SessionEnd::Dismissed(Refused::StorageAway)),
            Poll::Ready(true) => {
                self.joining = None;
                if let Some(welcome) = self.first.take() {
                    self.socket.queue(welcome);
                    self.ping_at = now + PING_INTERVAL;
                }
                Ok(())
            }
        }
    }

    /// Queues what waits, as far as one write is to take it; returns whether that was all.
    fn gather(&mut self, context: &mut Context<'_>, now: Instant) -> bool {
        let mut gathered = 0;
        let has_all = loop {
            if gathered >= GATHERED {
                break false;
            }
            let frame = if let Some(answer) = self.answers.pop_front() {
                answer.into_frame(self.clock)
            } else if let Poll::Ready(item) = self.outbox.poll_next(context) {
                item.into_frame()
            } else {
                break true;
            };
            gathered += frame.len();
            self.socket.queue(frame);
        };
        if self.answers.is_empty() {
            self.answers = VecDeque::new();
        }
        if gathered == 0 && now >= self.ping_at {
            self.ping_at = now + PING_INTERVAL;
            self.socket.queue(ServerFrame::ping());
        }
        has_all
    }

    /// Waits for the first time at which something is due; ready if that may have come.
    fn poll_timer(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(due) = self
            .writing_due()
            .into_iter()
            .chain(self.reading_due())
            .min()
        else {
            return Poll::Pending;
        };
        if self.timer.is_elapsed() || due < self.timer.deadline() {
            self.timer.as_mut().reset(due);
        }
        self.timer.poll_unpin(context)
    }

    /// When [`Self::write`] has something to do, whatever the client and the room do.
    fn writing_due(&self) -> Option<Instant> {
        match (&self.first, &self.writing) {
            (Some(_), _) => None,
            (None, Some(writing)) => Some(writing.look_at()),
            (None, None) => Some(self.ping_at),
        }
    }

    /// When [`Self::read`] has something to do, whatever the client does.
    fn reading_due(&self) -> Option<Instant> {
        match &self.taking {
            Taking::Ready(reader) if self.answers.len() < ANSWERS => {
                let silent = self.reading.look_at();
                let due = || reader.reports_due().map_or(silent, |due| due.min(silent));
                Some(self.read_again_at.unwrap_or_else(due))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
