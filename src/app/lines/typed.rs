//! What a person typed, until it is answered: a line that is refused goes back to its writer.

use std::collections::BTreeMap;

use super::output::{LinesOutput, RefusedLine};
use crate::app::command::ParsedLine;
use crate::app::output::Why;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;

/// The numbers of the lines that are written over the picture begin behind this one. No other line
/// gets so far, and no number of theirs leaves the machines of the app.
pub(super) const OVER_PICTURE: u64 = 1 << 63;

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

    /// An answer as it is handed out: a line that is refused goes back to its writer.
    pub(super) fn hand_out(&mut self, output: LinesOutput) -> Vec<LinesOutput> {
        match output {
            LinesOutput::Ok(line, _) => {
                let typed = self.texts.remove(&line);
                if line > OVER_PICTURE {
                    let text = typed.map(|typed| typed.text).unwrap_or_default();
                    vec![LinesOutput::PictureAnswered(Ok(text))]
                } else {
                    vec![output]
                }
            }
            LinesOutput::Denied(line, why) => {
                let text = self.given_back(line, &why);
                if line > OVER_PICTURE {
                    let refused = RefusedLine { text, why };
                    return vec![LinesOutput::PictureAnswered(Err(refused))];
                }
                let given_back = text.map(LinesOutput::GivenBack);
                let denied = LinesOutput::Denied(line, why);
                given_back.into_iter().chain([denied]).collect()
            }
            output => vec![output],
        }
    }

    /// What goes back to the writer of a line that is refused. A command that was meant for a room
    /// which is left does not: only a message may belong elsewhere. Nor does one that their role does
    /// not allow: there is nothing to mend in it.
    fn given_back(&mut self, line: u64, why: &Why) -> Option<String> {
        let typed = self.texts.remove(&line)?;
        let is_barred = matches!(why, Why::Denied(Denied::NotAllowed { .. }));
        let is_wanted = typed.is_message || !(is_barred || *why == Why::Unanswered);
        is_wanted.then_some(typed.text)
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}
