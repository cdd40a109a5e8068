//! The events of mpv that are handled.

use serde_json::Value;

pub(super) use super::own_property::OwnProperty;

/// An event from mpv, parsed; others are ignored.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum MpvEvent {
    /// mpv begins to open a playlist entry.
    StartFile {
        /// mpv's number for it, which is never reused.
        entry: u64,
    },
    /// The last started entry is open.
    FileLoaded,
    /// An entry ended.
    EndFile {
        /// mpv's number of the playlist entry.
        entry: u64,
        /// The reason: `eof`, `stop`, `quit`, `error`, `redirect`.
        reason: String,
        /// mpv's name for the error; empty otherwise.
        error: String,
    },
    /// A seek began, by whomever.
    Seek,
    /// Playback runs or is stopped at its new position.
    PlaybackRestart,
    /// An observed property changed.
    Property {
        observed: Observed,
        /// Its value; null if it currently has none.
        value: Value,
    },
    /// A message to this connection.
    Message(Vec<String>),
    /// A line of mpv's log.
    Log {
        /// The module of mpv that wrote it.
        prefix: String,
        text: String,
    },
}

/// The observed properties. All are numbers or booleans, or mpv's own names: other text might not be
/// UTF-8, and the event would be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Observed {
    /// `pause`: whether playback is paused by an order or by the member.
    Pause,
    /// `speed`: 1 is normal.
    Speed,
    /// `paused-for-cache`: whether playback waits for data.
    Stalled,
    /// `eof-reached`: whether mpv is at the end of its data.
    AtEnd,
    /// `time-pos`, only while there is no audio clock to read.
    Frame,
    /// `duration`, in seconds: the container's, or the last time stamp read so far.
    Duration,
    /// `demuxer-cache-state`, at most twice a second (measured). Contains booleans and numbers.
    Cache,
    /// `audio-delay`, in seconds.
    AudioDelay,
    /// `vid`: a number while a video track is selected.
    Picture,
    /// `time-pos`, only while it is paused.
    Still,
    /// `loop-file`, kept at its value.
    LoopFile,
    /// `loop-playlist`, kept at its value.
    LoopPlaylist,
    /// `keep-open`, kept at its value.
    KeepOpen,
    /// `keep-open-pause`, kept at its value.
    KeepOpenPause,
    /// `force-window`: mpv turns it off where no window can be opened.
    ForcedWindow,
    /// `osd-width`: the window's width in pixels.
    WindowWidth,
    /// `osd-height`: the window's height in pixels.
    WindowHeight,
    /// What is the member's own.
    Own(OwnProperty),
}

impl Observed {
    /// The properties that are observed from the start; the others only while they are needed.
    pub(super) const ALWAYS: [Self; 15] = [
        Self::Pause,
        Self::Speed,
        Self::Stalled,
        Self::AtEnd,
        Self::Duration,
        Self::Cache,
        Self::AudioDelay,
        Self::Picture,
        Self::LoopFile,
        Self::LoopPlaylist,
        Self::KeepOpen,
        Self::KeepOpenPause,
        Self::ForcedWindow,
        Self::WindowWidth,
        Self::WindowHeight,
    ];

    /// mpv's property name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Speed => "speed",
            Self::Stalled => "paused-for-cache",
            Self::AtEnd => "eof-reached",
            Self::Frame | Self::Still => "time-pos",
            Self::Duration => "duration",
            Self::Cache => "demuxer-cache-state",
            Self::AudioDelay => "audio-delay",
            Self::Picture => "vid",
            Self::LoopFile => "loop-file",
            Self::LoopPlaylist => "loop-playlist",
            Self::KeepOpen => "keep-open",
            Self::KeepOpenPause => "keep-open-pause",
            Self::ForcedWindow => "force-window",
            Self::WindowWidth => "osd-width",
            Self::WindowHeight => "osd-height",
            Self::Own(property) => property.name(),
        }
    }

    /// The value that an option is reset to when the member changes it in the window. These options
    /// decide what happens at the end of media: all members see the last picture there.
    pub(super) const fn fixed_value(self) -> Option<bool> {
        match self {
            Self::LoopFile | Self::LoopPlaylist | Self::KeepOpenPause => Some(false),
            Self::KeepOpen => Some(true),
            _ => None,
        }
    }

    /// The id of its observation, which mpv's events repeat.
    pub(super) const fn id(self) -> u64 {
        match self {
            Self::Pause => 1,
            Self::Speed => 2,
            Self::Stalled => 3,
            Self::AtEnd => 4,
            Self::Frame => 5,
            Self::Duration => 6,
            Self::Cache => 7,
            Self::AudioDelay => 8,
            Self::Picture => 9,
            Self::Still => 10,
            Self::LoopFile => 11,
            Self::LoopPlaylist => 12,
            Self::KeepOpen => 13,
            Self::KeepOpenPause => 14,
            Self::WindowWidth => 15,
            Self::WindowHeight => 16,
            Self::ForcedWindow => 17,
            Self::Own(property) => property.id(),
        }
    }

    fn of(id: u64) -> Option<Self> {
        let others = [Self::Frame, Self::Still];
        let own = OwnProperty::OBSERVED.into_iter().map(Self::Own);
        let mut all = Self::ALWAYS.into_iter().chain(others).chain(own);
        all.find(|observed| observed.id() == id)
    }
}

impl MpvEvent {
    /// Parses an event; `None` for other or invalid ones.
    pub(super) fn parse(value: &Value) -> Option<Self> {
        let number = |name: &str| value.get(name).and_then(Value::as_u64);
        let text = |name: &str| {
            value
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        Some(match value.get("event")?.as_str()? {
            "start-file" => Self::StartFile {
                entry: number("playlist_entry_id")?,
            },
            "file-loaded" => Self::FileLoaded,
            "end-file" => Self::EndFile {
                entry: number("playlist_entry_id")?,
                reason: text("reason"),
                error: text("file_error"),
            },
            "seek" => Self::Seek,
            "playback-restart" => Self::PlaybackRestart,
            "property-change" => Self::Property {
                observed: Observed::of(number("id")?)?,
                value: value.get("data").cloned().unwrap_or(Value::Null),
            },
            "client-message" => Self::Message(message(value.get("args")?)?),
            "log-message" => Self::Log {
                prefix: text("prefix"),
                text: text("text"),
            },
            _ => return None,
        })
    }
}

/// The most parts of a message that are read: a key has five or six.
const MOST_PARTS: usize = 8;

/// The parts of a message, if all are text.
fn message(parts: &Value) -> Option<Vec<String>> {
    let parts = parts.as_array()?.iter().take(MOST_PARTS);
    parts.map(|part| part.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{MpvEvent, Observed};

    #[test]
    fn events_are_read_as_mpv_writes_them() {
        let cases = [
            (
                json!({"event":"start-file","playlist_entry_id":3}),
                MpvEvent::StartFile { entry: 3 },
            ),
            (
                json!({"event":"end-file","reason":"error","playlist_entry_id":2,"file_error":"loading failed"}),
                MpvEvent::EndFile {
                    entry: 2,
                    reason: "error".to_owned(),
                    error: "loading failed".to_owned(),
                },
            ),
            (
                json!({"event":"property-change","id":1,"name":"pause","data":true}),
                MpvEvent::Property {
                    observed: Observed::Pause,
                    value: json!(true),
                },
            ),
            (
                json!({"event":"client-message","args":["key-binding","react-1","d-","1","1"]}),
                MpvEvent::Message(
                    ["key-binding", "react-1", "d-", "1", "1"]
                        .map(str::to_owned)
                        .to_vec(),
                ),
            ),
            (
                json!({"event":"property-change","id":4,"name":"eof-reached"}),
                MpvEvent::Property {
                    observed: Observed::AtEnd,
                    value: Value::Null,
                },
            ),
        ];
        for (line, event) in cases {
            assert_eq!(MpvEvent::parse(&line), Some(event), "{line}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_no_event() {
        for line in [
            json!({"event":"idle"}),
            json!({"event":7}),
            json!({"event":"start-file"}),
            json!({"event":"client-message","args":["key-binding",1]}),
            json!({"event":"client-message"}),
            json!({"event":"start-file","playlist_entry_id":"3"}),
            json!({"event":"property-change","id":-1,"data":true}),
            json!({"event":"property-change","id":99,"data":true}),
            json!([]),
        ] {
            assert_eq!(MpvEvent::parse(&line), None, "{line}");
        }
    }
}
