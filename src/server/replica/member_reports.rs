//! Reports about members: hands kept ones on, and tells the server's operator of new ones.

use super::Replica;
use super::commit::EventOrigin;
use crate::protocol::command::Command;
use crate::protocol::ids::MemberId;
use crate::protocol::moderation::ReportSubject;
use crate::room::decide;
use crate::room::find_member::find_member;

impl Replica {
    /// Hands kept reports to the moderators and admins who can judge them and are connected by now.
    pub(super) async fn hand_on_reports(&mut self) {
        if self.room.secrets.reports().is_empty() {
            return;
        }
        let handed_on = self
            .commit(EventOrigin::default(), |room, _, _| {
                Ok(decide::hand_on_reports(room))
            })
            .await;
        if let Err(why) = handed_on {
            tracing::debug!(room = %self.id, ?why, "the reports are handed on later");
        }
    }

    /// Writes a line for the operator, and counts, if a command that was carried out is a report. It names
    /// members by number, and repeats nothing that anybody wrote.
    pub(super) fn log_report(&self, by: MemberId, command: &Command) {
        let Command::ReportMember { of, .. } = command else {
            return;
        };
        self.context.metrics.member_reported();
        let state = &self.room.state;
        let member = match of {
            ReportSubject::Member(who) => {
                let found = find_member(&state.roster, who);
                found.ok().map(|member| member.id)
            }
            ReportSubject::Line(line) => state.chat.get(*line).map(|line| line.from),
        };
        let member = member.unwrap_or_default();
        tracing::info!(room = %self.id, %member, %by, "a member was reported");
    }
}
