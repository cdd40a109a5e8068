//! The one table that says of each command who may give it, whether it can be asked of the admins,
//! how it counts against the limits, and what a denial calls it.

use super::{Action, Command};
use crate::protocol::rule::{
    ADMIN, EVERYONE, MODERATOR, NAMED_ADMIN, NAMED_MODERATOR, REAL_ADMIN, Rule,
};

impl Action {
    /// The table of commands: the role that each needs, and the key of its name in a denial. Which
    /// roles an acting admin may give, and whom a moderator may act upon, also depends on who else
    /// is in the room: see `room::roles`.
    #[must_use]
    pub const fn rule(self) -> Rule {
        match self {
            Self::Chat => EVERYONE.named("chat").silenced().a_line(),
            Self::React => EVERYONE.named("react").silenced().a_reaction(),
            Self::Play | Self::PlayWaiting => ADMIN.named("play").a_line(),
            Self::PlayNow => ADMIN.named("play-now").askable(),
            Self::Add => EVERYONE.named("add").restricted().a_line(),
            Self::AddAll => EVERYONE.named("add").silenced().a_line(),
            Self::Describe => EVERYONE.named("describe").silenced(),
            Self::Approve => ADMIN.named("approve").askable(),
            Self::Reject => ADMIN.named("reject").askable(),
            Self::RejectAll => ADMIN.named("reject"),
            Self::Withdraw | Self::TakeBack => EVERYONE.named("withdraw").a_line(),
            Self::Remove => ADMIN.named("remove").askable(),
            Self::Move => ADMIN.named("move").askable(),
            Self::Skip => ADMIN.named("skip").askable(),
            Self::Pause => ADMIN.named("pause").askable(),
            Self::Resume => ADMIN.named("resume").askable(),
            Self::Seek => ADMIN.named("seek").askable(),
            Self::Undo => ADMIN.named("undo").askable(),
            Self::SetRate => ADMIN.named("rate").askable(),
            Self::SetLength => ADMIN.named("length").a_line(),
            Self::OfferSubtitles => EVERYONE.named("subtitles").silenced().a_line(),
            Self::Ask => EVERYONE.named("ask").silenced().a_line(),
            Self::Rename => EVERYONE.named("nick").silenced().a_line(),
            Self::SetTitle => NAMED_ADMIN.named("title").a_line(),
            Self::SetEmote => NAMED_ADMIN.named("emote").a_line(),
            Self::SetVisibility => REAL_ADMIN.named("visibility").a_line(),
            Self::CreateInvite => NAMED_ADMIN.named("invite").a_line(),
            Self::RevokeInvite => NAMED_ADMIN.named("revoke"),
            Self::ListInvites => NAMED_ADMIN.named("invites").a_line(),
            Self::SetRole => NAMED_ADMIN.named("role"),
            Self::SetHeir => REAL_ADMIN.named("heir").a_line(),
            Self::Kick => MODERATOR.named("kick"),
            Self::Mute => MODERATOR.named("mute"),
            Self::Ban => NAMED_ADMIN.named("ban"),
            Self::Unban => NAMED_ADMIN.named("unban"),
            Self::Erase => MODERATOR.named("erase"),
            Self::EraseAll => NAMED_MODERATOR.named("clear"),
            Self::SetSlowMode => NAMED_MODERATOR.named("slow").a_line(),
            Self::SetLocked => NAMED_ADMIN.named("lock").a_line(),
            Self::SetNewcomers => NAMED_ADMIN.named("newcomers").a_line(),
            Self::SetObserverChat => NAMED_ADMIN.named("observers").a_line(),
            Self::ReportMember => EVERYONE.named("report").a_report(),
            Self::ExemptFromWait => ADMIN.named("nowait").a_line(),
            Self::SetWait => NAMED_ADMIN.named("wait").a_line(),
            Self::Go => ADMIN.named("go"),
            Self::Countdown => ADMIN.named("countdown").a_line(),
            Self::SetReady => EVERYONE.named("ready").a_line(),
            Self::Start => ADMIN.named("start").askable(),
            Self::SetStart => ADMIN.named("start-set").askable(),
            Self::Close => REAL_ADMIN.named("close").a_line(),
        }
    }
}

impl Command {
    /// The row of the table that applies to this command.
    #[must_use]
    pub fn action(&self) -> Action {
        Action::from(self)
    }

    /// What this command requires. Every member may exempt themselves from the wait, whatever the
    /// table says.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::ExemptFromWait { who: None, .. } => EVERYONE.named("nowait").a_line(),
            _ => self.action().rule(),
        }
    }
}
