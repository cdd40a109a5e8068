//! YouTube links in all their forms.

/// The id of a YouTube video: exactly eleven of `A-Z a-z 0-9 _ -`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct YoutubeId(String);

impl YoutubeId {
    /// The one form of link that a player is given.
    #[must_use]
    pub fn watch_url(&self) -> String {
        format!("https://www.youtube.com/watch?v={}", self.0)
    }
}
