//! What can be wrong with a line of input, as facts: `strings` words them.

use strum::IntoStaticStr;

use crate::protocol::invite::InviteError;
use crate::protocol::invite_terms::InviteTermsError;
use crate::protocol::text::NameFault;

/// What was wrong with a line of input. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum UsageError {
    /// No slash command has this name, in English or Russian.
    UnknownCommand {
        /// What was typed, without the slash, cleaned.
        typed: String,
        /// The nearest name that exists, in the language of what was typed.
        nearest: Option<&'static str>,
    },
    /// An argument is missing or makes no sense.
    BadArgument {
        /// The command's usage as the table of commands writes it, such as
        /// `/seek 1:23 | +10 | -10`.
        usage: &'static str,
        /// What was given, cleaned; empty if nothing was.
        given: String,
        /// What is wrong with it, beyond its syntax.
        fault: Option<ArgumentFault>,
    },
    /// The text is too long.
    TooLong {
        /// How many characters are accepted.
        max: usize,
    },
    /// Nothing visible is in it.
    Empty,
    /// It is a command, where only a message can be given.
    NotAMessage {
        /// What was typed, cleaned.
        typed: String,
    },
    /// A password was written where it is seen and kept.
    PasswordInLine,
    /// It is no name that a member may have.
    #[strum(serialize = "not_a_name")]
    Name(NameFault),
}

/// What keeps an argument that reads well from making sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentFault {
    /// It names no room and no server.
    Target(InviteError),
    /// A speed that players do not go at.
    RateRange,
    /// A minute has 60 seconds, an hour 60 minutes.
    Sixty,
    /// The admins cannot be asked for it.
    NotAskable,
    /// Nobody waits for so long.
    DelayRange,
    /// No media is so long.
    TooFar,
    /// It cannot be the name of an emote.
    EmoteName,
    /// It is wider than an emote may be.
    EmoteWide,
    /// It is an emote that stands for text, which does not float.
    EmoteText,
    /// Neither an emoji nor an emote of the room has this name.
    NoEmote,
    /// It names no playlist of YouTube's.
    NotPlaylist,
    /// A link, where the name of a saved list stands.
    LinkForList,
    /// It names no subtitle file.
    NotSubtitles,
    /// A link to subtitles, for the command that chooses among the tracks.
    OffersSubtitles,
    /// A track, for the command that offers a subtitle file.
    ChoosesSubtitles,
    /// No invite link offers that.
    Invite(InviteTermsError),
}
