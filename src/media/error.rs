//! Why a link was not taken. Codes only: `strings::media` words them for people, the
//! `Display` here is the short technical form for logs and for serde's errors.

use std::fmt;

/// Why a link was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// Nothing was given.
    #[error("no link was given")]
    Empty,
    /// The link, as written or in its canonical form, exceeds [`super::MAX_LINK_BYTES`].
    #[error("the link is too long")]
    TooLong,
    /// A control character stands inside the link.
    #[error("the link contains a control character")]
    ControlCharacter,
    /// More than one link was given.
    #[error("more than one link was given")]
    SeveralLinks,
    /// A path on somebody's own disk, or a `file:` link.
    #[error("a path on a local disk")]
    LocalFile,
    /// A scheme other than http and https.
    #[error("links of scheme `{0}` are not taken, only http and https")]
    Scheme(Excerpt),
    /// The text does not look like a link at all.
    #[error("`{0}` is not a link")]
    NotALink(Excerpt),
    /// It looks like a link but is none by the URL standard.
    #[error("malformed link: {0}")]
    Malformed(#[from] url::ParseError),
    /// A user name or password stands before the host (`user:password@host`).
    #[error("the link carries a user name or password")]
    Credentials,
    /// It looked like a YouTube link.
    #[error("YouTube link: {0}")]
    Youtube(#[from] YoutubeProblem),
    /// It looked like a link to a media file.
    #[error("direct link: {0}")]
    Direct(#[from] DirectProblem),
}

/// Why a link to YouTube is not a link to one video.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum YoutubeProblem {
    /// A page that names no video: the home page, `watch` without `v`, a settings page.
    #[error("the page names no video")]
    NoVideo,
    /// What stands in the id's place is not eleven of `A-Z a-z 0-9 _ -`.
    #[error("`{0}` is not a video id")]
    BadId(Excerpt),
    /// A playlist, not one of its videos.
    #[error("a playlist")]
    Playlist,
    /// A channel, a user or a handle.
    #[error("a channel")]
    Channel,
    /// Whatever a channel streams at the moment: another video tomorrow.
    #[error("a channel's current live stream")]
    LiveStream,
    /// A clip: a page about a part of a video whose id it does not tell.
    #[error("a clip")]
    Clip,
    /// Search results or a hashtag's page.
    #[error("a search")]
    Search,
    /// A redirect, consent or attribution link that does not lead to a YouTube video.
    #[error("a redirect away from YouTube")]
    Elsewhere,
}

/// Why a link to any other host is not a link to a media file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DirectProblem {
    /// The last part of the path has no extension: most likely a web page.
    #[error("the path has no file extension")]
    NoExtension,
    /// The path's extension names no kind of file that is played.
    #[error("`.{0}` is no known media extension")]
    UnknownExtension(Excerpt),
    /// A `#` stands in the file's name as it is: in a link it ends the path.
    #[error("the file's name has a `#` in it")]
    HashInName,
}

/// A short piece of the given text, safe to show in a terminal: what is neither a letter,
/// a digit, a space nor visible ASCII became `\u{FFFD}`, and more than
/// [`Excerpt::MAX_CHARS`] characters end in `…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt(String);

impl Excerpt {
    /// The most characters kept: enough to recognise one's own typo (judgement).
    pub const MAX_CHARS: usize = 32;

    /// The beginning of `text`, made safe to show.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut kept: String = text.chars().take(Self::MAX_CHARS).map(visible).collect();
        if text.chars().nth(Self::MAX_CHARS).is_some() {
            kept.push('…');
        }
        Self(kept)
    }

    /// The piece as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn visible(char: char) -> char {
    if char == ' ' || char.is_alphanumeric() || char.is_ascii_graphic() {
        char
    } else {
        char::REPLACEMENT_CHARACTER
    }
}
