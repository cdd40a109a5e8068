//! Scenarios about what media is: its length and title, and whose report decides.

use super::story::{Story, seek_to, who};
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::Denied;
use crate::protocol::failure::FailureCode;
use crate::protocol::member::Role;
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::room::decide;
use crate::room::reports::PlayerProcess;

/// Alice, who only chats, and four who watch.
pub(super) fn an_admin_without_a_player() -> Story {
    ["Bob", "Carol", "Dave", "Eve"]
        .into_iter()
        .fold(Story::new().joins_to_chat("Alice"), Story::joins)
        .plays("Alice", "a")
}

#[test]
fn an_admins_player_reports_what_the_media_is() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .sees(|story| assert!(story.state().timeline.playing.as_ref().unwrap().unopened))
        // A viewer's report only says that it was opened.
        .reports_facts("Bob", Some(1), Some("Nonsense"))
        .led_to(&["learned"])
        .lasts(None)
        .sees(|story| assert!(!story.state().timeline.playing.as_ref().unwrap().unopened))
        .reports_facts("Alice", Some(600), Some("Big Buck Bunny"))
        .led_to(&["learned"])
        .lasts(Some(600))
        .sees(|story| {
            let playing = story.state().timeline.playing.clone().unwrap();
            assert_eq!(playing.title, Title::parse("Big Buck Bunny").ok());
        })
        .reports_facts("Alice", Some(600), Some("Big Buck Bunny"))
        .led_to(&[])
        .end();
}

#[test]
fn of_two_admins_the_longer_copy_counts_whoever_comes_first() {
    for (first, second) in [(10, 600), (600, 10)] {
        Story::alice_and_bob()
            .makes("Alice", "Bob", Role::Admin)
            .plays("Alice", "a")
            .learns("Alice", first)
            .learns("Bob", second)
            .lasts(Some(600))
            .learns("Bob", second)
            .led_to(&[])
            .end();
    }
}

#[test]
fn a_length_that_grows_while_it_is_read_is_corrected() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .learns("Alice", 4)
        .lasts(Some(4))
        .learns("Alice", 30)
        .led_to(&["learned"])
        .lasts(Some(30))
        .learns("Alice", 31)
        .led_to(&[])
        .end();
}

#[test]
fn a_player_that_opens_it_again_takes_nothing_back() {
    let mut story = Story::watching();
    let report = Report::Learned {
        epoch: story.state().timeline.epoch,
        duration: None,
        title: None,
        live: false,
        begins: None,
    };
    for _ in 0..9 {
        story = story.reports("Alice", &report).led_to(&[]);
        story = story.learns("Alice", 600).led_to(&[]);
    }
    story.lasts(Some(600)).end();
}

#[test]
fn a_growing_file_that_is_opened_again_takes_no_length_back_that_the_timeline_has_passed() {
    let reopened = || {
        Story::alice_and_bob()
            .plays("Alice", "a")
            .learns("Alice", 500)
            .learns("Alice", 3_600)
            .does("Alice", &seek_to(661))
            .players_process("Alice", PlayerProcess::Closed)
            .learns("Alice", 500)
    };
    reopened().lasts(Some(3_600)).position_is(661.0).end();
    reopened().after(1.1).position_is(662.0).shows("a").end();
    // Nor does a copy that is shorter than the others'.
    an_admin_without_a_player()
        .learns("Bob", 600)
        .learns("Carol", 600)
        .after(60.0)
        .makes("Alice", "Eve", Role::Admin)
        .learns("Eve", 30)
        .lasts(Some(600))
        .shows("a")
        .end();
    // Before that place it may be as short as the player says.
    Story::watching()
        .after(100.0)
        .learns("Alice", 500)
        .lasts(Some(500))
        .end();
}

#[test]
fn only_what_has_neither_length_nor_seeking_is_live() {
    let story = Story::alice_and_bob().plays("Alice", "a");
    let unknown = Report::Learned {
        epoch: story.state().timeline.epoch,
        duration: None,
        title: None,
        live: false,
        begins: None,
    };
    let live = |story: &Story| story.state().timeline.playing.as_ref().unwrap().live;
    story
        .reports("Alice", &unknown)
        .sees(|story| assert!(!live(story)))
        .does("Alice", &seek_to(20))
        .position_is(20.0)
        .reports_facts("Bob", None, None)
        .sees(|story| assert!(!live(story), "by a viewer's word"))
        .reports_facts("Alice", None, None)
        .sees(|story| assert!(live(story)))
        .denied("Alice", &seek_to(20), &Denied::CannotSeek)
        .learns("Alice", 600)
        .sees(|story| assert!(!live(story)))
        .lasts(Some(600))
        .end();
}

#[test]
fn what_could_not_be_agreed_on_is_decided_alike_again() {
    let mut story = Story::alice_and_bob().plays("Alice", "a");
    let alice = story.id("Alice");
    let report = Report::Learned {
        epoch: story.state().timeline.epoch,
        duration: Some(Span::seconds(600)),
        title: None,
        live: false,
        begins: None,
    };
    let world = &mut story.world;
    let moment = world.moment();
    let mut decide = || decide::report(&world.room, &mut world.reports, alice, &report, moment);
    let first = decide();
    assert_eq!((first.len(), decide()), (1, first));
}

#[test]
fn without_an_admins_word_it_is_the_median_of_two_or_more() {
    an_admin_without_a_player()
        .learns("Bob", 300)
        .lasts(None)
        .learns("Carol", 600)
        .lasts(Some(600))
        .learns("Dave", 590)
        .lasts(Some(590))
        .learns("Eve", 7_000)
        .lasts(Some(600))
        .end();
}

#[test]
fn one_address_has_one_vote_about_the_length() {
    Story::new()
        .joins_to_chat("Alice")
        .joins_from("Bob", 7)
        .joins_from("Bea", 7)
        .joins_from("Carol", 8)
        .plays("Alice", "a")
        .learns("Bob", 100)
        .learns("Bea", 120)
        .lasts(None)
        .learns("Carol", 600)
        .lasts(Some(600))
        .end();
}

fn title(story: &Story) -> Option<String> {
    let playing = story.state().timeline.playing.as_ref()?;
    playing.title.as_ref().map(ToString::to_string)
}

#[test]
fn one_address_has_one_vote_about_the_title_and_the_better_word_counts_later_too() {
    Story::new()
        .joins_to_chat("Alice")
        .joins_from("Fake", 7)
        .joins_from("Fake 2", 7)
        .joins_from("Fake 3", 7)
        .joins_from("Bob", 8)
        .joins_from("Carol", 9)
        .plays("Alice", "a")
        .reports_facts("Fake", Some(600), Some("Fake title"))
        .reports_facts("Fake 2", Some(600), Some("Fake title"))
        .reports_facts("Fake 3", Some(600), Some("Fake title"))
        .sees(|story| assert_eq!(title(story), None, "one address is not enough"))
        .reports_facts("Bob", Some(600), Some("True title"))
        .sees(|story| assert_eq!(title(story), None, "each is told by one"))
        .reports_facts("Carol", Some(600), Some("True title"))
        .sees(|story| assert_eq!(title(story).as_deref(), Some("True title")))
        .end();
}

#[test]
fn a_title_that_one_address_reported_gives_way_to_what_two_report() {
    Story::new()
        .joins_to_chat("Alice")
        .joins_from("Fake", 7)
        .plays("Alice", "a")
        .reports_facts("Fake", Some(600), Some("Fake title"))
        .sees(|story| assert_eq!(title(story).as_deref(), Some("Fake title"), "nobody else"))
        .after(5.0)
        .joins_from("Bob", 8)
        .joins_from("Carol", 9)
        .reports_facts("Bob", Some(600), Some("True title"))
        .reports_facts("Carol", Some(600), Some("True title"))
        .sees(|story| assert_eq!(title(story).as_deref(), Some("Fake title"), "just come"))
        .after(61.0)
        .reports_facts("Bob", Some(600), Some("True title"))
        .sees(|story| assert_eq!(title(story).as_deref(), Some("True title")))
        .makes("Alice", "Fake", Role::Admin)
        .reports_facts("Fake", Some(600), Some("Fake title"))
        .sees(|story| assert_eq!(title(story).as_deref(), Some("Fake title"), "an admin's"))
        .end();
}

/// The server restarts, and Alice and Bob are back.
fn begins_anew(story: Story) -> Story {
    story.restarts_after(5).returns("Alice").returns("Bob")
}

/// Other media interrupts this one, which then resumes from the queue.
fn waits_in_the_queue(story: Story) -> Story {
    let story = story.after(10.0).plays("Alice", "b");
    story.does("Alice", &Command::Skip).shows("a")
}

#[test]
fn an_admins_title_is_not_replaced_after_a_restart_or_a_wait_in_the_queue() {
    for passes in [begins_anew, waits_in_the_queue] {
        let story = Story::alice_and_bob().plays("Alice", "a");
        let story = story.reports_facts("Alice", Some(600), Some("True title"));
        passes(story)
            .joins("Carol")
            .players_process("Alice", PlayerProcess::Closed)
            .reports_facts("Bob", Some(600), Some("Fake title"))
            .reports_facts("Carol", Some(600), Some("Fake title"))
            .after(61.0)
            .reports_facts("Bob", Some(600), Some("Fake title"))
            .sees(|story| assert_eq!(title(story).as_deref(), Some("True title")))
            .end();
    }
}

#[test]
fn a_viewers_title_gives_way_also_after_a_restart_or_a_wait_in_the_queue() {
    for passes in [begins_anew, waits_in_the_queue] {
        let story = Story::new()
            .joins_to_chat("Alice")
            .joins("Bob")
            .plays("Alice", "a")
            .reports_facts("Bob", Some(600), Some("Fake title"))
            .sees(|story| assert_eq!(title(story).as_deref(), Some("Fake title")));
        passes(story)
            .joins("Carol")
            .joins("Dave")
            .reports_facts("Carol", Some(600), Some("True title"))
            .reports_facts("Dave", Some(600), Some("True title"))
            .after(61.0)
            .reports_facts("Carol", Some(600), Some("True title"))
            .sees(|story| assert_eq!(title(story).as_deref(), Some("True title")))
            .end();
    }
}

#[test]
fn an_admin_who_reports_the_viewers_title_makes_it_their_own() {
    Story::alice_and_bob()
        .joins("Carol")
        .plays("Alice", "a")
        .players_process("Alice", PlayerProcess::Closed)
        .reports_facts("Bob", Some(600), Some("A title"))
        .reports_facts("Carol", Some(600), Some("A title"))
        .sees(|story| assert_eq!(title(story).as_deref(), Some("A title")))
        .sees(|story| assert!(is_length_of_viewers(story)))
        .reports_facts("Alice", Some(600), Some("A title"))
        .led_to(&["learned"])
        .sees(|story| assert!(!is_length_of_viewers(story)))
        .end();
}

fn is_length_of_viewers(story: &Story) -> bool {
    let playing = story.state().timeline.playing.as_ref();
    playing.unwrap().title_by_viewers
}

#[test]
fn who_has_just_come_has_no_vote_about_the_length() {
    Story::new()
        .joins_to_chat("Alice")
        .joins("Bob")
        .plays("Alice", "a")
        .learns("Bob", 600)
        .after(10.0)
        .joins("Mallory")
        .learns("Mallory", 90)
        .after(59.0)
        .learns("Mallory", 90)
        .lasts(None)
        .after(1.0)
        .learns("Mallory", 600)
        .lasts(Some(600))
        .end();
}

#[test]
fn titles_that_change_for_ever_are_reported_once() {
    let mut story = Story::new()
        .joins_to_chat("Alice")
        .joins("Bob")
        .joins("Carol")
        .plays("Alice", "a")
        .learns("Carol", 100_000);
    let before = story.world.log.len();
    for number in 0..500 {
        let title = format!("Title {number}");
        story = story.reports_facts("Bob", Some(600), Some(&title));
    }
    assert_eq!(story.world.log.len(), before + 1);
    for number in 0..500 {
        story = story.learns("Bob", 200_000 + 2 * number);
    }
    assert_eq!(story.world.log.len(), before + 4);
    story.end();
}

#[test]
fn an_admin_reports_a_changing_title_a_few_times_at_most() {
    let mut story = Story::alice_and_bob().plays("Alice", "a");
    let before = story.world.log.len();
    for number in 0..500 {
        story = story.reports_facts("Alice", None, Some(&format!("Title {number}")));
    }
    assert_eq!(story.world.log.len(), before + 1);
    story.end();
}

#[test]
fn viewers_name_no_near_end_while_an_admins_player_plays_or_may() {
    let story = Story::new()
        .joins("Alice")
        .joins("Bob")
        .joins("Carol")
        .plays("Alice", "a")
        .opens("Alice")
        .adds("Alice", "b")
        .after(100.1);
    story
        .learns("Carol", 160)
        .learns("Bob", 160)
        .lasts(None)
        .learns("Bob", 103)
        .led_to(&[])
        .after(100.0)
        .shows("a")
        .learns("Bob", 261)
        .lasts(Some(261))
        .learns("Carol", 261)
        .after(62.0)
        .shows("b")
        .end();
}

#[test]
fn an_admin_who_only_chats_or_cannot_play_it_sees_no_end_come() {
    an_admin_without_a_player()
        .after(100.1)
        .learns("Carol", 130)
        .learns("Bob", 130)
        .lasts(Some(130))
        .end();
    let story = || {
        Story::alice_and_bob()
            .joins("Carol")
            .does("Alice", &Command::SetWait { wait: false })
            .plays("Alice", "a")
            .opens("Alice")
            .after(100.1)
            .learns("Carol", 170)
            .learns("Bob", 170)
            .lasts(Some(170))
            .learns("Carol", 150)
            .learns("Bob", 150)
            .lasts(Some(170))
    };
    let closed = PlayerProcess::Closed;
    story()
        .players_process("Alice", closed)
        .lasts(Some(150))
        .end();
    story()
        .fails("Alice", FailureCode::Gone)
        .lasts(Some(150))
        .end();
    story().leaves("Alice").lasts(Some(150)).end();
    story().stalls("Alice").after(39.0).lasts(Some(170)).end();
}

#[test]
fn a_vote_about_the_length_counts_as_soon_as_its_member_does() {
    Story::new()
        .joins_to_chat("Alice")
        .joins("Bob")
        .plays("Alice", "a")
        .learns("Bob", 600)
        .after(10.0)
        .joins("Carol")
        .learns("Carol", 600)
        .after(59.9)
        .lasts(None)
        .after(0.2)
        .lasts(Some(600))
        .end();
}

#[test]
fn whoever_becomes_an_admin_is_believed_at_once() {
    an_admin_without_a_player()
        .learns("Bob", 700)
        .lasts(None)
        .makes("Alice", "Bob", Role::Admin)
        .led_to(&["role_changed", "learned"])
        .lasts(Some(700))
        .end();
    // A length that the timeline has passed ends the media only by a player's report.
    an_admin_without_a_player()
        .learns("Bob", 30)
        .after(60.0)
        .makes("Alice", "Bob", Role::Admin)
        .lasts(None)
        .shows("a")
        .end();
}

#[test]
fn a_file_that_is_still_written_never_ends_early() {
    let mut story = Story::alice_and_bob()
        .plays("Alice", "a")
        .adds("Alice", "b")
        .learns("Alice", 10);
    for second in 1..200 {
        story = story.after(1.0).learns("Alice", second + 10).shows("a");
    }
    // Another, far before its end.
    for second in 200..400 {
        story = story.after(1.0).learns("Alice", 10 * second).shows("a");
    }
    story.after(10.0).lasts(Some(3_990)).end();
    // The player learns the end only when it reaches it.
    let mut story = Story::watching().adds("Alice", "b");
    for more in 0..20 {
        let end = 600 + 5 * more;
        story = story
            .does("Alice", &seek_to(end - 1))
            .learns("Alice", end + 5);
        story = story.after(1.5).shows("a");
    }
    story.end();
}

#[test]
fn corrections_count_in_their_turn_and_the_newest_alone() {
    let mut story = Story::watching();
    let before = story.world.log.len();
    for number in 1..500 {
        story = story.learns("Alice", 600 + 2 * number);
    }
    assert_eq!(story.world.log.len(), before + 3);
    story = story.lasts(Some(606)).after(9.9).lasts(Some(606));
    story.after(0.2).lasts(Some(1_598)).end();
}

#[test]
fn viewers_among_themselves_name_a_near_end() {
    Story::new()
        .joins_to_chat("Alice")
        .joins("Bob")
        .joins("Carol")
        .plays("Alice", "a")
        .vanishes("Alice")
        .learns("Bob", 20)
        .learns("Carol", 20)
        .lasts(Some(20))
        .end();
}

#[test]
fn an_admin_who_goes_before_naming_a_length_leaves_it_to_the_others() {
    Story::alice_and_bob()
        .joins("Carol")
        .plays("Alice", "a")
        .reports_facts("Alice", None, None)
        .learns("Bob", 600)
        .led_to(&[])
        .vanishes("Alice")
        .learns("Carol", 600)
        .led_to(&["learned"])
        .lasts(Some(600))
        .end();
}

#[test]
fn what_an_admin_named_stays_when_they_go() {
    Story::alice_and_bob()
        .joins("Carol")
        .plays("Alice", "a")
        .learns("Alice", 600)
        .vanishes("Alice")
        .learns("Bob", 900)
        .learns("Carol", 900)
        .led_to(&[])
        .end();
}

#[test]
fn an_admin_who_comes_later_corrects_the_median() {
    an_admin_without_a_player()
        .learns("Bob", 500)
        .learns("Carol", 500)
        .lasts(Some(500))
        .makes("Alice", "Eve", Role::Admin)
        .learns("Eve", 600)
        .led_to(&["learned"])
        .lasts(Some(600))
        .end();
}

#[test]
fn viewers_reports_count_where_the_admins_player_fails() {
    Story::alice_and_bob()
        .joins("Carol")
        .plays("Alice", "a")
        .fails("Alice", FailureCode::Refused)
        .learns("Bob", 600)
        .learns("Carol", 600)
        .lasts(Some(600))
        .end();
}

#[test]
fn a_length_that_the_media_has_passed_ends_it_by_an_admins_word_only() {
    Story::new()
        .joins("Alice")
        .joins("Bob")
        .joins("Carol")
        .adds("Alice", "a")
        .adds("Alice", "b")
        .after(50.0)
        .learns("Bob", 20)
        .learns("Carol", 20)
        .lasts(None)
        .after(10.0)
        .shows("a")
        .learns("Alice", 55)
        .after(0.0)
        .shows("b")
        .end();
}

#[test]
fn no_length_and_negative_lengths_are_none() {
    for seconds in [0, -5] {
        Story::alice_and_bob()
            .plays("Alice", "a")
            .learns("Alice", seconds)
            .lasts(None)
            .end();
    }
}

/// Where the parts of the media begin, in ms.
fn begins(story: &Story) -> Option<i64> {
    let playing = story.state().timeline.playing.as_ref().unwrap();
    playing.begins.map(|begins| begins.0 / 1_000)
}

#[test]
fn its_parts_begin_where_the_earliest_copy_does() {
    // A viewer misses the first part; the admin has no player.
    let story = an_admin_without_a_player()
        .begins_at("Bob", Some(3_420))
        .sees(|story| assert_eq!(begins(story), Some(3_420)))
        .begins_at("Carol", Some(1_400))
        .sees(|story| assert_eq!(begins(story), Some(1_400)));
    // A departure of an eligible member changes nothing, and a new member has no say.
    story
        .after(61.0)
        .leaves("Carol")
        .sees(|story| assert_eq!(begins(story), Some(1_400)))
        .joins("Mallory")
        .begins_at("Mallory", Some(0))
        .sees(|story| assert_eq!(begins(story), Some(1_400)))
        .after(60.0)
        .sees(|story| assert_eq!(begins(story), Some(0)))
        .does(
            "Alice",
            &Command::Kick {
                who: who("Mallory"),
            },
        )
        .sees(|story| assert_eq!(begins(story), Some(1_400)))
        .end();
    // The admin misses it.
    Story::alice_and_bob()
        .plays("Alice", "a")
        .begins_at("Alice", Some(3_420))
        .begins_at("Bob", Some(1_400))
        .sees(|story| assert_eq!(begins(story), Some(1_400)))
        .end();
}

/// Somebody's player of live media knows the wall time of the room's position zero, in ms.
fn originates(story: Story, name: &str, millis: Option<i64>) -> Story {
    let report = Report::Learned {
        epoch: story.state().timeline.epoch,
        duration: None,
        title: None,
        live: true,
        begins: millis.map(Span::millis),
    };
    story.reports(name, &report)
}

#[test]
fn the_wall_time_of_live_media_is_reported_by_an_admins_player_first_and_stays() {
    let story = Story::alice_and_bob().plays("Alice", "a");
    let story = originates(story, "Alice", None);
    let story = originates(story, "Bob", Some(500_000));
    let story = story.sees(|story| assert_eq!(begins(story), None));
    let story = originates(story, "Alice", Some(700_000));
    let story = story.sees(|story| assert_eq!(begins(story), Some(700_000)));
    let story = originates(story, "Bob", Some(400_000));
    let story = story.leaves("Alice");
    let story = story.sees(|story| assert_eq!(begins(story), Some(700_000)));
    story.end();
    // If no admin's player plays it, an eligible viewer's decides.
    let story = originates(an_admin_without_a_player(), "Bob", Some(500_000));
    let story = originates(story, "Carol", Some(400_000));
    let story = story.sees(|story| assert_eq!(begins(story), Some(500_000)));
    story.end();
    let story = Story::alice_and_bob().joins("Carol").plays("Alice", "a");
    let story = originates(story, "Alice", None);
    let story = originates(story, "Bob", Some(500_000));
    let story = story.fails("Alice", FailureCode::Busy);
    story
        .sees(|story| assert_eq!(begins(story), Some(500_000)))
        .end();
}

#[test]
fn where_a_live_list_goes_on_after_a_gap_is_the_admins_players_word_too() {
    let story = Story::alice_and_bob().plays("Alice", "a");
    let begins = |seconds| Report::Learned {
        epoch: story.state().timeline.epoch,
        duration: None,
        title: None,
        live: true,
        begins: Some(Span::seconds(seconds)),
    };
    let (first, hers, his) = (begins(5_000), begins(5_450), begins(5_449));
    let reported = |story: &Story| story.state().timeline.playing.as_ref().unwrap().begins;
    story
        .reports("Alice", &first)
        .reports("Bob", &his)
        .sees(|story| assert_eq!(reported(story), Some(Span::seconds(5_000))))
        .reports("Alice", &hers)
        .sees(|story| assert_eq!(reported(story), Some(Span::seconds(5_450))))
        .end();
}
