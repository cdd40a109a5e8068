//! What a member is told of where they go: the room's mended name, and who can reach the server.

use super::Destination;
use crate::app::config::{OnlyHere, Reach};
use crate::app::output::{ArrivalNotice, Notice};
use crate::protocol::invite::ServerUrl;

impl Destination {
    /// What the member is told before anything else.
    pub(in crate::app) fn first_notices(&self) -> Vec<Notice> {
        let notices = [
            self.mended_notice(),
            self.reach_notice(),
            self.hosting.notice(),
        ];
        notices.into_iter().flatten().collect()
    }

    /// What the member is told of a room whose name was made from what they wrote.
    pub(in crate::app) fn mended_notice(&self) -> Option<Notice> {
        let written = self.written.clone()?;
        let room = self.room.clone();
        Some(Notice::Arrival(ArrivalNotice::RoomNameMended {
            written,
            room,
        }))
    }

    /// What the member is told of a server that not everybody can reach.
    fn reach_notice(&self) -> Option<Notice> {
        match &self.reach {
            Reach::Remote => None,
            Reach::OnlyHere(why) => Some(self.only_here(*why)),
            Reach::Tunnelled => Some(Notice::Arrival(ArrivalNotice::Tunnelled {
                server: self.server.clone(),
            })),
            Reach::Lan { invites } => Some(Notice::Arrival(ArrivalNotice::OnLan {
                invites: invites.clone(),
            })),
        }
    }

    /// Who can reach the server, which gives this address for itself, if it gives any. One that only
    /// goes by a name of this computer leads nobody else here, whoever started it.
    pub(in crate::app) fn reach(&self, public_url: Option<&str>) -> &Reach {
        let address = ServerUrl::parse(public_url.unwrap_or(&self.server));
        match self.reach {
            Reach::Remote if address.is_ok_and(|address| address.is_loopback()) => {
                &Reach::OnlyHere(OnlyHere::NotOurs)
            }
            _ => &self.reach,
        }
    }

    /// What the member is told once they are in, if it shows only then that nobody else comes.
    pub(in crate::app) fn late_reach_notice(&self, public_url: Option<&str>) -> Option<Notice> {
        let Reach::OnlyHere(why) = *self.reach(public_url) else {
            return None;
        };
        let is_told = self.reach == Reach::Remote && !self.hosting.is_demo_at(&self.server);
        is_told.then(|| self.only_here(why))
    }

    fn only_here(&self, why: OnlyHere) -> Notice {
        Notice::Arrival(ArrivalNotice::OnlyHere {
            server: self.server.clone(),
            why,
        })
    }
}
