//! Members after the server was restarted. Nobody is connected then, and most come back within
//! seconds: who does is not reported as having left and joined.

use std::collections::BTreeMap;

use crate::app::output::{MemberChange, Output};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::time::{LocalTime, Span};

/// How long members may take to come back (judgement: 200 of them are back within 10 s, which
/// `cargo bench --bench coming_back` measures).
const BACK_WITHIN: Span = Span::seconds(10);

/// The members who were here before the restart and are not back yet.
#[derive(Debug, Default)]
pub(super) struct Returns {
    /// What is reported of each if they stay away.
    missing: BTreeMap<MemberId, Output>,
    due: Option<LocalTime>,
}

impl Returns {
    /// Takes what is to be reported because of an event, and returns it unless it is held back or
    /// no longer true.
    pub(super) fn filter(
        &mut self,
        output: Output,
        event: Option<&RoomEvent>,
        now: LocalTime,
    ) -> Option<Output> {
        match &output {
            Output::Member {
                id,
                change: MemberChange::Left,
                ..
            } if matches!(event, Some(RoomEvent::Reopened { .. })) => {
                self.due = Some(now + BACK_WITHIN);
                self.missing.insert(*id, output);
                return None;
            }
            Output::Member {
                id,
                change: MemberChange::Joined,
                ..
            } if self.missing.remove(id).is_some() => return None,
            Output::Removed(removal) => {
                self.missing.remove(&removal.id);
            }
            _ => {}
        }
        Some(output)
    }

    /// What is due now: that the others left.
    pub(super) fn take_due(&mut self, now: LocalTime) -> Vec<Output> {
        if self.due.take_if(|due| *due <= now).is_none() {
            return Vec::new();
        }
        std::mem::take(&mut self.missing).into_values().collect()
    }

    /// When it is to be reported who did not come back.
    pub(super) const fn next_deadline(&self) -> Option<LocalTime> {
        self.due
    }
}
