//! What is the member's own: sound, tracks, window, and how late the sound device is.

use serde_json::{Value, json};

use super::{MILLIONTH, Observer};
use crate::player::actions::{Actions, Purpose};
use crate::player::event::OwnProperty;
use crate::player::ipc::MpvResult;
use crate::player::own_property::OwnValues;
use crate::player::personal;
use crate::protocol::ids::Epoch;
use crate::protocol::time::Span;
use crate::sync::player::{
    OwnAct, OwnReport, PlayerCommand, PlayerEvent, SubtitleProblem, TrackKind,
};

/// mpv's name of the time by which the sound comes later than the picture.
const SOUND_DELAY: &str = "audio-delay";

/// What is the member's own in a player.
#[derive(Debug, Default)]
pub(super) struct Own {
    values: OwnValues,
    /// How late the sound device is, in seconds, as the member set it.
    offset: f64,
    /// The part of it that mpv's `audio-delay` contains, in seconds.
    applied: f64,
    /// mpv's `audio-delay` in seconds, once it was reported.
    sound_delay: Option<f64>,
    /// How often it was ordered and not read since.
    unread: u32,
    /// What the member wants of it without the offset, in seconds, as it was reported last.
    reported_wish: f64,
    /// The order that mpv refused last: what is read because of it answers nothing more.
    refused: Option<OwnAct>,
}

impl Own {
    /// How far the picture is ahead of the audio clock, in seconds: `video = audio_pts +
    /// audio_delay` (mpv's `player/video.c`). Without a picture that has no effect, and what is
    /// heard is late by the device.
    pub(super) fn ahead(&self, has_picture: bool) -> f64 {
        if has_picture {
            self.sound_delay.unwrap_or(0.0)
        } else {
            -self.offset
        }
    }
}

impl Observer {
    /// Carries out an order about what is the member's own, and asks how it is then.
    pub(super) fn order_own(&mut self, order: &PlayerCommand, actions: &mut Actions) {
        if let PlayerCommand::SetOutputOffset(offset) = order {
            return self.offset_output(*offset, actions);
        }
        // Selecting or disabling a track may change the picture's time; that is not the member's
        // frame step.
        self.pauses.picture_changes();
        let answer = personal::answer(order);
        for (name, command) in personal::order(order, self.own.values.most()) {
            let purpose = answer.map_or(Purpose::Order(name), |(act, _)| {
                Purpose::OwnOrder(name, act)
            });
            actions.asks.push((purpose, command));
        }
        if let Some((act, properties)) = answer
            && let Some((last, others)) = properties.split_last()
        {
            for property in others {
                actions.get(Purpose::Own(*property, None), property.name());
            }
            actions.get(Purpose::Own(*last, Some(act)), last.name());
        }
    }

    /// Handles mpv's answer to such an order: a refusal is reported.
    pub(super) fn own_ordered(
        &mut self,
        name: &'static str,
        act: OwnAct,
        answer: &MpvResult,
        actions: &mut Actions,
    ) {
        if let Err(cause) = answer {
            tracing::warn!(name, "mpv refuses an order: {cause}");
            self.own.refused = Some(act);
            let report = OwnReport::Refused(act);
            let answers = None;
            actions.emit(PlayerEvent::Own { report, answers });
        }
    }

    /// Shows subtitles that were fetched for the media of `epoch`, or says why there are none.
    pub(in crate::player) fn add_subtitles(
        &mut self,
        epoch: Epoch,
        name: &str,
        address: Result<String, SubtitleProblem>,
    ) -> Actions {
        let mut actions = Actions::default();
        let is_current = self.load.as_ref().is_some_and(|load| load.epoch == epoch);
        match address {
            _ if !is_current => {}
            Ok(address) => {
                self.pauses.picture_changes();
                // Nothing but subtitles is looked for in it.
                actions.set("sub-demuxer", &json!("lavf"));
                let command = json!(["sub-add", address, "select", name]);
                actions.asks.push((Purpose::AddSubtitles, command));
            }
            Err(problem) => actions.emit(PlayerEvent::Own {
                report: OwnReport::SubtitlesFailed(problem),
                answers: None,
            }),
        }
        actions
    }

    /// Handles mpv's answer to subtitles: says which are shown now, or that it could not read them.
    pub(super) fn subtitles_added(answer: &MpvResult, actions: &mut Actions) {
        if answer.is_ok() {
            let act = OwnAct::Track(TrackKind::Subtitles);
            let tracks = OwnProperty::Tracks;
            actions.get(Purpose::Own(tracks, Some(act)), tracks.name());
        } else {
            actions.emit(PlayerEvent::Own {
                report: OwnReport::SubtitlesFailed(SubtitleProblem::Player),
                answers: None,
            });
        }
    }

    /// Handles a change of an observed property.
    pub(super) fn own_changed(
        &mut self,
        property: OwnProperty,
        value: &Value,
        actions: &mut Actions,
    ) {
        if let Some(next) = property.leads_to() {
            actions.get(Purpose::Own(next, None), next.name());
        }
        self.take_own(property, Some(value), None, actions);
    }

    /// Handles the answer to a question about a property.
    pub(super) fn own_read(
        &mut self,
        property: OwnProperty,
        answers: Option<OwnAct>,
        answer: &MpvResult,
        actions: &mut Actions,
    ) {
        let is_refused = answers.is_some() && self.own.refused == answers;
        if is_refused {
            self.own.refused = None;
        }
        let answers = answers.filter(|_| !is_refused);
        self.take_own(property, answer.as_ref().ok(), answers, actions);
    }

    /// Takes a value in, and reports what changed with it or what answers an order.
    fn take_own(
        &mut self,
        property: OwnProperty,
        value: Option<&Value>,
        answers: Option<OwnAct>,
        actions: &mut Actions,
    ) {
        let before = self.own.values.report(property);
        if let Some(value) = value {
            self.own.values.take(property, value);
        }
        let now = self.own.values.report(property);
        if let Some(report) = now.filter(|now| answers.is_some() || Some(now) != before.as_ref()) {
            actions.emit(PlayerEvent::Own { report, answers });
        }
    }

    /// Plays the sound sooner by `offset` than mpv would, on top of the member's own `audio-delay`.
    fn offset_output(&mut self, offset: Span, actions: &mut Actions) {
        self.own.offset = offset.as_seconds();
        self.apply_offset(actions);
        self.set_ahead();
    }

    /// Makes the offset part of mpv's `audio-delay`, once that was reported.
    fn apply_offset(&mut self, actions: &mut Actions) {
        let change = self.own.offset - self.own.applied;
        let Some(delay) = self.own.sound_delay.filter(|_| change != 0.0) else {
            return;
        };
        let delay = delay - change;
        self.own.applied = self.own.offset;
        self.own.sound_delay = Some(delay);
        self.own.unread = self.own.unread.saturating_add(1);
        let seconds = personal::seconds(Span::from_seconds(delay));
        let command = json!(["set", SOUND_DELAY, seconds]);
        actions.order(SOUND_DELAY, command);
        actions.get(Purpose::SoundDelay, SOUND_DELAY);
    }

    /// Handles the `audio-delay` that was read after an order.
    pub(super) fn sound_delay_read(&mut self, answer: &MpvResult, actions: &mut Actions) {
        self.own.unread = self.own.unread.saturating_sub(1);
        if let Some(delay) = answer.as_ref().ok().and_then(Value::as_f64) {
            self.sound_delay_changed(delay, actions);
        }
    }

    /// Handles mpv's `audio-delay`. What was not ordered is the member's own wish: an option of
    /// theirs, or a key in the window. What was reported before an order was carried out is past.
    pub(super) fn sound_delay_changed(&mut self, delay: f64, actions: &mut Actions) {
        if self.own.unread > 0 || !delay.is_finite() {
            return;
        }
        self.own.sound_delay = Some(delay);
        let wish = delay + self.own.applied;
        if (wish - self.own.reported_wish).abs() > MILLIONTH {
            self.own.reported_wish = wish;
            actions.emit(PlayerEvent::Own {
                report: OwnReport::SoundDelay(Span::from_seconds(wish)),
                answers: None,
            });
        }
        self.apply_offset(actions);
        self.set_ahead();
    }
}
