//! Commands that carry the place of the player in which they were given.

use super::Command;
use crate::protocol::ids::Epoch;

impl Command {
    /// The command to send again after the room denied it as too late: the same without its mark,
    /// if `epoch` is still what plays. `None` for a seek, whose target is out of date.
    #[must_use]
    pub fn without_mark(&self, epoch: Epoch) -> Option<Self> {
        match self {
            Self::Pause { mark: Some(mark) } if mark.epoch == epoch => {
                Some(Self::Pause { mark: None })
            }
            Self::Resume { mark: Some(mark) } if mark.epoch == epoch => {
                Some(Self::Resume { mark: None })
            }
            _ => None,
        }
    }
}
