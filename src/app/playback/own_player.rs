//! What is the member's own in the player, as it reports it: sound, tracks, window, sound device. What a line or a
//! key asked for is answered by what the player says of itself then.

use super::added_subtitles::AddedSubtitles;
use super::handling::Handling;
use super::output::PlaybackOutput;
use super::subtitle_trial::{SubtitleTrial, SubtitleTrials, TrialResult};
use crate::app::command::TrackRequest;
use crate::app::output::{Notice, OwnPlayerNotice, Why};
use crate::media::subtitles::SubtitleLink;
use crate::protocol::ids::Epoch;
use crate::protocol::time::Span;
use crate::sync::player::{OwnAct, OwnReport, PlayerCommand, Sound, Track, TrackKind};
use crate::texts::language_names;

/// What is known of it.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says another thing, and none excludes another"
)]
pub struct OwnPlayer {
    sound: Option<Sound>,
    tracks: Vec<Track>,
    fullscreen: bool,
    subtitle_delay: Span,
    device: Option<String>,
    /// How late that device is (negative: early), as the member set it. It outlasts the player.
    offset: Span,
    /// Whether it was set before the device was known: it is kept as soon as that is.
    is_unkept: bool,
    /// Whether what is kept of the device is being looked up.
    is_looked_up: bool,
    sound_delay: Span,
    /// The subtitles that the member accepted, and for which media. They outlast the player.
    accepted: Option<(Epoch, SubtitleLink)>,
    /// The subtitle file that was added to the player.
    added: AddedSubtitles,
    /// The subtitles that the member wants to offer, while the player tries them.
    trials: SubtitleTrials,
    /// The lines of the picture, while there is one.
    picture_lines: Option<u32>,
    /// The lines of the picture are told once they are known: the quality was just chosen.
    tells_picture: bool,
}

impl OwnPlayer {
    /// How loud the player is, once it said so.
    #[must_use]
    pub const fn sound(&self) -> Option<Sound> {
        self.sound
    }

    /// The tracks of the media that is open, in the player's order.
    #[must_use]
    pub fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    /// The sound device, as the player names it, once it plays sound.
    #[must_use]
    pub fn device(&self) -> Option<&str> {
        self.device.as_deref()
    }

    /// How late the sound device is (negative: early), as the member set it (`/nudge`).
    #[must_use]
    pub const fn offset(&self) -> Span {
        self.offset
    }

    /// By how much later than the picture the member wants the sound (negative: sooner), by mpv's
    /// `audio-delay`: their sound comes so much later than the others', and their picture does not.
    #[must_use]
    pub const fn sound_delay(&self) -> Span {
        self.sound_delay
    }

    /// The player is another one, or gone: nothing is known of it.
    pub(super) fn forget(&mut self) {
        let (offset, is_unkept) = (self.offset, self.is_unkept);
        let accepted = self.accepted.take();
        *self = Self {
            offset,
            is_unkept,
            accepted,
            ..Self::default()
        };
    }

    /// The lines of the picture, once they are known.
    pub(super) const fn picture_lines(&self) -> Option<u32> {
        self.picture_lines
    }

    /// Says how loud the player is.
    pub(super) fn tell_volume(&self, step: &mut Handling<'_>) {
        let volume = self.sound.map(OwnPlayerNotice::Volume);
        step.notice(volume.map(Notice::Own));
    }

    /// The quality was chosen: what comes of it is told.
    pub(super) const fn tell_picture(&mut self) {
        self.tells_picture = true;
    }

    /// The player says how something is; `answers` is the order because of which it does.
    pub(super) fn report(
        &mut self,
        report: OwnReport,
        answers: Option<OwnAct>,
        step: &mut Handling<'_>,
    ) {
        match self.trials.report(&report, answers, step) {
            TrialResult::Unconcerned => {}
            TrialResult::Failed => return,
            TrialResult::Shown(epoch, link) => {
                self.added.begin(epoch, link.clone());
                self.accepted = Some((epoch, link));
            }
        }
        match report {
            OwnReport::Sound(sound) => self.sound = Some(sound),
            OwnReport::Fullscreen(fullscreen) => self.fullscreen = fullscreen,
            OwnReport::SubtitleDelay(delay) => self.subtitle_delay = delay,
            OwnReport::Tracks(tracks) => {
                if answers == Some(OwnAct::Track(TrackKind::Subtitles)) {
                    self.added.shown(&tracks);
                }
                self.tracks = tracks;
            }
            OwnReport::SoundDevice(device) => self.on_device(device, step),
            OwnReport::SoundDelay(delay) => self.sound_delay = delay,
            OwnReport::SubtitlesFailed(problem) => {
                self.added.failed();
                let failed = OwnPlayerNotice::SubtitlesFailed(problem);
                step.notice(Some(Notice::Own(failed)));
            }
            OwnReport::PictureLines(lines) => {
                self.picture_lines = Some(lines);
                if std::mem::take(&mut self.tells_picture) {
                    step.notice(Some(Notice::Own(OwnPlayerNotice::Picture(lines))));
                }
            }
            OwnReport::Refused(act) => {
                let now = self.answer(act).map(Box::new);
                step.notice(Some(Notice::Own(OwnPlayerNotice::Refused(now))));
            }
        }
        let notice = answers.and_then(|act| self.answer(act));
        step.notice(notice.map(Notice::Own));
    }

    /// How it is now, where it was ordered to be otherwise.
    fn answer(&self, act: OwnAct) -> Option<OwnPlayerNotice> {
        Some(match act {
            OwnAct::Volume => OwnPlayerNotice::Volume(self.sound?),
            OwnAct::Mute => OwnPlayerNotice::Muted(self.sound?),
            OwnAct::Fullscreen => OwnPlayerNotice::Fullscreen(self.fullscreen),
            OwnAct::SubtitleDelay => OwnPlayerNotice::SubtitleDelay(self.subtitle_delay),
            OwnAct::Track(kind) => {
                let selected = self.of(kind).find(|track| track.is_selected);
                OwnPlayerNotice::Track {
                    kind,
                    track: selected.cloned(),
                    of: self.of(kind).count(),
                }
            }
        })
    }

    /// Answers a line about tracks: lists them, or orders one.
    ///
    /// # Errors
    /// If the media has no such track.
    pub(super) fn choose_track(
        &self,
        kind: TrackKind,
        request: &TrackRequest,
        step: &mut Handling<'_>,
    ) -> Result<(), Why> {
        let number = match request {
            TrackRequest::List => {
                let tracks = self.of(kind).cloned().collect();
                let list = OwnPlayerNotice::Tracks { kind, tracks };
                step.notice(Some(Notice::Own(list)));
                return Ok(());
            }
            TrackRequest::Off => None,
            TrackRequest::Named(name) => {
                let track = self.find(kind, name).ok_or(Why::NoSuchTrack(kind))?;
                Some(track.number)
            }
        };
        step.order(PlayerCommand::SelectTrack { kind, number });
        Ok(())
    }

    /// Tells by how much subtitles are late.
    pub(super) fn tell_subtitle_delay(&self, step: &mut Handling<'_>) {
        let delay = OwnPlayerNotice::SubtitleDelay(self.subtitle_delay);
        step.notice(Some(Notice::Own(delay)));
    }

    /// The numbers of the next room's media mean other media.
    pub(super) fn leave_room(&mut self) {
        self.accepted = None;
        self.trials.leave_room();
    }

    /// Tries subtitles that the member wants to offer.
    pub(super) fn try_subtitles(&mut self, trial: SubtitleTrial, step: &mut Handling<'_>) {
        self.trials.begin(trial, step);
    }

    /// The player is gone.
    pub(super) fn player_closed(&mut self, step: &mut Handling<'_>) {
        self.trials.player_closed(step);
    }

    /// The member accepts these subtitles for the media of `epoch`: they are shown now if that is
    /// open, else once it is.
    pub(super) fn accept(
        &mut self,
        epoch: Epoch,
        link: SubtitleLink,
        is_open: bool,
        step: &mut Handling<'_>,
    ) {
        if is_open && self.added.has(epoch, &link) {
            return self.added.show_again(&self.tracks, step);
        }
        self.accepted = Some((epoch, link));
        if is_open {
            self.show_accepted(epoch, step);
        }
    }

    /// Whether these subtitles were added to the media of `epoch` already.
    pub(super) fn has_subtitles(&self, epoch: Epoch, link: &SubtitleLink) -> bool {
        self.added.has(epoch, link)
    }

    /// The media of `epoch` is open: shows the subtitles that were accepted for it.
    pub(super) fn show_accepted(&mut self, epoch: Epoch, step: &mut Handling<'_>) {
        self.trials.end_older_trial(epoch, step);
        let accepted = self.accepted.as_ref();
        if let Some((_, link)) = accepted.filter(|(accepted, _)| *accepted == epoch) {
            let link = link.clone();
            self.added.begin(epoch, link.clone());
            step.order(PlayerCommand::AddSubtitles { epoch, link });
        }
    }

    /// Sound goes to this device now: its offset is looked up, or kept.
    fn on_device(&mut self, device: String, step: &mut Handling<'_>) {
        if self.device.as_ref() == Some(&device) {
            return;
        }
        self.device = Some(device.clone());
        if std::mem::take(&mut self.is_unkept) {
            let offset = self.offset;
            step.add(PlaybackOutput::KeepOffset { device, offset });
        } else {
            self.is_looked_up = true;
            step.add(PlaybackOutput::FindOffset { device });
        }
    }

    /// What is kept of a device, if it is still the one in use: returns the offset that holds now,
    /// if that is another one.
    pub(super) fn offset_found(&mut self, device: &str, offset: Option<Span>) -> Option<Span> {
        // What the member set meanwhile counts.
        if self.device.as_deref() != Some(device) || !std::mem::take(&mut self.is_looked_up) {
            return None;
        }
        let found = offset.unwrap_or_default();
        if found == self.offset {
            return None;
        }
        self.offset = found;
        Some(found)
    }

    /// The member sets how late the device in use is.
    pub(super) fn set_offset(&mut self, offset: Span, step: &mut Handling<'_>) {
        self.offset = offset;
        self.is_looked_up = false;
        match self.device.clone() {
            Some(device) => step.add(PlaybackOutput::KeepOffset { device, offset }),
            None => self.is_unkept = true,
        }
    }

    /// Tells how late the device in use is.
    pub(super) fn tell_offset(&self, step: &mut Handling<'_>) {
        let offset = OwnPlayerNotice::Offset {
            offset: self.offset,
            device: self.device.clone(),
        };
        step.notice(Some(Notice::Own(offset)));
    }

    fn of(&self, kind: TrackKind) -> impl Iterator<Item = &Track> {
        self.tracks.iter().filter(move |track| track.kind == kind)
    }

    /// The track that somebody means: by its number, its language, or a part of its title.
    fn find(&self, kind: TrackKind, name: &str) -> Option<&Track> {
        let digits = name.strip_prefix('#').unwrap_or(name);
        if let Ok(number) = digits.parse::<u32>() {
            return self.of(kind).find(|track| track.number == number);
        }
        let wanted = name.to_lowercase();
        let language = |track: &&Track| {
            let code = track.language.as_deref();
            code.is_some_and(|code| language_names::is_meant(code, name))
        };
        let titled = |track: &&Track| {
            let title = track.title.as_deref();
            title.is_some_and(|title| title.to_lowercase().contains(&wanted))
        };
        self.of(kind)
            .find(language)
            .or_else(|| self.of(kind).find(titled))
    }
}

#[cfg(test)]
mod tests;
