//! What a member can ask the admins for: each is what an admin would do by one command.

use serde::{Deserialize, Serialize};

use super::command::{Command, SeekTarget};
use super::ids::EntryId;
use super::time::Rate;

/// Something that only an admin can do, and that others ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum Wish {
    /// Stand still.
    #[default]
    Pause,
    /// Play on.
    Resume,
    /// Jump.
    Seek {
        /// Where to.
        target: SeekTarget,
    },
    /// Go back to where the film was before the last jump.
    Undo,
    /// Put the next approved entry on.
    Skip,
    /// Play faster or slower.
    Rate {
        /// How fast.
        rate: Rate,
    },
    /// Say yes to a proposal.
    Approve {
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
    /// Put an approved entry on now.
    PlayNow {
        /// Which.
        entry: EntryId,
    },
}

impl Wish {
    /// The command that an admin grants it with; the first of two for [`Wish::PlayNow`], which
    /// takes a skip as well.
    #[must_use]
    pub const fn command(self) -> Command {
        match self {
            Self::Pause => Command::Pause { mark: None },
            Self::Resume => Command::Resume { mark: None },
            Self::Seek { target } => Command::Seek { target, mark: None },
            Self::Undo => Command::Undo,
            Self::Skip => Command::Skip,
            Self::Rate { rate } => Command::SetRate { rate },
            Self::Approve { entry } => Command::Approve { entry: Some(entry) },
            Self::Move { entry, place } => Command::Move { entry, place },
            Self::PlayNow { entry } => Command::Move { entry, place: 1 },
        }
    }

    /// What asking for a command means, if it can be asked for.
    #[must_use]
    pub const fn of(command: &Command) -> Option<Self> {
        Some(match command {
            Command::Pause { .. } => Self::Pause,
            Command::Resume { .. } => Self::Resume,
            Command::Seek { target, .. } => Self::Seek { target: *target },
            Command::Undo => Self::Undo,
            Command::Skip => Self::Skip,
            Command::SetRate { rate } => Self::Rate { rate: *rate },
            Command::Approve { entry: Some(entry) } => Self::Approve { entry: *entry },
            Command::Move { entry, place } => Self::Move {
                entry: *entry,
                place: *place,
            },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Wish;
    use crate::protocol::command::{Command, SeekTarget};
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
            Wish::Move { entry, place: 2 },
        ];
        for wish in wishes {
            assert_eq!(Wish::of(&wish.command()), Some(wish));
        }
        assert_eq!(Wish::of(&Command::Go), None);
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
