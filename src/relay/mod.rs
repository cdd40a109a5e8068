//! The relay: a small HTTP server of the client's own, on loopback, that fetches direct links
//! for mpv. It checks each address on the way, looks at what a link serves, asks for bounded
//! pieces, tries again where a connection breaks, and knows why something does not play.
//!
//! [`Relay::start`] listens; [`Relay::open`] registers a link and gives the address that mpv
//! is told. What goes wrong is told as [`RelayEvent`]s. What that means for the room is
//! decided elsewhere; nothing here knows of rooms or of mpv's own words.
//!
//! - `address`, `range`, `mp4_boxes`, `status`, `cookies`, `sniff`, `hls`, `dash`, `identity`,
//!   `throughput`, `disclosure`, `gzip`, `missing_parts`, `variants`, `restamp`: the rules, without
//!   IO
//! - `config`, `connect`, `fetch`: from an address to an answer
//! - `sections`: what an HLS list does not say about its time stamps
//! - `relay_load`, `retrying`, `byte_stream`: one link, its failures, the bytes of one request
//! - `reply`, `body`, `serve`, `listen`: what mpv gets
//!
//! What it leaves to the player: the contents of *encrypted* HLS segments, which only the
//! player sees (so mpv has to be started with a list of formats and protocols that it may
//! use).

use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Instant;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::media::direct::DirectUrl;
use crate::media::fault::Fault;
use crate::media::policy::Privacy;
use address::BaseAddress;
use fetch::Fetcher;
use relay_load::RelayLoad;
use serve::Service;

mod address;
mod body;
mod byte_stream;
mod config;
mod connect;
mod cookies;
mod dash;
mod disclosure;
mod fetch;
mod gzip;
mod hls;
mod identity;
mod listen;
mod missing_parts;
mod mp4_boxes;
mod proxies;
mod range;
mod relay_load;
mod reply;
mod restamp;
mod retrying;
mod sections;
mod serve;
mod sniff;
mod status;
mod throughput;
mod variants;

pub use config::{Connector, RelayConfig, Resolver, Transport};
pub(crate) use connect::{PROXY_PORT, ask_for_tunnel};
pub use proxies::{Proxies, ProxySettings, UnusableProxy};

/// Events that may wait to be read.
const EVENTS: usize = 256;

/// How many loads are served at once: the current one, and the one before it, whose requests mpv
/// may still be closing.
const LOADS: usize = 2;

/// The number of a load, counted up by the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LoadId(pub(crate) u64);

/// An event of the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelayEvent {
    /// No data comes; it is asked for again.
    Retrying {
        /// The load that it is about.
        load: LoadId,
        /// What went wrong the last time.
        fault: Fault,
        /// When the next try is made.
        next: Instant,
    },
    /// Data comes again, or what was missing is no longer asked for.
    Flowing {
        /// The load that it is about.
        load: LoadId,
    },
    /// The link was given up.
    GaveUp {
        /// The load that it is about.
        load: LoadId,
        /// What went wrong last.
        fault: Fault,
    },
    /// Something was learned about the media.
    Fact {
        /// The load that it is about.
        load: LoadId,
        /// What was learned.
        fact: MediaFact,
    },
}

impl RelayEvent {
    /// The load that it is about.
    #[must_use]
    pub const fn load(self) -> LoadId {
        match self {
            Self::Retrying { load, .. }
            | Self::Flowing { load }
            | Self::GaveUp { load, .. }
            | Self::Fact { load, .. } => load,
        }
    }
}

/// What the relay learns about media.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaFact {
    /// Whether its HLS list still grows. Reported once, at the first list of segments.
    Live(bool),
    /// The wall time of the first frame of the first segment that mpv fetched, in
    /// microseconds since the Unix epoch, where a growing list tells it
    /// (`EXT-X-PROGRAM-DATE-TIME`). Reported once.
    LiveOrigin {
        /// Microseconds since the Unix epoch.
        micros: i64,
    },
    /// What the player finds wrong with it before the first picture is to be told only once the
    /// relay gives it up. Reported once, before the player gets anything of it.
    DelayFailure,
    /// A part of its list is missing; the player skips it.
    PartMissing {
        /// Its media sequence number; 0 for what is no segment.
        index: u64,
        /// [`FaultKind::PartsMissing`](crate::media::fault::FaultKind::PartsMissing), and
        /// whether it is missing at another host.
        fault: Fault,
    },
    /// Parts of its list were missing in a row, and the player goes on behind them. Reported once
    /// the next part came.
    Gap {
        /// Where it begins in the whole list, in microseconds; `None` if the list grows.
        from: Option<i64>,
        /// How long it is, in microseconds; 0 where the list does not tell.
        length: i64,
    },
}

/// A registered link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayedLink {
    /// The load that serves it.
    pub load: LoadId,
    /// The address that mpv opens. It contains the relay's secret, so it must not be logged or shown.
    pub address: String,
}

/// A handle to the relay. Dropping it ends the relay and all its connections.
pub struct Relay {
    port: u16,
    secret: Arc<str>,
    privacy: Privacy,
    opened: u64,
    loads: watch::Sender<Vec<Arc<RelayLoad>>>,
    events: mpsc::Sender<RelayEvent>,
    listening: Option<JoinHandle<()>>,
}

/// Without the secret.
impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relay")
            .field("port", &self.port)
            .field("opened", &self.opened)
            .finish_non_exhaustive()
    }
}

impl Relay {
    /// Listens on a free port of loopback. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// If no port can be listened on.
    pub async fn start(config: RelayConfig) -> io::Result<(Self, mpsc::Receiver<RelayEvent>)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let (mut relay, service, told) = Self::around(config, port);
        relay.listening = Some(tokio::spawn(listen::listen(listener, service)));
        Ok((relay, told))
    }

    /// A relay that listens on `port` as soon as `Service` is served there.
    fn around(config: RelayConfig, port: u16) -> (Self, Service, mpsc::Receiver<RelayEvent>) {
        let privacy = config.privacy;
        let secret: Arc<str> = format!("{:032x}", rand::random::<u128>()).into();
        let (loads, registered) = watch::channel(Vec::new());
        let (events, told) = mpsc::channel(EVENTS);
        let service = Service {
            secret: secret.clone(),
            loads: registered,
            fetcher: Fetcher::new(config),
        };
        let relay = Self {
            port,
            secret,
            privacy,
            opened: 0,
            loads,
            events,
            listening: None,
        };
        (relay, service, told)
    }

    /// Registers a link. Only the latest earlier load is still served.
    pub fn open(&mut self, link: &DirectUrl) -> RelayedLink {
        self.register(link, |_| ())
    }

    /// Registers a link that was given up a while ago, for one of several tries: before the
    /// first picture each request is made once, and once more where an idle connection was merely
    /// closed. When its server wants to be asked next is told
    /// before [`RelayEvent::GaveUp`].
    pub fn open_for_one_try(&mut self, link: &DirectUrl) -> RelayedLink {
        self.register(link, RelayLoad::limit_to_one_try)
    }

    fn register(&mut self, link: &DirectUrl, prepare: impl Fn(&RelayLoad)) -> RelayedLink {
        self.opened += 1;
        let load = LoadId(self.opened);
        let base = BaseAddress::new(self.port, &self.secret, load);
        let address = base.link(link.url());
        let (url, events) = (link.url().clone(), self.events.clone());
        let new = RelayLoad::new(load, url, base, self.privacy, events);
        prepare(&new);
        self.loads.send_modify(|loads| {
            loads.push(new);
            while loads.len() > LOADS {
                loads.remove(0).close();
            }
        });
        RelayedLink { load, address }
    }

    /// Notes that `load` shows its first picture: from now on its requests are not limited.
    pub fn shown(&self, load: LoadId) {
        self.with(load, RelayLoad::show);
    }

    /// Tries again at once where `load` waits for its next try, and takes it up again where
    /// it was given up.
    pub fn retry_now(&self, load: LoadId) {
        self.with(load, RelayLoad::retry_now);
    }

    /// Why `load` was given up, or what went wrong with it last: the reason to show when mpv cannot
    /// play it.
    #[must_use]
    pub fn verdict(&self, load: LoadId) -> Option<Fault> {
        let loads = self.loads.borrow();
        let load = loads.iter().find(|known| known.id == load)?;
        load.verdict().or(load.last_fault())
    }

    /// Ends all requests of `load`.
    pub fn close(&self, load: LoadId) {
        self.with(load, RelayLoad::close);
    }

    /// `text` without words that name one of the relay's addresses, which carry its secret.
    #[must_use]
    pub fn without_address(&self, text: &str) -> String {
        if !text.contains(&*self.secret) {
            return text.to_owned();
        }
        let shown = |word| {
            if str::contains(word, &*self.secret) {
                "the link"
            } else {
                word
            }
        };
        text.split_whitespace()
            .map(shown)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn with(&self, load: LoadId, act: impl Fn(&RelayLoad)) {
        let loads = self.loads.borrow();
        if let Some(load) = loads.iter().find(|known| known.id == load) {
            act(load);
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        for load in self.loads.borrow().iter() {
            load.close();
        }
        if let Some(listening) = &self.listening {
            listening.abort();
        }
    }
}

#[cfg(test)]
mod tests;
