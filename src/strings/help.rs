//! What `/help` says: a line for each command, in the order of their table.

use std::fmt::Write;

use crate::app::command::Slash;
use crate::protocol::member::Role;

/// All commands, how they are written and what they do.
#[must_use]
pub fn text() -> String {
    let width = Slash::ALL.iter().map(|slash| slash.usage().chars().count());
    let width = width.max().unwrap_or(0);
    let mut text = String::from("Write to chat, or one of these:");
    for slash in Slash::ALL {
        let usage = slash.usage();
        let about = about(*slash);
        let needs = needs(slash.needs());
        let _ = write!(text, "\n  {usage:width$}  {about}{needs}");
    }
    text
}

/// What a command does, in half a line.
#[must_use]
pub const fn about(slash: Slash) -> &'static str {
    match slash {
        Slash::Play => "play a video now: YouTube, or a link to a media file",
        Slash::Add => "put a video into the queue; a viewer proposes it",
        Slash::Approve => "say yes to a proposal; without a number the oldest",
        Slash::Reject => "say no to a proposal; without a number the oldest",
        Slash::Withdraw => "take your own proposal back",
        Slash::Remove => "take an entry out of the queue",
        Slash::Move => "give an entry another place in the queue, 1 is next",
        Slash::Skip => "play the next in the queue",
        Slash::Pause => "pause for everyone",
        Slash::Resume => "play on for everyone",
        Slash::Seek => "jump to a time, or by seconds forward or back",
        Slash::Undo => "go back to before the last jump",
        Slash::Rate => "play faster or slower, from 0.25 to 4",
        Slash::React => "let an emoji float by: ❤️ 🔥 😂 😱 💀, or any other",
        Slash::Ask => "ask the admins for a pause",
        Slash::Nick => "take another name",
        Slash::Title => "give the room a title, or take it away",
        Slash::Admin => "make a member admin",
        Slash::Moderator => "make a member moderator",
        Slash::Viewer => "make a member viewer again",
        Slash::Heir => "name who becomes admin when you are gone",
        Slash::Kick => "send a member out",
        Slash::Wait => "wait for members whose video stalls, or do not",
        Slash::Go => "play on without waiting any longer now",
        Slash::Retry => "start the player again, or connect at once",
        Slash::Join => "go to another room",
        Slash::Who => "list who is here",
        Slash::Help => "list the commands",
        Slash::Quit => "leave",
    }
}

const fn needs(role: Role) -> &'static str {
    match role {
        Role::Viewer => "",
        Role::Moderator => " (moderators)",
        Role::Admin => " (admins)",
    }
}

#[cfg(test)]
mod tests {
    use super::{about, text};
    use crate::app::command::Slash;

    #[test]
    fn every_command_stands_on_a_line_of_its_own_within_a_terminal() {
        let text = text();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(lines.len(), Slash::ALL.len());
        for (line, slash) in lines.iter().zip(Slash::ALL) {
            assert!(line.trim_start().starts_with(slash.usage()), "{line}");
            assert!(line.contains(about(*slash)), "{line}");
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}
