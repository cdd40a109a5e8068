//! Telling the member what the player lacks.

use super::Playback;
use super::handling::Handling;

impl Playback {
    /// Tells what the player lacks, once it is known and there is a room.
    pub(super) fn tell_lack(&mut self, step: &mut Handling<'_>) {
        if step.view().room.is_some() {
            let lacks = self.lacks();
            step.notice(self.lacks.take(lacks, &self.player_view(), step.now()));
        }
    }
}
