//! A socket on which nothing is said for a while, `GET /ws?quiet=SECONDS`: by it an operator sees
//! how long a proxy in front of this server leaves a quiet connection open. It is asked for at the
//! address of rooms, so that the same of the proxy's rules hold.

use std::future::poll_fn;
use std::time::Duration;

use axum::http::Uri;
use tokio::time::{sleep, timeout};

use super::metrics::Metrics;
use super::peers::PeerPermit;
use super::places::{Place, Places};
use super::shutdown::Shutdown;
use super::websocket::{ClientStream, ServerFrame, WebSocket};
use crate::protocol::denied::Refused;
use crate::wire::codec;
use crate::wire::quiet::{LONGEST, QuietFrame};

/// The most such sockets at once (judgement: they serve operators, and each costs some 20 kB).
const IN_ALL: u16 = 64;

/// The most of one address (judgement: somebody tries it from two computers, twice).
const OF_ONE: u16 = 4;

/// How long a frame may take to be written, and the close to be answered (judgement).
const WRITTEN_WITHIN: Duration = Duration::from_secs(5);

/// The places for quiet sockets. Clones share them.
#[derive(Debug, Clone)]
pub(super) struct QuietPlaces(Places);

/// A place for one, until it is dropped.
#[derive(Debug)]
pub(super) struct QuietPlace {
    _place: Place,
    /// Counts the socket against its address, as any other.
    _permit: PeerPermit,
}

impl QuietPlaces {
    /// All of them, free.
    pub(super) fn new() -> Self {
        Self(Places::new(usize::from(IN_ALL), usize::from(OF_ONE)))
    }

    /// Takes a place.
    ///
    /// # Errors
    /// Why there is none for this address.
    pub(super) fn take(&self, permit: PeerPermit) -> Result<QuietPlace, Refused> {
        let place = self.0.take(permit.address()).ok_or_else(|| {
            if self.0.are_all_taken() {
                let limit = u32::from(IN_ALL);
                Refused::ServerBusy { limit }
            } else {
                let limit = u32::from(OF_ONE);
                Refused::TooManyConnections { limit }
            }
        })?;
        Ok(QuietPlace {
            _place: place,
            _permit: permit,
        })
    }
}

/// How long a socket is to be quiet, if that is what its request asks for: an hour at most.
pub(super) fn asked_for(uri: &Uri) -> Option<Duration> {
    let mut pairs = uri.query()?.split('&');
    let seconds = pairs.find_map(|pair| pair.strip_prefix("quiet="))?;
    let seconds = seconds.parse::<u64>().ok()?;
    Some(Duration::from_secs(seconds.min(LONGEST)))
}

/// Says that it begins, nothing for so long, and that it is over. Whatever comes ends it.
pub(super) async fn run(
    mut socket: Box<WebSocket<ClientStream>>,
    _place: QuietPlace,
    quiet: Duration,
    (metrics, mut shutdown): (Metrics, Shutdown),
) {
    let _counted = metrics.connection();
    let seconds = quiet.as_secs();
    if !says(&mut socket, QuietFrame::Quiet { seconds }).await {
        return;
    }
    let (code, reason) = tokio::select! {
        biased;
        () = shutdown.wait() => {
            let why = Refused::ShuttingDown;
            metrics.refused(&why);
            (codec::close_code(&why), codec::close_reason(&why))
        }
        _ended = poll_fn(|context| socket.poll_receive(context)) => normal(),
        () = sleep(quiet) => {
            says(&mut socket, QuietFrame::Over).await;
            normal()
        }
    };
    let _answered = timeout(WRITTEN_WITHIN, socket.close(code, &reason)).await;
}

/// Writes a frame; `false` if the socket is gone.
async fn says(socket: &mut WebSocket<ClientStream>, frame: QuietFrame) -> bool {
    let Ok(text) = serde_json::to_string(&frame) else {
        return false;
    };
    let sent = timeout(WRITTEN_WITHIN, socket.send(ServerFrame::text(&text))).await;
    matches!(sent, Ok(Ok(())))
}

/// The code and the reason of a close for no particular reason.
fn normal() -> (u16, String) {
    (codec::CLOSE_NORMAL, String::new())
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::time::Duration;

    use axum::http::Uri;

    use super::{IN_ALL, LONGEST, OF_ONE, QuietPlaces, asked_for};
    use crate::protocol::denied::Refused;
    use crate::server::peers::Peers;

    #[test]
    fn quiet_is_what_the_request_asks_for_and_an_hour_at_most() {
        let asked = |text: &str| asked_for(&text.parse::<Uri>().unwrap());
        assert_eq!(asked("/ws?quiet=100"), Some(Duration::from_secs(100)));
        assert_eq!(asked("/ws?a=b&quiet=1"), Some(Duration::from_secs(1)));
        let longest = Some(Duration::from_secs(LONGEST));
        assert_eq!(asked("/ws?quiet=18446744073709551615"), longest);
        for room in ["/ws", "/ws?", "/ws?quiet", "/ws?quiet=-1", "/ws?quiet=x"] {
            assert_eq!(asked(room), None, "{room}");
        }
    }

    #[test]
    fn one_address_holds_few_and_the_refusal_says_how_many() {
        let peers = Peers::new();
        let places = QuietPlaces::new();
        let take = |last: u16| {
            let [high, low] = last.to_be_bytes();
            let address = IpAddr::V4(Ipv4Addr::new(203, 0, high, low));
            places.take(peers.admit(address).unwrap())
        };
        let mut held: Vec<_> = (0..OF_ONE).map(|_| take(7).unwrap()).collect();
        let limit = u32::from(OF_ONE);
        assert_eq!(take(7).err(), Some(Refused::TooManyConnections { limit }));
        held.extend((OF_ONE..IN_ALL).map(|number| take(256 + number).unwrap()));
        let limit = u32::from(IN_ALL);
        assert_eq!(take(8).err(), Some(Refused::ServerBusy { limit }));
        held.pop();
        assert!(take(8).is_ok());
    }
}
