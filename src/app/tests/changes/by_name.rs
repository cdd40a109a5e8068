//! Who did what: a command that changes the room is reported with the name of who gave it.

use super::{changed, entry, happens, happens_by, playing, running, segment};
use crate::app::output::{Jump, MemberChange, Notice, Output, UnqueuedEntry};
use crate::app::tests::{ALICE, ME, Server, Story, member, name, notices, them, you};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::{ChatId, EntryId, Epoch, MemberId, Seq};
use crate::protocol::member::{LeaveCause, Role};
use crate::protocol::playback::{EntryState, LoadCause, Retime, Segment, UnqueueCause};
use crate::protocol::text::Title;
use crate::protocol::time::{Position, Rate, Span};

/// A room in which media runs, and in which Boris has a role.
fn running_with(role: Role) -> Server {
    let mut server = running();
    happens(
        &mut server,
        RoomEvent::RoleChanged {
            member: ME,
            role,
            acting: false,
        },
    );
    server
}

fn retimed(segment: Segment, retime: Retime) -> RoomEvent {
    RoomEvent::Retimed {
        segment,
        retime,
        in_player: false,
        countdown: false,
    }
}

/// Only the notice, and that the timeline needs no line of its own.
fn notice_for_time(outputs: &[Output]) -> &Notice {
    let [Output::Notice(notice), Output::Timeline(view)] = outputs else {
        panic!("{outputs:?}");
    };
    assert!(view.has_notice, "{view:?}");
    notice
}

#[test]
fn who_pauses_resumes_and_changes_the_speed_is_named() {
    let mut server = running();
    let at = Position::seconds(13);
    let paused = Segment {
        paused: true,
        ..segment(&server, 13)
    };
    let outputs = happens_by(&mut server, Some(ALICE), retimed(paused, Retime::Paused));
    let who = them("Alice");
    assert_eq!(*notice_for_time(&outputs), Notice::Paused { who, at });
    let resumed = retimed(segment(&server, 13), Retime::Resumed);
    let outputs = happens_by(&mut server, Some(ME), resumed);
    let who = you("Boris");
    assert_eq!(*notice_for_time(&outputs), Notice::Resumed { who, at });
    let rate = Rate::from_factor(1.25).unwrap();
    let faster = Segment {
        rate,
        ..segment(&server, 13)
    };
    let outputs = happens_by(
        &mut server,
        Some(ALICE),
        retimed(faster, Retime::RateChanged),
    );
    let who = them("Alice");
    assert_eq!(
        *notice_for_time(&outputs),
        Notice::RateChanged { who, rate }
    );
}

#[test]
fn what_the_room_does_by_itself_names_nobody() {
    let mut server = running();
    let paused = Segment {
        paused: true,
        ..segment(&server, 13)
    };
    let outputs = happens(&mut server, retimed(paused, Retime::Emptied));
    assert!(
        matches!(outputs[..], [Output::Timeline(view)] if view.paused && !view.has_notice),
        "{outputs:?}"
    );
}

#[test]
fn a_start_that_is_only_put_off_is_no_resumption() {
    let mut server = running();
    let later = retimed(segment(&server, 0), Retime::Resumed);
    let outputs = happens_by(&mut server, Some(ALICE), later);
    assert!(
        matches!(outputs[..], [Output::Timeline(view)] if !view.has_notice),
        "{outputs:?}"
    );
}

/// Alice jumps from one second to another; what the member reads of it.
fn jumps(server: &mut Server, story: &mut Story, from: i64, to: i64) -> Vec<Notice> {
    let retime = Retime::Sought {
        from: Position::seconds(from),
    };
    let event = retimed(segment(server, to), retime);
    let fact = server.happen_by(Some((ALICE, Seq(1))), event);
    notices(&story.facts(vec![fact]))
}

fn jump(from: i64, to: i64, undoes: bool, may_undo: bool) -> Notice {
    Notice::Jumped(Jump {
        who: them("Alice"),
        from: Position::seconds(from),
        to: Position::seconds(to),
        chapter: None,
        undoes,
        may_undo,
    })
}

#[test]
fn a_jump_that_was_taken_back_says_so() {
    let mut server = running();
    let mut story = Story::joined(&server);
    let there = jumps(&mut server, &mut story, 15, 80);
    assert_eq!(there, [jump(15, 80, false, false)]);
    story.pass(Span::seconds(2));
    let back = jumps(&mut server, &mut story, 82, 15);
    assert_eq!(back, [jump(82, 15, true, false)]);
    story.pass(Span::seconds(2));
    // To another place than the last jump came from.
    let elsewhere = jumps(&mut server, &mut story, 17, 15);
    assert_eq!(elsewhere, [jump(17, 15, false, false)]);
}

#[test]
fn a_jump_that_is_taken_back_at_once_is_reported_when_it_is_over() {
    let mut server = running();
    let mut story = Story::joined(&server);
    let there = jumps(&mut server, &mut story, 15, 80);
    assert_eq!(there, [jump(15, 80, false, false)]);
    assert_eq!(jumps(&mut server, &mut story, 80, 15), []);
    let over = notices(&story.pass(Span::seconds(2)));
    assert_eq!(over, [jump(80, 15, true, false)]);
}

#[test]
fn the_way_back_is_shown_to_those_who_may_take_it() {
    let mut server = running_with(Role::Admin);
    let mut story = Story::joined(&server);
    let read = jumps(&mut server, &mut story, 15, 80);
    assert_eq!(read, [jump(15, 80, false, true)]);
    let counts = RoomEvent::Retimed {
        segment: segment(&server, 80),
        retime: Retime::Resumed,
        in_player: false,
        countdown: true,
    };
    let outputs = happens_by(&mut server, Some(ALICE), counts);
    let countdown = Notice::Countdown {
        who: them("Alice"),
        may_pause: true,
    };
    assert_eq!(outputs[0], Output::Notice(countdown));
}

#[test]
fn who_skips_is_named_but_not_after_the_end() {
    let loads = |server: &Server, cause| RoomEvent::Loaded {
        gate: Vec::new(),
        epoch: Epoch(server.room.timeline.epoch.0 + 1),
        playing: playing(),
        segment: segment(server, 0),
        entry: None,
        interrupted: None,
        cause,
    };
    let mut server = running();
    let skip = loads(&server, LoadCause::Skipped);
    let outputs = happens_by(&mut server, Some(ALICE), skip);
    let skipped = Notice::Skipped { who: them("Alice") };
    assert_eq!(outputs[1], Output::Notice(skipped));
    let next = loads(&server, LoadCause::Next);
    let outputs = happens(&mut server, next);
    assert!(matches!(outputs[0], Output::Media { .. }), "{outputs:?}");
    let finished = RoomEvent::Finished {
        epoch: server.room.timeline.epoch,
        position: Position::seconds(600),
    };
    happens(&mut server, finished);
    let chosen = loads(&server, LoadCause::Skipped);
    let outputs = happens_by(&mut server, Some(ALICE), chosen);
    let Output::Media { started_by, .. } = &outputs[0] else {
        panic!("{outputs:?}");
    };
    assert_eq!(*started_by, Some(them("Alice")), "nothing was skipped");
}

#[test]
fn who_changes_the_queue_is_named() {
    let mut server = running();
    for _ in 0..3 {
        let entry = entry(&server, EntryState::Proposed);
        happens(&mut server, RoomEvent::Queued { entry });
    }
    let alice = || them("Alice");
    let by_alice = |server: &mut Server, event| {
        let outputs = happens_by(server, Some(ALICE), event);
        let [Output::Notice(notice), Output::Queue(_)] = &outputs[..] else {
            panic!("{outputs:?}");
        };
        notice.clone()
    };
    let number = EntryId(2);
    let of = |server: &Server| server.room.queue.get(number).unwrap().clone();
    let approved = by_alice(&mut server, RoomEvent::Approved { entry: number });
    let (entry, who) = (of(&server), alice());
    assert_eq!(entry.state, EntryState::Approved);
    assert_eq!(approved, Notice::Approved { entry, who });
    let place = 1;
    let to_the_top = RoomEvent::QueueMoved {
        entry: number,
        place,
    };
    let moved = by_alice(&mut server, to_the_top);
    let (entry, who) = (of(&server), alice());
    assert_eq!(moved, Notice::Moved { entry, who, place });
    for cause in [UnqueueCause::Removed, UnqueueCause::Rejected] {
        let entry = server.room.queue.entries()[0].clone();
        let event = RoomEvent::Unqueued {
            entry: entry.id,
            cause,
            together: None,
            gave_way: false,
        };
        let unqueued = Notice::Unqueued(UnqueuedEntry {
            entry,
            by: you("Boris"),
            actor: Some(alice()),
            cause,
        });
        assert_eq!(by_alice(&mut server, event), unqueued);
    }
}

#[test]
fn who_names_the_room_and_chooses_about_waiting_is_named() {
    let mut server = running();
    let title = Title::truncated("Friday");
    let by = Some(them("Alice"));
    let rows = [
        (
            RoomEvent::Titled { title },
            Notice::Titled {
                title: Some("Friday".into()),
                by: by.clone(),
            },
        ),
        (
            RoomEvent::WaitChosen { wait: false },
            Notice::WaitPolicy {
                waits: false,
                chosen: true,
                by,
            },
        ),
    ];
    for (event, notice) in rows {
        let outputs = happens_by(&mut server, Some(ALICE), event);
        assert_eq!(outputs, [Output::Notice(notice)]);
    }
}

/// A change of a member that Alice decided.
fn by_alice(id: MemberId, role: Role, change: MemberChange) -> Output {
    let called = if id == ME { "Boris" } else { "Alice" };
    match changed(id, called, role, change) {
        Output::Member {
            id,
            who,
            role,
            change,
            ..
        } => Output::Member {
            id,
            who,
            role,
            change,
            by: Some(them("Alice")),
        },
        other => other,
    }
}

#[test]
fn who_decides_about_a_member_is_named() {
    let mut server = running();
    let muted = |muted| RoomEvent::Muted { member: ME, muted };
    let wait_exempted = |wait_exempt| RoomEvent::WaitExempted {
        member: ME,
        wait_exempt,
    };
    let role = |role| RoomEvent::RoleChanged {
        member: ME,
        role,
        acting: false,
    };
    let rows = [
        (muted(true), Role::Viewer, MemberChange::Muted),
        (muted(false), Role::Viewer, MemberChange::Unmuted),
        (wait_exempted(true), Role::Viewer, MemberChange::WaitExempt),
        (
            wait_exempted(false),
            Role::Viewer,
            MemberChange::WaitCounted,
        ),
        (role(Role::Moderator), Role::Moderator, MemberChange::Role),
    ];
    for (event, role, change) in rows {
        let outputs = happens_by(&mut server, Some(ALICE), event);
        assert_eq!(outputs, [by_alice(ME, role, change)]);
    }
    let heir = RoomEvent::HeirNamed { member: Some(ME) };
    let outputs = happens_by(&mut server, Some(ALICE), heir);
    let named = Notice::Heir {
        who: you("Boris"),
        by: Some(them("Alice")),
    };
    assert_eq!(outputs, [Output::Notice(named)]);
}

#[test]
fn what_one_chooses_for_oneself_names_nobody_else() {
    let mut server = running();
    let own = RoomEvent::WaitExempted {
        member: ME,
        wait_exempt: true,
    };
    let outputs = happens_by(&mut server, Some(ME), own);
    let exempt = changed(ME, "Boris", Role::Viewer, MemberChange::WaitExempt);
    assert_eq!(outputs, [exempt]);
}

/// An acting admin who makes somebody admin is none any more; nobody decided that.
#[test]
fn acting_power_that_ends_names_nobody() {
    let mut server = running();
    let acting = |acting| RoomEvent::RoleChanged {
        member: ME,
        role: Role::Viewer,
        acting,
    };
    happens(&mut server, acting(true));
    let outputs = happens_by(&mut server, Some(ALICE), acting(false));
    let viewer = changed(ME, "Boris", Role::Viewer, MemberChange::Role);
    assert_eq!(outputs, [viewer]);
}

#[test]
fn a_line_that_is_erased_names_who_did_it_and_who_wrote_it() {
    let mut server = Server::new();
    server.chat("oops");
    let erased = RoomEvent::Erased {
        line: ChatId(1),
        by: name("Boris"),
    };
    let outputs = happens_by(&mut server, Some(ME), erased);
    let expected = Output::Erased {
        id: ChatId(1),
        by: you("Boris"),
        author: Some(them("Alice")),
    };
    // The line itself was never reported here, and comes first.
    assert_eq!(outputs.last(), Some(&expected));
}

#[test]
fn who_starts_media_is_named_with_it() {
    let mut server = running();
    let mut loads = |by, cause| {
        let loaded = RoomEvent::Loaded {
            gate: Vec::new(),
            epoch: Epoch(server.room.timeline.epoch.0 + 1),
            playing: playing(),
            segment: segment(&server, 0),
            entry: None,
            interrupted: None,
            cause,
        };
        let outputs = happens_by(&mut server, by, loaded);
        let started = outputs.into_iter().find_map(|output| match output {
            Output::Media { started_by, .. } => Some(started_by),
            _ => None,
        });
        started.unwrap()
    };
    assert_eq!(loads(Some(ALICE), LoadCause::Played), Some(them("Alice")));
    assert_eq!(loads(Some(ME), LoadCause::Played), Some(you("Boris")));
    // A notice says who skipped, and the turn of the next one comes by itself.
    assert_eq!(loads(Some(ALICE), LoadCause::Skipped), None);
    assert_eq!(loads(None, LoadCause::Next), None);
}

#[test]
fn an_acting_admin_acts_until_the_one_admin_returns_who_is_away() {
    let vanish = |server: &mut Server, member| {
        let left = vec![Departure {
            member,
            cause: LeaveCause::Lost,
        }];
        let event = RoomEvent::Presence {
            joined: Vec::new(),
            left,
            count: 1,
            large: None,
        };
        happens(server, event);
    };
    let acts = |server: &mut Server| {
        let event = RoomEvent::RoleChanged {
            member: ME,
            role: Role::Viewer,
            acting: true,
        };
        happens(server, event)
    };
    let acting = |until| {
        let who = you("Boris");
        [
            changed(ME, "Boris", Role::Admin, MemberChange::ActingRole),
            Output::Notice(Notice::ActingAdmin { who, until }),
        ]
    };
    let mut server = Server::new();
    let mut two = Server::new();
    vanish(&mut server, ALICE);
    assert_eq!(acts(&mut server), acting(Some(name("Alice"))));
    let vera = MemberId(3);
    let event = RoomEvent::Presence {
        joined: vec![member(vera, "Vera", Role::Admin)],
        left: Vec::new(),
        count: 3,
        large: None,
    };
    happens(&mut two, event);
    vanish(&mut two, ALICE);
    vanish(&mut two, vera);
    assert_eq!(acts(&mut two), acting(None));
}
