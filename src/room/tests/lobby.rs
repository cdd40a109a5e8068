//! Scenarios about the lobby: who is ready, and when the media starts that waits there.

use std::num::NonZeroU32;

use super::story::{RESUME, Story, media, seek_to};
use super::world::World;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::failure::FailureCode;
use crate::protocol::lobby::StartRule;
use crate::protocol::member::Visibility;
use crate::protocol::time::Span;
use crate::room::listing::listing;
use crate::room::lobby;

const READY: Command = Command::SetReady { ready: true };
const OFF: Command = Command::SetStart { start: None };

fn start(rule: StartRule) -> Command {
    Command::SetStart { start: Some(rule) }
}

fn ready(members: u32) -> StartRule {
    let members = NonZeroU32::new(members).unwrap();
    StartRule::Ready { members }
}

fn waiting(link: &str) -> Command {
    Command::PlayWaiting { media: media(link) }
}

impl Story {
    /// Alice, an admin, Bob and Carol, and media that waits for a word.
    fn in_the_lobby() -> Self {
        Self::alice_and_bob()
            .joins("Carol")
            .does("Alice", &waiting("a"))
            .learns("Alice", 600)
    }

    /// A start so many seconds from now.
    fn at(&self, seconds: i64) -> StartRule {
        let at = self.world.now + Span::seconds(seconds);
        StartRule::At { at }
    }

    #[track_caller]
    fn sets_start_in(self, seconds: i64) -> Self {
        let command = start(self.at(seconds));
        self.does("Alice", &command)
    }

    #[track_caller]
    fn rule_is(self, rule: Option<StartRule>) -> Self {
        assert_eq!(self.state().start, rule);
        self
    }

    /// Who is ready, in the order in which they joined.
    #[track_caller]
    fn ready_are(self, names: &[&str]) -> Self {
        let ready: Vec<_> = lobby::ready(self.state())
            .map(|member| member.name.as_str())
            .collect();
        assert_eq!(ready, names);
        self
    }
}

#[test]
fn media_waits_paused_at_its_start_until_an_admin_says_so() {
    Story::in_the_lobby()
        .shows("a")
        .paused(true)
        .rule_is(Some(StartRule::Told))
        .after(600.0)
        .position_is(0.0)
        .does("Alice", &Command::Start)
        .led_to(&["retimed:started"])
        .sees(|story| assert!(story.state().timeline.countdown))
        .after(3.0)
        .position_is(0.0)
        .after(1.1)
        .position_is(1.0)
        .rule_is(None)
        .end();
}

#[test]
fn to_resume_what_waits_starts_it_with_its_countdown() {
    Story::in_the_lobby()
        .does("Alice", &RESUME)
        .led_to(&["retimed:started"])
        .sees(|story| assert!(story.state().timeline.countdown))
        .rule_is(None)
        .after(4.1)
        .position_is(1.0)
        .end();
}

#[test]
fn who_was_ready_for_one_film_is_not_ready_for_another() {
    Story::in_the_lobby()
        .does("Alice", &start(ready(2)))
        .does("Bob", &READY)
        .does("Alice", &Command::Play { media: media("b") })
        .shows("b")
        .paused(true)
        .ready_are(&[])
        .does("Bob", &READY)
        .ready_are(&["Bob"])
        .end();
}

#[test]
fn it_starts_by_itself_as_soon_as_enough_members_are_ready() {
    Story::in_the_lobby()
        .does("Alice", &start(ready(2)))
        .does("Bob", &READY)
        .after(60.0)
        .paused(true)
        .does("Carol", &READY)
        .after(4.1)
        .position_is(1.0)
        .ready_are(&[])
        .end();
}

#[test]
fn those_who_are_ready_when_the_rule_is_set_count() {
    Story::in_the_lobby()
        .does("Bob", &READY)
        .does("Carol", &READY)
        .does("Alice", &start(ready(2)))
        .after(4.1)
        .position_is(1.0)
        .end();
}

#[test]
fn a_lobby_that_is_closed_leaves_an_ordinary_pause() {
    Story::in_the_lobby()
        .does("Alice", &OFF)
        .rule_is(None)
        .paused(true)
        .after(60.0)
        .does("Alice", &RESUME)
        .after(1.5)
        .paused(false)
        .sees(|story| assert!(!story.state().timeline.countdown))
        .adds("Alice", "b")
        .does("Alice", &Command::Skip)
        .shows("b")
        .paused(false)
        .end();
}

#[test]
fn the_card_of_the_room_says_who_is_ready_and_of_how_many() {
    let card = |story: &Story| listing(story.state(), story.world.now).unwrap().lobby;
    Story::alice_and_bob()
        .sees(|story| assert_eq!(card(story), None))
        .does("Alice", &waiting("a"))
        .does("Alice", &start(ready(2)))
        .does("Bob", &READY)
        .sees(|story| {
            let lobby = card(story).unwrap();
            assert_eq!(
                (lobby.ready, lobby.wanted, lobby.starts),
                (1, Some(2), None)
            );
        })
        .end();
}

#[test]
fn when_all_means_whoever_watches_and_more_than_one() {
    let all = start(StartRule::AllReady);
    Story::in_the_lobby()
        .joins_to_chat("Dave")
        .does("Alice", &all)
        .does("Alice", &READY)
        .does("Bob", &READY)
        .after(1.0)
        .paused(true)
        .leaves("Carol")
        .after(4.1)
        .paused(false)
        .end();
    Story::in_the_lobby()
        .leaves("Bob")
        .leaves("Carol")
        .does("Alice", &all)
        .does("Alice", &READY)
        .after(60.0)
        .paused(true)
        .end();
}

#[test]
fn it_starts_at_the_time_that_was_set() {
    let story = Story::in_the_lobby().after(60.0).sets_start_in(1_800);
    let StartRule::At { at } = story.state().start.unwrap() else {
        panic!("no time is set");
    };
    story
        .after(1_796.0)
        .paused(true)
        .after(1.0)
        .sees(|story| {
            assert_eq!(story.state().timeline.segment.start, at);
            assert!(story.state().timeline.countdown);
        })
        .after(5.0)
        .position_is(2.0)
        .end();
}

#[test]
fn who_is_ready_stays_so_over_a_lost_connection_and_not_over_a_farewell() {
    Story::in_the_lobby()
        .does("Bob", &READY)
        .does("Carol", &READY)
        .denied("Carol", &READY, &Denied::AlreadyReady)
        .vanishes("Bob")
        .leaves("Carol")
        .ready_are(&[])
        .returns("Bob")
        .returns("Carol")
        .ready_are(&["Bob"])
        .restarts_after(5)
        .returns("Bob")
        .ready_are(&["Bob"])
        .does("Bob", &Command::SetReady { ready: false })
        .ready_are(&[])
        .end();
}

#[test]
fn a_restart_keeps_the_time_and_a_film_never_starts_for_nobody() {
    // The server was away at the time, and the members come back: a moment later it starts.
    Story::in_the_lobby()
        .after(60.0)
        .sets_start_in(30)
        .restarts_after(40)
        .returns("Alice")
        .after(5.0)
        .paused(true)
        .after(9.1)
        .paused(false)
        .end();
    // Nobody could come for a while: it waits for a word.
    Story::in_the_lobby()
        .sets_start_in(30)
        .restarts_after(700)
        .after(0.1)
        .rule_is(Some(StartRule::Told))
        .returns("Bob")
        .after(60.0)
        .paused(true)
        .end();
}

#[test]
fn the_time_passes_where_nothing_is_on_and_a_film_that_comes_soon_after_starts() {
    Story::alice_and_bob()
        .sets_start_in(30)
        .after(60.0)
        .plays("Alice", "a")
        .paused(true)
        .learns("Alice", 600)
        .after(4.1)
        .paused(false)
        .end();
    Story::alice_and_bob()
        .sets_start_in(30)
        .after(640.0)
        .rule_is(None)
        .plays("Alice", "a")
        .paused(false)
        .end();
}

#[test]
fn a_break_ends_when_all_are_back() {
    Story::watching()
        .after(60.0)
        .denied("Alice", &start(ready(2)), &Denied::AlreadyPlaying)
        .denied("Bob", &READY, &Denied::AlreadyPlaying)
        .does("Alice", &Command::Pause { mark: None })
        .does("Alice", &start(ready(2)))
        .does("Bob", &READY)
        .does("Alice", &seek_to(30))
        .paused(true)
        .does("Alice", &READY)
        .after(4.1)
        .position_is(31.0)
        .end();
}

#[test]
fn a_rule_can_be_taken_back_and_a_pause_ended_without_it() {
    Story::in_the_lobby()
        .does("Alice", &start(ready(2)))
        .denied("Alice", &start(ready(2)), &Denied::NothingChanges)
        .does("Bob", &READY)
        .does("Alice", &OFF)
        .rule_is(None)
        .ready_are(&[])
        .denied("Alice", &OFF, &Denied::NothingChanges)
        .paused(true)
        .end();
    Story::in_the_lobby()
        .does("Bob", &READY)
        .does("Alice", &RESUME)
        .rule_is(None)
        .ready_are(&[])
        .denied("Alice", &Command::Start, &Denied::AlreadyPlaying)
        .end();
    let story = Story::new().joins("Alice");
    let (past, far) = (start(story.at(-1)), start(story.at(90_001)));
    story
        .denied("Alice", &Command::Start, &Denied::NothingPlays)
        .denied("Alice", &past, &Denied::StartOutOfReach)
        .denied("Alice", &far, &Denied::StartOutOfReach)
        .end();
}

#[test]
fn in_a_lobby_all_media_waits_also_the_next_and_what_is_added() {
    Story::alice_and_bob()
        .does("Alice", &start(StartRule::Told))
        .adds("Alice", "a")
        .shows("a")
        .paused(true)
        .adds("Alice", "b")
        .does("Alice", &Command::Skip)
        .shows("b")
        .paused(true)
        .does("Alice", &waiting("c"))
        .shows("c")
        .paused(true)
        .end();
}

#[test]
fn the_muted_and_a_film_that_is_still_being_opened_are_not_ready() {
    let mute = Command::Mute {
        who: super::story::who("Bob"),
        muted: true,
    };
    Story::alice_and_bob()
        .joins("Carol")
        .does("Alice", &waiting("a"))
        .does("Alice", &start(ready(2)))
        .does("Alice", &mute)
        .does("Bob", &READY)
        .does("Alice", &READY)
        .ready_are(&["Alice"])
        .does("Carol", &READY)
        .after(30.0)
        .paused(true)
        .opens("Alice")
        .after(4.1)
        .paused(false)
        .end();
}

#[test]
fn a_start_waits_for_a_player_only_where_there_is_one() {
    for has_player in [false, true] {
        let mut world = World::new(Visibility::Public);
        let alice = world.arrive("Alice", has_player);
        let bob = world.arrive("Bob", false);
        world.command(alice, &waiting("a")).unwrap();
        world.command(alice, &start(ready(2))).unwrap();
        for member in [alice, bob] {
            assert!(!lobby::awaits_player(&world.room.state));
            world.command(member, &READY).unwrap();
        }
        let state = &world.room.state;
        assert_eq!(lobby::awaits_player(state), has_player);
        assert_eq!(lobby::start_due(state).is_some(), !has_player);
    }
}

#[test]
fn whose_player_cannot_play_what_waits_is_not_ready() {
    Story::in_the_lobby()
        .does("Alice", &start(StartRule::AllReady))
        .does("Alice", &READY)
        .does("Bob", &READY)
        .ready_are(&["Alice", "Bob"])
        .fails("Bob", FailureCode::Other)
        .ready_are(&["Alice"])
        .does("Carol", &READY)
        .after(60.0)
        .paused(true)
        .end();
}
