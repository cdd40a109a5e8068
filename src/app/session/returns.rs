//! Members after the server was restarted. Nobody is connected then, and most come back within
//! seconds: who does is not reported as having left and joined.

use std::collections::BTreeMap;

use crate::app::output::{MemberChange, Output};
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
    /// When that is, after a restart.
    due: Option<LocalTime>,
}

impl Returns {
    /// The server was restarted: from now on its members come back.
    pub(super) fn begin(&mut self, now: LocalTime) {
        self.due = Some(now + BACK_WITHIN);
    }

    /// Takes what two whole states say has changed, and returns what of it is reported now.
    pub(super) fn filter_state(&mut self, output: Output) -> Option<Output> {
        if let (Some(_), Output::Member { id, change, .. }) = (self.due, &output)
            && *change == MemberChange::Left
        {
            self.missing.insert(*id, output);
            return None;
        }
        self.filter(output)
    }

    /// Takes what is to be reported, and returns it unless the member was never said to be gone.
    pub(super) fn filter(&mut self, output: Output) -> Option<Output> {
        match &output {
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
