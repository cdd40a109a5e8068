//! Readers of the arguments of commands about playlists, kept lists and chapters.

use super::argument_word::ArgumentWord;
use super::arguments::{self, digits};
use super::parsed_line::{ClientCommand, ParsedLine};
use super::read_error::ReadError;
use crate::app::chapters::ChapterTarget;
use crate::app::output::ArgumentFault;
use crate::app::saved_list::ListName;
use crate::media::Media;
use crate::media::playlist::PlaylistId;
use crate::protocol::command::Command;
use crate::protocol::text::Title;

/// A link to a playlist of YouTube's, or to a video in one.
pub(super) fn playlist(text: &str) -> Result<PlaylistId, ReadError> {
    PlaylistId::parse(text).ok_or(ReadError::Because(ArgumentFault::NotPlaylist))
}

/// What is added to the queue: the media of a link, or, if it is a playlist's and names none of its
/// videos, the first ones of that playlist.
pub(super) fn added(text: &str) -> Result<ParsedLine, ReadError> {
    match arguments::media(text) {
        Ok(media) => Ok(ParsedLine::Room(Command::Add { media })),
        Err(fault) => match PlaylistId::parse(text) {
            Some(list) => Ok(ParsedLine::Client(ClientCommand::Playlist(list))),
            None => Err(fault),
        },
    }
}

/// The name of a list that is kept. A link is none: whoever gives one means `/play` or `/add`.
pub(super) fn list_name(text: &str) -> Result<ListName, ReadError> {
    let is_link = text.contains("://") || text.contains('/') && Media::parse(text).is_ok();
    if is_link {
        return Err(ReadError::Because(ArgumentFault::LinkForList));
    }
    ListName::parse(text).ok_or(ReadError::Bad)
}

/// What is done with the list of a name: the queue is saved as it, or behind the name stands that it
/// goes or comes back.
pub(super) fn saved(text: &str) -> Result<ClientCommand, ReadError> {
    let (before, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let kept = match ArgumentWord::read(last).filter(|_| !before.is_empty()) {
        Some(ArgumentWord::Off) => false,
        Some(ArgumentWord::On) => true,
        _ => return list_name(text).map(ClientCommand::Save),
    };
    list_name(before).map(|name| ClientCommand::KeepList(name, kept))
}

/// The name of a list that is kept, or nothing.
pub(super) fn maybe_list_name(text: &str) -> Result<Option<ListName>, ReadError> {
    if text.is_empty() {
        Ok(None)
    } else {
        list_name(text).map(Some)
    }
}

/// A chapter's number, the next one, the one before, or a part of its title.
pub(super) fn chapter(text: &str) -> Result<ChapterTarget, ReadError> {
    match ArgumentWord::read(text) {
        Some(ArgumentWord::Next) => Ok(ChapterTarget::Next),
        Some(ArgumentWord::Prev) => Ok(ChapterTarget::Previous),
        _ => {
            let number = digits(text.strip_prefix('#').unwrap_or(text))
                .and_then(|number| usize::try_from(number).ok());
            if let Some(number) = number {
                return Ok(ChapterTarget::Number(number));
            }
            let title = Title::parse(text).ok().filter(|_| !text.starts_with('#'));
            title.map(ChapterTarget::Titled).ok_or(ReadError::Bad)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ReadError, added, maybe_list_name, playlist, saved};
    use crate::app::command::{ClientCommand, ParsedLine};
    use crate::app::output::ArgumentFault;
    use crate::app::saved_list::ListName;
    use crate::media::Media;
    use crate::protocol::command::Command;

    #[test]
    fn a_list_is_saved_removed_and_brought_back_by_its_name() {
        let name = |text| ListName::parse(text).unwrap();
        let rows = [
            ("Friday", ClientCommand::Save(name("Friday"))),
            ("Friday off", ClientCommand::KeepList(name("Friday"), false)),
            (
                "до утра выкл",
                ClientCommand::KeepList(name("до утра"), false),
            ),
            ("Friday on", ClientCommand::KeepList(name("Friday"), true)),
            ("off", ClientCommand::Save(name("off"))),
        ];
        for (text, command) in rows {
            assert_eq!(saved(text), Ok(command), "{text}");
        }
        assert!(saved("").is_err());
    }

    #[test]
    fn a_link_is_no_name_of_a_list() {
        let fault = ReadError::Because(ArgumentFault::LinkForList);
        for link in [
            "https://youtu.be/aqz-KE-bpKQ",
            "youtu.be/aqz-KE-bpKQ",
            "https://a.bc/d",
            "https://www.youtube.com/playlist?list=PL1",
        ] {
            assert_eq!(maybe_list_name(link), Err(fault.clone()), "{link}");
            assert_eq!(saved(link), Err(fault.clone()), "{link}");
        }
        assert!(maybe_list_name("24/7").is_ok());
    }

    #[test]
    fn the_link_of_a_playlist_adds_its_first_videos_and_that_of_a_video_in_it_the_video() {
        let list = "https://www.youtube.com/playlist?list=PL1";
        let expected = ClientCommand::Playlist(playlist(list).unwrap());
        assert_eq!(added(list), Ok(ParsedLine::Client(expected)));

        let video = "https://www.youtube.com/watch?v=aqz-KE-bpKQ&list=PL1";
        let media = Media::parse(video).unwrap();
        let expected = ParsedLine::Room(Command::Add { media });
        assert_eq!(added(video), Ok(expected));
        let no_list = Err(ReadError::Because(ArgumentFault::NotPlaylist));
        for other in [
            "https://youtu.be/aqz-KE-bpKQ",
            "https://example.org/a.mp4",
            "PL1",
        ] {
            assert_eq!(playlist(other), no_list, "{other}");
        }
        assert!(added("https://www.youtube.com/@channel").is_err());
        assert!(added("").is_err());
    }
}
