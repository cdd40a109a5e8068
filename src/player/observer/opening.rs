//! A medium is opened, and comes to where it was ordered to stand.

use serde_json::json;

use super::Observer;
use crate::player::actions::{Actions, Purpose};
use crate::player::ipc::MpvResult;
use crate::player::loaded_media::{Landing, LoadNumber, LoadedMedia, OpenTarget};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position};

/// How far before its target mpv begins to decode when it seeks in a transport stream, in
/// seconds. Such a stream has no index: mpv guesses the place, and what it finds after it would
/// show the next keyframe. With 12, seeks in one with a keyframe every 10 s landed within
/// 33 ms, 8 of 8; with 0 the first was 6.0 s late. It costs the decoding of 12 s a seek (20 to
/// 60 ms at 160x90), so that containers with an index are spared it.
const LOOK_BACK: f64 = 12.0;

impl Observer {
    /// Opens a medium.
    pub(in crate::player) fn open(
        &mut self,
        epoch: Epoch,
        target: OpenTarget,
        start: Position,
        paused: bool,
    ) -> Actions {
        let mut steps = Actions::default();
        self.forget(&mut steps);
        self.complaints.begin(target.is_resolved());
        steps.set("pause", &json!(paused));
        let landing = if start > Position::START && target.opens_at_its_start() {
            Landing::Wanted(start)
        } else {
            Landing::Opened
        };
        // "0" is no place of its own: HLS would begin a part or two late (mpv 0.35.1).
        let place = if start > Position::START && landing == Landing::Opened {
            json!(format!("{:.6}", start.as_seconds()))
        } else {
            json!("none")
        };
        steps.set("start", &place);
        steps.set("demuxer", &json!(target.demuxer()));
        let command = json!(["loadfile", target.address]);
        let number = LoadNumber(self.last_load.0 + 1);
        self.last_load = number;
        steps.asks.push((Purpose::LoadFile(number), command));
        let mut load = LoadedMedia::new(number, epoch, target, landing);
        load.bound = Some(start);
        load.showed = start > Position::START;
        self.load = Some(load);
        steps
    }

    /// Drops the medium: nothing is told of it any more.
    pub(super) fn forget(&mut self, steps: &mut Actions) {
        self.load = None;
        self.stopped = None;
        self.ran_dry = false;
        self.sampler.reset(&mut steps.asks);
        self.pauses.reset(steps);
        self.tell_stall(steps);
    }

    /// It is known what opened: seeks are made as its kind needs.
    pub(super) fn suit_seeks(&mut self, steps: &mut Actions) {
        let Some(load) = &mut self.load else { return };
        let look_back = load.facts.is_transport_stream();
        if std::mem::replace(&mut self.looks_back, look_back) != look_back {
            let offset = if look_back { LOOK_BACK } else { 0.0 };
            steps.set("hr-seek-demuxer-offset", &json!(offset));
        }
        if let (Landing::Opened, Some(start)) = (load.landing, load.bound)
            && load.facts.is_hls()
            && start > Position::START
            && !load.running
        {
            // A resolver's list: it could not be known before.
            load.landing = Landing::Wanted(start);
        }
    }

    /// It may be known now whether a medium that shows its first picture has to be sought.
    pub(super) fn land_if_shown(&mut self, at: LocalTime, steps: &mut Actions) {
        let shown = |load: &&mut LoadedMedia| {
            load.length.is_some() && matches!(load.landing, Landing::Shown(_))
        };
        if let Some(load) = self.load.as_mut().filter(shown)
            && let Landing::Shown(to) = load.landing
        {
            load.landing = Landing::Wanted(to);
            self.restarted(at, steps);
        }
    }

    /// Orders the seek to where a medium shall stand that was opened at its start.
    fn land(load: &mut LoadedMedia, to: Position, steps: &mut Actions) {
        load.landing = Landing::Ordered(to);
        let command = json!(["seek", to.as_seconds(), "absolute+exact"]);
        steps.asks.push((Purpose::Landing(load.number), command));
    }

    /// Playback came to a place while the medium was opened: whether it is the one that was
    /// ordered.
    pub(super) fn has_landed(load: &mut LoadedMedia, steps: &mut Actions) -> bool {
        match load.landing {
            Landing::Opened | Landing::Begun => true,
            Landing::Wanted(_) if load.length.is_some() && !load.facts.is_seekable() => {
                // It stays where it opened; the seeks that follow are orders of their own.
                load.landing = Landing::Opened;
                true
            }
            Landing::Wanted(to) if load.length.is_some() => {
                Self::land(load, to, steps);
                false
            }
            Landing::Wanted(to) => {
                load.landing = Landing::Shown(to);
                false
            }
            Landing::Shown(_) | Landing::Ordered(_) => false,
        }
    }

    /// Whether mpv took the seek to where the medium shall stand. If not, it stands where it
    /// opened.
    pub(super) fn landing_taken(
        &mut self,
        number: LoadNumber,
        answer: &MpvResult,
        at: LocalTime,
        steps: &mut Actions,
    ) {
        let Some(load) = self.load.as_mut().filter(|load| load.number == number) else {
            return;
        };
        if answer.is_err() && matches!(load.landing, Landing::Ordered(_)) {
            load.landing = Landing::Opened;
            self.restarted(at, steps);
        }
    }
}
