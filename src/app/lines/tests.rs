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
    let input = LinesInput::Typed {
        text: text.to_owned(),
        parsed: parse(text),
    };
    lines.handle(input, view(access), NOW)
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
    [
        LinesOutput::GivenBack("hello".to_owned()),
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

/// The commands that are sent, by their numbers and texts.
fn said(outputs: &[LinesOutput]) -> Vec<(u64, String)> {
    let said = outputs.iter().filter_map(|output| match output {
        LinesOutput::Send(seq, Command::Chat { text }) => Some((seq.0, text.to_string())),
        _ => None,
    });
    said.collect()
}

fn waiting(lines: &Lines, is_joined: bool) -> Vec<&str> {
    let unsent = lines.unsent_messages(is_joined).into_iter();
    unsent.map(ChatText::as_str).collect()
}

/// All that goes out on return as the same member.
fn back(lines: &mut Lines) -> Vec<LinesOutput> {
    let resumed = LinesInput::Resumed { answered: Seq(0) };
    let mut outputs = lines.handle(resumed, view(Access::Open), NOW);
    loop {
        let more = next(lines, Access::Open);
        if more.is_empty() {
            return outputs;
        }
        outputs.extend(more);
    }
}

#[test]
fn messages_wait_for_the_connection_and_go_out_in_their_order() {
    let mut lines = Lines::new(false);
    line(&mut lines, "one", Access::Open);
    assert!(waiting(&lines, true).is_empty(), "it is on its way");
    lines.handle(LinesInput::Lost, view(Access::Away), NOW);
    assert_eq!(line(&mut lines, "two", Access::Away), []);
    assert_eq!(line(&mut lines, "three", Access::Returning), []);
    let pause = line(&mut lines, "/pause", Access::Away);
    let why = Why::NotConnected { pausing: true };
    let given_back = LinesOutput::GivenBack("/pause".to_owned());
    assert_eq!(pause, [given_back, LinesOutput::Denied(4, why)]);
    assert_eq!(waiting(&lines, false), ["one", "two", "three"]);
    let outputs = back(&mut lines);
    let expected = [(1, "one"), (2, "two"), (3, "three")];
    assert_eq!(
        said(&outputs),
        expected.map(|(n, text)| (n, text.to_owned()))
    );
    assert_eq!(waiting(&lines, true), ["one", "two", "three"]);
    for (seq, line) in [(1, 1), (2, 2), (3, 3)] {
        let answer = LinesInput::Answered(Seq(seq), Ok(Rev(8)));
        let outputs = lines.handle(answer, view(Access::Open), NOW);
        assert_eq!(outputs, [LinesOutput::Ok(line, Rev(8))]);
    }
    assert!(waiting(&lines, true).is_empty());
}

#[test]
fn what_waited_is_slowed_down_and_given_back_if_it_is_refused() {
    let mut lines = Lines::new(false);
    for text in ["one", "hello"] {
        line(&mut lines, text, Access::Away);
    }
    assert_eq!(back(&mut lines).len(), 2);
    let denied = |denied| Err(Why::Denied(denied));
    let too_fast = LinesInput::Answered(Seq(1), denied(Denied::TooFast { retry_ms: 10 }));
    assert_eq!(lines.handle(too_fast, view(Access::Open), NOW), []);
    assert_eq!(waiting(&lines, true), ["one", "hello"]);
    let muted = LinesInput::Answered(Seq(2), denied(Denied::Muted));
    let outputs = lines.handle(muted, view(Access::Open), NOW);
    assert_eq!(outputs, given_back(2, Why::Denied(Denied::Muted)));
    let later = NOW + Span::seconds(1);
    let outputs = lines.handle(LinesInput::Next, view(Access::Open), later);
    assert_eq!(said(&outputs), [(3, "one".to_owned())]);
}

#[test]
fn so_many_messages_wait_and_no_more_and_none_goes_to_another_room() {
    let mut lines = Lines::new(false);
    for _ in 0..20 {
        assert_eq!(line(&mut lines, "hello", Access::Away), []);
    }
    let why = Why::TooManyUnsent { most: 20 };
    assert_eq!(line(&mut lines, "hello", Access::Away), given_back(21, why));
    line(&mut lines, "/join lofi", Access::Away);
    let joining = LinesInput::Joining(22);
    let outputs = lines.handle(joining, view(Access::Away), NOW);
    assert_eq!(outputs.len(), 40, "each goes back to its writer");
    assert!(waiting(&lines, false).is_empty());
    for length in lengths::of(&lines) {
        assert!(length.held <= length.most, "{length:?}");
    }
}

#[test]
fn who_comes_back_as_somebody_new_says_what_waited_once() {
    let mut lines = Lines::new(false);
    line(&mut lines, "hello", Access::Open);
    lines.handle(LinesInput::Lost, view(Access::Away), NOW);
    line(&mut lines, "two", Access::Away);
    let entered = LinesInput::Entered { answered: Seq(0) };
    let outputs = lines.handle(entered, view(Access::Open), NOW);
    // It may have been said: only its writer can tell.
    assert_eq!(outputs, given_back(1, Why::Unanswered));
    let outputs = next(&mut lines, Access::Open);
    assert_eq!(said(&outputs), [(1, "two".to_owned())]);
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
