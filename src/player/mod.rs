//! The real player: mpv as a process of its own, driven over its IPC socket.
//!
//! [`Player::spawn`] starts one task that owns the process, the connection and all state;
//! commands go in and events come out as the plain enums of [`crate::sync::player`]. What the
//! events mean for the room, and which commands follow, is decided elsewhere. Unix only so far:
//! the connection and the hold on the process (`process`, `transport`, `socket`) are what
//! another system would have to do its own way.
//!
//! - `config`, `launch`, `version`, `socket`, `process`: starting mpv and holding it
//! - `transport`, `ipc`, `event`: lines, requests and answers, events
//! - `observer`, `loaded_media`, `properties`, `length`, `sampler`, `complaints`,
//!   `ffmpeg_messages`, `transport_faults`, `resolver`, `clean`, `actions`, `personal`: what they
//!   mean, without IO
//! - `relayed_links`: links that go through the client's own relay
//! - `task`: the one task that joins them

use tokio::sync::mpsc;

use crate::sync::player::{PlayerCommand, PlayerEvent};
use task::Order;

mod actions;
mod clean;
mod complaints;
mod config;
mod event;
mod ffmpeg_messages;
mod ipc;
mod launch;
mod length;
mod loaded_media;
mod observer;
mod personal;
mod process;
mod properties;
mod relayed_links;
mod resolver;
mod sampler;
mod socket;
mod task;
mod transport;
mod transport_faults;
mod version;
mod ytdl;

pub use config::{BadArgument, PlayerConfig};
pub use transport::{READER_THREAD, quiet_reader_panics};
pub use ytdl::finds_ytdl;

/// Orders that may wait. A person makes a few a second, the follower four.
const ORDERS: usize = 256;

/// Events that may wait: some seconds of all that mpv can tell.
const EVENTS: usize = 1_024;

/// A handle to the player. Dropping it ends the player.
#[derive(Debug)]
pub struct Player {
    orders: mpsc::Sender<Order>,
}

/// An order that did not reach the player.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Too many orders wait; the player is busy or frozen.
    #[error("the player does not keep up with its orders")]
    Busy,
    /// The player was ended for good.
    #[error("the player was ended")]
    Gone,
}

impl Player {
    /// Starts the player and gives what it reports. Must be called within a tokio runtime.
    ///
    /// The first event is `Process(Starting)`; then it is `Ready` or `Unusable`. Orders given
    /// before `Ready` wait for it. While no player runs all orders but `Restart` and `Quit`
    /// are dropped, so that after each `Ready` a medium has to be loaded (again). Events have
    /// to be read: the player waits when many are unread. They end after `Quit`, or when the
    /// handle is dropped.
    #[must_use]
    pub fn spawn(config: PlayerConfig) -> (Self, mpsc::Receiver<PlayerEvent>) {
        Self::spawn_where(config, launch::has_display())
    }

    /// The same, told whether a window can be opened.
    fn spawn_where(config: PlayerConfig, display: bool) -> (Self, mpsc::Receiver<PlayerEvent>) {
        let (orders, waiting) = mpsc::channel(ORDERS);
        let (events, receiver) = mpsc::channel(EVENTS);
        tokio::spawn(task::run(
            task::TaskConfig { config, display },
            waiting,
            events,
        ));
        (Self { orders }, receiver)
    }

    /// Gives an order; never waits.
    ///
    /// # Errors
    /// [`SendError`] if it was not taken.
    pub fn send(&self, command: PlayerCommand) -> Result<(), SendError> {
        self.order(Order::Command(command))
    }

    fn order(&self, order: Order) -> Result<(), SendError> {
        self.orders.try_send(order).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => SendError::Busy,
            mpsc::error::TrySendError::Closed(_) => SendError::Gone,
        })
    }
}

#[cfg(test)]
mod test_http;
#[cfg(test)]
mod tests;
