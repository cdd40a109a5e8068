//! The text of `/help`: a line for each command, in the order of the command table.

use std::fmt::Write;

use crate::app::command::Slash;
use crate::protocol::member::Role;

/// All commands with their syntax and what they do.
#[must_use]
pub fn text() -> String {
    let width = Slash::ALL.iter().map(|slash| slash.usage().chars().count());
    let width = width.max().unwrap_or(0);
    let mut text = String::from("Write to chat, or one of these (◆ admins, ◇ moderators too):");
    for slash in Slash::ALL {
        let usage = slash.usage();
        let about = about(*slash);
        let needs = needs(slash.needs());
        let _ = write!(text, "\n{needs} {usage:width$}  {about}");
    }
    text
}

/// A short description of a command.
#[must_use]
pub const fn about(slash: Slash) -> &'static str {
    match slash {
        Slash::Play => "play a link now, or #N of the queue",
        Slash::Add => "queue a video; a viewer proposes it",
        Slash::Approve => "say yes to a proposal: #N, or the oldest",
        Slash::Reject => "say no to #N, the oldest, all, or NAME's",
        Slash::Withdraw => "take your own proposal back",
        Slash::Remove => "take an entry out of the queue",
        Slash::Move => "give an entry another place; 1 is next",
        Slash::Skip => "play the next in the queue",
        Slash::Pause => "pause for everyone",
        Slash::Resume => "play on for everyone",
        Slash::Seek => "jump to a time, or forward or back",
        Slash::Undo => "go back to before the last jump",
        Slash::Rate => "play faster or slower, from 0.25 to 4",
        Slash::Length => "how long it is; off: as the players say",
        Slash::React => "let one float by; 1 to 5: ❤️ 🔥 😂 😱 💀",
        Slash::Ask => "ask the admins for it; alone, for a pause",
        Slash::Nick => "take another name",
        Slash::Title => "give the room a title, or take it away",
        Slash::Admin => "make a member admin",
        Slash::Moderator => "make a member moderator",
        Slash::Viewer => "make a member viewer again",
        Slash::Heir => "name who becomes admin after you",
        Slash::Kick => "send a member out",
        Slash::Mute => "your own sound; or NAME may not chat ◇",
        Slash::Unmute => "let a member chat and react again",
        Slash::Erase => "remove a line of chat, or their last one",
        Slash::Ban => "send a member out for good",
        Slash::Unban => "let somebody who was banned in again",
        Slash::Bans => "list who is banned",
        Slash::NoWait => "no waiting for you; ◆ for somebody else",
        Slash::Wait => "wait for those whose video stalls, or not",
        Slash::Go => "play on without waiting any longer now",
        Slash::Countdown => "count 3, 2, 1 on every screen, then play",
        Slash::Retry => "start the player again, or connect now",
        Slash::Join => "go to another room",
        Slash::Volume => "your own volume, or by how much it changes",
        Slash::Subtitles => "your own subtitles: the next ones, or none",
        Slash::Audio => "your own sound track: the next one",
        Slash::Fullscreen => "your own window: full screen, or not",
        Slash::Quality => "your own quality, of YouTube videos",
        Slash::Away => "say that you are away, or back",
        Slash::Gallery => "show the live rooms",
        Slash::Members => "show the members and how they are doing",
        Slash::Queue => "go to the queue",
        Slash::Why => "show why your player did what it did",
        Slash::Copy => "copy the invite",
        Slash::Who => "list who is here",
        Slash::Help => "list the commands",
        Slash::Quit => "leave",
    }
}

const fn needs(role: Role) -> &'static str {
    match role {
        Role::Viewer => " ",
        Role::Moderator => "◇",
        Role::Admin => "◆",
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{about, text};
    use crate::app::command::Slash;
    use crate::protocol::member::Role;

    #[test]
    fn every_command_stands_on_a_line_of_its_own_within_a_terminal() {
        let text = text();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(lines.len(), Slash::ALL.len());
        for (line, slash) in lines.iter().zip(Slash::ALL) {
            assert!(line.contains(slash.usage()), "{line}");
            assert!(line.contains(about(*slash)), "{line}");
            assert_eq!(
                line.starts_with('◆'),
                slash.needs() == Role::Admin,
                "{line}"
            );
            assert!(line.width() <= 80, "{line}");
        }
    }
}
