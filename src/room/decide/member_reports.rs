//! Reports about members, for moderators and admins. While none is here who could judge a report,
//! the room keeps it, and hands it to the next one who is.

use super::{CommandContext, CommandResult, Decided};
use crate::protocol::denied::Denied;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{ChatId, MemberId};
use crate::protocol::member::Role;
use crate::protocol::moderation::{MemberReport, ReportSubject};
use crate::protocol::text::{MemberName, Title};
use crate::room::committed::Room;
use crate::room::find_member::find_member;
use crate::room::roster::Roster;
use crate::room::secrets::SecretEvent;
use crate::room::state::RoomState;

/// Reports a member or the author of a line. The report goes to the moderators and admins who are
/// here, except those who are themselves reported or report; if there are none, the room keeps it.
pub(super) fn report(
    ctx: CommandContext<'_>,
    of: &ReportSubject,
    reason: Option<&Title>,
) -> CommandResult {
    let CommandContext {
        state, by, moment, ..
    } = ctx;
    let subject = Subject::of(state, of)?;
    if subject.member == by.id {
        return Err(Denied::Yourself);
    }
    let report = MemberReport {
        by: by.id,
        by_name: by.name.clone(),
        of: subject.member,
        name: subject.name,
        line: subject.line,
        reason: reason.cloned(),
        at: moment.now,
    };
    let judges = judges(&state.roster, &report);
    let answer = MemberNotice::ReportTaken {
        name: report.name.clone(),
        seen: !judges.is_empty(),
    };
    let mut decided = vec![Decided::ToMembers {
        to: vec![by.id],
        notice: answer,
    }];
    if !judges.is_empty() {
        decided.push(reported(judges, report));
    } else if !ctx.secrets.has_report_like(&report) {
        decided.push(noted(SecretEvent::Reported {
            report: Box::new(report),
        }));
    }
    Ok(decided)
}

/// Hands on the kept reports that somebody who is here can judge.
pub(super) fn hand_on(room: &Room) -> Vec<Decided> {
    let roster = &room.state.roster;
    let mut decided = Vec::new();
    for report in room.secrets.reports() {
        let judges = judges(roster, report);
        if !judges.is_empty() {
            decided.push(reported(judges, report.clone()));
        }
    }
    if !decided.is_empty() {
        let kept = room.secrets.reports().iter();
        let kept = kept.filter(|report| judges(roster, report).is_empty());
        let kept = kept.cloned().collect();
        decided.insert(0, noted(SecretEvent::ReportsKept { kept }));
    }
    decided
}

/// The moderators and admins who are here and have no part in a report.
fn judges(roster: &Roster, report: &MemberReport) -> Vec<MemberId> {
    roster
        .here()
        .filter(|member| member.power() > Role::Viewer)
        .map(|member| member.id)
        .filter(|id| *id != report.of && *id != report.by)
        .collect()
}

fn reported(to: Vec<MemberId>, report: MemberReport) -> Decided {
    Decided::ToMembers {
        to,
        notice: MemberNotice::Reported(Box::new(report)),
    }
}

fn noted(secret: SecretEvent) -> Decided {
    Decided::Event {
        public: Box::new(RoomEvent::Noted),
        private: Some(secret),
    }
}

/// The member that a report is about, and the line.
struct Subject {
    member: MemberId,
    name: MemberName,
    line: Option<ChatId>,
}

impl Subject {
    fn of(state: &RoomState, of: &ReportSubject) -> Result<Self, Denied> {
        match of {
            ReportSubject::Member(who) => {
                let member = find_member(&state.roster, who)?;
                Ok(Self {
                    member: member.id,
                    name: member.name.clone(),
                    line: None,
                })
            }
            ReportSubject::Line(id) => {
                let line = state.chat.get(*id).filter(|line| line.erased.is_none());
                let line = line.ok_or(Denied::NoSuchLine)?;
                Ok(Self {
                    member: line.from,
                    name: line.name.clone(),
                    line: Some(*id),
                })
            }
        }
    }
}
