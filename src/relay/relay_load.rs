//! One load: what the requests for one link share, how many it may take, and the events about it.

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
use super::missing_parts::MissingParts;
use super::variants::Variants;
use super::{LoadId, MediaFact, RelayEvent};
use crate::media::fault::{Fault, FaultKind};
use crate::media::policy::Privacy;
use crate::media::retry::LONGEST_RETRY_AFTER;

mod parts;

/// How long a load may take to its first picture: 30 s (judgement), less the time until mpv makes
/// its first request. The follower gives media up after 30 s without knowing the reason; the relay
/// knows it and reports first.
pub(super) const FIRST_PICTURE: Duration = Duration::from_millis(29_500);

/// How many requests a load may take to its first picture (judgement). Of the
/// segments of an HLS list only the failing ones count: FFmpeg opens every variant first, which
/// takes two of them each.
pub(super) const FIRST_REQUESTS: u32 = 50;

/// The state of a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LoadState {
    Open,
    GivenUp(Fault),
    Closed,
}

/// What was learned about the link's server.
#[derive(Debug, Clone, Default)]
pub(super) struct ServerInfo {
    /// The address that the link redirects to.
    pub(super) moved: Option<Url>,
    /// Whether it answers range requests with the whole file.
    pub(super) plain: bool,
    /// Whether the link is an HLS list, which may differ each time.
    pub(super) list: bool,
    /// The identity of the file.
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
    /// The cookies of its servers.
    pub(super) cookies: watch::Sender<Cookies>,
    /// The variants of its HLS list.
    pub(super) variants: watch::Sender<Variants>,
    /// By how much the time stamps in the sections of its lists are to be moved, in ticks, once
    /// that was found out of one of them: sound and picture have one clock.
    pub(super) shifts: watch::Sender<Option<Vec<i64>>>,
    events: mpsc::Sender<RelayEvent>,
    standing: watch::Sender<LoadState>,
    last: watch::Sender<Option<Fault>>,
    /// Wakes requests that wait for their next try.
    wake: Notify,
    begun: AtomicBool,
    /// Whether it is one of several tries to open the link, and the next one is made by whoever
    /// opened it.
    one_try: AtomicBool,
    attempt: AtomicU32,
    shown: AtomicBool,
    requests: AtomicU32,
    troubled: AtomicU32,
    missing: watch::Sender<MissingParts>,
    lists: AtomicUsize,
    live_told: AtomicBool,
    live: AtomicBool,
    origin_told: AtomicBool,
    /// Whether anything of it was asked of another host than the link's.
    led_elsewhere: AtomicBool,
    delay_told: AtomicBool,
    /// Whether the server was already probed for TLS.
    looked_for_tls: AtomicBool,
}

impl RelayLoad {
    /// A load of `link`, of which nothing was asked yet.
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
            standing: watch::Sender::new(LoadState::Open),
            last: watch::Sender::new(None),
            wake: Notify::new(),
            begun: AtomicBool::new(false),
            one_try: AtomicBool::new(false),
            attempt: AtomicU32::new(0),
            shown: AtomicBool::new(false),
            requests: AtomicU32::new(0),
            troubled: AtomicU32::new(0),
            missing: watch::Sender::default(),
            lists: AtomicUsize::new(0),
            live_told: AtomicBool::new(false),
            live: AtomicBool::new(false),
            origin_told: AtomicBool::new(false),
            led_elsewhere: AtomicBool::new(false),
            delay_told: AtomicBool::new(false),
            looked_for_tls: AtomicBool::new(false),
        })
    }

    /// Makes it one of several tries: whoever opened it opens it again if it fails.
    pub(super) fn limit_to_one_try(&self) {
        self.one_try.store(true, Ordering::Relaxed);
    }

    /// Whether what fails is asked for again by opening the link anew.
    pub(super) fn is_tried_by_its_opener(&self) -> bool {
        self.one_try.load(Ordering::Relaxed) && !self.is_shown()
    }

    /// mpv asked for it: from the first time on it has [`FIRST_PICTURE`].
    pub(super) fn begin(self: &Arc<Self>) {
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
                load.give_up(last.unwrap_or(Fault::here(FaultKind::TookTooLong)));
            }
        });
    }

    /// Notes that it shows its first picture.
    pub(super) fn show(&self) {
        self.shown.store(true, Ordering::Relaxed);
    }

    fn is_shown(&self) -> bool {
        self.shown.load(Ordering::Relaxed)
    }

    /// Counts one request; gives the load up if that was one too many.
    pub(super) fn spend(&self) -> Result<(), Fault> {
        let spent = self.requests.fetch_add(1, Ordering::Relaxed);
        if spent < FIRST_REQUESTS || self.is_shown() {
            return Ok(());
        }
        let fault = self
            .last_fault()
            .unwrap_or(Fault::here(FaultKind::TookTooLong));
        self.give_up(fault);
        Err(fault)
    }

    /// A fault at `url`, which may be another host's than the link's.
    pub(super) fn fault(&self, kind: FaultKind, url: &Url) -> Fault {
        Fault {
            kind,
            elsewhere: kind == FaultKind::PrivateAddress || url.host() != self.link.host(),
        }
    }

    /// Whether nothing of it came yet, and it was not looked yet whether its server speaks TLS;
    /// true once.
    pub(super) fn may_look_for_tls(&self) -> bool {
        let came = self.is_shown() || self.server.borrow().identity.is_some();
        !came && !self.looked_for_tls.swap(true, Ordering::Relaxed)
    }

    /// Something of it is asked of `url`'s host.
    pub(super) fn leads_to(&self, url: &Url) {
        if url.host() != self.link.host() {
            self.led_elsewhere.store(true, Ordering::Relaxed);
        }
    }

    /// The player gets something of it. If it then finds that it cannot play that, the time of
    /// its word must not tell what stands at another host.
    pub(super) fn hands_out(&self) {
        let fault = Fault {
            kind: FaultKind::NothingToPlay,
            elsewhere: self.led_elsewhere.load(Ordering::Relaxed),
        };
        let late = self.disclosure(fault) == Disclosure::Late;
        if late && !self.delay_told.swap(true, Ordering::Relaxed) {
            self.tell_fact(MediaFact::DelayFailure);
        }
    }

    /// Why it was given up, if it was.
    pub(super) fn verdict(&self) -> Option<Fault> {
        match *self.standing.borrow() {
            LoadState::GivenUp(fault) => Some(fault),
            LoadState::Open | LoadState::Closed => None,
        }
    }

    /// The last fault, whether or not it has passed.
    pub(super) fn last_fault(&self) -> Option<Fault> {
        *self.last.borrow()
    }

    /// Waits until the load is given up or closed.
    pub(super) async fn over(&self) -> Fault {
        let mut standing = self.standing.subscribe();
        let ended = standing
            .wait_for(|standing| *standing != LoadState::Open)
            .await;
        match ended.map(|standing| *standing) {
            Ok(LoadState::GivenUp(fault)) => fault,
            _ => Fault::here(FaultKind::Broken),
        }
    }

    /// Gives the load up: its requests end, and later ones are refused.
    pub(super) fn give_up(&self, fault: Fault) {
        let is_new = self.standing.send_if_modified(|standing| {
            let open = *standing == LoadState::Open;
            if open {
                *standing = LoadState::GivenUp(fault);
            }
            open
        });
        if is_new {
            tracing::info!(load = self.id.0, ?fault, "a link was given up");
            self.tell(RelayEvent::GaveUp {
                load: self.id,
                fault,
            });
        }
    }

    /// When a fault may be disclosed now.
    pub(super) fn disclosure(&self, fault: Fault) -> Disclosure {
        if self.is_shown() {
            return Disclosure::None;
        }
        disclosure::before_first_picture(fault, self.privacy)
    }

    /// Gives the load up when that may be told: at once, or when its time is over.
    pub(super) async fn give_up_in_time(&self, fault: Fault) {
        if self.disclosure(fault) == Disclosure::Late {
            self.note(fault);
            // The load's own time ends no later, unless another of its requests brings a picture.
            tokio::select! {
                _ = self.over() => {}
                () = sleep(FIRST_PICTURE) => self.give_up(fault),
            }
        } else {
            self.give_up(fault);
        }
    }

    /// Ends its requests without an event: other media is opened.
    pub(super) fn close(&self) {
        self.standing.send_replace(LoadState::Closed);
    }

    /// Tries again at once, also what was given up.
    pub(super) fn retry_now(&self) {
        let reopened = self.standing.send_if_modified(|standing| {
            let given_up = matches!(standing, LoadState::GivenUp(_));
            if given_up {
                *standing = LoadState::Open;
            }
            given_up
        });
        if reopened {
            self.requests.store(0, Ordering::Relaxed);
            self.missing.send_replace(MissingParts::default());
            self.attempt.fetch_add(1, Ordering::Relaxed);
            self.begun.store(false, Ordering::Relaxed);
            self.server.send_modify(|server| server.identity = None);
        }
        self.wake.notify_waiters();
    }

    /// Waits until somebody asks for a try at once.
    pub(super) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Takes note of a fault that may pass.
    pub(super) fn note(&self, fault: Fault) {
        self.last.send_replace(Some(fault));
    }

    /// Reports that no data comes. `first` says whether the caller had not told it before.
    pub(super) fn in_trouble(&self, fault: Fault, next: Instant, first: bool) {
        if first {
            self.troubled.fetch_add(1, Ordering::Relaxed);
        }
        self.tell(RelayEvent::Retrying {
            load: self.id,
            fault,
            next: next.into_std(),
        });
    }

    /// Reports when its server wants to be asked next.
    pub(super) fn asked_to_wait(&self, fault: Fault, wait: Duration) {
        let next = Instant::now() + wait.min(LONGEST_RETRY_AFTER);
        self.tell(RelayEvent::Retrying {
            load: self.id,
            fault,
            next: next.into_std(),
        });
    }

    /// Reports that data comes again, once no request of it waits for a try.
    pub(super) fn out_of_trouble(&self) {
        if self.troubled.fetch_sub(1, Ordering::Relaxed) == 1 && self.verdict().is_none() {
            self.tell(RelayEvent::Flowing { load: self.id });
        }
    }

    fn tell_fact(&self, fact: MediaFact) {
        self.tell(RelayEvent::Fact {
            load: self.id,
            fact,
        });
    }

    fn tell(&self, event: RelayEvent) {
        if let Err(error) = self.events.try_send(event) {
            tracing::warn!(%error, "nobody reads what the relay tells");
        }
    }
}
