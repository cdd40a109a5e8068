//! Pictures of asking and keeping order.

use super::Scene;
use crate::app::key::Key;
use crate::app::tests::ALICE;
use crate::protocol::command::Command;
use crate::protocol::command::requested;
use crate::protocol::denied::{Denied, SharedAddress};
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{MemberId, Seq};
use crate::protocol::member::Role;
use crate::protocol::moderation::{Delay, Erasure, MemberReport, Restriction};
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::Span;
use crate::wire::message::{Reason, ServerMsg};

#[test]
fn an_admins_menu_and_what_is_asked_before_a_ban() {
    assert_pictures!(
        "an_admins_menu_and_what_is_asked_before_a_ban",
        |language| {
            let mut scene = Scene::ordinary(Role::Admin).in_language(language);
            scene.key(Key::BackTab);
            scene.key(Key::Enter);
            let menu = scene.picture(80, 18);
            for _ in 0..9 {
                scene.key(Key::Down);
            }
            scene.key(Key::Enter);
            let ban = scene.picture(80, 14);
            format!("{menu}\n{ban}")
        }
    );
}

/// A ban of Alice was asked for, from whose network address Лена comes too.
pub(super) fn with_shared_address() -> Scene {
    let mut scene = Scene::ordinary(Role::Admin);
    choose_scope(&mut scene);
    scene
}

fn choose_scope(scene: &mut Scene) {
    scene.key(Key::BackTab);
    scene.key(Key::Enter);
    for _ in 0..9 {
        scene.key(Key::Down);
    }
    scene.key(Key::Enter);
    scene.key(Key::Char('y'));
    let name = |text| MemberName::parse(text).unwrap();
    let denied = Denied::AddressShared(SharedAddress {
        member: ALICE,
        name: name("Alice"),
        others: vec![name("Лена")],
        more: 0,
        yours: false,
    });
    let seq = Seq(1);
    let reason = Reason::new(&denied, "no".into());
    scene.story.receive(ServerMsg::Denied { seq, reason });
}

#[test]
fn how_far_a_ban_reaches_is_asked_with_the_names_of_those_it_would_keep_out() {
    assert_pictures!(
        "how_far_a_ban_reaches_is_asked_with_the_names_of_those_it_would_keep_out",
        |language| {
            let mut scene = Scene::ordinary(Role::Admin).in_language(language);
            choose_scope(&mut scene);
            scene.picture(80, 14)
        }
    );
}

#[test]
fn who_is_muted_or_not_waited_for_and_what_was_removed_is_shown() {
    assert_pictures!(
        "who_is_muted_or_not_waited_for_and_what_was_removed_is_shown",
        |language| {
            let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
            let facts = [
                RoomEvent::Muted {
                    member: MemberId(3),
                    muted: true,
                },
                RoomEvent::WaitExempted {
                    member: MemberId(4),
                    wait_exempt: true,
                },
                RoomEvent::Erased {
                    line: scene.server.room().chat.lines().nth(1).unwrap().id,
                    by: MemberName::parse("Alice").unwrap(),
                },
                RoomEvent::Asked {
                    member: MemberId(5),
                    request: requested(Command::Skip),
                },
            ];
            let facts = facts.map(|event| scene.server.happen(event)).to_vec();
            scene.story.facts(facts);
            let watch = scene.picture(80, 24);
            scene.key(Key::F(4));
            let health = scene.picture(100, 12);
            format!("{watch}\n{health}")
        }
    );
}

#[test]
fn what_is_restricted_and_who_is_reported_is_shown() {
    assert_pictures!(
        "what_is_restricted_and_who_is_reported_is_shown",
        |language| {
            let mut scene = Scene::ordinary(Role::Moderator).in_language(language);
            let by = Some((ALICE, Seq(9)));
            let delay = |seconds: u32| Delay::try_from(seconds).ok();
            let restrictions = [
                Restriction::Lock { locked: true },
                Restriction::SlowMode {
                    interval: delay(30),
                },
                Restriction::Newcomers { wait: delay(300) },
            ];
            for restriction in restrictions {
                let event = RoomEvent::Restricted(restriction);
                let fact = scene.server.happen_by(by, event);
                scene.story.facts(vec![fact]);
            }
            let line = scene.server.room().chat.lines().nth(2).unwrap().id;
            let name = |text| MemberName::parse(text).unwrap();
            let report = MemberReport {
                by: MemberId(5),
                by_name: name("Лена"),
                of: MemberId(4),
                name: name("Dmitri"),
                line: Some(line),
                reason: Title::parse("spoilers").ok(),
                at: scene.server.room().at,
            };
            let notice = MemberNotice::Reported(Box::new(report));
            scene.story.receive(ServerMsg::Notice(notice));
            let watch = scene.picture(80, 24);
            let erasure = Erasure {
                authors: vec![MemberId(4)],
                last: line,
                count: 1,
                name: name("Dmitri"),
                by: name("Alice"),
            };
            let erased = RoomEvent::ErasedAll(erasure);
            let fact = scene.server.happen_by(by, erased);
            scene.story.facts(vec![fact]);
            let wide = scene.picture(120, 24);
            // Until then the notice lies over it.
            scene.story.pass(Span::seconds(7));
            let [narrow, narrowest] = [(50, 20), (40, 10)].map(|(x, y)| scene.picture(x, y));
            format!("{watch}\n{wide}\n{narrow}\n{narrowest}")
        }
    );
}

#[test]
fn all_messages_of_somebody_are_erased_after_a_question() {
    assert_pictures!(
        "all_messages_of_somebody_are_erased_after_a_question",
        |language| {
            let mut scene = Scene::ordinary(Role::Moderator).in_language(language);
            let vera = MemberId(3);
            for text in ["one", "two"] {
                scene.say(vera, "Vera", text);
            }
            scene.write("/clear vera");
            assert!(scene.key(Key::Enter).is_empty());
            scene.picture(80, 12)
        }
    );
}
