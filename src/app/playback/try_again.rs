//! What `/retry` tries again: the player itself, data that stays out, or the media.

use super::Playback;
use super::handling::Handling;
use super::output::PlaybackOutput;
use crate::app::output::PlayerView;
use crate::sync::follow::FollowInput;
use crate::sync::player::PlayerCommand;

impl Playback {
    /// The line of this number wants another try, if that is of any use. If the client connects
    /// because of it, it was.
    pub(super) fn on_retry(&mut self, line: u64, reconnects: bool, step: &mut Handling<'_>) {
        let status = self.follower.status();
        let obstacle = self.retry.obstacle(self.player_view(), &status, step.now());
        if obstacle.is_none() {
            self.try_again(step);
        }
        let answer = obstacle.filter(|_| !reconnects).map_or(Ok(()), Err);
        step.add(PlaybackOutput::Done(line, answer));
    }

    /// Tries again what the player has trouble with: the player itself; or the data that stays out,
    /// below a player that waits for its next try; or the media, opened anew.
    fn try_again(&mut self, step: &mut Handling<'_>) {
        self.retry.begin(step.now());
        self.restart.forget();
        match self.player_view() {
            PlayerView::Gone(_) | PlayerView::Frozen | PlayerView::Starting => {
                step.order(PlayerCommand::Restart);
            }
            _ => match self.follower.refetched() {
                Some(epoch) => step.order(PlayerCommand::FetchNow { epoch }),
                None => self.reopen(step),
            },
        }
    }

    /// Opens the media anew.
    pub(super) fn reopen(&mut self, step: &mut Handling<'_>) {
        self.follow(FollowInput::Reopen, step);
        self.emit_player(step);
    }
}
