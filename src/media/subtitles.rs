//! Links to subtitle files: http(s) addresses whose path names one. Nothing is fetched here.

use std::fmt;

use percent_encoding::percent_decode_str;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::direct::extension;
use super::error::MediaError;
use super::policy::{self, Privacy, Refusal};
use super::{MAX_LINK_BYTES, address, name};

/// The files that are taken, by the ends of their names: `SubRip`, `WebVTT`, and both forms of SSA.
const EXTENSIONS: [&str; 4] = ["srt", "vtt", "ass", "ssa"];

/// A checked http(s) address of a subtitle file, without fragment or user name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into, extend("maxLength" = MAX_LINK_BYTES))]
pub struct SubtitleLink(#[schemars(with = "String")] Url);

/// Why a link to subtitles was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubtitleLinkError {
    /// It is no web address that may be opened.
    #[error(transparent)]
    Link(#[from] MediaError),
    /// Its path names no subtitle file.
    #[error("the link does not end in .srt, .vtt, .ass or .ssa")]
    NotSubtitles,
}

impl SubtitleLink {
    /// Reads a link as it was typed or received.
    ///
    /// # Errors
    /// Why it is none to subtitles.
    pub fn parse(text: &str) -> Result<Self, SubtitleLinkError> {
        let mut url = address::read(text.trim())?;
        url.set_fragment(None);
        if url.as_str().len() > MAX_LINK_BYTES {
            return Err(MediaError::TooLong.into());
        }
        let link = Self(url);
        if link.extension().is_some() {
            Ok(link)
        } else {
            Err(SubtitleLinkError::NotSubtitles)
        }
    }

    /// The parsed address.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.0
    }

    /// The host that is contacted: a lower-case name, or an IP address.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The name of its file, decoded and without its extension; its host if nothing remains. At
    /// most 120 characters, without control and direction characters.
    #[must_use]
    pub fn name(&self) -> String {
        name::of_path(self.0.path()).unwrap_or_else(|| self.host().to_owned())
    }

    /// Which kind of file its path names, such as `srt`.
    #[must_use]
    pub fn extension(&self) -> Option<&'static str> {
        let path = percent_decode_str(self.0.path()).decode_utf8_lossy();
        let found = extension(&path)?;
        let mut all = EXTENSIONS.into_iter();
        all.find(|known| known.eq_ignore_ascii_case(found))
    }

    /// Decides whether this machine may contact its host.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub fn check(&self, privacy: Privacy) -> Result<(), Refusal> {
        policy::check_url(&self.0, privacy)
    }
}

impl fmt::Display for SubtitleLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl TryFrom<String> for SubtitleLink {
    type Error = SubtitleLinkError;
    fn try_from(text: String) -> Result<Self, SubtitleLinkError> {
        Self::parse(&text)
    }
}

impl From<SubtitleLink> for String {
    fn from(link: SubtitleLink) -> Self {
        link.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{SubtitleLink, SubtitleLinkError};
    use crate::media::MediaError;

    #[test]
    fn a_link_names_a_subtitle_file() {
        let link = SubtitleLink::parse(" https://e.org/a/%D0%A4_film.RU.SRT?x=1#t=5 ").unwrap();
        assert_eq!(link.to_string(), "https://e.org/a/%D0%A4_film.RU.SRT?x=1");
        assert_eq!((link.host(), link.extension()), ("e.org", Some("srt")));
        assert_eq!(link.name(), "Ф film.RU");
        let json = serde_json::to_string(&link).unwrap();
        assert_eq!(serde_json::from_str::<SubtitleLink>(&json).unwrap(), link);
        for text in [
            "https://e.org/film.mp4",
            "https://e.org/srt",
            "https://e.org/?a.srt",
        ] {
            let refused = SubtitleLink::parse(text);
            assert_eq!(refused, Err(SubtitleLinkError::NotSubtitles), "{text}");
        }
        for text in [
            "/etc/a.srt",
            "file:///a.srt",
            "ftp://e.org/a.srt",
            "https://u:p@e.org/a.srt",
        ] {
            let refused = SubtitleLink::parse(text);
            assert!(matches!(refused, Err(SubtitleLinkError::Link(_))), "{text}");
        }
        let long = format!("https://e.org/{}.srt", "я".repeat(1_000));
        let refused = SubtitleLink::parse(&long).unwrap_err();
        assert_eq!(refused, SubtitleLinkError::Link(MediaError::TooLong));
    }
}
