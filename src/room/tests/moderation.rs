//! Scenarios about moderation: mute, ban, erase, exemption from waits, and requests to the admins.

use super::story::{PAUSE, Story, called, entry, seek_to, who, written};
use crate::protocol::command::requested;
use crate::protocol::command::{Command, MemberRef, SeekTarget};
use crate::protocol::denied::{Action, Denied, SharedAddress};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{ChatId, MemberId};
use crate::protocol::member::{BanScope, Role};
use crate::protocol::text::{ChatText, Emoji};
use crate::protocol::time::{Rate, Span};
use crate::room::secrets::AddressHash;

fn mute(name: &str, muted: bool) -> Command {
    Command::Mute {
        who: who(name),
        muted,
    }
}

fn ban(name: &str) -> Command {
    ban_reaching(name, BanScope::Ask)
}

fn ban_reaching(name: &str, scope: BanScope) -> Command {
    let who = who(name);
    Command::Ban { who, scope }
}

fn unban(name: &str) -> Command {
    Command::Unban { who: who(name) }
}

fn chat() -> Command {
    Command::Chat {
        text: ChatText::parse("hi").unwrap(),
    }
}

fn exempt(name: Option<&str>, wait_exempt: bool) -> Command {
    Command::ExemptFromWait {
        who: name.map(who),
        exempt: wait_exempt,
    }
}

fn outranked(name: &str) -> Denied {
    Denied::Outranked { name: called(name) }
}

#[test]
fn a_muted_members_chat_and_reactions_are_denied_until_they_are_unmuted() {
    let react = Command::React {
        emoji: Emoji::parse("🔥").unwrap(),
    };
    let rename = Command::Rename {
        name: called("LOUD"),
    };
    Story::watching()
        .does("Alice", &mute("Bob", true))
        .led_to(&["muted"])
        .denied("Bob", &chat(), &Denied::Muted)
        .denied("Bob", &react, &Denied::Muted)
        .denied("Bob", &rename, &Denied::Muted)
        .denied(
            "Bob",
            &Command::Ask {
                request: requested(Command::Pause { mark: None }),
            },
            &Denied::Muted,
        )
        .denied("Alice", &mute("Bob", true), &Denied::NothingChanges)
        .vanishes("Bob")
        .returns("Bob")
        .denied("Bob", &chat(), &Denied::Muted)
        .adds("Bob", "b")
        .does("Alice", &mute("Bob", false))
        .led_to(&["muted"])
        .denied("Alice", &mute("Bob", false), &Denied::NothingChanges)
        .says("Bob", "sorry")
        .end();
}

#[test]
fn a_muted_member_cannot_speak_by_a_title_either() {
    let title = |story: &Story| {
        let playing = story.state().timeline.playing.clone();
        let title = playing.and_then(|playing| playing.title);
        title.map(|title| title.to_string())
    };
    Story::new()
        .joins_to_chat("Alice")
        .joins("Bob")
        .joins("Carol")
        .plays("Alice", "a")
        .does("Alice", &mute("Bob", true))
        .reports_facts("Bob", Some(600), Some("LOUD"))
        .reports_facts("Carol", Some(600), None)
        .sees(|story| assert_eq!(title(story), None))
        .reports_facts("Carol", Some(600), Some("A film"))
        .sees(|story| assert_eq!(title(story).as_deref(), Some("A film")))
        .end();
}

#[test]
fn the_media_waits_for_no_muted_member() {
    Story::watching()
        .after(10.0)
        .stalls("Bob")
        .led_to(&["held"])
        .does("Alice", &mute("Bob", true))
        .led_to(&["muted", "released:overridden"])
        .after(60.0)
        .recovers("Bob")
        .stalls("Bob")
        .led_to(&[])
        .end();
}

#[test]
fn moderators_mute_viewers_only_and_nobody_themselves() {
    Story::alice_and_bob()
        .joins("Carol")
        .joins("Dave")
        .makes("Alice", "Bob", Role::Moderator)
        .makes("Alice", "Carol", Role::Moderator)
        .denied("Bob", &mute("Alice", true), &outranked("Alice"))
        .denied("Bob", &mute("Carol", true), &outranked("Carol"))
        .denied("Bob", &mute("Bob", true), &Denied::Yourself)
        .does("Bob", &mute("Dave", true))
        .denied("Alice", &mute("Alice", true), &Denied::Yourself)
        .does("Alice", &mute("Bob", true))
        .end();
}

#[test]
fn who_was_muted_does_not_get_the_room_by_waiting() {
    Story::alice_and_bob()
        .joins("Carol")
        .does("Alice", &mute("Bob", true))
        .leaves("Alice")
        .here_are(&["Bob", "Carol~"])
        .end();
}

#[test]
fn a_muted_heir_does_not_follow_nor_acts_again() {
    let heir = Command::SetHeir { who: who("Bob") };
    Story::alice_and_bob()
        .joins("Carol")
        .does("Alice", &heir)
        .does("Alice", &mute("Bob", true))
        .leaves("Alice")
        .here_are(&["Bob", "Carol~"])
        .end();
    Story::alice_and_bob()
        .joins("Carol")
        .joins("Dave")
        .makes("Alice", "Carol", Role::Moderator)
        .does("Alice", &heir)
        .leaves("Alice")
        .here_are(&["Bob~", "Carol+", "Dave"])
        .vanishes("Bob")
        .does("Carol", &mute("Bob", true))
        .returns("Bob")
        .here_are(&["Bob", "Carol+", "Dave"])
        .after(30.0)
        .here_are(&["Bob", "Carol~", "Dave"])
        .end();
}

#[test]
fn who_is_banned_goes_and_is_recognised_until_it_is_lifted() {
    let story = Story::alice_and_bob();
    let bob = story.id("Bob");
    let token = story.world.token_of(bob).unwrap();
    story
        .does("Alice", &ban("Bob"))
        .led_to(&["banned", "presence"])
        .here_are(&["Alice*"])
        .sees(|story| {
            let [ban] = &story.state().bans[..] else {
                panic!("one ban");
            };
            assert_eq!((ban.member, ban.by.as_str()), (bob, "Alice"));
            assert!(story.world.room.secrets.is_banned(Some(&token), None));
        })
        .denied(
            "Alice",
            &unban("Carol"),
            &Denied::NotBanned {
                name: written("Carol"),
            },
        )
        .denied(
            "Alice",
            &Command::Unban {
                who: MemberRef::Id(MemberId(9)),
            },
            &Denied::NotBanned {
                name: written("#9"),
            },
        )
        .does("Alice", &unban("BOB"))
        .led_to(&["unbanned"])
        .sees(|story| {
            assert_eq!(story.state().bans, []);
            assert!(!story.world.room.secrets.is_banned(Some(&token), None));
        })
        .end();
}

#[test]
fn one_who_has_gone_can_be_banned_and_a_wait_for_one_ends() {
    Story::watching()
        .joins("Carol")
        .vanishes("Carol")
        .does("Alice", &ban("Carol"))
        .led_to(&["banned", "presence"])
        .stalls("Bob")
        .led_to(&["held"])
        .does("Alice", &ban("Bob"))
        .led_to(&["banned", "presence", "released:gone"])
        .sees(|story| assert_eq!(story.state().roster.count, 1))
        .end();
}

#[test]
fn nobody_bans_themselves_nor_a_real_admin_while_acting() {
    Story::alice_and_bob()
        .denied("Alice", &ban("Alice"), &Denied::Yourself)
        .vanishes("Alice")
        .after(30.0)
        .here_are(&["Bob~"])
        .denied(
            "Bob",
            &ban("Alice"),
            &Denied::OnlyActing {
                action: Action::Ban,
            },
        )
        .end();
    let heir = Command::SetHeir { who: who("Bob") };
    Story::alice_and_bob()
        .does("Alice", &heir)
        .vanishes("Alice")
        .after(30.0)
        .here_are(&["Bob~"])
        .denied("Bob", &ban("Alice"), &outranked("Alice"))
        .end();
}

/// Alice is admin, Bob and Лена come from one address, Eve from another.
fn household() -> Story {
    Story::new()
        .joins("Alice")
        .joins_from("Bob", 7)
        .joins_from("Лена", 7)
        .joins_from("Eve", 8)
}

/// Whether a new client from an address is kept out.
fn is_kept_out(story: &Story, address: u8) -> bool {
    let secrets = &story.world.room.secrets;
    secrets.is_banned(None, Some(&AddressHash([address; 32])))
}

fn shared(story: &Story, name: &str, others: &[&str]) -> Denied {
    Denied::AddressShared(SharedAddress {
        member: story.id(name),
        name: called(name),
        others: others.iter().map(|other| called(other)).collect(),
        more: 0,
        yours: false,
    })
}

#[test]
fn an_address_that_is_the_banned_ones_alone_is_banned_with_them() {
    household()
        .does("Alice", &ban("Eve"))
        .led_to(&["banned", "presence"])
        .sees(|story| {
            assert!(is_kept_out(story, 8));
            assert!(story.state().bans[0].address);
        })
        .end();
}

#[test]
fn who_bans_somebody_is_told_who_else_comes_from_there_and_chooses() {
    let story = household();
    let asked = shared(&story, "Bob", &["Лена"]);
    let lena = story.world.token_of(story.id("Лена")).unwrap();
    story
        .denied("Alice", &ban("Bob"), &asked)
        .does("Alice", &ban_reaching("Bob", BanScope::Address))
        .led_to(&["banned", "presence"])
        .here_are(&["Alice*", "Eve"])
        .sees(|story| {
            assert!(is_kept_out(story, 7));
            let secrets = &story.world.room.secrets;
            let from = Some(&AddressHash([7; 32]));
            assert!(secrets.is_banned(Some(&lena), from), "nor with her token");
            assert_eq!(story.state().roster.count, 2);
        })
        .does("Alice", &Command::Unban { who: who("Bob") })
        .sees(|story| assert!(!is_kept_out(story, 7)))
        .end();

    household()
        .does("Alice", &ban_reaching("Bob", BanScope::Member))
        .here_are(&["Alice*", "Лена", "Eve"])
        .sees(|story| {
            assert!(!is_kept_out(story, 7));
            assert!(!story.state().bans[0].address);
        })
        .end();
}

#[test]
fn one_who_has_gone_and_could_come_back_from_there_counts_as_well() {
    let story = household().leaves("Лена");
    let asked = shared(&story, "Bob", &["Лена"]);
    story
        .denied("Alice", &ban("Bob"), &asked)
        .does("Alice", &ban_reaching("Bob", BanScope::Address))
        .sees(|story| assert!(!story.knows("Лена")))
        .end();
}

#[test]
fn admins_stay_whatever_address_is_banned_and_are_told_that_it_is_theirs() {
    let story = Story::new()
        .joins_from("Alice", 7)
        .joins_from("Bob", 7)
        .joins_from("Carol", 7)
        .makes("Alice", "Carol", Role::Admin);
    let alice = story.world.token_of(story.id("Alice")).unwrap();
    let asked = Denied::AddressShared(SharedAddress {
        member: story.id("Bob"),
        name: called("Bob"),
        others: vec![called("Carol")],
        more: 0,
        yours: true,
    });
    story
        .denied("Alice", &ban("Bob"), &asked)
        .does("Alice", &ban_reaching("Bob", BanScope::Address))
        .here_are(&["Alice*", "Carol*"])
        .sees(|story| {
            let secrets = &story.world.room.secrets;
            assert!(!secrets.is_banned(Some(&alice), Some(&AddressHash([7; 32]))));
        })
        .end();
}

#[test]
fn of_a_crowd_at_one_address_a_few_are_named() {
    let story = (0..9).fold(household(), |story, number| {
        story.joins_from(&format!("Guest {number}"), 7)
    });
    let mut story = story;
    let alice = story.id("Alice");
    let Err(Denied::AddressShared(shared)) = story.world.command(alice, &ban("Bob")) else {
        panic!("nobody was named");
    };
    assert_eq!((shared.others.len(), shared.more), (5, 5));
}

#[test]
fn a_client_from_before_the_choice_bans_an_address_that_nobody_shares() {
    let old: Command = serde_json::from_str(r#"{"do":"ban","who":"Bob"}"#).unwrap();
    assert_eq!(old, ban_reaching("Bob", BanScope::Unshared));
    household()
        .does("Alice", &old)
        .here_are(&["Alice*", "Лена", "Eve"])
        .sees(|story| assert!(!is_kept_out(story, 7)))
        .does("Alice", &ban_reaching("Eve", BanScope::Unshared))
        .sees(|story| assert!(is_kept_out(story, 8)))
        .end();
}

#[test]
fn who_was_banned_before_is_not_called_unknown() {
    Story::alice_and_bob()
        .does("Alice", &ban("Bob"))
        .denied("Alice", &ban("Bob"), &Denied::NothingChanges)
        .end();
}

#[test]
fn an_address_somebody_has_come_back_without_is_not_banned_with_them() {
    let address = AddressHash([7; 32]);
    let mut story = Story::alice_and_bob();
    let mut carol = story.world.newcomer("Carol", true);
    carol.from = Some(address);
    story.world.join_leave(&[carol], &[]);
    let known = |story: &Story| story.world.room.secrets.address(story.id("Carol"));
    story
        .sees(|story| assert_eq!(known(story), Some(address)))
        .vanishes("Carol")
        .returns("Carol")
        .sees(|story| assert_eq!(known(story), None))
        .does("Alice", &ban("Carol"))
        .sees(|story| {
            let secrets = &story.world.room.secrets;
            assert!(!secrets.is_banned(None, Some(&address)));
        })
        .end();
}

#[test]
fn a_room_forgets_its_oldest_bans_with_what_they_were_recognised_by() {
    let mut story = Story::new().joins("Alice");
    let mut first = None;
    for _ in 0..=200 {
        story = story.joins("Troll");
        let token = story.world.token_of(story.id("Troll"));
        first = first.or(token);
        story = story.does("Alice", &ban("Troll"));
    }
    story
        .sees(|story| {
            assert_eq!(story.state().bans.len(), 200);
            assert!(!story.world.room.secrets.is_banned(first.as_ref(), None));
        })
        .end();
}

#[test]
fn a_line_that_is_taken_away_is_gone_from_the_room() {
    let erase = |line| Command::Erase { line: ChatId(line) };
    let needs_moderator = Denied::NotAllowed {
        action: Action::Erase,
        needs: Role::Moderator,
    };
    Story::alice_and_bob()
        .joins("Carol")
        .makes("Alice", "Carol", Role::Moderator)
        .says("Bob", "a secret address")
        .says("Alice", "please not")
        .says("Carol", "mine")
        .denied("Bob", &erase(1), &needs_moderator)
        .does("Carol", &erase(1))
        .led_to(&["erased"])
        .sees(|story| {
            let line = story.state().chat.get(ChatId(1)).unwrap();
            assert_eq!(line.erased, Some(called("Carol")));
            let kept = serde_json::to_string(story.state()).unwrap();
            assert!(!kept.contains("secret address"), "{kept}");
        })
        .denied("Carol", &erase(1), &Denied::NoSuchLine)
        .denied("Carol", &erase(77), &Denied::NoSuchLine)
        .denied("Carol", &erase(2), &outranked("Alice"))
        .does("Carol", &erase(3))
        .does("Alice", &erase(2))
        .end();
}

#[test]
fn the_media_waits_for_nobody_who_does_not_want_it() {
    Story::watching()
        .after(10.0)
        .stalls("Bob")
        .led_to(&["held"])
        .does("Bob", &exempt(None, true))
        .led_to(&["spared", "released:overridden"])
        .after(60.0)
        .recovers("Bob")
        .stalls("Bob")
        .led_to(&[])
        .recovers("Bob")
        .does("Bob", &exempt(None, false))
        .led_to(&["spared"])
        .stalls("Bob")
        .led_to(&["held"])
        .does("Alice", &exempt(Some("Bob"), true))
        .led_to(&["spared", "released:overridden"])
        .denied("Alice", &exempt(Some("Bob"), true), &Denied::NothingChanges)
        .end();
}

#[test]
fn anything_of_playback_can_be_asked_for_and_is_only_reported() {
    let by = Span::seconds(60);
    let requests = [
        requested(Command::Pause { mark: None }),
        requested(Command::Seek {
            target: SeekTarget::By(by),
            mark: None,
        }),
        requested(Command::Undo),
        requested(Command::Skip),
        requested(Command::SetRate {
            rate: Rate::FASTEST,
        }),
        requested(Command::Approve {
            entry: Some(entry(2)),
        }),
        requested(Command::Reject {
            entry: Some(entry(2)),
        }),
        requested(Command::Remove { entry: entry(1) }),
        requested(Command::Move {
            entry: entry(1),
            place: 2,
        }),
        requested(Command::PlayNow { entry: entry(1) }),
    ];
    let mut story = Story::watching()
        .adds("Alice", "b")
        .adds("Bob", "c")
        .does("Alice", &seek_to(50));
    for request in requests {
        let before = story.state().timeline.clone();
        story = story
            .does(
                "Bob",
                &Command::Ask {
                    request: request.clone(),
                },
            )
            .led_to(&["asked"])
            .sees(|story| {
                assert_eq!(story.state().timeline, before);
                let id = story.id("Bob");
                let asked = RoomEvent::Asked {
                    member: id,
                    request,
                };
                assert_eq!(story.world.events(), [&asked]);
            });
    }
    story
        .does("Alice", &PAUSE)
        .does(
            "Bob",
            &Command::Ask {
                request: requested(Command::Resume { mark: None }),
            },
        )
        .led_to(&["asked"])
        .end();
}

#[test]
fn what_would_come_to_nothing_is_not_asked_for() {
    let ask = |request| Command::Ask { request };
    let entry = entry(9);
    Story::watching()
        .denied(
            "Bob",
            &ask(requested(Command::Resume { mark: None })),
            &Denied::AlreadyPlaying,
        )
        .denied(
            "Bob",
            &ask(requested(Command::Undo)),
            &Denied::NothingToUndo,
        )
        .denied("Bob", &ask(requested(Command::Skip)), &Denied::NothingNext)
        .denied(
            "Bob",
            &ask(requested(Command::Approve { entry: Some(entry) })),
            &Denied::NoSuchEntry { entry },
        )
        .end();
}
