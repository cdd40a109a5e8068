//! Parses YouTube links of all forms into the video's id.
//!
//! The address has been checked by `address`. Only the id and the start are kept, so that nothing
//! else of a link reaches a player.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::address;
use super::error::{Excerpt, YoutubeProblem};
use super::fields::Fields;
use super::offset;
use super::pattern;

/// The form of a video id, as yt-dlp defines it, but exact: yt-dlp truncates longer ones.
static ID: LazyLock<Regex> = LazyLock::new(|| pattern::constant("^[A-Za-z0-9_-]{11}$"));

/// The consent pages, which Google has under every country's domain.
static CONSENT_HOST: LazyLock<Regex> = LazyLock::new(|| {
    pattern::constant(r"^consent\.(?:youtube\.com|google\.(?:com|[a-z]{2}|com?\.[a-z]{2}))$")
});

/// How deeply consent and attribution links may be nested. One is usual, a consent page around an
/// attribution link is two; more is not a link that anybody needs.
const MAX_WRAPPERS: usize = 3;

/// The base of a wrapped link without a host.
const HOME: &str = "https://www.youtube.com/";

/// The id of a YouTube video: exactly eleven of `A-Z a-z 0-9 _ -`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct YoutubeId(String);

impl YoutubeId {
    /// The eleven characters, without anything of the link around them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The only form of link that a player is given.
    #[must_use]
    pub fn watch_url(&self) -> String {
        format!("https://www.youtube.com/watch?v={}", self.0)
    }

    fn new(text: &str) -> Result<Self, YoutubeProblem> {
        if ID.is_match(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(YoutubeProblem::BadId(Excerpt::new(text)))
        }
    }
}

/// Which of YouTube's hosts an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    /// The main site, where videos are watched.
    Main,
    /// `youtu.be`, where the path is the id.
    Short,
    /// A consent page that redirects to its target.
    Consent,
    /// Another host of YouTube's, without pages that show a video.
    Other,
}

/// Recognises YouTube's hosts; `None` is not YouTube.
pub(super) fn site(url: &Url) -> Option<Site> {
    let host = url.host_str()?;
    if matches!(host, "youtu.be" | "www.youtu.be") {
        return Some(Site::Short);
    }
    if CONSENT_HOST.is_match(host) {
        return Some(Site::Consent);
    }
    let domains = ["youtube.com", "youtube-nocookie.com", "youtubekids.com"];
    let before = domains
        .iter()
        .find_map(|domain| host.strip_suffix(domain))?;
    match before {
        "" | "www." | "m." | "music." | "gaming." => Some(Site::Main),
        _ if before.ends_with('.') => Some(Site::Other),
        _ => None,
    }
}

/// Reads the video and the start from an address of [`Site`].
pub(super) fn read(url: &Url, site: Site) -> Result<(YoutubeId, u32), YoutubeProblem> {
    let (mut url, mut site) = (url.clone(), site);
    for _ in 0..=MAX_WRAPPERS {
        let Some(inner) = wrapped(&url, site) else {
            return Ok((video(&url, site)?, start(&url)));
        };
        url = unwrapped(&inner)?;
        site = self::site(&url).ok_or(YoutubeProblem::Elsewhere)?;
    }
    Err(YoutubeProblem::Elsewhere)
}

/// The link inside a consent or attribution link.
fn wrapped(url: &Url, site: Site) -> Option<String> {
    let fields = Fields::of_query(url);
    match site {
        Site::Consent => fields.get("continue"),
        Site::Main if url.path().trim_end_matches('/') == "/attribution_link" => fields.get("u"),
        _ => None,
    }
}

/// Parses the address in a wrapped link, under the same rules as a pasted one.
fn unwrapped(inner: &str) -> Result<Url, YoutubeProblem> {
    let joined = Url::parse(HOME).and_then(|home| home.join(inner));
    let url = joined.map_err(|_| YoutubeProblem::Elsewhere)?;
    address::checked(url).map_err(|_| YoutubeProblem::Elsewhere)
}

fn video(url: &Url, site: Site) -> Result<YoutubeId, YoutubeProblem> {
    let parts: Vec<&str> = url
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    match site {
        Site::Main => watched(url, &parts),
        Site::Short => match parts.as_slice() {
            [id] => in_path(id),
            _ => Err(YoutubeProblem::NoVideo),
        },
        Site::Consent | Site::Other => Err(YoutubeProblem::NoVideo),
    }
}

/// The video of a page on the main site, or why the page has none.
fn watched(url: &Url, parts: &[&str]) -> Result<YoutubeId, YoutubeProblem> {
    match *parts {
        [] | ["watch" | "watch_popup" | "movie"] => in_fields(url),
        // Both have eleven characters, like an id.
        ["embed", "videoseries"] => Err(YoutubeProblem::Playlist),
        ["embed", "live_stream"] => Err(YoutubeProblem::LiveStream),
        ["embed" | "shorts" | "live" | "v" | "e", id] => in_path(id),
        _ => Err(instead(parts)),
    }
}

/// The kind of a page without a video.
fn instead(parts: &[&str]) -> YoutubeProblem {
    match *parts {
        ["playlist" | "show", ..] => YoutubeProblem::Playlist,
        ["clip", ..] => YoutubeProblem::Clip,
        ["results" | "search" | "hashtag", ..] => YoutubeProblem::Search,
        ["redirect" | "attribution_link", ..] => YoutubeProblem::Elsewhere,
        [_, .., "live"] => YoutubeProblem::LiveStream,
        ["channel" | "c" | "user", ..] => YoutubeProblem::Channel,
        [first, ..] if is_handle(first) => YoutubeProblem::Channel,
        _ => YoutubeProblem::NoVideo,
    }
}

fn is_handle(part: &str) -> bool {
    part.starts_with('@') || part.starts_with("%40")
}

/// The id in a path segment; old embeds append their options to it with `&`.
fn in_path(part: &str) -> Result<YoutubeId, YoutubeProblem> {
    if is_handle(part) {
        return Err(YoutubeProblem::Channel);
    }
    YoutubeId::new(part.split_once('&').map_or(part, |(id, _options)| id))
}

/// The id in `?v=`, or in `#!v=` as YouTube wrote it before 2011.
fn in_fields(url: &Url) -> Result<YoutubeId, YoutubeProblem> {
    let query = Fields::of_query(url);
    match query.get("v").or_else(|| Fields::of_fragment(url).get("v")) {
        Some(id) => YoutubeId::new(&id),
        None if query.get("list").is_some() => Err(YoutubeProblem::Playlist),
        None => Err(YoutubeProblem::NoVideo),
    }
}

/// The start that the link asks for; an invalid offset counts as none, as on YouTube.
fn start(url: &Url) -> u32 {
    let (query, fragment) = (Fields::of_query(url), Fields::of_fragment(url));
    ["t", "start", "time_continue"]
        .into_iter()
        .filter_map(|name| query.get(name).or_else(|| fragment.get(name)))
        .find_map(|text| offset::seconds(&text))
        .unwrap_or(0)
}
