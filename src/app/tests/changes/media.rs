//! What is reported of the media and of the queue.

use super::{entry, happens, happens_by, playing, running, segment};
use crate::app::effect::Effect;
use crate::app::output::{Jump, Notice, Output, TimelineView, UnqueuedEntry};
use crate::app::tests::{ALICE, ME, Server, Story, notices, them, you};
use crate::protocol::event::RoomEvent;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{EntryId, Epoch, Seq};
use crate::protocol::playback::{
    EntryState, Hold, HoldEnd, LoadCause, QueueEntry, Retime, Segment, Standstill, StandstillCause,
    StandstillPhase, UnqueueCause,
};
use crate::protocol::text::Title;
use crate::protocol::time::{Position, Rate, Span};
use crate::test_support::{self, timeline_view};

fn only_queue(outputs: &[Output], ids: &[u64]) {
    let [Output::Queue(entries)] = outputs else {
        panic!("{outputs:?}");
    };
    let found: Vec<u64> = entries.iter().map(|entry| entry.id.0).collect();
    assert_eq!(found, ids);
}

#[test]
fn a_jump_names_who_jumped_and_shows_the_new_time() {
    let mut server = running();
    let from = Position::seconds(12);
    let event = RoomEvent::Retimed {
        countdown: false,
        segment: segment(&server, 90),
        retime: Retime::Sought { from },
        in_player: false,
    };
    let outputs = happens_by(&mut server, Some(ALICE), event);
    let jumped = Notice::Jumped(Jump {
        who: them("Alice"),
        from,
        to: Position::seconds(90),
        chapter: None,
        undoes: false,
        may_undo: false,
    });
    let view = TimelineView {
        position: Position::seconds(90),
        rev: server.room.rev,
        at: server.room.at,
        start: server.room.at,
        ..timeline_view()
    };
    assert_eq!(outputs, [Output::Notice(jumped), Output::Timeline(view)]);
}

#[test]
fn a_held_key_is_reported_as_two_jumps_and_not_as_forty() {
    let mut server = running();
    let mut story = Story::joined(&server);
    let mut jump = |story: &mut Story, from: i64, to: i64| {
        let event = RoomEvent::Retimed {
            countdown: false,
            segment: segment(&server, to),
            retime: Retime::Sought {
                from: Position::seconds(from),
            },
            in_player: true,
        };
        let fact = server.happen_by(Some((ALICE, Seq(1))), event);
        jumps(&story.facts(vec![fact]))
    };
    assert_eq!(jump(&mut story, 10, 15), [(10, 15)]);
    for step in 0..40 {
        assert_eq!(jumps(&story.pass(Span::millis(30))), []);
        assert_eq!(jump(&mut story, 15 + step, 16 + step), []);
    }
    assert_eq!(jumps(&story.pass(Span::millis(900))), []);
    assert_eq!(jumps(&story.pass(Span::millis(200))), [(15, 55)]);
    assert_eq!(jumps(&story.pass(Span::seconds(3))), []);
    assert_eq!(jump(&mut story, 60, 70), [(60, 70)], "another one");
}

#[test]
fn jumps_that_lead_nowhere_are_not_reported() {
    let mut server = running();
    let mut story = Story::joined(&server);
    let mut jump = |story: &mut Story, from: i64, to: i64| {
        let event = RoomEvent::Retimed {
            countdown: false,
            segment: Segment {
                anchor: Position(to * 1_000),
                ..segment(&server, 0)
            },
            retime: Retime::Sought {
                from: Position(from * 1_000),
            },
            in_player: true,
        };
        let fact = server.happen_by(Some((ALICE, Seq(1))), event);
        jumps(&story.facts(vec![fact])).len()
    };
    assert_eq!(jump(&mut story, 3_200, 3_240), 0, "a frame");
    assert_eq!(jumps(&story.pass(Span::seconds(2))), []);
    assert_eq!(jump(&mut story, 3_240, 3_640), 1, "tenths tell them apart");
    // There and back, faster than anybody reads.
    assert_eq!(jump(&mut story, 3_640, 8_640), 0);
    assert_eq!(jump(&mut story, 8_640, 3_640), 0);
    assert_eq!(jumps(&story.pass(Span::seconds(2))), []);
    // Frame by frame is a way in the end.
    for frame in 0..10 {
        let from = 3_640 + 40 * frame;
        assert_eq!(jump(&mut story, from, from + 40), 0);
    }
    assert_eq!(jumps(&story.pass(Span::seconds(2))).len(), 1);
}

/// No change of the speed is reported.
const NONE: [u32; 0] = [];

/// The speeds that are reported, in percent.
fn rates(effects: &[Effect]) -> Vec<u32> {
    let rates = notices(effects)
        .into_iter()
        .filter_map(|notice| match notice {
            Notice::RateChanged { rate, .. } => Some(u32::from(rate) / 10),
            _ => None,
        });
    rates.collect()
}

/// Alice sets the speed; what the member reads of it.
fn sets_rate(server: &mut Server, story: &mut Story, percent: u32) -> Vec<u32> {
    let event = RoomEvent::Retimed {
        countdown: false,
        segment: Segment {
            rate: Rate::try_from(percent * 10).unwrap(),
            ..segment(server, 10)
        },
        retime: Retime::RateChanged,
        in_player: false,
    };
    let fact = server.happen_by(Some((ALICE, Seq(1))), event);
    rates(&story.facts(vec![fact]))
}

#[test]
fn a_held_key_changes_the_speed_in_two_lines_and_not_in_ten() {
    let mut server = running();
    let mut story = Story::joined(&server);
    assert_eq!(sets_rate(&mut server, &mut story, 110), [110]);
    for percent in [120, 130, 140, 150] {
        assert_eq!(rates(&story.pass(Span::millis(300))), NONE);
        assert_eq!(sets_rate(&mut server, &mut story, percent), NONE);
    }
    assert_eq!(rates(&story.pass(Span::millis(900))), NONE);
    assert_eq!(rates(&story.pass(Span::millis(200))), [150]);
    assert_eq!(rates(&story.pass(Span::seconds(3))), NONE);
    assert_eq!(
        sets_rate(&mut server, &mut story, 100),
        [100],
        "another one"
    );
    // There and back, faster than anybody reads.
    assert_eq!(sets_rate(&mut server, &mut story, 110), NONE);
    assert_eq!(sets_rate(&mut server, &mut story, 100), NONE);
    assert_eq!(rates(&story.pass(Span::seconds(2))), NONE);
}

#[test]
fn another_kind_of_change_is_reported_after_what_was_held_back() {
    let mut server = running();
    let mut story = Story::joined(&server);
    for percent in [110, 120] {
        sets_rate(&mut server, &mut story, percent);
    }
    let event = RoomEvent::Retimed {
        countdown: false,
        segment: segment(&server, 90),
        retime: Retime::Sought {
            from: Position::seconds(10),
        },
        in_player: false,
    };
    let fact = server.happen_by(Some((ALICE, Seq(1))), event);
    let read = notices(&story.facts(vec![fact]));
    let [Notice::RateChanged { rate, .. }, Notice::Jumped(_)] = &read[..] else {
        panic!("{read:?}");
    };
    assert_eq!(u32::from(*rate), 1_200);
}

/// From where to where the reported jumps go, in seconds.
fn jumps(effects: &[Effect]) -> Vec<(i64, i64)> {
    let outputs = notices(effects)
        .into_iter()
        .filter_map(|notice| match notice {
            Notice::Jumped(Jump { from, to, .. }) => Some((from.0 / 1_000_000, to.0 / 1_000_000)),
            _ => None,
        });
    outputs.collect()
}

#[test]
fn a_wait_is_reported_with_its_length() {
    let mut server = running();
    let since = server.room.at;
    let hold = Hold {
        member: ME,
        since,
        until: since + Span::seconds(10),
    };
    let position = Position::seconds(1);
    let outputs = happens(&mut server, RoomEvent::Held { hold, position });
    let waiting = Notice::Waiting {
        who: you("Boris"),
        at_most: Span::seconds(10),
        may_resume: false,
    };
    assert_eq!(outputs[0], Output::Notice(waiting));
    assert!(matches!(outputs[1], Output::Timeline(view) if view.held));
    server.room.at = since + Span::seconds(4);
    let event = RoomEvent::Released {
        segment: segment(&server, 1),
        cause: HoldEnd::Recovered,
    };
    let outputs = happens(&mut server, event);
    let over = Notice::WaitOver {
        who: you("Boris"),
        took: Span::millis(4_001),
    };
    assert_eq!(outputs[0], Output::Notice(over));
    assert!(matches!(outputs[1], Output::Timeline(view) if !view.held));
}

#[test]
fn the_queue_is_reported_whole_on_each_change() {
    let mut server = running();
    let first = entry(&server, EntryState::Proposed);
    let outputs = happens(
        &mut server,
        RoomEvent::Queued {
            entry: first.clone(),
        },
    );
    only_queue(&outputs, &[1]);
    let second = entry(&server, EntryState::Approved);
    happens(&mut server, RoomEvent::Queued { entry: second });
    let approved = RoomEvent::Approved { entry: EntryId(1) };
    only_queue(&happens(&mut server, approved), &[1, 2]);
    let moved = RoomEvent::QueueMoved {
        entry: EntryId(1),
        place: 2,
    };
    only_queue(&happens(&mut server, moved), &[2, 1]);
    let cause = UnqueueCause::Removed;
    let entry = EntryId(1);
    let outputs = happens(&mut server, unqueued(entry, cause, None));
    let removed = QueueEntry {
        state: EntryState::Approved,
        ..first
    };
    let notice = Notice::Unqueued(UnqueuedEntry {
        entry: removed,
        by: you("Boris"),
        actor: None,
        cause,
    });
    assert_eq!(outputs[0], Output::Notice(notice));
    only_queue(&outputs[1..], &[2]);
}

fn unqueued(entry: EntryId, cause: UnqueueCause, together: Option<u32>) -> RoomEvent {
    RoomEvent::Unqueued {
        entry,
        cause,
        together,
        gave_way: false,
    }
}

#[test]
fn nobody_reads_of_a_muted_members_proposals() {
    let mut server = running();
    let mute = |muted| RoomEvent::Muted { member: ME, muted };
    happens(&mut server, mute(true));
    let proposal = entry(&server, EntryState::Proposed);
    let queued = RoomEvent::Queued {
        entry: proposal.clone(),
    };
    let outputs = happens(&mut server, queued);
    assert_eq!(outputs, [Output::QuietQueue(vec![proposal])]);
    for cause in [UnqueueCause::Withdrawn, UnqueueCause::Rejected] {
        let number = server.room.queue.entries()[0].id;
        let outputs = happens(&mut server, unqueued(number, cause, None));
        assert_eq!(outputs, [Output::QuietQueue(Vec::new())]);
        let entry = entry(&server, EntryState::Proposed);
        happens(&mut server, RoomEvent::Queued { entry });
    }
    happens(&mut server, mute(false));
    let number = server.room.queue.entries()[0].id;
    let outputs = happens(&mut server, unqueued(number, UnqueueCause::Withdrawn, None));
    assert!(
        matches!(outputs[..], [Output::Notice(_), Output::Queue(_)]),
        "{outputs:?}"
    );
}

#[test]
fn proposals_that_go_together_are_reported_once() {
    let mut server = running();
    let proposals = [(); 2].map(|()| {
        let entry = entry(&server, EntryState::Proposed);
        let queued = RoomEvent::Queued {
            entry: entry.clone(),
        };
        happens(&mut server, queued);
        entry
    });
    let [first, second] = proposals.each_ref().map(|entry| entry.id);
    let cause = UnqueueCause::Rejected;
    let outputs = happens_by(&mut server, Some(ALICE), unqueued(first, cause, Some(0)));
    assert!(
        matches!(outputs[..], [Output::QuietQueue(_)]),
        "{outputs:?}"
    );
    let outputs = happens_by(&mut server, Some(ALICE), unqueued(second, cause, Some(2)));
    let notice = Notice::RejectedTogether {
        who: them("Alice"),
        count: 2,
    };
    assert_eq!(outputs, [Output::Notice(notice), Output::Queue(Vec::new())]);
}

#[test]
fn a_proposal_that_made_room_is_named() {
    let mut server = running();
    let proposal = entry(&server, EntryState::Proposed);
    let number = proposal.id;
    let queued = RoomEvent::Queued {
        entry: proposal.clone(),
    };
    happens(&mut server, queued);
    let event = RoomEvent::Unqueued {
        entry: number,
        cause: UnqueueCause::Removed,
        together: None,
        gave_way: true,
    };
    let outputs = happens(&mut server, event);
    let gave_way = Notice::GaveWay {
        entry: proposal,
        by: you("Boris"),
    };
    assert_eq!(outputs[0], Output::Notice(gave_way));
}

#[test]
fn the_next_media_leaves_the_queue() {
    let mut server = running();
    let next = entry(&server, EntryState::Approved);
    happens(&mut server, RoomEvent::Queued { entry: next });
    let event = RoomEvent::Loaded {
        gate: Vec::new(),
        epoch: Epoch(2),
        playing: playing(),
        segment: segment(&server, 0),
        entry: Some(EntryId(1)),
        interrupted: None,
        cause: LoadCause::Next,
    };
    let outputs = happens(&mut server, event);
    assert!(
        matches!(
            &outputs[..],
            [Output::Media { .. }, Output::Timeline(_), Output::Queue(left)] if left.is_empty()
        ),
        "{outputs:?}"
    );
}

#[test]
fn a_title_that_was_learned_is_reported_and_moves_nothing() {
    let mut server = running();
    let length = Some(Span::seconds(600));
    let event = test_support::learned(Epoch(1), Title::truncated("A film"), length);
    let outputs = happens(&mut server, event);
    let [
        Output::Media {
            playing,
            epoch,
            revised: false,
            started_by: None,
            in_lobby: false,
        },
    ] = &outputs[..]
    else {
        panic!("{outputs:?}");
    };
    assert_eq!(*epoch, Epoch(1));
    assert_eq!(playing.as_ref().unwrap().duration, Some(Span::seconds(600)));
}

/// What players report of the media that [`running`] has on.
fn learned(duration: Option<i64>, length_is_set: bool) -> RoomEvent {
    RoomEvent::Learned {
        epoch: Epoch(1),
        duration: duration.map(Span::seconds),
        title: None,
        live: false,
        length_is_set,
        length_by_viewers: false,
        title_by_viewers: false,
        players_length: None,
        begins: None,
    }
}

#[test]
fn that_somebody_has_opened_it_is_no_news() {
    let mut server = running();
    assert_eq!(happens(&mut server, learned(None, false)), []);
}

#[test]
fn a_length_that_was_set_by_hand_names_who_did() {
    let mut server = running();
    let set = |length| {
        let who = them("Alice");
        Output::Notice(Notice::LengthSet { who, length })
    };
    let outputs = happens_by(&mut server, Some(ALICE), learned(Some(600), true));
    assert_eq!(outputs[0], set(Some(Span::seconds(600))));
    // What a player reports meanwhile does not matter here.
    let outputs = happens_by(&mut server, Some(ALICE), learned(Some(600), true));
    assert_eq!(outputs, []);
    let outputs = happens_by(&mut server, Some(ALICE), learned(Some(30), false));
    assert_eq!(outputs[0], set(None));
    let outputs = happens_by(&mut server, Some(ALICE), learned(Some(31), false));
    assert!(matches!(outputs[..], [Output::Media { .. }]), "{outputs:?}");
}

#[test]
fn a_length_that_is_revised_again_and_again_is_no_news_in_words() {
    let mut server = running();
    let mut lengths = Vec::new();
    for seconds in [30, 40, 50] {
        for outputs in happens(&mut server, learned(Some(seconds), false)) {
            lengths.push(matches!(outputs, Output::Media { revised: true, .. }));
        }
    }
    assert_eq!(lengths, [false, true, true]);
}

#[test]
fn that_nobody_plays_it_is_reported_when_it_stands_and_once_it_is_certain() {
    let mut server = running();
    let cause = StandstillCause::Failed {
        code: FailureCode::Gone,
    };
    let until = server.room.at + Span::seconds(15);
    let standstill = |phase| Standstill {
        cause,
        phase,
        position: Position::START,
        until,
    };
    let nobody = |phase| RoomEvent::NobodyPlays {
        epoch: Epoch(1),
        standstill: standstill(phase),
    };
    // The wait for one member is over, and with it what was shown of its length.
    let hold = Hold {
        member: ALICE,
        since: server.room.at,
        until: server.room.at + Span::seconds(10),
    };
    let position = Position::START;
    happens(&mut server, RoomEvent::Held { hold, position });
    let outputs = happens(&mut server, nobody(StandstillPhase::Doubtful));
    let at_most = until - server.room.at;
    assert_eq!(outputs[0], Output::Notice(Notice::AllWait { at_most }));
    assert!(matches!(outputs[1..], [Output::Timeline(view)] if view.held && !view.paused));
    let outputs = happens(&mut server, nobody(StandstillPhase::Doubtful));
    assert_eq!(outputs, [], "it stands already");
    let outputs = happens(&mut server, nobody(StandstillPhase::Certain));
    let next_in = None;
    assert_eq!(
        outputs[0],
        Output::Notice(Notice::NobodyPlays { cause, next_in })
    );
    let [_, Output::Timeline(view)] = &outputs[..] else {
        panic!("{outputs:?}");
    };
    assert!(view.paused && view.has_notice, "it stands");
    let somebody = RoomEvent::SomebodyPlays {
        epoch: Epoch(1),
        segment: Some(segment(&server, 0)),
    };
    let outputs = happens(&mut server, somebody);
    assert_eq!(outputs[0], Output::Notice(Notice::SomebodyPlays(None)));
    assert!(matches!(outputs[1], Output::Timeline(view) if !view.paused && view.has_notice));

    // With something in the queue, when that comes on.
    let next = entry(&server, EntryState::Approved);
    happens(&mut server, RoomEvent::Queued { entry: next });
    let outputs = happens(&mut server, nobody(StandstillPhase::Certain));
    let next_in = Some(until - server.room.at);
    assert_eq!(
        outputs[0],
        Output::Notice(Notice::NobodyPlays { cause, next_in })
    );
}

#[test]
fn a_part_that_is_missing_for_everybody_is_reported_with_the_new_time() {
    let mut server = running();
    let before = server.room.timeline.clone();
    let skip = RoomEvent::SomebodyPlays {
        epoch: Epoch(1),
        segment: Some(segment(&server, 18)),
    };
    let outputs = happens(&mut server, skip);
    let skipped = Notice::PartSkipped {
        from: before.position(server.room.at),
        to: Position::seconds(18),
    };
    assert_eq!(outputs[0], Output::Notice(skipped));
    assert!(
        matches!(outputs[1..], [Output::Timeline(view)]
            if !view.has_notice && view.position == Position::seconds(18)),
        "{outputs:?}"
    );
}

#[test]
fn a_start_that_waited_too_long_names_who_was_missing() {
    let mut server = running();
    let event = RoomEvent::Loaded {
        gate: vec![ALICE],
        epoch: Epoch(2),
        playing: playing(),
        segment: segment(&server, 0),
        entry: None,
        interrupted: None,
        cause: LoadCause::Next,
    };
    happens(&mut server, event);
    let members = vec![ALICE];
    let outputs = happens(&mut server, RoomEvent::StartedWithout { members });
    let missed = vec![them("Alice")];
    assert_eq!(
        outputs[0],
        Output::Notice(Notice::StartedWithout { missed })
    );
    assert!(
        matches!(&outputs[1..], [Output::WaitingForPlayers { missing, .. }] if missing.is_empty()),
        "{outputs:?}"
    );
}

#[test]
fn the_end_is_reported() {
    let mut server = running();
    let event = RoomEvent::Finished {
        epoch: Epoch(1),
        position: Position::seconds(600),
    };
    let outputs = happens(&mut server, event);
    assert_eq!(
        outputs[0],
        Output::Notice(Notice::Finished {
            may_resume: false,
            proposed: 0
        })
    );
    assert!(
        matches!(outputs[1], Output::Timeline(view) if view.position == Position::seconds(600))
    );
}
