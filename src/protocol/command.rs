//! The commands, and the one table that says of each who may give it, whether it can be asked
//! of the admins, how it counts against the limits, and what a denial calls it.

use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, VariantArray};

use super::ids::{ChatId, EntryId, Epoch, MemberId};
use super::member::{BanScope, Role};
use super::rule::{ADMIN, EVERYONE, MODERATOR, NAMED_ADMIN, REAL_ADMIN, Rule};
use super::text::{self, ChatText, Emoji, MemberName, Title};
use super::time::{Position, Rate, RoomTime, Span};
use super::wish::Wish;

pub use super::report::Report;
pub use super::wish::SeekTarget;
use crate::media::Media;

/// Something a member asks of the room. Each is answered by `ok` or by `denied`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, EnumDiscriminants)]
#[serde(tag = "do", rename_all = "snake_case")]
#[strum_discriminants(
    name(Action),
    doc = "A command without what it is about: the key of the table in [`Action::rule`], and the",
    doc = "name by which a denial says what was not allowed.",
    derive(PartialOrd, Ord, Hash, Serialize, Deserialize, VariantArray),
    serde(rename_all = "snake_case")
)]
pub enum Command {
    /// Say something.
    Chat {
        /// The line.
        text: ChatText,
    },
    /// Let an emoji float by.
    React {
        /// One emoji, as [`Emoji`] bounds it.
        emoji: Emoji,
    },
    /// Put a link on now. What it interrupts goes to the top of the queue.
    Play {
        /// The link.
        media: Media,
    },
    /// Drop what plays and put an entry of the queue on, wherever it waits.
    PlayNow {
        /// The entry. A proposal is thereby approved.
        entry: EntryId,
    },
    /// Put a link into the queue: approved for admins, proposed for others.
    Add {
        /// The link.
        media: Media,
    },
    /// Approve a proposal.
    Approve {
        /// The proposal; the oldest if none is named.
        entry: Option<EntryId>,
    },
    /// Reject a proposal.
    Reject {
        /// The proposal; the oldest if none is named.
        entry: Option<EntryId>,
    },
    /// Reject every proposal, or all of one member.
    #[strum_discriminants(serde(rename = "reject", skip_deserializing))]
    RejectAll {
        /// Who proposed them; everybody's if nobody is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<Who>,
    },
    /// Take one's own proposal back.
    Withdraw {
        /// The proposal.
        entry: EntryId,
    },
    /// Remove any entry from the queue.
    Remove {
        /// The entry.
        entry: EntryId,
    },
    /// Move an entry to another place in the queue.
    Move {
        /// The entry.
        entry: EntryId,
        /// Its new place, counted from 1; beyond the end means the end.
        place: u32,
    },
    /// Drop what plays and put the next approved entry on.
    Skip,
    /// Pause.
    Pause {
        /// Where the admin's own player stood, if it was paused there.
        mark: Option<Mark>,
    },
    /// Resume after a pause.
    Resume {
        /// Where the admin's own player stood, if it was resumed there.
        mark: Option<Mark>,
    },
    /// Seek.
    Seek {
        /// A position, or a span from where the room is.
        target: SeekTarget,
        /// Where the admin's own player stood afterwards, if it was done there.
        mark: Option<Mark>,
    },
    /// Go back to where the media was before the last seek.
    Undo,
    /// Play faster or slower.
    SetRate {
        /// The new rate.
        rate: Rate,
    },
    /// Set the media's length by hand.
    SetLength {
        /// The length; `None` returns to what the players report.
        length: Option<Span>,
    },
    /// Ask the admins for something that only they can do.
    #[serde(alias = "ask_pause")]
    #[strum_discriminants(serde(alias = "ask_pause"))]
    Ask {
        /// For what.
        #[serde(default)]
        wish: Wish,
    },
    /// Take another name.
    Rename {
        /// The new name.
        #[serde(deserialize_with = "text::deserialize_chosen")]
        name: MemberName,
    },
    /// Give the room a title.
    SetTitle {
        /// The title; `None` takes it away.
        title: Option<Title>,
    },
    /// Give a member a role.
    SetRole {
        /// The member.
        who: Who,
        /// Their role from now on.
        role: Role,
    },
    /// Name who follows when no admin is here.
    SetHeir {
        /// The heir.
        who: Who,
    },
    /// Kick a member; they may come back.
    Kick {
        /// The member.
        who: Who,
    },
    /// Take a member's chat and reactions away, or give them back.
    #[serde(rename = "set_muted")]
    Mute {
        /// The member.
        who: Who,
        /// False gives them back.
        muted: bool,
    },
    /// Kick a member and do not let them in again.
    Ban {
        /// The member.
        who: Who,
        /// Whether their address is banned as well.
        #[serde(default, skip_serializing_if = "BanScope::is_unshared")]
        scope: BanScope,
    },
    /// Let somebody who was banned in again.
    Unban {
        /// The member, as [`super::member::Ban`] names them.
        who: Who,
    },
    /// Erase a line of chat.
    Erase {
        /// The line.
        line: ChatId,
    },
    /// Choose whether the room waits for one member.
    #[serde(rename = "set_spared")]
    #[strum_discriminants(serde(rename = "spare", alias = "spare_oneself"))]
    ExemptFromWait {
        /// The member; `None` is whoever asks.
        who: Option<Who>,
        /// Whether it no longer waits.
        #[serde(rename = "spared")]
        exempt: bool,
    },
    /// Choose whether the room waits for slow viewers.
    SetWait {
        /// Whether it waits.
        wait: bool,
    },
    /// End the present wait for a slow viewer.
    Go,
    /// Count to the start on every screen, then play.
    Countdown,
}

impl Action {
    /// The table of commands: what a member needs for each, and what a denial calls it. Which
    /// roles an acting admin may give, and over whom a moderator has power, depends on who else
    /// there is: `room::roles`.
    #[must_use]
    pub const fn rule(self) -> Rule {
        match self {
            Self::Chat => EVERYONE.named("chat").silenced().a_line(),
            Self::React => EVERYONE.named("react").silenced().a_reaction(),
            Self::Play => ADMIN.named("change the video").a_line(),
            Self::PlayNow => ADMIN.named("play an entry of the queue at once").askable(),
            Self::Add => EVERYONE.named("propose a video").a_line(),
            Self::Approve => ADMIN.named("approve a proposal").askable(),
            Self::Reject => ADMIN.named("reject a proposal").askable(),
            Self::RejectAll => ADMIN.named("reject a proposal"),
            Self::Withdraw => EVERYONE.named("withdraw a proposal").a_line(),
            Self::Remove => ADMIN.named("remove a video from the queue").askable(),
            Self::Move => ADMIN.named("change the order of the queue").askable(),
            Self::Skip => ADMIN.named("skip a video").askable(),
            Self::Pause => ADMIN.named("pause").askable(),
            Self::Resume => ADMIN.named("play on").askable(),
            Self::Seek => ADMIN.named("jump").askable(),
            Self::Undo => ADMIN.named("take a jump back").askable(),
            Self::SetRate => ADMIN.named("change the speed").askable(),
            Self::SetLength => ADMIN.named("set the video's length").a_line(),
            Self::Ask => EVERYONE.named("ask the admins").silenced().a_line(),
            Self::Rename => EVERYONE.named("take another name").silenced().a_line(),
            Self::SetTitle => NAMED_ADMIN.named("change the room's title").a_line(),
            Self::SetRole => NAMED_ADMIN.named("change roles"),
            Self::SetHeir => REAL_ADMIN.named("name an heir").a_line(),
            Self::Kick => MODERATOR.named("send somebody out"),
            Self::Mute => MODERATOR.named("mute somebody"),
            Self::Ban => NAMED_ADMIN.named("ban somebody"),
            Self::Unban => NAMED_ADMIN.named("lift a ban"),
            Self::Erase => MODERATOR.named("remove a line of chat"),
            Self::ExemptFromWait => ADMIN.named("choose for whom the room waits").a_line(),
            Self::SetWait => NAMED_ADMIN.named("choose whether the room waits").a_line(),
            Self::Go => ADMIN.named("end the wait"),
            Self::Countdown => ADMIN.named("count down").a_line(),
        }
    }
}

impl Command {
    /// The row of the table that decides about it.
    #[must_use]
    pub fn action(&self) -> Action {
        Action::from(self)
    }

    /// What it takes. Everybody may choose that the room does not wait for them.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::ExemptFromWait { who: None, .. } => {
                EVERYONE.named("choose not to be waited for").a_line()
            }
            _ => self.action().rule(),
        }
    }

    /// The command with which an admin grants a wish.
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
            Wish::PlayNow { entry } => Self::PlayNow { entry },
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
            Self::PlayNow { entry } => Wish::PlayNow { entry: *entry },
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
            Wish::PlayNow { entry },
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
