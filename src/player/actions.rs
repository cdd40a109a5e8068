//! The output of the observer: events for the client, and requests to mpv, each with the purpose by
//! which its answer is interpreted.

use serde_json::{Value, json};
use strum::VariantArray;

use super::event::{Observed, OwnProperty};
use super::loaded_media::LoadNumber;
use super::properties::MediaProperty;
use super::resolver_options::ResolverOptions;
use crate::sync::player::{OwnAct, PlayerEvent};

/// The purpose of a request.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Purpose {
    /// An order, named for the log; only its failure matters.
    Order(&'static str),
    /// Whether the player answers at all, asked when nothing else was for a while.
    Probe,
    /// The playlist entry of this load, which mpv's answer numbers.
    LoadFile(LoadNumber),
    /// A property of an opened entry.
    Property(u64, MediaProperty),
    /// The position after `pause` changed to this value.
    PausedAt(bool),
    /// The position after the picture changed during a pause.
    SteppedTo,
    /// The duration of the media of this load, in seconds.
    Duration(LoadNumber),
    /// The state of its cache, read after its duration.
    Cache(LoadNumber),
    /// The state of the cache during a seek.
    SeekingCache,
    /// Whether mpv accepted the seek to the start position.
    Landing(LoadNumber),
    /// Whether all log lines before the end of its data have arrived.
    EndReached(LoadNumber),
    /// Whether the media of this load is at the end of its data.
    WhetherAtEnd(LoadNumber),
    /// Whether the last seek was mpv's own return from beyond the end.
    WhoseSeek,
    /// Whether the media of this load has shown a picture or played sound.
    Shown(LoadNumber),
    /// The position after a load or a seek.
    RestartedAt,
    /// A part of a position reading.
    Sample(u64, SamplePart),
    /// Whether all log lines before an entry ended with this error have arrived.
    Complaints(u64, String),
    /// mpv's name for this connection, to which bindings send their keys.
    ClientName,
    /// What is bound to which key.
    Bindings,
    /// Whether a file follows the media that the member stopped.
    Stopped(LoadNumber),
    /// The address of a file that the member opened in the window, and whether it took the place of
    /// the room's media.
    ForeignFile(bool),
    /// The audio outputs that the member chose.
    ChosenSound,
    /// The current audio output, asked for after the chosen ones.
    CurrentSound,
    /// A property that is the member's own, and the order that its value answers.
    Own(OwnProperty, Option<OwnAct>),
    /// An order about what is the member's own, under its name for the log.
    OwnOrder(&'static str, OwnAct),
    /// Whether mpv reads the subtitles that it was given.
    AddSubtitles,
    /// `audio-delay` after it was ordered.
    SoundDelay,
    /// A part of the member's own options for yt-dlp, by its property.
    ResolverOptions(&'static str),
}

/// One of the requests of a position reading, in order; the last answer completes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub(super) enum SamplePart {
    /// `audio-pts`: the position of the audio clock; absent without sound.
    Audio,
    /// `time-pos`: the time of the last frame.
    Frame,
    /// `demuxer-cache-time`: the end of the buffered data.
    Cache,
}

impl SamplePart {
    /// mpv's property name.
    pub(super) const fn property(self) -> &'static str {
        match self {
            Self::Audio => "audio-pts",
            Self::Frame => "time-pos",
            Self::Cache => "demuxer-cache-time",
        }
    }
}

/// Events to emit and requests to send, in order.
#[derive(Debug, Default)]
pub(super) struct Actions {
    /// Events for the client, to be emitted first.
    pub(super) events: Vec<PlayerEvent>,
    /// Requests to mpv, each with the purpose by which its answer is handled.
    pub(super) asks: Vec<(Purpose, Value)>,
    /// The member's own options for yt-dlp, once mpv told them.
    pub(super) resolver: Option<ResolverOptions>,
}

impl Actions {
    /// Adds an event for the client.
    pub(super) fn emit(&mut self, event: PlayerEvent) {
        self.events.push(event);
    }

    /// Requests a property's value.
    pub(super) fn get(&mut self, purpose: Purpose, property: &str) {
        self.asks.push((purpose, json!(["get_property", property])));
    }

    /// Has mpv report a property whenever it changes, and once at first.
    pub(super) fn observe(&mut self, observed: Observed) {
        let command = json!(["observe_property", observed.id(), observed.name()]);
        self.order("observe_property", command);
    }

    /// Stops observing a property.
    pub(super) fn unobserve(&mut self, observed: Observed) {
        self.order(
            "unobserve_property",
            json!(["unobserve_property", observed.id()]),
        );
    }

    /// Appends the contents of `more`.
    pub(super) fn append(&mut self, more: Self) {
        self.asks.extend(more.asks);
        self.events.extend(more.events);
        self.resolver = more.resolver.or(self.resolver.take());
    }

    /// Sets a property; only a refusal is of interest.
    pub(super) fn set(&mut self, property: &'static str, value: &Value) {
        self.asks.push((
            Purpose::Order(property),
            json!(["set_property", property, value]),
        ));
    }

    /// Sends a command whose answer has no data of interest.
    pub(super) fn order(&mut self, name: &'static str, command: Value) {
        self.asks.push((Purpose::Order(name), command));
    }
}
