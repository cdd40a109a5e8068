//! Texts about links: their titles, why one was refused or not opened, and what to do instead.

use crate::media::direct::Container;
use crate::media::policy::{AddressRange, Refusal};
use crate::media::{DirectProblem, MAX_LINK_BYTES, Media, MediaError, YoutubeProblem};
use crate::protocol::text::{Title, clean};
use crate::texts::language::Language;

/// The title of media, else the name in the link.
#[must_use]
pub fn name(language: Language, title: Option<&Title>, media: &Media) -> String {
    title.map_or_else(|| clean(&media.name(), Title::MAX_CHARS), Title::to_string)
}

/// Why a link was refused, for the member who gave it.
#[must_use]
pub fn error(language: Language, error: &MediaError) -> String {
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
        MediaError::Youtube(problem) => youtube(language, problem),
        MediaError::Direct(problem) => direct(language, problem),
    }
}

/// Why a link of the room was not opened on this member's machine.
#[must_use]
pub fn refusal(language: Language, refusal: &Refusal) -> String {
    let what = match refusal {
        Refusal::Address { address, range } => {
            format!("{address}, {}", range_name(language, *range))
        }
        Refusal::Name { host } => format!("“{host}”, a name of a local network"),
    };
    format!(
        "Not opened: the link leads to {what}, not to the public internet. If you trust \
         this room, leave and join again with --allow-private-media."
    )
}

fn youtube(language: Language, problem: &YoutubeProblem) -> String {
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

fn direct(language: Language, problem: &DirectProblem) -> String {
    let why = match problem {
        DirectProblem::HashInName => {
            return "That link has a “#” in its file's name, and a link ends there. Write “%23” \
                    in its place."
                .to_owned();
        }
        DirectProblem::NoExtension => "does not end in a media file's name".to_owned(),
        DirectProblem::UnknownExtension(found) => format!("ends in “.{found}”"),
    };
    format!(
        "That link is not on YouTube and {why}, so it looks like a web page. \
         Give the link of the file itself; it ends in {}.",
        endings(language)
    )
}

/// `.mp4, .webm, ... or .wav`.
fn endings(language: Language) -> String {
    let all = Container::ALL.iter();
    let all: Vec<String> = all.map(|kind| format!(".{}", kind.extension())).collect();
    match all.split_last() {
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

const fn range_name(language: Language, range: AddressRange) -> &'static str {
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

#[cfg(test)]
mod tests {
    use super::{error, refusal};
    use crate::media::Media;
    use crate::media::policy::{Privacy, check};
    use crate::texts::language::Language;

    /// What a person reads who gave `link`.
    #[track_caller]
    fn shown(link: &str) -> String {
        error(Language::English, &Media::parse(link).unwrap_err())
    }

    #[test]
    fn each_link_that_is_not_taken_names_what_it_is_and_the_next_step() {
        let long = format!("https://example.org/{}.mp4", "a".repeat(3_000));
        let cases = [
            ("", "Give a link", "https://example.org/film.mp4"),
            (long.as_str(), "too long", "2048"),
            (
                "https://a.example/\u{1B}.mp4",
                "control character",
                "Copy it again",
            ),
            (
                "https://a.example/a.mp4 https://a.example/b.mp4",
                "several links",
                "one at a time",
            ),
            (
                "/home/x/film.mp4",
                "nobody else in the room has it",
                "web server",
            ),
            ("ftp://a.example/a.mp4", "“ftp:” links", "https://"),
            ("hello", "“hello” is not a link", "YouTube"),
            ("https://[::1/a.mp4", "broken", "Copy it again"),
            ("https://me:secret@a.example/a.mp4", "password", "without"),
            ("youtube.com", "names no video", "Open the video"),
            ("youtu.be/short", "“short”", "eleven"),
            (
                "youtube.com/playlist?list=PL1",
                "is a playlist",
                "one of its videos",
            ),
            ("youtube.com/@someone", "is a channel", "Open the video"),
            (
                "youtube.com/@someone/live",
                "at the moment",
                "Open the stream",
            ),
            ("youtube.com/clip/Ugk", "is a clip", "full video"),
            ("youtube.com/results?q=x", "is a search", "Open the video"),
            (
                "youtube.com/redirect?q=x",
                "another place",
                "Follow it in a browser",
            ),
            (
                "https://a.example/page",
                "not on YouTube",
                ".mp4, .webm, .ogg",
            ),
            ("https://a.example/Film #2.mp4", "“#”", "“%23”"),
            ("me:secret@a.example/a.mp4", "password", "without"),
            ("https://a.example/page.html", "ends in “.html”", "or .wav"),
        ];
        for (link, what, next) in cases {
            let shown = shown(link);
            assert!(
                shown.contains(what) && shown.contains(next),
                "{link}: {shown}"
            );
        }
    }

    #[test]
    fn nothing_secret_or_invisible_is_repeated() {
        let shown_for_password = shown("https://me:hunter2@a.example/a.mp4");
        assert!(
            !shown_for_password.contains("hunter2"),
            "{shown_for_password}"
        );
        for link in [
            "youtu.be/%1B[2J%E2%80%AEx",
            "https://a.example/a.%07%E2%80%AE",
        ] {
            let shown = shown(link);
            let invisible = |char: char| char.is_control() || char == '\u{202E}';
            assert!(!shown.contains(invisible), "{shown:?}");
        }
    }

    #[test]
    fn a_refusal_names_the_host_and_the_way_to_allow_it() {
        let cases = [
            (
                "http://127.0.0.1:8000/a.mp4",
                "127.0.0.1, your own computer",
            ),
            ("http://0.0.0.0/a.mp4", "your own computer"),
            (
                "http://192.168.1.5/a.mp4",
                "192.168.1.5, an address in a private network",
            ),
            (
                "http://[fe80::1]/a.mp4",
                "fe80::1, an address in your own network",
            ),
            ("http://100.64.0.1/a.mp4", "provider"),
            ("http://224.0.0.1/a.mp4", "many receivers"),
            ("http://192.0.2.1/a.mp4", "examples"),
            ("http://240.0.0.1/a.mp4", "reserved"),
            (
                "http://nas.local/a.mp4",
                "“nas.local”, a name of a local network",
            ),
        ];
        for (link, what) in cases {
            let media = Media::parse(link).unwrap();
            let shown = refusal(
                Language::English,
                &check(&media, Privacy::PublicOnly).unwrap_err(),
            );
            assert!(shown.contains(what), "{shown}");
            assert!(shown.contains("--allow-private-media"), "{shown}");
        }
    }
}
