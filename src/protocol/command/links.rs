//! Commands that bring links into the room.

use super::Command;
use crate::media::Media;

impl Command {
    /// The links to media that it brings, in their order; none for most commands.
    #[must_use]
    pub fn links(&self) -> Vec<&Media> {
        match self {
            Self::Play { media } | Self::PlayWaiting { media } | Self::Add { media } => vec![media],
            Self::AddAll { batch } => batch.entries().iter().map(|entry| &entry.media).collect(),
            _ => Vec::new(),
        }
    }
}
