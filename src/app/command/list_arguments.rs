//! Readers of the arguments of commands about playlists, kept lists and chapters.

use super::argument_word::ArgumentWord;
use super::arguments::digits;
use super::read_error::ReadError;
use crate::app::chapters::ChapterTarget;
use crate::app::saved_list::ListName;
use crate::media::playlist::PlaylistId;

/// A link to a playlist of YouTube's, or to a video in one.
pub(super) fn playlist(text: &str) -> Result<PlaylistId, ReadError> {
    PlaylistId::parse(text).ok_or(ReadError::Bad)
}

/// The name of a list that is kept.
pub(super) fn list_name(text: &str) -> Result<ListName, ReadError> {
    ListName::parse(text).ok_or(ReadError::Bad)
}

/// The name of a list that is kept, or nothing.
pub(super) fn maybe_list_name(text: &str) -> Result<Option<ListName>, ReadError> {
    if text.is_empty() {
        Ok(None)
    } else {
        list_name(text).map(Some)
    }
}

/// A chapter's number, the next one, or the one before.
pub(super) fn chapter(text: &str) -> Result<ChapterTarget, ReadError> {
    match ArgumentWord::read(text) {
        Some(ArgumentWord::Next) => Ok(ChapterTarget::Next),
        Some(ArgumentWord::Prev) => Ok(ChapterTarget::Previous),
        _ => {
            let number = digits(text.strip_prefix('#').unwrap_or(text))
                .and_then(|number| usize::try_from(number).ok());
            number.map(ChapterTarget::Number).ok_or(ReadError::Bad)
        }
    }
}
