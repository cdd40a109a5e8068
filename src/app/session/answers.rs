//! The answers to what a line asks of the room as it is known.

use super::input::RoomQuestion;
use super::known_room::KnownRoom;
use super::output::SessionOutput;
use super::report::report;
use super::who::who_lines;
use crate::app::output::{BanList, Notice, Output, Why};
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;

/// The answer to the line of this number. `is_current`: the client is connected.
pub(super) fn answer(
    known: Option<&KnownRoom>,
    line: u64,
    question: &RoomQuestion,
    is_current: bool,
) -> Vec<SessionOutput> {
    let mut outputs = Vec::new();
    let mut emit = |output| outputs.push(SessionOutput::Emit(output));
    let done = match (question, known) {
        (RoomQuestion::Queue, known) => {
            let queue = known.map(|known| known.state().queue.entries().to_vec());
            emit(Output::Queue(queue.unwrap_or_default()));
            Ok(())
        }
        (RoomQuestion::ChatLine(whose), known) => {
            match known.and_then(|known| known.line_of(whose)) {
                Some(chat_line) => {
                    let command = Command::Erase { line: chat_line };
                    return vec![SessionOutput::Command(line, command)];
                }
                None => Err(Why::Denied(Denied::NoSuchLine)),
            }
        }
        (_, None) => Err(Why::NotConnected { pausing: false }),
        (RoomQuestion::Report(typed), Some(known)) => match report(known.state(), typed) {
            Ok(command) => return vec![SessionOutput::Command(line, command)],
            Err(why) => Err(why),
        },
        (question, Some(known)) => {
            if matches!(question, RoomQuestion::Members) && !is_current {
                emit(Output::Notice(Notice::OutOfDate));
            }
            emit(Output::Notice(told(known, question)));
            Ok(())
        }
    };
    outputs.push(SessionOutput::Done(line, done));
    outputs
}

/// How the room is, for a question that only asks.
fn told(known: &KnownRoom, question: &RoomQuestion) -> Notice {
    let state = known.state();
    match question {
        RoomQuestion::Rate => Notice::RateNow(state.timeline.segment.rate),
        RoomQuestion::Wait => Notice::WaitNow {
            waits: state.waits(),
        },
        RoomQuestion::Restrictions => Notice::Restrictions(state.restrictions.all().to_vec()),
        RoomQuestion::Bans => Notice::Bans(BanList {
            bans: state.bans.clone(),
            me: known.me().map(|me| me.name.clone()),
        }),
        _ => Notice::Who(who_lines(known)),
    }
}
