//! Why a link was not taken or not opened, and what to do instead.

use crate::media::direct::Container;
use crate::media::policy::{AddressRange, Refusal};
use crate::media::{DirectProblem, MAX_LINK_BYTES, MediaError, YoutubeProblem};

/// What the one who gave a link reads when it was not taken.
#[must_use]
pub fn error(error: &MediaError) -> String {
    match error {
        MediaError::Empty => {
            "Give a link: a YouTube video, or a media file such as https://example.org/film.mp4."
                .to_owned()
        }
        MediaError::TooLong => format!(
            "That link is too long: at most {MAX_LINK_BYTES} bytes are taken. \
             Look for a shorter link to the same video."
        ),
        MediaError::ControlCharacter => {
            "That link contains an invisible control character. Copy it again, or type it."
                .to_owned()
        }
        MediaError::SeveralLinks => "Those are several links. Give one at a time.".to_owned(),
        MediaError::LocalFile => {
            "That is a file on your own computer, and nobody else in the room has it. \
             Put it on a web server and give its http or https link."
                .to_owned()
        }
        MediaError::Scheme(scheme) => format!(
            "“{scheme}:” links are not taken. Give one that begins with https:// or http://."
        ),
        MediaError::NotALink(text) => format!(
            "“{text}” is not a link. Give a YouTube video's, or a media file's \
             such as https://example.org/film.mp4."
        ),
        MediaError::Malformed(_) => {
            "That link is broken. Copy it again, whole, from the address bar.".to_owned()
        }
        MediaError::Credentials => {
            "That link carries a user name or password, which the whole room would see. \
             Give one that works without (nothing before an “@”)."
                .to_owned()
        }
        MediaError::Youtube(problem) => youtube(problem),
        MediaError::Direct(problem) => direct(problem),
    }
}

/// What a member reads when a link of the room was not opened on their machine.
#[must_use]
pub fn refusal(refusal: &Refusal) -> String {
    let what = match refusal {
        Refusal::Address { address, range } => format!("{address}, {}", range_name(*range)),
        Refusal::Name { host } => format!("“{host}”, a name of a local network"),
    };
    format!(
        "Not opened: the link leads to {what}, not to the public internet. If you trust \
         this room, leave and join again with --allow-private-media."
    )
}

fn youtube(problem: &YoutubeProblem) -> String {
    let (what, then) = match problem {
        YoutubeProblem::NoVideo => ("names no video", OPEN_VIDEO),
        YoutubeProblem::BadId(found) => {
            return format!(
                "That YouTube link has “{found}” where a video's id should be: eleven letters, \
                 digits, “-” or “_”. Copy the link again, whole."
            );
        }
        YoutubeProblem::Playlist => ("is a playlist", "Open one of its videos and give its link."),
        YoutubeProblem::Channel => ("is a channel", OPEN_VIDEO),
        YoutubeProblem::LiveStream => (
            "is whatever a channel streams at the moment",
            "Open the stream and give the link of that video (Share, Copy link).",
        ),
        YoutubeProblem::Clip => (
            "is a clip, which does not tell its video",
            "Open the full video from it and give that link.",
        ),
        YoutubeProblem::Search => ("is a search", OPEN_VIDEO),
        YoutubeProblem::Elsewhere => (
            "leads on to another place",
            "Follow it in a browser and give the link where it ends.",
        ),
    };
    format!("That YouTube link {what}. {then}")
}

const OPEN_VIDEO: &str = "Open the video itself and give its link.";

fn direct(problem: &DirectProblem) -> String {
    let why = match problem {
        DirectProblem::NoExtension => "does not end in a media file's name".to_owned(),
        DirectProblem::UnknownExtension(found) => format!("ends in “.{found}”"),
    };
    format!(
        "That link is not on YouTube and {why}, so it looks like a web page. \
         Give the link of the file itself; it ends in {}.",
        endings()
    )
}

/// `.mp4, .webm, ... or .wav`.
fn endings() -> String {
    let all = Container::ALL.map(|container| format!(".{}", container.extension()));
    match all.split_last() {
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

const fn range_name(range: AddressRange) -> &'static str {
    match range {
        AddressRange::Unspecified | AddressRange::Loopback => "your own computer",
        AddressRange::Private => "an address in a private network",
        AddressRange::LinkLocal => "an address in your own network",
        AddressRange::Shared => "an address inside a provider's network",
        AddressRange::Multicast => "an address of many receivers at once",
        AddressRange::Documentation => "an address kept for examples",
        AddressRange::Reserved => "a reserved address",
    }
}
