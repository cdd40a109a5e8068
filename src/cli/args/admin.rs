//! The commands of `watchtogether admin`, and how their arguments are read.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{Args, Subcommand};

use super::options::AdminOptions;
use crate::protocol::command::MemberRef;
use crate::protocol::ids::{MemberId, RoomId};
use crate::protocol::text::{ChatText, MemberName};

/// The arguments of `admin`.
#[derive(Debug, Args)]
pub struct AdminArgs {
    /// Where the server is, and how the answer is printed.
    #[command(flatten)]
    pub options: AdminOptions,
    /// What to do.
    #[command(subcommand)]
    pub command: AdminCommand,
}

/// A command of the operator.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum AdminCommand {
    /// List all rooms
    Rooms,
    /// Look into a room
    Room {
        /// The room's name
        #[arg(value_parser = RoomId::parse)]
        room: RoomId,
    },
    /// Make a key to create a room with
    Create {
        /// The room's name
        #[arg(value_parser = RoomId::parse)]
        room: RoomId,
    },
    /// Close a room
    Close {
        /// The room's name
        #[arg(value_parser = RoomId::parse)]
        room: RoomId,
    },
    /// Take a room out of the gallery
    Hide {
        /// The room's name
        #[arg(value_parser = RoomId::parse)]
        room: RoomId,
    },
    /// Make a member an admin
    Promote {
        /// The room's name
        #[arg(value_parser = RoomId::parse)]
        room: RoomId,
        /// The member's name or number
        #[arg(value_parser = member)]
        member: MemberRef,
    },
    /// Ban a member from a room
    Ban {
        /// The room's name
        #[arg(value_parser = RoomId::parse)]
        room: RoomId,
        /// The member's name or number
        #[arg(value_parser = member)]
        member: MemberRef,
    },
    /// Tell everyone something
    Announce {
        /// What they read
        #[arg(value_parser = announcement)]
        text: ChatText,
        /// Only in this room
        #[arg(long, value_parser = RoomId::parse)]
        room: Option<RoomId>,
    },
    /// Stop the server after a warning
    Drain {
        /// The time until then
        #[arg(long = "in", value_name = "TIME", required_unless_present = "cancel")]
        after: Option<Delay>,
        /// Do not stop after all
        #[arg(long, conflicts_with = "after")]
        cancel: bool,
    },
    /// Copy all rooms into a file
    Backup {
        /// The new file
        file: PathBuf,
    },
    /// Put a backup in place
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Write all rooms into a file for another server
    Export {
        /// The new file
        file: PathBuf,
    },
    /// Take the rooms of an export
    Import {
        /// The export
        file: PathBuf,
    },
    /// Show the limits
    Limits,
    /// Show the figures
    Figures,
    /// Erase what is kept of a person
    Forget {
        /// The name by which they were known
        #[arg(value_parser = MemberName::recorded)]
        name: MemberName,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

/// The text is neither a member's name nor a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give a member's name, or a number such as #7")]
pub(super) struct InvalidMember;

/// The text cannot be announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give a text of 1 to {} characters", ChatText::MAX_CHARS)]
pub(super) struct InvalidAnnouncement;

/// The text is no time to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give a time such as 60s, 5m or 1h, at most 24h")]
pub struct InvalidDelay;

fn member(text: &str) -> Result<MemberRef, InvalidMember> {
    if let Some(number) = text.strip_prefix('#') {
        let number = number.parse().map_err(|_| InvalidMember)?;
        return Ok(MemberRef::Id(MemberId(number)));
    }
    let name = MemberName::recorded(text).map_err(|_| InvalidMember)?;
    Ok(MemberRef::Name(name))
}

fn announcement(text: &str) -> Result<ChatText, InvalidAnnouncement> {
    ChatText::parse(text).map_err(|_| InvalidAnnouncement)
}

/// A time to wait: `60` or `60s`, `5m`, `1h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delay(pub Duration);

/// The longest time to wait (judgement: nobody plans further ahead).
const MOST: Duration = Duration::from_hours(24);

impl FromStr for Delay {
    type Err = InvalidDelay;
    fn from_str(text: &str) -> Result<Self, InvalidDelay> {
        let unit_at = text.find(|c: char| !c.is_ascii_digit());
        let (number, unit) = text.split_at(unit_at.unwrap_or(text.len()));
        let number: u64 = number.parse().map_err(|_| InvalidDelay)?;
        let seconds = match unit {
            "" | "s" => number,
            "m" => number.saturating_mul(60),
            "h" => number.saturating_mul(3_600),
            _ => return Err(InvalidDelay),
        };
        let delay = Duration::from_secs(seconds);
        (delay <= MOST).then_some(Self(delay)).ok_or(InvalidDelay)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Delay, InvalidDelay, InvalidMember, member};
    use crate::protocol::command::MemberRef;
    use crate::protocol::ids::MemberId;

    #[test]
    fn a_time_to_wait_has_a_unit_or_is_in_seconds() {
        let times = [
            ("60", 60),
            ("60s", 60),
            ("5m", 300),
            ("1h", 3_600),
            ("0", 0),
        ];
        for (text, seconds) in times {
            assert_eq!(
                text.parse(),
                Ok(Delay(Duration::from_secs(seconds))),
                "{text}"
            );
        }
        for text in [
            "",
            "s",
            "5d",
            "-1",
            "1.5m",
            "25h",
            "99999999999999999999h",
            "5 m",
        ] {
            assert_eq!(text.parse::<Delay>(), Err(InvalidDelay), "{text}");
        }
    }

    #[test]
    fn a_member_is_a_name_or_a_number() {
        assert_eq!(member("#7"), Ok(MemberRef::Id(MemberId(7))));
        assert!(matches!(member("Ann 2"), Ok(MemberRef::Name(_))));
        for wrong in ["#", "#x", "", " "] {
            assert_eq!(member(wrong), Err(InvalidMember), "{wrong:?}");
        }
    }
}
