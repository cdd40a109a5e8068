//! Seeks as mpv tells them: which are somebody's, and which mpv makes by itself.

use serde_json::{Value, json};

use super::Observer;
use crate::player::actions::{Actions, Purpose};
use crate::player::event::Observed;
use crate::player::ipc::MpvResult;
use crate::player::loaded_media::{DataEnd, Doubt, Landing, LoadNumber};
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::PlayerEvent;

/// A seek that begins this soon after playback came to a place may be mpv's own: it makes one
/// within 2 ms when it finds no picture there (measured, mpv 0.35.1).
const SOON: Span = Span::millis(50);

/// An exact seek ends no farther than this before its target: mpv shows the first frame from 5 ms
/// before it on (0.35.1). Only where nothing follows it ends before that, on the last frame.
const SHORT: Span = Span::millis(20);

/// What mpv knows once it has shown a picture or played sound, and not before: it comes to a
/// place, and to the end, without either where there is nothing to decode (0.35.1, tried with
/// five containers, with and without picture and sound).
const SHOWN: [&str; 2] = ["video-out-params/w", "audio-params/samplerate"];

impl Observer {
    /// One exact seek.
    pub(super) fn order_seek(&mut self, to: Position, steps: &mut Actions) {
        self.release_pause(steps);
        if let Some(load) = &mut self.load {
            if let Landing::Wanted(wanted) | Landing::Shown(wanted) = &mut load.landing {
                // It is sought anyway, and now to another place.
                *wanted = to;
                return;
            }
            load.seek_ordered = Some(to);
        }
        steps.order("seek", json!(["seek", to.as_seconds(), "absolute+exact"]));
    }

    /// A seek began. The load's own is not told, and one that may be mpv's own only once it
    /// is known not to be.
    pub(super) fn seek_began(&mut self, at: LocalTime, steps: &mut Actions) {
        self.release_pause(steps);
        let Some(load) = &mut self.load else { return };
        if !load.running {
            if let Landing::Ordered(to) = load.landing {
                load.landing = Landing::Begun;
                load.bound = Some(to);
            }
            return;
        }
        load.seeking = Some(0);
        // What was missing before may be missing there, too; mpv calls it no stall any more.
        load.starved_seek |= self.ran_dry;
        let recent = load.arrived.filter(|(arrived, _)| at - *arrived < SOON);
        match (load.seek_ordered.take(), recent) {
            (None, Some((_, target))) => {
                load.bound = target;
                load.doubtful_seek = Some(Doubt {
                    at,
                    target,
                    over: false,
                });
            }
            (ordered, _) => {
                load.bound = ordered;
                load.doubtful_seek = None;
                steps.tell(PlayerEvent::SeekBegan { at });
            }
        }
    }

    /// Playback runs or stands at its new place.
    pub(super) fn restarted(&mut self, at: LocalTime, steps: &mut Actions) {
        let started = self.started;
        let Some(load) = self.load.as_mut().filter(|load| load.entry == started) else {
            return;
        };
        if !load.running && !Self::has_landed(load, steps) {
            return;
        }
        if !load.running && !self.sound_told {
            steps.get(Purpose::ChosenSound, "ao");
        }
        load.running = true;
        load.seeking = None;
        load.starved_seek = false;
        load.arrived = Some((at, load.bound.take()));
        if load.doubtful_seek.is_some() {
            steps.get(Purpose::WhoseSeek, "eof-reached");
        }
        if load.end != DataEnd::No {
            // An end that mpv did not say it does not say to be left either.
            let whether = Purpose::WhetherAtEnd(load.number);
            steps.get(whether, Observed::AtEnd.name());
        }
        if !load.showed {
            for property in SHOWN {
                steps.get(Purpose::Shown(load.number), property);
            }
        }
        steps.get(Purpose::RestartedAt, "time-pos");
        self.tell_stall(steps);
    }

    /// Whether there was a picture, or sound. A `late` answer does not tell, and counts as yes.
    pub(super) fn shown(&mut self, number: LoadNumber, answer: &MpvResult, late: bool) {
        if let Some(load) = self.load.as_mut().filter(|load| load.number == number) {
            load.showed |= late || answer.is_ok();
        }
    }

    /// Where playback stands or runs after it came to a new place.
    pub(super) fn restarted_at(
        &mut self,
        position: Option<Position>,
        at: LocalTime,
        steps: &mut Actions,
    ) {
        let doubt_was_members = self.settle_seek(position, steps);
        let Some(position) = position.filter(|_| self.is_running()) else {
            return;
        };
        let Some(load) = self.load.as_mut().filter(|load| load.showed) else {
            return;
        };
        load.landed = Some(position);
        load.untold = None;
        let ordered = load.arrived.and_then(|(_, target)| target);
        steps.tell(PlayerEvent::PlaybackRestarted { position, at });
        if (ordered.is_none() || doubt_was_members) && self.is_a_step(position) {
            steps.tell(PlayerEvent::Stepped { position, at });
        }
        self.settle(Some(position), at, steps);
    }

    /// A doubtful seek is over. One that ended at the end, right after playback had come
    /// there, was mpv's own.
    pub(super) fn judge_seek(&mut self, at_end: &MpvResult) {
        let Some(load) = &mut self.load else { return };
        if load.end != DataEnd::No || at_end == &Ok(Value::Bool(true)) {
            load.doubtful_seek = None;
        } else if let Some(doubt) = &mut load.doubtful_seek {
            doubt.over = true;
        }
    }

    /// Where a doubtful seek ended is known: mpv's own falls short of what was ordered. Says
    /// whether it was the member's.
    pub(super) fn settle_seek(&mut self, position: Option<Position>, steps: &mut Actions) -> bool {
        let Some(load) = &mut self.load else {
            return false;
        };
        let doubt = load.doubtful_seek.take_if(|doubt| doubt.over);
        let (Some(Doubt { at, target, .. }), Some(position)) = (doubt, position) else {
            return false;
        };
        let members = target.is_none_or(|target| target - position < SHORT);
        if members {
            steps.tell(PlayerEvent::SeekBegan { at });
        }
        members
    }
}
