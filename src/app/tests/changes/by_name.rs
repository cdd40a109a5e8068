//! Who did what: a command that changes the room is reported with the name of who gave it.

use super::{changed, entry, happens, happens_by, playing, running, segment};
use crate::app::output::{Jump, MemberChange, Notice, Output};
use crate::app::tests::{ALICE, ME, Server, Story, member, name, notices, them, you};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::{EntryId, Epoch, MemberId, Seq};
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
    assert_eq!(outputs[0], Output::Notice(skipped));
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
    assert!(matches!(outputs[0], Output::Media { .. }), "{outputs:?}");
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
        let unqueued = Notice::Unqueued {
            entry,
            by: you("Boris"),
            actor: Some(alice()),
            cause,
        };
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
