//! One load: the state that all requests for one link share, their limits, and the events about it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{Notify, mpsc, watch};
use tokio::time::{Instant, sleep};
use url::Url;

use super::address::BaseAddress;
use super::cookies::Cookies;
use super::disclosure::{self, Disclosure};
use super::identity::Identity;
use super::missing_parts::MissingListParts;
use super::variants::Variants;
use super::{LoadId, MediaFact, RelayEvent};
use crate::media::fault::{FaultKind, MediaFault};
use crate::media::policy::Privacy;
use crate::media::retry::LONGEST_RETRY_AFTER;

mod parts;

/// How long a load may take to its first picture: 30 s (judgement), less the time until mpv's first
/// request. The follower gives media up after 30 s without knowing the reason; the relay knows it
/// and reports first.
pub(super) const FIRST_PICTURE: Duration = Duration::from_millis(29_500);

/// How many requests a load may make before its first picture (judgement). Of the segments of an
/// HLS list only failed ones count: FFmpeg opens every variant first, with two requests each.
pub(super) const FIRST_REQUESTS: u32 = 50;

/// Whether a load still serves requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LoadState {
    Open,
    GivenUp(MediaFault),
    Closed,
}

/// What was learned about the link's server.
#[derive(Debug, Clone, Default)]
pub(super) struct ServerInfo {
    /// Where the link redirects to; `None` if it does not, or that failed.
    pub(super) moved: Option<Url>,
    /// Whether it answers range requests with the whole file.
    pub(super) plain: bool,
    /// Whether the link is an HLS list, whose contents may differ each time.
    pub(super) list: bool,
    /// The identity of the file, once known.
    pub(super) identity: Option<Identity>,
}

/// The shared state of one load.
#[derive(Debug)]
pub(super) struct RelayLoad {
    pub(super) id: LoadId,
    pub(super) link: Url,
    pub(super) base: BaseAddress,
    privacy: Privacy,
    /// What was learned about the link's server.
    pub(super) server: watch::Sender<ServerInfo>,
    /// The cookies that its servers set.
    pub(super) cookies: watch::Sender<Cookies>,
    /// The variants of its HLS list.
    pub(super) variants: watch::Sender<Variants>,
    /// How far the time stamps of each section of its lists are shifted, in ticks, once computed
    /// from one list: audio and video share one clock.
    pub(super) shifts: watch::Sender<Option<Vec<i64>>>,
    events: mpsc::Sender<RelayEvent>,
    state: watch::Sender<LoadState>,
    last: watch::Sender<Option<MediaFault>>,
    /// Wakes requests that wait for their next attempt, when a person asks for it.
    wake: Notify,
    begun: AtomicBool,
    /// Whether it gets a single attempt: on failure the caller opens the link again.
    one_attempt: AtomicBool,
    /// Counts how often the load was reopened, so that an old time limit does not apply.
    attempt: AtomicU32,
    shown: AtomicBool,
    /// How many requests were made before the first picture; at most [`FIRST_REQUESTS`].
    requests: AtomicU32,
    /// Requests that have reported a failure and not recovered.
    failing_requests: AtomicU32,
    missing: watch::Sender<MissingListParts>,
    /// How many lists its list names.
    list_count: AtomicUsize,
    live_reported: AtomicBool,
    live: AtomicBool,
    origin_reported: AtomicBool,
    /// Whether any request went to another host than the link's.
    used_other_host: AtomicBool,
    delay_reported: AtomicBool,
    /// Whether the server was already probed for TLS.
    probed_tls: AtomicBool,
}

impl RelayLoad {
    /// A load of `link`, without any request yet.
    pub(super) fn new(
        id: LoadId,
        link: Url,
        base: BaseAddress,
        privacy: Privacy,
        events: mpsc::Sender<RelayEvent>,
    ) -> Arc<Self> {
        Arc::new(Self {
            id,
            link,
            base,
            privacy,
            server: watch::Sender::default(),
            cookies: watch::Sender::default(),
            variants: watch::Sender::default(),
            shifts: watch::Sender::default(),
            events,
            state: watch::Sender::new(LoadState::Open),
            last: watch::Sender::new(None),
            wake: Notify::new(),
            begun: AtomicBool::new(false),
            one_attempt: AtomicBool::new(false),
            attempt: AtomicU32::new(0),
            shown: AtomicBool::new(false),
            requests: AtomicU32::new(0),
            failing_requests: AtomicU32::new(0),
            missing: watch::Sender::default(),
            list_count: AtomicUsize::new(0),
            live_reported: AtomicBool::new(false),
            live: AtomicBool::new(false),
            origin_reported: AtomicBool::new(false),
            used_other_host: AtomicBool::new(false),
            delay_reported: AtomicBool::new(false),
            probed_tls: AtomicBool::new(false),
        })
    }

    /// Limits it to a single attempt: on failure the caller opens the link again.
    pub(super) fn limit_to_one_try(&self) {
        self.one_attempt.store(true, Ordering::Relaxed);
    }

    /// Whether failures are retried by opening the link again instead of by the relay.
    pub(super) fn is_retried_by_opener(&self) -> bool {
        self.one_attempt.load(Ordering::Relaxed) && !self.is_shown()
    }

    /// Called at each request of mpv's: the first one starts the limit [`FIRST_PICTURE`].
    pub(super) fn start_time_limit(self: &Arc<Self>) {
        if self.begun.swap(true, Ordering::Relaxed) || self.is_shown() {
            return;
        }
        let load = Arc::downgrade(self);
        let attempt = self.attempt.load(Ordering::Relaxed);
        tokio::spawn(async move {
            sleep(FIRST_PICTURE).await;
            if let Some(load) = load.upgrade()
                && !load.is_shown()
                && load.attempt.load(Ordering::Relaxed) == attempt
            {
                let last = load.last_fault();
                load.give_up(last.unwrap_or(MediaFault::here(FaultKind::TookTooLong)));
            }
        });
    }

    /// Notes that its first picture is shown.
    pub(super) fn show(&self) {
        self.shown.store(true, Ordering::Relaxed);
    }

    fn is_shown(&self) -> bool {
        self.shown.load(Ordering::Relaxed)
    }

    /// Counts one request; gives the load up if there were too many.
    pub(super) fn count_request(&self) -> Result<(), MediaFault> {
        let spent = self.requests.fetch_add(1, Ordering::Relaxed);
        if spent < FIRST_REQUESTS || self.is_shown() {
            return Ok(());
        }
        let fault = self
            .last_fault()
            .unwrap_or(MediaFault::here(FaultKind::TookTooLong));
        self.give_up(fault);
        Err(fault)
    }

    /// A fault at `url`, which may be on another host than the link.
    pub(super) fn fault(&self, kind: FaultKind, url: &Url) -> MediaFault {
        MediaFault {
            kind,
            elsewhere: kind == FaultKind::PrivateAddress || url.host() != self.link.host(),
        }
    }

    /// Whether nothing has been received yet and the server was not probed for TLS. True once.
    pub(super) fn may_probe_tls(&self) -> bool {
        let came = self.is_shown() || self.server.borrow().identity.is_some();
        !came && !self.probed_tls.swap(true, Ordering::Relaxed)
    }

    /// Records that a request goes to `url`'s host.
    pub(super) fn note_host(&self, url: &Url) {
        if url.host() != self.link.host() {
            self.used_other_host.store(true, Ordering::Relaxed);
        }
    }

    /// Records that the player receives data. If the player then cannot play it, the time of its
    /// error must not reveal what is at another host.
    pub(super) fn data_handed_out(&self) {
        let fault = MediaFault {
            kind: FaultKind::NothingToPlay,
            elsewhere: self.used_other_host.load(Ordering::Relaxed),
        };
        let late = self.disclosure(fault) == Disclosure::Late;
        if late && !self.delay_reported.swap(true, Ordering::Relaxed) {
            self.emit_fact(MediaFact::DelayFailure);
        }
    }

    /// Why it was given up, if it was.
    pub(super) fn verdict(&self) -> Option<MediaFault> {
        match *self.state.borrow() {
            LoadState::GivenUp(fault) => Some(fault),
            LoadState::Open | LoadState::Closed => None,
        }
    }

    /// The last fault, even if it has passed.
    pub(super) fn last_fault(&self) -> Option<MediaFault> {
        *self.last.borrow()
    }

    /// Waits until the load is given up or closed, and returns the fault.
    pub(super) async fn until_ended(&self) -> MediaFault {
        let mut state = self.state.subscribe();
        let ended = state.wait_for(|state| *state != LoadState::Open).await;
        match ended.map(|state| *state) {
            Ok(LoadState::GivenUp(fault)) => fault,
            _ => MediaFault::here(FaultKind::Broken),
        }
    }

    /// Gives the load up: its requests end, and later ones are refused.
    pub(super) fn give_up(&self, fault: MediaFault) {
        let is_new = self.state.send_if_modified(|state| {
            let open = *state == LoadState::Open;
            if open {
                *state = LoadState::GivenUp(fault);
            }
            open
        });
        if is_new {
            tracing::info!(load = self.id.0, ?fault, "a link was given up");
            self.emit(RelayEvent::GaveUp {
                load: self.id,
                fault,
            });
        }
    }

    /// When `fault` may be disclosed at this moment.
    pub(super) fn disclosure(&self, fault: MediaFault) -> Disclosure {
        if self.is_shown() {
            return Disclosure::None;
        }
        disclosure::before_first_picture(fault, self.privacy)
    }

    /// Gives the load up as soon as the fault may be disclosed: at once, or when the load's time is
    /// over.
    pub(super) async fn give_up_when_disclosable(&self, fault: MediaFault) {
        if self.disclosure(fault) == Disclosure::Late {
            self.note(fault);
            // The load's own time ends no later, unless another of its requests leads to a picture.
            tokio::select! {
                _ = self.until_ended() => {}
                () = sleep(FIRST_PICTURE) => self.give_up(fault),
            }
        } else {
            self.give_up(fault);
        }
    }

    /// Ends its requests without an event, since other media is opened.
    pub(super) fn close(&self) {
        self.state.send_replace(LoadState::Closed);
    }

    /// Ends the wait of its requests, and reopens it if it was given up.
    pub(super) fn retry_now(&self) {
        let reopened = self.state.send_if_modified(|state| {
            let given_up = matches!(state, LoadState::GivenUp(_));
            if given_up {
                *state = LoadState::Open;
            }
            given_up
        });
        if reopened {
            self.requests.store(0, Ordering::Relaxed);
            self.missing.send_replace(MissingListParts::default());
            self.attempt.fetch_add(1, Ordering::Relaxed);
            self.begun.store(false, Ordering::Relaxed);
            self.server.send_modify(|server| server.identity = None);
        }
        self.wake.notify_waiters();
    }

    /// Waits until [`Self::retry_now`] is called.
    pub(super) async fn retry_requested(&self) {
        self.wake.notified().await;
    }

    /// Remembers a fault that may pass.
    pub(super) fn note(&self, fault: MediaFault) {
        self.last.send_replace(Some(fault));
    }

    /// Reports that no data arrives. `first` is true for the first report of this request's
    /// failure.
    pub(super) fn report_retrying(&self, fault: MediaFault, next: Instant, first: bool) {
        if first {
            self.failing_requests.fetch_add(1, Ordering::Relaxed);
        }
        self.emit(RelayEvent::Retrying {
            load: self.id,
            fault,
            next: next.into_std(),
        });
    }

    /// Reports the time that a server named in `Retry-After`.
    pub(super) fn report_retry_after(&self, fault: MediaFault, wait: Duration) {
        let next = Instant::now() + wait.min(LONGEST_RETRY_AFTER);
        self.emit(RelayEvent::Retrying {
            load: self.id,
            fault,
            next: next.into_std(),
        });
    }

    /// Reports that data arrives again, once no request of it has an unresolved failure.
    pub(super) fn report_flowing(&self) {
        if self.failing_requests.fetch_sub(1, Ordering::Relaxed) == 1 && self.verdict().is_none() {
            self.emit(RelayEvent::Flowing { load: self.id });
        }
    }

    fn emit_fact(&self, fact: MediaFact) {
        self.emit(RelayEvent::Fact {
            load: self.id,
            fact,
        });
    }

    fn emit(&self, event: RelayEvent) {
        if let Err(error) = self.events.try_send(event) {
            tracing::warn!(%error, "an event of the relay was dropped");
        }
    }
}
