//! Notices that the server sends to this member, and not to the room's log.

use super::output::{SessionOutput, emit};
use super::report;
use crate::app::output::{InviteList, Notice, ServerNotice};
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::member::{Member, Role};
use crate::room::state::RoomState;

/// The full reason for the own player's failure was emitted when it failed. What the server's
/// operator says is shown over the picture as well.
pub(super) fn server_notice(
    notice: MemberNotice,
    me: Option<&Member>,
    room: Option<&RoomState>,
) -> Vec<SessionOutput> {
    match notice {
        MemberNotice::PlaybackFailed {
            member,
            name,
            code,
            retrying,
            ..
        } => {
            let is_own = me.is_some_and(|me| me.id == member);
            emit((!is_own).then_some(Notice::PlaybackFailed {
                name,
                code,
                retrying,
            }))
        }
        MemberNotice::PlaybackRecovered { member, name } => {
            let is_own = me.is_some_and(|me| me.id == member);
            emit((!is_own).then_some(Notice::SomebodyPlays(Some(name))))
        }
        MemberNotice::Reported(report) => emit([report::received(report, room)]),
        MemberNotice::ReportTaken { name, seen } => emit([Notice::ReportTaken {
            name,
            seen,
            may_act: me.is_some_and(|me| me.power() > Role::Viewer),
        }]),
        MemberNotice::Invites { invites } => emit([Notice::Invites(InviteList {
            invites,
            me: me.map(|me| me.name.clone()),
        })]),
        MemberNotice::Announcement { text } => emit_and_show(ServerNotice::Announcement { text }),
        MemberNotice::ServerStops { after, elsewhere } => {
            emit_and_show(ServerNotice::ServerStops { after, elsewhere })
        }
        MemberNotice::ServerStays => emit_and_show(ServerNotice::ServerStays),
        // The media plays on, so nothing is shown over it.
        MemberNotice::StorageAway => emit([Notice::Server(ServerNotice::StorageAway)]),
        MemberNotice::StorageBack => emit([Notice::Server(ServerNotice::StorageBack)]),
    }
}

/// A notice that is also shown over the picture.
fn emit_and_show(notice: ServerNotice) -> Vec<SessionOutput> {
    let notice = Notice::Server(notice);
    let shown = SessionOutput::Osd(notice.clone());
    let mut outputs = emit([notice]);
    outputs.push(shown);
    outputs
}
