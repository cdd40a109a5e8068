//! Texts about links: their titles, why one was refused or not opened, and what to do instead.

use super::sentences::quoted;
use crate::media::direct::Container;
use crate::media::policy::{AddressRange, Refusal};
use crate::media::{DirectProblem, MAX_LINK_BYTES, Media, MediaError, YoutubeProblem};
use crate::protocol::text::{Title, clean};
use crate::texts::language::Language;
use crate::texts::tr;

/// The title of media, else the name in the link.
#[must_use]
pub fn name(title: Option<&Title>, media: &Media) -> String {
    title.map_or_else(|| clean(&media.name(), Title::MAX_CHARS), Title::to_string)
}

/// Why a link was refused, for the member who gave it.
#[must_use]
pub fn error(language: Language, error: &MediaError) -> String {
    match error {
        MediaError::Empty => tr!(language, "media-empty"),
        MediaError::TooLong => {
            tr!(
                language,
                "media-too-long",
                limit = MAX_LINK_BYTES.to_string()
            )
        }
        MediaError::ControlCharacter => tr!(language, "media-control-character"),
        MediaError::SeveralLinks => tr!(language, "media-several-links"),
        MediaError::LocalFile => tr!(language, "media-local-file"),
        MediaError::Scheme(scheme) => {
            let scheme = quoted(language, &format!("{scheme}:"));
            tr!(language, "media-scheme", scheme = scheme)
        }
        MediaError::NotALink(text) => {
            let text = quoted(language, text.as_str());
            tr!(language, "media-not-a-link", text = text)
        }
        MediaError::Malformed(_) => tr!(language, "media-malformed"),
        MediaError::Credentials => tr!(language, "media-credentials"),
        MediaError::Youtube(problem) => youtube(language, problem),
        MediaError::Direct(problem) => direct(language, problem),
    }
}

/// Why a link of the room was not opened on this member's machine, and what opens it.
#[must_use]
pub fn refusal(language: Language, refusal: &Refusal) -> String {
    let host = refused_host(language, refusal);
    match refusal {
        Refusal::Address {
            range: AddressRange::Loopback | AddressRange::Unspecified,
            ..
        } => tr!(language, "media-refused-own", host = host),
        _ => tr!(language, "media-refused", host = host),
    }
}

/// Where a link leads that is not opened, and what that is: `192.168.1.5 (an address on a private
/// network)`.
#[must_use]
pub fn refused_host(language: Language, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Address { address, range } => {
            let what = range_name(language, *range);
            tr!(
                language,
                "media-address",
                address = address.to_string(),
                what = what
            )
        }
        Refusal::Name { host } => {
            tr!(language, "media-local-name", host = quoted(language, host))
        }
    }
}

fn youtube(language: Language, problem: &YoutubeProblem) -> String {
    match problem {
        YoutubeProblem::NoVideo => tr!(language, "media-youtube-no-video"),
        YoutubeProblem::BadId(found) => {
            let found = quoted(language, found.as_str());
            tr!(language, "media-youtube-bad-id", found = found)
        }
        YoutubeProblem::Playlist => tr!(language, "media-youtube-playlist"),
        YoutubeProblem::Channel => tr!(language, "media-youtube-channel"),
        YoutubeProblem::LiveStream => tr!(language, "media-youtube-live"),
        YoutubeProblem::Clip => tr!(language, "media-youtube-clip"),
        YoutubeProblem::Search => tr!(language, "media-youtube-search"),
        YoutubeProblem::Elsewhere => tr!(language, "media-youtube-elsewhere"),
    }
}

fn direct(language: Language, problem: &DirectProblem) -> String {
    match problem {
        DirectProblem::HashInName => tr!(language, "media-hash-in-name"),
        DirectProblem::NoExtension => {
            tr!(language, "media-no-extension", endings = endings(language))
        }
        DirectProblem::UnknownExtension(found) => tr!(
            language,
            "media-unknown-extension",
            ending = quoted(language, &format!(".{found}")),
            endings = endings(language)
        ),
    }
}

/// `.mp4, .webm, ... or .wav`.
fn endings(language: Language) -> String {
    let all = Container::ALL.iter();
    let all: Vec<String> = all.map(|kind| format!(".{}", kind.extension())).collect();
    match all.split_last() {
        Some((last, others)) => tr!(
            language,
            "media-endings",
            others = others.join(", "),
            last = last.as_str()
        ),
        None => String::new(),
    }
}

fn range_name(language: Language, range: AddressRange) -> String {
    match range {
        AddressRange::Unspecified | AddressRange::Loopback => tr!(language, "media-range-own"),
        AddressRange::Private => tr!(language, "media-range-private"),
        AddressRange::LinkLocal => tr!(language, "media-range-link-local"),
        AddressRange::Shared => tr!(language, "media-range-shared"),
        AddressRange::Multicast => tr!(language, "media-range-multicast"),
        AddressRange::Documentation => tr!(language, "media-range-documentation"),
        AddressRange::Reserved => tr!(language, "media-range-reserved"),
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
            ("", "Enter a link", "https://example.org/film.mp4"),
            (long.as_str(), "too long", "2048"),
            (
                "https://a.example/\u{1B}.mp4",
                "control character",
                "Copy it again",
            ),
            (
                "https://a.example/a.mp4 https://a.example/b.mp4",
                "more than one link",
                "one at a time",
            ),
            (
                "/home/x/film.mp4",
                "nobody else in the room has it",
                "web server",
            ),
            ("ftp://a.example/a.mp4", "“ftp:” links", "https://"),
            ("hello", "“hello” isn't a link", "YouTube"),
            ("https://[::1/a.mp4", "broken", "Copy it again"),
            ("https://me:secret@a.example/a.mp4", "password", "without"),
            ("youtube.com", "doesn't lead to a video", "Open the video"),
            ("youtu.be/short", "“short”", "eleven"),
            (
                "youtube.com/playlist?list=PL1",
                "is a playlist",
                "/playlist LINK",
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
                "another site",
                "Open it in a browser",
            ),
            (
                "https://a.example/page",
                "isn't a YouTube link",
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
    fn what_was_given_is_repeated_in_the_quotation_marks_of_the_language() {
        let shown = |link| error(Language::Russian, &Media::parse(link).unwrap_err());
        for (link, part) in [
            ("hello", "«hello» — не ссылка."),
            ("ftp://a.example/a.mp4", "Ссылки «ftp:» здесь не работают."),
            ("youtu.be/short", "вместо ID видео стоит «short»"),
            ("https://a.example/page.html", "заканчивается на «.html»"),
            ("https://a.example/page.html", " или .wav."),
        ] {
            let shown = shown(link);
            assert!(shown.contains(part), "{link}: {shown}");
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
                "127.0.0.1 (your own computer)",
            ),
            ("http://0.0.0.0/a.mp4", "your own computer"),
            (
                "http://192.168.1.5/a.mp4",
                "192.168.1.5 (an address on a private network)",
            ),
            (
                "http://[fe80::1]/a.mp4",
                "fe80::1 (an address on your own network)",
            ),
            ("http://100.64.0.1/a.mp4", "provider"),
            ("http://224.0.0.1/a.mp4", "multicast"),
            ("http://192.0.2.1/a.mp4", "examples"),
            ("http://240.0.0.1/a.mp4", "reserved"),
            (
                "http://nas.local/a.mp4",
                "“nas.local”, a name on a local network",
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
