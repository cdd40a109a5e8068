//! A player that was killed or crashed is started again by itself, within bounds: one that dies
//! again and again is left alone until the member asks (`/retry`). One that was closed on purpose
//! stays closed.

use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::{CloseCause, ProcessState};

/// One that has run for so long is well: what ends it then is another crash (judgement: media that
/// mpv crashes on is met within seconds of its start).
const WELL_AFTER: Span = Span::seconds(60);

/// The most restarts until the member asks for one (judgement: more crashes in one evening have a
/// cause that the member is to know of).
const MOST: u8 = 3;

/// How often the player was started again by itself.
#[derive(Debug, Default)]
pub(super) struct AutomaticRestart {
    restarts: u8,
    /// Since when the present process answers.
    ready_since: Option<LocalTime>,
}

impl AutomaticRestart {
    /// Takes in a report of the process; whether it is to be started again now.
    pub(super) fn note(&mut self, state: &ProcessState, now: LocalTime) -> bool {
        match state {
            ProcessState::Ready { .. } => {
                self.ready_since = Some(now);
                false
            }
            ProcessState::Closed(CloseCause::Killed | CloseCause::Exit(_)) => {
                let since = self.ready_since.take();
                let was_well = since.is_some_and(|since| now - since >= WELL_AFTER);
                let is_due = self.restarts == 0 || (was_well && self.restarts < MOST);
                self.restarts += u8::from(is_due);
                is_due
            }
            _ => false,
        }
    }

    /// The member wants it started: what was before counts no more.
    pub(super) const fn forget(&mut self) {
        self.restarts = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::{AutomaticRestart, MOST, WELL_AFTER};
    use crate::protocol::time::{LocalTime, Span};
    use crate::sync::player::{CloseCause, ProcessState};

    /// Whether one is started again that crashed after so long.
    fn restarts(restart: &mut AutomaticRestart, lived: Span, cause: CloseCause) -> bool {
        let ready = ProcessState::Ready {
            version: "0.35.1".to_owned(),
            lacks: None,
        };
        restart.note(&ready, LocalTime(0));
        restart.note(&ProcessState::Closed(cause), LocalTime(0) + lived)
    }

    #[test]
    fn a_crash_is_mended_once_and_again_only_after_a_good_while() {
        let mut restart = AutomaticRestart::default();
        let short = Span::seconds(2);
        assert!(restarts(&mut restart, short, CloseCause::Killed));
        assert!(!restarts(&mut restart, short, CloseCause::Killed));
        assert!(!restarts(&mut restart, short, CloseCause::Exit(1)));
        assert!(restarts(&mut restart, WELL_AFTER, CloseCause::Exit(1)));
        restart.forget();
        assert!(restarts(&mut restart, short, CloseCause::Exit(1)));
    }

    #[test]
    fn there_is_an_end_to_it_and_what_was_closed_stays_so() {
        let mut restart = AutomaticRestart::default();
        assert!(!restarts(&mut restart, WELL_AFTER, CloseCause::Quit));
        let mut count = 0;
        for _ in 0..20 {
            count += u8::from(restarts(&mut restart, WELL_AFTER, CloseCause::Killed));
        }
        assert_eq!(count, MOST);
    }
}
