//! What the lines ask of the rest of the client.

use super::input::{CommandSource, LinesView};
use crate::app::command::ClientCommand;
use crate::app::output::Why;
use crate::protocol::command::Command;
use crate::protocol::ids::{Rev, Seq};

/// What is to be done about a line or a command.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum LinesOutput {
    /// Send this command to the room.
    Send(Seq, Command),
    /// The line of this number was carried out; the room's last event then.
    Ok(u64, Rev),
    /// The line of this number changed nothing, and why.
    Denied(u64, Why),
    /// This line came to nothing, and why is said next: its writer may want it back as it was typed.
    GivenBack(String),
    /// The client itself is to carry out this line, and to answer by `LinesInput::Done`.
    Local(u64, ClientCommand),
    /// What became of the oldest command that the member gave in their player's window.
    WindowAnswered(Result<(), Why>),
    /// What the member pressed over the picture came to nothing.
    PictureKeyRefused(Why),
    /// A line that was written over the picture was carried out, and stands here; or came to nothing.
    PictureAnswered(Result<String, RefusedLine>),
    /// The media named at the start was not put on.
    NotPlayed(Why),
    /// The name chosen at the start was not taken.
    NameKept(Why),
    /// Leave: all that was to be done before is done, or has taken too long.
    Leave,
}

/// A line that was written over the picture and came to nothing.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct RefusedLine {
    /// The line as it was written, if its writer may want it back.
    pub(in crate::app) text: Option<String>,
    /// Why nothing came of it.
    pub(in crate::app) why: Why,
}

impl LinesOutput {
    /// What is done about a command that was carried out, by where it came from.
    pub(super) const fn success(source: CommandSource, rev: Rev) -> Option<Self> {
        match source {
            CommandSource::Line(line) => Some(Self::Ok(line, rev)),
            CommandSource::PlayerWindow => Some(Self::WindowAnswered(Ok(()))),
            CommandSource::OverPicture
            | CommandSource::Start
            | CommandSource::ChosenName
            | CommandSource::Unasked => None,
        }
    }

    /// What is done about a command that came to nothing, by where it came from.
    pub(super) fn refusal(source: CommandSource, why: Why) -> Option<Self> {
        match source {
            CommandSource::Line(line) => Some(Self::Denied(line, why)),
            CommandSource::PlayerWindow => Some(Self::WindowAnswered(Err(why))),
            CommandSource::OverPicture => Some(Self::PictureKeyRefused(why)),
            CommandSource::Start => Some(Self::NotPlayed(why)),
            CommandSource::ChosenName => Some(Self::NameKept(why)),
            CommandSource::Unasked => None,
        }
    }
}

/// The answer to a line that the client carried out by itself.
pub(super) fn answer_to(line: u64, answer: Result<(), Why>, view: LinesView) -> LinesOutput {
    match answer {
        Ok(()) => LinesOutput::Ok(line, view.rev.unwrap_or_default()),
        Err(why) => LinesOutput::Denied(line, why),
    }
}
