//! A relay between an [`Origin`] and the test, which acts as the player.

use hyper::body::Body as _;
use hyper::{HeaderMap, Request};
use std::pin::Pin;
use std::time::Duration;
use tokio::sync::mpsc;

use crate::media::fault::{FaultKind, MediaFault};
use crate::media::policy::Privacy;
use crate::media::{Media, Source};
use crate::relay::body::RelayBody;
use crate::relay::serve::Service;
use crate::relay::{
    MediaFact, Proxies, Relay, RelayConfig, RelayEvent, RelayedLink, SharedPrivacy,
};
use crate::test_support::origin::{Act, Asked, Origin, resolver};
use crate::trust::Trust;

/// The link of most tests.
pub(super) const LINK: &str = "http://films.example/a/film.mp4?sig=secret";

/// A relay under test.
pub(super) struct Scene {
    pub(super) relay: Relay,
    pub(super) service: Service,
    pub(super) events: mpsc::Receiver<RelayEvent>,
    pub(super) origin: Origin,
    pub(super) opened: RelayedLink,
}

/// The response that the player got.
#[derive(Debug)]
pub(super) struct Got {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// Whether the body ended before its announced length.
    pub(super) broken: bool,
}

impl Got {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

/// A configuration in which every connection leads to `origin`.
pub(super) fn config(origin: &Origin) -> RelayConfig {
    RelayConfig {
        privacy: SharedPrivacy::new(Privacy::PublicOnly),
        resolver: resolver(),
        connector: origin.connector(),
        trust: Trust::only(Vec::new()),
        proxies: Proxies::none(),
    }
}

impl Scene {
    /// A relay for [`LINK`], whose server responds with `handler`.
    pub(super) fn new(handler: impl Fn(&Asked) -> Vec<Act> + Send + Sync + 'static) -> Self {
        Self::of(LINK, handler)
    }

    /// The same for another link.
    pub(super) fn of(
        link: &str,
        handler: impl Fn(&Asked) -> Vec<Act> + Send + Sync + 'static,
    ) -> Self {
        let origin = Origin::new(handler);
        let config = config(&origin);
        Self::with(config, origin, link)
    }

    pub(super) fn with(config: RelayConfig, origin: Origin, link: &str) -> Self {
        let (mut relay, service, events) = Relay::build(config, 4_000);
        let opened = relay.open(&direct(link));
        Self {
            relay,
            service,
            events,
            origin,
            opened,
        }
    }

    /// A player's request for the link, with this `Range`.
    pub(super) async fn get(&self, range: Option<&str>) -> Got {
        let headers: Vec<_> = range.map(|range| ("range", range)).into_iter().collect();
        self.ask(&self.opened.address, &headers).await
    }

    /// A player's request for any address.
    pub(super) async fn ask(&self, address: &str, headers: &[(&str, &str)]) -> Got {
        got(self.service.clone(), address, headers).await
    }

    /// A request for the link in a task of its own.
    pub(super) fn getting(&self, range: Option<&str>) -> tokio::task::JoinHandle<Got> {
        let service = self.service.clone();
        let address = self.opened.address.clone();
        let range = range.map(str::to_owned);
        tokio::spawn(async move {
            let range = range.as_deref().map(|range| ("range", range));
            let headers: Vec<_> = range.into_iter().collect();
            got(service, &address, &headers).await
        })
    }

    /// The relay's next event.
    pub(super) async fn event(&mut self) -> RelayEvent {
        self.events.recv().await.unwrap()
    }

    /// All events that the relay has emitted so far.
    pub(super) fn reported(&mut self) -> Vec<RelayEvent> {
        std::iter::from_fn(|| self.events.try_recv().ok()).collect()
    }

    /// The fault for which the link was given up, which is the last event.
    #[track_caller]
    pub(super) fn gave_up(&mut self) -> MediaFault {
        match self.reported().last() {
            Some(RelayEvent::GaveUp { fault, .. }) => *fault,
            other => panic!("not given up, but {other:?}"),
        }
    }

    /// The facts among those events.
    pub(super) fn facts(&mut self) -> Vec<MediaFact> {
        let fact = |event| match event {
            RelayEvent::Fact { fact, .. } => Some(fact),
            _ => None,
        };
        self.reported().into_iter().filter_map(fact).collect()
    }

    /// The byte ranges that the server was asked for; `None` for the whole file.
    pub(super) fn ranges(&self) -> Vec<Option<(u64, u64)>> {
        let asked = self.origin.asked.lock().unwrap();
        asked.iter().map(Asked::range).collect()
    }

    /// When requests came, in whole seconds.
    pub(super) fn moments(&self) -> Vec<u128> {
        let asked = self.origin.asked.lock().unwrap();
        asked.iter().map(|asked| asked.at / 1_000).collect()
    }
}

async fn got(service: Service, address: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::get(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = service.answer(request.body(()).unwrap()).await;
    let (parts, mut body) = response.into_parts();
    let mut got = Got {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: Vec::new(),
        broken: false,
    };
    while let Some(frame) = next(&mut body).await {
        match frame {
            Ok(bytes) => got.body.extend_from_slice(&bytes),
            Err(_) => got.broken = true,
        }
    }
    got
}

/// The next bytes of a body; `None` at its end.
pub(super) async fn next(
    body: &mut RelayBody,
) -> Option<Result<bytes::Bytes, crate::relay::body::BrokeOff>> {
    let frame = std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await;
    frame.map(|frame| frame.map(|frame| frame.into_data().unwrap()))
}

/// A parsed link to a media file.
pub(super) fn direct(link: &str) -> crate::media::direct::DirectUrl {
    match Media::parse(link).unwrap().source() {
        Source::Direct(url) => url.clone(),
        Source::Youtube(_) => panic!("a direct link"),
    }
}

/// A fault at the link's own host.
pub(super) const fn here(kind: FaultKind) -> MediaFault {
    MediaFault::here(kind)
}

/// A fault at another host.
pub(super) const fn elsewhere(kind: FaultKind) -> MediaFault {
    MediaFault {
        kind,
        elsewhere: true,
    }
}

/// Lets virtual time pass.
pub(super) async fn pass(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}
