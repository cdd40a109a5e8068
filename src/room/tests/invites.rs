//! Scenarios about visibility and invite links: who comes in by them, for how long, how often, and
//! in which role.

use super::story::{Story, who};
use super::world::World;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::ids::{InviteId, MemberId};
use crate::protocol::invite_terms::{InviteTerms, OpenInvite};
use crate::protocol::member::{BanScope, Role, Visibility};
use crate::protocol::secret::InviteToken;
use crate::protocol::time::Span;
use crate::room::decide::{AdmittedMember, Decided};
use crate::room::invites::Invites;
use crate::room::listing::listing;
use crate::room::secrets::TokenHash;

const DAY: Span = Span::seconds(86_400);

fn visibility(visibility: Visibility, password: Option<&str>) -> Command {
    Command::SetVisibility {
        visibility,
        password: password.map(Into::into),
    }
}

fn make_private(password: &str) -> Command {
    visibility(Visibility::Private, Some(password))
}

fn invite(bits: u128, terms: InviteTerms) -> Command {
    let token = InviteToken::from_bits(bits);
    Command::CreateInvite { token, terms }
}

fn terms(role: Role, lasts: Span, uses: u32) -> InviteTerms {
    InviteTerms::new(role, lasts, uses).unwrap()
}

/// A private room of Alice, its admin, and Bob.
fn private() -> Story {
    Story::alice_and_bob().does("Alice", &make_private("popcorn"))
}

fn hash(bits: u128) -> TokenHash {
    TokenHash::of(InviteToken::from_bits(bits).reveal())
}

/// The password's hash, as the world makes it.
fn password(world: &World) -> Option<&str> {
    let hash = world.room.secrets.password();
    hash.map(|hash| hash.0.as_str())
}

/// Somebody new with a link of these bits.
fn guest(world: &mut World, name: &str, bits: u128) -> AdmittedMember {
    AdmittedMember {
        invite: Some(hash(bits)),
        ..world.newcomer(name, true)
    }
}

/// Somebody new comes with a link of these bits, and whatever they get by it.
fn comes(story: &mut Story, name: &str, bits: u128) -> MemberId {
    let arrival = guest(&mut story.world, name, bits);
    story.world.join_leave(&[arrival], &[])[0].0
}

/// Whether the link of these bits lets in somebody now.
fn works(story: &Story, bits: u128) -> bool {
    let now = story.world.now;
    let mut invites = story.world.room.secrets.invites().counting(now);
    invites.take(&hash(bits)).is_some()
}

/// What the answer to `/invites` lists, by the command's outcome.
fn listed(story: &mut Story) -> Vec<OpenInvite> {
    let alice = story.id("Alice");
    story.world.command(alice, &Command::ListInvites).unwrap();
    match &story.world.last[..] {
        [
            Decided::ToMembers {
                to,
                notice: MemberNotice::Invites { invites },
            },
        ] => {
            assert_eq!(*to, [alice]);
            invites.clone()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_admin_changes_who_can_find_and_enter_the_room_and_everybody_stays() {
    let now = |story: &Story| {
        (
            story.state().visibility,
            story.world.room.secrets.password().is_some(),
        )
    };
    Story::alice_and_bob()
        .does("Alice", &make_private("popcorn"))
        .led_to(&["visibility_changed"])
        .here_are(&["Alice*", "Bob"])
        .sees(|story| {
            assert_eq!(now(story), (Visibility::Private, true));
            assert_eq!(listing(story.state(), story.world.now), None);
            assert_eq!(password(&story.world), Some("hash of popcorn"));
        })
        // Who was in it comes back by their token.
        .vanishes("Bob")
        .returns("Bob")
        .does("Alice", &make_private("sesame"))
        .sees(|story| assert_eq!(password(&story.world), Some("hash of sesame")))
        .does("Alice", &visibility(Visibility::Unlisted, None))
        .sees(|story| assert_eq!(now(story), (Visibility::Unlisted, false)))
        .does("Alice", &visibility(Visibility::Public, None))
        .sees(|story| {
            assert_eq!(now(story), (Visibility::Public, false));
            assert!(listing(story.state(), story.world.now).is_some());
        })
        .denied(
            "Alice",
            &visibility(Visibility::Public, None),
            &Denied::NothingChanges,
        )
        .denied(
            "Alice",
            &visibility(Visibility::Private, None),
            &Denied::PasswordMissing,
        )
        .end();
}

#[test]
fn a_link_lets_in_as_many_as_it_says_and_no_more_at_once_or_one_by_one() {
    let mut story = private().does("Alice", &invite(7, terms(Role::Viewer, DAY, 3)));
    let one = guest(&mut story.world, "Carol", 7);
    let other = guest(&mut story.world, "Dave", 7);
    // The same hello again, as after a welcome that was lost, is the same guest.
    story.world.join_leave(&[one.clone(), other, one], &[]);
    assert_eq!(listed(&mut story)[0].uses, 1);
    let mut counting = story.world.room.secrets.invites().counting(story.world.now);
    assert_eq!(counting.take(&hash(7)), Some((InviteId(1), Role::Viewer)));
    assert_eq!(counting.take(&hash(7)), None, "the last use is taken");
    comes(&mut story, "Eve", 7);
    assert!(!works(&story, 7) && listed(&mut story).is_empty());
    story
        .denied(
            "Alice",
            &Command::RevokeInvite {
                invite: InviteId(1),
            },
            &Denied::NoSuchInvite {
                invite: InviteId(1),
            },
        )
        .end();
}

#[test]
fn a_guest_who_returns_takes_no_use_and_keeps_their_role() {
    let mut story = private()
        .does("Alice", &invite(7, terms(Role::Moderator, DAY, 2)))
        .does("Alice", &invite(8, InviteTerms::default()));
    let carol = comes(&mut story, "Carol", 7);
    assert_eq!(story.world.member(carol).role, Role::Moderator);
    let dave = comes(&mut story, "Dave", 8);
    assert_eq!(story.world.member(dave).role, Role::Viewer);
    let mut story = story.vanishes("Carol").vanishes("Dave");
    for member in [carol, dave] {
        let again = AdmittedMember {
            invite: Some(hash(7)),
            ..story.world.returning(member)
        };
        assert_eq!(story.world.join_leave(&[again], &[]), [(member, true)]);
    }
    assert_eq!(story.world.member(dave).role, Role::Viewer);
    assert_eq!(listed(&mut story)[0].uses, 1);
}

#[test]
fn a_link_ends_at_its_time_also_over_a_restart() {
    let mut story = private().does("Alice", &invite(7, terms(Role::Viewer, DAY, 9)));
    story = story.after(86_399.0);
    assert!(works(&story, 7));
    let left = listed(&mut story);
    let [open] = &left[..] else {
        panic!("{left:?}");
    };
    let alice = Some(story.member("Alice").name.clone());
    assert_eq!((open.lasts, &open.by), (Span::seconds(1), &alice));
    story = story.after(1.0);
    assert!(!works(&story, 7) && listed(&mut story).is_empty());
    let restarted = private()
        .does("Alice", &invite(7, terms(Role::Viewer, DAY, 9)))
        .restarts_after(86_400);
    assert!(!works(&restarted, 7));
}

#[test]
fn a_revoked_link_lets_in_nobody_and_guests_stay() {
    let revoke = Command::RevokeInvite {
        invite: InviteId(1),
    };
    let mut story = private().does("Alice", &invite(7, InviteTerms::default()));
    comes(&mut story, "Carol", 7);
    let story = story
        .does("Alice", &revoke)
        .led_to(&["invite_revoked"])
        .here_are(&["Alice*", "Bob", "Carol"])
        .denied(
            "Alice",
            &revoke,
            &Denied::NoSuchInvite {
                invite: InviteId(1),
            },
        );
    assert!(!works(&story, 7));
    // The number is not given again.
    let mut story = story.does("Alice", &invite(8, InviteTerms::default()));
    assert_eq!(listed(&mut story)[0].invite, InviteId(2));
}

#[test]
fn a_ban_revokes_the_link_by_which_the_member_came_in_and_no_other() {
    let mut story = private()
        .does("Alice", &invite(7, InviteTerms::default()))
        .does("Alice", &invite(8, InviteTerms::default()));
    comes(&mut story, "Mallory", 7);
    let ban = Command::Ban {
        who: who("Mallory"),
        scope: BanScope::Member,
    };
    let story = story
        .does("Alice", &ban)
        .led_to(&["banned", "invite_revoked", "presence"]);
    assert!(!works(&story, 7) && works(&story, 8));
    // A kick does not: whoever was kicked may come in again.
    let mut story = story;
    comes(&mut story, "Carol", 8);
    let kick = Command::Kick { who: who("Carol") };
    let story = story.does("Alice", &kick);
    assert!(works(&story, 8));
}

#[test]
fn a_room_without_a_password_needs_links_for_moderators_only() {
    let moderators = invite(8, terms(Role::Moderator, DAY, 1));
    let mut story = Story::alice_and_bob()
        .denied(
            "Alice",
            &invite(7, InviteTerms::default()),
            &Denied::InviteNotNeeded,
        )
        .does("Alice", &moderators);
    let carol = comes(&mut story, "Carol", 8);
    assert_eq!(story.world.member(carol).role, Role::Moderator);
    // A link that does not work changes nothing where none is needed.
    let dave = comes(&mut story, "Dave", 8);
    assert_eq!(story.world.member(dave).role, Role::Viewer);
}

#[test]
fn a_room_has_so_many_links_and_those_that_are_over_make_room() {
    let mut story = private();
    for bits in 1..=20 {
        story = story.does("Alice", &invite(bits, terms(Role::Viewer, DAY, 1)));
    }
    let limit = u32::try_from(Invites::MOST).unwrap();
    let one_more = invite(21, terms(Role::Viewer, DAY, 1));
    let full = Denied::TooManyInvites { limit };
    story = story.denied("Alice", &one_more, &full);
    comes(&mut story, "Carol", 5);
    story = story
        .does("Alice", &one_more)
        .denied("Alice", &invite(22, InviteTerms::default()), &full)
        .after(86_400.0)
        .does("Alice", &invite(22, InviteTerms::default()));
    assert_eq!(listed(&mut story).len(), 1);
    let lengths = story.world.room.lengths();
    assert!(lengths.iter().all(|length| length.held <= length.most));
}

#[test]
fn a_room_is_read_back_with_its_links_and_without_their_tokens() {
    let story = private().does("Alice", &invite(7, InviteTerms::default()));
    let snapshot = serde_json::to_string(&story.world.room).unwrap();
    let read: crate::room::committed::Room = serde_json::from_str(&snapshot).unwrap();
    assert_eq!(read, story.world.room);
    let token = InviteToken::from_bits(7);
    assert!(!snapshot.contains(token.reveal()));
    for committed in &story.world.log {
        let written = serde_json::to_string(committed).unwrap();
        assert!(!written.contains(token.reveal()), "{written}");
        let fact = serde_json::to_string(&committed.fact).unwrap();
        assert!(!fact.contains("hash of popcorn"), "{fact}");
    }
}
