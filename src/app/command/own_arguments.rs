//! Readers of the arguments of commands about the own player, each from trimmed text.

use super::argument_word::ArgumentWord;
use super::parsed_line::{ClientCommand, ParsedLine, Setting, TrackRequest};
use super::read_error::{REPEATED, ReadError};
use crate::app::output::{ArgumentFault, Why};
use crate::media::subtitles::{SubtitleLink, SubtitleLinkError};
use crate::protocol::text::clean;
use crate::protocol::time::Span;
use crate::sync::player::{MOST_OUTPUT_OFFSET, PlayerCommand, Quality, Sound, TrackKind};

/// The most by which subtitles can be late or early, in seconds (judgement: another cut of a film
/// may begin minutes later).
const MOST_SUBTITLE_DELAY: f64 = 600.0;

/// `40`, `+5` or `-5`: the own volume in percent, or by how much it changes. The player ends it at its
/// own limit.
pub(super) fn volume(text: &str) -> Result<PlayerCommand, ReadError> {
    let text = text.trim_end_matches('%');
    let percent = |digits: &str| match digits.parse::<u16>() {
        Ok(percent) if percent <= Sound::LOUDEST => Ok(percent),
        _ => Err(ReadError::Bad),
    };
    let by = |digits: &str| percent(digits).map(i32::from);
    if let Some(more) = text.strip_prefix('+') {
        return by(more).map(PlayerCommand::AdjustVolume);
    }
    if let Some(less) = text.strip_prefix(['-', '−']) {
        return by(less).map(|percent| PlayerCommand::AdjustVolume(-percent));
    }
    percent(text).map(PlayerCommand::SetVolume)
}

/// `480`, `720p`, `best` or `audio`.
pub(super) fn quality(text: &str) -> Result<Quality, ReadError> {
    match ArgumentWord::read(text) {
        Some(ArgumentWord::Best) => Ok(Quality::Best),
        Some(ArgumentWord::Audio) => Ok(Quality::AudioOnly),
        _ => match text.trim_end_matches(['p', 'P']).parse::<u16>() {
            Ok(lines @ 144..=4320) => Ok(Quality::UpTo(lines)),
            _ => Err(ReadError::Bad),
        },
    }
}

/// `2`, `#2`, `off`, `English` or nothing: which track. Sound is switched off by `/mute`: without a
/// track its clock would be missing.
///
/// A link is no track: it is offered to everybody by the command whose name is like this one's.
pub(super) fn track(kind: TrackKind, text: &str) -> Result<ParsedLine, ReadError> {
    if kind == TrackKind::Subtitles && is_link(text) {
        return Err(ReadError::Because(ArgumentFault::OffersSubtitles));
    }
    let request = match ArgumentWord::read(text) {
        _ if text.is_empty() => TrackRequest::List,
        Some(ArgumentWord::Off) if kind == TrackKind::Subtitles => TrackRequest::Off,
        _ => TrackRequest::Named(clean(text, REPEATED)),
    };
    Ok(ParsedLine::Client(ClientCommand::Track(kind, request)))
}

fn is_link(text: &str) -> bool {
    text.contains("://")
}

/// A link to subtitles for everybody, or `yes` to those that are offered.
pub(super) fn offered_subtitles(text: &str) -> Result<ParsedLine, ReadError> {
    if ArgumentWord::read(text) == Some(ArgumentWord::Yes) {
        return Ok(ParsedLine::Client(ClientCommand::AcceptSubtitles));
    }
    if text.is_empty() {
        return Err(ReadError::Bad);
    }
    let is_number = text.trim_start_matches('#').parse::<u32>().is_ok();
    if is_number || ArgumentWord::read(text) == Some(ArgumentWord::Off) {
        return Err(ReadError::Because(ArgumentFault::ChoosesSubtitles));
    }
    match SubtitleLink::parse(text) {
        Ok(link) => Ok(ParsedLine::Client(ClientCommand::OfferSubtitles(link))),
        Err(SubtitleLinkError::NotSubtitles) => {
            Err(ReadError::Because(ArgumentFault::NotSubtitles))
        }
        Err(SubtitleLinkError::Link(fault)) => Err(ReadError::Known(Why::Media(fault))),
    }
}

/// `+100ms`, `-0.5`, `0`, or nothing to ask how it is.
pub(super) fn subtitle_delay(text: &str) -> Result<ParsedLine, ReadError> {
    if text.is_empty() {
        let asked = ClientCommand::Tell(Setting::SubtitleDelay);
        return Ok(ParsedLine::Client(asked));
    }
    let seconds = signed(text, 1.0)?;
    if seconds.abs() > MOST_SUBTITLE_DELAY {
        return Err(ReadError::Bad);
    }
    let order = PlayerCommand::SetSubtitleDelay(Span::from_seconds(seconds));
    Ok(ParsedLine::Client(ClientCommand::Own(order)))
}

/// `off`, or nothing: whether the room's links into the own network are opened.
pub(super) fn trust(text: &str) -> Result<ParsedLine, ReadError> {
    let trusted = match ArgumentWord::read(text) {
        _ if text.is_empty() => true,
        Some(ArgumentWord::On) => true,
        Some(ArgumentWord::Off) => false,
        _ => return Err(ReadError::Bad),
    };
    Ok(ParsedLine::Client(ClientCommand::TrustLinks(trusted)))
}

/// `+40`, `-40`, `0`: milliseconds; or nothing to ask how it is.
pub(super) fn nudge(text: &str) -> Result<ParsedLine, ReadError> {
    let seconds = match text {
        "" => None,
        text => Some(signed(text, 0.001)?),
    };
    let offset = seconds.map(Span::from_seconds);
    if offset.is_some_and(|offset| offset.abs() > MOST_OUTPUT_OFFSET) {
        return Err(ReadError::Bad);
    }
    Ok(ParsedLine::Client(ClientCommand::Nudge(offset)))
}

/// A span with a sign, in seconds: of a number that counts `unit` seconds unless `ms` or `s`
/// stands behind it.
fn signed(text: &str, unit: f64) -> Result<f64, ReadError> {
    let text = text.replace('−', "-").replace(',', ".").to_lowercase();
    let behind = |signs: &[&str]| signs.iter().find_map(|sign| text.strip_suffix(sign));
    let (number, unit) = match (behind(&["ms", "мс"]), behind(&["s", "с"])) {
        (Some(number), _) => (number, 0.001),
        (None, Some(number)) => (number, 1.0),
        (None, None) => (text.as_str(), unit),
    };
    let number = number.trim_end();
    let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let seconds = number.parse::<f64>().ok().filter(|_| is_plain);
    seconds.map(|number| number * unit).ok_or(ReadError::Bad)
}

#[cfg(test)]
mod tests {
    use super::{signed, subtitle_delay};

    #[test]
    fn a_span_is_read_with_sign_and_unit() {
        for (text, seconds) in [
            ("+100ms", 0.1),
            ("-0.5", -0.5),
            ("−0,5 с", -0.5),
            ("0", 0.0),
            ("2s", 2.0),
            ("40мс", 0.04),
        ] {
            let read = signed(text, 1.0).unwrap();
            assert!((read - seconds).abs() < 1e-9, "{text}: {read}");
        }
        assert!((signed("+40", 0.001).unwrap() - 0.04).abs() < 1e-9);
        for text in [
            "", "+", "--1", "1e3", "inf", "nan", "1m", "ms", "1.2.3", ".",
        ] {
            assert!(signed(text, 1.0).is_err(), "{text}");
        }
    }

    #[test]
    fn a_delay_beyond_reason_is_a_mistake() {
        assert!(subtitle_delay("600").is_ok());
        assert!(subtitle_delay("-601").is_err());
    }
}
