//! Media that this machine does not open. The room learns that much and no more.

use crate::media::policy::{self, Privacy, Refusal};
use crate::protocol::command::Report;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Epoch;
use crate::protocol::time::RoomTime;
use crate::room::timeline::Timeline;

/// What this machine may open, and which refusals were reported to the room.
#[derive(Debug)]
pub(super) struct Refusals {
    /// By the settings.
    privacy: Privacy,
    /// The room that is known now, by its creation.
    room: Option<RoomTime>,
    /// The room whose links the member trusts, by its creation: one that is made later under the same
    /// name is another's. And what was looked up for the room that is entered next.
    trusted: Option<RoomTime>,
    trusted_next: Option<RoomTime>,
    refused: Option<Refusal>,
    /// The media whose refusal was reported to the room.
    reported: Option<Epoch>,
}

impl Refusals {
    /// By what the member allows.
    pub(super) const fn new(privacy: Privacy) -> Self {
        Self {
            privacy,
            room: None,
            trusted: None,
            trusted_next: None,
            refused: None,
            reported: None,
        }
    }

    /// Why the room's media is not opened here, if so.
    pub(super) const fn refused(&self) -> Option<&Refusal> {
        self.refused.as_ref()
    }

    /// What this machine may contact.
    pub(super) fn privacy(&self) -> Privacy {
        if self.room.is_some() && self.trusted == self.room {
            Privacy::AllowPrivate
        } else {
            self.privacy
        }
    }

    /// Whether the settings allow every room what this one may.
    pub(super) fn is_open_by_settings(&self) -> bool {
        self.privacy == Privacy::AllowPrivate
    }

    /// The room as it is known now, by its creation; `None` without one.
    pub(super) const fn note_room(&mut self, created: Option<RoomTime>) {
        self.room = created;
    }

    /// The member trusts the links of this room from now on, or no longer. Returns which room is
    /// trusted.
    pub(super) fn trust(&mut self, trusts: bool) -> Option<RoomTime> {
        self.trusted = self.room.filter(|_| trusts);
        self.trusted
    }

    /// Which room of the name of the next one the member trusted, while there is a room or none.
    pub(super) const fn note_next(&mut self, trusted: Option<RoomTime>) {
        self.trusted_next = trusted;
        if self.room.is_none() {
            self.trusted = trusted;
        }
    }

    /// The room may have lost the report.
    pub(super) const fn repeat(&mut self) {
        self.reported = None;
    }

    /// Removes media that is not opened here from a timeline. Returns the report to the room, once
    /// for each epoch. The report does not say why: where a link leads in the member's own network
    /// is private.
    pub(super) fn take_out(&mut self, timeline: &mut Timeline) -> Option<Report> {
        let check = |media| policy::check(media, self.privacy()).err();
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

    /// The room is left: there is no media that could be refused, and the next room is trusted or
    /// not as was looked up.
    pub(super) fn forget(&mut self) {
        self.trusted = self.trusted_next;
        self.refused = None;
        self.reported = None;
    }
}
