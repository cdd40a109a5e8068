//! The relay: a small HTTP server of the client's own, on loopback, that fetches direct links
//! for mpv. It checks each address on the way, looks at what a link serves, asks for bounded
//! pieces, tries again where a connection breaks, and knows why something does not play.
//!
//! [`Relay::start`] listens; [`Relay::open`] registers a link and returns the address for mpv.
//! Faults and facts are reported as [`RelayEvent`]s. Other modules decide what they mean for the
//! room; nothing here knows about rooms or about mpv's messages.
//!
//! - `address`, `range`, `mp4_boxes`, `status`, `cookies`, `sniff`, `hls`, `dash`, `identity`,
//!   `throughput`, `disclosure`, `gzip`, `missing_parts`, `variants`, `restamp`: the rules, without
//!   IO
//! - `config`, `connect`, `fetch`: from an address to an answer
//! - `sections`: how far to move the time stamps after each discontinuity of an HLS list
//! - `relay_load`, `retrying`, `byte_stream`: one link, its failures, the bytes of one request
//! - `subtitles`: a subtitle file, fetched whole
//! - `reply`, `body`, `serve`, `listen`: what mpv gets
//!
//! It cannot check the contents of *encrypted* HLS segments, which only the player decrypts. So mpv
//! has to be started with a list of the formats and protocols that it may use.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use url::Url;

use crate::media::direct::DirectUrl;
use crate::media::fault::MediaFault;
use crate::media::subtitles::SubtitleLink;
use address::BaseAddress;
use fetch::Fetcher;
use relay_load::RelayLoad;
use serve::Service;
use subtitles::SubtitleFetcher;

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
mod lists;
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
mod subtitles;
mod throughput;
mod variants;

pub use config::{Connector, RelayConfig, Resolver, SharedPrivacy, Transport};
pub(crate) use connect::{PROXY_PORT, ask_for_tunnel};
pub use proxies::{Proxies, ProxySettings, UnusableProxy};
pub use subtitles::NoSubtitles;

/// Capacity of the event channel; beyond it events are dropped (judgement: the client reads them at
/// once).
const EVENTS: usize = 256;

/// How many loads are served at once: the current one, and the previous one, whose requests mpv may
/// still be closing.
const LOADS: usize = 2;

/// How many subtitle files are served at once, of the last ones that were fetched (judgement).
const SUBTITLES: usize = 4;

/// A load's number, counted up from 1 by the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LoadId(pub(crate) u64);

/// An event about one load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelayEvent {
    /// No data arrives; the relay is going to try again.
    Retrying {
        /// The load that it is about.
        load: LoadId,
        /// What went wrong in the last attempt.
        fault: MediaFault,
        /// When the next attempt is made.
        next: Instant,
    },
    /// Data arrives again, or the failing request has ended.
    Flowing {
        /// The load that it is about.
        load: LoadId,
    },
    /// The link was given up.
    GaveUp {
        /// The load that it is about.
        load: LoadId,
        /// The fault that made it give up.
        fault: MediaFault,
    },
    /// Something became known about the media.
    Fact {
        /// The load that it is about.
        load: LoadId,
        /// What became known.
        fact: MediaFact,
    },
}

impl RelayEvent {
    /// The load that the event is about.
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

/// What the relay learns about media from its lists and their parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaFact {
    /// Whether its HLS list still grows. Emitted once, at the first list of segments.
    Live(bool),
    /// The wall time of the first frame of the first segment that mpv fetched, if a growing list
    /// names it (`EXT-X-PROGRAM-DATE-TIME`). Emitted once.
    LiveOrigin {
        /// Microseconds since the Unix epoch.
        micros: i64,
    },
    /// Report a failure of the player before the first picture only once the relay gives the load
    /// up. Emitted once, before the player receives any of its data.
    DelayFailure,
    /// A part of its list is missing and will be skipped by the player.
    PartMissing {
        /// Its media sequence number; 0 if it is not a segment.
        index: u64,
        /// [`FaultKind::PartsMissing`](crate::media::fault::FaultKind::PartsMissing), and whether
        /// it happened at another host.
        fault: MediaFault,
    },
    /// Several parts in a row were missing and the player continues after them. Emitted when the
    /// next part has arrived.
    Gap {
        /// Where the gap begins in the whole list, in microseconds; `None` if the list grows.
        from: Option<i64>,
        /// Its length in microseconds; 0 if the list does not name it.
        length: i64,
    },
}

/// A link that the relay serves to mpv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayedLink {
    /// The load that serves it.
    pub load: LoadId,
    /// The address that mpv opens. It contains the relay's secret, so it must not be logged or
    /// shown.
    pub address: String,
}

/// A handle to the relay. Dropping it ends the relay and all its connections.
pub struct Relay {
    port: u16,
    secret: Arc<str>,
    privacy: SharedPrivacy,
    opened: u64,
    loads: watch::Sender<Vec<Arc<RelayLoad>>>,
    /// The subtitle files that are served, by the names under which the player asks for them.
    subtitles: watch::Sender<Vec<(String, Bytes)>>,
    subtitle_fetcher: SubtitleFetcher,
    events: mpsc::Sender<RelayEvent>,
    listening: Option<JoinHandle<()>>,
}

/// Omits the secret, so that no log contains it.
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
        let (mut relay, service, event_receiver) = Self::build(config, port);
        relay.listening = Some(tokio::spawn(listen::listen(listener, service)));
        Ok((relay, event_receiver))
    }

    /// Builds a relay for `port`, and the `Service` that has to be served there.
    fn build(config: RelayConfig, port: u16) -> (Self, Service, mpsc::Receiver<RelayEvent>) {
        let privacy = config.privacy.clone();
        let secret: Arc<str> = format!("{:032x}", rand::random::<u128>()).into();
        let (loads, registered) = watch::channel(Vec::new());
        let (events, event_receiver) = mpsc::channel(EVENTS);
        let fetcher = Fetcher::new(config);
        let subtitles = watch::Sender::default();
        let service = Service {
            secret: secret.clone(),
            loads: registered,
            subtitles: subtitles.subscribe(),
            fetcher: fetcher.clone(),
        };
        let relay = Self {
            port,
            secret,
            privacy: privacy.clone(),
            opened: 0,
            loads,
            subtitles,
            subtitle_fetcher: SubtitleFetcher { fetcher, privacy },
            events,
            listening: None,
        };
        (relay, service, event_receiver)
    }

    /// Registers a link. Only the latest earlier load is still served.
    pub fn open(&mut self, link: &DirectUrl) -> RelayedLink {
        self.register(link, |_| ())
    }

    /// Registers a link that was given up earlier, for a single attempt. Before the first picture
    /// each request is made once, and repeated only if an idle connection had been closed. If the
    /// server sent a `Retry-After`, a [`RelayEvent::Retrying`] with that time precedes the
    /// [`RelayEvent::GaveUp`].
    pub fn open_for_one_try(&mut self, link: &DirectUrl) -> RelayedLink {
        self.register(link, RelayLoad::limit_to_one_try)
    }

    /// Fetches a subtitle file, with the checks that media gets on the way.
    ///
    /// # Errors
    /// Why there are none.
    pub fn fetch_subtitles(
        &self,
        link: SubtitleLink,
    ) -> impl Future<Output = Result<Bytes, NoSubtitles>> + Send + use<> {
        self.subtitle_fetcher.clone().fetch(link)
    }

    /// Serves a subtitle file that was fetched, and returns its address for the player, which
    /// contains the secret. Only the last few files are still served.
    pub fn serve_subtitles(&mut self, link: &SubtitleLink, bytes: Bytes) -> String {
        self.opened += 1;
        let base = BaseAddress::new(self.port, &self.secret, LoadId(self.opened));
        let address = base.link(link.url());
        let path = Url::parse(&address).map_or_else(|_| String::new(), |url| url.path().to_owned());
        self.subtitles.send_modify(|files| {
            files.push((path, bytes));
            let surplus = files.len().saturating_sub(SUBTITLES);
            files.drain(..surplus);
        });
        address
    }

    fn register(&mut self, link: &DirectUrl, prepare: impl Fn(&RelayLoad)) -> RelayedLink {
        self.opened += 1;
        let load = LoadId(self.opened);
        let base = BaseAddress::new(self.port, &self.secret, load);
        let address = base.link(link.url());
        let (url, events) = (link.url().clone(), self.events.clone());
        let new = RelayLoad::new(load, url, base, self.privacy.get(), events);
        prepare(&new);
        self.loads.send_modify(|loads| {
            loads.push(new);
            while loads.len() > LOADS {
                loads.remove(0).close();
            }
        });
        RelayedLink { load, address }
    }

    /// Call when the first picture of `load` is shown: its requests are no longer limited.
    pub fn shown(&self, load: LoadId) {
        self.with(load, RelayLoad::show);
    }

    /// Ends the wait for the next attempt of `load`, and reopens it if it was given up.
    pub fn retry_now(&self, load: LoadId) {
        self.with(load, RelayLoad::retry_now);
    }

    /// Why `load` was given up, otherwise its last fault. Shown as the reason when mpv cannot play
    /// it.
    #[must_use]
    pub fn verdict(&self, load: LoadId) -> Option<MediaFault> {
        let loads = self.loads.borrow();
        let load = loads.iter().find(|known| known.id == load)?;
        load.verdict().or(load.last_fault())
    }

    /// Ends all requests of `load`.
    pub fn close(&self, load: LoadId) {
        self.with(load, RelayLoad::close);
    }

    /// `text` with each word that contains the relay's secret replaced by "the link".
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
