//! Whether the room's links may lead into the member's own network: by the settings, or because the
//! member trusts this room.

use super::Playback;
use super::handling::Handling;
use super::output::PlaybackOutput;
use crate::app::output::{LinkTrust, Notice, PlayerView};
use crate::media::fault::FaultKind;
use crate::media::policy::Privacy;
use crate::protocol::time::RoomTime;
use crate::sync::follow::FollowInput;
use crate::sync::player::MediaProblem;

impl Playback {
    /// The room that is known may be another one than before, also under the same name.
    pub(super) fn note_room(&mut self, step: &mut Handling<'_>) {
        let before = self.refusals.privacy();
        let room = step.view().room;
        self.refusals.note_room(room.map(|room| room.created));
        self.tell_shell(before, step);
    }

    /// It was looked up which room of the name of the next one the member trusts.
    pub(super) fn on_trust_found(&mut self, trusted: Option<RoomTime>, step: &mut Handling<'_>) {
        let before = self.refusals.privacy();
        self.refusals.note_next(trusted);
        self.tell_shell(before, step);
    }

    /// The member trusts the links of this room from now on, or no longer: what it refused to open
    /// is opened at once.
    pub(super) fn on_trust(&mut self, trusted: bool, step: &mut Handling<'_>) {
        let before = self.refusals.privacy();
        let room = self.refusals.trust(trusted);
        step.add(PlaybackOutput::KeepTrust(room));
        let told = if self.refusals.is_open_by_settings() {
            LinkTrust::OpenBySettings
        } else if trusted {
            LinkTrust::Trusted
        } else {
            LinkTrust::Closed
        };
        step.notice(Some(Notice::LinksTrusted(told)));
        if before == self.refusals.privacy() {
            return;
        }
        self.tell_shell(before, step);
        let has_failed = leads_home(&self.player_view());
        self.on_timeline(false, step);
        if trusted && has_failed {
            self.follow(FollowInput::Reopen, step);
        }
    }

    /// The room is left: the next one is another's word.
    pub(super) fn forget_trust(&mut self, step: &mut Handling<'_>) {
        let before = self.refusals.privacy();
        self.refusals.forget();
        self.tell_shell(before, step);
    }

    /// Hands what may be contacted on to those who fetch, if it changed.
    fn tell_shell(&self, before: Privacy, step: &mut Handling<'_>) {
        let now = self.refusals.privacy();
        if now != before {
            step.add(PlaybackOutput::Privacy(now));
        }
    }
}

/// Whether a link was not followed any further because it led into the member's own network.
fn leads_home(player: &PlayerView) -> bool {
    matches!(player, PlayerView::Failed(MediaProblem::Fetch(fault))
        if fault.kind == FaultKind::PrivateAddress)
}
