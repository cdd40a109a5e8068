//! The real player: mpv as a process of its own, driven over its IPC socket.
//!
//! [`Player::spawn`] starts one task that owns the process, the connection and all state. Commands
//! and events are the plain enums of [`crate::sync::player`]. Other modules decide what the events
//! mean for the room, and which commands follow. Unix only so far: another system would need its
//! own connection and process control (`process`, `transport`, `socket`).
//!
//! - `config`, `launch`, `version`, `socket`, `process`: starting mpv and holding it
//! - `transport`, `ipc`, `event`: lines, requests and answers, events
//! - `observer`, `loaded_media`, `properties`, `length`, `sampler`, `complaints`,
//!   `ffmpeg_messages`, `transport_faults`, `resolver`, `clean`, `actions`, `personal`,
//!   `own_property`: what they mean, without IO
//! - `runtimes`: the JavaScript that yt-dlp is given; `checks`: what the programs say of themselves
//! - `resolve`, `silent`: what a link is, before anybody plays it
//! - `window`, `window_keys`, `ass`, `emoji_shapes`: what is drawn over the picture, and keys
//! - `relayed_links`, `subtitle_files`: links that go through the client's own relay
//! - `task`: the one task that joins them

use tokio::sync::{mpsc, watch};

use crate::media::policy::Privacy;
use crate::relay::SharedPrivacy;
use crate::sync::player::{PlayerCommand, PlayerEvent};
use order::Order;

mod actions;
mod ass;
mod ass_rows;
mod checks;
mod clean;
mod complaints;
mod config;
mod display;
mod emoji_shapes;
mod event;
mod ffmpeg_messages;
mod ipc;
mod launch;
mod length;
mod loaded_media;
mod observer;
mod order;
mod own_property;
mod personal;
mod process;
mod properties;
mod relayed_links;
mod resolve;
mod resolver;
mod resolver_options;
mod runtimes;
mod sampler;
mod silent;
mod socket;
mod subtitle_files;
mod task;
mod transport;
mod transport_faults;
mod version;
mod window;
mod window_keys;
mod ytdl;

pub use checks::{ranges_finding, system, youtube_findings};
pub use config::{BadArgument, PlayerConfig, check_arguments};
pub use display::has_display;
pub use resolve::{Playlist, playlist};
pub use resolver_options::{ResolverOptions, YTDL_KEYS, YtdlOptions};
pub use runtimes::said;
pub use silent::describe;
pub use transport::{READER_THREAD, quiet_reader_panics};
pub use ytdl::{finds_ytdl, program as ytdl_program};

/// Capacity of the command channel (judgement: a person gives a few commands a second, the follower
/// four).
const ORDERS: usize = 256;

/// Capacity of the event channel (judgement: some seconds of everything that mpv can report).
const EVENTS: usize = 1_024;

/// A handle to the player. Dropping it ends the player.
#[derive(Debug)]
pub struct Player {
    orders: mpsc::Sender<Order>,
    resolver: watch::Receiver<Option<ResolverOptions>>,
    /// Where links may lead, shared with what fetches them.
    privacy: SharedPrivacy,
}

/// Why an order was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Too many orders are waiting; the player is busy or frozen.
    #[error("the player does not keep up with its orders")]
    Busy,
    /// The player was ended for good, by `Quit` or because its task failed.
    #[error("the player was ended")]
    Gone,
}

impl Player {
    /// Starts the player and returns its events. Must be called within a tokio runtime.
    ///
    /// The first event is `Process(Starting)`, then `Ready` or `Unusable`. Orders given before
    /// `Ready` wait for it. While no player runs all orders but `Restart` and `Quit` are dropped,
    /// so after each `Ready` media has to be loaded (again). Events have to be read: the player
    /// waits when too many are unread. They end after `Quit`, or when the handle is dropped.
    #[must_use]
    pub fn spawn(config: PlayerConfig) -> (Self, mpsc::Receiver<PlayerEvent>) {
        Self::spawn_where(config, display::has_display)
    }

    /// Like [`Self::spawn`], with `display` saying at each start whether a window can be opened.
    fn spawn_where(
        config: PlayerConfig,
        display: fn() -> bool,
    ) -> (Self, mpsc::Receiver<PlayerEvent>) {
        let (orders, waiting) = mpsc::channel(ORDERS);
        let (events, receiver) = mpsc::channel(EVENTS);
        let privacy = config.relay.privacy.clone();
        let (telling, resolver) = watch::channel(None);
        tokio::spawn(task::run(
            task::TaskConfig { config, display },
            waiting,
            events,
            telling,
        ));
        (
            Self {
                orders,
                resolver,
                privacy,
            },
            receiver,
        )
    }

    /// Lets links lead here from now on: to the public internet only, or anywhere.
    pub fn set_privacy(&self, privacy: Privacy) {
        self.privacy.set(privacy);
    }

    /// The member's own options for yt-dlp, once mpv told them.
    #[must_use]
    pub fn resolver_options(&self) -> watch::Receiver<Option<ResolverOptions>> {
        self.resolver.clone()
    }

    /// Sends a command; never blocks.
    ///
    /// # Errors
    /// [`SendError`] if it was not accepted.
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
