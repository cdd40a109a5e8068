//! Which outputs get a line over the picture, for how long, and whom they concern.

use super::input::VideoView;
use super::scene::{LineContent, SyncLine};
use crate::app::mention::is_mentioned;
use crate::app::osd_level::OsdLevel;
use crate::app::output::{
    ApartNotice, BatchNotice, MemberChange, Notice, Output, OwnPlayerNotice, Person, PlayerView,
    ServerNotice,
};
use crate::protocol::event::ChatLine;
use crate::protocol::playback::Playing;
use crate::protocol::text::ChatText;
use crate::protocol::time::Span;

/// How long a line of chat is shown (judgement: two rows are read in that time, beside a film).
const CHAT: Span = Span::seconds(7);

/// How long it is shown what others did.
const NOTICE: Span = Span::seconds(4);

/// How long it is shown what concerns the member's own watching.
const OWN: Span = Span::seconds(5);

/// How long what is long, or is to be acted upon, is shown: what the server's operator says, up to 500
/// characters, and subtitles that are offered (judgement).
const LONG: Span = Span::seconds(10);

/// Whom a line concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Concern {
    /// This member's own watching.
    Own,
    /// The room.
    Room,
    /// Why something that was pressed or written in the window came to nothing.
    Reply,
    /// What a key of the window asks for.
    Demanded,
}

impl Concern {
    /// Whether such a line is shown at a level.
    pub(super) const fn is_shown(self, level: OsdLevel) -> bool {
        match level {
            OsdLevel::Full => true,
            OsdLevel::Quiet => !matches!(self, Self::Room),
            OsdLevel::Off => matches!(self, Self::Demanded),
        }
    }
}

/// A line that is to be shown.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) content: LineContent,
    pub(super) concern: Concern,
    /// For how long, the fading included.
    pub(super) during: Span,
}

impl Shown {
    /// What concerns the member's own watching.
    pub(super) const fn own(content: LineContent) -> Self {
        Self {
            content,
            concern: Concern::Own,
            during: OWN,
        }
    }

    /// Why something that was pressed or written in the window came to nothing.
    pub(super) fn reply(content: LineContent) -> Self {
        Self {
            concern: Concern::Reply,
            ..Self::own(content)
        }
    }

    /// A notice for this member.
    pub(super) const fn notice(notice: Notice) -> Self {
        let during = match notice {
            Notice::Server(ServerNotice::Announcement { .. })
            | Notice::Own(OwnPlayerNotice::Tracks { .. }) => LONG,
            _ => OWN,
        };
        Self {
            content: LineContent::Notice(notice),
            concern: Concern::Own,
            during,
        }
    }

    /// Somebody offers subtitles, which are accepted in the window if it takes keys.
    fn subtitles(who: &Person, name: &str, host: &str, in_window: bool) -> Self {
        let content = LineContent::SubtitlesOffered {
            who: who.clone(),
            name: name.to_owned(),
            host: host.to_owned(),
            in_window,
        };
        Self {
            during: LONG,
            ..Self::own(content)
        }
    }

    /// How well in step the player is.
    pub(super) fn sync_state(state: SyncLine) -> Self {
        Self {
            concern: Concern::Demanded,
            ..Self::own(LineContent::SyncState(Box::new(state)))
        }
    }

    /// Media has come on.
    pub(super) fn started(playing: &Playing) -> Self {
        Self::room(LineContent::Started(Box::new(playing.clone())))
    }

    /// What happened in the room.
    const fn room(content: LineContent) -> Self {
        Self {
            content,
            concern: Concern::Room,
            during: NOTICE,
        }
    }
}

/// The line for an output of the app, if it gets one.
pub(super) fn shown(output: &Output, takes_keys: bool, view: &VideoView<'_>) -> Option<Shown> {
    Some(match output {
        Output::Chat {
            line,
            spelled,
            history: false,
        } => chat(line, spelled.as_ref(), view),
        Output::Member {
            id,
            who,
            role,
            change,
            by,
        } if view.is_me(*id) && is_rights(*change) => Shown::own(LineContent::OwnChange {
            who: who.clone(),
            role: *role,
            change: *change,
            by: by.clone(),
        }),
        Output::Player(
            player @ (PlayerView::Failed(_) | PlayerView::Refused(_) | PlayerView::ReadingOn(_)),
        ) => Shown::own(LineContent::Player(player.clone())),
        Output::Notice(notice) => of_notice(notice, takes_keys, view)?,
        _ => return None,
    })
}

/// A line of chat. One that mentions the member is theirs whatever else is shown.
fn chat(line: &ChatLine, spelled: Option<&String>, view: &VideoView<'_>) -> Shown {
    let is_own = view.is_me(line.from);
    let mentions = !is_own && is_mentioned(view.me, view.room, line.text.as_str());
    let line = Box::new(read(line, spelled));
    let shown = if mentions {
        Shown::own(LineContent::Mention(line))
    } else {
        Shown::room(LineContent::Chat(line))
    };
    Shown {
        during: CHAT,
        ..shown
    }
}

/// Whether a change is one of what the member may do.
const fn is_rights(change: MemberChange) -> bool {
    match change {
        MemberChange::Role
        | MemberChange::Muted
        | MemberChange::Unmuted
        | MemberChange::WaitExempt
        | MemberChange::WaitCounted => true,
        // A notice tells of an acting role.
        MemberChange::ActingRole
        | MemberChange::Joined
        | MemberChange::Left
        | MemberChange::Ready
        | MemberChange::NotReady => false,
    }
}

/// The line with the room's emotes in it, unless it would grow beyond what a line may be.
fn read(line: &ChatLine, spelled: Option<&String>) -> ChatLine {
    let mut line = line.clone();
    if let Some(text) = spelled.and_then(|text| ChatText::parse(text).ok()) {
        line.text = text;
    }
    line
}

/// Whether a line goes, since this output says the same.
pub(super) fn is_told_by(content: &LineContent, output: &Output) -> bool {
    let (LineContent::Player(player), Output::Notice(notice)) = (content, output) else {
        return false;
    };
    let code = notice.common_failure();
    code.is_some_and(|code| player.is_told_by(code))
}

/// The line for a notice. Those that are ordered for over the picture come by another way.
fn of_notice(notice: &Notice, takes_keys: bool, view: &VideoView<'_>) -> Option<Shown> {
    let content = || LineContent::Notice(notice.clone());
    match notice {
        Notice::Paused { .. }
        | Notice::Resumed { .. }
        | Notice::PlaysAgain { .. }
        | Notice::RateChanged { .. }
        | Notice::Jumped(_)
        | Notice::Skipped { .. }
        | Notice::WaitOver { .. }
        | Notice::Finished { .. }
        | Notice::NobodyPlays { .. }
        | Notice::AllWait { .. }
        | Notice::SomebodyPlays(None)
        | Notice::PartSkipped { .. }
        | Notice::StartedWithout { .. } => Some(Shown::room(content())),
        Notice::Asked { who, .. } if view.is_admin() && !who.is_you => Some(Shown::own(content())),
        Notice::Batch(BatchNotice::QueuedTogether(queued))
            if queued.proposed && view.is_admin() && !queued.who.is_you =>
        {
            Some(Shown::own(content()))
        }
        Notice::ActingAdmin { who, .. } if who.is_you => Some(Shown::own(content())),
        Notice::Apart(
            ApartNotice::CannotSeek { .. } | ApartNotice::EndsEarly | ApartNotice::TriesAgain(_),
        )
        | Notice::PlayerLacks(_) => Some(Shown::own(content())),
        Notice::Own(own) if !own.is_kept() => Some(Shown::own(content())),
        Notice::Own(OwnPlayerNotice::SubtitlesOffered { who, name, host }) if !who.is_you => {
            Some(Shown::subtitles(who, name, host, takes_keys))
        }
        _ => None,
    }
}

/// The line for a notice that answers what was written in the window, and is for the terminal alone
/// otherwise.
pub(super) fn answer(output: &Output) -> Option<Shown> {
    let Output::Notice(notice) = output else {
        return None;
    };
    let is_answer = matches!(
        notice,
        Notice::Own(OwnPlayerNotice::Tracks { .. })
            | Notice::Batch(_)
            | Notice::Reactions(_)
            | Notice::Restrictions(_)
            | Notice::Restricted { .. }
            | Notice::RateNow(_)
            | Notice::WaitNow { .. }
            | Notice::WaitPolicy { .. }
            | Notice::LanguageChanged(_)
            | Notice::ReportTaken { .. }
            | Notice::OwnFile(_)
            | Notice::Titled { .. }
            | Notice::Emote { .. }
            | Notice::Heir { .. }
            | Notice::LengthSet { .. }
            | Notice::VisibilityChanged { .. }
            | Notice::Approved { .. }
            | Notice::Moved { .. }
            | Notice::Unqueued(_)
            | Notice::RejectedTogether { .. }
    );
    is_answer.then(|| Shown::notice(notice.clone()))
}
