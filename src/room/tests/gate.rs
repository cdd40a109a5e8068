//! Scenarios about the start of new media, and about countdowns.

use super::story::{PAUSE, RESUME, Story, name_of, seek_to, who};
use crate::protocol::command::{Command, Mark, Report, SeekTarget};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::failure::FailureCode;
use crate::protocol::member::{BanScope, LeaveCause, Role};
use crate::protocol::playback::StandstillCause;
use crate::protocol::time::{Position, Rate};

impl Story {
    /// Alice, an admin, Bob and Carol, whose players take their time with new media.
    fn slow_to_load() -> Self {
        let mut story = Self::alice_and_bob().joins("Carol");
        story.world.players_are_quick = false;
        story
    }

    #[track_caller]
    fn reports_ready(self, name: &str) -> Self {
        let epoch = self.state().timeline.epoch;
        self.reports(name, &Report::Ready { epoch })
    }

    /// The members that new media waits for.
    #[track_caller]
    fn waits_for(self, names: &[&str]) -> Self {
        let timeline = &self.state().timeline;
        let awaited = timeline.awaits_start(self.world.now);
        let missing: Vec<_> = names.iter().map(|name| self.id(name)).collect();
        assert_eq!(timeline.gate, missing);
        assert_eq!(awaited, !names.is_empty());
        self
    }
}

#[test]
fn new_media_starts_once_all_are_ready() {
    Story::slow_to_load()
        .joins_to_chat("Dave")
        .plays("Alice", "a")
        .led_to(&["loaded:played"])
        .waits_for(&["Alice", "Bob", "Carol"])
        .after(1.0)
        .reports_ready("Bob")
        .led_to(&["ready"])
        .reports_ready("Bob")
        .led_to(&[])
        .reports_ready("Dave")
        .led_to(&[])
        .after(1.0)
        .reports_ready("Alice")
        .waits_for(&["Carol"])
        .position_is(0.0)
        .reports_ready("Carol")
        .led_to(&["retimed:resumed"])
        .waits_for(&[])
        .after(1.1)
        .position_is(1.0)
        .sees(|story| assert!(story.state().holds.is_empty(), "it counts on no budget"))
        .end();
}

#[test]
fn it_waits_for_eight_seconds_at_most() {
    Story::slow_to_load()
        .plays("Alice", "a")
        .opens("Alice")
        .reports_ready("Alice")
        .after(7.9)
        .waits_for(&["Bob", "Carol"])
        .after(0.1)
        .led_to(&["started_without"])
        .waits_for(&[])
        .position_is(0.0)
        .after(2.0)
        .position_is(2.0)
        .reports_ready("Bob")
        .led_to(&[])
        .position_is(2.0)
        .end();
}

#[test]
fn media_that_nobody_has_opened_by_then_does_not_start() {
    Story::slow_to_load()
        .plays("Alice", "a")
        .adds("Alice", "b")
        .after(8.0)
        .led_to(&["nobody_plays:failed"])
        .after(4.0)
        .position_is(0.0)
        .opens("Bob")
        .led_to(&["learned", "somebody_plays"])
        .after(1.1)
        .position_is(1.0)
        .end();
    // Also if the players report that they retry.
    Story::slow_to_load()
        .plays("Alice", "a")
        .retries("Alice", FailureCode::Unreachable)
        .retries("Bob", FailureCode::Unreachable)
        .waits_for(&["Alice", "Bob", "Carol"])
        .after(12.0)
        .position_is(0.0)
        .after(48.1)
        .sees(|story| {
            let known = story.state().timeline.given_up().unwrap();
            let code = FailureCode::Unreachable;
            assert_eq!(known.cause, StandstillCause::Failed { code });
        })
        .position_is(0.0)
        .end();
}

#[test]
fn who_is_ready_at_the_last_moment_changes_nothing() {
    Story::slow_to_load()
        .leaves("Carol")
        .leaves("Bob")
        .plays("Alice", "a")
        .after(7.95)
        .reports_ready("Alice")
        .led_to(&["ready"])
        .after(1.05)
        .position_is(1.0)
        .end();
}

#[test]
fn who_leaves_or_cannot_play_it_is_not_waited_for_and_who_joins_neither() {
    let epoch = |story: &Story| story.state().timeline.epoch;
    let story = Story::slow_to_load()
        .plays("Alice", "a")
        .joins("Dave")
        .waits_for(&["Alice", "Bob", "Carol"])
        .vanishes("Bob")
        .returns("Bob")
        .waits_for(&["Alice", "Carol"]);
    let epoch = epoch(&story);
    story
        .reports(
            "Carol",
            &Report::Failed {
                epoch,
                code: FailureCode::Refused,
                retrying: false,
            },
        )
        .waits_for(&["Alice"])
        .leaves("Alice")
        .sees(|story| {
            let opened = |event: &&RoomEvent| matches!(event, RoomEvent::Retimed { .. });
            assert_eq!(story.world.events().into_iter().filter(opened).count(), 1);
        })
        // Nobody has it open yet.
        .after(1.1)
        .position_is(0.0)
        .opens("Dave")
        .after(1.1)
        .position_is(1.0)
        .end();
}

#[test]
fn an_admin_opens_it_at_once() {
    for command in [RESUME, Command::Go, Command::SetWait { wait: false }] {
        Story::slow_to_load()
            .plays("Alice", "a")
            .after(1.0)
            .does("Alice", &command)
            .waits_for(&[])
            .after(1.1)
            .position_is(1.0)
            .denied("Alice", &Command::Go, &Denied::NotWaiting)
            .denied("Alice", &RESUME, &Denied::AlreadyPlaying)
            .end();
    }
}

#[test]
fn a_pause_keeps_it_paused() {
    Story::slow_to_load()
        .plays("Alice", "a")
        .does("Alice", &PAUSE)
        .waits_for(&[])
        .reports_ready("Alice")
        .led_to(&[])
        .after(10.0)
        .position_is(0.0)
        .does("Alice", &RESUME)
        .after(1.1)
        .position_is(1.0)
        .end();
}

#[test]
fn a_jump_or_another_rate_does_not_end_the_wait() {
    let rate = Rate::from_factor(2.0).unwrap();
    Story::slow_to_load()
        .plays("Alice", "a")
        .does("Alice", &seek_to(60))
        .does("Alice", &Command::SetRate { rate })
        .waits_for(&["Alice", "Bob", "Carol"])
        .stalls("Bob")
        .led_to(&[])
        .reports_ready("Alice")
        .reports_ready("Bob")
        .reports_ready("Carol")
        .after(1.1)
        .position_is(62.0)
        .end();
}

#[test]
fn a_jump_in_the_admins_own_player_does_not_end_the_wait() {
    let story = Story::slow_to_load().plays("Alice", "a").after(0.5);
    let mark = Mark {
        epoch: story.state().timeline.epoch,
        position: Position::seconds(60),
        at: story.world.now,
    };
    let jump = Command::Seek {
        target: SeekTarget::To(mark.position),
        mark: Some(mark),
    };
    story
        .does("Alice", &jump)
        .waits_for(&["Alice", "Bob", "Carol"])
        .end();
}

#[test]
fn a_room_that_does_not_wait_waits_for_its_admins_players() {
    Story::slow_to_load()
        .does("Alice", &Command::SetWait { wait: false })
        .makes("Alice", "Bob", Role::Moderator)
        .plays("Alice", "a")
        .waits_for(&["Alice"])
        .reports_ready("Alice")
        .led_to(&["retimed:resumed"])
        .end();
}

#[test]
fn where_nobody_is_waited_for_it_starts_at_once() {
    let mut story = Story::new().joins_to_chat("Alice");
    story.world.players_are_quick = false;
    story.plays("Alice", "a").after(1.1).position_is(1.0).end();
}

#[test]
fn the_next_of_the_queue_waits_too_and_an_empty_room_for_nobody() {
    let mut story = Story::watching().adds("Alice", "b");
    story.world.players_are_quick = false;
    story
        .after(601.0)
        .shows("b")
        .waits_for(&["Alice", "Bob"])
        .sees(|story| assert_eq!(story.state().timeline.position(story.world.now).0, 0))
        .vanishes("Alice")
        .vanishes("Bob")
        .led_to(&["presence"])
        .returns("Bob")
        .end();
}

#[test]
fn a_server_that_restarts_starts_it_at_once() {
    Story::slow_to_load()
        .plays("Alice", "a")
        .restarts_after(2)
        .returns("Alice")
        .waits_for(&[])
        .after(8.1)
        .position_is(8.0)
        .end();
    Story::slow_to_load()
        .plays("Alice", "a")
        .restarts_after(100)
        .paused(true)
        .position_is(0.0)
        .end();
}

#[test]
fn counting_starts_paused_media_and_stops_a_running_one_first() {
    Story::watching()
        .denied("Bob", &Command::Countdown, &admins_only())
        .after(10.1)
        .does("Alice", &Command::Countdown)
        .led_to(&["retimed:resumed"])
        .sees(|story| assert!(story.state().timeline.countdown))
        .after(3.1)
        .position_is(10.0)
        .after(1.0)
        .position_is(11.0)
        .does("Alice", &PAUSE)
        .does("Alice", &Command::Countdown)
        .after(4.1)
        .position_is(12.0)
        .end();
}

#[test]
fn a_count_is_cancelled_by_a_pause_and_cut_short_by_playing_on() {
    Story::watching()
        .does("Alice", &PAUSE)
        .does("Alice", &Command::Countdown)
        .after(1.0)
        .stalls("Bob")
        .led_to(&[])
        .does("Alice", &PAUSE)
        .sees(|story| assert!(!story.state().timeline.countdown))
        .after(5.0)
        .position_is(0.0)
        .does("Alice", &Command::Countdown)
        .does("Alice", &RESUME)
        .sees(|story| assert!(!story.state().timeline.countdown))
        .after(1.1)
        .position_is(1.0)
        .end();
}

#[test]
fn counting_ends_a_wait_for_somebody_and_begins_media_that_is_over_anew() {
    Story::watching()
        .after(10.1)
        .stalls("Bob")
        .does("Alice", &Command::Countdown)
        .sees(|story| assert_eq!(story.state().timeline.hold, None))
        .after(4.1)
        .position_is(11.0)
        .after(600.0)
        .finished()
        .does("Alice", &Command::Countdown)
        .after(4.1)
        .position_is(1.0)
        .end();
    Story::alice_and_bob()
        .denied("Alice", &Command::Countdown, &Denied::NothingPlays)
        .end();
}

#[test]
fn who_is_sent_out_is_not_waited_for() {
    let mut story = Story::slow_to_load()
        .plays("Alice", "a")
        .reports_ready("Alice")
        .reports_ready("Carol");
    let bob = story.id("Bob");
    story.world.go(bob, LeaveCause::Kicked);
    story.after(1.1).position_is(1.0).end();
}

#[test]
fn who_is_kicked_banned_muted_or_exempt_is_not_waited_for() {
    let bob = || who("Bob");
    let ways = [
        (Command::Kick { who: bob() }, "presence"),
        (
            Command::Ban {
                who: bob(),
                scope: BanScope::Ask,
            },
            "banned",
        ),
        (muted("Bob"), "muted"),
        (exempt("Bob"), "spared"),
    ];
    for (command, first) in ways {
        Story::slow_to_load()
            .plays("Alice", "a")
            .reports_ready("Alice")
            .reports_ready("Carol")
            .waits_for(&["Bob"])
            .does("Alice", &command)
            .sees(|story| {
                let names: Vec<_> = story.world.events().into_iter().map(name_of).collect();
                assert_eq!(names.first().map(String::as_str), Some(first));
                assert_eq!(names.last().map(String::as_str), Some("retimed:resumed"));
            })
            .waits_for(&[])
            .after(1.1)
            .position_is(1.0)
            .end();
    }
}

#[test]
fn new_media_waits_for_nobody_who_was_muted_or_exempt() {
    Story::slow_to_load()
        .joins("Dave")
        .does("Alice", &muted("Bob"))
        .does("Alice", &exempt("Carol"))
        .plays("Alice", "a")
        .waits_for(&["Alice", "Dave"])
        .does("Alice", &exempt("Dave"))
        .led_to(&["spared", "ready"])
        .waits_for(&["Alice"])
        .end();
}

fn muted(name: &str) -> Command {
    let (who, muted) = (who(name), true);
    Command::Mute { who, muted }
}

fn exempt(name: &str) -> Command {
    let (who, wait_exempt) = (Some(who(name)), true);
    Command::ExemptFromWait {
        who,
        exempt: wait_exempt,
    }
}

fn admins_only() -> Denied {
    Denied::NotAllowed {
        action: crate::protocol::denied::Action::Countdown,
        needs: Role::Admin,
    }
}
