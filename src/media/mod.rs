//! Links: what a room can play, and how pasted text is parsed.
//!
//! [`Media::parse`] is the only constructor. The form of a parsed link is safe for a player;
//! whether *this* machine may contact the host is decided by [`policy`]. This module does no IO and
//! knows nothing of rooms.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use direct::DirectUrl;
use youtube::YoutubeId;

pub use address::MAX_LINK_BYTES;
pub use error::{DirectProblem, Excerpt, MediaError, YoutubeProblem};

mod address;
mod container;
pub mod direct;
mod error;
pub mod fault;
mod fields;
mod name;
mod offset;
mod pasted;
mod pattern;
pub mod playlist;
pub mod policy;
pub mod retry;
pub mod subtitles;
pub mod youtube;

/// What [`Media::kind`] calls videos of YouTube, the one kind that comes in several qualities.
pub const YOUTUBE: &str = "YouTube";

#[cfg(test)]
mod tests;

/// Something that a room can play, and the position at which the link asks to start.
///
/// It is serialised as its canonical link and parsed again by the receiver, so every value is
/// valid, even one from the network.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Media {
    source: Source,
    start_seconds: u32,
}

/// Its link, as a string.
impl JsonSchema for Media {
    fn schema_name() -> Cow<'static, str> {
        "Media".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "maxLength": MAX_LINK_BYTES,
            "description": "A link: an http(s) address of a file or stream, or a video of YouTube. \
                            `#t=90` at its end starts it there.",
        })
    }
}

/// Where media comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// A YouTube video; the player's resolver finds its streams.
    Youtube(YoutubeId),
    /// A file or stream that the player opens itself.
    Direct(DirectUrl),
}

impl Media {
    /// Parses a link as a person pastes it, in quotes or brackets or at the end of a sentence.
    ///
    /// # Errors
    /// [`MediaError`] says which kind of link it resembled and why it was refused.
    pub fn parse(text: &str) -> Result<Self, MediaError> {
        let of_markup = pasted::of_markup(text);
        let text = pasted::bare(of_markup.as_deref().unwrap_or(text));
        let text = pasted::without_bullet(text).map_or(text, pasted::bare);
        let text = pasted::without_caption(text).map_or(text, pasted::bare);
        let first = pasted::before_the_rest(text).map(Self::without_marks);
        let media = match first {
            Some(Ok(media)) => media,
            _ => Self::without_marks(pasted::without_opening(text))?,
        };
        // Dropped parts, such as an empty fragment, may have hidden punctuation before them.
        Self::without_marks(&media.to_string())
    }

    /// Parses a link that may be followed by punctuation.
    fn without_marks(text: &str) -> Result<Self, MediaError> {
        let whole = Self::read(text);
        let mut shorter = text;
        let mut best = None;
        for _ in 0..pasted::MOST_FOLLOWING {
            let is_link = best.is_some() || whole.is_ok();
            if is_link && pasted::ends_with_its_own_bracket(shorter) {
                break;
            }
            let Some(rest) = pasted::without_last_mark(shorter) else {
                break;
            };
            shorter = rest;
            match Self::read(shorter) {
                Ok(media) => best = Some(media),
                Err(_) if is_link => break,
                Err(_) => {}
            }
        }
        // More punctuation than follows any sentence is part of the link.
        if pasted::without_last_mark(shorter).is_some_and(|rest| Self::read(rest).is_ok())
            && !pasted::ends_with_its_own_bracket(shorter)
        {
            return whole;
        }
        best.map_or(whole, Ok)
    }

    /// Parses a link with nothing around it.
    fn read(text: &str) -> Result<Self, MediaError> {
        let address = address::read(text)?;
        let media = if let Some(site) = youtube::site(&address) {
            let (id, start_seconds) = youtube::read(&address, site)?;
            Self {
                source: Source::Youtube(id),
                start_seconds,
            }
        } else {
            let (url, start_seconds) = direct::read(address)?;
            Self {
                source: Source::Direct(url),
                start_seconds,
            }
        };
        // Percent-encoding may have made it longer.
        if media.to_string().len() > MAX_LINK_BYTES {
            return Err(MediaError::TooLong);
        }
        Ok(media)
    }

    /// Where it comes from: YouTube, or a direct link.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// The start position that the link asks for, in whole seconds.
    #[must_use]
    pub const fn start_seconds(&self) -> u32 {
        self.start_seconds
    }

    /// The address given to a player: the canonical link without its start.
    #[must_use]
    pub fn url(&self) -> String {
        match &self.source {
            Source::Youtube(id) => id.watch_url(),
            Source::Direct(url) => url.as_str().to_owned(),
        }
    }

    /// The host that a player contacts first: a lower-case name (punycode where it is not ASCII),
    /// or an IP address.
    #[must_use]
    pub fn host(&self) -> &str {
        match &self.source {
            Source::Youtube(_) => "www.youtube.com",
            Source::Direct(url) => url.host_str(),
        }
    }

    /// What to call it where no title is known: the name of its file, decoded, without its
    /// extension and with blanks for separators; for a YouTube video its short link. Never
    /// empty, at most 120 characters, and without control or direction characters; showing it
    /// takes the same care as any other text.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.source {
            Source::Youtube(id) => format!("youtube.com/watch?v={}", id.as_str()),
            Source::Direct(url) => {
                name::of_path(url.path()).unwrap_or_else(|| url.host_str().to_owned())
            }
        }
    }

    /// The same name, if it is that of a file: nothing else of the link is in it.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        match &self.source {
            Source::Youtube(_) => None,
            Source::Direct(url) => name::of_path(url.path()),
        }
    }

    /// The kind of media in a familiar word: `YouTube`, `MP4`, `WebM`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.source {
            Source::Youtube(_) => YOUTUBE,
            Source::Direct(url) => url.container().label(),
        }
    }
}

/// The canonical link with its start; parses back to the same [`Media`].
impl fmt::Display for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url())?;
        match (&self.source, self.start_seconds) {
            (_, 0) => Ok(()),
            (Source::Youtube(_), start) => write!(f, "&t={start}"),
            (Source::Direct(_), start) => write!(f, "#t={start}"),
        }
    }
}

impl TryFrom<String> for Media {
    type Error = MediaError;
    fn try_from(text: String) -> Result<Self, MediaError> {
        Self::parse(&text)
    }
}

impl From<Media> for String {
    fn from(media: Media) -> Self {
        media.to_string()
    }
}
