//! Measures several mpvs at once, independently of the clients that drive them.
//!
//! While media plays, `audio-pts` is read, and counts as of the middle of its request. Without
//! sound the changes of `time-pos`, which mpv reports by itself, are used instead; the position
//! between two of them is extrapolated from the earlier one.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::support::mpv_probe::MpvProbe;

/// How often the players' positions are read.
const EVERY: Duration = Duration::from_millis(50);

/// A request that took longer than this, in seconds, does not say precisely enough when its answer
/// was true, and is left out (twice the smallest aim for the p95 of an offset).
const LONGEST_REQUEST: f64 = 0.002;

/// Seconds on the bench's own monotonic clock.
pub(crate) fn now() -> f64 {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// Waits until [`now`] reaches a time.
pub(crate) fn sleep_until(at: f64) {
    let left = at - now();
    if left > 0.0 {
        thread::sleep(Duration::from_secs_f64(left));
    }
}

/// Waits for some seconds.
pub(crate) fn rest(seconds: f64) {
    sleep_until(now() + seconds);
}

/// A player's position at one time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// When it was read, by [`now`].
    pub(crate) at: f64,
    /// The position in the media, in seconds.
    pub(crate) position: f64,
}

/// One reading of all players; `None` for one that could not be read precisely.
pub(crate) type Look = Vec<Option<Reading>>;

/// Reads a number, as of the middle of its request; `None` if that took too long.
pub(crate) fn read(mpv: &mut MpvProbe, property: &str) -> Option<Reading> {
    let asked = now();
    let position = mpv.number(property)?;
    let answered = now();
    (answered - asked < LONGEST_REQUEST).then_some(Reading {
        at: f64::midpoint(asked, answered),
        position,
    })
}

/// A thread that reads players' positions all the time until it is stopped.
#[derive(Debug)]
pub(crate) struct Meter {
    stop: Arc<AtomicBool>,
    looks: JoinHandle<Vec<Look>>,
}

impl Meter {
    /// Starts to read the audio clocks of these players.
    pub(crate) fn start(mut players: Vec<MpvProbe>) -> Self {
        Self::looking(move || {
            let read = |mpv| read(mpv, "audio-pts");
            players.iter_mut().map(read).collect()
        })
    }

    /// Starts to follow the frames of the players at these sockets.
    pub(crate) fn of_frames(sockets: &[&Path]) -> Self {
        let mut edges: Vec<Edges> = sockets.iter().copied().map(Edges::watch).collect();
        Self::looking(move || edges.iter_mut().map(Edges::last).collect())
    }

    fn looking(mut look: impl FnMut() -> Look + Send + 'static) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let looks = thread::spawn(move || {
            let mut looks = Vec::new();
            let mut next = now();
            while !stopped.load(Ordering::SeqCst) {
                looks.push(look());
                next = (next + EVERY.as_secs_f64()).max(now());
                sleep_until(next);
            }
            looks
        });
        Self { stop, looks }
    }

    /// Stops, and returns all readings.
    pub(crate) fn stop(self) -> Looks {
        self.stop.store(true, Ordering::SeqCst);
        Looks(self.looks.join().expect("the meter does not fail"))
    }
}

/// The readings of a meter, in order.
#[derive(Debug)]
pub(crate) struct Looks(Vec<Look>);

impl Looks {
    /// The distance of two players in each sample between two times, at the given playback rate:
    /// the time of the sample, and the second player's lead over the first in milliseconds.
    pub(crate) fn apart(&self, pair: (usize, usize), rate: f64, from: f64, to: f64) -> Vec<Apart> {
        let seen = self.0.iter().filter_map(|look| {
            let first = (*look.get(pair.0)?)?;
            let second = (*look.get(pair.1)?)?;
            let lead = second.position - first.position - rate * (second.at - first.at);
            Some(Apart {
                at: second.at,
                millis: lead * 1_000.0,
            })
        });
        seen.filter(|apart| (from..to).contains(&apart.at))
            .collect()
    }

    /// The same distances without their signs and times.
    pub(crate) fn sizes(&self, pair: (usize, usize), rate: f64, from: f64, to: f64) -> Vec<f64> {
        let apart = self.apart(pair, rate, from, to);
        apart.iter().map(|apart| apart.millis.abs()).collect()
    }

    /// The typical distance of two players around a time, in milliseconds: the median of the
    /// readings within an eighth of a second of it.
    pub(crate) fn around(&self, pair: (usize, usize), at: f64) -> f64 {
        let sizes = self.sizes(pair, 1.0, at - 0.125, at + 0.125);
        super::stats::quantile(&sizes, 0.5)
    }

    /// The typical lead of the second of two players over the first, in milliseconds.
    pub(crate) fn lead(&self, pair: (usize, usize)) -> f64 {
        let apart = self.apart(pair, 1.0, 0.0, f64::INFINITY);
        let leads: Vec<f64> = apart.iter().map(|apart| apart.millis).collect();
        super::stats::quantile(&leads, 0.5)
    }

    /// The time from which two players stayed at most `millis` milliseconds apart until the end,
    /// sampled at least every half second; infinite if they were further apart at the end.
    pub(crate) fn converged_at(&self, pair: (usize, usize), from: f64, millis: f64) -> f64 {
        let mut since: Option<(f64, f64)> = None;
        for apart in self.apart(pair, 1.0, from, f64::INFINITY) {
            let close = apart.millis.abs() <= millis;
            since = match since {
                Some((first, last)) if close && apart.at - last < 0.5 => Some((first, apart.at)),
                _ => close.then_some((apart.at, apart.at)),
            };
        }
        since.map_or(f64::INFINITY, |(first, _)| first)
    }

    /// The furthest that the second of two players, while it played, was ahead of the first between
    /// two times, in milliseconds. A player that stands still until the other arrives is not ahead.
    pub(crate) fn ahead(&self, pair: (usize, usize), from: f64, to: f64) -> f64 {
        let at = |look: &Look| look.get(pair.1).copied().flatten();
        let pairs = self.0.iter().zip(self.0.iter().skip(1));
        let moves = pairs.filter_map(|(before, after)| {
            let (before, after) = (at(before)?, at(after)?);
            let moved = after.position - before.position;
            (moved > (after.at - before.at) / 2.0).then_some(after.at)
        });
        let playing: Vec<f64> = moves.collect();
        let apart = self.apart(pair, 1.0, from, to);
        let played = apart.iter().filter(|apart| playing.contains(&apart.at));
        super::stats::worst(played.map(|apart| apart.millis.max(0.0)))
    }

    /// The furthest that a player strayed from even playback between two times, in milliseconds, as
    /// extrapolated from the first reading.
    pub(crate) fn strayed(&self, player: usize, from: f64, to: f64) -> f64 {
        let seen: Vec<Reading> = self
            .0
            .iter()
            .filter_map(|look| *look.get(player)?)
            .filter(|reading| (from..to).contains(&reading.at))
            .collect();
        let Some(first) = seen.first() else {
            return f64::INFINITY;
        };
        let off = |reading: &Reading| {
            let moved = reading.position - first.position;
            (moved - (reading.at - first.at)).abs() * 1_000.0
        };
        super::stats::worst(seen.iter().map(off))
    }
}

/// How far two players were apart at a time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Apart {
    /// When both were read, by [`now`].
    pub(crate) at: f64,
    /// The second's lead over the first, in milliseconds.
    pub(crate) millis: f64,
}

/// The changes of a property that an mpv reports, with their times of arrival.
#[derive(Debug)]
pub(crate) struct Reports<T> {
    arrived: Receiver<(f64, T)>,
}

impl<T: Send + 'static> Reports<T> {
    /// Observes a property of the mpv at a socket. Values for which `fit` returns `None` are left
    /// out.
    pub(crate) fn of(socket: &Path, property: &str, fit: fn(&Value) -> Option<T>) -> Self {
        let mut mpv = UnixStream::connect(socket).expect("mpv listens");
        let observe = json!({"command": ["observe_property", 1, property]});
        writeln!(mpv, "{observe}").expect("mpv can be observed");
        let (sender, arrived) = channel();
        thread::spawn(move || forward(mpv, &sender, fit));
        Self { arrived }
    }

    /// The same for a flag.
    pub(crate) fn of_flag(socket: &Path, property: &str) -> Reports<bool> {
        Reports::of(socket, property, Value::as_bool)
    }

    /// Drops the reports received so far.
    pub(crate) fn forget(&self) {
        while self.arrived.try_recv().is_ok() {}
    }

    /// The time of the next report that fits; `None` if none arrives within so many seconds.
    pub(crate) fn next(&self, seconds: f64, fits: impl Fn(&T) -> bool) -> Option<f64> {
        let until = now() + seconds;
        loop {
            let left = Duration::from_secs_f64((until - now()).max(0.0));
            let (at, value) = self.arrived.recv_timeout(left).ok()?;
            if fits(&value) {
                return Some(at);
            }
        }
    }

    /// All reports since the last call.
    pub(crate) fn all(&self) -> Vec<(f64, T)> {
        self.arrived.try_iter().collect()
    }
}

impl Reports<bool> {
    /// The times at which the flag became true, among all reports since the last call.
    pub(crate) fn began(&self) -> Vec<f64> {
        let all = self.all().into_iter();
        all.filter_map(|(at, set)| set.then_some(at)).collect()
    }
}

/// Forwards the changes of the one observed property, until mpv or the receiver is gone.
fn forward<T>(mpv: UnixStream, sender: &Sender<(f64, T)>, fit: fn(&Value) -> Option<T>) {
    for line in BufReader::new(mpv).lines() {
        let at = now();
        let Some(reported) = line
            .ok()
            .and_then(|line| serde_json::from_str::<Value>(&line).ok())
        else {
            break;
        };
        if reported["event"] == "property-change"
            && let Some(value) = fit(&reported["data"])
            && sender.send((at, value)).is_err()
        {
            break;
        }
    }
}

/// The changes of one player's frame.
#[derive(Debug)]
struct Edges {
    reports: Reports<f64>,
    last: Option<Reading>,
}

impl Edges {
    fn watch(socket: &Path) -> Self {
        Self {
            reports: Reports::of(socket, "time-pos", Value::as_f64),
            last: None,
        }
    }

    fn last(&mut self) -> Option<Reading> {
        for (at, position) in self.reports.all() {
            self.last = Some(Reading { at, position });
        }
        self.last
    }
}
