//! What a member can ask of a room.

use serde::{Deserialize, Serialize};

use super::denied::Action;
use super::ids::{ChatId, EntryId, Epoch, MemberId};
use super::member::{BanScope, Role};
use super::text::{self, ChatText, Emoji, MemberName, Title};
use super::time::{Position, Rate, RoomTime, Span};
use super::wish::Wish;

pub use super::report::Report;
pub use super::wish::SeekTarget;
use crate::media::Media;

/// Something a member asks of the room. Each is answered by `ok` or by `denied`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Command {
    /// Say something.
    Chat {
        /// What.
        text: ChatText,
    },
    /// Let an emoji float by.
    React {
        /// Which.
        emoji: Emoji,
    },
    /// Put a video on now.
    Play {
        /// Which.
        media: Media,
    },
    /// Put a video into the queue: approved for admins, proposed for others.
    Add {
        /// Which.
        media: Media,
    },
    /// Say yes to a proposal.
    Approve {
        /// Which; the oldest if none is named.
        entry: Option<EntryId>,
    },
    /// Say no to a proposal.
    Reject {
        /// Which; the oldest if none is named.
        entry: Option<EntryId>,
    },
    /// Say no to every proposal, or to all of one member.
    RejectAll {
        /// Whose; everybody's if nobody is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<Who>,
    },
    /// Take one's own proposal back.
    Withdraw {
        /// Which.
        entry: EntryId,
    },
    /// Remove any entry.
    Remove {
        /// Which.
        entry: EntryId,
    },
    /// Give an entry another place.
    Move {
        /// Which.
        entry: EntryId,
        /// The place, counted from 1.
        place: u32,
    },
    /// Put the next approved entry on.
    Skip,
    /// Stand still.
    Pause {
        /// Where and when it was done in the admin's own player.
        mark: Option<Mark>,
    },
    /// Play on.
    Resume {
        /// Where and when it was done in the admin's own player.
        mark: Option<Mark>,
    },
    /// Jump.
    Seek {
        /// Where to.
        target: SeekTarget,
        /// When it was done in the admin's own player, and where that stood after.
        mark: Option<Mark>,
    },
    /// Go back to where the film was before the last jump.
    Undo,
    /// Play faster or slower.
    SetRate {
        /// How fast.
        rate: Rate,
    },
    /// Set the video's length by hand.
    SetLength {
        /// To what; `None` gives the players' word back.
        length: Option<Span>,
    },
    /// Ask the admins for something that only they can do.
    #[serde(alias = "ask_pause")]
    Ask {
        /// For what.
        #[serde(default)]
        wish: Wish,
    },
    /// Take another name.
    Rename {
        /// Which.
        #[serde(deserialize_with = "text::deserialize_chosen")]
        name: MemberName,
    },
    /// Give the room a title.
    SetTitle {
        /// Which; `None` takes it away.
        title: Option<Title>,
    },
    /// Give a member a role.
    SetRole {
        /// Who.
        who: Who,
        /// Which.
        role: Role,
    },
    /// Name who follows when no admin is here.
    SetHeir {
        /// Who.
        who: Who,
    },
    /// Send a member out.
    Kick {
        /// Who.
        who: Who,
    },
    /// Take a member's chat and reactions away, or give them back.
    SetMuted {
        /// Who.
        who: Who,
        /// Whether they are silent from now on.
        muted: bool,
    },
    /// Send a member out and do not let them in again.
    Ban {
        /// Who.
        who: Who,
        /// Whether their address is banned as well.
        #[serde(default, skip_serializing_if = "BanScope::is_unshared")]
        scope: BanScope,
    },
    /// Let somebody who was banned in again.
    Unban {
        /// Who, as [`super::member::Ban`] knows them.
        who: Who,
    },
    /// Take a line of chat away.
    Erase {
        /// Which.
        line: ChatId,
    },
    /// Choose whether the room waits for one member.
    SetSpared {
        /// Who; `None` is oneself.
        who: Option<Who>,
        /// Whether it no longer waits.
        spared: bool,
    },
    /// Choose whether the room waits for slow viewers.
    SetWait {
        /// Whether it waits.
        wait: bool,
    },
    /// Do not wait any longer now.
    Go,
    /// Count to the start on every screen, then play.
    Countdown,
}

impl Command {
    /// Which row of the permission table decides about it.
    #[must_use]
    pub const fn action(&self) -> Action {
        match self {
            Self::Chat { .. } => Action::Chat,
            Self::React { .. } => Action::React,
            Self::Play { .. } => Action::Play,
            Self::Add { .. } => Action::Add,
            Self::Approve { .. } => Action::Approve,
            Self::Reject { .. } | Self::RejectAll { .. } => Action::Reject,
            Self::Withdraw { .. } => Action::Withdraw,
            Self::Remove { .. } => Action::Remove,
            Self::Move { .. } => Action::Move,
            Self::Skip => Action::Skip,
            Self::Pause { .. } => Action::Pause,
            Self::Resume { .. } => Action::Resume,
            Self::Seek { .. } => Action::Seek,
            Self::Undo => Action::Undo,
            Self::SetRate { .. } => Action::SetRate,
            Self::SetLength { .. } => Action::SetLength,
            Self::Ask { .. } => Action::Ask,
            Self::Rename { .. } => Action::Rename,
            Self::SetTitle { .. } => Action::SetTitle,
            Self::SetRole { .. } => Action::SetRole,
            Self::SetHeir { .. } => Action::SetHeir,
            Self::Kick { .. } => Action::Kick,
            Self::SetMuted { .. } => Action::Mute,
            Self::Ban { .. } => Action::Ban,
            Self::Unban { .. } => Action::Unban,
            Self::Erase { .. } => Action::Erase,
            Self::SetSpared { who: None, .. } => Action::SpareOneself,
            Self::SetSpared { who: Some(_), .. } => Action::Spare,
            Self::SetWait { .. } => Action::SetWait,
            Self::Go => Action::Go,
            Self::Countdown => Action::Countdown,
        }
    }

    /// The command with which an admin grants a wish; the first of two for [`Wish::PlayNow`],
    /// which takes a skip as well.
    #[must_use]
    pub const fn granting(wish: Wish) -> Self {
        match wish {
            Wish::Pause => Self::Pause { mark: None },
            Wish::Resume => Self::Resume { mark: None },
            Wish::Seek { target } => Self::Seek { target, mark: None },
            Wish::Undo => Self::Undo,
            Wish::Skip => Self::Skip,
            Wish::Rate { rate } => Self::SetRate { rate },
            Wish::Approve { entry } => Self::Approve { entry: Some(entry) },
            Wish::Reject { entry } => Self::Reject { entry: Some(entry) },
            Wish::Remove { entry } => Self::Remove { entry },
            Wish::Move { entry, place } => Self::Move { entry, place },
            Wish::PlayNow { entry } => Self::Move { entry, place: 1 },
        }
    }

    /// What asking the admins for it means, if it can be asked for.
    #[must_use]
    pub const fn wish(&self) -> Option<Wish> {
        Some(match self {
            Self::Pause { .. } => Wish::Pause,
            Self::Resume { .. } => Wish::Resume,
            Self::Seek { target, .. } => Wish::Seek { target: *target },
            Self::Undo => Wish::Undo,
            Self::Skip => Wish::Skip,
            Self::SetRate { rate } => Wish::Rate { rate: *rate },
            Self::Approve { entry: Some(entry) } => Wish::Approve { entry: *entry },
            Self::Reject { entry: Some(entry) } => Wish::Reject { entry: *entry },
            Self::Remove { entry } => Wish::Remove { entry: *entry },
            Self::Move { entry, place } => Wish::Move {
                entry: *entry,
                place: *place,
            },
            _ => return None,
        })
    }

    /// What was done too long ago to count from then still counts from now, if the video is
    /// still the one of `epoch`: the same without its mark. A jump does not: it would be to
    /// where the film is not any more.
    #[must_use]
    pub fn without_mark(&self, epoch: Epoch) -> Option<Self> {
        match self {
            Self::Pause { mark: Some(mark) } if mark.epoch == epoch => {
                Some(Self::Pause { mark: None })
            }
            Self::Resume { mark: Some(mark) } if mark.epoch == epoch => {
                Some(Self::Resume { mark: None })
            }
            _ => None,
        }
    }
}

/// A member, by number or by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Who {
    /// By number.
    Id(MemberId),
    /// By name, without regard to case.
    Name(MemberName),
}

/// Where a player stood at which room time, when its user did something in its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// In which video: another may have come on meanwhile.
    #[serde(default)]
    pub epoch: Epoch,
    /// Where it stood.
    pub position: Position,
    /// When, in room time.
    pub at: RoomTime,
}

#[cfg(test)]
mod tests {
    use super::{Command, SeekTarget, Wish};
    use crate::protocol::ids::EntryId;
    use crate::protocol::time::{Rate, Span};

    #[test]
    fn what_is_asked_for_is_what_an_admin_would_do() {
        let entry = EntryId(3);
        let wishes = [
            Wish::Pause,
            Wish::Resume,
            Wish::Seek {
                target: SeekTarget::By(Span::seconds(60)),
            },
            Wish::Undo,
            Wish::Skip,
            Wish::Rate {
                rate: Rate::FASTEST,
            },
            Wish::Approve { entry },
            Wish::Reject { entry },
            Wish::Remove { entry },
            Wish::Move { entry, place: 2 },
        ];
        for wish in wishes {
            assert_eq!(Command::granting(wish).wish(), Some(wish));
        }
        assert_eq!(Command::Go.wish(), None);
    }

    #[test]
    fn the_word_of_older_clients_asks_for_a_pause() {
        let asked: Command = serde_json::from_str(r#"{"do":"ask_pause"}"#).unwrap();
        assert_eq!(asked, Command::Ask { wish: Wish::Pause });
        let wish = Wish::Seek {
            target: SeekTarget::By(Span::seconds(-5)),
        };
        let text = serde_json::to_string(&Command::Ask { wish }).unwrap();
        assert_eq!(
            serde_json::from_str::<Command>(&text).unwrap(),
            Command::Ask { wish }
        );
    }
}
