//! Opens media and brings it to the ordered start position.

use serde_json::json;

use super::Observer;
use crate::player::actions::{Actions, Purpose};
use crate::player::ipc::MpvResult;
use crate::player::loaded_media::{Landing, LoadNumber, OpenTarget, PlayerMedia};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position};

/// How far before its target mpv begins to decode when it seeks in a transport stream, in seconds.
/// Such a stream has no index: mpv estimates the offset, and would show the first keyframe after
/// it. With 12, seeks in a stream with a keyframe every 10 s landed within 33 ms, 8 of 8; with 0
/// the first was 6.0 s late. Each seek then decodes 12 s (20 to 60 ms at 160x90), so it is only
/// used for containers without an index.
const LOOK_BACK: f64 = 12.0;

impl Observer {
    /// Orders mpv to open media at a position, in place of whatever it has open.
    pub(in crate::player) fn open(
        &mut self,
        epoch: Epoch,
        target: OpenTarget,
        start: Position,
        paused: bool,
    ) -> Actions {
        let mut actions = Actions::default();
        self.forget(&mut actions);
        self.foreign_files.note_own(&target);
        self.complaints.begin(target.is_resolved());
        actions.set("pause", &json!(paused));
        let landing = if start > Position::START && target.opens_at_its_start() {
            Landing::Wanted(start)
        } else {
            Landing::Opened
        };
        // "0" is not the same as no position: with it HLS begins one or two segments late (mpv
        // 0.35.1).
        let place = if start > Position::START && landing == Landing::Opened {
            json!(format!("{:.6}", start.as_seconds()))
        } else {
            json!("none")
        };
        actions.set("start", &place);
        actions.set("demuxer", &json!(target.demuxer()));
        let command = json!(["loadfile", target.address]);
        let number = LoadNumber(self.last_load.0 + 1);
        self.last_load = number;
        actions.asks.push((Purpose::LoadFile(number), command));
        let mut load = PlayerMedia::new(number, epoch, target, landing);
        load.bound = Some(start);
        load.showed = start > Position::START;
        self.load = Some(load);
        actions
    }

    /// Drops the media: nothing is reported about it any more.
    pub(super) fn forget(&mut self, actions: &mut Actions) {
        self.load = None;
        self.stopped = None;
        self.paused_for_cache = false;
        self.sampler.reset(&mut actions.asks);
        self.pauses.reset(actions);
        self.report_stall(actions);
    }

    /// The container is now known: configures seeking for it.
    pub(super) fn configure_seeks(&mut self, actions: &mut Actions) {
        let Some(load) = &mut self.load else { return };
        let look_back = load.facts.is_transport_stream();
        if std::mem::replace(&mut self.has_look_back, look_back) != look_back {
            let offset = if look_back { LOOK_BACK } else { 0.0 };
            actions.set("hr-seek-demuxer-offset", &json!(offset));
        }
        if let (Landing::Opened, Some(start)) = (load.landing, load.bound)
            && load.facts.is_hls()
            && start > Position::START
            && !load.running
        {
            // A list from yt-dlp, which could not be recognised earlier.
            load.landing = Landing::Wanted(start);
        }
    }

    /// It may now be known whether media that shows its first picture needs a seek to its start.
    pub(super) fn land_if_shown(&mut self, at: LocalTime, actions: &mut Actions) {
        let shown = |load: &&mut PlayerMedia| {
            load.length.is_some() && matches!(load.landing, Landing::Shown(_))
        };
        if let Some(load) = self.load.as_mut().filter(shown)
            && let Landing::Shown(to) = load.landing
        {
            load.landing = Landing::Wanted(to);
            self.restarted(at, actions);
        }
    }

    /// Orders the seek to the start position of media that was opened at its beginning.
    fn land(load: &mut PlayerMedia, to: Position, actions: &mut Actions) {
        load.landing = Landing::Ordered(to);
        let command = json!(["seek", to.as_seconds(), "absolute+exact"]);
        actions.asks.push((Purpose::Landing(load.number), command));
    }

    /// Handles `playback-restart` during opening. Returns whether the start position is reached.
    pub(super) fn has_landed(load: &mut PlayerMedia, actions: &mut Actions) -> bool {
        match load.landing {
            Landing::Opened | Landing::Begun => true,
            Landing::Wanted(_) if load.length.is_some() && !load.facts.is_seekable() => {
                // The seek cannot be made, so it stays where it opened; later seeks are separate
                // orders.
                load.landing = Landing::Opened;
                true
            }
            Landing::Wanted(to) if load.length.is_some() => {
                Self::land(load, to, actions);
                false
            }
            Landing::Wanted(to) => {
                load.landing = Landing::Shown(to);
                false
            }
            Landing::Shown(_) | Landing::Ordered(_) => false,
        }
    }

    /// Handles mpv's answer to the seek to the start position. If mpv refused it, playback stays
    /// where it opened.
    pub(super) fn landing_taken(
        &mut self,
        number: LoadNumber,
        answer: &MpvResult,
        at: LocalTime,
        actions: &mut Actions,
    ) {
        let Some(load) = self.load.as_mut().filter(|load| load.number == number) else {
            return;
        };
        if answer.is_err() && matches!(load.landing, Landing::Ordered(_)) {
            load.landing = Landing::Opened;
            self.restarted(at, actions);
        }
    }
}
