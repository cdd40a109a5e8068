//! Reads the position of a playing mpv: from its audio clock, which is smooth, or else from the
//! last frame's time, taken when it changed. Three requests make one reading.

use serde_json::{Value, json};
use strum::VariantArray as _;

use super::actions::{Purpose, SamplePart};
use super::event::Observed;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{Basis, Sample};

/// Readings without an audio clock after which frames are observed: right after a seek it is
/// missing for a moment.
const OBSERVE_FRAMES_AFTER: u32 = 2;

/// The oldest frame change that a reading may use. Media usually has at least 10 frames a second; a
/// longer gap is a stall, for which the polled time is used.
const MAX_FRAME_AGE: Span = Span::millis(200);

/// A time in the media, in seconds, and the local time of its reading.
type TimedSeconds = (f64, LocalTime);

/// Puts readings together from their answers, one at a time.
#[derive(Debug, Default)]
pub(super) struct Sampler {
    round: u64,
    audio: Option<TimedSeconds>,
    frame: Option<TimedSeconds>,
    /// Consecutive readings without an audio clock.
    silent: u32,
    /// Whether frames are observed.
    watching: bool,
    /// How far the picture is ahead of the audio clock, in seconds: the member's audio delay.
    ahead: f64,
    /// The last frame change. The first report after observing began is not a change.
    edge: Option<TimedSeconds>,
    reports: u32,
}

impl Sampler {
    /// Begins a reading; drops an unfinished one.
    pub(super) fn ask(&mut self, asks: &mut Vec<(Purpose, Value)>) {
        self.round += 1;
        (self.audio, self.frame) = (None, None);
        for part in SamplePart::VARIANTS.iter().copied() {
            let purpose = Purpose::Sample(self.round, part);
            asks.push((purpose, json!(["get_property", part.property()])));
        }
    }

    /// Sets how many seconds the picture is ahead of the audio clock (mpv: `video = audio_pts +
    /// audio_delay`). The picture is what counts; the audio is delayed because its output is late.
    pub(super) fn set_ahead(&mut self, ahead: f64) {
        self.ahead = ahead;
    }

    /// Takes one answer; the last one completes the sample.
    pub(super) fn take(
        &mut self,
        round: u64,
        part: SamplePart,
        read: Option<f64>,
        at: LocalTime,
        asks: &mut Vec<(Purpose, Value)>,
    ) -> Option<Sample> {
        if round != self.round {
            return None;
        }
        let reading = read
            .filter(|seconds| seconds.is_finite())
            .map(|seconds| (seconds, at));
        match part {
            SamplePart::Audio => {
                self.audio = reading.map(|(seconds, at)| (seconds + self.ahead, at));
            }
            SamplePart::Frame => self.frame = reading,
            SamplePart::Cache => {
                self.watch(asks);
                return self.sample(reading.map(|(seconds, _)| seconds));
            }
        }
        None
    }

    /// Whether the last readings had no audio clock.
    pub(super) const fn is_silent(&self) -> bool {
        self.silent > 0
    }

    /// Notes that a frame was shown: its time in the media, and when mpv reported it.
    pub(super) fn frame(&mut self, seconds: Option<f64>, at: LocalTime) {
        self.reports = self.reports.saturating_add(1);
        self.edge = seconds
            .filter(|_| self.reports > 1)
            .map(|seconds| (seconds, at));
    }

    /// Drops the current reading, since other media is opened.
    pub(super) fn reset(&mut self, asks: &mut Vec<(Purpose, Value)>) {
        self.round += 1;
        self.silent = 0;
        self.unwatch(asks);
    }

    /// Observes frames while there is no audio clock.
    fn watch(&mut self, asks: &mut Vec<(Purpose, Value)>) {
        if self.audio.is_some() {
            self.silent = 0;
            self.unwatch(asks);
        } else if self.frame.is_some() {
            self.silent = self.silent.saturating_add(1);
            if self.silent >= OBSERVE_FRAMES_AFTER && !self.watching {
                self.watching = true;
                let frame = Observed::Frame;
                let command = json!(["observe_property", frame.id(), frame.name()]);
                asks.push((Purpose::Order("observe_property"), command));
            }
        }
    }

    fn unwatch(&mut self, asks: &mut Vec<(Purpose, Value)>) {
        (self.edge, self.reports) = (None, 0);
        if std::mem::take(&mut self.watching) {
            let command = json!(["unobserve_property", Observed::Frame.id()]);
            asks.push((Purpose::Order("unobserve_property"), command));
        }
    }

    fn sample(&self, cached: Option<f64>) -> Option<Sample> {
        let polled = self.frame.map(|reading| (reading, Basis::Frame));
        let fresh = self
            .edge
            .zip(self.frame)
            .filter(|((_, edge), (_, now))| *now - *edge < MAX_FRAME_AGE);
        let edge = fresh.map(|(edge, _)| (edge, Basis::Frame));
        let audio = self.audio.map(|reading| (reading, Basis::Audio));
        let ((seconds, at), basis) = audio.or(edge).or(polled)?;
        let buffered = cached.map(|until| Span::from_seconds((until - seconds).max(0.0)));
        Some(Sample {
            position: Position::from_seconds(seconds),
            at,
            basis,
            buffered,
        })
    }
}

#[cfg(test)]
#[path = "sampler_tests.rs"]
mod tests;
