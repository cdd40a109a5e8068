//! Media that this machine does not open. The room learns that much, and that the link is a
//! local one.

use super::own_hosts::OwnHosts;
use crate::media::Media;
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
    /// Whether the member trusts the links of this room, and of the next.
    trusts: TrustedRoom,
    trusts_next: TrustedRoom,
    refused: Option<Refusal>,
    /// The media whose refusal was reported to the room.
    reported: Option<Epoch>,
    /// Where the links lead that the member brought, and whether one of these is on.
    own: OwnHosts,
    is_own: bool,
    /// Whether the member is yet to be asked, by a screen, if they trust this room.
    is_open: bool,
    asks: bool,
    /// What is reported to the room once they have said no.
    withheld: Option<Report>,
}

/// Whether links are trusted, and in which room: another one of the same name is another's word.
#[derive(Debug, Clone, Copy, Default)]
struct TrustedRoom {
    is_trusted: bool,
    /// When the room was created; `None` if that is not known.
    created: Option<RoomTime>,
}

impl Refusals {
    /// By what the member allows; `asks` if there is a screen to ask them for more.
    pub(super) const fn new(privacy: Privacy, asks: bool) -> Self {
        Self {
            privacy,
            trusts: TrustedRoom {
                is_trusted: false,
                created: None,
            },
            trusts_next: TrustedRoom {
                is_trusted: false,
                created: None,
            },
            refused: None,
            reported: None,
            own: OwnHosts::new(),
            is_own: false,
            is_open: asks,
            asks,
            withheld: None,
        }
    }

    /// Why the room's media is not opened here, if so.
    pub(super) const fn refused(&self) -> Option<&Refusal> {
        self.refused.as_ref()
    }

    /// What this machine may contact.
    pub(super) const fn privacy(&self) -> Privacy {
        if self.trusts.is_trusted || self.is_own {
            Privacy::AllowPrivate
        } else {
            self.privacy
        }
    }

    /// Whether the settings allow every room what this one may.
    pub(super) fn is_open_by_settings(&self) -> bool {
        self.privacy == Privacy::AllowPrivate
    }

    /// The member trusts the links of this room from now on, or no longer, whoever brought them.
    /// Returns what was withheld from the room until they said so.
    pub(super) fn trust(&mut self, is_trusted: bool, created: Option<RoomTime>) -> Option<Report> {
        self.trusts = TrustedRoom {
            is_trusted,
            created,
        };
        self.is_open = false;
        if !is_trusted {
            self.own = OwnHosts::new();
            self.is_own = false;
        }
        self.withheld.take().filter(|_| !is_trusted)
    }

    /// The member brought this link themselves, and trusts where it leads.
    pub(super) fn bring(&mut self, media: &Media) {
        self.own.add(media);
    }

    /// Whether the member is yet to say if such links are opened.
    pub(super) const fn awaits_answer(&self) -> bool {
        self.is_open
    }

    /// What the room learns now of media that leads into the member's own network: nothing while they
    /// are being asked, for it may yet play.
    pub(super) fn report(&mut self, report: Report) -> Option<Report> {
        if !self.is_open {
            return Some(report);
        }
        self.withheld = Some(report);
        None
    }

    /// Whether the member trusts the room that is entered next, and when the room was created that
    /// this was said of, while there is a room or none.
    pub(super) const fn note_next(
        &mut self,
        is_trusted: bool,
        created: Option<RoomTime>,
        has_room: bool,
    ) {
        self.trusts_next = TrustedRoom {
            is_trusted,
            created,
        };
        if !has_room {
            self.trusts = self.trusts_next;
        }
    }

    /// The room was created at that time. Returns whether one was trusted that is not this one; it is
    /// not trusted any more.
    pub(super) fn distrust_another(&mut self, created: RoomTime) -> bool {
        let is_another = self.trusts.is_trusted && self.trusts.created != Some(created);
        if is_another {
            self.trusts = TrustedRoom::default();
            self.trusts_next = TrustedRoom::default();
        }
        is_another
    }

    /// The room may have lost the report.
    pub(super) const fn repeat(&mut self) {
        self.reported = None;
    }

    /// Removes media that is not opened here from a timeline. Returns the report to the room, once
    /// for each epoch. The report says that the link is a local one, as its own words do. Where a
    /// redirect leads in the member's own network is private, and not reported from here.
    pub(super) fn take_out(&mut self, timeline: &mut Timeline) -> Option<Report> {
        let media = timeline.playing.as_ref().map(|playing| &playing.media);
        self.is_own = media.is_some_and(|media| self.own.has(media));
        let privacy = self.privacy();
        self.refused = media.and_then(|media| policy::check(media, privacy).err());
        if self.refused.is_none() {
            self.reported = None;
            return None;
        }
        timeline.playing = None;
        let epoch = timeline.epoch;
        let is_new = self.reported.replace(epoch) != Some(epoch);
        let failed = Report::Failed {
            epoch,
            code: FailureCode::Untrusted,
            retrying: false,
        };
        is_new
            .then_some(failed)
            .and_then(|failed| self.report(failed))
    }

    /// The room is left: there is no media that could be refused, and the next room is trusted or
    /// not as was looked up.
    pub(super) fn forget(&mut self) {
        self.trusts = self.trusts_next;
        self.refused = None;
        self.reported = None;
        self.own = OwnHosts::new();
        self.is_own = false;
        self.is_open = self.asks;
        self.withheld = None;
    }
}
