//! Texts about the member's own player: what it did, and how it is now.

use std::fmt::Write;

use super::chapters;
use crate::app::OwnPlayer;
use crate::app::output::{Notice, OwnPlayerNotice, Person, QualityStart, Why};
use crate::protocol::time::Span;
use crate::strings::fault::fault;
use crate::strings::numbers::milliseconds;
use crate::strings::sentences::{quoted, you};
use crate::sync::player::{Quality, Sound, SubtitleProblem, Track, TrackKind};
use crate::texts::language::Language;
use crate::texts::{language_names, tr};

/// The width of a track's number, in cells.
const NUMBER: usize = 3;

/// The most tracks that are listed (judgement: as many as a terminal of 24 rows shows).
const MOST_LISTED: usize = 20;

/// The longest name of a listed track, in characters (judgement: with its codec it fits the chat of a
/// terminal of 80 columns).
const LONGEST_NAME: usize = 26;

/// The text; `None` for other notices.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    let Notice::Own(notice) = notice else {
        return None;
    };
    Some(match notice {
        OwnPlayerNotice::Volume(now) | OwnPlayerNotice::Muted(now) => sound(language, *now),
        OwnPlayerNotice::Fullscreen(true) => tr!(language, "notice-own-fullscreen"),
        OwnPlayerNotice::Fullscreen(false) => tr!(language, "notice-own-window"),
        OwnPlayerNotice::Track {
            kind,
            track: Some(track),
            of,
        } => chosen(language, *kind, track, *of),
        OwnPlayerNotice::Track {
            kind: TrackKind::Subtitles,
            of: 0,
            ..
        } => tr!(language, "notice-own-no-subtitles"),
        OwnPlayerNotice::Track { kind, of, .. } => none_chosen(language, *kind, *of),
        OwnPlayerNotice::Tracks { kind, tracks } => list(language, *kind, tracks),
        OwnPlayerNotice::Chapters { chapters, present } => {
            chapters::list(language, chapters, *present)
        }
        OwnPlayerNotice::SubtitleDelay(delay) => subtitle_delay(language, *delay),
        OwnPlayerNotice::Offset { offset, device } => {
            let device = device.as_deref();
            offset_text(language, *offset, device)
        }
        OwnPlayerNotice::SubtitlesOffered { who, name, host } => offered(language, who, name, host),
        OwnPlayerNotice::SubtitlesShownAlready => tr!(language, "notice-own-subtitles-already"),
        OwnPlayerNotice::SubtitlesFailed(problem) => no_subtitles(language, *problem),
        OwnPlayerNotice::Quality(quality, start) => {
            let start = match start {
                QualityStart::Reopens => tr!(language, "own-quality-reopens"),
                QualityStart::NextMedia => tr!(language, "own-quality-next"),
                QualityStart::PlayerIsOpen => tr!(language, "own-quality-later"),
            };
            format!("{} {start}", quality_text(language, Some(*quality)))
        }
        OwnPlayerNotice::QualityNow { chosen, lines } => {
            let text = quality_text(language, *chosen);
            let lines = lines.map(|lines| picture(language, lines));
            let sentences: Vec<String> = [Some(text), lines].into_iter().flatten().collect();
            sentences.join(" ")
        }
        OwnPlayerNotice::Refused(now) => {
            let now = now.as_ref();
            let now = now.and_then(|now| text(language, &Notice::Own(now.as_ref().clone())));
            let refused = tr!(language, "notice-own-refused");
            now.map_or_else(|| refused.clone(), |now| format!("{refused} {now}"))
        }
        OwnPlayerNotice::QualityFixed => tr!(language, "notice-quality-fixed"),
        OwnPlayerNotice::Picture(lines) => picture(language, *lines),
    })
}

fn picture(language: Language, lines: u32) -> String {
    tr!(language, "notice-own-picture", lines = lines.to_string())
}

/// Which quality was chosen.
fn quality_text(language: Language, chosen: Option<Quality>) -> String {
    match chosen {
        None => tr!(language, "notice-own-quality-usual"),
        Some(Quality::Best) => tr!(language, "notice-own-quality-best"),
        Some(Quality::AudioOnly) => tr!(language, "notice-own-quality-audio"),
        Some(Quality::UpTo(lines)) => {
            tr!(language, "notice-own-quality", lines = lines.to_string())
        }
    }
}

/// A member offers subtitles; who accepts them contacts their host.
fn offered(language: Language, who: &Person, name: &str, host: &str) -> String {
    let (member, you) = (who.name.as_str(), you(who));
    let name = quoted(language, name);
    let host = host.to_owned();
    tr!(
        language,
        "notice-subtitles-offered",
        who = member,
        you = you,
        name = name,
        host = host
    )
}

/// Why subtitles that were accepted are not shown.
/// Why there are no subtitles to accept, or to offer.
pub(super) fn without(language: Language, why: &Why) -> String {
    if let Why::NoSubtitles(problem) = why {
        let why = no_subtitles(language, *problem);
        return tr!(language, "why-not-offered", why = why);
    }
    tr!(language, "why-no-subtitles-offered")
}

fn no_subtitles(language: Language, problem: SubtitleProblem) -> String {
    match problem {
        SubtitleProblem::Fetch(why) => {
            let why = fault(language, why.kind);
            tr!(language, "notice-own-subtitles-not-fetched", why = why)
        }
        SubtitleProblem::TooLarge => tr!(language, "notice-own-subtitles-large"),
        SubtitleProblem::NotSubtitles => tr!(language, "notice-own-subtitles-none"),
        SubtitleProblem::MediaChanged => tr!(language, "notice-own-subtitles-changed"),
        SubtitleProblem::Player => tr!(language, "notice-own-subtitles-unreadable"),
    }
}

/// How loud it is, for a notice.
fn sound(language: Language, sound: Sound) -> String {
    let volume = sound.volume.to_string();
    if sound.muted {
        tr!(language, "notice-own-muted", volume = volume)
    } else if sound.volume >= sound.most {
        tr!(language, "notice-own-volume-most", volume = volume)
    } else {
        tr!(language, "notice-own-volume", volume = volume)
    }
}

/// How loud it is, in as few words as the header has room for.
#[must_use]
pub fn sound_mark(language: Language, sound: Sound) -> String {
    let volume = sound.volume.to_string();
    if sound.muted {
        tr!(language, "screen-muted")
    } else {
        tr!(language, "screen-volume", volume = volume)
    }
}

/// A track in a few words: its language and its title, or its number.
fn name(language: Language, track: &Track) -> String {
    let code = track.language.as_deref();
    let spoken = code.map(|code| language_names::own_name(code).unwrap_or(code));
    match (spoken, track.title.as_deref()) {
        (Some(spoken), Some(title)) => {
            let says_it = title.to_lowercase().contains(&spoken.to_lowercase());
            if says_it {
                title.to_owned()
            } else {
                format!("{spoken} ({title})")
            }
        }
        (Some(spoken), None) => spoken.to_owned(),
        (None, Some(title)) => title.to_owned(),
        (None, None) => tr!(language, "track-unnamed", number = track.number.to_string()),
    }
}

fn chosen(language: Language, kind: TrackKind, track: &Track, of: usize) -> String {
    let name = name(language, track);
    let text = match kind {
        TrackKind::Audio => tr!(language, "notice-own-audio", name = name),
        TrackKind::Subtitles => tr!(language, "notice-own-subtitles", name = name),
    };
    if of < 2 {
        return text;
    }
    let place = tr!(
        language,
        "track-place",
        number = track.number.to_string(),
        of = of.to_string()
    );
    format!("{text}, {place}")
}

fn none_chosen(language: Language, kind: TrackKind, of: usize) -> String {
    match kind {
        TrackKind::Audio if of == 0 => tr!(language, "notice-own-no-audio"),
        TrackKind::Audio => tr!(language, "notice-own-audio-off"),
        TrackKind::Subtitles => tr!(language, "notice-own-subtitles-off"),
    }
}

/// The tracks, one a line: the number in a column, what it is, and its remarks after two blanks.
fn list(language: Language, kind: TrackKind, tracks: &[Track]) -> String {
    let mut text = match (kind, tracks.is_empty()) {
        (TrackKind::Audio, true) => return tr!(language, "notice-own-no-audio"),
        (TrackKind::Subtitles, true) => return tr!(language, "notice-own-no-subtitles"),
        (TrackKind::Audio, false) => tr!(language, "notice-own-audio-list"),
        (TrackKind::Subtitles, false) => tr!(language, "notice-own-subtitle-list"),
    };
    for track in tracks.iter().take(MOST_LISTED) {
        let (number, name) = (track.number.to_string(), name(language, track));
        let name = shortened(name);
        let mark = if track.is_selected { '▸' } else { ' ' };
        let _infallible = write!(text, "\n{mark}{number:>NUMBER$}  {name}");
        let remarks = [
            track.codec.clone(),
            track.is_default.then(|| tr!(language, "track-default")),
            track.is_forced.then(|| tr!(language, "track-forced")),
            track.is_external.then(|| tr!(language, "track-external")),
        ];
        let remarks: Vec<String> = remarks.into_iter().flatten().collect();
        if !remarks.is_empty() {
            let _infallible = write!(text, "  {}", remarks.join(", "));
        }
    }
    let more = tracks.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        text.push('\n');
        text.push_str(&tr!(language, "track-more", count = more));
    }
    text
}

/// A name that leaves space for what stands behind it.
fn shortened(name: String) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name;
    }
    let begun: String = name.chars().take(LONGEST_NAME - 1).collect();
    format!("{}…", begun.trim_end())
}

fn subtitle_delay(language: Language, delay: Span) -> String {
    let by = milliseconds(language, delay);
    match delay.0 {
        0 => tr!(language, "notice-own-subtitles-on-time"),
        1.. => tr!(language, "notice-own-subtitles-later", by = by),
        _ => tr!(language, "notice-own-subtitles-sooner", by = by),
    }
}

/// How late the sound device is, and what is done about it.
fn offset_text(language: Language, offset: Span, device: Option<&str>) -> String {
    let by = milliseconds(language, offset);
    let device = device.map_or_else(
        || tr!(language, "own-device-unknown"),
        |device| quoted(language, device),
    );
    match offset.0 {
        0 => tr!(language, "notice-own-offset-none", device = device),
        1.. => tr!(language, "notice-own-offset-late", by = by, device = device),
        _ => tr!(
            language,
            "notice-own-offset-early",
            by = by,
            device = device
        ),
    }
}

/// The lines about the sound device, for the page of figures: none before sound is played.
#[must_use]
pub fn sound_device(language: Language, own: &OwnPlayer) -> Vec<String> {
    let offset = own.offset();
    let device = own.device();
    let is_known = device.is_some() || offset != Span::ZERO;
    let offset = is_known.then(|| offset_text(language, offset, device));
    let delay = own.sound_delay();
    let by = milliseconds(language, delay);
    let delay = match delay.0 {
        0 => None,
        1.. => Some(tr!(language, "own-sound-delay-later", by = by)),
        _ => Some(tr!(language, "own-sound-delay-sooner", by = by)),
    };
    offset.into_iter().chain(delay).collect()
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::app::output::{Notice, OwnPlayerNotice};
    use crate::protocol::time::Span;
    use crate::sync::player::{Sound, Track, TrackKind};
    use crate::texts::language::Language;

    fn track(number: u32, language: Option<&str>, title: Option<&str>) -> Track {
        Track {
            kind: TrackKind::Subtitles,
            number,
            title: title.map(str::to_owned),
            language: language.map(str::to_owned),
            codec: Some("subrip".to_owned()),
            is_default: number == 1,
            is_forced: false,
            is_external: number == 3,
            is_selected: number == 2,
        }
    }

    fn said(language: Language, notice: OwnPlayerNotice) -> String {
        text(language, &Notice::Own(notice)).unwrap()
    }

    #[test]
    fn how_loud_it_is_reads_naturally() {
        let loud = |volume, muted| {
            let most = 130;
            OwnPlayerNotice::Volume(Sound {
                volume,
                muted,
                most,
            })
        };
        let sound = |muted| loud(65, muted);
        assert_eq!(
            said(Language::English, loud(130, false)),
            "Volume 130 %, as loud as your player goes"
        );
        assert_eq!(said(Language::English, sound(false)), "Volume 65 %");
        assert_eq!(said(Language::Russian, sound(false)), "Громкость 65 %");
        assert_eq!(said(Language::English, sound(true)), "Muted (volume 65 %)");
        assert_eq!(
            said(Language::Russian, sound(true)),
            "Звук выключен (громкость 65 %)"
        );
    }

    #[test]
    fn tracks_are_named_by_language_and_title() {
        let tracks = vec![
            track(1, Some("eng"), Some("English (SDH)")),
            track(2, Some("ru"), Some("forced")),
            track(3, None, None),
        ];
        let chosen = |number: usize| OwnPlayerNotice::Track {
            kind: TrackKind::Subtitles,
            track: tracks.get(number - 1).cloned(),
            of: 3,
        };
        let english = |notice| said(Language::English, notice);
        assert_eq!(english(chosen(1)), "Subtitles: English (SDH), 1 of 3");
        assert_eq!(english(chosen(2)), "Subtitles: Русский (forced), 2 of 3");
        assert_eq!(english(chosen(3)), "Subtitles: track 3, 3 of 3");
        let off = OwnPlayerNotice::Track {
            kind: TrackKind::Subtitles,
            track: None,
            of: 3,
        };
        assert_eq!(said(Language::Russian, off), "Субтитры выключены");
        let kind = TrackKind::Subtitles;
        let list = english(OwnPlayerNotice::Tracks { kind, tracks });
        let lines: Vec<&str> = list.lines().collect();
        assert_eq!(lines[1], "   1  English (SDH)  subrip, default");
        assert_eq!(lines[2], "▸  2  Русский (forced)  subrip");
        assert_eq!(lines[3], "   3  track 3  subrip, from a file");
    }

    #[test]
    fn a_delay_of_subtitles_says_which_way() {
        let delay = |span| OwnPlayerNotice::SubtitleDelay(span);
        let english = |span| said(Language::English, delay(span));
        assert_eq!(english(Span::millis(100)), "Subtitles 100 ms later");
        assert_eq!(english(Span::millis(-500)), "Subtitles 500 ms sooner");
        assert_eq!(english(Span::ZERO), "Subtitles on time");
    }
}
