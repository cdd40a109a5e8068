//! Writes to one socket: the welcome, then the frames of its outbox, and a ping now and then.

use std::time::Duration;

use axum::extract::ws::Message;
use bytes::Bytes;
use futures_util::SinkExt;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::SessionEnd;
use crate::protocol::denied::Refused;
use crate::server::clock::NodeClock;
use crate::server::outbox::{OutboxItem, OutboxReader};
use crate::server::replica::durable_ack::DurableAck;
use crate::server::replies;
use crate::traffic::{Patience, Traffic, while_moving};
use crate::wire::message::ServerMsg;

/// How often a ping is sent: well below the shortest idle limits of proxies (30 s).
const PING_INTERVAL: Duration = Duration::from_secs(20);

/// How long a client may take none of a frame's bytes, and how long the whole frame may take: the
/// state of a full room, 256 KiB, takes two minutes at 20 kbit/s (judgement: nobody watches over
/// less).
const FRAME: Patience = Patience {
    silence: Duration::from_secs(30),
    whole: Duration::from_mins(2),
};

/// The welcome, which waits until the join is durable.
pub(super) struct PendingWelcome {
    /// The message to send then.
    pub(super) welcome: ServerMsg,
    /// Resolves once the join is durable.
    pub(super) on_record: DurableAck,
}

/// Writes until the socket is closed or its client reads too slowly.
pub(super) async fn write<S>(
    sink: &mut S,
    first: PendingWelcome,
    waiting: &mut OutboxReader,
    clock: NodeClock,
    traffic: &Traffic,
) -> SessionEnd
where
    S: SinkExt<Message, Error = axum::Error> + Unpin,
{
    let PendingWelcome { welcome, on_record } = first;
    if !on_record.await {
        return SessionEnd::Dismissed(Refused::StorageAway);
    }
    let mut message = Message::Text(replies::frame(&welcome));
    drop(welcome);
    let mut pings = interval_at(Instant::now() + PING_INTERVAL, PING_INTERVAL);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        match while_moving(sink.send(message), || traffic.sent(), FRAME).await {
            Some(Ok(())) => {}
            Some(Err(error)) => {
                tracing::debug!(%error, "the socket takes nothing more");
                return SessionEnd::Lost;
            }
            None => return SessionEnd::Dismissed(Refused::TooSlow),
        }
        message = tokio::select! {
            biased;
            outgoing = waiting.next() => frame_of(outgoing, clock),
            _ = pings.tick() => Message::Ping(Bytes::new()),
        };
    }
}

/// The frame of an item. The server's last time of a clock exchange, `t2`, is taken here.
pub(super) fn frame_of(outgoing: OutboxItem, clock: NodeClock) -> Message {
    Message::Text(match outgoing {
        OutboxItem::Text(text) | OutboxItem::State(text) => text,
        OutboxItem::Pong { t0, t1 } => replies::frame(&ServerMsg::Pong {
            t0,
            t1,
            t2: clock.now(),
        }),
    })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use axum::extract::ws::Message;
    use futures_util::sink;
    use tokio::time::{sleep, timeout};

    use super::super::SessionEnd;
    use super::{PendingWelcome, write};
    use crate::protocol::denied::Refused;
    use crate::server::clock::NodeClock;
    use crate::server::outbox::outbox;
    use crate::server::replica::durable_ack::DurableAck;
    use crate::server::replies;
    use crate::traffic::Traffic;

    /// How the session ends if its socket takes this long for the first frame, and so many bytes
    /// each second; `None` if it does not end.
    async fn first_frame_takes(taking: Duration, bytes: usize) -> Option<SessionEnd> {
        let taken = sink::unfold((), move |(), _: Message| async move {
            sleep(taking).await;
            Ok::<(), axum::Error>(())
        });
        let (_outbox, mut waiting) = outbox();
        let traffic = Traffic::default();
        let first = PendingWelcome {
            welcome: replies::too_large(),
            on_record: DurableAck::already(),
        };
        let clock = NodeClock::start(SystemTime::now(), None, None);
        let mut socket = Box::pin(taken);
        let network = async {
            loop {
                sleep(Duration::from_secs(1)).await;
                traffic.move_both_ways(bytes);
            }
        };
        let ended = async {
            tokio::select! {
                end = write(&mut socket, first, &mut waiting, clock, &traffic) => end,
                () = network => unreachable!("a network does not end"),
            }
        };
        timeout(taking + Duration::from_secs(10), ended).await.ok()
    }

    #[tokio::test(start_paused = true)]
    async fn who_reads_slowly_is_told_all_and_who_reads_nothing_or_for_ever_is_not() {
        let minute_and_a_half = Duration::from_secs(90);
        assert_eq!(first_frame_takes(minute_and_a_half, 2_500).await, None);
        let too_slow = Some(SessionEnd::Dismissed(Refused::TooSlow));
        assert_eq!(first_frame_takes(minute_and_a_half, 0).await, too_slow);
        let for_ever = Duration::from_hours(1);
        assert_eq!(first_frame_takes(for_ever, 2_500).await, too_slow);
    }
}
