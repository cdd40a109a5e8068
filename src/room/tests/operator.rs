//! What the server's operator does in a room.

use super::story::{Story, called, who};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::{BanScope, Role, Visibility};
use crate::protocol::text::MemberName;
use crate::room::decide::OperatorCommand;

fn promote(name: &str) -> OperatorCommand {
    OperatorCommand::Promote { who: who(name) }
}

fn ban(name: &str) -> OperatorCommand {
    OperatorCommand::Ban { who: who(name) }
}

/// A member's ban of another.
fn banned(name: &str) -> Command {
    Command::Ban {
        who: who(name),
        scope: BanScope::Member,
    }
}

impl Story {
    #[track_caller]
    fn operator(mut self, command: &OperatorCommand) -> Self {
        let done = self.world.operator(command);
        assert_eq!(done, Ok(()), "{command:?}");
        self
    }

    #[track_caller]
    fn operator_denied(mut self, command: &OperatorCommand, why: &Denied) -> Self {
        let before = self.state().clone();
        let answer = self.world.operator(command);
        assert_eq!(answer.as_ref(), Err(why), "{command:?}");
        assert_eq!(*self.state(), before);
        self
    }
}

#[test]
fn whom_the_operator_promotes_is_a_real_admin_and_may_do_all_that_one_may() {
    let story = Story::alice_and_bob()
        .vanishes("Alice")
        .operator(&promote("Bob"))
        .operator_denied(&promote("Bob"), &Denied::SameRole { role: Role::Admin })
        .does("Bob", &banned("Alice"));
    assert_eq!(story.member("Bob").role, Role::Admin);
    assert!(!story.member("Bob").acting);
}

#[test]
fn an_acting_admin_hands_over_to_whom_the_operator_promotes() {
    let story = Story::alice_and_bob()
        .joins("Cleo")
        .vanishes("Alice")
        .after(31.0);
    let acting = ["Bob", "Cleo"]
        .into_iter()
        .find(|name| story.member(name).acting);
    let acting = acting.expect("somebody acts").to_owned();
    let other = if acting == "Bob" { "Cleo" } else { "Bob" };
    let story = story.operator(&promote(other));
    assert!(!story.member(&acting).acting);
    assert_eq!(story.member(other).role, Role::Admin);
}

#[test]
fn the_operator_bans_anybody_and_the_room_names_no_member_for_it() {
    let story = Story::alice_and_bob().operator(&ban("Alice"));
    assert!(!story.knows("Alice"));
    let bans = &story.state().bans;
    assert_eq!(bans.len(), 1);
    assert_eq!(bans[0].name, called("Alice"));
    assert!(bans[0].by.is_operator());
    let last = story.world.log.iter().rev();
    let mut by = last.map(|committed| committed.fact.by);
    assert!(by.any(|by| by == Some(MemberId::OPERATOR)));
    story
        .operator_denied(&ban("Alice"), &Denied::NothingChanges)
        .end();
}

#[test]
fn who_is_not_there_is_said_as_to_a_member() {
    let nobody = MemberRef::Id(MemberId(77));
    let promoted = OperatorCommand::Promote { who: nobody };
    Story::alice_and_bob()
        .operator_denied(&promoted, &Denied::no_such_number(MemberId(77)))
        .end();
}

#[test]
fn a_room_that_the_operator_closes_is_closed_for_good() {
    let story = Story::alice_and_bob().operator(&OperatorCommand::Close);
    assert!(story.state().closed);
    story
        .operator_denied(&OperatorCommand::Close, &Denied::NotInRoom)
        .operator_denied(&promote("Bob"), &Denied::NotInRoom)
        .end();
}

/// Everything that the room and its log since then say, as JSON.
fn everything(story: &Story) -> String {
    serde_json::to_string(&story.world.room).unwrap()
}

#[test]
fn nothing_of_a_person_who_has_left_is_kept_once_they_are_forgotten() {
    let mut story = Story::alice_and_bob()
        .joins_from("Mallory", 7)
        .says("Mallory", "my secret line")
        .says("Bob", "hello")
        .adds("Mallory", "theirs")
        .adds("Bob", "his")
        .leaves("Mallory");
    let id = story.id("Mallory");
    let token = story.world.token_of(id).unwrap();
    let address = story.world.room.secrets.address(id);
    assert!(address.is_some());
    story.world.forget(&called("mallory"));
    let kept = everything(&story);
    assert!(
        !kept.contains("Mallory") && !kept.contains("secret line"),
        "{kept}"
    );
    assert!(!story.knows("Mallory"));
    let secrets = &story.world.room.secrets;
    assert_eq!(secrets.owner(&token), None);
    assert_eq!(secrets.address(id), None);
    // The others have lost nothing, and the line's place shows by whom it was erased.
    let state = story.state();
    assert_eq!(state.queue.entries().len(), 2);
    let lines: Vec<_> = state.chat.lines().collect();
    assert!(
        lines[0]
            .erased
            .as_ref()
            .is_some_and(MemberName::is_operator)
    );
    assert_eq!(lines[1].text.as_str(), "hello");
    let event = story
        .world
        .log
        .last()
        .map(|committed| &committed.fact.event);
    assert!(
        matches!(event, Some(RoomEvent::Forgotten { .. })),
        "{event:?}"
    );
    let event = serde_json::to_string(&event).unwrap();
    assert!(!event.contains("Mallory"), "{event}");
}

#[test]
fn somebody_who_is_present_is_not_forgotten() {
    let mut story = Story::alice_and_bob().says("Bob", "hello");
    let before = story.state().clone();
    story.world.forget(&called("Bob"));
    assert_eq!(*story.state(), before);
    assert_eq!(story.world.last, []);
}

#[test]
fn a_banned_person_is_forgotten_with_their_ban_and_so_is_the_name_of_who_banned() {
    let mut story = Story::alice_and_bob()
        .joins("Mallory")
        .says("Mallory", "boo")
        .operator(&ban("Mallory"));
    story.world.forget(&called("Mallory"));
    assert!(story.state().bans.is_empty());
    assert!(!everything(&story).contains("Mallory"));

    let mut story = Story::alice_and_bob()
        .joins("Mallory")
        .does("Alice", &banned("Mallory"))
        .leaves("Alice");
    story.world.forget(&called("Alice"));
    let kept = everything(&story);
    assert!(
        !kept.contains("Alice") && kept.contains("Mallory"),
        "{kept}"
    );
}

#[test]
fn a_public_room_that_the_operator_hides_is_unlisted_and_a_private_one_stays_so() {
    let story = Story::alice_and_bob().operator(&OperatorCommand::Hide);
    assert_eq!(story.state().visibility, Visibility::Unlisted);
    story
        .operator_denied(&OperatorCommand::Hide, &Denied::NothingChanges)
        .end();
    Story::of(Visibility::Private)
        .joins("Alice")
        .operator_denied(&OperatorCommand::Hide, &Denied::NothingChanges)
        .end();
}
