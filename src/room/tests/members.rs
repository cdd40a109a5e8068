//! Scenarios about names, roles, the heir and kicks.

use super::story::{Story, called, who, written};
use crate::protocol::command::requested;
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{ChatId, MemberId};
use crate::protocol::member::{BanScope, Role};
use crate::protocol::text::Title;
use crate::room::likeness::AdminLikenesses;

fn role(name: &str, role: Role) -> Command {
    Command::SetRole {
        who: who(name),
        role,
    }
}

fn rename(name: &str) -> Command {
    Command::Rename { name: called(name) }
}

fn kick(name: &str) -> Command {
    Command::Kick { who: who(name) }
}

fn outranked(name: &str) -> Denied {
    Denied::Outranked { name: called(name) }
}

#[test]
fn names_are_unique_without_regard_to_case() {
    Story::alice_and_bob()
        .denied(
            "Bob",
            &rename("ALICE"),
            &Denied::NameTaken {
                name: called("ALICE"),
            },
        )
        .does("Bob", &rename("Robert"))
        .led_to(&["renamed"])
        .does("Robert", &rename("ROBERT"))
        .does("ROBERT", &rename("ROBERT"))
        .led_to(&[])
        .here_are(&["Alice*", "ROBERT"])
        .end();
}

#[test]
fn nobody_takes_a_name_that_looks_like_anothers() {
    let alike = |name: &str| Denied::LooksLike { name: called(name) };
    // All of these but the last have a letter of another script, or one for another.
    Story::alice_and_bob()
        .joins("Carol")
        .leaves("Carol")
        .denied("Bob", &rename("Аlice"), &alike("Alice"))
        .denied("Bob", &rename("AIice"), &alike("Alice"))
        .denied("Bob", &rename("ΑLIСE"), &alike("Alice"))
        .denied(
            "Bob",
            &rename("𝐀𝐥𝐢𝐜𝐞"),
            &Denied::NameTaken {
                name: called("𝐀𝐥𝐢𝐜𝐞"),
            },
        )
        .denied("Bob", &rename("Àlice"), &alike("Alice"))
        .denied("Bob", &rename("A lice"), &alike("Alice"))
        .denied("Bob", &rename("Сarol"), &alike("Carol"))
        .does("Bob", &rename("Воb"))
        .does("Воb", &rename("Алиса"))
        .here_are(&["Alice*", "Алиса"])
        .end();
}

#[test]
fn whoever_joins_and_looks_like_another_gets_a_number() {
    Story::alice_and_bob()
        .joins("Аlice")
        .leaves("Bob")
        .joins("ВоЬ")
        .joins("Вера")
        .here_are(&["Alice*", "Аlice 2", "ВоЬ 2", "Вера"])
        .end();
}

#[test]
fn a_rename_has_both_names() {
    Story::alice_and_bob()
        .does("Bob", &rename("Robert"))
        .sees(|story| {
            let last = story.world.log.last().map(|entry| &entry.fact.event);
            let renamed = RoomEvent::Renamed {
                member: story.id("Robert"),
                name: called("Robert"),
                was: Some(called("Bob")),
            };
            assert_eq!(last, Some(&renamed));
        })
        .end();
}

/// Two members whose names look alike, as in a log from before there were rules.
fn with_two_of_one_look() -> Story {
    let mut story = Story::alice_and_bob().joins("Eve");
    let eve = story.id("Eve");
    let name = called("Аlice");
    story
        .world
        .room
        .state
        .roster
        .update(eve, |member| member.name = name);
    story
}

#[test]
fn of_two_who_look_alike_nobody_is_hit_for_the_other() {
    let story = with_two_of_one_look();
    let members = vec![story.id("Alice"), story.id("Аlice")];
    let alike = Denied::NamesAlike { members };
    let eve = MemberRef::Id(story.id("Аlice"));
    story
        .denied("Alice", &kick("Alice"), &alike)
        .denied("Alice", &kick("Аlice"), &alike)
        .denied("Alice", &role("Аlice", Role::Admin), &alike)
        .does("Alice", &Command::Kick { who: eve })
        .here_are(&["Alice*", "Bob"])
        .end();
}

#[test]
fn one_name_is_found_however_it_is_written() {
    Story::alice_and_bob()
        .joins("José")
        .does("Alice", &kick("JOSE\u{301}"))
        .does("Alice", &kick("ｂｏｂ"))
        .here_are(&["Alice*"])
        .end();
}

#[test]
fn one_who_only_looks_like_the_one_who_was_named_is_not_meant() {
    let mut story = Story::alice_and_bob().joins("José").joins("Аda");
    let rejects = |name: &str| Command::RejectAll {
        of: Some(who(name)),
    };
    let makes_heir = |name: &str| Command::SetHeir { who: who(name) };
    let rows = [
        (kick("ВОВ"), "Bob"),
        (kick("jose"), "José"),
        (kick("B-o-b"), "Bob"),
        (role("Ada", Role::Admin), "Аda"),
        (makes_heir("Ada"), "Аda"),
        (rejects("ВОВ"), "Bob"),
    ];
    for (command, name) in rows {
        let members = vec![story.id(name)];
        story = story.denied("Alice", &command, &Denied::NamesAlike { members });
    }
    story
        .makes("Alice", "аda", Role::Moderator)
        .here_are(&["Alice*", "Bob", "José", "Аda+"])
        .end();
}

#[test]
fn who_could_pass_for_an_admin_is_distinguished_from_one() {
    let passes = |story: &Story, name: &str| {
        let roster = &story.state().roster;
        let mut admins = AdminLikenesses::default();
        admins.follow(roster);
        let member = roster.get(story.id(name)).unwrap();
        admins.passes_for(member).map(ToString::to_string)
    };
    Story::alice_and_bob()
        .joins("Ada")
        .joins("Аda")
        .sees(|story| assert_eq!(passes(story, "Ada"), None))
        .makes("Alice", "Аda 2", Role::Admin)
        .sees(|story| {
            assert_eq!(passes(story, "Ada"), Some("Аda 2".to_owned()));
            assert_eq!(passes(story, "Аda 2"), None);
            assert_eq!(passes(story, "Bob"), None);
        })
        .end();
}

#[test]
fn the_name_of_one_who_may_come_back_stays_theirs() {
    Story::alice_and_bob()
        .leaves("Bob")
        .joins("bob")
        .here_are(&["Alice*", "bob 2"])
        .denied(
            "bob 2",
            &rename("Bob"),
            &Denied::NameTaken {
                name: called("Bob"),
            },
        )
        .returns("Bob")
        .here_are(&["Alice*", "Bob", "bob 2"])
        .end();
}

#[test]
fn roles_are_given_by_name_or_number_to_those_here_and_gone() {
    let story = Story::alice_and_bob().joins("Carol").leaves("Carol");
    let bob = MemberRef::Id(story.id("Bob"));
    story
        .does(
            "Alice",
            &Command::SetRole {
                who: bob,
                role: Role::Moderator,
            },
        )
        .led_to(&["role_changed"])
        .makes("Alice", "carol", Role::Admin)
        .returns("Carol")
        .here_are(&["Alice*", "Bob+", "Carol*"])
        .denied(
            "Alice",
            &role("Bob", Role::Moderator),
            &Denied::SameRole {
                role: Role::Moderator,
            },
        )
        .denied(
            "Alice",
            &role("Dave", Role::Admin),
            &Denied::NoSuchMember {
                name: written("Dave"),
            },
        )
        .denied(
            "Alice",
            &Command::Kick {
                who: MemberRef::Id(MemberId(99)),
            },
            &Denied::NoSuchMember {
                name: written("#99"),
            },
        )
        .end();
}

#[test]
fn the_last_admin_cannot_step_down() {
    Story::alice_and_bob()
        .denied("Alice", &role("Alice", Role::Viewer), &Denied::LastAdmin)
        .denied("Alice", &role("Alice", Role::Moderator), &Denied::LastAdmin)
        .makes("Alice", "Bob", Role::Admin)
        .vanishes("Bob")
        .denied("Alice", &role("Alice", Role::Viewer), &Denied::LastAdmin)
        .returns("Bob")
        .makes("Alice", "Alice", Role::Viewer)
        .here_are(&["Alice", "Bob*"])
        .denied("Bob", &role("Bob", Role::Viewer), &Denied::LastAdmin)
        .end();
}

#[test]
fn an_admin_can_take_anothers_role() {
    Story::alice_and_bob()
        .makes("Alice", "Bob", Role::Admin)
        .makes("Bob", "Alice", Role::Viewer)
        .here_are(&["Alice", "Bob*"])
        .end();
}

#[test]
fn a_member_who_is_sent_out_is_forgotten() {
    let story = Story::alice_and_bob();
    let bob = story.id("Bob");
    assert!(story.world.token_of(bob).is_some());
    story
        .does("Alice", &kick("Bob"))
        .led_to(&["presence"])
        .here_are(&["Alice*"])
        .sees(|story| {
            assert_eq!(story.state().roster.count, 1);
            assert_eq!(story.state().roster.get(bob), None);
            assert_eq!(story.world.token_of(bob), None);
        })
        .joins("Bob")
        .sees(|story| assert_ne!(story.id("Bob"), bob))
        .denied("Alice", &kick("Alice"), &Denied::Yourself)
        .end();
}

#[test]
fn one_who_has_gone_is_not_sent_out_but_can_be_banned_by_name() {
    Story::alice_and_bob()
        .leaves("Bob")
        .denied("Alice", &kick("Bob"), &Denied::MemberGone)
        .sees(|story| assert!(story.knows("Bob")))
        .does(
            "Alice",
            &Command::Ban {
                who: who("Bob"),
                scope: BanScope::Unshared,
            },
        )
        .sees(|story| {
            assert_eq!(story.state().bans.len(), 1);
            assert!(!story.knows("Bob"));
        })
        .end();
}

#[test]
fn moderators_send_out_viewers_only() {
    Story::alice_and_bob()
        .joins("Carol")
        .joins("Dave")
        .makes("Alice", "Bob", Role::Moderator)
        .makes("Alice", "Carol", Role::Moderator)
        .denied("Bob", &kick("Alice"), &outranked("Alice"))
        .denied("Bob", &kick("Carol"), &outranked("Carol"))
        .does("Bob", &kick("Dave"))
        .does("Alice", &kick("Carol"))
        .here_are(&["Alice*", "Bob+"])
        .end();
}

#[test]
fn an_acting_admin_has_no_power_over_real_ones() {
    let heir = Command::SetHeir { who: who("Bob") };
    Story::alice_and_bob()
        .joins("Carol")
        .does("Alice", &heir)
        .vanishes("Alice")
        .after(30.0)
        .here_are(&["Bob~", "Carol"])
        .denied("Bob", &kick("Alice"), &outranked("Alice"))
        .denied("Bob", &role("Alice", Role::Viewer), &outranked("Alice"))
        .denied("Bob", &role("Bob", Role::Admin), &outranked("Alice"))
        .denied("Bob", &role("Carol", Role::Admin), &outranked("Alice"))
        .denied("Bob", &role("Bob", Role::Viewer), &Denied::LastAdmin)
        .end();
}

#[test]
fn roles_that_an_acting_admin_gave_end_when_a_real_one_returns() {
    let heir = Command::SetHeir { who: who("Bob") };
    Story::alice_and_bob()
        .joins("Carol")
        .joins("Dave")
        .joins("Eve")
        .makes("Alice", "Dave", Role::Moderator)
        .does("Alice", &heir)
        .vanishes("Alice")
        .after(30.0)
        .makes("Bob", "Carol", Role::Moderator)
        .makes("Bob", "Dave", Role::Viewer)
        .makes("Bob", "Eve", Role::Moderator)
        .makes("Bob", "Eve", Role::Viewer)
        .here_are(&["Bob~", "Carol+", "Dave", "Eve"])
        .restarts_after(3)
        .returns("Carol")
        .returns("Dave")
        .returns("Eve")
        .here_are(&["Carol+", "Dave", "Eve"])
        .returns("Alice")
        .led_to(&["presence", "role_changed", "role_changed"])
        .here_are(&["Alice*", "Carol", "Dave+", "Eve"])
        .sees(|story| assert_eq!(story.state().roster.roles_before_acting().count(), 0))
        .makes("Alice", "Carol", Role::Moderator)
        .vanishes("Alice")
        .returns("Alice")
        .here_are(&["Alice*", "Carol+", "Dave+", "Eve"])
        .end();
}

#[test]
fn who_acts_by_presence_alone_sends_out_and_mutes_those_whom_no_admin_named() {
    let muted = |name| Command::Mute {
        who: who(name),
        muted: true,
    };
    let heir = Command::SetHeir { who: who("Heir") };
    Story::alice_and_bob()
        .joins("Mona")
        .joins("Heir")
        .joins("Carol")
        .joins("Dave")
        .makes("Alice", "Mona", Role::Moderator)
        .does("Alice", &heir)
        .says("Mona", "be kind")
        .leaves("Mona")
        .leaves("Heir")
        .leaves("Alice")
        .here_are(&["Bob~", "Carol", "Dave"])
        .denied("Bob", &kick("Alice"), &outranked("Alice"))
        .denied("Bob", &kick("Mona"), &outranked("Mona"))
        .denied("Bob", &kick("Heir"), &outranked("Heir"))
        .denied("Bob", &muted("Mona"), &outranked("Mona"))
        .denied("Bob", &muted("Heir"), &outranked("Heir"))
        .denied(
            "Bob",
            &Command::Erase { line: ChatId(1) },
            &outranked("Mona"),
        )
        .does("Bob", &muted("Carol"))
        .does("Bob", &kick("Dave"))
        .end();
}

#[test]
fn anybody_else_can_be_heir() {
    let heir = |name| Command::SetHeir { who: who(name) };
    Story::alice_and_bob()
        .denied("Alice", &heir("Alice"), &Denied::Yourself)
        .does("Alice", &heir("Bob"))
        .sees(|story| assert_eq!(story.state().roster.heir, Some(story.id("Bob"))))
        .does("Alice", &kick("Bob"))
        .sees(|story| assert_eq!(story.state().roster.heir, None))
        .end();
}

#[test]
fn a_room_gets_a_title_in_any_script() {
    let title = Title::parse("Киновечер").unwrap();
    Story::alice_and_bob()
        .does(
            "Alice",
            &Command::SetTitle {
                title: Some(title.clone()),
            },
        )
        .sees(|story| assert_eq!(story.state().title, Some(title)))
        .does("Alice", &Command::SetTitle { title: None })
        .sees(|story| assert_eq!(story.state().title, None))
        .end();
}

#[test]
fn who_is_not_here_cannot_ask_for_anything() {
    let story = Story::alice_and_bob();
    let bob = story.id("Bob");
    let mut story = story.leaves("Bob");
    let answer = story.world.command(
        bob,
        &Command::Ask {
            request: requested(Command::Pause { mark: None }),
        },
    );
    assert_eq!(answer, Err(Denied::NotInRoom));
    let answer = story.world.command(
        MemberId(77),
        &Command::Ask {
            request: requested(Command::Pause { mark: None }),
        },
    );
    assert_eq!(answer, Err(Denied::NotInRoom));
}
