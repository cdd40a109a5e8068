//! The feed of live rooms, `GET /api/gallery/events`: one task compares the list of rooms once a
//! second while anybody listens, and sends what changed to all listeners in the same bytes.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval};

use super::registry::{GoingDown, RoomList, Rooms};
use super::shutdown::Shutdown;
use crate::protocol::time::RoomTime;
use crate::wire::codec;
use crate::wire::pages::GalleryEvent;

use changes::SentCards;

mod changes;
pub(super) mod stream;

/// How often the list is compared: as often as it is made anew.
const EVERY: Duration = Duration::from_secs(1);

/// How many frames may wait for a listener. One that lags further behind is ended; it gets all
/// rooms again when it comes back (judgement: half a minute of changes).
const WAITING: usize = 32;

/// How many requests to listen may wait (judgement).
const INBOX: usize = 64;

/// The most listeners in all (judgement: each costs a socket and its buffers, some 20 kB).
const LISTENERS: usize = 1_000;

/// The most listeners of one address (judgement: a household with the page open on every device).
const LISTENERS_OF_ADDRESS: usize = 8;

/// A handle to the feed. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Feed {
    requests: mpsc::Sender<Request>,
}

/// A listener that wants to be admitted.
#[derive(Debug)]
struct Request {
    /// The address that it is counted against; `None` for exempt ones.
    address: Option<IpAddr>,
    reply: oneshot::Sender<Result<Subscription, Unheard>>,
}

/// What a listener gets: all rooms, and whatever changes from then on.
#[derive(Debug)]
pub(super) struct Subscription {
    snapshot: Bytes,
    changes: broadcast::Receiver<Bytes>,
    /// Counts the listener against its address while it is held.
    _counted: Option<Arc<()>>,
}

/// Why there is no subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unheard {
    /// The address has as many listeners as it may.
    AddressFull,
    /// The server has as many listeners as it takes.
    Full,
    /// The server shuts down.
    GoingDown,
}

impl From<GoingDown> for Unheard {
    fn from(_: GoingDown) -> Self {
        Self::GoingDown
    }
}

impl Feed {
    /// Starts the task that feeds all listeners.
    pub(super) fn start(rooms: Rooms, shutdown: Shutdown) -> Self {
        let (requests, inbox) = mpsc::channel(INBOX);
        let feed = FeedTask {
            rooms,
            listeners: Listeners::default(),
            sent: SentCards::default(),
            snapshot: None,
            changes: broadcast::Sender::new(WAITING),
        };
        tokio::spawn(feed.run(inbox, shutdown));
        Self { requests }
    }

    /// Begins to listen.
    ///
    /// # Errors
    /// [`Unheard`] if there are too many listeners, or the server shuts down.
    pub(super) async fn listen(&self, address: Option<IpAddr>) -> Result<Subscription, Unheard> {
        let (reply, answer) = oneshot::channel();
        let sent = self.requests.send(Request { address, reply }).await;
        sent.map_err(|_| Unheard::GoingDown)?;
        answer.await.unwrap_or(Err(Unheard::GoingDown))
    }
}

struct FeedTask {
    rooms: Rooms,
    listeners: Listeners,
    sent: SentCards,
    /// The frame with all rooms, and the moment of the list that it was made of.
    snapshot: Option<(RoomTime, Bytes)>,
    changes: broadcast::Sender<Bytes>,
}

impl FeedTask {
    async fn run(mut self, mut inbox: mpsc::Receiver<Request>, mut shutdown: Shutdown) {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let is_heard = self.changes.receiver_count() > 0;
            tokio::select! {
                biased;
                () = shutdown.wait() => return,
                request = inbox.recv() => match request {
                    Some(request) => {
                        let answer = self.admit(request.address).await;
                        // A listener that is gone by now is no longer counted either.
                        drop(request.reply.send(answer));
                    }
                    None => return,
                },
                _ = ticks.tick(), if is_heard => {
                    if self.refresh().await.is_err() {
                        return;
                    }
                }
            }
        }
    }

    /// Admits a listener: from the snapshot on it gets every change.
    async fn admit(&mut self, address: Option<IpAddr>) -> Result<Subscription, Unheard> {
        if self.changes.receiver_count() >= LISTENERS {
            return Err(Unheard::Full);
        }
        let counted = match address {
            Some(address) => Some(self.listeners.count(address).ok_or(Unheard::AddressFull)?),
            None => None,
        };
        let list = self.refresh().await?;
        Ok(Subscription {
            snapshot: self.snapshot(&list),
            changes: self.changes.subscribe(),
            _counted: counted,
        })
    }

    /// Compares the list with what was sent, and sends what has changed.
    async fn refresh(&mut self) -> Result<RoomList, GoingDown> {
        let list = self.rooms.list().await?;
        if let Some(event) = self.sent.update(&list.cards, list.at) {
            // Without listeners nobody misses it: the next one begins with a snapshot.
            drop(self.changes.send(frame(&event)));
        }
        Ok(list)
    }

    /// The frame with all rooms, made once for each list.
    fn snapshot(&mut self, list: &RoomList) -> Bytes {
        match &self.snapshot {
            Some((at, frame)) if *at == list.at => frame.clone(),
            _ => {
                let rooms = list.cards.to_vec();
                let frame = frame(&GalleryEvent::Snapshot { rooms });
                self.snapshot = Some((list.at, frame.clone()));
                frame
            }
        }
    }
}

/// How many listeners each address has.
#[derive(Debug, Default)]
struct Listeners(BTreeMap<IpAddr, Weak<()>>);

impl Listeners {
    /// Counts a listener while the result is held; `None` if its address has as many as it may.
    fn count(&mut self, address: IpAddr) -> Option<Arc<()>> {
        self.0.retain(|_, counted| counted.strong_count() > 0);
        match self.0.get(&address).and_then(Weak::upgrade) {
            // The one that was just made counts as well.
            Some(counted) if Arc::strong_count(&counted) > LISTENERS_OF_ADDRESS => None,
            Some(counted) => Some(counted),
            None => {
                let counted = Arc::new(());
                self.0.insert(address, Arc::downgrade(&counted));
                Some(counted)
            }
        }
    }
}

/// An event as it travels. JSON has no line breaks, so that it is one line of data.
fn frame(event: &GalleryEvent) -> Bytes {
    match codec::encode(event) {
        Ok(json) => Bytes::from(format!("data: {json}\n\n")),
        Err(error) => {
            tracing::error!(%error, "the rooms cannot be told");
            Bytes::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::{LISTENERS, LISTENERS_OF_ADDRESS, Listeners, Unheard, frame};
    use crate::server::{Limits, Network, Running, ServerConfig, Storage};
    use crate::wire::pages::GalleryEvent;

    /// A server that keeps nothing.
    async fn server() -> Running {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = ServerConfig {
            storage: Storage::Memory,
            public_url: None,
            hosted: false,
            limits: Limits::default(),
            network: Network::default(),
        };
        Running::start(vec![listener], config).await.unwrap()
    }

    /// The beginning of the answer to a request for the feed: with its body if it ends.
    async fn answer(server: &Running) -> String {
        let mut socket = TcpStream::connect(server.addresses()[0]).await.unwrap();
        let request = b"GET /api/gallery/events HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        socket.write_all(request).await.unwrap();
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"}") && !bytes.ends_with(b"\n\n\r\n") {
            assert!(socket.read_buf(&mut bytes).await.unwrap() > 0, "closed");
        }
        String::from_utf8(bytes).unwrap()
    }

    #[tokio::test]
    async fn so_many_listen_in_all_and_the_next_is_told_to_come_back_later() {
        let server = server().await;
        let feed = &server.parts.state.feed;
        let mut held = Vec::new();
        for _ in 0..LISTENERS {
            // None of them is counted against an address.
            held.push(feed.listen(None).await.unwrap());
        }
        let refused = feed.listen(None).await.err();
        assert_eq!(refused, Some(Unheard::Full));
        let answered = answer(&server).await;
        let begins = "HTTP/1.1 503 Service Unavailable\r\n";
        assert!(answered.starts_with(begins), "{answered}");
        assert!(answered.contains("\r\nretry-after: 30\r\n"), "{answered}");
        assert!(answered.contains("\"too_many_listeners\""), "{answered}");
        // One that ends makes room for another.
        held.pop();
        let answered = answer(&server).await;
        assert!(answered.starts_with("HTTP/1.1 200 OK\r\n"), "{answered}");
    }

    #[test]
    fn an_address_has_so_many_listeners_and_one_that_ends_makes_room() {
        let [one, other] = [1, 2].map(|last| IpAddr::from(Ipv4Addr::new(192, 0, 2, last)));
        let mut listeners = Listeners::default();
        let mut held: Vec<_> = (0..LISTENERS_OF_ADDRESS)
            .map(|_| listeners.count(one).unwrap())
            .collect();
        assert!(listeners.count(one).is_none());
        assert!(listeners.count(other).is_some());
        held.pop();
        held.push(listeners.count(one).unwrap());
        assert!(listeners.count(one).is_none());
        held.clear();
        assert!(listeners.count(other).is_some());
        assert_eq!(listeners.0.len(), 1, "who has no listener is forgotten");
    }

    #[test]
    fn an_event_is_one_line_of_data() {
        let event = GalleryEvent::Snapshot { rooms: Vec::new() };
        assert_eq!(
            frame(&event),
            "data: {\"type\":\"snapshot\",\"rooms\":[]}\n\n"
        );
    }
}
