//! Whether the room's links may lead into the member's own network: by the settings, or because the
//! member trusts this room.

use super::Playback;
use super::handling::Handling;
use super::output::PlaybackOutput;
use crate::app::output::{LinkTrust, Notice, PlayerView};
use crate::media::fault::FaultKind;
use crate::media::policy::Privacy;
use crate::protocol::command::Report;
use crate::protocol::time::RoomTime;
use crate::sync::follow::FollowInput;
use crate::sync::player::MediaProblem;
use crate::wire::message::ClientMsg;

impl Playback {
    /// It was looked up whether the member trusts the room that is entered next.
    pub(super) fn on_trust_found(
        &mut self,
        trusted: bool,
        created: Option<RoomTime>,
        step: &mut Handling<'_>,
    ) {
        let before = self.refusals.privacy();
        let has_room = step.view().room.is_some();
        self.refusals.note_next(trusted, created, has_room);
        self.tell_shell(before, step);
    }

    /// Forgets that a room was trusted if this is a new one of the same name, which anybody may have
    /// opened.
    pub(super) fn distrust_another_room(&mut self, step: &mut Handling<'_>) {
        let Some(created) = step.view().room.map(|room| room.created) else {
            return;
        };
        let before = self.refusals.privacy();
        if self.refusals.distrust_another(created) {
            step.add(PlaybackOutput::KeepTrust(false));
            self.tell_shell(before, step);
        }
    }

    /// The member trusts the links of this room from now on, or no longer: what it refused to open
    /// is opened at once.
    pub(super) fn on_trust(&mut self, trusted: bool, step: &mut Handling<'_>) {
        let before = self.refusals.privacy();
        let created = step.view().room.map(|room| room.created);
        let withheld = self.refusals.trust(trusted, created);
        step.add(PlaybackOutput::KeepTrust(trusted));
        let told = if self.refusals.is_open_by_settings() {
            LinkTrust::OpenBySettings
        } else if trusted {
            LinkTrust::Trusted
        } else {
            LinkTrust::Closed
        };
        step.notice(Some(Notice::LinksTrusted(told)));
        if let Some(report) = withheld {
            step.send_if_joined(ClientMsg::Report { report });
            self.send_health(step);
        }
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

    /// The player reports to the room; what the member is yet to decide is not reported.
    pub(super) fn on_report(&mut self, report: Report, step: &mut Handling<'_>) {
        let has_failed = matches!(report, Report::Failed { .. }) && leads_home(&self.player_view());
        let report = if has_failed {
            self.refusals.report(report)
        } else {
            Some(report)
        };
        if let Some(report) = report {
            step.send_if_joined(ClientMsg::Report { report });
        }
    }

    /// What the player does as the others see it: while the member is yet to say whether the link that
    /// is on is opened, it is still being opened.
    pub(super) fn view_for_others(&self) -> PlayerView {
        let player = self.player_view();
        let is_closed = player.leads_home();
        if is_closed && self.refusals.awaits_answer() {
            PlayerView::Loading
        } else {
            player
        }
    }

    /// The room is left: the next one is another's word.
    pub(super) fn forget_trust(&mut self, step: &mut Handling<'_>) {
        let before = self.refusals.privacy();
        self.refusals.forget();
        self.tell_shell(before, step);
    }

    /// Hands what may be contacted on to those who fetch, if it changed.
    pub(super) fn tell_shell(&self, before: Privacy, step: &mut Handling<'_>) {
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
