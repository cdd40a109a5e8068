//! Holds messages back while the connection is away, and says which are not in the room yet.

use super::unsent::UnsentMessages;
use super::{Lines, LinesOutput};
use crate::app::command::ParsedLine;
use crate::app::output::Why;
use crate::protocol::command::Command;
use crate::protocol::text::ChatText;

impl Lines {
    /// The messages that are on their way and wait for a connection, in the order in which they
    /// were written. `is_joined`: whether what is sent now reaches the room.
    pub(in crate::app) fn unsent_messages(&self, is_joined: bool) -> Vec<&ChatText> {
        if self.tries_again {
            return Vec::new();
        }
        let on_their_way = self.in_flight.messages();
        let late = on_their_way.filter(|(line, _)| !is_joined || self.unsent.was_held(*line));
        let waiting = self.waiting.iter().filter_map(|line| match &line.parsed {
            Ok(ParsedLine::Room(Command::Chat { text })) => Some((line.number, text)),
            _ => None,
        });
        let mut messages: Vec<(u64, &ChatText)> =
            late.chain(waiting).chain(self.unsent.held()).collect();
        messages.sort_by_key(|(number, _)| *number);
        messages.into_iter().map(|(_, text)| text).collect()
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
