//! Seeks as mpv reports them: the ones that somebody made, and the ones that mpv makes by itself.

use serde_json::{Value, json};

use super::{Observer, outputs};
use crate::player::actions::{Actions, Purpose};
use crate::player::event::Observed;
use crate::player::ipc::MpvResult;
use crate::player::loaded_media::{DataEnd, Doubt, Landing, LoadNumber};
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::PlayerEvent;

/// A seek that begins this soon after `playback-restart` may be mpv's own: it makes one within 2 ms
/// when it finds no picture there (measured, mpv 0.35.1).
const OWN_SEEK_WITHIN: Span = Span::millis(50);

/// An exact seek ends at most this far before its target: mpv shows the first frame that is at most
/// 5 ms before it (0.35.1). It ends earlier only if no frame follows, on the last one.
const EXACT_SEEK_TOLERANCE: Span = Span::millis(20);

/// Properties that mpv has once it has shown a picture or played sound, and not before. It reaches
/// a position, and the end, without either if there is nothing to decode (0.35.1, tried with five
/// containers, with and without picture and sound).
const OUTPUT_PROPERTIES: [&str; 2] = ["video-out-params/w", "audio-params/samplerate"];

impl Observer {
    /// Orders one exact seek.
    pub(super) fn order_seek(&mut self, to: Position, actions: &mut Actions) {
        self.release_pause(actions);
        if let Some(load) = &mut self.load {
            if let Landing::Wanted(wanted) | Landing::Shown(wanted) = &mut load.landing {
                // The pending seek to the start goes to the new position instead.
                *wanted = to;
                return;
            }
            load.seek_ordered = Some(to);
        }
        actions.order("seek", json!(["seek", to.as_seconds(), "absolute+exact"]));
    }

    /// Handles the start of a seek. A seek of the load is not reported, and one that may be mpv's
    /// own only once it is known not to be.
    pub(super) fn seek_began(&mut self, at: LocalTime, actions: &mut Actions) {
        self.release_pause(actions);
        let Some(load) = &mut self.load else { return };
        if !load.running {
            if let Landing::Ordered(to) = load.landing {
                load.landing = Landing::Begun;
                load.bound = Some(to);
            }
            return;
        }
        load.seeking = Some(0);
        // Data that was missing before may be missing there too; mpv no longer reports a stall.
        load.starved_seek |= self.paused_for_cache;
        let recent = load
            .arrived
            .filter(|(arrived, _)| at - *arrived < OWN_SEEK_WITHIN);
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
                actions.emit(PlayerEvent::SeekBegan { at });
            }
        }
    }

    /// Handles `playback-restart`: playback runs or is stopped at its new position.
    pub(super) fn restarted(&mut self, at: LocalTime, actions: &mut Actions) {
        let started = self.started;
        let Some(load) = self.load.as_mut().filter(|load| load.entry == started) else {
            return;
        };
        if !load.running && !Self::has_landed(load, actions) {
            return;
        }
        if !load.running {
            outputs::ask_sound(actions);
        }
        load.running = true;
        load.seeking = None;
        load.starved_seek = false;
        load.arrived = Some((at, load.bound.take()));
        if load.doubtful_seek.is_some() {
            actions.get(Purpose::WhoseSeek, "eof-reached");
        }
        if load.end != DataEnd::No {
            // mpv does not report leaving an end that it did not report.
            let whether = Purpose::WhetherAtEnd(load.number);
            actions.get(whether, Observed::AtEnd.name());
        }
        if !load.showed {
            for property in OUTPUT_PROPERTIES {
                actions.get(Purpose::Shown(load.number), property);
            }
        }
        actions.get(Purpose::RestartedAt, "time-pos");
        self.report_stall(actions);
    }

    /// Whether there was a picture or sound. A `late` answer proves nothing and counts as yes.
    pub(super) fn shown(&mut self, number: LoadNumber, answer: &MpvResult, late: bool) {
        if let Some(load) = self.load.as_mut().filter(|load| load.number == number) {
            load.showed |= late || answer.is_ok();
        }
    }

    /// Handles the position after `playback-restart`.
    pub(super) fn restarted_at(
        &mut self,
        position: Option<Position>,
        at: LocalTime,
        actions: &mut Actions,
    ) {
        let was_members_seek = self.resolve_doubtful_seek(position, actions);
        let Some(position) = position.filter(|_| self.is_running()) else {
            return;
        };
        let Some(load) = self.load.as_mut().filter(|load| load.showed) else {
            return;
        };
        load.landed = Some(position);
        load.delayed_problem = None;
        let ordered = load.arrived.and_then(|(_, target)| target);
        actions.emit(PlayerEvent::PlaybackRestarted { position, at });
        if (ordered.is_none() || was_members_seek) && self.is_frame_step_back(position) {
            actions.emit(PlayerEvent::Stepped { position, at });
        }
        self.report_if_paused(Some(position), at, actions);
    }

    /// A doubtful seek has ended. If it ended at the end of the data, right after playback had
    /// restarted there, it was mpv's own.
    pub(super) fn judge_seek(&mut self, at_end: &MpvResult) {
        let Some(load) = &mut self.load else { return };
        if load.end != DataEnd::No || at_end == &Ok(Value::Bool(true)) {
            load.doubtful_seek = None;
        } else if let Some(doubt) = &mut load.doubtful_seek {
            doubt.over = true;
        }
    }

    /// Decides about a doubtful seek by where it ended: mpv's own ends before the ordered position.
    /// Returns whether the member made it.
    pub(super) fn resolve_doubtful_seek(
        &mut self,
        position: Option<Position>,
        actions: &mut Actions,
    ) -> bool {
        let Some(load) = &mut self.load else {
            return false;
        };
        let doubt = load.doubtful_seek.take_if(|doubt| doubt.over);
        let (Some(Doubt { at, target, .. }), Some(position)) = (doubt, position) else {
            return false;
        };
        let members = target.is_none_or(|target| target - position < EXACT_SEEK_TOLERANCE);
        if members {
            actions.emit(PlayerEvent::SeekBegan { at });
        }
        members
    }
}
