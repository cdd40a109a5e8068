//! Orders that concern a member's own player only: volume, tracks, window, quality.

use serde_json::{Value, json};

use super::event::OwnProperty;
use crate::protocol::time::Span;
use crate::sync::player::{OwnAct, PlayerCommand, Quality, TrackKind};

/// How long mpv shows its own message about a change over the picture.
const SHOWN: &str = "osd-msg-bar";

/// The requests for such an order, each with a name for the log; none for any other order. mpv takes
/// any volume that is set, but plays none above its `volume-max`, which is `most`.
pub(super) fn order(order: &PlayerCommand, most: u16) -> Vec<(&'static str, Value)> {
    let mut asks = Vec::new();
    let mut ask = |name, command| asks.push((name, command));
    match order {
        PlayerCommand::AdjustVolume(by) => ask("volume", json!([SHOWN, "add", "volume", by])),
        PlayerCommand::SetVolume(to) => {
            let to = (*to).min(most).to_string();
            ask("volume", json!([SHOWN, "set", "volume", to]));
        }
        PlayerCommand::ToggleMute => ask("mute", json!([SHOWN, "cycle", "mute"])),
        PlayerCommand::CycleSubtitles => ask("sub", json!([SHOWN, "cycle", "sub"])),
        PlayerCommand::CycleAudio => ask("audio", json!([SHOWN, "cycle", "audio"])),
        PlayerCommand::ToggleFullscreen => ask("fullscreen", json!(["cycle", "fullscreen"])),
        PlayerCommand::SelectTrack { kind, number } => {
            let property = match kind {
                TrackKind::Audio => "aid",
                TrackKind::Subtitles => "sid",
            };
            let value = number.map_or_else(|| "no".to_owned(), |number| number.to_string());
            ask(property, json!([SHOWN, "set", property, value]));
        }
        PlayerCommand::SetSubtitleDelay(delay) => {
            let delay = seconds(*delay);
            ask("sub-delay", json!([SHOWN, "set", "sub-delay", delay]));
        }
        PlayerCommand::SetQuality(quality) => {
            let format = format(*quality);
            ask(
                "ytdl-format",
                json!(["set_property", "ytdl-format", format]),
            );
            let picture = if *quality == Quality::AudioOnly {
                "no"
            } else {
                "auto"
            };
            ask("vid", json!(["set_property", "vid", picture]));
        }
        _ => {}
    }
    asks
}

/// What such an order is answered with: what is read once it was carried out, in this order.
pub(super) const fn answer(order: &PlayerCommand) -> Option<(OwnAct, &'static [OwnProperty])> {
    const SOUND: &[OwnProperty] = &[OwnProperty::Muted, OwnProperty::Volume];
    Some(match order {
        PlayerCommand::AdjustVolume(_) | PlayerCommand::SetVolume(_) => (OwnAct::Volume, SOUND),
        PlayerCommand::ToggleMute => (OwnAct::Mute, SOUND),
        PlayerCommand::CycleSubtitles => {
            (OwnAct::Track(TrackKind::Subtitles), &[OwnProperty::Tracks])
        }
        PlayerCommand::CycleAudio => (OwnAct::Track(TrackKind::Audio), &[OwnProperty::Tracks]),
        PlayerCommand::SelectTrack { kind, .. } => (OwnAct::Track(*kind), &[OwnProperty::Tracks]),
        PlayerCommand::ToggleFullscreen => (OwnAct::Fullscreen, &[OwnProperty::Fullscreen]),
        PlayerCommand::SetSubtitleDelay(_) => {
            (OwnAct::SubtitleDelay, &[OwnProperty::SubtitleDelay])
        }
        _ => return None,
    })
}

/// A span as mpv reads it: seconds with microseconds.
pub(super) fn seconds(span: Span) -> String {
    format!("{:.6}", span.as_seconds())
}

/// A quality as yt-dlp's format selection. A limit falls back to the smallest format.
fn format(quality: Quality) -> String {
    match quality {
        Quality::Best => "bestvideo+bestaudio/best".to_owned(),
        Quality::UpTo(lines) => {
            format!("bestvideo[height<=?{lines}]+bestaudio/best[height<=?{lines}]/worst")
        }
        Quality::AudioOnly => "bestaudio/best".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{format, order};
    use crate::sync::player::{PlayerCommand, Quality};

    #[test]
    fn a_limit_names_the_lines_and_nothing_else_is_an_order_of_ours() {
        assert!(format(Quality::UpTo(480)).contains("[height<=?480]"));
        assert!(order(&PlayerCommand::Unload, 130).is_empty());
        let asks = order(&PlayerCommand::SetQuality(Quality::AudioOnly), 130);
        assert_eq!(asks[1].1, serde_json::json!(["set_property", "vid", "no"]));
    }
}
