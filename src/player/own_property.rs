//! The properties of mpv that are the member's own: how they are read, and what they add up to.

use serde_json::Value;

use super::clean::clean;
use crate::protocol::time::Span;
use crate::sync::player::{OwnReport, Sound, Track, TrackKind};

/// The most tracks that are reported (judgement: discs have up to 40). mpv itself takes more.
const MOST_TRACKS: usize = 64;

/// The longest title of a track, in characters.
const TITLE: usize = 80;

/// The longest language of a track, in characters.
const LANGUAGE: usize = 16;

/// The longest name of a codec, in characters.
const CODEC: usize = 24;

/// The longest name of a sound device, in characters (judgement: `PulseAudio`'s have some 60).
const DEVICE: usize = 120;

/// A property that is the member's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnProperty {
    /// `volume`, in percent.
    Volume,
    /// `volume-max`, in percent.
    LoudestVolume,
    /// `mute`.
    Muted,
    /// `fullscreen`.
    Fullscreen,
    /// `sub-delay`, in seconds.
    SubtitleDelay,
    /// `height`: the lines of the picture; absent without one.
    PictureLines,
    /// `track-list`, read whenever one of the next three changed: its texts might not be UTF-8.
    Tracks,
    /// `track-list/count`.
    TrackCount,
    /// `aid`: the sound track in use.
    AudioTrack,
    /// `sid`: the subtitles in use.
    SubtitleTrack,
    /// `current-ao`: the driver of the sound, such as `pulse`; absent without sound.
    Driver,
    /// `audio-device`: the device that was chosen, or `auto`.
    ChosenDevice,
    /// `audio-out-detected-device`: the device in use, with the few drivers that tell.
    DetectedDevice,
}

impl OwnProperty {
    /// Those that are observed.
    pub(super) const OBSERVED: [Self; 11] = [
        Self::LoudestVolume,
        Self::Volume,
        Self::Muted,
        Self::Fullscreen,
        Self::SubtitleDelay,
        Self::PictureLines,
        Self::TrackCount,
        Self::AudioTrack,
        Self::SubtitleTrack,
        Self::Driver,
        Self::ChosenDevice,
    ];

    /// mpv's property name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::LoudestVolume => "volume-max",
            Self::Muted => "mute",
            Self::Fullscreen => "fullscreen",
            Self::SubtitleDelay => "sub-delay",
            Self::PictureLines => "height",
            Self::Tracks => "track-list",
            Self::TrackCount => "track-list/count",
            Self::AudioTrack => "aid",
            Self::SubtitleTrack => "sid",
            Self::Driver => "current-ao",
            Self::ChosenDevice => "audio-device",
            Self::DetectedDevice => "audio-out-detected-device",
        }
    }

    /// The id of its observation, which no other observed property has.
    pub(super) const fn id(self) -> u64 {
        100 + self as u64
    }

    /// What is read because this one changed.
    pub(super) const fn leads_to(self) -> Option<Self> {
        match self {
            Self::TrackCount | Self::AudioTrack | Self::SubtitleTrack => Some(Self::Tracks),
            Self::Driver | Self::ChosenDevice => Some(Self::DetectedDevice),
            _ => None,
        }
    }
}

/// The values so far.
#[derive(Debug, Default)]
pub(super) struct OwnValues {
    volume: Option<u16>,
    most: Option<u16>,
    muted: bool,
    fullscreen: bool,
    subtitle_delay: Span,
    picture_lines: Option<u32>,
    tracks: Vec<Track>,
    driver: Option<String>,
    chosen_device: Option<String>,
    detected_device: Option<String>,
}

impl OwnValues {
    /// Takes a value in; an invalid one, or none, leaves it as it was where that is of no meaning.
    pub(super) fn take(&mut self, property: OwnProperty, value: &Value) {
        let name = || value.as_str().map(|name| clean(name, DEVICE));
        let name = || name().filter(|name| !name.is_empty());
        match property {
            OwnProperty::Volume => self.volume = value.as_f64().map(percent).or(self.volume),
            OwnProperty::LoudestVolume => self.most = value.as_f64().map(percent).or(self.most),
            OwnProperty::Muted => self.muted = value == &Value::Bool(true),
            OwnProperty::Fullscreen => self.fullscreen = value == &Value::Bool(true),
            OwnProperty::SubtitleDelay => {
                let seconds = value.as_f64().filter(|seconds| seconds.is_finite());
                self.subtitle_delay = seconds.map_or(self.subtitle_delay, Span::from_seconds);
            }
            OwnProperty::PictureLines => {
                self.picture_lines = value.as_u64().and_then(|lines| u32::try_from(lines).ok());
            }
            OwnProperty::Tracks => {
                let tracks = value.as_array().map(Vec::as_slice).unwrap_or_default();
                self.tracks = tracks.iter().filter_map(track).take(MOST_TRACKS).collect();
            }
            OwnProperty::Driver => self.driver = name(),
            OwnProperty::ChosenDevice => self.chosen_device = name(),
            OwnProperty::DetectedDevice => self.detected_device = name(),
            OwnProperty::TrackCount | OwnProperty::AudioTrack | OwnProperty::SubtitleTrack => {}
        }
    }

    /// What a property adds up to with the others; `None` while that is not known.
    pub(super) fn report(&self, property: OwnProperty) -> Option<OwnReport> {
        match property {
            OwnProperty::Volume | OwnProperty::LoudestVolume | OwnProperty::Muted => {
                let sound = self.volume.map(|volume| Sound {
                    volume,
                    muted: self.muted,
                    most: self.most(),
                });
                sound.map(OwnReport::Sound)
            }
            OwnProperty::Fullscreen => Some(OwnReport::Fullscreen(self.fullscreen)),
            OwnProperty::SubtitleDelay => Some(OwnReport::SubtitleDelay(self.subtitle_delay)),
            OwnProperty::PictureLines => self.picture_lines.map(OwnReport::PictureLines),
            OwnProperty::Tracks => Some(OwnReport::Tracks(self.tracks.clone())),
            OwnProperty::TrackCount | OwnProperty::AudioTrack | OwnProperty::SubtitleTrack => None,
            OwnProperty::Driver | OwnProperty::ChosenDevice | OwnProperty::DetectedDevice => {
                self.device().map(OwnReport::SoundDevice)
            }
        }
    }

    /// The loudest that the player goes, in percent.
    pub(super) fn most(&self) -> u16 {
        self.most.unwrap_or(Sound::USUAL_MOST)
    }

    /// The device by its best known name; the driver where mpv chooses by itself and does not tell.
    fn device(&self) -> Option<String> {
        let driver = self.driver.as_ref()?;
        let chosen = self.chosen_device.as_ref();
        let chosen = chosen.filter(|device| *device != "auto");
        let device = self.detected_device.as_ref().or(chosen);
        Some(device.unwrap_or(driver).clone())
    }
}

/// A volume in whole percent.
fn percent(volume: f64) -> u16 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within bounds"
    )]
    let percent = volume.clamp(0.0, f64::from(Sound::LOUDEST)).round() as u16;
    percent
}

/// An entry of mpv's list of tracks; `None` for a picture and for what makes no sense.
fn track(entry: &Value) -> Option<Track> {
    let kind = match entry.get("type")?.as_str()? {
        "audio" => TrackKind::Audio,
        "sub" => TrackKind::Subtitles,
        _ => return None,
    };
    let number = u32::try_from(entry.get("id")?.as_u64()?).ok()?;
    let text = |name: &str, longest: usize| {
        let text = entry.get(name).and_then(Value::as_str)?;
        let text = clean(text, longest);
        (!text.is_empty()).then_some(text)
    };
    let is = |name: &str| entry.get(name) == Some(&Value::Bool(true));
    Some(Track {
        kind,
        number,
        title: text("title", TITLE),
        language: text("lang", LANGUAGE).filter(|language| language != "und"),
        codec: text("codec", CODEC),
        is_default: is("default"),
        is_forced: is("forced"),
        is_external: is("external"),
        is_selected: is("selected"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{MOST_TRACKS, OwnProperty, OwnValues};
    use crate::sync::player::{OwnReport, Sound, TrackKind};

    fn reported(values: &[(OwnProperty, Value)]) -> Option<OwnReport> {
        let mut own = OwnValues::default();
        for (property, value) in values {
            own.take(*property, value);
        }
        values.last().and_then(|(last, _)| own.report(*last))
    }

    #[test]
    fn volume_and_mute_are_told_together_once_the_volume_is_known() {
        let muted = (OwnProperty::Muted, json!(true));
        assert_eq!(reported(std::slice::from_ref(&muted)), None);
        let sound = |volume, muted| {
            let most = 130;
            Some(OwnReport::Sound(Sound {
                volume,
                muted,
                most,
            }))
        };
        let volume = (OwnProperty::Volume, json!(64.6));
        assert_eq!(reported(std::slice::from_ref(&volume)), sound(65, false));
        assert_eq!(reported(&[volume, muted]), sound(65, true));
        let absurd = (OwnProperty::Volume, json!(-1e300));
        assert_eq!(reported(&[absurd]), sound(0, false));
    }

    #[test]
    fn tracks_are_cleaned_and_bounded() {
        let hostile = json!({
            "id": 2, "type": "sub", "title": format!("a\u{1b}[31m\u{202e}{}", "b".repeat(200)),
            "lang": "rus", "codec": "subrip", "selected": true, "external": true,
        });
        let mut list = vec![json!({"id": 1, "type": "video"}), json!(7), hostile];
        list.extend((0..100).map(|id| json!({"id": id, "type": "audio", "lang": "und"})));
        let Some(OwnReport::Tracks(tracks)) = reported(&[(OwnProperty::Tracks, json!(list))])
        else {
            panic!("no tracks");
        };
        assert_eq!(tracks.len(), MOST_TRACKS);
        let first = tracks.first().unwrap();
        assert_eq!((first.kind, first.number), (TrackKind::Subtitles, 2));
        assert!(first.is_selected && first.is_external && !first.is_default);
        let title = first.title.clone().unwrap();
        assert!(
            title.starts_with("a[31mb") && title.chars().count() == 80,
            "{title:?}"
        );
        assert_eq!(tracks.last().unwrap().language, None);
    }

    #[test]
    fn a_device_goes_by_the_best_name_that_is_known() {
        let driver = (OwnProperty::Driver, json!("pulse"));
        let auto = (OwnProperty::ChosenDevice, json!("auto"));
        let chosen = (OwnProperty::ChosenDevice, json!("pulse/hdmi"));
        let detected = (OwnProperty::DetectedDevice, json!("coreaudio/AirPods"));
        let device = |name: &str| Some(OwnReport::SoundDevice(name.to_owned()));
        assert_eq!(reported(&[driver.clone(), auto]), device("pulse"));
        assert_eq!(
            reported(&[driver.clone(), chosen.clone()]),
            device("pulse/hdmi")
        );
        assert_eq!(
            reported(&[driver, chosen.clone(), detected]),
            device("coreaudio/AirPods")
        );
        assert_eq!(reported(&[chosen]), None, "no sound is played yet");
    }
}
