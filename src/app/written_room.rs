//! A room as a person writes it: its name, an invite link, or words that are mended to a name.

use std::str::FromStr;

use crate::protocol::ids::RoomIdError;
use crate::protocol::invite::{InviteError, RoomTarget};
use crate::protocol::room_name;
use crate::protocol::text::Title;

/// The room that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenRoom {
    /// The room, perhaps with its server.
    pub target: RoomTarget,
    /// What was written, if the name was made from it.
    pub written: Option<String>,
    /// The title that was written in the place of the name.
    pub title: Option<Title>,
}

impl From<RoomTarget> for WrittenRoom {
    fn from(target: RoomTarget) -> Self {
        Self {
            target,
            written: None,
            title: None,
        }
    }
}

impl FromStr for WrittenRoom {
    type Err = InviteError;
    fn from_str(text: &str) -> Result<Self, InviteError> {
        let error = match RoomTarget::parse(text) {
            Ok(target) => return Ok(target.into()),
            // What has the form of a link, or of a link's end, is no name with a mistake in it.
            Err(error @ InviteError::Room(RoomIdError)) if !text.contains(['/', '#']) => error,
            Err(error) => return Err(error),
        };
        let mended = room_name::mend(text).ok_or(error)?;
        Ok(Self {
            target: RoomTarget::Room(mended.room, None),
            written: Some(text.trim().to_owned()),
            title: mended.title,
        })
    }
}
