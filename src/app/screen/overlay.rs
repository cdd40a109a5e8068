//! What can lie over the panes: pages, menus, questions and prompts.

use super::editor::Editor;
use super::palette::Finder;
use crate::app::command::{ClientCommand, Slash};
use crate::app::output::Why;
pub use crate::app::question::Question;
use crate::protocol::denied::SharedAddress;
use crate::protocol::ids::MemberId;
use crate::protocol::member::BanScope;
use crate::protocol::secret::Password;

/// Something that lies over the panes and takes the keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// Keys and commands, scrolled down by so many lines.
    Help(usize),
    /// What one command does.
    CommandHelp(Slash),
    /// The live rooms of a server, asked for every few seconds while it is open.
    Gallery,
    /// The list of everything that can be done or gone to.
    Finder(Finder),
    /// Members, their health and the last decisions, scrolled down by so many lines.
    Health(usize),
    /// What can be done with a member, and the index of the chosen item.
    Menu(MemberId, usize),
    /// A question that is answered with yes or no.
    Question(Question),
    /// How far a ban reaches when others share the address, and the index of the chosen one of
    /// [`BAN_SCOPES`].
    BanScope(SharedAddress, usize),
    /// A field to write in.
    Prompt(Prompt, Editor),
}

impl Overlay {
    /// Whether it is about this room: about a member, an entry or a line of chat by its number,
    /// which another room gives to others, or about the room's password.
    pub(super) const fn is_about_room(&self) -> bool {
        match self {
            Self::Menu(..)
            | Self::BanScope(..)
            | Self::Prompt(Prompt::NewPassword | Prompt::RepeatPassword(_), _) => true,
            Self::Question(question) => !matches!(
                question,
                Question::Leave(_)
                    | Question::MakeAgain(_)
                    | Question::JoinOpen
                    | Question::Suspend(_)
            ),
            _ => false,
        }
    }
}

/// How far a ban may reach where others share the address, the narrower first.
pub const BAN_SCOPES: [BanScope; 2] = [BanScope::Member, BanScope::Address];

/// Something that is asked for in writing.
#[derive(Debug, Clone, PartialEq)]
pub enum Prompt {
    /// The member's name, and what they came for.
    Name(NamedFor),
    /// The password of the room, and why it is asked for.
    Password(Why),
    /// Nothing yet: the password that was wanted for this reason is being checked. What is typed
    /// meanwhile is most likely another one, and never a message.
    Checking(Why),
    /// The new password of the room, which becomes private.
    NewPassword,
    /// The same password once more.
    RepeatPassword(Password),
    /// The name of a new room.
    NewRoom,
    /// The address of another server.
    Server,
}

/// What follows when the member has a name.
#[derive(Debug, Clone, PartialEq)]
pub enum NamedFor {
    /// The room that the client was started for.
    Room,
    /// The gallery, which is open below. It is there without a name too.
    Gallery,
    /// A room of the gallery, by the command that leads there.
    Join(Box<ClientCommand>),
}

impl Prompt {
    /// Whether what is written must not be shown.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        matches!(
            self,
            Self::Password(_) | Self::Checking(_) | Self::NewPassword | Self::RepeatPassword(_)
        )
    }
}
