//! Seeks as mpv tells them: which are somebody's, and which mpv makes by itself.

use serde_json::Value;

use super::Observer;
use crate::player::ipc::Answer;
use crate::player::steps::{Purpose, Steps};
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::PlayerEvent;

/// A seek that begins this soon after playback came to a place may be mpv's own: it makes one
/// within 2 ms when it finds no picture there (measured, mpv 0.35.1).
const SOON: Span = Span::millis(50);

impl Observer {
    /// A seek began. The load's own is not told, and one that may be mpv's own only once it
    /// is known not to be.
    pub(super) fn seek_began(&mut self, at: LocalTime, steps: &mut Steps) {
        let Some(load) = self.load.as_mut().filter(|load| load.running) else {
            return;
        };
        let ordered = std::mem::take(&mut load.seek_ordered);
        match load.arrived.filter(|(arrived, _)| at - *arrived < SOON) {
            // Beyond the end, whither we sent it: there we order nothing so soon again.
            Some((_, true)) if !ordered => load.ours = true,
            Some((_, false)) if !ordered => load.doubtful_seek = Some(at),
            _ => {
                load.ours = ordered;
                steps.tell(PlayerEvent::SeekBegan { at });
            }
        }
    }

    /// Playback runs or stands at its new place.
    pub(super) fn restarted(&mut self, at: LocalTime, steps: &mut Steps) {
        let started = self.started;
        let Some(load) = self.load.as_mut().filter(|load| load.entry == started) else {
            return;
        };
        if !load.running && !self.sound_told {
            steps.get(Purpose::ChosenSound, "ao");
        }
        load.running = true;
        load.arrived = Some((at, std::mem::take(&mut load.ours)));
        if load.doubtful_seek.is_some() {
            steps.get(Purpose::WhoseSeek, "eof-reached");
        }
        steps.get(Purpose::RestartedAt, "time-pos");
    }

    /// A seek that ended at the end, right after playback had come there, was mpv's own.
    pub(super) fn judge_seek(&mut self, at_end: &Answer, steps: &mut Steps) {
        let Some(load) = &mut self.load else { return };
        let own = load.at_end || at_end == &Ok(Value::Bool(true));
        if let Some(at) = load.doubtful_seek.take().filter(|_| !own) {
            steps.tell(PlayerEvent::SeekBegan { at });
        }
    }
}
