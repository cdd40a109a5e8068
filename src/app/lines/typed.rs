//! What a person typed, until it is answered: a line that is refused goes back to its writer.

use std::collections::BTreeMap;

use super::output::LinesOutput;
use crate::app::command::ParsedLine;
use crate::app::output::Why;
use crate::protocol::command::Command;

/// The texts of the open lines that a person typed, by their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct TypedLines {
    texts: BTreeMap<u64, TypedLine>,
}

#[derive(Debug, Clone)]
struct TypedLine {
    text: String,
    is_message: bool,
}

impl TypedLines {
    /// A line was typed.
    pub(super) fn add(&mut self, line: u64, text: String, parsed: &Result<ParsedLine, Why>) {
        let is_message = matches!(parsed, Ok(ParsedLine::Room(Command::Chat { .. })));
        self.texts.insert(line, TypedLine { text, is_message });
    }

    /// What goes back to the writer, if this answers a line. A command that was meant for a room
    /// which is left does not: only a message may belong elsewhere.
    pub(super) fn given_back(&mut self, output: &LinesOutput) -> Option<LinesOutput> {
        match output {
            LinesOutput::Ok(line, _) => {
                self.texts.remove(line);
                None
            }
            LinesOutput::Denied(line, why) => {
                let typed = self.texts.remove(line)?;
                let is_wanted = typed.is_message || *why != Why::Unanswered;
                is_wanted.then_some(LinesOutput::GivenBack(typed.text))
            }
            _ => None,
        }
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}
