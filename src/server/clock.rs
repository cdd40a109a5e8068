//! Room time on this node. When the process starts, room time continues from the time noted in the
//! log, by the boot-time clock if the machine has not been rebooted since; otherwise it is the wall
//! clock's time. From then on it runs with the monotonic clock.
//!
//! Where several nodes share a log, room time is that of the log's clock, and this one is steered
//! towards it (`steering`).
//!
//! So a step of the wall clock (NTP, a person) moves nothing, neither while the server runs nor
//! across its restart; only a reboot makes the wall clock count. If the clock is behind the log's
//! newest event, room time starts at that event: it never runs backwards.

mod steering;

use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::{Instant, MissedTickBehavior};

use super::log::{NotedTime, RoomLog, TimeReading};
use super::metrics::store::ClockFigures;
use super::shutdown::Shutdown;
use crate::boot_clock::{self, BootMoment};
use crate::protocol::time::{RoomTime, Span};
use steering::Steering;

/// How often room time is noted in the log. A reopened room counts as unattended since the last
/// note, and is paused if that was more than a minute ago: so this must be well below a minute.
const TIME_NOTED_EVERY: Duration = Duration::from_secs(15);

/// The node's clock. Copies show the same time.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeClock {
    origin: Instant,
    at_origin: RoomTime,
    /// How it is steered; `None` where nobody shares it.
    steering: Option<&'static RwLock<Steering>>,
}

impl NodeClock {
    /// A clock that starts now, while the wall clock shows `wall`. It continues from the time that
    /// was noted in this boot, if any, and never shows less than `newest`.
    pub(super) fn start(
        wall: SystemTime,
        noted: Option<NotedTime>,
        newest: Option<RoomTime>,
    ) -> Self {
        let now = since_noted(noted, boot_clock::now());
        let now = now.unwrap_or_else(|| by_wall(wall));
        Self::new(Instant::now(), now, newest)
    }

    fn new(origin: Instant, now: RoomTime, newest: Option<RoomTime>) -> Self {
        Self {
            origin,
            at_origin: newest.map_or(now, |newest| newest.max(now)),
            steering: None,
        }
    }

    /// The clock of a node at this log, running from now on. One that others share is followed until
    /// the server shuts down.
    pub(super) fn at_log(wall: SystemTime, log: &RoomLog, shutdown: &Shutdown) -> Self {
        let Some(mut readings) = log.time() else {
            return Self::start(wall, log.noted(), log.newest_at());
        };
        let first = *readings.borrow_and_update();
        let clock = Self::steered(first, log.newest_at());
        let mut shutdown = shutdown.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    biased;
                    () = shutdown.wait() => return,
                    changed = readings.changed() => if changed.is_err() { return },
                }
                clock.steer(*readings.borrow_and_update(), Instant::now());
            }
        });
        clock
    }

    /// A clock that shows what was read, and can be steered.
    pub(super) fn steered(read: TimeReading, newest: Option<RoomTime>) -> Self {
        let steering = RwLock::new(Steering::none(read.when));
        Self {
            // Each server has one, as long as the process lives.
            steering: Some(Box::leak(Box::new(steering))),
            ..Self::new(read.when, read.at, newest)
        }
    }

    /// Steers towards what was read.
    pub(super) fn steer(&self, read: TimeReading, now: Instant) {
        let Some(steering) = self.steering else {
            return;
        };
        let unsteered =
            self.at_origin + Span::from(read.when.saturating_duration_since(self.origin));
        let mut steering = steering.write().unwrap_or_else(PoisonError::into_inner);
        *steering = steering.towards(read.at - unsteered, now);
    }

    /// By how much the clock is corrected at an instant.
    fn correction(&self, instant: Instant) -> Span {
        self.steering.map_or(Span(0), |steering| {
            let steering = steering.read().unwrap_or_else(PoisonError::into_inner);
            steering.at(instant)
        })
    }

    /// How it follows the clock that all nodes share; nothing where nobody shares it.
    pub(super) fn figures(&self, now: Instant) -> ClockFigures {
        self.steering
            .map_or_else(ClockFigures::default, |steering| {
                let steering = steering.read().unwrap_or_else(PoisonError::into_inner);
                ClockFigures {
                    offset_seconds: steering.left(now).as_seconds(),
                    slew_ppm: steering.slew(now),
                    doubt_seconds: 0.0,
                }
            })
    }

    /// Room time now, with what the next run of the server needs to continue from it.
    pub(super) fn noted(&self) -> NotedTime {
        NotedTime {
            at: self.now(),
            boot: boot_clock::now(),
        }
    }

    /// Room time now.
    pub(super) fn now(&self) -> RoomTime {
        self.at(Instant::now())
    }

    /// Room time at an instant; instants before the start count as the start.
    pub(super) fn at(&self, instant: Instant) -> RoomTime {
        let passed = Span::from(instant.saturating_duration_since(self.origin));
        self.at_origin + passed + self.correction(instant)
    }

    /// The instant of a room time. Times before the start count as the start, and times beyond the
    /// range of the system's clock as a day after the start. While the clock is steered, a time far
    /// ahead is off by a two-thousandth: whoever waits for it looks again.
    pub(super) fn instant(&self, time: RoomTime) -> Instant {
        const FAR: Duration = Duration::from_hours(24);
        self.origin
            .checked_add((time - self.at_origin - self.correction(Instant::now())).to_duration())
            .unwrap_or_else(|| self.origin + FAR)
    }
}

/// Room time now, continued from when it was noted. `None` if that was in another boot, or the
/// machine was set back to an earlier moment of this one (a snapshot of a virtual machine).
fn since_noted(noted: Option<NotedTime>, now: Option<BootMoment>) -> Option<RoomTime> {
    let (noted, now) = (noted?, now?);
    let then = noted.boot.filter(|then| then.boot == now.boot)?;
    (then.since <= now.since).then(|| noted.at + (now.since - then.since))
}

/// Room time by the wall clock. A time before 1970 counts as 1970; the log's newest event then
/// raises it.
fn by_wall(wall: SystemTime) -> RoomTime {
    let since_epoch = wall.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    RoomTime::default() + Span::from(since_epoch)
}

/// Notes room time in the log every [`TIME_NOTED_EVERY`] until the server shuts down.
pub(super) async fn note_time(log: RoomLog, clock: NodeClock, mut shutdown: Shutdown) {
    let mut ticks = tokio::time::interval(TIME_NOTED_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = shutdown.wait() => return,
            _ = ticks.tick() => {
                if let Err(error) = log.note_time(clock.noted()).await {
                    tracing::warn!(%error, "the log does not know how far room time has come");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use tokio::time::Instant;

    use super::{NodeClock, by_wall, since_noted};
    use crate::boot_clock::{BootId, BootMoment};
    use crate::protocol::time::{RoomTime, Span};
    use crate::server::log::{NotedTime, TimeReading};

    const fn moment(boot: i64, since: i64) -> BootMoment {
        BootMoment {
            boot: BootId(boot),
            since: Span::seconds(since),
        }
    }

    #[test]
    fn over_a_restart_it_goes_on_by_the_clock_that_nobody_sets() {
        let at = RoomTime(1_000_000_000);
        let then = |boot| Some(NotedTime { at, boot });
        let noted = then(Some(moment(7, 50)));
        let later = since_noted(noted, Some(moment(7, 62)));
        assert_eq!(later, Some(at + Span::seconds(12)), "by no other clock");
        let unknown = [
            (noted, Some(moment(8, 62))),
            // Set back to an earlier moment of this boot.
            (noted, Some(moment(7, 49))),
            (noted, None),
            (then(None), Some(moment(7, 62))),
            (None, Some(moment(7, 62))),
        ];
        for (noted, now) in unknown {
            assert_eq!(since_noted(noted, now), None, "{noted:?} {now:?}");
        }
    }

    #[test]
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn a_clock_that_starts_anew_goes_on_from_what_another_noted() {
        let start = NodeClock::new(Instant::now(), RoomTime(5_000_000), None);
        // The wall clock is half a century ahead of that.
        let next = NodeClock::start(SystemTime::now(), Some(start.noted()), None);
        let far = RoomTime(5_000_000) + Span::seconds(3_600);
        assert!(next.now() >= RoomTime(5_000_000) && next.now() < far);
        let without = NodeClock::start(SystemTime::now(), None, None);
        assert!(without.now() > far);
    }

    #[test]
    fn it_runs_with_monotonic_time() {
        let origin = Instant::now();
        let wall = by_wall(UNIX_EPOCH + Duration::from_secs(100));
        let clock = NodeClock::new(origin, wall, None);
        assert_eq!(clock.at(origin), RoomTime(100_000_000));
        let later = origin + Duration::from_millis(1500);
        assert_eq!(clock.at(later), RoomTime(101_500_000));
        assert_eq!(clock.instant(RoomTime(101_500_000)), later);
    }

    #[test]
    fn it_is_never_earlier_than_the_log() {
        let newest = RoomTime(500_000_000);
        let origin = Instant::now();
        let behind = NodeClock::new(origin, by_wall(UNIX_EPOCH), Some(newest));
        assert_eq!(behind.at(origin), newest);
        let ahead = NodeClock::new(origin, newest + Span::seconds(1), Some(newest));
        assert_eq!(ahead.at(origin), newest + Span::seconds(1));
    }

    #[test]
    fn a_clock_that_is_shared_is_followed_and_never_runs_back() {
        let start = Instant::now();
        let reading = |at: i64, after: u64| TimeReading {
            at: RoomTime(at),
            when: start + Duration::from_secs(after),
            doubt: Duration::ZERO,
        };
        let clock = NodeClock::steered(reading(5_000_000, 0), None);
        assert_eq!(clock.at(start), RoomTime(5_000_000));
        let later = start + Duration::from_secs(10);
        // The shared one is 2 ms ahead of what this one shows then.
        clock.steer(reading(15_002_000, 10), later);
        assert_eq!(clock.at(later), RoomTime(15_000_000));
        assert_eq!(
            clock.at(later + Duration::from_secs(2)),
            RoomTime(17_001_000)
        );
        assert_eq!(
            clock.at(later + Duration::from_secs(9)),
            RoomTime(24_002_000)
        );
        // It was set by an hour: this one jumps ahead with it, but waits for it.
        clock.steer(reading(3_600_000_000, 20), start + Duration::from_secs(20));
        assert_eq!(
            clock.at(start + Duration::from_secs(20)),
            RoomTime(3_600_000_000)
        );
        clock.steer(reading(30_000_000, 30), start + Duration::from_secs(30));
        assert!(clock.at(start + Duration::from_secs(40)) > RoomTime(3_600_000_000));
        let never_below = NodeClock::steered(reading(5, 0), Some(RoomTime(900)));
        assert_eq!(never_below.at(start), RoomTime(900));
    }

    #[test]
    fn absurd_times_have_an_instant_too() {
        let clock = NodeClock::start(SystemTime::now(), None, None);
        assert!(clock.instant(RoomTime(i64::MAX)) > clock.instant(RoomTime(i64::MIN)));
    }
}
