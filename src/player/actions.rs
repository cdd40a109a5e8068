//! What the observer wants done: events told to the client, and questions asked of mpv, each
//! with its purpose, by which the answer is understood.

use serde_json::{Value, json};

use super::event::Observed;
use super::loaded_media::LoadNumber;
use super::properties::MediaProperty;
use crate::sync::player::PlayerEvent;

/// Why something was asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Purpose {
    /// Only whether it worked matters: an order, named for the log.
    Order(&'static str),
    /// Whether the player answers at all.
    Probe,
    /// mpv's number for the medium of this load.
    LoadFile(LoadNumber),
    /// Something about the entry that opened.
    Property(u64, MediaProperty),
    /// Where it stands after `pause` changed to this value.
    PausedAt(bool),
    /// Where it stands after its picture changed while it was paused.
    SteppedTo,
    /// The duration of the medium of this load, in seconds.
    Duration(LoadNumber),
    /// The state of its cache, read after its duration.
    Cache(LoadNumber),
    /// The state of its cache, while it seeks.
    SeekingCache,
    /// Whether the seek to where it was ordered to stand was taken.
    Landing(LoadNumber),
    /// Whether its complaints are all in, after its data came to an end.
    EndReached(LoadNumber),
    /// Whether the medium of this load stands at the end of its data.
    WhetherAtEnd(LoadNumber),
    /// Whether the seek that is over was mpv's own way back from beyond the end.
    WhoseSeek,
    /// Whether the medium of this load had a picture, or sound, when it came to a place.
    Shown(LoadNumber),
    /// Where it stands after a load or a seek.
    RestartedAt,
    /// A part of a position's reading.
    Sample(u64, SamplePart),
    /// Whether its complaints are all in, after an entry ended with this error.
    Complaints(u64, String),
    /// Which sound outputs the member chose.
    ChosenSound,
    /// Which sound output is in use, while the chosen one is not "none".
    CurrentSound,
}

/// One of the questions that make a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SamplePart {
    /// `audio-pts`
    Audio,
    /// `time-pos`
    Frame,
    /// `demuxer-cache-time`: how far it is buffered.
    Cache,
}

impl SamplePart {
    /// All of them, in the order they are asked; the last one completes a reading.
    pub(super) const ALL: [Self; 3] = [Self::Audio, Self::Frame, Self::Cache];

    /// mpv's name for it.
    pub(super) const fn property(self) -> &'static str {
        match self {
            Self::Audio => "audio-pts",
            Self::Frame => "time-pos",
            Self::Cache => "demuxer-cache-time",
        }
    }
}

/// What is to be done now: events told and questions asked, in their order.
#[derive(Debug, Default)]
pub(super) struct Actions {
    /// What to tell.
    pub(super) events: Vec<PlayerEvent>,
    /// What to ask mpv, and why.
    pub(super) asks: Vec<(Purpose, Value)>,
}

impl Actions {
    /// Tells an event.
    pub(super) fn tell(&mut self, event: PlayerEvent) {
        self.events.push(event);
    }

    /// Asks for a property's value.
    pub(super) fn get(&mut self, purpose: Purpose, property: &str) {
        self.asks.push((purpose, json!(["get_property", property])));
    }

    /// Observes a property.
    pub(super) fn observe(&mut self, observed: Observed) {
        let command = json!(["observe_property", observed.id(), observed.name()]);
        self.order("observe_property", command);
    }

    /// Observes a property no more.
    pub(super) fn unobserve(&mut self, observed: Observed) {
        self.order(
            "unobserve_property",
            json!(["unobserve_property", observed.id()]),
        );
    }

    /// Takes over what `more` holds, after what is here.
    pub(super) fn append(&mut self, more: Self) {
        self.asks.extend(more.asks);
        self.events.extend(more.events);
    }

    /// Sets a property.
    pub(super) fn set(&mut self, property: &'static str, value: &Value) {
        self.asks.push((
            Purpose::Order(property),
            json!(["set_property", property, value]),
        ));
    }

    /// Gives a command whose answer holds nothing of interest.
    pub(super) fn order(&mut self, name: &'static str, command: Value) {
        self.asks.push((Purpose::Order(name), command));
    }
}
