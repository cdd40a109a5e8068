//! Key scripts about asking the admins and keeping order.

use super::{Keys, entry, evening, sent, with_screen};
use crate::app::key::Key;
use crate::app::output::{BanList, Notice, Why};
use crate::app::screen::chat_log::LogContent;
use crate::app::screen::{Focus, MenuItem, Overlay, Question, ToastContent};
use crate::app::tests::{ALICE, ME, Story, member, name, them};
use crate::protocol::command::{Command, MemberRef, SeekTarget};
use crate::protocol::command::{PermissionRequest, requested};
use crate::protocol::denied::{Action, Denied, SharedAddress};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::{ChatId, EntryId, MemberId, Seq};
use crate::protocol::member::{Ban, BanScope, LeaveCause, Role};
use crate::protocol::moderation::{Erasure, ReportSubject};
use crate::protocol::playback::EntryState;
use crate::protocol::text::Title;
use crate::protocol::time::{Rate, RoomTime, Span};
use crate::wire::message::{Reason, ServerMsg};

fn jump(seconds: i64) -> PermissionRequest {
    requested(Command::Seek {
        target: SeekTarget::By(Span::seconds(seconds)),
        mark: None,
    })
}

fn faster() -> PermissionRequest {
    requested(Command::SetRate {
        rate: Rate::from_factor(1.1).unwrap(),
    })
}

#[test]
fn a_second_press_of_any_playback_key_asks_for_just_that() {
    let rows = [
        (Key::Char(' '), requested(Command::Pause { mark: None })),
        (Key::Left, jump(-5)),
        (Key::Right, jump(5)),
        (Key::Char('H'), jump(-60)),
        (Key::Char('L'), jump(60)),
        (Key::Char('u'), requested(Command::Undo)),
        (Key::Char('>'), requested(Command::Skip)),
        (Key::Char(']'), faster()),
    ];
    for (key, request) in rows {
        let mut keys = Keys::in_room(Role::Viewer);
        keys.focus(Focus::Members);
        assert!(sent(&keys.key(key)).is_empty());
        assert!(
            matches!(keys.toast(), Some(ToastContent::AskAgain(_))),
            "{key:?}"
        );
        assert_eq!(
            sent(&keys.key(key)),
            [Command::Ask {
                request: request.clone()
            }],
            "{key:?}"
        );
        assert_eq!(keys.toast(), Some(&ToastContent::Asked(request.clone())));
    }
}

#[test]
fn a_key_that_is_held_asks_once_and_after_a_rest_again() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.focus(Focus::Members);
    let mut asked = Vec::new();
    for _ in 0..100 {
        asked.extend(sent(&keys.key(Key::Right)));
        keys.story.pass(Span::millis(100));
        // The server sends all the while.
        keys.story.facts(Vec::new());
    }
    let request = jump(5);
    assert_eq!(
        asked,
        [Command::Ask {
            request: request.clone()
        }]
    );
    assert_eq!(keys.toast(), Some(&ToastContent::Asked(request.clone())));
    keys.story.pass(Span::seconds(8));
    assert!(sent(&keys.key(Key::Right)).is_empty());
    assert_eq!(
        sent(&keys.key(Key::Right)),
        [Command::Ask {
            request: request.clone()
        }]
    );
}

#[test]
fn what_a_muted_member_proposes_leaves_no_line() {
    let mut server = evening(Role::Viewer);
    let mut keys = Keys {
        story: Story::joined_with(with_screen(), &server),
    };
    let mut proposed_with = |muted| {
        let member = ALICE;
        let muted = server.happen(RoomEvent::Muted { member, muted });
        let number = server.room().queue.next_id().0;
        let entry = entry(number, EntryState::Proposed);
        let queued = server.happen(RoomEvent::Queued { entry });
        keys.story.facts(vec![muted, queued]);
        let lines = keys.screen().log().lines();
        lines
            .filter(|line| matches!(&line.content, LogContent::Proposed(..)))
            .count()
    };
    assert_eq!(proposed_with(true), 0);
    assert_eq!(proposed_with(false), 1, "and it is not made up for");
}

#[test]
fn a_proposal_is_called_by_its_title_once_that_is_known() {
    let mut server = evening(Role::Viewer);
    let mut keys = Keys {
        story: Story::joined_with(with_screen(), &server),
    };
    let number = server.room().queue.next_id().0;
    let entry = entry(number, EntryState::Proposed);
    let id = entry.id;
    let queued = server.happen(RoomEvent::Queued { entry });
    keys.story.facts(vec![queued]);
    let described = server.happen(RoomEvent::Described {
        entry: id,
        title: Title::parse("A short one").ok(),
        duration: None,
        by_viewer: true,
    });
    keys.story.facts(vec![described]);
    let mut lines = keys.screen().log().lines().rev();
    let title = lines.find_map(|line| match &line.content {
        LogContent::Proposed(entry, _) => Some(entry.title.clone()),
        _ => None,
    });
    assert_eq!(title, Some(Title::parse("A short one").ok()));
}

#[test]
fn another_key_in_between_asks_for_nothing() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.focus(Focus::Members);
    for key in [Key::Right, Key::Left, Key::Char('>'), Key::Right] {
        assert!(sent(&keys.key(key)).is_empty(), "{key:?}");
        assert!(
            matches!(keys.toast(), Some(ToastContent::AskAgain(_))),
            "{key:?}"
        );
    }
}

#[test]
fn a_viewer_asks_for_what_is_in_the_queue() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.focus(Focus::Queue);
    let (one, two) = (EntryId(1), EntryId(2));
    keys.key(Key::Enter);
    let approve = requested(Command::Approve { entry: Some(two) });
    assert_eq!(
        sent(&keys.key(Key::Enter)),
        [Command::Ask { request: approve }]
    );
    keys.key(Key::Up);
    keys.key(Key::Enter);
    assert_eq!(keys.screen().overlay(), None, "no question but an answer");
    let now = requested(Command::PlayNow { entry: one });
    assert_eq!(sent(&keys.key(Key::Enter)), [Command::Ask { request: now }]);
    keys.key(Key::Char('J'));
    let down = requested(Command::Move {
        entry: one,
        place: 2,
    });
    let asked = sent(&keys.key(Key::Char('J')));
    assert_eq!(asked, [Command::Ask { request: down }]);
    assert!(sent(&keys.write("x")).is_empty());
    assert_eq!(keys.screen().overlay(), None, "no question but an answer");
    let remove = requested(Command::Remove { entry: one });
    assert_eq!(sent(&keys.write("x")), [Command::Ask { request: remove }]);
    keys.key(Key::Down);
    assert!(sent(&keys.write("x")).is_empty());
    let reject = requested(Command::Reject { entry: Some(two) });
    assert_eq!(sent(&keys.write("x")), [Command::Ask { request: reject }]);
}

#[test]
fn what_cannot_be_asked_for_is_answered_each_time() {
    let (mut keys, _) = with_chat(Role::Viewer);
    for _ in 0..2 {
        assert!(sent(&keys.write("x")).is_empty());
        assert!(matches!(keys.toast(), Some(ToastContent::Why(_))));
    }
}

#[test]
fn admins_are_told_what_is_asked_for_and_others_only_see_it_in_the_chat() {
    for role in [Role::Admin, Role::Viewer] {
        let mut keys = Keys::in_room(role);
        let request = requested(Command::Skip);
        let asked = evening(role).happen(RoomEvent::Asked {
            member: ALICE,
            request: request.clone(),
        });
        keys.story.facts(vec![asked]);
        let who = them("Alice");
        let notice = ToastContent::Notice(Notice::Asked { who, request });
        assert_eq!(keys.toast() == Some(&notice), role == Role::Admin);
        let last = keys.screen().log().lines().next_back().unwrap();
        assert!(matches!(last.content, LogContent::Output(_)));
    }
}

/// Two lines of Alice's, the second chosen.
fn with_chat(role: Role) -> (Keys, ChatId) {
    let mut keys = Keys::in_room(role);
    let mut server = evening(role);
    let facts = vec![server.chat("one"), server.chat("a secret")];
    let RoomEvent::Chat(last) = &facts[1].event else {
        panic!("chat");
    };
    let last = last.id;
    keys.story.facts(facts);
    keys.focus(Focus::Chat);
    keys.key(Key::Up);
    (keys, last)
}

#[test]
fn a_line_is_removed_by_x_after_a_question() {
    for role in [Role::Moderator, Role::Admin] {
        let (mut keys, line) = with_chat(role);
        assert!(sent(&keys.write("x")).is_empty());
        let question = Overlay::Question(Question::Erase(line));
        assert_eq!(keys.screen().overlay(), Some(&question));
        assert!(sent(&keys.key(Key::Esc)).is_empty());
        keys.write("ч");
        assert_eq!(sent(&keys.write("y")), [Command::Erase { line }]);
    }
    let (mut keys, _) = with_chat(Role::Viewer);
    keys.write("x");
    let needs = Role::Moderator;
    let action = Action::Erase;
    let why = Why::Denied(Denied::NotAllowed { action, needs });
    assert_eq!(keys.toast(), Some(&ToastContent::Why(why)));
}

#[test]
fn a_removed_line_is_nowhere_on_the_screen_any_more() {
    let (mut keys, line) = with_chat(Role::Viewer);
    let mut server = evening(Role::Viewer);
    let _both = (server.chat("one"), server.chat("a secret"));
    let by = name("Alice");
    let erased = server.happen(RoomEvent::Erased { line, by });
    keys.story.facts(vec![erased]);
    assert!(!format!("{:?}", keys.screen().log()).contains("secret"));
    assert!(!format!("{:?}", keys.story.app.room()).contains("secret"));
    keys.write("c");
    assert_eq!(keys.toast(), Some(&ToastContent::NothingChosen));
}

#[test]
fn lines_of_a_room_that_was_opened_anew_are_neither_erased_nor_taken_for_its_own() {
    let (mut keys, line) = with_chat(Role::Moderator);
    keys.write("x");
    let question = Overlay::Question(Question::Erase(line));
    assert_eq!(keys.screen().overlay(), Some(&question));
    let mut anew = evening(Role::Moderator);
    anew.reopen_anew();
    keys.story.lose();
    keys.story.pass(Span::seconds(1));
    keys.story.hello();
    let welcome = Box::new(anew.whole());
    keys.story.receive(ServerMsg::Welcome(welcome));
    // What was asked about is another line by now.
    assert_eq!(keys.screen().overlay(), None);
    keys.story.facts(vec![anew.chat("new"), anew.chat("newer")]);
    let by = name("Alice");
    let erased = anew.happen(RoomEvent::Erased { line, by });
    keys.story.facts(vec![erased]);
    let shown = format!("{:?}", keys.screen().log());
    assert!(
        shown.contains("a secret") && !shown.contains("newer"),
        "{shown}"
    );

    keys.focus(Focus::Chat);
    let of_old = |keys: &Keys| match &keys.screen().log().chosen().unwrap().content {
        LogContent::Chat(logged) => logged.line.text.as_str() == "a secret",
        _ => false,
    };
    keys.key(Key::Up);
    while !of_old(&keys) {
        keys.key(Key::Up);
    }
    assert!(sent(&keys.write("x")).is_empty());
    assert_eq!(keys.screen().overlay(), None);
    let why = Why::Denied(Denied::NoSuchLine);
    assert_eq!(keys.toast(), Some(&ToastContent::Why(why)));
    keys.write("c");
    assert_eq!(keys.toast(), Some(&ToastContent::Copied("a secret".into())));
}

#[test]
fn the_last_line_of_somebody_is_removed_by_its_slash_twin() {
    let (mut keys, line) = with_chat(Role::Moderator);
    keys.write("i/erase alice");
    assert_eq!(sent(&keys.key(Key::Enter)), [Command::Erase { line }]);
    keys.write(&format!("/erase #{line}"));
    assert_eq!(sent(&keys.key(Key::Enter)), [Command::Erase { line }]);
    keys.write("/erase #99");
    assert!(sent(&keys.key(Key::Enter)).is_empty());
    let why = Why::Denied(Denied::NoSuchLine);
    assert_eq!(keys.toast(), Some(&ToastContent::Why(why)));
}

#[test]
fn all_lines_of_somebody_are_erased_after_a_question_if_there_are_several() {
    let (mut keys, _) = with_chat(Role::Admin);
    keys.write("i/clear alice");
    assert!(sent(&keys.key(Key::Enter)).is_empty());
    let question = Overlay::Question(Question::EraseAll(ALICE, 2));
    assert_eq!(keys.screen().overlay(), Some(&question));
    assert!(sent(&keys.key(Key::Esc)).is_empty());
    keys.write("/clear #1");
    keys.key(Key::Enter);
    let of = MemberRef::Id(ALICE);
    assert_eq!(sent(&keys.write("y")), [Command::EraseAll { of }]);

    let (mut keys, _) = with_chat(Role::Viewer);
    keys.write("i/clear alice");
    let of = MemberRef::Name(name("alice"));
    let command = Command::EraseAll { of };
    assert_eq!(
        sent(&keys.key(Key::Enter)),
        [command],
        "the room says why not"
    );
}

#[test]
fn what_is_erased_at_once_is_nowhere_on_the_screen_any_more() {
    let (mut keys, last) = with_chat(Role::Viewer);
    let mut server = evening(Role::Viewer);
    let _both = (server.chat("one"), server.chat("a secret"));
    let erasure = Erasure {
        authors: vec![ALICE],
        last,
        count: 2,
        name: name("Alice"),
        by: name("Mona"),
    };
    let erased = server.happen(RoomEvent::ErasedAll(erasure));
    keys.story
        .facts(vec![erased, server.chat("what comes later stays")]);
    let log = format!("{:?}", keys.screen().log());
    assert!(!log.contains("secret") && log.contains("later"), "{log}");
    assert!(!format!("{:?}", keys.story.app.room()).contains("secret"));
}

#[test]
fn how_it_is_restricted_is_answered_and_a_report_is_read_by_name() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("/slow");
    assert!(sent(&keys.key(Key::Enter)).is_empty());
    let log = format!("{:?}", keys.screen().log());
    assert!(log.contains("SlowMode { interval: None }"), "{log}");
    keys.write("/report alice is rude");
    let report = Command::ReportMember {
        of: ReportSubject::Member(MemberRef::Id(ALICE)),
        reason: Title::parse("is rude").ok(),
    };
    assert_eq!(sent(&keys.key(Key::Enter)), [report]);
}

#[test]
fn the_menu_offers_what_the_role_permits() {
    let others = |role| Keys::in_room(role).menu(ALICE);
    assert_eq!(others(Role::Viewer), [MenuItem::Mention]);
    assert_eq!(others(Role::Moderator), [MenuItem::Mention]);
    let admins = [
        MenuItem::Mention,
        MenuItem::WaitExempt(true),
        MenuItem::Mute(true),
        MenuItem::Role(Role::Moderator),
        MenuItem::Role(Role::Viewer),
        MenuItem::Heir,
        MenuItem::Kick,
        MenuItem::Ban,
    ];
    assert_eq!(others(Role::Admin), admins);
    let own = Keys::in_room(Role::Viewer).menu(ME);
    assert_eq!(own, [MenuItem::WaitExempt(true)]);
}

#[test]
fn the_menu_offers_nothing_to_do_to_somebody_of_the_same_rank_or_above() {
    let mut keys = Keys::in_room(Role::Moderator);
    let mut server = evening(Role::Moderator);
    let (vera, max) = (MemberId(3), MemberId(4));
    let came = server.happen(RoomEvent::Presence {
        joined: vec![
            member(vera, "Vera", Role::Viewer),
            member(max, "Max", Role::Moderator),
        ],
        left: Vec::new(),
        count: 4,
        large: None,
    });
    keys.story.facts(vec![came]);
    let keeping_order = [MenuItem::Mention, MenuItem::Mute(true), MenuItem::Kick];
    assert_eq!(keys.menu(vera), keeping_order);
    assert_eq!(keys.menu(max), [MenuItem::Mention]);
    let acts = server.happen(RoomEvent::RoleChanged {
        member: ME,
        role: Role::Moderator,
        acting: true,
    });
    keys.story.facts(vec![acts]);
    assert!(keys.menu(max).contains(&MenuItem::Ban));
    // Whom the admins want to follow stays their choice.
    let real = [MenuItem::Mention, MenuItem::WaitExempt(true)];
    assert_eq!(keys.menu(ALICE), real);
}

#[test]
fn a_viewer_asks_not_to_be_waited_for_in_their_own_menu() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.focus(Focus::Members);
    while keys.chosen_member().unwrap().id != ME {
        keys.key(Key::Down);
    }
    keys.key(Key::Enter);
    let exempt = Command::ExemptFromWait {
        who: None,
        exempt: true,
    };
    assert_eq!(sent(&keys.key(Key::Enter)), [exempt]);
}

#[test]
fn who_was_muted_can_be_unmuted_by_the_same_menu() {
    let mut keys = Keys::in_room(Role::Admin);
    let muted = evening(Role::Admin).happen(RoomEvent::Muted {
        member: ALICE,
        muted: true,
    });
    keys.story.facts(vec![muted]);
    let items = keys.menu(ALICE);
    assert!(items.contains(&MenuItem::Mute(false)), "{items:?}");
}

#[test]
fn who_is_banned_can_be_listed() {
    let mut keys = Keys::in_room(Role::Viewer);
    let ban = Ban {
        member: ALICE,
        name: name("Mallory"),
        by: name("Boris"),
        at: RoomTime(7),
        address: false,
    };
    let banned = evening(Role::Viewer).happen(RoomEvent::Banned { ban: ban.clone() });
    keys.story.facts(vec![banned]);
    keys.write("/bans");
    keys.key(Key::Enter);
    let last = keys.screen().log().lines().next_back().unwrap();
    let bans = LogContent::Output(crate::app::output::Output::Notice(Notice::Bans(BanList {
        bans: vec![ban],
        me: Some(name("Boris")),
    })));
    assert_eq!(last.content, bans);
    assert_eq!(
        sent(&{
            keys.write("/unban Mallory");
            keys.key(Key::Enter)
        }),
        [Command::Unban {
            who: MemberRef::Name(name("Mallory"))
        }]
    );
}

#[test]
fn sending_somebody_out_is_asked_first_when_it_is_typed_too() {
    for typed in ["/kick alice", "/kick #1", "/ban Alice"] {
        let mut keys = Keys::in_room(Role::Admin);
        keys.write(typed);
        assert!(sent(&keys.key(Key::Enter)).is_empty(), "{typed}");
        let who = MemberRef::Id(ALICE);
        let (question, command) = if typed.starts_with("/kick") {
            (Question::Kick(ALICE), Command::Kick { who })
        } else {
            let scope = BanScope::Ask;
            (Question::Ban(ALICE), Command::Ban { who, scope })
        };
        assert_eq!(keys.screen().overlay(), Some(&Overlay::Question(question)));
        assert!(sent(&keys.key(Key::Esc)).is_empty());
        keys.write(typed);
        keys.key(Key::Enter);
        assert_eq!(sent(&keys.write("y")), [command]);
    }
}

#[test]
fn closing_the_room_is_asked_first_and_only_where_it_would_be_done() {
    let mut keys = Keys::in_room(Role::Admin);
    for answer in ["n", "y"] {
        keys.write("/close");
        assert!(sent(&keys.key(Key::Enter)).is_empty());
        let question = Overlay::Question(Question::Close);
        assert_eq!(keys.screen().overlay(), Some(&question));
        let expected: &[Command] = if answer == "y" {
            &[Command::Close]
        } else {
            &[]
        };
        assert_eq!(sent(&keys.write(answer)), expected);
    }
    let mut keys = Keys::in_room(Role::Moderator);
    keys.write("/close");
    assert_eq!(
        sent(&keys.key(Key::Enter)),
        [Command::Close],
        "the room denies it"
    );
    assert_eq!(keys.screen().overlay(), None);
}

#[test]
fn what_comes_to_nothing_is_not_asked_but_answered() {
    let rows = [
        (Role::Admin, "/kick Vera"),
        (Role::Admin, "/kick Boris"),
        (Role::Moderator, "/kick Alice"),
        (Role::Viewer, "/ban Alice"),
        (Role::Admin, "/ban Alice alone"),
    ];
    for (role, typed) in rows {
        let mut keys = Keys::in_room(role);
        keys.write(typed);
        assert_eq!(sent(&keys.key(Key::Enter)).len(), 1, "{typed}");
        assert_eq!(keys.screen().overlay(), None, "{typed}");
    }
}

/// A ban was asked for, and Vera comes from the same address.
fn with_shared_address() -> Keys {
    let mut keys = Keys::in_room(Role::Admin);
    keys.write("/ban alice");
    keys.key(Key::Enter);
    keys.write("y");
    let denied = Denied::AddressShared(SharedAddress {
        member: ALICE,
        name: name("Alice"),
        others: vec![name("Vera")],
        more: 0,
        yours: false,
    });
    let reason = Reason::new(&denied, "no".into());
    let seq = Seq(1);
    keys.story.receive(ServerMsg::Denied { seq, reason });
    keys
}

#[test]
fn how_far_a_ban_reaches_is_chosen_on_the_screen() {
    let who = MemberRef::Id(ALICE);
    for (downs, scope) in [(0, BanScope::Member), (1, BanScope::Address)] {
        let mut keys = with_shared_address();
        assert!(matches!(
            keys.screen().overlay(),
            Some(Overlay::BanScope(..))
        ));
        for _ in 0..downs {
            keys.key(Key::Down);
        }
        let who = who.clone();
        assert_eq!(sent(&keys.key(Key::Enter)), [Command::Ban { who, scope }]);
        assert_eq!(keys.screen().overlay(), None);
    }
    let mut keys = with_shared_address();
    assert!(sent(&keys.key(Key::Esc)).is_empty());
    assert_eq!(keys.screen().overlay(), None);
}

#[test]
fn what_is_left_to_real_admins_is_not_offered_to_who_acts_by_presence_alone() {
    let mut keys = Keys::in_room(Role::Viewer);
    let mut server = evening(Role::Viewer);
    let vera = MemberId(3);
    let cause = LeaveCause::Left;
    let facts = [
        RoomEvent::Presence {
            joined: vec![member(vera, "Vera", Role::Viewer)],
            left: vec![Departure {
                member: ALICE,
                cause,
            }],
            count: 2,
            large: None,
        },
        RoomEvent::RoleChanged {
            member: ME,
            role: Role::Viewer,
            acting: true,
        },
    ];
    keys.story
        .facts(facts.map(|event| server.happen(event)).to_vec());
    let offered = [
        MenuItem::Mention,
        MenuItem::WaitExempt(true),
        MenuItem::Mute(true),
        MenuItem::Kick,
    ];
    assert_eq!(keys.menu(vera), offered);
}
