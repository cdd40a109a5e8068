//! The player's process: what its reports say of it is interpreted here and nowhere else.

use crate::sync::player::{Lack, ProcessState};

/// The player's process, as it follows from its reports.
#[derive(Debug)]
pub(super) struct FollowedProcess {
    /// Never [`ProcessState::Frozen`] or [`ProcessState::Thawed`].
    state: ProcessState,
    /// Whether it does not answer at the moment.
    frozen: bool,
    /// What it does without, by all that it reported since it was started.
    lacks: Option<Lack>,
}

impl FollowedProcess {
    /// A process in this state, of which nothing was reported yet.
    pub(super) const fn new(state: ProcessState) -> Self {
        Self {
            state,
            frozen: false,
            lacks: None,
        }
    }

    /// Takes in a report of the process.
    pub(super) fn note(&mut self, state: &ProcessState) {
        match state {
            ProcessState::Frozen => self.frozen = true,
            ProcessState::Thawed => self.frozen = false,
            state => {
                self.state = state.clone();
                self.frozen = false;
                if let ProcessState::Ready { lacks, .. } = state {
                    self.lacks = *lacks;
                }
            }
        }
    }

    /// Takes in that it turned out to lack something.
    pub(super) fn note_lack(&mut self, lack: Lack) {
        self.lacks = Some(lack.besides(self.lacks));
    }

    /// Takes in that something it lacked is there.
    pub(super) fn note_regained(&mut self, regained: Lack) {
        self.lacks = self.lacks.and_then(|lack| lack.without(regained));
    }

    /// What it does without, as far as known.
    pub(super) const fn lacks(&self) -> Option<Lack> {
        self.lacks
    }

    /// Its state, frozen or not.
    pub(super) const fn state(&self) -> &ProcessState {
        &self.state
    }

    /// Whether it does not answer at the moment.
    pub(super) const fn is_frozen(&self) -> bool {
        self.frozen
    }

    /// Whether it answers, so that it can be ordered about.
    pub(super) const fn is_ready(&self) -> bool {
        matches!(self.state, ProcessState::Ready { .. }) && !self.frozen
    }

    /// Whether it is gone or cannot be started, so that nobody needs to wait for it.
    pub(super) const fn is_gone(&self) -> bool {
        matches!(
            self.state,
            ProcessState::Closed(_) | ProcessState::Unusable(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::FollowedProcess;
    use crate::sync::player::{CloseCause, Lack, ProcessState};

    #[test]
    fn one_that_is_frozen_is_neither_ready_nor_gone_and_one_that_is_back_lacks_nothing_old() {
        let lacks = Some(Lack::Display);
        let version = "0.35.1".to_owned();
        let ready = |lacks| ProcessState::Ready {
            version: version.clone(),
            lacks,
        };
        let mut process = FollowedProcess::new(ProcessState::Starting);
        assert!(!process.is_ready() && !process.is_gone());
        process.note(&ready(lacks));
        process.note_lack(Lack::Sound);
        assert!(process.is_ready());
        assert_eq!(process.lacks(), Some(Lack::Both));
        process.note_regained(Lack::Sound);
        assert_eq!(process.lacks(), lacks);
        process.note_regained(Lack::Sound);
        assert_eq!(process.lacks(), lacks);

        process.note(&ProcessState::Frozen);
        assert!(process.is_frozen() && !process.is_ready() && !process.is_gone());
        assert_eq!(process.state(), &ready(lacks), "it is the same process");
        process.note(&ProcessState::Thawed);
        assert!(process.is_ready());

        process.note(&ProcessState::Frozen);
        process.note(&ProcessState::Closed(CloseCause::Killed));
        assert!(process.is_gone() && !process.is_frozen());
        process.note(&ready(None));
        assert_eq!(process.lacks(), None);
    }
}
