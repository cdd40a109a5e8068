//! The player of a seat.

use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{PlayerCommand, PlayerEvent};

/// A player that carries out each order at once.
#[derive(Debug, Default)]
pub(crate) struct InstantPlayer {
    pub(crate) loaded: Option<Epoch>,
    pub(crate) paused: bool,
    pub(crate) position: Position,
    pub(crate) read: LocalTime,
    pub(crate) speed: f64,
    /// Where its copy of the media ends, if that is before the media does.
    pub(crate) copy: Option<Position>,
    pub(crate) ended: bool,
}

impl InstantPlayer {
    /// The position now.
    pub(crate) fn run(&mut self, now: LocalTime) -> Position {
        if self.loaded.is_some() && !self.paused {
            let ran = (now - self.read).as_seconds() * self.speed;
            self.position = self.position + Span::from_seconds(ran);
        }
        self.position = self.in_copy(self.position);
        self.read = now;
        self.position
    }

    /// A place in what it has of the media.
    fn in_copy(&self, position: Position) -> Position {
        self.copy.map_or(position, |end| position.min(end))
    }

    /// The event that it came to the end of its copy.
    pub(crate) fn end(&mut self) -> Option<PlayerEvent> {
        let epoch = self.loaded?;
        let ends = self.copy == Some(self.position);
        (ends && !std::mem::replace(&mut self.ended, ends)).then_some(PlayerEvent::Ended {
            epoch,
            broken: None,
        })
    }

    pub(crate) fn obey(&mut self, order: &PlayerCommand, at: LocalTime) -> Vec<PlayerEvent> {
        let position = self.run(at);
        match order {
            PlayerCommand::Load {
                epoch,
                start,
                paused,
                ..
            } => {
                let epoch = *epoch;
                let position = self.in_copy(*start);
                (self.loaded, self.position, self.paused) = (Some(epoch), position, *paused);
                self.ended = false;
                let loaded = PlayerEvent::Loaded {
                    epoch,
                    title: Some("A film".into()),
                    has_audio: true,
                    seekable: true,
                    live: false,
                    begins: None,
                };
                let length = PlayerEvent::Length {
                    epoch,
                    length: Span::seconds(600),
                };
                vec![
                    loaded,
                    length,
                    PlayerEvent::PlaybackRestarted { position, at },
                ]
            }
            PlayerCommand::SetPaused(paused) => self.pause(*paused, at),
            PlayerCommand::Seek(target) => {
                let position = self.in_copy(*target);
                self.position = position;
                self.ended = false;
                vec![
                    PlayerEvent::SeekBegan { at },
                    PlayerEvent::PlaybackRestarted { position, at },
                ]
            }
            PlayerCommand::SetSpeed { speed, .. } => {
                self.speed = *speed;
                vec![PlayerEvent::Speed { speed: *speed }]
            }
            PlayerCommand::Unload => {
                self.loaded = None;
                Vec::new()
            }
            // What is the member's own, or the process's, moves no media.
            _ => {
                assert!(position >= Position::START);
                Vec::new()
            }
        }
    }

    /// Somebody pauses it or lets it run: the room, or its user.
    pub(crate) fn pause(&mut self, paused: bool, at: LocalTime) -> Vec<PlayerEvent> {
        let position = Some(self.run(at));
        self.paused = paused;
        vec![PlayerEvent::Paused {
            paused,
            position,
            at,
        }]
    }
}
