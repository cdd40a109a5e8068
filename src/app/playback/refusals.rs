//! Media that this machine does not open: the room hears that much.

use crate::media::policy::{self, Privacy, Refusal};
use crate::protocol::command::Report;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Epoch;
use crate::room::timeline::Timeline;

/// What this machine opens, and what the room heard of what it does not.
#[derive(Debug)]
pub(super) struct Refusals {
    privacy: Privacy,
    refused: Option<Refusal>,
    /// The media of which the room heard that it is not opened here.
    reported: Option<Epoch>,
}

impl Refusals {
    /// By what the member allows.
    pub(super) const fn new(privacy: Privacy) -> Self {
        Self {
            privacy,
            refused: None,
            reported: None,
        }
    }

    /// Why the room's media is not opened here, if so.
    pub(super) const fn refused(&self) -> Option<&Refusal> {
        self.refused.as_ref()
    }

    /// The room may have forgotten what it heard.
    pub(super) const fn repeat(&mut self) {
        self.reported = None;
    }

    /// Takes media that is not opened here out of a timeline; answers what the room is to hear,
    /// once for each media. It does not hear why: where a link leads in the own network is
    /// nobody's business.
    pub(super) fn take_out(&mut self, timeline: &mut Timeline) -> Option<Report> {
        let check = |media| policy::check(media, self.privacy).err();
        let playing = timeline.playing.as_ref();
        self.refused = playing.and_then(|playing| check(&playing.media));
        if self.refused.is_none() {
            self.reported = None;
            return None;
        }
        timeline.playing = None;
        let epoch = timeline.epoch;
        let is_new = self.reported.replace(epoch) != Some(epoch);
        is_new.then_some(Report::Failed {
            epoch,
            code: FailureCode::Other,
            retrying: false,
        })
    }

    /// There is no media that could be refused.
    pub(super) fn forget(&mut self) {
        self.refused = None;
        self.reported = None;
    }
}
