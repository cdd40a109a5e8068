//! Scenarios about playback: loading, moving, the end.

use super::story::{PAUSE, RESUME, Story, media, seek_to};
use crate::protocol::command::requested;
use crate::protocol::command::{Command, SeekTarget};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::time::{Position, Rate, Span};

fn faster() -> Command {
    Command::SetRate {
        rate: Rate::from_factor(1.5).unwrap(),
    }
}

#[test]
fn media_starts_for_everyone_at_one_scheduled_moment() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .led_to(&["loaded:played"])
        .shows("a")
        .position_is(0.0)
        .after(0.1)
        .position_is(0.0)
        .after(7.0)
        .position_is(7.0)
        .end();
}

#[test]
fn a_link_starts_where_it_says() {
    let media = crate::media::Media::parse("https://youtu.be/dQw4w9WgXcQ?t=90").unwrap();
    Story::alice_and_bob()
        .does("Alice", &Command::Play { media })
        .position_is(90.0)
        .end();
}

#[test]
fn pause_and_resume() {
    Story::watching()
        .after(10.1)
        .does("Alice", &PAUSE)
        .led_to(&["retimed:paused"])
        .position_is(10.0)
        .after(60.0)
        .position_is(10.0)
        .denied("Alice", &PAUSE, &Denied::AlreadyPaused)
        .denied(
            "Bob",
            &Command::Ask {
                request: requested(Command::Pause { mark: None }),
            },
            &Denied::AlreadyPaused,
        )
        .does("Alice", &RESUME)
        .led_to(&["retimed:resumed"])
        .denied("Alice", &RESUME, &Denied::AlreadyPlaying)
        .after(1.1)
        .position_is(11.0)
        .end();
}

#[test]
fn nothing_can_be_moved_where_nothing_plays() {
    let mut story = Story::alice_and_bob();
    for command in [
        PAUSE,
        RESUME,
        seek_to(3),
        Command::Undo,
        faster(),
        Command::Ask {
            request: requested(Command::Pause { mark: None }),
        },
    ] {
        story = story.denied("Alice", &command, &Denied::NothingPlays);
    }
    story
        .denied("Alice", &Command::Skip, &Denied::NothingNext)
        .end();
}

#[test]
fn a_pause_in_the_admins_window_moves_the_others_to_it() {
    let story = Story::watching().after(10.1);
    let mark = story.mark(9.7, 0.4);
    story
        .does("Alice", &Command::Pause { mark: Some(mark) })
        .sees(|story| {
            assert!(matches!(
                story.world.events()[..],
                [RoomEvent::Retimed {
                    in_player: true,
                    ..
                }]
            ));
        })
        .position_is(9.7)
        .paused(true)
        .end();
}

#[test]
fn a_mark_that_is_too_old_or_from_the_future_is_not_taken() {
    let mut story = Story::watching().after(20.0);
    for seconds_ago in [1.1, 60.0, -1.1] {
        let mark = Some(story.mark(5.0, seconds_ago));
        let target = SeekTarget::To(Position::seconds(5));
        story = story
            .denied("Alice", &Command::Pause { mark }, &Denied::TooLate)
            .denied("Alice", &Command::Seek { target, mark }, &Denied::TooLate);
    }
    let mark = Some(story.mark(5.0, 0.9));
    story
        .does("Alice", &Command::Pause { mark })
        .position_is(5.0)
        .end();
}

#[test]
fn a_mark_in_the_media_before_is_not_taken() {
    let story = Story::watching().after(500.0);
    let mark = Some(story.mark(500.0, 0.0));
    let target = SeekTarget::To(Position::seconds(500));
    story
        .plays("Alice", "b")
        .after(0.4)
        .denied("Alice", &Command::Pause { mark }, &Denied::TooLate)
        .denied("Alice", &Command::Seek { target, mark }, &Denied::TooLate)
        .shows("b")
        .position_is(0.3)
        .does("Alice", &PAUSE)
        .denied("Alice", &Command::Resume { mark }, &Denied::TooLate)
        .position_is(0.3)
        .end();
}

#[test]
fn a_mark_written_before_marks_named_their_media_is_read() {
    let mark = r#"{"position":1,"at":2}"#;
    let mark: crate::protocol::command::Mark = serde_json::from_str(mark).unwrap();
    assert_eq!(mark.epoch, crate::protocol::ids::Epoch(0));
}

#[test]
fn what_is_played_on_or_sought_in_the_window_runs_from_that_very_moment() {
    let story = Story::watching()
        .after(10.1)
        .does("Alice", &PAUSE)
        .after(5.0);
    let mark = Some(story.mark(10.0, 0.5));
    let story = story
        .does("Alice", &Command::Resume { mark })
        .position_is(10.5)
        .after(1.0)
        .position_is(11.5);
    let mark = Some(story.mark(100.0, 0.25));
    let target = SeekTarget::To(Position::seconds(1));
    story
        .does("Alice", &Command::Seek { target, mark })
        .position_is(100.25)
        .end();
}

#[test]
fn a_jump_stays_within_the_media_and_keeps_it_paused() {
    let by = |seconds| Command::Seek {
        target: SeekTarget::By(Span::seconds(seconds)),
        mark: None,
    };
    Story::watching()
        .after(10.1)
        .does("Alice", &by(-30))
        .position_is(0.0)
        .does("Alice", &PAUSE)
        .does("Alice", &by(25))
        .position_is(25.0)
        .paused(true)
        .does("Alice", &seek_to(9_000))
        .position_is(600.0)
        .end();
}

#[test]
fn undo_takes_the_last_jump_back_and_again_forth() {
    Story::watching()
        .denied("Alice", &Command::Undo, &Denied::NothingToUndo)
        .after(10.1)
        .does("Alice", &seek_to(300))
        .after(5.1)
        .position_is(305.0)
        .does("Alice", &Command::Undo)
        .led_to(&["retimed:sought"])
        .position_is(10.0)
        .does("Alice", &Command::Undo)
        .position_is(305.0)
        .plays("Alice", "b")
        .denied("Alice", &Command::Undo, &Denied::NothingToUndo)
        .end();
}

#[test]
fn a_rate_changes_from_where_the_media_will_be_when_all_have_it() {
    Story::watching()
        .after(10.1)
        .does("Alice", &faster())
        .position_is(10.0)
        .after(0.4)
        .position_is(10.4)
        .after(10.0)
        .position_is(25.4)
        .does("Alice", &PAUSE)
        .does("Alice", &Command::SetRate { rate: Rate::NORMAL })
        .paused(true)
        .position_is(25.4)
        .end();
}

#[test]
fn a_pause_before_a_rate_changes_stands_where_the_media_is() {
    Story::watching()
        .after(10.1)
        .does("Alice", &faster())
        .after(0.2)
        .does("Alice", &PAUSE)
        .position_is(10.2)
        .after(1.0)
        .position_is(10.2)
        .does("Alice", &RESUME)
        .after(1.1)
        .position_is(11.7)
        .end();
}

#[test]
fn rates_in_quick_succession_leave_no_gap() {
    let rate = |factor| Command::SetRate {
        rate: Rate::from_factor(factor).unwrap(),
    };
    Story::watching()
        .after(10.1)
        .does("Alice", &rate(2.0))
        .after(0.1)
        .does("Alice", &rate(0.5))
        .position_is(10.1)
        .after(0.4)
        .position_is(10.5)
        .after(2.0)
        .position_is(11.5)
        .end();
}

#[test]
fn a_rate_does_not_bring_a_scheduled_start_forward() {
    Story::watching()
        .does("Alice", &seek_to(50))
        .after(0.05)
        .does("Alice", &faster())
        .after(0.05)
        .position_is(50.0)
        .after(2.0)
        .position_is(53.0)
        .end();
}

#[test]
fn new_media_runs_at_normal_speed() {
    Story::watching()
        .does("Alice", &faster())
        .plays("Alice", "b")
        .after(10.1)
        .position_is(10.0)
        .end();
}

#[test]
fn the_interrupted_media_goes_on_later_where_it_was() {
    Story::watching()
        .adds("Alice", "c")
        .after(200.1)
        .plays("Alice", "b")
        .shows("b")
        .queue_is(&["#2 a +", "#1 c +"])
        .after(30.0)
        .does("Alice", &Command::Skip)
        .led_to(&["loaded:skipped"])
        .shows("a")
        .position_is(200.0)
        .queue_is(&["#1 c +"])
        .end();
}

#[test]
fn media_that_is_nearly_over_or_put_on_again_does_not_wait() {
    Story::watching()
        .after(596.0)
        .plays("Alice", "b")
        .queue_is(&[])
        .after(3.0)
        .plays("Alice", "b")
        .queue_is(&[])
        .position_is(0.0)
        .end();
}

#[test]
fn what_waits_leaves_the_queue_when_it_is_put_on() {
    Story::watching()
        .adds("Bob", "b")
        .plays("Alice", "b")
        .queue_is(&["#2 a +"])
        .end();
}

#[test]
fn at_its_end_media_stays_on_its_last_frame_and_can_be_played_again() {
    Story::watching()
        .after(599.0)
        .position_is(598.9)
        .after(2.0)
        .finished()
        .led_to(&["finished"])
        .position_is(600.0)
        .denied("Alice", &PAUSE, &Denied::AlreadyPaused)
        .denied("Alice", &faster(), &Denied::NothingPlays)
        .denied(
            "Bob",
            &Command::Ask {
                request: requested(Command::Pause { mark: None }),
            },
            &Denied::AlreadyPaused,
        )
        .does("Alice", &RESUME)
        .shows("a")
        .after(1.1)
        .position_is(1.0)
        .end();
}

#[test]
fn media_ends_at_its_end_at_any_rate() {
    let rate = Rate::from_factor(0.7).unwrap();
    Story::watching()
        .does("Alice", &Command::SetRate { rate })
        .after(900.0)
        .finished()
        .sees(|story| {
            let position = story.state().timeline.position(story.world.now);
            assert_eq!(position, Position::seconds(600));
        })
        .end();
}

#[test]
fn a_jump_brings_media_back_that_is_over() {
    Story::watching()
        .after(700.0)
        .finished()
        .does("Alice", &seek_to(590))
        .shows("a")
        .after(5.1)
        .position_is(595.0)
        .after(6.0)
        .finished()
        .end();
}

#[test]
fn the_next_approved_media_starts_by_itself() {
    Story::watching()
        .adds("Bob", "proposed")
        .adds("Alice", "b")
        .after(601.0)
        .led_to(&["loaded:next"])
        .shows("b")
        .queue_is(&["#1 proposed ?"])
        .end();
}

#[test]
fn live_media_can_be_paused_but_has_no_other_place() {
    Story::alice_and_bob()
        .plays("Alice", "live")
        .reports_facts("Alice", None, None)
        .sees(|story| assert!(story.state().timeline.playing.as_ref().unwrap().live))
        .denied("Alice", &seek_to(5), &Denied::CannotSeek)
        .denied("Alice", &Command::Undo, &Denied::CannotSeek)
        .denied("Alice", &faster(), &Denied::CannotSeek)
        .does("Alice", &PAUSE)
        .plays("Alice", "b")
        .queue_is(&[])
        .end();
}

#[test]
fn what_an_admin_adds_where_nothing_plays_starts() {
    Story::alice_and_bob()
        .adds("Bob", "b")
        .queue_is(&["#1 b ?"])
        .adds("Alice", "a")
        .led_to(&["loaded:idle"])
        .shows("a")
        .learns("Alice", 60)
        .after(61.0)
        .finished()
        .adds("Alice", "b")
        .shows("b")
        .queue_is(&[])
        .end();
}

#[test]
fn media_of_unknown_length_may_be_sought_anywhere() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .does("Alice", &seek_to(4_000))
        .position_is(4_000.0)
        .sees(|story| {
            let playing = story.state().timeline.playing.as_ref().unwrap();
            assert_eq!(playing.media, media("a"));
            assert_eq!(playing.by_name.as_str(), "Alice");
        })
        .end();
}
