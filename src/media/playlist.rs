//! Links to playlists of YouTube. A room plays videos, so such a link only says which ones to queue.

use std::sync::LazyLock;

use regex::Regex;

use super::fields::Fields;
use super::{address, pasted, pattern, youtube};

/// The form of a playlist's id, as yt-dlp knows them, with a bound (judgement: the longest have 41
/// characters).
static ID: LazyLock<Regex> = LazyLock::new(|| pattern::constant("^[A-Za-z0-9_-]{2,64}$"));

/// The id of a playlist of YouTube's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaylistId(String);

impl PlaylistId {
    /// Reads the playlist from its link, or from the link of a video in it; `None` if it names none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let url = address::read(pasted::bare(text)).ok()?;
        youtube::site(&url)?;
        let id = Fields::of_query(&url).get("list")?;
        ID.is_match(&id).then_some(Self(id.clone()))
    }

    /// The only form of link that yt-dlp is given.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://www.youtube.com/playlist?list={}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::PlaylistId;

    #[test]
    fn a_playlist_is_read_from_its_own_links_and_those_of_its_videos() {
        let expected = "https://www.youtube.com/playlist?list=PLabc_-9";
        for link in [
            "https://www.youtube.com/playlist?list=PLabc_-9",
            "youtube.com/playlist?list=PLabc_-9&si=x",
            "https://youtu.be/aqz-KE-bpKQ?list=PLabc_-9",
            "<https://m.youtube.com/watch?v=aqz-KE-bpKQ&list=PLabc_-9>",
        ] {
            let read = PlaylistId::parse(link).map(|list| list.url());
            assert_eq!(read.as_deref(), Some(expected), "{link}");
        }
        for link in [
            "",
            "https://youtu.be/aqz-KE-bpKQ",
            "https://example.org/playlist?list=PLabc_-9",
            "https://www.youtube.com/playlist?list=a%26b",
            "file:///playlist?list=PLabc",
        ] {
            assert_eq!(PlaylistId::parse(link), None, "{link}");
        }
    }
}
