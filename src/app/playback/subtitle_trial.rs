//! Subtitles that the member wants to offer to everybody: their own player shows them first.

use super::handling::Handling;
use super::output::PlaybackOutput;
use crate::app::output::Why;
use crate::media::subtitles::SubtitleLink;
use crate::protocol::command::Command;
use crate::protocol::ids::Epoch;
use crate::sync::player::{OwnAct, OwnReport, PlayerCommand, SubtitleProblem, TrackKind};

/// Subtitles that are tried, the line that offers them, and the media that they are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SubtitleTrial {
    pub(super) line: u64,
    pub(super) epoch: Epoch,
    pub(super) link: SubtitleLink,
}

/// The subtitles that are tried now, if any are.
#[derive(Debug, Default)]
pub(super) struct SubtitleTrials {
    current: Option<SubtitleTrial>,
}

/// What a report of the player means for those that are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TrialResult {
    /// Nothing: none are tried, or it is about something else.
    Unconcerned,
    /// They are not shown, which the line was answered.
    Failed,
    /// They are shown with the media of that number, and offered.
    Shown(Epoch, SubtitleLink),
}

impl SubtitleTrials {
    /// Tries subtitles, in place of those that are being tried.
    pub(super) fn begin(&mut self, trial: SubtitleTrial, step: &mut Handling<'_>) {
        self.end_trial(Why::NoSubtitles(SubtitleProblem::MediaChanged), step);
        let (epoch, link) = (trial.epoch, trial.link.clone());
        self.current = Some(trial);
        step.order(PlayerCommand::AddSubtitles { epoch, link });
    }

    /// Takes in a report of the player. If it says how the trial ended, the line is answered, or
    /// offers them.
    pub(super) fn report(
        &mut self,
        report: &OwnReport,
        answers: Option<OwnAct>,
        step: &mut Handling<'_>,
    ) -> TrialResult {
        if let OwnReport::SubtitlesFailed(problem) = report {
            return if self.end_trial(Why::NoSubtitles(*problem), step) {
                TrialResult::Failed
            } else {
                TrialResult::Unconcerned
            };
        }
        let is_shown = answers == Some(OwnAct::Track(TrackKind::Subtitles));
        let Some(trial) = self.current.take_if(|_| is_shown) else {
            return TrialResult::Unconcerned;
        };
        let command = Command::OfferSubtitles {
            link: trial.link.clone(),
        };
        step.add(PlaybackOutput::LineCommand(trial.line, command));
        TrialResult::Shown(trial.epoch, trial.link)
    }

    /// The room is left: its lines are answered elsewhere.
    pub(super) fn leave_room(&mut self) {
        self.current = None;
    }

    /// Answers the line that offers subtitles which were not shown, if there is one.
    fn end_trial(&mut self, why: Why, step: &mut Handling<'_>) -> bool {
        let trial = self.current.take();
        let line = trial.map(|trial| trial.line);
        if let Some(line) = line {
            step.add(PlaybackOutput::Done(line, Err(why)));
        }
        line.is_some()
    }

    /// The player is gone, and tries nothing any more.
    pub(super) fn player_closed(&mut self, step: &mut Handling<'_>) {
        self.end_trial(Why::NoPlayer, step);
    }

    /// The media of `epoch` is open: those that were tried for other media are not offered.
    pub(super) fn end_older_trial(&mut self, epoch: Epoch, step: &mut Handling<'_>) {
        if self
            .current
            .as_ref()
            .is_some_and(|trial| trial.epoch != epoch)
        {
            self.end_trial(Why::NoSubtitles(SubtitleProblem::MediaChanged), step);
        }
    }
}
