//! Lines that wait for the reader of standard output: at most 8 MiB of them. When there are
//! more, those are dropped that a later line supersedes.

use std::collections::VecDeque;
use std::mem::{Discriminant, discriminant, take};

use crate::app::output::Output;

/// The most bytes that wait (judgement: an hour of a lively room).
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The bytes that a line takes beside its text: its place in the queue and the allocator's own.
const OVERHEAD: usize = 64;

/// The least bytes of a chunk, if so many wait.
const CHUNK: usize = 64 * 1024;

/// Whether a line may be dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Retention {
    /// Never: it has to arrive.
    Lasting,
    /// If a later line of its kind waits, which supersedes it.
    State(Discriminant<Output>),
    /// If there is no room for it.
    Passing,
}

impl Retention {
    /// How long the line for an output is kept.
    pub(super) fn of(output: &Output) -> Self {
        match output {
            Output::Viewers(_)
            | Output::Observers(_)
            | Output::Media { .. }
            | Output::Timeline(_)
            | Output::Queue(_)
            | Output::QuietQueue(_)
            | Output::Player(_)
            | Output::Sync(_)
            | Output::WaitingForPlayers { .. }
            | Output::Connection(_) => Self::State(discriminant(output)),
            Output::Reaction(_) => Self::Passing,
            Output::Joined { .. }
            | Output::Member { .. }
            | Output::Renamed(_)
            | Output::Removed(_)
            | Output::Chat { .. }
            | Output::Erased { .. }
            | Output::ErasedTogether { .. }
            | Output::Decision { .. }
            | Output::Ok { .. }
            | Output::Denied { .. }
            | Output::Notice(_) => Self::Lasting,
        }
    }
}

/// More lines wait that have to arrive than may wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Overflow;

/// The lines that wait, oldest first.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    lines: VecDeque<(Retention, String)>,
    bytes: usize,
}

impl Backlog {
    /// Adds a line without its end.
    ///
    /// # Errors
    /// [`Overflow`] if even without what is superseded too much waits.
    pub(super) fn push(&mut self, retention: Retention, line: String) -> Result<(), Overflow> {
        self.bytes += OVERHEAD + line.len();
        self.lines.push_back((retention, line));
        if self.bytes > MAX_BYTES {
            self.drop_superseded();
        }
        if self.bytes > MAX_BYTES {
            Err(Overflow)
        } else {
            Ok(())
        }
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether so much waits that nothing should be asked for whose answer adds to it.
    pub(super) const fn is_long(&self) -> bool {
        self.bytes > MAX_BYTES / 2
    }

    /// Takes the oldest lines out, each with its end; `None` if there are none.
    pub(super) fn take_chunk(&mut self) -> Option<String> {
        let mut chunk = String::new();
        while chunk.len() < CHUNK
            && let Some((_, line)) = self.lines.pop_front()
        {
            self.bytes = self.bytes.saturating_sub(OVERHEAD + line.len());
            chunk.push_str(&line);
            chunk.push('\n');
        }
        (!chunk.is_empty()).then_some(chunk)
    }

    /// Keeps the newest line of each state, and drops passing ones.
    fn drop_superseded(&mut self) {
        let mut newest = Vec::new();
        for (retention, line) in take(&mut self.lines).into_iter().rev() {
            let stays = match retention {
                Retention::Lasting => true,
                Retention::Passing => false,
                Retention::State(_) => !newest.contains(&retention),
            };
            if stays {
                if let Retention::State(_) = retention {
                    newest.push(retention);
                }
                self.lines.push_front((retention, line));
            }
        }
        self.bytes = self
            .lines
            .iter()
            .map(|(_, line)| OVERHEAD + line.len())
            .sum();
    }
}

#[cfg(test)]
mod tests {
    use std::mem::discriminant;

    use super::{Backlog, MAX_BYTES, OVERHEAD, Overflow, Retention};
    use crate::app::output::{Notice, Output};

    fn viewers() -> Retention {
        Retention::of(&Output::Viewers(1))
    }

    fn queue() -> Retention {
        Retention::of(&Output::Queue(Vec::new()))
    }

    fn notice() -> Retention {
        Retention::of(&Output::Notice(Notice::Finished {
            may_resume: false,
            proposed: 0,
        }))
    }

    fn all(mut backlog: Backlog) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(chunk) = backlog.take_chunk() {
            lines.extend(chunk.lines().map(str::to_owned));
        }
        assert_eq!(backlog.bytes, 0);
        lines
    }

    #[test]
    fn a_state_is_reported_by_a_line_of_its_own_kind() {
        assert_eq!(
            viewers(),
            Retention::State(discriminant(&Output::Viewers(9)))
        );
        assert_ne!(viewers(), queue());
        assert_eq!(notice(), Retention::Lasting);
    }

    #[test]
    fn lines_wait_in_their_order_while_there_is_room() {
        let mut backlog = Backlog::default();
        for number in 0..10 {
            let retention = if number % 2 == 0 { viewers() } else { notice() };
            assert_eq!(backlog.push(retention, number.to_string()), Ok(()));
        }
        let expected: Vec<String> = (0..10).map(|number: u32| number.to_string()).collect();
        assert_eq!(all(backlog), expected);
    }

    #[test]
    fn when_there_is_no_room_what_is_superseded_goes() {
        let mut backlog = Backlog::default();
        let lasting = "l".repeat(1_000);
        backlog.push(notice(), lasting.clone()).unwrap();
        let long = "q".repeat(MAX_BYTES / 10);
        for number in 0..100 {
            backlog.push(queue(), format!("{number}{long}")).unwrap();
            backlog.push(viewers(), number.to_string()).unwrap();
            assert!(backlog.bytes <= MAX_BYTES, "{}", backlog.bytes);
        }
        backlog.push(notice(), lasting.clone()).unwrap();
        let lines = all(backlog);
        assert_eq!(lines.first(), Some(&lasting));
        assert_eq!(lines.last(), Some(&lasting));
        let last_queue = format!("99{long}");
        assert!(lines.contains(&last_queue) && lines.contains(&"99".to_owned()));
    }

    #[test]
    fn what_has_to_arrive_is_never_dropped_and_overflows() {
        let mut backlog = Backlog::default();
        let line = "n".repeat(1_000);
        let fit = MAX_BYTES / (OVERHEAD + line.len());
        for _ in 0..fit {
            assert_eq!(backlog.push(notice(), line.clone()), Ok(()));
        }
        assert!(backlog.is_long());
        assert_eq!(backlog.push(Retention::Passing, line.clone()), Ok(()));
        assert_eq!(backlog.push(notice(), line.clone()), Err(Overflow));
    }
}
