//! The cache of admins' likenesses, compared with checking every pair.

use super::story::{Story, called, who};
use crate::protocol::command::Command;
use crate::protocol::member::Role;
use crate::protocol::text::MemberName;
use crate::room::likeness::AdminLikenesses;
use crate::room::roster::Roster;

/// The admin that each member's name could be mistaken for, by the definition.
fn by_pairs(roster: &Roster) -> Vec<Option<&MemberName>> {
    let admin_like = |name: &MemberName| {
        let mut admins = roster.admins_here();
        admins.find(|admin| admin.name.could_pass_for(name))
    };
    let members = roster.all();
    members
        .map(|member| match member.power() {
            Role::Admin => None,
            _ => admin_like(&member.name).map(|admin| &admin.name),
        })
        .collect()
}

#[test]
fn what_is_kept_of_the_admins_names_follows_the_roster() {
    let mut admins = AdminLikenesses::default();
    let mut marked = |story: &Story| {
        let roster = &story.state().roster;
        admins.follow(roster);
        let kept: Vec<_> = roster.all().map(|m| admins.passes_for(m)).collect();
        assert_eq!(kept, by_pairs(roster));
        kept.into_iter().flatten().count()
    };
    let rename = |name: &str| Command::Rename { name: called(name) };
    let demote = Command::SetRole {
        who: who("Аda 2"),
        role: Role::Viewer,
    };
    Story::alice_and_bob()
        .joins("Ada")
        .joins("Аda")
        .joins("Alice")
        .sees(|story| assert_eq!(marked(story), 1, "Alice 2"))
        .makes("Alice", "Аda 2", Role::Admin)
        .sees(|story| assert_eq!(marked(story), 2, "and Ada"))
        .makes("Alice", "Ada", Role::Admin)
        .sees(|story| assert_eq!(marked(story), 1))
        .does("Alice", &demote)
        .sees(|story| assert_eq!(marked(story), 2, "and Ada 2, by the other"))
        .does("Ada", &rename("Vera"))
        .sees(|story| assert_eq!(marked(story), 1))
        .leaves("Alice")
        .sees(|story| assert_eq!(marked(story), 0))
        .returns("Alice")
        .sees(|story| assert_eq!(marked(story), 1))
        .end();
}
