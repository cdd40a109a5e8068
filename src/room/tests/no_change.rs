//! Scenarios about commands that change nothing: they lead to no event, so that nobody is shown a
//! change that is none.

use super::story::{PAUSE, Story, media, seek_to, who};
use crate::protocol::command::requested;
use crate::protocol::command::{Command, SeekTarget};
use crate::protocol::denied::Denied;
use crate::protocol::ids::EntryId;
use crate::protocol::text::Title;
use crate::protocol::time::{Rate, Span};

const SAME: Denied = Denied::NothingChanges;

fn rate(factor: f64) -> Command {
    Command::SetRate {
        rate: Rate::from_factor(factor).unwrap(),
    }
}

const fn seek_by(span: Span) -> Command {
    Command::Seek {
        target: SeekTarget::By(span),
        mark: None,
    }
}

#[test]
fn a_jump_to_where_the_media_is() {
    let story = Story::watching()
        .after(10.1)
        .denied("Alice", &seek_by(Span::ZERO), &SAME)
        .does("Alice", &PAUSE)
        .position_is(10.0)
        .denied("Alice", &seek_to(10), &SAME);
    let in_the_window = Command::Seek {
        target: SeekTarget::By(Span::ZERO),
        mark: Some(story.mark(10.0, 0.0)),
    };
    story
        .denied("Alice", &in_the_window, &SAME)
        .does("Alice", &seek_by(Span::millis(400)))
        .position_is(10.4)
        .does("Alice", &Command::Undo)
        .position_is(10.0)
        .does("Alice", &Command::Undo)
        .position_is(10.4)
        .end();
}

#[test]
fn a_jump_to_the_same_place_that_ends_a_count_or_a_wait_changes_something() {
    Story::watching()
        .after(10.1)
        .does("Alice", &PAUSE)
        .does("Alice", &Command::Countdown)
        .does("Alice", &seek_to(10))
        .led_to(&["retimed:sought"])
        .end();
    Story::watching()
        .after(10.1)
        .stalls("Bob")
        .after(1.0)
        .sees(|story| assert!(story.state().timeline.hold.is_some()))
        .does("Alice", &seek_by(Span::ZERO))
        .sees(|story| assert_eq!(story.state().timeline.hold, None))
        .end();
}

#[test]
fn the_end_of_media_that_is_over() {
    Story::watching()
        .after(601.0)
        .finished()
        .denied("Alice", &seek_to(600), &SAME)
        .finished()
        .end();
}

#[test]
fn the_rate_that_it_runs_at_or_will() {
    Story::watching()
        .after(10.1)
        .denied("Alice", &rate(1.0), &SAME)
        .does("Alice", &rate(2.0))
        .denied("Alice", &rate(2.0), &SAME)
        .does("Alice", &rate(1.0))
        .denied(
            "Bob",
            &Command::Ask {
                request: requested(Command::SetRate { rate: Rate::NORMAL }),
            },
            &SAME,
        )
        .end();
}

#[test]
fn the_same_title_length_heir_and_policy() {
    let title = |text| Command::SetTitle {
        title: Title::truncated(text),
    };
    let length = |seconds: Option<i64>| Command::SetLength {
        length: seconds.map(Span::seconds),
    };
    let heir = Command::SetHeir { who: who("Bob") };
    let wait = |wait| Command::SetWait { wait };
    Story::watching()
        .denied("Alice", &title(""), &SAME)
        .does("Alice", &title("Friday"))
        .denied("Alice", &title("Friday"), &SAME)
        .does("Alice", &title(""))
        .denied("Alice", &length(None), &SAME)
        .does("Alice", &length(Some(90)))
        .denied("Alice", &length(Some(90)), &SAME)
        .does("Alice", &length(None))
        .does("Alice", &heir)
        .denied("Alice", &heir, &SAME)
        .does("Alice", &wait(false))
        .denied("Alice", &wait(false), &SAME)
        .does("Alice", &wait(true))
        // The whole budget for holds is available again.
        .does("Alice", &wait(true))
        .led_to(&["wait_chosen"])
        .end();
}

#[test]
fn a_place_in_the_queue_that_an_entry_has() {
    let move_to = |place| Command::Move {
        entry: EntryId(1),
        place,
    };
    Story::watching()
        .adds("Alice", "b")
        .adds("Alice", "c")
        // It is at that place already.
        .does("Alice", &move_to(1))
        .led_to(&[])
        .does("Alice", &move_to(9))
        .led_to(&["queue_moved"])
        .does("Alice", &move_to(2))
        .led_to(&[])
        .does("Alice", &Command::Play { media: media("a") })
        .led_to(&["loaded:played"])
        .end();
}
