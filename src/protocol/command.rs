//! The commands, and the one table that says of each who may give it, whether it can be asked
//! of the admins, how it counts against the limits, and what a denial calls it.

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use strum::{EnumDiscriminants, VariantArray};

use super::ids::{ChatId, EntryId, Epoch};
use super::member::{BanScope, Role};
use super::rule::{ADMIN, EVERYONE, MODERATOR, NAMED_ADMIN, REAL_ADMIN, Rule};
use super::text::{self, ChatText, Emoji, MemberName, Title};
use super::time::{Rate, Span};

pub use super::report::Report;
pub use super::target::{Mark, SeekTarget, Who};
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
        /// The command that they would give.
        #[serde(default, rename = "wish")]
        request: PermissionRequest,
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

    /// The command to send instead of one that the room found too late: the same without its mark,
    /// if the media is still the one of `epoch`. A seek has none: its target is out of date.
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

/// A command that a member asks the admins for: [`Rule::askable`] says which can be asked for. It
/// names the entry it is about, and carries no mark.
///
/// It travels, and stands in logs, as releases up to 0.1.0 spell it, so that those read it:
/// `{"for": "seek", "target": ...}`. That is the command with its name under `for`, without a
/// mark, and with `rate` for `set_rate`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionRequest(Box<Command>);

/// The command is none that the admins can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody can be asked for this")]
pub struct NotAskable;

impl PermissionRequest {
    /// What asking the admins for a command means, if it can be asked for.
    #[must_use]
    pub fn of(command: &Command) -> Option<Self> {
        if !command.action().rule().askable {
            return None;
        }
        let asked = match command {
            // The oldest proposal may be another one by the time an admin reads of it.
            Command::Approve { entry: None } | Command::Reject { entry: None } => return None,
            Command::Pause { .. } => Command::Pause { mark: None },
            Command::Resume { .. } => Command::Resume { mark: None },
            Command::Seek { target, .. } => Command::Seek {
                target: *target,
                mark: None,
            },
            command => command.clone(),
        };
        Some(Self(Box::new(asked)))
    }

    /// The command with which an admin grants it.
    #[must_use]
    pub fn command(&self) -> &Command {
        &self.0
    }
}

impl TryFrom<Command> for PermissionRequest {
    type Error = NotAskable;
    fn try_from(command: Command) -> Result<Self, NotAskable> {
        Self::of(&command).ok_or(NotAskable)
    }
}

/// A pause: what clients and logs mean that are older than the choice.
impl Default for PermissionRequest {
    fn default() -> Self {
        Self(Box::new(Command::Pause { mark: None }))
    }
}

/// The names under which commands are asked for, where they differ: as a command, as a request.
const RENAMED: (&str, &str) = ("set_rate", "rate");

impl Serialize for PermissionRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = serde_json::to_value(&*self.0).map_err(S::Error::custom)?;
        let Value::Object(mut fields) = value else {
            return Err(S::Error::custom("a command is no object"));
        };
        fields.remove("mark");
        rename(&mut fields, ("do", "for"), RENAMED);
        fields.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PermissionRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(deserializer)?;
        fields.remove("do");
        let (command, request) = RENAMED;
        rename(&mut fields, ("for", "do"), (request, command));
        let command = Command::deserialize(Value::Object(fields)).map_err(D::Error::custom)?;
        Self::try_from(command).map_err(D::Error::custom)
    }
}

/// Moves the name of a command from one key to another, and gives it its other spelling.
fn rename(fields: &mut Map<String, Value>, keys: (&str, &str), names: (&str, &str)) {
    if let Some(name) = fields.remove(keys.0) {
        let renamed = if name == names.0 {
            Value::from(names.1)
        } else {
            name
        };
        fields.insert(keys.1.to_owned(), renamed);
    }
}

/// A request of a command that can be asked for.
#[cfg(test)]
pub(crate) fn requested(command: Command) -> PermissionRequest {
    PermissionRequest::try_from(command).expect("a command that can be asked for")
}

#[cfg(test)]
mod tests;
