//! Holds messages back while the connection is away, and says which are not in the room yet.

use super::unsent::UnsentMessages;
use super::{Access, Lines, LinesOutput, LinesView};
use crate::app::command::ParsedLine;
use crate::app::output::Why;
use crate::protocol::command::Command;
use crate::protocol::text::ChatText;
use crate::protocol::time::{LocalTime, Span};

/// How long a message or command has no answer before it is shown as being on its way (judgement: longer than
/// a room takes over a slow line, shorter than one wonders whether it went out).
const SLOW_ANSWER: Span = Span::seconds(1);

impl Lines {
    /// When the next message or command that has no answer is to be shown as on its way.
    pub(super) fn next_slow_answer(&self) -> Option<LocalTime> {
        let sent = self.in_flight.first_sent_after(self.now - SLOW_ANSWER)?;
        (!self.tries_again).then_some(sent + SLOW_ANSWER)
    }

    /// Whether something other than a message has had no answer for so long that it is shown.
    pub(in crate::app) fn awaits_answer(&self) -> bool {
        !self.tries_again && self.in_flight.has_command_since(self.now - SLOW_ANSWER)
    }

    /// The messages that are on their way and wait for a connection, in the order in which they
    /// were written. `is_joined`: whether what is sent now reaches the room.
    pub(in crate::app) fn unsent_messages(&self, is_joined: bool) -> Vec<&ChatText> {
        if self.tries_again {
            return Vec::new();
        }
        let on_their_way = self.in_flight.messages();
        let late = on_their_way.filter_map(|(line, text, sent)| {
            let is_slow = self.now >= sent + SLOW_ANSWER;
            (!is_joined || is_slow || self.unsent.was_held(line)).then_some((line, text))
        });
        let waiting = self.waiting.iter().filter_map(|line| match &line.parsed {
            Ok(ParsedLine::Room(Command::Chat { text })) => Some((line.number, text)),
            _ => None,
        });
        let mut messages: Vec<(u64, &ChatText)> =
            late.chain(waiting).chain(self.unsent.held()).collect();
        messages.sort_by_key(|(number, _)| *number);
        messages.into_iter().map(|(_, text)| text).collect()
    }

    /// Whether a person writes a message on the way to a room that has not let them in. It stays with
    /// them: it may be a password that was typed before it was asked for, and nobody knows yet who
    /// would read it.
    pub(super) fn is_message_to_nobody(
        &self,
        parsed: &Result<ParsedLine, Why>,
        view: LinesView,
    ) -> bool {
        let is_message = matches!(parsed, Ok(ParsedLine::Room(Command::Chat { .. })));
        let is_outside = match view.access {
            Access::Awaited => true,
            Access::Away | Access::Returning => self.joining.is_some(),
            Access::Open | Access::Leaving => false,
        };
        is_message && is_outside && !self.tries_again
    }

    /// Keeps a message until the room can be reached again, if not too many wait already.
    pub(super) fn hold(&mut self, line: u64, text: ChatText) -> Vec<LinesOutput> {
        if self.unsent.hold(line, text) {
            Vec::new()
        } else {
            let most = UnsentMessages::MOST;
            vec![LinesOutput::Denied(line, Why::TooManyUnsent { most })]
        }
    }
}
