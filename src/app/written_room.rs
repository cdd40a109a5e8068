//! A room as a person writes it: its name, an invite link, or words that are mended to a name.

use std::str::FromStr;

use percent_encoding::percent_decode_str;

use crate::protocol::ids::{RoomId, RoomIdError};
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
        let text = without_brackets(text);
        let error = match RoomTarget::parse(text) {
            Ok(target) => return Ok(target.into()),
            // Blanks in a link are in its room's name.
            Err(error @ (InviteError::Room(RoomIdError) | InviteError::NotAnAddress)) => error,
            Err(error) => return Err(error),
        };
        if let Some((server, name)) = text.trim().rsplit_once("/r/") {
            return in_link(server, name).ok_or(error);
        }
        // What has the form of a link's end is no name with a mistake in it.
        if text.contains(['/', '#']) {
            return Err(error);
        }
        let Some(mended) = room_name::mend(text) else {
            let is_too_long = text.trim().chars().count() > RoomId::LONGEST;
            return Err(if is_too_long {
                InviteError::LongName
            } else {
                error
            });
        };
        Ok(Self {
            target: RoomTarget::Room(mended.room, None),
            written: Some(text.trim().to_owned()),
            title: mended.title,
        })
    }
}

/// A link without the brackets in which mail programs and letters put it.
#[must_use]
pub fn without_brackets(text: &str) -> &str {
    let text = text.trim();
    let inner = text
        .strip_prefix('<')
        .and_then(|text| text.strip_suffix('>'));
    inner.map_or(text, str::trim)
}

/// The room of an invite link whose last part is no name, as where somebody made the link by hand;
/// `None` if more stands behind it, or nothing that can be mended. No name is made up for the few
/// signs that may be left of one: it would lead into a room in which nobody is.
fn in_link(server: &str, name: &str) -> Option<WrittenRoom> {
    let name = name.trim_end_matches('/');
    if name.contains(['/', '#', '?']) {
        return None;
    }
    let name = percent_decode_str(name).decode_utf8().ok()?;
    let mended = room_name::mend(&name)?;
    if mended.is_made_up {
        return None;
    }
    let target = RoomTarget::parse(&format!("{server}/r/{}", mended.room)).ok()?;
    Some(WrittenRoom {
        target,
        written: Some(name.trim().to_owned()),
        title: mended.title,
    })
}

#[cfg(test)]
mod tests {
    use super::WrittenRoom;
    use crate::protocol::invite::{InviteError, RoomTarget};

    /// The link that a written one leads to, and what is told to be mended.
    fn led_to(link: &str) -> Option<(String, Option<String>)> {
        let room: WrittenRoom = link.parse().ok()?;
        let RoomTarget::Invite(invite) = room.target else {
            return None;
        };
        Some((invite.to_string(), room.written))
    }

    #[test]
    fn the_name_in_a_link_is_mended_as_one_that_stands_alone() {
        for written in ["кино", "%D0%BA%D0%B8%D0%BD%D0%BE", "кино/"] {
            let link = format!("https://watch.example.org/r/{written}");
            let there = "https://watch.example.org/r/kino".to_owned();
            assert_eq!(led_to(&link), Some((there, Some("кино".to_owned()))));
        }
        let spaced = led_to("http://127.0.0.1:8000/r/Movie Night");
        let there = "http://127.0.0.1:8000/r/movie-night".to_owned();
        assert_eq!(spaced, Some((there, Some("Movie Night".to_owned()))));
        let of_mail = led_to("<https://watch.example.org/r/kino>");
        assert_eq!(of_mail, led_to("https://watch.example.org/r/kino"));
        let plain = "https://watch.example.org/r/kino";
        assert_eq!(led_to(plain), Some((plain.to_owned(), None)));
        for link in [
            "https://watch.example.org/r/кино#part",
            "https://watch.example.org/r/кино?from=mail",
            "https://watch.example.org/r/!?",
            "https://watch.example.org/r/%FF",
            // The names that these words stand for were made up.
            "https://watch.example.org/r/x",
            "https://watch.example.org/r/映画の夜",
            "https://watch.example.org/кино",
            "https://watch.example.org/a b/c",
        ] {
            assert_eq!(led_to(link), None, "{link}");
        }
    }

    #[test]
    fn what_is_too_long_is_called_that() {
        for long in ["a".repeat(41), "Ж".repeat(121)] {
            let error = long.parse::<WrittenRoom>().unwrap_err();
            assert_eq!(error, InviteError::LongName, "{long}");
        }
    }
}
