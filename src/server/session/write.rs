//! What goes out to one socket: the welcome, then whatever its outbox holds, and now and then
//! a request for a sign of life.

use std::time::Duration;

use axum::extract::ws::Message;
use bytes::Bytes;
use futures_util::SinkExt;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};

use super::End;
use crate::protocol::denied::Refused;
use crate::server::clock::NodeClock;
use crate::server::outbox::{Outgoing, Waiting};
use crate::server::replica::settled::Settled;
use crate::server::words;
use crate::wire::message::ServerMsg;

/// How often a sign of life is asked for: below the shortest idle limits of proxies (30 s).
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// How long one frame may take to be handed to the network.
const FRAME_WITHIN: Duration = Duration::from_secs(30);

/// Writes until the socket is gone or takes nothing more.
pub(super) async fn write<S>(
    sink: &mut S,
    (welcome, on_record): (ServerMsg, Settled),
    waiting: &mut Waiting,
    clock: NodeClock,
) -> End
where
    S: SinkExt<Message, Error = axum::Error> + Unpin,
{
    if !on_record.await {
        return End::Dismissed(Refused::StorageAway);
    }
    let mut message = Message::Text(words::frame(&welcome));
    drop(welcome);
    let mut signs = interval_at(Instant::now() + SIGN_OF_LIFE, SIGN_OF_LIFE);
    signs.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        match timeout(FRAME_WITHIN, sink.send(message)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::debug!(%error, "the socket takes nothing more");
                return End::Lost;
            }
            Err(_) => return End::Dismissed(Refused::TooSlow),
        }
        message = tokio::select! {
            biased;
            Some(outgoing) = waiting.next() => frame_of(outgoing, clock),
            _ = signs.tick() => Message::Ping(Bytes::new()),
        };
    }
}

/// The frame of what waited; the last time of a clock exchange is taken here.
pub(super) fn frame_of(outgoing: Outgoing, clock: NodeClock) -> Message {
    Message::Text(match outgoing {
        Outgoing::Text(text) | Outgoing::State(text) => text,
        Outgoing::Pong { t0, t1 } => words::frame(&ServerMsg::Pong {
            t0,
            t1,
            t2: clock.now(),
        }),
    })
}
