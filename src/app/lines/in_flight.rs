//! Commands that were sent and have no answer yet, by their numbers.

use std::collections::BTreeMap;

use super::input::CommandSource;
use crate::protocol::command::Command;
use crate::protocol::ids::Seq;
use crate::protocol::text::ChatText;
use crate::protocol::time::LocalTime;

/// The commands that have no answer yet.
#[derive(Debug, Clone, Default)]
pub(super) struct InFlight {
    commands: BTreeMap<Seq, (CommandSource, Command)>,
    /// When they were sent.
    sent: BTreeMap<Seq, LocalTime>,
    /// The number of the last command.
    last: Seq,
}

impl InFlight {
    /// Gives a command the next number.
    pub(super) fn add(&mut self, command: Command, source: CommandSource, now: LocalTime) -> Seq {
        self.last = self.last.next();
        self.sent.insert(self.last, now);
        self.commands.insert(self.last, (source, command));
        self.last
    }

    /// Takes out the command of this number; `None` if it was answered before.
    pub(super) fn take(&mut self, seq: Seq) -> Option<(CommandSource, Command)> {
        self.sent.remove(&seq);
        self.commands.remove(&seq)
    }

    /// Takes out all for which `is_late` is true, in order.
    pub(super) fn take_if(
        &mut self,
        is_late: impl Fn(&Command) -> bool,
    ) -> Vec<(CommandSource, Command)> {
        let late = self
            .commands
            .extract_if(.., |_, (_, command)| is_late(command));
        let late = late.map(|(_, command)| command).collect();
        let commands = &self.commands;
        self.sent.retain(|seq, _| commands.contains_key(seq));
        late
    }

    /// All of them, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = (Seq, &Command)> {
        let commands = self.commands.iter();
        commands.map(|(seq, (_, command))| (*seq, command))
    }

    /// The messages among those that lines asked for, by the numbers of their lines, and when they
    /// were sent.
    pub(super) fn messages(&self) -> impl Iterator<Item = (u64, &ChatText, LocalTime)> {
        self.commands
            .iter()
            .filter_map(|(seq, command)| match command {
                (CommandSource::Line(line), Command::Chat { text }) => {
                    Some((*line, text, self.sent.get(seq).copied()?))
                }
                _ => None,
            })
    }

    /// Whether something other than a message was sent before `since`, or then.
    pub(super) fn has_command_since(&self, since: LocalTime) -> bool {
        let mut commands = self.commands.iter();
        commands.any(|(seq, (_, command))| {
            let is_old = self.sent.get(seq).is_some_and(|sent| *sent <= since);
            is_old && !matches!(command, Command::Chat { .. })
        })
    }

    /// When the first command that was sent after `since` was sent.
    pub(super) fn first_sent_after(&self, since: LocalTime) -> Option<LocalTime> {
        self.sent.values().copied().filter(|at| *at > since).min()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.commands.len()
    }

    /// Counts on, never below what the room has on record.
    pub(super) fn count_from(&mut self, answered: Seq) {
        self.last = self.last.max(answered);
    }

    /// Counts as another member, from what the room has on record of them.
    pub(super) fn count_anew_from(&mut self, answered: Seq) {
        self.last = answered;
    }
}
