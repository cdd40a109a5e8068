//! Why a link was refused. Codes only: `strings::media` words them for people. `Display` is the
//! short technical form for logs and for serde's errors.

use std::fmt;

/// Why a link was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// Nothing is left of the text without white space, quotes and brackets.
    #[error("no link was given")]
    Empty,
    /// The link, as written or in its canonical form, exceeds [`super::MAX_LINK_BYTES`].
    #[error("the link is too long")]
    TooLong,
    /// There is a control character within the link.
    #[error("the link contains a control character")]
    ControlCharacter,
    /// There is more than one link.
    #[error("more than one link was given")]
    SeveralLinks,
    /// A path on the user's own disk, or a `file:` link.
    #[error("a path on a local disk")]
    LocalFile,
    /// A scheme other than http and https.
    #[error("links of scheme `{0}` are not taken, only http and https")]
    Scheme(Excerpt),
    /// The text does not look like a link at all.
    #[error("`{0}` is not a link")]
    NotALink(Excerpt),
    /// It looks like a link but is invalid by the URL standard.
    #[error("malformed link: {0}")]
    Malformed(#[from] url::ParseError),
    /// There is a user name or password before the host (`user:password@host`).
    #[error("the link carries a user name or password")]
    Credentials,
    /// The host is YouTube's, but the link names no video.
    #[error("YouTube link: {0}")]
    Youtube(#[from] YoutubeProblem),
    /// It is a web address on another host, but names no media file.
    #[error("direct link: {0}")]
    Direct(#[from] DirectProblem),
}

/// Why a link to YouTube is not a link to one video.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum YoutubeProblem {
    /// A page that names no video: the home page, `watch` without `v`, a settings page.
    #[error("the page names no video")]
    NoVideo,
    /// The part in the place of the id is not eleven of `A-Z a-z 0-9 _ -`.
    #[error("`{0}` is not a video id")]
    BadId(Excerpt),
    /// A playlist, not one of its videos.
    #[error("a playlist")]
    Playlist,
    /// A channel, a user or a handle.
    #[error("a channel")]
    Channel,
    /// Whatever a channel is streaming now, which changes from day to day.
    #[error("a channel's current live stream")]
    LiveStream,
    /// A clip: part of a video whose id the link does not contain.
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
    /// The last segment of the path has no extension: most likely a web page.
    #[error("the path has no file extension")]
    NoExtension,
    /// The extension is not that of a supported format.
    #[error("`.{0}` is no known media extension")]
    UnknownExtension(Excerpt),
    /// There is a literal `#` in the file name: in a link it ends the path.
    #[error("the file's name has a `#` in it")]
    HashInName,
}

/// A short excerpt of the given text, safe to show in a terminal: everything but letters, digits,
/// spaces and visible ASCII is replaced by `\u{FFFD}`, and a text of more than
/// [`Excerpt::MAX_CHARS`] characters ends in `…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt(String);

impl Excerpt {
    /// The most characters kept: enough to recognise one's own typing error (judgement).
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

    /// The excerpt as a string slice.
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
