//! What of each event of the room is reported to the member.

use super::{ALICE, ME, Server, member, name, them, you};
use crate::app::output::{MemberChange, Notice, Output, Removal, Renaming};
use crate::app::session::compare::{Before, EventCause, Recipient, RoomChange, changes};
use crate::media::Media;
use crate::protocol::command::Command;
use crate::protocol::command::requested;
use crate::protocol::event::{Departure, Fact, RoomEvent};
use crate::protocol::ids::{ChatId, EntryId, Epoch, MemberId, Seq};
use crate::protocol::member::{Ban, LeaveCause, Role};
use crate::protocol::playback::{
    EntryState, Hold, LoadCause, Playing, QueueEntry, Segment, UnqueueCause,
};
use crate::protocol::text::Title;
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::test_support;

mod by_name;
mod media;
mod waits;

/// What is reported of an event that happens now.
fn happens(server: &mut Server, event: RoomEvent) -> Vec<Output> {
    happens_by(server, None, event)
}

fn happens_by(server: &mut Server, by: Option<MemberId>, event: RoomEvent) -> Vec<Output> {
    let before_it = server.room.clone();
    let fact: Fact = server.happen_by(by.map(|by| (by, Seq(1))), event);
    let before = Before::noted(&before_it, &fact);
    let cause = EventCause {
        fact: &fact,
        is_replayed: false,
    };
    changes(&RoomChange {
        before: &before,
        now: &server.room,
        cause: Some(cause),
        recipient: Recipient {
            me: ME,
            emitted_chat: ChatId::default(),
        },
    })
}

/// What is reported of a whole state that comes after another.
fn whole(server: &Server, before: &Server) -> Vec<Output> {
    changes(&RoomChange {
        before: &Before::Whole(Box::new(before.room.clone())),
        now: &server.room,
        cause: None,
        recipient: Recipient {
            me: ME,
            emitted_chat: ChatId::default(),
        },
    })
}

fn changed(id: MemberId, called: &str, role: Role, change: MemberChange) -> Output {
    Output::Member {
        id,
        who: if id == ME { you(called) } else { them(called) },
        role,
        change,
        by: None,
    }
}

fn entry(server: &Server, state: EntryState) -> QueueEntry {
    QueueEntry {
        media: Media::parse("https://example.org/next.webm").unwrap(),
        by: ME,
        by_name: name("Boris"),
        at: server.room.at,
        ..test_support::entry(server.room.queue.next_id().0, state)
    }
}

fn playing() -> Playing {
    test_support::playing("https://example.org/film.mp4")
}

fn segment(server: &Server, seconds: i64) -> Segment {
    Segment {
        anchor: Position::seconds(seconds),
        start: server.room.at + Span::millis(1),
        rate: Rate::NORMAL,
        paused: false,
    }
}

/// A room in which media runs from its beginning.
fn running() -> Server {
    let mut server = Server::new();
    let loaded = RoomEvent::Loaded {
        gate: Vec::new(),
        epoch: Epoch(1),
        playing: playing(),
        segment: segment(&server, 0),
        entry: None,
        interrupted: None,
        cause: LoadCause::Played,
    };
    let outputs = happens(&mut server, loaded);
    let expected = Output::Media {
        playing: Some(playing()),
        epoch: Epoch(1),
        revised: false,
        started_by: None,
        in_lobby: false,
    };
    assert_eq!(outputs[0], expected);
    assert!(matches!(outputs[1..], [Output::Timeline(_)]), "{outputs:?}");
    server
}

#[test]
fn members_come_and_go() {
    let mut server = Server::new();
    let vera = member(MemberId(3), "Vera", Role::Viewer);
    let outputs = happens(
        &mut server,
        RoomEvent::Presence {
            joined: vec![vera, member(ME, "Boris", Role::Viewer)],
            left: Vec::new(),
            count: 3,
            large: None,
        },
    );
    let vera = |change| changed(MemberId(3), "Vera", Role::Viewer, change);
    let expected = [vera(MemberChange::Joined), Output::Viewers(3)];
    assert_eq!(outputs, expected, "whoever was here does not come again");
    let outputs = happens(&mut server, went(&[3, 99], LeaveCause::Left));
    assert_eq!(outputs, [vera(MemberChange::Left), Output::Viewers(2)]);
}

/// These members go, and two stay.
fn went(members: &[u64], cause: LeaveCause) -> RoomEvent {
    let left = members.iter().map(|id| Departure {
        member: MemberId(*id),
        cause,
    });
    RoomEvent::Presence {
        joined: Vec::new(),
        left: left.collect(),
        count: 2,
        large: None,
    }
}

#[test]
fn who_is_sent_out_is_reported_with_the_one_who_did_it_and_not_as_leaving() {
    let mut server = Server::new();
    let came = RoomEvent::Presence {
        joined: vec![member(MemberId(3), "Vera", Role::Viewer)],
        left: Vec::new(),
        count: 3,
        large: None,
    };
    happens(&mut server, came);
    let mut here = server.clone();
    let removal = |was_here, is_banned| {
        Output::Removed(Removal {
            id: MemberId(3),
            name: name("Vera"),
            role: Role::Viewer,
            by: Some(them("Alice")),
            was_here,
            is_banned,
        })
    };
    let kicked = || went(&[3, 99], LeaveCause::Kicked);
    let outputs = happens_by(&mut here, Some(ALICE), kicked());
    assert_eq!(outputs, [removal(true, false), Output::Viewers(2)]);

    // Gone already: the one who did it is answered, and so is everybody.
    let mut gone = server.clone();
    happens(&mut gone, went(&[3], LeaveCause::Left));
    let outputs = happens_by(&mut gone, Some(ALICE), kicked());
    assert_eq!(outputs, [removal(false, false)]);

    let ban = Ban {
        member: MemberId(3),
        name: name("Vera"),
        by: name("Alice"),
        at: RoomTime(0),
        address: true,
    };
    let outputs = happens_by(&mut server, Some(ALICE), RoomEvent::Banned { ban });
    let banned = Notice::Banned {
        name: name("Vera"),
        by: them("Alice"),
        address: true,
    };
    assert_eq!(outputs, [Output::Notice(banned)]);
    let outputs = happens_by(&mut server, Some(ALICE), kicked());
    assert_eq!(outputs, [removal(true, true), Output::Viewers(2)]);
}

#[test]
fn a_room_that_grows_large_waits_no_longer_and_says_so() {
    let mut server = Server::new();
    let outputs = happens(
        &mut server,
        RoomEvent::Presence {
            joined: Vec::new(),
            left: Vec::new(),
            count: 11,
            large: None,
        },
    );
    let policy = Notice::WaitPolicy {
        waits: false,
        chosen: false,
        by: None,
    };
    assert_eq!(outputs, [Output::Viewers(11), Output::Notice(policy)]);
}

#[test]
fn a_log_opened_anew_begins_with_nobody() {
    let mut server = running();
    let paused = Segment {
        paused: true,
        ..segment(&server, 4)
    };
    let segment = Some(paused);
    let outputs = happens(&mut server, RoomEvent::Reopened { segment, ttl: None });
    let gone = |id, called, role| changed(id, called, role, MemberChange::Left);
    assert_eq!(outputs[0], gone(ALICE, "Alice", Role::Admin));
    assert_eq!(outputs[1], gone(ME, "Boris", Role::Viewer));
    assert_eq!(outputs[2], Output::Viewers(0));
    assert!(matches!(outputs[3], Output::Timeline(view) if view.paused));
    assert_eq!(outputs.len(), 4);
}

#[test]
fn names_and_roles_change() {
    let mut server = Server::new();
    let rename = RoomEvent::Renamed {
        member: ME,
        name: name("Bob"),
        was: Some(name("Boris")),
    };
    let renamed = Output::Renamed(Renaming {
        id: ME,
        was: Some(name("Boris")),
        who: you("Bob"),
        role: Role::Viewer,
    });
    assert_eq!(happens(&mut server, rename), [renamed]);
    let role = |role, acting| RoomEvent::RoleChanged {
        member: ME,
        role,
        acting,
    };
    let admin = changed(ME, "Bob", Role::Admin, MemberChange::ActingRole);
    let acting = Output::Notice(Notice::ActingAdmin {
        who: you("Bob"),
        until: None,
    });
    let outputs = happens(&mut server, role(Role::Viewer, true));
    assert_eq!(outputs, [admin, acting]);
    let outputs = happens(&mut server, role(Role::Admin, false));
    assert_eq!(outputs, [], "the same power as before");
    let viewer = changed(ME, "Bob", Role::Viewer, MemberChange::Role);
    assert_eq!(happens(&mut server, role(Role::Viewer, false)), [viewer]);
}

#[test]
fn what_was_decided_about_a_member_meanwhile_is_reported_with_a_whole_state() {
    let outputs = |server: &Server, before: &Server| -> Vec<Output> {
        let outputs = whole(server, before);
        let members = outputs.into_iter();
        members
            .filter(|outputs| matches!(outputs, Output::Member { .. }))
            .collect()
    };
    let mut server = Server::new();
    let before = Server::new();
    for (muted, wait_exempt) in [(true, false), (false, true)] {
        server.happen(RoomEvent::Muted { member: ME, muted });
        let member = ALICE;
        server.happen(RoomEvent::WaitExempted {
            member,
            wait_exempt,
        });
        server.happen(RoomEvent::WaitExempted {
            member: ME,
            wait_exempt,
        });
        server.happen(RoomEvent::Muted { member, muted });
        let change = |id, called, role| {
            let change = if muted {
                MemberChange::Muted
            } else {
                MemberChange::WaitExempt
            };
            changed(id, called, role, change)
        };
        let both = [
            change(ALICE, "Alice", Role::Admin),
            change(ME, "Boris", Role::Viewer),
        ];
        assert_eq!(outputs(&server, &before), both);
        let back = outputs(&before, &server);
        assert!(back.iter().all(|outputs| !both.contains(outputs)) && back.len() == 2);
    }
    assert_eq!(outputs(&server, &server), []);
}

#[test]
fn what_is_reported_in_words_only() {
    let mut server = running();
    let title = Title::truncated("Friday");
    let rows = [
        (
            RoomEvent::Titled { title },
            Notice::Titled {
                title: Some("Friday".into()),
                by: None,
            },
        ),
        (
            RoomEvent::HeirNamed { member: Some(ME) },
            Notice::Heir {
                who: you("Boris"),
                by: None,
            },
        ),
        (
            RoomEvent::Asked {
                member: ME,
                request: requested(Command::Pause { mark: None }),
            },
            Notice::Asked {
                who: you("Boris"),
                request: requested(Command::Pause { mark: None }),
            },
        ),
        (
            RoomEvent::WaitChosen { wait: false },
            Notice::WaitPolicy {
                waits: false,
                chosen: true,
                by: None,
            },
        ),
    ];
    for (event, notice) in rows {
        assert_eq!(happens(&mut server, event), [Output::Notice(notice)]);
    }
    let nobody = RoomEvent::HeirNamed { member: None };
    assert_eq!(happens(&mut server, nobody), []);
    let again = RoomEvent::WaitChosen { wait: false };
    assert_eq!(happens(&mut server, again), [], "it was chosen before");
}

#[test]
fn an_event_about_somebody_unknown_breaks_nothing() {
    let mut server = running();
    let stranger = MemberId(77);
    let hold = Hold {
        member: stranger,
        since: RoomTime(i64::MIN),
        until: RoomTime(i64::MAX),
    };
    let events = [
        RoomEvent::Asked {
            member: stranger,
            request: requested(Command::Skip),
        },
        RoomEvent::HeirNamed {
            member: Some(stranger),
        },
        RoomEvent::RoleChanged {
            member: stranger,
            role: Role::Admin,
            acting: true,
        },
        RoomEvent::Unqueued {
            entry: EntryId(77),
            cause: UnqueueCause::Rejected,
            together: None,
            gave_way: false,
        },
        RoomEvent::Held {
            hold,
            position: Position(i64::MAX),
        },
        RoomEvent::Closed,
    ];
    for event in events {
        let outputs = happens_by(&mut server, Some(stranger), event);
        assert!(
            outputs
                .iter()
                .all(|outputs| matches!(outputs, Output::Queue(_) | Output::Timeline(_))),
            "{outputs:?}"
        );
    }
}
