//! Lines by themselves, without an app around them.

use std::collections::VecDeque;

use super::{Access, CommandSource, Lines, LinesInput, LinesOutput, LinesView, lengths};
use crate::app::command::parse;
use crate::app::output::Why;
use crate::protocol::command::{Command, Mark};
use crate::protocol::denied::Denied;
use crate::protocol::ids::{Epoch, Rev, Seq};
use crate::protocol::text::ChatText;
use crate::protocol::time::{LocalTime, Position, RoomTime, Span};

const NOW: LocalTime = LocalTime(1_000_000);

fn view(access: Access) -> LinesView {
    LinesView {
        access,
        rev: Some(Rev(7)),
        epoch: Epoch(1),
    }
}

fn line(lines: &mut Lines, text: &str, access: Access) -> Vec<LinesOutput> {
    lines.handle(LinesInput::Line(parse(text)), view(access), NOW)
}

fn next(lines: &mut Lines, access: Access) -> Vec<LinesOutput> {
    lines.handle(LinesInput::Next, view(access), NOW)
}

/// "hello" is refused for want of a connection.
fn not_connected(line: u64) -> [LinesOutput; 2] {
    given_back(line, Why::NotConnected { pausing: false })
}

/// "hello" comes to nothing.
fn given_back(line: u64, why: Why) -> [LinesOutput; 2] {
    let text = ChatText::parse("hello").unwrap();
    [
        LinesOutput::MessageRefused(text),
        LinesOutput::Denied(line, why),
    ]
}

#[test]
fn a_line_is_sent_refused_or_kept_by_how_far_it_reaches() {
    let mut lines = Lines::new(true);
    let outputs = line(&mut lines, "hello", Access::Open);
    assert!(
        matches!(outputs[..], [LinesOutput::Send(Seq(1), _)]),
        "{outputs:?}"
    );
    assert_eq!(line(&mut lines, "hello", Access::Away), not_connected(2));
    let refused = not_connected(3);
    assert_eq!(line(&mut lines, "hello", Access::Returning), refused);
    assert_eq!(line(&mut lines, "hello", Access::Awaited), []);
    assert_eq!(next(&mut lines, Access::Awaited), [], "it waits");
    assert_eq!(next(&mut lines, Access::Away), not_connected(4));
    let unanswered = given_back(5, Why::Unanswered);
    assert_eq!(line(&mut lines, "hello", Access::Leaving), unanswered);
}

#[test]
fn what_comes_behind_a_join_waits_for_its_room_and_not_for_the_one_before() {
    let mut lines = Lines::new(true);
    let outputs = line(&mut lines, "/join lofi", Access::Open);
    assert!(
        matches!(outputs[..], [LinesOutput::Local(1, _)]),
        "{outputs:?}"
    );
    lines.handle(LinesInput::Joining(1), view(Access::Open), NOW);
    assert_eq!(line(&mut lines, "hello", Access::Returning), []);
    let why = Why::Unanswered;
    let refused = LinesInput::JoinRefused(why.clone());
    let outputs = lines.handle(refused, view(Access::Returning), NOW);
    assert_eq!(outputs, [LinesOutput::Denied(1, why)]);
    assert_eq!(next(&mut lines, Access::Returning), not_connected(2));
}

#[test]
fn a_message_that_is_not_said_before_a_switch_of_room_goes_back_to_its_writer() {
    let mut lines = Lines::new(true);
    let join = |lines: &mut Lines, number| {
        lines.handle(LinesInput::Joining(number), view(Access::Open), NOW)
    };
    // On its way to the room that is left.
    line(&mut lines, "hello", Access::Open);
    line(&mut lines, "/join lofi", Access::Open);
    assert_eq!(join(&mut lines, 2), given_back(1, Why::Unanswered));
    // Waiting for a room that is given up.
    line(&mut lines, "hello", Access::Returning);
    line(&mut lines, "/join jazz", Access::Returning);
    let mut expected = given_back(3, Why::Unanswered).to_vec();
    expected.push(LinesOutput::Denied(2, Why::Unanswered));
    assert_eq!(join(&mut lines, 4), expected);
    // On its way when the room knows the member no more.
    line(&mut lines, "hello", Access::Open);
    let entered = LinesInput::Entered { answered: Seq(0) };
    let outputs = lines.handle(entered, view(Access::Open), NOW);
    assert_eq!(outputs[..2], given_back(5, Why::Unanswered));
}

#[test]
fn a_pause_in_the_window_that_came_too_late_is_asked_for_again_without_its_position() {
    let mut lines = Lines::new(true);
    let mark = Mark {
        epoch: Epoch(1),
        position: Position::seconds(9),
        at: RoomTime(5),
    };
    let pause = Command::Pause { mark: Some(mark) };
    let input = LinesInput::Command(pause, CommandSource::PlayerWindow);
    let outputs = lines.handle(input, view(Access::Open), NOW);
    assert!(
        matches!(outputs[..], [LinesOutput::Send(Seq(1), _)]),
        "{outputs:?}"
    );
    let late = |seq| LinesInput::Answered(seq, Err(Why::Denied(Denied::TooLate)));
    let outputs = lines.handle(late(Seq(1)), view(Access::Open), NOW);
    let again = Command::Pause { mark: None };
    assert_eq!(outputs, [LinesOutput::Send(Seq(2), again)]);
    let outputs = lines.handle(late(Seq(2)), view(Access::Open), NOW);
    let why = Why::Denied(Denied::TooLate);
    assert_eq!(outputs, [LinesOutput::WindowAnswered(Err(why))]);
}

#[test]
fn a_script_that_never_ends_leaves_nothing_behind_of_the_lines_that_came_too_fast() {
    let mut lines = Lines::new(true);
    let mut now = NOW;
    let mut open = VecDeque::new();
    for _ in 0..3 {
        open.extend(sent(&line(&mut lines, "hello", Access::Open)));
    }
    for _ in 0..200 {
        open.extend(sent(&line(&mut lines, "hello", Access::Open)));
        let too_fast = Why::Denied(Denied::TooFast { retry_ms: 10 });
        for answer in [Err(too_fast), Ok(Rev(8))] {
            now = now + Span::seconds(1);
            let outputs = lines.handle(LinesInput::Next, view(Access::Open), now);
            open.extend(sent(&outputs));
            let seq = open.pop_front().unwrap();
            lines.handle(LinesInput::Answered(seq, answer), view(Access::Open), now);
        }
        for length in lengths::of(&lines) {
            assert!(length.held <= length.most, "{length:?}");
        }
    }
}

fn sent(outputs: &[LinesOutput]) -> Option<Seq> {
    outputs.iter().find_map(|output| match output {
        LinesOutput::Send(seq, _) => Some(*seq),
        _ => None,
    })
}

#[test]
fn the_client_leaves_once_no_more_lines_come_and_all_are_answered() {
    let mut lines = Lines::new(true);
    line(&mut lines, "hello", Access::Open);
    assert_eq!(lines.handle(LinesInput::Ended, view(Access::Open), NOW), []);
    assert_eq!(next(&mut lines, Access::Open), []);
    let answer = LinesInput::Answered(Seq(1), Ok(Rev(8)));
    let outputs = lines.handle(answer, view(Access::Open), NOW);
    assert_eq!(outputs, [LinesOutput::Ok(1, Rev(8))]);
    assert_eq!(next(&mut lines, Access::Open), [LinesOutput::Leave]);
    assert_eq!(next(&mut lines, Access::Leaving), []);
}

#[test]
fn what_the_client_looks_up_is_waited_for_but_not_for_ever() {
    let mut lines = Lines::new(true);
    let outputs = line(&mut lines, "/load", Access::Open);
    assert!(
        matches!(outputs[..], [LinesOutput::Local(1, _)]),
        "{outputs:?}"
    );
    lines.handle(LinesInput::Ended, view(Access::Open), NOW);
    assert_eq!(next(&mut lines, Access::Open), [], "it is open");
    let at = |lines: &mut Lines, seconds| {
        let now = NOW + Span::seconds(seconds);
        lines.handle(LinesInput::Deadline, view(Access::Open), now)
    };
    assert_eq!(at(&mut lines, 39), []);
    assert_eq!(at(&mut lines, 40), [LinesOutput::Leave]);
    let given_up = lines.handle(LinesInput::Leaving, view(Access::Leaving), NOW);
    assert_eq!(given_up, [LinesOutput::Denied(1, Why::Unanswered)]);
    let late = lines.handle(LinesInput::Done(1, Ok(())), view(Access::Leaving), NOW);
    assert_eq!(late, [], "it has its answer");
}
