//! Members whose connection broke: most come back within seconds, all at once after the server
//! stalled or was restarted. Who does is not reported as having left and joined.

use std::collections::BTreeMap;

use crate::app::output::{MemberChange, Output};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::LeaveCause;
use crate::protocol::time::{LocalTime, Span};

/// How long members may take to come back (judgement: 200 of them are back within 10 s, which
/// `cargo bench --bench coming_back` measures).
const BACK_WITHIN: Span = Span::seconds(10);

/// The members whose connection broke and who are not back yet.
#[derive(Debug, Default)]
pub(super) struct Returns {
    /// When each is taken to have left, and what is reported then.
    missing: BTreeMap<MemberId, (LocalTime, Output)>,
    /// Until when those may come back who were here before the server was restarted.
    restarted: Option<LocalTime>,
}

impl Returns {
    /// The server was restarted: from now on its members come back.
    pub(super) fn begin(&mut self, now: LocalTime) {
        self.restarted = Some(now + BACK_WITHIN);
    }

    /// Takes what two whole states say has changed, and returns what of it is reported now. They
    /// do not say why somebody is gone: after a restart of the server that was their connection.
    pub(super) fn filter_state(&mut self, output: Output) -> Option<Output> {
        match self.restarted {
            Some(due) => self.filter(output, |_| Some(due)),
            None => self.filter(output, |_| None),
        }
    }

    /// Takes what is to be reported of an event, and returns what of it is reported now.
    pub(super) fn filter_event(
        &mut self,
        output: Output,
        fact: &Fact,
        now: LocalTime,
    ) -> Option<Output> {
        self.filter(output, |member| {
            is_lost(&fact.event, member).then(|| now + BACK_WITHIN)
        })
    }

    /// `due`: when a member who is gone is taken to have left, if that is not now.
    fn filter(
        &mut self,
        output: Output,
        due: impl Fn(MemberId) -> Option<LocalTime>,
    ) -> Option<Output> {
        match &output {
            Output::Member { id, change, .. } if *change == MemberChange::Left => {
                let Some(due) = due(*id) else {
                    return Some(output);
                };
                self.missing.insert(*id, (due, output));
                None
            }
            Output::Member { id, change, .. } if *change == MemberChange::Joined => {
                self.missing.remove(id).is_none().then_some(output)
            }
            Output::Removed(removal) => {
                self.missing.remove(&removal.id);
                Some(output)
            }
            _ => Some(output),
        }
    }

    /// What is due now: that the others left.
    pub(super) fn take_due(&mut self, now: LocalTime) -> Vec<Output> {
        self.restarted.take_if(|due| *due <= now);
        let due = self.missing.extract_if(.., |_, (due, _)| *due <= now);
        due.map(|(_, (_, output))| output).collect()
    }

    /// When it is to be reported who did not come back.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        let missing = self.missing.values().map(|(due, _)| *due);
        missing.chain(self.restarted).min()
    }
}

/// Whether a member is gone because their connection broke.
fn is_lost(event: &RoomEvent, member: MemberId) -> bool {
    match event {
        RoomEvent::Presence { left, .. } => {
            let mut left = left.iter();
            left.any(|gone| gone.member == member && gone.cause == LeaveCause::Lost)
        }
        RoomEvent::Reopened { .. } => true,
        _ => false,
    }
}
