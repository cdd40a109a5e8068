//! How much of a member's attention a report claims.

use super::{
    ApartNotice, ArrivalNotice, ConnectionView, Notice, Output, OwnPlayerNotice, PlayerView,
    ServerNotice, WindowNotice,
};
use crate::protocol::failure::FailureCode;
use crate::protocol::playback::StandstillCause;
use crate::sync::player::{CloseCause, ProcessState};

/// How much attention something claims, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It is said by the way.
    Info,
    /// It is to be read now: somebody asks for something, or something is about to happen.
    Warning,
    /// Something went wrong, or was refused.
    Error,
}

impl Output {
    /// How much attention it claims in the log.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::Denied { .. } => Severity::Error,
            Self::Player(player) => player.severity(),
            Self::Connection(connection) => connection.severity(),
            Self::Notice(notice) => notice.severity(),
            Self::Joined { .. }
            | Self::Viewers(_)
            | Self::Observers(_)
            | Self::Member { .. }
            | Self::Renamed(_)
            | Self::Removed(_)
            | Self::Chat { .. }
            | Self::Erased { .. }
            | Self::ErasedTogether { .. }
            | Self::Reaction(_)
            | Self::Media { .. }
            | Self::Timeline(_)
            | Self::Queue(_)
            | Self::QuietQueue(_)
            | Self::Sync(_)
            | Self::Decision { .. }
            | Self::WaitingForPlayers { .. }
            | Self::Ok { .. } => Severity::Info,
        }
    }
}

impl ConnectionView {
    /// How much attention it claims.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Reconnecting { .. } | Self::Refused(_) => Severity::Error,
            Self::Connecting { .. } | Self::Connected | Self::Closed => Severity::Info,
        }
    }
}

impl PlayerView {
    /// How much attention it claims.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Frozen
            | Self::Failed(_)
            | Self::Refused(_)
            | Self::Gone(
                ProcessState::Unusable(_)
                | ProcessState::Closed(CloseCause::Killed | CloseCause::Exit(_)),
            ) => Severity::Error,
            Self::Off
            | Self::Starting
            | Self::Idle { .. }
            | Self::Loading
            | Self::Playing
            | Self::Paused
            | Self::Buffering
            | Self::ReadingOn(_)
            | Self::Gone(_) => Severity::Info,
        }
    }
}

impl Notice {
    /// Why no player can play the media, if it says that.
    #[must_use]
    pub const fn common_failure(&self) -> Option<FailureCode> {
        match self {
            Self::NobodyPlays {
                cause: StandstillCause::Failed { code },
                ..
            } => Some(*code),
            _ => None,
        }
    }

    /// How much attention it claims, in the log and beside the line that is written.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Arrival(arrival) => arrival.severity(),
            Self::Apart(apart) => apart.severity(),
            Self::Own(own) => own.severity(),
            Self::Server(server) => server.severity(),
            Self::ActionUndone(_)
            | Self::NotPlayed(_)
            | Self::NotConnected
            | Self::ServerError(_)
            | Self::NameKept { .. }
            | Self::OwnFile(_)
            | Self::Window(WindowNotice::OnlyInTerminal)
            | Self::PlaybackFailed {
                retrying: false, ..
            }
            | Self::NobodyPlays {
                cause: StandstillCause::Failed { .. },
                ..
            } => Severity::Error,
            Self::Asked { .. } | Self::Reported { .. } => Severity::Warning,
            // A new notice is to decide: there is no arm for the rest.
            #[rustfmt::skip] // As many in a line as fit.
            Self::NameChanged { .. } | Self::Banned { .. } | Self::Unbanned { .. }
            | Self::ErasedAll { .. } | Self::Restricted { .. } | Self::Restrictions(_)
            | Self::ReportTaken { .. } | Self::VisibilityChanged { .. }
            | Self::PasswordChanged { .. } | Self::PasswordFollows | Self::InviteLink(_)
            | Self::InviteCreated { .. } | Self::InviteRevoked { .. } | Self::Invites(_)
            | Self::Bans(_) | Self::Waiting { .. } | Self::WaitOver { .. }
            | Self::WaitPolicy { .. } | Self::WaitNow { .. } | Self::RateNow(_)
            | Self::Paused { .. } | Self::Resumed { .. } | Self::RateChanged { .. }
            | Self::Jumped(_) | Self::Skipped { .. } | Self::ActingAdmin { .. }
            | Self::Titled { .. } | Self::Emote { .. } | Self::Heir { .. }
            | Self::Countdown { .. } | Self::Lobby(_) | Self::Count { .. }
            | Self::StalledTwice { .. } | Self::Finished { .. } | Self::PlaysAgain { .. } | Self::PutBack { .. } | Self::Approved { .. }
            | Self::Moved { .. } | Self::Unqueued(_) | Self::RejectedTogether { .. }
            | Self::Batch(_) | Self::GaveWay { .. } | Self::PlaybackFailed { .. }
            | Self::StartedWithout { .. } | Self::NobodyPlays { .. } | Self::AllWait { .. }
            | Self::SomebodyPlays(_) | Self::PartSkipped { .. } | Self::LengthSet { .. }
            | Self::Who(_) | Self::OutOfDate | Self::Help | Self::Reactions(_)
            | Self::CommandHelp(_) | Self::LanguageChanged(_) | Self::NothingOn { .. }
            | Self::Window(_) | Self::PlayerLacks(_) | Self::PlayerRegained(_) | Self::LinksTrusted(_) | Self::PlayerRestarts | Self::Woke(_) => Severity::Info,
        }
    }
}

impl ArrivalNotice {
    const fn severity(&self) -> Severity {
        match self {
            Self::RoomsUnkept(_) => Severity::Error,
            Self::Checked(_) => Severity::Warning,
            Self::OnlyHere { .. }
            | Self::Remedy(_)
            | Self::NameShortened { .. }
            | Self::OnLan { .. }
            | Self::Tunnelled { .. }
            | Self::RoomNameMended { .. }
            | Self::TokensOverdue
            | Self::NewRoomOfSameName
            | Self::RoomCreated { .. }
            | Self::RoomIsNew { .. }
            | Self::RoomNearby { .. }
            | Self::PrivateRoomCreated
            | Self::MadePrivate
            | Self::AlreadyExists
            | Self::PasswordUnused => Severity::Info,
        }
    }
}

impl ApartNotice {
    const fn severity(&self) -> Severity {
        match self {
            Self::CannotSeek { .. } => Severity::Error,
            Self::TimeJumps
            | Self::EndsEarly
            | Self::OtherBeginning { .. }
            | Self::PartMissing { .. }
            | Self::TriesAgain(_) => Severity::Info,
        }
    }
}

impl ServerNotice {
    const fn severity(&self) -> Severity {
        match self {
            Self::Announcement { .. } | Self::ServerStops { .. } | Self::StorageAway => {
                Severity::Warning
            }
            Self::ServerStays | Self::StorageBack => Severity::Info,
        }
    }
}

impl OwnPlayerNotice {
    const fn severity(&self) -> Severity {
        match self {
            Self::SubtitlesFailed(_) | Self::Refused(_) => Severity::Error,
            Self::Volume(_)
            | Self::Muted(_)
            | Self::Fullscreen(_)
            | Self::Track { .. }
            | Self::Tracks { .. }
            | Self::Chapters { .. }
            | Self::SubtitlesOffered { .. }
            | Self::SubtitlesShownAlready
            | Self::SubtitleDelay(_)
            | Self::Offset { .. }
            | Self::Quality(..)
            | Self::QualityNow { .. }
            | Self::QualityFixed
            | Self::Picture(_) => Severity::Info,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        CloseCause, Notice, Output, OwnPlayerNotice, PlayerView, ProcessState, ServerNotice,
        Severity,
    };
    use crate::app::output::Why;
    use crate::protocol::text::MemberName;
    use crate::protocol::time::Span;

    #[test]
    fn what_went_wrong_is_told_from_what_is_only_news() {
        let of = |notice: Notice| Output::Notice(notice).severity();
        assert_eq!(of(Notice::NotPlayed(Why::NoPlayer)), Severity::Error);
        assert_eq!(
            of(Notice::Finished {
                may_resume: false,
                proposed: 0
            }),
            Severity::Info
        );
        let name = MemberName::parse("Ann").unwrap();
        let why = Why::NoPlayer;
        assert_eq!(of(Notice::NameKept { name, why }), Severity::Error);
        let refused = OwnPlayerNotice::Refused(None);
        assert_eq!(of(Notice::Own(refused)), Severity::Error);
        assert_eq!(
            of(Notice::Own(OwnPlayerNotice::QualityFixed)),
            Severity::Info
        );
        let after = Span::seconds(60);
        let stops = ServerNotice::ServerStops {
            after,
            elsewhere: false,
        };
        assert_eq!(of(Notice::Server(stops)), Severity::Warning);
        let player = |view| Output::Player(view).severity();
        assert_eq!(player(PlayerView::Frozen), Severity::Error);
        assert_eq!(player(PlayerView::Idle { lacks: None }), Severity::Info);
        let closed = |cause| player(PlayerView::Gone(ProcessState::Closed(cause)));
        assert_eq!(closed(CloseCause::Killed), Severity::Error);
        assert_eq!(closed(CloseCause::Exit(2)), Severity::Error);
        assert_eq!(closed(CloseCause::Quit), Severity::Info);
        assert!(Severity::Info < Severity::Warning && Severity::Warning < Severity::Error);
    }
}
