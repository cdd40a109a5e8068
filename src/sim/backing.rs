//! Whether the admins' players bear out what the room concluded from reports: that a part is
//! missing from every copy, or that media of unknown length is over.

use super::client::Client;
use super::hosted::{Change, Origin};
use super::world::World;
use crate::protocol::command::Report;
use crate::protocol::event::RoomEvent;
use crate::protocol::member::{Member, Role};
use crate::protocol::time::RoomTime;
use crate::room::roster::Roster;
use crate::sync::player::PlayerEvent;
use crate::wire::message::ClientMsg;

impl Client {
    /// Notes where the player truly is when its client reports that it stands ahead: until the room
    /// has heard of that, it may have been moved. While it seeks or loads it stands nowhere.
    pub(super) fn note_report(&mut self, message: &ClientMsg, now: RoomTime) {
        if let ClientMsg::Report {
            report: Report::Stalled { stalled: false, .. },
        } = message
        {
            self.reported_from = self.stands_at().map(|place| (now, place));
        }
    }

    /// Notes when the player came to the end of its data, which it may leave before the room has
    /// heard of that: it asks once whether there is more.
    pub(super) fn note_end(&mut self, event: &PlayerEvent, now: RoomTime) {
        if let PlayerEvent::Ended { .. } = event {
            self.ended_at = Some(now);
        }
    }

    fn stands_at(&self) -> Option<f64> {
        self.player.rests().then(|| self.player.place())
    }

    /// Whether the player is no reason against the change, now or as it was since that time.
    fn bears_out(&self, change: &Change, since: Option<RoomTime>) -> bool {
        if matches!(
            change.event,
            RoomEvent::Loaded { .. } | RoomEvent::Finished { .. }
        ) {
            return self.player.has_ended() || self.ended_at.is_some_and(|at| Some(at) >= since);
        }
        let anchor = change.after.segment.anchor.as_seconds();
        let reported = self.reported_from.filter(|(at, _)| Some(*at) >= since);
        let places = [self.stands_at(), reported.map(|(_, place)| place)];
        places.iter().flatten().any(|place| *place >= anchor - 0.1)
    }
}

impl World {
    /// Notes of each new change whether the admins' players bear it out, now or when they last
    /// reported since an admin moved the timeline: those of the admins who are here; if none is,
    /// those of absent ones, whose players play on.
    pub(super) fn look_at_admins(&mut self) {
        let hosted = &mut self.server.hosted;
        let roster = &hosted.room.state.roster;
        let looked_at = self.looked_at;
        self.looked_at = hosted.changes.len();
        for index in looked_at..self.looked_at {
            let (earlier, change) = (&hosted.changes[..index], &hosted.changes[index]);
            let moved = earlier.iter().rev().find(|earlier| is_move(earlier));
            let moved = moved.map(|change| change.at);
            let mut admins = self.clients.iter().filter(|client| leads(client, roster));
            hosted.changes[index].backed = admins.all(|admin| admin.bears_out(change, moved));
        }
    }
}

/// Whether other media is on since, or an admin moved it.
fn is_move(change: &Change) -> bool {
    let by_admin = change.origin == Origin::Command(Role::Admin);
    let retimed = change.after.segment != change.before.segment;
    change.after.epoch != change.before.epoch || (by_admin && retimed)
}

/// Whether a client is that of an admin whose player counts.
fn leads(client: &Client, roster: &Roster) -> bool {
    let known = client.app.me().and_then(|me| roster.get(me.id));
    let leads = |member: &Member| {
        let none_here = roster.admins_here().next().is_none();
        let absent = none_here && member.role == Role::Admin;
        absent || (member.is_here() && member.power() == Role::Admin)
    };
    client.watches() && known.is_some_and(leads)
}
